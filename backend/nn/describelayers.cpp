// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/describe.h"

namespace papilio::nn::options
{

namespace
{

Fields describe(PnaSpec& pna)
{
    return {
        choices("aggregations", pna.aggregations, "How messages are joined; all are put side by side."),
        choices("scalers", pna.scalers, "How each is scaled by the number of neighbours."),
        number("pre_layers", pna.preLayers, 1, deepest, "Layers on a message."),
        number("post_layers", pna.postLayers, 1, deepest, "Layers behind."),
        choice("last_activation", pna.lastActivation, "Activation of the last layer of both."),
        number("average_log", pna.averageLog, 1e-6, 1e6, "δ: mean of log(degree + 1) over the training molecules."),
        number("average_degree", pna.averageDegree, 1e-6, 1e6, "Mean degree over the training molecules."),
        flag("use_bonds", pna.useBonds, "Messages see the bond."),
    };
}

Fields describe(MpnnPlusSpec& mpnn)
{
    return {
        flag("from_both", mpnn.fromBoth, "A bond reads both ends; otherwise its sender alone."),
        flag("to_both", mpnn.toBoth, "An atom gathers over bonds in both directions; otherwise over incoming ones."),
        flag("combine_sum", mpnn.combineSum, "Ends and directions are added instead of put side by side."),
        number("node_layers", mpnn.nodeLayers, 1, deepest, "Layers of the network on atoms."),
        number("edge_layers", mpnn.edgeLayers, 1, deepest, "Layers of the network on bonds."),
        number("expansion", mpnn.expansion, 1, 64, "Hidden widths, times the input width."),
        choices("aggregations", mpnn.aggregations, "How bonds are joined at an atom; all are put side by side."),
        number("edge_dropout", mpnn.edgeDropout, 0, mostDropout, "Dropout behind the network on bonds."),
        flag("use_bonds", mpnn.useBonds,
             "Bond features enter and are changed; otherwise atoms gather their neighbours alone."),
    };
}

/// Names of the layers that may stand inside GPS; its own place stands for none.
const Names& localNames()
{
    static const Names names = [] {
        Names all = namesOf<LayerType>();
        all[static_cast<std::size_t>(LayerType::Gps)] = "none";
        return all;
    }();
    return names;
}

Fields describe(GpsSpec& gps)
{
    Field local = choice("local", gps.local, "The local layer, or none.");
    std::get<Choice>(local.target).names = &localNames();
    return {
        std::move(local),
        choice("local_activation", gps.localActivation, "Activation of the local layer's own ending."),
        choice("local_norm", gps.localNorm, "Norm of the local layer's own ending."),
        number("local_dropout", gps.localDropout, 0, mostDropout, "Dropout of the local layer's own ending."),
        flag("node_residual", gps.nodeResidual, "The local layer's output is added to its input."),
        number("output_scale", gps.outputScale, 1e-6, 1e6, "The local layer's output is divided by it."),
        choice("attention", gps.attention, "Attention over all atoms of the molecule, or none."),
        number("heads", gps.heads, 1, 1024, "Attention heads."),
        number("attention_dropout", gps.attentionDropout, 0, mostDropout, "Dropout of the attention weights."),
        flag("bias", gps.bias, "Add the attention bias of the encoders."),
        number("expansion", gps.expansion, 1, 64, "Hidden width of the MLP behind, times the input width."),
        number("drop_path_attention", gps.dropPathAttention, 0, mostDropout, "DropPath of the attention."),
        number("drop_path_mlp", gps.dropPathMlp, 0, mostDropout, "DropPath of the MLP behind."),
    };
}

} // namespace

Fields describeHidden(MlpSpec& mlp)
{
    const bool ensemble = mlp.ensemble > 0;
    return {
        widths("hidden", mlp.hidden, "Width of the hidden layers; one number, or one a layer."),
        number("depth", mlp.depth, 1, deepest, "Number of linear layers."),
        choice("activation", mlp.activation, "Activation of the hidden layers."),
        choice("last_activation", mlp.lastActivation, "Activation of the last layer."),
        number("dropout", mlp.dropout, 0, mostDropout, "Dropout of the hidden layers."),
        number("last_dropout", mlp.lastDropout, 0, mostDropout, "Dropout of the last layer."),
        choice("norm", mlp.norm, "Norm of the hidden layers."),
        choice("last_norm", mlp.lastNorm, "Norm of the last layer."),
        choice("first_norm", mlp.firstNorm, "Norm of the input."),
        choice("residual", mlp.residual, "How a layer's output is joined with what came before."),
        number("residual_skip", mlp.residualSkip, 1, deepest, "Layers from one residual to the next."),
        number("ensemble", mlp.ensemble, 0, 1024, "Networks side by side, joined at the end; 0 = a single one."),
        when(ensemble, choice("ensemble_reduction", mlp.ensembleReduction, "How the ensemble's outputs are joined.")),
        when(ensemble, number("ensemble_inputs", mlp.ensembleInputs, 1e-6, 1,
                              "Share of the input columns that a member of the ensemble sees.")),
    };
}

Fields describe(MlpSpec& mlp)
{
    Fields fields = describeHidden(mlp);
    fields.insert(fields.begin(), number("out", mlp.outDim, 1, widest, "Output width."));
    return fields;
}

Fields describe(GnnSpec& gnn)
{
    const bool gps = gnn.layer.type == LayerType::Gps;
    const auto uses = [&](LayerType type) { return (gps ? gnn.layer.gps.local : gnn.layer.type) == type; };
    return {
        choice("layer", gnn.layer.type, "Kind of graph layer."),
        number("depth", gnn.depth, 1, deepest, "Number of layers."),
        widths("hidden", gnn.hidden, "Width of atoms behind all layers but the last; one number, or one a layer."),
        number("out", gnn.outDim, 1, widest, "Width of atoms behind the last layer."),
        number("hidden_edges", gnn.hiddenEdges, 0, widest,
               "Width of bonds behind layers that change them; 0 = as before."),
        number("out_edges", gnn.outDimEdges, 0, widest, "The same behind the last layer; 0 = hidden_edges."),
        choice("activation", gnn.activation, "Activation of all layers but the last."),
        choice("last_activation", gnn.lastActivation, "Activation of the last layer."),
        number("dropout", gnn.dropout, 0, mostDropout, "Dropout of all layers but the last."),
        number("last_dropout", gnn.lastDropout, 0, mostDropout, "Dropout of the last layer."),
        choice("norm", gnn.norm, "Norm of all layers but the last."),
        choice("last_norm", gnn.lastNorm, "Norm of the last layer."),
        choice("first_norm", gnn.firstNorm, "Norm of atoms and bonds before the first layer."),
        number("drop_path", gnn.dropPath, 0, mostDropout, "DropPath of the last layer; it grows with depth from 0."),
        choice("residual", gnn.residual, "How a layer's output is joined with what came before."),
        number("residual_skip", gnn.residualSkip, 1, deepest, "Layers from one residual to the next."),
        choice("virtual_node", gnn.virtualNode, "A node joined to all atoms, and how it pools them."),
        flag("virtual_edges", gnn.virtualEdges, "The virtual node pools bonds too, and adds to them."),
        flag("virtual_residual", gnn.virtualResidual, "The virtual node keeps its own state from layer to layer."),
        when(uses(LayerType::Pna), group("pna", describe(gnn.layer.pna), "PNA's own options.")),
        when(uses(LayerType::MpnnPlus), group("mpnn", describe(gnn.layer.mpnn), "MPNN++'s own options.")),
        when(gps, group("gps", describe(gnn.layer.gps), "GPS' own options.")),
    };
}

Fields describe(LossSpec& loss)
{
    const bool hybrid = loss.type == LossType::HybridCe;
    return {
        choice("type", loss.type, "Kind of loss."),
        number("weight", loss.weight, 0, 1e6, "Weight against the other heads."),
        flag("per_label", loss.perLabel, "Mean over tasks of the mean over molecules; otherwise one pool of labels."),
        when(loss.type == LossType::Huber,
             number("huber_delta", loss.huberDelta, 1e-6, 1e6, "Huber: where the square turns into a line.")),
        when(hybrid, number("alpha", loss.alpha, 0, 1, "Hybrid: share of the cross-entropy; the rest is regression.")),
        when(hybrid, flag("hybrid_absolute", loss.hybridAbsolute, "Hybrid: absolute instead of squared error.")),
        numbers("class_weights", loss.classWeights, 0, 1e9, "Weights of the classes; empty = all 1."),
        numbers("column_weights", loss.columnWeights, 0, 1e9, "Weights of the tasks; empty = all 1."),
    };
}

Fields describeHead(MlpSpec& mlp, LossSpec& loss)
{
    Fields fields = describeHidden(mlp);
    fields.push_back(group("loss", describe(loss), "The loss."));
    return fields;
}

Fields describe(HeadSpec& head)
{
    const auto column = [](HeadSpec::Column& c) -> Fields {
        return {text("task", c.task, "Name of the task."), text("unit", c.unit, "Its unit, or empty."),
                when(!c.title.empty(), text("title", c.title, "What the task is called for people.")),
                when(!c.known, flag("known", c.known, "false: what this output means is not known."))};
    };
    return {
        text("name", head.name, "Name of the head; part of the parameters' names."),
        text("dataset", head.dataset, "Dataset of its tasks."),
        choice("level", head.level, "What a label belongs to."),
        choice("kind", head.kind, "What a label is."),
        number("classes", head.classes, 0, 1e6, "Multiclass: classes of every task."),
        when(!head.classNames.empty(), texts("class_names", head.classNames, "Multiclass: names of the classes.")),
        when(head.ordered, flag("ordered", head.ordered, "Multiclass: the classes have an order.")),
        list<HeadSpec::Column>("columns", head.columns, +column, "Its tasks."),
        group("mlp", describeHidden(head.mlp), "Its network."),
        group("loss", describe(head.loss), "Its loss."),
    };
}

} // namespace papilio::nn::options
