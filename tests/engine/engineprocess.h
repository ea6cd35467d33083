// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>

/// What one command of the engine left behind.
struct Outcome {
    int exitCode = -1; ///< −1: did not start, crashed or took too long
    QByteArray out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    QByteArray all() const { return "exit code " + QByteArray::number(exitCode) + "\n" + out + "\n" + err; }
};

QString enginePath();
Outcome runProgram(const QString& program, const QStringList& arguments, int timeoutMs = 120000);
/// Runs the built engine once.
Outcome runEngine(const QStringList& arguments, int timeoutMs = 120000);

/// The real program, for tests that talk to it or kill it.
class EngineProcess
{
public:
    explicit EngineProcess(const QStringList& arguments,
                           const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment());
    ~EngineProcess();

    QProcess& process() { return m_process; }
    bool started() const { return m_started; }

    /// The next line of standard output as JSON; empty after the time or at the end.
    QJsonObject nextLine(int timeoutMs = 30000);
    /// Waits until the engine says something on standard error: it is at work.
    bool waitForProgress(int timeoutMs = 60000);
    void send(const QJsonObject& message);
    void sendRaw(const QByteArray& bytes);
    /// Sends a request and returns its answer; notifications that come before it are kept in 'notifications'.
    QJsonObject request(const QString& method, const QJsonObject& params = {}, int timeoutMs = 60000);
    QJsonObject answerTo(int id, int timeoutMs = 60000);
    int sendRequest(const QString& method, const QJsonObject& params = {});
    QList<QJsonObject> notifications;

    /// kill -9; false if it had ended by itself.
    bool kill9();
    /// Waits for the end; exit code, or −1 if it crashed or did not end.
    int waitForEnd(int timeoutMs = 30000);

private:
    QProcess m_process;
    bool m_started = false;
    int m_lastId = 0;
    QList<QJsonObject> m_answers;
};

/// A port of this computer that nobody listens at.
int freePort();

void writeFile(const QString& path, const QByteArray& bytes);
QByteArray readFile(const QString& path);

/// A small table of real molecules: "smiles,size,hydroxy", one line a molecule, all different.
QByteArray smallTable(int molecules);

/// Text of an error answer, and its data.code.
QString errorText(const QJsonObject& answer);
QString errorKind(const QJsonObject& answer);
