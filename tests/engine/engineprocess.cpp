// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/engineprocess.h"

#include <QDeadlineTimer>
#include <QFile>
#include <arpa/inet.h>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

QString enginePath()
{
    return QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine");
}

Outcome runEngine(const QStringList& arguments, int timeoutMs)
{
    return runProgram(enginePath(), arguments, timeoutMs);
}

Outcome runProgram(const QString& program, const QStringList& arguments, int timeoutMs)
{
    QProcess process;
    process.start(program, arguments);
    process.closeWriteChannel();
    Outcome outcome;
    const bool ended = process.waitForFinished(timeoutMs) && process.exitStatus() == QProcess::NormalExit;
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    if (ended)
        outcome.exitCode = process.exitCode();
    else
        outcome.err += "\n(did not end by itself: " + process.errorString().toUtf8() + ")";
    return outcome;
}

EngineProcess::EngineProcess(const QStringList& arguments, const QProcessEnvironment& environment)
{
    m_process.setProcessEnvironment(environment);
    m_process.start(enginePath(), arguments);
    m_started = m_process.waitForStarted();
}

EngineProcess::~EngineProcess()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

QJsonObject EngineProcess::nextLine(int timeoutMs)
{
    QDeadlineTimer deadline(timeoutMs);
    while (!m_process.canReadLine()) {
        if (m_process.state() == QProcess::NotRunning || deadline.hasExpired())
            break;
        m_process.waitForReadyRead(static_cast<int>(qMin<qint64>(deadline.remainingTime(), 200)));
    }
    return m_process.canReadLine() ? QJsonDocument::fromJson(m_process.readLine()).object() : QJsonObject();
}

bool EngineProcess::waitForProgress(int timeoutMs)
{
    m_process.setReadChannel(QProcess::StandardError);
    const bool ready = m_process.bytesAvailable() > 0 || m_process.waitForReadyRead(timeoutMs);
    m_process.setReadChannel(QProcess::StandardOutput);
    return ready;
}

void EngineProcess::send(const QJsonObject& message)
{
    sendRaw(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
}

void EngineProcess::sendRaw(const QByteArray& bytes)
{
    m_process.write(bytes);
    while (m_process.bytesToWrite() > 0 && m_process.waitForBytesWritten(30000)) {
    }
}

int EngineProcess::sendRequest(const QString& method, const QJsonObject& params)
{
    send({{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, ++m_lastId}, {u"method"_s, method}, {u"params"_s, params}});
    return m_lastId;
}

QJsonObject EngineProcess::request(const QString& method, const QJsonObject& params, int timeoutMs)
{
    return answerTo(sendRequest(method, params), timeoutMs);
}

QJsonObject EngineProcess::answerTo(int id, int timeoutMs)
{
    QDeadlineTimer deadline(timeoutMs);
    for (;;) {
        for (qsizetype i = 0; i < m_answers.size(); ++i)
            if (m_answers.at(i).value("id"_L1).toInt() == id)
                return m_answers.takeAt(i);
        const QJsonObject line = nextLine(static_cast<int>(qMax<qint64>(0, deadline.remainingTime())));
        if (line.isEmpty())
            return {};
        if (line.contains("method"_L1))
            notifications.append(line);
        else
            m_answers.append(line);
    }
}

bool EngineProcess::kill9()
{
    if (m_process.state() == QProcess::NotRunning)
        return false;
    ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
    m_process.waitForFinished();
    return m_process.exitStatus() == QProcess::CrashExit;
}

int EngineProcess::waitForEnd(int timeoutMs)
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(timeoutMs))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

int freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) != 0)
        address.sin_port = htons(29500);
    ::close(socket);
    return ntohs(address.sin_port);
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray readFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray smallTable(int molecules)
{
    // No head is a tail backwards: all molecules are different.
    static const char* const heads[] = {"C",        "CC(C)",     "C1CCCCC1", "C1CC1",   "CC(C)(C)",
                                        "FC(F)(F)", "Ic1ccccc1", "c1ccccc1", "c1ccsc1", "C1CCNC1"};
    static const char* const tails[] = {"O",   "N",          "C(=O)O", "C#N", "c1ccncc1",
                                        "C=C", "S(=O)(=O)C", "OC",     "Cl",  "C(=O)N"};
    QByteArray text = "smiles,size,hydroxy\n";
    int written = 0;
    for (int length = 1; written < molecules; ++length) {
        for (const char* head : heads) {
            for (const char* tail : tails) {
                if (written == molecules)
                    break;
                const QByteArray smiles = QByteArray(head) + QByteArray(length, 'C') + tail;
                text += smiles + "," + QByteArray::number(0.5 * smiles.size()) + (tail[0] == 'O' ? ",1\n" : ",0\n");
                ++written;
            }
        }
    }
    return text;
}

QString errorText(const QJsonObject& answer)
{
    return answer.value("error"_L1).toObject().value("message"_L1).toString();
}

QString errorKind(const QJsonObject& answer)
{
    return answer.value("error"_L1).toObject().value("data"_L1).toObject().value("code"_L1).toString();
}
