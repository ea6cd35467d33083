// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/describe.h"

namespace papilio::nn::options
{

namespace
{

Fields describe(Encoders& encoders)
{
    return {
        number("out", encoders.outDim, 1, widest, "Width of what stands in front of the atom features."),
        number("out_edges", encoders.outDimEdges, 0, widest, "Width in front of the bond features; 0 = none."),
        choice("pool", encoders.pool, "How the encoders' outputs are joined: sum, mean or max."),
        choice("last_norm", encoders.lastNorm, "Norm of the joined encoders."),
        list("list", encoders.encoders, &options::describe, "The encoders of positions and structure."),
    };
}

Fields describe(Quirks& quirks)
{
    return {
        flag("eigenvalue_signs", quirks.eigenvalueSigns,
             "Training flips signs of eigenvalues, one a column for the whole batch, instead of eigenvectors."),
        flag("transformer_scale", quirks.transformerScale,
             "Laplacian transformer: 1/√d outside training, 1/d in training."),
        flag("residual_counter", quirks.residualCounter,
             "Weighted residual: a second pass has one residual left, later passes none."),
        flag("drop_path_always", quirks.dropPathAlways, "DropPath outside training too."),
        flag("gps_relu", quirks.gpsRelu, "GPS ends in relu whatever the activation is."),
        flag("gps_double_input", quirks.gpsDoubleInput, "GPS attention: x + norm(x + a) instead of norm(x + a)."),
    };
}

Fields describe(HeadDefaults::Override& override)
{
    Object options;
    options.text = &override.options;
    options.example = [mlp = std::make_shared<MlpSpec>(), loss = std::make_shared<LossSpec>()] {
        return describeHead(*mlp, *loss);
    };
    return {text("dataset", override.dataset, "Which datasets: a pattern with * and ?, upper or lower case."),
            {"options", std::move(options), "What differs for their heads: keys of heads.mlp, and \"loss\"."}};
}

Fields describe(HeadDefaults& heads)
{
    Fields losses = {
        group("regression", options::describe(heads.regression), "Loss of regression heads."),
        group("binary", options::describe(heads.binary), "Loss of yes/no heads."),
        group("multiclass", options::describe(heads.classes), "Loss of heads with several classes."),
    };
    return {
        group("mlp", describeHidden(heads.mlp), "The network of a head; its output width follows from the tasks."),
        group("losses", std::move(losses), "Losses by kind of task."),
        list("overrides", heads.overrides, &describe, "Heads of single datasets; the first that matches counts."),
    };
}

Fields describeOutputs(Architecture& architecture)
{
    static const char* const meanings[] = {
        "Shared network on pooled molecules.", "Shared network on atoms.",
        "Shared network on bonds: their features where layers change them, else [hᵤ+hᵥ ‖ |hᵤ−hᵥ|].",
        "Shared network on pairs of atoms: [hᵤ+hᵥ ‖ |hᵤ−hᵥ|]."};
    Fields fields;
    for (const Level level : {Level::Graph, Level::Node, Level::Edge, Level::NodePair}) {
        OutputSpec& output = architecture.outputOf(level);
        fields.push_back(group(
            std::string(nameOf(level)), options::describe(output, level == Level::Graph),
            std::string(meanings[static_cast<std::size_t>(level)]) + " null: heads read it directly.", &output.used));
    }
    return fields;
}

} // namespace

Fields describe(EncodingSpec& spec)
{
    const bool laplacian = spec.type == EncodingType::LaplacianVectors || spec.type == EncodingType::LaplacianValues;
    const bool walk = spec.type == EncodingType::WalkReturns || spec.type == EncodingType::WalkTransitions;
    return {
        choice("type", spec.type, "What is computed."),
        choice("level", spec.level, "Where it enters: at atoms, bonds or pairs of atoms."),
        when(laplacian || walk, number("count", spec.count, 1, 1000, "Eigenvectors, or steps of a random walk.")),
        when(laplacian, choice("norm", spec.norm, "Laplacian: none (D−A), sym (D^−½(D−A)D^−½) or inv (D⁻¹(D−A)).")),
        when(laplacian, flag("per_component", spec.perComponent, "Each connected part has its own decomposition.")),
        when(spec.type == EncodingType::LaplacianVectors,
             flag("general_solver", spec.generalSolver,
                  "Vectors as the published library's general solver gives them; for models trained with it.")),
        when(walk, number("space_dim", spec.spaceDim, 0, 100, "Walks: scaled by k^(space_dim/2) at step k.")),
    };
}

Fields describe(FeatureSet& set)
{
    Field encodings = list("encodings", set.encodings, &options::describe, "Encodings of positions and structure.");
    std::get<List>(encodings.target).prepare = [&set](std::size_t i, const Json& json) {
        const auto type = json.is_object() && json.contains("type") && json["type"].is_string()
                              ? encodingTypeFromName(json["type"].get<std::string>())
                              : std::nullopt;
        set.encodings[i] = type ? defaultEncoding(*type) : EncodingSpec();
    };
    return {
        text("name", set.name, "Name of the feature set."),
        texts("atom_onehot", set.atomOneHot, "Atom properties as one-hot columns."),
        texts("atom_float", set.atomFloat, "Atom properties as numbers."),
        texts("bond", set.bond, "Bond properties."),
        std::move(encodings),
    };
}

Fields describe(EncoderSpec& spec)
{
    const auto is = [&](auto... types) { return ((spec.type == types) || ...); };
    const bool network = is(EncoderType::Mlp, EncoderType::CatMlp, EncoderType::SignNet);
    const bool positions = is(EncoderType::Gaussian, EncoderType::Bessel);
    const bool laplacian = is(EncoderType::Laplacian);
    return {
        text("name", spec.name, "Part of the parameters' names."),
        choice("type", spec.type, "Kind of encoder."),
        texts("inputs", spec.inputs, "Keys of the encodings it reads."),
        number("out", spec.outDim, 1, widest, "Output width: encoders.out, or encoders.out_edges for bonds."),
        when(!positions, number("hidden", spec.hidden, 1, widest, "Width of its hidden layers.")),
        when(!is(EncoderType::Bessel), number("layers", spec.layers, 1, deepest, "Number of its layers.")),
        when(!positions, number("dropout", spec.dropout, 0, mostDropout, "Dropout.")),
        choice("activation", spec.activation, "Activation."),
        when(network, choice("norm", spec.norm, "Norm after each layer.")),
        when(network || is(EncoderType::Gaussian), choice("first_norm", spec.firstNorm, "Norm of the input.")),
        when(laplacian, choice("model", spec.model, "How eigenvectors are joined: deepset, transformer or mlp.")),
        when(laplacian || is(EncoderType::SignNet),
             number("layers_post", spec.layersPost, 0, deepest, "Layers behind the sum over eigenvectors.")),
        when(laplacian && spec.model == LaplacianModel::Transformer,
             number("heads", spec.heads, 1, 1024, "Attention heads of the transformer.")),
        when(laplacian && spec.model == LaplacianModel::Transformer,
             number("feed_forward", spec.feedForward, 1, widest, "Hidden width of the transformer's MLP.")),
        when(is(EncoderType::Gaussian, EncoderType::Mlp, EncoderType::CatMlp),
             number("bias_heads", spec.biasHeads, 0, 1024, "Attention heads that get a bias from it; 0 = no bias.")),
        when(is(EncoderType::Gaussian), number("kernels", spec.kernels, 1, widest, "Number of Gaussians.")),
        when(is(EncoderType::Bessel), number("radial", spec.radial, 1, 1024, "Number of radial basis functions.")),
        when(is(EncoderType::Bessel), number("cutoff", spec.cutoff, 0.1, 1000, "Largest distance in Å.")),
        when(is(EncoderType::Bessel), number("envelope", spec.envelope, 1, 100, "Exponent of the smooth cut-off.")),
    };
}

Fields describe(OutputSpec& output, bool graph)
{
    Fields fields = options::describe(output.mlp);
    if (graph) {
        fields.insert(fields.begin(),
                      choices("pooling", output.pooling, "Atoms → molecule; several stand side by side."));
    }
    return fields;
}

Fields describe(Architecture& a)
{
    return {
        text("name", a.name, "Name of the preset."),
        text("title", a.title, "Name for people."),
        text("description", a.description, "What it is and what it is good for."),
        group("inputs", options::describe(a.inputs), "What is computed from a molecule before the network sees it."),
        group("encoders", describe(a.encoders), "Encoders of positions and structure, in front of the features."),
        flag("random_signs", a.randomSigns, "Training flips signs of Laplacian vectors, per molecule and column."),
        group("pre_node", options::describe(a.preNode), "Network on atoms before the graph layers; null = none.",
              &a.hasPreNode),
        group("pre_edge", options::describe(a.preEdge), "Network on bonds before the graph layers; null = none.",
              &a.hasPreEdge),
        group("gnn", options::describe(a.gnn), "The graph layers."),
        group("outputs", describeOutputs(a), "Shared networks behind the graph layers, one a level."),
        group("heads", describe(a.heads), "Heads, one a group of tasks."),
        choice("loss_balance", a.lossBalance, "How the heads' losses are weighed against each other."),
        number("mup_divisor", a.mupDivisor, 1, 1024,
               "muP: widths of the base network are these divided by it; 1 = off."),
        group("quirks", describe(a.quirks), "Faults of the published library that decide numbers."),
    };
}

} // namespace papilio::nn::options
