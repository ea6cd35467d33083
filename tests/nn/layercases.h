// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/nn/layerbatches.h"
#include "tests/nn/molecules.h"

/// Small networks with every graph layer and every option of them.
namespace papilio::nn::test
{

struct LayerCase {
    std::string name;
    std::function<void(Architecture&)> change;
};

/// Smooth but for what the layers themselves do: GELU everywhere, squared losses. Heads of all levels but pairs.
inline ModelSpec layerSpec(const LayerCase& one, double dropout = 0)
{
    Architecture a = *preset("gine-toymix");
    a.randomSigns = false;
    a.encoders.encoders.clear();
    EncoderSpec walks;
    walks.name = "rw_pos";
    walks.type = EncoderType::Mlp;
    walks.inputs = {"rw_return_probs"};
    walks.outDim = a.encoders.outDim = 4;
    walks.hidden = 5;
    walks.dropout = dropout;
    walks.activation = Activation::Gelu;
    a.encoders.encoders = {walks};
    for (MlpSpec* mlp : {&a.preNode, &a.preEdge}) {
        *mlp = MlpSpec();
        mlp->hidden = {9};
        mlp->activation = Activation::Gelu;
        mlp->dropout = dropout;
    }
    a.preNode.outDim = 8;
    a.preEdge.outDim = 6;
    a.gnn.depth = 3;
    a.gnn.hidden = {8};
    a.gnn.outDim = 8;
    a.gnn.dropout = a.gnn.lastDropout = dropout;
    a.gnn.dropPath = dropout;
    a.gnn.layer.gps.attentionDropout = a.gnn.layer.gps.localDropout = dropout;
    a.gnn.layer.gps.dropPathMlp = a.gnn.layer.gps.dropPathAttention = dropout;
    a.gnn.layer.mpnn.edgeDropout = dropout;
    a.gnn.layer.mpnn.expansion = 2;
    a.gnn.layer.gps.expansion = 2;
    a.gnn.layer.gps.heads = 2;
    for (const Level level : {Level::Graph, Level::Node, Level::Edge}) {
        OutputSpec& output = a.outputOf(level);
        output.mlp = MlpSpec();
        output.mlp.outDim = 7;
        output.mlp.hidden = {7};
        output.mlp.activation = Activation::Gelu;
        output.mlp.depth = 1;
    }
    a.outputOf(Level::Graph).pooling = {Pooling::Mean};
    one.change(a);
    ModelSpec spec{a,
                   {head("a", 2, 6), head("b", 1, 6, TaskKind::Regression, Level::Node),
                    head("c", 1, 6, TaskKind::Regression, Level::Edge)}};
    for (HeadSpec& each : spec.heads) {
        each.mlp.activation = Activation::Gelu;
        each.mlp.dropout = dropout;
        each.loss.type = LossType::Mse;
    }
    return spec;
}

/// GPS with a bias of the attention from a network on node pairs.
inline void withPairBias(Architecture& a)
{
    a.gnn.layer.gps.bias = true;
    a.inputs.encodings.push_back({EncodingType::ShortestPath, Level::NodePair, 1});
    EncoderSpec pairs;
    pairs.name = "pairs";
    pairs.type = EncoderType::Mlp;
    pairs.inputs = {pairKey()};
    pairs.outDim = pairs.biasHeads = a.gnn.layer.gps.heads;
    pairs.hidden = 5;
    pairs.dropout = 0;
    pairs.activation = Activation::Gelu;
    a.encoders.encoders.push_back(pairs);
}

inline std::function<void(Architecture&)> layer(LayerType type, const std::function<void(LayerSpec&)>& more = {})
{
    return [=](Architecture& a) {
        a.gnn.layer.type = type;
        if (more) {
            more(a.gnn.layer);
        }
    };
}

inline std::function<void(Architecture&)> stack(LayerType type, const std::function<void(GnnSpec&)>& more)
{
    return [=](Architecture& a) {
        a.gnn.layer.type = type;
        more(a.gnn);
    };
}

inline const std::vector<Aggregation>& allAggregations()
{
    static const std::vector<Aggregation> all = {Aggregation::Sum,     Aggregation::Mean,  Aggregation::Max,
                                                 Aggregation::Min,     Aggregation::Std,   Aggregation::Var,
                                                 Aggregation::Softmax, Aggregation::Median};
    return all;
}

inline std::vector<LayerCase> plainLayerCases()
{
    return {
        {"gcn", layer(LayerType::Gcn)},
        {"gin", layer(LayerType::Gin)},
        {"gine", layer(LayerType::Gine)},
        {"gated-gcn", layer(LayerType::GatedGcn)},
        {"gated-gcn, other widths of bonds", stack(LayerType::GatedGcn,
                                                   [](GnnSpec& gnn) {
                                                       gnn.hiddenEdges = 5;
                                                       gnn.outDimEdges = 4;
                                                   })},
        {"pna", layer(LayerType::Pna)},
        {"pna, everything", layer(LayerType::Pna,
                                  [](LayerSpec& l) {
                                      l.pna.aggregations.assign(allAggregations().begin(),
                                                                allAggregations().begin() + 6);
                                      l.pna.scalers = {Scaler::Identity, Scaler::Amplification, Scaler::Attenuation,
                                                       Scaler::Linear, Scaler::InverseLinear};
                                      l.pna.averageLog = 1.1;
                                      l.pna.averageDegree = 2.1;
                                  })},
        {"pna, deep, without bonds", layer(LayerType::Pna,
                                           [](LayerSpec& l) {
                                               l.pna.preLayers = l.pna.postLayers = 2;
                                               l.pna.lastActivation = Activation::Tanh;
                                               l.pna.useBonds = false;
                                           })},
        {"mpnn++", layer(LayerType::MpnnPlus)},
        {"mpnn++, all aggregations",
         layer(LayerType::MpnnPlus, [](LayerSpec& l) { l.mpnn.aggregations = allAggregations(); })},
        {"mpnn++, added", layer(LayerType::MpnnPlus, [](LayerSpec& l) { l.mpnn.combineSum = true; })},
        {"mpnn++, one end", layer(LayerType::MpnnPlus, [](LayerSpec& l) { l.mpnn.fromBoth = l.mpnn.toBoth = false; })},
        {"mpnn++, one end, added", layer(LayerType::MpnnPlus,
                                         [](LayerSpec& l) {
                                             l.mpnn.fromBoth = false;
                                             l.mpnn.combineSum = true;
                                             l.mpnn.edgeLayers = 1;
                                             l.mpnn.nodeLayers = 3;
                                         })},
        {"mpnn++, without bonds", layer(LayerType::MpnnPlus,
                                        [](LayerSpec& l) {
                                            l.mpnn.useBonds = false;
                                            l.mpnn.aggregations = {Aggregation::Mean, Aggregation::Sum};
                                        })},
    };
}

inline std::vector<LayerCase> gpsCases()
{
    const auto gps = [](LayerType local, const std::function<void(GpsSpec&)>& more = {}) {
        return layer(LayerType::Gps, [=](LayerSpec& l) {
            l.gps.local = local;
            l.gps.localActivation = Activation::Gelu;
            l.gps.localNorm = Norm::Layer;
            if (more) {
                more(l.gps);
            }
        });
    };
    std::vector<LayerCase> cases = {
        {"gps of gcn", gps(LayerType::Gcn)},
        {"gps of gin", gps(LayerType::Gin)},
        {"gps of gine", gps(LayerType::Gine)},
        {"gps of gated-gcn", gps(LayerType::GatedGcn)},
        {"gps of pna", gps(LayerType::Pna)},
        {"gps of nothing", gps(LayerType::Gps)},
        {"gps, scaled", gps(LayerType::Gine, [](GpsSpec& g) { g.outputScale = 2; })},
        {"gps, no residual", gps(LayerType::Gine, [](GpsSpec& g) { g.nodeResidual = false; })},
        {"gps, no attention", gps(LayerType::Gine, [](GpsSpec& g) { g.attention = GpsAttention::None; })},
        {"gps, other bare local", gps(LayerType::Gine, [](GpsSpec& g) { g.localNorm = Norm::None; })},
    };
    cases.push_back({"gps++", [=](Architecture& a) {
                         gps(LayerType::MpnnPlus)(a);
                         withPairBias(a);
                     }});
    cases.push_back({"gps, input twice", [=](Architecture& a) {
                         gps(LayerType::Gine)(a);
                         a.quirks.gpsDoubleInput = true;
                         a.quirks.gpsRelu = true;
                     }});
    return cases;
}

inline std::vector<LayerCase> stackCases()
{
    std::vector<LayerCase> cases;
    const char* residuals[] = {"none", "simple", "weighted", "concat", "densenet", "random"};
    for (int kind = 0; kind < 6; ++kind) {
        const auto residual = static_cast<Residual>(kind);
        cases.push_back({std::string("residual ") + residuals[kind], stack(LayerType::GatedGcn, [=](GnnSpec& gnn) {
                             gnn.residual = residual;
                             gnn.depth = 4;
                         })});
        if (residual != Residual::Random) {
            cases.push_back(
                {std::string("residual, skipping, ") + residuals[kind], stack(LayerType::Gine, [=](GnnSpec& gnn) {
                     gnn.residual = residual;
                     gnn.residualSkip = 2;
                     gnn.depth = 6;
                 })});
        }
    }
    const char* virtuals[] = {"none", "sum", "mean", "logsum", "max", "min", "std"};
    for (int kind = 1; kind < 7; ++kind) {
        const auto node = static_cast<VirtualNode>(kind);
        cases.push_back({std::string("virtual node ") + virtuals[kind],
                         stack(LayerType::Gin, [=](GnnSpec& gnn) { gnn.virtualNode = node; })});
        cases.push_back(
            {std::string("virtual node with bonds ") + virtuals[kind], stack(LayerType::GatedGcn, [=](GnnSpec& gnn) {
                 gnn.virtualNode = node;
                 gnn.virtualEdges = true;
                 gnn.virtualResidual = kind % 2 == 0;
             })});
    }
    cases.push_back({"first norm, other ending", stack(LayerType::Gine, [](GnnSpec& gnn) {
                         gnn.firstNorm = Norm::Layer;
                         gnn.lastActivation = Activation::None;
                         gnn.norm = gnn.lastNorm = Norm::None;
                         gnn.activation = Activation::Silu;
                     })});
    cases.push_back({"one layer", stack(LayerType::MpnnPlus, [](GnnSpec& gnn) { gnn.depth = 1; })});
    return cases;
}

inline std::vector<LayerCase> layerCases()
{
    std::vector<LayerCase> all = plainLayerCases();
    for (const auto& more : {gpsCases(), stackCases()}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

} // namespace papilio::nn::test
