// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "learn/normalisation.h"
#include "learn/schedule.h"
#include "nn/architecture.h"
#include "nn/model.h"

namespace papilio::learn
{

enum class OptimiserType : std::uint8_t { Adam, AdamW };

/// What a run sets for one head by its name; nothing = as the architecture and the run have it.
struct HeadOptions {
    std::optional<nn::LossType> loss;
    std::optional<double> weight;
    std::optional<NormalisationMethod> normalisation; ///< regression
    std::optional<double> clipMin, clipMax;           ///< regression: of training labels, in their unit
    friend bool operator==(const HeadOptions&, const HeadOptions&) = default;
};

/// Everything that decides a run. Stored with every default filled in. Keys, ranges and meanings of the single values:
/// configkeys.h. Beside them there are
///
/// | key          | default            | meaning |
/// |--------------|--------------------|---------|
/// | architecture | that of the preset | the network; single values as "architecture.KEY" |
/// | preset       |                    | in a document: the network that 'architecture' differs from |
/// | tasks        | all                | "dataset:task", "dataset", "*"; wildcards on both sides |
/// | schedule     | null               | see schedule.h; null = warmup-linear by warmup_epochs and min_learning_rate |
/// | sampling     | {}                 | by dataset: share of its molecules that an epoch sees, above 0 to 1 |
/// | heads        | {}                 | by head: loss, weight, normalisation, clip_min, clip_max |
struct TrainConfig {
    nn::Architecture architecture;
    std::vector<std::string> tasks;    ///< patterns "dataset:task" or "dataset" or "*"; empty = all
    std::string split = "random:0.8/0.1/0.1";
    std::uint64_t seed = 42;
    std::int64_t epochs = 50;
    std::int64_t batchSize = 200;
    std::int64_t accumulation = 1;     ///< batches whose gradients are added up to one step
    OptimiserType optimiser = OptimiserType::Adam;
    double learningRate = 1e-3;
    std::int64_t warmupEpochs = 3;     ///< linear warm-up, then linear decay to minLearningRate at the last epoch
    double minLearningRate = 0;
    std::optional<ScheduleSpec> schedule; ///< any other; then the two above mean nothing
    double weightDecay = 0;
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
    double clipNorm = 5;
    double emaDecay = 0;               ///< of the average of the weights that is measured and kept; 0 = none
    std::string watch = "val/loss";    ///< see watch.h; decides the best epoch and early stopping
    std::int64_t patience = 20;        ///< epochs; 0 = off
    double minDelta = 0;
    std::int64_t keepBest = 1;         ///< checkpoints of the best epochs
    std::map<std::string, double> sampling;
    NormalisationMethod normalisation = NormalisationMethod::Normal; ///< of regression labels
    std::map<std::string, HeadOptions> heads;
    std::int64_t parameterBudget = 0;  ///< widths are scaled until there are so many parameters; 0 = as they are
    nn::Precision precision = nn::Precision::Float32;
    int threads = 0;                   ///< 0 = all cores
    std::string device = "cpu";
    std::int64_t checkpointSeconds = 60; ///< a mid-epoch checkpoint at least this often; 0 = after every step

    /// The schedule in use.
    ScheduleSpec effectiveSchedule() const;
};

nlohmann::json trainConfigToJson(const TrainConfig& config);
/// Unknown keys and values out of range are errors that name the key, the range and the nearest known key.
/// Keys that are absent keep their defaults.
Result<TrainConfig> trainConfigFromJson(const nlohmann::json& json);
/// "--set key=value" one after the other, the later one wins: training keys ("learning_rate=3e-4"), those of the
/// schedule ("schedule=cosine", "schedule.period=10"), of datasets ("sampling.qm9=0.5") and heads
/// ("heads.qm9.loss=mse"), and, under "architecture.", those of the network. All or nothing is set.
Result<> setTrainValues(TrainConfig& config, const std::vector<std::string>& assignments);
Result<> setTrainValue(TrainConfig& config, const std::string& assignment);
/// Every value against its range, and the values against each other. trainConfigFromJson and startRun do it themselves.
Result<> checkTrainConfig(const TrainConfig& config);

} // namespace papilio::learn
