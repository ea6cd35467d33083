// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/cells.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr std::array<std::string_view, 8> missingWords{"nan", "na", "n/a", "#n/a", "null", "none", "<na>", "-"};

bool isMissing(std::string_view text)
{
    return text.empty() || (text.size() <= 4 && std::any_of(missingWords.begin(), missingWords.end(),
                                                            [&](auto word) { return equalsIgnoringCase(text, word); }));
}
} // namespace

std::optional<std::vector<double>> readList(std::string_view text)
{
    text = trimmed(text);
    if (text.size() < 2 || text.front() != '[' || text.back() != ']') {
        return std::nullopt;
    }
    text = text.substr(1, text.size() - 2);
    std::vector<double> values;
    const bool commas = text.find(',') != std::string_view::npos;
    const std::string_view ends = commas ? "," : " \t\n\r";
    while (true) {
        if (!commas) {
            text.remove_prefix(std::min(text.find_first_not_of(ends), text.size()));
            if (text.empty()) {
                return values;
            }
        }
        const std::size_t stop = text.find_first_of(ends);
        const std::string_view element = trimmed(text.substr(0, stop));
        if (isMissing(element)) {
            values.push_back(std::numeric_limits<double>::quiet_NaN());
        } else if (const auto number = parseNumber(element)) {
            values.push_back(*number);
        } else {
            return std::nullopt;
        }
        if (stop == std::string_view::npos) {
            return values;
        }
        text.remove_prefix(stop + 1);
    }
}

void readCell(std::string_view text, Cell& cell, bool wantList)
{
    text = trimmed(text);
    cell.list.clear();
    if (isMissing(text)) {
        cell.kind = CellKind::Missing;
        return;
    }
    if (text.front() == '[') {
        if (auto values = readList(text)) {
            cell.kind = CellKind::List;
            if (wantList) {
                cell.list = std::move(*values);
            }
            return;
        }
        cell.kind = CellKind::Text;
        return;
    }
    if (const auto number = parseNumber(text)) {
        cell.kind = CellKind::Number;
        cell.number = *number;
        return;
    }
    const bool yes = equalsIgnoringCase(text, "true");
    if (yes || equalsIgnoringCase(text, "false")) {
        cell.kind = CellKind::Word;
        cell.number = yes ? 1 : 0;
        return;
    }
    cell.kind = CellKind::Text;
}

bool isDecimalComma(std::string_view text)
{
    std::string copy(trimmed(text));
    if (std::count(copy.begin(), copy.end(), ',') != 1 || copy.find('.') != std::string::npos) {
        return false;
    }
    std::replace(copy.begin(), copy.end(), ',', '.');
    return parseNumber(copy).has_value();
}

} // namespace papilio::data
