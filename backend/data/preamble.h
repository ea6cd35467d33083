// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace papilio::data
{

/// What stands above the header of a separated table and is no part of it.
struct Preamble {
    std::size_t lines = 0; ///< to be passed over; blank ones among them
    char separator = 0;    ///< what a line "sep=;" says; 0 = nothing
    std::vector<std::string> notes;
};

/// Finds comments ('#'), the line "sep=;" of spreadsheets, and, where 'titles' says so, titles: lines above the one that
/// names the columns. 'start' is the beginning of the table.
Preamble preambleOf(std::string_view start, char preferred, bool titles);

} // namespace papilio::data
