// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <array>
#include <limits>
#include <vector>

#include "widgets/sparkline.h"

namespace papilio::widgets
{

/// What is wrong with a curve; worse ones have larger numbers.
enum class CurveAlarm {
    None = 0,
    Flat = 1,      ///< does not learn: the last third is not better than the first values
    Overfits = 2,  ///< train goes on getting better while validation gets worse
    Diverging = 3, ///< validation gets worse and worse than at the start
    NotANumber = 4 ///< the last value is undefined though earlier ones were not, or all are
};
QString alarmText(CurveAlarm alarm); ///< "overfits"; empty for None
QString alarmIcon(CurveAlarm alarm); ///< name for icon(); empty for None
QString alarmReason(CurveAlarm alarm); ///< one sentence for the tool tip

/// Judges a curve of one value an epoch. Says nothing (None) before the eighth epoch, except for NotANumber.
CurveAlarm judgeCurve(const std::vector<double>& validation, const std::vector<double>& train, bool higherIsBetter);

/// One task of the running training.
struct CurveWallRow {
    qint64 task = 0;
    QString name;
    QString dataset;
    int datasetSeries = 0;
    qint64 n = 0;                   ///< labels it learns from
    QString metric;                 ///< "MAE", "AUROC"
    QString unit;                   ///< empty for metrics without one
    bool higherIsBetter = false;
    std::vector<double> validation; ///< one an epoch
    std::vector<double> train;      ///< may be empty
    int planned = 0;                ///< epochs planned
};

/// The table of all tasks: Task, Set, n, Metric, sparkline, Last, Best, Δ10, Gap, Alarm.
class CurveWallModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TaskColumn, SetColumn, CountColumn, MetricColumn, CurveColumn, LastColumn, BestColumn, DeltaColumn,
                  GapColumn, AlarmColumn, ColumnCount };
    enum DataRole {
        SortRole = Qt::UserRole + 1, ///< number or text to sort by; undefined sorts last
        TaskRole,                    ///< qint64
        SparklineRole,               ///< SparklineData
        AlarmRole,                   ///< int of CurveAlarm
        UnitRole,                    ///< QString, printed grey behind the metric
    };

    explicit CurveWallModel(QObject* parent = nullptr);
    /// Same tasks in the same order: only the values change, selection and scroll stay. Else the model is reset.
    void setRows(std::vector<CurveWallRow> rows);
    const std::vector<CurveWallRow>& rows() const { return m_rows; }
    void setSeries(int series); ///< colour of the run shown
    int alarmCount(CurveAlarm alarm) const;
    int rowOfTask(qint64 task) const; ///< −1 if unknown

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QString toTsv() const;

    struct Summary {
        double last = std::numeric_limits<double>::quiet_NaN();
        double best = std::numeric_limits<double>::quiet_NaN();
        int bestEpoch = -1;  ///< 0-based
        double delta10 = std::numeric_limits<double>::quiet_NaN(); ///< change over the last 10 epochs, percent
        double gap = std::numeric_limits<double>::quiet_NaN();     ///< how much worse validation is than train
        CurveAlarm alarm = CurveAlarm::None;
    };
    const Summary& summary(int row) const { return m_summaries[static_cast<std::size_t>(row)]; }

private:
    static Summary summarise(const CurveWallRow& row);
    QString text(int row, int column) const;
    QVariant sortValue(int row, int column) const;

    std::vector<CurveWallRow> m_rows;
    std::vector<Summary> m_summaries;
    int m_series = 0;
};

/// Sorts by number with undefined last in both directions; filters by task or set name.
class CurveWallFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit CurveWallFilter(QObject* parent = nullptr);
    void setText(const QString& text);

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
};

class CurveWallDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The wall ready to use: model, filter, delegate, widths, alarms first. Ctrl+C copies the table as TSV.
class CurveWallView : public QTableView
{
    Q_OBJECT

public:
    explicit CurveWallView(QWidget* parent = nullptr);
    CurveWallModel* wallModel() const { return m_model; }
    void setFilterText(const QString& text);
    QVector<qint64> selectedTasks() const;
    void selectTask(qint64 task);

Q_SIGNALS:
    void selectedTasksChanged();
    void taskActivated(qint64 task); ///< Enter or double click: pin its plot

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int contentWidth(int column) const; ///< of the header and all cells
    void measure();
    void fitColumns();

    CurveWallModel* m_model;
    CurveWallFilter* m_filter;
    std::array<int, CurveWallModel::ColumnCount> m_contentWidths{}; ///< measuring many tasks takes longer than a resize may
};

} // namespace papilio::widgets
