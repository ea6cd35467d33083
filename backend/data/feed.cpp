// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/feed.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "data/pace.h"
#include "data/parallel.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t rowsPerCommit = 2000;
constexpr double secondsPerCommit = 2;
constexpr auto patience = std::chrono::milliseconds(100);

/// What is to be written with the next transaction.
struct Gathered {
    std::vector<ReadRow> rows;
    std::vector<SourceChunk> chunks;

    void add(ReadBatch& batch)
    {
        if (!batch.source.empty() && !batch.rows.empty()) {
            chunks.push_back({batch.rows.front().row, static_cast<std::int64_t>(batch.rows.size()),
                              std::move(batch.source)});
        }
        std::move(batch.rows.begin(), batch.rows.end(), std::back_inserter(rows));
    }

    Result<> writeTo(DatasetWriter& writer)
    {
        PAPILIO_TRY(writer.write(rows, chunks));
        rows.clear();
        chunks.clear();
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
    Gathered gathered;
    ReadBatch batch;
    double committed = pace.seconds();
    while (true) {
        pace.report(options.stage, writer.dataset().rows + static_cast<std::int64_t>(gathered.rows.size()),
                    options.total, "rows");
        auto got = pipeline.next(batch, patience);
        const bool stopping = control.stopRequested();
        if (got && *got == Pipeline::Got::Batch) {
            gathered.add(batch);
        }
        const bool ended = !got || *got == Pipeline::Got::End;
        const bool due = gathered.rows.size() >= rowsPerCommit || pace.seconds() - committed > secondsPerCommit;
        if (ended || stopping || due) {
            PAPILIO_TRY(gathered.writeTo(writer));
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
