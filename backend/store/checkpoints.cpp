// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"
#include "store/runs.h"

namespace papilio::store
{

Result<std::optional<Checkpoint>> Runs::checkpoint(std::int64_t run, CheckpointKind kind) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<Checkpoint>> {
        Lease query(connection,
                    "SELECT epoch, step, score, state, tensors FROM checkpoints WHERE run = ?1 AND kind = ?2");
        if (!query.bind(run, static_cast<int>(kind)).step()) {
            return std::nullopt;
        }
        Checkpoint checkpoint;
        checkpoint.kind = kind;
        checkpoint.epoch = query.integer(0);
        checkpoint.step = query.integer(1);
        checkpoint.score = query.real(2);
        checkpoint.state = query.text(3);
        checkpoint.tensors = query.blob(4);
        return checkpoint;
    });
}

Result<> Runs::putCheckpoint(std::int64_t run, const Checkpoint& checkpoint)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection,
              "INSERT INTO checkpoints (run, kind, epoch, step, score, state, tensors) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (run, kind) DO UPDATE SET epoch = excluded.epoch, "
              "step = excluded.step, score = excluded.score, state = excluded.state, tensors = excluded.tensors")
            .bind(run, static_cast<int>(checkpoint.kind), checkpoint.epoch, checkpoint.step, checkpoint.score,
                  checkpoint.state, Blob{checkpoint.tensors})
            .run();
        return {};
    });
}

namespace
{

/// A project of schema 2 or older that is open for reading has no such table.
bool hasKept(Connection& connection)
{
    Lease query(connection, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'kept_checkpoints'");
    return query.step();
}

} // namespace

Result<std::vector<std::int64_t>> Runs::keptEpochs(std::int64_t run) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> epochs;
        if (!hasKept(connection)) {
            return epochs;
        }
        Lease query(connection, "SELECT epoch FROM kept_checkpoints WHERE run = ?1 ORDER BY epoch");
        query.bind(run);
        while (query.step()) {
            epochs.push_back(query.integer(0));
        }
        return epochs;
    });
}

Result<std::optional<Checkpoint>> Runs::keptCheckpoint(std::int64_t run, std::int64_t epoch) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<Checkpoint>> {
        if (!hasKept(connection)) {
            return std::nullopt;
        }
        Lease query(connection,
                    "SELECT step, score, state, tensors FROM kept_checkpoints WHERE run = ?1 AND epoch = ?2");
        if (!query.bind(run, epoch).step()) {
            return std::nullopt;
        }
        Checkpoint checkpoint;
        checkpoint.kind = CheckpointKind::Best;
        checkpoint.epoch = epoch;
        checkpoint.step = query.integer(0);
        checkpoint.score = query.real(1);
        checkpoint.state = query.text(2);
        checkpoint.tensors = query.blob(3);
        return checkpoint;
    });
}

Result<> Runs::keepCheckpoint(std::int64_t run, const Checkpoint& checkpoint)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT OR REPLACE INTO kept_checkpoints (run, epoch, step, score, state, tensors) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .bind(run, checkpoint.epoch, checkpoint.step, checkpoint.score, checkpoint.state, Blob{checkpoint.tensors})
            .run();
        return {};
    });
}

Result<> Runs::dropKept(std::int64_t run, std::int64_t epoch)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "DELETE FROM kept_checkpoints WHERE run = ?1 AND epoch = ?2").bind(run, epoch).run();
        return {};
    });
}

} // namespace papilio::store
