// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remote/hosts.h"

#include <QJsonArray>

#include "app/engine/engineclient.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

QJsonObject Host::toJson() const
{
    return {{u"name"_s, name},     {u"destination"_s, destination}, {u"sshArguments"_s, sshArguments}, {u"engine"_s, engine},
            {u"folder"_s, folder}, {u"launch"_s, launch},           {u"keepFiles"_s, keepFiles}};
}

Host Host::fromJson(const QJsonObject& object)
{
    Host host;
    host.name = object["name"_L1].toString();
    host.destination = object["destination"_L1].toString();
    host.sshArguments = object["sshArguments"_L1].toString();
    host.engine = object["engine"_L1].toString();
    host.folder = object["folder"_L1].toString();
    host.launch = object["launch"_L1].toString();
    host.keepFiles = object["keepFiles"_L1].toBool();
    return host;
}

Hosts::Hosts(EngineClient* engine, QObject* parent) : QObject(parent), m_engine(engine) {}

void Hosts::refresh()
{
    ++m_pending;
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        --m_pending;
        m_problem.clear();
        m_hosts.clear();
        for (const QJsonValue& value : result["hosts"_L1].toArray()) {
            m_hosts.push_back(Host::fromJson(value.toObject()));
        }
        Q_EMIT changed();
    };
    callbacks.failed = [this](const EngineError& error) {
        --m_pending;
        m_problem = error.text(); // the list stays as it was last read: a chosen host is not taken for removed
        Q_EMIT changed();
    };
    m_engine->request(u"remote.hosts"_s, {}, this, callbacks);
}

void Hosts::save(const Host& host, const QString& former)
{
    QJsonObject params{{u"host"_s, host.toJson()}};
    if (!former.isEmpty()) {
        params.insert(u"former"_s, former);
    }
    send(u"remote.save"_s, params, host.name, former);
}

void Hosts::remove(const QString& name)
{
    send(u"remote.remove"_s, {{u"name"_s, name}}, {}, name);
}

void Hosts::send(const QString& method, const QJsonObject& params, const QString& name, const QString& former)
{
    ++m_pending;
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, name, former](const QJsonObject&) {
        --m_pending;
        refresh();
        Q_EMIT saved(name, former);
    };
    callbacks.failed = [this](const EngineError& error) {
        --m_pending;
        Q_EMIT failed(error);
    };
    m_engine->request(method, params, this, callbacks, EngineClient::OnCrash::Fail);
}

} // namespace papilio::app
