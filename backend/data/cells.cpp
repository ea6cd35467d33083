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
constexpr std::array<std::string_view, 10> missingWords{"nan",  "na",   "n/a",  "#n/a", "null",
                                                        "none", "<na>", "n.a.", "n.d.", "-"};
constexpr std::size_t longestUnit = 24;

bool isMissing(std::string_view text)
{
    return text.empty() || (text.size() <= 4 && std::any_of(missingWords.begin(), missingWords.end(),
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

void readCell(std::string_view text, Cell& cell, bool wantList, bool decimalComma)
{
    text = trimmed(text);
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

bool isKnownUnit(std::string_view text)
{
    constexpr std::array<std::string_view, 52> units{
        "%",     "M",     "mM",    "uM",     "µM",    "μM",      "nM",        "pM",   "fM",   "mol/L", "mmol/L", "umol/L", "nmol/L",
        "g/L",   "mg/L",  "ug/L",  "µg/L",   "g/mL",  "mg/mL",   "ug/mL",     "µg/mL", "ng/mL", "mg/kg", "g/mol",  "kDa",    "Da",
        "eV",    "meV",   "D",     "kcal/mol", "kJ/mol", "cal/(mol K)", "Hartree", "Ha",   "Å",    "nm",    "pm",     "cm-1",   "cm/s",
        "C",     "°C",    "K",     "h",      "hr",    "min",     "s",         "ppm",  "ppb",  "mV",    "V",      "bar",    "atm"};
    return std::find(units.begin(), units.end(), text) != units.end();
}

} // namespace papilio::data
