// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

/// From the gradients of a batch's pieces to new weights, in as few walks through the memory as there can be.
namespace papilio::nn::kernels
{

/// sum = Σ of the parts, each rounded nowhere.
void addUp(std::span<const float* const> parts, std::int64_t count, double* sum);
/// Sums in single precision; returns the sum of their squares.
double roundSums(std::int64_t count, const double* sum, float* rounded);

/// One step of Adam: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − rate · m / ((√v · correction + ε) / own rate).
struct AdamStep {
    float beta1 = 0, beta2 = 0, epsilon = 0;
    float share1 = 1, share2 = 1; ///< 1 − β, which a float near 1 does not tell well enough
    float rate = 0;       ///< with the correction of the first moment
    float correction = 1; ///< of the root of the second moment
};
/// rates: a weight's own, or null.
void adam(const AdamStep& step, std::int64_t count, const float* gradient, const float* rates, float* first,
          float* second, float* weights);

} // namespace papilio::nn::kernels
