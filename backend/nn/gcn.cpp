// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/layerparts.h"

namespace papilio::nn
{

namespace
{

/// x'ᵢ = b + Σ W xⱼ over the neighbours: no self loop, no degrees, as published.
class Gcn : public GraphLayer
{
public:
    Gcn(const LayerPlace& place, const Quirks& quirks, const Places& places) : m_ending(place, quirks, places)
    {
        m_map.weight = places.of(place.name + ".model.lin.weight");
        m_map.bias = places.of(place.name + ".model.bias");
    }

    LayerOutput forward(const Weights& weights, const GraphState& state, Pass& pass) const override
    {
        // The map is linear and has no bias inside the sum, so it is applied to the sum.
        return {m_ending.forward(sumNeighbours(state.nodes, false, pass), m_map, weights, pass), Tensor()};
    }

private:
    LinearPlaces m_map;
    LayerEnding m_ending;
};

} // namespace

std::unique_ptr<GraphLayer> createGcn(const LayerPlace& place, const Quirks& quirks, const Places& places)
{
    return std::make_unique<Gcn>(place, quirks, places);
}

} // namespace papilio::nn
