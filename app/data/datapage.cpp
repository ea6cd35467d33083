// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/datapage.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

#include "app/data/moleculemodel.h"
#include "app/data/rowsview.h"
#include "app/data/taskinspector.h"
#include "app/data/treedata.h"
#include "app/format.h"
#include "app/workspace/workspace.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/taskpairs.h"
#include "widgets/tasktree.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr qint64 matrixRows = 700; // about one a pixel of the matrix

/// As the engine names it, not for people: it decides how values are written.
QString kindOf(const store::TaskRecord& record)
{
    const std::string_view name = kindName(record.task.kind);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

/// Differs where the labels of a project may: a recipe or another import of the same table can change them and no count.
quint64 labelsKey(const Snapshot& snapshot)
{
    std::size_t key = qHashMulti(0, snapshot.path, snapshot.molecules, snapshot.tasks.size());
    for (const auto& dataset : snapshot.datasets) {
        key = qHashMulti(key, dataset.id, dataset.rows, dataset.used, dataset.merged, dataset.labels,
                         QByteArray::fromStdString(dataset.created), snapshot.curated.value(dataset.id));
    }
    return key;
}

} // namespace

DataPage::DataPage(const Services& services, QWidget* parent)
    : Page(parent), m_services(services), m_snapshot(services.workspace->snapshot())
{
    setObjectName(u"dataPage"_s);
    m_molecules = new MoleculeModel(services, this);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(u"dataSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(buildTree());
    splitter->addWidget(buildMain());
    m_inspector = new TaskInspector;
    m_inspector->setMinimumWidth(240);
    splitter->addWidget(m_inspector);
    splitter->setSizes({296, 768, 312});
    splitter->setStretchFactor(1, 1);

    auto* empty = new widgets::EmptyState(u"import"_s, tr("No molecules yet"),
                                          tr("Import a table with a structure column: its tasks, coverage, distributions and "
                                             "molecules appear here. You can also drop a file on the window."),
                                          tr("Import…"));
    empty->setObjectName(u"dataEmpty"_s);
    empty->setPrimary(true);
    connect(empty, &widgets::EmptyState::clicked, this, &DataPage::importRequested);
    m_whole = new QStackedWidget;
    m_whole->addWidget(splitter);
    m_whole->addWidget(empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_whole);
    widgets::setBackground(this, Role::Surface);
    connectAll();
    refresh();
}

void DataPage::connectAll()
{
    connectRows();
    Workspace* workspace = m_services.workspace;
    connect(workspace, &Workspace::changed, this, &DataPage::refresh);
    connect(workspace, &Workspace::taskSelected, this, &DataPage::showTask);
    connect(workspace, &Workspace::checkedChanged, this, [this] {
        QSet<qint64> checked;
        for (const auto& record : m_snapshot->tasks) {
            if (m_services.workspace->isChecked(record.task.id)) {
                checked.insert(record.task.id);
            }
        }
        m_tree->taskModel()->setCheckedTasks(checked);
        m_checked->setText(tr("%1 of %2 tasks checked for training").arg(checked.size()).arg(m_snapshot->tasks.size()));
    });
    connect(m_tree, &widgets::TaskTreeView::taskSelected, workspace, &Workspace::selectTask);
    connect(m_tree, &widgets::TaskTreeView::datasetSelected, m_rows, &RowsView::showDataset);
    connect(m_tree->taskModel(), &widgets::TaskTreeModel::checkedChanged, this, [this] {
        const auto checked = m_tree->taskModel()->checkedTasks();
        QSet<qint64> unchecked;
        for (const auto& record : m_snapshot->tasks) {
            if (!checked.contains(record.task.id)) {
                unchecked.insert(record.task.id);
            }
        }
        m_services.workspace->setUnchecked(unchecked);
    });
    connect(m_matrix, &widgets::CoverageMatrix::taskSelected, workspace, &Workspace::selectTask);
    connect(m_inspector, &TaskInspector::taskSelected, workspace, &Workspace::selectTask);
    connect(m_matrix, &widgets::CoverageMatrix::detailRequested, this, [this](qint64 first, qint64 count) {
        if (!m_order) {
            return;
        }
        m_services.workspace->reader().read<widgets::CoverageDetail>(
            u"coverage detail"_s, this,
            [snapshot = m_snapshot, order = m_order, first, count](store::Project& project, const auto& stale) {
                return countCoverageDetail(project, *snapshot, *order, first, count, stale);
            },
            [this](const Result<widgets::CoverageDetail>& detail) {
                if (detail) {
                    m_matrix->setDetail(*detail);
                }
            });
    });
}

void DataPage::refresh()
{
    const SnapshotPtr snapshot = m_services.workspace->snapshot();
    // Training changes the project at every epoch; coverage is counted again only if the labels changed.
    const quint64 labels = labelsKey(*snapshot);
    const bool changed = labels != m_shownLabels || !m_services.workspace->isOpen();
    const bool other = snapshot->path != m_snapshot->path;
    m_shownLabels = labels;
    m_snapshot = snapshot;
    if (other) {
        forgetOrder();
    }
    m_whole->setCurrentIndex(m_snapshot->datasets.empty() ? 1 : 0);
    if (!changed) {
        return;
    }
    m_tree->taskModel()->setDatasets(treeDatasets(*m_snapshot));
    m_tree->setCurrentTask(m_services.workspace->selectedTask());
    m_tree->expandAll();
    m_checked->setText(tr("%1 of %2 tasks checked for training")
                           .arg(m_services.workspace->checkedCount())
                           .arg(m_snapshot->tasks.size()));
    m_rows->setSnapshot(m_snapshot);
    showRowsBanner();
    m_order.reset();
    readCoverage();
    if (m_orderName != "import") {
        chooseOrder(); // it is to be made anew of the labels of now
    }
    readPairsOfTasks();
    showTask(m_services.workspace->selectedTask());
}

void DataPage::readCoverage()
{
    if (m_snapshot->tasks.empty()) {
        m_matrix->setData({});
        m_countingCoverage = false;
        m_services.workspace->reader().forget(u"coverage"_s);
        return;
    }
    m_countingCoverage = true;
    m_matrix->setEmptyText(tr("Counting the labels"), tr("%1 molecules × %2 tasks")
                                                          .arg(formatCount(m_snapshot->molecules))
                                                          .arg(m_snapshot->tasks.size()));
    m_services.workspace->reader().read<CoverageCount>(
        u"coverage"_s, this,
        [snapshot = m_snapshot, order = m_orderName](store::Project& project, const auto& stale) {
            return countCoverage(project, *snapshot, order, matrixRows, stale);
        },
        [this](const Result<CoverageCount>& count) {
            m_countingCoverage = false;
            if (count) {
                m_order = count->order;
                m_matrix->setData(count->data);
                m_matrix->setSelectedTask(m_services.workspace->selectedTask());
            } else {
                m_matrix->setEmptyText(tr("The labels cannot be read"), QString::fromStdString(count.error().text()));
            }
        });
}

void DataPage::showTask(qint64 task)
{
    m_tree->setCurrentTask(task);
    m_matrix->setSelectedTask(task);
    m_inspector->showTask(m_snapshot, task);
    m_pairs->setSelectedTask(task);
    readTask();
    readCorrelationsOfTask();
    Q_EMIT selectionTextChanged();
}

void DataPage::readTask()
{
    const qint64 task = m_services.workspace->selectedTask();
    const store::TaskRecord* record = m_snapshot->task(task);
    if (!record) {
        m_molecules->clear();
        m_histogram->clear();
        m_stripTitle->setRemark({});
        m_readingTask = false;
        m_services.workspace->reader().forget(u"task"_s);
        return;
    }
    m_readingTask = true;
    m_services.workspace->reader().read<TaskView>(
        u"task"_s, this,
        [snapshot = m_snapshot, task](store::Project& project, const auto& stale) {
            return readTaskView(project, *snapshot, task, stale);
        },
        [this, task](const Result<TaskView>& view) {
            m_readingTask = false;
            const store::TaskRecord* now = m_snapshot->task(task);
            if (!view || !now) {
                m_histogram->setEmptyText(view ? QString() : QString::fromStdString(view.error().text()));
                return;
            }
            const QString name = QString::fromStdString(now->task.name);
            const QString unit = QString::fromStdString(now->task.unit);
            m_histogram->setData(view->histogram);
            m_inspector->showValues(*view);
            m_molecules->setTask(*view, name, kindOf(*now), unit);
            m_stripTitle->setRemark(widgets::joinedByDot(
                {tr("%1 with a label of %2 · highest %3first")
                     .arg(formatCount(static_cast<qint64>(view->molecules.size())), name,
                          now->task.level == Level::Graph ? QString() : tr("mean of the molecule ")),
                 unit.isEmpty() ? QString() : tr("values in %1").arg(unit)}));
            Q_EMIT selectionTextChanged();
        });
}

void DataPage::showRowsBanner()
{
    const qint64 rejected = m_snapshot->rejectedRows();
    QStringList parts;
    qint64 merged = 0;
    QString incomplete;
    for (const auto& dataset : m_snapshot->datasets) {
        merged += dataset.merged;
        if (!dataset.complete) {
            incomplete = QString::fromStdString(dataset.name);
        }
    }
    const QString key = u"%1|%2|%3|%4"_s.arg(m_snapshot->path).arg(rejected).arg(merged).arg(incomplete);
    if (key == m_dismissedBanner) {
        return;
    }
    m_message->setProperty("key", key);
    if (!incomplete.isEmpty()) {
        m_message->showMessage(widgets::MessageBar::Kind::Warning, tr("The import of %1 was cut off.").arg(incomplete),
                               tr("What is there is whole; importing the same file again completes it."), {tr("Import…")});
        m_message->setProperty("action", u"import"_s);
    } else if (rejected > 0) {
        m_message->showMessage(widgets::MessageBar::Kind::Warning,
                               tr("%1 of %2 rows not used").arg(formatCount(rejected), formatCount(m_snapshot->rows())),
                               merged > 0 ? tr("%1 merged with an earlier row of the same molecule").arg(formatCount(merged)) : QString(),
                               {tr("Show rows")});
        m_message->setProperty("action", u"rows"_s);
    } else {
        m_message->hide();
    }
}

void DataPage::showMessage(int kind, const QString& strong, const QString& text, const QStringList& actions)
{
    m_message->setProperty("action", u"rows"_s);
    m_message->showMessage(static_cast<widgets::MessageBar::Kind>(kind), strong, text, actions);
}

void DataPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void DataPage::showRejected()
{
    m_rows->showRejected();
    m_tabs->setCurrentIndex(RowsTab);
}

bool DataPage::isLoading() const
{
    return m_countingCoverage || m_readingTask || m_molecules->isLoading() || m_rows->isLoading();
}

QString DataPage::selectionText() const
{
    const auto* record = m_snapshot->task(m_services.workspace->selectedTask());
    return record ? widgets::joinedByDot({tr("Selected  %1").arg(QString::fromStdString(record->task.name)),
                                          countedText(record->stats.molecules, tr("molecule"), tr("molecules"))})
                  : QString();
}

} // namespace papilio::app
