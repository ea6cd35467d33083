// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/engine/enginemessage.h"
#include "app/services.h"

namespace papilio::app
{

/// Makes the sample project through the engine.
class SampleCreator : public QObject
{
    Q_OBJECT

public:
    explicit SampleCreator(const Services& services, QObject* parent = nullptr);
    void create(const QString& path);
    void cancel();
    bool isRunning() const { return m_request != 0; }

Q_SIGNALS:
    void progressed(const papilio::app::EngineProgress& progress);
    void created(const QString& path);
    void failed(const papilio::app::EngineError& error);

private:
    void ask(const QString& path);

    Services m_services;
    qint64 m_request = 0;
};

} // namespace papilio::app
