// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "nn/model.h"
#include "nn/safetensors.h"

namespace papilio::nn
{

/// The step count as a tensor of two floats, [step div 2²⁴, step mod 2²⁴]: exact for every count that can be reached.
HostTensor stepToTensor(std::int64_t step);
Result<std::int64_t> stepFromTensor(const HostTensor& tensor);

/// Factor that brings a gradient of that norm down to the largest norm allowed (0 = any).
double clipFactor(double norm, double largest);

/// Adam and AdamW in plain C++, over named tensors.
class AdamState
{
public:
    void reset(const TensorMap& weights); ///< zero moments for these weights
    void step(TensorMap& weights, const TensorMap& gradients, const StepSettings& settings, double gradientNorm);
    const TensorMap& average() const { return m_average; } ///< empty if none is kept
    TensorMap toTensors() const;
    /// Refuses what is not a state of these weights.
    Result<> fromTensors(const TensorMap& tensors);

private:
    TensorMap m_first, m_second, m_average;
    std::int64_t m_step = 0;
};

} // namespace papilio::nn
