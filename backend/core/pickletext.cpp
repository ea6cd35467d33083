// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pickletext.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace papilio
{

namespace
{

/// 'count' hexadecimal digits at 'at'.
std::optional<std::uint32_t> hexAt(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size()) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    const char* end = text.data() + at + count;
    const auto [last, error] = std::from_chars(text.data() + at, end, value, 16);
    return error == std::errc() && last == end ? std::optional(value) : std::nullopt;
}

bool appendUtf8(std::string& out, std::uint32_t code)
{
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
        return false;
    }
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3f)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | code >> 6);
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | code >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xf0 | code >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
    return true;
}

} // namespace

std::optional<std::string> decodeQuoted(std::string_view line)
{
    if (line.size() < 2 || line.front() != line.back() || (line.front() != '\'' && line.front() != '"')) {
        return std::nullopt;
    }
    line = line.substr(1, line.size() - 2);
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\' || i + 1 == line.size()) {
            text += line[i];
            continue;
        }
        constexpr std::string_view escapes = "\\'\"nrt", meanings = "\\'\"\n\r\t";
        const char next = line[++i];
        const std::size_t known = escapes.find(next);
        if (known != escapes.npos) {
            text += meanings[known];
        } else if (const auto byte = next == 'x' ? hexAt(line, i + 1, 2) : std::nullopt) {
            text += static_cast<char>(*byte);
            i += 2;
        } else {
            return std::nullopt;
        }
    }
    return text;
}

std::optional<std::string> decodeRawUnicode(std::string_view line)
{
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool escape = line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == 'u' || line[i + 1] == 'U');
        const std::size_t digits = !escape ? 0 : line[i + 1] == 'u' ? 4 : 8;
        const auto code =
            escape ? hexAt(line, i + 2, digits) : std::optional<std::uint32_t>(static_cast<unsigned char>(line[i]));
        if (!code || !appendUtf8(text, *code)) {
            return std::nullopt;
        }
        i += escape ? digits + 1 : 0;
    }
    return text;
}

std::optional<std::int64_t> decodeWhole(std::string_view line)
{
    if (!line.empty() && line.back() == 'L') {
        line.remove_suffix(1);
    }
    if (!line.empty() && line.front() == '+') {
        line.remove_prefix(1);
    }
    std::int64_t value = 0;
    const auto [last, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    return error == std::errc() && last == line.data() + line.size() ? std::optional(value) : std::nullopt;
}

bool isDecimal(std::string_view line)
{
    if (!line.empty() && line.back() == 'L') {
        line.remove_suffix(1);
    }
    if (!line.empty() && (line.front() == '-' || line.front() == '+')) {
        line.remove_prefix(1);
    }
    return !line.empty() && std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isUtf8(std::string_view bytes)
{
    return toUtf8(bytes) == bytes;
}

} // namespace papilio
