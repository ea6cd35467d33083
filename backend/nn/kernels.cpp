// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/kernels.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.h"
#include "nn/kernelmath.h"

namespace papilio::nn::kernels
{

namespace
{

using std::int64_t;
using std::uint32_t;
using std::uint64_t;

constexpr int64_t rowsAtATime = 16; ///< stay in the first cache between two loops over them

struct GeluValue {
    float value;
    float slope;
};

/// x Φ(x) and its derivative. Φ(−a) = φ(a) · (Mills ratio of a); the ratio is a polynomial in 1/(1 + 0.3 a), fitted to
/// 4e-9.
PAPILIO_INLINE GeluValue gelu(float x)
{
    const float a = std::abs(x);
    const float density = 0.3989422804F * exponential(-0.5F * a * a);
    const float t = 1.0F / (1.0F + 0.3F * a);
    float p = -0.05209552292F;
    p = p * t + 0.2840913175F;
    p = p * t + -0.5775469644F;
    p = p * t + 0.4883119095F;
    p = p * t + -0.205573397F;
    p = p * t + 0.244595792F;
    p = p * t + 0.195239242F;
    p = p * t + 0.2765906419F;
    p = p * t + 0.2996894084F;
    p = p * t + 0.3000117061F;
    const float tail = density * t * p;
    const float below = x > 0 ? 1.0F - tail : tail;
    return {x * below, below + x * density};
}

/// Sixteen random bits for each of two columns, from one 32-bit mix of the column under the row's key.
PAPILIO_INLINE uint32_t mixColumn(uint32_t column, uint32_t key1, uint32_t key2)
{
    uint32_t h = column * 0x9e3779b9U + key1;
    h ^= h >> 16U;
    h *= 0x7feb352dU;
    h ^= h >> 15U;
    h = (h + key2) * 0x846ca68bU;
    h ^= h >> 16U;
    return h;
}

PAPILIO_INLINE void maskRow(const Dropout& dropout, int64_t row, int64_t width, float* mask)
{
    if (dropout.threshold == 0) {
        for (int64_t c = 0; c < width; ++c) {
            mask[c] = 1.0F;
        }
        return;
    }
    const uint64_t key = rowKey(dropout, row);
    const auto key1 = static_cast<uint32_t>(key);
    const auto key2 = static_cast<uint32_t>(key >> 32U);
    const uint32_t threshold = dropout.threshold;
    const float scale = dropout.scale;
    const int64_t half = (width + 1) / 2;
    const int64_t rest = width - half;
    float* second = mask + half;
#pragma omp simd
    for (int64_t c = 0; c < rest; ++c) {
        const uint32_t h = mixColumn(static_cast<uint32_t>(c), key1, key2);
        mask[c] = (h & 0xffffU) < threshold ? 0.0F : scale;
        second[c] = (h >> 16U) < threshold ? 0.0F : scale;
    }
    if (rest < half) {
        mask[rest] = (mixColumn(static_cast<uint32_t>(rest), key1, key2) & 0xffffU) < threshold ? 0.0F : scale;
    }
}

/// What is in front of the activation: the value itself, or what the norm makes of it. Known when it is compiled: a loop
/// that asks in between is not vectorised.
template <bool norm>
PAPILIO_INLINE float normalised(float x, float mean, float rstd, const float* gamma, const float* beta, int64_t c)
{
    if constexpr (norm) {
        return (x - mean) * rstd * gamma[c] + beta[c];
    }
    return x;
}

/// One row: s holds the mask on entry and the slope on return.
template <Activation activation, bool norm>
PAPILIO_INLINE void activateRow(int64_t width, const float* x, float mean, float rstd, const float* gamma,
                                const float* beta, float* y, float* s)
{
#pragma omp simd
    for (int64_t c = 0; c < width; ++c) {
        const float z = normalised<norm>(x[c], mean, rstd, gamma, beta, c);
        if constexpr (activation == Activation::Relu) {
            // A value that is not a number stays one, so that the loss shows it.
            const float mask = s[c];
            y[c] = (z <= 0 ? 0.0F : z) * mask;
            s[c] = z > 0 ? mask : 0.0F;
        } else if constexpr (activation == Activation::Gelu) {
            const GeluValue g = gelu(z);
            y[c] = g.value * s[c];
            s[c] *= g.slope;
        } else {
            y[c] = z * s[c];
        }
    }
}

/// One row in place, its values alone.
template <Activation activation, bool norm>
PAPILIO_INLINE void finishRow(int64_t width, float mean, float rstd, const float* gamma, const float* beta, float* x)
{
#pragma omp simd
    for (int64_t c = 0; c < width; ++c) {
        const float z = normalised<norm>(x[c], mean, rstd, gamma, beta, c);
        if constexpr (activation == Activation::Relu) {
            x[c] = z <= 0 ? 0.0F : z;
        } else if constexpr (activation == Activation::Gelu) {
            x[c] = gelu(z).value;
        } else {
            x[c] = z;
        }
    }
}

template <bool norm>
PAPILIO_INLINE void activateRow(Activation activation, int64_t width, const float* x, float mean, float rstd,
                                const float* gamma, const float* beta, float* y, float* s)
{
    switch (activation) {
    case Activation::None: activateRow<Activation::None, norm>(width, x, mean, rstd, gamma, beta, y, s); break;
    case Activation::Relu: activateRow<Activation::Relu, norm>(width, x, mean, rstd, gamma, beta, y, s); break;
    case Activation::Gelu: activateRow<Activation::Gelu, norm>(width, x, mean, rstd, gamma, beta, y, s); break;
    }
}

template <bool norm>
PAPILIO_INLINE void finishRow(Activation activation, int64_t width, float mean, float rstd, const float* gamma,
                              const float* beta, float* x)
{
    switch (activation) {
    case Activation::None: finishRow<Activation::None, norm>(width, mean, rstd, gamma, beta, x); break;
    case Activation::Relu: finishRow<Activation::Relu, norm>(width, mean, rstd, gamma, beta, x); break;
    case Activation::Gelu: finishRow<Activation::Gelu, norm>(width, mean, rstd, gamma, beta, x); break;
    }
}

} // namespace

Dropout Dropout::of(double share, uint64_t seed, int64_t firstRow)
{
    Dropout dropout{seed, firstRow, static_cast<uint32_t>(std::lround(share * 65536)), 1};
    // The scale belongs to the share that is really dropped, so that the mean stays exact.
    dropout.scale = static_cast<float>(65536.0 / (65536.0 - dropout.threshold));
    return dropout;
}

uint64_t rowKey(const Dropout& dropout, int64_t row)
{
    return mixSeed(dropout.seed, static_cast<uint64_t>(dropout.firstRow + row));
}

PAPILIO_CLONES void dropoutMask(const Dropout& dropout, int64_t rows, int64_t width, float* mask)
{
    for (int64_t r = 0; r < rows; ++r) {
        maskRow(dropout, r, width, mask + r * width);
    }
}

PAPILIO_CLONES void rowLayer(const RowLayer& layer, const float* x, const float* gamma, const float* beta, float* y,
                             float* slope, float* mean, float* rstd)
{
    const int64_t width = layer.width;
    std::vector<float> scratch(slope ? 0 : static_cast<std::size_t>(width));
    for (int64_t r = 0; r < layer.rows; ++r) {
        const float* row = x + r * width;
        float* s = slope ? slope + r * width : scratch.data();
        if (gamma && r % rowsAtATime == 0) {
            rowStatistics(std::min(rowsAtATime, layer.rows - r), width, row, mean + r, rstd + r);
        }
        const float rowMean = gamma ? mean[r] : 0.0F;
        const float rowScale = gamma ? rstd[r] : 1.0F;
        maskRow(layer.dropout, r, width, s);
        float* to = y + r * width;
        gamma ? activateRow<true>(layer.activation, width, row, rowMean, rowScale, gamma, beta, to, s)
              : activateRow<false>(layer.activation, width, row, rowMean, rowScale, gamma, beta, to, s);
    }
}

PAPILIO_CLONES void biasedRowLayer(const RowLayer& layer, const float* bias, float* x, const float* gamma,
                                   const float* beta, float* y, float* slope, float* mean, float* rstd)
{
    const int64_t width = layer.width;
    if (!bias) {
        return rowLayer(layer, x, gamma, beta, y, slope, mean, rstd);
    }
    for (int64_t first = 0; first < layer.rows; first += rowsAtATime) {
        RowLayer part = layer;
        part.rows = std::min(rowsAtATime, layer.rows - first);
        part.dropout.firstRow += first;
        for (int64_t r = first; r < first + part.rows; ++r) {
            addRow(width, bias, x + r * width);
        }
        const int64_t start = first * width;
        rowLayer(part, x + start, gamma, beta, y + start, slope ? slope + start : nullptr, gamma ? mean + first : nullptr,
                 gamma ? rstd + first : nullptr);
    }
}

PAPILIO_CLONES void finishRows(const RowLayer& layer, const float* bias, const float* gamma, const float* beta, float* x)
{
    const int64_t width = layer.width;
    float mean[rowsAtATime] = {};
    float rstd[rowsAtATime] = {};
    for (int64_t first = 0; first < layer.rows; first += rowsAtATime) {
        const int64_t end = std::min(first + rowsAtATime, layer.rows);
        for (int64_t r = first; bias && r < end; ++r) {
            addRow(width, bias, x + r * width);
        }
        if (gamma) {
            rowStatistics(end - first, width, x + first * width, mean, rstd);
        }
        for (int64_t r = first; r < end; ++r) {
            gamma ? finishRow<true>(layer.activation, width, mean[r - first], rstd[r - first], gamma, beta, x + r * width)
                  : finishRow<false>(layer.activation, width, 0, 1, gamma, beta, x + r * width);
        }
    }
}

PAPILIO_CLONES void sumNeighbours(const Edges& edges, bool withSelf, int64_t nodes, int64_t width, const float* x,
                                  float* y)
{
    if (withSelf) {
        std::copy_n(x, nodes * width, y);
    } else {
        std::fill_n(y, nodes * width, 0.0F);
    }
    for (int64_t e = 0; e < edges.count; ++e) {
        addRow(width, x + (edges.senders[e] - edges.firstNode) * width,
               y + (edges.receivers[e] - edges.firstNode) * width);
    }
}

PAPILIO_CLONES void sumMessages(const Edges& edges, int64_t nodes, int64_t width, const float* x, const float* bonds,
                                const std::int32_t* kinds, float* y)
{
    std::copy_n(x, nodes * width, y);
    for (int64_t e = 0; e < edges.count; ++e) {
        const float* from = x + (edges.senders[e] - edges.firstNode) * width;
        const float* bond = bonds + (kinds ? kinds[e] : e) * width;
        float* to = y + (edges.receivers[e] - edges.firstNode) * width;
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            const float message = from[c] + bond[c];
            to[c] += message <= 0 ? 0.0F : message;
        }
    }
}

PAPILIO_CLONES void sumMessagesBackward(const Edges& edges, int64_t nodes, int64_t width, const float* gradient,
                                        const float* x, const float* bonds, float* gradientX, float* gradientBonds)
{
    std::copy_n(gradient, nodes * width, gradientX);
    for (int64_t e = 0; e < edges.count; ++e) {
        const int64_t sender = (edges.senders[e] - edges.firstNode) * width;
        const float* g = gradient + (edges.receivers[e] - edges.firstNode) * width;
        const float* bond = bonds + e * width;
        float* toBond = gradientBonds + e * width;
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            const float slope = g[c];
            toBond[c] = x[sender + c] + bond[c] > 0 ? slope : 0.0F;
        }
        addRow(width, toBond, gradientX + sender);
    }
}

PAPILIO_CLONES void pairFeatures(const Edges& edges, int64_t width, const float* x, float* y)
{
    for (int64_t e = 0; e < edges.count; ++e) {
        const float* u = x + (edges.senders[e] - edges.firstNode) * width;
        const float* v = x + (edges.receivers[e] - edges.firstNode) * width;
        float* row = y + 2 * e * width;
        for (int64_t c = 0; c < width; ++c) {
            row[c] = u[c] + v[c];
            row[width + c] = std::abs(u[c] - v[c]);
        }
    }
}

PAPILIO_CLONES void pairFeaturesBackward(const Edges& edges, int64_t nodes, int64_t width, const float* gradient,
                                         const float* x, float* gradientX)
{
    std::fill_n(gradientX, nodes * width, 0.0F);
    for (int64_t e = 0; e < edges.count; ++e) {
        const int64_t u = (edges.senders[e] - edges.firstNode) * width;
        const int64_t v = (edges.receivers[e] - edges.firstNode) * width;
        const float* g = gradient + 2 * e * width;
        for (int64_t c = 0; c < width; ++c) {
            const float gap = x[u + c] - x[v + c];
            const float signedGradient = gap > 0 ? g[width + c] : gap < 0 ? -g[width + c] : 0.0F;
            gradientX[u + c] += g[c] + signedGradient;
            gradientX[v + c] += g[c] - signedGradient;
        }
    }
}

PAPILIO_CLONES void pool(Reduce reduce, const int64_t* start, int64_t segments, int64_t width, const float* x, float* y)
{
    std::fill_n(y, segments * width, 0.0F);
    for (int64_t i = 0; i < segments; ++i) {
        float* row = y + i * width;
        const int64_t first = start[i] - start[0];
        const int64_t end = start[i + 1] - start[0];
        for (int64_t r = first; r < end; ++r) {
            if (reduce != Reduce::Max || r == first) {
                addRow(width, x + r * width, row);
                continue;
            }
            for (int64_t c = 0; c < width; ++c) {
                const float value = x[r * width + c];
                row[c] = value > row[c] || value != value ? value : row[c];
            }
        }
        if (reduce == Reduce::Mean && end > first) {
            for (int64_t c = 0; c < width; ++c) {
                row[c] /= static_cast<float>(end - first);
            }
        }
    }
}

PAPILIO_CLONES void poolBackward(Reduce reduce, const int64_t* start, int64_t segments, int64_t width,
                                 const float* gradient, const float* x, const float* y, float* gradientX)
{
    for (int64_t i = 0; i < segments; ++i) {
        const float* g = gradient + i * width;
        const int64_t first = start[i] - start[0];
        const int64_t end = start[i + 1] - start[0];
        if (reduce != Reduce::Max) {
            const float share = reduce == Reduce::Mean ? 1.0F / static_cast<float>(end - first) : 1.0F;
            for (int64_t r = first; r < end; ++r) {
                for (int64_t c = 0; c < width; ++c) {
                    gradientX[r * width + c] = share * g[c];
                }
            }
            continue;
        }
        for (int64_t c = 0; c < width; ++c) {
            float equal = 0;
            for (int64_t r = first; r < end; ++r) {
                equal += x[r * width + c] == y[i * width + c] ? 1.0F : 0.0F;
            }
            for (int64_t r = first; r < end; ++r) {
                gradientX[r * width + c] = x[r * width + c] == y[i * width + c] ? g[c] / equal : 0.0F;
            }
        }
    }
}

PAPILIO_CLONES void pairLayer(const PairLayer& layer, const float* values, const float* vectors, const float* weight,
                              const float* bias, float* y)
{
    const int64_t width = layer.width;
    std::vector<float> mask(static_cast<std::size_t>(width));
    std::vector<float> columns(2 * static_cast<std::size_t>(width)); // the weight's two columns, each in one piece
    float* forValue = columns.data();
    float* forVector = forValue + width;
    float* m = mask.data();
    for (int64_t c = 0; c < width; ++c) {
        forValue[c] = weight[2 * c];
        forVector[c] = weight[2 * c + 1];
    }
    std::fill_n(y, layer.atoms * width, 0.0F);
    for (int64_t row = 0; row < layer.atoms * layer.pairs; ++row) {
        float* out = y + row / layer.pairs * width;
        const float value = values[row];
        const float vector = vectors[row];
        maskRow(layer.dropout, row, width, m);
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            const float z = forValue[c] * value + forVector[c] * vector + bias[c];
            out[c] += (z <= 0 ? 0.0F : z) * m[c];
        }
    }
}

PAPILIO_CLONES void pairLayerBackward(const PairLayer& layer, const float* gradient, const float* values,
                                      const float* vectors, const float* weight, const float* bias,
                                      float* gradientWeight, float* gradientBias)
{
    const int64_t width = layer.width;
    std::vector<float> scratch(6 * static_cast<std::size_t>(width), 0.0F);
    float* m = scratch.data();
    float* forValue = m + width;
    float* forVector = forValue + width;
    float* sumValue = forVector + width;
    float* sumVector = sumValue + width;
    float* sumBias = sumVector + width;
    for (int64_t c = 0; c < width; ++c) {
        forValue[c] = weight[2 * c];
        forVector[c] = weight[2 * c + 1];
    }
    for (int64_t row = 0; row < layer.atoms * layer.pairs; ++row) {
        const float* g = gradient + row / layer.pairs * width;
        const float value = values[row];
        const float vector = vectors[row];
        maskRow(layer.dropout, row, width, m);
#pragma omp simd
        for (int64_t c = 0; c < width; ++c) {
            const float z = forValue[c] * value + forVector[c] * vector + bias[c];
            const float masked = g[c] * m[c];
            const float slope = z > 0 ? masked : 0.0F;
            sumValue[c] += slope * value;
            sumVector[c] += slope * vector;
            sumBias[c] += slope;
        }
    }
    for (int64_t c = 0; c < width; ++c) {
        gradientWeight[2 * c] = sumValue[c];
        gradientWeight[2 * c + 1] = sumVector[c];
        gradientBias[c] = sumBias[c];
    }
}

} // namespace papilio::nn::kernels
