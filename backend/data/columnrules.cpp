// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/columnrules.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "data/plan.h"
#include "data/units.h"

namespace papilio::data
{

namespace
{
constexpr std::int64_t rowsForSteps = 10;  ///< fewer rows that count 1, 2, 3 … may be values
constexpr std::int64_t rowsForGrowth = 50; ///< fewer rows that only grow may be values
constexpr std::size_t mostClasses = 50;

/// Numbers, and quantities without a unit or with the column's.
std::int64_t readable(const ColumnFacts& facts, const std::string& said)
{
    return facts.numbers + facts.quantities + facts.text - unreadable(facts, said);
}

/// Cells with a unit, in any of its spellings.
std::int64_t inUnit(const ColumnFacts& facts, const std::string& unit)
{
    std::int64_t count = 0;
    for (const auto& [other, here] : facts.units) {
        count += sameUnit(other, unit) ? here : 0;
    }
    return count;
}

std::string cells(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " cell" : " cells");
}

struct Pair {
    std::string_view no;
    std::string_view yes;
};
constexpr std::array<Pair, 34> opposites{{{"inactive", "active"},
                                          {"nein", "ja"}, // and in other languages
                                          {"falsch", "wahr"},
                                          {"inaktiv", "aktiv"},
                                          {"negativ", "positiv"},
                                          {"non", "oui"},
                                          {"faux", "vrai"},
                                          {"inactif", "actif"},
                                          {"négatif", "positif"},
                                          {"no", "sí"},
                                          {"no", "sÍ"},
                                          {"no", "si"},
                                          {"no", "sì"},
                                          {"falso", "verdadero"},
                                          {"falso", "vero"},
                                          {"inactivo", "activo"},
                                          {"negativo", "positivo"},
                                          {"não", "sim"},
                                          {"nej", "ja"},
                                          {"negative", "positive"},
                                          {"neg", "pos"},
                                          {"no", "yes"},
                                          {"n", "y"},
                                          {"low", "high"},
                                          {"insoluble", "soluble"},
                                          {"impermeable", "permeable"},
                                          {"unstable", "stable"},
                                          {"absent", "present"},
                                          {"fail", "pass"},
                                          {"decoy", "active"},
                                          {"safe", "toxic"},
                                          {"resistant", "sensitive"},
                                          {"f", "t"},
                                          {"off", "on"}}};

/// "BBB-" and "BBB+", "toxic" and "non-toxic", and the words above; 'no' comes first.
bool areOpposites(const std::string& no, const std::string& yes)
{
    const bool signs = no.size() == yes.size() && no.size() > 1 && no.ends_with('-') && yes.ends_with('+') &&
                       no.substr(0, no.size() - 1) == yes.substr(0, yes.size() - 1);
    const bool negated = no == "non-" + yes || no == "non" + yes || no == "non " + yes || no == "not " + yes ||
                         no == "no " + yes || no == "not_" + yes || no == "non_" + yes;
    return signs || negated ||
           std::any_of(opposites.begin(), opposites.end(), [&](const Pair& p) { return p.no == no && p.yes == yes; });
}

bool saysNothing(const std::string& text)
{
    constexpr std::array<std::string_view, 9> words{"inconclusive", "unspecified",  "unknown", "equivocal", "undetermined",
                                                    "unclear",      "not determined", "ambiguous", "?"};
    return std::find(words.begin(), words.end(), lowered(text)) != words.end();
}

/// Place on a scale of words; none if it is no such word.
std::optional<int> step(const std::string& text)
{
    constexpr std::array<std::pair<std::string_view, int>, 10> scale{{{"none", 0},
                                                                      {"very low", 1},
                                                                      {"low", 2},
                                                                      {"weak", 2},
                                                                      {"medium", 3},
                                                                      {"moderate", 3},
                                                                      {"intermediate", 3},
                                                                      {"strong", 4},
                                                                      {"high", 4},
                                                                      {"very high", 5}}};
    const std::string word = lowered(text);
    const auto found = std::find_if(scale.begin(), scale.end(), [&](const auto& one) { return one.first == word; });
    return found == scale.end() ? std::nullopt : std::optional(found->second);
}

/// Two words for no and yes, in that order, where the texts are nothing else.
bool orderOpposites(std::vector<std::string>& names)
{
    if (names.size() != 2) {
        return false;
    }
    if (areOpposites(lowered(names[1]), lowered(names[0]))) {
        std::swap(names[0], names[1]);
    }
    return areOpposites(lowered(names[0]), lowered(names[1]));
}
} // namespace

std::int64_t unreadable(const ColumnFacts& facts, const std::string& said)
{
    const std::string own = unitOfCells(facts, said);
    return facts.text + facts.withUnit - (own.empty() ? 0 : inUnit(facts, own));
}

Shape shapeOf(const ColumnFacts& facts, const std::string& said)
{
    if (facts.present == 0) {
        return Shape::Empty;
    }
    if (facts.lists * 2 >= facts.present) {
        return Shape::Lists;
    }
    const std::int64_t numbers = readable(facts, said);
    if (facts.words > numbers && (facts.words + facts.numbers) * 2 >= facts.present) {
        return Shape::Words;
    }
    return numbers * 2 >= facts.present ? Shape::Numbers : Shape::Text;
}

std::string inRows(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " row" : " rows");
}

std::string describeNumbers(const ColumnGuess& guess, const ColumnFacts& f, bool binary)
{
    std::string what = guess.level == Level::Graph ? "numbers" : "lists";
    if (binary) {
        what = std::string("only ") + (f.words > f.numbers ? "true and false" : "0 and 1");
    }
    if (guess.level != Level::Graph) {
        what += guess.level == Level::Node   ? ", one value an atom"
                : guess.level == Level::Edge ? ", values of the bonds"
                                             : ", values of pairs of atoms";
    }
    return what + " in " + inRows(f.present - f.text);
}

std::string whyText(const ColumnFacts& facts)
{
    if (facts.text > 0 && facts.decimalCommas * 2 >= facts.text) {
        return "numbers with a decimal comma ('" + facts.firstText.cell + "'), which are not read unless you say so";
    }
    const CellPlace& shown = facts.firstText.row >= 0 ? facts.firstText : facts.firstUnit.row >= 0 ? facts.firstUnit : facts.firstNotBinary;
    return "text ('" + shown.cell + "')";
}

std::string whyId(const std::string& name, bool nameless, const ColumnFacts& facts)
{
    if (isIdName(name)) {
        return "an identifier by its name";
    }
    const bool whole = facts.numbers > 0 && facts.numbers == facts.present && facts.onlyWhole;
    if (nameless && whole) {
        return "whole numbers without a column name";
    }
    if (equalsIgnoringCase(name, "name") && whole) {
        return "an identifier by its name";
    }
    if (whole && facts.steps && facts.numbers >= rowsForSteps) {
        return "counts the rows";
    }
    if (whole && facts.grows && facts.numbers >= rowsForGrowth) {
        return "whole numbers that only grow";
    }
    return {};
}

std::string whyNoLabel(const std::string& name, const ColumnFacts& facts)
{
    if (equalsIgnoringCase(name, "split") || equalsIgnoringCase(name, "fold")) {
        return "says which part of a split a row is in";
    }
    const bool whole = facts.numbers > 0 && facts.numbers == facts.present && facts.onlyWhole;
    return whole && isYearName(name) ? "a year by its name" : std::string();
}

std::string unitOfCells(const ColumnFacts& facts, const std::string& said)
{
    const auto most = std::max_element(facts.units.begin(), facts.units.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == facts.units.end()) {
        return {};
    }
    const auto asked = std::find_if(facts.units.begin(), facts.units.end(), [&](const auto& unit) { return sameUnit(unit.first, said); });
    if (!said.empty() && asked != facts.units.end()) {
        return asked->first;
    }
    const bool only = facts.units.size() == 1 && most->second * 2 >= facts.numbers + facts.quantities;
    return isKnownUnit(most->first) || (only && isPlausibleUnit(most->first)) ? most->first : std::string();
}

std::string ruleOfCells(const ColumnFacts& facts, CensoredRule censored, const std::string& unit, bool decimalComma)
{
    std::string rule;
    const auto add = [&rule](const std::string& more) { rule += (rule.empty() ? "" : "; ") + more; };
    if (facts.below + facts.above > 0) {
        std::string what = facts.below == 0 ? "'>'" : facts.above == 0 ? "'<'" : "'<' and '>'";
        what += " (" + cells(facts.below + facts.above) + ", the first in row " + std::to_string(facts.firstBound.row) + ")";
        add(what + (censored == CensoredRule::Missing ? " left out"
                    : censored == CensoredRule::Bound ? " taken for their bounds"
                                                      : ": their rows are rejected"));
    }
    if (facts.approximate > 0) {
        add("'~' (" + cells(facts.approximate) + ") read as the number");
    }
    if (!unit.empty()) {
        add(unit == "%" ? "percent signs taken off" : "unit " + unit + " taken off");
        if (const std::int64_t others = facts.withUnit - inUnit(facts, unit); others > 0) {
            add("cells with another unit (" + std::to_string(others) + ") left out");
        }
        const std::int64_t all = facts.numbers + facts.quantities;
        if (facts.withUnit * 2 < all) {
            add(std::to_string(facts.withUnit) + " of " + cells(all) + (facts.withUnit == 1 ? " has" : " have") +
                " a unit; the others are taken to be in " + unit);
        }
    }
    if (decimalComma) {
        add("commas are decimal");
    }
    return rule;
}

char signOf(std::string_view text)
{
    text = trimmed(text);
    if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front()) {
        text = trimmed(text.substr(1, text.size() - 2));
    }
    constexpr std::array<std::pair<std::string_view, char>, 12> signs{{{"=", '='},
                                                                       {"<", '<'},
                                                                       {"<=", '<'},
                                                                       {"<<", '<'},
                                                                       {"≤", '<'},
                                                                       {">", '>'},
                                                                       {">=", '>'},
                                                                       {">>", '>'},
                                                                       {"≥", '>'},
                                                                       {"~", '~'},
                                                                       {"≈", '~'},
                                                                       {"ca.", '~'}}};
    const auto found = std::find_if(signs.begin(), signs.end(), [text](const auto& one) { return one.first == text; });
    return found == signs.end() ? '\0' : found->second;
}

bool holdsSigns(const ColumnFacts& facts)
{
    return !facts.manyTexts && !facts.texts.empty() && facts.text == facts.present &&
           std::all_of(facts.texts.begin(), facts.texts.end(), [](const auto& one) { return signOf(one.first) != 0; });
}

TextClasses classesOf(const ColumnFacts& facts, const std::vector<std::string>& said)
{
    TextClasses result;
    if (!said.empty()) {
        result.names = said;
        return result;
    }
    const bool mixed = facts.numbers + facts.quantities + facts.lists > 0;
    if (mixed || facts.manyTexts || facts.texts.size() < 2 || facts.texts.size() > mostClasses) {
        return result;
    }
    std::vector<std::string> telling;
    for (const auto& [text, count] : facts.texts) { // a word in another case is the same word
        std::vector<std::string>& names = saysNothing(text) ? result.left : telling;
        const bool twice = std::any_of(names.begin(), names.end(),
                                       [&word = text](const std::string& name) { return equalsIgnoringCase(name, word); });
        if (!twice) {
            names.push_back(text);
        }
    }
    if (orderOpposites(telling)) {
        result.names = std::move(telling);
        result.opposites = true;
        return result;
    }
    result.left.clear();
    for (const auto& [text, count] : facts.texts) {
        const bool twice = std::any_of(result.names.begin(), result.names.end(),
                                       [&word = text](const std::string& name) { return equalsIgnoringCase(name, word); });
        if (!twice) {
            result.names.push_back(text);
        }
    }
    if (std::all_of(result.names.begin(), result.names.end(), [](const std::string& name) { return step(name); })) {
        std::stable_sort(result.names.begin(), result.names.end(),
                         [](const std::string& a, const std::string& b) { return *step(a) < *step(b); });
    }
    return result.names.size() < 2 ? TextClasses() : result;
}

std::string namedClasses(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 6); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(i) + " = '" + elided(names[i], 40) + "'";
    }
    return names.size() > 6 ? text + " and " + std::to_string(names.size() - 6) + " more" : text;
}

std::optional<int> classOf(const std::vector<std::string>& names, std::string_view text)
{
    const std::string_view plain = trimmedCell(text);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (equalsIgnoringCase(names[i], plain)) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

std::vector<std::string> patternsOf(const std::string& text, const std::vector<std::string>& columns)
{
    std::vector<std::string> patterns;
    std::string_view rest = text;
    while (!rest.empty()) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" ,"), rest.size()));
        std::size_t length = std::min(rest.find(','), rest.size());
        for (const std::string& name : columns) {
            const bool whole = rest.starts_with(name) && name.find(',') != std::string::npos && name.size() > length &&
                               (rest.size() == name.size() || rest[name.size()] == ',');
            length = whole ? name.size() : length;
        }
        patterns.emplace_back(trimmed(rest.substr(0, length)));
        rest.remove_prefix(length);
    }
    return patterns;
}

LevelGuess levelOfLists(const std::vector<std::pair<std::string, std::size_t>>& samples, const std::string& name,
                        std::optional<Level> said, const std::function<ListSizes(const std::string&)>& sizes)
{
    std::array<int, 4> fits{}; // by level: with hydrogens or without
    std::array<int, 4> bare{}; // without hydrogens, of those where it makes a difference
    std::array<int, 4> full{}; // with them
    int tried = 0;
    for (const auto& [text, length] : samples) {
        const ListSizes size = sizes(text);
        if (size.atoms == 0) {
            continue;
        }
        ++tried;
        const bool differ = size.allAtoms > size.atoms;
        const bool atoms = length == size.atoms, allAtoms = length == size.allAtoms;
        const bool bonds = length == size.bonds || length == 2 * size.bonds;
        const bool allBonds = length == size.allBonds || length == 2 * size.allBonds;
        fits[1] += atoms || allAtoms;
        fits[2] += bonds || allBonds;
        fits[3] += length == size.atoms * size.atoms || 2 * length == size.atoms * (size.atoms - 1);
        bare[1] += differ && atoms;
        full[1] += differ && allAtoms;
        bare[2] += differ && bonds;
        full[2] += differ && allBonds;
    }
    const std::string plain = lowered(name);
    const bool pairName = plain.find("pair") != std::string::npos;
    const bool bondName = !pairName && (plain.find("bond") != std::string::npos || plain.find("edge") != std::string::npos);
    std::size_t best = pairName ? 3 : bondName ? 2 : 1;
    for (const std::size_t level : {1U, 2U, 3U}) {
        best = fits[level] > fits[best] ? level : best;
    }
    best = said ? static_cast<std::size_t>(*said) : best;
    if (!said && (tried == 0 || fits[best] * 2 < tried)) {
        return {};
    }
    return {static_cast<Level>(best), full[best] > bare[best]};
}

} // namespace papilio::data
