// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace papilio::data
{

/// What a cell holds, whatever its column is meant for.
enum class CellKind {
    Missing, ///< empty, or a word for it ("NaN", "NA", "null", …)
    Number,
    Word, ///< "true" or "false"
    List, ///< "[…]" of numbers
    Text,
};

struct Cell {
    CellKind kind = CellKind::Missing;
    double number = 0;        ///< Number; Word: 1 or 0
    std::vector<double> list; ///< List: NaN where an element is missing
};

/// Reads a cell. 'wantList' false leaves the values of a list out and only tells that it is one.
void readCell(std::string_view text, Cell& cell, bool wantList = true);

/// Elements of "[0.1, null, 2]"; nothing if the text is no such list.
std::optional<std::vector<double>> readList(std::string_view text);

/// A number with a decimal comma ("0,5"), which is not read as a number.
bool isDecimalComma(std::string_view text);

} // namespace papilio::data
