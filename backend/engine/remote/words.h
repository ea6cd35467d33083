// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio::engine
{

/// Splits what a person wrote into words as a shell would: blanks part, '…' and "…" keep together, a backslash takes
/// the next character as it is. Nothing is expanded. 'what' names the text in an error.
Result<std::vector<std::string>> splitWords(const std::string& text, const std::string& what);

/// One word for any shell that quotes with '…'.
std::string shellQuoted(std::string_view word);
/// A command line of words, each quoted.
std::string shellLine(const std::vector<std::string>& words);

/// The last line that says something, without what would move a terminal's cursor; at most 300 characters.
std::string lastLine(const std::string& text);

/// Has the text a character that no name on one line has?
bool hasControlCharacter(std::string_view text);

} // namespace papilio::engine
