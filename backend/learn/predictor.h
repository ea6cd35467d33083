// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/error.h"
#include "learn/modelfile.h"
#include "nn/batch.h"
#include "nn/model.h"

namespace papilio::learn
{

/// Predictions of one molecule for one head, in label units: value (regression), probability (binary), probabilities
/// (multiclass, class fastest). Rows: one (graph), one an atom (node), one a directed edge (edge), canonical order.
struct HeadPrediction {
    int head = 0;
    std::int64_t rows = 0;
    std::vector<float> values; ///< rows × outputWidth
};

/// Result i belongs to molecule i; every molecule gets all heads.
Result<std::vector<std::vector<HeadPrediction>>> predict(nn::Model& model, const SavedModel& saved,
                                                         std::span<const nn::MoleculeInput> molecules,
                                                         std::int64_t batchSize = 200);

} // namespace papilio::learn
