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
#include "data/table.h"

namespace papilio::data
{

/// Reads a table on one thread and does the chemistry on several. Batches come out in the order of the rows; only a
/// bounded number of them is under way, so memory does not grow with the file.
class Pipeline
{
public:
    /// Rows below 'firstRow' are read over.
    Pipeline(std::vector<std::string> files, const Plan& plan, std::int64_t firstRow, int threads);
    ~Pipeline(); ///< stops and joins
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    enum class Got { Batch, Nothing, End };
    /// The next batch; Nothing after 'patience' without one. A fault of the file comes behind the rows before it.
    Result<Got> next(std::vector<ReadRow>& batch, std::chrono::milliseconds patience);

private:
    struct Job {
        std::int64_t number = 0;
        std::vector<TableRow> rows;
    };
    void readTable();
    Result<> readRows();
    bool push(std::vector<TableRow>& rows);
    void work();

    std::vector<std::string> m_files;
    const Plan& m_plan;
    std::int64_t m_firstRow;
    std::int64_t m_mostUnderWay;

    std::mutex m_mutex;
    std::condition_variable m_jobAdded, m_jobTaken, m_batchDone;
    std::deque<Job> m_jobs;
    std::map<std::int64_t, std::vector<ReadRow>> m_done;
    std::int64_t m_pushed = 0;    ///< batches read
    std::int64_t m_delivered = 0; ///< batches handed out
    bool m_readingEnded = false;
    std::optional<Error> m_fault;
    bool m_stop = false;
    std::vector<std::thread> m_threads;
};

} // namespace papilio::data
