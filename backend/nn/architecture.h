// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "core/task.h"

namespace papilio::nn
{

/// A multi-layer perceptron: depth counts linear layers. Each layer: linear → norm → dropout → activation.
struct MlpSpec {
    int outDim = 64;
    int hiddenDim = 64;
    int depth = 2;
    double dropout = 0;
    bool layerNorm = true;      ///< on hidden layers
    bool lastLayerNorm = false; ///< on the last one
};

enum class LayerType : std::uint8_t { Gcn, Gin, Gine };
enum class Pooling : std::uint8_t { Sum, Mean, Max };

/// Everything that decides the network's shape, before the tasks are known. Read from resources/models/NAME.json.
/// Order of computation: encoders (Laplacian DeepSet + random-walk MLP, summed) in front of the 85 atom features
/// → preNode MLP → graph layers with simple residuals → pooling → one output MLP a level → one head a task group.
/// (Beaini et al. 2023, arXiv 2310.04292, and its library.)
struct Architecture {
    std::string name;  ///< preset name, e.g. "gine-toymix"
    std::string title; ///< for people, e.g. "GINE, ToyMix"
    std::string description;
    // encoders
    int encodingDim = 32;
    int encoderHidden = 64;
    int encoderLayers = 2;
    double encoderDropout = 0.1;
    bool randomSigns = true; ///< in training, of the Laplacian vectors: one a molecule and column
    // input networks
    MlpSpec preNode{64, 256, 2, 0.18, true, true};
    MlpSpec preEdge{32, 128, 2, 0.18, true, true}; ///< used by layers that see bonds (GINE) only
    // graph layers
    LayerType layer = LayerType::Gine;
    int hidden = 96;
    int depth = 4;
    double dropout = 0.1; ///< after norm and GELU of each layer
    // read-out
    Pooling pooling = Pooling::Sum;
    MlpSpec output{96, 96, 1, 0.18, true, false};     ///< after pooling, for graph-level heads
    MlpSpec outputNode{96, 96, 1, 0.18, true, false}; ///< on atoms, for node-level heads
    /// On [hᵤ+hᵥ ‖ |hᵤ−hᵥ|] of the two atoms of a directed bond, for edge-level heads: both directions give the same.
    MlpSpec outputEdge{96, 96, 1, 0.18, true, false};
    double headDropout = 0.18;
    int headHidden = 64; ///< of heads that no pattern below matches
    struct HeadWidth {
        std::string datasetPattern; ///< "qm9*", case-insensitive
        int hidden = 64;
    };
    std::vector<HeadWidth> headWidths;

    bool usesBonds() const { return layer == LayerType::Gine; }
    const MlpSpec& outputOf(Level level) const
    {
        return level == Level::Graph ? output : level == Level::Node ? outputNode : outputEdge;
    }
};

/// One task group: the labels of one dataset at one level and of one kind share a head.
struct HeadSpec {
    std::string name; ///< "qm9"; with level and kind where a dataset has several ("bace/binary", "x/node")
    std::string dataset;
    Level level = Level::Graph;
    TaskKind kind = TaskKind::Regression;
    int classes = 0; ///< multiclass: classes of every task of the group
    struct Column {
        std::string task;
        std::string unit;
    };
    std::vector<Column> columns;
    int hidden = 64; ///< width of the head's hidden layer

    int outputWidth() const; ///< columns, times classes for multiclass (class index runs fastest)
};

struct ModelSpec {
    Architecture architecture;
    std::vector<HeadSpec> heads;
};

/// Unknown keys are errors that name the nearest known one.
Result<Architecture> architectureFromJson(const nlohmann::json& json);
nlohmann::json architectureToJson(const Architecture& architecture);
Result<ModelSpec> modelSpecFromJson(const nlohmann::json& json);
nlohmann::json modelSpecToJson(const ModelSpec& spec);

/// Names of the built-in presets ("gcn-toymix", "gin-toymix", "gine-toymix"), and one of them. The JSON files are
/// compiled in.
std::vector<std::string> presetNames();
Result<Architecture> preset(const std::string& name);

/// Sets one value by its JSON path, as on the command line: "gnn.depth=6". Unknown keys are errors that name the
/// nearest.
Result<> setArchitectureValue(Architecture& architecture, const std::string& key, const std::string& value);

/// Hidden width for a dataset's head.
int headHidden(const Architecture& architecture, const std::string& dataset);

/// Number of trainable parameters, by formula, without building the network.
std::int64_t parameterCount(const ModelSpec& spec);

} // namespace papilio::nn
