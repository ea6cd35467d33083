// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "data/splitreport.h"
#include "engine/json.h"
#include "learn/config.h"
#include "learn/split.h"

namespace papilio::engine
{

/// The molecules and tasks of a training, as the library of splits wants them.
struct SplitJob {
    learn::Selection selection;
    data::SplitRequest request;
};
Result<SplitJob> splitJobOf(store::Project& project, const learn::TrainConfig& config, Control& control);

/// The split that a training with this configuration would have.
Result<data::MadeSplit> makeSplitOf(store::Project& project, const SplitJob& job, const learn::TrainConfig& config,
                                    Control& control);

/// One file of row numbers a dataset: 'path' itself if there is one, else with the dataset's name before its ending.
/// Gives the paths.
Result<std::vector<std::string>> exportSplit(store::Project& project, const SplitJob& job, const store::Split& split,
                                             const std::string& path);

json splitReportToJson(const data::SplitReport& report);
json splitToJson(const store::Split& split); ///< number, spec, seed, hash

/// The four counts of a report by the names of the parts.
json perPartToJson(const data::PerPart& counts);

} // namespace papilio::engine
