// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/layerparts.h"

#include "core/random.h"
#include "nn/plain.h"

namespace papilio::nn
{

LayerMlp::LayerMlp(const std::string& name, int depth, const Ends& ends, const Places& places)
{
    for (int i = 0; i < depth; ++i) {
        const bool last = i == depth - 1;
        const std::string layer = name + ".fully_connected." + std::to_string(i);
        m_layers.push_back({LinearPlaces(layer + ".linear", places),
                            NormPlaces(last ? ends.lastNorm : ends.norm, layer + ".normalization", places),
                            last ? ends.lastActivation : ends.activation, last ? ends.lastDropout : ends.dropout});
    }
}

Tensor LayerMlp::rest(Tensor h, const Weights& weights, Level level, Pass& pass) const
{
    for (std::size_t i = 1; i < m_layers.size(); ++i) {
        const Layer& layer = m_layers[i];
        h = fullyConnected(h, weights, layer.linear, layer.norm, layer.activation, layer.dropout, level, pass);
    }
    return h;
}

Tensor LayerMlp::ofEnds(const Tensor& x, const Tensor& ofEdges, const Weights& weights, Pass& pass) const
{
    const Layer& first = m_layers[0];
    return rest(fullyConnectedJoined(x, ofEdges, weights, first.linear, first.norm, first.activation, first.dropout,
                                     Level::Edge, pass),
                weights, Level::Edge, pass);
}

Tensor LayerMlp::fromFirst(const Tensor& z, const Weights& weights, Level level, Pass& pass) const
{
    const Layer& first = m_layers[0];
    return rest(finishFullyConnected(z, weights, first.norm, first.activation, first.dropout, level, pass), weights,
                level, pass);
}

Tensor LayerMlp::forward(const Tensor& x, const Weights& weights, Level level, Pass& pass,
                         const Tensor& firstWeight) const
{
    const Layer& first = m_layers[0];
    LinearTensors map(weights, first.linear);
    if (firstWeight.defined()) {
        map.weight = firstWeight;
    }
    return rest(fullyConnected(x, weights, map, first.norm, first.activation, first.dropout, level, pass), weights,
                level, pass);
}

Tensor linearPart(const Tensor& x, const Tensor& weight, const Tensor& bias, const Pass& pass)
{
    return dense(x, {weight, bias, Tensor(), Tensor()}, kernels::Activation::None, {}, pass.plain);
}

Tensor dropPath(const Tensor& x, double rate, bool always, Pass& pass)
{
    kernels::Dropout dropout = pass.nextDropout(rate, Level::Graph);
    if (always && !pass.training && rate > 0) {
        dropout = kernels::Dropout::of(rate, mixSeed(pass.seed, pass.layer), pass.shard->firstRow(Level::Graph));
    }
    if (dropout.threshold == 0) {
        return x;
    }
    const Tensor like = at::empty({pass.shard->graphs, 1}, x.options().requires_grad(false));
    return x * plain::dropoutMask(dropout, like).index_select(0, pass.graphOf);
}

LayerEnding::LayerEnding(const LayerPlace& place, const Quirks& quirks, const Places& places)
    : m_norm(place.norm, place.name + ".norm_layer", places), m_activation(place.activation), m_dropout(place.dropout),
      m_dropPath(place.dropPath), m_always(quirks.dropPathAlways)
{
}

Tensor LayerEnding::forward(const Tensor& x, const Weights& weights, Pass& pass) const
{
    const Tensor h = finish(x, weights, m_norm, m_activation, m_dropout, Level::Node, pass);
    return dropPath(h, m_dropPath, m_always, pass);
}

Tensor LayerEnding::forward(const Tensor& x, const LinearPlaces& map, const Weights& weights, Pass& pass) const
{
    const Tensor h = linearFinish(x, weights, map, m_norm, m_activation, m_dropout, Level::Node, pass);
    return dropPath(h, m_dropPath, m_always, pass);
}

Tensor LayerEnding::drop(const Tensor& x, Pass& pass) const
{
    const Tensor h = finish(x, {}, NormPlaces(), Activation::None, m_dropout, Level::Node, pass);
    return dropPath(h, m_dropPath, m_always, pass);
}

} // namespace papilio::nn
