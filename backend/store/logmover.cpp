// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/logmover.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include <sqlite3.h>

#include "store/connection.h"

namespace papilio::store
{
namespace
{

constexpr const char* noCheckpoints = "PRAGMA wal_autocheckpoint = 0";
constexpr int mostPages = 16384; ///< 128 MB of log, from which on commits wait for the mover

} // namespace

struct LogMover::Data {
    explicit Data(Project& ofWriter) : project(ofWriter) {}

    Project& project;
    std::optional<Project> beside;
    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t commits = 0; ///< so far
    std::int64_t moved = 0;   ///< commits whose pages were there when the last move began
    int pages = 0;            ///< in the log after it
    bool failed = false, ended = false;
    std::thread thread;

    void run()
    {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [this] { return moved < commits || ended; });
            if (ended) {
                return;
            }
            const std::int64_t now = commits;
            lock.unlock();
            // Passive: it moves what it can without waiting for readers or writers.
            int logged = 0;
            const int code = sqlite3_wal_checkpoint_v2(connection(*beside).getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                       &logged, nullptr);
            lock.lock();
            moved = now;
            pages = logged;
            failed = code != SQLITE_OK && code != SQLITE_BUSY;
            changed.notify_all();
            if (failed) {
                return;
            }
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
    if (!m_data->thread.joinable()) {
        return;
    }
    std::unique_lock lock(m_data->mutex);
    ++m_data->commits;
    m_data->changed.notify_all();
    if (m_data->pages >= mostPages) { // the log begins anew only once all of it was moved while nobody writes
        m_data->changed.wait(lock, [this] { return m_data->moved == m_data->commits || m_data->failed; });
    }
    if (m_data->failed) {
        connection(m_data->project).tryExec(autoCheckpoint); // commits move it again, as well as they can
    }
}

} // namespace papilio::store
