// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/messagekernels.h"

#include <algorithm>
#include <vector>

#include "nn/kernelmath.h"

namespace papilio::nn::kernels
{

using std::int64_t;

namespace
{

constexpr int64_t rowsAtATime = 16; ///< stay in the first cache between two loops over them

RowLayer rowsOf(const RowLayer& layer, int64_t first, int64_t count)
{
    RowLayer part = layer;
    part.rows = count;
    part.dropout.firstRow += first;
    return part;
}

} // namespace

PAPILIO_CLONES void gatedSums(const GatedLayer& layer, const float* parts, const float* ofEdges, float* z, float* gates,
                              float* y, float* quotient, float* sum)
{
    const int64_t width = layer.width;
    const Edges& edges = layer.edges;
    std::fill_n(quotient, layer.nodes * width, 0.0F);
    std::fill_n(sum, layer.nodes * width, layer.floor);
    std::vector<float> unwanted(z && gates ? 0 : static_cast<std::size_t>(2 * width));
    for (int64_t i = 0; i < edges.count; ++i) {
        const int64_t s = edges.senders[i] - edges.firstNode;
        const int64_t r = edges.receivers[i] - edges.firstNode;
        const float* b = parts + (4 * s + 1) * width;
        const float* d = parts + (4 * r + 2) * width;
        const float* e = parts + (4 * s + 3) * width;
        const float* c = ofEdges + i * width;
        float* ownZ = z ? z + i * width : unwanted.data();
        float* gate = gates ? gates + i * width : unwanted.data() + width;
        float* product = quotient + r * width;
        float* total = sum + r * width;
#pragma omp simd
        for (int64_t k = 0; k < width; ++k) {
            const float value = d[k] + e[k] + c[k];
            const float open = logistic(value);
            ownZ[k] = value;
            gate[k] = open;
            product[k] += open * b[k];
            total[k] += open;
        }
    }
    for (int64_t n = 0; n < layer.nodes; ++n) {
        const float* a = parts + 4 * n * width;
        float* product = quotient + n * width;
        const float* total = sum + n * width;
        float* to = y + n * width;
#pragma omp simd
        for (int64_t k = 0; k < width; ++k) {
            product[k] /= total[k];
            to[k] = a[k] + product[k];
        }
    }
}

PAPILIO_CLONES void gatedSumsBackward(const GatedLayer& layer, const float* gradientY, const float* gradientZ,
                                      const float* parts, const float* gates, const float* quotient, const float* sum,
                                      float* gradientParts, float* gradientEdges)
{
    const int64_t width = layer.width;
    const Edges& edges = layer.edges;
    for (int64_t n = 0; n < layer.nodes; ++n) {
        std::copy_n(gradientY + n * width, width, gradientParts + 4 * n * width);
        std::fill_n(gradientParts + (4 * n + 1) * width, 3 * width, 0.0F);
    }
    for (int64_t i = 0; i < edges.count; ++i) {
        const int64_t s = edges.senders[i] - edges.firstNode;
        const int64_t r = edges.receivers[i] - edges.firstNode;
        const float* g = gradientY + r * width;
        const float* b = parts + (4 * s + 1) * width;
        const float* gate = gates + i * width;
        const float* middle = quotient + r * width;
        const float* total = sum + r * width;
        const float* further = gradientZ ? gradientZ + i * width : nullptr;
        float* toB = gradientParts + (4 * s + 1) * width;
        float* toEdge = gradientEdges + i * width;
        if (further) {
            std::copy_n(further, width, toEdge);
        } else {
            std::fill_n(toEdge, width, 0.0F);
        }
#pragma omp simd
        for (int64_t k = 0; k < width; ++k) {
            const float share = g[k] / total[k];
            const float open = gate[k];
            toB[k] += share * open;
            toEdge[k] += share * (b[k] - middle[k]) * open * (1.0F - open);
        }
        addRow(width, toEdge, gradientParts + (4 * r + 2) * width);
        addRow(width, toEdge, gradientParts + (4 * s + 3) * width);
    }
}

bool bothWays(const Edges& edges)
{
    bool both = edges.count % 2 == 0;
    for (int64_t i = 0; both && i < edges.count; i += 2) {
        both = edges.senders[i] == edges.receivers[i + 1] && edges.receivers[i] == edges.senders[i + 1];
    }
    return both;
}

PAPILIO_CLONES void sumAround(const AroundLayer& layer, const float* x, const float* ofEdges, float* y)
{
    const int64_t width = layer.width;
    const int64_t edgeWidth = layer.edgeWidth;
    const int64_t outWidth = layer.outWidth();
    const int64_t half = edgeWidth + width;
    const int64_t self = layer.self();
    for (int64_t n = 0; n < layer.nodes; ++n) {
        std::fill_n(y + n * outWidth, self, 0.0F);
        std::copy_n(x + n * width, width, y + n * outWidth + self);
    }
    const Edges& edges = layer.edges;
    for (int64_t i = 0; i < edges.count; ++i) {
        const int64_t s = edges.senders[i] - edges.firstNode;
        const int64_t r = edges.receivers[i] - edges.firstNode;
        float* in = y + r * outWidth;
        float* out = y + s * outWidth + half;
        addRow(edgeWidth, ofEdges + i * edgeWidth, in);
        addRow(width, x + s * width, in + edgeWidth);
        addRow(edgeWidth, ofEdges + i * edgeWidth, out);
        if (!layer.once) {
            addRow(width, x + r * width, out + edgeWidth);
        }
    }
}

PAPILIO_CLONES void sumAroundBackward(const AroundLayer& layer, const float* gradient, float* gradientX,
                                      float* gradientEdges)
{
    const int64_t width = layer.width;
    const int64_t edgeWidth = layer.edgeWidth;
    const int64_t outWidth = layer.outWidth();
    const int64_t half = edgeWidth + width;
    const int64_t self = layer.self();
    for (int64_t n = 0; n < layer.nodes; ++n) {
        std::copy_n(gradient + n * outWidth + self, width, gradientX + n * width);
    }
    const Edges& edges = layer.edges;
    for (int64_t i = 0; i < edges.count; ++i) {
        const int64_t s = edges.senders[i] - edges.firstNode;
        const int64_t r = edges.receivers[i] - edges.firstNode;
        const float* in = gradient + r * outWidth;
        const float* out = gradient + s * outWidth + half;
        float* toEdge = gradientEdges + i * edgeWidth;
#pragma omp simd
        for (int64_t k = 0; k < edgeWidth; ++k) {
            toEdge[k] = in[k] + out[k];
        }
        addRow(width, in + edgeWidth, gradientX + s * width);
        if (!layer.once) {
            addRow(width, out + edgeWidth, gradientX + r * width);
        }
    }
}

PAPILIO_CLONES void joinLayer(const Edges& edges, const RowLayer& layer, const float* a, const float* b, const float* c,
                              const float* gamma, const float* beta, float* z, float* y, float* slope, float* mean,
                              float* rstd)
{
    const int64_t width = layer.width;
    for (int64_t first = 0; first < edges.count; first += rowsAtATime) {
        const int64_t count = std::min(rowsAtATime, edges.count - first);
        for (int64_t i = first; i < first + count; ++i) {
            const float* one = a + (edges.receivers[i] - edges.firstNode) * width;
            const float* two = b + (edges.senders[i] - edges.firstNode) * width;
            const float* own = c + i * width;
            float* to = z + i * width;
#pragma omp simd
            for (int64_t k = 0; k < width; ++k) {
                to[k] = one[k] + two[k] + own[k];
            }
        }
        if (!slope) { // nobody will ask for gradients
            finishRows(rowsOf(layer, first, count), nullptr, gamma, beta, z + first * width);
            continue;
        }
        rowLayer(rowsOf(layer, first, count), z + first * width, gamma, beta, y + first * width,
                 slope + first * width, gamma ? mean + first : nullptr, gamma ? rstd + first : nullptr);
    }
}

PAPILIO_CLONES void joinLayerBackward(const Edges& edges, const RowLayer& layer, const float* gradient, const float* z,
                                      const float* gamma, const float* slope, const float* mean, const float* rstd,
                                      const RowLayerGradients& out, float* gradientA, float* gradientB)
{
    const int64_t width = layer.width;
    for (int64_t first = 0; first < edges.count; first += rowsAtATime) {
        const int64_t count = std::min(rowsAtATime, edges.count - first);
        RowLayerGradients part = out;
        part.x = out.x + first * width;
        rowLayerBackward(rowsOf(layer, first, count), gradient + first * width, z + first * width, gamma,
                         slope + first * width, gamma ? mean + first : nullptr, gamma ? rstd + first : nullptr, part);
        for (int64_t i = first; i < first + count; ++i) {
            addRow(width, out.x + i * width, gradientA + (edges.receivers[i] - edges.firstNode) * width);
            addRow(width, out.x + i * width, gradientB + (edges.senders[i] - edges.firstNode) * width);
        }
    }
}

} // namespace papilio::nn::kernels
