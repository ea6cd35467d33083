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

} // namespace papilio::store
