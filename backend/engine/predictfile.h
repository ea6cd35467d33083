// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control.h"
#include "engine/modelcache.h"

namespace papilio::engine
{

struct PredictReport {
    std::int64_t rows = 0, predicted = 0, rejected = 0;
    double seconds = 0;
};

struct PredictRequest {
    std::string input, output;
    std::string smilesColumn;       ///< empty = guessed
    std::vector<std::string> tasks; ///< patterns "dataset:task", "head:task" or "dataset"; none = all
};

/// Predicts for every row of a table and writes a CSV file of the same order and length: row, structure as written,
/// status (predicted, repaired, rejected), reason, and a column a task ("dataset:task"; multiclass: one a class,
/// "dataset:task[0]"). Values of atoms and bonds are JSON lists in the row's own order. Memory does not grow with the
/// file.
Result<PredictReport> predictFile(LoadedModel& model, const PredictRequest& request, Control& control);

/// The columns of every head that the patterns choose; one that matches nothing is an error that names the nearest.
Result<std::vector<std::vector<int>>> chooseTasks(const nn::ModelSpec& spec, const std::vector<std::string>& patterns);

} // namespace papilio::engine
