// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe.h"

#include <array>

#include <nlohmann/json.hpp>

namespace papilio
{

namespace
{

struct Switch {
    const char* key;
    const char* text;
    bool Recipe::*member;
};

constexpr std::array switches{
    Switch{"strip_salts", "strip salts and solvents", &Recipe::stripSalts},
    Switch{"neutralise", "neutralise charges", &Recipe::neutralise},
    Switch{"tautomers", "canonical tautomers", &Recipe::tautomers},
    Switch{"drop_stereo", "drop stereochemistry", &Recipe::dropStereo},
};

std::string knownKeys()
{
    std::string keys;
    for (const Switch& one : switches) {
        keys += std::string(one.key) + ", ";
    }
    return keys + "duplicates";
}

std::string knownPolicies()
{
    std::string names;
    for (const Duplicates policy : allDuplicates()) {
        names += names.empty() ? "" : ", ";
        names += duplicatesName(policy);
    }
    return names;
}

Result<> readKey(Recipe& recipe, const std::string& key, const nlohmann::json& value)
{
    for (const Switch& one : switches) {
        if (key == one.key) {
            if (!value.is_boolean()) {
                return fail(ErrorCode::BadInput, "The recipe's '" + key + "' is neither true nor false.");
            }
            recipe.*one.member = value.get<bool>();
            return {};
        }
    }
    if (key != "duplicates") {
        return fail(ErrorCode::BadInput, "A recipe has no '" + key + "'.", "It has " + knownKeys() + ".");
    }
    const auto policy = value.is_string() ? duplicatesFromName(value.get<std::string>()) : std::nullopt;
    if (!policy) {
        return fail(ErrorCode::BadInput, "The recipe's 'duplicates' is " + value.dump() + ".",
                    "It can be one of " + knownPolicies() + ".");
    }
    recipe.duplicates = *policy;
    return {};
}

} // namespace

std::string_view duplicatesName(Duplicates policy)
{
    switch (policy) {
    case Duplicates::First:
        return "first";
    case Duplicates::Keep:
        return "keep";
    case Duplicates::Mean:
        return "mean";
    case Duplicates::Median:
        return "median";
    case Duplicates::Majority:
        return "majority";
    case Duplicates::Drop:
        return "drop";
    }
    return "first";
}

const std::vector<Duplicates>& allDuplicates()
{
    static const std::vector<Duplicates> all{Duplicates::First,  Duplicates::Keep,     Duplicates::Mean,
                                             Duplicates::Median, Duplicates::Majority, Duplicates::Drop};
    return all;
}

std::optional<Duplicates> duplicatesFromName(std::string_view name)
{
    for (const Duplicates policy : allDuplicates()) {
        if (duplicatesName(policy) == name) {
            return policy;
        }
    }
    return {};
}

std::string recipeToJson(const Recipe& recipe)
{
    nlohmann::ordered_json json;
    for (const Switch& one : switches) {
        json[one.key] = recipe.*one.member;
    }
    json["duplicates"] = std::string(duplicatesName(recipe.duplicates));
    return json.dump();
}

Result<Recipe> recipeFromJson(std::string_view text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) {
        return fail(ErrorCode::BadInput, "The recipe is no JSON object.", "It has the keys " + knownKeys() + ".");
    }
    Recipe recipe;
    for (const auto& [key, value] : json.items()) {
        PAPILIO_TRY(readKey(recipe, key, value));
    }
    return recipe;
}

std::string describeRecipe(const Recipe& recipe)
{
    std::string text;
    for (const Switch& one : switches) {
        if (recipe.*one.member) {
            text += text.empty() ? "" : ", ";
            text += one.text;
        }
    }
    text = text.empty() ? std::string("structures as written") : text;
    return text + "; duplicates: " + std::string(duplicatesName(recipe.duplicates));
}

} // namespace papilio
