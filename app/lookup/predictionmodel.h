// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

#include "app/engine/replies.h"

namespace papilio::app
{

/// Predictions of a model of many tasks, a row each.
class PredictionModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TaskColumn, HeadColumn, ValueColumn, UnitColumn, PercentileColumn, DirectionColumn, ColumnCount };
    enum DataRole { PercentileRole = Qt::UserRole, StepRole, UnnamedRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setPredictions(std::vector<TaskValues> predictions);
    const TaskValues& prediction(int row) const { return m_predictions[static_cast<std::size_t>(row)]; }
    int rowOf(const QString& head, const QString& task) const; ///< −1 if there is none
    bool hasPercentiles(const QString& head) const; ///< empty = any head
    bool hasAtomLevel(const QString& head) const;
    QStringList units(const QString& head) const;   ///< texts of the unit column, each once
    QString longestClass() const;                   ///< name of a class of an ordered head
    bool hasDirections() const { return m_hasDirections; }
    /// Heads in their order, each with its number of tasks.
    const std::vector<std::pair<QString, int>>& heads() const { return m_heads; }
    bool isOrdered(const QString& head) const;
    bool isBinary(const QString& head) const;

    /// What a column is sorted by; NaN = undefined. Text columns: NaN.
    double sortNumber(int row, int column) const;
    QString text(int row, int column) const;
    /// All columns of the rows with a header line; separator tab, or comma with quotes where they are needed.
    QString toText(const std::vector<int>& rows, QChar separator) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    double percentile(const TaskValues& values) const;
    QString toolTip(const TaskValues& values, int column) const;

    std::vector<TaskValues> m_predictions;
    std::vector<std::pair<QString, int>> m_heads;
    bool m_hasDirections = false;
};

/// By text in task or head and by head; sorts numbers as numbers, undefined ones last in both directions.
class PredictionFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit PredictionFilter(PredictionModel* model, QObject* parent = nullptr);
    void setText(const QString& text);
    void setHead(const QString& head); ///< empty = all

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    PredictionModel* m_model;
    QStringList m_words;
    QString m_head;
};

/// Numbers in tabular figures, the percentile as a bar, the direction as arrow, word and signed bar.
class PredictionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    static int directionWidth(const QFontMetrics& cells, const QString& longestClass);
};

} // namespace papilio::app
