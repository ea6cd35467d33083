// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/widths.h"

#include <algorithm>

namespace papilio::nn
{

namespace
{

const EncodingSpec* encodingOf(const FeatureSet& set, const std::string& key)
{
    const auto found = std::find_if(set.encodings.begin(), set.encodings.end(),
                                    [&](const EncodingSpec& spec) { return encodingKey(spec) == key; });
    return found == set.encodings.end() ? nullptr : &*found;
}

bool allStartWith(const EncoderSpec& encoder, std::string_view prefix)
{
    return !encoder.inputs.empty() && std::all_of(encoder.inputs.begin(), encoder.inputs.end(),
                                                  [&](const std::string& key) { return key.starts_with(prefix); });
}

/// The widths as one list: all hidden layers' outputs, then the last one's.
std::vector<int> outputsOf(const std::vector<int>& hidden, int depth, int last)
{
    std::vector<int> outputs;
    for (int i = 0; i + 1 < depth; ++i) {
        // A list of the wrong length is an error of checkArchitecture(); here it must not read past its end.
        outputs.push_back(hidden.empty() ? last : hidden[std::min(static_cast<std::size_t>(i), hidden.size() - 1)]);
    }
    outputs.push_back(last);
    return outputs;
}

} // namespace

std::vector<int> joinedWidths(Residual residual, int skip, const std::vector<int>& outputs)
{
    std::vector<int> joined;
    int kept = outputs.empty() ? 0 : outputs.front();
    for (std::size_t i = 0; i + 1 < outputs.size(); ++i) {
        const bool joins = i > 0 && skip > 0 && i % static_cast<std::size_t>(skip) == 0;
        if (joins && residual == Residual::Concat) {
            joined.push_back(outputs[i] + kept);
            kept = outputs[i];
        } else if (joins && residual == Residual::DenseNet) {
            joined.push_back(outputs[i] + kept);
            kept = joined.back();
        } else {
            joined.push_back(outputs[i]);
        }
    }
    return joined;
}

int memberInputs(const MlpSpec& spec, int in)
{
    return spec.ensemble > 0 && spec.ensembleInputs < 1 ? std::max(1, static_cast<int>(in * spec.ensembleInputs)) : in;
}

std::vector<LayerWidths> mlpWidths(const MlpSpec& spec, int in)
{
    const auto outputs = outputsOf(spec.hidden, spec.depth, spec.outDim);
    const auto joined = joinedWidths(spec.residual, spec.residualSkip, outputs);
    std::vector<LayerWidths> layers;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        layers.push_back({i == 0 ? memberInputs(spec, in) : joined[i - 1], outputs[i]});
    }
    return layers;
}

int gnnInputWidth(const Architecture& a)
{
    return a.hasPreNode ? a.preNode.outDim : a.nodeInputWidth();
}

int gnnEdgeInputWidth(const Architecture& a)
{
    return !a.usesBonds() ? 0 : a.hasPreEdge ? a.preEdge.outDim : a.edgeInputWidth();
}

std::vector<LayerWidths> gnnWidths(const Architecture& a)
{
    const GnnSpec& gnn = a.gnn;
    const auto outputs = outputsOf(gnn.hidden, gnn.depth, gnn.outDim);
    const auto joined = joinedWidths(gnn.residual, gnn.residualSkip, outputs);
    const int edges = gnnEdgeInputWidth(a);
    const int hiddenEdges = gnn.hiddenEdges > 0 ? gnn.hiddenEdges : edges;
    const int lastEdges = gnn.outDimEdges > 0 ? gnn.outDimEdges : hiddenEdges;
    const auto edgeOutputs = outputsOf({hiddenEdges}, gnn.depth, lastEdges);
    const auto edgeJoined = joinedWidths(gnn.residual, gnn.residualSkip, edgeOutputs);
    std::vector<LayerWidths> layers;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        LayerWidths widths;
        widths.in = i == 0 ? gnnInputWidth(a) : joined[i - 1];
        widths.out = outputs[i];
        widths.inEdges = i == 0 || !a.changesBonds() ? edges : edgeJoined[i - 1];
        widths.outEdges = a.changesBonds() ? edgeOutputs[i] : edges;
        layers.push_back(widths);
    }
    return layers;
}

int levelInputWidth(const Architecture& a, Level level)
{
    switch (level) {
    case Level::Graph:
        return a.gnn.outDim * static_cast<int>(a.outputOf(level).pooling.size());
    case Level::Node:
        return a.gnn.outDim;
    case Level::Edge:
        return a.changesBonds() ? gnnWidths(a).back().outEdges : 2 * a.gnn.outDim;
    case Level::NodePair:
        return 2 * a.gnn.outDim;
    }
    return a.gnn.outDim;
}

int headInputWidth(const Architecture& a, Level level)
{
    const OutputSpec& output = a.outputOf(level);
    return output.used ? output.mlp.outDim : levelInputWidth(a, level);
}

int encoderInputWidth(const Architecture& a, const EncoderSpec& encoder)
{
    int width = 0;
    for (const std::string& key : encoder.inputs) {
        const EncodingSpec* spec = encodingOf(a.inputs, key);
        width += spec == nullptr ? 0 : encodingWidth(*spec);
    }
    return width;
}

int eigenvectorCount(const Architecture& a, const EncoderSpec& encoder)
{
    for (const std::string& key : encoder.inputs) {
        if (const EncodingSpec* spec = encodingOf(a.inputs, key)) {
            return spec->count;
        }
    }
    return 0;
}

bool readsPairs(const EncoderSpec& encoder)
{
    return allStartWith(encoder, "nodepair_");
}

bool writesEdges(const EncoderSpec& encoder)
{
    return encoder.type == EncoderType::Bessel || allStartWith(encoder, "edge_");
}

int Architecture::nodeInputWidth() const
{
    const bool any = std::any_of(encoders.encoders.begin(), encoders.encoders.end(), [](const EncoderSpec& encoder) {
        return !writesEdges(encoder) && !readsPairs(encoder);
    });
    return (any ? encoders.outDim : 0) + atomWidth(inputs);
}

int Architecture::edgeInputWidth() const
{
    const bool any = std::any_of(encoders.encoders.begin(), encoders.encoders.end(), writesEdges);
    return (any ? encoders.outDimEdges : 0) + bondWidth(inputs);
}

} // namespace papilio::nn
