// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"
#include "learn/modelfile.h"
#include "nn/safetensors.h"

namespace papilio::learn
{

/// The model file's content; checkpoints in the project have the same form, with the optimiser's tensors ("adam.…")
/// beside the weights. Metadata: format, format_version, papilio_version, spec, normalisation, feature_set,
/// encoding_set, summary.
nn::TensorFile toTensorFile(const SavedModel& model);
/// 'where' names the file in messages.
Result<SavedModel> fromTensorFile(nn::TensorFile file, const std::string& where);

/// Moves the optimiser's tensors out of 'tensors'.
nn::TensorMap takeOptimiserState(nn::TensorMap& tensors);

} // namespace papilio::learn
