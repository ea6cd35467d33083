// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/welcome/samplecreator.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

#include "app/engine/engineclient.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

SampleCreator::SampleCreator(const Services& services, QObject* parent) : QObject(parent), m_services(services)
{
}

void SampleCreator::create(const QString& path)
{
    if (isRunning()) {
        return;
    }
    m_request = -1;
    QThreadPool::globalInstance()->start([path, guard = QPointer<SampleCreator>(this)] {
        QDir().mkpath(QFileInfo(path).path()); // the engine says what is wrong if this fails
        QMetaObject::invokeMethod(QCoreApplication::instance(), [guard, path] {
            if (guard) {
                guard->ask(path);
            }
        });
    });
}

void SampleCreator::ask(const QString& path)
{
    EngineClient::Callbacks callbacks;
    callbacks.done = [this, path](const QJsonObject&) {
        m_request = 0;
        Q_EMIT created(path);
    };
    callbacks.failed = [this](const EngineError& error) {
        m_request = 0;
        Q_EMIT failed(error);
    };
    callbacks.progress = [this](const EngineProgress& progress) { Q_EMIT progressed(progress); };
    m_request = m_services.engine->request(u"sample.create"_s, {{u"path"_s, path}}, this, callbacks,
                                           EngineClient::OnCrash::Fail);
}

void SampleCreator::cancel()
{
    if (m_request > 0) {
        m_services.engine->cancel(m_request);
    }
}

} // namespace papilio::app
