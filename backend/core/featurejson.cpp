// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/featurejson.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/text.h"

namespace papilio
{

namespace
{

using Json = nlohmann::json;

const std::vector<std::string> setKeys = {"name", "atom_onehot", "atom_float", "bond", "encodings"};
const std::vector<std::string> encodingKeys = {"type", "level", "count", "norm", "per_component", "space_dim",
                                               "general_solver"};
const std::vector<std::string> normNames = {"none", "sym", "inv"}; // by LaplacianNorm
const std::vector<std::string> levels = {"node", "edge", "nodepair"};

bool isLaplacian(EncodingType type)
{
    return type == EncodingType::LaplacianVectors || type == EncodingType::LaplacianValues;
}

bool isWalk(EncodingType type)
{
    return type == EncodingType::WalkReturns || type == EncodingType::WalkTransitions;
}

std::string shown(const std::string& text)
{
    std::string quoted(1, '\'');
    return quoted.append(elided(toUtf8(text), 100)).append(1, '\'');
}

tl::unexpected<Error> wrongType(const std::string& where, const char* expected, const Json& json)
{
    return fail(ErrorCode::BadInput, where + ": " + expected + " is expected, this is " + json.type_name() + ".");
}

tl::unexpected<Error> unknown(const std::string& where, const char* what, const std::string& name,
                              const std::vector<std::string>& known)
{
    return fail(ErrorCode::BadInput, where + ": there is no " + what + " " + shown(name) + ".",
                "Did you mean '" + nearestName(name, known) + "'?");
}

Result<> checkKeys(const Json& json, const std::string& where, const std::vector<std::string>& known)
{
    if (!json.is_object()) {
        return wrongType(where, "an object", json);
    }
    for (const auto& [key, value] : json.items()) {
        if (std::ranges::find(known, key) == known.end()) {
            return unknown(where, "key", key, known);
        }
    }
    return {};
}

Result<> readNames(const Json& json, const std::string& where, const char* key, std::vector<std::string>& out)
{
    if (!json.contains(key)) {
        return {};
    }
    const Json& list = json[key];
    if (!list.is_array()) {
        return wrongType(where + "." + key, "a list of names", list);
    }
    out.clear();
    for (const Json& name : list) {
        if (!name.is_string()) {
            return wrongType(where + "." + key, "a list of names", name);
        }
        out.push_back(name.get<std::string>());
    }
    return {};
}

Result<std::string> readText(const Json& json, const std::string& where, const std::string& key)
{
    if (!json[key].is_string()) {
        return wrongType(where + "." + key, "text", json[key]);
    }
    return json[key].get<std::string>();
}

Result<EncodingType> readType(const Json& json, const std::string& where)
{
    if (!json.contains("type")) {
        return fail(ErrorCode::BadInput, where + ": it has no 'type'.",
                    "Name one, for example '" + encodingTypeNames().front() + "'.");
    }
    const auto name = readText(json, where, "type");
    PAPILIO_TRY(name);
    const auto type = encodingTypeFromName(*name);
    if (!type) {
        return unknown(where + ".type", "encoding", *name, encodingTypeNames());
    }
    return *type;
}

Result<> readLevelAndNorm(const Json& json, const std::string& where, EncodingSpec& spec)
{
    if (json.contains("level")) {
        const auto name = readText(json, where, "level");
        PAPILIO_TRY(name);
        const auto level = levelFromName(*name);
        if (!level) {
            return unknown(where + ".level", "level", *name, levels);
        }
        spec.level = *level;
    }
    if (json.contains("norm")) {
        const auto name = readText(json, where, "norm");
        PAPILIO_TRY(name);
        const auto found = std::ranges::find(normNames, *name);
        if (found == normNames.end()) {
            return unknown(where + ".norm", "normalisation", *name, normNames);
        }
        spec.norm = static_cast<LaplacianNorm>(found - normNames.begin());
    }
    return {};
}

Result<> readNumbers(const Json& json, const std::string& where, EncodingSpec& spec)
{
    if (json.contains("count")) {
        const Json& count = json["count"];
        if (!count.is_number_integer()) {
            return wrongType(where + ".count", "a whole number", count);
        }
        // What does not fit an int is as wrong as any other number out of range.
        const double value = count.get<double>();
        spec.count = static_cast<int>(std::clamp(value, -1.0e9, 1.0e9));
    }
    if (json.contains("per_component")) {
        if (!json["per_component"].is_boolean()) {
            return wrongType(where + ".per_component", "true or false", json["per_component"]);
        }
        spec.perComponent = json["per_component"].get<bool>();
    }
    if (json.contains("general_solver")) {
        if (!json["general_solver"].is_boolean()) {
            return wrongType(where + ".general_solver", "true or false", json["general_solver"]);
        }
        spec.generalSolver = json["general_solver"].get<bool>();
    }
    if (json.contains("space_dim")) {
        if (!json["space_dim"].is_number()) {
            return wrongType(where + ".space_dim", "a number", json["space_dim"]);
        }
        spec.spaceDim = json["space_dim"].get<double>();
    }
    return {};
}

Result<EncodingSpec> readEncoding(const Json& json, const std::string& where)
{
    PAPILIO_TRY(checkKeys(json, where, encodingKeys));
    const auto type = readType(json, where);
    PAPILIO_TRY(type);
    EncodingSpec spec = defaultEncoding(*type);
    PAPILIO_TRY(readLevelAndNorm(json, where, spec));
    PAPILIO_TRY(readNumbers(json, where, spec));
    return spec;
}

Json encodingToJson(const EncodingSpec& spec)
{
    Json json{{"type", std::string(encodingTypeName(spec.type))}, {"level", std::string(levelName(spec.level))}};
    if (isLaplacian(spec.type) || isWalk(spec.type)) {
        json["count"] = spec.count;
    }
    if (isLaplacian(spec.type)) {
        json["norm"] = normNames[static_cast<std::size_t>(spec.norm)];
        json["per_component"] = spec.perComponent;
    }
    if (isWalk(spec.type)) {
        json["space_dim"] = spec.spaceDim;
    }
    if (spec.type == EncodingType::LaplacianVectors) {
        json["general_solver"] = spec.generalSolver;
    }
    return json;
}

} // namespace

nlohmann::json featureSetToJson(const FeatureSet& set)
{
    Json encodings = Json::array();
    for (const EncodingSpec& spec : set.encodings) {
        encodings.push_back(encodingToJson(spec));
    }
    return {{"name", set.name},
            {"atom_onehot", set.atomOneHot},
            {"atom_float", set.atomFloat},
            {"bond", set.bond},
            {"encodings", std::move(encodings)}};
}

Result<FeatureSet> featureSetFromJson(const nlohmann::json& json, const std::string& where)
{
    PAPILIO_TRY(checkKeys(json, where, setKeys));
    FeatureSet set;
    if (json.contains("name")) {
        const auto name = readText(json, where, "name");
        PAPILIO_TRY(name);
        set.name = *name;
    }
    PAPILIO_TRY(readNames(json, where, "atom_onehot", set.atomOneHot));
    PAPILIO_TRY(readNames(json, where, "atom_float", set.atomFloat));
    PAPILIO_TRY(readNames(json, where, "bond", set.bond));
    if (json.contains("encodings")) {
        if (!json["encodings"].is_array()) {
            return wrongType(where + ".encodings", "a list of encodings", json["encodings"]);
        }
        set.encodings.clear();
        for (std::size_t i = 0; i < json["encodings"].size(); ++i) {
            const auto spec = readEncoding(json["encodings"][i], where + ".encodings[" + std::to_string(i) + "]");
            PAPILIO_TRY(spec);
            set.encodings.push_back(*spec);
        }
    }
    auto checked = checkFeatureSet(set);
    if (!checked) {
        checked.error().message = where + ": " + checked.error().message;
        return tl::unexpected<Error>(std::move(checked).error());
    }
    return set;
}

} // namespace papilio
