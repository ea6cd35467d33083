// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/laptransformer.h"

#include <cmath>

#include "nn/precision.h"

namespace papilio::nn
{

LapTransformerLayer::LapTransformerLayer(const EncoderSpec& spec, const std::string& name, const Places& places)
    : m_heads(spec.heads), m_dropout(spec.dropout), m_activation(spec.activation),
      m_inWeight(places.of(name + ".self_attn.in_proj_weight")), m_inBias(places.of(name + ".self_attn.in_proj_bias")),
      m_out(name + ".self_attn.out_proj", places), m_up(name + ".linear1", places), m_down(name + ".linear2", places),
      m_norm1(Norm::Layer, name + ".norm1", places), m_norm2(Norm::Layer, name + ".norm2", places)
{
}

Tensor LapTransformerLayer::attention(const Weights& weights, const Tensor& x, bool rootScale, Pass& pass) const
{
    const std::int64_t atoms = x.size(0);
    const std::int64_t slots = x.size(1);
    const std::int64_t width = x.size(2) / m_heads;
    // atoms × k × 3 × heads × width → three of atoms × heads × k × width
    const Tensor all = linearProduct(x, pick(weights, m_inWeight), pick(weights, m_inBias))
                           .view({atoms, slots, 3, m_heads, width})
                           .permute({2, 0, 3, 1, 4});
    const double scale = rootScale ? 1 / std::sqrt(static_cast<double>(width)) : 1 / static_cast<double>(width);
    Tensor share = at::softmax(matrixProduct(all.select(0, 0) * scale, all.select(0, 1).transpose(-1, -2)), -1);
    share = applyDropout(share, pass.nextDropout(m_dropout, Level::Node, m_heads * slots));
    const Tensor mixed = matrixProduct(share, all.select(0, 2)).transpose(1, 2).reshape({atoms, slots, x.size(2)});
    return linearProduct(mixed, pick(weights, m_out.weight), pick(weights, m_out.bias));
}

Tensor LapTransformerLayer::forward(const Weights& weights, const Tensor& x, bool rootScale, Pass& pass) const
{
    const std::int64_t slots = x.size(1);
    const auto drop = [&](const Tensor& h) {
        return applyDropout(h, pass.nextDropout(m_dropout, Level::Node, slots));
    };
    const Tensor h = normalise(x + drop(attention(weights, x, rootScale, pass)), weights, m_norm1, pass);
    const Tensor up = drop(activate(linearProduct(h, pick(weights, m_up.weight), pick(weights, m_up.bias)), m_activation));
    const Tensor down = linearProduct(up, pick(weights, m_down.weight), pick(weights, m_down.bias));
    return normalise(h + drop(down), weights, m_norm2, pass);
}

} // namespace papilio::nn
