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
///
/// | key                | default              | range        | meaning |
/// |--------------------|----------------------|--------------|---------|
/// | architecture       | that of the preset   |              | the network; single values as "architecture.KEY" |
/// | tasks              | all                  |              | "dataset:task", "dataset", "*"; wildcards on both sides |
/// | split              | random:0.8/0.1/0.1   |              | see split.h |
/// | seed               | 42                   | 0 … 2⁶⁴−1    | of weights, split, order of molecules, dropout |
/// | epochs             | 50                   | 1 … 100000   | |
/// | batch_size         | 200                  | 1 … 100000   | molecules a step |
/// | learning_rate      | 0.001                | 1e-12 … 10   | after the warm-up |
/// | warmup_epochs      | 3                    | 0 … 100000   | see schedule.h |
/// | min_learning_rate  | 0                    | 0 … 10       | of the last epoch; not above learning_rate |
/// | weight_decay       | 0                    | 0 … 1        | |
/// | clip_norm          | 5                    | 0 … 1e6      | largest gradient norm; 0 = no clipping |
/// | patience           | 20                   | 0 … 100000   | epochs to wait for a better validation loss; 0 = for ever |
/// | min_delta          | 0                    | 0 … 1e6      | what counts as better for 'patience' |
/// | threads            | 0                    | 0 … 1024     | 0 = all cores |
/// | device             | cpu                  |              | "cpu", "cuda", "cuda:N" |
/// | checkpoint_seconds | 60                   | 0 … 86400    | a checkpoint at least this often; 0 = after every step |
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
    std::int64_t checkpointSeconds = 60; ///< a mid-epoch checkpoint at least this often; 0 = after every step
};

nlohmann::json trainConfigToJson(const TrainConfig& config);
/// Unknown keys and values out of range are errors that name the key, the range and the nearest known key.
/// Keys that are absent keep their defaults.
Result<TrainConfig> trainConfigFromJson(const nlohmann::json& json);
/// One "--set key=value": training keys ("learning_rate=3e-4") and, under "architecture.", those of the network.
Result<> setTrainValue(TrainConfig& config, const std::string& assignment);
/// Every value against its range, and the values against each other. trainConfigFromJson and startRun do it themselves.
Result<> checkTrainConfig(const TrainConfig& config);

} // namespace papilio::learn
