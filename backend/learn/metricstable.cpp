// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/metricstable.h"

#include <algorithm>

namespace papilio::learn
{

namespace
{

constexpr MetricInfo regressionMetrics[] = {
    {"mae", "MAE", "mean absolute error, in the label's unit", Better::Lower, true, true},
    {"mae_normalised", "MAE/sd", "mean absolute error of the normalised values", Better::Lower, false, true},
    {"rmse", "RMSE", "root of the mean squared error, in the label's unit", Better::Lower, true, false},
    {"rmse_normalised", "RMSE/sd", "root of the mean squared error of the normalised values", Better::Lower, false,
     true},
    {"mse", "MSE", "mean squared error, in the label's unit squared", Better::Lower, true, false},
    {"mse_normalised", "MSE/sd²", "mean squared error of the normalised values", Better::Lower, false, false},
    {"mape", "MAPE", "mean of |error| / |label|; undefined if a label is 0", Better::Lower, false, false},
    {"msle", "MSLE", "mean squared difference of log(1 + value); undefined at or below −1", Better::Lower, false,
     false},
    {"r2", "R²", "share of the labels' variance that is explained; below 0 = worse than their mean", Better::Higher,
     false, true},
    {"pearson", "Pearson", "linear correlation of prediction and label", Better::Higher, false, true},
    {"spearman", "Spearman", "correlation of the ranks; equal values share their mean rank", Better::Higher, false,
     true},
    {"cosine", "cosine", "cosine between all predictions and all labels as two vectors, in the label's unit",
     Better::Higher, false, false},
    {"cosine_normalised", "cosine (norm.)", "the same of the normalised values", Better::Higher, false, false},
};

constexpr MetricInfo binaryMetrics[] = {
    {"auroc", "AUROC", "chance that a positive scores above a negative; ties count half", Better::Higher, false, true},
    {"ap", "AP", "average precision: area under precision over recall, by steps", Better::Higher, false, true},
    {"accuracy", "accuracy", "share of right decisions at probability 0.5", Better::Higher, false, true},
    {"balanced_accuracy", "bal. accuracy", "mean of the recalls of both classes", Better::Higher, false, true},
    {"f1", "F1", "harmonic mean of precision and recall", Better::Higher, false, false},
    {"mcc", "MCC", "Matthews correlation of decision and label", Better::Higher, false, true},
    {"precision", "precision", "share of positives among those called positive", Better::Higher, false, false},
    {"recall", "recall", "share of the positives that are called positive", Better::Higher, false, false},
    {"calibration_error", "ECE", "expected calibration error of the positive's probability, 15 equal-width bins",
     Better::Lower, false, true},
};

constexpr MetricInfo classMetrics[] = {
    {"accuracy", "accuracy", "share of molecules whose most probable class is right", Better::Higher, false, true},
    {"balanced_accuracy", "bal. accuracy", "mean of the recalls of the classes that occur", Better::Higher, false,
     true},
    {"f1_macro", "macro F1", "mean of the classes' F1", Better::Higher, false, true},
    {"mcc", "MCC", "Matthews correlation for several classes", Better::Higher, false, false},
    {"auroc_macro", "macro AUROC", "mean over classes of the AUROC of one against the rest", Better::Higher, false,
     true},
    {"ap_macro", "macro AP", "mean over classes of the average precision of one against the rest", Better::Higher,
     false, true},
    {"calibration_error", "ECE", "expected calibration error of the most probable class, 15 equal-width bins",
     Better::Lower, false, false},
    {"mae_class", "MAE of class", "mean |expected class − class|, for classes that have an order", Better::Lower, false,
     true},
};

} // namespace

std::string_view betterName(Better better)
{
    return better == Better::Lower ? "min" : "max";
}

std::optional<Better> betterFromName(std::string_view name)
{
    if (name == "min") {
        return Better::Lower;
    }
    return name == "max" ? std::optional(Better::Higher) : std::nullopt;
}

std::span<const MetricInfo> metricsOfKind(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Binary:
        return binaryMetrics;
    case TaskKind::Multiclass:
        return classMetrics;
    case TaskKind::Regression:
        break;
    }
    return regressionMetrics;
}

std::string_view withoutEnding(std::string_view name)
{
    for (const std::string_view ending : {medianEnding, worstDecileEnding}) {
        if (name.ends_with(ending)) {
            return name.substr(0, name.size() - ending.size());
        }
    }
    return name;
}

const MetricInfo* findMetric(TaskKind kind, std::string_view name)
{
    const auto table = metricsOfKind(kind);
    const std::string_view plain = withoutEnding(name);
    const auto found =
        std::find_if(table.begin(), table.end(), [plain](const auto& info) { return info.name == plain; });
    return found == table.end() ? nullptr : &*found;
}

} // namespace papilio::learn
