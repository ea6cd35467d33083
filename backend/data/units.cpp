// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/units.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "core/text.h"

namespace papilio::data
{

namespace
{
using Symbols = std::string_view;

/// Symbols that take a prefix, and those that do not.
constexpr std::array<Symbols, 27> scalable{"M",  "m",  "g",   "s",  "A",   "K", "mol", "L",  "l",
                                           "Hz", "J",  "eV",  "V",  "W",   "C", "N",   "Pa", "bar",
                                           "Da", "Ha", "cal", "IU", "Ohm", "Ω", "F",   "T",  "U"};
constexpr std::array<Symbols, 43> whole{
    "D",    "h",    "hr",  "hrs",  "min",   "sec",   "d",   "day",  "days", "Å",       "Angstrom",
    "%",    "‰",    "ppm", "ppb",  "ppt",   "°C",    "°",   "deg",  "F",    "Hartree", "hartree",
    "Bohr", "bohr", "au",  "a.u.", "AU",    "RLU",   "RFU", "CFU",  "cfu",  "atm",     "Torr",
    "mmHg", "psi",  "rpm", "cell", "cells", "molar", "wt%", "mol%", "e",    "pH"};
constexpr std::array<Symbols, 13> prefixes{"", "f", "p", "n", "u", "µ", "μ", "m", "c", "d", "k", "M", "G"};
/// Symbols of one letter that are units where they stand alone; the others are rather something else ("1A", "x (N)").
constexpr std::string_view alone = "MDCKVhsgLmd";

template <std::size_t N> bool isOneOf(const std::array<Symbols, N>& all, std::string_view text)
{
    return std::find(all.begin(), all.end(), text) != all.end();
}

bool isSymbol(std::string_view text)
{
    if (isOneOf(whole, text)) {
        return true;
    }
    return std::any_of(prefixes.begin(), prefixes.end(), [text](std::string_view prefix) {
        return text.starts_with(prefix) && isOneOf(scalable, text.substr(prefix.size()));
    });
}

/// "mL-1", "cm^2", "10^3", "m²": a symbol or a power of ten, with what stands behind it.
bool isFactor(std::string_view text)
{
    if (text == "10" || text.starts_with("10^") || text.starts_with("10'") || text == "1") {
        return true;
    }
    for (const std::string_view power : {"²", "³", "⁻¹", "⁻²"}) {
        if (text.ends_with(power)) {
            return isSymbol(text.substr(0, text.size() - power.size()));
        }
    }
    const std::size_t end = text.find_last_not_of("0123456789^-+");
    return end != std::string_view::npos && isSymbol(text.substr(0, end + 1));
}

/// The text behind "log", "log10", "-log", "ln", with or without brackets.
std::optional<std::string_view> logarithmOf(std::string_view text)
{
    text.remove_prefix(text.starts_with('-') ? 1 : 0);
    for (const std::string_view word : {"log10", "Log10", "log", "Log", "ln"}) {
        if (text.starts_with(word) && text.size() > word.size() &&
            (text[word.size()] == ' ' || text[word.size()] == '(' || text[word.size()] == '[')) {
            text = trimmed(text.substr(word.size()));
            const bool closed = text.size() > 2 && (text.front() == '(' || text.front() == '[') &&
                                (text.back() == ')' || text.back() == ']');
            return closed ? text.substr(1, text.size() - 2) : text;
        }
    }
    return std::nullopt;
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with)
{
    std::string result;
    while (true) {
        const std::size_t at = text.find(what);
        result.append(text.substr(0, at));
        if (at == std::string_view::npos) {
            return result;
        }
        result.append(with);
        text.remove_prefix(at + what.size());
    }
}
} // namespace

bool isKnownUnit(std::string_view text)
{
    constexpr std::array<std::string_view, 52> units{
        "%",      "M",      "mM",  "uM",   "µM",   "μM",   "nM",   "pM",       "fM",     "mol/L",       "mmol/L",
        "umol/L", "nmol/L", "g/L", "mg/L", "ug/L", "µg/L", "g/mL", "mg/mL",    "ug/mL",  "µg/mL",       "ng/mL",
        "mg/kg",  "g/mol",  "kDa", "Da",   "eV",   "meV",  "D",    "kcal/mol", "kJ/mol", "cal/(mol K)", "Hartree",
        "Ha",     "Å",      "nm",  "pm",   "cm-1", "cm/s", "C",    "°C",       "K",      "h",           "hr",
        "min",    "s",      "ppm", "ppb",  "mV",   "V",    "bar",  "atm"};
    return std::find(units.begin(), units.end(), text) != units.end();
}

bool isPlausibleUnit(std::string_view text)
{
    text = trimmed(text);
    if (text.empty() || text.size() > 40) {
        return false;
    }
    if (isKnownUnit(text)) {
        return true;
    }
    if (const auto inner = logarithmOf(text)) {
        return isPlausibleUnit(*inner);
    }
    if (text.size() == 1) {
        return alone.find(text.front()) != std::string_view::npos;
    }
    if (isOneOf(whole, text)) {
        return true;
    }
    std::string apart = replaced(replaced(text, "·", " "), "⋅", " ");
    for (std::size_t i = 1; i + 1 < apart.size(); ++i) { // "M-1-s-1"
        const bool between = apart[i] == '-' && std::isdigit(static_cast<unsigned char>(apart[i - 1])) &&
                             std::isalpha(static_cast<unsigned char>(apart[i + 1]));
        apart[i] = between ? ' ' : apart[i];
    }
    std::string_view rest = apart;
    int factors = 0;
    while (true) {
        rest.remove_prefix(std::min(rest.find_first_not_of("/*.() []"), rest.size()));
        if (rest.empty()) {
            return factors > 0 && factors <= 6;
        }
        const std::size_t end = std::min(rest.find_first_of("/*.() []"), rest.size());
        if (!isFactor(rest.substr(0, end))) {
            return false;
        }
        ++factors;
        rest.remove_prefix(end);
    }
}

std::string plainUnit(std::string_view unit)
{
    std::string text = replaced(replaced(trimmed(unit), "µ", "u"), "μ", "u");
    text = replaced(text, "⁻¹", "-1");
    // "ug.mL-1", "ug mL-1" and "ug mL^-1" are "ug/mL".
    text = replaced(text, "^-1", "-1");
    const std::size_t last = text.find_last_of(". *");
    const bool one =
        last != std::string::npos && last > 0 && text.find_first_of(". */") == last && text.ends_with("-1");
    if (one) {
        text[last] = '/';
        text.resize(text.size() - 2);
    }
    return text;
}

bool sameUnit(std::string_view a, std::string_view b)
{
    return a == b || plainUnit(a) == plainUnit(b);
}

std::string unitFromWord(std::string_view word)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 28> words{
        {{"molar", "M"},         {"millimolar", "mM"},    {"micromolar", "µM"},   {"nanomolar", "nM"},  {"picomolar", "pM"},
         {"femtomolar", "fM"},   {"percent", "%"},        {"mg-per-ml", "mg/mL"}, {"ug-per-ml", "µg/mL"}, {"ng-per-ml", "ng/mL"},
         {"pg-per-ml", "pg/mL"}, {"fg-per-ml", "fg/mL"},  {"seconds", "s"},       {"sec", "s"},         {"minutes", "min"},
         {"hours", "h"},         {"days", "d"},           {"mg-kg", "mg/kg"},     {"l-kg", "L/kg"},     {"cm-sec", "cm/s"},
         {"ml-min-kg", "mL/min/kg"}, {"hr-ng-ml", "h ng/mL"}, {"rsec", "1/s"},    {"rmin", "1/min"},    {"rdays", "1/d"},
         {"none", ""},           {"unspecified", ""},     {"other", ""}}};
    word = trimmed(word);
    const auto found = std::find_if(words.begin(), words.end(),
                                    [word](const auto& one) { return equalsIgnoringCase(one.first, word); });
    return std::string(found == words.end() ? word : found->second);
}

std::string plainUnitOfWord(std::string_view word)
{
    return plainUnit(unitFromWord(word));
}

} // namespace papilio::data
