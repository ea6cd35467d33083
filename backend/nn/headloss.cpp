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

/// The labels of one head with their weights.
class LabelledHead
{
public:
    LabelledHead(const HeadSpec& head, std::span<const float> outputs, std::span<const float> labels)
        : m_head(head), m_loss(head.loss), m_outputs(outputs), m_labels(labels), m_columns(head.columns.size()),
          m_width(head.kind == TaskKind::Multiclass ? static_cast<std::size_t>(head.classes) : 1)
    {
    }

    double weight(std::size_t i) const
    {
        const double column = m_loss.columnWeights.empty() ? 1 : m_loss.columnWeights[i % m_columns];
        return m_loss.classWeights.empty() ? column : column * classWeight(i);
    }

    /// Of the class alone: inside a column its own weight cancels out.
    double classWeight(std::size_t i) const
    {
        return m_loss.classWeights.empty() ? 1 : m_loss.classWeights[static_cast<std::size_t>(m_labels[i])];
    }

    double term(std::size_t i, double scale, std::span<float> slopes) const
    {
        if (m_head.kind == TaskKind::Multiclass) {
            return classLoss(m_loss, m_outputs.subspan(i * m_width, m_width), static_cast<std::size_t>(m_labels[i]),
                             scale, slopes.empty() ? slopes : slopes.subspan(i * m_width, m_width));
        }
        const Term term = termOf(m_loss, m_outputs[i], m_labels[i]);
        if (!slopes.empty()) {
            slopes[i] = static_cast<float>(scale * term.slope);
        }
        return term.loss;
    }

    /// One pool of all labels.
    HeadLoss pooled(double scale, std::span<float> slopes) const
    {
        HeadLoss result;
        double weights = 0;
        forEach([&](std::size_t i) {
            ++result.labels;
            weights += weight(i);
        });
        if (weights > 0) {
            forEach([&](std::size_t i) { result.value += weight(i) * term(i, scale * weight(i) / weights, slopes); });
            result.value /= weights;
        }
        return result;
    }

    /// Column by column.
    HeadLoss perLabel(double scale, std::span<float> slopes) const
    {
        HeadLoss result;
        std::vector<double> weights(m_columns, 0.0);
        forEach([&](std::size_t i) {
            ++result.labels;
            weights[i % m_columns] += classWeight(i);
        });
        double all = 0;
        const auto columnWeight = [&](std::size_t c) {
            return m_loss.columnWeights.empty() ? 1.0 : m_loss.columnWeights[c];
        };
        for (std::size_t c = 0; c < m_columns; ++c) {
            all += weights[c] > 0 ? columnWeight(c) : 0;
        }
        if (all > 0) {
            forEach([&](std::size_t i) {
                const std::size_t c = i % m_columns;
                const double share = weights[c] > 0 ? columnWeight(c) / all * classWeight(i) / weights[c] : 0;
                result.value += share * term(i, scale * share, slopes);
            });
        }
        return result;
    }

private:
    template <typename Function> void forEach(Function function) const
    {
        for (std::size_t i = 0; i < m_labels.size(); ++i) {
            if (!std::isnan(m_labels[i])) {
                function(i);
            }
        }
    }

    const HeadSpec& m_head;
    const LossSpec& m_loss;
    std::span<const float> m_outputs, m_labels;
    std::size_t m_columns, m_width;
};

} // namespace

HeadLoss headLoss(const HeadSpec& head, std::span<const float> outputs, std::span<const float> labels, double scale,
                  std::span<float> slopes)
{
    std::fill(slopes.begin(), slopes.end(), 0.0F);
    const LabelledHead labelled(head, outputs, labels);
    return head.loss.perLabel ? labelled.perLabel(scale, slopes) : labelled.pooled(scale, slopes);
}

} // namespace papilio::nn
