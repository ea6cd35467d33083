// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "nn/checks.h"
#include "nn/optionnames.h"
#include "nn/widths.h"

namespace papilio::nn
{

namespace
{

Result<> bad(const std::string& where, const std::string& what, const std::string& hint = {})
{
    return fail(ErrorCode::BadInput, "architecture: " + where + ": " + what + ".", hint);
}

bool allEqual(const std::vector<int>& widths)
{
    return std::adjacent_find(widths.begin(), widths.end(), std::not_equal_to<>()) == widths.end();
}

Result<> checkChain(const std::string& where, const std::vector<int>& hidden, int depth, Residual residual, int skip)
{
    const auto layers = static_cast<std::size_t>(depth - 1);
    if (hidden.size() != 1 && hidden.size() != layers) {
        return bad(where + ".hidden",
                   "there are " + std::to_string(hidden.size()) + " widths for " + std::to_string(layers) +
                       " hidden layers",
                   "Give one width for all, or one a layer.");
    }
    const bool adds = residual == Residual::Simple || residual == Residual::Weighted || residual == Residual::Random;
    if (adds && depth > 2 && !allEqual(hidden)) {
        return bad(where + ".residual", "a residual that adds layers up needs the same width in all of them",
                   "Choose one width, or concat or densenet.");
    }
    if (residual == Residual::Random && skip != 1) {
        return bad(where + ".residual_skip", "a random residual joins all layers, so it must be 1");
    }
    return {};
}

/// Kinds and number of encodings that an encoder reads.
Result<> checkInputs(const std::string& where, const Architecture& a, const EncoderSpec& encoder)
{
    std::vector<const EncodingSpec*> specs;
    for (const std::string& key : encoder.inputs) {
        const auto found = std::find_if(a.inputs.encodings.begin(), a.inputs.encodings.end(),
                                        [&](const EncodingSpec& spec) { return encodingKey(spec) == key; });
        if (found == a.inputs.encodings.end()) {
            return bad(where + ".inputs", "the feature set has no encoding '" + key + "'",
                       "Add it to inputs.encodings, or choose another.");
        }
        specs.push_back(&*found);
    }
    const auto isOne = [&](EncodingType type) { return specs.size() == 1 && specs.front()->type == type; };
    const auto nodes = [&] {
        return std::all_of(specs.begin(), specs.end(), [](const auto* spec) { return spec->level == Level::Node; });
    };
    switch (encoder.type) {
    case EncoderType::Mlp:
        return specs.size() == 1 ? Result<>()
                                 : bad(where + ".inputs", "an mlp reads one encoding", "cat_mlp reads several.");
    case EncoderType::CatMlp:
        if (specs.empty() || std::any_of(specs.begin(), specs.end(),
                                         [&](const auto* spec) { return spec->level != specs.front()->level; })) {
            return bad(where + ".inputs", "it reads one or more encodings, all of atoms, of bonds or of pairs");
        }
        return {};
    case EncoderType::Laplacian:
        if (specs.size() != 2 || !nodes() || specs[0]->count != specs[1]->count ||
            encodingWidth(*specs[0]) != encodingWidth(*specs[1])) {
            return bad(where + ".inputs", "it reads eigenvectors and eigenvalues of atoms, as many of both",
                       "The published order is laplacian_eigvec, laplacian_eigval.");
        }
        return {};
    case EncoderType::SignNet:
        return isOne(EncodingType::LaplacianVectors) && nodes()
                   ? Result<>()
                   : bad(where + ".inputs", "it reads eigenvectors of atoms");
    case EncoderType::Gaussian:
    case EncoderType::Bessel:
        return isOne(EncodingType::Positions) && nodes() ? Result<>() : bad(where + ".inputs", "it reads positions_3d");
    }
    return {};
}

Result<> checkEncoder(const Architecture& a, const EncoderSpec& encoder)
{
    const std::string where = "encoder '" + encoder.name + "'";
    PAPILIO_TRY(checkInputs(where, a, encoder));
    if (readsPairs(encoder)) {
        return encoder.biasHeads > 0
                   ? Result<>()
                   : bad(where + ".bias_heads", "an encoder of pairs of atoms makes an attention bias, "
                                                "so it needs the number of heads");
    }
    const int joined = writesEdges(encoder) ? a.encoders.outDimEdges : a.encoders.outDim;
    if (encoder.outDim != joined) {
        return bad(where + ".out",
                   "it is " + std::to_string(encoder.outDim) + ", but " +
                       (writesEdges(encoder) ? "encoders.out_edges is " : "encoders.out is ") + std::to_string(joined),
                   "Encoders are joined, so all have one width.");
    }
    if (encoder.type == EncoderType::Laplacian) {
        if (encoder.layersPost == 0 && encoder.hidden != encoder.outDim) {
            return bad(where + ".layers_post", "without layers behind, hidden and out must be the same");
        }
        if (encoder.model == LaplacianModel::Mlp && encoder.layersPost == 0) {
            return bad(where + ".layers_post", "the model mlp needs at least one");
        }
        if (encoder.model == LaplacianModel::Transformer && encoder.hidden % encoder.heads != 0) {
            return bad(where + ".heads", "they must divide the hidden width " + std::to_string(encoder.hidden));
        }
    }
    if (encoder.type == EncoderType::SignNet && encoder.layersPost == 0) {
        return bad(where + ".layers_post", "it needs at least one");
    }
    return {};
}

Result<> checkEncoders(const Architecture& a)
{
    std::set<std::string> names;
    for (const EncoderSpec& encoder : a.encoders.encoders) {
        if (encoder.name.empty() || encoder.name.find_first_of(". ") != std::string::npos) {
            return bad("encoders.list", "no encoder can be named '" + encoder.name + "'",
                       "Take letters, digits and _.");
        }
        if (!names.insert(encoder.name).second) {
            return bad("encoders.list", "there are two named '" + encoder.name + "'");
        }
        PAPILIO_TRY(checkEncoder(a, encoder));
    }
    const Reduction pool = a.encoders.pool;
    if (pool != Reduction::Sum && pool != Reduction::Mean && pool != Reduction::Max) {
        return bad("encoders.pool", "it must be sum, mean or max");
    }
    return {};
}

Result<> checkGps(const Architecture& a)
{
    const GpsSpec& gps = a.gnn.layer.gps;
    if (gps.attention == GpsAttention::None) {
        return {};
    }
    for (const LayerWidths& layer : gnnWidths(a)) {
        if (layer.in % gps.heads != 0) {
            return bad("gnn.gps.heads", std::to_string(gps.heads) + " heads do not divide the width " +
                                            std::to_string(layer.in) + " of a layer's input");
        }
    }
    if (!gps.bias) {
        return {};
    }
    bool found = false;
    for (const EncoderSpec& encoder : a.encoders.encoders) {
        found = found || encoder.biasHeads > 0;
        if (encoder.biasHeads > 0 && encoder.biasHeads != gps.heads) {
            return bad("encoder '" + encoder.name + "'.bias_heads", "it is " + std::to_string(encoder.biasHeads) +
                                                                        ", but the attention has " +
                                                                        std::to_string(gps.heads) + " heads");
        }
    }
    return found ? Result<>()
                 : bad("gnn.gps.bias", "no encoder makes an attention bias",
                       "Add a gaussian encoder, or an mlp of an encoding of pairs, with bias_heads.");
}

Result<> checkLayers(const Architecture& a)
{
    const LayerSpec& layer = a.gnn.layer;
    const LayerType type = layer.type == LayerType::Gps ? layer.gps.local : layer.type;
    if (type == LayerType::Pna) {
        const auto& list = layer.pna.aggregations;
        const auto foreign = [](Aggregation x) { return x == Aggregation::Softmax || x == Aggregation::Median; };
        if (list.empty() || layer.pna.scalers.empty() || std::any_of(list.begin(), list.end(), foreign)) {
            return bad("gnn.pna", "it needs aggregations out of sum, mean, max, min, std and var, and scalers");
        }
    }
    if (type == LayerType::MpnnPlus && layer.mpnn.aggregations.empty()) {
        return bad("gnn.mpnn.aggregations", "it needs at least one");
    }
    if (a.usesBonds() && gnnEdgeInputWidth(a) == 0) {
        return bad("gnn.layer",
                   std::string(nameOf(type)) + " looks at bonds, and the feature set has none of their properties",
                   "Add some to inputs.bond.");
    }
    return layer.type == LayerType::Gps ? checkGps(a) : Result<>();
}

Result<> checkGnn(const Architecture& a)
{
    const GnnSpec& gnn = a.gnn;
    PAPILIO_TRY(checkChain("gnn", gnn.hidden, gnn.depth, gnn.residual, gnn.residualSkip));
    const bool widens = gnn.residual == Residual::Concat || gnn.residual == Residual::DenseNet;
    if (gnn.virtualNode != VirtualNode::None) {
        if (widens) {
            return bad("gnn.virtual_node", "it does not go with a concat or densenet residual",
                       "Choose another residual.");
        }
        if (gnn.depth > 2 && !allEqual(gnn.hidden)) {
            return bad("gnn.virtual_node",
                       "it keeps its state from layer to layer, so all hidden widths must be the same");
        }
    }
    if (gnn.virtualEdges && (gnn.virtualNode == VirtualNode::None || !a.usesBonds())) {
        return bad("gnn.virtual_edges", "it needs a virtual node and layers that look at bonds");
    }
    return checkLayers(a);
}

} // namespace

Result<> checkMlp(const std::string& where, const MlpSpec& mlp)
{
    return checkChain(where, mlp.hidden, mlp.depth, mlp.residual, mlp.residualSkip);
}

Result<> checkArchitecture(const Architecture& a)
{
    PAPILIO_TRY(checkFeatureSet(a.inputs));
    PAPILIO_TRY(checkEncoders(a));
    if (a.hasPreNode) {
        PAPILIO_TRY(checkMlp("pre_node", a.preNode));
    }
    if (a.hasPreEdge) {
        PAPILIO_TRY(checkMlp("pre_edge", a.preEdge));
    }
    PAPILIO_TRY(checkGnn(a));
    for (const Level level : {Level::Graph, Level::Node, Level::Edge, Level::NodePair}) {
        const OutputSpec& output = a.outputOf(level);
        if (output.used) {
            PAPILIO_TRY(checkMlp("outputs." + std::string(levelName(level)), output.mlp));
        }
    }
    if (a.outputOf(Level::Graph).pooling.empty()) {
        return bad("outputs.graph.pooling", "it needs at least one");
    }
    return checkMlp("heads.mlp", a.heads.mlp);
}

} // namespace papilio::nn
