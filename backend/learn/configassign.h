// SPDX-License-Identifier: GPL-3.0-or-later
// Private to learn: single values of a configuration, each against its range.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "learn/configkeys.h"

namespace papilio::learn
{

nlohmann::json configValue(const TrainConfig& config, const ConfigKey& key);
Result<> assignNumber(TrainConfig& config, const ConfigKey& key, double value);
/// Of a text, or one of some words.
Result<> assignText(TrainConfig& config, const ConfigKey& key, const std::string& value);
Result<> assignSampling(TrainConfig& config, const std::string& dataset, double share);
Result<> assignHead(TrainConfig& config, const std::string& head, const std::string& key, const nlohmann::json& value);
Result<> checkDevice(const std::string& device);
/// The published one by epochs is told by warmup_epochs and min_learning_rate alone.
void useSchedule(TrainConfig& config, ScheduleSpec schedule);
/// Names the nearest one.
tl::unexpected<Error> unknownConfigKey(const std::string& key);

} // namespace papilio::learn
