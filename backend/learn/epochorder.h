// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "learn/config.h"
#include "learn/rundata.h"

namespace papilio::learn
{

/// What a seed is for, so that no two uses share one.
enum SeedUse : std::uint64_t { orderSeed = 1, stepSeed = 2, samplingSeed = 3 };

/// The training molecules of an epoch (0 = the first) in their order. Of a dataset with a sampling share, so many of its
/// labelled molecules are drawn, anew each epoch; a molecule of several datasets is seen if any of them draws it. Seed
/// and epoch alone decide.
std::vector<std::uint32_t> epochOrder(const RunData& data, const TrainConfig& config, std::int64_t epoch);

/// Steps of an epoch with that many molecules.
std::int64_t stepsOfEpoch(std::int64_t molecules, const TrainConfig& config);

} // namespace papilio::learn
