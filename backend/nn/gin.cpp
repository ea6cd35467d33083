// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/layerparts.h"
#include "nn/messageops.h"

namespace papilio::nn
{

namespace
{

/// GIN (Xu et al. 2019, arXiv 1810.00826): MLP(xᵢ + Σ xⱼ). GINE (Hu et al. 2020, arXiv 1905.12265):
/// MLP(xᵢ + Σ relu(xⱼ + W e + b)). The MLP has two layers, the first with the network's norm and activation.
class Gin : public GraphLayer
{
public:
    Gin(bool bonds, const LayerPlace& place, const Quirks& quirks, const Places& places)
        : m_bonds(bonds), m_bond(place.name + ".model.lin", places), m_ending(place, quirks, places)
    {
        const std::string layer = place.name + ".model.nn.fully_connected.";
        m_inner = LinearPlaces(layer + "0.linear", places);
        m_innerNorm = NormPlaces(place.norm, layer + "0.normalization", places);
        m_innerActivation = place.hiddenActivation;
        m_outer = LinearPlaces(layer + "1.linear", places);
    }

    LayerOutput forward(const Weights& weights, const GraphState& state, Pass& pass) const override
    {
        const Tensor sums = m_bonds ? messages(weights, state, pass) : sumNeighbours(state.nodes, true, pass);
        const Tensor h = linearFinish(sums, weights, m_inner, m_innerNorm, m_innerActivation, 0, Level::Node, pass);
        return {m_ending.forward(h, m_outer, weights, pass), Tensor()};
    }

private:
    Tensor messages(const Weights& weights, const GraphState& state, const Pass& pass) const
    {
        const Tensor bonds = linear(state.edges, weights, m_bond, pass);
        return state.kinds != nullptr ? sumKindMessages(state.nodes, bonds, state.kinds->kinds, pass)
                                      : sumMessages(state.nodes, bonds, pass);
    }

    bool m_bonds;
    LinearPlaces m_bond, m_inner, m_outer;
    NormPlaces m_innerNorm;
    Activation m_innerActivation;
    LayerEnding m_ending;
};

} // namespace

std::unique_ptr<GraphLayer> createGin(bool bonds, const LayerPlace& place, const Quirks& quirks, const Places& places)
{
    return std::make_unique<Gin>(bonds, place, quirks, places);
}

} // namespace papilio::nn
