// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/control.h"
#include "engine/modelcache.h"

namespace papilio::engine
{

struct PredictReport {
    std::int64_t rows = 0, predicted = 0, rejected = 0;
    double seconds = 0;
};

/// Predicts for every row of a table and writes a CSV file of the same order and length: row, structure as written,
/// status (predicted, repaired, rejected), reason, and a column a task ("dataset:task"; multiclass: one a class,
/// "dataset:task[0]"). Values of atoms and bonds are JSON lists in the row's own order. Memory does not grow with the
/// file. 'smilesColumn' empty = guessed.
Result<PredictReport> predictFile(LoadedModel& model, const std::string& input, const std::string& output,
                                  const std::string& smilesColumn, Control& control);

} // namespace papilio::engine
