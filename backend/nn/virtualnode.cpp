// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/virtualnode.h"

#include "nn/edgeops.h"
#include "nn/pooling.h"

namespace papilio::nn
{

VirtualNodeLayer::VirtualNodeLayer(const Options& options, const std::string& name, const Places& places)
    : m_options(options), m_map(name + ".fc_layer.linear", places), m_toNodes(name + ".node_projection", places),
      m_toEdges(name + ".edge_projection", places), m_norm(options.norm, name + ".fc_layer.normalization", places)
{
}

void VirtualNodeLayer::forward(GraphState& state, Tensor& v, const Weights& weights, Pass& pass) const
{
    Tensor pooled = poolGraphs(state.nodes, m_options.pooling, pass);
    Tensor moleculeOf;
    if (m_options.edges) {
        moleculeOf = pass.graphOf.index_select(0, pass.senders);
        pooled = at::cat({pooled, poolGraphs(state.edges, m_options.pooling, pass, Level::Edge)}, 1);
    }
    const Tensor heard = fullyConnected(v.defined() ? v + pooled : pooled, weights, m_map, m_norm, m_options.activation,
                                        m_options.dropout, Level::Graph, pass);
    v = m_options.residual && v.defined() ? v + heard : heard;
    const auto spoken = [&](const LinearPlaces& map, double divisor) {
        return linear(divisor == 1 ? v : v / divisor, weights, map, pass);
    };
    state.nodes = state.nodes + takeRows(spoken(m_toNodes, m_options.nodeDivisor), pass.graphOf, pass);
    if (m_options.edges) {
        state.edges = state.edges + takeRows(spoken(m_toEdges, m_options.edgeDivisor), moleculeOf, pass);
    }
}

} // namespace papilio::nn
