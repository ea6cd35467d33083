// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "nn/dense.h"

namespace papilio::nn
{

/// A run of a shard's molecules that attend together, padded to the largest of them.
struct AttentionGroup {
    std::int64_t firstGraph = 0, graphs = 0; ///< counted from the shard's first
    std::int64_t firstNode = 0, nodes = 0;   ///< likewise
    std::int64_t longest = 0;                ///< atoms of the largest molecule
};

/// Cuts a shard so that padding at most doubles the work, except where there is little of it anyway: as many pairs of
/// atoms as nobody cuts for. A GPU has much more at once than a core.
inline constexpr std::int64_t littleWork = 1 << 15, littleWorkOfGpu = 1 << 21;
std::vector<AttentionGroup> attentionGroups(const Shard& shard, std::int64_t little = littleWork);

/// Multi-head attention of all atoms of a molecule to each other: out(softmax(q kᵀ / width of a head + bias) v). The
/// division is by the width, not by its root (muP, arXiv 2203.03466).
///
/// Names: NAME.in_proj_weight and .in_proj_bias (q, k, v one below the other), NAME.out_proj.
class Attention
{
public:
    Attention(const std::string& name, int heads, double dropout, const Places& places);

    /// bias: graphs × heads × n × n with n the atoms of the shard's largest molecule; or undefined.
    Tensor forward(const Tensor& x, const Tensor& bias, const Weights& weights, Pass& pass) const;

private:
    Tensor attend(const Tensor& qkv, const Tensor& bias, const AttentionGroup& group,
                  const std::pair<Tensor, Tensor>& table, const kernels::Dropout& dropout, const Pass& pass) const;

    LinearPlaces m_in, m_out;
    int m_heads;
    double m_dropout;
};

} // namespace papilio::nn
