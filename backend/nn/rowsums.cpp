// SPDX-License-Identifier: GPL-3.0-or-later
// What sums up a row's numbers. This file alone is compiled so that sums may be taken in any order: the lanes of a sum
// are then added up in pairs instead of one after the other. Elsewhere the same formula has to give the same number.
#include <cmath>

#include "nn/kernelmath.h"
#include "nn/kernels.h"

namespace papilio::nn::kernels
{

namespace
{

using std::int64_t;

constexpr float normEpsilon = 1e-5F;

PAPILIO_INLINE void rowStatistics(int64_t width, const float* x, float& mean, float& rstd)
{
    float sum = 0;
    for (int64_t c = 0; c < width; ++c) {
        sum += x[c];
    }
    const float middle = sum / static_cast<float>(width);
    float squares = 0;
    for (int64_t c = 0; c < width; ++c) {
        squares += (x[c] - middle) * (x[c] - middle);
    }
    mean = middle;
    rstd = 1.0F / std::sqrt(squares / static_cast<float>(width) + normEpsilon);
}

/// gz holds the gradient by the scaled normalised value on entry, and that by x on return.
PAPILIO_INLINE void normRowBackward(int64_t width, const float* __restrict x, float mean, float rstd,
                                    const float* __restrict gamma, float* __restrict gradientGamma,
                                    float* __restrict gradientBeta, float* __restrict gradientBias,
                                    float* __restrict gz)
{
    float sum = 0;
    float product = 0;
    for (int64_t c = 0; c < width; ++c) {
        const float normal = (x[c] - mean) * rstd;
        gradientGamma[c] += gz[c] * normal;
        gradientBeta[c] += gz[c];
        gz[c] *= gamma[c];
        sum += gz[c];
        product += gz[c] * normal;
    }
    const float meanSum = sum / static_cast<float>(width);
    const float meanProduct = product / static_cast<float>(width);
    for (int64_t c = 0; c < width; ++c) {
        gz[c] = rstd * (gz[c] - meanSum - (x[c] - mean) * rstd * meanProduct);
        gradientBias[c] += gz[c];
    }
}

} // namespace

PAPILIO_CLONES void rowStatistics(int64_t rows, int64_t width, const float* x, float* mean, float* rstd)
{
    for (int64_t r = 0; r < rows; ++r) {
        rowStatistics(width, x + r * width, mean[r], rstd[r]);
    }
}

PAPILIO_CLONES void rowLayerBackward(const RowLayer& layer, const float* gradient, const float* x, const float* gamma,
                                     const float* slope, const float* mean, const float* rstd,
                                     const RowLayerGradients& out)
{
    const int64_t width = layer.width;
    for (int64_t r = 0; r < layer.rows; ++r) {
        const float* g = gradient + r * width;
        const float* s = slope + r * width;
        float* gz = out.x + r * width;
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            gz[c] = g[c] * s[c];
        }
        if (gamma) {
            normRowBackward(width, x + r * width, mean[r], rstd[r], gamma, out.gamma, out.beta, out.bias, gz);
        } else {
            addRow(width, gz, out.bias);
        }
    }
}

} // namespace papilio::nn::kernels
