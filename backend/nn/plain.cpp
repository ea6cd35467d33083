// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/plain.h"

#include "nn/devices.h"

namespace papilio::nn::plain
{

Tensor rowKeys(const kernels::Dropout& dropout, std::int64_t rows)
{
    Tensor keys = at::empty({rows, 2}, at::TensorOptions(at::kInt));
    auto* key = keys.data_ptr<std::int32_t>();
    for (std::int64_t r = 0; r < rows; ++r) {
        const std::uint64_t both = kernels::rowKey(dropout, r);
        *key++ = static_cast<std::int32_t>(static_cast<std::uint32_t>(both));
        *key++ = static_cast<std::int32_t>(static_cast<std::uint32_t>(both >> 32U));
    }
    return keys;
}

Tensor randomBits(const Tensor& columns, const Tensor& keys)
{
    // kernels::mixColumn. Products wrap around; shifts keep the sign, so what they bring in from above is masked away.
    const auto constant = [](std::uint32_t value) { return at::Scalar(static_cast<std::int32_t>(value)); };
    const auto fold = [](Tensor& h, int bits) {
        h.bitwise_xor_(h.bitwise_right_shift(bits).bitwise_and_((1 << (32 - bits)) - 1));
    };
    Tensor h = columns * constant(0x9e3779b9U) + keys.select(-1, 0).unsqueeze(-1);
    fold(h, 16);
    h.mul_(constant(0x7feb352dU));
    fold(h, 15);
    h.add_(keys.select(-1, 1).unsqueeze(-1)).mul_(constant(0x846ca68bU));
    fold(h, 16);
    return h;
}

Tensor maskOf(const kernels::Dropout& dropout, const Tensor& bits)
{
    return bits.ge(static_cast<std::int64_t>(dropout.threshold)).to(at::kFloat).mul_(dropout.scale);
}

Tensor dropoutMask(const kernels::Dropout& dropout, const Tensor& like)
{
    const std::int64_t width = like.size(-1);
    const std::int64_t rows = width > 0 ? like.numel() / width : 0;
    if (like.is_cpu()) {
        Tensor mask = at::empty(like.sizes(), at::TensorOptions(at::kFloat));
        kernels::dropoutMask(dropout, rows, width, mask.data_ptr<float>());
        return mask;
    }
    const std::int64_t half = (width + 1) / 2;
    const Tensor keys = toDevice(rowKeys(dropout, rows), like.device());
    const Tensor bits = randomBits(at::arange(half, keys.options()), keys);
    const Tensor second = bits.narrow(1, 0, width - half).bitwise_right_shift(16);
    return maskOf(dropout, at::cat({bits, second}, 1).bitwise_and_(0xffff)).view(like.sizes());
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
