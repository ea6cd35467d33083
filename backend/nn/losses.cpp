// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/losses.h"

#include <algorithm>
#include <cmath>

namespace papilio::nn
{

namespace
{

/// What each head's loss is multiplied by in the total, and what is added to it.
struct Balance {
    std::vector<double> factors;
    double constant = 0;
};

Balance balanceOf(const ModelSpec& spec, const std::vector<std::int64_t>& counts, std::span<const float> logVariances)
{
    const LossBalance kind = spec.architecture.lossBalance;
    Balance balance;
    double sum = 0;
    for (std::size_t h = 0; h < spec.heads.size(); ++h) {
        const double weight = spec.heads[h].loss.weight;
        const double share = kind == LossBalance::ByCount ? weight * static_cast<double>(counts[h]) : weight;
        balance.factors.push_back(share);
        sum += kind == LossBalance::Uncertainty ? 1 : share;
    }
    for (std::size_t h = 0; h < spec.heads.size(); ++h) {
        double& factor = balance.factors[h];
        factor = sum > 0 ? factor / sum : 0;
        if (kind == LossBalance::Uncertainty && !logVariances.empty()) {
            balance.constant += counts[h] > 0 ? factor * logVariances[h] / 2 : 0;
            factor *= std::exp(-static_cast<double>(logVariances[h]));
        }
    }
    return balance;
}

std::int64_t present(std::span<const float> labels)
{
    return std::count_if(labels.begin(), labels.end(), [](float label) { return !std::isnan(label); });
}

} // namespace

Losses computeLosses(const ModelSpec& spec, const std::vector<std::span<const float>>& outputs,
                     const std::vector<std::span<const float>>& labels, std::span<const float> logVariances,
                     LossGradients* gradients)
{
    const std::size_t heads = spec.heads.size();
    Losses losses;
    losses.heads.assign(heads, 0.0);
    losses.labels.assign(heads, 0);
    for (std::size_t h = 0; h < labels.size(); ++h) {
        losses.labels[h] = present(labels[h]);
    }
    if (gradients) {
        gradients->outputs.resize(heads);
        gradients->logVariances.assign(logVariances.size(), 0.0F);
    }
    const Balance balance = balanceOf(spec, losses.labels, logVariances);
    losses.total = labels.empty() ? 0 : balance.constant;
    for (std::size_t h = 0; h < heads; ++h) {
        std::span<float> slopes;
        if (gradients) {
            gradients->outputs[h].assign(outputs[h].size(), 0.0F);
            slopes = gradients->outputs[h];
        }
        if (losses.labels[h] == 0) {
            continue;
        }
        losses.heads[h] = headLoss(spec.heads[h], outputs[h], labels[h], balance.factors[h], slopes).value;
        losses.total += balance.factors[h] * losses.heads[h];
        if (gradients && !logVariances.empty()) {
            const double weight = spec.heads[h].loss.weight / static_cast<double>(heads);
            gradients->logVariances[h] = static_cast<float>(weight / 2 - balance.factors[h] * losses.heads[h]);
        }
    }
    return losses;
}

} // namespace papilio::nn
