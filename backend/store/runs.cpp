// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/runs.h"

#include "store/connection.h"
#include "store/process.h"

namespace papilio::store
{
namespace
{

#define PAPILIO_RUN_QUERY                                                                                              \
    "SELECT id, name, created, config, data_hash, split, seed, versions, parameters, state, epochs, epochs_planned, "  \
    "best_epoch, message, process, seconds FROM runs "

Result<RunRecord> recordOf(const Lease& query, const std::string& path)
{
    RunRecord run;
    run.id = query.integer(0);
    run.name = query.text(1);
    run.created = query.text(2);
    run.config = query.text(3);
    run.dataHash = query.text(4);
    run.split = query.integer(5); // NULL reads as 0
    run.seed = static_cast<std::uint64_t>(query.integer(6));
    run.versions = query.text(7);
    run.parameters = query.integer(8);
    const int state = query.small(9);
    if (state < 0 || state > static_cast<int>(RunState::CutOff)) {
        return damagedRecord(path, "run " + std::to_string(run.id), "unknown state " + std::to_string(state));
    }
    run.state = static_cast<RunState>(state);
    run.epochs = query.integer(10);
    run.epochsPlanned = query.integer(11);
    run.bestEpoch = query.integer(12);
    run.message = query.text(13);
    run.process = query.integer(14);
    run.seconds = query.real(15);
    return run;
}

/// Noted beside the process id, so that a later process of the same id is not taken for the engine.
std::string identityOf(const RunRecord& run)
{
    return run.state == RunState::Running ? processIdentity(run.process) : std::string();
}

tl::unexpected<Error> noRun(const std::string& path, std::int64_t id, const std::vector<RunRecord>& all)
{
    std::string list;
    for (const RunRecord& run : all) {
        list += (list.empty() ? "" : ", ") + std::to_string(run.id) + " ('" + run.name + "')";
    }
    return fail(ErrorCode::NotFound, "The project '" + path + "' has no run " + std::to_string(id) + ".",
                all.empty() ? "It has no runs yet." : "It has " + list + ".");
}

} // namespace

std::string_view runStateName(RunState state)
{
    switch (state) {
    case RunState::Running:
        return "running";
    case RunState::Paused:
        return "paused";
    case RunState::Finished:
        return "finished";
    case RunState::Stopped:
        return "stopped";
    case RunState::Failed:
        return "failed";
    case RunState::CutOff:
        return "cut off";
    }
    return "failed";
}

Runs::Runs(Project& project) : m_project(project) {}

Result<std::vector<RunRecord>> Runs::all() const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<RunRecord>> {
        std::vector<RunRecord> all;
        Lease query(connection, PAPILIO_RUN_QUERY "ORDER BY id");
        while (query.step()) {
            auto run = recordOf(query, m_project.path());
            if (!run) {
                return tl::unexpected<Error>(std::move(run).error());
            }
            all.push_back(std::move(*run));
        }
        return all;
    });
}

Result<RunRecord> Runs::byId(std::int64_t id) const
{
    return reading(m_project, [&](Connection& connection) -> Result<RunRecord> {
        Lease query(connection, PAPILIO_RUN_QUERY "WHERE id = ?1");
        if (query.bind(id).step()) {
            return recordOf(query, m_project.path());
        }
        const auto existing = all();
        return noRun(m_project.path(), id, existing ? *existing : std::vector<RunRecord>());
    });
}

Result<std::int64_t> Runs::add(const RunRecord& run)
{
    return writing(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        const std::string created = run.created.empty() ? nowUtc() : run.created;
        const std::string identity = identityOf(run);
        const std::optional<std::int64_t> split = run.split != 0 ? std::optional(run.split) : std::nullopt;
        Lease(connection,
              "INSERT INTO runs (name, created, config, data_hash, split, seed, versions, parameters, state, epochs, "
              "epochs_planned, best_epoch, message, process, seconds, process_identity) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)")
            .bind(run.name, created, run.config, run.dataHash, split, static_cast<std::int64_t>(run.seed), run.versions,
                  run.parameters, static_cast<int>(run.state), run.epochs, run.epochsPlanned, run.bestEpoch,
                  run.message, run.process, run.seconds, identity)
            .run();
        return connection.getLastInsertRowid();
    });
}

Result<> Runs::updateProgress(const RunRecord& run)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        const std::string identity = identityOf(run);
        const int changed =
            Lease(connection,
                  "UPDATE runs SET state = ?2, epochs = ?3, epochs_planned = ?4, best_epoch = ?5, message = ?6, "
                  "process = ?7, seconds = ?8, process_identity = ?9 WHERE id = ?1")
                .bind(run.id, static_cast<int>(run.state), run.epochs, run.epochsPlanned, run.bestEpoch, run.message,
                      run.process, run.seconds, identity)
                .run();
        if (changed == 0) {
            const auto existing = all();
            return noRun(m_project.path(), run.id, existing ? *existing : std::vector<RunRecord>());
        }
        return {};
    });
}

Result<> Runs::markCutOffRuns()
{
    return writingTogether(m_project, [](Connection& connection) -> Result<> {
        std::vector<std::int64_t> gone;
        {
            Lease query(connection, "SELECT id, process, process_identity FROM runs WHERE state = ?1");
            query.bind(static_cast<int>(RunState::Running));
            while (query.step()) {
                if (!isSameEngine(query.integer(1), query.text(2))) {
                    gone.push_back(query.integer(0));
                }
            }
        }
        const std::string message = "its engine ended without a word (crash, kill or power cut)";
        Lease update(connection, "UPDATE runs SET state = ?2, message = ?3, process_identity = '' WHERE id = ?1");
        for (const std::int64_t id : gone) {
            update.bind(id, static_cast<int>(RunState::CutOff), message).run();
        }
        return {};
    });
}

} // namespace papilio::store
