// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/pooling.h"

namespace papilio::nn
{

namespace
{

constexpr double deviationFloor = 1e-5;

/// √(max(E[x²] − E[x]², 0) + 1e-5)
Tensor deviation(const Tensor& meanOfSquares, const Tensor& mean)
{
    return (at::relu(meanOfSquares - mean * mean) + deviationFloor).sqrt();
}

Tensor sumRows(const Tensor& x, const Tensor& rowGraphs, const Pass& pass)
{
    return at::zeros({pass.shard->graphs, x.size(1)}, x.options()).index_add(0, rowGraphs, x);
}

/// At least 1, so that a molecule without rows gives 0.
Tensor countRows(const Tensor& x, const Tensor& rowGraphs, const Pass& pass)
{
    return sumRows(at::ones({x.size(0), 1}, x.options().requires_grad(false)), rowGraphs, pass).clamp_min(1);
}

} // namespace

Tensor graphSizes(const Pass& pass)
{
    const Shard& shard = *pass.shard;
    Tensor sizes = at::empty({shard.graphs, 1}, at::TensorOptions(at::kFloat));
    auto* out = sizes.data_ptr<float>();
    for (std::int64_t i = 0; i < shard.graphs; ++i) {
        out[i] = static_cast<float>(shard.nodeStart[i + 1] - shard.nodeStart[i]);
    }
    return sizes.to(pass.graphOf.device());
}

Tensor poolGraphs(const Tensor& x, Pooling pooling, const Pass& pass)
{
    switch (pooling) {
    case Pooling::Sum: return poolByKernel(x, kernels::Reduce::Sum, pass);
    case Pooling::Mean: return poolByKernel(x, kernels::Reduce::Mean, pass);
    case Pooling::Max: return poolByKernel(x, kernels::Reduce::Max, pass);
    case Pooling::Min: return poolByKernel(x.neg(), kernels::Reduce::Max, pass).neg();
    case Pooling::LogSum: return poolByKernel(x, kernels::Reduce::Mean, pass) * graphSizes(pass).clamp_min(1).log();
    case Pooling::Std:
        return deviation(poolByKernel(x * x, kernels::Reduce::Mean, pass),
                         poolByKernel(x, kernels::Reduce::Mean, pass));
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

Tensor poolRows(const Tensor& x, Pooling pooling, const Tensor& rowGraphs, const Pass& pass)
{
    const auto extreme = [&](const char* which) {
        const Tensor zeros = at::zeros({pass.shard->graphs, x.size(1)}, x.options());
        return zeros.scatter_reduce(0, rowGraphs.unsqueeze(1).expand_as(x), x, which, /*include_self=*/false);
    };
    switch (pooling) {
    case Pooling::Sum: return sumRows(x, rowGraphs, pass);
    case Pooling::Mean: return sumRows(x, rowGraphs, pass) / countRows(x, rowGraphs, pass);
    case Pooling::Max: return extreme("amax");
    case Pooling::Min: return extreme("amin");
    case Pooling::LogSum: {
        const Tensor count = countRows(x, rowGraphs, pass);
        return sumRows(x, rowGraphs, pass) / count * count.log();
    }
    case Pooling::Std: {
        const Tensor count = countRows(x, rowGraphs, pass);
        return deviation(sumRows(x * x, rowGraphs, pass) / count, sumRows(x, rowGraphs, pass) / count);
    }
    }
    return x;
}

} // namespace papilio::nn
