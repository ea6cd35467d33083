// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace papilio
{

/// The texts and whole numbers of pickles of protocol 0, which are lines; none where they are malformed.
std::optional<std::string> decodeQuoted(std::string_view line);     ///< 'abc\n' as repr() writes it
std::optional<std::string> decodeRawUnicode(std::string_view line); ///< Latin-1 with \uXXXX, to UTF-8
std::optional<std::int64_t> decodeWhole(std::string_view line);     ///< also "12L"
bool isDecimal(std::string_view line);                              ///< digits with a sign, also beyond 64 bits
bool isUtf8(std::string_view bytes);

} // namespace papilio
