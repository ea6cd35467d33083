// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/architecture.h"
#include "nn/names.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::json;

tl::unexpected<Error> badHead(const std::string& what, const std::string& hint = {})
{
    return fail(ErrorCode::BadInput, "model: " + what + ".", hint);
}

Result<> checkKeys(const Json& json, const std::string& where, const std::vector<std::string>& known)
{
    if (!json.is_object()) {
        return fail(ErrorCode::BadInput, where + ": must be an object.");
    }
    for (const auto& [key, value] : json.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            return unknownKey(where, key, known);
        }
    }
    return {};
}

Result<> readText(const Json& json, const char* key, std::string& out)
{
    if (!json.contains(key)) {
        return {};
    }
    if (!json[key].is_string()) {
        return badHead("a head's '" + std::string(key) + "' must be a text");
    }
    out = json[key].get<std::string>();
    return {};
}

Result<> readNumber(const Json& json, const char* key, int least, int most, int& out)
{
    if (!json.contains(key)) {
        return {};
    }
    if (!json[key].is_number_integer() || json[key].get<double>() < least || json[key].get<double>() > most) {
        return badHead("a head's '" + std::string(key) + "' must be a whole number from " + std::to_string(least) +
                       " to " + std::to_string(most));
    }
    out = json[key].get<int>();
    return {};
}

Result<> readColumns(const Json& json, HeadSpec& head)
{
    if (!json.contains("columns") || !json["columns"].is_array() || json["columns"].empty()) {
        return badHead("head '" + head.name + "' needs a list of columns");
    }
    for (const Json& item : json["columns"]) {
        PAPILIO_TRY(checkKeys(item, "model: column of head '" + head.name + "'", {"task", "unit"}));
        HeadSpec::Column column;
        PAPILIO_TRY(readText(item, "task", column.task));
        PAPILIO_TRY(readText(item, "unit", column.unit));
        head.columns.push_back(std::move(column));
    }
    return {};
}

Result<HeadSpec> headFromJson(const Json& json)
{
    PAPILIO_TRY(checkKeys(json, "model: head", {"name", "dataset", "level", "kind", "classes", "columns", "hidden"}));
    HeadSpec head;
    std::string level{levelName(head.level)};
    std::string kind{kindName(head.kind)};
    PAPILIO_TRY(readText(json, "name", head.name));
    PAPILIO_TRY(readText(json, "dataset", head.dataset));
    PAPILIO_TRY(readText(json, "level", level));
    PAPILIO_TRY(readText(json, "kind", kind));
    const auto levelFound = levelFromName(level);
    const auto kindFound = kindFromName(kind);
    if (!levelFound || !kindFound) {
        return badHead("head '" + head.name + "' has level '" + elided(level, 40) + "' and kind '" + elided(kind, 40) +
                           "'",
                       "Levels are graph, node and edge; kinds regression, binary and multiclass.");
    }
    head.level = *levelFound;
    head.kind = *kindFound;
    const int leastClasses = head.kind == TaskKind::Multiclass ? 2 : 0;
    if (leastClasses > 0 && !json.contains("classes")) {
        return badHead("head '" + head.name + "' does not tell its number of classes");
    }
    PAPILIO_TRY(readNumber(json, "classes", leastClasses, 1'000'000, head.classes));
    PAPILIO_TRY(readNumber(json, "hidden", 1, 16384, head.hidden));
    PAPILIO_TRY(readColumns(json, head));
    return head;
}

} // namespace

Result<ModelSpec> modelSpecFromJson(const Json& json)
{
    PAPILIO_TRY(checkKeys(json, "model", {"architecture", "heads"}));
    if (!json.contains("architecture") || !json.contains("heads") || !json["heads"].is_array()) {
        return badHead("it needs an architecture and a list of heads");
    }
    auto architecture = architectureFromJson(json["architecture"]);
    if (!architecture) {
        return tl::unexpected<Error>(std::move(architecture).error());
    }
    ModelSpec spec;
    spec.architecture = std::move(*architecture);
    for (const Json& item : json["heads"]) {
        auto head = headFromJson(item);
        if (!head) {
            return tl::unexpected<Error>(std::move(head).error());
        }
        spec.heads.push_back(std::move(*head));
    }
    return spec;
}

Json modelSpecToJson(const ModelSpec& spec)
{
    Json heads = Json::array();
    for (const HeadSpec& head : spec.heads) {
        Json columns = Json::array();
        for (const auto& column : head.columns) {
            columns.push_back({{"task", column.task}, {"unit", column.unit}});
        }
        heads.push_back({{"name", head.name},
                         {"dataset", head.dataset},
                         {"level", levelName(head.level)},
                         {"kind", kindName(head.kind)},
                         {"classes", head.classes},
                         {"hidden", head.hidden},
                         {"columns", std::move(columns)}});
    }
    return {{"architecture", architectureToJson(spec.architecture)}, {"heads", std::move(heads)}};
}

} // namespace papilio::nn
