// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "data/table.h"

namespace papilio::data
{

/// Splits text into cells, piece by piece: a cell that begins with a quote may go over several lines. The separator ' '
/// stands for any run of blanks and tabs.
class CellSplitter
{
public:
    explicit CellSplitter(char separator) : m_separator(separator) {}
    /// Makes ready for a record of so many cells, as far as is known.
    void clear(std::size_t expected = 0);
    /// Adds a line; true if the record is whole, false if a quote is still open.
    bool feed(std::string_view line);
    std::vector<std::string>& cells() { return m_cells; }
    /// A quote opened before the line fed last was closed in it, with more of the cell behind: it was a stray one.
    bool stray() const { return m_stray; }
    std::optional<Encoding> found() const { return m_found; } ///< what cells that are no UTF-8 were read as

private:
    void endCell();
    void addCell(std::string_view text, bool plain);

    char m_separator;
    std::vector<std::string> m_cells;
    std::string m_cell;
    bool m_quoted = false; ///< within quotes
    bool m_closed = false; ///< behind the closing quote of a cell
    bool m_carried = false; ///< the cell was opened in an earlier line
    bool m_stray = false;
    std::optional<Encoding> m_found;
};

/// Text of separated cells, quoted as RFC 4180 says, with a header line unless told otherwise.
class CsvReader : public TextTableReader
{
public:
    static Result<std::unique_ptr<TableReader>> open(Format format, std::unique_ptr<LineReader> lines, char separator,
                                                     const std::string& file, const ReadOptions& options = {});
    Result<bool> next(TableRow& row) override;
    FileFacts facts() const override;

private:
    CsvReader(Format format, std::unique_ptr<LineReader> lines, char separator);
    void readRecord(TableRow& row);
    std::string countsOf(std::size_t cells) const;
    bool fits(const std::vector<std::string>& cells) const;
    void checkCells(TableRow& row);

    char m_separator;
    CellSplitter m_splitter;
    std::string m_line;
    std::size_t m_consumed = 0;     ///< bytes of the rows so far
    std::size_t m_lookedInVain = 0; ///< bytes read for the end of quotes that had none
    bool m_zeros = false;           ///< the record read last has zero bytes
    std::optional<TableRow> m_first; ///< the first row, where no header stands above it
};

} // namespace papilio::data
