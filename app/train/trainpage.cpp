// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/trainpage.h"

#include <QFileDialog>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/engine/engineclient.h"
#include "app/engine/trainsession.h"
#include "app/remote/remoteruns.h"
#include "app/settings.h"
#include "app/train/curvepanel.h"
#include "app/train/recipepanel.h"
#include "app/train/runbar.h"
#include "app/workspace/workspace.h"
#include "widgets/emptystate.h"
#include "widgets/format.h"
#include "widgets/messagebar.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::MessageBar;

TrainPage::TrainPage(const Services& services, QWidget* parent) : Page(parent), m_services(services)
{
    setObjectName(u"trainPage"_s);
    m_recipe = new RecipePanel(services);
    m_bar = new RunBar(services);
    m_curves = new CurvePanel(services);
    m_message = new MessageBar;
    m_message->setObjectName(u"trainMessage"_s);
    m_message->hide();
    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message);
    column->addWidget(m_bar);
    column->addWidget(m_curves, 1);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(u"trainSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_recipe);
    splitter->addWidget(right);
    splitter->setSizes({320, 1056});
    splitter->setStretchFactor(1, 1);
    auto* empty = new widgets::EmptyState(u"train"_s, tr("Nothing to learn from yet"),
                                          tr("Import a table with labels first; then a model can be trained on its tasks here."),
                                          tr("Import…"));
    empty->setObjectName(u"trainEmpty"_s);
    empty->setPrimary(true);
    connect(empty, &widgets::EmptyState::clicked, this, &TrainPage::importRequested);
    m_whole = new QStackedWidget;
    m_whole->addWidget(splitter);
    m_whole->addWidget(empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_whole);
    widgets::setBackground(this, widgets::Role::Surface);

    TrainSession* training = services.training;
    connect(m_recipe, &RecipePanel::startRequested, this, &TrainPage::start);
    connect(m_bar, &RunBar::exportRequested, this, &TrainPage::exportModel);
    connect(training, &TrainSession::runStarted, this, &TrainPage::runStarted);
    connect(training, &TrainSession::epochFinished, services.workspace, &Workspace::refresh);
    connect(training, &TrainSession::ended, this, &TrainPage::runEnded);
    connect(training, &TrainSession::failed, this, &TrainPage::runFailed);
    connect(services.workspace, &Workspace::opened, this, &TrainPage::checkCutOff);
    connect(services.workspace, &Workspace::closed, m_message, &QWidget::hide);
    connect(services.workspace, &Workspace::changed, this, [this] {
        const auto& project = m_services.workspace->project();
        m_whole->setCurrentIndex(project.tasks.empty() && project.runs.empty() ? 1 : 0);
        Q_EMIT selectionTextChanged();
    });
    connect(services.workspace, &Workspace::runSelected, this, &TrainPage::selectionTextChanged);
    connect(m_message, &MessageBar::actionTriggered, this, [this] {
        if (m_goOnRun > 0) {
            m_message->hide();
            goOnWith(m_services, m_goOnRun);
        }
    });
    m_whole->setCurrentIndex(services.workspace->project().tasks.empty() ? 1 : 0);
}

void TrainPage::start(const Recipe& recipe)
{
    m_message->hide();
    const QString host = m_recipe->host();
    if (host.isEmpty()) {
        m_services.training->start(m_services.workspace->path(), recipe.toConfig());
    } else {
        m_services.training->startOn(host, m_services.workspace->path(), recipe.toConfig());
    }
}

/// A training that was put aside ends when another project may be open.
bool TrainPage::isOfThisProject() const
{
    return m_services.training->project() == m_services.workspace->path();
}

void TrainPage::runStarted()
{
    if (isOfThisProject()) {
        m_services.workspace->refresh();
        m_services.workspace->selectRun(m_services.training->run().run);
    }
}

void TrainPage::runEnded(const RunInfo& run)
{
    if (!isOfThisProject()) {
        return;
    }
    m_services.workspace->refresh();
    m_goOnRun = 0;
    if (run.state == "finished"_L1) {
        m_message->showMessage(MessageBar::Kind::Success, tr("Run %1 is finished.").arg(run.run),
                               widgets::joinedByDot({tr("best epoch %1 of %2, kept").arg(run.bestEpoch).arg(run.epochs), run.message}));
    } else if (run.state == "paused"_L1) {
        m_goOnRun = run.run;
        m_message->showMessage(MessageBar::Kind::Info, tr("Run %1 is paused after epoch %2.").arg(run.run).arg(run.epochs),
                               tr("Its state is in the project."), {tr("Go on")});
    } else {
        m_message->showMessage(MessageBar::Kind::Info, tr("Run %1 is stopped after epoch %2.").arg(run.run).arg(run.epochs),
                               run.bestEpoch > 0 ? tr("The best checkpoint, epoch %1, is kept.").arg(run.bestEpoch) : run.message);
    }
}

void TrainPage::runFailed(const RunInfo& run, const EngineError& error)
{
    if (!isOfThisProject()) {
        return;
    }
    m_services.workspace->refresh();
    const QString host = m_services.training->host();
    if (!host.isEmpty() && run.run > 0) {
        showLeft(run, host, error);
        return;
    }
    const bool engineGone = error.code == "engine"_L1 && run.run > 0;
    m_goOnRun = engineGone ? run.run : 0;
    if (engineGone) {
        m_message->showMessage(MessageBar::Kind::Error, error.message,
                               tr("The project is whole; run %1 can go on from its last checkpoint.").arg(run.run), {tr("Go on")});
    } else if (error.isStopped()) {
        m_message->showMessage(MessageBar::Kind::Info, tr("Stopped before the first step."), {});
    } else {
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
    }
}

void TrainPage::showLeft(const RunInfo& run, const QString& host, const EngineError& error)
{
    m_goOnRun = run.run;
    if (error.isStopped() || error.code == "engine"_L1) {
        m_message->showMessage(MessageBar::Kind::Info, error.isStopped() ? error.message : tr("Run %1 is not followed any more.").arg(run.run),
                               tr("What %1 trains comes here when it is followed again.").arg(host), {tr("Follow")});
    } else {
        m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint, {tr("Try again")});
    }
}

void TrainPage::checkCutOff()
{
    m_message->hide();
    const auto& runs = m_services.workspace->project().runs;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (effectiveState(*run) == store::RunState::CutOff) {
            m_goOnRun = run->id;
            if (const QString host = hostOf(*run); !host.isEmpty()) {
                m_message->showMessage(MessageBar::Kind::Info, tr("Run %1 is trained on %2.").arg(run->id).arg(host),
                                       tr("What came since epoch %1 is not here yet.").arg(run->epochs), {tr("Follow")});
                return;
            }
            m_message->showMessage(MessageBar::Kind::Info,
                                   tr("Run %1 was cut off at epoch %2 of %3.").arg(run->id).arg(run->epochs).arg(run->epochsPlanned),
                                   tr("Its last checkpoint is complete; nothing before it was lost."),
                                   {tr("Go on from epoch %1").arg(run->epochs)});
            return;
        }
    }
}

void TrainPage::exportModel(qint64 run)
{
    auto* dialog = new QFileDialog(this, tr("Export the best checkpoint of run %1").arg(run),
                                   m_services.settings->lastFolder(), tr("Papilio models (*.safetensors)"));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"safetensors"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, run](const QString& path) {
        EngineClient::Callbacks callbacks;
        callbacks.done = [this, path](const QJsonObject& result) {
            m_goOnRun = 0;
            m_message->showMessage(MessageBar::Kind::Success, tr("Model written"),
                                   widgets::joinedByDot({path, widgets::formatBytes(result["bytes"_L1].toInteger())}));
        };
        callbacks.failed = [this](const EngineError& error) {
            m_goOnRun = 0;
            m_message->showMessage(MessageBar::Kind::Error, error.message, error.hint);
        };
        m_services.engine->request(u"model.export"_s,
                                   {{u"project"_s, m_services.workspace->path()}, {u"run"_s, run}, {u"path"_s, path}}, this,
                                   callbacks, EngineClient::OnCrash::Fail);
    });
    dialog->open();
}

bool TrainPage::isLoading() const
{
    return m_curves->isLoading() || (isVisible() && m_recipe->isLoading());
}

QString TrainPage::selectionText() const
{
    const qint64 run = m_services.workspace->selectedRun();
    return run > 0 ? tr("Selected  run %1").arg(run) : QString();
}

} // namespace papilio::app
