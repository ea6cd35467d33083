// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "nn/architecture.h"

namespace papilio::learn
{

/// Everything that decides a run. Stored with every default filled in.
struct TrainConfig {
    nn::Architecture architecture;
    std::vector<std::string> tasks;    ///< patterns "dataset:task" or "dataset" or "*"; empty = all
    std::string split = "random:0.8/0.1/0.1";
    std::uint64_t seed = 42;
    std::int64_t epochs = 50;
    std::int64_t batchSize = 200;
    double learningRate = 1e-3;
    std::int64_t warmupEpochs = 3;     ///< linear warm-up, then linear decay to minLearningRate at the last epoch
    double minLearningRate = 0;
    double weightDecay = 0;
    double clipNorm = 5;
    std::int64_t patience = 20;        ///< early stopping on validation loss, epochs; 0 = off
    double minDelta = 0;
    int threads = 0;                   ///< 0 = all cores
    std::string device = "cpu";
    std::int64_t checkpointSeconds = 60; ///< a mid-epoch checkpoint at least this often
};

nlohmann::json trainConfigToJson(const TrainConfig& config);
/// Unknown keys and values out of range are errors that name the key, the range and the nearest known key.
Result<TrainConfig> trainConfigFromJson(const nlohmann::json& json);
/// One "--set key=value": training keys ("learning_rate=3e-4") and, under "architecture.", those of the network.
Result<> setTrainValue(TrainConfig& config, const std::string& assignment);

} // namespace papilio::learn
