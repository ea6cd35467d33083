// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/encoders.h"

#include "nn/dense.h"
#include "nn/devices.h"
#include "nn/parameters.h"
#include "nn/widths.h"

namespace papilio::nn
{

namespace
{

/// Sum, Mean or Max.
Tensor join(const std::vector<Tensor>& parts, Reduction reduction)
{
    if (parts.empty()) {
        return {};
    }
    if (reduction == Reduction::Max && parts.size() > 1) {
        return at::stack(parts).amax(0);
    }
    Tensor sum = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) {
        sum = sum + parts[i];
    }
    return reduction == Reduction::Mean && parts.size() > 1 ? sum / static_cast<double>(parts.size()) : sum;
}

/// The vectors with a random sign for each molecule and column.
Tensor withRandomSigns(const Tensor& vectors, const Pass& pass)
{
    const std::int64_t columns = vectors.size(1);
    std::vector<float> signs = randomSigns(*pass.shard, static_cast<int>(columns), pass.seed);
    const Tensor table = at::from_blob(signs.data(), {pass.shard->graphs, columns}, at::TensorOptions(at::kFloat));
    return vectors * toDevice(table, vectors.device()).index_select(0, pass.graphOf);
}

} // namespace

struct EncoderStack::Norms {
    NormPlaces nodes, edges;
};

EncoderStack::EncoderStack(const ModelSpec& spec, const Places& places)
    : m_pool(spec.architecture.encoders.pool), m_randomSigns(spec.architecture.randomSigns)
{
    const Architecture& a = spec.architecture;
    for (const EncoderSpec& encoder : a.encoders.encoders) {
        EncoderPlace place;
        place.name = "encoder_manager.pe_encoders." + encoder.name;
        place.number = m_items.size();
        place.level = readsPairs(encoder) ? Level::NodePair : writesEdges(encoder) ? Level::Edge : Level::Node;
        place.transformerScale = a.quirks.transformerScale;
        place.eigenvalueSigns = a.quirks.eigenvalueSigns;
        place.randomSigns = a.randomSigns;
        place.readoutDivisor =
            readoutDivisor(spec, place.name + ".preprocess_3d_positions.gaussian_proj.fully_connected." +
                                     std::to_string(encoder.layers - 1) + ".linear");
        m_items.push_back({encoder.name, place.level, createEncoder(encoder, place, places)});
    }
    m_randomSigns = m_randomSigns && !a.quirks.eigenvalueSigns;
    const std::string name = "encoder_manager.last_norm";
    m_norms = std::make_unique<const Norms>(Norms{NormPlaces(a.encoders.lastNorm, name, places),
                                                  NormPlaces(a.encoders.lastNorm, name + "_edges", places)});
}

EncoderStack::~EncoderStack() = default;

Encoded EncoderStack::forward(const Weights& weights, const NetworkInput& input, Pass& pass) const
{
    const std::string vectorsKey(encodingTypeName(EncodingType::LaplacianVectors));
    const NetworkInput* source = &input;
    NetworkInput flipped;
    const auto vectors = input.encodings.find(vectorsKey);
    if (pass.training && m_randomSigns && vectors != input.encodings.end()) {
        flipped = input;
        flipped.encodings[vectorsKey] = withRandomSigns(vectors->second, pass);
        source = &flipped;
    }
    std::vector<Tensor> nodes;
    std::vector<Tensor> edges;
    Encoded all;
    for (const Item& item : m_items) {
        const Encoded one = item.encoder->forward(weights, *source, pass);
        if (one.nodes.defined()) {
            pass.record("encoder." + item.name, Level::Node, one.nodes);
            nodes.push_back(one.nodes);
        }
        if (one.edges.defined()) {
            pass.record("encoder." + item.name, Level::Edge, one.edges);
            edges.push_back(one.edges);
        }
        if (one.attentionBias.defined()) {
            all.attentionBias = all.attentionBias.defined() ? all.attentionBias + one.attentionBias : one.attentionBias;
        }
    }
    if (!nodes.empty()) {
        all.nodes = normalise(join(nodes, m_pool), weights, m_norms->nodes, pass);
        pass.record("encoders", Level::Node, all.nodes);
    }
    if (!edges.empty()) {
        all.edges = normalise(join(edges, m_pool), weights, m_norms->edges, pass);
        pass.record("encoders_edges", Level::Edge, all.edges);
    }
    return all;
}

std::vector<std::string> EncoderStack::recordNames() const
{
    std::vector<std::string> names;
    bool nodes = false;
    bool edges = false;
    for (const Item& item : m_items) {
        if (item.level != Level::NodePair) {
            names.push_back("encoder." + item.name);
        }
        nodes = nodes || item.level == Level::Node;
        edges = edges || item.level == Level::Edge;
    }
    if (nodes) {
        names.emplace_back("encoders");
    }
    if (edges) {
        names.emplace_back("encoders_edges");
    }
    return names;
}

std::unique_ptr<Encoder> createEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
{
    switch (spec.type) {
    case EncoderType::Mlp:
    case EncoderType::CatMlp: return createMlpEncoder(spec, place, places);
    case EncoderType::Laplacian: return createLaplacianEncoder(spec, place, places);
    case EncoderType::SignNet: return createSignNetEncoder(spec, place, places);
    case EncoderType::Gaussian: return createGaussianEncoder(spec, place, places);
    case EncoderType::Bessel: return createBesselEncoder(spec, place, places);
    }
    return nullptr;
}

} // namespace papilio::nn
