// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/runbar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

#include "app/engine/enginetext.h"
#include "app/engine/trainsession.h"
#include "app/remote/remoteruns.h"
#include "app/themedicon.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/jobpanel.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Label;
using widgets::Role;
using widgets::TextStyle;

RunBar::RunBar(const Services& services, QWidget* parent)
    : Pane(Role::Surface, Qt::BottomEdge, parent), m_services(services)
{
    setObjectName(u"runBar"_s);
    setFixedHeight(60);
    m_runs = new QComboBox;
    m_runs->setObjectName(u"runChoice"_s);
    m_runs->setAccessibleName(tr("Run that is shown"));
    m_runs->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_detail = new widgets::ElidedLabel({}, Qt::ElideRight);
    m_detail->setObjectName(u"runDetail"_s);
    m_detail->setRole(Role::TextSecondary);
    m_detail->setStyle(TextStyle::Caption);
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(m_runs, 0, Qt::AlignLeft);
    names->addWidget(m_detail);

    m_percent = new Label({}, TextStyle::TableStrong);
    m_percent->setObjectName(u"runPercent"_s);
    m_left = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_line = new widgets::ProgressLine;
    m_rate = new Label({}, TextStyle::Caption, Role::TextSecondary);
    m_rate->setObjectName(u"runRate"_s);
    m_progressBox = new QWidget;
    auto* progress = new QVBoxLayout(m_progressBox);
    progress->setContentsMargins(0, 8, 0, 10);
    progress->setSpacing(4);
    auto* words = new QHBoxLayout;
    words->addWidget(m_percent);
    words->addStretch(1);
    words->addWidget(m_rate);
    words->addSpacing(12);
    words->addWidget(m_left);
    progress->addLayout(words);
    progress->addWidget(m_line);

    const auto button = [](const QString& object, const QString& text, const QString& icon) {
        auto* made = new QPushButton(text);
        made->setObjectName(object);
        setThemedIcon(made, icon, Role::Text);
        return made;
    };
    m_pause = button(u"pauseTraining"_s, tr("Pause"), u"pause"_s);
    m_goOn = button(u"resumeTraining"_s, tr("Go on"), u"play"_s);
    m_stop = button(u"stopTraining"_s, tr("Stop, keep best"), u"stop"_s);
    m_leave = new QPushButton(tr("Do not follow"));
    m_leave->setObjectName(u"leaveTraining"_s);
    m_leave->setToolTip(tr("The run goes on there; it can be followed again at any time"));
    m_export = button(u"exportModel"_s, tr("Export model…"), u"export"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(12);
    row->addLayout(names, 2);
    row->addWidget(m_progressBox, 3);
    row->addWidget(m_pause);
    row->addWidget(m_goOn);
    row->addWidget(m_stop);
    row->addWidget(m_leave);
    row->addWidget(m_export);

    TrainSession* training = services.training;
    connect(m_runs, &QComboBox::activated, this,
            [this] { m_services.workspace->selectRun(m_runs->currentData().toLongLong()); });
    connect(m_pause, &QPushButton::clicked, training, &TrainSession::pause);
    connect(m_stop, &QPushButton::clicked, training, &TrainSession::stopAndKeepBest);
    connect(m_goOn, &QPushButton::clicked, this, [this] { goOnWith(m_services, m_services.workspace->selectedRun()); });
    connect(m_leave, &QPushButton::clicked, training, &TrainSession::leave);
    connect(m_export, &QPushButton::clicked, this, [this] { Q_EMIT exportRequested(m_services.workspace->selectedRun()); });
    connect(training, &TrainSession::phaseChanged, this, &RunBar::refresh);
    connect(training, &TrainSession::progressed, this, &RunBar::refresh);
    connect(training, &TrainSession::epochFinished, this, &RunBar::refresh);
    connect(services.workspace, &Workspace::changed, this, [this] {
        fillRuns();
        refresh();
    });
    connect(services.workspace, &Workspace::runSelected, this, [this] {
        fillRuns();
        refresh();
    });
    fillRuns();
    refresh();
}

void RunBar::fillRuns()
{
    const QSignalBlocker blocker(m_runs);
    m_runs->clear();
    const auto& runs = m_services.workspace->project().runs;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        m_runs->addItem(widgets::joinedByDot({tr("Run %1").arg(run->id), QString::fromStdString(run->name), runStateText(*run)}),
                        QVariant::fromValue<qint64>(run->id));
    }
    m_runs->setCurrentIndex(m_runs->findData(QVariant::fromValue<qint64>(m_services.workspace->selectedRun())));
    m_runs->setVisible(!runs.empty());
}

bool RunBar::showsActiveRun() const
{
    const TrainSession* training = m_services.training;
    if (!training->isActive() || training->project() != m_services.workspace->path()) {
        return false;
    }
    return training->run().run == 0 || training->run().run == m_services.workspace->selectedRun();
}

void RunBar::refresh()
{
    if (showsActiveRun()) {
        showActive();
        return;
    }
    m_pause->hide();
    m_stop->hide();
    m_leave->hide();
    m_progressBox->hide();
    const store::RunRecord* run = m_services.workspace->project().run(m_services.workspace->selectedRun());
    m_goOn->setVisible(run && canGoOn(*run));
    m_goOn->setEnabled(!m_services.training->isActive());
    m_goOn->setText(run && isLeftAlone(*run) ? tr("Follow") : tr("Go on"));
    m_export->setVisible(run && hasModel(*run));
    if (run) {
        showStored(*run);
    } else {
        m_detail->setText({});
    }
}

void RunBar::showStored(const store::RunRecord& run)
{
    QStringList parts{tr("epoch %1 of %2").arg(run.epochs).arg(run.epochsPlanned)};
    if (const QString host = hostOf(run); !host.isEmpty()) {
        parts.prepend(tr("on %1").arg(host));
    }
    if (run.bestEpoch > 0) {
        parts << (hasModel(run) ? tr("best %1, kept").arg(run.bestEpoch) : tr("best %1, not here yet").arg(run.bestEpoch));
    }
    parts << tr("%1 parameters").arg(widgets::formatCount(run.parameters)) << tr("trained %1").arg(widgets::formatDuration(run.seconds));
    if (!run.message.empty() && !isLeftAlone(run)) { // its state says so
        parts << engineText(QString::fromStdString(run.message));
    }
    m_detail->setText(widgets::joinedByDot(parts));
}

void RunBar::showActive()
{
    const TrainSession* training = m_services.training;
    const RunInfo& run = training->run();
    const TrainSession::Phase phase = training->phase();
    const bool ending = phase == TrainSession::Phase::Pausing || phase == TrainSession::Phase::Stopping;
    m_goOn->hide();
    m_export->hide();
    m_progressBox->show();
    m_pause->show();
    m_stop->show();
    m_pause->setEnabled(phase == TrainSession::Phase::Running);
    m_stop->setEnabled(!ending);
    const QString& host = training->host();
    m_leave->setVisible(!host.isEmpty() && run.run > 0);
    m_leave->setEnabled(true); // a wish may wait for a lost connection
    const double fraction = training->fraction();
    m_line->setFraction(fraction);
    m_percent->setText(fraction < 0 ? training->progress().stage : widgets::formatPercent(fraction));
    m_rate->setText(widgets::formatRate(training->progress().rate, training->progress().unit));
    m_left->setText(phase == TrainSession::Phase::Pausing    ? tr("pausing …")
                    : phase == TrainSession::Phase::Stopping ? tr("stopping …")
                                                             : widgets::formatTimeLeft(training->progress().secondsLeft));
    if (run.run == 0) {
        m_detail->setText(tr("preparing"));
        return;
    }
    if (!host.isEmpty() && !training->isTraining()) {
        m_detail->setText(widgets::joinedByDot({tr("on %1").arg(host), training->progress().stage, training->note()}));
        return;
    }
    QStringList parts{tr("epoch %1 of %2").arg(training->epochUnderWay()).arg(run.epochsPlanned)};
    if (!host.isEmpty()) {
        parts.prepend(tr("on %1").arg(host));
    }
    if (run.bestEpoch > 0) {
        parts << tr("best so far %1, kept").arg(run.bestEpoch);
    }
    parts << training->note();
    m_detail->setText(widgets::joinedByDot(parts));
}

} // namespace papilio::app
