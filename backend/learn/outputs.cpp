// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/outputs.h"

#include <algorithm>
#include <cmath>

namespace papilio::learn
{

namespace
{

float sigmoid(double logit)
{
    // Two forms, so that exp never overflows.
    const double e = std::exp(-std::abs(logit));
    return static_cast<float>(logit >= 0 ? 1 / (1 + e) : e / (1 + e));
}

void softmax(std::span<float> logits)
{
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (const float logit : logits) {
        sum += std::exp(logit - largest);
    }
    for (float& logit : logits) {
        logit = static_cast<float>(std::exp(logit - largest) / sum);
    }
}

} // namespace

void toLabelUnits(const nn::HeadSpec& head, const std::vector<Normalisation>& normalisation, std::span<float> outputs)
{
    const std::size_t columns = head.columns.size();
    switch (head.kind) {
    case TaskKind::Regression:
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const Normalisation& scale = normalisation[i % columns];
            outputs[i] = static_cast<float>(outputs[i] * scale.sd + scale.mean);
        }
        break;
    case TaskKind::Binary:
        if (head.loss.type != nn::LossType::Bce) { // else the network ends in a sigmoid
            std::transform(outputs.begin(), outputs.end(), outputs.begin(), sigmoid);
        }
        break;
    case TaskKind::Multiclass:
        for (std::size_t i = 0; i < outputs.size(); i += static_cast<std::size_t>(head.classes)) {
            softmax(outputs.subspan(i, static_cast<std::size_t>(head.classes)));
        }
        break;
    }
}

RowRange rowsOfMolecule(const nn::Batch& batch, Level level, std::size_t i)
{
    if (level == Level::Graph) {
        return {i, 1};
    }
    const auto& start = level == Level::Node   ? batch.nodeStart
                        : level == Level::Edge ? batch.edgeStart
                                               : batch.pairStart;
    return {static_cast<std::size_t>(start[i]), static_cast<std::size_t>(start[i + 1] - start[i])};
}

} // namespace papilio::learn
