// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/yamlscalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

namespace papilio::nn
{

namespace
{

using Json = nlohmann::ordered_json;

template <std::size_t N> bool isOneOf(std::string_view text, const std::array<std::string_view, N>& words)
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<Json> parseInteger(std::string_view digits, int base, bool negative)
{
    std::uint64_t value = 0;
    const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc() || last != digits.data() + digits.size() || digits.empty()) {
        return std::nullopt;
    }
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value <= most) {
        return Json(negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value));
    }
    return negative ? std::nullopt : std::optional<Json>(value);
}

/// Digits, at most one point, perhaps an exponent: "1", "1.", ".5", "1.e-7", "4e-5".
bool isDecimal(std::string_view text)
{
    std::size_t i = 0, digits = 0;
    for (bool point = false; i < text.size() && (isDigit(text[i]) || (text[i] == '.' && !point)); ++i) {
        point = point || text[i] == '.';
        digits += isDigit(text[i]) ? 1 : 0;
    }
    if (digits == 0) {
        return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        i += i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+') ? 2 : 1;
        const std::size_t start = i;
        while (i < text.size() && isDigit(text[i])) {
            ++i;
        }
        return i > start && i == text.size();
    }
    return i == text.size();
}

std::optional<Json> parseNumberText(std::string_view text)
{
    const bool sign = text.front() == '-' || text.front() == '+';
    const bool negative = text.front() == '-';
    text.remove_prefix(sign ? 1 : 0);
    if (isOneOf<3>(text, {".inf", ".Inf", ".INF"})) {
        const double infinity = std::numeric_limits<double>::infinity();
        return Json(negative ? -infinity : infinity);
    }
    if (text.empty() || (!isDigit(text.front()) && text.front() != '.')) {
        return std::nullopt;
    }
    std::string plain;
    std::remove_copy(text.begin(), text.end(), std::back_inserter(plain), '_');
    if (plain.size() > 2 && plain[0] == '0' && !isDigit(plain[1]) && plain[1] != '.') {
        const int base = plain[1] == 'x' ? 16 : plain[1] == 'o' ? 8 : plain[1] == 'b' ? 2 : 0;
        if (base != 0) {
            return parseInteger(std::string_view(plain).substr(2), base, negative);
        }
    }
    if (!isDecimal(plain)) {
        return std::nullopt;
    }
    if (std::all_of(plain.begin(), plain.end(), isDigit)) {
        const bool octal = plain.size() > 1 && plain[0] == '0'; // of YAML 1.1; "08" is none, and a decimal number
        if (const auto value = octal ? parseInteger(plain, 8, negative) : std::nullopt) {
            return value;
        }
        if (const auto value = parseInteger(plain, 10, negative)) {
            return value;
        }
    }
    double value = 0;
    const auto [last, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error == std::errc::result_out_of_range) {
        return std::nullopt; // stays text, rather than an infinity that nobody wrote
    }
    return Json(negative ? -value : value);
}

} // namespace

Json yamlScalar(const std::string& text)
{
    if (isOneOf<6>(text, {"", "~", "null", "Null", "NULL", "None"})) {
        return nullptr;
    }
    if (isOneOf<9>(text, {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})) {
        return true;
    }
    if (isOneOf<9>(text, {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})) {
        return false;
    }
    if (isOneOf<3>(text, {".nan", ".NaN", ".NAN"})) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return parseNumberText(text).value_or(Json(text));
}

} // namespace papilio::nn
