// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include "app/engine/engineclient.h"

namespace papilio::app
{

/// A run as an engine tells it.
struct RunInfo {
    qint64 run = 0;
    QString name;
    QString state;
    qint64 epochs = 0;
    qint64 epochsPlanned = 0;
    qint64 bestEpoch = 0;
    qint64 parameters = 0;
    QString message;
    double seconds = 0;
};
RunInfo runInfoFrom(const QJsonObject& object);

/// The one training of the window, in an engine of its own: a crash there harms neither window nor look-ups.
class TrainSession : public QObject
{
    Q_OBJECT

public:
    enum class Phase { Idle, Starting, Running, Pausing, Stopping };

    explicit TrainSession(QString engineProgram, QObject* parent = nullptr);

    void start(const QString& project, const QJsonObject& config);
    /// The same on a host, in an engine that sends the run there and follows it.
    void startOn(const QString& host, const QString& project, const QJsonObject& config);
    /// host: where it is trained; empty = here. Whether a run that stands there is started again: goOn.
    void resume(const QString& project, qint64 run, const QString& host = {}, bool goOn = true);
    void pause();          ///< the run can go on later
    void stopAndKeepBest();
    void leave();          ///< a run on a host goes on without being followed
    /// What becomes of the training when its project is closed: pauses it, or leaves it to its host.
    void putAside();

    Phase phase() const { return m_phase; }
    bool isActive() const { return m_phase != Phase::Idle; }
    const QString& project() const { return m_project; }
    const QString& host() const { return m_host; }          ///< that trains it; empty = here
    bool isTraining() const { return m_progress.isEpoch; } ///< not copied or waited for
    const RunInfo& run() const { return m_run; }            ///< run 0 until it has begun
    const EngineProgress& progress() const { return m_progress; }
    const QString& note() const { return m_note; }          ///< what a person should know of it; mostly empty
    double fraction() const;         ///< of the whole run, 0 … 1; negative = not known yet
    qint64 epochUnderWay() const;    ///< 1-based
    QString rateText() const;        ///< "6.1k molecules/s · 4 min 48 s left"
    double trainLoss() const { return m_trainLoss; }
    double validationLoss() const { return m_validationLoss; }
    qint64 engineProcessId() const { return m_client ? m_client->processId() : 0; }

Q_SIGNALS:
    void phaseChanged();
    void progressed();
    void runStarted();
    void epochFinished();
    void ended(const papilio::app::RunInfo& run);
    void failed(const papilio::app::RunInfo& run, const papilio::app::EngineError& error);

private:
    void begin(const QString& method, const QString& project, const QString& host, const QJsonObject& params);
    void ask(const QString& method, Phase phase);
    void take(const QString& method, const QJsonObject& params);
    void finish();
    void setPhase(Phase phase);

    QString m_program;
    QString m_project;
    QString m_host;
    QPointer<EngineClient> m_client;
    qint64 m_request = 0;
    Phase m_phase = Phase::Idle;
    RunInfo m_run;
    EngineProgress m_progress;
    QString m_note;
    double m_trainLoss = 0, m_validationLoss = 0;
};

} // namespace papilio::app
