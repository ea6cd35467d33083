// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/edgekernels.h"

#include <algorithm>

#include "nn/kernelmath.h"

namespace papilio::nn::kernels
{

using std::int32_t;
using std::int64_t;

void takeRows(const int64_t* index, int64_t count, int64_t width, const float* x, float* y)
{
    for (int64_t i = 0; i < count; ++i) {
        std::copy_n(x + index[i] * width, width, y + i * width);
    }
}

PAPILIO_CLONES void addRows(const int64_t* index, int64_t count, int64_t width, const float* values, float* y)
{
    for (int64_t i = 0; i < count; ++i) {
        const float* from = values + i * width;
        float* to = y + index[i] * width;
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            to[c] += from[c];
        }
    }
}

PAPILIO_CLONES void joinRows(const int64_t* first, const int64_t* second, int64_t count, int64_t width, const float* a,
                             const float* b, const float* c, float* y)
{
    for (int64_t i = 0; i < count; ++i) {
        const float* one = a + first[i] * width;
        const float* two = b + second[i] * width;
        float* to = y + i * width;
        if (c) {
            const float* own = c + i * width;
#pragma omp simd
            for (int64_t k = 0; k < width; ++k) {
                to[k] = one[k] + two[k] + own[k];
            }
        } else {
#pragma omp simd
            for (int64_t k = 0; k < width; ++k) {
                to[k] = one[k] + two[k];
            }
        }
    }
}

PAPILIO_CLONES void extremeRows(bool smallest, const int64_t* index, int64_t count, int64_t rows, int64_t width,
                                const float* values, float* y, int32_t* which)
{
    std::fill_n(y, rows * width, 0.0F);
    std::fill_n(which, rows * width, -1);
    const float sign = smallest ? -1.0F : 1.0F;
    for (int64_t i = 0; i < count; ++i) {
        const float* from = values + i * width;
        float* best = y + index[i] * width;
        int32_t* at = which + index[i] * width;
        const auto number = static_cast<int32_t>(i);
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            const bool wins = at[c] < 0 || sign * from[c] > sign * best[c] || from[c] != from[c];
            best[c] = wins ? from[c] : best[c];
            at[c] = wins ? number : at[c];
        }
    }
}

void extremeRowsBackward(int64_t rows, int64_t width, const float* gradient, const int32_t* which,
                         float* gradientValues)
{
    for (int64_t i = 0; i < rows * width; ++i) {
        if (which[i] >= 0) {
            gradientValues[which[i] * width + i % width] += gradient[i];
        }
    }
}

} // namespace papilio::nn::kernels
