// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "learn/config.h"

namespace papilio::learn
{

/// One setting of a run, for an editor that lists them all.
struct TrainOption {
    std::string path;                 ///< as setTrainValues takes it
    std::string type;                 ///< integer, number, boolean, text, choice, choices, list
    std::string value;                ///< as setTrainValues takes it
    std::optional<double> least, most;
    std::vector<std::string> choices;
    std::string meaning, group;
    bool relevant = true;             ///< false: nothing depends on it as the rest stands
};

/// All but those of datasets and heads, with the values that a configuration has: of training, of the schedule in use
/// and of the network.
std::vector<TrainOption> trainOptions(const TrainConfig& config);

/// JSON Schema (draft 2020-12) of the whole document of a run, made from the tables that read it.
nlohmann::json trainConfigSchema();

} // namespace papilio::learn
