// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/resultmodel.h"

#include <QJsonObject>
#include <QPainter>

#include "app/engine/depictionservice.h"
#include "app/workspace/workspace.h"
#include "widgets/depiction.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Role;
using widgets::TextStyle;
using widgets::Theme;

namespace
{
constexpr int headingHeight = 26;
constexpr int drawingWidth = 96;
} // namespace

QString SearchResult::title() const
{
    return !name.isEmpty() ? name
           : row >= 0      ? dataset + titleEnd()
                           : smiles;
}

QString SearchResult::titleEnd() const
{
    return name.isEmpty() && row >= 0 ? QObject::tr(" row %1").arg(row) : QString();
}

SearchResult searchResultFrom(const QJsonObject& object)
{
    SearchResult result;
    result.reason = object.value(u"reason"_s).toString();
    result.smiles = object.value(u"smiles"_s).toString();
    result.dataset = object.value(u"dataset"_s).toString();
    result.name = object.value(u"name"_s).toString();
    result.column = object.value(u"column"_s).toString();
    result.molecule = object.value(u"molecule"_s).toInteger();
    result.row = object.value(u"row"_s).toInteger(-1);
    result.labels = object.value(u"labels"_s).toInteger();
    result.similarity = object.value(u"similarity"_s).toDouble(-1);
    return result;
}

ResultModel::ResultModel(const Services& services, QObject* parent) : QAbstractListModel(parent), m_services(services)
{
    const auto repaint = [this] {
        if (!m_lines.empty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        }
    };
    connect(services.depictions, &DepictionService::arrived, this, repaint);
    connect(services.workspace, &Workspace::changed, this, [this, repaint] {
        countTasks();
        repaint();
    });
    countTasks();
}

void ResultModel::countTasks()
{
    const auto& snapshot = m_services.workspace->project();
    QHash<qint64, qint64> counts;
    for (const auto& record : snapshot.tasks) {
        ++counts[record.task.dataset];
    }
    m_tasks.clear();
    for (const auto& dataset : snapshot.datasets) {
        m_tasks.insert(QString::fromStdString(dataset.name), counts.value(dataset.id));
    }
}

void ResultModel::clear()
{
    beginResetModel();
    m_lines.clear();
    m_results = 0;
    endResetModel();
}

void ResultModel::add(const QJsonArray& hits)
{
    std::vector<Line> added;
    QString reason;
    std::size_t heading = 0;
    for (std::size_t i = m_lines.size(); i > 0; --i) {
        if (m_lines[i - 1].heading) {
            reason = m_lines[i - 1].result.reason;
            heading = i - 1;
            break;
        }
    }
    const auto lineAt = [&](std::size_t at) -> Line& {
        return at < m_lines.size() ? m_lines[at] : added[at - m_lines.size()];
    };
    for (const QJsonValue& hit : hits) {
        Line line;
        line.result = searchResultFrom(hit.toObject());
        if (line.result.reason != reason) {
            reason = line.result.reason;
            Line title;
            title.heading = true;
            title.result.reason = reason;
            heading = m_lines.size() + added.size();
            added.push_back(title);
        }
        ++lineAt(heading).count;
        ++m_results;
        added.push_back(std::move(line));
    }
    if (added.empty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    std::move(added.begin(), added.end(), std::back_inserter(m_lines));
    endInsertRows();
    Q_EMIT dataChanged(index(0), index(std::max(0, first - 1))); // the heading above has another count
}

const SearchResult* ResultModel::result(int row) const
{
    return row < 0 || row >= rowCount() || m_lines[static_cast<std::size_t>(row)].heading
               ? nullptr
               : &m_lines[static_cast<std::size_t>(row)].result;
}

int ResultModel::firstResult() const
{
    return m_lines.size() > 1 ? 1 : -1;
}

QString ResultModel::toTsv() const
{
    QString text = u"reason\tsimilarity\tdataset\trow\tname\tlabels\tsmiles\n"_s;
    for (const Line& line : m_lines) {
        if (!line.heading) {
            const SearchResult& r = line.result;
            text += QStringList{r.reason,
                                r.similarity < 0 ? QString() : QString::number(r.similarity, 'f', 3),
                                r.dataset,
                                QString::number(r.row),
                                r.name,
                                QString::number(r.labels),
                                r.smiles}
                        .join(u'\t') +
                    u'\n';
        }
    }
    return text;
}

int ResultModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant ResultModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case HeadingRole:
        return line.heading;
    case TitleEndRole:
        return line.result.titleEnd();
    case SmilesRole:
        return line.result.smiles;
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return line.heading ? headingText(line) : line.result.title() + u'\n' + detailText(line.result);
    case Qt::ToolTipRole:
        return line.heading ? QVariant() : QVariant(line.result.title() + u'\n' + line.result.smiles);
    default:
        return {};
    }
}

Qt::ItemFlags ResultModel::flags(const QModelIndex& index) const
{
    return index.data(HeadingRole).toBool() ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QString ResultModel::headingText(const Line& line) const
{
    const QString& reason = line.result.reason;
    const QString text = reason == "same"_L1            ? tr("Same molecule")
                         : reason == "same-key"_L1      ? tr("Same InChIKey")
                         : reason == "name"_L1          ? tr("Of this name")
                         : reason == "name-contains"_L1 ? tr("Name contains it")
                         : reason == "substructure"_L1  ? tr("Contain it")
                                                        : tr("Similar, Tanimoto");
    return widgets::joinedByDot({text, formatCount(line.count)});
}

QString ResultModel::detailText(const SearchResult& result) const
{
    const QString first = result.similarity >= 0 && result.reason == "similar"_L1
                              ? widgets::joinedByDot({QString::number(result.similarity, 'f', 2), result.dataset})
                          : !result.column.isEmpty() ? tr("%1 of %2").arg(result.column, result.dataset)
                                                     : tr("in %1").arg(result.dataset);
    const qint64 tasks = m_tasks.value(result.dataset);
    const QString labels = result.molecule == 0 ? tr("row not used")
                           : tasks > 0          ? tr("%1 of %2 labels").arg(formatCount(result.labels), formatCount(tasks))
                                                : QString();
    return first + u'\n' + labels;
}

ResultDelegate::ResultDelegate(const Services& services, QObject* parent)
    : QStyledItemDelegate(parent), m_services(services)
{
}

QSize ResultDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {option.rect.width(),
            index.data(ResultModel::HeadingRole).toBool() ? headingHeight : Theme::current().metrics().resultRow};
}

void ResultDelegate::paintHeading(QPainter* painter, const QRect& rect, const QString& text) const
{
    const Theme& theme = Theme::current();
    painter->setFont(theme.font(TextStyle::Caption));
    painter->setPen(theme.color(Role::TextSecondary));
    painter->drawText(rect.adjusted(12, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void ResultDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    if (index.data(ResultModel::HeadingRole).toBool()) {
        paintHeading(painter, option.rect, text);
        return;
    }
    const Theme& theme = Theme::current();
    const QRect rect = option.rect;
    if (option.state.testFlag(QStyle::State_Selected)) {
        const bool active = option.state.testFlag(QStyle::State_Active);
        painter->fillRect(rect, theme.color(active ? Role::Selection : Role::SelectionInactive));
        painter->fillRect(rect.left(), rect.top(), theme.metrics().selectionBar, rect.height(), theme.color(Role::AccentMark));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(rect, theme.color(Role::Hover));
    }
    const QRectF drawing(rect.left() + 10, rect.top() + 5, drawingWidth - 4, rect.height() - 10);
    const QString smiles = index.data(ResultModel::SmilesRole).toString();
    if (const widgets::Depiction2D* depiction = smiles.isEmpty() ? nullptr : m_services.depictions->find(smiles)) {
        widgets::paintDepiction(painter, drawing, *depiction, nullptr, 14);
    }
    const QStringList lines = text.split(u'\n');
    const QRect room = rect.adjusted(drawingWidth + 12, 0, -4, 0);
    const auto line = [&](int i, TextStyle style, Role role, int top) {
        painter->setFont(theme.font(style));
        painter->setPen(theme.color(role));
        QString end = i == 0 ? index.data(ResultModel::TitleEndRole).toString() : QString();
        const QFontMetrics metrics = painter->fontMetrics();
        QString start = lines.value(i).chopped(end.size());
        const int left = room.width() - metrics.horizontalAdvance(end);
        if (!end.isEmpty() && metrics.horizontalAdvance(start) > left && left < metrics.horizontalAdvance(u"mmm…"_s)) {
            start = end.trimmed(); // a letter of the dataset's name tells nothing; the line below and the tool tip have it
            end.clear();
        }
        const QString shown = metrics.elidedText(start, end.isEmpty() && i == 0 ? Qt::ElideMiddle : Qt::ElideRight,
                                                 room.width() - metrics.horizontalAdvance(end)) +
                              end;
        painter->drawText(QRect(room.left(), rect.top() + top, room.width(), 18), Qt::AlignLeft | Qt::AlignVCenter, shown);
    };
    line(0, TextStyle::BodyStrong, Role::Text, 8);
    line(1, TextStyle::Caption, Role::TextSecondary, 26);
    line(2, TextStyle::Caption, Role::TextSecondary, 42);
}

} // namespace papilio::app
