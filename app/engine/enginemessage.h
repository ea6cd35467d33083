// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace papilio::app
{

/// Number of the protocol that this program speaks (backend/engine/PROTOCOL.md).
inline constexpr int engineProtocol = 1;

/// What an engine (or the way to it) reported as an error.
struct EngineError {
    QString code;    ///< one of the protocol's codes ("bad-input"), or "engine" for a process that is gone
    QString message; ///< one sentence for people
    QString hint;    ///< what to do about it; may be empty

    bool isStopped() const { return code == QLatin1String("stopped"); }
    QString text() const { return hint.isEmpty() ? message : message + QLatin1Char(' ') + hint; }
};

/// A point of progress of a request.
struct EngineProgress {
    QString stage;
    QString unit;
    bool isEpoch = false; ///< a training computes; else it reads, copies or waits
    qint64 done = 0;
    qint64 total = 0;        ///< 0 = not known
    double rate = 0;         ///< units per second; 0 = not known
    double secondsLeft = -1; ///< negative = not known
};

/// One line from an engine.
struct EngineMessage {
    enum class Type { Result, Error, Notification } type = Type::Notification;
    qint64 id = 0;
    QString method;
    QJsonObject body; ///< result or params
    EngineError error;
};

/// Nothing if the line is no JSON-RPC message.
std::optional<EngineMessage> parseEngineLine(const QByteArray& line);
QByteArray encodeRequest(qint64 id, const QString& method, const QJsonObject& params);
EngineProgress progressFrom(const QJsonObject& params);

} // namespace papilio::app
