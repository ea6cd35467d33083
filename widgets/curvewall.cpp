// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curvewall.h"

#include <algorithm>
#include <cmath>

#include "widgets/format.h"

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

constexpr std::size_t judgeFrom = 8; ///< epochs before which no curve is judged
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Mean of the finite values in [from, to).
double mean(const std::vector<double>& values, std::size_t from, std::size_t to)
{
    double sum = 0;
    int count = 0;
    for (std::size_t i = from; i < std::min(to, values.size()); ++i) {
        if (std::isfinite(values[i])) {
            sum += values[i];
            ++count;
        }
    }
    return count > 0 ? sum / count : unknown;
}

int bestIndex(const std::vector<double>& values, bool higherIsBetter)
{
    int best = -1;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i]) && (best < 0 || (higherIsBetter ? values[i] > values[static_cast<std::size_t>(best)]
                                                                     : values[i] < values[static_cast<std::size_t>(best)]))) {
            best = static_cast<int>(i);
        }
    }
    return best;
}

/// Typical jump from one epoch to the next over the last third: what is noise.
double noise(const std::vector<double>& values)
{
    double sum = 0;
    int count = 0;
    for (std::size_t i = values.size() - values.size() / 3; i < values.size(); ++i) {
        if (i > 0 && std::isfinite(values[i]) && std::isfinite(values[i - 1])) {
            sum += std::abs(values[i] - values[i - 1]);
            ++count;
        }
    }
    return count > 0 ? sum / count : 0;
}

} // namespace

QString alarmText(CurveAlarm alarm)
{
    switch (alarm) {
    case CurveAlarm::None: return {};
    case CurveAlarm::Flat: return CurveWallModel::tr("flat");
    case CurveAlarm::Overfits: return CurveWallModel::tr("overfits");
    case CurveAlarm::Diverging: return CurveWallModel::tr("diverging");
    case CurveAlarm::NotANumber: return CurveWallModel::tr("undefined");
    }
    return {};
}

QString alarmIcon(CurveAlarm alarm)
{
    switch (alarm) {
    case CurveAlarm::None: return {};
    case CurveAlarm::Flat: return u"flat"_s;
    case CurveAlarm::Overfits: return u"overfit"_s;
    case CurveAlarm::Diverging: return u"warning"_s;
    case CurveAlarm::NotANumber: return u"error"_s;
    }
    return {};
}

QString alarmReason(CurveAlarm alarm)
{
    switch (alarm) {
    case CurveAlarm::None: return {};
    case CurveAlarm::Flat: return CurveWallModel::tr("The last third of the epochs is not better than the first values.");
    case CurveAlarm::Overfits:
        return CurveWallModel::tr("Train goes on getting better while validation has been getting worse since its best epoch.");
    case CurveAlarm::Diverging: return CurveWallModel::tr("Validation is worse than at the start and getting still worse.");
    case CurveAlarm::NotANumber:
        return CurveWallModel::tr("The metric has no value: a part with one class or a constant target only, or a loss that is not a number.");
    }
    return {};
}

CurveAlarm judgeCurve(const std::vector<double>& validation, const std::vector<double>& train, bool higherIsBetter)
{
    if (validation.empty()) {
        return CurveAlarm::None;
    }
    if (!std::isfinite(validation.back())) {
        return CurveAlarm::NotANumber;
    }
    if (validation.size() < judgeFrom) {
        return CurveAlarm::None;
    }
    const double sign = higherIsBetter ? 1 : -1; // from here on more is better
    const std::size_t n = validation.size();
    const std::size_t third = n / 3;
    const double first = sign * mean(validation, 0, 2);
    const double middle = sign * mean(validation, third, n - third);
    const double last = sign * mean(validation, n - third, n);
    const double best = sign * validation[static_cast<std::size_t>(bestIndex(validation, higherIsBetter))];
    const double jump = noise(validation);
    const double scale = std::max({std::abs(first), std::abs(best), 1e-12});
    if (last < first - std::max(2 * jump, 0.05 * scale) && last < middle) {
        return CurveAlarm::Diverging;
    }
    const std::size_t bestAt = static_cast<std::size_t>(bestIndex(validation, higherIsBetter));
    if (train.size() >= n && bestAt + judgeFrom / 2 < n) {
        const double trainThen = sign * train[bestAt];
        const double trainNow = sign * mean(train, n - 3, n);
        const double now = sign * mean(validation, n - 3, n);
        // Not the best value alone: of many noisy values one is always lucky.
        const double drop = sign * mean(validation, bestAt > 0 ? bestAt - 1 : 0, bestAt + 2) - now;
        if (trainNow > trainThen && drop > std::max(2 * jump, 0.02 * scale)) {
            return CurveAlarm::Overfits;
        }
    }
    if (last - first < std::max(0.5 * jump, 0.005 * scale)) {
        return CurveAlarm::Flat;
    }
    return CurveAlarm::None;
}

CurveWallModel::CurveWallModel(QObject* parent) : QAbstractTableModel(parent) {}

CurveWallModel::Summary CurveWallModel::summarise(const CurveWallRow& row)
{
    Summary s;
    s.bestEpoch = bestIndex(row.validation, row.higherIsBetter);
    if (!row.validation.empty()) {
        s.last = row.validation.back();
    }
    if (s.bestEpoch >= 0) {
        s.best = row.validation[static_cast<std::size_t>(s.bestEpoch)];
    }
    const std::size_t n = row.validation.size();
    if (n > 10 && row.validation[n - 11] != 0) {
        s.delta10 = 100 * (row.validation[n - 1] - row.validation[n - 11]) / std::abs(row.validation[n - 11]);
    }
    if (n > 0 && row.train.size() >= n) {
        const double train = row.train[n - 1];
        // Errors are compared by ratio, scores between 0 and 1 by difference.
        s.gap = row.higherIsBetter ? train - s.last : train > 0 ? s.last / train - 1 : unknown;
    }
    s.alarm = judgeCurve(row.validation, row.train, row.higherIsBetter);
    return s;
}

void CurveWallModel::setRows(std::vector<CurveWallRow> rows)
{
    const bool same = rows.size() == m_rows.size() &&
                      std::equal(rows.begin(), rows.end(), m_rows.begin(), [](const CurveWallRow& a, const CurveWallRow& b) {
                          return a.task == b.task && a.metric == b.metric;
                      });
    if (!same) {
        beginResetModel();
    }
    m_rows = std::move(rows);
    m_summaries.clear();
    for (const CurveWallRow& row : m_rows) {
        m_summaries.push_back(summarise(row));
    }
    if (!same) {
        endResetModel();
    } else if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void CurveWallModel::setSeries(int series)
{
    m_series = series;
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, CurveColumn), index(rowCount() - 1, CurveColumn));
    }
}

int CurveWallModel::alarmCount(CurveAlarm alarm) const
{
    return static_cast<int>(std::count_if(m_summaries.begin(), m_summaries.end(),
                                          [alarm](const Summary& s) { return s.alarm == alarm; }));
}

int CurveWallModel::rowOfTask(qint64 task) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [task](const CurveWallRow& r) { return r.task == task; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int CurveWallModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CurveWallModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CurveWallModel::text(int row, int column) const
{
    const CurveWallRow& r = m_rows[static_cast<std::size_t>(row)];
    const Summary& s = m_summaries[static_cast<std::size_t>(row)];
    switch (column) {
    case TaskColumn: return r.name;
    case SetColumn: return r.dataset;
    case CountColumn: return formatCount(r.n);
    case MetricColumn: return r.unit.isEmpty() ? r.metric : QString(r.metric + u' ' + r.unit);
    // Scores between 0 and 1 have one number of decimals, errors one number of digits.
    case LastColumn: return r.validation.empty() ? u"–"_s : r.higherIsBetter ? formatFixed(s.last, 3) : formatValue(s.last);
    case BestColumn: return r.validation.empty() ? u"–"_s : r.higherIsBetter ? formatFixed(s.best, 3) : formatValue(s.best);
    case DeltaColumn: return std::isfinite(s.delta10) ? formatSigned(s.delta10, 1) : u"–"_s;
    case GapColumn: return !std::isfinite(s.gap) ? u"–"_s : r.higherIsBetter ? formatFixed(s.gap, 3) : formatPercent(s.gap);
    case AlarmColumn: return alarmText(s.alarm);
    default: return {};
    }
}

QVariant CurveWallModel::sortValue(int row, int column) const
{
    const CurveWallRow& r = m_rows[static_cast<std::size_t>(row)];
    const Summary& s = m_summaries[static_cast<std::size_t>(row)];
    switch (column) {
    case CountColumn: return static_cast<double>(r.n);
    case CurveColumn:
    case DeltaColumn: return s.delta10;
    case LastColumn: return s.last;
    case BestColumn: return s.best;
    case GapColumn: return s.gap;
    case AlarmColumn: return static_cast<double>(static_cast<int>(s.alarm));
    default: return text(row, column);
    }
}

QVariant CurveWallModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const CurveWallRow& r = m_rows[static_cast<std::size_t>(index.row())];
    const Summary& s = m_summaries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(index.row(), index.column());
    case Qt::TextAlignmentRole: {
        const bool right = index.column() == CountColumn || (index.column() >= LastColumn && index.column() <= GapColumn);
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case Qt::ToolTipRole:
        if (index.column() == AlarmColumn) {
            return alarmReason(s.alarm);
        }
        if (index.column() == BestColumn && s.bestEpoch >= 0) {
            return tr("epoch %1").arg(s.bestEpoch + 1);
        }
        return index.column() == TaskColumn ? QVariant(r.name) : index.column() == SetColumn ? QVariant(r.dataset) : QVariant();
    case SortRole: return sortValue(index.row(), index.column());
    case TaskRole: return r.task;
    case AlarmRole: return static_cast<int>(s.alarm);
    case UnitRole: return r.unit;
    case SparklineRole: {
        return QVariant::fromValue(SparklineData{r.validation, r.train, m_series, s.bestEpoch, r.planned});
    }
    default: return {};
    }
}

QVariant CurveWallModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    static const char* names[] = {QT_TR_NOOP("Task"), QT_TR_NOOP("Set"), QT_TR_NOOP("n"), QT_TR_NOOP("Metric"),
                                  QT_TR_NOOP("Curve"), QT_TR_NOOP("Last"), QT_TR_NOOP("Best"), QT_TR_NOOP("Δ10, %"),
                                  QT_TR_NOOP("Gap"), QT_TR_NOOP("Alarm")};
    static const char* tips[] = {QT_TR_NOOP("Task"), QT_TR_NOOP("Dataset"), QT_TR_NOOP("Labels of the task"),
                                 QT_TR_NOOP("Metric on the validation part"),
                                 QT_TR_NOOP("Validation over the epochs, train fainter, dot at the best"),
                                 QT_TR_NOOP("Last epoch, validation"), QT_TR_NOOP("Best epoch, validation"),
                                 QT_TR_NOOP("Change over the last 10 epochs"),
                                 QT_TR_NOOP("How much worse validation is than train: percent for errors, difference for scores"),
                                 QT_TR_NOOP("What is wrong with the curve")};
    if (role == Qt::DisplayRole) {
        return section == CurveColumn && !m_rows.empty() && m_rows.front().planned > 0
                   ? u"0–"_s + formatCount(m_rows.front().planned)
                   : tr(names[section]);
    }
    if (role == Qt::ToolTipRole) {
        return tr(tips[section]);
    }
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == CountColumn || (section >= LastColumn && section <= GapColumn);
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

QString CurveWallModel::toTsv() const
{
    const auto number = [](double value) { return std::isfinite(value) ? QString::number(value, 'g', 10) : u"undefined"_s; };
    QStringList lines{u"task\tset\tn\tmetric\tunit\tlast\tbest\tbest epoch\tdelta10 %\tgap\talarm"_s};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const CurveWallRow& r = m_rows[i];
        const Summary& s = m_summaries[i];
        lines.append(QStringList{r.name, r.dataset, QString::number(r.n), r.metric, r.unit, number(s.last), number(s.best),
                                 QString::number(s.bestEpoch + 1), number(s.delta10), number(s.gap), alarmText(s.alarm)}
                         .join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace papilio::widgets
