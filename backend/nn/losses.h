// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "nn/batch.h"
#include "nn/model.h"

namespace papilio::nn
{

/// Losses of all heads from their outputs (rows × outputWidth each). With 'gradients', also d total / d outputs, as
/// long as the outputs. Only labels that exist count; everything is summed in double precision, in one fixed order.
Losses computeLosses(const ModelSpec& spec, const std::vector<std::span<const float>>& outputs,
                     const std::vector<std::vector<float>>& labels, std::vector<std::vector<float>>* gradients);

} // namespace papilio::nn
