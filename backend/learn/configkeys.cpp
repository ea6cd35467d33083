// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/configkeys.h"

#include <algorithm>

namespace papilio::learn
{

namespace
{

constexpr const char* training = "Training";
constexpr const char* optimiser = "Optimiser";
constexpr const char* stopping = "Stopping and checkpoints";
constexpr const char* data = "Data";
constexpr const char* machine = "Machine";

template <auto Member> ConfigWords words(std::vector<std::string> names)
{
    using Value = std::remove_cvref_t<decltype(std::declval<TrainConfig>().*Member)>;
    return {std::move(names), [](const TrainConfig& config) { return static_cast<std::size_t>(config.*Member); },
            [](TrainConfig& config, std::size_t index) { config.*Member = static_cast<Value>(index); }};
}

std::vector<ConfigKey> makeKeys()
{
    using C = TrainConfig;
    return {
        {"epochs", training, &C::epochs, 1, 100000, "Times that the training molecules are seen."},
        {"batch_size", training, &C::batchSize, 1, 100000, "Molecules of a batch."},
        {"accumulation", training, &C::accumulation, 1, 10000,
         "Batches whose gradients are added up to one step, as if they were one batch."},
        {"learning_rate", optimiser, &C::learningRate, 1e-12, 10, "Full learning rate; the schedule scales it."},
        {"warmup_epochs", optimiser, &C::warmupEpochs, 0, 100000,
         "Epochs in which the rate rises; then it falls in a straight line. (Other schedules: schedule.warmup.)"},
        {"min_learning_rate", optimiser, &C::minLearningRate, 0, 10,
         "Rate of the last epoch; not above learning_rate. (Other schedules: schedule.min_learning_rate.)"},
        {"optimiser", optimiser, words<&C::optimiser>({"adam", "adamw"}), 0, 0,
         "adamw: weight decay beside Adam's step instead of in the gradient."},
        {"weight_decay", optimiser, &C::weightDecay, 0, 1, "Pull of the weights towards 0."},
        {"beta1", optimiser, &C::beta1, 0, 0.999999, "Decay of Adam's mean gradient."},
        {"beta2", optimiser, &C::beta2, 0, 0.99999999, "Decay of Adam's mean squared gradient."},
        {"epsilon", optimiser, &C::epsilon, 1e-16, 1, "Added to the root of Adam's mean squared gradient."},
        {"clip_norm", optimiser, &C::clipNorm, 0, 1e6, "Largest norm of a step's gradient; 0 = no clipping."},
        {"ema_decay", optimiser, &C::emaDecay, 0, 0.9999999,
         "Decay a step of the average of the weights, which then is measured and kept; 0 = no average."},
        {"watch", stopping, &C::watch, 0, 0,
         "The number that tells the best epoch: val/loss, val/HEAD/METRIC or val/DATASET:TASK/METRIC."},
        {"patience", stopping, &C::patience, 0, 100000,
         "Epochs to wait for a better watched number before the run ends; 0 = for ever."},
        {"min_delta", stopping, &C::minDelta, 0, 1e6, "By how much it must be better to count for 'patience'."},
        {"keep_best", stopping, &C::keepBest, 1, 100, "Checkpoints of the best epochs that are kept."},
        {"checkpoint_seconds", stopping, &C::checkpointSeconds, 0, 86400,
         "A checkpoint at least this often; 0 = after every step."},
        {"split", data, &C::split, 0, 0, "Parts for training, validation and test: random:0.8/0.1/0.1, scaffold, balanced-scaffold, cluster, column:NAME, "
         "file:PATH, stored:NUMBER; with per-dataset and test_seen behind a comma."},
        {"normalisation", data, words<&C::normalisation>({"none", "normal", "unit"}), 0, 0,
         "Of regression labels: mean 0 and deviation 1 (normal), smallest 0 and largest 1 (unit), or none."},
        {"parameter_budget", training, &C::parameterBudget, 0, 1e12,
         "Widths are scaled until the parameters are within 1 % of it; 0 = as they are."},
        {"precision", machine, words<&C::precision>({"fp32", "bf16", "fp16"}), 0, 0,
         "What matrix products are computed in, where the device can."},
        {"threads", machine, &C::threads, 0, 1024, "Threads; 0 = all cores. With 1 a run repeats bit by bit."},
        {"device", machine, &C::device, 0, 0, "cpu, cuda or cuda:N."},
    };
}

} // namespace

std::span<const ConfigKey> configKeys()
{
    static const std::vector<ConfigKey> keys = makeKeys();
    return keys;
}

const ConfigKey* findConfigKey(std::string_view key)
{
    const auto keys = configKeys();
    const auto found =
        std::find_if(keys.begin(), keys.end(), [key](const ConfigKey& candidate) { return key == candidate.key; });
    return found == keys.end() ? nullptr : &*found;
}

std::span<const OtherKey> otherConfigKeys()
{
    static const OtherKey keys[] = {
        {"tasks", data, "Tasks to learn: \"dataset:task\", \"dataset\" or \"*\", with * and ? on both sides; all if empty."},
        {"seed", training, "Of weights, split, order of molecules, sampling and dropout."},
        {"schedule", optimiser, "How the learning rate goes; null = warm-up and straight decay."},
        {"sampling", data, "By dataset: share of its training molecules that an epoch sees, drawn anew each time."},
        {"heads", training, "By head: what differs from the architecture and from the values for all heads."},
        {"architecture", "Network", "The network, or what differs from 'preset'."},
        {"preset", "Network", "The network that 'architecture' differs from."},
    };
    return keys;
}

std::span<const nn::LossType> lossesOfKind(TaskKind kind)
{
    using enum nn::LossType;
    static constexpr nn::LossType regression[] = {Mae, Mse, Huber}, binary[] = {BceLogits, Bce},
                                  classes[] = {CrossEntropy, HybridCe};
    switch (kind) {
    case TaskKind::Binary:
        return binary;
    case TaskKind::Multiclass:
        return classes;
    case TaskKind::Regression:
        break;
    }
    return regression;
}

} // namespace papilio::learn
