// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/datasets.h"

#include <algorithm>

#include "store/connection.h"
#include "store/orphans.h"
#include "store/taskfacts.h"
#include "store/taskrecord.h"

namespace papilio::store
{
namespace
{

#define PAPILIO_DATASET_COLUMNS                                                                                        \
    "name, source, source_hash, complete, created, options, import_state, rows, used, merged, repaired, rejected, "    \
    "molecules, labels, label_cells"

/// As isGrowing() says.
#define PAPILIO_NOT_GROWING "(complete OR NOT (options LIKE '{\"replaces\":%' OR options LIKE '{\"curates\":%'))"

DatasetRecord recordOf(const Lease& query)
{
    DatasetRecord dataset;
    dataset.name = query.text(0);
    dataset.source = query.text(1);
    dataset.sourceHash = query.text(2);
    dataset.complete = query.small(3) != 0;
    dataset.created = query.text(4);
    dataset.options = query.text(5);
    dataset.importState = query.text(6);
    dataset.rows = query.integer(7);
    dataset.used = query.integer(8);
    dataset.merged = query.integer(9);
    dataset.repaired = query.integer(10);
    dataset.rejected = query.integer(11);
    dataset.molecules = query.integer(12);
    dataset.labels = query.integer(13);
    dataset.labelCells = query.integer(14);
    dataset.id = query.integer(15);
    return dataset;
}

/// Rows that were left out as asked, from the plan of the dataset's rows (planjson.cpp of the data folder).
void addLeftOut(Connection& connection, DatasetRecord& dataset)
{
    if (dataset.options.find("\"only") == std::string::npos || !connection.hasSchema(4)) {
        return;
    }
    Lease query(connection, "SELECT CASE WHEN json_valid(plan) THEN json_extract(plan, '$.left_out') END FROM sources "
                            "WHERE dataset = ?1");
    if (query.bind(dataset.id).step()) {
        dataset.leftOut = std::clamp<std::int64_t>(query.integer(0), 0, dataset.rejected);
    }
}

/// Binds the columns in order.
void bindRecord(Lease& statement, const DatasetRecord& d, const std::string& created)
{
    statement.bind(d.name, d.source, d.sourceHash, d.complete, created, d.options, d.importState, d.rows, d.used,
                   d.merged, d.repaired, d.rejected, d.molecules, d.labels, d.labelCells);
}

tl::unexpected<Error> noDataset(const std::string& path, const std::string& which,
                                const std::vector<DatasetRecord>& all)
{
    std::string names;
    for (const DatasetRecord& dataset : all) {
        names += (names.empty() ? "" : ", ") + ("'" + dataset.name + "'");
    }
    return fail(ErrorCode::NotFound, "The project '" + path + "' has no dataset " + which + ".",
                all.empty() ? "It has no datasets yet." : "It has " + names + ".");
}

/// The text for a name that is taken, where SQLite says no more than that.
template <typename T> Result<T> withName(Result<T> result, const std::string& path, const std::string& what)
{
    if (!result && result.error().code == ErrorCode::Exists) {
        return fail(ErrorCode::Exists, "The project '" + path + "' has " + what + " already.", "Choose another name.");
    }
    return result;
}

/// Names of the classes, where they have some; only classes can.
Result<std::vector<TaskRecord>> withClassNames(const Project& project, Result<std::vector<TaskRecord>> tasks)
{
    if (tasks) {
        for (TaskRecord& record : *tasks) {
            if (record.task.kind == TaskKind::Regression) {
                continue;
            }
            auto facts = taskFacts(project, record.task.id);
            if (!facts) {
                return tl::unexpected<Error>(facts.error());
            }
            record.task.classNames = std::move(facts->classNames);
        }
    }
    return tasks;
}

} // namespace

void deleteOrphans(Connection& connection, const std::vector<std::int64_t>& candidates)
{
    Lease remove(connection, "DELETE FROM molecules WHERE id = ?1 "
                             "AND NOT EXISTS (SELECT 1 FROM input_rows WHERE molecule = ?1) "
                             "AND NOT EXISTS (SELECT 1 FROM labels WHERE molecule = ?1) "
                             "AND NOT EXISTS (SELECT 1 FROM predictions WHERE molecule = ?1)");
    for (const std::int64_t id : candidates) {
        remove.bind(id).run();
    }
}

std::string_view rowStatusName(RowStatus status)
{
    switch (status) {
    case RowStatus::Used:
        return "used";
    case RowStatus::Merged:
        return "merged";
    case RowStatus::Repaired:
        return "repaired";
    case RowStatus::Rejected:
        return "rejected";
    }
    return "rejected";
}

std::optional<RowStatus> rowStatusFromName(std::string_view name)
{
    for (const RowStatus status : {RowStatus::Used, RowStatus::Merged, RowStatus::Repaired, RowStatus::Rejected}) {
        if (rowStatusName(status) == name) {
            return status;
        }
    }
    return {};
}

std::string replacementName(std::string_view dataset)
{
    return std::string(dataset) + " (being replaced)";
}

std::string curationName(std::string_view dataset)
{
    return std::string(dataset) + " (being curated)";
}

bool isGrowing(const DatasetRecord& dataset)
{
    return !dataset.complete &&
           (dataset.options.starts_with(R"({"replaces":)") || dataset.options.starts_with(R"({"curates":)"));
}

Datasets::Datasets(Project& project) : m_project(project) {}

Result<std::vector<DatasetRecord>> Datasets::all() const
{
    return reading(m_project, [](Connection& connection) -> Result<std::vector<DatasetRecord>> {
        std::vector<DatasetRecord> all;
        Lease query(connection,
                    "SELECT " PAPILIO_DATASET_COLUMNS ", id FROM datasets WHERE " PAPILIO_NOT_GROWING " ORDER BY id");
        while (query.step()) {
            all.push_back(recordOf(query));
        }
        for (DatasetRecord& dataset : all) {
            addLeftOut(connection, dataset);
        }
        return all;
    });
}

Result<DatasetRecord> Datasets::byName(std::string_view name) const
{
    const std::string wanted(name);
    return reading(m_project, [&](Connection& connection) -> Result<DatasetRecord> {
        Lease query(connection, "SELECT " PAPILIO_DATASET_COLUMNS ", id FROM datasets WHERE name = ?1");
        if (query.bind(wanted).step()) {
            DatasetRecord dataset = recordOf(query);
            addLeftOut(connection, dataset);
            return dataset;
        }
        const auto existing = all();
        if (!existing) {
            return tl::unexpected<Error>(existing.error());
        }
        return noDataset(m_project.path(), "'" + wanted + "'", *existing);
    });
}

Result<std::vector<TaskRecord>> Datasets::tasks(std::int64_t dataset) const
{
    auto tasks = reading(m_project, [&](Connection& connection) -> Result<std::vector<TaskRecord>> {
        Lease query(connection, "SELECT " PAPILIO_TASK_COLUMNS ", id FROM tasks WHERE dataset = ?1 ORDER BY position");
        query.bind(dataset);
        return readTasks(query, m_project.path());
    });
    return withClassNames(m_project, std::move(tasks));
}

Result<std::vector<TaskRecord>> Datasets::allTasks() const
{
    auto tasks = reading(m_project, [&](Connection& connection) -> Result<std::vector<TaskRecord>> {
        Lease query(connection, "SELECT " PAPILIO_TASK_COLUMNS ", id FROM tasks WHERE dataset IN "
                                "(SELECT id FROM datasets WHERE " PAPILIO_NOT_GROWING ") ORDER BY dataset, position");
        return readTasks(query, m_project.path());
    });
    return withClassNames(m_project, std::move(tasks));
}

Result<std::int64_t> Datasets::add(const DatasetRecord& dataset)
{
    auto added = writing(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        const std::string created = dataset.created.empty() ? nowUtc() : dataset.created;
        Lease insert(connection, "INSERT INTO datasets (" PAPILIO_DATASET_COLUMNS ") VALUES "
                                 "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)");
        bindRecord(insert, dataset, created);
        insert.run();
        return connection.getLastInsertRowid();
    });
    return withName(std::move(added), m_project.path(), "a dataset '" + dataset.name + "'");
}

Result<> Datasets::update(const DatasetRecord& dataset)
{
    auto updated = writing(m_project, [&](Connection& connection) -> Result<> {
        Lease update(connection, "UPDATE datasets SET (" PAPILIO_DATASET_COLUMNS ") = "
                                 "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) WHERE id = ?16");
        bindRecord(update, dataset, dataset.created);
        update.bindAt(16, dataset.id);
        if (update.run() == 0) {
            const auto existing = all();
            return noDataset(m_project.path(), std::to_string(dataset.id),
                             existing ? *existing : std::vector<DatasetRecord>());
        }
        return {};
    });
    return withName(std::move(updated), m_project.path(), "a dataset '" + dataset.name + "'");
}

Result<> Datasets::remove(std::int64_t dataset)
{
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        std::vector<std::int64_t> molecules;
        {
            Lease query(connection, "SELECT molecule FROM input_rows WHERE dataset = ?1 AND molecule IS NOT NULL "
                                    "UNION SELECT molecule FROM labels WHERE dataset = ?1");
            query.bind(dataset);
            while (query.step()) {
                molecules.push_back(query.integer(0));
            }
        }
        for (const char* const statement :
             {"DELETE FROM labels WHERE dataset = ?1", "DELETE FROM input_rows WHERE dataset = ?1",
              "DELETE FROM tasks WHERE dataset = ?1"}) {
            Lease(connection, statement).bind(dataset).run();
        }
        if (Lease(connection, "DELETE FROM datasets WHERE id = ?1").bind(dataset).run() == 0) {
            const auto existing = all();
            return noDataset(m_project.path(), std::to_string(dataset),
                             existing ? *existing : std::vector<DatasetRecord>());
        }
        deleteOrphans(connection, molecules);
        return {};
    });
}

Result<std::int64_t> Datasets::addTask(const TaskRecord& task)
{
    auto added = writing(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        Lease insert(connection,
                     "INSERT INTO tasks (" PAPILIO_TASK_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
                     "?10, ?11, ?12, ?13, ?14, ?15, ?16)");
        const std::string counts = classCountsText(task.stats.classCounts);
        bindTask(insert, task, counts);
        insert.run();
        return connection.getLastInsertRowid();
    });
    return withName(std::move(added), m_project.path(),
                    "a task '" + task.task.name + "' or position " + std::to_string(task.position) +
                        " in this dataset");
}

Result<> Datasets::updateTask(const TaskRecord& task)
{
    auto updated = writing(m_project, [&](Connection& connection) -> Result<> {
        Lease update(connection,
                     "UPDATE tasks SET (" PAPILIO_TASK_COLUMNS ") = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                     "?11, ?12, ?13, ?14, ?15, ?16) WHERE id = ?17");
        const std::string counts = classCountsText(task.stats.classCounts);
        bindTask(update, task, counts);
        update.bindAt(17, task.task.id);
        if (update.run() == 0) {
            return fail(ErrorCode::NotFound, "The project '" + m_project.path() + "' has no task " +
                                                 std::to_string(task.task.id) + " ('" + task.task.name + "').");
        }
        return {};
    });
    return withName(std::move(updated), m_project.path(), "a task '" + task.task.name + "' in this dataset");
}

} // namespace papilio::store
