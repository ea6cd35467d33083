// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json.h"

#include <charconv>
#include <cmath>

#include "learn/configkeys.h"
#include "nn/optionnames.h"

namespace papilio::engine
{

std::string toLine(const json& document)
{
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json toJson(float value)
{
    if (!std::isfinite(value))
        return nullptr;
    char buffer[32];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, value);
    double exact = static_cast<double>(value);
    std::from_chars(buffer, written.ptr, exact);
    return exact;
}

json toJson(const std::vector<float>& values)
{
    json list = json::array();
    for (const float value : values)
        list.push_back(toJson(value));
    return list;
}

std::string errorText(const Error& error)
{
    std::string text;
    for (std::string part : {error.message, error.hint}) {
        if (part.empty())
            continue;
        const bool lower = part.front() >= 'a' && part.front() <= 'z';
        const bool word =
            part.size() > 1 && part[1] >= 'a' && part[1] <= 'z'; // "unknown key", but not "pH" or a file's name
        if (lower && word && part.find(' ') < part.find_first_of("./:'"))
            part.front() = static_cast<char>(part.front() - 'a' + 'A');
        const bool ended = std::string_view(".?!)").find(part.back()) != std::string_view::npos;
        text += (text.empty() ? "" : " ") + part + (ended ? "" : ".");
    }
    return text;
}

json errorToJson(const Error& error)
{
    return {{"code", errorCodeName(error.code)}, {"message", error.message}, {"hint", error.hint}};
}

json progressToJson(const Progress& progress)
{
    return {{"stage", progress.stage}, {"done", progress.done}, {"total", progress.total},
            {"unit", progress.unit},   {"rate", progress.rate}, {"secondsLeft", progress.secondsLeft}};
}

json runToJson(const store::RunRecord& run)
{
    return {{"run", run.id},
            {"name", run.name},
            {"state", store::runStateName(run.state)},
            {"epochs", run.epochs},
            {"epochsPlanned", run.epochsPlanned},
            {"bestEpoch", run.bestEpoch},
            {"parameters", run.parameters},
            {"message", run.message},
            {"seconds", run.seconds}};
}

json fullRunToJson(const store::RunRecord& run)
{
    json object = runToJson(run);
    object["created"] = run.created;
    object["seed"] = run.seed;
    object["split"] = run.split;
    object["dataHash"] = run.dataHash;
    object["config"] = parsedText(run.config);
    object["versions"] = parsedText(run.versions);
    return object;
}

json headToJson(const nn::HeadSpec& head)
{
    json tasks = json::array();
    for (const auto& column : head.columns)
        tasks.push_back(column.task);
    return {{"name", head.name},
            {"dataset", head.dataset},
            {"level", levelName(head.level)},
            {"kind", kindName(head.kind)},
            {"tasks", tasks}};
}

namespace
{

/// A head with what its loss is, and what it could be.
json plannedHeadToJson(const nn::HeadSpec& head)
{
    json object = headToJson(head);
    object["loss"] = nn::nameOf(head.loss.type);
    object["weight"] = head.loss.weight;
    object["losses"] = json::array();
    for (const nn::LossType loss : learn::lossesOfKind(head.kind))
        object["losses"].push_back(nn::nameOf(loss));
    return object;
}

/// What people look for a network by: the data that it was published for.
std::string presetGroup(const std::string& name)
{
    static constexpr std::pair<std::string_view, const char*> groups[] = {
        {"small", "Your own data"}, {"toymix", "ToyMix"}, {"largemix", "LargeMix"}, {"ultralarge", "UltraLarge"}};
    for (const auto& [part, title] : groups)
        if (name.find(part) != std::string::npos)
            return title;
    return "Single models";
}

} // namespace

json planToJson(const learn::RunPlan& plan)
{
    json heads = json::array();
    for (const auto& head : plan.spec.heads)
        heads.push_back(plannedHeadToJson(head));
    json rates = json::array();
    for (const auto& [epoch, rate] : plan.learningRates)
        rates.push_back({epoch, rate});
    return {{"parameters", plan.parameters},
            {"molecules", plan.molecules},
            {"train", plan.train},
            {"validation", plan.validation},
            {"test", plan.test},
            {"testSeen", plan.testSeen},
            {"splitEstimated", plan.splitEstimated},
            {"labels", plan.labels},
            {"heads", heads},
            {"learningRates", rates}};
}

json presetsToJson()
{
    std::vector<std::string> names = nn::presetNames();
    const std::vector<std::string> plain = names;
    for (const std::string& name : plain)
        if (name.find("small") == std::string::npos) // those were never published
            names.push_back(name + "-published");
    json presets = json::array();
    for (const std::string& name : names) {
        if (const auto architecture = nn::preset(name)) {
            presets.push_back({{"name", name},
                               {"title", architecture->title},
                               {"description", architecture->description},
                               {"layer", nn::nameOf(architecture->gnn.layer.type)},
                               {"group", presetGroup(name)}});
        }
    }
    return presets;
}

json optionsToJson(const std::vector<learn::TrainOption>& options)
{
    json list = json::array();
    for (const learn::TrainOption& option : options) {
        json item = {{"path", option.path},
                     {"type", option.type},
                     {"default", option.value},
                     {"meaning", option.meaning},
                     {"group", option.group},
                     {"relevant", option.relevant}};
        const auto bound = [&](const char* key, const std::optional<double>& value) {
            if (value)
                item[key] = option.type == "integer" ? json(static_cast<std::int64_t>(*value)) : json(*value);
        };
        bound("least", option.least);
        bound("most", option.most);
        if (!option.choices.empty())
            item["choices"] = option.choices;
        list.push_back(std::move(item));
    }
    return list;
}

json attributionToJson(const explain::Attribution& attribution, bool hasBonds)
{
    return {{"atoms", attribution.atoms},       {"bonds", attribution.bonds},   {"output", attribution.output},
            {"baseline", attribution.baseline}, {"sumGap", attribution.sumGap}, {"hasBonds", hasBonds}};
}

json rowToJson(const store::RowRecord& row)
{
    return {{"row", row.row},
            {"status", store::rowStatusName(row.status)},
            {"reason", row.reason},
            {"structure", row.text},
            {"molecule", row.molecule}};
}

json datasetToJson(const store::DatasetRecord& dataset)
{
    const std::int64_t parsed = dataset.rows - dataset.rejected;
    json missing = nullptr;
    if (dataset.labelCells > 0)
        missing =
            100.0 * static_cast<double>(dataset.labelCells - dataset.labels) / static_cast<double>(dataset.labelCells);
    return {{"name", dataset.name},
            {"source", dataset.source},
            {"sourceHash", dataset.sourceHash},
            {"created", dataset.created},
            {"complete", dataset.complete},
            {"rows", dataset.rows},
            {"used", dataset.used},
            {"merged", dataset.merged},
            {"repaired", dataset.repaired},
            {"rejected", dataset.rejected},
            {"leftOut", dataset.leftOut},
            {"molecules", dataset.molecules},
            {"duplicateRows", parsed - dataset.molecules},
            {"labels", dataset.labels},
            {"labelCells", dataset.labelCells},
            {"missingPercent", missing}};
}

json taskToJson(const store::TaskRecord& record)
{
    const store::TaskStats& stats = record.stats;
    json object = {{"name", record.task.name},
                   {"level", levelName(record.task.level)},
                   {"kind", kindName(record.task.kind)},
                   {"unit", record.task.unit},
                   {"rows", stats.rows},
                   {"molecules", stats.molecules},
                   {"values", stats.values}};
    switch (record.task.kind) {
    case TaskKind::Regression:
        object["mean"] = stats.values > 0 ? json(stats.mean) : json(nullptr);
        object["sd"] = stats.values > 0 ? json(stats.sd) : json(nullptr);
        object["minimum"] = stats.values > 0 ? json(stats.minimum) : json(nullptr);
        object["maximum"] = stats.values > 0 ? json(stats.maximum) : json(nullptr);
        break;
    case TaskKind::Binary:
        object["positives"] = stats.positives;
        object["negatives"] = stats.values - stats.positives;
        break;
    case TaskKind::Multiclass:
        object["classes"] = record.task.classes;
        object["classCounts"] = stats.classCounts;
        break;
    }
    return object;
}

json parsedText(const std::string& text)
{
    json parsed = json::parse(text, nullptr, false);
    return parsed.is_discarded() ? json(text) : parsed;
}

} // namespace papilio::engine
