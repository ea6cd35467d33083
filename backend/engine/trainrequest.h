// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "learn/config.h"

namespace papilio::engine
{

/// What a person asks of a training; everything else is as the preset or the document has it.
struct TrainRequest {
    std::string preset;
    std::string document; ///< a run document's file, in place of a preset
    std::vector<std::string> tasks;
    std::optional<std::string> split;
    std::optional<std::uint64_t> seed;
    std::vector<std::string> assignments; ///< "key=value", the later one wins
};

Result<TrainRequest> trainRequestFromJson(const nlohmann::json& config);
Result<learn::TrainConfig> resolve(const TrainRequest& request);
Result<nn::Architecture> presetByName(const std::string& name); ///< an unknown name is a fault of usage

/// Versions and circumstances that a run records.
std::string versionsOf(const learn::TrainConfig& config);

} // namespace papilio::engine
