// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "nn/processplace.h"

namespace papilio::nn
{

/// The processes that train one model together, as one of them sees them. What it does here, all of them do, in the
/// same order. Once one of them is gone, or does not answer in time, every call is an error. One thread at a time.
class Processes
{
public:
    virtual ~Processes() = default;

    virtual const ProcessPlace& place() const = 0;
    int rank() const { return place().rank; }
    int size() const { return place().size; }
    bool first() const { return place().rank == 0; } ///< keeps the run and talks to people

    /// Each number becomes the sum of those of all processes, to the same bit in all of them.
    virtual Result<> sum(std::span<double> values) = 0;
    /// All have the first one's.
    virtual Result<> broadcast(std::string& bytes) = 0;
    /// All have those of each, by rank.
    virtual Result<std::vector<std::string>> exchange(const std::string& bytes) = 0;
    /// The first has those of each, by rank; the others nothing.
    virtual Result<std::vector<std::string>> collect(const std::string& bytes) = 0;

    /// While each reads its data, one may be much later than another; while they train, not.
    enum class Phase { Start, Training };
    virtual void setPhase(Phase phase) = 0;
    /// A process is gone, or did not answer.
    virtual bool lost() const = 0;
};

/// Waits until all are there. An error where this build has no engine for it, or a process does not come.
Result<std::unique_ptr<Processes>> joinProcesses(const ProcessPlace& place);

} // namespace papilio::nn
