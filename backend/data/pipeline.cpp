// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/pipeline.h"

#include <algorithm>
#include <exception>

#include "core/encodings.h"
#include "store/source.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t batchRows = 128;
constexpr std::size_t groupRows = 16;  ///< that go through a step of the chemistry together
constexpr std::size_t batchBytes = std::size_t{4} * 1024 * 1024;
constexpr std::size_t mostBytesUnderWay = std::size_t{128} * 1024 * 1024; ///< however many threads there are

/// Batches under way: enough that a slow one holds up nobody, and no more with many threads, as what they become waits in
/// memory, too (some 33,000 rows).
std::int64_t mostBatches(int threads)
{
    constexpr std::int64_t enough = 256;
    return std::min<std::int64_t>(64 + 32 * threads, std::max<std::int64_t>(enough, 2 * threads));
}

/// Of the right size, for projects that nobody computes with.
std::string blankEncodings(std::size_t atoms)
{
    Encodings blank;
    blank.laplacianVectors.resize(atoms * Encodings::laplacianCount);
    blank.laplacianValues.resize(atoms * Encodings::laplacianCount);
    blank.walkReturns.resize(atoms * Encodings::walkCount);
    return blank.toBytes();
}

std::string packed(std::vector<TableRow>& rows)
{
    std::vector<store::SourceRow> records(rows.size());
    const auto exchange = [&] {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::swap(records[i].cells, rows[i].cells);
            std::swap(records[i].title, rows[i].title);
            std::swap(records[i].problem, rows[i].problem);
            std::swap(records[i].repair, rows[i].repair);
        }
    };
    exchange();
    std::string bytes = store::SourceRows::pack(records);
    exchange();
    return bytes;
}
} // namespace

Pipeline::Pipeline(RowSourceMaker source, const Plan& plan, const PipelineOptions& options)
    : m_source(std::move(source)), m_plan(plan), m_options(options), m_mostUnderWay(mostBatches(options.threads))
{
    m_threads.emplace_back([this] { readTable(); });
    for (int i = 0; i < options.threads; ++i) {
        m_threads.emplace_back([this] { work(); });
    }
}

Pipeline::~Pipeline()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_jobAdded.notify_all();
    m_jobTaken.notify_all();
    m_batchDone.notify_all();
    for (std::thread& thread : m_threads) {
        thread.join();
    }
}

void Pipeline::readTable()
{
    Result<> result;
    try {
        result = readRows();
    } catch (const std::exception& exception) {
        result = papilio::fail(ErrorCode::Internal, std::string("Reading the table failed: ") + exception.what());
    }
    {
        const std::lock_guard lock(m_mutex);
        m_readingEnded = true;
        if (!result) {
            m_fault = result.error();
        }
    }
    m_jobAdded.notify_all();
    m_batchDone.notify_all();
}

Result<> Pipeline::readRows()
{
    auto source = m_source();
    if (!source) {
        return tl::unexpected(std::move(source).error());
    }
    std::vector<TableRow> rows;
    std::size_t bytes = 0;
    TableRow row;
    while (true) {
        auto more = (*source)->next(row);
        if (!more) {
            push(rows, bytes);
            return tl::unexpected(more.error());
        }
        if (!*more) {
            push(rows, bytes);
            return {};
        }
        if (row.row < m_options.firstRow) {
            const std::lock_guard lock(m_mutex);
            if (m_stop) {
                return {};
            }
            continue;
        }
        bytes += bytesOf(row);
        rows.push_back(std::move(row));
        if (rows.size() >= batchRows || bytes >= batchBytes) {
            if (!push(rows, bytes)) {
                return {};
            }
            bytes = 0;
        }
    }
}

/// Queues a batch; waits while too many are under way. False = stop reading.
bool Pipeline::push(std::vector<TableRow>& rows, std::size_t bytes)
{
    std::unique_lock lock(m_mutex);
    if (rows.empty()) {
        return !m_stop;
    }
    m_jobTaken.wait(lock, [this] {
        return m_stop || (m_pushed - m_delivered < m_mostUnderWay && m_bytesUnderWay < mostBytesUnderWay);
    });
    if (m_stop) {
        return false;
    }
    m_bytesUnderWay += bytes;
    m_jobs.push_back({m_pushed++, bytes, std::move(rows)});
    rows.clear();
    m_jobAdded.notify_one();
    return true;
}

/// Cut short when told to stop.
ReadBatch Pipeline::readBatch(std::vector<TableRow>& rows)
{
    ReadBatch batch;
    if (m_options.source) {
        batch.source = packed(rows);
    }
    batch.rows.reserve(rows.size());
    std::vector<ReadRow> group;
    for (std::size_t begin = 0; begin < rows.size(); begin += groupRows) {
        const std::size_t end = std::min(begin + groupRows, rows.size());
        for (std::size_t i = begin; i < end; ++i) {
            std::vector<std::string> names = namesOf(rows[i], m_options.names);
            group.push_back(readRow(std::move(rows[i]), m_plan));
            group.back().names = std::move(names);
        }
        if (m_options.encodings) {
            complete(group);
        }
        for (ReadRow& row : group) {
            if (!m_options.encodings && !row.rejected) {
                row.encodings = blankEncodings(row.molecule->graph().atoms.size());
            }
            batch.rows.emplace_back(std::move(row));
        }
        group.clear();
        const std::lock_guard lock(m_mutex);
        if (m_stop) {
            break;
        }
    }
    return batch;
}

void Pipeline::work()
{
    while (true) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_jobAdded.wait(lock, [this] { return m_stop || !m_jobs.empty() || m_readingEnded; });
            if (m_stop || m_jobs.empty()) {
                return;
            }
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        ReadBatch batch;
        try {
            batch = readBatch(job.rows);
        } catch (const std::exception& exception) { // no memory, say
            fail(exception.what());
            return;
        }
        batch.bytes = job.bytes;
        {
            const std::lock_guard lock(m_mutex);
            if (m_stop) {
                return;
            }
            m_done.emplace(job.number, std::move(batch));
        }
        m_batchDone.notify_all();
    }
}

/// A batch will never come.
void Pipeline::fail(const std::string& what)
{
    {
        const std::lock_guard lock(m_mutex);
        m_failed = true;
        m_fault = Error{ErrorCode::Internal, "Computing the molecules of a table failed: " + what, {}};
    }
    m_batchDone.notify_all();
}

Result<Pipeline::Got> Pipeline::next(ReadBatch& batch, std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    const auto ended = [this] { return m_readingEnded && m_delivered == m_pushed; };
    m_batchDone.wait_for(lock, patience, [&] { return m_failed || ended() || m_done.contains(m_delivered); });
    const auto found = m_done.find(m_delivered);
    if (found != m_done.end()) {
        batch = std::move(found->second);
        m_done.erase(found);
        ++m_delivered;
        m_bytesUnderWay -= batch.bytes;
        m_jobTaken.notify_all();
        return Got::Batch;
    }
    if (m_failed) {
        return tl::unexpected(*m_fault);
    }
    if (!ended()) {
        return Got::Nothing;
    }
    if (m_fault) {
        return tl::unexpected(*m_fault);
    }
    return Got::End;
}

} // namespace papilio::data
