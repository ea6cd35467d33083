// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <string>
#include <vector>

#include "store/connection.h"
#include "store/datasets.h"

#define PAPILIO_TASK_COLUMNS                                                                                           \
    "dataset, position, name, level, kind, classes, unit, rows, molecules, label_values, positives, mean, sd, "        \
    "minimum, "                                                                                                        \
    "maximum, class_counts"

namespace papilio::store
{

/// Binds a task's columns in order; 'counts' is classCountsText() and must live until the statement has run.
void bindTask(Lease& statement, const TaskRecord& task, const std::string& counts);
/// All rows of a query for the task columns and the id.
Result<std::vector<TaskRecord>> readTasks(Lease& query, const std::string& path);

std::string classCountsText(const std::vector<std::int64_t>& counts); ///< "12 0 7"

} // namespace papilio::store
