// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <c10/core/Event.h>
#include <c10/core/Stream.h>

#include "nn/batch.h"
#include "nn/losses.h"
#include "nn/network.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

/// A batch as it lies on a GPU: one block of memory, which one copy filled, and views of it.
class DeviceBatch final : public StagedBatch
{
public:
    /// 'stream': the copy waits for nothing that is computed, and nothing for it until ready(); null = it takes its turn
    /// among what is computed.
    DeviceBatch(const Batch& batch, const ModelSpec& spec, const at::Device& device, const c10::Stream* stream);

    bool isFor(const ModelSpec& spec, const at::Device& device) const { return m_spec == &spec && m_device == device; }
    /// What is computed from now on waits until the copy is there.
    void wait() const;

    NetworkInput input;
    Tensor senders, receivers, graphOf;
    std::vector<Tensor> labels;        ///< by head; undefined = none
    std::vector<LabelWeights> weights; ///< of these labels

private:
    void copy(const Batch& batch, const ModelSpec& spec);

    const ModelSpec* m_spec; ///< whose owner staged it, and has looked at all its indices and labels
    at::Device m_device;
    Tensor m_block;
    std::optional<c10::Event> m_there;
};

/// The batch as the owner of 'spec' staged it for that device; null if it did not.
std::shared_ptr<const DeviceBatch> stagedBatch(const Batch& batch, const ModelSpec& spec, const at::Device& device);
/// The same, else brought there now.
std::shared_ptr<const DeviceBatch> onDevice(const Batch& batch, const ModelSpec& spec, const at::Device& device);

} // namespace papilio::nn
