// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/curations.h"

#include <unordered_set>
#include <vector>

#include "store/bytes.h"
#include "store/connection.h"
#include "store/orphans.h"

namespace papilio::store
{
namespace
{

/// Tables whose rows belong to a dataset, but for those that stay as they are.
std::vector<std::string> contentTables(Connection& connection)
{
    std::vector<std::string> names;
    Lease query(connection, "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' "
                            "AND c.name = 'dataset' AND m.name NOT IN ('tasks', 'sources', 'source_chunks', 'split_datasets')");
    while (query.step()) {
        names.push_back(query.text(0));
    }
    return names;
}

std::vector<std::int64_t> leftBehind(Connection& connection, std::int64_t dataset, std::int64_t fresh)
{
    std::unordered_set<std::int64_t> inSplits;
    Lease splits(connection, "SELECT molecules FROM splits");
    while (splits.step()) {
        if (const auto ids = idsFromBytes(splits.blob(0))) {
            inSplits.insert(ids->begin(), ids->end());
        }
    }
    std::vector<std::int64_t> molecules;
    Lease query(connection, "SELECT molecule FROM input_rows WHERE dataset = ?1 AND molecule IS NOT NULL EXCEPT "
                            "SELECT molecule FROM input_rows WHERE dataset = ?2");
    query.bind(dataset, fresh);
    while (query.step()) {
        if (!inSplits.contains(query.integer(0))) {
            molecules.push_back(query.integer(0));
        }
    }
    return molecules;
}

bool tasksAreAlike(Connection& connection, std::int64_t dataset, std::int64_t fresh)
{
    Lease query(connection, "SELECT (SELECT count(*) FROM tasks WHERE dataset = ?1), "
                            "(SELECT count(*) FROM tasks WHERE dataset = ?2), (SELECT count(*) FROM tasks a JOIN tasks b ON "
                            "b.dataset = ?2 AND b.position = a.position AND b.name = a.name AND b.level = a.level "
                            "WHERE a.dataset = ?1)");
    query.bind(dataset, fresh).step();
    return query.integer(0) == query.integer(1) && query.integer(0) == query.integer(2);
}

void takeNumbers(Connection& connection, std::int64_t dataset, std::int64_t fresh)
{
    Lease(connection, "UPDATE tasks SET (rows, molecules, label_values, positives, mean, sd, minimum, maximum, "
                      "class_counts) = (SELECT f.rows, f.molecules, f.label_values, f.positives, f.mean, f.sd, f.minimum, "
                      "f.maximum, f.class_counts FROM tasks f WHERE f.dataset = ?2 AND f.position = tasks.position) "
                      "WHERE dataset = ?1")
        .bind(dataset, fresh)
        .run();
    Lease(connection, "UPDATE datasets SET (rows, used, merged, repaired, rejected, molecules, labels, label_cells) = "
                      "(SELECT f.rows, f.used, f.merged, f.repaired, f.rejected, f.molecules, f.labels, f.label_cells "
                      "FROM datasets f WHERE f.id = ?2) WHERE id = ?1")
        .bind(dataset, fresh)
        .run();
}

} // namespace

Curations::Curations(Project& project) : m_project(project) {}

Result<std::optional<CurationRecord>> Curations::get(std::int64_t dataset) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<CurationRecord>> {
        if (!connection.hasSchema(4)) {
            return std::nullopt;
        }
        Lease query(connection, "SELECT recipe, applied, report FROM curations WHERE dataset = ?1");
        if (!query.bind(dataset).step()) {
            return std::nullopt;
        }
        return CurationRecord{dataset, query.text(0), query.text(1), query.text(2)};
    });
}

Result<> Curations::put(const CurationRecord& record)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        const std::string applied = record.applied.empty() ? nowUtc() : record.applied;
        Lease(connection, "INSERT OR REPLACE INTO curations (dataset, recipe, applied, report) VALUES (?1, ?2, ?3, ?4)")
            .bind(record.dataset, record.recipe, applied, record.report)
            .run();
        return {};
    });
}

Result<> Curations::exchange(std::int64_t dataset, std::int64_t fresh)
{
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        if (dataset == fresh || !tasksAreAlike(connection, dataset, fresh)) {
            return fail(ErrorCode::Internal, "The tasks of datasets " + std::to_string(dataset) + " and " +
                                                 std::to_string(fresh) + " are not alike.");
        }
        const std::vector<std::int64_t> molecules = leftBehind(connection, dataset, fresh);
        takeNumbers(connection, dataset, fresh);
        for (const std::string& table : contentTables(connection)) {
            SQLite::Statement remove(connection, "DELETE FROM \"" + table + "\" WHERE dataset = ?1");
            remove.bind(1, dataset);
            remove.exec();
            SQLite::Statement move(connection, "UPDATE \"" + table + "\" SET dataset = ?1 WHERE dataset = ?2");
            move.bind(1, dataset);
            move.bind(2, fresh);
            move.exec();
        }
        Lease(connection, "DELETE FROM datasets WHERE id = ?1").bind(fresh).run();
        deleteOrphans(connection, molecules);
        return {};
    });
}

} // namespace papilio::store
