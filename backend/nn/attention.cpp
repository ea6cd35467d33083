// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/attention.h"

#include <algorithm>
#include <limits>

#include "nn/devices.h"
#include "nn/edgeops.h"
#include "nn/plain.h"
#include "nn/precision.h"

namespace papilio::nn
{

namespace
{

std::int64_t atomsOf(const Shard& shard, std::int64_t graph)
{
    return shard.nodeStart[graph + 1] - shard.nodeStart[graph];
}

/// Where each atom stands once its molecule is padded: molecule · longest + number in it.
Tensor slotsOf(const AttentionGroup& group, const Shard& shard, const at::Device& device)
{
    Tensor slots = at::empty({group.nodes}, at::TensorOptions(at::kLong));
    auto* slot = slots.data_ptr<std::int64_t>();
    for (std::int64_t g = 0; g < group.graphs; ++g) {
        for (std::int64_t i = 0; i < atomsOf(shard, group.firstGraph + g); ++i) {
            *slot++ = g * group.longest + i;
        }
    }
    return toDevice(slots, device);
}

/// graphs × 1 × 1 × longest, true where there is no atom; undefined if all molecules are equally large.
Tensor paddingOf(const AttentionGroup& group, const Shard& shard, const at::Device& device)
{
    if (group.nodes == group.graphs * group.longest) {
        return {};
    }
    Tensor padding = at::ones({group.graphs, 1, 1, group.longest}, at::TensorOptions(at::kBool));
    auto* empty = padding.data_ptr<bool>();
    for (std::int64_t g = 0; g < group.graphs; ++g) {
        std::fill_n(empty + g * group.longest, atomsOf(shard, group.firstGraph + g), false);
    }
    return toDevice(padding, device);
}

/// maskOf() on the device. Where there is no atom it is anything: nothing is there to be dropped.
Tensor drawnThere(const AttentionGroup& group, const Tensor& slots, const kernels::Dropout& dropout, std::int64_t heads,
                  const Shard& shard)
{
    const at::Device device = slots.device();
    const std::int64_t n = group.longest;
    kernels::Dropout all = dropout;
    all.firstRow += (shard.nodeStart[group.firstGraph] - shard.nodeStart[0]) * heads;
    const Tensor drawn = toDevice(plain::rowKeys(all, group.nodes * heads), device); // atom by atom, of each its heads
    const Tensor keys = at::zeros({group.graphs * n, heads, 2}, drawn.options())
                            .index_copy_(0, slots, drawn.view({group.nodes, heads, 2}))
                            .view({group.graphs, n, heads, 2})
                            .transpose(1, 2);
    Tensor halves = at::empty({group.graphs, 1, 1, 1}, at::TensorOptions(at::kInt));
    auto* out = halves.data_ptr<std::int32_t>();
    for (std::int64_t g = 0; g < group.graphs; ++g) {
        out[g] = static_cast<std::int32_t>((atomsOf(shard, group.firstGraph + g) + 1) / 2);
    }
    const Tensor half = toDevice(halves, device);
    const Tensor columns = at::arange(n, half.options()).view({1, 1, 1, n});
    const Tensor second = columns >= half; // graphs × 1 × 1 × n
    const Tensor bits = plain::randomBits(at::where(second, columns - half, columns), keys);
    return plain::maskOf(dropout, at::where(second, bits.bitwise_right_shift(16), bits).bitwise_and_(0xffff));
}

/// 0 or scale for graphs × heads × n × n. Drawn row by row with the molecule's own number of columns, since the pattern
/// depends on that: what an atom drops does not depend on the molecules beside its own.
Tensor maskOf(const AttentionGroup& group, const Tensor& slots, const kernels::Dropout& dropout, std::int64_t heads,
              const Shard& shard)
{
    if (!slots.is_cpu()) {
        return drawnThere(group, slots, dropout, heads, shard);
    }
    const std::int64_t n = group.longest;
    Tensor mask = at::zeros({group.graphs, heads, n, n}, at::TensorOptions(at::kFloat));
    auto* values = mask.data_ptr<float>();
    for (std::int64_t g = 0; g < group.graphs; ++g) {
        const std::int64_t atoms = atomsOf(shard, group.firstGraph + g);
        const std::int64_t first = shard.nodeStart[group.firstGraph + g] - shard.nodeStart[0];
        for (std::int64_t h = 0; h < heads; ++h) {
            for (std::int64_t i = 0; i < atoms; ++i) {
                kernels::Dropout row = dropout;
                row.firstRow += (first + i) * heads + h;
                kernels::dropoutMask(row, 1, atoms, values + ((g * heads + h) * n + i) * n);
            }
        }
    }
    return mask;
}

} // namespace

std::vector<AttentionGroup> attentionGroups(const Shard& shard, std::int64_t little)
{
    std::vector<AttentionGroup> groups;
    std::int64_t squares = 0; // pairs that exist in the current group
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        const std::int64_t atoms = atomsOf(shard, g);
        if (!groups.empty()) {
            AttentionGroup& group = groups.back();
            const std::int64_t longest = std::max(group.longest, atoms);
            const std::int64_t area = (group.graphs + 1) * longest * longest;
            if (area <= little || area <= 2 * (squares + atoms * atoms)) {
                group.graphs += 1;
                group.nodes += atoms;
                group.longest = longest;
                squares += atoms * atoms;
                continue;
            }
        }
        groups.push_back({g, 1, shard.nodeStart[g] - shard.nodeStart[0], atoms, atoms});
        squares = atoms * atoms;
    }
    return groups;
}

Attention::Attention(const std::string& name, int heads, double dropout, const Places& places)
    : m_out(name + ".out_proj", places), m_heads(heads), m_dropout(dropout)
{
    m_in.weight = places.of(name + ".in_proj_weight");
    m_in.bias = places.of(name + ".in_proj_bias");
}

/// qkv: atoms of the group × (q ‖ k ‖ v) → atoms × width.
Tensor Attention::attend(const Tensor& qkv, const Tensor& bias, const AttentionGroup& group,
                         const std::pair<Tensor, Tensor>& table, const kernels::Dropout& dropout,
                         const Pass& pass) const
{
    const Shard& shard = *pass.shard;
    const std::int64_t n = group.longest;
    const std::int64_t width = qkv.size(1) / 3;
    const std::int64_t head = width / m_heads;
    const auto& [slots, padding] = table;
    // 3 × graphs × heads × n × width of a head
    const Tensor parts =
        addRows(qkv, slots, group.graphs * n, pass).view({group.graphs, n, 3, m_heads, head}).permute({2, 0, 3, 1, 4});
    Tensor scores = matrixProduct(parts[0] * (1.0 / static_cast<double>(head)), parts[1].transpose(-1, -2));
    if (bias.defined()) {
        scores = scores + bias.narrow(0, group.firstGraph, group.graphs).narrow(2, 0, n).narrow(3, 0, n);
    }
    if (padding.defined()) {
        // Not infinite: a molecule without atoms would get weights that are not numbers.
        scores = scores.masked_fill(padding, std::numeric_limits<float>::lowest() / 2);
    }
    Tensor shares = at::softmax(scores, -1);
    if (dropout.threshold != 0) {
        shares = shares * maskOf(group, slots, dropout, m_heads, shard);
    }
    const Tensor mixed = matrixProduct(shares, parts[2]).transpose(1, 2).reshape({group.graphs * n, width});
    return takeRows(mixed, slots, pass);
}

Tensor Attention::forward(const Tensor& x, const Tensor& bias, const Weights& weights, Pass& pass) const
{
    const kernels::Dropout dropout = pass.nextDropout(m_dropout, Level::Node, m_heads);
    const Tensor qkv = linear(x, weights, m_in, pass); // before the padding
    std::vector<Tensor> found;
    const auto groups = attentionGroups(*pass.shard, x.is_cpu() ? littleWork : littleWorkOfGpu);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const AttentionGroup& group = groups[i];
        if (pass.attention.size() == i) {
            pass.attention.emplace_back(slotsOf(group, *pass.shard, x.device()), paddingOf(group, *pass.shard, x.device()));
        }
        if (group.nodes > 0) {
            found.push_back(
                attend(qkv.narrow(0, group.firstNode, group.nodes), bias, group, pass.attention[i], dropout, pass));
        }
    }
    const Tensor mixed = found.empty() ? at::zeros_like(x) : found.size() == 1 ? found[0] : at::cat(found);
    return linear(mixed, weights, m_out, pass);
}

} // namespace papilio::nn
