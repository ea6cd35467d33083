// SPDX-License-Identifier: GPL-3.0-or-later
// Single values as they are typed: "key=value".
#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "learn/configassign.h"
#include "learn/split.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

/// Text behind "prefix." of a key.
std::optional<std::string> below(const std::string& key, std::string_view prefix)
{
    return key.size() > prefix.size() && key.starts_with(prefix) ? std::optional(key.substr(prefix.size()))
                                                                  : std::nullopt;
}

/// Numbers, lists and objects as JSON, everything else as text. A list may lack its brackets.
json typed(const std::string& value)
{
    json parsed = json::parse(value, nullptr, false);
    if (parsed.is_discarded() && value.find(',') != std::string::npos) {
        parsed = json::parse('[' + value + ']', nullptr, false);
    }
    return parsed.is_discarded() ? json(toUtf8(value)) : parsed;
}

Result<std::uint64_t> parseSeed(std::string_view text)
{
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(ErrorCode::Usage, "Training key 'seed': '" + std::string(text) + "' is not possible.",
                    "A whole number from 0 to 18446744073709551615 is needed.");
    }
    return seed;
}

struct Assignment {
    std::string key, value;
};

Result<Assignment> parseAssignment(const std::string& text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
        return fail(ErrorCode::Usage, "'" + text + "' is not an assignment.", "Write key=value.");
    }
    return Assignment{std::string(trimmed(std::string_view(text).substr(0, equals))),
                      std::string(trimmed(std::string_view(text).substr(equals + 1)))};
}

Result<> setTasks(TrainConfig& config, const std::string& value)
{
    config.tasks.clear();
    for (const std::string& pattern : split(value, ',')) {
        if (const std::string_view text = trimmed(pattern); !text.empty()) {
            config.tasks.emplace_back(text);
        }
    }
    return {};
}

Result<> setNetwork(TrainConfig& config, const std::string& key, const std::string& value)
{
    auto set = nn::setArchitectureValue(config.architecture, key, value);
    if (!set) {
        set.error().code = ErrorCode::Usage; // as with every other key
    }
    return set;
}

/// After all of them: one may choose the layer that another one belongs to.
Result<> checkNetworkKeys(const TrainConfig& config, const std::vector<Assignment>& assignments,
                          const TrainConfig& before)
{
    std::vector<std::string> paths;
    for (const Assignment& assignment : assignments) {
        if (const auto path = below(assignment.key, "architecture.")) {
            paths.push_back(*path);
        }
    }
    auto checked = paths.empty() ? Result<>() : nn::checkRelevant(config.architecture, paths, before.architecture);
    if (!checked) {
        checked.error().code = ErrorCode::Usage; // as with every other key
    }
    return checked;
}

/// Names of heads may hold dots: the last one counts.
Result<> setHead(TrainConfig& config, const std::string& path, const std::string& value)
{
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos || dot == 0) {
        return fail(ErrorCode::Usage, "Training key 'heads." + path + "' names no option of a head.",
                    "Write heads.NAME.loss, heads.NAME.weight, heads.NAME.normalisation, heads.NAME.clip_min or "
                    "heads.NAME.clip_max.");
    }
    return assignHead(config, path.substr(0, dot), path.substr(dot + 1), typed(value));
}

Result<> setSampling(TrainConfig& config, const std::string& dataset, const std::string& value)
{
    const auto share = parseNumber(value);
    if (!share) {
        return fail(ErrorCode::Usage, "Training key 'sampling." + dataset + "': '" + value + "' is not a number.");
    }
    return assignSampling(config, dataset, *share);
}

Result<> setOne(TrainConfig& config, const Assignment& assignment)
{
    const auto& [key, value] = assignment;
    if (const auto network = below(key, "architecture.")) {
        return setNetwork(config, *network, value);
    }
    if (const auto head = below(key, "heads.")) {
        return setHead(config, *head, value);
    }
    if (const auto dataset = below(key, "sampling.")) {
        return setSampling(config, *dataset, value);
    }
    if (const ConfigKey* known = findConfigKey(key)) {
        if (!known->isNumber()) {
            return assignText(config, *known, toUtf8(value));
        }
        const auto parsed = parseNumber(value);
        return parsed ? assignNumber(config, *known, *parsed)
                      : fail(ErrorCode::Usage, "Training key '" + key + "': '" + value + "' is not a number.");
    }
    if (key == "tasks") {
        return setTasks(config, value);
    }
    if (key == "seed") {
        const auto seed = parseSeed(value);
        if (!seed) {
            return tl::unexpected(seed.error());
        }
        config.seed = *seed;
        return {};
    }
    if (key == "architecture" || key == "sampling" || key == "heads" || key == "preset") {
        return fail(ErrorCode::Usage, "'" + key + "' cannot be set as a whole.",
                    key == "preset" ? "Choose it with --preset." : "Write " + key + ".KEY=value.");
    }
    return unknownConfigKey(key);
}

/// Values of a schedule depend on its type, so they are set together: the type first, whatever their order. A new type
/// takes over the warm-up and the smallest rate.
class ScheduleChange
{
public:
    /// False: the key is none of a schedule.
    Result<bool> add(const Assignment& assignment)
    {
        if (const auto key = below(assignment.key, "schedule.")) {
            m_values[*key] = typed(assignment.value);
            return true;
        }
        if (assignment.key != "schedule") {
            return false;
        }
        const json whole = typed(assignment.value);
        if (whole.is_object()) {
            m_values.update(whole);
        } else {
            m_values["type"] = whole.is_null() ? json("warmup-linear") : whole;
        }
        return true;
    }

    /// warmup_epochs and min_learning_rate are those of the schedule in use; its own keys go first.
    bool takesOver(const TrainConfig& config, const std::string& key) const
    {
        return (config.schedule || !m_values.empty()) && (key == "warmup_epochs" || key == "min_learning_rate");
    }
    void take(const Assignment& assignment)
    {
        const bool warmup = assignment.key == "warmup_epochs";
        const char* key = warmup ? "warmup" : "min_learning_rate";
        if (!m_values.contains(key)) {
            m_values[key] = typed(assignment.value);
            m_warmupInEpochs |= warmup;
        }
    }

    Result<> apply(TrainConfig& config) const
    {
        if (m_values.empty()) {
            return {};
        }
        const json before = scheduleToJson(config.effectiveSchedule());
        const bool sameType = !m_values.contains("type") || m_values["type"] == before["type"];
        json values = json::object();
        for (const auto& [key, value] : before.items()) {
            if (sameType || key == "warmup" || (key == "min_learning_rate" && hasSmallestRate(m_values["type"]))) {
                values[key] = value;
            }
        }
        values.update(m_values);
        auto schedule = scheduleFromJson(values, "Training key 'schedule'");
        if (!schedule) {
            return tl::unexpected(schedule.error());
        }
        if (m_warmupInEpochs && schedule->interval == ScheduleInterval::Step) {
            return fail(ErrorCode::Usage, "Training key 'warmup_epochs': the schedule goes by steps.",
                        "Set schedule.warmup.");
        }
        useSchedule(config, std::move(*schedule));
        return {};
    }

private:
    static bool hasSmallestRate(const json& type)
    {
        const auto& names = scheduleTypeNames();
        const auto found = std::find(names.begin(), names.end(), type.is_string() ? type.get<std::string>() : "");
        return found != names.end() &&
               scheduleToJson(defaultSchedule(static_cast<ScheduleType>(found - names.begin())))
                   .contains("min_learning_rate");
    }

    json m_values = json::object();
    bool m_warmupInEpochs = false;
};

} // namespace

Result<> setTrainValues(TrainConfig& config, const std::vector<std::string>& assignments)
{
    TrainConfig changed = config;
    ScheduleChange schedule;
    std::vector<Assignment> rest;
    for (const std::string& text : assignments) {
        auto assignment = parseAssignment(text);
        if (!assignment) {
            return tl::unexpected(assignment.error());
        }
        const auto taken = schedule.add(*assignment);
        if (taken && !*taken) {
            rest.push_back(std::move(*assignment));
        }
    }
    for (const Assignment& assignment : rest) {
        if (schedule.takesOver(changed, assignment.key)) {
            schedule.take(assignment);
        } else {
            PAPILIO_TRY(setOne(changed, assignment));
        }
    }
    PAPILIO_TRY(schedule.apply(changed));
    PAPILIO_TRY(checkNetworkKeys(changed, rest, config));
    PAPILIO_TRY(checkSplitSpec(changed.split));
    PAPILIO_TRY(checkDevice(changed.device));
    config = std::move(changed);
    return {};
}

Result<> setTrainValue(TrainConfig& config, const std::string& assignment)
{
    return setTrainValues(config, {assignment});
}

} // namespace papilio::learn
