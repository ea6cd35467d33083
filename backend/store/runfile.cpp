// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/runfile.h"

#include <array>

#include <unistd.h>

#include "store/connection.h"
#include "store/filecheck.h"

namespace papilio::store
{
namespace
{

/// What a training reads beside its own records. 'meta' is made with the file.
constexpr std::array trainingTables{"molecules", "graphs", "datasets", "tasks", "labels", "curations", "task_facts", "coordinates"};

void copyTable(Connection& connection, const std::string& table, const std::string& condition = {})
{
    std::string columns;
    SQLite::Statement query(connection, "SELECT name FROM pragma_table_info(?1)"); // both files have this schema
    query.bind(1, table);
    while (query.executeStep()) {
        columns += (columns.empty() ? "\"" : ", \"") + query.getColumn(0).getString() + '"';
    }
    connection.exec("INSERT INTO main." + table + " (" + columns + ") SELECT " + columns + " FROM source." + table + ' ' +
                    condition);
}

void copyRun(Connection& connection, std::int64_t run, bool predictions)
{
    const std::string id = std::to_string(run);
    const std::string split = "= (SELECT split FROM source.runs WHERE id = " + id + ")";
    copyTable(connection, "splits", "WHERE id " + split);
    copyTable(connection, "split_datasets", "WHERE split " + split);
    copyTable(connection, "runs", "WHERE id = " + id);
    for (const char* const table : {"metrics", "checkpoints", "kept_checkpoints"}) {
        copyTable(connection, table, "WHERE run = " + id);
    }
    if (predictions) {
        copyTable(connection, "predictions", "WHERE run = " + id);
    }
}

void removeFiles(const std::string& path)
{
    for (const char* const ending : {"", "-wal", "-shm", "-journal"}) {
        ::unlink((path + ending).c_str());
    }
}

/// Fills a new project file from another one by SQL; it ends as a single file.
template <typename Fill> Result<> makeFrom(const Project& source, const std::string& path, const Fill& fill)
{
    if (!connection(source).hasSchema(schemaVersion)) {
        return fail(ErrorCode::Unsupported, "The project '" + source.path() + "' is of an older format.",
                    "Open it for writing once ('papilio-engine runs'), which brings it up to date.");
    }
    removeFiles(path);
    auto made = Project::create(path);
    if (!made) {
        return tl::unexpected<Error>(std::move(made).error());
    }
    auto written = writing(*made, [&](Connection& target) -> Result<> {
        target.exec("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF");
        {
            SQLite::Statement attach(target, "ATTACH DATABASE ?1 AS source");
            attach.bind(1, absolutePath(source.path()));
            attach.exec();
        }
        target.exec("BEGIN");
        fill(target);
        target.exec("COMMIT; DETACH DATABASE source");
        target.execAndGet("PRAGMA journal_mode = DELETE");
        return {};
    });
    if (!written) { // half a file must not be taken for a whole one
        made = tl::unexpected<Error>(written.error());
        removeFiles(path);
    }
    return written;
}

Result<> checkSameRun(const RunRecord& here, const RunRecord& there, const std::string& splitHere, const std::string& splitThere)
{
    const char* differs = here.created != there.created || here.name != there.name || here.seed != there.seed ? "start"
                          : here.config != there.config                                                      ? "configuration"
                          : here.dataHash != there.dataHash                                                  ? "data"
                          : splitHere != splitThere                                                          ? "split"
                                                                                                             : nullptr;
    if (differs == nullptr) {
        return {};
    }
    return fail(ErrorCode::BadInput,
                "Run " + std::to_string(here.id) + " of this project is not the one that comes back: its " + differs + " differs.",
                "Fetch it into the project that it was started from; a copy that is older than the run does not do.");
}

Result<> checkProgress(const RunRecord& there)
{
    const bool sound = there.epochsPlanned >= 0 && there.epochs >= 0 && there.epochs <= there.epochsPlanned && there.bestEpoch >= 0 &&
                       there.bestEpoch <= there.epochs;
    return sound ? Result<>{}
                 : fail(ErrorCode::Damaged, "Run " + std::to_string(there.id) + " that comes back says epoch " + std::to_string(there.epochs) +
                                                " of " + std::to_string(there.epochsPlanned) + ", the best " +
                                                std::to_string(there.bestEpoch) + ".");
}

Result<> replaceMetrics(Connection& target, Runs& here, const Runs& there, std::int64_t run)
{
    const auto metrics = there.metrics(run); // read as any, so that what this project could not read never gets in
    if (!metrics) {
        return tl::unexpected<Error>(metrics.error());
    }
    Lease(target, "DELETE FROM metrics WHERE run = ?1").bind(run).run();
    return here.addMetrics(run, *metrics);
}

void replacePredictions(Connection& here, Connection& there, std::int64_t run)
{
    Lease(here, "DELETE FROM predictions WHERE run = ?1").bind(run).run();
    Lease query(there, "SELECT head, molecule, predicted FROM predictions WHERE run = ?1");
    query.bind(run);
    // The run's split keeps its molecules in the project, whatever else was removed meanwhile.
    Lease insert(here, "INSERT INTO predictions (run, head, molecule, predicted) SELECT ?1, ?2, ?3, ?4 "
                       "WHERE EXISTS (SELECT 1 FROM molecules WHERE id = ?3)");
    while (query.step()) {
        const std::string head = query.text(0);
        insert.bind(run, head, query.integer(1), Blob{query.blob(2)}).run();
    }
}

Result<> replaceCheckpoints(Runs& here, const Runs& there, std::int64_t run)
{
    for (const CheckpointKind kind : {CheckpointKind::Last, CheckpointKind::Best}) {
        const auto checkpoint = there.checkpoint(run, kind);
        if (!checkpoint) {
            return tl::unexpected<Error>(checkpoint.error());
        }
        if (*checkpoint) {
            PAPILIO_TRY(here.putCheckpoint(run, **checkpoint));
        }
    }
    const auto old = here.keptEpochs(run), kept = there.keptEpochs(run);
    if (!old || !kept) {
        return tl::unexpected<Error>(old ? kept.error() : old.error());
    }
    for (const std::int64_t epoch : *old) {
        PAPILIO_TRY(here.dropKept(run, epoch));
    }
    for (const std::int64_t epoch : *kept) {
        const auto checkpoint = there.keptCheckpoint(run, epoch);
        if (!checkpoint) {
            return tl::unexpected<Error>(checkpoint.error());
        }
        PAPILIO_TRY(here.keepCheckpoint(run, **checkpoint));
    }
    return {};
}

Result<std::string> splitHashOf(const Runs& runs, const RunRecord& run)
{
    const auto split = runs.split(run.split);
    if (!split) {
        return tl::unexpected<Error>(split.error());
    }
    return split->hash;
}

Result<> checkNotFurtherHere(const Runs& here, const Runs& there, std::int64_t run)
{
    const auto mine = here.checkpoint(run, CheckpointKind::Last), theirs = there.checkpoint(run, CheckpointKind::Last);
    if (!mine || !theirs) {
        return tl::unexpected<Error>(mine ? theirs.error() : mine.error());
    }
    if (*mine && (*mine)->step > (*theirs ? (*theirs)->step : 0)) {
        return fail(ErrorCode::BadInput,
                    "Run " + std::to_string(run) + " was trained further here (step " + std::to_string((*mine)->step) +
                        ") than there (step " + std::to_string(*theirs ? (*theirs)->step : 0) + ").",
                    "Nothing was taken; what was trained here would be lost.");
    }
    return {};
}

} // namespace

Result<> copyForRun(Project& project, std::int64_t run, const std::string& path)
{
    return makeFrom(project, path, [run](Connection& target) {
        for (const char* const table : trainingTables) {
            copyTable(target, table);
        }
        copyRun(target, run, false);
        target.exec("UPDATE main.runs SET state = " + std::to_string(static_cast<int>(RunState::Paused)) +
                    ", process = 0, process_identity = ''");
    });
}

Result<> writeRunFile(Project& project, std::int64_t run, const std::string& path)
{
    if (const auto known = Runs(project).byId(run); !known) {
        return tl::unexpected<Error>(known.error());
    }
    return makeFrom(project, path, [run](Connection& target) { copyRun(target, run, true); });
}

Result<RunRecord> takeRunFile(Project& project, std::int64_t run, const std::string& path)
{
    auto file = Project::open(path, Access::ReadOnly);
    if (!file) {
        return tl::unexpected<Error>(std::move(file).error());
    }
    Runs here(project), there(*file);
    const auto mine = here.byId(run);
    auto theirs = there.byId(run);
    if (!mine || !theirs) {
        return tl::unexpected<Error>(mine ? theirs.error() : mine.error());
    }
    const auto splitHere = splitHashOf(here, *mine), splitThere = splitHashOf(there, *theirs);
    if (!splitHere || !splitThere) {
        return tl::unexpected<Error>(splitHere ? splitThere.error() : splitHere.error());
    }
    PAPILIO_TRY(checkSameRun(*mine, *theirs, *splitHere, *splitThere));
    PAPILIO_TRY(checkProgress(*theirs));
    PAPILIO_TRY(checkNotFurtherHere(here, there, run));
    theirs->process = 0;
    if (theirs->state == RunState::Running) {
        theirs->state = RunState::CutOff;
    }
    return writingTogether(project, [&](Connection& target) -> Result<RunRecord> {
        PAPILIO_TRY(replaceMetrics(target, here, there, run));
        PAPILIO_TRY(replaceCheckpoints(here, there, run));
        replacePredictions(target, connection(*file), run);
        PAPILIO_TRY(here.updateProgress(*theirs));
        return here.byId(run);
    });
}

} // namespace papilio::store
