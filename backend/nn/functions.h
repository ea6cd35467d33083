// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/architecture.h"
#include "nn/kernels.h"
#include "nn/shards.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

/// How operations are carried out in one pass: with the CPU kernels, or with LibTorch's own operations ("plain": on
/// other devices, and to check the kernels against). Both give the same numbers up to rounding, dropout included.
struct Pass {
    const Shard* shard = nullptr;
    bool plain = false;
    bool training = false;
    std::uint64_t seed = 0;
    std::uint64_t layer = 0;            ///< counts the layers with dropout
    Tensor senders, receivers, graphOf; ///< plain only: indices counted from the shard's first row

    /// Dropout of the next layer, whose rows belong to the shard's first row times 'times'.
    kernels::Dropout nextDropout(double share, Level level, std::int64_t times = 1);
};

/// A linear map and what follows it; undefined gamma = no norm.
struct LinearWeights {
    Tensor weight, bias, gamma, beta;
};
Tensor dense(const Tensor& x, const LinearWeights& weights, kernels::Activation activation,
             const kernels::Dropout& dropout, bool plain);
/// The same without the linear map: norm → activation → dropout.
Tensor finish(const Tensor& x, const Tensor& gamma, const Tensor& beta, kernels::Activation activation,
              const kernels::Dropout& dropout, bool plain);

Tensor sumNeighbours(const Tensor& x, bool withSelf, const Pass& pass);
Tensor sumMessages(const Tensor& x, const Tensor& bonds, const Pass& pass);
Tensor pairFeatures(const Tensor& x, const Pass& pass);
Tensor poolGraphs(const Tensor& x, Pooling pooling, const Pass& pass);
/// See kernels::pairLayer; values and vectors: atoms × 8.
Tensor pairLayer(const Tensor& values, const Tensor& vectors, const Tensor& weight, const Tensor& bias,
                 const kernels::Dropout& dropout);

} // namespace papilio::nn
