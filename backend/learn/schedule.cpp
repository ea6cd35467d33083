// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/schedule.h"

namespace papilio::learn
{

double learningRateOf(const TrainConfig& config, std::int64_t epoch)
{
    const double k = static_cast<double>(epoch + 1);
    const double warmup = static_cast<double>(config.warmupEpochs);
    const double epochs = static_cast<double>(config.epochs);
    if (k < warmup) {
        return k * config.learningRate / warmup;
    }
    if (epochs <= warmup || config.epochs == 1) {
        return config.learningRate;
    }
    const double f = (k - warmup) / (epochs - warmup);
    return f * config.minLearningRate + (1 - f) * config.learningRate;
}

bool EarlyStopping::add(std::int64_t epoch, double loss, double minDelta)
{
    if (loss < reference - minDelta) {
        reference = loss;
        waited = 0;
    } else {
        ++waited;
    }
    if (!(loss < best)) {
        return false;
    }
    best = loss;
    bestEpoch = epoch;
    return true;
}

} // namespace papilio::learn
