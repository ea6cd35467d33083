// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QJsonObject>
#include <QObject>
#include <QString>

namespace papilio::app
{

class EngineClient;
struct EngineError;

/// Another computer that runs can be sent to, as `remote.hosts` tells it.
struct Host {
    QString name, destination, sshArguments, launch;
    QString engine = QStringLiteral("papilio-engine");
    QString folder = QStringLiteral("papilio-runs");
    bool keepFiles = false;

    QJsonObject toJson() const;
    static Host fromJson(const QJsonObject& object);
    bool operator==(const Host& other) const = default;
};

/// The configured hosts; the engine keeps their file, which the command line shares.
class Hosts : public QObject
{
    Q_OBJECT

public:
    explicit Hosts(EngineClient* engine, QObject* parent = nullptr);

    const std::vector<Host>& all() const { return m_hosts; }
    const QString& problem() const { return m_problem; } ///< why the list cannot be read
    bool isLoading() const { return m_pending > 0; }
    void refresh();
    void save(const Host& host, const QString& former); ///< saved() or failed() follows
    void remove(const QString& name);

Q_SIGNALS:
    void changed();
    /// The name it had before: empty = it is new. The name it has now: empty = it is removed.
    void saved(const QString& name, const QString& former);
    void failed(const papilio::app::EngineError& error);

private:
    void send(const QString& method, const QJsonObject& params, const QString& name, const QString& former);

    EngineClient* m_engine;
    std::vector<Host> m_hosts;
    QString m_problem;
    int m_pending = 0;
};

} // namespace papilio::app
