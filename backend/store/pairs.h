// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// Two tasks: how many molecules have a label of both, and how these go together.
struct PairStatistics {
    std::int64_t molecules = 0;
    /// Pearson's r over these molecules (φ for two binary tasks); NaN where undefined: fewer than three molecules, a task
    /// that is the same in all of them, or one that is not at graph level.
    float correlation = std::numeric_limits<float>::quiet_NaN();
};

/// Pair statistics as they were computed last (data/pairs.h), a row a task and dataset.
class Pairs
{
public:
    explicit Pairs(Project& project);

    /// A task beside all tasks of a dataset, by position; nothing if that was not computed for the present contents.
    Result<std::optional<std::vector<PairStatistics>>> row(std::int64_t task, std::int64_t taskDataset,
                                                           std::int64_t dataset) const;
    /// Whether the pairs of two datasets (or of one, with itself) are those of their present contents.
    Result<bool> current(std::int64_t dataset, std::int64_t other) const;

    // --- writing ---
    Result<> putRow(std::int64_t task, std::int64_t dataset, std::span<const PairStatistics> row);
    /// Says that all rows of the two datasets are there.
    Result<> putState(std::int64_t dataset, std::int64_t other);

private:
    Project& m_project;
};

} // namespace papilio::store
