// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

// Each loop is compiled for several instruction sets, and the machine's best one is taken. Sanitizers cannot start a
// program with such functions.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#define PAPILIO_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PAPILIO_CLONES
#endif
#define PAPILIO_INLINE inline __attribute__((always_inline))

/// What several files of loops are made of; every function ends up inside the loop that uses it.
namespace papilio::nn::kernels
{

/// e^u for u ≤ 0, to the last bits of a float; a polynomial (fitted to 2e-9), because std::exp does not vectorise.
PAPILIO_INLINE float exponential(float u)
{
    const float scaled = std::max(u, -87.0F) * 1.442695041F;
    const int whole = static_cast<int>(scaled - 0.5F);
    const float f = scaled - static_cast<float>(whole);
    float p = 0.000154614447F;
    p = p * f + 0.001340042818F;
    p = p * f + 0.009618056679F;
    p = p * f + 0.05550327227F;
    p = p * f + 0.2402265092F;
    p = p * f + 0.6931472067F;
    p = p * f + 1.0F;
    return p * std::bit_cast<float>((static_cast<std::uint32_t>(whole) + 127U) << 23U);
}

/// 1 / (1 + e^−z)
PAPILIO_INLINE float logistic(float z)
{
    const float small = exponential(-std::abs(z));
    const float below = 1.0F / (1.0F + small);
    return z > 0 ? below : small * below;
}

PAPILIO_INLINE void addRow(std::int64_t width, const float* from, float* to)
{
#pragma omp simd
    for (std::int64_t c = 0; c < width; ++c) {
        to[c] += from[c];
    }
}

} // namespace papilio::nn::kernels
