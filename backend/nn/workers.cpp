// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/workers.h"

#include <algorithm>

namespace papilio::nn
{

Workers::Workers(int threads)
{
    for (int i = 1; i < threads; ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

Workers::~Workers()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads) {
        thread.join();
    }
}

void Workers::run(std::size_t count, const std::function<void(std::size_t)>& task)
{
    std::unique_lock lock(m_mutex);
    m_task = &task;
    m_next = 0;
    m_end = count;
    m_errors.assign(count, nullptr);
    if (count > 1) {
        m_wake.notify_all();
    }
    drain(lock);
    m_done.wait(lock, [this] { return m_running == 0; });
    m_task = nullptr;
    for (const std::exception_ptr& error : m_errors) {
        if (error) {
            std::rethrow_exception(error);
        }
    }
}

std::size_t Workers::blocksOf(std::int64_t count)
{
    return static_cast<std::size_t>((count + blockSize - 1) / blockSize);
}

void Workers::runBlocks(std::int64_t count, const std::function<void(std::int64_t first, std::int64_t end)>& task)
{
    run(blocksOf(count), [&](std::size_t block) {
        const std::int64_t first = static_cast<std::int64_t>(block) * blockSize;
        task(first, std::min(count, first + blockSize));
    });
}

void Workers::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_stop || m_next < m_end; });
        if (m_stop) {
            return;
        }
        drain(lock);
    }
}

/// Takes tasks until none is left; called and left with the lock held.
void Workers::drain(std::unique_lock<std::mutex>& lock)
{
    while (m_next < m_end) {
        const std::size_t number = m_next++;
        ++m_running;
        lock.unlock();
        std::exception_ptr error;
        try {
            (*m_task)(number);
        } catch (...) {
            error = std::current_exception();
        }
        lock.lock();
        m_errors[number] = error;
        --m_running;
    }
    if (m_running == 0) {
        m_done.notify_all();
    }
}

} // namespace papilio::nn
