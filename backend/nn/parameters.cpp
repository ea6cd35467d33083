// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/parameters.h"

#include <algorithm>
#include <cmath>

#include "core/encodings.h"
#include "core/features.h"
#include "core/random.h"

namespace papilio::nn
{

namespace
{

class Lister
{
public:
    std::vector<Parameter> take() { return std::move(m_list); }

    void linear(const std::string& name, std::int64_t in, std::int64_t out)
    {
        m_list.push_back({name + ".weight", {out, in}, Parameter::Role::Weight});
        m_list.push_back({name + ".bias", {out}, Parameter::Role::Bias});
    }

    void norm(const std::string& name, std::int64_t width)
    {
        m_list.push_back({name + ".weight", {width}, Parameter::Role::NormWeight});
        m_list.push_back({name + ".bias", {width}, Parameter::Role::NormBias});
    }

    /// Layers "NAME.0", "NAME.1" … of an MLP.
    void mlp(const std::string& name, std::int64_t in, const MlpSpec& spec)
    {
        for (int i = 0; i < spec.depth; ++i) {
            const bool last = i == spec.depth - 1;
            const std::string layer = name + "." + std::to_string(i);
            const int out = last ? spec.outDim : spec.hiddenDim;
            if (last ? spec.lastLayerNorm : spec.layerNorm) {
                norm(layer + ".normalization", out);
            }
            linear(layer + ".linear", i == 0 ? in : spec.hiddenDim, out);
        }
    }

    void graphLayer(const std::string& name, const Architecture& a, std::int64_t in)
    {
        norm(name + ".norm_layer", a.hidden);
        if (a.layer == LayerType::Gcn) {
            m_list.push_back({name + ".model.bias", {a.hidden}, Parameter::Role::Bias});
            m_list.push_back({name + ".model.lin.weight", {a.hidden, in}, Parameter::Role::Weight});
            return;
        }
        mlp(name + ".model.nn.fully_connected", in, {a.hidden, static_cast<int>(in), 2, 0, true, false});
        if (a.layer == LayerType::Gine) {
            linear(name + ".model.lin", a.preEdge.outDim, in);
        }
    }

private:
    std::vector<Parameter> m_list;
};

} // namespace

std::int64_t Parameter::count() const
{
    std::int64_t product = 1;
    for (const std::int64_t size : shape) {
        product *= size;
    }
    return product;
}

std::vector<Parameter> listParameters(const ModelSpec& spec)
{
    const Architecture& a = spec.architecture;
    Lister lister;
    const std::string laplacian = "encoder_manager.pe_encoders.la_pos.";
    lister.linear(laplacian + "linear_in.linear", 2, a.encoderHidden);
    lister.mlp(laplacian + "pe_encoder.fully_connected", a.encoderHidden,
               {a.encoderHidden, a.encoderHidden, a.encoderLayers, 0, false, false});
    lister.linear(laplacian + "post_mlp.fully_connected.0.linear", a.encoderHidden, a.encodingDim);

    const std::string walk = "encoder_manager.pe_encoders.rw_pos.";
    lister.norm(walk + "first_normalization", Encodings::walkCount);
    lister.norm(walk + "pe_encoder.first_normalization", Encodings::walkCount);
    lister.mlp(walk + "pe_encoder.fully_connected", Encodings::walkCount,
               {a.encodingDim, a.encoderHidden, a.encoderLayers, 0, true, true});

    lister.mlp("pre_nn.layers", a.encodingDim + atomFeatureCount, a.preNode);
    if (a.usesBonds()) {
        lister.mlp("pre_nn_edges.layers", bondFeatureCount, a.preEdge);
    }
    for (int i = 0; i < a.depth; ++i) {
        lister.graphLayer("gnn.layers." + std::to_string(i), a, i == 0 ? a.preNode.outDim : a.hidden);
    }
    for (const HeadSpec& head : spec.heads) {
        lister.mlp("task_heads.task_heads." + head.name + ".layers", a.outputOf(head.level).outDim,
                   {head.outputWidth(), head.hidden, 2, 0, true, false});
    }
    for (const Level level : {Level::Graph, Level::Node, Level::Edge}) {
        const bool used = std::any_of(spec.heads.begin(), spec.heads.end(),
                                      [&](const HeadSpec& head) { return head.level == level; });
        if (used) {
            lister.mlp("task_heads.graph_output_nn." + std::string(levelName(level)) + ".graph_output_nn.layers",
                       level == Level::Edge ? 2 * a.hidden : a.hidden, a.outputOf(level));
        }
    }
    return lister.take();
}

std::int64_t parameterCount(const ModelSpec& spec)
{
    std::int64_t count = 0;
    for (const Parameter& parameter : listParameters(spec)) {
        count += parameter.count();
    }
    return count;
}

TensorMap initialWeights(const ModelSpec& spec, std::uint64_t seed)
{
    TensorMap weights;
    std::uint64_t index = 0;
    for (const Parameter& parameter : listParameters(spec)) {
        HostTensor tensor{parameter.shape, {}};
        const auto count = static_cast<std::size_t>(parameter.count());
        tensor.values.assign(count, parameter.role == Parameter::Role::NormWeight ? 1.0F : 0.0F);
        if (parameter.role == Parameter::Role::Weight) {
            // One generator a tensor: a head more or less does not change the weights of the rest.
            Random random(mixSeed(seed, index));
            const double bound = std::sqrt(6.0 / static_cast<double>(parameter.shape[0] + parameter.shape[1]));
            for (float& value : tensor.values) {
                value = static_cast<float>(bound * (2 * random.uniform() - 1));
            }
        }
        weights[parameter.name] = std::move(tensor);
        ++index;
    }
    return weights;
}

} // namespace papilio::nn
