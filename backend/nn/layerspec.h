// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "nn/options.h"

namespace papilio::nn
{

/// A multi-layer perceptron: depth counts linear layers. First norm, then for each layer: linear → norm → dropout →
/// activation → residual.
struct MlpSpec {
    int outDim = 64;
    std::vector<int> hidden = {64}; ///< one width, or depth − 1 of them
    int depth = 2;
    Activation activation = Activation::Relu;
    Activation lastActivation = Activation::None;
    double dropout = 0;
    double lastDropout = 0;
    Norm norm = Norm::Layer; ///< on hidden layers
    Norm lastNorm = Norm::None;
    Norm firstNorm = Norm::None;
    Residual residual = Residual::None;
    int residualSkip = 1;
    /// Several members side by side, joined at the end; 0 = a single one. Each sees a random part of the columns.
    int ensemble = 0;
    Reduction ensembleReduction = Reduction::Mean;
    double ensembleInputs = 1; ///< share of the input columns that a member sees

    int hiddenOf(int layer) const { return hidden.size() == 1 ? hidden[0] : hidden[static_cast<std::size_t>(layer)]; }
};

/// Principal neighbourhood aggregation (Corso et al. 2020, arXiv 2004.05718).
struct PnaSpec {
    std::vector<Aggregation> aggregations = {Aggregation::Mean, Aggregation::Max, Aggregation::Min, Aggregation::Std};
    std::vector<Scaler> scalers = {Scaler::Identity, Scaler::Amplification, Scaler::Attenuation};
    int preLayers = 1, postLayers = 1;
    Activation lastActivation = Activation::None;
    double averageLog = 1;    ///< δ
    double averageDegree = 1;
    bool useBonds = true;     ///< messages see the bond
};

/// MPNN of GPS++ (Masters et al. 2022, arXiv 2212.02229).
struct MpnnPlusSpec {
    bool fromBoth = true;  ///< an edge reads both ends; else its sender alone
    bool toBoth = true;    ///< an atom gathers over in- and out-edges; else over in-edges alone
    bool combineSum = false; ///< ends and directions are added instead of put side by side
    int nodeLayers = 2, edgeLayers = 2;
    int expansion = 4;     ///< hidden width of the two MLPs, times their output width (node) or input width (edge)
    std::vector<Aggregation> aggregations = {Aggregation::Sum};
    double edgeDropout = 0.0035; ///< dropout behind the network on edges
    bool useBonds = true;        ///< false: no network on edges, atoms gather their neighbours alone
};

enum class GpsAttention : std::uint8_t { None, Full };

/// General, powerful, scalable (Rampášek et al. 2022, arXiv 2205.12454): a local layer beside attention over all atoms
/// of the molecule.
struct GpsSpec {
    LayerType local = LayerType::Gine; ///< Gps = none
    // the local layer's own ending (the published library's defaults: relu, no norm, no dropout; MPNN++: gelu, layer)
    Activation localActivation = Activation::Relu;
    Norm localNorm = Norm::None;
    double localDropout = 0;
    bool nodeResidual = true;
    double outputScale = 1;
    GpsAttention attention = GpsAttention::Full;
    int heads = 4;
    double attentionDropout = 0; ///< of the softmax
    bool bias = false;           ///< add the attention bias of the encoders
    int expansion = 4;           ///< hidden width of the MLP behind, times the input width
    double dropPathAttention = 0, dropPathMlp = 0;
};

/// One kind of graph layer with all its options; those of other kinds are ignored by the network and not written.
struct LayerSpec {
    LayerType type = LayerType::Gine;
    PnaSpec pna;
    MpnnPlusSpec mpnn;
    GpsSpec gps;
};

} // namespace papilio::nn
