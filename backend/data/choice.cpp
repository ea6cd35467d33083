// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/choice.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "data/cells.h"

namespace papilio::data
{

namespace
{
using nlohmann::json;

template <typename T, std::size_t N>
std::optional<T> byName(const std::array<T, N>& all, std::string_view (*nameOf)(T), std::string_view name)
{
    for (const T one : all) {
        if (nameOf(one) == name) {
            return one;
        }
    }
    return std::nullopt;
}

constexpr const char* keysHint = "Keys: role (label, id, ignored), level (graph, node, edge, nodepair), kind (regression, "
                                 "binary, multiclass), unit, censored (missing, bound, reject), classes (A|B|C).";

tl::unexpected<Error> noSuch(const std::string& key, const std::string& value)
{
    return fail(ErrorCode::Usage, "There is no " + key + " '" + value + "'.", keysHint);
}

/// Sets one key from its word.
Result<> assign(ColumnOverride& one, const std::string& key, const std::string& value)
{
    if (key == "role") {
        one.role = columnRoleFromName(value);
        return one.role && *one.role != ColumnRole::Smiles ? Result<>() : noSuch(key, value);
    }
    if (key == "level") {
        one.level = levelFromName(value);
        return one.level ? Result<>() : noSuch(key, value);
    }
    if (key == "kind") {
        one.kind = kindFromName(value);
        return one.kind ? Result<>() : noSuch(key, value);
    }
    if (key == "censored") {
        one.censored = censoredRuleFromName(value);
        return one.censored ? Result<>() : noSuch(key, value);
    }
    if (key == "unit") {
        one.unit = value;
        return {};
    }
    if (key == "classes") {
        one.classes = split(value, '|');
        for (std::string& name : one.classes) {
            name = std::string(trimmed(name));
        }
        return one.classes.size() >= 2 ? Result<>() : noSuch(key, value);
    }
    return fail(ErrorCode::Usage, "There is no key '" + key + "' of a column.", keysHint);
}

json overrideJson(const ColumnOverride& one)
{
    json object{{"column", one.column}};
    if (one.role) {
        object["role"] = columnRoleName(*one.role);
    }
    if (one.level) {
        object["level"] = levelName(*one.level);
    }
    if (one.kind) {
        object["kind"] = kindName(*one.kind);
    }
    if (one.unit) {
        object["unit"] = *one.unit;
    }
    if (one.censored) {
        object["censored"] = censoredRuleName(*one.censored);
    }
    if (!one.classes.empty()) {
        object["classes"] = one.classes;
    }
    return object;
}

Result<ColumnOverride> overrideFrom(const json& object)
{
    ColumnOverride one;
    for (const auto& [key, value] : object.items()) {
        if (key == "column") {
            one.column = value.get<std::string>();
        } else if (key == "classes") {
            one.classes = value.get<std::vector<std::string>>();
        } else {
            PAPILIO_TRY(assign(one, key, value.get<std::string>()));
        }
    }
    if (one.column.empty()) {
        return fail(ErrorCode::Usage, "What is said about a column needs its name ('column').");
    }
    return one;
}

constexpr std::size_t mostSkipped = 1'000'000;

/// Keys that hold one word each.
Result<> assignWord(ColumnChoice& choice, const std::string& key, const std::string& word)
{
    if (key == "level" || key == "kind") {
        if (word != "auto" && !word.empty()) {
            choice.level = key == "level" ? levelFromName(word) : choice.level;
            choice.kind = key == "kind" ? kindFromName(word) : choice.kind;
            return (key == "level" ? choice.level.has_value() : choice.kind.has_value()) ? Result<>() : noSuch(key, word);
        }
        return {};
    }
    if (key == "censored" && !word.empty()) {
        const auto rule = censoredRuleFromName(word);
        choice.censored = rule.value_or(CensoredRule::Missing);
        return rule ? Result<>() : noSuch(key, word);
    }
    if (key == "hydrogens" && !word.empty()) {
        const auto rule = hydrogenRuleFromName(word);
        choice.hydrogens = rule.value_or(HydrogenRule::Drop);
        return rule ? Result<>()
                    : fail(ErrorCode::Usage, "There is no rule '" + word + "' for hydrogens.", "Rules: drop, add.");
    }
    if (key == "decimal" && !word.empty()) {
        choice.reading.decimalComma = word == "comma";
        return word == "comma" || word == "point"
                   ? Result<>()
                   : fail(ErrorCode::Usage, "There is no decimal '" + word + "'.", "It is point or comma.");
    }
    if (key == "header" && !word.empty() && word != "auto") {
        choice.reading.header = word == "yes";
        return word == "yes" || word == "no" ? Result<>()
                                             : fail(ErrorCode::Usage, "There is no header '" + word + "'.",
                                                    "It is auto, yes or no.");
    }
    if (key == "skip" && !word.empty()) {
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), choice.reading.skip);
        return error == std::errc() && end == word.data() + word.size() && choice.reading.skip <= mostSkipped
                   ? Result<>()
                   : fail(ErrorCode::Usage, "'" + word + "' is no number of lines to skip.", "It is 0 to 1000000.");
    }
    if (key == "delimiter") {
        auto delimiter = delimiterFromName(word);
        choice.reading.delimiter = delimiter.value_or(std::string());
        return delimiter ? Result<>() : tl::unexpected(delimiter.error());
    }
    choice.smilesColumn = key == "smiles" ? word : choice.smilesColumn;
    choice.labelPatterns = key == "labels" ? word : choice.labelPatterns;
    choice.order = key == "order" ? word : choice.order;
    choice.preset = key == "preset" ? word : choice.preset;
    choice.reading.encoding = key == "encoding" && word != "auto" ? word : choice.reading.encoding;
    return {};
}

/// A key must be known and hold what it is to hold: one word, or several things.
Result<> checkKey(const std::string& key, const json& value)
{
    static const std::vector<std::string> words{"smiles", "labels", "level", "kind", "delimiter", "encoding", "decimal",
                                                "header", "skip", "censored", "hydrogens", "order", "preset"};
    static const std::vector<std::string> lists{"units", "bins", "classes", "columns", "only", "only_texts"};
    const auto isOneOf = [&key](const std::vector<std::string>& keys) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    if (isOneOf(words) ? value.is_string() : key == "units" ? value.is_object() : isOneOf(lists) && value.is_array()) {
        return {};
    }
    if (isOneOf(words) || isOneOf(lists)) {
        return fail(ErrorCode::BadInput, "The key '" + key + "' of what is said about the columns has a wrong type.",
                    isOneOf(words) ? "It is one text." : key == "units" ? "It is an object of texts." : "It is a list.");
    }
    std::vector<std::string> all = words;
    all.insert(all.end(), lists.begin(), lists.end());
    return fail(ErrorCode::BadInput, "There is no key '" + key + "' of what is said about the columns.",
                "Did you mean '" + nearestName(key, all) + "'?");
}

Result<> conditionFromJson(ColumnChoice& choice, const json& condition)
{
    const auto column = condition.at("column").get<std::string>();
    const auto values = condition.at("values").get<std::vector<std::string>>();
    if (values.empty()) {
        return fail(ErrorCode::BadInput, "No value is said of the column '" + column + "' that rows are to be chosen by.");
    }
    for (const std::string& value : values) {
        PAPILIO_TRY(addCondition(choice, column, value));
    }
    return {};
}

/// Keys that hold several things.
Result<> assignList(ColumnChoice& choice, const std::string& key, const json& value)
{
    if (key == "units") {
        for (const auto& [pattern, unit] : value.items()) {
            choice.units.emplace_back(pattern, unit.get<std::string>());
        }
        return {};
    }
    for (const json& item : value) {
        if (key == "columns") {
            auto one = overrideFrom(item);
            if (!one) {
                return tl::unexpected(one.error());
            }
            choice.columns.push_back(std::move(*one));
        } else if (key == "only") {
            PAPILIO_TRY(conditionFromJson(choice, item));
        } else if (key == "only_texts") {
            PAPILIO_TRY(addCondition(choice, item.get<std::string>()));
        } else if (key == "bins" || key == "classes") {
            const auto text = item.get<std::string>();
            auto transform = key == "bins" ? binningFromText(text) : rebinningFromText(text);
            if (!transform) {
                return tl::unexpected(transform.error());
            }
            choice.transforms.push_back(std::move(*transform));
        }
    }
    return {};
}
} // namespace

std::string_view columnRoleName(ColumnRole role)
{
    switch (role) {
    case ColumnRole::Smiles:
        return "smiles";
    case ColumnRole::Label:
        return "label";
    case ColumnRole::Id:
        return "id";
    case ColumnRole::Ignored:
        return "ignored";
    }
    return "ignored";
}

std::optional<ColumnRole> columnRoleFromName(std::string_view name)
{
    return byName(std::array{ColumnRole::Smiles, ColumnRole::Label, ColumnRole::Id, ColumnRole::Ignored},
                  columnRoleName, name);
}

std::string_view censoredRuleName(CensoredRule rule)
{
    return rule == CensoredRule::Missing ? "missing" : rule == CensoredRule::Bound ? "bound" : "reject";
}

std::optional<CensoredRule> censoredRuleFromName(std::string_view name)
{
    return byName(std::array{CensoredRule::Missing, CensoredRule::Bound, CensoredRule::Reject}, censoredRuleName, name);
}

std::string_view hydrogenRuleName(HydrogenRule rule)
{
    return rule == HydrogenRule::Drop ? "drop" : "add";
}

std::optional<HydrogenRule> hydrogenRuleFromName(std::string_view name)
{
    return byName(std::array{HydrogenRule::Drop, HydrogenRule::Add}, hydrogenRuleName, name);
}

Result<ColumnOverride> overrideFromText(const std::string& text)
{
    const std::size_t equals = text.find('=');
    const std::size_t colon = equals == std::string::npos ? equals : text.rfind(':', equals);
    if (colon == std::string::npos || colon == 0) {
        return fail(ErrorCode::Usage, "'" + text + "' says nothing about a column.",
                    "Write NAME:key=value,key=value. " + std::string(keysHint));
    }
    ColumnOverride one;
    one.column = text.substr(0, colon);
    std::string key;
    std::string value;
    for (const std::string& piece : split(text.substr(colon + 1), ',')) {
        const std::size_t at = piece.find('=');
        if (at == std::string::npos && !key.empty()) { // a comma within a value
            value += "," + piece;
        } else {
            if (!key.empty()) {
                PAPILIO_TRY(assign(one, key, value));
            }
            key = std::string(trimmed(piece.substr(0, at)));
            value = at == std::string::npos ? std::string() : std::string(trimmed(piece.substr(at + 1)));
        }
    }
    PAPILIO_TRY(assign(one, key, value));
    return one;
}

ColumnOverride saidAbout(const ColumnChoice& choice, const std::string& name)
{
    ColumnOverride all;
    for (const ColumnOverride& one : choice.columns) {
        if (one.column != name && !matchesPattern(name, one.column)) {
            continue;
        }
        all.role = one.role ? one.role : all.role;
        all.level = one.level ? one.level : all.level;
        all.kind = one.kind ? one.kind : all.kind;
        all.unit = one.unit ? one.unit : all.unit;
        all.censored = one.censored ? one.censored : all.censored;
        all.classes = one.classes.empty() ? all.classes : one.classes;
    }
    return all;
}

Result<> addCondition(ColumnChoice& choice, std::string_view column, std::string_view value)
{
    const std::string name(trimmed(toUtf8(column))), wanted(trimmedCell(toUtf8(value))); // as cells are, too
    if (name.empty()) {
        return fail(ErrorCode::Usage, "What rows are to be chosen by needs the name of a column.");
    }
    const auto before = [](const RowCondition& one, const std::string& other) { return one.column < other; };
    auto place = std::lower_bound(choice.only.begin(), choice.only.end(), name, before);
    if (place == choice.only.end() || place->column != name) {
        place = choice.only.insert(place, {name, {}});
    }
    const auto at = std::lower_bound(place->values.begin(), place->values.end(), wanted);
    if (at == place->values.end() || *at != wanted) {
        place->values.insert(at, wanted);
    }
    return {};
}

Result<> addCondition(ColumnChoice& choice, std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
        return fail(ErrorCode::Usage, std::string("'").append(text).append("' does not say which rows are wanted."),
                    "Write COLUMN=VALUE, such as 'Standard Type=IC50'; 'COLUMN=' wants the rows with nothing there.");
    }
    if (text.rfind('=') == equals) {
        return addCondition(choice, text.substr(0, equals), text.substr(equals + 1));
    }
    const std::string whole = toUtf8(text);
    const auto at = std::lower_bound(choice.onlyTexts.begin(), choice.onlyTexts.end(), whole);
    if (at == choice.onlyTexts.end() || *at != whole) {
        choice.onlyTexts.insert(at, whole);
    }
    return {};
}

std::string choiceToJson(const ColumnChoice& choice)
{
    json object;
    object["smiles"] = choice.smilesColumn;
    object["labels"] = choice.labelPatterns;
    object["level"] = choice.level ? std::string(levelName(*choice.level)) : "auto";
    object["kind"] = choice.kind ? std::string(kindName(*choice.kind)) : "auto";
    for (const LabelTransform& transform : choice.transforms) {
        object[transform.thresholds.empty() ? "classes" : "bins"].push_back(transform.text());
    }
    for (const auto& [pattern, unit] : choice.units) {
        object["units"][pattern] = unit;
    }
    // What stands at its default is left out, so that a choice of an older Papilio reads the same.
    const ColumnChoice usual;
    if (!choice.reading.delimiter.empty()) {
        object["delimiter"] = choice.reading.delimiter;
    }
    if (!choice.reading.encoding.empty()) {
        object["encoding"] = choice.reading.encoding;
    }
    if (choice.reading.decimalComma) {
        object["decimal"] = "comma";
    }
    if (choice.reading.header) {
        object["header"] = *choice.reading.header ? "yes" : "no";
    }
    if (choice.reading.skip != 0) {
        object["skip"] = std::to_string(choice.reading.skip);
    }
    if (choice.censored != usual.censored) {
        object["censored"] = censoredRuleName(choice.censored);
    }
    if (choice.hydrogens != usual.hydrogens) {
        object["hydrogens"] = hydrogenRuleName(choice.hydrogens);
    }
    if (!choice.order.empty()) {
        object["order"] = choice.order;
    }
    for (const ColumnOverride& one : choice.columns) {
        object["columns"].push_back(overrideJson(one));
    }
    for (const RowCondition& condition : choice.only) {
        object["only"].push_back({{"column", condition.column}, {"values", condition.values}});
    }
    if (!choice.onlyTexts.empty()) {
        object["only_texts"] = choice.onlyTexts;
    }
    if (!choice.preset.empty()) {
        object["preset"] = choice.preset;
    }
    return object.dump();
}

Result<ColumnChoice> choiceFromJson(const std::string& text)
{
    ColumnChoice choice;
    try {
        const json object = json::parse(text);
        if (!object.is_object()) {
            return fail(ErrorCode::BadInput, "What is said about the columns is no JSON object.");
        }
        for (const auto& [key, value] : object.items()) {
            PAPILIO_TRY(checkKey(key, value));
            if (value.is_string()) {
                PAPILIO_TRY(assignWord(choice, key, value.get<std::string>()));
                continue;
            }
            PAPILIO_TRY(assignList(choice, key, value));
        }
    } catch (const json::exception& exception) {
        return fail(ErrorCode::BadInput, std::string("What is said about the columns cannot be read: ") + exception.what());
    }
    return choice;
}

} // namespace papilio::data
