// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "nn/dense.h"

namespace papilio::nn
{

/// Multi-head attention of all atoms of a molecule to each other: out(softmax(q kᵀ / width of a head + bias) v). The
/// division is by the width, not by its root (muP, arXiv 2203.03466).
///
/// Names: NAME.in_proj_weight and .in_proj_bias (q, k, v one below the other), NAME.out_proj.
class Attention
{
public:
    Attention(const std::string& name, int heads, double dropout, const Places& places);

    /// bias: graphs × heads × n × n, or undefined. n = atoms of the shard's largest molecule.
    Tensor forward(const Tensor& x, const Tensor& bias, const Weights& weights, Pass& pass) const;

private:
    LinearPlaces m_in, m_out;
    int m_heads;
    double m_dropout;
};

/// Where each atom stands if molecules are padded to the largest of the shard: molecule · n + number in it.
struct DensePlaces {
    std::int64_t longest = 0; ///< n
    Tensor slots;             ///< atoms
    Tensor padding; ///< graphs × 1 × 1 × n, true where there is no atom; undefined if all are equally large
};
DensePlaces densePlaces(const Pass& pass);

/// 0 or scale for graphs × heads × n × n; what an atom of a molecule drops does not depend on the molecules beside it.
Tensor attentionMask(const kernels::Dropout& dropout, std::int64_t heads, std::int64_t longest, const Pass& pass);

} // namespace papilio::nn
