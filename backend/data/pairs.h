// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "store/pairs.h"
#include "store/project.h"

namespace papilio::data
{

/// Computes all pairs of tasks of two datasets (or of one) and keeps them. Memory is bounded: where the pairs do not fit
/// into it, the labels are read several times. About 3 ns for each pair of labels of a molecule.
Result<> pairDatasets(store::Project& project, std::int64_t dataset, std::int64_t other, Control& control);

/// The same where it is not there yet for the present contents.
Result<> ensurePairs(store::Project& project, std::int64_t dataset, std::int64_t other, Control& control);

/// Pairs of labels that pairDatasets() would go through, about: to decide whether it is worth doing unasked.
Result<double> pairCost(store::Project& project, std::int64_t dataset, std::int64_t other);

/// One task beside all tasks of a dataset, by position, whether it is kept or not; one pass over the labels.
Result<std::vector<store::PairStatistics>> pairsOfTask(store::Project& project, std::int64_t task, std::int64_t dataset,
                                                       Control& control);

} // namespace papilio::data
