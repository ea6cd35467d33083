// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "learn/trainer.h"
#include "nn/processes.h"
#include "store/project.h"

/// Training by several processes, as torchrun, srun or mpirun start them.
namespace papilio::engine
{

/// Those that a launcher started with this one; null if it is alone.
Result<std::unique_ptr<nn::Processes>> joinLaunched();

/// The project of a training: the first process writes to it, and marks what was cut off; the others read.
Result<store::Project> openForTraining(const std::string& path, nn::Processes* processes);

/// What the first process shows; the others say nothing, but a signal to any of them pauses the training of all.
std::unique_ptr<learn::TrainControl> trainControl(store::Project& project, bool jsonLines,
                                                  const nn::Processes* processes);

/// concludeTraining() of the first; the others tell errors alone.
Result<> concludeTogether(const std::string& projectPath, const Result<store::RunRecord>& run, bool asJson,
                          const nn::Processes* processes);

} // namespace papilio::engine
