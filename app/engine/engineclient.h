// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QProcess>
#include <QTimer>

#include "app/engine/enginemessage.h"

namespace papilio::app
{

/// One `papilio-engine serve` process: started when the first request comes, started again after a crash. All calls and
/// callbacks belong to the thread of the object; nothing here waits.
class EngineClient : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Off,      ///< no process; the next request starts one
        Starting, ///< process started, its greeting has not come yet
        Ready,
        Waiting,  ///< crashed; started again in a moment
        Refused,  ///< cannot be started, or speaks another protocol; every request fails with the reason
    };

    /// What becomes of a request whose engine goes away before the answer.
    enum class OnCrash {
        Repeat, ///< asked once more of the next engine (reads only)
        Fail,   ///< reported; the job must be started again by a person (writes)
    };

    struct Callbacks {
        std::function<void(const QJsonObject&)> done;
        std::function<void(const EngineError&)> failed;
        std::function<void(const EngineProgress&)> progress;
    };

    struct Timing {
        int cancelMs = 10'000;   ///< from `cancel` to SIGTERM
        int terminateMs = 3'000; ///< from SIGTERM to SIGKILL
        int helloMs = 30'000;    ///< longest wait for the greeting
        int backOffMs = 500;     ///< first wait before a new start; doubles up to 16 times
    };

    explicit EngineClient(QString program, int niceness = 0, QObject* parent = nullptr);
    ~EngineClient() override;

    /// PAPILIO_ENGINE, or papilio-engine beside this program (or in ../libexec/papilio).
    static QString findProgram();

    /// Sends a request (or keeps it until the engine is ready). Callbacks are dropped when 'context' goes away.
    qint64 request(const QString& method, const QJsonObject& params, QObject* context, Callbacks callbacks,
                   OnCrash onCrash = OnCrash::Repeat);
    /// Asks the engine to end a request; it then fails with code "stopped". Escalates if nothing happens.
    void cancel(qint64 id);
    /// Cancels a request whose answer nobody wants any more: no callback follows, even if it was answered already.
    void abandon(qint64 id);
    /// Ends the process: standard input closed, then SIGTERM, then SIGKILL. Requests under way fail with "stopped".
    void shutdown();
    /// Escalates from now on unless 'id' ends: used after train.pause and train.stop.
    void expectEnd(qint64 id);

    State state() const { return m_state; }
    qint64 processId() const { return m_process ? m_process->processId() : 0; }
    const QJsonObject& greeting() const { return m_greeting; }
    int crashCount() const { return m_crashes; }
    QString lastErrorOutput() const { return QString::fromUtf8(m_errorOutput); }
    void setTiming(const Timing& timing) { m_timing = timing; }

Q_SIGNALS:
    void stateChanged();
    void notified(const QString& method, const QJsonObject& params);
    /// The process went away by itself; 'message' says how and what happens now.
    void crashed(const QString& message);
    /// A line that is no message; it was skipped.
    void strayLine(const QByteArray& line);

private:
    struct Pending {
        QString method;
        QJsonObject params;
        QPointer<QObject> context;
        Callbacks callbacks;
        OnCrash onCrash = OnCrash::Repeat;
        bool sent = false;
        bool repeated = false;
        bool cancelled = false;
    };

    void start();
    void setState(State state);
    void sendAll();
    void send(qint64 id, Pending& pending);
    void readOutput();
    void readErrors();
    void handle(const EngineMessage& message);
    void greet(const QJsonObject& params);
    void refuse(const QString& message, const QString& hint);
    void processEnded(int exitCode, QProcess::ExitStatus status);
    void processFailed(QProcess::ProcessError error);
    void dropProcess();
    void failOne(qint64 id, const EngineError& error);
    void failAll(const EngineError& error);
    void sortAfterCrash(const QString& how);

    QString m_program;
    int m_niceness;
    Timing m_timing;
    State m_state = State::Off;
    QProcess* m_process = nullptr;
    QByteArray m_input;
    QByteArray m_errorOutput;
    QJsonObject m_greeting;
    std::map<qint64, Pending> m_pending;
    qint64 m_nextId = 1;
    int m_crashes = 0;
    int m_crashesInRow = 0;
    bool m_ending = false;
    EngineError m_refusal;
    QTimer m_helloTimer, m_restartTimer;
};

} // namespace papilio::app
