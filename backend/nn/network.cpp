// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/network.h"

#include <algorithm>

#include "core/encodings.h"
#include "nn/parameters.h"

namespace papilio::nn
{

namespace
{

using kernels::Activation;

Tensor pick(const std::vector<Tensor>& weights, int place)
{
    return place < 0 ? Tensor() : weights[static_cast<std::size_t>(place)];
}

} // namespace

Network::Network(const ModelSpec& spec) : m_spec(spec)
{
    for (const Parameter& parameter : listParameters(spec)) {
        m_names.push_back(parameter.name);
    }
    const Architecture& a = m_spec.architecture;
    const std::string encoders = "encoder_manager.pe_encoders.";
    m_laplacianIn = places(encoders + "la_pos.linear_in.linear", "");
    m_laplacian = mlpPlaces(encoders + "la_pos.pe_encoder.fully_connected", a.encoderLayers);
    m_laplacianPost = places(encoders + "la_pos.post_mlp.fully_connected.0.linear", "");
    m_walkNorm = places("", encoders + "rw_pos.pe_encoder.first_normalization");
    m_walk = mlpPlaces(encoders + "rw_pos.pe_encoder.fully_connected", a.encoderLayers);
    m_preNode = mlpPlaces("pre_nn.layers", a.preNode.depth);
    m_preEdge = mlpPlaces("pre_nn_edges.layers", a.preEdge.depth);
    for (int i = 0; i < a.depth; ++i) {
        const std::string name = "gnn.layers." + std::to_string(i);
        GraphLayer layer;
        layer.norm = places("", name + ".norm_layer");
        if (a.layer == LayerType::Gcn) {
            layer.inner = places(name + ".model.lin", "");
            layer.inner.bias = places(name + ".model", "").bias;
        } else {
            const auto inner = mlpPlaces(name + ".model.nn.fully_connected", 2);
            layer.inner = inner[0];
            layer.outer = inner[1];
            layer.bond = places(name + ".model.lin", "");
        }
        m_layers.push_back(layer);
    }
    for (const HeadSpec& head : m_spec.heads) {
        m_heads.push_back(mlpPlaces("task_heads.task_heads." + head.name + ".layers", 2));
    }
    for (const Level level : {Level::Graph, Level::Node, Level::Edge}) {
        m_output[static_cast<std::size_t>(level)] =
            mlpPlaces("task_heads.graph_output_nn." + std::string(levelName(level)) + ".graph_output_nn.layers",
                      a.outputOf(level).depth);
    }
}

Network::Places Network::places(const std::string& linear, const std::string& norm) const
{
    const auto place = [&](const std::string& name) {
        const auto found = std::find(m_names.begin(), m_names.end(), name);
        return found == m_names.end() ? -1 : static_cast<int>(found - m_names.begin());
    };
    return {place(linear + ".weight"), place(linear + ".bias"), place(norm + ".weight"), place(norm + ".bias")};
}

std::vector<Network::Places> Network::mlpPlaces(const std::string& name, int depth) const
{
    std::vector<Places> layers;
    for (int i = 0; i < depth; ++i) {
        const std::string layer = name + "." + std::to_string(i);
        layers.push_back(places(layer + ".linear", layer + ".normalization"));
    }
    return layers;
}

/// Hidden layers: linear → norm → relu → dropout; the last one: linear → norm.
Tensor Network::mlp(const Weights& weights, const std::vector<Places>& layers, const Tensor& x, double dropout,
                    Level level, Pass& pass) const
{
    Tensor h = x;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Places& p = layers[i];
        const bool last = i + 1 == layers.size();
        const LinearWeights w = {pick(weights, p.weight), pick(weights, p.bias), pick(weights, p.gamma),
                                 pick(weights, p.beta)};
        h = dense(h, w, last ? Activation::None : Activation::Relu,
                  last ? kernels::Dropout{} : pass.nextDropout(dropout, level), pass.plain);
    }
    return h;
}

/// For each atom the sum over k of an MLP of [eigenvalue k, eigenvector k], then a linear map. The first map (2 → h)
/// has nothing between it and the MLP's first, so the two are multiplied out; the MLP's last map is linear too, so it
/// is applied to the sum. This is the same function at a tenth of the work.
Tensor Network::laplacian(const Weights& weights, const NetworkInput& input, Pass& pass) const
{
    const double share = m_spec.architecture.encoderDropout;
    const auto pairs = static_cast<double>(Encodings::laplacianCount);
    const Tensor inWeight = pick(weights, m_laplacianIn.weight);
    const Tensor inBias = pick(weights, m_laplacianIn.bias);
    const Tensor firstWeight = pick(weights, m_laplacian[0].weight);
    Tensor weight = firstWeight.mm(inWeight);
    Tensor bias = at::addmv(pick(weights, m_laplacian[0].bias), firstWeight, inBias);

    Tensor sum;
    const std::size_t depth = m_laplacian.size();
    if (depth == 2 && !pass.plain) {
        const auto dropout = pass.nextDropout(share, Level::Node, Encodings::laplacianCount);
        sum = pairLayer(input.laplacianValues, input.laplacianVectors, weight, bias, dropout);
    } else {
        const std::int64_t atoms = input.laplacianValues.size(0);
        Tensor h = at::stack({input.laplacianValues, input.laplacianVectors}, 2).view({-1, 2});
        for (std::size_t i = 0; i + 1 < depth; ++i) {
            const LinearWeights w = {weight, bias, Tensor(), Tensor()};
            h = dense(h, w, Activation::Relu, pass.nextDropout(share, Level::Node, Encodings::laplacianCount),
                      pass.plain);
            weight = pick(weights, m_laplacian[i + 1].weight);
            bias = pick(weights, m_laplacian[i + 1].bias);
        }
        sum = h.view({atoms, Encodings::laplacianCount, -1}).sum(1);
    }
    if (depth > 1) {
        weight = pick(weights, m_laplacian[depth - 1].weight);
        bias = pick(weights, m_laplacian[depth - 1].bias);
    }
    const Tensor pooled = dense(sum, {weight, bias * pairs, Tensor(), Tensor()}, Activation::None, {}, pass.plain);
    const LinearWeights post = {pick(weights, m_laplacianPost.weight), pick(weights, m_laplacianPost.bias), Tensor(),
                                Tensor()};
    return dense(pooled, post, Activation::None, {}, pass.plain);
}

/// Norm, then an MLP that has norm, relu and dropout on its last layer too.
Tensor Network::walks(const Weights& weights, const NetworkInput& input, Pass& pass) const
{
    Tensor h = finish(input.walkReturns, pick(weights, m_walkNorm.gamma), pick(weights, m_walkNorm.beta),
                      Activation::None, {}, pass.plain);
    for (const Places& p : m_walk) {
        const LinearWeights w = {pick(weights, p.weight), pick(weights, p.bias), pick(weights, p.gamma),
                                 pick(weights, p.beta)};
        h = dense(h, w, Activation::Relu, pass.nextDropout(m_spec.architecture.encoderDropout, Level::Node),
                  pass.plain);
    }
    return h;
}

/// The layer itself, then norm → GELU → dropout. GIN's and GINE's inner MLP has norm and GELU, and no dropout.
Tensor Network::graphLayer(const Weights& weights, const GraphLayer& layer, const Tensor& x, const Tensor& bonds,
                           Pass& pass) const
{
    const Architecture& a = m_spec.architecture;
    const Tensor gamma = pick(weights, layer.norm.gamma);
    const Tensor beta = pick(weights, layer.norm.beta);
    const auto dropout = pass.nextDropout(a.dropout, Level::Node);
    const Tensor innerWeight = pick(weights, layer.inner.weight);
    const Tensor innerBias = pick(weights, layer.inner.bias);
    if (a.layer == LayerType::Gcn) {
        // The map is linear and has no bias inside the sum, so it is applied to the sum: fewer columns to add up.
        const Tensor sums = sumNeighbours(x, false, pass);
        return dense(sums, {innerWeight, innerBias, gamma, beta}, Activation::Gelu, dropout, pass.plain);
    }
    Tensor sums;
    if (a.layer == LayerType::Gine) {
        const LinearWeights bond = {pick(weights, layer.bond.weight), pick(weights, layer.bond.bias), Tensor(),
                                    Tensor()};
        sums = sumMessages(x, dense(bonds, bond, Activation::None, {}, pass.plain), pass);
    } else {
        sums = sumNeighbours(x, true, pass);
    }
    const LinearWeights inner = {innerWeight, innerBias, pick(weights, layer.inner.gamma),
                                 pick(weights, layer.inner.beta)};
    const Tensor h = dense(sums, inner, Activation::Gelu, {}, pass.plain);
    const LinearWeights outer = {pick(weights, layer.outer.weight), pick(weights, layer.outer.bias), gamma, beta};
    return dense(h, outer, Activation::Gelu, dropout, pass.plain);
}

std::vector<Tensor> Network::heads(const Weights& weights, const Tensor& x, Pass& pass) const
{
    const Architecture& a = m_spec.architecture;
    Tensor features[3];
    for (const Level level : {Level::Graph, Level::Node, Level::Edge}) {
        const auto index = static_cast<std::size_t>(level);
        const bool used = std::any_of(m_spec.heads.begin(), m_spec.heads.end(),
                                      [&](const HeadSpec& head) { return head.level == level; });
        if (used) {
            const Tensor input = level == Level::Graph  ? poolGraphs(x, a.pooling, pass)
                                 : level == Level::Node ? x
                                                        : pairFeatures(x, pass);
            features[index] = mlp(weights, m_output[index], input, a.outputOf(level).dropout, level, pass);
        }
    }
    std::vector<Tensor> outputs;
    for (std::size_t i = 0; i < m_spec.heads.size(); ++i) {
        const Level level = m_spec.heads[i].level;
        outputs.push_back(
            mlp(weights, m_heads[i], features[static_cast<std::size_t>(level)], a.headDropout, level, pass));
    }
    return outputs;
}

std::vector<Tensor> Network::forward(const Weights& weights, const NetworkInput& input, Pass& pass) const
{
    const Architecture& a = m_spec.architecture;
    const Tensor encoding = laplacian(weights, input, pass) + walks(weights, input, pass);
    Tensor x =
        mlp(weights, m_preNode, at::cat({encoding, input.nodeFeatures}, 1), a.preNode.dropout, Level::Node, pass);
    Tensor bonds;
    if (a.usesBonds()) {
        bonds = mlp(weights, m_preEdge, input.edgeFeatures, a.preEdge.dropout, Level::Edge, pass);
    }
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const Tensor y = graphLayer(weights, m_layers[i], x, bonds, pass);
        // The published residual starts with the first layer's output and leaves the last layer out.
        x = i > 0 && i + 1 < m_layers.size() ? y + x : y;
    }
    return heads(weights, x, pass);
}

} // namespace papilio::nn
