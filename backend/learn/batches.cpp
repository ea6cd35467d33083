// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/batches.h"

#include <algorithm>
#include <exception>

#include "learn/together.h"

namespace papilio::learn
{

BatchStream::BatchStream(const RunData& data, std::vector<std::uint32_t> order, store::Part part,
                         std::int64_t batchSize, std::int64_t first, const nn::Processes* processes,
                         std::int64_t pieceSize, const nn::Model* model)
    : m_data(data), m_order(std::move(order)), m_part(part), m_batchSize(batchSize), m_processes(processes),
      m_pieceSize(pieceSize), m_model(model),
      m_left(std::max<std::int64_t>(0, batchCount() - first)), m_thread([this, first] { produce(first); })
{
}

BatchStream::~BatchStream()
{
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

std::int64_t BatchStream::batchCount() const
{
    return (static_cast<std::int64_t>(m_order.size()) + m_batchSize - 1) / m_batchSize;
}

std::span<const std::uint32_t> BatchStream::moleculesOf(std::int64_t i) const
{
    const auto begin = static_cast<std::size_t>(i * m_batchSize);
    const auto count = std::min(static_cast<std::size_t>(m_batchSize), m_order.size() - begin);
    return std::span(m_order).subspan(begin, count);
}

Result<nn::Batch> BatchStream::makeBatch(std::int64_t number) const
{
    if (m_processes == nullptr) {
        return m_data.makeBatch(moleculesOf(number), m_part);
    }
    const BatchShare share = shareOf(moleculesOf(number), m_data, *m_processes, m_pieceSize);
    auto batch = m_data.makeBatch(share.molecules, m_part);
    if (batch) {
        batch->pieceEnds = share.pieceEnds;
    }
    return batch;
}

void BatchStream::produce(std::int64_t first)
{
    for (std::int64_t i = first; i < batchCount(); ++i) {
        Result<nn::Batch> batch;
        try {
            batch = makeBatch(i);
            if (batch && m_model != nullptr) {
                m_model->stage(*batch);
            }
        } catch (const std::exception& problem) { // out of memory
            batch = fail(ErrorCode::Internal, std::string("A batch could not be laid out: ") + problem.what() + '.',
                         "Choose a smaller batch_size.");
        }
        const bool failed = !batch;
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_cancelled || m_queue.size() < queueLength; });
        if (m_cancelled) {
            return;
        }
        m_queue.push_back(std::move(batch));
        m_changed.notify_all();
        if (failed) {
            return;
        }
    }
}

Result<std::optional<nn::Batch>> BatchStream::next()
{
    if (m_left == 0) {
        return std::nullopt;
    }
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_queue.empty(); });
    Result<nn::Batch> batch = std::move(m_queue.front());
    m_queue.pop_front();
    m_changed.notify_all();
    if (!batch) {
        m_left = 0;
        return tl::unexpected(batch.error());
    }
    --m_left;
    return std::optional<nn::Batch>(std::move(*batch));
}

} // namespace papilio::learn
