// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/task.h"

namespace papilio::learn
{

/// One named number; NaN = undefined, never 0.
struct MetricValue {
    std::string name;
    double value = 0;
    std::int64_t n = 0;
};

/// Metrics of one task. Sums for MAE, R² and Pearson (float64, updated around the running mean: exact for means far
/// from 0); scores are kept for AUROC and AP.
/// Regression: "mae" in label units, "mae_normalised", "r2", "pearson". Binary: "auroc" (ties count half), "ap"
/// (step-wise, as scikit-learn's average_precision_score). Multiclass: "accuracy".
/// Undefined: everything without labels; R² and Pearson for a constant target, Pearson for a constant prediction;
/// AUROC with one class only; AP without a positive; all of them once a prediction is not a number.
class TaskMetrics
{
public:
    /// scale: the label's standard deviation (regression), to give the MAE in normalised units too.
    explicit TaskMetrics(TaskKind kind, double scale = 1);
    void add(double prediction, double target); ///< binary: score (any monotone one); multiclass: class predicted
    std::vector<MetricValue> values() const;
    std::int64_t count() const { return m_n; }

private:
    TaskKind m_kind;
    double m_scale;
    bool m_broken = false; ///< a prediction was not a number
    std::int64_t m_n = 0, m_hits = 0;
    double m_absolute = 0;
    double m_meanP = 0, m_meanT = 0, m_sPP = 0, m_sTT = 0, m_sPT = 0, m_squared = 0;
    std::vector<std::pair<float, bool>> m_scores;
};

/// Mean over the defined values; NaN if none is.
double meanOfDefined(const std::vector<double>& values);

} // namespace papilio::learn
