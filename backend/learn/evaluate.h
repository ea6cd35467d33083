// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/error.h"
#include "learn/rundata.h"
#include "nn/model.h"
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
    /// "loss" of each head and of all.
    void appendMetrics(std::vector<store::Metric>& to, const std::vector<nn::HeadSpec>& heads, store::Part part,
                       std::int64_t epoch) const;

    std::vector<double> sums;
    std::vector<std::int64_t> labels;
};

struct EvaluateOptions {
    store::Part part = store::Part::Validation;
    std::int64_t epoch = 0;        ///< as the metrics are filed
    std::int64_t batchSize = 200;
    std::size_t most = 0;          ///< molecules at most, taken evenly from the part; 0 = all of them
    bool keepPredictions = false;
    std::function<bool()> interrupted; ///< asked between batches
};

struct PartResult {
    double loss = 0;               ///< as LossSums::total()
    std::vector<store::Metric> metrics;
    std::vector<store::PredictionSet> predictions; ///< in label units
};

/// Metrics of one part of the data with the model's present weights: per task, per head (means over its tasks; "mae"
/// only where all its tasks have one known unit) and the losses. Error code Stopped if interrupted.
Result<PartResult> evaluatePart(nn::Model& model, const RunData& data, const EvaluateOptions& options);

} // namespace papilio::learn
