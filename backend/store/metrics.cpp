// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "store/connection.h"
#include "store/runs.h"

namespace papilio::store
{
namespace
{

constexpr std::array<std::string_view, 3> scopes{"task", "head", "all"}; // stored by number

int scopeNumber(std::string_view name)
{
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        if (scopes[i] == name) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

Result<Metric> metricOf(const Lease& query, const std::string& path)
{
    Metric metric;
    metric.epoch = query.integer(0);
    metric.part = static_cast<Part>(query.small(1));
    const int scope = query.small(2);
    metric.task = query.integer(3);
    metric.head = query.text(4);
    metric.name = query.text(5);
    metric.value = query.real(6);
    metric.n = query.integer(7);
    if (scope < 0 || scope >= static_cast<int>(scopes.size()) ||
        (metric.part > Part::TestSeen && metric.part != Part::None)) {
        return damagedRecord(path, "metric '" + metric.name + "'", "unknown scope or part");
    }
    metric.scope = scopes[static_cast<std::size_t>(scope)];
    return metric;
}

Result<std::vector<Metric>> readMetrics(Lease& query, const std::string& path)
{
    std::vector<Metric> metrics;
    while (query.step()) {
        auto metric = metricOf(query, path);
        if (!metric) {
            return tl::unexpected<Error>(std::move(metric).error());
        }
        metrics.push_back(std::move(*metric));
    }
    return metrics;
}

} // namespace

Result<std::vector<Metric>> Runs::metrics(std::int64_t run, std::optional<std::int64_t> epoch) const
{
    if (!epoch) {
        return metricsSince(run, std::numeric_limits<std::int64_t>::min());
    }
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<Metric>> {
        Lease query(connection, "SELECT epoch, part, scope, task, head, name, value, n FROM metrics "
                                "WHERE run = ?1 AND epoch = ?2 ORDER BY part, scope, task, head, name");
        query.bind(run, *epoch);
        return readMetrics(query, m_project.path());
    });
}

Result<std::vector<Metric>> Runs::metricsSince(std::int64_t run, std::int64_t epoch) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<Metric>> {
        Lease query(connection, "SELECT epoch, part, scope, task, head, name, value, n FROM metrics "
                                "WHERE run = ?1 AND epoch > ?2 ORDER BY epoch, part, scope, task, head, name");
        query.bind(run, epoch);
        return readMetrics(query, m_project.path());
    });
}

Result<> Runs::addMetrics(std::int64_t run, const std::vector<Metric>& metrics)
{
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        // An epoch that is done a second time (resumed from an older checkpoint) replaces its numbers.
        Lease insert(connection, "INSERT INTO metrics (run, epoch, part, scope, task, head, name, value, n) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                                 "ON CONFLICT (run, epoch, part, scope, task, head, name) "
                                 "DO UPDATE SET value = excluded.value, n = excluded.n");
        for (const Metric& metric : metrics) {
            const int scope = scopeNumber(metric.scope);
            if (scope < 0) {
                return fail(ErrorCode::Internal,
                            "Metric '" + metric.name + "' has the unknown scope '" + metric.scope + "'.");
            }
            insert
                .bind(run, metric.epoch, static_cast<int>(metric.part), scope, metric.task, metric.head, metric.name,
                      metric.value, metric.n)
                .run();
        }
        return {};
    });
}

} // namespace papilio::store
