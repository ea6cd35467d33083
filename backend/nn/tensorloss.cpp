// SPDX-License-Identifier: GPL-3.0-or-later
// The formulas are those of headloss.cpp, value by value in double precision.
#include "nn/tensorloss.h"

#include "nn/devices.h"

namespace papilio::nn
{

namespace
{

/// A few numbers of the computer's memory, as doubles on a device.
Tensor numbers(const std::vector<double>& values, const at::Device& device)
{
    const auto count = static_cast<std::int64_t>(values.size());
    auto* start = const_cast<double*>(values.data()); // read only, before they go
    return toDevice(at::from_blob(start, {count}, at::TensorOptions(at::kDouble)).clone(), device);
}

/// Losses and slopes of values that each have an output.
TensorLoss terms(const LossSpec& loss, const Tensor& output, const Tensor& label)
{
    const Tensor difference = output - label;
    switch (loss.type) {
    case LossType::Mse:
        return {difference.square(), difference * 2};
    case LossType::Huber: {
        const Tensor size = difference.abs();
        const Tensor near = size <= loss.huberDelta;
        return {at::where(near, difference.square() / 2, (size - loss.huberDelta / 2) * loss.huberDelta),
                at::where(near, difference, difference.sign() * loss.huberDelta)};
    }
    case LossType::Bce: {
        const Tensor yes = output.log().clamp_min(-100);
        const Tensor no = output.neg().log1p().clamp_min(-100);
        return {-(label * yes + (1 - label) * no), difference / (output * (1 - output)).clamp_min(1e-12)};
    }
    case LossType::BceLogits:
        return {output.clamp_min(0) - output * label + output.abs().neg().exp().log1p(), output.sigmoid() - label};
    default:
        return {difference.abs(), difference.sign()};
    }
}

/// The same of classes: logits … × classes, label … (a class).
TensorLoss classTerms(const LossSpec& loss, const Tensor& logits, const Tensor& label)
{
    const Tensor logShares = at::log_softmax(logits, -1);
    const Tensor shares = logShares.exp();
    const Tensor index = label.to(at::kLong).unsqueeze(-1);
    const Tensor entropy = logShares.gather(-1, index).squeeze(-1).neg();
    const Tensor slopes = shares.scatter_add(-1, index, at::full_like(label, -1).unsqueeze(-1));
    if (loss.type != LossType::HybridCe) {
        return {entropy, slopes};
    }
    const Tensor numbers = at::arange(logits.size(-1), logits.options());
    const Tensor expected = (shares * numbers).sum(-1);
    const Tensor difference = expected - label;
    const Tensor error = loss.hybridAbsolute ? difference.abs() : difference.square();
    const Tensor errorSlope = loss.hybridAbsolute ? difference.sign() : difference * 2;
    const Tensor moved = shares * (numbers - expected.unsqueeze(-1)) * errorSlope.unsqueeze(-1);
    return {entropy * loss.alpha + error * (1 - loss.alpha), slopes * loss.alpha + moved * (1 - loss.alpha)};
}

} // namespace

TensorLoss tensorLoss(const HeadSpec& head, const Tensor& outputs, const Tensor& labels, const LabelWeights& weights,
                      double scale)
{
    const at::NoGradGuard guard;
    const bool classes = head.kind == TaskKind::Multiclass;
    const Tensor missing = labels.isnan();
    const Tensor label = labels.to(at::kDouble).masked_fill(missing, 0);
    const Tensor output = outputs.detach().to(at::kDouble);
    Tensor factors = numbers(columnFactors(head, weights), labels.device()).expand_as(label);
    if (!head.loss.classWeights.empty()) {
        const Tensor ofClass = numbers(head.loss.classWeights, labels.device());
        factors = factors * ofClass.index_select(0, label.to(at::kLong).view({-1})).view(label.sizes());
    }
    const TensorLoss one =
        classes ? classTerms(head.loss, output.view({labels.size(0), labels.size(1), head.classes}), label)
                : terms(head.loss, output, label);
    // Not times 0: what was computed of a label that is missing may be no number.
    const Tensor loss = (factors * one.loss).masked_fill(missing, 0).sum();
    const Tensor wide = classes ? missing.unsqueeze(-1) : missing;
    const Tensor slopes = one.slopes * ((classes ? factors.unsqueeze(-1) : factors) * scale);
    return {loss, slopes.masked_fill(wide, 0).to(at::kFloat).view(outputs.sizes())};
}

} // namespace papilio::nn
