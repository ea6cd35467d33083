// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/task.h"

namespace papilio::learn
{

enum class Better : std::uint8_t { Lower, Higher };
std::string_view betterName(Better better); ///< "min", "max"
std::optional<Better> betterFromName(std::string_view name);

/// A metric of a task, as it is stored and shown.
struct MetricInfo {
    std::string_view name;    ///< as stored, "mae_normalised"
    std::string_view title;   ///< short, for tables: "MAE/sd"
    std::string_view meaning; ///< one line for people
    Better better = Better::Higher;
    bool labelUnits = false; ///< in the label's unit (or its square): a mean over tasks needs one unit
    bool main = false;       ///< kept for every epoch and task, even of heads with very many tasks
};

/// Those of a kind of task, in the order of TaskMetrics::values().
std::span<const MetricInfo> metricsOfKind(TaskKind kind);

/// A head has three numbers of each metric: under its name the mean over its tasks, and with these endings the median
/// and the worst decile.
inline constexpr std::string_view medianEnding = "_median";
inline constexpr std::string_view worstDecileEnding = "_worst_decile";
/// The metric of that name without such an ending; nothing if there is none.
const MetricInfo* findMetric(TaskKind kind, std::string_view name);
std::string_view withoutEnding(std::string_view name);

} // namespace papilio::learn
