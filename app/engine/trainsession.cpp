// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/trainsession.h"

#include <algorithm>
#include <cmath>

#include "app/engine/enginetext.h"
#include "widgets/format.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int trainingNiceness = 10; // the window and look-ups come first

double numberOrNan(const QJsonValue& value)
{
    return value.isDouble() ? value.toDouble() : std::nan("");
}

} // namespace

RunInfo runInfoFrom(const QJsonObject& object)
{
    RunInfo info;
    info.run = object["run"_L1].toInteger();
    info.name = object["name"_L1].toString();
    info.state = object["state"_L1].toString();
    info.epochs = object["epochs"_L1].toInteger();
    info.epochsPlanned = object["epochsPlanned"_L1].toInteger();
    info.bestEpoch = object["bestEpoch"_L1].toInteger();
    info.parameters = object["parameters"_L1].toInteger();
    info.message = engineText(object["message"_L1].toString());
    info.seconds = object["seconds"_L1].toDouble();
    return info;
}

TrainSession::TrainSession(QString engineProgram, QObject* parent) : QObject(parent), m_program(std::move(engineProgram))
{
}

void TrainSession::start(const QString& project, const QJsonObject& config)
{
    begin(u"train.start"_s, project, {}, {{u"project"_s, project}, {u"config"_s, config}});
}

void TrainSession::startOn(const QString& host, const QString& project, const QJsonObject& config)
{
    begin(u"remote.start"_s, project, host, {{u"project"_s, project}, {u"host"_s, host}, {u"config"_s, config}});
}

void TrainSession::resume(const QString& project, qint64 run, const QString& host, bool goOn)
{
    QJsonObject params{{u"project"_s, project}, {u"run"_s, run}};
    if (!host.isEmpty()) {
        params[u"goOn"_s] = goOn;
    }
    begin(host.isEmpty() ? u"train.resume"_s : u"remote.resume"_s, project, host, params);
    m_run.run = run;
}

void TrainSession::begin(const QString& method, const QString& project, const QString& host, const QJsonObject& params)
{
    if (isActive()) {
        return;
    }
    m_project = project;
    m_host = host;
    m_run = {};
    m_progress = {};
    m_note.clear();
    m_trainLoss = m_validationLoss = std::nan("");
    m_client = new EngineClient(m_program, trainingNiceness, this);
    connect(m_client, &EngineClient::notified, this, &TrainSession::take);
    setPhase(Phase::Starting);
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_run = runInfoFrom(result["run"_L1].toObject());
        finish();
        Q_EMIT ended(m_run);
    };
    callbacks.failed = [this](EngineError error) {
        if (error.code == "engine"_L1 && m_run.run > 0) {
            error.message = tr("Run %1: %2").arg(m_run.run).arg(error.message);
        }
        finish();
        Q_EMIT failed(m_run, error);
    };
    callbacks.progress = [this](const EngineProgress& progress) {
        m_progress = progress;
        Q_EMIT progressed();
    };
    m_request = m_client->request(method, params, this, callbacks, EngineClient::OnCrash::Fail);
}

void TrainSession::pause()
{
    ask(u"train.pause"_s, Phase::Pausing);
}

void TrainSession::stopAndKeepBest()
{
    ask(u"train.stop"_s, Phase::Stopping);
}

void TrainSession::leave()
{
    if (m_client && !m_host.isEmpty()) {
        m_client->cancel(m_request);
    }
}

void TrainSession::putAside()
{
    m_host.isEmpty() ? pause() : leave();
}

double TrainSession::fraction() const
{
    // While epochs run, the engine counts over the whole run; before that it reads the data.
    if (isTraining() && m_progress.total > 0) {
        return std::min(1.0, double(m_progress.done) / double(m_progress.total));
    }
    return m_run.epochsPlanned > 0 ? double(m_run.epochs) / double(m_run.epochsPlanned) : -1;
}

qint64 TrainSession::epochUnderWay() const
{
    return std::min(m_run.epochs + 1, std::max<qint64>(m_run.epochsPlanned, 1));
}

QString TrainSession::rateText() const
{
    const QString rate = widgets::formatRate(m_progress.rate, m_progress.unit);
    return isTraining() || m_progress.stage.isEmpty()
               ? widgets::joinedByDot({rate, widgets::formatTimeLeft(m_progress.secondsLeft)})
               : widgets::joinedByDot({m_progress.stage, rate});
}

void TrainSession::ask(const QString& method, Phase phase)
{
    if (!m_client || m_phase == phase) {
        return;
    }
    if (m_client->state() != EngineClient::State::Ready) {
        m_client->cancel(m_request); // nothing has begun yet
        return;
    }
    setPhase(phase);
    m_client->request(method, {}, this, {}, EngineClient::OnCrash::Fail);
    if (m_host.isEmpty()) {
        m_client->expectEnd(m_request); // a host is asked as soon as its connection allows; leave() need not wait for it
    }
}

void TrainSession::take(const QString& method, const QJsonObject& params)
{
    if (method == "run.started"_L1) {
        m_run = runInfoFrom(params["run"_L1].toObject());
        if (m_phase == Phase::Starting) {
            setPhase(Phase::Running);
        }
        Q_EMIT runStarted();
    } else if (method == "run.epoch"_L1) {
        m_run = runInfoFrom(params["run"_L1].toObject());
        m_trainLoss = numberOrNan(params["trainLoss"_L1]);
        m_validationLoss = numberOrNan(params["validationLoss"_L1]);
        Q_EMIT epochFinished();
    } else if (method == "run.note"_L1) {
        m_note = widgets::joinedByDot({m_note, engineText(params["text"_L1].toString().simplified())});
        Q_EMIT progressed();
    }
}

void TrainSession::finish()
{
    if (m_client) {
        EngineClient* client = m_client;
        m_client = nullptr;
        client->shutdown();
        connect(client, &EngineClient::stateChanged, client, [client] {
            if (client->state() == EngineClient::State::Off) {
                client->deleteLater();
            }
        });
        if (client->state() == EngineClient::State::Off || client->state() == EngineClient::State::Refused) {
            client->deleteLater();
        }
    }
    setPhase(Phase::Idle);
}

void TrainSession::setPhase(Phase phase)
{
    if (m_phase != phase) {
        m_phase = phase;
        Q_EMIT phaseChanged();
    }
}

} // namespace papilio::app
