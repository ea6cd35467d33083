// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/curvepanel.h"

#include <cmath>

#include <QActionGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include "app/engine/trainsession.h"
#include "app/themedicon.h"
#include "app/workspace/workspace.h"
#include "widgets/curveplot.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/labels.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::CurveAlarm;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

namespace
{

constexpr int taskPlots = 2;

std::vector<double> epochNumbers(std::size_t count)
{
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i) {
        numbers[i] = static_cast<double>(i + 1);
    }
    return numbers;
}

int runSeries(qint64 run)
{
    return static_cast<int>((run - 1) % widgets::Theme::current().seriesCount());
}

std::vector<widgets::CurveSeries> runSeriesOf(qint64 run, const std::vector<double>& validation,
                                              const std::vector<double>& train)
{
    std::vector<widgets::CurveSeries> series;
    series.push_back({QString::number(run), QObject::tr("run %1, validation").arg(run), runSeries(run), false, false,
                      epochNumbers(validation.size()), validation});
    if (!train.empty()) {
        series.push_back({QString::number(run), QObject::tr("run %1, training").arg(run), runSeries(run), true, false,
                          epochNumbers(train.size()), train});
    }
    return series;
}

} // namespace

CurvePanel::CurvePanel(const Services& services, QWidget* parent) : QWidget(parent), m_services(services)
{
    setObjectName(u"curvePanel"_s);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(u"curveSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(buildWall());
    splitter->addWidget(buildPlots());
    splitter->setSizes({768, 288});
    splitter->setStretchFactor(0, 1);
    m_empty = new widgets::EmptyState;
    m_empty->setObjectName(u"curvesEmpty"_s);
    m_stack = new QStackedWidget;
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(services.workspace, &Workspace::runSelected, this, &CurvePanel::reload);
    connect(services.workspace, &Workspace::changed, this, &CurvePanel::reload);
    connect(services.training, &TrainSession::phaseChanged, this, &CurvePanel::updateState);
    updateState();
}

QWidget* CurvePanel::buildWall()
{
    auto* box = new QWidget;
    box->setMinimumWidth(320);
    auto* bar = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    bar->setFixedHeight(36);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(12);
    auto* filter = new QLineEdit;
    filter->setObjectName(u"wallFilter"_s);
    filter->setAccessibleName(tr("Filter the tasks of the run"));
    filter->setPlaceholderText(tr("Filter tasks"));
    filter->setClearButtonEnabled(true);
    filter->setFixedWidth(200);
    filter->setFixedHeight(26);
    setThemedIcon(filter->addAction(QIcon(), QLineEdit::LeadingPosition), filter, u"filter"_s);
    m_alarms = new widgets::ElidedLabel({}, Qt::ElideRight);
    m_alarms->setObjectName(u"alarmSummary"_s);
    m_alarms->setRole(Role::TextSecondary);
    m_alarms->setStyle(TextStyle::Caption);
    m_metrics = new QToolButton;
    m_metrics->setObjectName(u"wallMetrics"_s);
    m_metrics->setText(tr("Metrics"));
    m_metrics->setToolTip(tr("Metric of each kind of task"));
    m_metrics->setAccessibleName(tr("Metric of each kind of task"));
    m_metrics->setPopupMode(QToolButton::InstantPopup);
    m_metrics->setToolButtonStyle(Qt::ToolButtonTextOnly); // the style draws the mark of its menu
    m_metricMenu = new QMenu(m_metrics);
    m_metricMenu->setObjectName(u"wallMetricMenu"_s);
    m_metrics->setMenu(m_metricMenu);
    row->addWidget(filter);
    row->addWidget(m_metrics);
    row->addWidget(m_alarms, 1);
    m_wall = new widgets::CurveWallView;
    m_wall->setObjectName(u"curveWall"_s);
    m_wall->setAccessibleName(tr("Curves of all tasks"));
    m_wall->setFrameShape(QFrame::NoFrame);
    connect(filter, &QLineEdit::textChanged, m_wall, &widgets::CurveWallView::setFilterText);
    connect(m_wall, &widgets::CurveWallView::selectedTasksChanged, this, &CurvePanel::pinSelected);
    connect(m_wall, &widgets::CurveWallView::taskActivated, this, [this](qint64 task) { pin(task); });
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_wall, 1);
    return box;
}

QWidget* CurvePanel::buildPlots()
{
    auto* box = new QWidget;
    box->setMinimumWidth(260);
    widgets::setBackground(box, Role::Surface);
    auto* bar = new widgets::Pane(Role::Surface, Qt::BottomEdge);
    bar->setFixedHeight(36);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(8);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setObjectName(u"smoothing"_s);
    slider->setAccessibleName(tr("Smoothing of the curves"));
    slider->setRange(0, 95);
    slider->setFixedWidth(72);
    auto* value = new Label(u"0.00"_s, TextStyle::Caption);
    m_legend = new widgets::ElidedLabel(tr("dotted: train"), Qt::ElideRight);
    m_legend->setStyle(TextStyle::Caption);
    m_legend->setRole(Role::TextSecondary);
    row->addWidget(new Label(tr("Smoothing"), TextStyle::Caption, Role::TextSecondary));
    row->addWidget(slider);
    row->addWidget(value);
    row->addSpacing(8);
    row->addWidget(m_legend, 1);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    m_group = new widgets::CurveGroup(this);
    for (int i = 0; i < taskPlots; ++i) {
        auto* plot = new widgets::CurvePlot;
        plot->setObjectName(u"taskPlot%1"_s.arg(i + 1));
        plot->setXAxisVisible(false);
        plot->setEmptyText(tr("Select a task in the table"));
        m_group->add(plot);
        m_taskPlots << plot;
        layout->addWidget(plot, 1);
        layout->addWidget(new widgets::Hairline);
    }
    m_lossPlot = new widgets::CurvePlot;
    m_lossPlot->setObjectName(u"lossPlot"_s);
    m_group->add(m_lossPlot);
    layout->addWidget(m_lossPlot, 1);
    connect(slider, &QSlider::valueChanged, this, [this, value](int percent) {
        value->setText(widgets::formatFixed(percent / 100.0, 2));
        m_group->setSmoothing(percent / 100.0);
    });
    return box;
}

void CurvePanel::reload()
{
    const qint64 run = m_services.workspace->selectedRun();
    updateState();
    if (run == 0) {
        m_curves = {};
        m_wall->wallModel()->setRows({});
        m_pinned.clear();
        m_reading = false;
        m_services.workspace->reader().forget(u"curves"_s);
        return;
    }
    m_reading = true;
    m_services.workspace->reader().read<RunCurves>(
        u"curves"_s, this,
        [snapshot = m_services.workspace->snapshot(), run, choice = m_choice](store::Project& project, const auto& stale) {
            return readRunCurves(project, *snapshot, run, choice, stale);
        },
        [this](const Result<RunCurves>& curves) {
            m_reading = false;
            if (curves) {
                take(*curves);
            }
            updateState();
        });
}

void CurvePanel::take(const RunCurves& curves)
{
    const bool otherRun = m_curves.run != curves.run;
    const bool otherMetrics = m_curves.metrics != curves.metrics;
    m_curves = curves;
    if (otherMetrics) {
        fillMetrics();
    }
    m_wall->wallModel()->setSeries(runSeries(curves.run));
    m_wall->wallModel()->setRows(curves.rows);
    if (otherRun || m_pinned.isEmpty()) {
        m_pinned.clear();
        for (const auto& row : curves.rows) { // the first task of different datasets tells more than two of one
            const bool sameSet = !m_pinned.isEmpty() && curves.row(m_pinned.first())->dataset == row.dataset;
            if (m_pinned.size() < taskPlots && !sameSet) {
                m_pinned << row.task;
            }
        }
        if (m_pinned.size() < taskPlots && curves.rows.size() >= taskPlots) {
            m_pinned << curves.rows[1].task;
        }
    }
    updateAlarms();
    drawPlots();
}

void CurvePanel::fillMetrics()
{
    m_metricMenu->clear();
    const QPair<TaskKind, QString> kinds[] = {{TaskKind::Regression, tr("Regression")}, {TaskKind::Binary, tr("Binary")},
                                              {TaskKind::Multiclass, tr("Multiclass")}};
    for (const auto& [kind, title] : kinds) {
        const QStringList& names = m_curves.metrics[static_cast<std::size_t>(kind)];
        if (names.isEmpty()) {
            continue;
        }
        if (!names.contains(m_choice.of(kind))) {
            m_choice.of(kind) = MetricChoice().of(kind);
        }
        m_metricMenu->addSection(title);
        auto* group = new QActionGroup(m_metricMenu);
        for (const QString& name : names) {
            QAction* action = m_metricMenu->addAction(metricName(name).title);
            action->setObjectName(u"metric-"_s + name);
            action->setCheckable(true);
            action->setChecked(name == m_choice.of(kind));
            group->addAction(action);
            connect(action, &QAction::triggered, this, [this, kind = kind, name] {
                m_choice.of(kind) = name;
                reload();
            });
        }
    }
    m_metrics->setEnabled(!m_metricMenu->isEmpty());
}

void CurvePanel::updateAlarms()
{
    const auto* model = m_wall->wallModel();
    QStringList parts;
    for (const CurveAlarm alarm : {CurveAlarm::Overfits, CurveAlarm::Flat, CurveAlarm::Diverging, CurveAlarm::NotANumber}) {
        parts << u"%1 %2"_s.arg(model->alarmCount(alarm)).arg(widgets::alarmText(alarm));
    }
    m_alarms->setText(tr("Alarms  %1").arg(widgets::joinedByDot(parts)));
}

void CurvePanel::pinSelected()
{
    const QVector<qint64> selected = m_wall->selectedTasks();
    for (const qint64 task : selected) {
        pin(task);
    }
    if (selected.size() == 1) {
        m_services.workspace->selectTask(selected.first());
    }
}

void CurvePanel::pin(qint64 task)
{
    if (m_pinned.contains(task) || !m_curves.row(task)) {
        return;
    }
    m_pinned << task;
    while (m_pinned.size() > taskPlots) {
        m_pinned.removeFirst();
    }
    drawPlots();
}

void CurvePanel::drawPlots()
{
    for (int i = 0; i < taskPlots; ++i) {
        drawTask(m_taskPlots[i], m_pinned.value(i, 0));
    }
    drawLoss();
}

void CurvePanel::drawTask(widgets::CurvePlot* plot, qint64 task)
{
    const widgets::CurveWallRow* row = m_curves.row(task);
    if (!row) {
        plot->setTitle({}, {});
        plot->setSeries({});
        return;
    }
    const auto place = static_cast<std::size_t>(row - m_curves.rows.data());
    plot->setTitle(row->name, tr("validation, n = %1").arg(widgets::formatCount(m_curves.validationCounts[place])));
    plot->setAxisNames(tr("epoch"), row->unit.isEmpty() ? row->metric : u"%1, %2"_s.arg(row->metric, row->unit));
    plot->setPlannedEpochs(row->planned);
    plot->setSeries(runSeriesOf(m_curves.run, row->validation, row->train));
}

void CurvePanel::drawLoss()
{
    const store::RunRecord* run = m_services.workspace->project().run(m_curves.run);
    m_lossPlot->setTitle(tr("Loss"), tr("mean over the heads"));
    m_lossPlot->setAxisNames(tr("epoch"), tr("loss"));
    m_lossPlot->setPlannedEpochs(run ? static_cast<double>(run->epochsPlanned) : 0);
    m_lossPlot->setSeries(m_curves.epochs > 0 ? runSeriesOf(m_curves.run, m_curves.validationLoss, m_curves.trainLoss)
                                              : std::vector<widgets::CurveSeries>());
}

void CurvePanel::updateState()
{
    const bool hasRun = m_services.workspace->selectedRun() != 0;
    if (hasRun && m_curves.epochs > 0) {
        m_stack->setCurrentIndex(0);
        return;
    }
    if (m_services.training->isActive()) {
        m_empty->setContent(u"train"_s, tr("The first epoch is under way"),
                            tr("A curve for every task appears here as soon as it is finished."));
    } else if (hasRun) {
        m_empty->setContent(u"train"_s, tr("No epoch finished yet"),
                            tr("This run ended before its first epoch did. Go on with it, or start another one at the left."));
    } else {
        m_empty->setContent(u"train"_s, tr("No run yet"),
                            tr("The curves of every task appear here while a model learns. Check the recipe at the left and "
                               "press Start."));
    }
    m_stack->setCurrentIndex(1);
}

} // namespace papilio::app
