// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "nn/torchheaders.h"

namespace papilio::nn
{

/// Gradients by the weights, for the calling thread and the life of the object: one flat tensor, where a backward pass
/// may write each gradient to the place that the weight has in the weights' own flat tensor.
class GradientPlaces
{
public:
    explicit GradientPlaces(const Tensor& flatWeights);
    ~GradientPlaces();
    GradientPlaces(const GradientPlaces&) = delete;
    GradientPlaces& operator=(const GradientPlaces&) = delete;

    /// Memory of the weight's shape for its gradient: its place, where there is one that nobody has asked for before
    /// (a weight may be used several times); else memory of its own.
    static Tensor of(const Tensor& weight);
    /// The same, of zeros.
    static Tensor zerosOf(const Tensor& weight);

    const Tensor& flat() const { return m_flat; }

private:
    Tensor find(const Tensor& weight);

    GradientPlaces* m_before;
    const float* m_weights;
    Tensor m_flat;
    std::vector<const float*> m_taken;
};

} // namespace papilio::nn
