// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/gnn.h"

#include <algorithm>

#include "nn/parameters.h"
#include "nn/widths.h"

namespace papilio::nn
{

namespace
{

Pooling poolingOf(VirtualNode kind)
{
    switch (kind) {
    case VirtualNode::Mean:
        return Pooling::Mean;
    case VirtualNode::LogSum:
        return Pooling::LogSum;
    case VirtualNode::Max:
        return Pooling::Max;
    case VirtualNode::Min:
        return Pooling::Min;
    case VirtualNode::Std:
        return Pooling::Std;
    default:
        return Pooling::Sum;
    }
}

ResidualPath::Options residualOptions(const Architecture& a)
{
    ResidualPath::Options options;
    options.type = a.gnn.residual;
    options.skip = a.gnn.residualSkip;
    options.depth = a.gnn.depth;
    options.activation = a.gnn.activation;
    options.norm = a.gnn.norm;
    options.dropout = a.gnn.dropout;
    options.counter = a.quirks.residualCounter;
    return options;
}

LayerPlace placeOf(const GnnSpec& gnn, int layer, const LayerWidths& widths)
{
    const bool last = layer == gnn.depth - 1;
    LayerPlace place;
    place.name = "gnn.layers." + std::to_string(layer);
    place.in = widths.in;
    place.out = widths.out;
    place.inEdges = widths.inEdges;
    place.outEdges = widths.outEdges;
    place.activation = last ? gnn.lastActivation : gnn.activation;
    place.norm = last ? gnn.lastNorm : gnn.norm;
    place.hiddenActivation = gnn.activation;
    place.dropout = last ? gnn.lastDropout : gnn.dropout;
    place.depthShare = gnn.depth > 1 ? static_cast<double>(layer) / (gnn.depth - 1) : 0;
    place.dropPath = gnn.dropPath * place.depthShare;
    return place;
}

/// A virtual node stands behind every layer but the last.
bool hasVirtualNode(const GnnSpec& gnn, int layer)
{
    return gnn.virtualNode != VirtualNode::None && layer < gnn.depth - 1;
}

std::string recordName(int layer, const char* what)
{
    return "gnn." + std::to_string(layer) + "." + what;
}

} // namespace

Gnn::Gnn(const ModelSpec& spec, const Places& places)
    : m_norm(spec.architecture.gnn.firstNorm, "gnn.first_normalization", places),
      m_normEdges(spec.architecture.gnn.firstNorm, "gnn.first_normalization_edges", places),
      m_residual(residualOptions(spec.architecture), "gnn.residual_layer", places),
      m_residualEdges(residualOptions(spec.architecture), "gnn.residual_edges_layer", places)
{
    const Architecture& a = spec.architecture;
    m_edgesGoOn = a.changesBonds() && std::any_of(spec.heads.begin(), spec.heads.end(), [](const HeadSpec& head) {
                      return head.level == Level::Edge;
                  });
    const std::vector<LayerWidths> widths = gnnWidths(a);
    for (int i = 0; i < a.gnn.depth; ++i) {
        const LayerPlace place = placeOf(a.gnn, i, widths[static_cast<std::size_t>(i)]);
        m_steps.push_back({createGraphLayer(a.gnn.layer, place, a.quirks, places), virtualNodeOf(spec, i, places)});
    }
}

Gnn::~Gnn() = default;

std::optional<VirtualNodeLayer> Gnn::virtualNodeOf(const ModelSpec& spec, int layer, const Places& places) const
{
    const GnnSpec& gnn = spec.architecture.gnn;
    if (!hasVirtualNode(gnn, layer)) {
        return std::nullopt;
    }
    const std::string name = "gnn.virtual_node_layers." + std::to_string(layer);
    VirtualNodeLayer::Options options;
    options.pooling = poolingOf(gnn.virtualNode);
    options.edges = gnn.virtualEdges;
    options.residual = gnn.virtualResidual;
    options.activation = gnn.activation;
    options.norm = gnn.norm;
    options.dropout = gnn.dropout;
    options.nodeDivisor = readoutDivisor(spec, name + ".node_projection");
    options.edgeDivisor = readoutDivisor(spec, name + ".edge_projection");
    return VirtualNodeLayer(options, name, places);
}

void Gnn::forward(GraphState& state, const Weights& weights, Pass& pass) const
{
    state.nodes = normalise(state.nodes, weights, m_norm, pass);
    if (state.edges.defined()) {
        state.edges = normalise(state.edges, weights, m_normEdges, pass);
    }
    ResidualMemory memory;
    ResidualMemory memoryEdges;
    Tensor v;
    for (int i = 0; i < static_cast<int>(m_steps.size()); ++i) {
        const Step& step = m_steps[static_cast<std::size_t>(i)];
        state.edgesGoOn = m_edgesGoOn || pass.recorder != nullptr || i + 1 < static_cast<int>(m_steps.size());
        const LayerOutput out = step.layer->forward(weights, state, pass);
        pass.record(recordName(i, "layer"), Level::Node, out.nodes);
        state.nodes = m_residual.join(out.nodes, i, memory, weights, Level::Node, pass);
        if (out.edges.defined()) {
            pass.record(recordName(i, "layer_edges"), Level::Edge, out.edges);
            state.edges = m_residualEdges.join(out.edges, i, memoryEdges, weights, Level::Edge, pass);
        }
        if (step.virtualNode) {
            step.virtualNode->forward(state, v, weights, pass);
            pass.record(recordName(i, "virtual_node"), Level::Graph, v);
        }
        if (state.edges.defined()) {
            pass.record(recordName(i, "edges"), Level::Edge, state.edges);
        }
        pass.record(recordName(i, "out"), Level::Node, state.nodes);
        if (pass.recorded()) {
            return;
        }
    }
}

std::vector<std::string> Gnn::recordNames(const Architecture& architecture)
{
    const GnnSpec& gnn = architecture.gnn;
    std::vector<std::string> names;
    for (int i = 0; i < gnn.depth; ++i) {
        names.push_back(recordName(i, "layer"));
        if (architecture.changesBonds()) {
            names.push_back(recordName(i, "layer_edges"));
        }
        if (hasVirtualNode(gnn, i)) {
            names.push_back(recordName(i, "virtual_node"));
        }
        if (architecture.changesBonds() || (gnn.virtualNode != VirtualNode::None && gnn.virtualEdges)) {
            names.push_back(recordName(i, "edges"));
        }
        names.push_back(recordName(i, "out"));
    }
    return names;
}

} // namespace papilio::nn
