// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "nn/architecture.h"
#include "nn/functions.h"

namespace papilio::nn
{

/// Input tensors of one shard.
struct NetworkInput {
    Tensor nodeFeatures, edgeFeatures;
    Tensor laplacianValues, laplacianVectors; ///< atoms × 8; vectors with their random signs in training
    Tensor walkReturns;
};

/// The published networks as functions of their weights (in the order of listParameters). Holds no tensors itself, so
/// any number of threads may run it.
class Network
{
public:
    explicit Network(const ModelSpec& spec);

    /// One output a head.
    std::vector<Tensor> forward(const std::vector<Tensor>& weights, const NetworkInput& input, Pass& pass) const;

private:
    /// Places of a layer's tensors in the list of weights; −1 = it has none.
    struct Places {
        int weight = -1, bias = -1, gamma = -1, beta = -1;
    };
    struct GraphLayer {
        Places norm, inner, outer, bond;
    };
    using Weights = std::vector<Tensor>;

    Places places(const std::string& linear, const std::string& norm) const;
    std::vector<Places> mlpPlaces(const std::string& name, int depth) const;
    Tensor mlp(const Weights& weights, const std::vector<Places>& layers, const Tensor& x, double dropout, Level level,
               Pass& pass) const;
    Tensor laplacian(const Weights& weights, const NetworkInput& input, Pass& pass) const;
    Tensor walks(const Weights& weights, const NetworkInput& input, Pass& pass) const;
    Tensor graphLayer(const Weights& weights, const GraphLayer& layer, const Tensor& x, const Tensor& bonds,
                      Pass& pass) const;
    std::vector<Tensor> heads(const Weights& weights, const Tensor& x, Pass& pass) const;

    ModelSpec m_spec;
    std::vector<std::string> m_names;
    Places m_laplacianIn, m_laplacianPost, m_walkNorm;
    std::vector<Places> m_laplacian, m_walk, m_preNode, m_preEdge;
    std::vector<GraphLayer> m_layers;
    std::vector<Places> m_output[3];
    std::vector<std::vector<Places>> m_heads;
};

} // namespace papilio::nn
