// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "core/error.h"
#include "learn/rundata.h"
#include "nn/batch.h"
#include "nn/model.h"
#include "nn/processes.h"

namespace papilio::learn
{

/// Batches of a list of molecules, laid out by a background thread a few steps ahead. The list alone decides what is in
/// which batch, so the thread cannot change any result.
class BatchStream
{
public:
    /// Starts at batch number 'first'. 'data' must outlive the stream.
    /// Only labels that are in 'part'. Of several processes, each has its share of each batch: whole pieces of
    /// 'pieceSize' atoms (nn::Model::trainingPiece). Where a model is given, its batches are brought to its device ahead.
    BatchStream(const RunData& data, std::vector<std::uint32_t> order, store::Part part, std::int64_t batchSize,
                std::int64_t first = 0, const nn::Processes* processes = nullptr, std::int64_t pieceSize = 0,
                const nn::Model* model = nullptr);
    ~BatchStream();
    BatchStream(const BatchStream&) = delete;
    BatchStream& operator=(const BatchStream&) = delete;

    /// The next batch; nothing at the end.
    Result<std::optional<nn::Batch>> next();

    std::int64_t batchCount() const;
    /// All molecules of batch number i, as indices into the run's molecules.
    std::span<const std::uint32_t> moleculesOf(std::int64_t i) const;

private:
    void produce(std::int64_t first);
    Result<nn::Batch> makeBatch(std::int64_t number) const;

    static constexpr std::size_t queueLength = 4;

    const RunData& m_data;
    const std::vector<std::uint32_t> m_order;
    const store::Part m_part;
    const std::int64_t m_batchSize;
    const nn::Processes* const m_processes;
    const std::int64_t m_pieceSize;
    const nn::Model* const m_model;
    std::int64_t m_left;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Result<nn::Batch>> m_queue;
    bool m_cancelled = false;
    std::thread m_thread; ///< last, so that it starts when all else is there
};

} // namespace papilio::learn
