// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/devicebatch.h"

#include <cstring>
#include <functional>
#include <utility>

#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include "nn/devices.h"

namespace papilio::nn
{

namespace
{

/// Lays arrays out one after the other, then makes the tensors that are views of them.
class Block
{
public:
    void add(Tensor& to, const std::vector<float>& values, std::int64_t rows, std::int64_t width)
    {
        add(to, values.data(), values.size() * sizeof(float), at::kFloat, {rows, width});
    }
    void add(Tensor& to, const std::vector<std::int64_t>& values)
    {
        add(to, values.data(), values.size() * sizeof(std::int64_t), at::kLong,
            {static_cast<std::int64_t>(values.size())});
    }

    Tensor fill(const at::Device& device) const
    {
        const auto options = at::TensorOptions(at::kByte).pinned_memory(device.is_cuda());
        const Tensor host = at::empty({m_size}, options);
        for (const Part& part : m_parts) {
            if (part.bytes > 0) {
                std::memcpy(static_cast<char*>(host.data_ptr()) + part.start, part.from, part.bytes);
            }
        }
        const Tensor block = host.to(device, /*non_blocking=*/device.is_cuda());
        for (const Part& part : m_parts) {
            *part.to = block.narrow(0, part.start, static_cast<std::int64_t>(part.bytes)).view(part.type).view(part.shape);
        }
        return block;
    }

private:
    struct Part {
        Tensor* to;
        const void* from;
        std::size_t bytes;
        at::ScalarType type;
        std::vector<std::int64_t> shape;
        std::int64_t start;
    };

    void add(Tensor& to, const void* from, std::size_t bytes, at::ScalarType type, std::vector<std::int64_t> shape)
    {
        constexpr std::int64_t line = 256; // where a GPU reads best
        m_parts.push_back({&to, from, bytes, type, std::move(shape), m_size});
        m_size += (static_cast<std::int64_t>(bytes) + line - 1) / line * line;
    }

    std::vector<Part> m_parts;
    std::int64_t m_size = 0;
};

c10::Stream currentStream(const at::Device& device)
{
    return c10::impl::VirtualGuardImpl(device.type()).getStream(device);
}

} // namespace

DeviceBatch::DeviceBatch(const Batch& batch, const ModelSpec& spec, const at::Device& device, const c10::Stream* stream)
    : weights(labelWeights(spec.heads, batch.labels)), m_spec(&spec), m_device(device)
{
    if (stream == nullptr) {
        copy(batch, spec);
        return;
    }
    const c10::StreamGuard guard(*stream);
    copy(batch, spec);
    m_there.emplace(device.type());
    m_there->record(*stream);
}

void DeviceBatch::copy(const Batch& batch, const ModelSpec& spec)
{
    const at::NoGradGuard guard;
    Block block;
    block.add(input.nodeFeatures, batch.nodeFeatures, batch.nodes, atomWidth(spec.architecture.inputs));
    block.add(input.edgeFeatures, batch.edgeFeatures, batch.edges, bondWidth(spec.architecture.inputs));
    for (const EncodingRows& rows : batch.encodings) {
        const auto count = rows.width > 0 ? static_cast<std::int64_t>(rows.values.size()) / rows.width : 0;
        block.add(input.encodings[rows.key], rows.values, count, rows.width);
    }
    block.add(senders, batch.senders);
    block.add(receivers, batch.receivers);
    block.add(graphOf, batch.graphOf);
    labels.resize(spec.heads.size());
    for (std::size_t h = 0; h < batch.labels.size(); ++h) {
        const HeadSpec& head = spec.heads[h];
        if (!batch.labels[h].empty()) {
            block.add(labels[h], batch.labels[h], batch.rows(head.level), static_cast<std::int64_t>(head.columns.size()));
        }
    }
    m_block = block.fill(m_device);
}

void DeviceBatch::wait() const
{
    if (m_there) {
        const c10::Stream stream = currentStream(m_device);
        m_there->block(stream);
        m_block.record_stream(stream); // the block goes back to where it was taken from only when this is done with it
    }
}

std::shared_ptr<const DeviceBatch> stagedBatch(const Batch& batch, const ModelSpec& spec, const at::Device& device)
{
    auto staged = std::dynamic_pointer_cast<const DeviceBatch>(batch.staged);
    return staged && staged->isFor(spec, device) ? staged : nullptr;
}

std::shared_ptr<const DeviceBatch> onDevice(const Batch& batch, const ModelSpec& spec, const at::Device& device)
{
    auto staged = stagedBatch(batch, spec, device);
    if (!staged) {
        staged = std::make_shared<const DeviceBatch>(batch, spec, device, nullptr);
    }
    staged->wait();
    return staged;
}

} // namespace papilio::nn
