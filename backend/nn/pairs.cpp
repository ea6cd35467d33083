// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/pairs.h"

#include <algorithm>

#include "nn/devices.h"

namespace papilio::nn
{

namespace
{

struct Indices {
    std::vector<std::int64_t> left, right, dense;

    static Tensor toTensor(std::vector<std::int64_t>& values, const Pass& pass)
    {
        const auto count = static_cast<std::int64_t>(values.size());
        const Tensor view = at::from_blob(values.data(), {count}, at::TensorOptions(at::kLong));
        return toDevice(view.clone(), pass.graphOf.device());
    }
};

} // namespace

PairRows squareRows(const Pass& pass)
{
    const Shard& shard = *pass.shard;
    PairRows rows;
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        rows.largest = std::max(rows.largest, shard.nodeStart[g + 1] - shard.nodeStart[g]);
    }
    Indices indices;
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        const std::int64_t first = shard.nodeStart[g] - shard.firstNode;
        const std::int64_t atoms = shard.nodeStart[g + 1] - shard.nodeStart[g];
        for (std::int64_t i = 0; i < atoms; ++i) {
            for (std::int64_t j = 0; j < atoms; ++j) {
                indices.left.push_back(first + i);
                indices.right.push_back(first + j);
                indices.dense.push_back((g * rows.largest + i) * rows.largest + j);
            }
        }
    }
    rows.left = Indices::toTensor(indices.left, pass);
    rows.right = Indices::toTensor(indices.right, pass);
    rows.dense = Indices::toTensor(indices.dense, pass);
    return rows;
}

PairRows upperRows(const Pass& pass)
{
    const Shard& shard = *pass.shard;
    PairRows rows;
    Indices indices;
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        const std::int64_t first = shard.nodeStart[g] - shard.firstNode;
        const std::int64_t atoms = shard.nodeStart[g + 1] - shard.nodeStart[g];
        rows.largest = std::max(rows.largest, atoms);
        for (std::int64_t i = 0; i < atoms; ++i) {
            for (std::int64_t j = i + 1; j < atoms; ++j) {
                indices.left.push_back(first + i);
                indices.right.push_back(first + j);
            }
        }
    }
    rows.left = Indices::toTensor(indices.left, pass);
    rows.right = Indices::toTensor(indices.right, pass);
    return rows;
}

Tensor toDense(const Tensor& rows, const PairRows& squares, double padding, const Pass& pass)
{
    const std::int64_t n = squares.largest;
    const std::int64_t graphs = pass.shard->graphs;
    const Tensor filled = at::full({graphs * n * n, rows.size(1)}, padding, rows.options().requires_grad(false));
    return filled.index_copy(0, squares.dense, rows).view({graphs, n, n, rows.size(1)}).permute({0, 3, 1, 2});
}

Tensor joinPairs(const Tensor& x, const PairRows& pairs)
{
    const Tensor u = x.index_select(0, pairs.left);
    const Tensor v = x.index_select(0, pairs.right);
    return at::cat({u + v, (u - v).abs()}, 1);
}

} // namespace papilio::nn
