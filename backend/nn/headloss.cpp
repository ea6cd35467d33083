// SPDX-License-Identifier: GPL-3.0-or-later
// The loss of one head, and its slopes by hand.
#include <algorithm>
#include <cmath>

#include "nn/losses.h"

namespace papilio::nn
{

namespace
{

/// Loss of one value, and its derivative by the output.
struct Term {
    double loss = 0;
    double slope = 0;
};

double signOf(double difference)
{
    return difference > 0 ? 1.0 : difference < 0 ? -1.0 : difference; // NaN stays
}

/// Quadratic up to delta, straight behind it (Huber 1964).
Term huber(double difference, double delta)
{
    const double size = std::abs(difference);
    return size <= delta ? Term{difference * difference / 2, difference}
                         : Term{delta * (size - delta / 2), delta * signOf(difference)};
}

/// Cross-entropy of a logit, in the form that never overflows.
Term logitEntropy(double logit, double label)
{
    const double decay = std::exp(-std::abs(logit));
    const double probability = logit >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
    return {std::max(logit, 0.0) - logit * label + std::log1p(decay), probability - label};
}

/// Cross-entropy of a probability. Logarithms end at −100 and the slope's denominator at 1e-12, as published.
Term probabilityEntropy(double probability, double label)
{
    const double yes = std::max(std::log(probability), -100.0);
    const double no = std::max(std::log1p(-probability), -100.0);
    const double variance = probability * (1 - probability);
    return {-(label * yes + (1 - label) * no), (probability - label) / std::max(variance, 1e-12)};
}

Term termOf(const LossSpec& loss, double output, double label)
{
    const double difference = output - label;
    switch (loss.type) {
    case LossType::Mse:
        return {difference * difference, 2 * difference};
    case LossType::Huber:
        return huber(difference, loss.huberDelta);
    case LossType::Bce:
        return probabilityEntropy(output, label);
    case LossType::BceLogits:
        return logitEntropy(output, label);
    default:
        return {std::abs(difference), signOf(difference)};
    }
}

/// Cross-entropy of the classes' logits, or its blend with the error of the expected class. Slopes: times scale.
double classLoss(const LossSpec& loss, std::span<const float> logits, std::size_t label, double scale,
                 std::span<float> slopes)
{
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    double expected = 0;
    for (std::size_t k = 0; k < logits.size(); ++k) {
        const double part = std::exp(logits[k] - largest);
        sum += part;
        expected += part * static_cast<double>(k);
    }
    expected /= sum;
    const double entropy = std::log(sum) + largest - logits[label];
    const bool hybrid = loss.type == LossType::HybridCe;
    const double share = hybrid ? loss.alpha : 1;
    const double difference = expected - static_cast<double>(label);
    const double error = loss.hybridAbsolute ? std::abs(difference) : difference * difference;
    const double errorSlope = loss.hybridAbsolute ? signOf(difference) : 2 * difference;
    for (std::size_t k = 0; k < slopes.size(); ++k) {
        const double probability = std::exp(logits[k] - largest) / sum;
        double slope = share * (probability - (k == label ? 1.0 : 0.0));
        if (hybrid) {
            slope += (1 - share) * errorSlope * probability * (static_cast<double>(k) - expected);
        }
        slopes[k] = static_cast<float>(scale * slope);
    }
    return hybrid ? share * entropy + (1 - share) * error : entropy;
}

double columnWeight(const HeadSpec& head, std::size_t column)
{
    return head.loss.columnWeights.empty() ? 1 : head.loss.columnWeights[column];
}

double classWeight(const HeadSpec& head, float label)
{
    return head.loss.classWeights.empty() ? 1 : head.loss.classWeights[static_cast<std::size_t>(label)];
}

} // namespace

void LabelWeights::add(const HeadSpec& head, std::span<const float> values)
{
    const std::size_t width = head.columns.size();
    columns.resize(width, 0.0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i])) {
            const double weight = classWeight(head, values[i]);
            ++labels;
            columns[i % width] += weight;
            pooled += weight * columnWeight(head, i % width);
        }
    }
}

void LabelWeights::add(const LabelWeights& other)
{
    labels += other.labels;
    pooled += other.pooled;
    columns.resize(std::max(columns.size(), other.columns.size()), 0.0);
    for (std::size_t c = 0; c < other.columns.size(); ++c) {
        columns[c] += other.columns[c];
    }
}

std::vector<LabelWeights> labelWeights(const std::vector<HeadSpec>& heads, const std::vector<std::vector<float>>& labels)
{
    std::vector<LabelWeights> weights(heads.size());
    for (std::size_t h = 0; h < labels.size(); ++h) {
        weights[h].add(heads[h], labels[h]);
    }
    return weights;
}

std::vector<double> columnFactors(const HeadSpec& head, const LabelWeights& weights)
{
    std::vector<double> factors(head.columns.size(), 0.0);
    double sum = head.loss.perLabel ? 0 : weights.pooled;
    for (std::size_t c = 0; c < factors.size(); ++c) {
        if (c < weights.columns.size() && weights.columns[c] > 0) {
            factors[c] = columnWeight(head, c) / (head.loss.perLabel ? weights.columns[c] : 1);
            sum += head.loss.perLabel ? columnWeight(head, c) : 0;
        }
    }
    for (double& factor : factors) {
        factor = sum > 0 ? factor / sum : 0;
    }
    return factors;
}

double headLoss(const HeadSpec& head, std::span<const float> outputs, std::span<const float> labels,
                const LabelWeights& weights, double scale, std::span<float> slopes)
{
    const std::vector<double> factors = columnFactors(head, weights);
    const std::size_t classes = head.kind == TaskKind::Multiclass ? static_cast<std::size_t>(head.classes) : 1;
    std::fill(slopes.begin(), slopes.end(), 0.0F);
    double sum = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (std::isnan(labels[i])) {
            continue;
        }
        const double factor = factors[i % factors.size()] * classWeight(head, labels[i]);
        if (head.kind == TaskKind::Multiclass) {
            sum += factor * classLoss(head.loss, outputs.subspan(i * classes, classes),
                                      static_cast<std::size_t>(labels[i]), scale * factor,
                                      slopes.empty() ? slopes : slopes.subspan(i * classes, classes));
            continue;
        }
        const Term term = termOf(head.loss, outputs[i], labels[i]);
        sum += factor * term.loss;
        if (!slopes.empty()) {
            slopes[i] = static_cast<float>(scale * factor * term.slope);
        }
    }
    return sum;
}

} // namespace papilio::nn
