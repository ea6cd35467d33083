// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include "nn/torchmodel.h"
#include "tests/nn/zoo.h"

/// Networks of the zoo with weights that hide nothing, and what tests do with them.
namespace papilio::nn::test
{

inline const std::vector<ZooEntry>& entries()
{
    static const std::vector<ZooEntry> all = zoo();
    return all;
}

inline std::unique_ptr<Model> make(const ModelSpec& spec, int threads = 1, bool plain = false, std::uint64_t seed = 17)
{
    ModelOptions options;
    options.threads = threads;
    auto model = plain ? createPlainTorchModel(spec, options) : createTorchModel(spec, options);
    if (!model) {
        qFatal("%s", model.error().text().c_str());
    }
    // Weights that hide nothing: biases and norms are not at their start.
    TensorMap weights = (*model)->weights();
    Random random(seed);
    for (auto& [name, tensor] : weights) {
        const bool keep = name.ends_with(".subset_idx") || name.ends_with("running_var") ||
                          name.ends_with("num_batches_tracked");
        for (float& value : tensor.values) {
            value += keep ? 0 : static_cast<float>(0.2 * random.uniform() - 0.1);
        }
    }
    if (const auto set = (*model)->setWeights(weights); !set) {
        qFatal("%s", set.error().text().c_str());
    }
    return std::move(*model);
}

inline double relative(const std::vector<float>& a, const std::vector<float>& b)
{
    return difference(a, b) / std::max(1e-2, largest(b));
}

/// The gradient of one step: ten times Adam's first moment after it.
inline TensorMap gradientOf(Model& model, const Batch& batch, const StepSettings& settings)
{
    const TensorMap weights = model.weights();
    if (const auto step = model.trainStep(batch, settings); !step) {
        qFatal("%s", step.error().text().c_str());
    }
    TensorMap gradient = under(model.optimiserState(), "adam.m.");
    for (auto& [name, tensor] : gradient) {
        for (float& value : tensor.values) {
            value *= 10;
        }
    }
    if (!model.setWeights(weights)) {
        qFatal("the weights could not be set back");
    }
    return gradient;
}

inline StepSettings still(std::uint64_t seed)
{
    StepSettings settings;
    settings.learningRate = 0; // the loss of a training pass, dropout included, without learning anything
    settings.seed = seed;
    return settings;
}

/// Largest difference of two gradients, relative to the largest entry of all.
inline double gradientGap(const TensorMap& a, const TensorMap& b)
{
    double scale = 1e-12;
    double worst = 0;
    for (const auto& [name, tensor] : a) {
        scale = std::max(scale, largest(tensor.values));
        worst = std::max(worst, difference(tensor.values, b.at(name).values));
    }
    return worst / scale;
}

inline void zooRows()
{
    QTest::addColumn<int>("entry");
    for (std::size_t i = 0; i < entries().size(); ++i) {
        QTest::addRow("%s", entries()[i].name.c_str()) << static_cast<int>(i);
    }
}

} // namespace papilio::nn::test
