// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "nn/devicebatch.h"
#include "nn/model.h"
#include "nn/losses.h"
#include "nn/network.h"
#include "nn/shards.h"
#include "nn/weightstore.h"
#include "nn/workers.h"

namespace papilio::nn
{

/// One forward pass over one shard, on a GPU over the whole batch. Operations keep pointers to the shard until their backward pass: it must stay where
/// it is.
struct ShardRun {
    Shard shard;
    Pass pass;
    std::shared_ptr<const DeviceBatch> onDevice; ///< null on the CPU
    NetworkInput input;
    Recorder recorder;
    std::vector<Tensor> outputs;
};

struct PassSettings {
    bool training = false;
    std::uint64_t seed = 0;
    RowCounts before;                      ///< rows of the parts of the step that come first
    std::span<const std::string> recorded; ///< intermediate tensors wanted
    TensorProcesses* processes = nullptr;  ///< that share the step
    std::shared_ptr<const DeviceBatch> onDevice = {}; ///< the batch, if it has been brought there already
};

/// A batch of a training step.
struct Differentiated {
    std::vector<std::vector<float>> outputs; ///< one array a head
    std::vector<BatchStatistics> statistics;
    /// Σ of slopes · d outputs / d weights, flat, in double precision: the sum of the pieces is then the same to the
    /// last bit of a float however they are shared out among processes.
    Tensor gradient;
};

/// Runs a network over batches, shard by shard on several threads. A batch must outlive its runs.
class PassRunner
{
public:
    PassRunner(const ModelSpec& spec, const Network& network, const WeightStore& store, Workers& workers, bool plain,
               Precision precision);

    std::vector<ShardRun> forward(const Batch& batch, const PassSettings& settings) const;
    /// All outputs as one array a head.
    std::vector<std::vector<float>> outputs(const std::vector<ShardRun>& runs) const;
    /// Forwards and back again, each piece in one go on one thread. The loss knows all labels of the step already; what
    /// the batch adds to it is added.
    Differentiated differentiate(const Batch& batch, const PassSettings& settings, StepLoss& loss, double scale) const;
    /// The gradient of the only run of a batch, with slopes that are on the device. Uses the run up.
    Tensor backward(std::vector<ShardRun>& runs, const std::vector<Tensor>& slopes) const;
    /// What was recorded, joined.
    Result<std::map<std::string, Intermediate>> recorded(const std::vector<ShardRun>& runs,
                                                         std::span<const std::string> names) const;
    InputGradients inputGradients(const Batch& batch, const GradientTarget& target) const;
    /// Atoms of the pieces that batches are cut into; 0: not at all.
    std::int64_t pieceSize(bool training) const;
    std::uint64_t passes() const { return m_passes; } ///< made so far (quirk residualCounter)
    void setPasses(std::uint64_t passes) { m_passes = passes; }

private:
    void fillInput(const Batch& batch, ShardRun& run) const;
    std::vector<ShardRun> prepare(const Batch& batch, const PassSettings& settings, std::int64_t atomsAShard) const;
    std::vector<double> lossOf(const ShardRun& run, const Batch& batch, const StepLoss& loss, double scale,
                               std::vector<std::vector<float>>& outputs, std::vector<std::vector<float>>& slopes) const;
    Tensor gradientOf(const ShardRun& run, const std::vector<Tensor>& slopes) const;
    static Tensor rows(const std::vector<float>& values, std::int64_t first, std::int64_t count, std::int64_t width);
    static Tensor indices(const std::vector<std::int64_t>& values, std::int64_t first, std::int64_t count,
                          std::int64_t less);

    const ModelSpec& m_spec;
    const Network& m_network;
    const WeightStore& m_store;
    Workers& m_workers;
    bool m_plain;
    Precision m_precision;
    std::int64_t m_atomWidth, m_bondWidth;
    mutable std::uint64_t m_passes = 0;
};

/// LibTorch's own threads stay out: one a thread of ours. The setting belongs to the calling thread, so every entry
/// checks.
void keepTorchSingleThreaded();

} // namespace papilio::nn
