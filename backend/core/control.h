// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace papilio
{

/// A point of progress of a long job.
struct Progress {
    std::string stage;            ///< what is being done, e.g. "reading qm9.csv.gz"
    std::int64_t done = 0;        ///< units finished
    std::int64_t total = 0;       ///< units in all; 0 = not known yet
    std::string unit;             ///< "rows", "molecules", "epochs"
    double rate = 0;              ///< units per second, 0 = not known yet
    double secondsLeft = -1;      ///< estimate; negative = not known
};

/// The only way a job sees the world outside: it reports, and asks whether to go on.
/// report() may be called from the job's own thread only; stopRequested() from any.
class Control
{
public:
    virtual ~Control() = default;
    virtual void report(const Progress&) {}
    virtual bool stopRequested() const { return false; }
};

/// Hands on what another one says of stopping, but no reports: for a second thread of a job, or a job within a job. It can
/// be stopped by itself.
class StopOnly : public Control
{
public:
    explicit StopOnly(const Control& outer) : m_outer(outer) {}
    void requestStop() { m_stop.store(true, std::memory_order_relaxed); }
    bool stopRequested() const override { return m_stop.load(std::memory_order_relaxed) || m_outer.stopRequested(); }

private:
    const Control& m_outer;
    std::atomic<bool> m_stop{false};
};

/// A control whose stop flag another thread (or a signal handler) sets.
class StopFlagControl : public Control
{
public:
    void requestStop() { m_stop.store(true, std::memory_order_relaxed); }
    bool stopRequested() const override { return m_stop.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> m_stop{false};
};

} // namespace papilio
