// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace papilio::data
{

/// The separator that the first lines use: the character that divides most of them into as many cells as the first one
/// (more than one), quotes respected. Comma, tab, semicolon and pipe are tried first, then rarer ones; 0 = none does.
char sniffSeparator(std::string_view start, char preferred);

/// A separator of the usual ones, and how well it fits.
struct SeparatorGuess {
    char separator = 0;    ///< 0 = none
    std::size_t cells = 0; ///< in the first line
    std::size_t rows = 0;  ///< looked at
    double agreeing = 0;   ///< share of the rows with as many cells as the first
};
SeparatorGuess guessSeparator(std::string_view start, char preferred);
SeparatorGuess rateSeparator(std::string_view start, char separator);

} // namespace papilio::data
