// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/companions.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/text.h"
#include "data/units.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t mostTexts = 64, longestText = 60;
constexpr std::size_t mostPairs = 1000; ///< that are counted row by row

constexpr std::array<std::string_view, 12> signWords{"relation", "relations", "relationship", "rel",
                                                     "operator", "op",        "qualifier",    "qual",
                                                     "sign",     "modifier",  "prefix",       "censor"};
constexpr std::array<std::string_view, 3> unitWords{"units", "unit", "uom"};
constexpr std::array<std::string_view, 4> typeWords{"type", "types", "endpoint", "name"};
constexpr std::array<std::string_view, 3> valueWords{"value", "values", "val"};
constexpr std::array<std::string_view, 4> smallWords{"of", "for", "the", "in"};
/// Words that names run together with another one ("acqualifier", "standardvalue").
constexpr std::array<std::string_view, 5> ends{"relation", "qualifier", "operator", "units", "value"};

template <std::size_t N> bool isOneOf(const std::array<std::string_view, N>& all, std::string_view word)
{
    return std::find(all.begin(), all.end(), word) != all.end();
}

/// Without "(nM)" and "[nM]"; "(2)" stays, it tells columns of the same name apart.
std::string withoutBrackets(std::string_view name)
{
    std::string result;
    while (!name.empty()) {
        const std::size_t open = name.find_first_of("([");
        result += name.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        const std::size_t close = name.find(name[open] == '(' ? ')' : ']', open);
        if (close == std::string_view::npos) {
            result += name.substr(open);
            break;
        }
        const std::string_view inside = name.substr(open + 1, close - open - 1);
        const bool number = !inside.empty() && inside.find_first_not_of("0123456789") == std::string_view::npos;
        result.push_back(' ');
        result.append(number ? inside : std::string_view());
        result.push_back(' ');
        name.remove_prefix(close + 1);
    }
    return result;
}

/// Words of a name as written; "IC50Relation" are two, "nM" and "pChEMBL" one and two.
std::vector<std::string> wordsOf(std::string_view name)
{
    const std::string plain = withoutBrackets(name);
    std::vector<std::string> words;
    bool open = false;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const auto byte = static_cast<unsigned char>(plain[i]);
        const bool part = std::isalnum(byte) || byte >= 0x80 || byte == '%';
        const bool capital = i > 0 && i + 1 < plain.size() && std::isupper(byte) &&
                             std::islower(static_cast<unsigned char>(plain[i + 1])) &&
                             !std::isupper(static_cast<unsigned char>(plain[i - 1]));
        if (part && (!open || capital)) {
            words.emplace_back();
        }
        if (part) {
            words.back().push_back(plain[i]);
        }
        open = part;
    }
    return words;
}

std::string_view endOf(std::string_view word)
{
    const auto found = std::find_if(ends.begin(), ends.end(), [word](std::string_view end) {
        return word.size() > end.size() && word.ends_with(end);
    });
    return found == ends.end() ? std::string_view() : *found;
}

/// Whether a name holds the word "value".
bool isValueName(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        const std::string plain = lowered(word);
        return isOneOf(valueWords, plain) || endOf(plain) == "value";
    });
}
} // namespace

std::optional<Companion> companionByName(std::string_view name)
{
    for (const std::string& written : wordsOf(name)) {
        const std::string word = lowered(written);
        const std::string_view end = endOf(word);
        if (isOneOf(signWords, word) || isOneOf(signWords, end)) {
            return Companion::Signs;
        }
        if (isOneOf(unitWords, word) || isOneOf(unitWords, end)) {
            return Companion::Units;
        }
    }
    const std::vector<std::string> words = wordsOf(name);
    return !words.empty() && isOneOf(typeWords, lowered(words.back())) ? std::optional(Companion::Types) : std::nullopt;
}

std::string stemOf(std::string_view name)
{
    const std::optional<Companion> companion = companionByName(name);
    const std::vector<std::string> words = wordsOf(name);
    std::string stem;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string word = lowered(words[i]);
        const bool type = companion == Companion::Types && i + 1 == words.size() && isOneOf(typeWords, word);
        const bool unit = i > 0 && words[i].size() > 1 && isKnownUnit(words[i]); // "IC50_nM"
        if (type || unit || isOneOf(signWords, word) || isOneOf(unitWords, word) || isOneOf(valueWords, word) ||
            isOneOf(smallWords, word)) {
            continue;
        }
        word.resize(word.size() - endOf(word).size());
        stem += word;
    }
    return stem;
}

CompanionNames::CompanionNames(const std::vector<std::string>& names, const std::vector<bool>& signs)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        m_columns.push_back(
            {signs[i] ? Companion::Signs : companionByName(names[i]), stemOf(names[i]), isValueName(names[i])});
    }
}

std::vector<int> CompanionNames::valuesNamedBy(int companion) const
{
    std::vector<int> found;
    const std::string& stem = m_columns[static_cast<std::size_t>(companion)].stem;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const Column& column = m_columns[i];
        if (!column.what && (!stem.empty() || column.value) && column.stem == stem) {
            found.push_back(static_cast<int>(i));
        }
    }
    return found;
}

void Beside::add(std::string_view text)
{
    text = trimmed(text);
    const auto known = texts.find(std::string(text.substr(0, longestText)));
    if (known != texts.end()) {
        ++known->second;
    } else if (texts.size() < mostTexts) {
        texts.emplace(text.substr(0, longestText), 1);
    }
}

std::vector<Beside> besides(const std::vector<std::string>& names, const std::vector<bool>& signs)
{
    const CompanionNames columns(names, signs);
    const int count = static_cast<int>(names.size());
    std::vector<Beside> pairs;
    for (int i = 0; i < count && pairs.size() < mostPairs; ++i) {
        if (!columns.what(i)) {
            continue;
        }
        std::vector<int> values = columns.valuesNamedBy(i);
        for (int j = std::max(0, i - companionReach);
             j < std::min(count, i + companionReach + 1) && columns.what(i) != Companion::Types; ++j) {
            if (!columns.what(j) && std::find(values.begin(), values.end(), j) == values.end()) {
                values.push_back(j);
            }
        }
        for (const int j : values) {
            pairs.push_back({i, j});
        }
    }
    return pairs;
}

} // namespace papilio::data
