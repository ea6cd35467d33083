// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/features.h"
#include "nn/architecture.h"
#include "nn/batch.h"
#include "nn/safetensors.h"

/// Inputs and networks of the reference data, and small helpers on tensors.
namespace papilio::nn::test
{

inline HeadSpec head(const std::string& name, int columns, int hidden, TaskKind kind = TaskKind::Regression,
                     Level level = Level::Graph, int classes = 0)
{
    HeadSpec spec;
    spec.name = spec.dataset = name;
    spec.level = level;
    spec.kind = kind;
    spec.classes = classes;
    spec.hidden = hidden;
    for (int i = 0; i < columns; ++i) {
        spec.columns.push_back({"task" + std::to_string(i), ""});
    }
    return spec;
}

/// A ToyMix preset with its three heads.
inline ModelSpec toymix(const std::string& name)
{
    ModelSpec spec{*preset(name), {}};
    spec.heads = {head("qm9", 19, 128), head("tox21", 12, 64, TaskKind::Binary), head("zinc", 3, 32)};
    for (HeadSpec& one : spec.heads) {
        one.hidden = headHidden(spec.architecture, one.dataset);
    }
    return spec;
}

inline std::vector<std::int64_t> whole(const HostTensor& tensor)
{
    return {tensor.values.begin(), tensor.values.end()};
}

/// batch.safetensors of the reference networks.
inline Batch batchOf(const TensorMap& t)
{
    Batch batch;
    batch.nodeFeatures = t.at("feat").values;
    batch.edgeFeatures = t.at("edge_feat").values;
    batch.laplacianVectors = t.at("laplacian_eigvec").values;
    batch.laplacianValues = t.at("laplacian_eigval").values;
    batch.walkReturns = t.at("rw_return_probs").values;
    const auto edges = whole(t.at("edge_index"));
    batch.edges = static_cast<std::int64_t>(edges.size() / 2);
    batch.senders.assign(edges.begin(), edges.begin() + batch.edges);
    batch.receivers.assign(edges.begin() + batch.edges, edges.end());
    batch.graphOf = whole(t.at("batch"));
    batch.nodes = static_cast<std::int64_t>(batch.graphOf.size());
    const auto nodes = whole(t.at("num_nodes"));
    const auto edgeCounts = whole(t.at("num_edges"));
    batch.graphs = static_cast<std::int64_t>(nodes.size());
    batch.nodeStart = batch.edgeStart = {0};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        batch.nodeStart.push_back(batch.nodeStart.back() + nodes[i]);
        batch.edgeStart.push_back(batch.edgeStart.back() + edgeCounts[i]);
    }
    return batch;
}

/// The tensors "PREFIX…" without the prefix.
inline TensorMap under(const TensorMap& tensors, const std::string& prefix)
{
    TensorMap found;
    for (const auto& [name, tensor] : tensors) {
        if (name.starts_with(prefix)) {
            found[name.substr(prefix.size())] = tensor;
        }
    }
    return found;
}

/// "state/…" without the buffers that are not trained (GIN's fixed epsilon, which is 0).
inline TensorMap stateOf(const TensorMap& tensors)
{
    TensorMap state = under(tensors, "state/");
    std::erase_if(state, [](const auto& item) { return item.first.ends_with(".model.eps"); });
    return state;
}

/// Largest difference; infinite if the lengths differ or a value is not a number.
inline double difference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = a.size() == b.size() ? 0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const double gap = std::abs(static_cast<double>(a[i]) - b[i]);
        largest = std::isnan(gap) ? std::numeric_limits<double>::infinity() : std::max(largest, gap);
    }
    return largest;
}

inline double largest(const std::vector<float>& values)
{
    double most = 0;
    for (const float value : values) {
        most = std::max(most, std::abs(static_cast<double>(value)));
    }
    return most;
}

} // namespace papilio::nn::test
