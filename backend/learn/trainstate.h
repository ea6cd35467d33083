// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "learn/evaluate.h"
#include "learn/schedule.h"
#include "learn/stopping.h"
#include "nn/model.h"
#include "store/runs.h"

namespace papilio::learn
{

/// All that a run needs beside weights and optimiser to go on as if nothing had happened.
struct TrainState {
    std::int64_t epoch = 0;   ///< finished epochs
    std::int64_t batch = 0;   ///< batches done in the epoch under way
    std::int64_t step = 0;    ///< batches done in all
    LossSums losses;          ///< of the epoch under way
    EarlyStopping stopping;
    PlateauState plateau;     ///< of a plateau schedule
    std::vector<BestList::Entry> bestEpochs; ///< BestList::entries()
    double seconds = 0;       ///< training time so far
};

std::string trainStateToJson(const TrainState& state);
Result<TrainState> trainStateFromJson(const std::string& text, std::size_t heads);

/// A checkpoint of the model's present state. 'Last' holds the optimiser too, 'Best' the weights alone: their
/// moving average where there is one.
store::Checkpoint makeCheckpoint(store::CheckpointKind kind, const nn::Model& model, const RunData& data,
                                 const TrainState& state);
/// Weights of a checkpoint into the model, and the optimiser's state where the checkpoint has it.
Result<> restore(const store::Checkpoint& checkpoint, nn::Model& model, const std::string& where);

} // namespace papilio::learn
