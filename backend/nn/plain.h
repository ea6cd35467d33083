// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/functions.h"

/// The operations of functions.h in LibTorch's own terms: for other devices, and to check the kernels against.
namespace papilio::nn::plain
{

/// 0 or scale, the same values on every device: on a GPU they are drawn there.
Tensor dropoutMask(const kernels::Dropout& dropout, const Tensor& like);
/// The random bits of kernels::dropoutMask for columns under the keys of their rows (rowKeys), in LibTorch's operations:
/// 16 for a column of the first half of a row, 16 above them for that of the second half.
Tensor randomBits(const Tensor& columns, const Tensor& keys);
/// rows × 2, whole numbers of 32 bits: what the rows' random numbers are made from.
Tensor rowKeys(const kernels::Dropout& dropout, std::int64_t rows);
/// 0 or scale for 16 random bits each.
Tensor maskOf(const kernels::Dropout& dropout, const Tensor& bits);
Tensor finish(const Tensor& x, const Tensor& gamma, const Tensor& beta, kernels::Activation activation,
              const kernels::Dropout& dropout);
Tensor sumNeighbours(const Tensor& x, bool withSelf, const Pass& pass);
Tensor sumMessages(const Tensor& x, const Tensor& bonds, const Pass& pass);
Tensor pairFeatures(const Tensor& x, const Pass& pass);
Tensor pool(const Tensor& x, kernels::Reduce reduce, const Pass& pass, Level level);

} // namespace papilio::nn::plain
