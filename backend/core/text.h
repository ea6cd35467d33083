// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papilio
{

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
/// Lines without their ends: LF, CRLF, or CR alone where there is no LF; at most so many.
std::vector<std::string_view> linesOf(std::string_view text, std::size_t most = std::string_view::npos);
std::string lowered(std::string_view text); ///< letters of ASCII only
bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// A finite number in C notation that fills the whole text (spaces around it allowed); nothing else.
std::optional<double> parseNumber(std::string_view text);

/// Shell-like pattern: '*' any run, '?' one character, everything else itself. Case matters.
bool matchesPattern(std::string_view text, std::string_view pattern);

/// Shortest text that reads back as the same double ("0.1", "-1754.062").
std::string formatNumber(double value);

/// Valid UTF-8 in, at most maxBytes out, never cutting a character; "…" marks the cut.
std::string elided(std::string_view text, std::size_t maxBytes);

/// Bytes as they are where they are valid UTF-8, else read as Windows-1252, which is Latin-1 wherever that has characters.
std::string toUtf8(std::string_view bytes);
/// The character of a byte in Windows-1252; the five that it leaves open stand for themselves.
char16_t fromWindows1252(unsigned char byte);

/// The known name that is fewest edits away; of "gnn.depth" the last part alone counts too. Empty if none is known.
std::string nearestName(const std::string& name, const std::vector<std::string>& known);

} // namespace papilio
