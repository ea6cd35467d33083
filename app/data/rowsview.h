// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services.h"
#include "app/workspace/snapshot.h"

class QComboBox;
class QStackedWidget;
class QTableView;

namespace papilio::widgets
{
class EmptyState;
class Label;
class SegmentedControl;
}

namespace papilio::app
{

class RowsModel;

/// Every input row with its status, filtered by dataset and status.
class RowsView : public QWidget
{
    Q_OBJECT

public:
    explicit RowsView(const Services& services, QWidget* parent = nullptr);
    void setSnapshot(const SnapshotPtr& snapshot);
    void showDataset(qint64 dataset);
    void showRejected(qint64 dataset = 0); ///< 0 = the dataset with most of them
    bool isLoading() const;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void query();
    void updateCounts();
    void copy();

    RowsModel* m_model;
    QComboBox* m_dataset;
    widgets::SegmentedControl* m_status;
    widgets::Label* m_count;
    widgets::EmptyState* m_empty;
    QTableView* m_table;
    QStackedWidget* m_stack;
    SnapshotPtr m_snapshot;
    bool m_stale = true; ///< the project changed while this was not visible
};

} // namespace papilio::app
