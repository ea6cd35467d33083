// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/progressmeter.h"

namespace papilio::engine
{

Progress ProgressMeter::completed(Progress progress)
{
    const Clock::time_point now = Clock::now();
    if (progress.stage != m_stage || progress.done < m_firstDone || m_stageStart == Clock::time_point{}) {
        m_stage = progress.stage;
        m_firstDone = progress.done;
        m_stageStart = now;
    }
    const double seconds = std::chrono::duration<double>(now - m_stageStart).count();
    if (progress.rate <= 0 && seconds > 0.2)
        progress.rate = static_cast<double>(progress.done - m_firstDone) / seconds;
    if (progress.secondsLeft < 0 && progress.rate > 0 && progress.total > 0)
        progress.secondsLeft = static_cast<double>(progress.total - progress.done) / progress.rate;
    return progress;
}

bool ProgressMeter::due()
{
    const Clock::time_point now = Clock::now();
    if (m_any && std::chrono::duration<double>(now - m_last).count() < m_leastSeconds)
        return false;
    m_any = true;
    m_last = now;
    return true;
}

} // namespace papilio::engine
