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
#include "nn/parity.h"
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
    spec.mlp.hidden = {hidden};
    spec.mlp.dropout = 0.18;
    if (kind == TaskKind::Binary) {
        spec.loss.type = LossType::BceLogits;
    } else if (kind == TaskKind::Multiclass) {
        spec.loss.type = LossType::CrossEntropy;
    }
    for (int i = 0; i < columns; ++i) {
        spec.columns.push_back({"task" + std::to_string(i), ""});
    }
    spec.mlp.outDim = spec.outputWidth();
    return spec;
}

/// A ToyMix preset with its three heads.
inline ModelSpec toymix(const std::string& name)
{
    ModelSpec spec{*preset(name), {}};
    spec.heads = {head("qm9", 19, 128), head("tox21", 12, 64, TaskKind::Binary), head("zinc", 3, 32)};
    for (HeadSpec& one : spec.heads) {
        applyHeadDefaults(spec.architecture, one);
    }
    return spec;
}

/// batch.safetensors of the reference networks.
inline Batch batchOf(const TensorMap& tensors)
{
    return *batchFromTensors(tensors, FeatureSet());
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
