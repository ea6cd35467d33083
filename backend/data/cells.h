// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papilio::data
{

/// What a cell holds, whatever its column is meant for.
enum class CellKind {
    Missing, ///< empty, or a word for it ("NaN", "NA", "null", …)
    Number,
    Quantity, ///< a number with a sign before it or a unit behind it: "<0.5", "~3", "12 %", "3.5 nM"
    Word,     ///< "true" or "false"
    List,     ///< "[…]" of numbers
    Text,
};

struct Cell {
    CellKind kind = CellKind::Missing;
    double number = 0;        ///< Number, Quantity; Word: 1 or 0
    char qualifier = 0;       ///< Quantity: '<' (also "<=", "≤"), '>', '~' (also "≈", "ca."); 0 = none
    std::string unit;         ///< Quantity: what stands behind the number, "%" included; may be empty
    std::vector<double> list; ///< List: NaN where an element is missing
};

/// Reads a cell. 'wantList' false leaves the values of a list out and only tells that it is one. 'decimalComma': "0,5"
/// is a number ("0.5" still is, too).
void readCell(std::string_view text, Cell& cell, bool wantList = true, bool decimalComma = false);

/// Elements of "[0.1, null, 2]", also without commas and with lists inside (whose elements follow each other), as
/// Python and NumPy write them; nothing if the text is no such list.
std::optional<std::vector<double>> readList(std::string_view text);

/// A number with a decimal comma ("0,5"), which is not read as a number unless told.
bool isDecimalComma(std::string_view text);

/// Without the blanks around it, those that do not break a line included.
std::string_view trimmedCell(std::string_view text);

} // namespace papilio::data
