// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/depictionservice.h"

#include <QJsonArray>

#include "app/engine/engineclient.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int batchSize = 24;      // a screen of a strip; small, so that the first ones come soon
constexpr int cachedDrawings = 3000;
constexpr int longestQueue = 400;  // scrolled past: asked again when seen again

} // namespace

DepictionService::DepictionService(EngineClient* engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_cache(cachedDrawings)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &DepictionService::askBatch);
    connect(m_engine, &EngineClient::stateChanged, this, [this] {
        if (m_engine->state() == EngineClient::State::Ready) {
            askAgain();
        }
    });
}

const widgets::Depiction2D* DepictionService::find(const QString& smiles)
{
    if (smiles.isEmpty()) {
        return nullptr;
    }
    if (const widgets::Depiction2D* depiction = m_cache.object(smiles)) {
        return depiction;
    }
    if (!m_errors.contains(smiles) && !m_unanswered.contains(smiles) && !m_asked.contains(smiles) && !m_wanted.contains(smiles)) {
        m_wanted.append(smiles);
        if (m_wanted.size() > longestQueue) {
            m_wanted.removeFirst();
        }
        m_timer.start();
    }
    return nullptr;
}

void DepictionService::askBatch()
{
    if (m_wanted.isEmpty() || !m_asked.isEmpty()) {
        return;
    }
    QJsonArray batch;
    while (!m_wanted.isEmpty() && batch.size() < batchSize) {
        const QString smiles = m_wanted.takeLast();
        m_asked.insert(smiles);
        batch.append(smiles);
    }
    EngineClient::Callbacks callbacks;
    callbacks.done = [this](const QJsonObject& result) {
        for (const QJsonValue value : result["molecules"_L1].toArray()) {
            const QJsonObject entry = value.toObject();
            const QString smiles = entry["smiles"_L1].toString();
            const QString error = entry["error"_L1].isObject() ? entry["error"_L1]["message"_L1].toString()
                                                               : entry["error"_L1].toString();
            if (!error.isEmpty()) {
                m_errors.insert(smiles, error);
            } else {
                m_cache.insert(smiles, new widgets::Depiction2D(
                                           widgets::Depiction2D::fromJson(entry["depiction"_L1].toObject())));
            }
        }
        m_asked.clear();
        Q_EMIT arrived();
        m_timer.start();
    };
    callbacks.failed = [this](const EngineError& error) {
        if (m_engine->state() == EngineClient::State::Refused) {
            m_unanswered += m_asked; // no engine: the molecules are not to blame
        } else {
            for (const QString& smiles : std::as_const(m_asked)) {
                m_errors.insert(smiles, error.message);
            }
        }
        m_asked.clear();
        Q_EMIT arrived();
        m_timer.start();
    };
    m_engine->request(u"molecule.depict"_s, {{u"smiles"_s, batch}}, this, callbacks);
}

void DepictionService::askAgain()
{
    if (!m_unanswered.isEmpty()) {
        m_unanswered.clear();
        Q_EMIT arrived(); // views paint once more, and ask
    }
}

} // namespace papilio::app
