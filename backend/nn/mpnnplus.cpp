// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/aggregation.h"
#include "nn/layerparts.h"
#include "nn/messagekernels.h"
#include "nn/messageops.h"

namespace papilio::nn
{

namespace
{

/// MPNN of GPS++ (Masters et al. 2022, arXiv 2212.02229). For an edge s → r:
/// e' = MLP[x(r) ‖ x(s) ‖ e]; x' = MLP[agg over in-edges of (e' ‖ x(s)) ‖ agg over out-edges of (e' ‖ x(r)) ‖ x].
class MpnnPlus : public GraphLayer
{
public:
    MpnnPlus(const MpnnPlusSpec& spec, const LayerPlace& place, const Quirks& quirks, const Places& places)
        : m_spec(spec), m_ending(place, quirks, places)
    {
        LayerMlp::Ends ends;
        ends.activation = place.hiddenActivation;
        ends.norm = place.norm;
        ends.lastDropout = place.dropout;
        m_node = LayerMlp(place.name + ".node_model", spec.nodeLayers, ends, places);
        if (spec.useBonds) {
            ends.lastDropout = spec.edgeDropout;
            m_edge = LayerMlp(place.name + ".edge_model", spec.edgeLayers, ends, places);
        }
    }

    LayerOutput forward(const Weights& weights, const GraphState& state, Pass& pass) const override
    {
        LayerOutput out;
        if (m_spec.useBonds) {
            out.edges = changedEdges(weights, state, pass);
        }
        if (!pass.plain && sumsAround()) {
            const bool once = kernels::bothWays(pass.shard->list);
            const Tensor around = sumAround(state.nodes, out.edges, once, pass);
            const Tensor own =
                once ? weightOnce(m_node.firstWeight(weights), out.edges.size(1), state.nodes.size(1)) : Tensor();
            out.nodes = m_ending.drop(m_node.forward(around, weights, Level::Node, pass, own), pass);
            return out;
        }
        std::vector<Tensor> parts = gather(End::Receiver, state.nodes, out.edges, pass);
        if (m_spec.toBoth) {
            const std::vector<Tensor> outwards = gather(End::Sender, state.nodes, out.edges, pass);
            if (m_spec.combineSum) {
                for (std::size_t i = 0; i < parts.size(); ++i) {
                    parts[i] = parts[i] + outwards[i];
                }
            } else {
                parts.insert(parts.end(), outwards.begin(), outwards.end());
            }
        }
        parts.push_back(state.nodes);
        // Dropout stands at the end of the MLP and again behind it, as published.
        out.nodes = m_ending.drop(m_node.forward(at::cat(parts, 1), weights, Level::Node, pass), pass);
        return out;
    }

private:
    /// As published: sums alone, of both directions, apart.
    bool sumsAround() const
    {
        return m_spec.useBonds && m_spec.toBoth && !m_spec.combineSum && m_spec.aggregations.size() == 1 &&
               m_spec.aggregations.front() == Aggregation::Sum;
    }

    /// The bonds' MLP; its first linear map is carried out on atoms and bonds apart.
    Tensor changedEdges(const Weights& weights, const GraphState& state, Pass& pass) const
    {
        const Tensor& x = state.nodes;
        if (m_spec.fromBoth && !m_spec.combineSum) {
            return m_edge.ofEnds(x, state.edges, weights, pass);
        }
        const std::int64_t width = x.size(1);
        const Tensor weight = m_edge.firstWeight(weights);
        // The bias is added to the atoms' part, of which there are fewer, unless each edge takes that twice.
        const bool once = !m_spec.fromBoth;
        const Tensor bias = m_edge.firstBias(weights);
        const Tensor ofEdges =
            linearPart(state.edges, weight.narrow(1, width, state.edges.size(1)), once ? Tensor() : bias, pass);
        const Tensor ofAtoms = linearPart(x, weight.narrow(1, 0, width), once ? bias : Tensor(), pass);
        const Tensor z = once ? takeRows(ofAtoms, pass.senders, pass) + ofEdges
                              : joinEnds(ofAtoms, ofAtoms, ofEdges, pass);
        return m_edge.fromFirst(z, weights, Level::Edge, pass);
    }

    /// For each aggregation that of the bonds at an atom and of the atoms across.
    std::vector<Tensor> gather(End end, const Tensor& x, const Tensor& edges, const Pass& pass) const
    {
        const Neighbours neighbours = neighboursAt(end, x, pass);
        Tensor across;
        std::vector<Tensor> parts;
        for (const Aggregation aggregation : m_spec.aggregations) {
            if (edges.defined()) {
                parts.push_back(aggregate(edges, aggregation, neighbours, Deviation::Cut, pass));
            }
            if (aggregation == Aggregation::Sum) {
                parts.push_back(sumAcross(x, end, pass));
                continue;
            }
            if (!across.defined()) {
                across = takeRows(x, atomsAt(otherEnd(end), pass), pass);
            }
            parts.push_back(aggregate(across, aggregation, neighbours, Deviation::Cut, pass));
        }
        return parts;
    }

    MpnnPlusSpec m_spec;
    LayerMlp m_node, m_edge;
    LayerEnding m_ending;
};

} // namespace

std::unique_ptr<GraphLayer> createMpnnPlus(const MpnnPlusSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                           const Places& places)
{
    return std::make_unique<MpnnPlus>(spec, place, quirks, places);
}

} // namespace papilio::nn
