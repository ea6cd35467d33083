// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <numeric>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/describe.h"

namespace papilio::nn
{

namespace
{

/// A width times the factor, as a whole multiple of what it must be divisible by, within the range of widths.
void scale(int& width, double factor, int multiple = 1)
{
    if (width > 0) {
        const auto times = std::lround(std::min(factor * width, options::widest) / multiple);
        width = multiple * std::max(1, static_cast<int>(times));
    }
}

void scale(std::vector<int>& widths, double factor, int multiple = 1)
{
    for (int& width : widths) {
        scale(width, factor, multiple);
    }
}

/// Widths that an override of heads has.
std::string scaledOptions(const std::string& options, double factor)
{
    nlohmann::json json = nlohmann::json::parse(options, nullptr, false);
    if (!json.is_object() || !json.contains("hidden")) {
        return options;
    }
    nlohmann::json& hidden = json["hidden"];
    auto widths = hidden.is_array() ? hidden.get<std::vector<int>>() : std::vector<int>{hidden.get<int>()};
    scale(widths, factor);
    hidden = widths.size() == 1 ? nlohmann::json(widths.front()) : nlohmann::json(widths);
    return json.dump();
}

/// All widths but those of inputs, encoders' joined outputs (which attention does not see) and tasks.
ModelSpec scaled(const ModelSpec& spec, double factor)
{
    ModelSpec copy = spec;
    Architecture& a = copy.architecture;
    const bool attention = a.gnn.layer.type == LayerType::Gps && a.gnn.layer.gps.attention == GpsAttention::Full;
    const int heads = attention ? a.gnn.layer.gps.heads : 1;
    // Concat residuals make sums of widths, which are multiples too.
    scale(a.gnn.hidden, factor, heads);
    scale(a.gnn.outDim, factor);
    scale(a.gnn.hiddenEdges, factor);
    scale(a.gnn.outDimEdges, factor);
    scale(a.preNode.hidden, factor);
    scale(a.preNode.outDim, factor, heads);
    scale(a.preEdge.hidden, factor);
    scale(a.preEdge.outDim, factor);
    for (OutputSpec& output : a.outputs) {
        scale(output.mlp.hidden, factor);
        scale(output.mlp.outDim, factor);
    }
    scale(a.heads.mlp.hidden, factor);
    for (auto& item : a.heads.overrides) {
        item.options = scaledOptions(item.options, factor);
    }
    for (HeadSpec& head : copy.heads) {
        scale(head.mlp.hidden, factor);
    }
    return copy;
}

double distance(std::int64_t count, std::int64_t budget)
{
    return std::abs(static_cast<double>(count) / static_cast<double>(budget) - 1);
}

/// The common factor that comes nearest.
ModelSpec nearest(const ModelSpec& spec, std::int64_t budget)
{
    double low = 1.0 / 4096;
    double high = 4096;
    for (int i = 0; i < 60; ++i) {
        const double middle = std::sqrt(low * high);
        (parameterCount(scaled(spec, middle)) < budget ? low : high) = middle;
    }
    ModelSpec best = scaled(spec, low);
    for (const double factor : {high, low}) {
        const ModelSpec candidate = scaled(spec, factor);
        if (distance(parameterCount(candidate), budget) < distance(parameterCount(best), budget)) {
            best = candidate;
        }
    }
    return best;
}

/// A step finer than the common factor allows: moves one width after the other as long as that brings the count nearer.
void refine(ModelSpec& spec, std::int64_t budget)
{
    Architecture& a = spec.architecture;
    std::vector<std::vector<int*>> knobs;
    const auto add = [&](std::vector<int>& widths) {
        knobs.emplace_back();
        for (int& width : widths) {
            knobs.back().push_back(&width);
        }
    };
    if (a.hasPreNode && a.preNode.depth > 1) {
        add(a.preNode.hidden);
    }
    if (a.hasPreEdge && a.usesBonds() && a.preEdge.depth > 1) {
        add(a.preEdge.hidden);
    }
    for (OutputSpec& output : a.outputs) {
        knobs.push_back({&output.mlp.outDim});
    }
    for (const auto& knob : knobs) {
        for (const int step : {1, -1}) {
            for (double before = distance(parameterCount(spec), budget);;) {
                for (int* width : knob) {
                    *width += step;
                }
                const bool positive = std::all_of(knob.begin(), knob.end(), [](const int* w) { return *w > 0; });
                const double now = positive ? distance(parameterCount(spec), budget) : before;
                if (!(now < before)) {
                    for (int* width : knob) {
                        *width -= step;
                    }
                    break;
                }
                before = now;
            }
        }
    }
}

} // namespace

Result<ModelSpec> fitToBudget(const ModelSpec& spec, std::int64_t budget, double tolerance)
{
    if (budget < 1) {
        return fail(ErrorCode::BadInput, "A parameter budget must be 1 or more.");
    }
    PAPILIO_TRY(checkArchitecture(spec.architecture));
    ModelSpec best = spec;
    if (distance(parameterCount(best), budget) > tolerance) {
        best = nearest(spec, budget);
    }
    // A wider gap is no matter of rounding: the widths are at their ends.
    constexpr double roundingGap = 0.2;
    const double gap = distance(parameterCount(best), budget);
    if (gap > tolerance && gap < roundingGap) {
        refine(best, budget);
    }
    const std::int64_t count = parameterCount(best);
    if (distance(count, budget) > tolerance) {
        return fail(ErrorCode::BadInput,
                    "The network cannot have " + std::to_string(budget) + " parameters within " +
                        formatNumber(100 * tolerance) + " %: the nearest is " + std::to_string(count) + ".",
                    "Change its depth, or take another budget.");
    }
    PAPILIO_TRY(checkArchitecture(best.architecture));
    return best;
}

} // namespace papilio::nn
