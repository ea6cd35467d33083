// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/features.h"
#include "learn/normalisation.h"
#include "nn/architecture.h"
#include "store/project.h"

namespace papilio::learn
{

/// Where the columns of a head come from in the project; parallel to HeadSpec::columns.
struct HeadSource {
    std::int64_t dataset = 0;
    std::vector<int> positions;      ///< task positions within the dataset
    std::vector<std::int64_t> tasks; ///< task ids
    LabelScaling scaling = {};       ///< of its labels, where they are regression
};

/// The chosen tasks, grouped into heads by (dataset, level, kind, classes).
struct Selection {
    std::vector<nn::HeadSpec> heads;
    std::vector<HeadSource> sources;   ///< parallel to heads
    std::vector<std::string> resolved; ///< every chosen task as "dataset:task"; what a run remembers
    FeatureSet inputs;                 ///< what the architecture computes from
};

/// Patterns: "dataset:task", "dataset", "*", with '*' and '?' on both sides; none = everything. A pattern that is a
/// task's full name means that task alone. One that matches nothing is an error that lists what exists; so is a dataset
/// whose import was cut off.
Result<Selection> selectTasks(store::Project& project, const std::vector<std::string>& patterns,
                              const nn::Architecture& architecture);

struct TrainConfig;
/// The tasks of a run, with what the run sets for all heads and for single ones. A head or dataset that the run does not
/// have, and a loss that does not fit, are errors that name what fits. With a parameter budget the architecture in
/// 'config' is scaled, and heads with it.
Result<Selection> selectTasks(store::Project& project, TrainConfig& config);

} // namespace papilio::learn
