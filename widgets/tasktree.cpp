// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tasktree.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/icons.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

struct TaskTreeModel::Node {
    Kind kind = DatasetNode;
    Node* parent = nullptr;
    int row = 0;
    const TaskTreeDataset* dataset = nullptr;
    const TaskTreeDataset::Item* task = nullptr;
    Level level = Level::Graph;
    bool checked = true; ///< tasks only; the others follow from them
    std::vector<std::unique_ptr<Node>> children;

    Node* add(Kind newKind, const TaskTreeDataset* newDataset)
    {
        auto child = std::make_unique<Node>();
        child->kind = newKind;
        child->parent = this;
        child->row = static_cast<int>(children.size());
        child->dataset = newDataset;
        children.push_back(std::move(child));
        return children.back().get();
    }

    template <typename F> void eachTask(F&& f)
    {
        if (task) {
            f(*this);
        }
        for (auto& child : children) {
            child->eachTask(f);
        }
    }
};

TaskTreeModel::TaskTreeModel(QObject* parent) : QAbstractItemModel(parent), m_root(std::make_unique<Node>()) {}

TaskTreeModel::~TaskTreeModel() = default;

void TaskTreeModel::setDatasets(std::vector<TaskTreeDataset> datasets)
{
    QSet<qint64> unchecked;
    m_root->eachTask([&](Node& node) {
        if (!node.checked) {
            unchecked.insert(node.task->id);
        }
    });
    beginResetModel();
    m_datasets = std::move(datasets);
    m_root = std::make_unique<Node>();
    for (const TaskTreeDataset& dataset : m_datasets) {
        Node* top = m_root->add(DatasetNode, &dataset);
        for (const Level level : {Level::Graph, Level::Node, Level::Edge}) {
            Node* group = nullptr;
            for (const auto& task : dataset.tasks) {
                if (task.level != level) {
                    continue;
                }
                if (!group) {
                    group = top->add(LevelNode, &dataset);
                    group->level = level;
                }
                Node* leaf = group->add(TaskNode, &dataset);
                leaf->task = &task;
                leaf->level = level;
                leaf->checked = !unchecked.contains(task.id);
            }
        }
    }
    endResetModel();
    Q_EMIT checkedChanged();
}

int TaskTreeModel::taskCount() const
{
    int count = 0;
    m_root->eachTask([&](Node&) { ++count; });
    return count;
}

QVector<qint64> TaskTreeModel::checkedTasks() const
{
    QVector<qint64> result;
    m_root->eachTask([&](Node& node) {
        if (node.checked) {
            result.append(node.task->id);
        }
    });
    return result;
}

void TaskTreeModel::setCheckedTasks(const QSet<qint64>& tasks)
{
    m_root->eachTask([&](Node& node) { node.checked = tasks.contains(node.task->id); });
    emitChecksChanged();
}

void TaskTreeModel::setCheckable(bool checkable)
{
    m_checkable = checkable;
    emitChecksChanged();
}

QModelIndex TaskTreeModel::indexOfTask(qint64 task) const
{
    QModelIndex found;
    m_root->eachTask([&](Node& node) {
        if (node.task->id == task) {
            found = createIndex(node.row, 0, &node);
        }
    });
    return found;
}

TaskTreeModel::Node* TaskTreeModel::node(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex TaskTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || parent.column() > 0) {
        return {};
    }
    const Node* above = node(parent);
    if (row >= static_cast<int>(above->children.size())) {
        return {};
    }
    return createIndex(row, column, above->children[static_cast<std::size_t>(row)].get());
}

QModelIndex TaskTreeModel::parent(const QModelIndex& index) const
{
    if (!index.isValid()) {
        return {};
    }
    Node* above = node(index)->parent;
    return !above || above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int TaskTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(node(parent)->children.size());
}

int TaskTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

namespace
{

QString levelText(Level level, int tasks)
{
    const QString name = level == Level::Graph  ? TaskTreeModel::tr("Graph")
                         : level == Level::Node ? TaskTreeModel::tr("Node")
                                                : TaskTreeModel::tr("Edge");
    return name + u" · "_s + TaskTreeModel::tr(tasks == 1 ? "%1 task" : "%1 tasks").arg(formatCount(tasks));
}

/// Share of the dataset's molecules that have a label, as a mean over its tasks.
double meanFraction(const TaskTreeDataset& dataset)
{
    double sum = 0;
    int count = 0;
    for (const auto& task : dataset.tasks) {
        if (std::isfinite(task.fraction)) {
            sum += task.fraction;
            ++count;
        }
    }
    return count > 0 ? sum / count : std::nan("");
}

} // namespace

QString TaskTreeModel::toolTip(const Node& n) const
{
    if (n.kind == DatasetNode) {
        return n.dataset->name + u'\n' + tr("%1 molecules, mean coverage of its tasks %2").arg(formatCount(n.dataset->molecules), formatPercent(meanFraction(*n.dataset), 1));
    }
    if (n.kind == LevelNode) {
        return {};
    }
    const std::string_view kind = kindName(n.task->kind);
    QStringList lines{n.task->name};
    lines.append(joinedByDot({QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())), n.task->unit}));
    lines.append(tr("%1 of %2 molecules have a label").arg(formatCount(n.task->n), formatCount(n.dataset->molecules)));
    return lines.join(u'\n');
}

QVariant TaskTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Node& n = *node(index);
    const double fraction = n.kind == TaskNode ? n.task->fraction : n.kind == DatasetNode ? meanFraction(*n.dataset) : std::nan("");
    const qint64 count = n.kind == TaskNode ? n.task->n : n.kind == DatasetNode ? n.dataset->molecules : 0;
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == NameColumn) {
            return n.kind == DatasetNode ? n.dataset->name
                   : n.kind == TaskNode  ? n.task->name
                                         : levelText(n.level, static_cast<int>(n.children.size()));
        }
        if (n.kind == LevelNode) {
            return {};
        }
        return index.column() == CoverageColumn ? formatPercent(fraction) : formatCount(count);
    case Qt::CheckStateRole: return index.column() == NameColumn && m_checkable ? QVariant(checkState(n)) : QVariant();
    case Qt::ToolTipRole: return toolTip(n);
    case Qt::TextAlignmentRole:
        return index.column() == NameColumn ? QVariant() : QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    case KindRole: return n.kind;
    case IdRole: return n.kind == TaskNode ? n.task->id : n.dataset->id;
    case SeriesRole: return n.dataset->series;
    case FractionRole: return fraction;
    case CountRole: return count;
    case LevelRole: return static_cast<int>(n.level);
    default: return {};
    }
}

QVariant TaskTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::DisplayRole) {
        return section == NameColumn ? tr("Name") : section == CoverageColumn ? tr("Coverage") : tr("n");
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return section == CoverageColumn ? tr("Share of the dataset's molecules with a label")
               : section == CountColumn  ? tr("Molecules with a label")
                                         : QVariant();
    }
    return {};
}

Qt::ItemFlags TaskTreeModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && index.column() == NameColumn && m_checkable) {
        flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

Qt::CheckState TaskTreeModel::checkState(const Node& n) const
{
    bool any = false;
    bool all = true;
    const_cast<Node&>(n).eachTask([&](Node& leaf) {
        any = any || leaf.checked;
        all = all && leaf.checked;
    });
    return !any ? Qt::Unchecked : all ? Qt::Checked : Qt::PartiallyChecked;
}

void TaskTreeModel::setChecked(Node& n, bool checked)
{
    n.eachTask([checked](Node& leaf) { leaf.checked = checked; });
}

bool TaskTreeModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != NameColumn || !m_checkable) {
        return false;
    }
    setChecked(*node(index), value.toInt() != Qt::Unchecked);
    emitChecksChanged();
    return true;
}

void TaskTreeModel::emitChecksChanged()
{
    const auto emitFor = [this](const QModelIndex& parent, const auto& self) -> void {
        const int rows = rowCount(parent);
        if (rows == 0) {
            return;
        }
        Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, 0, parent), {Qt::CheckStateRole});
        for (int row = 0; row < rows; ++row) {
            self(index(row, 0, parent), self);
        }
    };
    emitFor({}, emitFor);
    Q_EMIT checkedChanged();
}

TaskTreeFilter::TaskTreeFilter(QObject* parent) : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void TaskTreeFilter::setText(const QString& text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool TaskTreeFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_text.isEmpty()) {
        return true;
    }
    const QModelIndex index = sourceModel()->index(row, TaskTreeModel::NameColumn, parent);
    if (index.data(TaskTreeModel::KindRole).toInt() != TaskTreeModel::LevelNode &&
        index.data().toString().contains(m_text, Qt::CaseInsensitive)) {
        return true;
    }
    // A dataset of that name is shown whole.
    for (QModelIndex above = parent; above.isValid(); above = above.parent()) {
        if (above.data(TaskTreeModel::KindRole).toInt() == TaskTreeModel::DatasetNode &&
            above.data().toString().contains(m_text, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

} // namespace papilio::widgets
