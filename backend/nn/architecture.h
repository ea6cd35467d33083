// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "core/features.h"
#include "nn/headspec.h"
#include "nn/layerspec.h"
#include "nn/options.h"

namespace papilio::nn
{

/// An encoder of positions or structure. Every one writes into what stands in front of the atom features ("feat", width
/// Encoders::outDim), into what stands in front of the bond features ("edge_feat"), or into the attention bias.
struct EncoderSpec {
    std::string name = "la_pos"; ///< part of the parameters' names
    EncoderType type = EncoderType::Laplacian;
    std::vector<std::string> inputs; ///< keys of encodings: encodingKey(); the feature set must have them
    int outDim = 32;
    int hidden = 64;
    int layers = 2;
    double dropout = 0.1;
    Activation activation = Activation::Relu;
    Norm norm = Norm::None;
    Norm firstNorm = Norm::None;
    // laplacian
    LaplacianModel model = LaplacianModel::DeepSet;
    int layersPost = 1;
    int heads = 1;         ///< Transformer: attention heads
    int feedForward = 128; ///< Transformer: hidden width of its MLP (the published default is 2048)
    // gaussian, or an MLP over node pairs: heads of the attention that the bias is for
    int biasHeads = 0; ///< 0 = no bias
    int kernels = 32;  ///< gaussian: how many
    // bessel
    int radial = 6;      ///< basis functions
    double cutoff = 5.0; ///< Å
    int envelope = 5;    ///< exponent of the envelope
};

struct Encoders {
    int outDim = 32;                 ///< of all that write into "feat": they are joined, not concatenated
    int outDimEdges = 0;             ///< of those that write into "edge_feat"; 0 = none
    Reduction pool = Reduction::Sum; ///< Sum, Mean or Max
    Norm lastNorm = Norm::None;
    std::vector<EncoderSpec> encoders; ///< may be empty: then atoms enter with their features alone
};

/// The graph layers. All end with norm → activation → dropout → DropPath.
struct GnnSpec {
    LayerSpec layer;
    int depth = 4;
    std::vector<int> hidden = {96}; ///< one width, or depth − 1 of them
    int outDim = 96;                ///< of the last layer
    int hiddenEdges = 0;            ///< of layers that change bonds: their output width; 0 = as the bonds come in
    int outDimEdges = 0;            ///< the same of the last layer; 0 = hiddenEdges
    Activation activation = Activation::Gelu;
    Activation lastActivation = Activation::Gelu; ///< (the published library has the option and ignores it)
    double dropout = 0.1;
    double lastDropout = 0.1;
    Norm norm = Norm::Layer;
    Norm lastNorm = Norm::Layer;
    Norm firstNorm = Norm::None; ///< of atoms and bonds, before the first layer
    double dropPath = 0;         ///< of the last layer; layer i has rate · i / (depth − 1) (Huang et al. 2016)
    Residual residual = Residual::Simple;
    int residualSkip = 1; ///< layers 0 (which only starts it), s, 2s … have one
    VirtualNode virtualNode = VirtualNode::None;
    bool virtualEdges = false;   ///< the virtual node pools bonds too, and adds to them
    bool virtualResidual = true; ///< v ← v + t instead of t
};

/// Shared network of a level. Edge: on bonds where the layers change them, else on [hᵤ+hᵥ ‖ |hᵤ−hᵥ|] of the two atoms.
/// Node pair: on the latter of every pair i < j.
struct OutputSpec {
    bool used = true;                              ///< false: heads read the level's features directly
    std::vector<Pooling> pooling = {Pooling::Sum}; ///< graph level only; several are put side by side
    MlpSpec mlp;
};

/// Faults of the published library that decide numbers. Off by default; on in presets named "…-published" and in
/// converted configurations. The manual's page "Differences from the published system" tells them one by one.
struct Quirks {
    bool eigenvalueSigns = false;  ///< training flips signs of eigenvalues, one a column for the whole batch (M4)
    bool transformerScale = false; ///< Laplacian Transformer: 1/√d outside training, 1/d in it (M3)
    bool residualCounter = false;  ///< weighted residual: a second pass has one left, later ones none (M2)
    bool dropPathAlways = false;   ///< DropPath outside training too (M5)
    bool gpsRelu = false;          ///< GPS ends in relu whatever 'activation' is
    bool gpsDoubleInput = false;   ///< GPS attention: x + norm(x + a) instead of norm(x + a)
    friend bool operator==(const Quirks&, const Quirks&) = default;
    static Quirks published() { return {true, true, true, true, true, true}; }
};

/// Everything that decides the network's shape, before the tasks are known (Beaini et al. 2023, arXiv 2310.04292, and
/// its library). Order: encoders in front of the atom features → preNode → graph layers → output of each level → heads.
struct Architecture {
    std::string name;  ///< preset name, e.g. "gine-toymix"
    std::string title; ///< for people, e.g. "GINE, ToyMix"
    std::string description;
    FeatureSet inputs;
    Encoders encoders;
    bool randomSigns = true; ///< in training, of the Laplacian vectors: one a molecule and column
    bool hasPreNode = true, hasPreEdge = false;
    MlpSpec preNode, preEdge;
    GnnSpec gnn;
    OutputSpec outputs[4]; ///< by Level
    HeadDefaults heads;
    LossBalance lossBalance = LossBalance::Fixed;
    /// muP (Yang et al. 2022, arXiv 2203.03466): widths of the base network are ours divided by this. Read-out layers
    /// divide their input by the ratio, Adam's rate of matrices between two such widths too. 1 = ordinary.
    double mupDivisor = 1;
    Quirks quirks;

    bool usesBonds() const;     ///< layers look at bond features
    bool changesBonds() const;  ///< layers give new ones
    int nodeInputWidth() const; ///< of preNode: encoders ‖ atom features
    int edgeInputWidth() const; ///< of preEdge
    const OutputSpec& outputOf(Level level) const { return outputs[static_cast<std::size_t>(level)]; }
    OutputSpec& outputOf(Level level) { return outputs[static_cast<std::size_t>(level)]; }
};

struct ModelSpec {
    Architecture architecture;
    std::vector<HeadSpec> heads;
};

inline constexpr int architectureFormat = 2;

/// Unknown keys are errors that name the nearest known one; keys that are absent keep their defaults. Format 1 (without
/// "format") is read too.
Result<Architecture> architectureFromJson(const nlohmann::json& json);
nlohmann::json architectureToJson(const Architecture& architecture);
/// JSON Schema (draft 2020-12) of an architecture, made from the same table that reads it.
nlohmann::json architectureSchema();
Result<ModelSpec> modelSpecFromJson(const nlohmann::json& json);
nlohmann::json modelSpecToJson(const ModelSpec& spec);

/// Sets one value by its JSON path, as on the command line: "gnn.depth=6", "outputs.graph.pooling=[\"max\"]". Unknown
/// keys are errors that name the nearest.
Result<> setArchitectureValue(Architecture& architecture, const std::string& key, const std::string& value);

/// One option of the table, for an editor that lists them all.
struct OptionInfo {
    enum class Type : std::uint8_t { Whole, Number, Flag, Text, Choice, List };
    std::string path; ///< "gnn.dropout"
    Type type = Type::Text;
    double least = 0, most = 0;       ///< of Whole and Number
    std::vector<std::string> choices; ///< of Choice, or of the items of a List
    std::string value;                ///< as setArchitectureValue takes it
    std::string expected;             ///< "a whole number from 1 to 100"
    std::string meaning;              ///< one line
    bool relevant = true;             ///< false: nothing depends on it as the rest stands
};
std::vector<OptionInfo> architectureOptions(const Architecture& architecture = {});

/// Refuses the first of 'paths' ("gnn.mpnn.expansion") that nothing depends on in 'architecture', unless its value is
/// that of 'base' anyway: an option that would be taken and do nothing.
Result<> checkRelevant(const Architecture& architecture, const std::vector<std::string>& paths,
                       const Architecture& base = {});
/// Paths of all values of a JSON architecture or a part of one.
std::vector<std::string> valuePaths(const nlohmann::json& given);

/// What cannot work: widths that do not meet, encoders without their encoding, GPS bias without a source …
Result<> checkArchitecture(const Architecture& architecture);

/// Names of the built-in presets, and one of them. The JSON files of resources/models are compiled in; one may hold
/// only what differs from another, its "base". Every preset is there as "NAME-published" too: with Quirks::published()
/// and muP as the published library trains it.
std::vector<std::string> presetNames();
Result<Architecture> preset(const std::string& name);

/// A head of this architecture: options from HeadDefaults by the dataset's name.
void applyHeadDefaults(const Architecture& architecture, HeadSpec& head);

/// Number of trainable parameters, by formula, without building the network (learnt loss weights not counted).
std::int64_t parameterCount(const ModelSpec& spec);

/// Scales the widths of all hidden layers by one factor (whole multiples of what their attention heads need) until the
/// count is within 'tolerance' of 'budget'; an error names the nearest count that can be reached.
Result<ModelSpec> fitToBudget(const ModelSpec& spec, std::int64_t budget, double tolerance = 0.01);

} // namespace papilio::nn
