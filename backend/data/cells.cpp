// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/cells.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr std::array<std::string_view, 22> missingWords{"nan",  "na",   "n/a",  "#n/a", "null", "none", "<na>", "n.a.",
                                                        "n.d.", "-",    "nd",   "n/d",  "n.d",  "n.t.", "nt",   "blq",
                                                        "bloq", "bql",  "bdl",  "<lod", "<loq", "<lloq"};
constexpr std::size_t longestMissing = 5;
constexpr std::size_t longestUnit = 24;

bool isMissing(std::string_view text)
{
    return text.empty() || (text.size() <= longestMissing && std::any_of(missingWords.begin(), missingWords.end(),
                                                            [&](auto word) { return equalsIgnoringCase(text, word); }));
}

struct Sign {
    std::string_view text;
    char qualifier;
};
constexpr std::array<Sign, 16> signs{{{"<=", '<'},
                                      {"=<", '<'},
                                      {"<<", '<'},
                                      {"<", '<'},
                                      {"≤", '<'},
                                      {">=", '>'},
                                      {"=>", '>'},
                                      {">>", '>'},
                                      {">", '>'},
                                      {"≥", '>'},
                                      {"~", '~'},
                                      {"≈", '~'},
                                      {"≃", '~'},
                                      {"ca.", '~'},
                                      {"ca ", '~'},
                                      {"=", 0}}};

/// The number at the beginning of a text and its length; nothing if there is none.
std::optional<std::pair<double, std::size_t>> leadingNumber(std::string_view text, bool decimalComma)
{
    std::size_t plus = text.starts_with('+') ? 1 : 0;
    std::string copy;
    std::string_view body = text.substr(plus);
    if (decimalComma) {
        const std::size_t end = std::min(body.find_first_not_of("0123456789-+.,eE"), body.size());
        const std::size_t comma = body.substr(0, end).find(',');
        const bool single = comma != std::string_view::npos && body.substr(0, end).find_first_of(".,", comma + 1) == std::string_view::npos &&
                            body.substr(0, comma).find('.') == std::string_view::npos;
        if (single) {
            copy.assign(body.substr(0, 64));
            copy[std::min(comma, copy.size() - 1)] = '.';
            body = copy;
        }
    }
    double value = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), value);
    if (error != std::errc() || !std::isfinite(value) || (plus == 1 && (body.starts_with('-') || body.starts_with('+')))) {
        return std::nullopt;
    }
    const bool digits = std::any_of(body.data(), end, [](unsigned char c) { return std::isdigit(c); }); // not "inf"
    return digits ? std::optional(std::pair(value, plus + static_cast<std::size_t>(end - body.data()))) : std::nullopt;
}

/// A unit holds letters, signs and powers; nothing that reads like words or further numbers.
bool looksLikeUnit(std::string_view text)
{
    if (text.empty() || text.size() > longestUnit) {
        return false;
    }
    const auto allowed = [](unsigned char c) {
        return std::isalpha(c) || c >= 0x80 || std::string_view("%/^-*·()[]. 0123456789").find(static_cast<char>(c)) != std::string_view::npos;
    };
    const auto first = static_cast<unsigned char>(text.front());
    const bool letters = std::any_of(text.begin(), text.end(), [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80 || c == '%';
    });
    const bool begins = letters && (std::isalpha(first) || first >= 0x80 || first == '%' || first == '(' || first == '[');
    return begins && std::all_of(text.begin(), text.end(), [&](char c) { return allowed(static_cast<unsigned char>(c)); }) &&
           std::count(text.begin(), text.end(), ' ') <= 2;
}

/// "<0.5", "~3", "12 %", "3.5 nM", and with a decimal comma "0,5".
bool readQuantity(std::string_view text, Cell& cell, bool decimalComma)
{
    cell.qualifier = 0;
    cell.unit.clear();
    const auto first = static_cast<unsigned char>(text.front());
    if (!std::isdigit(first) && first < 0x80 && std::string_view("<>~=+-.,cC").find(text.front()) == std::string_view::npos) {
        return false;
    }
    bool signed_ = false;
    for (const Sign& sign : signs) {
        if (text.starts_with(sign.text)) {
            cell.qualifier = sign.qualifier;
            text = trimmed(text.substr(sign.text.size()));
            signed_ = true;
            break;
        }
    }
    const auto number = leadingNumber(text, decimalComma);
    if (!number) {
        return false;
    }
    cell.number = number->first;
    const std::string_view rest = trimmed(text.substr(number->second));
    if (!rest.empty() && !looksLikeUnit(rest)) {
        return false;
    }
    cell.unit.assign(rest);
    cell.kind = signed_ || !rest.empty() ? CellKind::Quantity : CellKind::Number;
    return true;
}

constexpr std::string_view blanks = " \t\n\r";

bool addElement(std::string_view element, std::vector<double>& values)
{
    if (isMissing(element)) {
        values.push_back(std::numeric_limits<double>::quiet_NaN());
        return true;
    }
    const auto number = parseNumber(element);
    if (number) {
        values.push_back(*number);
    }
    return number.has_value();
}

/// A list without lists inside; its brackets are off.
bool readPlainList(std::string_view text, std::vector<double>& values)
{
    const bool commas = text.find(',') != std::string_view::npos;
    if (commas || trimmed(text).empty()) {
        while (!trimmed(text).empty()) {
            const std::size_t stop = text.find(',');
            if (!addElement(trimmed(text.substr(0, stop)), values)) {
                return false;
            }
            if (stop == std::string_view::npos) {
                break;
            }
            text.remove_prefix(stop + 1);
        }
        return true;
    }
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
        if (text.empty()) {
            return true;
        }
        const std::size_t stop = std::min(text.find_first_of(blanks), text.size());
        if (!addElement(text.substr(0, stop), values)) {
            return false;
        }
        text.remove_prefix(stop);
    }
}

/// A list of lists: each in turn, with commas or blanks between.
bool readNestedList(std::string_view text, std::vector<double>& values)
{
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t\n\r,"), text.size()));
        if (text.empty()) {
            return true;
        }
        const std::size_t close = text.find(']');
        const bool list = text.front() == '[' && close != std::string_view::npos;
        if (!list || !readPlainList(text.substr(1, close - 1), values)) {
            return false;
        }
        text.remove_prefix(close + 1);
    }
}
} // namespace

std::optional<std::vector<double>> readList(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with("array(") && text.ends_with(')')) { // as NumPy prints itself
        text = trimmed(text.substr(6, text.size() - 7));
        text = trimmed(text.substr(0, text.rfind(']') == std::string_view::npos ? 0 : text.rfind(']') + 1));
    }
    const bool round = text.starts_with('(') && text.ends_with(')');
    if (text.size() < 2 || (!round && (text.front() != '[' || text.back() != ']'))) {
        return std::nullopt;
    }
    text = text.substr(1, text.size() - 2);
    std::vector<double> values;
    const bool good = text.find('[') == std::string_view::npos ? readPlainList(text, values) : readNestedList(text, values);
    return good ? std::optional(std::move(values)) : std::nullopt;
}

std::string_view trimmedCell(std::string_view text)
{
    constexpr std::array<std::string_view, 5> others{"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x8B", "\xEF\xBB\xBF"};
    text = trimmed(text);
    bool again = !text.empty() && (static_cast<unsigned char>(text.front()) >= 0x80 || static_cast<unsigned char>(text.back()) >= 0x80);
    while (again) {
        again = false;
        for (const std::string_view blank : others) {
            if (text.ends_with(blank)) {
                text = trimmed(text.substr(0, text.size() - blank.size()));
                again = true;
            } else if (text.starts_with(blank)) {
                text = trimmed(text.substr(blank.size()));
                again = true;
            }
        }
    }
    return text;
}

void readCell(std::string_view text, Cell& cell, bool wantList, bool decimalComma)
{
    constexpr std::string_view minus = "\xE2\x88\x92"; // U+2212, as word processors write it
    text = trimmedCell(text);
    if (text.find(minus) != std::string_view::npos) {
        std::string plain;
        for (std::size_t i = 0; i < text.size();) {
            const bool here = text.substr(i).starts_with(minus);
            plain.push_back(here ? '-' : text[i]);
            i += here ? minus.size() : 1;
        }
        readCell(plain, cell, wantList, decimalComma);
        return;
    }
    cell.list.clear();
    if (isMissing(text)) {
        cell.kind = CellKind::Missing;
        return;
    }
    if (text.front() == '[' || text.starts_with("array(")) {
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
    if (!readQuantity(text, cell, decimalComma)) {
        cell.kind = CellKind::Text;
    }
}

bool isDecimalComma(std::string_view text)
{
    std::string copy(trimmed(text));
    if (std::count(copy.begin(), copy.end(), ',') != 1 || copy.find('.') != std::string::npos) {
        return false;
    }
    Cell cell;
    readCell(copy, cell, false, true);
    return cell.kind == CellKind::Number || (cell.kind == CellKind::Quantity && cell.unit.find(',') == std::string::npos);
}

} // namespace papilio::data
