// SPDX-License-Identifier: GPL-3.0-or-later
#include "watchdog.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

#include <dlfcn.h>
#include <execinfo.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QMetaObject>

using Clock = std::chrono::steady_clock;

namespace
{

constexpr auto step = std::chrono::milliseconds(4);
constexpr double stepMilliseconds = 4.1; // with the overhead of a sleep

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double threadSeconds(pthread_t thread)
{
    clockid_t clock = 0;
    timespec time{};
    if (pthread_getcpuclockid(thread, &clock) != 0 || clock_gettime(clock, &time) != 0) {
        return 0;
    }
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Whether a thread waits for something, rather than for its turn on the processor.
bool isBlocked(int thread)
{
    char path[64], text[256] = {};
    std::snprintf(path, sizeof path, "/proc/self/task/%d/stat", thread);
    std::FILE* file = std::fopen(path, "r");
    if (!file) {
        return true;
    }
    const std::size_t size = std::fread(text, 1, sizeof text - 1, file);
    std::fclose(file);
    const char* state = size > 0 ? std::strrchr(text, ')') : nullptr; // "123 (name) R …"
    return !state || state[1] == '\0' || state[2] != 'R';
}

std::atomic<bool> testSleeps{false};

/// Where the watched thread is while it does not answer; runs in that thread.
void printWhere(int)
{
    void* frames[48];
    const int count = backtrace(frames, 48);
    for (int i = 0; i < count && i < 8; ++i) {
        Dl_info info{};
        // Qt Test itself sleeps 10 ms between turns of the loop; if that takes long, the machine is at fault.
        if (dladdr(frames[i], &info) != 0 && info.dli_sname && std::strstr(info.dli_sname, "qSleep")) {
            testSleeps = true;
            return;
        }
    }
    constexpr char head[] = "---- the event loop does not answer; it is here:\n";
    if (write(STDERR_FILENO, head, sizeof head - 1) > 0) {
        backtrace_symbols_fd(frames, count, STDERR_FILENO);
    }
}

} // namespace

Watchdog::Watchdog() : m_watched(pthread_self()), m_watchedId(static_cast<int>(syscall(SYS_gettid)))
{
    void* warmUp[2];
    backtrace(warmUp, 2); // loads its library now, not in the signal handler
    struct sigaction action {};
    action.sa_handler = printWhere;
    action.sa_flags = SA_RESTART;
    sigaction(SIGUSR2, &action, nullptr);
    m_thread = std::thread([this] { watch(); });
}

Watchdog::~Watchdog()
{
    m_ending = true;
    m_thread.join();
}

void Watchdog::setStage(const std::string& stage, double limitMilliseconds)
{
    m_limit = limitMilliseconds;
    const std::lock_guard lock(m_mutex);
    m_stage = stage;
}

std::vector<Watchdog::Stall> Watchdog::stalls() const
{
    const std::lock_guard lock(m_mutex);
    return m_stalls;
}

double Watchdog::longest() const
{
    const std::lock_guard lock(m_mutex);
    return m_longest;
}

void Watchdog::watch()
{
    while (!m_ending) {
        std::this_thread::sleep_for(step);
        if (m_paused > 0) {
            continue;
        }
        auto answered = std::make_shared<std::atomic<bool>>(false);
        const int pauses = m_pauses;
        const auto start = Clock::now();
        const double processorBefore = threadSeconds(m_watched);
        int blockedSteps = 0;
        bool told = false;
        testSleeps = false;
        QMetaObject::invokeMethod(QCoreApplication::instance(), [answered] { answered->store(true); }, Qt::QueuedConnection);
        while (!*answered && !m_ending) {
            std::this_thread::sleep_for(step);
            blockedSteps += isBlocked(m_watchedId) ? 1 : 0;
            const double used = (threadSeconds(m_watched) - processorBefore) * 1000;
            if (!told && blockedSteps * stepMilliseconds + used > m_limit && m_paused == 0) {
                told = true;
                pthread_kill(m_watched, SIGUSR2);
            }
        }
        ++m_beats;
        const double processor = (threadSeconds(m_watched) - processorBefore) * 1000;
        const double wall = millisecondsSince(start);
        const double waited = std::min(blockedSteps * stepMilliseconds + processor, wall);
        if (m_paused > 0 || m_pauses != pauses || m_ending || testSleeps) {
            continue;
        }
        const std::lock_guard lock(m_mutex);
        m_longest = std::max(m_longest, waited);
        if (waited > m_limit) {
            m_stalls.push_back({waited, m_stage});
            std::fprintf(stderr, "---- %.0f ms (processor %.0f ms, by the clock %.0f ms) during: %s\n", waited, processor, wall,
                         m_stage.c_str());
        }
    }
}
