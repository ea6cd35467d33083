// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "store/project.h"
#include "store/runs.h"

namespace papilio::store
{

// Runs on the way between project files: a project is trained elsewhere, its records come back. Every file here is a
// project file of the ordinary kind, in one piece (no log beside it), made anew at its path.

/// A copy of the project for training one run elsewhere, as of one moment: molecules, labels, tasks, the run with its
/// split and checkpoints. Left out are other runs and splits, input rows, and all that is computed from the rest. The run is paused there.
Result<> copyForRun(Project& project, std::int64_t run, const std::string& path);

/// The records of one run alone: configuration, split, metrics, checkpoints, predictions.
Result<> writeRunFile(Project& project, std::int64_t run, const std::string& path);

/// Takes the records of the run from such a file, in place of those that the project has of it, in one transaction, and
/// gives the run as it is then. Refuses (BadInput) if the file's run is another one than the project's, by
/// configuration, data, split or start, or if the run was trained further here than there.
Result<RunRecord> takeRunFile(Project& project, std::int64_t run, const std::string& path);

} // namespace papilio::store
