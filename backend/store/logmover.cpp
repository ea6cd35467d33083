// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/logmover.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <sqlite3.h>

#include "store/connection.h"

namespace papilio::store
{
namespace
{

constexpr const char* noCheckpoints = "PRAGMA wal_autocheckpoint = 0";

} // namespace

struct LogMover::Data {
    explicit Data(Project& ofWriter) : project(ofWriter) {}

    Project& project;
    std::optional<Project> beside;
    std::mutex mutex;
    std::condition_variable changed;
    bool due = false, ended = false;
    std::thread thread;

    void run()
    {
        while (true) {
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [this] { return due || ended; });
                if (ended) {
                    return;
                }
                due = false;
            }
            // Passive: it moves what it can without waiting for readers or writers.
            sqlite3_wal_checkpoint_v2(connection(*beside).getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        }
    }
};

LogMover::LogMover(Project& project) : m_data(std::make_unique<Data>(project))
{
    auto beside = Project::open(project.path(), Access::ReadWrite);
    if (!beside) {
        return;
    }
    m_data->beside = std::move(*beside);
    connection(project).tryExec(noCheckpoints);
    m_data->thread = std::thread([data = m_data.get()] { data->run(); });
}

LogMover::~LogMover()
{
    if (!m_data->thread.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(m_data->mutex);
        m_data->ended = true;
    }
    m_data->changed.notify_all();
    m_data->thread.join();
    connection(m_data->project).tryExec(autoCheckpoint);
}

void LogMover::committed()
{
    {
        const std::lock_guard lock(m_data->mutex);
        m_data->due = true;
    }
    m_data->changed.notify_all();
}

} // namespace papilio::store
