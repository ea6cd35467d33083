// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nn/headspec.h"
#include "nn/model.h"

namespace papilio::nn
{

/// The learnt loss weights among a network's tensors: one s a head (LossBalance::Uncertainty).
inline constexpr std::string_view logVarianceName = "loss_weights.log_variance";

struct HeadLoss {
    double value = 0;
    std::int64_t labels = 0; ///< labels it is computed from
};

/// Loss of one head from its outputs (rows × outputWidth) and labels (rows × columns, NaN = missing). Every label that
/// exists has the weight of its column times that of its class; the loss is the weighted mean over all of them, or with
/// 'perLabel' the weighted mean over the columns that have labels of the mean over their rows. Summed in double
/// precision, in one fixed order. No label, or no weight, gives 0 (the published hybrid_ce is NaN there).
/// slopes: empty, or as long as the outputs; then filled with scale · d loss / d output.
HeadLoss headLoss(const HeadSpec& head, std::span<const float> outputs, std::span<const float> labels, double scale = 1,
                  std::span<float> slopes = {});

struct LossGradients {
    std::vector<std::vector<float>> outputs; ///< d total / d outputs, as long as the outputs
    std::vector<float> logVariances;         ///< d total / d sₕ; empty unless they are learnt
};

/// Losses of all heads, and their total as Architecture::lossBalance joins them. A head without labels has loss 0; it
/// counts in the denominator, as published, but its s learns nothing. No labels at all: 'labels' is empty.
/// logVariances: one a head where they are learnt, else empty.
Losses computeLosses(const ModelSpec& spec, const std::vector<std::span<const float>>& outputs,
                     const std::vector<std::span<const float>>& labels, std::span<const float> logVariances,
                     LossGradients* gradients);

} // namespace papilio::nn
