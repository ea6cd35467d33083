// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/workers.h"

namespace papilio::nn
{

Workers::Workers(int threads)
{
    for (int i = 1; i < threads; ++i) {
        m_threads.emplace_back([this, i] { work(i); });
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
    m_left = count;
    m_taken.assign(count, 0);
    m_errors.assign(count, nullptr);
    if (m_threadOf.size() != count) {
        m_threadOf.assign(count, -1);
    }
    if (count > 1) {
        m_wake.notify_all();
    }
    drain(0, lock);
    m_done.wait(lock, [this] { return m_running == 0; });
    m_task = nullptr;
    for (const std::exception_ptr& error : m_errors) {
        if (error) {
            std::rethrow_exception(error);
        }
    }
}

void Workers::work(int thread)
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_stop || m_left > 0; });
        if (m_stop) {
            return;
        }
        drain(thread, lock);
    }
}

/// A task that nobody has taken: of its own the last one, else the first of the new ones, else the first of another
/// thread, which is the one that the other would come to last.
std::size_t Workers::take(int thread)
{
    std::size_t best = m_taken.size();
    int rank = 3;
    for (std::size_t i = m_taken.size(); i-- > 0;) {
        const int own = m_threadOf[i] == thread ? 0 : m_threadOf[i] < 0 ? 1 : 2;
        if (m_taken[i] == 0 && (own < rank || (own == rank && own > 0))) {
            best = i;
            rank = own;
        }
    }
    m_taken[best] = 1;
    m_threadOf[best] = thread;
    --m_left;
    return best;
}

/// Takes tasks until none is left; called and left with the lock held.
void Workers::drain(int thread, std::unique_lock<std::mutex>& lock)
{
    while (m_left > 0) {
        const std::size_t number = take(thread);
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
