// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/pooling.h"

#include "nn/devices.h"
#include "nn/edgeops.h"

namespace papilio::nn
{

namespace
{

constexpr double deviationFloor = 1e-5;

/// √(mean square distance from the mean + 1e-5). The published library subtracts squares of means from means of
/// squares, which is the same but for the rounding.
Tensor deviation(const Tensor& x, const Pass& pass, Level level)
{
    const Tensor graphs = level == Level::Edge ? pass.graphOf.index_select(0, pass.senders) : pass.graphOf;
    const Tensor apart = x - takeRows(poolByKernel(x, kernels::Reduce::Mean, pass, level), graphs, pass);
    return (poolByKernel(apart * apart, kernels::Reduce::Mean, pass, level) + deviationFloor).sqrt();
}

} // namespace

Tensor graphSizes(const Pass& pass, Level level)
{
    const Shard& shard = *pass.shard;
    const std::int64_t* start = level == Level::Edge ? shard.edgeStart : shard.nodeStart;
    Tensor sizes = at::empty({shard.graphs, 1}, at::TensorOptions(at::kFloat));
    auto* out = sizes.data_ptr<float>();
    for (std::int64_t i = 0; i < shard.graphs; ++i) {
        out[i] = static_cast<float>(start[i + 1] - start[i]);
    }
    return toDevice(sizes, pass.graphOf.device());
}

Tensor poolGraphs(const Tensor& x, Pooling pooling, const Pass& pass, Level level)
{
    switch (pooling) {
    case Pooling::Sum:
        return poolByKernel(x, kernels::Reduce::Sum, pass, level);
    case Pooling::Mean:
        return poolByKernel(x, kernels::Reduce::Mean, pass, level);
    case Pooling::Max:
        return poolByKernel(x, kernels::Reduce::Max, pass, level);
    case Pooling::Min:
        return poolByKernel(x.neg(), kernels::Reduce::Max, pass, level).neg();
    case Pooling::LogSum:
        return poolByKernel(x, kernels::Reduce::Mean, pass, level) * graphSizes(pass, level).clamp_min(1).log();
    case Pooling::Std:
        return deviation(x, pass, level);
    }
    return x;
}

Tensor poolGraphs(const Tensor& x, const std::vector<Pooling>& poolings, const Pass& pass)
{
    std::vector<Tensor> parts;
    for (const Pooling pooling : poolings) {
        parts.push_back(poolGraphs(x, pooling, pass));
    }
    return parts.size() == 1 ? parts[0] : at::cat(parts, 1);
}

} // namespace papilio::nn
