// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/features.h"
#include "tests/nn/molecules.h"
#include "tests/nn/zoomolecules.h"
#include "tests/nn/zooparts.h"

/// One small network for every option that a network has, and molecules with inputs of every kind.
namespace papilio::nn::test
{

struct ZooEntry {
    std::string name;
    ModelSpec spec;
    bool batchNorm = false; ///< the company of a batch matters in training
};

class ZooBuilder
{
public:
    template <typename Change> void add(const std::string& name, LayerType layer, Change change)
    {
        ZooEntry entry{name, smallSpec(layer), false};
        change(entry.spec.architecture);
        m_entries.push_back(std::move(entry));
    }
    template <typename Change> void addSpec(const std::string& name, LayerType layer, Change change)
    {
        ZooEntry entry{name, smallSpec(layer), false};
        change(entry);
        m_entries.push_back(std::move(entry));
    }
    std::vector<ZooEntry> take() { return std::move(m_entries); }

private:
    std::vector<ZooEntry> m_entries;
};

inline void addLayers(ZooBuilder& zoo)
{
    const auto asIs = [](Architecture&) {};
    zoo.add("gcn", LayerType::Gcn, asIs);
    zoo.add("gin", LayerType::Gin, asIs);
    zoo.add("gine", LayerType::Gine, asIs);
    zoo.add("gated-gcn", LayerType::GatedGcn, asIs);
    zoo.add("pna", LayerType::Pna, asIs);
    zoo.add("pna, all scalers and aggregations", LayerType::Pna, [](Architecture& a) {
        PnaSpec& pna = a.gnn.layer.pna;
        pna.aggregations = {Aggregation::Sum, Aggregation::Mean, Aggregation::Max,
                            Aggregation::Min, Aggregation::Var,  Aggregation::Std};
        pna.scalers = {Scaler::Identity, Scaler::Amplification, Scaler::Attenuation, Scaler::Linear,
                       Scaler::InverseLinear};
        pna.preLayers = pna.postLayers = 2;
        pna.lastActivation = Activation::Tanh;
    });
    zoo.add("pna without bonds", LayerType::Pna, [](Architecture& a) { a.gnn.layer.pna.useBonds = false; });
    zoo.add("mpnn++", LayerType::MpnnPlus, asIs);
    zoo.add("mpnn++, sums", LayerType::MpnnPlus, [](Architecture& a) { a.gnn.layer.mpnn.combineSum = true; });
    zoo.add("mpnn++, one way", LayerType::MpnnPlus, [](Architecture& a) {
        a.gnn.layer.mpnn.fromBoth = a.gnn.layer.mpnn.toBoth = false;
        a.gnn.layer.mpnn.edgeDropout = 0.2;
    });
    zoo.add("mpnn++, all aggregations", LayerType::MpnnPlus, [](Architecture& a) {
        a.gnn.layer.mpnn.aggregations = {Aggregation::Sum, Aggregation::Mean, Aggregation::Max,     Aggregation::Min,
                                         Aggregation::Var, Aggregation::Std,  Aggregation::Softmax, Aggregation::Median};
    });
    zoo.add("gps", LayerType::Gps, asIs);
    zoo.add("gps over gated-gcn", LayerType::Gps, [](Architecture& a) {
        a.gnn.layer.gps.local = LayerType::GatedGcn;
        a.gnn.layer.gps.attentionDropout = 0.2;
        a.gnn.layer.gps.dropPathAttention = a.gnn.layer.gps.dropPathMlp = 0.3;
    });
    zoo.add("gps++", LayerType::Gps, [](Architecture& a) {
        a.gnn.layer.gps.local = LayerType::MpnnPlus;
        a.gnn.layer.gps.nodeResidual = false;
    });
    zoo.add("gps without attention", LayerType::Gps,
            [](Architecture& a) { a.gnn.layer.gps.attention = GpsAttention::None; });
    zoo.add("gps with Gaussian bias", LayerType::Gps, [](Architecture& a) {
        EncoderSpec gaussian = encoder("gaussian_pos", EncoderType::Gaussian, {"positions_3d"});
        gaussian.biasHeads = 2;
        a.encoders.encoders.push_back(gaussian);
        a.gnn.layer.gps.bias = true;
    });
    zoo.add("gps with bias of pairs", LayerType::Gps, [](Architecture& a) {
        EncoderSpec pairs = encoder("pairs", EncoderType::Mlp, {"nodepair_electrostatic"});
        pairs.biasHeads = 2;
        a.encoders.encoders.push_back(pairs);
        a.gnn.layer.gps.bias = true;
    });
}

inline void addEncoders(ZooBuilder& zoo)
{
    zoo.add("no encoders", LayerType::Gcn, [](Architecture& a) { a.encoders.encoders.clear(); });
    zoo.add("Laplacian Transformer", LayerType::Gcn, [](Architecture& a) {
        a.encoders.encoders[0].model = LaplacianModel::Transformer;
    });
    zoo.add("Laplacian MLP", LayerType::Gcn, [](Architecture& a) {
        a.encoders.encoders[0].model = LaplacianModel::Mlp;
        a.encoders.encoders[0].layersPost = 2;
    });
    zoo.add("Laplacian DeepSet, one layer", LayerType::Gcn,
            [](Architecture& a) { a.encoders.encoders[0].layers = 1; });
    zoo.add("Laplacian DeepSet, three layers", LayerType::Gcn, [](Architecture& a) {
        a.encoders.encoders[0].layers = 3;
        a.encoders.encoders[0].layersPost = 2;
        a.encoders.encoders[0].activation = Activation::Gelu; // of the MLP behind
        a.encoders.pool = Reduction::Max;
        a.encoders.lastNorm = Norm::Layer;
    });
    for (const LaplacianModel model : {LaplacianModel::Mlp, LaplacianModel::DeepSet}) {
        zoo.add(model == LaplacianModel::Mlp ? "SignNet, MLP" : "SignNet, DeepSet", LayerType::Gcn, [=](Architecture& a) {
            a.encoders.encoders[0] = encoder("sign", EncoderType::SignNet, {"laplacian_eigvec"});
            a.encoders.encoders[0].model = model;
            a.encoders.encoders[0].layersPost = 2;
            a.encoders.encoders[0].norm = model == LaplacianModel::Mlp ? Norm::Layer : Norm::None;
            a.encoders.pool = Reduction::Mean;
        });
    }
    zoo.add("Bessel and edge encodings", LayerType::Gine, [](Architecture& a) {
        EncoderSpec bessel = encoder("bessel", EncoderType::Bessel, {"positions_3d"});
        EncoderSpec edges = encoder("edge_pos", EncoderType::Mlp, {"edge_rw_return_probs"});
        bessel.outDim = edges.outDim = a.encoders.outDimEdges = 5;
        a.encoders.encoders.push_back(bessel);
        a.encoders.encoders.push_back(edges);
    });
    zoo.add("encodings side by side", LayerType::Gcn, [](Architecture& a) {
        a.encoders.encoders.push_back(encoder("cat", EncoderType::CatMlp, {"laplacian_eigvec", "rw_return_probs"}));
    });
}

inline void addStacks(ZooBuilder& zoo)
{
    const char* residuals[] = {"none", "simple", "weighted", "concat", "densenet", "random"};
    for (const Residual residual : {Residual::None, Residual::Weighted, Residual::Concat, Residual::DenseNet,
                                    Residual::Random}) {
        zoo.add(std::string("residual ") + residuals[static_cast<int>(residual)], LayerType::GatedGcn,
                [=](Architecture& a) {
                    a.gnn.residual = residual;
                    a.gnn.depth = 4;
                });
    }
    const char* virtualNodes[] = {"none", "sum", "mean", "logsum", "max", "min", "std"};
    for (int kind = 1; kind <= 6; ++kind) {
        zoo.add(std::string("virtual node ") + virtualNodes[kind], LayerType::GatedGcn, [=](Architecture& a) {
            a.gnn.virtualNode = static_cast<VirtualNode>(kind);
            a.gnn.virtualEdges = kind % 2 == 0;
            a.gnn.virtualResidual = kind % 3 != 0;
        });
    }
    zoo.add("drop path, skips, first norm", LayerType::GatedGcn, [](Architecture& a) {
        a.gnn.dropPath = 0.4;
        a.gnn.depth = 5;
        a.gnn.residualSkip = 2;
        a.gnn.firstNorm = Norm::Layer;
    });
    const Activation activations[] = {Activation::None, Activation::Relu, Activation::Sigmoid,   Activation::Tanh,
                                      Activation::Elu,  Activation::Selu, Activation::LeakyRelu, Activation::Softplus,
                                      Activation::Silu};
    for (const Activation activation : activations) {
        zoo.add("activation " + std::to_string(static_cast<int>(activation)), LayerType::Gin, [=](Architecture& a) {
            a.gnn.activation = a.preNode.activation = a.outputOf(Level::Graph).mlp.activation = activation;
        });
    }
    zoo.addSpec("batch norm", LayerType::Gine, [](ZooEntry& entry) {
        Architecture& a = entry.spec.architecture;
        entry.batchNorm = true;
        a.gnn.norm = a.gnn.lastNorm = a.gnn.firstNorm = Norm::Batch;
        a.preNode.norm = a.preNode.firstNorm = Norm::Batch;
        a.encoders.encoders[1].norm = a.encoders.encoders[1].firstNorm = Norm::Batch;
        a.outputOf(Level::Graph).mlp.norm = Norm::Batch;
    });
    zoo.add("no norms", LayerType::Gine, [](Architecture& a) {
        a.gnn.norm = a.preNode.norm = a.preNode.lastNorm = a.preEdge.norm = a.preEdge.lastNorm = Norm::None;
        a.outputOf(Level::Graph).mlp.norm = a.outputOf(Level::Edge).mlp.norm = Norm::None;
    });
}

inline void addOutputs(ZooBuilder& zoo)
{
    zoo.add("all poolings", LayerType::Gin, [](Architecture& a) {
        a.outputOf(Level::Graph).pooling = {Pooling::Sum, Pooling::Mean,   Pooling::Max,
                                            Pooling::Min, Pooling::LogSum, Pooling::Std};
    });
    zoo.add("heads read features", LayerType::GatedGcn, [](Architecture& a) {
        for (OutputSpec& output : a.outputs) {
            output.used = false;
        }
    });
    zoo.add("no input networks", LayerType::GatedGcn, [](Architecture& a) {
        a.hasPreNode = a.hasPreEdge = false;
        a.gnn.hiddenEdges = a.gnn.outDimEdges = 13;
    });
    zoo.add("muP", LayerType::Gps, [](Architecture& a) {
        a.mupDivisor = 2;
        a.gnn.virtualNode = VirtualNode::Mean;
    });
    zoo.add("deep MLPs with residuals", LayerType::Gin, [](Architecture& a) {
        a.preNode.depth = 4;
        a.preNode.residual = Residual::Simple;
        a.preNode.activation = Activation::Gelu;
        a.outputOf(Level::Graph).mlp.depth = 4;
        a.outputOf(Level::Graph).mlp.residual = Residual::Concat;
        a.outputOf(Level::Node).mlp.depth = 3;
        a.outputOf(Level::Node).mlp.residual = Residual::Weighted;
        a.outputOf(Level::Node).mlp.lastActivation = Activation::Silu;
        a.outputOf(Level::Node).mlp.lastDropout = 0.2;
    });
    const char* reductions[] = {"sum", "mean", "max", "min", "median"};
    for (const Reduction reduction :
         {Reduction::Sum, Reduction::Mean, Reduction::Max, Reduction::Min, Reduction::Median}) {
        zoo.addSpec(std::string("ensemble ") + reductions[static_cast<int>(reduction)], LayerType::Gin,
                    [=](ZooEntry& entry) {
                        MlpSpec& one = entry.spec.heads[0].mlp;
                        one.ensemble = 3;
                        one.ensembleReduction = reduction;
                        one.ensembleInputs = reduction == Reduction::Sum ? 1 : 0.5;
                        one.lastActivation = reduction == Reduction::Max ? Activation::Sigmoid : Activation::None;
                    });
    }
}

inline std::vector<ZooEntry> zoo()
{
    ZooBuilder builder;
    addLayers(builder);
    addEncoders(builder);
    addStacks(builder);
    addOutputs(builder);
    return builder.take();
}

} // namespace papilio::nn::test
