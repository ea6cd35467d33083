// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/lookup/predictionmodel.h"

#include <algorithm>
#include <cmath>

#include "app/engine/modelreplies.h"
#include "app/format.h"
#include "app/lookup/predictiontext.h"
#include "widgets/format.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

void PredictionModel::setPredictions(std::vector<TaskValues> predictions)
{
    beginResetModel();
    m_predictions = std::move(predictions);
    m_heads.clear();
    m_hasDirections = false;
    for (const TaskValues& values : m_predictions) {
        if (m_heads.empty() || m_heads.back().first != values.head) {
            m_heads.emplace_back(values.head, 0);
        }
        ++m_heads.back().second;
        m_hasDirections = m_hasDirections || values.ordered;
    }
    endResetModel();
}

int PredictionModel::rowOf(const QString& head, const QString& task) const
{
    const auto found = std::find_if(m_predictions.begin(), m_predictions.end(),
                                    [&](const TaskValues& values) { return values.task == task && values.head == head; });
    return found == m_predictions.end() ? -1 : static_cast<int>(found - m_predictions.begin());
}

bool PredictionModel::hasPercentiles(const QString& head) const
{
    return std::any_of(m_predictions.begin(), m_predictions.end(), [&](const TaskValues& values) {
        return !values.percentiles.empty() && (head.isEmpty() || values.head == head);
    });
}

bool PredictionModel::hasAtomLevel(const QString& head) const
{
    return std::any_of(m_predictions.begin(), m_predictions.end(), [&](const TaskValues& values) {
        return values.level != "graph"_L1 && (head.isEmpty() || values.head == head);
    });
}

QStringList PredictionModel::units(const QString& head) const
{
    QStringList units;
    const TaskValues* before = nullptr;
    for (const TaskValues& values : m_predictions) {
        const bool wanted = head.isEmpty() ? values.level == "graph"_L1 : values.head == head;
        if (wanted && !(before && before->unit == values.unit && before->kind == values.kind)) {
            units << unitText(values, true);
            before = &values;
        }
    }
    units.removeDuplicates();
    return units;
}

QString PredictionModel::longestClass() const
{
    for (const TaskValues& values : m_predictions) {
        if (values.ordered) {
            QString longest;
            for (int i = 0; i < values.classes; ++i) {
                const QString name = className(values, i);
                longest = name.size() > longest.size() ? name : longest;
            }
            return longest; // the heads of one model do not differ in this
        }
    }
    return {};
}

bool PredictionModel::isOrdered(const QString& head) const
{
    return std::any_of(m_predictions.begin(), m_predictions.end(),
                       [&](const TaskValues& values) { return values.ordered && values.head == head; });
}

bool PredictionModel::isBinary(const QString& head) const
{
    return std::any_of(m_predictions.begin(), m_predictions.end(),
                       [&](const TaskValues& values) { return values.head == head && values.kind == "binary"_L1; });
}

double PredictionModel::percentile(const TaskValues& values) const
{
    // Of ordered classes the last one's: high = up, low = down, which is what sorting by it is for.
    const int best = values.kind != "multiclass"_L1 ? 0
                     : values.ordered               ? static_cast<int>(values.percentiles.size()) - 1
                                                    : mostProbableClass(values);
    const auto at = static_cast<std::size_t>(best);
    return best >= 0 && at < values.percentiles.size() ? values.percentiles[at] : std::nan("");
}

double PredictionModel::sortNumber(int row, int column) const
{
    const TaskValues& values = prediction(row);
    switch (column) {
    case ValueColumn: {
        if (values.level != "graph"_L1 || values.values.empty()) {
            return std::nan("");
        }
        const int best = mostProbableClass(values);
        return values.kind != "multiclass"_L1 ? values.values.front()
               : best >= 0                    ? values.values[static_cast<std::size_t>(best)]
                                              : std::nan("");
    }
    case PercentileColumn:
        return percentile(values);
    case DirectionColumn:
        return expectedStep(values);
    default:
        return std::nan("");
    }
}

QString PredictionModel::text(int row, int column) const
{
    const TaskValues& values = prediction(row);
    switch (column) {
    case TaskColumn:
        return values.name();
    case HeadColumn:
        return values.head;
    case ValueColumn: {
        const double number = sortNumber(row, ValueColumn);
        return values.ordered && !std::isnan(number) ? widgets::formatFixed(number, 3) : valueText(values, true);
    }
    case UnitColumn:
        return unitText(values, true);
    case PercentileColumn: {
        const double number = percentile(values);
        return std::isnan(number) ? u"–"_s : widgets::formatFixed(number, 1);
    }
    case DirectionColumn: {
        const double step = expectedStep(values);
        return std::isnan(step) ? QString()
                                : u"%1 %2"_s.arg(className(values, mostProbableClass(values)), widgets::formatSigned(step, 2));
    }
    default:
        return {};
    }
}

QString PredictionModel::toText(const std::vector<int>& rows, QChar separator) const
{
    const auto cell = [separator](QString text) {
        if (separator == u',' && (text.contains(u',') || text.contains(u'"') || text.contains(u'\n'))) {
            text.replace(u'"', u"\"\""_s);
            return QString(u'"' + text + u'"');
        }
        return text.replace(u'\t', u' ');
    };
    const auto number = [](double value) { return std::isnan(value) ? QString() : QString::number(value, 'g', 7); };
    QString out = QStringList{u"head"_s, u"task"_s, u"title"_s, u"value"_s, u"unit"_s, u"class"_s, u"expected_step"_s, u"percentile"_s}
                      .join(separator) + u'\n';
    for (const int row : rows) {
        const TaskValues& values = prediction(row);
        QStringList cells{cell(values.head), cell(values.task), cell(values.name())};
        QStringList atoms; // a value each, of atoms or bonds
        if (values.level != "graph"_L1) {
            for (const double value : values.values) {
                atoms << number(value);
            }
        }
        cells << (atoms.isEmpty() ? number(sortNumber(row, ValueColumn)) : atoms.join(u' ')) << cell(unitText(values, true));
        const bool classes = values.kind == "multiclass"_L1 && mostProbableClass(values) >= 0;
        cells << (classes ? cell(className(values, mostProbableClass(values))) : QString()) << number(expectedStep(values))
              << number(percentile(values));
        out += cells.join(separator) + u'\n';
    }
    return out;
}

int PredictionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_predictions.size());
}

int PredictionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PredictionModel::toolTip(const TaskValues& values, int column) const
{
    if (column == UnitColumn && isStandardScore(values.unit)) {
        return standardScoreText();
    }
    if (column == PercentileColumn && !values.percentiles.empty() && values.ordered) {
        return tr("Of the model's reference molecules, this share has a lower probability of \"%1\".")
            .arg(className(values, static_cast<int>(values.percentiles.size()) - 1));
    }
    if (column == PercentileColumn && !values.percentiles.empty()) {
        return tr("Of the model's reference molecules, this share has a lower prediction for this task.");
    }
    if (column == DirectionColumn && values.ordered) {
        QStringList parts;
        for (std::size_t i = 0; i < values.values.size(); ++i) {
            parts << u"%1 %2"_s.arg(className(values, static_cast<int>(i)), widgets::formatFixed(values.values[i], 3));
        }
        return tr("%1\nThe number is the expected class, −1 to +1.").arg(widgets::joinedByDot(parts));
    }
    if (column != TaskColumn) {
        return {};
    }
    return values.known ? u"%1 › %2"_s.arg(values.head, values.title.isEmpty() ? values.task : values.task + u", "_s + values.title)
                        : tr("%1\nIts place in the model's output is known, its name is not.").arg(values.name());
}

QVariant PredictionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const TaskValues& values = prediction(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        return toolTip(values, index.column());
    case Qt::TextAlignmentRole:
        return int((index.column() == ValueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case PercentileRole:
        return percentile(values);
    case StepRole:
        return expectedStep(values);
    case UnnamedRole:
        return !values.known;
    default:
        return {};
    }
}

QVariant PredictionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section == ValueColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::InitialSortOrderRole) {
        return int(section == TaskColumn || section == HeadColumn || section == UnitColumn ? Qt::AscendingOrder : Qt::DescendingOrder);
    }
    if (role == Qt::ToolTipRole && section == PercentileColumn) {
        return tr("Against the model's reference molecules: the share with a lower prediction");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case TaskColumn:
        return tr("Task");
    case HeadColumn:
        return tr("Head");
    case ValueColumn:
        return tr("Predicted");
    case UnitColumn:
        return tr("Unit");
    case PercentileColumn:
        return tr("Percentile");
    case DirectionColumn:
        return tr("Direction");
    default:
        return {};
    }
}

PredictionFilter::PredictionFilter(PredictionModel* model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(model);
}

void PredictionFilter::setText(const QString& text)
{
    m_words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void PredictionFilter::setHead(const QString& head)
{
    m_head = head;
    invalidateFilter();
}

bool PredictionFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const TaskValues& values = m_model->prediction(row);
    if (!m_head.isEmpty() && values.head != m_head) {
        return false;
    }
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
        return values.task.contains(word, Qt::CaseInsensitive) || values.title.contains(word, Qt::CaseInsensitive) ||
               values.head.contains(word, Qt::CaseInsensitive);
    });
}

bool PredictionFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const int column = left.column();
    if (column == PredictionModel::TaskColumn || column == PredictionModel::HeadColumn || column == PredictionModel::UnitColumn) {
        const QString a = m_model->text(left.row(), column), b = m_model->text(right.row(), column);
        const int order = QString::compare(a, b, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : left.row() < right.row();
    }
    const double a = m_model->sortNumber(left.row(), column), b = m_model->sortNumber(right.row(), column);
    if (std::isnan(a) || std::isnan(b)) {
        const bool ascending = sortOrder() == Qt::AscendingOrder;
        return std::isnan(a) != std::isnan(b) && std::isnan(b) == ascending; // undefined ones last
    }
    return a < b;
}

} // namespace papilio::app
