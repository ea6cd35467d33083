// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/attention.h"

#include <algorithm>
#include <limits>

#include "nn/edgeops.h"

namespace papilio::nn
{

Attention::Attention(const std::string& name, int heads, double dropout, const Places& places)
    : m_out(name + ".out_proj", places), m_heads(heads), m_dropout(dropout)
{
    m_in.weight = places.of(name + ".in_proj_weight");
    m_in.bias = places.of(name + ".in_proj_bias");
}

Tensor Attention::forward(const Tensor& x, const Tensor& bias, const Weights& weights, Pass& pass) const
{
    const std::int64_t graphs = pass.shard->graphs;
    const std::int64_t width = x.size(1);
    const std::int64_t head = width / m_heads;
    const DensePlaces dense = densePlaces(pass);
    const std::int64_t n = dense.longest;
    const kernels::Dropout dropout = pass.nextDropout(m_dropout, Level::Node, m_heads);
    if (x.size(0) == 0) {
        return linear(x, weights, m_out, pass);
    }
    // The projections are made before the padding. Then graphs × 3 × heads × n × width of a head.
    const Tensor qkv = addRows(linear(x, weights, m_in, pass), dense.slots, graphs * n, pass)
                           .view({graphs, n, 3, m_heads, head})
                           .permute({2, 0, 3, 1, 4});
    Tensor scores = at::matmul(qkv[0] * (1.0 / static_cast<double>(head)), qkv[1].transpose(-1, -2));
    if (bias.defined()) {
        scores = scores + bias;
    }
    if (dense.padding.defined()) {
        // Not infinite: a molecule without atoms would get weights that are not numbers.
        scores = scores.masked_fill(dense.padding, std::numeric_limits<float>::lowest() / 2);
    }
    Tensor shares = at::softmax(scores, -1);
    if (dropout.threshold != 0) {
        shares = shares * attentionMask(dropout, m_heads, n, pass);
    }
    const Tensor mixed = at::matmul(shares, qkv[2]).transpose(1, 2).reshape({graphs * n, width});
    return linear(takeRows(mixed, dense.slots, pass), weights, m_out, pass);
}

DensePlaces densePlaces(const Pass& pass)
{
    const Shard& shard = *pass.shard;
    DensePlaces places;
    bool even = true;
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        const std::int64_t atoms = shard.nodeStart[g + 1] - shard.nodeStart[g];
        even = even && (g == 0 || atoms == places.longest);
        places.longest = std::max(places.longest, atoms);
    }
    Tensor slots = at::empty({shard.nodes}, at::TensorOptions(at::kLong));
    Tensor padding = at::ones({shard.graphs, places.longest}, at::TensorOptions(at::kBool));
    auto* slot = slots.data_ptr<std::int64_t>();
    auto* empty = padding.data_ptr<bool>();
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        const std::int64_t atoms = shard.nodeStart[g + 1] - shard.nodeStart[g];
        for (std::int64_t i = 0; i < atoms; ++i) {
            *slot++ = g * places.longest + i;
        }
        std::fill_n(empty + g * places.longest, atoms, false);
    }
    const auto device = pass.graphOf.device();
    places.slots = slots.to(device);
    if (!even) {
        places.padding = padding.view({shard.graphs, 1, 1, places.longest}).to(device);
    }
    return places;
}

Tensor attentionMask(const kernels::Dropout& dropout, std::int64_t heads, std::int64_t longest, const Pass& pass)
{
    // Drawn row by row with the molecule's own number of columns, since the pattern depends on that number.
    const Shard& shard = *pass.shard;
    Tensor mask = at::zeros({shard.graphs, heads, longest, longest}, at::TensorOptions(at::kFloat));
    auto* values = mask.data_ptr<float>();
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        const std::int64_t first = shard.nodeStart[g] - shard.nodeStart[0];
        const std::int64_t atoms = shard.nodeStart[g + 1] - shard.nodeStart[g];
        for (std::int64_t h = 0; h < heads; ++h) {
            for (std::int64_t i = 0; i < atoms; ++i) {
                kernels::Dropout row = dropout;
                row.firstRow += (first + i) * heads + h;
                kernels::dropoutMask(row, 1, atoms, values + ((g * heads + h) * longest + i) * longest);
            }
        }
    }
    return mask.to(pass.graphOf.device());
}

} // namespace papilio::nn
