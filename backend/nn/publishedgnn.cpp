// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "nn/architecture.h"
#include "nn/publishedsource.h"

namespace papilio::nn
{

namespace
{

std::optional<LayerType> layerType(const std::string& name)
{
    if (name == "pyg:pna-msgpass") {
        return LayerType::Pna;
    }
    return name.starts_with("pyg:") ? choiceFromName<LayerType>(name.substr(4)) : std::nullopt;
}

void readPna(const PublishedSource& source, PnaSpec& pna, bool bonds)
{
    source.choices("aggregators", pna.aggregations);
    source.choices("scalers", pna.scalers);
    const PublishedSource averages = source.at("avg_d");
    averages.number("log", pna.averageLog);
    averages.number("lin", pna.averageDegree);
    source.whole("pretrans_layers", pna.preLayers);
    source.whole("posttrans_layers", pna.postLayers);
    source.activation("last_activation", pna.lastActivation);
    pna.useBonds = bonds;
}

void readMpnn(const PublishedSource& source, MpnnPlusSpec& mpnn)
{
    const std::string combine = source.text("node_combine_method", "concat");
    mpnn.combineSum = combine == "sum";
    if (combine != "sum" && combine != "concat") {
        source.fault("node_combine_method");
    }
    const std::string from = source.text("gather_from", "both");
    const std::string to = source.text("scatter_to", "both");
    mpnn.fromBoth = from == "both";
    mpnn.toBoth = to == "both";
    // One end alone fits the widths of the published library with 'sum' only; of the two, Papilio has the usual one.
    if (!mpnn.fromBoth && (from != "senders" || !mpnn.combineSum)) {
        source.fault("gather_from", "Use both; or senders with node_combine_method sum.");
    }
    if (!mpnn.toBoth && (to != "receivers" || !mpnn.combineSum)) {
        source.fault("scatter_to", "Use both; or receivers with node_combine_method sum.");
    }
    source.whole("num_node_mlp", mpnn.nodeLayers);
    source.whole("num_edge_mlp", mpnn.edgeLayers);
    source.whole("mlp_expansion_ratio", mpnn.expansion);
    source.choices("aggregation_method", mpnn.aggregations);
    source.number("edge_dropout_rate", mpnn.edgeDropout);
    source.flag("use_edges", mpnn.useBonds);
}

/// Options of a layer that are its own, as they stand in "layer_kwargs" or in GPS' "mpnn_kwargs".
void readOwn(const PublishedSource& source, LayerSpec& layer, LayerType type, bool bonds)
{
    if (type == LayerType::Pna) {
        readPna(source, layer.pna, bonds);
    } else if (type == LayerType::MpnnPlus) {
        readMpnn(source, layer.mpnn);
    }
}

void readLocal(const PublishedSource& source, GnnSpec& gnn, bool bonds)
{
    GpsSpec& gps = gnn.layer.gps;
    const bool mpnn = gps.local == LayerType::MpnnPlus;
    gps.localActivation = mpnn ? Activation::Gelu : Activation::Relu;
    gps.localNorm = mpnn ? Norm::Layer : Norm::None;
    gps.localDropout = mpnn ? 0.3 : 0;
    source.activation("activation", gps.localActivation);
    source.norm("normalization", gps.localNorm);
    source.number("dropout", gps.localDropout);
    int edges = 0;
    source.whole("out_dim_edges", edges);
    for (const char* width : {"in_dim", "out_dim", "in_dim_edges"}) {
        source.ignore(width);
    }
    if (gnn.hiddenEdges == 0 && edges > 0) {
        gnn.hiddenEdges = edges;
    }
    readOwn(source, gnn.layer, gps.local, bonds);
}

void readGps(const PublishedSource& source, GnnSpec& gnn, bool bonds)
{
    GpsSpec& gps = gnn.layer.gps;
    const std::string name = source.text("mpnn_type", "pyg:gine");
    const auto local = name == "none" ? std::optional(LayerType::Gps) : layerType(name);
    if (!local || name == "pyg:gps" || name == "pyg:gcn") {
        source.fault("mpnn_type",
                     "Known are pyg:gin, pyg:gine, pyg:gated-gcn, pyg:pna-msgpass, pyg:mpnnplus and none.");
        return;
    }
    gps.local = *local;
    readLocal(source.at("mpnn_kwargs"), gnn, bonds);
    source.flag("node_residual", gps.nodeResidual);
    source.number("output_scale", gps.outputScale);
    const std::string attention = source.text("attn_type", "full-attention");
    if (attention != "full-attention" && attention != "none") {
        source.fault("attn_type");
    }
    gps.attention = attention == "none" ? GpsAttention::None : GpsAttention::Full;
    const PublishedSource options = source.at("attn_kwargs");
    gps.heads = 1;
    gps.attentionDropout = gnn.dropout;
    options.whole("num_heads", gps.heads);
    options.number("dropout", gps.attentionDropout);
    options.ignore("embed_dim");
    options.ignore("batch_first");
    gps.bias = source.text("biased_attention_key", "none") != "none";
    double expansion = gps.expansion;
    source.number("hidden_dim_scaling", expansion);
    gps.expansion = static_cast<int>(std::lround(expansion));
    if (std::abs(gps.expansion - expansion) > 1e-9) {
        source.fault("hidden_dim_scaling", "Papilio takes whole numbers.");
    }
    source.number("droppath_rate_attn", gps.dropPathAttention);
    source.number("droppath_rate_ffn", gps.dropPathMlp);
    source.ignore("force_consistent_in_dim");
}

void readLayer(const PublishedSource& source, GnnSpec& gnn, bool bonds)
{
    const auto type = layerType(source.text("layer_type"));
    if (!type) {
        source.fault("layer_type", "Known are pyg:gcn, pyg:gin, pyg:gine, pyg:gated-gcn, pyg:pna-msgpass, "
                                   "pyg:mpnnplus and pyg:gps.");
        return;
    }
    gnn.layer.type = *type;
    const PublishedSource own = source.at("layer_kwargs");
    if (*type == LayerType::Gps) {
        readGps(own, gnn, bonds);
    } else {
        readOwn(own, gnn.layer, *type, bonds);
        if (*type != LayerType::Gine && *type != LayerType::Pna) { // which take the option and drop it
            own.number("droppath_rate", gnn.dropPath);
        }
    }
}

/// Only layers that change bonds look at these.
void readEdgeWidths(const PublishedSource& source, GnnSpec& gnn)
{
    const auto hidden = source.wholes("hidden_dims_edges");
    if (!hidden.empty()) {
        gnn.hiddenEdges = hidden.front();
        if (std::adjacent_find(hidden.begin(), hidden.end(), std::not_equal_to<>()) != hidden.end()) {
            source.fault("hidden_dims_edges", "Papilio has one width of bonds for all layers but the last.");
        }
    }
    source.whole("out_dim_edges", gnn.outDimEdges);
}

bool changesBonds(const PublishedSource& source)
{
    std::string type = source.text("layer_type");
    if (type == "pyg:gps") {
        type = source.at("layer_kwargs").text("mpnn_type", "pyg:gine");
    }
    return type == "pyg:gated-gcn" || type == "pyg:mpnnplus";
}

} // namespace

void readPublishedGnn(const PublishedSource& source, GnnSpec& gnn, bool bonds)
{
    gnn = GnnSpec();
    source.whole("out_dim", gnn.outDim);
    const auto hidden = source.wholes("hidden_dims");
    gnn.hidden = hidden.empty() ? std::vector<int>{gnn.outDim} : hidden;
    gnn.depth = static_cast<int>(hidden.size()) + 1;
    source.whole("depth", gnn.depth);
    gnn.activation = Activation::Relu;
    gnn.norm = Norm::None;
    gnn.dropout = 0;
    gnn.residual = Residual::None;
    source.activation("activation", gnn.activation);
    source.number("dropout", gnn.dropout);
    source.norm("normalization", gnn.norm);
    source.norm("first_normalization", gnn.firstNorm);
    source.choice("residual_type", gnn.residual);
    source.whole("residual_skip_steps", gnn.residualSkip);
    source.choice("virtual_node", gnn.virtualNode);
    source.flag("use_virtual_edges", gnn.virtualEdges);
    if (gnn.virtualNode != VirtualNode::None && gnn.depth == 1) {
        source.fault("virtual_node", "A single layer has none in Papilio.");
    }
    // The library has options for the last layer and never looks at them.
    gnn.lastActivation = gnn.activation;
    gnn.lastNorm = gnn.norm;
    gnn.lastDropout = gnn.dropout;
    if (bonds && changesBonds(source)) {
        readEdgeWidths(source, gnn);
    }
    readLayer(source, gnn, bonds);
    source.ignore("name");
}

} // namespace papilio::nn
