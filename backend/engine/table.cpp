// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace papilio::engine
{

namespace
{

/// Characters, not bytes; good enough for the letters that occur here.
std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void appendCell(std::string& line, const std::string& cell, std::size_t columnWidth, Table::Align align)
{
    const std::string padding(columnWidth - std::min(columnWidth, width(cell)), ' ');
    if (!line.empty())
        line += "  ";
    line += align == Table::Align::Right ? padding + cell : cell + padding;
}

void endLine(std::string& text, std::string line)
{
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
}

} // namespace

void Table::column(std::string title, Align align)
{
    m_columns.push_back({std::move(title), align});
}

void Table::row(std::vector<std::string> cells)
{
    cells.resize(m_columns.size());
    m_rows.push_back(std::move(cells));
}

std::string Table::text() const
{
    std::vector<std::size_t> widths(m_columns.size(), 0);
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        for (const auto& cells : m_rows)
            widths[c] = std::max(widths[c], width(cells[c]));
        if (widths[c] > 0)
            widths[c] = std::max(widths[c], width(m_columns[c].title));
    }
    std::string result, line;
    for (std::size_t c = 0; c < m_columns.size(); ++c)
        if (widths[c] > 0)
            appendCell(line, m_columns[c].title, widths[c], m_columns[c].align);
    endLine(result, line);
    for (const auto& cells : m_rows) {
        line.clear();
        for (std::size_t c = 0; c < m_columns.size(); ++c)
            if (widths[c] > 0)
                appendCell(line, cells[c], widths[c], m_columns[c].align);
        endLine(result, line);
    }
    return result;
}

std::string groupedNumber(std::int64_t number)
{
    std::string digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t place = digits.size(); place > first + 3;) {
        place -= 3;
        digits.insert(place, 1, ',');
    }
    return digits;
}

std::string shortNumber(double number, int digits)
{
    if (std::isnan(number))
        return "undefined";
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, number);
    return buffer;
}

std::string fixedNumber(double number, int decimals)
{
    if (std::isnan(number))
        return "undefined";
    char buffer[400];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, number);
    return buffer;
}

std::string durationText(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds)));
    char buffer[64];
    if (whole < 60)
        std::snprintf(buffer, sizeof buffer, "%lld s", static_cast<long long>(whole));
    else if (whole < 3600)
        std::snprintf(buffer, sizeof buffer, "%lld min %02lld s", static_cast<long long>(whole / 60),
                      static_cast<long long>(whole % 60));
    else
        std::snprintf(buffer, sizeof buffer, "%lld h %02lld min", static_cast<long long>(whole / 3600),
                      static_cast<long long>(whole % 3600 / 60));
    return buffer;
}

} // namespace papilio::engine
