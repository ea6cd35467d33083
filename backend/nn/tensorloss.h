// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/losses.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

struct TensorLoss {
    Tensor loss;   ///< one number, double
    Tensor slopes; ///< as the outputs
};

/// headLoss() in LibTorch's operations, for outputs (rows × outputWidth) and labels (rows × columns) that are on a GPU
/// and stay there.
TensorLoss tensorLoss(const HeadSpec& head, const Tensor& outputs, const Tensor& labels, const LabelWeights& weights,
                      double scale);

} // namespace papilio::nn
