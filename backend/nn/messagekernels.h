// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "nn/kernels.h"

/// Whole steps of message passing in one loop over the edges, as in kernels.h: one thread, one fixed order. Nothing of
/// them is laid out edge by edge but what later layers or the backward pass ask for.
namespace papilio::nn::kernels
{

/// GatedGCN. Of each atom there are four rows side by side, a ‖ b ‖ d ‖ e, each of 'width'. For an edge s → r:
/// z = d(r) + e(s) + c(edge); y(i) = a(i) + Σ σ(z) b(s) / (Σ σ(z) + floor) over the in-edges of i.
struct GatedLayer {
    Edges edges;
    std::int64_t nodes = 0, width = 0;
    float floor = 0;
};
/// gates = σ(z), edges × width; quotient = Σ σ b / sum and sum = Σ σ + floor, nodes × width: for the backward pass.
/// z and gates may be null: nobody asks for them.
void gatedSums(const GatedLayer& layer, const float* parts, const float* ofEdges, float* z, float* gates, float* y,
               float* quotient, float* sum);
/// gradientZ may be null: nothing else looked at z. gradientParts: nodes × 4 width; gradientEdges: edges × width.
void gatedSumsBackward(const GatedLayer& layer, const float* gradientY, const float* gradientZ, const float* parts,
                       const float* gates, const float* quotient, const float* sum, float* gradientParts,
                       float* gradientEdges);

/// MPNN++. Each atom's sums of what is around it, side by side, then itself:
/// Σ edge ‖ Σ x(sender) over its in-edges, Σ edge ‖ Σ x(receiver) over its out-edges, x. Where every bond is there in both
/// directions, the two sums of x are the same, and the second may be left out.
struct AroundLayer {
    Edges edges;
    std::int64_t nodes = 0, width = 0, edgeWidth = 0;
    bool once = false; ///< no Σ x(receiver)

    std::int64_t outWidth() const { return 2 * edgeWidth + (once ? 2 : 3) * width; }
    std::int64_t self() const { return outWidth() - width; } ///< where x stands
};
/// True if each two edges are one bond's.
bool bothWays(const Edges& edges);
void sumAround(const AroundLayer& layer, const float* x, const float* ofEdges, float* y);
void sumAroundBackward(const AroundLayer& layer, const float* gradient, float* gradientX, float* gradientEdges);

/// What follows a map of both ends and the edge: for an edge s → r the row z = a(r) + b(s) + c(edge), and the layer on
/// it (rowLayer). z: edges × width, kept for the backward pass. Without slope, where nobody will ask for gradients, z is
/// the result, and nothing else is touched; then there must be no dropout.
void joinLayer(const Edges& edges, const RowLayer& layer, const float* a, const float* b, const float* c,
               const float* gamma, const float* beta, float* z, float* y, float* slope, float* mean, float* rstd);
/// out.x is the gradient by c; those by a and b (nodes × width) are added to what is there.
void joinLayerBackward(const Edges& edges, const RowLayer& layer, const float* gradient, const float* z,
                       const float* gamma, const float* slope, const float* mean, const float* rstd,
                       const RowLayerGradients& out, float* gradientA, float* gradientB);

} // namespace papilio::nn::kernels
