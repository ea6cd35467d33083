// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/losses.h"

#include <algorithm>
#include <cmath>

namespace papilio::nn
{

namespace
{

/// Loss of one value, and its derivative by the output.
struct Term {
    double loss = 0;
    double slope = 0;
};

Term absoluteError(double output, double label)
{
    const double difference = output - label;
    return {std::abs(difference), difference > 0 ? 1.0 : difference < 0 ? -1.0 : difference};
}

/// Cross-entropy of a logit, in the form that never overflows.
Term binaryCrossEntropy(double logit, double label)
{
    const double decay = std::exp(-std::abs(logit));
    const double probability = logit >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
    return {std::max(logit, 0.0) - logit * label + std::log1p(decay), probability - label};
}

/// Cross-entropy of the classes' logits; writes the slope of every class, scaled.
double crossEntropy(std::span<const float> logits, std::size_t label, double scale, float* slopes)
{
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits) {
        sum += std::exp(logit - largest);
    }
    if (slopes) {
        for (std::size_t i = 0; i < logits.size(); ++i) {
            slopes[i] = static_cast<float>(scale * (std::exp(logits[i] - largest) / sum - (i == label ? 1.0 : 0.0)));
        }
    }
    return std::log(sum) + largest - logits[label];
}

double headLoss(const HeadSpec& head, std::span<const float> outputs, const std::vector<float>& labels,
                std::int64_t present, double weight, float* slopes)
{
    const double scale = weight / static_cast<double>(present);
    const std::size_t width = head.kind == TaskKind::Multiclass ? static_cast<std::size_t>(head.classes) : 1;
    double sum = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (std::isnan(labels[i])) {
            continue;
        }
        if (head.kind == TaskKind::Multiclass) {
            float* row = slopes ? slopes + i * width : nullptr;
            sum += crossEntropy(outputs.subspan(i * width, width), static_cast<std::size_t>(labels[i]), scale, row);
            continue;
        }
        const Term term = head.kind == TaskKind::Binary ? binaryCrossEntropy(outputs[i], labels[i])
                                                        : absoluteError(outputs[i], labels[i]);
        sum += term.loss;
        if (slopes) {
            slopes[i] = static_cast<float>(scale * term.slope);
        }
    }
    return sum / static_cast<double>(present);
}

} // namespace

Losses computeLosses(const ModelSpec& spec, const std::vector<std::span<const float>>& outputs,
                     const std::vector<std::vector<float>>& labels, std::vector<std::vector<float>>* gradients)
{
    Losses losses;
    losses.heads.assign(spec.heads.size(), 0.0);
    losses.labels.assign(spec.heads.size(), 0);
    const double weight = 1.0 / static_cast<double>(spec.heads.size());
    if (gradients) {
        gradients->resize(spec.heads.size());
    }
    for (std::size_t i = 0; i < spec.heads.size(); ++i) {
        if (gradients) {
            (*gradients)[i].assign(outputs[i].size(), 0.0F);
        }
        if (labels.empty()) {
            continue;
        }
        const auto present =
            std::count_if(labels[i].begin(), labels[i].end(), [](float label) { return !std::isnan(label); });
        losses.labels[i] = present;
        if (present > 0) {
            float* slopes = gradients ? (*gradients)[i].data() : nullptr;
            losses.heads[i] = headLoss(spec.heads[i], outputs[i], labels[i], present, weight, slopes);
        }
        losses.total += weight * losses.heads[i];
    }
    return losses;
}

} // namespace papilio::nn
