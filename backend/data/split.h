// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "core/splitspec.h"
#include "core/task.h"
#include "store/runs.h"

namespace papilio::data
{

/// A task that is to be learnt; what decides which molecules of its dataset take part, and what is balanced.
struct SplitTask {
    std::int64_t dataset = 0;
    std::string datasetName;
    std::string name;
    int position = 0;
    Level level = Level::Graph;
    TaskKind kind = TaskKind::Regression;
    int classes = 0;
};

struct SplitRequest {
    SplitSpec spec;
    std::uint64_t seed = 42;
    std::vector<std::int64_t> molecules; ///< that are put into parts, ascending
    std::vector<SplitTask> tasks;        ///< by dataset
    int threads = 0;                     ///< 0 = all cores
};

struct MadeSplit {
    store::Split split;
    std::vector<std::string> notes; ///< what was decided on the way, for people
};

/// Makes a split of any kind. The same project, request and program give the same split, whatever the threads.
///
/// Shared by all datasets (the default), every molecule is in one part. Where columns or files of several datasets
/// disagree about one, test goes before validation before training: no test set shrinks. Rows of one molecule within a
/// dataset: the first that is in a part decides. With per-dataset, each dataset's molecules are divided by themselves.
Result<MadeSplit> makeSplit(store::Project& project, const SplitRequest& request, Control& control);

/// A split of the project as it applies to the request's molecules; those that it does not know are in no part.
Result<MadeSplit> storedSplit(store::Project& project, const SplitRequest& request);

} // namespace papilio::data
