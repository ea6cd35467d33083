// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QSet>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <memory>
#include <vector>

#include "core/task.h"

namespace papilio::widgets
{

/// A dataset with its tasks, as the tree shows it.
struct TaskTreeDataset {
    struct Item {
        qint64 id = 0;
        QString name;
        Level level = Level::Graph;
        TaskKind kind = TaskKind::Regression;
        QString unit;
        qint64 n = 0;         ///< molecules with a label
        double fraction = 0;  ///< n over the dataset's molecules; NaN = undefined
    };
    qint64 id = 0;
    QString name;
    int series = 0;           ///< colour, index of Theme::series()
    qint64 molecules = 0;
    std::vector<Item> tasks;  ///< in the dataset's order
};

/// Datasets → level → tasks, with check boxes that follow each other up and down. Columns: name, coverage, n.
class TaskTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, CoverageColumn, CountColumn, ColumnCount };
    enum Kind { DatasetNode, LevelNode, TaskNode };
    enum DataRole {
        KindRole = Qt::UserRole, ///< Kind
        IdRole,                  ///< dataset or task id
        SeriesRole,              ///< colour index
        FractionRole,            ///< double, NaN = undefined
        CountRole,               ///< qint64
        LevelRole,               ///< int of papilio::Level
    };

    explicit TaskTreeModel(QObject* parent = nullptr);
    ~TaskTreeModel() override;

    /// Replaces everything; tasks whose ids were there keep their check state, new ones are checked.
    void setDatasets(std::vector<TaskTreeDataset> datasets);
    int taskCount() const;
    QVector<qint64> checkedTasks() const;               ///< in the tree's order
    void setCheckedTasks(const QSet<qint64>& tasks);
    void setCheckable(bool checkable);                  ///< off: no check boxes are shown
    QModelIndex indexOfTask(qint64 task) const;         ///< invalid if unknown

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void checkedChanged();

private:
    struct Node;
    Node* node(const QModelIndex& index) const;
    Qt::CheckState checkState(const Node& node) const;
    void setChecked(Node& node, bool checked);
    void emitChecksChanged();
    QString toolTip(const Node& node) const;

    std::vector<TaskTreeDataset> m_datasets;
    std::unique_ptr<Node> m_root;
    bool m_checkable = true;
};

/// Shows tasks whose name contains the text (case does not matter) with the datasets and levels above them; a dataset
/// whose own name fits is shown whole.
class TaskTreeFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit TaskTreeFilter(QObject* parent = nullptr);
    void setText(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
};

/// Swatch, name cut in the middle, bar 26×5 with percent, n.
class TaskTreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The tree ready to use: model, filter and delegate in place, columns sized, datasets expanded on arrival.
class TaskTreeView : public QTreeView
{
    Q_OBJECT

public:
    explicit TaskTreeView(QWidget* parent = nullptr);
    TaskTreeModel* taskModel() const { return m_model; }
    void setFilterText(const QString& text);
    qint64 currentTask() const;              ///< 0 = none
    void setCurrentTask(qint64 task);        ///< scrolls to it; emits nothing

Q_SIGNALS:
    void taskSelected(qint64 task);          ///< by mouse or keyboard
    void datasetSelected(qint64 dataset);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fitCounts();

    TaskTreeModel* m_model;
    TaskTreeFilter* m_filter;
    bool m_quiet = false;
};

} // namespace papilio::widgets
