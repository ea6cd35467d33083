// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>

#include "learn/config.h"

namespace papilio::learn
{

/// Learning rate of an epoch (0 = the first), the published WarmUpLinearLR. With k = epoch + 1, w warm-up epochs and n
/// epochs: k < w: k·rate / w; else f = (k − w) / (n − w), f·min + (1 − f)·rate. So the last epoch has the smallest
/// rate; where no epoch is left for the decay (n ≤ w), or there is only one epoch and no warm-up, it is the full rate.
double learningRateOf(const TrainConfig& config, std::int64_t epoch);

/// Watches the validation loss. 'best' is strict; 'patience' wants an improvement by more than minDelta.
struct EarlyStopping {
    double best = std::numeric_limits<double>::infinity();
    std::int64_t bestEpoch = 0;   ///< 1-based; 0 = none yet
    double reference = std::numeric_limits<double>::infinity();
    std::int64_t waited = 0;      ///< epochs since the last improvement that counts

    /// Takes the loss of an epoch (1-based); true if it is the best so far. A loss that is not a number never is.
    bool add(std::int64_t epoch, double loss, double minDelta);
    bool shouldStop(std::int64_t patience) const { return patience > 0 && waited >= patience; }
};

} // namespace papilio::learn
