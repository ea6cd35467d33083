// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace papilio::nn
{

/// A few threads that share out numbered tasks in their order; the calling thread works too. Waiting threads sleep.
class Workers
{
public:
    explicit Workers(int threads);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// Runs task(0) … task(count − 1), each once, and returns when all are done. Rethrows the exception of the task
    /// with the smallest number that threw one.
    void run(std::size_t count, const std::function<void(std::size_t task)>& task);

    /// task(first, end) for 0 … count − 1 in blocks of the same size, however many threads there are.
    void runBlocks(std::int64_t count, const std::function<void(std::int64_t first, std::int64_t end)>& task);
    static constexpr std::int64_t blockSize = 65536;
    static std::size_t blocksOf(std::int64_t count);

private:
    void work();
    void drain(std::unique_lock<std::mutex>& lock);

    std::mutex m_mutex;
    std::condition_variable m_wake, m_done;
    const std::function<void(std::size_t)>* m_task = nullptr;
    std::size_t m_next = 0, m_end = 0, m_running = 0;
    std::vector<std::exception_ptr> m_errors;
    bool m_stop = false;
    std::vector<std::thread> m_threads;
};

} // namespace papilio::nn
