// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QObject>
#include <QSet>
#include <QTimer>

#include "widgets/depiction.h"

namespace papilio::app
{

class EngineClient;

/// Drawings by SMILES: asked of the engine in batches, kept for a while.
class DepictionService : public QObject
{
    Q_OBJECT

public:
    explicit DepictionService(EngineClient* engine, QObject* parent = nullptr);

    /// The drawing if it is there; else it is asked for and arrived() follows. Null until then.
    const widgets::Depiction2D* find(const QString& smiles);
    /// Why a SMILES has no drawing; empty if it has, is on its way, or waits for an engine.
    QString error(const QString& smiles) const { return m_errors.value(smiles); }
    bool isWorking() const { return !m_wanted.isEmpty() || !m_asked.isEmpty(); }

Q_SIGNALS:
    void arrived(); ///< some drawings (or errors) came

private:
    void askBatch();
    void askAgain();

    EngineClient* m_engine;
    QCache<QString, widgets::Depiction2D> m_cache;
    QHash<QString, QString> m_errors;
    QSet<QString> m_unanswered; ///< no engine answered: asked once more of the next one
    QStringList m_wanted; ///< newest last, asked first
    QSet<QString> m_asked;
    QTimer m_timer;
};

} // namespace papilio::app
