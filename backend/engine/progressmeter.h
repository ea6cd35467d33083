// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>

#include "core/control.h"

namespace papilio::engine
{

/// Fills in rate and time left where a job did not give them, and keeps reports rare.
class ProgressMeter
{
public:
    explicit ProgressMeter(double leastSeconds) : m_leastSeconds(leastSeconds) {}

    /// The report completed with rate and time left.
    Progress completed(Progress progress);
    /// True if enough time has passed since the last true.
    bool due();

private:
    using Clock = std::chrono::steady_clock;
    double m_leastSeconds;
    std::string m_stage;
    std::int64_t m_firstDone = 0;
    Clock::time_point m_stageStart{};
    Clock::time_point m_last{};
    bool m_any = false;
};

} // namespace papilio::engine
