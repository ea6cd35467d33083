// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/attention.h"
#include "nn/layerparts.h"

namespace papilio::nn
{

namespace
{

/// GPS (Rampášek et al. 2022, arXiv 2205.12454): a local layer and attention side by side, added up; a small MLP with a
/// residual; linear → norm → activation.
class Gps : public GraphLayer
{
public:
    Gps(const LayerSpec& spec, const LayerPlace& place, const Quirks& quirks, const Places& places)
        : m_spec(spec.gps), m_quirks(quirks), m_place(place),
          m_localNorm(place.norm, place.name + ".norm_layer_local", places),
          m_attentionNorm(place.norm, place.name + ".norm_layer_attn", places),
          m_out(place.name + ".f_out.linear", places),
          m_outNorm(place.norm, place.name + ".f_out.normalization", places)
    {
        if (m_spec.local != LayerType::Gps) {
            m_local = createGraphLayer(localSpec(spec), localPlace(), quirks, places);
        }
        if (m_spec.attention == GpsAttention::Full) {
            m_attention =
                std::make_unique<Attention>(place.name + ".attn_layer", m_spec.heads, m_spec.attentionDropout, places);
        }
        LayerMlp::Ends ends;
        ends.activation = place.hiddenActivation;
        ends.dropout = ends.lastDropout = place.dropout;
        m_mlp = LayerMlp(place.name + ".mlp", 2, ends, places);
    }

    LayerOutput forward(const Weights& weights, const GraphState& state, Pass& pass) const override
    {
        LayerOutput out = m_local ? m_local->forward(weights, state, pass) : LayerOutput{state.nodes, Tensor()};
        Tensor local = dropped(out.nodes, pass);
        if (m_spec.nodeResidual) {
            local = (m_spec.outputScale == 1 ? local : local / m_spec.outputScale) + state.nodes;
        }
        Tensor h = normalise(local, weights, m_localNorm, pass);
        if (m_attention) {
            h = h + attend(weights, state, pass);
        }
        const Tensor more = m_mlp.forward(h, weights, Level::Node, pass);
        h = h + dropPath(more, m_spec.dropPathMlp * m_place.depthShare, m_quirks.dropPathAlways, pass);
        const Activation last = m_quirks.gpsRelu ? Activation::Relu : m_place.activation;
        h = linearFinish(h, weights, m_out, m_outNorm, last, 0, Level::Node, pass);
        out.nodes = dropPath(h, m_place.dropPath, m_quirks.dropPathAlways, pass);
        return out;
    }

private:
    static LayerSpec localSpec(const LayerSpec& spec)
    {
        LayerSpec local = spec;
        local.type = spec.gps.local;
        return local;
    }

    LayerPlace localPlace() const
    {
        LayerPlace local = m_place;
        local.name = m_place.name + ".mpnn";
        local.out = m_place.in;
        local.activation = local.hiddenActivation = m_spec.localActivation;
        local.norm = m_spec.localNorm;
        local.dropout = m_spec.localDropout;
        local.dropPath = 0;
        return local;
    }

    Tensor dropped(const Tensor& x, Pass& pass) const
    {
        return applyDropout(x, pass.nextDropout(m_place.dropout, Level::Node));
    }

    Tensor attend(const Weights& weights, const GraphState& state, Pass& pass) const
    {
        const Tensor bias = m_spec.bias ? state.attentionBias : Tensor();
        const Tensor found = dropped(m_attention->forward(state.nodes, bias, weights, pass), pass);
        const Tensor h = normalise(state.nodes + found, weights, m_attentionNorm, pass);
        if (!m_quirks.gpsDoubleInput) {
            return dropPath(h, attentionRate(), m_quirks.dropPathAlways, pass);
        }
        return state.nodes + dropPath(h, attentionRate(), m_quirks.dropPathAlways, pass);
    }

    /// The published library throws away what DropPath makes of the attention (quirk M5).
    double attentionRate() const { return m_quirks.dropPathAlways ? 0 : m_spec.dropPathAttention * m_place.depthShare; }

    GpsSpec m_spec;
    Quirks m_quirks;
    LayerPlace m_place;
    NormPlaces m_localNorm, m_attentionNorm;
    LinearPlaces m_out;
    NormPlaces m_outNorm;
    std::unique_ptr<GraphLayer> m_local; ///< null: attention alone
    std::unique_ptr<Attention> m_attention;
    LayerMlp m_mlp;
};

} // namespace

std::unique_ptr<GraphLayer> createGps(const LayerSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                      const Places& places)
{
    return std::make_unique<Gps>(spec, place, quirks, places);
}

} // namespace papilio::nn
