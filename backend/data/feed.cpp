// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/feed.h"

#include <algorithm>
#include <chrono>

#include "data/pace.h"
#include "data/parallel.h"
#include "store/logmover.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t rowsPerCommit = 16000;
constexpr std::size_t bytesPerCommit = std::size_t{32} << 20; ///< of the rows as read: they wait in memory
constexpr std::size_t rowsPerCommitAtEnd = 500; ///< little is left to be written when the chemistry is done
constexpr double secondsPerCommit = 2;
constexpr auto patience = std::chrono::milliseconds(100);

/// What is to be written with the next transaction.
struct Gathered {
    std::vector<ReadBatch> batches;
    std::size_t rows = 0;
    std::size_t bytes = 0;

    void add(ReadBatch&& batch)
    {
        rows += batch.rows.size();
        bytes += batch.bytes;
        batches.push_back(std::move(batch));
    }

    Result<> writeTo(DatasetWriter& writer, store::LogMover& mover)
    {
        if (rows == 0) {
            return {};
        }
        PAPILIO_TRY(writer.write(batches));
        mover.committed();
        batches.clear();
        rows = bytes = 0;
        return {};
    }
};
} // namespace

Result<> feedRows(DatasetWriter& writer, RowSourceMaker source, const Plan& plan, const FeedOptions& options,
                  Control& control)
{
    Pace pace(control);
    pace.start(writer.dataset().rows);
    const PipelineOptions settings{writer.dataset().rows, threadCount(options.threads), options.source, options.encodings,
                                   options.encodings ? nameColumns(plan, plan.molBlock) : NameColumns()};
    Pipeline pipeline(std::move(source), plan, settings);
    const store::TrustedWriting trusted(writer.project()); // rows refer to molecules that were stored just before
    store::LogMover mover(writer.project());
    Gathered gathered;
    ReadBatch batch;
    double committed = pace.seconds();
    while (true) {
        pace.report(options.stage, writer.dataset().rows + static_cast<std::int64_t>(gathered.rows),
                    options.total, "rows");
        auto got = pipeline.next(batch, patience);
        const bool stopping = control.stopRequested();
        if (got && *got == Pipeline::Got::Batch) {
            gathered.add(std::move(batch));
        }
        const bool ended = !got || *got == Pipeline::Got::End;
        const std::int64_t left = options.total - writer.dataset().rows - static_cast<std::int64_t>(gathered.rows);
        const bool nearEnd = left < static_cast<std::int64_t>(8 * rowsPerCommitAtEnd);
        const bool due = gathered.rows >= (nearEnd ? rowsPerCommitAtEnd : rowsPerCommit) ||
                         gathered.bytes >= bytesPerCommit || pace.seconds() - committed > secondsPerCommit;
        if (ended || stopping || due) {
            PAPILIO_TRY(gathered.writeTo(writer, mover));
            committed = pace.seconds();
        }
        if (!got) {
            return tl::unexpected(std::move(got).error());
        }
        if (ended) {
            pace.report(options.stage, writer.dataset().rows, options.total, "rows", true);
            return {};
        }
        if (stopping) {
            return fail(ErrorCode::Stopped,
                        "Stopped after " + std::to_string(writer.dataset().rows) + " of " +
                            std::to_string(options.total) + " rows.",
                        options.stoppedHint);
        }
    }
}

} // namespace papilio::data
