// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "nn/model.h"
#include "nn/safetensors.h"

namespace papilio::nn
{

inline constexpr double adamBeta1 = 0.9;
inline constexpr double adamBeta2 = 0.999;
inline constexpr double adamEpsilon = 1e-8;

/// The step count as a tensor of two floats, [step div 2²⁴, step mod 2²⁴]: exact for every count that can be reached.
HostTensor stepToTensor(std::int64_t step);
Result<std::int64_t> stepFromTensor(const HostTensor& tensor);

/// Factor that brings a gradient of that norm down to the largest norm allowed (0 = any).
double clipFactor(double norm, double largest);

/// Adam in plain C++, over named tensors.
class AdamState
{
public:
    void reset(const TensorMap& weights); ///< zero moments for these weights
    void step(TensorMap& weights, const TensorMap& gradients, const StepSettings& settings, double gradientNorm);
    TensorMap toTensors() const;
    Result<> fromTensors(const TensorMap& tensors); ///< names and shapes have been checked

private:
    TensorMap m_first, m_second;
    std::int64_t m_step = 0;
};

} // namespace papilio::nn
