// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QObject>

#include "app/engine/enginemessage.h"
#include "app/engine/modelreplies.h"

namespace papilio::app
{

class EngineClient;

/// The models that window and command line share, as the engine last listed them.
class ModelLibrary : public QObject
{
    Q_OBJECT

public:
    explicit ModelLibrary(EngineClient* engine, QObject* parent = nullptr);

    void load();    ///< lists them unless that was done
    void refresh(); ///< lists them again; changed() follows
    void remove(const QString& name);
    const std::vector<ModelCard>& models() const { return m_models; }
    const ModelCard* find(const QString& name) const; ///< null if there is none of that name
    bool isLoaded() const { return m_loaded; }
    bool isLoading() const { return m_request != 0; }
    const QString& folder() const { return m_folder; }
    /// Why the list could not be had; empty if it could.
    const QString& problem() const { return m_problem; }

Q_SIGNALS:
    void changed();
    void failed(const papilio::app::EngineError& error); ///< a removal

private:
    EngineClient* m_engine;
    std::vector<ModelCard> m_models;
    QString m_folder, m_problem;
    bool m_loaded = false;
    qint64 m_request = 0;
};

} // namespace papilio::app
