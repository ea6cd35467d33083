// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
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
    bool decoupledDecay = false; ///< AdamW (Loshchilov & Hutter 2019, arXiv 1711.05101) instead of Adam with L2
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
    double averageDecay = 0; ///< of the exponential moving average of the weights; 0 = none is kept
    std::uint64_t seed = 0;  ///< of this step: dropout and the signs of the Laplacian vectors depend on it alone
};

/// Loss of each head over the labels that exist (losses.h). A head without any label in the batch has loss 0 and labels
/// 0.
struct Losses {
    double total = 0; ///< as Architecture::lossBalance joins them; by default the unweighted mean, as published
    std::vector<double> heads;
    std::vector<std::int64_t> labels; ///< labels each is computed from
};

struct StepResult {
    Losses losses;
    double gradientNorm = 0; ///< before clipping
    bool skipped = false;    ///< fp16: the scaled gradients overflowed; the scale was halved and nothing learnt
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
    std::vector<float> nodeFeatures; ///< N × F, d output / d feature
    std::vector<float> edgeFeatures; ///< E × G; empty if the network does not look at bonds
    double output = 0;               ///< the value that was differentiated
};

/// A tensor inside the network, by the name of the published library's module.
struct Intermediate {
    Level level = Level::Node; ///< what its rows are
    HostTensor tensor;         ///< rows × width
};

/// A network with its optimiser (Adam), behind plain numbers. No exception leaves it. One object belongs to one thread
/// at a time.
class Model
{
public:
    virtual ~Model() = default;

    virtual const ModelSpec& spec() const = 0;
    virtual std::int64_t parameterCount() const = 0;
    virtual std::string deviceName() const = 0; ///< "cpu", "cuda:0"

    /// Atoms of the pieces that training batches are cut into, and that processes share out; 0: shared by molecules.
    virtual std::int64_t trainingPiece() const { return 0; }

    /// Begins to bring a batch to where the network is, beside what is computed there; the step or evaluation of it need
    /// not wait for it then. From any thread. On the CPU there is nothing to bring.
    virtual void stage(Batch&) const {}

    /// One update from one batch, or from several whose gradients are added up (accumulation): the loss is that of all
    /// labels together, as if they were one batch. A loss that is not finite is an error that names the heads and the
    /// molecules (by their place in the batches) and leaves the weights as they were.
    virtual Result<StepResult> trainStep(std::span<const Batch> parts, const StepSettings& settings) = 0;
    Result<StepResult> trainStep(const Batch& batch, const StepSettings& settings)
    {
        return trainStep(std::span<const Batch>(&batch, 1), settings);
    }
    /// After a training step that failed over a loss that is not finite: the molecules whose features, labels or outputs
    /// are not, by their place, counted through all parts. Empty where no single one is to blame.
    virtual std::vector<std::int64_t> culprits() const = 0;
    /// Forward pass without dropout.
    virtual Result<Evaluation> evaluate(const Batch& batch) = 0;
    virtual Result<InputGradients> inputGradients(const Batch& batch, const GradientTarget& target) = 0;

    /// What intermediates() can give, in the order of computation: "encoder.la_pos", "encoders", "pre_nn",
    /// "pre_nn_edges", "gnn.0.layer", "gnn.0.layer_edges", "gnn.0.virtual_node", "gnn.0.edges", "gnn.0.out", …, "pool",
    /// "graph_output_nn.graph", "head.qm9.0" (after the first layer of a head), "head.qm9.1" ….
    virtual std::vector<std::string> intermediateNames() const = 0;
    /// The tensors asked for, from a forward pass without dropout. Unknown names are errors that name the nearest.
    virtual Result<std::map<std::string, Intermediate>> intermediates(const Batch& batch,
                                                                      std::span<const std::string> names) = 0;

    /// Weights, and running statistics of batch norms, under the published library's names; setWeights refuses missing,
    /// extra or misshapen ones by name.
    virtual TensorMap weights() const = 0;
    virtual Result<> setWeights(const TensorMap& tensors) = 0;
    /// The moving average of the weights; empty if none is kept.
    virtual TensorMap averagedWeights() const = 0;
    /// Adam's moments ("adam.m.NAME", "adam.v.NAME"), step count ("adam.step", two floats: step div and mod 2²⁴, so
    /// that it is exact), the average ("average.NAME"), the fp16 scale ("scale") and the passes made ("passes", quirk
    /// residualCounter) where there are such; with weights() the whole state.
    virtual TensorMap optimiserState() const = 0;
    virtual Result<> setOptimiserState(const TensorMap& tensors) = 0;
};

class Processes;

/// What matrix products are computed in; weights, sums, norms and losses stay in single precision.
enum class Precision : std::uint8_t { Float32, BFloat16, Float16 };

struct ModelOptions {
    std::uint64_t seed = 42;    ///< of the initial weights (Xavier uniform, biases 0)
    std::string device = "cpu"; ///< "cpu", "cuda"
    int threads = 0;            ///< 0 = all cores; CPU only
    Precision precision = Precision::Float32; ///< an error where the device has it not
    /// Others that train the same model: each gives its share of a step's molecules to trainStep(), and all make the
    /// step of all of them. They must outlive the model; null = none.
    Processes* processes = nullptr;
};

using ModelFactory = std::function<Result<std::unique_ptr<Model>>(const ModelSpec&, const ModelOptions&)>;

} // namespace papilio::nn
