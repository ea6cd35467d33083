// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/error.h"
#include "core/recipe.h"
#include "core/task.h"
#include "store/project.h"

namespace papilio::data
{

/// The label of one task that a molecule has in one of its rows.
using RowValues = std::span<const double>;

/// Whether two of the rows have different values in the same place.
bool contradict(const std::vector<RowValues>& rows);

/// One label made of those of the rows of a molecule, in the order of the rows, value by value; NaN where none of them
/// has one or the policy takes none.
std::vector<double> combined(Duplicates policy, TaskKind kind, const std::vector<RowValues>& rows);

/// What became of the rows of the same molecule.
struct DuplicateCounts {
    std::int64_t contradictingMolecules = 0;
    std::int64_t contradictions = 0; ///< tasks × molecules whose rows differ
    std::int64_t combined = 0;       ///< of these: a label was made of them all
    std::int64_t dropped = 0;        ///< of these: no label is left
};

/// Gives the molecules of a dataset with several rows the labels that the policy makes of them, and counts.
/// 'dropped' is called with the position of the task for each label that is gone.
Result<DuplicateCounts> resolveDuplicates(store::Project& project, std::int64_t dataset, Duplicates policy,
                                          const std::vector<TaskKind>& kinds,
                                          const std::function<void(std::size_t position)>& dropped);

/// A molecule whose rows have different labels for a task.
struct Conflict {
    std::int64_t molecule = 0;
    int position = 0; ///< of the task
    struct Row {
        std::int64_t row = 0;
        std::vector<double> values; ///< in canonical order
    };
    std::vector<Row> rows;
};
/// Streams them by molecule and task; the callback returns false to stop.
Result<> eachConflict(store::Project& project, std::int64_t dataset,
                      const std::function<bool(const Conflict&)>& callback);

} // namespace papilio::data
