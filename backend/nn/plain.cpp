// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/plain.h"

namespace papilio::nn::plain
{

Tensor dropoutMask(const kernels::Dropout& dropout, const Tensor& like)
{
    // Drawn on the CPU for every device, so that a run drops the same values wherever it is computed.
    Tensor mask = at::empty(like.sizes(), at::TensorOptions(at::kFloat));
    const std::int64_t width = like.size(-1);
    const std::int64_t rows = width > 0 ? like.numel() / width : 0;
    kernels::dropoutMask(dropout, rows, width, mask.data_ptr<float>());
    return mask.to(like.device());
}

Tensor finish(const Tensor& x, const Tensor& gamma, const Tensor& beta, kernels::Activation activation,
              const kernels::Dropout& dropout)
{
    Tensor y = gamma.defined() ? at::layer_norm(x, {x.size(-1)}, gamma, beta, 1e-5) : x;
    if (activation == kernels::Activation::Relu) {
        y = at::relu(y);
    } else if (activation == kernels::Activation::Gelu) {
        y = at::gelu(y);
    }
    return dropout.threshold == 0 ? y : y * dropoutMask(dropout, y);
}

Tensor sumNeighbours(const Tensor& x, bool withSelf, const Pass& pass)
{
    const Tensor start = withSelf ? x : at::zeros_like(x);
    return start.index_add(0, pass.receivers, x.index_select(0, pass.senders));
}

Tensor sumMessages(const Tensor& x, const Tensor& bonds, const Pass& pass)
{
    return x.index_add(0, pass.receivers, at::relu(x.index_select(0, pass.senders) + bonds));
}

Tensor pairFeatures(const Tensor& x, const Pass& pass)
{
    const Tensor u = x.index_select(0, pass.senders);
    const Tensor v = x.index_select(0, pass.receivers);
    return at::cat({u + v, (u - v).abs()}, 1);
}

Tensor pool(const Tensor& x, kernels::Reduce reduce, const Pass& pass, Level level)
{
    const Tensor graphs = level == Level::Edge ? pass.graphOf.index_select(0, pass.senders) : pass.graphOf;
    const Tensor zeros = at::zeros({pass.shard->graphs, x.size(1)}, x.options());
    if (reduce == kernels::Reduce::Max) {
        const Tensor index = graphs.unsqueeze(1).expand_as(x);
        return zeros.scatter_reduce(0, index, x, "amax", /*include_self=*/false);
    }
    const Tensor sums = zeros.index_add(0, graphs, x);
    if (reduce == kernels::Reduce::Sum) {
        return sums;
    }
    const Tensor counts = zeros.narrow(1, 0, 1).index_add(0, graphs, at::ones({x.size(0), 1}, x.options()));
    return sums / counts.clamp_min(1);
}

} // namespace papilio::nn::plain
