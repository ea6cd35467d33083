// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/configschema.h"

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "learn/configassign.h"
#include "nn/optionnames.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>()
           : value.is_number_float() ? formatNumber(value.get<double>())
                                     : value.dump();
}

TrainOption optionOf(const TrainConfig& config, const ConfigKey& key)
{
    TrainOption option;
    option.path = key.key;
    option.value = textOf(configValue(config, key));
    option.meaning = key.meaning;
    option.group = key.group;
    option.type = key.isWhole() ? "integer" : key.isNumber() ? "number" : "text";
    if (key.isNumber()) {
        option.least = key.least;
        option.most = key.most;
    } else if (const auto* words = std::get_if<ConfigWords>(&key.member)) {
        option.type = "choice";
        option.choices = words->words;
    }
    const std::string_view name = key.key;
    option.relevant = !config.schedule || (name != "warmup_epochs" && name != "min_learning_rate");
    return option;
}

void addSchedule(std::vector<TrainOption>& options, const TrainConfig& config)
{
    const ScheduleSpec spec = config.effectiveSchedule();
    const json values = scheduleToJson(spec);
    for (const ScheduleKey& key : scheduleKeys(spec)) {
        if (!config.schedule && (key.name == "warmup" || key.name == "min_learning_rate")) {
            continue; // listed as warmup_epochs and min_learning_rate
        }
        TrainOption option;
        option.path = "schedule." + key.name;
        option.value = textOf(values[key.name]);
        option.meaning = key.meaning;
        option.group = "Learning rate";
        using Type = ScheduleKey::Type;
        option.type = key.type == Type::Whole    ? "integer"
                      : key.type == Type::Number ? "number"
                      : key.type == Type::Word   ? "choice"
                      : key.type == Type::Text   ? "text"
                                                 : "list";
        if (key.type == Type::Whole || key.type == Type::Number) {
            option.least = key.least;
            option.most = key.most;
        }
        option.choices = key.words;
        options.push_back(std::move(option));
    }
}

/// "gnn.layer" → "Network: gnn".
std::string groupOf(const std::string& path)
{
    const std::size_t dot = path.find('.');
    return dot == std::string::npos ? "Network" : "Network: " + path.substr(0, dot);
}

void addNetwork(std::vector<TrainOption>& options, const TrainConfig& config)
{
    using Type = nn::OptionInfo::Type;
    for (const nn::OptionInfo& info : nn::architectureOptions(config.architecture)) {
        TrainOption option;
        option.path = "architecture." + info.path;
        option.value = info.value;
        option.meaning = info.meaning;
        option.group = groupOf(info.path);
        option.choices = info.choices;
        option.relevant = info.relevant;
        option.type = info.type == Type::Whole    ? "integer"
                      : info.type == Type::Number ? "number"
                      : info.type == Type::Flag   ? "boolean"
                      : info.type == Type::Choice ? "choice"
                      : info.type == Type::Text   ? "text"
                      : info.choices.empty()      ? "list"
                                                  : "choices";
        if (info.type == Type::Whole || info.type == Type::Number) {
            option.least = info.least;
            option.most = info.most;
        }
        options.push_back(std::move(option));
    }
}

json rangeSchema(bool whole, double least, double most)
{
    json schema{{"type", whole ? "integer" : "number"}};
    if (whole) {
        schema["minimum"] = static_cast<std::int64_t>(least);
        schema["maximum"] = static_cast<std::int64_t>(most);
    } else {
        schema["minimum"] = least;
        schema["maximum"] = most;
    }
    return schema;
}

json schemaOf(const ConfigKey& key)
{
    json schema = key.isNumber() ? rangeSchema(key.isWhole(), key.least, key.most) : json{{"type", "string"}};
    if (const auto* words = std::get_if<ConfigWords>(&key.member)) {
        schema = {{"enum", words->words}};
    }
    schema["description"] = key.meaning;
    schema["default"] = configValue(TrainConfig(), key);
    return schema;
}

json schemaOf(const ScheduleKey& key, const ScheduleSpec& spec)
{
    using Type = ScheduleKey::Type;
    json schema;
    switch (key.type) {
    case Type::Whole:
    case Type::Number:
        schema = rangeSchema(key.type == Type::Whole, key.least, key.most);
        break;
    case Type::Word:
        schema = {{"enum", key.words}};
        break;
    case Type::Text:
        schema = {{"type", "string"}};
        break;
    case Type::Wholes:
        schema = {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "integer"}, {"minimum", 1}}}};
        break;
    case Type::Points:
        schema = {{"type", "array"},
                  {"minItems", 1},
                  {"items", {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}}}};
        break;
    }
    schema["description"] = key.meaning;
    const json value = scheduleToJson(spec)[key.name];
    if (!value.is_array()) {
        schema["default"] = value;
    }
    return schema;
}

/// One alternative a type, since each has its own keys.
json scheduleSchema()
{
    json alternatives = json::array({json{{"type", "null"}}});
    for (std::size_t i = 0; i < scheduleTypeNames().size(); ++i) {
        const ScheduleSpec spec = defaultSchedule(static_cast<ScheduleType>(i));
        json properties = json::object();
        json required = json::array({"type"});
        for (const ScheduleKey& key : scheduleKeys(spec)) {
            properties[key.name] = schemaOf(key, spec);
            if (key.type == ScheduleKey::Type::Wholes || key.type == ScheduleKey::Type::Points) {
                required.push_back(key.name);
            }
        }
        properties["type"] = {{"const", scheduleTypeNames()[i]}};
        alternatives.push_back({{"type", "object"},
                                {"properties", std::move(properties)},
                                {"required", std::move(required)},
                                {"additionalProperties", false}});
    }
    return {{"oneOf", std::move(alternatives)}, {"default", nullptr}};
}

json headsSchema()
{
    const auto& losses = nn::namesOf<nn::LossType>();
    const json options{
        {"loss", {{"enum", std::vector<std::string>(losses.begin(), losses.end())}, {"description", "Its loss."}}},
        {"weight", rangeSchema(false, 0, heaviest)},
        {"normalisation", {{"enum", {"none", "normal", "unit"}}}},
        {"clip_min", {{"type", "number"}, {"description", "Training labels below it count as it; in their unit."}}},
        {"clip_max", {{"type", "number"}, {"description", "Training labels above it count as it; in their unit."}}}};
    return {{"type", "object"},
            {"additionalProperties",
             {{"type", "object"}, {"properties", options}, {"additionalProperties", false}}}};
}

json otherSchema(std::string_view key)
{
    if (key == "tasks") {
        return {{"type", "array"}, {"items", {{"type", "string"}}}, {"default", json::array()}};
    }
    if (key == "seed") {
        return {{"type", "integer"},
                {"minimum", 0},
                {"maximum", std::numeric_limits<std::uint64_t>::max()},
                {"default", TrainConfig().seed}};
    }
    if (key == "schedule") {
        return scheduleSchema();
    }
    if (key == "sampling") {
        return {{"type", "object"},
                {"additionalProperties", {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", 1}}}};
    }
    if (key == "heads") {
        return headsSchema();
    }
    if (key == "architecture") {
        json schema = nn::architectureSchema();
        for (const char* outer : {"$schema", "title", "required"}) {
            schema.erase(outer); // beside a preset only what differs is written
        }
        return schema;
    }
    return {{"type", {"string", "null"}}, {"examples", nn::presetNames()}};
}

} // namespace

std::vector<TrainOption> trainOptions(const TrainConfig& config)
{
    std::vector<TrainOption> options;
    for (const ConfigKey& key : configKeys()) {
        options.push_back(optionOf(config, key));
    }
    TrainOption seed;
    seed.path = "seed";
    seed.type = "integer";
    seed.value = std::to_string(config.seed);
    seed.least = 0;
    for (const OtherKey& key : otherConfigKeys()) {
        if (key.key == seed.path) {
            seed.meaning = key.meaning;
            seed.group = key.group;
        }
    }
    options.push_back(std::move(seed));
    addSchedule(options, config);
    addNetwork(options, config);
    return options;
}

json trainConfigSchema()
{
    json properties{{"$schema", {{"type", "string"}, {"description", "Where this schema is; for editors."}}}};
    for (const ConfigKey& key : configKeys()) {
        properties[key.key] = schemaOf(key);
    }
    for (const OtherKey& key : otherConfigKeys()) {
        properties[key.key] = otherSchema(key.key);
        properties[key.key]["description"] = key.meaning;
    }
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "A training run of Papilio"},
            {"type", "object"},
            {"properties", std::move(properties)},
            {"additionalProperties", false}};
}

} // namespace papilio::learn
