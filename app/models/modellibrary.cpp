// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/modellibrary.h"

#include <algorithm>

#include <QJsonArray>

#include "app/engine/engineclient.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

ModelLibrary::ModelLibrary(EngineClient* engine, QObject* parent) : QObject(parent), m_engine(engine)
{
}

void ModelLibrary::load()
{
    if (!m_loaded && m_request == 0) {
        refresh();
    }
}

void ModelLibrary::refresh()
{
    if (m_request != 0) {
        m_engine->abandon(m_request);
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        m_request = 0;
        m_loaded = true;
        m_problem.clear();
        m_folder = result["folder"_L1].toString();
        m_models.clear();
        for (const QJsonValue value : result["models"_L1].toArray()) {
            m_models.push_back(modelCardFrom(value.toObject()));
        }
        Q_EMIT changed();
    };
    callbacks.failed = [this](const EngineError& error) {
        m_request = 0;
        m_problem = error.text();
        Q_EMIT changed();
    };
    m_request = m_engine->request(u"model.list"_s, {}, this, callbacks);
}

void ModelLibrary::remove(const QString& name)
{
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject&) { refresh(); };
    callbacks.failed = [this](const EngineError& error) {
        Q_EMIT failed(error);
        refresh();
    };
    m_engine->request(u"model.remove"_s, {{u"model"_s, name}}, this, callbacks, EngineClient::OnCrash::Fail);
}

const ModelCard* ModelLibrary::find(const QString& name) const
{
    const auto found = std::find_if(m_models.begin(), m_models.end(), [&](const ModelCard& card) { return card.name == name; });
    return found == m_models.end() ? nullptr : &*found;
}

} // namespace papilio::app
