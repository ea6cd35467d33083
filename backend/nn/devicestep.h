// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "nn/devicebatch.h"
#include "nn/losses.h"
#include "nn/passes.h"

namespace papilio::nn
{

/// A training step on a GPU: nothing comes back from there before read(), so that the processor is ahead of it all the
/// time. Losses and their slopes are computed where the outputs are.
class DeviceStep
{
public:
    /// Tells 'loss' what the labels weigh.
    DeviceStep(const ModelSpec& spec, const at::Device& device, std::span<const Batch> parts, StepLoss& loss);

    /// Both passes of the next part. What its labels weigh in all must be in 'loss'.
    void run(const PassRunner& runner, const Batch& part, PassSettings settings, const StepLoss& loss, double scale);

    Tensor& gradient() { return m_gradient; } ///< of all parts, in double precision
    const std::vector<BatchStatistics>& statistics() const { return m_statistics; }
    /// Waits for the losses of all heads and the gradient's norm; the losses become those of 'loss'.
    double read(const Tensor& gradient, StepLoss& loss) const;
    /// Of each part that was computed, by head; for those who look for culprits.
    std::vector<std::vector<std::vector<float>>> outputs() const;

private:
    Tensor lossesOf(std::size_t part, const StepLoss& loss, double scale, std::vector<Tensor>& slopes) const;

    const ModelSpec& m_spec;
    std::vector<std::shared_ptr<const DeviceBatch>> m_batches;
    std::vector<std::vector<Tensor>> m_outputs; ///< of each part so far
    std::vector<BatchStatistics> m_statistics;
    Tensor m_gradient, m_losses;
};

} // namespace papilio::nn
