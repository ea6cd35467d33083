// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/parameters.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/random.h"
#include "nn/losses.h"
#include "nn/parameterlist.h"

namespace papilio::nn
{

namespace
{

using Role = Parameter::Role;

std::vector<Parameter> listAll(const ModelSpec& spec)
{
    const Architecture& a = spec.architecture;
    ParameterList list;
    listEncoders(list, a);
    if (a.hasPreNode) {
        list.mlp("pre_nn", "layers", a.preNode, a.nodeInputWidth());
    }
    if (a.usesBonds() && a.hasPreEdge) {
        list.mlp("pre_nn_edges", "layers", a.preEdge, a.edgeInputWidth());
    }
    listGraphLayers(list, a);
    listHeads(list, spec);
    if (a.lossBalance == LossBalance::Uncertainty) {
        list.add(std::string(logVarianceName), {static_cast<std::int64_t>(spec.heads.size())}, Role::LogVariance);
    }
    return list.take();
}

/// Sizes that differ from the base network's are widths; a matrix between two widths learns slower by their ratio.
void setRates(std::vector<Parameter>& parameters, const std::vector<Parameter>& base)
{
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& shape = parameters[i].shape;
        const auto& baseShape = base[i].shape;
        int widths = 0;
        double ratio = 1;
        for (std::size_t d = 0; d < shape.size(); ++d) {
            if (shape[d] != baseShape[d]) {
                ++widths;
                ratio = static_cast<double>(baseShape[d]) / static_cast<double>(shape[d]);
            }
        }
        parameters[i].rate = widths >= 2 ? ratio : 1;
    }
}

bool isReadout(const ModelSpec& spec, const std::string& layer)
{
    if (layer.ends_with(".node_projection") || layer.ends_with(".edge_projection")) {
        return true;
    }
    for (const HeadSpec& head : spec.heads) {
        if (layer ==
            "task_heads.task_heads." + head.name + ".layers." + std::to_string(head.mlp.depth - 1) + ".linear") {
            return true;
        }
    }
    return std::any_of(spec.architecture.encoders.encoders.begin(), spec.architecture.encoders.encoders.end(),
                       [&](const EncoderSpec& encoder) {
                           return encoder.type == EncoderType::Gaussian &&
                                  layer == "encoder_manager.pe_encoders." + encoder.name +
                                               ".preprocess_3d_positions.gaussian_proj.fully_connected." +
                                               std::to_string(encoder.layers - 1) + ".linear";
                       });
}

/// Columns that each member of an ensemble sees: drawn without putting back, in ascending order.
void drawSubsets(HostTensor& tensor, std::int64_t columns, Random& random)
{
    const auto members = static_cast<std::size_t>(tensor.shape[0]);
    const auto seen = static_cast<std::size_t>(tensor.shape[1]);
    std::vector<float> all(static_cast<std::size_t>(columns));
    for (std::size_t m = 0; m < members; ++m) {
        std::iota(all.begin(), all.end(), 0.0F);
        for (std::size_t i = 0; i < seen; ++i) {
            std::swap(all[i], all[i + random.below(all.size() - i)]);
        }
        std::sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(seen));
        std::copy_n(all.begin(), seen, tensor.values.begin() + static_cast<std::ptrdiff_t>(m * seen));
    }
}

/// What an ensemble's members choose from.
std::int64_t columnsBefore(const ModelSpec& spec, const std::string& subset)
{
    const Architecture& a = spec.architecture;
    if (subset == "pre_nn.subset_idx") {
        return a.nodeInputWidth();
    }
    if (subset == "pre_nn_edges.subset_idx") {
        return a.edgeInputWidth();
    }
    for (const HeadSpec& head : spec.heads) {
        if (subset == "task_heads.task_heads." + head.name + ".subset_idx") {
            return headInputWidth(a, head.level);
        }
        if (subset.starts_with("task_heads.graph_output_nn." + std::string(levelName(head.level)) + ".")) {
            return levelInputWidth(a, head.level);
        }
    }
    return 0;
}

void fill(HostTensor& tensor, const ModelSpec& spec, const Parameter& parameter, Random& random)
{
    auto& values = tensor.values;
    const auto uniform = [&](double low, double high) {
        for (float& value : values) {
            value = static_cast<float>(low + (high - low) * random.uniform());
        }
    };
    switch (parameter.role) {
    case Role::Weight: {
        const auto& shape = parameter.shape;
        const double bound = std::sqrt(6.0 / static_cast<double>(shape[shape.size() - 2] + shape.back()));
        for (float& value : values) {
            value = static_cast<float>(bound * (2 * random.uniform() - 1));
        }
        break;
    }
    case Role::NormWeight:
    case Role::RunningVar:
        std::fill(values.begin(), values.end(), 1.0F);
        break;
    case Role::Width:
        uniform(0, 3);
        break;
    case Role::Frequency:
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = static_cast<float>(static_cast<double>(i + 1) * std::acos(-1.0));
        }
        break;
    case Role::Constant:
        if (parameter.name.ends_with(".subset_idx")) {
            drawSubsets(tensor, columnsBefore(spec, parameter.name), random);
        } else {
            uniform(0, 1);
        }
        break;
    default:
        break;
    }
}

} // namespace

std::int64_t Parameter::count() const
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::vector<Parameter> listParameters(const ModelSpec& spec)
{
    auto parameters = listAll(spec);
    if (spec.architecture.mupDivisor != 1) {
        setRates(parameters, listAll(mupBase(spec)));
    }
    return parameters;
}

std::vector<std::string> fixedZeros(const ModelSpec& spec)
{
    const Architecture& a = spec.architecture;
    const bool gps = a.gnn.layer.type == LayerType::Gps;
    const LayerType type = gps ? a.gnn.layer.gps.local : a.gnn.layer.type;
    std::vector<std::string> names;
    for (int i = 0; (type == LayerType::Gin || type == LayerType::Gine) && i < a.gnn.depth; ++i) {
        names.push_back("gnn.layers." + std::to_string(i) + (gps ? ".mpnn.model.eps" : ".model.eps"));
    }
    return names;
}

double readoutDivisor(const ModelSpec& spec, const std::string& linearLayer)
{
    if (spec.architecture.mupDivisor == 1 || !isReadout(spec, linearLayer)) {
        return 1;
    }
    const auto inputs = [&](const ModelSpec& of) {
        for (const Parameter& parameter : listAll(of)) {
            if (parameter.name == linearLayer + ".weight") {
                return static_cast<double>(parameter.shape.back());
            }
        }
        return 1.0;
    };
    return inputs(spec) / inputs(mupBase(spec));
}

std::int64_t parameterCount(const ModelSpec& spec)
{
    std::int64_t count = 0;
    for (const Parameter& parameter : listAll(spec)) {
        count += parameter.counted() ? parameter.count() : 0;
    }
    return count;
}

TensorMap initialWeights(const ModelSpec& spec, std::uint64_t seed)
{
    TensorMap weights;
    std::uint64_t index = 0;
    for (const Parameter& parameter : listAll(spec)) {
        HostTensor tensor{parameter.shape, std::vector<float>(static_cast<std::size_t>(parameter.count()), 0.0F)};
        // One generator a tensor: a head more or less does not change the weights of the rest.
        Random random(mixSeed(seed, index));
        fill(tensor, spec, parameter, random);
        weights[parameter.name] = std::move(tensor);
        ++index;
    }
    return weights;
}

} // namespace papilio::nn
