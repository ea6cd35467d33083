// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/edgeops.h"
#include "nn/layerparts.h"

namespace papilio::nn
{

namespace
{

constexpr double gateFloor = 1e-5;

/// Gated graph convolution (Bresson & Laurent 2018, arXiv 1711.07553). For an edge j → i:
/// z = D xᵢ + E xⱼ + C e; x'ᵢ = A xᵢ + Σ σ(z) B xⱼ / (Σ σ(z) + 1e-5); e' = W z.
class GatedGcn : public GraphLayer
{
public:
    GatedGcn(const LayerPlace& place, const Quirks& quirks, const Places& places)
        : m_self(place.name + ".A.linear", places), m_neighbour(place.name + ".B.linear", places),
          m_edge(place.name + ".C.linear", places), m_receiver(place.name + ".D.linear", places),
          m_sender(place.name + ".E.linear", places), m_edgeOut(place.name + ".edge_out.linear", places),
          m_dropout(place.dropout), m_ending(place, quirks, places)
    {
    }

    LayerOutput forward(const Weights& weights, const GraphState& state, Pass& pass) const override
    {
        const Tensor& x = state.nodes;
        const std::int64_t atoms = x.size(0);
        const Tensor z = joinEnds(linear(x, weights, m_receiver, pass), linear(x, weights, m_sender, pass),
                                  linear(state.edges, weights, m_edge, pass), pass);
        const Tensor gates = at::sigmoid(z);
        const Tensor messages = gates * takeRows(linear(x, weights, m_neighbour, pass), pass.senders, pass);
        const Tensor gathered =
            addRows(messages, pass.receivers, atoms, pass) / (addRows(gates, pass.receivers, atoms, pass) + gateFloor);
        const Tensor nodes = m_ending.forward(linear(x, weights, m_self, pass) + gathered, weights, pass);
        const Tensor edges =
            fullyConnected(z, weights, m_edgeOut, NormPlaces(), Activation::None, m_dropout, Level::Edge, pass);
        return {nodes, edges};
    }

private:
    LinearPlaces m_self, m_neighbour, m_edge, m_receiver, m_sender, m_edgeOut;
    double m_dropout;
    LayerEnding m_ending;
};

} // namespace

std::unique_ptr<GraphLayer> createGatedGcn(const LayerPlace& place, const Quirks& quirks, const Places& places)
{
    return std::make_unique<GatedGcn>(place, quirks, places);
}

} // namespace papilio::nn
