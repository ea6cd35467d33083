// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/updatekernels.h"

#include <algorithm>

#include "nn/kernelmath.h"

namespace papilio::nn::kernels
{

using std::int64_t;

PAPILIO_CLONES void addUp(std::span<const float* const> parts, int64_t count, double* sum)
{
    constexpr int64_t block = 1024; // stays in the first cache while the parts come by
    for (int64_t first = 0; first < count; first += block) {
        const int64_t end = std::min(count, first + block);
        std::fill(sum + first, sum + end, 0.0);
        for (const float* part : parts) {
#pragma omp simd
            for (int64_t i = first; i < end; ++i) {
                sum[i] += static_cast<double>(part[i]);
            }
        }
    }
}

PAPILIO_CLONES double roundSums(int64_t count, const double* sum, float* rounded)
{
    double squares = 0;
#pragma omp simd reduction(+ : squares)
    for (int64_t i = 0; i < count; ++i) {
        rounded[i] = static_cast<float>(sum[i]);
        squares += static_cast<double>(rounded[i]) * static_cast<double>(rounded[i]);
    }
    return squares;
}

PAPILIO_CLONES void adam(const AdamStep& step, int64_t count, const float* gradient, const float* rates, float* first,
                         float* second, float* weights)
{
    const AdamStep s = step;
#pragma omp simd
    for (int64_t i = 0; i < count; ++i) {
        const float g = gradient[i];
        const float m = s.beta1 * first[i] + s.share1 * g;
        const float v = s.beta2 * second[i] + s.share2 * g * g;
        const float size = std::sqrt(v) * s.correction + s.epsilon;
        first[i] = m;
        second[i] = v;
        weights[i] -= s.rate * m / (rates ? size / rates[i] : size);
    }
}

} // namespace papilio::nn::kernels
