// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/error.h"

namespace papilio::data
{

/// How the text of a table is to be read; what is not said is found out from the file.
struct ReadOptions {
    std::string delimiter = {};            ///< one character, or " " for runs of blanks; empty = found out
    std::string encoding = {};             ///< "utf-8", "latin-1", "windows-1252", "utf-16le", "utf-16be"; empty = found out
    bool decimalComma = false;             ///< "0,5" is a number; never found out
    std::optional<bool> header = {};       ///< whether the first line names the columns; none = found out
    std::size_t skip = 0;                  ///< lines above the table that are passed over
    friend bool operator==(const ReadOptions&, const ReadOptions&) = default;
};

/// A delimiter as people write it: "comma", "semicolon", "tab", "pipe", "blank" (words), "\t", or one character.
Result<std::string> delimiterFromName(const std::string& name);
std::string delimiterName(const std::string& delimiter); ///< the word, or the character in quotes

} // namespace papilio::data
