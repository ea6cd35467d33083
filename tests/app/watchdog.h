// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <pthread.h>

/// Watches the event loop of the thread that makes it: a thread posts a heartbeat into the loop and measures how long its
/// turn takes to come. What counts is the processor time the loop's thread used up meanwhile, and the time it was blocked (in a
/// file, a lock, a driver); not the time in which it could have run but a busy machine did not let it.
class Watchdog
{
public:
    struct Stall {
        double milliseconds = 0;
        std::string stage;
    };

    Watchdog();
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// What the test is doing, for the report, and how long the loop may take meanwhile.
    void setStage(const std::string& stage, double limitMilliseconds = 100);
    /// Does not watch while an object of it lives: for waits of the test itself.
    class Pause
    {
    public:
        explicit Pause(Watchdog& dog) : m_dog(dog)
        {
            ++m_dog.m_paused;
            ++m_dog.m_pauses;
        }
        ~Pause() { --m_dog.m_paused; }

    private:
        Watchdog& m_dog;
    };

    std::vector<Stall> stalls() const;
    double longest() const;
    long beats() const { return m_beats; }

private:
    void watch();

    std::atomic<double> m_limit{100};
    pthread_t m_watched;
    int m_watchedId; ///< as /proc calls it
    std::atomic<bool> m_ending{false};
    std::atomic<int> m_paused{0};
    std::atomic<int> m_pauses{0}; ///< so far; a beat in which one began does not count
    std::atomic<long> m_beats{0};
    mutable std::mutex m_mutex;
    std::string m_stage;
    std::vector<Stall> m_stalls;
    double m_longest = 0;
    std::thread m_thread;
};
