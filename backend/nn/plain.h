// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/functions.h"

/// The operations of functions.h in LibTorch's own terms: for other devices, and to check the kernels against.
namespace papilio::nn::plain
{

Tensor dropoutMask(const kernels::Dropout& dropout, const Tensor& like);
Tensor finish(const Tensor& x, const Tensor& gamma, const Tensor& beta, kernels::Activation activation,
              const kernels::Dropout& dropout);
Tensor sumNeighbours(const Tensor& x, bool withSelf, const Pass& pass);
Tensor sumMessages(const Tensor& x, const Tensor& bonds, const Pass& pass);
Tensor pairFeatures(const Tensor& x, const Pass& pass);
Tensor pool(const Tensor& x, kernels::Reduce reduce, const Pass& pass, Level level);

} // namespace papilio::nn::plain
