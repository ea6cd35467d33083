// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "nn/architecture.h"
#include "nn/batch.h"
#include "nn/safetensors.h"

namespace papilio::nn
{

struct StepSettings {
    double learningRate = 1e-3;
    double clipNorm = 0; ///< largest gradient norm; 0 = no clipping
    double weightDecay = 0;
    std::uint64_t seed = 0; ///< of this step: dropout and the signs of the Laplacian vectors depend on it alone
};

/// Loss of each head over the labels that exist. Regression: MAE of normalised values; binary: cross-entropy of logits;
/// multiclass: cross-entropy. A head without any label in the batch has loss 0 and labels 0.
struct Losses {
    double total = 0; ///< unweighted mean over heads, as published
    std::vector<double> heads;
    std::vector<std::int64_t> labels; ///< labels each is computed from
};

struct StepResult {
    Losses losses;
    double gradientNorm = 0; ///< before clipping
};

struct Evaluation {
    /// One matrix a head: rows × outputWidth; normalised values, logits, or class logits (class index fastest).
    std::vector<std::vector<float>> outputs;
    Losses losses; ///< zeros if the batch has no labels
};

/// Which output an explanation is about: one column of one head; summed over the molecule's atoms or bonds for
/// node- and edge-level heads unless 'row' picks one. Multiclass: the logit of 'classIndex'.
struct GradientTarget {
    int head = 0;
    int column = 0;
    int classIndex = 0;
    std::int64_t row = -1;
};

struct InputGradients {
    std::vector<float> nodeFeatures; ///< N × 85, d output / d feature
    std::vector<float> edgeFeatures; ///< E × 13; empty if the network does not look at bonds
    double output = 0;               ///< the value that was differentiated
};

/// A network with its optimiser (Adam: betas 0.9 and 0.999, eps 1e-8), behind plain numbers. No exception leaves it.
/// One object belongs to one thread at a time.
class Model
{
public:
    virtual ~Model() = default;

    virtual const ModelSpec& spec() const = 0;
    virtual std::int64_t parameterCount() const = 0;
    virtual std::string deviceName() const = 0; ///< "cpu", "cuda:0"

    /// One update. A loss that is not finite is an error and leaves the weights as they were.
    virtual Result<StepResult> trainStep(const Batch& batch, const StepSettings& settings) = 0;
    /// Forward pass without dropout.
    virtual Result<Evaluation> evaluate(const Batch& batch) = 0;
    virtual Result<InputGradients> inputGradients(const Batch& batch, const GradientTarget& target) = 0;

    /// Weights under the published library's parameter names; setWeights refuses missing, extra or misshapen ones by
    /// name.
    virtual TensorMap weights() const = 0;
    virtual Result<> setWeights(const TensorMap& tensors) = 0;
    /// Adam's moments ("adam.m.NAME", "adam.v.NAME") and step count ("adam.step", two floats: step div and mod 2²⁴, so
    /// that it is exact); with weights() the whole state.
    virtual TensorMap optimiserState() const = 0;
    virtual Result<> setOptimiserState(const TensorMap& tensors) = 0;
};

struct ModelOptions {
    std::uint64_t seed = 42;    ///< of the initial weights (Xavier uniform, biases 0)
    std::string device = "cpu"; ///< "cpu", "cuda"
    int threads = 0;            ///< 0 = all cores; CPU only
};

using ModelFactory = std::function<Result<std::unique_ptr<Model>>(const ModelSpec&, const ModelOptions&)>;

} // namespace papilio::nn
