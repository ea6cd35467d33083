// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>

#include "nn/checks.h"

namespace papilio::nn
{

namespace
{

bool fits(LossType loss, TaskKind kind)
{
    switch (loss) {
    case LossType::Bce:
    case LossType::BceLogits:
        return kind == TaskKind::Binary;
    case LossType::CrossEntropy:
    case LossType::HybridCe:
        return kind == TaskKind::Multiclass;
    default:
        return kind == TaskKind::Regression;
    }
}

/// Empty, or one weight for each of 'count', none negative and not all 0.
bool goodWeights(const std::vector<double>& weights, std::size_t count)
{
    const bool valid = std::all_of(weights.begin(), weights.end(), [](double w) { return std::isfinite(w) && w >= 0; });
    return weights.empty() ||
           (weights.size() == count && valid && *std::max_element(weights.begin(), weights.end()) > 0);
}

Result<> checkLoss(const HeadSpec& head)
{
    const LossSpec& loss = head.loss;
    const std::string where = "loss of head '" + head.name + "': ";
    if (!fits(loss.type, head.kind)) {
        return fail(ErrorCode::BadInput, where + "it is not one for " + std::string(kindName(head.kind)) + " tasks.",
                    "Regression has mae, mse and huber, binary tasks bce and bce_logits, classes cross_entropy and "
                    "hybrid_ce.");
    }
    if (!std::isfinite(loss.weight) || loss.weight < 0) {
        return fail(ErrorCode::BadInput, where + "the weight must not be negative.");
    }
    if (loss.type == LossType::Huber && !(std::isfinite(loss.huberDelta) && loss.huberDelta > 0)) {
        return fail(ErrorCode::BadInput, where + "the Huber delta must be above 0.");
    }
    if (!(loss.alpha >= 0 && loss.alpha <= 1)) {
        return fail(ErrorCode::BadInput, where + "alpha must be between 0 and 1.");
    }
    const std::size_t classes = head.kind == TaskKind::Binary       ? 2
                                : head.kind == TaskKind::Multiclass ? static_cast<std::size_t>(head.classes)
                                                                    : 0;
    if (!goodWeights(loss.classWeights, classes)) {
        return fail(ErrorCode::BadInput,
                    where + "class weights must be " + std::to_string(classes) + " numbers of at least 0, not all 0.");
    }
    if (!goodWeights(loss.columnWeights, head.columns.size())) {
        return fail(ErrorCode::BadInput, where + "column weights must be " + std::to_string(head.columns.size()) +
                                             " numbers of at least 0, not all 0.");
    }
    return {};
}

Result<> checkNetwork(const HeadSpec& head)
{
    const MlpSpec& mlp = head.mlp;
    const std::string where = "head '" + head.name + "': ";
    const auto positive = [](int width) { return width >= 1; };
    if (mlp.depth < 1 || !std::all_of(mlp.hidden.begin(), mlp.hidden.end(), positive)) {
        return fail(ErrorCode::BadInput, where + "depth and hidden widths must be at least 1.");
    }
    PAPILIO_TRY(checkMlp("head '" + head.name + "'", mlp));
    const auto share = [](double value) { return value >= 0 && value < 1; };
    if (!share(mlp.dropout) || !share(mlp.lastDropout)) {
        return fail(ErrorCode::BadInput, where + "dropout must be at least 0 and below 1.");
    }
    return {};
}

} // namespace

Result<> checkSpec(const ModelSpec& spec)
{
    PAPILIO_TRY(checkArchitecture(spec.architecture));
    if (spec.heads.empty()) {
        return fail(ErrorCode::BadInput, "a model needs at least one task.");
    }
    std::set<std::string> names;
    double weights = 0;
    for (const HeadSpec& head : spec.heads) {
        if (head.name.empty() || !names.insert(head.name).second) {
            return fail(ErrorCode::BadInput, "head name '" + head.name + "' is empty or occurs twice.");
        }
        if (head.columns.empty()) {
            return fail(ErrorCode::BadInput, "head '" + head.name + "' has no tasks.");
        }
        if (head.kind == TaskKind::Multiclass && head.classes < 2) {
            return fail(ErrorCode::BadInput, "head '" + head.name + "' needs at least 2 classes.");
        }
        PAPILIO_TRY(checkNetwork(head));
        PAPILIO_TRY(checkLoss(head));
        weights += head.loss.weight;
    }
    if (!(weights > 0)) {
        return fail(ErrorCode::BadInput, "the losses of all heads have weight 0.");
    }
    return {};
}

} // namespace papilio::nn
