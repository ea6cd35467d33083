// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/pairing.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.h"
#include "data/columnrules.h"
#include "data/companions.h"
#include "data/units.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t longestUnitText = 40;

std::string cells(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " cell" : " cells");
}

const Beside* besideOf(const Survey& survey, int companion, int values)
{
    const auto found = std::find_if(survey.besides.begin(), survey.besides.end(), [&](const Beside& one) {
        return one.companion == companion && one.values == values;
    });
    return found == survey.besides.end() ? nullptr : &*found;
}

/// What stands in a companion beside the values; in columns that came late: what stands in it at all.
const std::map<std::string, std::int64_t>& textsBeside(const Survey& survey, int companion, int values)
{
    const Beside* beside = besideOf(survey, companion, values);
    return beside ? beside->texts : survey.facts[static_cast<std::size_t>(companion)].texts;
}

/// Few short texts; 'plausible': most of them can be units.
bool holdsUnits(const ColumnFacts& facts, bool plausible)
{
    if (facts.manyTexts || facts.texts.empty() || facts.text * 2 < facts.present) {
        return false;
    }
    std::int64_t units = 0;
    for (const auto& [text, count] : facts.texts) {
        if (text.size() > longestUnitText) {
            return false;
        }
        units += isPlausibleUnit(unitFromWord(text)) ? count : 0;
    }
    return !plausible || units * 2 >= facts.text;
}

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

Counts byFrequency(const std::map<std::string, std::int64_t>& texts)
{
    Counts sorted(texts.begin(), texts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return sorted;
}

/// Texts by how often they occur: "'IC50' 1456, 'Ki' 533 and 2 more".
std::string counted(const std::map<std::string, std::int64_t>& texts)
{
    const Counts sorted = byFrequency(texts);
    std::string text;
    constexpr std::size_t shown = 4;
    for (std::size_t i = 0; i < std::min(shown, sorted.size()); ++i) {
        text += (i == 0 ? "'" : ", '") + elided(sorted[i].first, 30) + "' " + std::to_string(sorted[i].second);
    }
    return sorted.size() > shown ? text + " and " + std::to_string(sorted.size() - shown) + " more" : text;
}

/// Cells with the same unit.
struct UnitGroup {
    std::string spelling; ///< the first one; empty = no unit
    std::int64_t cells = 0;
};

tl::unexpected<Error> noSuchUnit(const std::string& column, const std::map<std::string, UnitGroup>& groups,
                                 const std::string& said, const std::string& name)
{
    std::map<std::string, std::int64_t> there;
    for (const auto& [plain, group] : groups) {
        if (!plain.empty()) {
            there[group.spelling] = group.cells;
        }
    }
    return fail(ErrorCode::BadInput,
                "Column '" + column + "', which tells the units of the numbers in '" + name + "', has no cell with '" +
                    said + "'.",
                there.empty()
                    ? "It tells no unit. If all numbers are in it, say --column '" + column + ":role=ignored' as well."
                    : "It has " + counted(there) + ". Choose one of them, or say --column '" + column +
                          ":role=ignored' to take the numbers as they are.");
}

class Pairer
{
public:
    Pairer(const Survey& survey, const ColumnChoice& choice, std::vector<ColumnGuess>& columns)
        : m_survey(survey), m_columns(columns), m_names(survey.columns, signColumns())
    {
        for (const ColumnGuess& guess : columns) {
            m_said.push_back(saidAbout(choice, guess.name).role.has_value());
        }
    }

    Pairing run()
    {
        pair(Companion::Signs, m_pairing.signs, "signs");
        pair(Companion::Units, m_pairing.units, "units");
        for (int i = 0; i < count(); ++i) {
            noteTypes(i);
        }
        return std::move(m_pairing);
    }

private:
    int count() const { return static_cast<int>(m_columns.size()); }
    const ColumnFacts& facts(int i) const { return m_survey.facts[static_cast<std::size_t>(i)]; }
    ColumnGuess& guess(int i) { return m_columns[static_cast<std::size_t>(i)]; }

    std::vector<bool> signColumns() const
    {
        std::vector<bool> signs;
        std::transform(m_survey.facts.begin(), m_survey.facts.end(), std::back_inserter(signs), holdsSigns);
        return signs;
    }

    bool isNumbers(int i)
    {
        return guess(i).role == ColumnRole::Label && guess(i).level == Level::Graph &&
               shapeOf(facts(i)) == Shape::Numbers;
    }

    /// A person who says what a column is takes it out of this.
    bool isCompanion(int i, Companion what)
    {
        if (i == m_survey.structure || guess(i).role != ColumnRole::Ignored || m_said[static_cast<std::size_t>(i)] ||
            m_names.what(i) != what) {
            return false;
        }
        return what == Companion::Signs ? holdsSigns(facts(i)) : holdsUnits(facts(i), false);
    }

    /// Names first, for all of them; then the places.
    void pair(Companion what, std::map<int, int>& pairs, const std::string& word)
    {
        std::vector<int> nameless;
        for (int i = 0; i < count(); ++i) {
            if (isCompanion(i, what) && !pairByName(i, what, pairs, word)) {
                nameless.push_back(i);
            }
        }
        for (const int i : nameless) {
            pairByPlace(i, what, pairs, word);
        }
    }

    bool pairByName(int i, Companion what, std::map<int, int>& pairs, const std::string& word)
    {
        const std::vector<int> named = m_names.valuesNamedBy(i);
        std::optional<int> best;
        const auto distance = [&](int j) {
            return what == Companion::Signs ? (j > i ? 2 * (j - i) - 1 : 2 * (i - j))
                                            : (j < i ? 2 * (i - j) - 1 : 2 * (j - i));
        };
        for (const int j : named) {
            const bool free = isNumbers(j) && !pairs.contains(j);
            best = free && (!best || distance(j) < distance(*best)) ? j : best;
        }
        if (best) {
            take(i, *best, pairs, word);
        } else if (!named.empty()) {
            const bool taken = pairs.contains(named.front());
            guess(i).why = word + " of '" + guess(named.front()).name +
                           (taken ? "', which has a column of them already" : "', which is no label");
        }
        return !named.empty();
    }

    /// Signs stand before their numbers, units behind them; where none are there, on the other side.
    void pairByPlace(int i, Companion what, std::map<int, int>& pairs, const std::string& word)
    {
        if (what == Companion::Units && !holdsUnits(facts(i), true)) {
            return;
        }
        const int first = what == Companion::Signs ? 1 : -1;
        for (const int side : {first, -first}) {
            for (int step = 1; step <= companionReach; ++step) {
                const int j = i + side * step;
                if (j >= 0 && j < count() && isNumbers(j) && !pairs.contains(j)) {
                    take(i, j, pairs, word);
                    return;
                }
            }
        }
        guess(i).why = word + ", but of no column of numbers that is a label";
        m_pairing.notes.push_back("Column '" + guess(i).name + "' holds " + word +
                                  ", but neither its name nor its place says of which column; they are not used.");
    }

    void take(int i, int values, std::map<int, int>& pairs, const std::string& word)
    {
        pairs[values] = i;
        guess(i).why = word + " of the numbers in '" + guess(values).name + "'";
    }

    /// Numbers of several kinds in one column.
    void noteTypes(int i)
    {
        const std::vector<RowFilter::Part>& only = m_survey.only.parts;
        const bool chosen = std::any_of(only.begin(), only.end(), [i](const auto& part) { return part.column == i; });
        if (chosen || m_names.what(i) != Companion::Types || facts(i).text * 2 < facts(i).present || facts(i).manyTexts) {
            return;
        }
        for (const int j : m_names.valuesNamedBy(i)) {
            const Beside* beside = besideOf(m_survey, i, j);
            if (!isNumbers(j) || !beside || beside->texts.size() < 2 ||
                !(m_names.isNamedValue(j) || m_pairing.units.contains(j))) {
                continue;
            }
            m_pairing.notes.push_back("Column '" + guess(i).name + "' tells " + std::to_string(beside->texts.size()) +
                                      " kinds of values apart in '" + guess(j).name + "' (" + counted(beside->texts) +
                                      "), which becomes one task all the same.");
            m_pairing.kinds.push_back({i, j, byFrequency(beside->texts)});
            const auto& kinds = m_pairing.kinds.back().texts;
            const auto named = std::find_if(kinds.begin(), kinds.end(), [](const auto& kind) { return !kind.first.empty(); });
            const std::string condition = guess(i).name + "=" + named->first; // of two kinds one has a name
            const char quote = condition.find('\'') == std::string::npos ? '\'' : '"';
            m_pairing.advice.push_back("Take the rows of one of them with --only " + (quote + condition) + quote + ".");
        }
    }

    const Survey& m_survey;
    std::vector<ColumnGuess>& m_columns;
    CompanionNames m_names;
    std::vector<bool> m_said; ///< a person said what role it has
    Pairing m_pairing;
};
} // namespace

Pairing pairCompanions(const Survey& survey, const ColumnChoice& choice, std::vector<ColumnGuess>& columns)
{
    return Pairer(survey, choice, columns).run();
}

std::string ruleOfSigns(const Survey& survey, int signs, int values, CensoredRule censored)
{
    std::int64_t bounds = 0;
    for (const auto& [text, count] : textsBeside(survey, signs, values)) {
        const char sign = signOf(text);
        bounds += sign == '<' || sign == '>' ? count : 0;
    }
    if (bounds == 0) {
        return {};
    }
    return "column '" + survey.columns[static_cast<std::size_t>(signs)] + "' says that " + cells(bounds) +
           (bounds == 1 ? " is a bound: " : " are bounds: ") +
           (censored == CensoredRule::Missing ? "left out"
            : censored == CensoredRule::Bound ? "taken for the value"
                                              : "the rows are rejected");
}

Result<RowUnits> unitsOfRows(const Survey& survey, int units, int values, const std::string& said,
                             const std::string& name)
{
    std::map<std::string, UnitGroup> groups; // by plain unit
    for (const auto& [text, count] : textsBeside(survey, units, values)) {
        const std::string plain = plainUnitOfWord(text);
        UnitGroup& group = groups[plain];
        group.spelling = group.cells == 0 && !plain.empty() ? text : group.spelling;
        group.cells += count;
    }
    RowUnits result;
    if (groups.empty()) {
        return result;
    }
    const auto most = std::max_element(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
        return a.first.empty() != b.first.empty() ? a.first.empty() : a.second.cells < b.second.cells;
    });
    const auto chosen = said.empty() ? most : groups.find(plainUnitOfWord(said));
    if (chosen == groups.end()) {
        if (!survey.wholeFile) { // rows that were not looked at may have it
            result.unit = said;
            return result;
        }
        return noSuchUnit(survey.columns[static_cast<std::size_t>(units)], groups, said, name);
    }
    result.unit = chosen->second.spelling;
    std::map<std::string, std::int64_t> others;
    std::int64_t left = 0, without = 0;
    for (const auto& [plain, group] : groups) {
        if (plain != chosen->first) {
            left += group.cells;
            (plain.empty() ? without : others[group.spelling]) += group.cells;
        }
    }
    if (left == 0) {
        return result;
    }
    result.rule = "column '" + survey.columns[static_cast<std::size_t>(units)] + "' says that " +
                  cells(chosen->second.cells) + (chosen->second.cells == 1 ? " is " : " are ") +
                  (result.unit.empty() ? "without a unit" : "in " + result.unit) + "; " + cells(left) + " left out: ";
    result.rule += others.empty() ? std::string() : "in another unit " + counted(others);
    result.rule +=
        without == 0 ? std::string() : (others.empty() ? "" : ", ") + ("without a unit " + std::to_string(without));
    const std::string other = others.empty()
                                  ? std::string()
                                  : std::max_element(others.begin(), others.end(), [](const auto& a, const auto& b) {
                                        return a.second < b.second;
                                    })->first;
    result.rule +=
        other.empty() ? " (take all as " + result.unit + " with --column '" +
                            survey.columns[static_cast<std::size_t>(units)] + ":role=ignored' --column '" + name +
                            ":unit=" + result.unit + "')"
                      : " (take another unit with --column '" + name + ":unit=" + other + "')";
    return result;
}

} // namespace papilio::data
