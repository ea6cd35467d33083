// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/functions.h"

/// The steps of message passing of messagekernels.h as differentiable operations, for the CPU. The layers have the same
/// in smaller operations for other devices.
namespace papilio::nn
{

struct GatedSums {
    Tensor nodes; ///< atoms × width
    Tensor edges; ///< z, edges × width; undefined unless wanted
};
/// parts: atoms × 4 width, a ‖ b ‖ d ‖ e; see kernels::GatedLayer.
GatedSums gatedSums(const Tensor& parts, const Tensor& ofEdges, double floor, bool wantsEdges, const Pass& pass);

/// atoms × (2 · width of edges + 3 · width); see kernels::AroundLayer. 'once': as there.
Tensor sumAround(const Tensor& x, const Tensor& ofEdges, bool once, const Pass& pass);
/// The columns of a weight for what sumAround() gives 'once': those of both sums of x are added up.
Tensor weightOnce(const Tensor& weight, std::int64_t edgeWidth, std::int64_t width);

/// dense() of [x(receiver) ‖ x(sender) ‖ ofEdges(edge)] for each edge, the linear map on atoms and edges apart.
Tensor denseJoined(const Tensor& x, const Tensor& ofEdges, const LinearWeights& weights,
                   kernels::Activation activation, const kernels::Dropout& dropout, const Pass& pass);

/// nn::sumMessages with a row of the table for each kind of bond; without gradients.
Tensor sumKindMessages(const Tensor& x, const Tensor& table, const std::vector<std::int32_t>& kinds, const Pass& pass);

} // namespace papilio::nn
