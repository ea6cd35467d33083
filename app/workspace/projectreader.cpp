// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/projectreader.h"

namespace papilio::app
{

ProjectReader::ProjectReader(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(3);
    m_pool.setThreadPriority(QThread::LowPriority);
}

ProjectReader::~ProjectReader()
{
    for (const auto& counter : std::as_const(m_counters)) {
        counter->fetch_add(1);
    }
    m_pool.clear();
    m_pool.waitForDone();
}

void ProjectReader::setPath(const QString& path)
{
    m_path = path.toStdString();
    for (const auto& counter : std::as_const(m_counters)) {
        counter->fetch_add(1);
    }
}

void ProjectReader::forget(const QString& key)
{
    if (const auto found = m_counters.constFind(key); found != m_counters.constEnd()) {
        found.value()->fetch_add(1);
    }
}

ProjectReader::Stale ProjectReader::ask(const QString& key)
{
    auto& counter = m_counters[key];
    if (!counter) {
        counter = std::make_shared<std::atomic<quint64>>(0);
    }
    return {counter, counter->fetch_add(1) + 1};
}

} // namespace papilio::app
