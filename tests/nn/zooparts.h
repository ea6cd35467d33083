// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/features.h"
#include "tests/nn/molecules.h"

/// What the networks of zoo.h are made of.
namespace papilio::nn::test
{

inline MlpSpec mlp(int out, int hidden, int depth, double dropout, Norm norm = Norm::Layer, Norm lastNorm = Norm::None)
{
    MlpSpec spec;
    spec.outDim = out;
    spec.hidden = {hidden};
    spec.depth = depth;
    spec.dropout = dropout;
    spec.norm = norm;
    spec.lastNorm = lastNorm;
    return spec;
}

inline EncoderSpec encoder(const std::string& name, EncoderType type, std::vector<std::string> inputs)
{
    EncoderSpec spec;
    spec.name = name;
    spec.type = type;
    spec.inputs = std::move(inputs);
    spec.outDim = 6;
    spec.hidden = 10;
    spec.kernels = 5;
    spec.heads = 2;
    spec.feedForward = 14;
    return spec;
}

inline EncodingSpec encoding(EncodingType type, Level level, int count = 1)
{
    EncodingSpec spec;
    spec.type = type;
    spec.level = level;
    spec.count = count;
    return spec;
}

/// All levels and kinds on a small network.
inline ModelSpec smallSpec(LayerType layer)
{
    ModelSpec spec;
    Architecture& a = spec.architecture;
    a.name = "small";
    a.inputs.name = "zoo";
    a.inputs.encodings.push_back(encoding(EncodingType::WalkReturns, Level::Edge, 3));
    a.inputs.encodings.push_back(encoding(EncodingType::Electrostatic, Level::NodePair));
    a.inputs.encodings.push_back(encoding(EncodingType::Positions, Level::Node));
    a.encoders.outDim = 6;
    EncoderSpec walks = encoder("rw_pos", EncoderType::Mlp, {"rw_return_probs"});
    walks.norm = walks.firstNorm = Norm::Layer;
    a.encoders.encoders = {encoder("la_pos", EncoderType::Laplacian, {"laplacian_eigvec", "laplacian_eigval"}), walks};
    a.preNode = mlp(18, 24, 2, 0.18, Norm::Layer, Norm::Layer);
    a.hasPreEdge = true;
    a.preEdge = mlp(7, 9, 2, 0.18, Norm::Layer, Norm::Layer);
    a.gnn.layer.type = layer;
    a.gnn.layer.gps.heads = 2;
    a.gnn.hidden = {18};
    a.gnn.outDim = 18;
    a.gnn.hiddenEdges = a.gnn.outDimEdges = 7;
    a.gnn.depth = 3;
    a.outputOf(Level::Graph).mlp = mlp(13, 11, 2, 0.18);
    a.outputOf(Level::Node).mlp = mlp(12, 11, 1, 0.1);
    a.outputOf(Level::Edge).mlp = mlp(14, 11, 2, 0.1, Norm::Layer, Norm::Layer);
    a.outputOf(Level::NodePair).mlp = mlp(9, 8, 2, 0.1);
    spec.heads = {head("a", 2, 8), head("b", 1, 8, TaskKind::Binary, Level::Node),
                  head("c", 2, 8, TaskKind::Multiclass, Level::Edge, 3),
                  head("d", 1, 8, TaskKind::Regression, Level::NodePair)};
    return spec;
}

} // namespace papilio::nn::test
