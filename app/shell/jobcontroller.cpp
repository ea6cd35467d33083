// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/jobcontroller.h"

#include "app/engine/trainsession.h"
#include "app/format.h"
#include "widgets/format.h"
#include "widgets/jobpanel.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::JobPanel;

JobController::JobController(const Services& services, JobPanel* panel, QObject* parent)
    : QObject(parent), m_services(services), m_panel(panel)
{
    TrainSession* training = services.training;
    connect(training, &TrainSession::phaseChanged, this, &JobController::update);
    connect(training, &TrainSession::progressed, this, &JobController::update);
    connect(training, &TrainSession::runStarted, this, &JobController::update);
    connect(training, &TrainSession::epochFinished, this, &JobController::update);
    connect(training, &TrainSession::ended, this, &JobController::ended);
    connect(training, &TrainSession::failed, this, [this, training](const RunInfo&, const EngineError& error) {
        if (error.isStopped() && !training->host().isEmpty()) {
            m_panel->hide(); // left to its host
            return;
        }
        m_panel->setState(JobPanel::State::Failed);
        m_panel->setDetail(error.message);
        m_panel->setPausable(false);
        m_panel->show();
    });
    connect(panel, &JobPanel::clicked, this, &JobController::clicked);
    connect(panel, &JobPanel::pauseClicked, this, [this, training] {
        if (training->isActive()) {
            training->pause();
        } else if (training->run().run > 0) {
            training->resume(training->project(), training->run().run, training->host());
        }
    });
    connect(panel, &JobPanel::stopClicked, this, [this, training] {
        if (training->isActive()) {
            training->stopAndKeepBest();
        } else {
            m_panel->hide();
        }
    });
}

void JobController::update()
{
    const TrainSession* training = m_services.training;
    if (!training->isActive()) {
        return;
    }
    const RunInfo& run = training->run();
    const bool ending = training->phase() == TrainSession::Phase::Pausing ||
                        training->phase() == TrainSession::Phase::Stopping;
    m_panel->setState(ending ? JobPanel::State::Stopping : JobPanel::State::Running);
    m_panel->setPausable(training->phase() == TrainSession::Phase::Running);
    m_panel->setStoppable(!ending);
    m_panel->setTitle(run.run > 0 && run.epochsPlanned > 0 && (training->host().isEmpty() || training->isTraining())
                          ? tr("Run %1 · epoch %2 of %3").arg(run.run).arg(training->epochUnderWay()).arg(run.epochsPlanned)
                      : training->host().isEmpty() ? tr("Preparing the training")
                                                   : tr("Preparing the training on %1").arg(training->host()));
    m_panel->setDetail(training->phase() == TrainSession::Phase::Pausing ? tr("Pausing: writing the checkpoint")
                       : ending                                          ? tr("Stopping: keeping the best checkpoint")
                                                                         : training->rateText());
    m_panel->setFraction(training->fraction());
    m_panel->show();
}

void JobController::ended()
{
    const RunInfo& run = m_services.training->run();
    const bool paused = run.state == "paused"_L1;
    m_panel->setState(paused ? JobPanel::State::Paused : JobPanel::State::Done);
    m_panel->setPausable(paused);
    m_panel->setStoppable(true);
    m_panel->setTitle(tr("Run %1 · %2").arg(run.run).arg(stateWord(run.state)));
    m_panel->setDetail(tr("epoch %1 of %2 · %3").arg(run.epochs).arg(run.epochsPlanned)
                           .arg(widgets::formatDuration(run.seconds)));
    m_panel->setFraction(run.epochsPlanned > 0 ? double(run.epochs) / double(run.epochsPlanned) : 1);
    m_panel->show();
}

} // namespace papilio::app
