// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "data/rows.h"
#include "data/rowsource.h"
#include "data/storedrow.h"
#include "data/table.h"

namespace papilio::data
{

/// Rows with their chemistry done.
struct ReadBatch {
    std::vector<StoredRow> rows;
    std::size_t bytes = 0; ///< of the rows as read
    std::string source; ///< the rows as read, packed (store/source.h); empty unless asked for
};

struct PipelineOptions {
    std::int64_t firstRow = 0; ///< rows below are read over
    int threads = 1;           ///< for the chemistry
    bool source = true;        ///< pack the rows as read
    bool encodings = true;     ///< and what the search keeps of the molecules
    NameColumns names = {};    ///< columns whose cells are taken along
};

/// Reads a table on one thread and does the chemistry on several. Batches come out in the order of the rows; only a
/// bounded number of them is under way, so memory does not grow with the file.
class Pipeline
{
public:
    Pipeline(RowSourceMaker source, const Plan& plan, const PipelineOptions& options);
    ~Pipeline(); ///< stops and joins
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    enum class Got { Batch, Nothing, End };
    /// The next batch; Nothing after 'patience' without one. A fault of the file comes behind the rows before it.
    Result<Got> next(ReadBatch& batch, std::chrono::milliseconds patience);

private:
    struct Job {
        std::int64_t number = 0;
        std::size_t bytes = 0;
        std::vector<TableRow> rows;
    };
    void readTable();
    Result<> readRows();
    bool push(std::vector<TableRow>& rows, std::size_t bytes);
    void fail(const std::string& what);
    void work();

    ReadBatch readBatch(std::vector<TableRow>& rows);

    RowSourceMaker m_source;
    const Plan& m_plan;
    PipelineOptions m_options;
    std::int64_t m_mostUnderWay;

    std::mutex m_mutex;
    std::condition_variable m_jobAdded, m_jobTaken, m_batchDone;
    std::deque<Job> m_jobs;
    std::map<std::int64_t, ReadBatch> m_done;
    std::int64_t m_pushed = 0;    ///< batches read
    std::int64_t m_delivered = 0; ///< batches handed out
    std::size_t m_bytesUnderWay = 0;
    bool m_readingEnded = false;
    bool m_failed = false; ///< a batch was lost
    std::optional<Error> m_fault;
    bool m_stop = false;
    std::vector<std::thread> m_threads;
};

} // namespace papilio::data
