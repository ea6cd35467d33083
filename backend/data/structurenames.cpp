// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/structurenames.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t longest = 40; ///< of a name

std::string_view bare(std::string_view cell)
{
    cell = trimmed(cell);
    cell.remove_prefix(cell.starts_with('#') ? 1 : 0);
    return cell;
}

std::vector<std::string> wordsOf(std::string_view cell)
{
    std::vector<std::string> words(1);
    for (const char c : lowered(cell)) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            words.back().push_back(c);
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

bool isVerdict(const std::string& word)
{
    constexpr std::array<std::string_view, 27> verdicts{
        "no",     "not",    "none",    "without",     "invalid",    "valid",   "bad",      "wrong",     "broken",
        "faulty", "empty",  "missing", "unavailable", "available",  "unknown", "error",    "errors",    "failed",
        "fails",  "failure", "cannot", "unparsable",  "unparseable", "unreadable", "absent", "incorrect", "malformed"};
    return std::find(verdicts.begin(), verdicts.end(), word) != verdicts.end();
}
} // namespace

bool saysSmiles(std::string_view cell)
{
    return cell.size() < longest && lowered(cell).find("smiles") != std::string::npos;
}

bool namesStructures(std::string_view cell)
{
    cell = bare(cell);
    const bool plain = std::all_of(cell.begin(), cell.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == ' ' || c == '-';
    });
    return plain && (saysSmiles(cell) || equalsIgnoringCase(cell, "inchi"));
}

bool isStructureName(std::string_view cell)
{
    if (!namesStructures(cell)) {
        return false;
    }
    if (!saysSmiles(bare(cell))) {
        return true;
    }
    const std::vector<std::string> words = wordsOf(cell);
    const auto says = [](const std::string& word) { return word.find("smiles") != std::string::npos; };
    return (says(words.front()) || says(words.back())) && std::none_of(words.begin(), words.end(), isVerdict);
}

} // namespace papilio::data
