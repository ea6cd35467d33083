// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/network.h"

#include <algorithm>
#include <array>
#include <optional>

#include "nn/encoders.h"
#include "nn/gnn.h"
#include "nn/mlp.h"
#include "nn/pairs.h"
#include "nn/parameters.h"
#include "nn/pooling.h"

namespace papilio::nn
{

namespace
{

constexpr std::array levels = {Level::Graph, Level::Node, Level::Edge, Level::NodePair};

std::vector<std::string> parameterNames(const ModelSpec& spec)
{
    std::vector<std::string> names;
    for (const Parameter& parameter : listParameters(spec)) {
        names.push_back(parameter.name);
    }
    return names;
}

std::string outputName(Level level)
{
    return "graph_output_nn." + std::string(levelName(level));
}

bool wantsEdges(const Pass& pass)
{
    return pass.recorder != nullptr && pass.recorder->wanted.contains("pre_nn_edges");
}

Tensor behind(const Tensor& first, const Tensor& second)
{
    return first.defined() ? at::cat({first, second}, 1) : second;
}

} // namespace

/// All parts, in the order of computation.
struct Network::Parts {
    struct Output {
        bool used = false;      ///< some head is of this level
        bool hasNetwork = true; ///< false: heads read the level's features
        Mlp mlp;
    };
    struct Head {
        std::string name;
        Level level = Level::Graph;
        int depth = 0;
        Mlp mlp;
    };

    Parts(const ModelSpec& modelSpec, const Places& places);
    Tensor features(Level level, const GraphState& state, Pass& pass) const;

    ModelSpec spec;
    EncoderStack encoders;
    Mlp preNode, preEdge;
    Gnn gnn;
    std::array<Output, levels.size()> outputs;
    std::vector<Head> heads;
    bool keepsEdges = false; ///< the layers look at bonds' rows and nothing changes them
};

Network::Parts::Parts(const ModelSpec& modelSpec, const Places& places)
    : spec(modelSpec), encoders(spec, places), gnn(spec, places)
{
    const Architecture& a = spec.architecture;
    keepsEdges = a.gnn.layer.type == LayerType::Gine && !a.changesBonds() &&
                 !(a.gnn.virtualNode != VirtualNode::None && a.gnn.virtualEdges);
    if (a.hasPreNode) {
        preNode = Mlp(a.preNode, "pre_nn", "layers", places);
    }
    if (a.hasPreEdge) {
        preEdge = Mlp(a.preEdge, "pre_nn_edges", "layers", places);
    }
    for (const HeadSpec& head : spec.heads) {
        const std::string prefix = "task_heads.task_heads." + head.name;
        const std::string last = prefix + ".layers." + std::to_string(head.mlp.depth - 1) + ".linear";
        MlpSpec mlp = head.mlp;
        mlp.outDim = head.outputWidth();
        heads.push_back({head.name, head.level, mlp.depth,
                         Mlp(mlp, prefix, "layers", places, readoutDivisor(spec, last))});
        outputs[static_cast<std::size_t>(head.level)].used = true;
    }
    for (const Level level : levels) {
        Output& output = outputs[static_cast<std::size_t>(level)];
        output.hasNetwork = a.outputOf(level).used;
        if (output.used && output.hasNetwork) {
            output.mlp = Mlp(a.outputOf(level).mlp, "task_heads." + outputName(level) + ".graph_output_nn", "layers",
                             places);
        }
    }
}

/// What the heads of a level begin with, before its output network.
Tensor Network::Parts::features(Level level, const GraphState& state, Pass& pass) const
{
    const Architecture& a = spec.architecture;
    switch (level) {
    case Level::Graph: {
        const Tensor pooled = poolGraphs(state.nodes, a.outputOf(level).pooling, pass);
        pass.record("pool", level, pooled);
        return pooled;
    }
    case Level::Node: return state.nodes;
    case Level::Edge: return a.changesBonds() ? state.edges : pairFeatures(state.nodes, pass);
    case Level::NodePair: return joinPairs(state.nodes, upperRows(pass));
    }
    return {};
}

Network::Network(const ModelSpec& spec)
    : m_parts(std::make_unique<const Parts>(spec, Places(parameterNames(spec))))
{
}

Network::~Network() = default;

std::vector<Tensor> Network::forward(const Weights& weights, const NetworkInput& input, Pass& pass) const
{
    const Parts& parts = *m_parts;
    const Architecture& a = parts.spec.architecture;
    const Encoded encoded = parts.encoders.forward(weights, input, pass);
    GraphState state;
    state.attentionBias = encoded.attentionBias;
    if (a.hasPreNode) {
        state.nodes = parts.preNode.forwardBeside(weights, encoded.nodes, input.nodeFeatures, Level::Node, pass);
        pass.record("pre_nn", Level::Node, state.nodes);
    } else {
        state.nodes = behind(encoded.nodes, input.nodeFeatures);
    }
    std::optional<EdgeKinds> kinds;
    if (a.usesBonds()) {
        state.edges = behind(encoded.edges, input.edgeFeatures);
        if (parts.keepsEdges && !pass.plain && !pass.training && !at::GradMode::is_enabled() && !wantsEdges(pass)) {
            kinds = findKinds(state.edges);
        }
        if (kinds) {
            state.kinds = &*kinds;
            state.edges = kinds->rows;
        }
        if (a.hasPreEdge) {
            state.edges = parts.preEdge.forward(weights, state.edges, Level::Edge, pass);
            pass.record("pre_nn_edges", Level::Edge, state.edges);
        }
    }
    parts.gnn.forward(state, weights, pass);
    if (pass.recorded()) {
        return {};
    }

    std::array<Tensor, levels.size()> features;
    for (const Level level : levels) {
        const auto index = static_cast<std::size_t>(level);
        const Parts::Output& output = parts.outputs[index];
        if (output.used) {
            features[index] = parts.features(level, state, pass);
            if (output.hasNetwork) {
                features[index] = output.mlp.forward(weights, features[index], level, pass);
                pass.record(outputName(level), level, features[index]);
            }
        }
    }
    if (pass.recorded()) {
        return {};
    }
    std::vector<Tensor> outputs;
    for (const Parts::Head& head : parts.heads) {
        outputs.push_back(head.mlp.forward(weights, features[static_cast<std::size_t>(head.level)], head.level, pass, 1,
                                           "head." + head.name));
    }
    return outputs;
}

std::vector<std::string> Network::intermediateNames() const
{
    const Architecture& a = m_parts->spec.architecture;
    std::vector<std::string> names = m_parts->encoders.recordNames();
    if (a.hasPreNode) {
        names.emplace_back("pre_nn");
    }
    if (a.usesBonds() && a.hasPreEdge) {
        names.emplace_back("pre_nn_edges");
    }
    for (const std::string& name : Gnn::recordNames(a)) {
        names.push_back(name);
    }
    for (const Level level : levels) {
        const Parts::Output& output = m_parts->outputs[static_cast<std::size_t>(level)];
        if (output.used && level == Level::Graph) {
            names.emplace_back("pool");
        }
        if (output.used && output.hasNetwork) {
            names.push_back(outputName(level));
        }
    }
    for (const Parts::Head& head : m_parts->heads) {
        for (int i = 0; i < head.depth; ++i) {
            names.push_back("head." + head.name + "." + std::to_string(i));
        }
    }
    return names;
}

bool Network::needsWholeBatch() const
{
    const auto parameters = listParameters(m_parts->spec);
    return std::any_of(parameters.begin(), parameters.end(),
                       [](const Parameter& p) { return p.role == Parameter::Role::RunningMean; });
}

} // namespace papilio::nn
