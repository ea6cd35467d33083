// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/data/coveragecount.h"
#include "app/data/taskvalues.h"
#include "app/page.h"
#include "app/services.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace papilio::widgets
{
class CoverageMatrix;
class ElidedLabel;
class EmptyState;
class HistogramView;
class Label;
class MessageBar;
class SectionHeader;
class TaskPairsView;
class TaskTreeView;
}

namespace papilio::app
{

class MoleculeModel;
class RowsView;
class TaskInspector;

/// Datasets and tasks, their coverage, distributions, molecules and rows.
class DataPage : public Page
{
    Q_OBJECT

public:
    enum Tab { CoverageTab, OverlapTab, DistributionTab, MoleculesTab, RowsTab };
    explicit DataPage(const Services& services, QWidget* parent = nullptr);
    bool isLoading() const override;
    QString selectionText() const override;
    void showTab(Tab tab);
    void showRejected();
    void showMessage(int kind, const QString& strong, const QString& text, const QStringList& actions);

Q_SIGNALS:
    void importRequested();
    void lookupRequested(const QString& smiles);

private:
    QWidget* buildTree();
    QWidget* buildMain();
    QWidget* buildViews();
    QWidget* buildStrip();
    QWidget* buildOrder();
    QWidget* buildPairs();
    void connectAll();
    void connectRows();
    void showTreeMenu(const QPoint& position);
    void curate(qint64 dataset);
    void refresh();      ///< the snapshot changed
    void readCoverage();
    void chooseOrder();
    void forgetOrder();
    void readPairsOfTasks();
    void comparePairs();
    void readCorrelationsOfTask();
    void readTask();
    void showTask(qint64 task);
    void showRowsBanner();
    void setEmpty(bool empty);

    Services m_services;
    SnapshotPtr m_snapshot;
    std::shared_ptr<const CoverageOrder> m_order;
    std::string m_orderName = "import";
    std::vector<std::pair<qint64, qint64>> m_missingPairs; ///< of datasets
    qint64 m_orderRequest = 0, m_compareRequest = 0;
    QComboBox* m_orderBox = nullptr;
    QWidget* m_orderPane = nullptr;
    widgets::Label* m_orderNote = nullptr;
    widgets::TaskPairsView* m_pairs = nullptr;
    widgets::ElidedLabel* m_pairsNote = nullptr;
    QPushButton* m_compare = nullptr;
    bool m_countingCoverage = false, m_readingTask = false;
    quint64 m_shownLabels = 0;
    QString m_dismissedBanner;
    QStackedWidget* m_whole = nullptr;
    widgets::TaskTreeView* m_tree = nullptr;
    widgets::ElidedLabel* m_checked = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_views = nullptr;
    widgets::MessageBar* m_message = nullptr;
    widgets::CoverageMatrix* m_matrix = nullptr;
    widgets::HistogramView* m_histogram = nullptr;
    widgets::SectionHeader* m_stripTitle = nullptr;
    QWidget* m_strip = nullptr;
    MoleculeModel* m_molecules = nullptr;
    RowsView* m_rows = nullptr;
    TaskInspector* m_inspector = nullptr;
};

} // namespace papilio::app
