// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/taskrecord.h"

#include <charconv>

namespace papilio::store
{
namespace
{

std::optional<std::vector<std::int64_t>> classCountsFromText(const std::string& text)
{
    std::vector<std::int64_t> counts;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::int64_t count = 0;
        const auto [stop, error] = std::from_chars(at, end, count);
        if (error != std::errc() || (stop != end && *stop != ' ')) {
            return {};
        }
        counts.push_back(count);
        at = stop == end ? end : stop + 1;
    }
    return counts;
}

/// Nothing if the level, the kind or the class counts are not what any Papilio writes.
std::optional<TaskRecord> recordOf(const Lease& query)
{
    TaskRecord record;
    record.task.dataset = query.integer(0);
    record.position = query.small(1);
    record.task.name = query.text(2);
    const int level = query.small(3);
    const int kind = query.small(4);
    record.task.level = static_cast<Level>(level);
    record.task.kind = static_cast<TaskKind>(kind);
    record.task.classes = query.small(5);
    record.task.unit = query.text(6);
    record.stats.rows = query.integer(7);
    record.stats.molecules = query.integer(8);
    record.stats.values = query.integer(9);
    record.stats.positives = query.integer(10);
    record.stats.mean = query.real(11);
    record.stats.sd = query.real(12);
    record.stats.minimum = query.real(13);
    record.stats.maximum = query.real(14);
    auto counts = classCountsFromText(query.text(15));
    record.task.id = query.integer(16);
    if (!counts || level < 0 || level > 3 || kind < 0 || kind > 2) {
        return {};
    }
    record.stats.classCounts = std::move(*counts);
    return record;
}

} // namespace

void bindTask(Lease& statement, const TaskRecord& record, const std::string& counts)
{
    const Task& task = record.task;
    const TaskStats& stats = record.stats;
    statement.bind(task.dataset, record.position, task.name, static_cast<int>(task.level), static_cast<int>(task.kind),
                   task.classes, task.unit, stats.rows, stats.molecules, stats.values, stats.positives, stats.mean,
                   stats.sd, stats.minimum, stats.maximum, counts);
}

Result<std::vector<TaskRecord>> readTasks(Lease& query, const std::string& path)
{
    std::vector<TaskRecord> tasks;
    while (query.step()) {
        auto task = recordOf(query);
        if (!task) {
            return damagedRecord(path, "task " + std::to_string(query.integer(16)),
                                 "unknown level, kind or class counts");
        }
        tasks.push_back(std::move(*task));
    }
    return tasks;
}

std::string classCountsText(const std::vector<std::int64_t>& counts)
{
    std::string text;
    for (const std::int64_t count : counts) {
        if (!text.empty()) {
            text += ' ';
        }
        text += std::to_string(count);
    }
    return text;
}

} // namespace papilio::store
