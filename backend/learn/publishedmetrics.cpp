// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/publishedmetrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace papilio::learn::published
{

namespace
{

using Numbers = std::vector<double>;

const char* const binaryNames[] = {"auroc", "average_precision", "accuracy",        "f1",
                                   "mcc",   "f1_toymix",         "precision_toymix"};
const char* const regressionNames[] = {"mae",     "mae_ipu",     "mse",      "r2",          "r2_ipu",
                                       "pearson", "pearson_ipu", "spearman", "spearman_ipu"};

std::span<const char* const> namesOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Regression:
        return regressionNames;
    case TaskKind::Binary:
        return binaryNames;
    case TaskKind::Multiclass:
        break;
    }
    return {};
}

double orZero(double value)
{
    return std::isnan(value) ? 0 : value;
}

/// K3: over all rows, missing ones too.
double toymixAccuracy(const Column& column)
{
    double right = 0;
    for (std::size_t i = 0; i < column.targets.size(); ++i) {
        right += (column.predictions[i] > 0.5) == (column.targets[i] > 0.5) ? 1 : 0;
    }
    return column.targets.empty() ? undefinedValue : right / static_cast<double>(column.targets.size());
}

/// 0, 1, 2 … in the order of an unstable sort; equal values are in no order that means anything (K5).
Numbers unstableRanks(const Numbers& values)
{
    std::vector<std::pair<float, std::size_t>> order;
    for (std::size_t i = 0; i < values.size(); ++i) {
        order.emplace_back(static_cast<float>(values[i]), i);
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Numbers ranks(values.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        ranks[order[place].second] = static_cast<double>(place);
    }
    return ranks;
}

/// The rows that have a label.
struct Present {
    Numbers predictions, targets;

    explicit Present(const Column& column)
    {
        for (std::size_t i = 0; i < column.targets.size(); ++i) {
            if (!std::isnan(column.targets[i])) {
                predictions.push_back(column.predictions[i]);
                targets.push_back(column.targets[i]);
            }
        }
    }
};

double named(const std::vector<MetricValue>& values, const char* name)
{
    const auto found = std::find_if(values.begin(), values.end(), [name](const auto& v) { return v.name == name; });
    return found == values.end() ? undefinedValue : found->value;
}

Numbers binaryValues(const Present& present, const Column& column)
{
    const double toymix = toymixAccuracy(column);
    if (present.targets.empty()) {
        return {undefinedValue, undefinedValue, undefinedValue, undefinedValue, undefinedValue, toymix, toymix};
    }
    MetricOptions options;
    options.kind = TaskKind::Binary;
    options.scores = Scores::Probabilities; // K4: thresholds are on whatever is handed in
    const auto own = metricsOf(options, present.predictions, present.targets);
    return {orZero(named(own, "auroc")),
            named(own, "ap"),
            named(own, "accuracy"),
            orZero(named(own, "f1")),
            orZero(named(own, "mcc")),
            toymix,
            toymix};
}

Numbers regressionValues(const Present& present)
{
    if (present.targets.empty()) {
        return Numbers(std::size(regressionNames), undefinedValue);
    }
    const auto own = metricsOf({}, present.predictions, present.targets);
    const auto [least, most] = std::minmax_element(present.targets.begin(), present.targets.end());
    const bool constant = *least == *most;
    const double r2 = constant ? -std::numeric_limits<double>::infinity() : named(own, "r2");
    const double pearson = constant ? 1 : named(own, "pearson");
    const bool numbers = std::all_of(present.predictions.begin(), present.predictions.end(),
                                     [](double prediction) { return std::isfinite(prediction); });
    const double unstable = numbers ? correlation(unstableRanks(present.predictions), unstableRanks(present.targets))
                                    : undefinedValue; // not a number has no place in an order
    return {named(own, "mae"),
            named(own, "mae"),
            named(own, "mse"),
            r2,
            r2,
            pearson,
            pearson,
            orZero(named(own, "spearman")),
            unstable};
}

} // namespace

std::vector<MetricValue> values(TaskKind kind, std::span<const Column> columns, Handling handling)
{
    const auto names = namesOf(kind);
    if (names.empty()) {
        return {};
    }
    Numbers predictions, targets;
    Column pooled;
    if (handling == Handling::Flatten) {
        for (const Column& column : columns) {
            predictions.insert(predictions.end(), column.predictions.begin(), column.predictions.end());
            targets.insert(targets.end(), column.targets.begin(), column.targets.end());
        }
        pooled = {predictions, targets};
        columns = std::span(&pooled, 1);
    }
    Numbers sums(names.size(), 0.0), counts(names.size(), 0.0);
    std::int64_t labels = 0;
    for (const Column& column : columns) {
        const Present present(column);
        labels += static_cast<std::int64_t>(present.targets.size());
        const Numbers numbers = kind == TaskKind::Binary ? binaryValues(present, column) : regressionValues(present);
        for (std::size_t v = 0; v < names.size(); ++v) {
            sums[v] += std::isnan(numbers[v]) ? 0 : numbers[v];
            counts[v] += std::isnan(numbers[v]) ? 0 : 1;
        }
    }
    std::vector<MetricValue> result;
    for (std::size_t v = 0; v < names.size(); ++v) {
        result.push_back({names[v], counts[v] > 0 ? sums[v] / counts[v] : undefinedValue, labels});
    }
    return result;
}

} // namespace papilio::learn::published
