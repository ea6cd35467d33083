// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/losses.h"
#include "nn/processes.h"
#include "nn/shards.h"

/// What a training step of several processes puts together, so that it is the step of one process with all molecules.
namespace papilio::nn
{

/// Where the rows of each part of a step begin among the rows of all parts: what random numbers depend on.
std::vector<RowCounts> rowsBefore(std::span<const Batch> parts);

/// The labels of all processes together become what the losses are divided by. Each process has its share of the
/// molecules of each part, by rank one after the other; returned: rowsBefore() counted through all of them.
Result<std::vector<RowCounts>> shareLabels(Processes& processes, std::span<const Batch> parts, StepLoss& loss);

/// What each process has added to its losses since they were 'before' becomes part of all.
Result<> shareLosses(Processes& processes, const std::vector<double>& before, StepLoss& loss);

/// Molecules by their place in a process' own parts become those of all, by their place in the whole step.
Result<std::vector<std::int64_t>> sharePlaces(Processes& processes, std::span<const Batch> parts,
                                              const std::vector<RowCounts>& before,
                                              const std::vector<std::int64_t>& places);

} // namespace papilio::nn
