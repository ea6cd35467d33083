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

/// So many rows at once: what they have in common is read and written once.
template <int rows>
PAPILIO_INLINE void normRowsBackward(int64_t width, const float* __restrict g, const float* __restrict slope,
                                     const float* __restrict x, const float* mean, const float* rstd,
                                     const float* __restrict gamma, float* __restrict gradientX,
                                     float* __restrict gradientBias, float* __restrict gradientGamma,
                                     float* __restrict gradientBeta)
{
    float sum[rows] = {};
    float product[rows] = {};
    for (int64_t c = 0; c < width; ++c) {
        float byGamma = gradientGamma[c];
        float byBeta = gradientBeta[c];
        for (int r = 0; r < rows; ++r) {
            const float gz = g[r * width + c] * slope[r * width + c];
            const float normal = (x[r * width + c] - mean[r]) * rstd[r];
            byGamma += gz * normal;
            byBeta += gz;
            sum[r] += gz * gamma[c];
            product[r] += gz * gamma[c] * normal;
        }
        gradientGamma[c] = byGamma;
        gradientBeta[c] = byBeta;
    }
    for (int r = 0; r < rows; ++r) {
        sum[r] /= static_cast<float>(width);
        product[r] /= static_cast<float>(width);
    }
    for (int64_t c = 0; c < width; ++c) {
        float byBias = gradientBias[c];
        for (int r = 0; r < rows; ++r) {
            const float gz = g[r * width + c] * slope[r * width + c] * gamma[c];
            const float gx = rstd[r] * (gz - sum[r] - (x[r * width + c] - mean[r]) * rstd[r] * product[r]);
            gradientX[r * width + c] = gx;
            byBias += gx;
        }
        gradientBias[c] = byBias;
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
    constexpr int together = 2;
    const int64_t width = layer.width;
    int64_t r = 0;
    for (; gamma && r + together <= layer.rows; r += together) {
        normRowsBackward<together>(width, gradient + r * width, slope + r * width, x + r * width, mean + r, rstd + r,
                                   gamma, out.x + r * width, out.bias, out.gamma, out.beta);
    }
    for (; gamma && r < layer.rows; ++r) {
        normRowsBackward<1>(width, gradient + r * width, slope + r * width, x + r * width, mean + r, rstd + r, gamma,
                            out.x + r * width, out.bias, out.gamma, out.beta);
    }
    for (; r < layer.rows; ++r) {
        const float* g = gradient + r * width;
        const float* s = slope + r * width;
        float* gz = out.x + r * width;
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            gz[c] = g[c] * s[c];
            out.bias[c] += gz[c];
        }
    }
}

} // namespace papilio::nn::kernels
