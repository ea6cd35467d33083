// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <fstream>
#include <limits>
#include <map>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "engine/parity/parity.h"
#include "learn/metrics.h"
#include "learn/publishedmetrics.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;
using Values = std::map<std::string, double>;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double own = 1e-6, published = 1e-5; ///< tolerances: float64, and the library's float32

struct Column {
    std::vector<double> predictions, targets;
};

Result<std::map<std::string, Column>> readColumns(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line))
        return fail(ErrorCode::NotFound, "'" + path + "' cannot be read.");
    const auto names = split(std::string(trimmed(line)), ',');
    std::vector<std::vector<double>> columns(names.size());
    while (std::getline(file, line)) {
        const auto cells = split(std::string(trimmed(line)), ',');
        for (std::size_t i = 0; i < names.size(); ++i)
            columns[i].push_back(i < cells.size() ? parseNumber(cells[i]).value_or(nothing) : nothing);
    }
    std::map<std::string, Column> result;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].ends_with("_pred"))
            result[names[i].substr(0, names[i].size() - 5)].predictions = std::move(columns[i]);
        else if (names[i].ends_with("_target"))
            result[names[i].substr(0, names[i].size() - 7)].targets = std::move(columns[i]);
    }
    return result;
}

/// Numbers, and "nan", "inf", "-inf" as texts; nothing where the original's call raised an error.
std::optional<double> expectedOf(const json& value)
{
    if (value.is_number())
        return value.get<double>();
    if (value == "inf" || value == "-inf")
        return (value == "inf" ? 1 : -1) * std::numeric_limits<double>::infinity();
    return value == "nan" ? std::optional(nothing) : std::nullopt;
}

double difference(double value, double expected)
{
    if (std::isnan(expected) || std::isinf(expected))
        return (std::isnan(expected) && std::isnan(value)) || value == expected
                   ? 0
                   : std::numeric_limits<double>::infinity();
    return std::abs(value - expected) / std::max(1.0, std::abs(expected));
}

/// What scikit-learn calls 0 although it divides 0 by 0, and its −∞ for a constant label, are undefined here.
bool differentByChoice(double value, double expected)
{
    return std::isnan(value) && (expected == 0 || std::isinf(expected));
}

void compare(ParityResults& results, const std::string& tensor, const Values& values, const json& expected,
             double tolerance, bool choices)
{
    nn::ParityResult result{"metrics", tensor, 0, tolerance, true, ""};
    std::string undefined;
    for (const auto& [name, item] : expected.items()) {
        const std::string ours = choices && name == "average_precision" ? "ap" : name;
        const auto truth = expectedOf(item);
        const auto value = values.find(ours);
        if (!truth || value == values.end())
            continue;
        if (choices && differentByChoice(value->second, *truth)) {
            undefined += (undefined.empty() ? "undefined here: " : ", ") + name;
            continue;
        }
        result.deviation = std::max(result.deviation, difference(value->second, *truth));
    }
    result.note = undefined;
    results.push_back(std::move(result));
}

Values byName(const std::vector<learn::MetricValue>& list)
{
    Values values;
    for (const learn::MetricValue& value : list)
        values[value.name] = value.value;
    return values;
}

void checkGroups(ParityResults& results, const json& groups, const std::map<std::string, Column>& columns,
                 learn::published::Handling handling, const std::string& title)
{
    for (const auto& [group, expected] : groups.items()) {
        const TaskKind kind = group.starts_with("binary") ? TaskKind::Binary : TaskKind::Regression;
        if (group.find("sklearn") != std::string::npos)
            continue; // means over the defined ones; ours are checked task by task
        std::vector<learn::published::Column> chosen;
        for (const auto& [name, column] : columns) {
            const bool binary = name.starts_with("b");
            const bool wanted = group.find("b01-b06") != std::string::npos ? name <= "b06"
                                : group.find("without r03") != std::string::npos ? name != "r03"
                                                                                  : true;
            if (binary == (kind == TaskKind::Binary) && wanted)
                chosen.push_back({column.predictions, column.targets});
        }
        Values values = byName(learn::published::values(kind, chosen, handling));
        if (handling == learn::published::Handling::Flatten)
            values["mae, NaN ignored"] = values["mae"];
        compare(results, title + ": " + group, values, expected, published, false);
    }
}

} // namespace

Result<ParityResults> checkMetrics(const std::string& folder)
{
    std::ifstream stream(folder + "/metrics.json");
    const json document = json::parse(stream, nullptr, false);
    if (!document.is_object() || !document.contains("tasks"))
        return fail(ErrorCode::NotFound, "'" + folder + "/metrics.json' cannot be read.");
    const auto columns = readColumns(folder + "/predictions.csv");
    if (!columns)
        return tl::unexpected<Error>(columns.error());
    ParityResults results;
    for (const auto& [name, task] : document["tasks"].items()) {
        const auto column = columns->find(name);
        if (column == columns->end())
            return fail(ErrorCode::BadInput, "'" + folder + "/predictions.csv' has no column '" + name + "_pred'.");
        learn::MetricOptions options;
        options.kind = name.starts_with("b") ? TaskKind::Binary : TaskKind::Regression;
        options.scores = learn::Scores::Probabilities;
        compare(results, name, byName(learn::metricsOf(options, column->second.predictions, column->second.targets)),
                task["sklearn_scipy"], own, true);
        const learn::published::Column one{column->second.predictions, column->second.targets};
        compare(results, name + " as published",
                byName(learn::published::values(options.kind, std::span(&one, 1),
                                                learn::published::Handling::MeanPerLabel)),
                task["graphium"], published, false);
    }
    checkGroups(results, document["mean_per_label"], *columns, learn::published::Handling::MeanPerLabel, "mean per label");
    checkGroups(results, document["flatten"], *columns, learn::published::Handling::Flatten, "flattened");
    return results;
}

} // namespace papilio::engine
