// SPDX-License-Identifier: GPL-3.0-or-later
// The data page's orders of molecules and pairs of tasks: what the project keeps of them, and asking the engine for more.
#include <QComboBox>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "app/data/datapage.h"
#include "app/data/pairsdata.h"
#include "app/data/taskinspector.h"
#include "app/engine/engineclient.h"
#include "app/format.h"
#include "app/workspace/workspace.h"
#include "widgets/coveragematrix.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/taskpairs.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::formatCount;
using widgets::Role;
using widgets::TextStyle;

namespace
{
constexpr std::size_t correlationsShown = 8;
} // namespace

QWidget* DataPage::buildOrder()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_orderNote = new widgets::Label({}, TextStyle::Caption, Role::TextSecondary);
    m_orderNote->setObjectName(u"orderNote"_s);
    m_orderBox = new QComboBox;
    m_orderBox->setObjectName(u"coverageOrder"_s);
    m_orderBox->setAccessibleName(tr("Order of the molecules"));
    m_orderBox->setToolTip(tr("How molecules stand within the group of the dataset that labelled them first"));
    m_orderBox->addItem(tr("as imported"), u"import"_s);
    m_orderBox->addItem(tr("most labels first"), u"coverage"_s);
    m_orderBox->addItem(tr("by scaffold"), u"scaffold"_s);
    m_orderBox->addItem(tr("by cluster"), u"cluster"_s);
    row->addWidget(m_orderNote);
    row->addWidget(new widgets::Label(tr("Order"), TextStyle::Body, Role::TextSecondary));
    row->addWidget(m_orderBox);
    connect(m_orderBox, &QComboBox::activated, this, &DataPage::chooseOrder);
    return box;
}

QWidget* DataPage::buildPairs()
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* bar = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    bar->setFixedHeight(widgets::Theme::current().metrics().toolBar);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 1);
    m_pairsNote = new widgets::ElidedLabel({}, Qt::ElideRight);
    m_pairsNote->setObjectName(u"pairsNote"_s);
    m_pairsNote->setRole(Role::TextSecondary);
    m_compare = new QPushButton(tr("Compare all tasks"));
    m_compare->setObjectName(u"compareTasks"_s);
    row->addWidget(m_pairsNote, 1);
    row->addWidget(m_compare);
    m_pairs = new widgets::TaskPairsView;
    m_pairs->setObjectName(u"taskPairs"_s);
    m_pairs->setAccessibleName(tr("Overlap and correlation of tasks"));
    layout->addWidget(bar);
    layout->addWidget(m_pairs, 1);
    connect(m_pairs, &widgets::TaskPairsView::taskSelected, m_services.workspace, &Workspace::selectTask);
    connect(m_compare, &QPushButton::clicked, this, &DataPage::comparePairs);
    return box;
}

/// Another project begins with the order that each has, and has other pairs to compare.
void DataPage::forgetOrder()
{
    m_orderName = "import";
    m_orderBox->setCurrentIndex(0);
    m_orderNote->setText({});
    if (m_orderRequest) {
        m_services.engine->abandon(m_orderRequest);
        m_orderRequest = 0;
    }
    if (m_compareRequest) {
        m_services.engine->abandon(m_compareRequest);
        m_compareRequest = 0;
        m_compare->setEnabled(true);
        m_pairsNote->setText({});
    }
}

void DataPage::chooseOrder()
{
    const QString order = m_orderBox->currentData().toString();
    m_orderName = order.toStdString();
    if (m_orderRequest) {
        m_services.engine->abandon(m_orderRequest);
        m_orderRequest = 0;
    }
    m_orderNote->setText({});
    if (!m_services.workspace->isOpen() || m_snapshot->tasks.empty()) {
        return;
    }
    m_orderNote->setText(tr("ordering …"));
    EngineClient::Callbacks callbacks;
    callbacks.progress = [this](const EngineProgress& progress) {
        if (progress.total > 0) {
            m_orderNote->setText(tr("ordering … %1 %").arg(100 * progress.done / progress.total));
        }
    };
    callbacks.done = [this](const QJsonObject&) {
        m_orderRequest = 0;
        m_orderNote->setText({});
        readCoverage();
    };
    callbacks.failed = [this](const EngineError& error) {
        m_orderRequest = 0;
        m_orderNote->setText(error.isStopped() ? QString() : tr("cannot be ordered"));
        m_orderNote->setToolTip(error.text());
    };
    m_orderRequest = m_services.engine->request(
        u"coverage.order"_s, {{u"project"_s, m_services.workspace->path()}, {u"order"_s, order}}, this, callbacks);
}

void DataPage::readPairsOfTasks()
{
    if (m_tabs->currentIndex() != OverlapTab || !m_services.workspace->isOpen() || m_snapshot->tasks.empty()) {
        return;
    }
    m_pairs->setEmptyText(tr("Reading the pairs of tasks"), {});
    m_services.workspace->reader().read<PairsView>(
        u"pairs"_s, this,
        [snapshot = m_snapshot, task = m_services.workspace->selectedTask()](store::Project& project, const auto& stale) {
            return readPairs(project, *snapshot, task, stale);
        },
        [this](const Result<PairsView>& view) {
            if (!view) {
                m_pairs->setEmptyText(tr("The pairs of tasks cannot be read"), QString::fromStdString(view.error().text()));
                return;
            }
            const bool none = std::all_of(view->pairs.molecules.begin(), view->pairs.molecules.end(), [](quint32 n) { return n == 0; });
            m_pairs->setEmptyText(tr("Not compared yet"),
                                  tr("How many molecules two tasks share, and how their labels go together, will stand here."));
            m_pairs->setData(none && !view->missing.empty() ? widgets::TaskPairs{} : view->pairs);
            m_pairs->setSelectedTask(m_services.workspace->selectedTask());
            m_missingPairs = view->missing;
            m_compare->setVisible(!m_missingPairs.empty());
            m_pairsNote->setText(widgets::joinedByDot(
                {countedText(static_cast<qint64>(view->pairs.tasks.size()), tr("task"), tr("tasks")),
                 view->leftOut > 0 ? tr("%1 of other datasets left out").arg(formatCount(view->leftOut)) : QString(),
                 m_missingPairs.empty() ? QString()
                                        : countedText(static_cast<qint64>(m_missingPairs.size()), tr("pair of datasets not compared yet"),
                                                      tr("pairs of datasets not compared yet"))}));
        });
}

/// One pair of datasets after the other; each is shown when it is there.
void DataPage::comparePairs()
{
    if (m_missingPairs.empty() || m_compareRequest) {
        return;
    }
    const std::pair<qint64, qint64> pair = m_missingPairs.front();
    m_compare->setEnabled(false);
    EngineClient::Callbacks callbacks;
    callbacks.progress = [this](const EngineProgress& progress) {
        if (progress.total > 0) {
            m_pairsNote->setText(tr("comparing … %1 of %2 tasks").arg(formatCount(progress.done), formatCount(progress.total)));
        }
    };
    callbacks.done = [this, pair](const QJsonObject&) { // the list may have been read anew by now
        m_compareRequest = 0;
        std::erase(m_missingPairs, pair);
        if (m_missingPairs.empty()) {
            m_compare->setEnabled(true);
            readPairsOfTasks();
            readCorrelationsOfTask();
        } else {
            comparePairs();
        }
    };
    callbacks.failed = [this](const EngineError& error) {
        m_compareRequest = 0;
        m_compare->setEnabled(true);
        m_pairsNote->setText(error.text());
    };
    m_compareRequest = m_services.engine->request(
        u"tasks.pairs"_s,
        {{u"project"_s, m_services.workspace->path()}, {u"dataset"_s, pair.first}, {u"other"_s, pair.second}}, this, callbacks,
        EngineClient::OnCrash::Fail);
}

void DataPage::readCorrelationsOfTask()
{
    const qint64 task = m_services.workspace->selectedTask();
    if (!m_snapshot->task(task)) {
        return;
    }
    m_services.workspace->reader().read<CorrelationsView>(
        u"correlations"_s, this,
        [snapshot = m_snapshot, task](store::Project& project, const auto& stale) {
            return readCorrelations(project, *snapshot, task, correlationsShown, stale);
        },
        [this, task](const Result<CorrelationsView>& view) {
            if (view) {
                m_inspector->showCorrelations(task, view->lines, !view->missing.empty());
            }
        });
}

} // namespace papilio::app
