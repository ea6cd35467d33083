// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/gradientplaces.h"

#include <algorithm>
#include <functional>

namespace papilio::nn
{

/// A name of its own: unity builds put several files' helpers side by side.
namespace gradientplaces
{

namespace
{

thread_local GradientPlaces* current = nullptr;

} // namespace

} // namespace gradientplaces

GradientPlaces::GradientPlaces(const Tensor& flatWeights)
    : m_before(gradientplaces::current), m_weights(flatWeights.data_ptr<float>()), m_flat(at::empty_like(flatWeights))
{
    gradientplaces::current = this;
}

GradientPlaces::~GradientPlaces()
{
    gradientplaces::current = m_before;
}

Tensor GradientPlaces::find(const Tensor& weight)
{
    const auto* at = weight.data_ptr<float>();
    const std::less<const float*> before; // pointers into different arrays have no order of their own
    const bool inside = !before(at, m_weights) && before(at, m_weights + m_flat.numel());
    if (!inside || !weight.is_contiguous() || std::find(m_taken.begin(), m_taken.end(), at) != m_taken.end()) {
        return {};
    }
    m_taken.push_back(at);
    return m_flat.as_strided(weight.sizes(), weight.strides(), at - m_weights);
}

Tensor GradientPlaces::of(const Tensor& weight)
{
    const Tensor place = gradientplaces::current == nullptr ? Tensor() : gradientplaces::current->find(weight);
    return place.defined() ? place : at::empty(weight.sizes(), weight.options().requires_grad(false));
}

Tensor GradientPlaces::zerosOf(const Tensor& weight)
{
    const Tensor gradient = of(weight);
    std::fill_n(gradient.data_ptr<float>(), gradient.numel(), 0.0F);
    return gradient;
}

} // namespace papilio::nn
