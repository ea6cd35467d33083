// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/engineclient.h"

#include <unistd.h>

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype longestLine = 64 * 1024 * 1024;
constexpr qsizetype keptErrorOutput = 8 * 1024;

QProcessEnvironment engineEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains(u"OMP_WAIT_POLICY"_s)) {
        environment.insert(u"OMP_WAIT_POLICY"_s, u"passive"_s); // spinning threads would stall a busy machine
    }
    if (!environment.contains(u"OPENBLAS_NUM_THREADS"_s)) {
        environment.insert(u"OPENBLAS_NUM_THREADS"_s, u"1"_s); // the engine's own threads share the work already
    }
    return environment;
}

} // namespace

EngineClient::EngineClient(QString program, int niceness, QObject* parent)
    : QObject(parent), m_program(std::move(program)), m_niceness(niceness)
{
    m_helloTimer.setSingleShot(true);
    m_restartTimer.setSingleShot(true);
    connect(&m_restartTimer, &QTimer::timeout, this, &EngineClient::start);
    connect(&m_helloTimer, &QTimer::timeout, this, [this] {
        refuse(tr("The engine started but did not greet within %1 s.").arg(m_timing.helloMs / 1000),
               tr("It may be a different program: %1").arg(m_program));
    });
}

EngineClient::~EngineClient()
{
    if (m_process) {
        // The window is gone by now; a training may need a moment for its last checkpoint.
        QProcess* process = m_process;
        dropProcess();
        process->closeWriteChannel();
        if (process->state() != QProcess::NotRunning && !process->waitForFinished(m_timing.cancelMs)) {
            process->terminate();
            if (!process->waitForFinished(m_timing.terminateMs)) {
                process->kill();
                process->waitForFinished(1000);
            }
        }
    }
}

QString EngineClient::findProgram()
{
    const QString fromEnvironment = qEnvironmentVariable("PAPILIO_ENGINE");
    if (!fromEnvironment.isEmpty()) {
        return fromEnvironment;
    }
    const QDir here(QCoreApplication::applicationDirPath());
    const QString beside = here.filePath(u"papilio-engine"_s);
    if (QFileInfo::exists(beside)) {
        return beside;
    }
    const QString installed = QDir::cleanPath(here.filePath(u"../libexec/papilio/papilio-engine"_s));
    return QFileInfo::exists(installed) ? installed : beside;
}

qint64 EngineClient::request(const QString& method, const QJsonObject& params, QObject* context, Callbacks callbacks,
                             OnCrash onCrash)
{
    const qint64 id = m_nextId++;
    m_pending.emplace(id, Pending{method, params, context, std::move(callbacks), onCrash});
    if (m_state == State::Ready) {
        send(id, m_pending.at(id));
    } else if (m_state == State::Off || m_state == State::Refused) {
        QMetaObject::invokeMethod(this, &EngineClient::start, Qt::QueuedConnection);
    }
    return id;
}

void EngineClient::cancel(qint64 id)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end() || found->second.cancelled) {
        return;
    }
    found->second.cancelled = true;
    if (!found->second.sent) {
        failOne(id, {u"stopped"_s, tr("Stopped before it began."), {}});
        return;
    }
    m_process->write(encodeRequest(m_nextId++, u"cancel"_s, {{u"id"_s, id}}));
    expectEnd(id);
}

void EngineClient::abandon(qint64 id)
{
    const auto found = m_pending.find(id);
    if (found != m_pending.end()) {
        found->second.callbacks = {};
        cancel(id);
    }
}

void EngineClient::expectEnd(qint64 id)
{
    QTimer::singleShot(m_timing.cancelMs, this, [this, id] {
        if (!m_process || !m_pending.contains(id)) {
            return;
        }
        QPointer<QProcess> process = m_process;
        process->terminate();
        QTimer::singleShot(m_timing.terminateMs, this, [this, id, process] {
            if (process && process == m_process && m_pending.contains(id)) {
                process->kill();
            }
        });
    });
}

void EngineClient::shutdown()
{
    m_restartTimer.stop();
    m_helloTimer.stop();
    if (!m_process) {
        setState(State::Off);
        return;
    }
    m_ending = true;
    QPointer<QProcess> process = m_process;
    process->closeWriteChannel();
    QTimer::singleShot(m_timing.cancelMs, this, [this, process] {
        if (process && process == m_process) {
            process->terminate();
        }
    });
    QTimer::singleShot(m_timing.cancelMs + m_timing.terminateMs, this, [this, process] {
        if (process && process == m_process) {
            process->kill();
        }
    });
}

void EngineClient::start()
{
    if (m_process) {
        return;
    }
    m_input.clear();
    m_errorOutput.clear();
    m_greeting = {};
    m_ending = false;
    m_process = new QProcess(this);
    m_process->setProcessEnvironment(engineEnvironment());
    const int niceness = m_niceness;
    m_process->setChildProcessModifier([niceness] {
        setsid(); // Ctrl+C in the terminal is for the window; the engine ends with its input
        if (niceness > 0 && nice(niceness) == -1) {
            return; // not being nicer is no reason not to start
        }
    });
    connect(m_process, &QProcess::readyReadStandardOutput, this, &EngineClient::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, &EngineClient::readErrors);
    connect(m_process, &QProcess::finished, this, &EngineClient::processEnded);
    connect(m_process, &QProcess::errorOccurred, this, &EngineClient::processFailed);
    setState(State::Starting);
    m_helloTimer.start(m_timing.helloMs);
    m_process->start(m_program, {u"serve"_s});
}

void EngineClient::setState(State state)
{
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void EngineClient::sendAll()
{
    for (auto& [id, pending] : m_pending) {
        if (!pending.sent) {
            send(id, pending);
        }
    }
}

void EngineClient::send(qint64 id, Pending& pending)
{
    pending.sent = true;
    m_process->write(encodeRequest(id, pending.method, pending.params));
}

void EngineClient::readErrors()
{
    m_errorOutput += m_process->readAllStandardError();
    if (m_errorOutput.size() > keptErrorOutput) {
        m_errorOutput = m_errorOutput.right(keptErrorOutput);
    }
}

void EngineClient::readOutput()
{
    m_input += m_process->readAllStandardOutput();
    const QPointer<QProcess> process = m_process;
    qsizetype from = 0;
    while (true) {
        const qsizetype end = m_input.indexOf('\n', from);
        if (end < 0) {
            break;
        }
        const QByteArray line = m_input.mid(from, end - from);
        from = end + 1;
        if (line.trimmed().isEmpty()) {
            continue;
        }
        if (const auto message = parseEngineLine(line)) {
            handle(*message);
        } else {
            Q_EMIT strayLine(line);
        }
        if (!process || process != m_process) {
            return; // a callback ended this engine
        }
    }
    m_input.remove(0, from);
    if (m_input.size() > longestLine) {
        m_process->kill();
    }
}

void EngineClient::handle(const EngineMessage& message)
{
    if (message.type == EngineMessage::Type::Notification) {
        if (message.method == "hello"_L1) {
            greet(message.body);
            return;
        }
        if (message.method == "progress"_L1) {
            const auto found = m_pending.find(message.body["id"_L1].toInteger());
            if (found != m_pending.end() && found->second.context && found->second.callbacks.progress) {
                const auto progress = found->second.callbacks.progress;
                progress(progressFrom(message.body));
            }
        }
        Q_EMIT notified(message.method, message.body);
        return;
    }
    const auto found = m_pending.find(message.id);
    if (found == m_pending.end()) {
        return; // the answer to a `cancel`, or to a request given up
    }
    m_crashesInRow = 0;
    if (message.type == EngineMessage::Type::Error) {
        failOne(message.id, message.error);
        return;
    }
    const Pending pending = std::move(found->second);
    m_pending.erase(found);
    if (pending.context && pending.callbacks.done) {
        pending.callbacks.done(message.body);
    }
}

void EngineClient::greet(const QJsonObject& params)
{
    if (m_state != State::Starting) {
        return;
    }
    m_helloTimer.stop();
    const int protocol = params["protocol"_L1].toInt(-1);
    if (protocol != engineProtocol) {
        refuse(tr("The engine speaks protocol %1, this window speaks %2.").arg(protocol).arg(engineProtocol),
               tr("Install papilio and papilio-engine of the same version."));
        return;
    }
    m_greeting = params;
    setState(State::Ready);
    sendAll();
}

void EngineClient::refuse(const QString& message, const QString& hint)
{
    m_refusal = {u"engine"_s, message, hint};
    m_helloTimer.stop();
    if (QProcess* process = m_process) {
        dropProcess();
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        process->closeWriteChannel();
        process->kill();
        if (process->state() == QProcess::NotRunning) {
            process->deleteLater();
        }
    }
    setState(State::Refused);
    failAll(m_refusal);
}

void EngineClient::dropProcess()
{
    disconnect(m_process, nullptr, this, nullptr);
    m_process = nullptr;
}

void EngineClient::processFailed(QProcess::ProcessError error)
{
    if (error == QProcess::FailedToStart) {
        QProcess* process = m_process;
        const QString reason = process->errorString();
        dropProcess();
        process->deleteLater();
        refuse(tr("The engine %1 cannot be started: %2.").arg(QDir::toNativeSeparators(m_program), reason),
               tr("Reinstall Papilio, or set PAPILIO_ENGINE to the engine's path."));
    }
}

void EngineClient::processEnded(int exitCode, QProcess::ExitStatus status)
{
    readErrors();
    readOutput();
    m_helloTimer.stop();
    QProcess* process = m_process;
    if (!process) {
        return;
    }
    dropProcess();
    process->deleteLater();
    if (m_ending) {
        m_ending = false;
        setState(State::Off);
        failAll({u"stopped"_s, tr("The engine was ended."), {}});
        return;
    }
    // QProcess reports the signal's number as the exit code of a crashed process.
    const QString how = status == QProcess::CrashExit ? tr("ended unexpectedly (signal %1)").arg(exitCode)
                                                      : tr("ended unexpectedly (exit code %1)").arg(exitCode);
    ++m_crashes;
    ++m_crashesInRow;
    sortAfterCrash(how);
}

void EngineClient::sortAfterCrash(const QString& how)
{
    // Requests that were under way are told or repeated once; one that was sent twice is taken for the cause.
    std::vector<qint64> failed;
    bool any = false;
    for (auto& [id, pending] : m_pending) {
        if (!pending.sent) {
            any = true;
        } else if (pending.cancelled || pending.onCrash == OnCrash::Fail || pending.repeated) {
            failed.push_back(id);
        } else {
            pending.sent = false;
            pending.repeated = true;
            any = true;
        }
    }
    if (m_crashesInRow > 5) {
        refuse(tr("The engine %1 %2 times in a row.").arg(how).arg(m_crashesInRow),
               tr("The project is whole. Details: %1").arg(lastErrorOutput().trimmed().right(300)));
        m_crashesInRow = 0;
        return;
    }
    setState(any ? State::Waiting : State::Off);
    if (any) {
        const int doublings = std::min(m_crashesInRow - 1, 4);
        m_restartTimer.start(m_crashesInRow == 1 ? 0 : m_timing.backOffMs << doublings);
    }
    for (const qint64 id : failed) {
        const auto found = m_pending.find(id);
        if (found == m_pending.end()) {
            continue;
        }
        if (found->second.cancelled) {
            failOne(id, {u"stopped"_s, tr("Stopped."), {}});
        } else if (found->second.repeated) {
            failOne(id, {u"engine"_s, tr("The engine %1 twice at this request (%2).").arg(how, found->second.method),
                         tr("The project is whole; try another input.")});
        } else {
            failOne(id, {u"engine"_s, tr("The engine %1.").arg(how),
                         tr("The project is whole; start the job again and it goes on.")});
        }
    }
    Q_EMIT crashed(tr("The engine %1. The project is whole; a new engine starts with the next request.").arg(how));
}

void EngineClient::failOne(qint64 id, const EngineError& error)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end()) {
        return;
    }
    const Pending pending = std::move(found->second);
    m_pending.erase(found);
    if (pending.context && pending.callbacks.failed) {
        pending.callbacks.failed(error);
    }
}

void EngineClient::failAll(const EngineError& error)
{
    std::vector<qint64> ids;
    for (const auto& [id, pending] : m_pending) {
        ids.push_back(id);
    }
    for (const qint64 id : ids) {
        failOne(id, error);
    }
}

} // namespace papilio::app
