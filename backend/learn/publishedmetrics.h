// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/task.h"
#include "learn/metrics.h"

namespace papilio::learn::published
{

/// The metrics of the published library (Graphium 2.4), with what is odd about them, to compare with its logs and
/// tables. Nothing in Papilio decides or trains by them; its own are in metrics.h.
///
/// Odd, by the numbers that the reference data give them:
/// K1  "auroc" of a column with one class is 0, not undefined; "average_precision" is undefined (and skipped) without a
///     positive and 1 without a negative.
/// K2  A constant label: "r2" is −∞, and so is any mean with it; "pearson" is the sign of a rounding error, taken as 1
///     here as in the reference data; "spearman" is 0. Columns without labels are skipped.
/// K3  "f1_toymix" and "precision_toymix" compare labels with 0.5 before they look for missing ones: missing counts as
///     negative. Averaged over both classes as published, either is the accuracy over all rows.
/// K4  The thresholds are on the numbers handed in. Heads with a loss on logits hand in logits: 0.5 is p > 0.622 then.
/// K5  "spearman_ipu" gives equal values different ranks, in the order in which an unstable sort leaves them (that of
///     the C++ library, which the original's sort uses; rows in the given order). "spearman" shares mean ranks.
/// K6  "accuracy", "f1" and "mcc" decide by > 0.5 as Papilio does (the metrics library beneath the original decides by
///     ≥ in its own Matthews coefficient); all three are 0 where they are 0/0.
/// Rounding to float32 (K7) is not imitated.
struct Column {
    std::span<const double> predictions; ///< as the network's last layer gives them
    std::span<const double> targets;     ///< NaN = missing
};

enum class Handling : std::uint8_t {
    MeanPerLabel, ///< "mean-per-label": each column by itself, then the mean of those that are not NaN
    Flatten,      ///< "flatten": all columns as one
};

/// Binary: "auroc", "average_precision", "accuracy", "f1", "mcc", "f1_toymix", "precision_toymix". Regression: "mae",
/// "mae_ipu", "mse", "r2", "r2_ipu", "pearson", "pearson_ipu", "spearman", "spearman_ipu". Where the original ends with
/// an error (no column has a label) the value is NaN and n is 0. Multiclass has none.
std::vector<MetricValue> values(TaskKind kind, std::span<const Column> columns, Handling handling);

} // namespace papilio::learn::published
