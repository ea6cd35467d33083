// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace papilio::engine
{

/// Aligned columns for a terminal. Columns that are empty in every row are left out.
class Table
{
public:
    enum class Align { Left, Right };
    void column(std::string title, Align align = Align::Right);
    void row(std::vector<std::string> cells);
    bool empty() const { return m_rows.empty(); }
    std::string text() const;

private:
    struct Column {
        std::string title;
        Align align;
    };
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

std::string groupedNumber(std::int64_t number);         ///< "151,531"
std::string shortNumber(double number, int digits = 5); ///< "0.04253"; "undefined" for NaN
std::string fixedNumber(double number, int decimals);
std::string durationText(double seconds); ///< "8 s", "3 min 05 s", "2 h 07 min"

} // namespace papilio::engine
