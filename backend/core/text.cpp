// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numeric>

namespace papilio
{

namespace
{
constexpr std::string_view blanks = " \t\r\n\f\v";

/// Length of the UTF-8 character that starts at 'at', 0 if there is none.
std::size_t characterLength(std::string_view bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        return 1;
    }
    const std::size_t length = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length == 0 || lead > 0xf4 || at + length > bytes.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0) != 0x80) {
            return 0;
        }
    }
    const unsigned char second = byte(at + 1);
    const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    const bool surrogate = lead == 0xed && second > 0x9f, tooLarge = lead == 0xf4 && second > 0x8f;
    return overlong || surrogate || tooLarge ? 0 : length;
}

/// Levenshtein distance; a letter in the wrong case is no edit.
std::size_t edits(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = equalsIgnoringCase(a.substr(i - 1, 1), b.substr(j - 1, 1));
            const std::size_t replaced = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}
} // namespace

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator, from)) {
        parts.emplace_back(text.substr(from, at - from));
        from = at + 1;
    }
    parts.emplace_back(text.substr(from));
    return parts;
}

std::vector<std::string_view> linesOf(std::string_view text, std::size_t most)
{
    std::vector<std::string_view> lines;
    const char end = text.find('\n') == std::string_view::npos ? '\r' : '\n';
    while (!text.empty() && lines.size() < most) {
        const std::size_t stop = text.find(end);
        std::string_view line = text.substr(0, stop);
        text.remove_prefix(stop == std::string_view::npos ? text.size() : stop + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines.push_back(line);
    }
    return lines;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::tolower(static_cast<unsigned char>(a[i])) != std::tolower(static_cast<unsigned char>(b[i]))) {
            return false;
        }
    }
    return true;
}

std::optional<double> parseNumber(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-')) {
            return std::nullopt;
        }
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

bool matchesPattern(std::string_view text, std::string_view pattern)
{
    // Greedy with one point to come back to: linear in practice, no recursion.
    std::size_t t = 0, p = 0, starAt = std::string_view::npos, starText = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] != '*' && pattern[p] == text[t]))) {
            ++t;
            ++p;
        } else if (p < pattern.size() && pattern[p] == '*') {
            starAt = p++;
            starText = t;
        } else if (starAt != std::string_view::npos) {
            p = starAt + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

std::string formatNumber(double value)
{
    if (std::isnan(value)) {
        return "nan";
    }
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return std::string(buffer.data(), end);
}

std::string elided(std::string_view text, std::size_t maxBytes)
{
    static constexpr std::string_view mark = "…";
    if (text.size() <= maxBytes) {
        return std::string(text);
    }
    if (maxBytes < mark.size()) {
        return {};
    }
    std::size_t end = maxBytes - mark.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
        --end;
    }
    return std::string(text.substr(0, end)).append(mark);
}

std::string toUtf8(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t length = characterLength(bytes, at);
        if (length == 0) {
            break;
        }
        at += length;
    }
    if (at == bytes.size()) {
        return std::string(bytes);
    }
    std::string text;
    text.reserve(bytes.size() + 16);
    for (const char c : bytes) {
        const char16_t code = fromWindows1252(static_cast<unsigned char>(c));
        if (code < 0x80) {
            text.push_back(c);
            continue;
        }
        if (code < 0x800) {
            text.push_back(static_cast<char>(0xc0 | (code >> 6)));
        } else {
            text.push_back(static_cast<char>(0xe0 | (code >> 12)));
            text.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3f)));
        }
        text.push_back(static_cast<char>(0x80 | (code & 0x3f)));
    }
    return text;
}

char16_t fromWindows1252(unsigned char byte)
{
    // What Windows has at 0x80 … 0x9F, where Latin-1 has control codes; 0 = nothing.
    constexpr std::array<char16_t, 32> windows{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                               0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                               0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                               0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    const bool special = byte >= 0x80 && byte < 0xA0 && windows[byte - 0x80U] != 0;
    return special ? windows[byte - 0x80U] : char16_t(byte);
}

std::string nearestName(const std::string& name, const std::vector<std::string>& known)
{
    const std::string shortened = name.substr(0, 100); // a mistake, not a book: the distance is quadratic
    std::string nearest;
    std::size_t least = static_cast<std::size_t>(-1);
    for (const std::string& candidate : known) {
        // The last part alone counts a little more, so that a full match wins over it.
        const std::string last = candidate.substr(candidate.rfind('.') + 1);
        const std::size_t distance = std::min(2 * edits(shortened, candidate), 2 * edits(shortened, last) + 1);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace papilio
