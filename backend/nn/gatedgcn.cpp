// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/edgeops.h"
#include "nn/layerparts.h"
#include "nn/messageops.h"

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
        return pass.plain ? inOperations(weights, state, pass) : inKernels(weights, state, pass);
    }

private:
    /// One product for the four maps of atoms, one loop over the edges.
    LayerOutput inKernels(const Weights& weights, const GraphState& state, Pass& pass) const
    {
        std::vector<Tensor> maps;
        for (const LinearPlaces& map : {m_self, m_neighbour, m_receiver, m_sender}) {
            maps.push_back(pick(weights, map.weight));
        }
        // The three biases inside a gate are one: it is added to the receivers, of which there are fewer than edges.
        const Tensor ofSender = pick(weights, m_sender.bias);
        const Tensor ofGate = pick(weights, m_receiver.bias) + ofSender + pick(weights, m_edge.bias);
        const Tensor biases = at::cat(
            {pick(weights, m_self.bias), pick(weights, m_neighbour.bias), ofGate, at::zeros_like(ofSender)});
        const Tensor parts = linearPart(state.nodes, at::cat(maps), biases, pass);
        const Tensor ofEdges = linearPart(state.edges, pick(weights, m_edge.weight), Tensor(), pass);
        const GatedSums sums = gatedSums(parts, ofEdges, gateFloor, state.edgesGoOn, pass);
        const Tensor nodes = m_ending.forward(sums.nodes, weights, pass);
        if (!state.edgesGoOn) {
            pass.nextDropout(m_dropout, Level::Edge); // later layers draw the same numbers
            return {nodes, Tensor()};
        }
        return {nodes, edgesOf(sums.edges, weights, pass)};
    }

    Tensor edgesOf(const Tensor& z, const Weights& weights, Pass& pass) const
    {
        return fullyConnected(z, weights, m_edgeOut, NormPlaces(), Activation::None, m_dropout, Level::Edge, pass);
    }

    LayerOutput inOperations(const Weights& weights, const GraphState& state, Pass& pass) const
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
        return {nodes, edgesOf(z, weights, pass)};
    }

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
