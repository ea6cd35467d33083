// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/aggregation.h"
#include "nn/layerparts.h"

namespace papilio::nn
{

namespace
{

/// Principal neighbourhood aggregation (Corso et al. 2020, arXiv 2004.05718) as message passing:
/// MLP[xᵢ ‖ xⱼ ‖ W e + b] → all aggregations → times each scaler → MLP. Nothing follows but DropPath.
class Pna : public GraphLayer
{
public:
    Pna(const PnaSpec& spec, const LayerPlace& place, const Quirks& quirks, const Places& places)
        : m_spec(spec), m_bond(place.name + ".edge_encoder.linear", places), m_dropPath(place.dropPath),
          m_always(quirks.dropPathAlways)
    {
        LayerMlp::Ends ends;
        ends.activation = place.hiddenActivation;
        ends.lastActivation = spec.lastActivation;
        ends.norm = ends.lastNorm = place.norm;
        ends.dropout = place.dropout;
        m_before = LayerMlp(place.name + ".pretrans", spec.preLayers, ends, places);
        m_after = LayerMlp(place.name + ".posttrans", spec.postLayers, ends, places);
    }

    LayerOutput forward(const Weights& weights, const GraphState& state, Pass& pass) const override
    {
        const Tensor messages = m_before.fromFirst(pairs(weights, state, pass), weights, Level::Edge, pass);
        const Neighbours neighbours = neighboursAt(End::Receiver, state.nodes, pass);
        std::vector<Tensor> parts;
        for (const Aggregation aggregation : m_spec.aggregations) {
            parts.push_back(aggregate(messages, aggregation, neighbours, Deviation::Floored, pass));
        }
        const Tensor scaled = scale(parts.size() == 1 ? parts[0] : at::cat(parts, 1), neighbours, weights, pass);
        const Tensor nodes = m_after.fromFirst(scaled, weights, Level::Node, pass);
        return {dropPath(nodes, m_dropPath, m_always, pass), Tensor()};
    }

private:
    /// First linear map of the first MLP, on atoms and bonds apart.
    Tensor pairs(const Weights& weights, const GraphState& state, const Pass& pass) const
    {
        const Tensor& x = state.nodes;
        const std::int64_t width = x.size(1);
        const Tensor weight = m_before.firstWeight(weights);
        const Tensor ofReceivers = linearPart(x, weight.narrow(1, 0, width), m_before.firstBias(weights), pass);
        const Tensor ofSenders = linearPart(x, weight.narrow(1, width, width), Tensor(), pass);
        Tensor ofEdges;
        if (m_bond.weight >= 0) {
            const Tensor bonds = linear(state.edges, weights, m_bond, pass);
            ofEdges = linearPart(bonds, weight.narrow(1, 2 * width, bonds.size(1)), Tensor(), pass);
        }
        return joinEnds(ofReceivers, ofSenders, ofEdges, pass);
    }

    /// One factor an atom.
    Tensor factor(Scaler scaler, const Tensor& degrees) const
    {
        switch (scaler) {
        case Scaler::Identity:
            return at::ones_like(degrees);
        case Scaler::Amplification:
            return (degrees + 1).log() / m_spec.averageLog;
        case Scaler::Attenuation:
            return m_spec.averageLog / (degrees + 1).log();
        case Scaler::Linear:
            return degrees / m_spec.averageDegree;
        case Scaler::InverseLinear:
            return m_spec.averageDegree / degrees;
        }
        return degrees;
    }

    /// First linear map of the second MLP on [scaler₁ · a ‖ scaler₂ · a …]: the scalers are numbers, so each part of
    /// the map is applied to a, and what it gives is scaled.
    Tensor scale(const Tensor& a, const Neighbours& neighbours, const Weights& weights, const Pass& pass) const
    {
        const Tensor degrees = neighbours.counts.clamp_min(1);
        const Tensor weight = m_after.firstWeight(weights);
        const std::int64_t width = a.size(1);
        Tensor sum = m_after.firstBias(weights).unsqueeze(0);
        for (std::size_t s = 0; s < m_spec.scalers.size(); ++s) {
            const Tensor part =
                linearPart(a, weight.narrow(1, static_cast<std::int64_t>(s) * width, width), Tensor(), pass);
            sum = sum + (m_spec.scalers[s] == Scaler::Identity ? part : part * factor(m_spec.scalers[s], degrees));
        }
        return sum;
    }

    PnaSpec m_spec;
    LinearPlaces m_bond;
    LayerMlp m_before, m_after;
    double m_dropPath;
    bool m_always;
};

} // namespace

std::unique_ptr<GraphLayer> createPna(const PnaSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                      const Places& places)
{
    return std::make_unique<Pna>(spec, place, quirks, places);
}

} // namespace papilio::nn
