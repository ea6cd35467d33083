// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration as JSON; configset.cpp sets single values.
#include "learn/config.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "learn/configassign.h"
#include "learn/split.h"
#include "nn/optionnames.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

tl::unexpected<Error> wrongType(const std::string& key, const char* expected)
{
    return fail(ErrorCode::Usage, "Training key '" + key + "' has the wrong type.",
                std::string("It must be ") + expected + '.');
}

/// The network: a whole one, or what differs from a preset.
Result<> readArchitecture(TrainConfig& config, const json& document)
{
    const auto preset = document.find("preset");
    const auto given = document.find("architecture");
    if (preset == document.end() || preset->is_null()) {
        if (given == document.end()) {
            return {};
        }
        auto architecture = nn::architectureFromJson(*given);
        if (!architecture) {
            return tl::unexpected(architecture.error());
        }
        config.architecture = std::move(*architecture);
        return {};
    }
    if (!preset->is_string()) {
        return wrongType("preset", "a text");
    }
    auto architecture = nn::preset(preset->get<std::string>());
    if (!architecture) {
        return fail(ErrorCode::Usage, "Training key 'preset': " + architecture.error().message,
                    architecture.error().hint);
    }
    if (given != document.end()) {
        if (!given->is_object()) {
            return wrongType("architecture", "an object");
        }
        json merged = nn::architectureToJson(*architecture);
        merged.merge_patch(*given);
        architecture = nn::architectureFromJson(merged);
        if (!architecture) {
            return tl::unexpected(architecture.error());
        }
    }
    config.architecture = std::move(*architecture);
    return {};
}

Result<> readSampling(TrainConfig& config, const json& value)
{
    if (!value.is_object()) {
        return wrongType("sampling", "an object: a share for each dataset");
    }
    config.sampling.clear();
    for (const auto& [dataset, share] : value.items()) {
        if (!share.is_number()) {
            return wrongType("sampling." + dataset, "a number");
        }
        PAPILIO_TRY(assignSampling(config, dataset, share.get<double>()));
    }
    return {};
}

Result<> readHeads(TrainConfig& config, const json& value)
{
    if (!value.is_object()) {
        return wrongType("heads", "an object: options for each head");
    }
    config.heads.clear();
    for (const auto& [head, options] : value.items()) {
        if (!options.is_object()) {
            return wrongType("heads." + head, "an object");
        }
        for (const auto& [key, option] : options.items()) {
            PAPILIO_TRY(assignHead(config, head, key, option));
        }
    }
    return {};
}

Result<> readSchedule(TrainConfig& config, const json& value)
{
    if (value.is_null()) {
        config.schedule.reset();
        return {};
    }
    auto schedule = scheduleFromJson(value, "Training key 'schedule'");
    if (!schedule) {
        return tl::unexpected(schedule.error());
    }
    useSchedule(config, std::move(*schedule));
    return {};
}

Result<> readOther(TrainConfig& config, const std::string& key, const json& value)
{
    if (key == "tasks") {
        const bool valid = value.is_array() && std::all_of(value.begin(), value.end(),
                                                           [](const json& item) { return item.is_string(); });
        if (!valid) {
            return wrongType(key, "a list of texts");
        }
        config.tasks = value.get<std::vector<std::string>>();
    } else if (key == "seed") {
        const bool negative = value.is_number_integer() && !value.is_number_unsigned() && value.get<std::int64_t>() < 0;
        if (!value.is_number_integer() || negative) {
            return wrongType(key, "a whole number that is not negative");
        }
        config.seed = value.get<std::uint64_t>();
    } else if (key == "sampling") {
        return readSampling(config, value);
    } else if (key == "heads") {
        return readHeads(config, value);
    } else if (key != "architecture" && key != "preset" && key != "schedule" && key != "$schema") {
        return unknownConfigKey(key);
    }
    return {};
}

Result<> readValue(TrainConfig& config, const std::string& key, const json& value)
{
    const ConfigKey* known = findConfigKey(key);
    if (known == nullptr) {
        return readOther(config, key, value);
    }
    if (known->isNumber()) {
        return value.is_number() ? assignNumber(config, *known, value.get<double>()) : wrongType(key, "a number");
    }
    return value.is_string() ? assignText(config, *known, value.get<std::string>()) : wrongType(key, "a text");
}

json headToJson(const HeadOptions& head)
{
    json out = json::object();
    if (head.loss) {
        out["loss"] = nn::nameOf(*head.loss);
    }
    if (head.weight) {
        out["weight"] = *head.weight;
    }
    if (head.normalisation) {
        out["normalisation"] = normalisationName(*head.normalisation);
    }
    if (head.clipMin) {
        out["clip_min"] = *head.clipMin;
    }
    if (head.clipMax) {
        out["clip_max"] = *head.clipMax;
    }
    return out;
}

/// Those of the published schedule are not written where another is in use.
bool isWritten(const TrainConfig& config, std::string_view key)
{
    return !config.schedule || (key != "warmup_epochs" && key != "min_learning_rate");
}

} // namespace

ScheduleSpec TrainConfig::effectiveSchedule() const
{
    if (schedule) {
        return *schedule;
    }
    ScheduleSpec spec;
    spec.warmup = warmupEpochs;
    spec.minRate = minLearningRate;
    return spec;
}

json trainConfigToJson(const TrainConfig& config)
{
    json out;
    out["architecture"] = nn::architectureToJson(config.architecture);
    out["tasks"] = config.tasks;
    out["seed"] = config.seed;
    out["schedule"] = config.schedule ? scheduleToJson(*config.schedule) : json(nullptr);
    out["sampling"] = config.sampling;
    out["heads"] = json::object();
    for (const auto& [name, head] : config.heads) {
        out["heads"][name] = headToJson(head);
    }
    for (const ConfigKey& key : configKeys()) {
        if (isWritten(config, key.key)) {
            out[key.key] = configValue(config, key);
        }
    }
    return out;
}

Result<TrainConfig> trainConfigFromJson(const json& document)
{
    if (!document.is_object()) {
        return fail(ErrorCode::Usage, "The training configuration is not a JSON object.");
    }
    TrainConfig config;
    PAPILIO_TRY(readArchitecture(config, document));
    if (const auto schedule = document.find("schedule"); schedule != document.end()) {
        PAPILIO_TRY(readSchedule(config, *schedule));
    }
    for (const auto& [key, value] : document.items()) {
        if (!isWritten(config, key)) {
            return fail(ErrorCode::Usage, "Training key '" + key + "' means nothing beside 'schedule'.",
                        key == "warmup_epochs" ? "Write \"warmup\" within 'schedule'."
                                               : "Write \"min_learning_rate\" within 'schedule', where its type has it.");
        }
        PAPILIO_TRY(readValue(config, key, value));
    }
    PAPILIO_TRY(checkTrainConfig(config));
    return config;
}

Result<> checkTrainConfig(const TrainConfig& config)
{
    TrainConfig scratch;
    for (const ConfigKey& key : configKeys()) {
        if (isWritten(config, key.key)) {
            const json value = configValue(config, key);
            PAPILIO_TRY(key.isNumber() ? assignNumber(scratch, key, value.get<double>())
                                       : assignText(scratch, key, value.get<std::string>()));
        }
    }
    PAPILIO_TRY(checkDevice(config.device));
    PAPILIO_TRY(checkSplitSpec(config.split));
    for (const auto& [dataset, share] : config.sampling) {
        PAPILIO_TRY(assignSampling(scratch, dataset, share));
    }
    for (const auto& [name, head] : config.heads) {
        const json options = headToJson(head);
        for (const auto& [key, value] : options.items()) {
            PAPILIO_TRY(assignHead(scratch, name, key, value));
        }
        if (head.clipMin && head.clipMax && *head.clipMin >= *head.clipMax) {
            return fail(ErrorCode::Usage, "Training key 'heads." + name + ".clip_min' is not below clip_max.");
        }
    }
    if (config.schedule) {
        return checkSchedule(*config.schedule, config.learningRate, "Training key 'schedule'");
    }
    if (config.minLearningRate > config.learningRate) {
        return fail(ErrorCode::Usage,
                    "Training key 'min_learning_rate': " + formatNumber(config.minLearningRate) +
                        " is above learning_rate, " + formatNumber(config.learningRate) + '.');
    }
    return {};
}

} // namespace papilio::learn
