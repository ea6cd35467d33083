// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace papilio::data
{

/// Hands items to a function on a thread of its own, in order; put() waits while 'most' of them are waiting. What the
/// function throws, finish() throws; items behind it are dropped.
template <typename Item> class HandOver
{
public:
    HandOver(std::size_t most, std::function<void(Item&)> take) : m_most(most), m_take(std::move(take)), m_thread([this] { run(); }) {}
    ~HandOver() { end(); }
    HandOver(const HandOver&) = delete;
    HandOver& operator=(const HandOver&) = delete;

    void put(Item&& item)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting.size() < m_most; });
        m_waiting.push_back(std::move(item));
        m_changed.notify_all();
    }

    /// Waits until all items were taken.
    void finish()
    {
        end();
        if (m_thrown) {
            std::rethrow_exception(std::exchange(m_thrown, nullptr));
        }
    }

private:
    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ended = true;
        }
        m_changed.notify_all();
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

    void run()
    {
        while (true) {
            Item item;
            {
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, [this] { return m_ended || !m_waiting.empty(); });
                if (m_waiting.empty()) {
                    return;
                }
                item = std::move(m_waiting.front());
                m_waiting.pop_front();
            }
            m_changed.notify_all();
            try {
                if (!m_thrown) {
                    m_take(item);
                }
            } catch (...) {
                m_thrown = std::current_exception();
            }
        }
    }

    std::size_t m_most;
    std::function<void(Item&)> m_take;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Item> m_waiting;
    bool m_ended = false;
    std::exception_ptr m_thrown; ///< the thread's until it has ended
    std::thread m_thread; ///< last: it starts when the rest is there
};

} // namespace papilio::data
