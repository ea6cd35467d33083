// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/error.h"
#include "learn/metricstable.h"
#include "learn/rundata.h"
#include "nn/model.h"
#include "nn/processes.h"
#include "store/runs.h"

namespace papilio::learn
{

/// Adds up the losses of batches; each label counts once, however the batches fell.
class LossSums
{
public:
    LossSums() = default;
    explicit LossSums(std::size_t heads) : sums(heads, 0.0), labels(heads, 0) {}

    void add(const nn::Losses& losses);
    double ofHead(std::size_t head) const; ///< NaN without labels
    double total() const;                  ///< unweighted mean over the heads that have labels; NaN without any
    /// The same with the weights of the heads, or by their labels where losses are so balanced. Learnt weights are left
    /// out: they would make the totals of two epochs incomparable.
    double total(const nn::ModelSpec& spec) const;
    /// "loss" of each head and of all.
    void appendMetrics(std::vector<store::Metric>& to, const nn::ModelSpec& spec, store::Part part,
                       std::int64_t epoch) const;

    std::vector<double> sums;
    std::vector<std::int64_t> labels;
};

struct EvaluateOptions {
    store::Part part = store::Part::Validation;
    std::int64_t epoch = 0; ///< as the metrics are filed
    std::int64_t batchSize = 200;
    std::size_t most = 0; ///< molecules at most, taken evenly from the part; 0 = all of them
    bool keepPredictions = false;
    std::function<bool()> interrupted; ///< asked between batches
    bool everyMetric = false;          ///< also those that keepsTaskMetric() leaves out
    nn::Processes* processes = nullptr;///< each takes some of the batches; the first alone gets a result
};

/// True if all tasks of a head have one known unit, or there is only one task: a mean over eV and Debye says nothing.
bool hasOneUnit(const nn::HeadSpec& head);
/// Whether a metric is recorded for each task of a head. Heads with more than 64 tasks keep the main ones alone
/// (MetricInfo::main), so that the metrics of a thousand tasks do not outgrow the project; the head's own summary
/// covers all metrics and tasks always.
bool keepsTaskMetric(const nn::HeadSpec& head, const MetricInfo& metric);

struct PartResult {
    double loss = 0; ///< LossSums::total() of the model's spec
    std::vector<store::Metric> metrics;
    std::vector<store::PredictionSet> predictions; ///< in label units
};

/// Metrics of one part of the data with the model's present weights: per task, per head and the losses. A head has
/// each metric three times: the mean over the tasks for which it is defined under the metric's own name, and with the
/// endings of metricstable.h their median and the mean of their worst tenth; metrics in label units only where
/// hasOneUnit(). An undefined number is NaN, with the labels it could not be computed from. Error code Stopped if
/// interrupted.
Result<PartResult> evaluatePart(nn::Model& model, const RunData& data, const EvaluateOptions& options);

} // namespace papilio::learn
