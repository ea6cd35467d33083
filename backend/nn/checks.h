// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "nn/architecture.h"
#include "nn/batch.h"
#include "nn/model.h"
#include "nn/safetensors.h"

namespace papilio::nn
{

/// Every length and index of a batch, and labels that their heads can have, so that no model reads past an array. An
/// error here is a fault of the program.
Result<> checkBatch(const Batch& batch, const ModelSpec& spec);

/// A target must name an existing head, column, class and row.
Result<> checkTarget(const Batch& batch, const ModelSpec& spec, const GradientTarget& target);

/// Widths, depth and residual of one network; 'where' begins the message ("outputs.graph").
Result<> checkMlp(const std::string& where, const MlpSpec& mlp);

/// The architecture, and its heads: distinct names, columns, classes where they are multiclass, networks and losses that
/// can be computed.
Result<> checkSpec(const ModelSpec& spec);

/// The same names and shapes on both sides, and finite values; 'what' begins the message ("weights").
Result<> checkTensors(const TensorMap& expected, const TensorMap& given, const std::string& what);

} // namespace papilio::nn
