// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/aggregation.h"

#include <cmath>

namespace papilio::nn
{

namespace aggregation
{

namespace
{

constexpr double deviationFloor = 1e-5;

Tensor mean(const Tensor& messages, const Neighbours& of, const Pass& pass)
{
    return addRows(messages, of.index, of.atoms, pass) / of.counts.clamp_min(1);
}

/// Mean square distance from the mean. The published library subtracts squares of means from means of squares, which is
/// the same but for the rounding.
Tensor variance(const Tensor& messages, const Neighbours& of, const Pass& pass)
{
    const Tensor apart = messages - takeRows(mean(messages, of, pass), of.index, pass);
    return mean(apart * apart, of, pass);
}

Tensor standardDeviation(const Tensor& messages, const Neighbours& of, Deviation kind, const Pass& pass)
{
    const Tensor square = variance(messages, of, pass);
    if (kind == Deviation::Floored) {
        return (square + deviationFloor).sqrt();
    }
    const Tensor root = square.clamp_min(deviationFloor).sqrt();
    return root.masked_fill(root <= std::sqrt(deviationFloor), 0);
}

/// Σ softmax(x) · x
Tensor softmaxSum(const Tensor& messages, const Neighbours& of, const Pass& pass)
{
    const Tensor largest = extremeRows(messages.detach(), false, of.index, of.atoms, pass);
    const Tensor weights = (messages - takeRows(largest, of.index, pass)).exp();
    const Tensor sum = addRows(weights, of.index, of.atoms, pass);
    return addRows(weights * messages, of.index, of.atoms, pass) / (sum + (of.counts == 0));
}

/// The lower of the two middle ones: edges sorted by value, then by atom, in each column.
Tensor median(const Tensor& messages, const Neighbours& of)
{
    const std::int64_t edges = messages.size(0);
    if (edges == 0) { // zeros that still hang on the messages: all of several processes must go back the same way
        return at::zeros({of.atoms, messages.size(1)}, messages.options().requires_grad(false)) + messages.sum(0);
    }
    const Tensor byValue = std::get<1>(at::sort(messages.detach(), /*stable=*/true, 0, false));
    const Tensor atoms = of.index.unsqueeze(1).expand_as(messages).gather(0, byValue);
    const Tensor byAtom = byValue.gather(0, std::get<1>(at::sort(atoms, /*stable=*/true, 0, false)));
    const Tensor counts = of.counts.squeeze(1).to(at::kLong);
    const Tensor start = counts.cumsum(0) - counts;
    const Tensor middle = start + (counts - 1).clamp_min(0).div(2, "floor");
    const Tensor which = byAtom.index_select(0, middle.clamp_max(edges - 1));
    return messages.gather(0, which) * (of.counts > 0);
}

} // namespace

} // namespace aggregation

Neighbours neighboursAt(End end, const Tensor& nodes, const Pass& pass)
{
    const Tensor& index = atomsAt(end, pass);
    return {index, countRows(index, nodes.size(0), nodes), nodes.size(0)};
}

Tensor aggregate(const Tensor& messages, Aggregation aggregation, const Neighbours& neighbours, Deviation deviation,
                 const Pass& pass)
{
    switch (aggregation) {
    case Aggregation::Sum:
        return addRows(messages, neighbours.index, neighbours.atoms, pass);
    case Aggregation::Mean:
        return aggregation::mean(messages, neighbours, pass);
    case Aggregation::Max:
        return extremeRows(messages, false, neighbours.index, neighbours.atoms, pass);
    case Aggregation::Min:
        return extremeRows(messages, true, neighbours.index, neighbours.atoms, pass);
    case Aggregation::Std:
        return aggregation::standardDeviation(messages, neighbours, deviation, pass);
    case Aggregation::Var:
        return aggregation::variance(messages, neighbours, pass);
    case Aggregation::Softmax:
        return aggregation::softmaxSum(messages, neighbours, pass);
    case Aggregation::Median:
        return aggregation::median(messages, neighbours);
    }
    return messages;
}

} // namespace papilio::nn
