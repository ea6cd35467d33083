// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/task.h"
#include "learn/metricsclasses.h"
#include "learn/metricsregression.h"
#include "learn/metricstable.h"
#include "learn/normalisation.h"

namespace papilio::learn
{

/// One named number; NaN = undefined, never 0.
struct MetricValue {
    std::string name;
    double value = undefinedValue;
    std::int64_t n = 0; ///< labels it is computed from (those that it could not be computed from, if undefined)
};

/// What the numbers of a column are.
struct MetricOptions {
    TaskKind kind = TaskKind::Regression;
    Normalisation scale;            ///< regression: numbers times sd plus mean are in label units
    int classes = 0;                ///< multiclass
    Scores scores = Scores::Logits; ///< binary and multiclass
};

/// Metrics of one task, label by label; names and meanings: metricsOfKind(). All sums are float64, deviations around
/// the running mean, so that means far from 0 do no harm. R², Pearson and Spearman are the same in label units and
/// normalised.
///
/// Kept, besides some thirty sums a task:
/// - regression: prediction and label as floats, for Spearman: 8 bytes a label;
/// - binary: the score as a float, for AUROC and average precision: 4 bytes a label (two lists, one of each class);
/// - multiclass: the log-odds of each class as floats, 4 bytes a label and class, and the table of classes × classes.
/// Networks and stored labels are floats, so ranks are exact. Beside the run's labels in memory (4 bytes each, of all
/// parts) a part a tenth as large adds little: 1,328 binary tasks of 10,000 molecules were measured at 75 MB.
///
/// Undefined (NaN, with n): everything without labels, and all of them once a prediction is not a finite number;
/// R² for a constant label; Pearson and Spearman if either side is constant; cosine if one side is all 0;
/// binary: AUROC and balanced accuracy with one class only, average precision and recall without a positive, precision
/// if nothing is called positive, F1 if neither exists, Matthews if either side has one class only (scikit-learn says 0
/// to the last four and to average precision);
/// multiclass: balanced accuracy with one class only, Matthews as above; macro means are over the classes for which
/// their number is defined (F1: that occur or are decided for).
class TaskMetrics
{
public:
    explicit TaskMetrics(const MetricOptions& options);

    /// Regression: a normalised value; binary: a logit or probability; multiclass: one number a class. A target that is
    /// NaN is missing and ignored; classes are 0 … classes − 1.
    void add(std::span<const double> outputs, double target);
    void add(double output, double target) { add(std::span(&output, 1), target); }

    std::vector<MetricValue> values() const;
    std::int64_t count() const { return m_n; }

private:
    TaskKind m_kind;
    bool m_broken = false; ///< a prediction was not a number
    std::int64_t m_n = 0;
    std::variant<RegressionSums, BinarySums, ClassSums> m_sums;
};

/// Of a whole column: 'outputs' holds one number a target, or one a class (class fastest).
std::vector<MetricValue> metricsOf(const MetricOptions& options, std::span<const double> outputs,
                                   std::span<const double> targets);

/// Of the values that are finite; NaN where there is none.
double meanOfDefined(const std::vector<double>& values);
double medianOfDefined(std::vector<double> values);
/// Mean of the worst tenth, rounded up: of 12 tasks the worst two.
double worstDecileOfDefined(std::vector<double> values, Better better);

} // namespace papilio::learn
