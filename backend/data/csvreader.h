// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/table.h"

namespace papilio::data
{

/// Splits text into cells, piece by piece: a cell that begins with a quote may go over several lines.
class CellSplitter
{
public:
    explicit CellSplitter(char separator) : m_separator(separator) {}
    void clear();
    /// Adds a line; true if the record is whole, false if a quote is still open.
    bool feed(std::string_view line);
    std::vector<std::string>& cells() { return m_cells; }

private:
    void endCell();

    char m_separator;
    std::vector<std::string> m_cells;
    std::string m_cell;
    bool m_quoted = false; ///< within quotes
    bool m_closed = false; ///< behind the closing quote of a cell
};

/// Comma, semicolon or tab separated text with a header line, quoted as RFC 4180 says.
class CsvReader : public TableReader
{
public:
    static Result<std::unique_ptr<TableReader>> open(Format format, std::unique_ptr<LineReader> lines, char separator,
                                                     const std::string& file);
    Result<bool> next(TableRow& row) override;

private:
    CsvReader(Format format, std::unique_ptr<LineReader> lines, char separator);
    Result<> readRecord(TableRow& row);
    void checkCells(TableRow& row);

    CellSplitter m_splitter;
    std::string m_line;
};

/// The separator that the first lines use: the most frequent of comma, tab, semicolon outside quotes.
char guessSeparator(std::string_view start, char preferred);

} // namespace papilio::data
