// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/control.h"

namespace papilio::data
{

/// Reports progress at most ten times a second, with the rate and the time left.
class Pace
{
public:
    explicit Pace(Control& control) : m_control(control) {}

    /// 'begun' units were done before this stage (a resumed import); they do not count for the rate.
    void start(std::int64_t begun) { m_begun = begun; }

    void report(const std::string& stage, std::int64_t done, std::int64_t total, const char* unit, bool last = false)
    {
        const auto now = Clock::now();
        if (!last && now - m_reported < std::chrono::milliseconds(100)) {
            return;
        }
        m_reported = now;
        Progress progress;
        progress.stage = stage;
        progress.done = done;
        progress.total = total;
        progress.unit = unit;
        const double seconds = std::chrono::duration<double>(now - m_started).count();
        if (seconds > 0.2 && done > m_begun) {
            progress.rate = static_cast<double>(done - m_begun) / seconds;
            progress.secondsLeft = total >= done && total > 0 ? static_cast<double>(total - done) / progress.rate : -1;
        }
        m_control.report(progress);
    }

    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_started).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Control& m_control;
    Clock::time_point m_started = Clock::now();
    Clock::time_point m_reported = m_started - std::chrono::seconds(1);
    std::int64_t m_begun = 0;
};

} // namespace papilio::data
