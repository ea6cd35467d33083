// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "app/services.h"
#include "app/workspace/snapshot.h"

class QComboBox;
class QLineEdit;
class QPushButton;
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

class RowPanel;
class RowsModel;

/// Every input row with its status, filtered by dataset, status and reason; one of them in full beside the list.
class RowsView : public QWidget
{
    Q_OBJECT

public:
    explicit RowsView(const Services& services, QWidget* parent = nullptr);
    void setSnapshot(const SnapshotPtr& snapshot);
    void showDataset(qint64 dataset);
    void showRejected(qint64 dataset = 0); ///< 0 = the dataset with most of them
    void goToRow(qint64 dataset, qint64 row);
    bool isLoading() const;

Q_SIGNALS:
    void curateRequested(qint64 dataset);
    void lookupRequested(const QString& smiles);
    void exported(const QString& strong, const QString& text, bool failed);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildBar();
    QWidget* buildTools();
    QWidget* buildTable();
    void goToTyped();
    void select(qint64 row);
    void showSelected();
    void openPanel(qint64 row);
    void exportRows();
    void query();
    void updateCounts();
    void copy();

    Services m_services;
    RowsModel* m_model;
    QComboBox* m_dataset = nullptr;
    widgets::SegmentedControl* m_status = nullptr;
    widgets::Label* m_count = nullptr;
    widgets::EmptyState* m_empty = nullptr;
    QLineEdit* m_reason = nullptr;
    QLineEdit* m_goTo = nullptr;
    QTableView* m_table = nullptr;
    QStackedWidget* m_stack = nullptr;
    RowPanel* m_panel = nullptr;
    SnapshotPtr m_snapshot;
    qint64 m_wanted = -1; ///< row to be selected once the rows are counted
    bool m_stale = true; ///< the project changed while this was not visible
};

} // namespace papilio::app
