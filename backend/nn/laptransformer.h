// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "nn/architecture.h"
#include "nn/dense.h"

namespace papilio::nn
{

/// A Transformer layer over the eigenvectors of each atom: x ← norm(x + attention(x)), x ← norm(x + map(act(map(x)))).
class LapTransformerLayer
{
public:
    LapTransformerLayer(const EncoderSpec& spec, const std::string& name, const Places& places);

    /// x: atoms × k × width. The scores are divided by the width of a head, or by its root.
    Tensor forward(const Weights& weights, const Tensor& x, bool rootScale, Pass& pass) const;

private:
    Tensor attention(const Weights& weights, const Tensor& x, bool rootScale, Pass& pass) const;

    int m_heads;
    double m_dropout;
    Activation m_activation;
    int m_inWeight, m_inBias;
    LinearPlaces m_out, m_up, m_down;
    NormPlaces m_norm1, m_norm2;
};

} // namespace papilio::nn
