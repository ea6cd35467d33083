// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/torchheaders.h"

/// What the CPU kernels as differentiable operations have in common. What a backward pass needs is kept in one capsule
/// a call.
namespace papilio::nn::operations
{

inline constexpr const char* savedKey = "saved";

/// An empty State that the backward pass of the same call will see.
template <typename State> State& keep(torch::autograd::AutogradContext* context)
{
    auto saved = c10::make_intrusive<State>();
    State& reference = *saved;
    context->saved_data[savedKey] = c10::IValue::make_capsule(std::move(saved));
    return reference;
}

template <typename State> const State& kept(torch::autograd::AutogradContext* context)
{
    return static_cast<const State&>(*context->saved_data[savedKey].toCapsule());
}

/// Null where the tensor is undefined or empty.
inline float* data(const Tensor& tensor)
{
    return tensor.defined() && tensor.numel() > 0 ? tensor.data_ptr<float>() : nullptr;
}

} // namespace papilio::nn::operations
