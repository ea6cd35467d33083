// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace papilio::data
{

/// Hands items to a function on a thread of its own, in order; put() waits while 'most' of them are waiting. The function
/// must not throw.
template <typename Item> class HandOver
{
public:
    HandOver(std::size_t most, std::function<void(Item&)> take) : m_most(most), m_take(std::move(take)), m_thread([this] { run(); }) {}
    ~HandOver() { finish(); }
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
        {
            const std::lock_guard lock(m_mutex);
            m_ended = true;
        }
        m_changed.notify_all();
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

private:
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
            m_take(item);
        }
    }

    std::size_t m_most;
    std::function<void(Item&)> m_take;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Item> m_waiting;
    bool m_ended = false;
    std::thread m_thread; ///< last: it starts when the rest is there
};

} // namespace papilio::data
