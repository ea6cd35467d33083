// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "nn/parameterlist.h"

namespace papilio::nn
{

namespace
{

MlpSpec network(int hidden, int out, int depth, Norm norm, Norm lastNorm)
{
    MlpSpec mlp;
    mlp.hidden = {hidden};
    mlp.outDim = out;
    mlp.depth = depth;
    mlp.norm = norm;
    mlp.lastNorm = lastNorm;
    return mlp;
}

void listGatedGcn(ParameterList& list, const std::string& name, const LayerWidths& w)
{
    for (const char* map : {"A", "B", "C", "D", "E"}) {
        list.linear(name + "." + map + ".linear", *map == 'C' ? w.inEdges : w.in, w.out);
    }
    list.linear(name + ".edge_out.linear", w.out, w.outEdges);
}

void listPna(ParameterList& list, const std::string& name, const PnaSpec& pna, const LayerWidths& w, Norm norm)
{
    const int edges = pna.useBonds ? w.inEdges : 0;
    if (edges > 0) {
        list.linear(name + ".edge_encoder.linear", edges, edges);
    }
    const auto parts = static_cast<int>(pna.aggregations.size() * pna.scalers.size());
    list.mlp(name + ".pretrans", "fully_connected", network(w.in, w.in, pna.preLayers, norm, norm), 2 * w.in + edges);
    list.mlp(name + ".posttrans", "fully_connected", network(w.out, w.out, pna.postLayers, norm, norm), parts * w.in);
}

void listMpnn(ParameterList& list, const std::string& name, const MpnnPlusSpec& mpnn, const LayerWidths& w, Norm norm)
{
    const bool sum = mpnn.combineSum;
    const int edges = mpnn.useBonds ? w.outEdges : 0;
    const int directions = mpnn.toBoth && !sum ? 2 : 1;
    const int gathered = directions * static_cast<int>(mpnn.aggregations.size()) * (w.in + edges);
    list.mlp(name + ".node_model", "fully_connected",
             network(mpnn.expansion * w.in, w.out, mpnn.nodeLayers, norm, Norm::None), gathered + w.in);
    if (mpnn.useBonds) {
        const int ends = mpnn.fromBoth && !sum ? 2 : 1;
        list.mlp(name + ".edge_model", "fully_connected",
                 network(mpnn.expansion * w.inEdges, w.outEdges, mpnn.edgeLayers, norm, Norm::None),
                 ends * w.in + w.inEdges);
    }
}

void listLayer(ParameterList& list, const std::string& name, const LayerSpec& layer, LayerType type,
               const LayerWidths& w, Norm norm);

void listGps(ParameterList& list, const std::string& name, const LayerSpec& layer, const LayerWidths& w, Norm norm)
{
    const GpsSpec& gps = layer.gps;
    list.mlp(name + ".mlp", "fully_connected", network(gps.expansion * w.in, w.in, 2, Norm::None, Norm::None), w.in);
    list.dense(name + ".f_out", norm, w.in, w.out);
    list.norm(name + ".norm_layer_local", norm, w.in);
    list.norm(name + ".norm_layer_attn", norm, w.in);
    list.norm(name + ".norm_layer_ff", norm, w.out);
    if (gps.local != LayerType::Gps) {
        listLayer(list, name + ".mpnn", layer, gps.local, {w.in, w.in, w.inEdges, w.outEdges}, gps.localNorm);
    }
    if (gps.attention == GpsAttention::Full) {
        list.attention(name + ".attn_layer", w.in);
    }
}

void listLayer(ParameterList& list, const std::string& name, const LayerSpec& layer, LayerType type,
               const LayerWidths& w, Norm norm)
{
    if (type != LayerType::Pna) {
        list.norm(name + ".norm_layer", norm, w.out); // nothing uses those of MPNN++ and GPS
    }
    switch (type) {
    case LayerType::Gcn:
        list.add(name + ".model.bias", {w.out}, Parameter::Role::Bias);
        list.linear(name + ".model.lin", w.in, w.out, /*bias=*/false);
        break;
    case LayerType::Gin:
    case LayerType::Gine:
        list.mlp(name + ".model.nn", "fully_connected", network(w.in, w.out, 2, norm, Norm::None), w.in);
        if (type == LayerType::Gine) {
            list.linear(name + ".model.lin", w.inEdges, w.in);
        }
        break;
    case LayerType::GatedGcn:
        listGatedGcn(list, name, w);
        break;
    case LayerType::Pna:
        listPna(list, name, layer.pna, w, norm);
        break;
    case LayerType::MpnnPlus:
        listMpnn(list, name, layer.mpnn, w, norm);
        break;
    case LayerType::Gps:
        listGps(list, name, layer, w, norm);
        break;
    }
}

void listVirtualNodes(ParameterList& list, const GnnSpec& gnn, const std::vector<LayerWidths>& layers)
{
    for (std::size_t i = 0; gnn.virtualNode != VirtualNode::None && i + 1 < layers.size(); ++i) {
        const std::string name = "gnn.virtual_node_layers." + std::to_string(i);
        const LayerWidths& w = layers[i];
        const int pooled = w.out + (gnn.virtualEdges ? w.outEdges : 0);
        list.dense(name + ".fc_layer", gnn.norm, pooled, pooled);
        list.linear(name + ".node_projection", pooled, w.out);
        if (gnn.virtualEdges) {
            list.linear(name + ".edge_projection", pooled, w.outEdges);
        }
    }
}

} // namespace

void listGraphLayers(ParameterList& list, const Architecture& a)
{
    const GnnSpec& gnn = a.gnn;
    const auto layers = gnnWidths(a);
    list.norm("gnn.first_normalization", gnn.firstNorm, gnnInputWidth(a));
    std::vector<int> outputs;
    std::vector<int> edgeOutputs;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Norm norm = i + 1 == layers.size() ? gnn.lastNorm : gnn.norm;
        listLayer(list, "gnn.layers." + std::to_string(i), gnn.layer, gnn.layer.type, layers[i], norm);
        outputs.push_back(layers[i].out);
        edgeOutputs.push_back(layers[i].outEdges);
    }
    listVirtualNodes(list, gnn, layers);
    list.residual("gnn.residual_layer", gnn.residual, gnn.residualSkip, gnn.norm, outputs);
    if (a.changesBonds()) {
        list.residual("gnn.residual_edges_layer", gnn.residual, gnn.residualSkip, gnn.norm, edgeOutputs);
    }
    if (a.usesBonds()) {
        list.norm("gnn.first_normalization_edges", gnn.firstNorm, gnnEdgeInputWidth(a));
    }
}

void listHeads(ParameterList& list, const ModelSpec& spec)
{
    std::vector<Level> levels;
    for (const HeadSpec& head : spec.heads) {
        list.mlp("task_heads.task_heads." + head.name, "layers", head.mlp,
                 headInputWidth(spec.architecture, head.level));
        if (std::find(levels.begin(), levels.end(), head.level) == levels.end()) {
            levels.push_back(head.level);
        }
    }
    for (const Level level : levels) {
        const OutputSpec& output = spec.architecture.outputOf(level);
        if (output.used) {
            list.mlp("task_heads.graph_output_nn." + std::string(levelName(level)) + ".graph_output_nn", "layers",
                     output.mlp, levelInputWidth(spec.architecture, level));
        }
    }
}

} // namespace papilio::nn
