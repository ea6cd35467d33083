// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/losses.h"

#include <cmath>

namespace papilio::nn
{

StepLoss::StepLoss(const ModelSpec& spec, std::span<const float> logVariances)
    : m_spec(spec), m_logVariances(logVariances), m_weights(spec.heads.size()), m_losses(spec.heads.size(), 0.0)
{
}

void StepLoss::addLabels(const std::vector<std::vector<float>>& labels)
{
    for (std::size_t h = 0; h < labels.size(); ++h) {
        m_weights[h].add(m_spec.heads[h], labels[h]);
    }
}

void StepLoss::addWeights(const std::vector<LabelWeights>& weights)
{
    for (std::size_t h = 0; h < weights.size(); ++h) {
        m_weights[h].add(weights[h]);
    }
}

std::vector<double> StepLoss::weightSums() const
{
    std::vector<double> sums;
    for (std::size_t h = 0; h < m_weights.size(); ++h) {
        const LabelWeights& weights = m_weights[h];
        sums.push_back(static_cast<double>(weights.labels));
        sums.push_back(weights.pooled);
        sums.insert(sums.end(), weights.columns.begin(), weights.columns.end());
        sums.insert(sums.end(), m_spec.heads[h].columns.size() - weights.columns.size(), 0.0);
    }
    return sums;
}

void StepLoss::setWeightSums(std::span<const double> sums)
{
    for (std::size_t h = 0; h < m_weights.size(); ++h) {
        const std::size_t columns = m_spec.heads[h].columns.size();
        m_weights[h].labels = static_cast<std::int64_t>(sums[0]);
        m_weights[h].pooled = sums[1];
        m_weights[h].columns.assign(sums.begin() + 2, sums.begin() + 2 + static_cast<std::ptrdiff_t>(columns));
        sums = sums.subspan(2 + columns);
    }
}

void StepLoss::addOutputs(const std::vector<std::span<const float>>& outputs,
                          const std::vector<std::vector<float>>& labels)
{
    addOutputs(outputs, labels, 0, nullptr);
}

std::vector<std::vector<float>> StepLoss::addAndDifferentiate(const std::vector<std::span<const float>>& outputs,
                                                              const std::vector<std::vector<float>>& labels,
                                                              double scale)
{
    std::vector<std::vector<float>> slopes;
    addOutputs(outputs, labels, scale, &slopes);
    return slopes;
}

void StepLoss::addOutputs(const std::vector<std::span<const float>>& outputs,
                          const std::vector<std::vector<float>>& labels, double scale,
                          std::vector<std::vector<float>>* slopes)
{
    for (std::size_t h = 0; h < m_spec.heads.size(); ++h) {
        std::span<float> to;
        if (slopes) {
            to = slopes->emplace_back(outputs[h].size(), 0.0F);
        }
        if (!labels.empty() && !labels[h].empty()) {
            m_losses[h] += headLoss(m_spec.heads[h], outputs[h], labels[h], m_weights[h], scale * factor(h), to);
        }
    }
}

double StepLoss::lossOfRows(std::size_t head, std::span<const float> outputs, std::span<const float> labels,
                            double scale, std::span<float> slopes) const
{
    return headLoss(m_spec.heads[head], outputs, labels, m_weights[head], scale * factor(head), slopes);
}

void StepLoss::addLosses(std::span<const double> losses)
{
    for (std::size_t h = 0; h < losses.size(); ++h) {
        m_losses[h] += losses[h];
    }
}

/// A head's part of the sum of all heads' weights.
double StepLoss::share(std::size_t head) const
{
    const auto weight = [&](std::size_t h) {
        const bool byCount = m_spec.architecture.lossBalance == LossBalance::ByCount;
        return m_spec.heads[h].loss.weight * (byCount ? static_cast<double>(m_weights[h].labels) : 1.0);
    };
    if (m_spec.architecture.lossBalance == LossBalance::Uncertainty) {
        return weight(head) / static_cast<double>(m_spec.heads.size());
    }
    double sum = 0;
    for (std::size_t h = 0; h < m_spec.heads.size(); ++h) {
        sum += weight(h);
    }
    return sum > 0 ? weight(head) / sum : 0;
}

double StepLoss::factor(std::size_t head) const
{
    return m_logVariances.empty() ? share(head) : share(head) * std::exp(-static_cast<double>(m_logVariances[head]));
}

Losses StepLoss::losses() const
{
    Losses losses;
    losses.heads = m_losses;
    for (std::size_t h = 0; h < m_losses.size(); ++h) {
        losses.labels.push_back(m_weights[h].labels);
        if (m_weights[h].labels > 0) {
            losses.total += factor(h) * m_losses[h];
            losses.total += m_logVariances.empty() ? 0 : share(h) * m_logVariances[h] / 2;
        }
    }
    return losses;
}

std::vector<float> StepLoss::logVarianceSlopes() const
{
    std::vector<float> slopes;
    for (std::size_t h = 0; h < m_logVariances.size(); ++h) {
        slopes.push_back(m_weights[h].labels > 0 ? static_cast<float>(share(h) / 2 - factor(h) * m_losses[h]) : 0.0F);
    }
    return slopes;
}

Losses computeLosses(const ModelSpec& spec, const std::vector<std::span<const float>>& outputs,
                     const std::vector<std::vector<float>>& labels, std::vector<std::vector<float>>* slopes)
{
    StepLoss loss(spec);
    loss.addLabels(labels);
    if (slopes) {
        *slopes = loss.addAndDifferentiate(outputs, labels);
    } else {
        loss.addOutputs(outputs, labels);
    }
    return loss.losses();
}

} // namespace papilio::nn
