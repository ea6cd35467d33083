// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/csvreader.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace papilio::data
{

namespace
{
/// So much may be read for the end of a quote that has none, beyond what the rows themselves have; then quoted cells end
/// within so many lines.
constexpr std::size_t mostInVain = 4 * recordLimit;
constexpr std::size_t linesNear = 1000;

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

/// Without a way out of the loop it goes through many bytes at a time.
bool needsDecoding(std::string_view text)
{
    unsigned char bits = 0;
    for (const char c : text) {
        bits |= static_cast<unsigned char>(c);
    }
    return bits >= 0x80;
}
} // namespace

void CellSplitter::clear(std::size_t expected)
{
    constexpr std::size_t usual = 1024; // a header may have millions by mistake
    m_cells.clear();
    m_cells.reserve(std::min(expected, usual));
    m_cell.clear();
    m_quoted = false;
    m_closed = false;
    m_carried = false;
    m_stray = false;
}

void CellSplitter::endCell()
{
    m_cells.push_back(needsDecoding(m_cell) ? decoded(m_cell, m_found) : m_cell);
    m_cell.clear();
    m_closed = false;
    m_carried = false;
}

/// The same for a cell without quotes, most of them.
void CellSplitter::addCell(std::string_view text, bool plain)
{
    if (plain && m_cell.empty() && !m_closed) {
        m_cells.emplace_back(text);
        m_carried = false;
        return;
    }
    m_cell.append(text);
    endCell();
}

bool CellSplitter::feed(std::string_view line)
{
    const bool plain = !needsDecoding(line);
    std::size_t i = 0;
    m_carried = m_quoted;
    m_stray = false;
    if (m_separator == ' ' && !m_quoted) {
        i = std::min(line.find_first_not_of(" \t"), line.size());
    }
    while (true) {
        if (m_quoted) {
            const std::size_t quote = line.find('"', i);
            if (quote == std::string_view::npos) {
                m_cell.append(line.substr(i));
                m_cell.push_back('\n');
                return false;
            }
            m_cell.append(line.substr(i, quote - i));
            i = quote + 1;
            if (i < line.size() && line[i] == '"') {
                m_cell.push_back('"');
                ++i;
            } else {
                m_quoted = false;
                m_closed = true;
            }
            continue;
        }
        if (m_cell.empty() && !m_closed && i < line.size() && line[i] == '"') {
            m_quoted = true;
            ++i;
            continue;
        }
        const bool blanks = m_separator == ' ';
        const std::size_t end = std::min(blanks ? line.find_first_of(" \t", i) : line.find(m_separator, i), line.size());
        m_stray = m_stray || (m_carried && !isBlank(line.substr(i, end - i)));
        addCell(line.substr(i, end - i), plain);
        if (end == line.size()) {
            return true;
        }
        i = end + 1;
        if (blanks) {
            i = line.find_first_not_of(" \t", end);
            if (i == std::string_view::npos) {
                return true;
            }
        }
        if (i == line.size()) { // a separator at the very end: one more, empty cell
            endCell();
            return true;
        }
    }
}

CsvReader::CsvReader(Format format, std::unique_ptr<LineReader> lines, char separator)
    : TextTableReader(format, std::move(lines)), m_separator(separator), m_splitter(separator)
{
}

Result<std::unique_ptr<TableReader>> CsvReader::open(Format format, std::unique_ptr<LineReader> lines, char separator,
                                                     const std::string& file, const ReadOptions& options)
{
    std::unique_ptr<CsvReader> reader(new CsvReader(format, std::move(lines), separator));
    TableRow header;
    do {
        auto got = reader->m_lines->next(reader->m_line);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == LineReader::Got::End) {
            return fail(ErrorCode::BadInput, quotedName(file) + " is empty.");
        }
        if (*got == LineReader::Got::TooLong) {
            return fail(ErrorCode::BadInput, "The header line of " + quotedName(file) + " is longer than 16 MiB.");
        }
    } while (isBlank(reader->m_line));
    reader->readRecord(header);
    reader->m_hadHeader = options.header.value_or(true);
    if (reader->m_zeros && reader->m_hadHeader) {
        header.problem = "there are zero bytes in it";
    }
    if (!header.problem.empty()) {
        return fail(ErrorCode::BadInput,
                    "The header line of " + quotedName(file) + " cannot be read: " + header.problem + ".");
    }
    if (!reader->m_hadHeader) {
        reader->m_first = header;
        if (reader->m_zeros) {
            refuseForZeros(*reader->m_first, reader->m_line);
        }
    }
    for (std::string& name : header.cells) {
        name = reader->m_hadHeader ? std::string(trimmed(name)) : std::string();
    }
    reader->m_columns = distinctNames(header.cells, reader->m_notes);
    return std::unique_ptr<TableReader>(std::move(reader));
}

FileFacts CsvReader::facts() const
{
    FileFacts facts = TextTableReader::facts();
    facts.delimiter = m_separator;
    if (m_splitter.found()) {
        facts.encoding = encodingName(*m_splitter.found());
    }
    return facts;
}

Result<bool> CsvReader::next(TableRow& row)
{
    row = TableRow{};
    if (m_first) {
        row = std::move(*m_first);
        m_first.reset();
        row.row = m_row++;
        return true;
    }
    while (true) {
        auto got = m_lines->next(m_line);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == LineReader::Got::End) {
            return false;
        }
        if (*got == LineReader::Got::TooLong) {
            row.row = m_row++;
            row.title = toUtf8(m_line);
            row.problem = "the row is longer than 16 MiB";
            return true;
        }
        if (!isBlank(m_line)) {
            break;
        }
    }
    readRecord(row);
    row.row = m_row++;
    if (m_zeros) {
        refuseForZeros(row, m_line);
    } else {
        checkCells(row);
    }
    return true;
}

/// Splits m_line and, where a quote is open, the lines behind it. A quote that is never closed, or so that its cell goes on
/// behind it, or that the cells do not fit, is a stray one: only its own line is lost, the lines behind it are read again.
void CsvReader::readRecord(TableRow& row)
{
    m_splitter.clear(m_columns.size());
    bool whole = m_splitter.feed(m_line);
    std::size_t size = m_line.size() + 1;
    m_zeros = hasZeros(m_line);
    std::string problem = "a quote is opened and not closed";
    if (!whole) {
        const bool zerosAtFirst = m_zeros;
        const bool far = m_lookedInVain <= m_consumed + mostInVain;
        m_lines->mark();
        std::string line;
        for (std::size_t i = 0; !whole && !m_splitter.stray() && size <= recordLimit && (far || i < linesNear); ++i) {
            const auto got = m_lines->next(line);
            if (!got || *got != LineReader::Got::Line) {
                break; // a fault comes again behind the lines before it
            }
            size += line.size() + 1;
            m_zeros = m_zeros || hasZeros(line);
            whole = m_splitter.feed(line);
        }
        if (whole && !m_splitter.stray() && !fits(m_splitter.cells())) {
            whole = false;
            problem = "a quote is closed in a later line only; with that there would be " + countsOf(m_splitter.cells().size());
        }
        whole = whole && !m_splitter.stray();
        if (!whole) {
            m_zeros = zerosAtFirst;
            m_lines->rewind();
            m_lookedInVain += size;
            size = m_line.size() + 1;
        }
        m_lines->release();
    }
    m_consumed += size;
    if (whole) {
        row.cells = std::move(m_splitter.cells());
        return;
    }
    row.title = elided(toUtf8(m_line), 1000);
    row.problem = std::move(problem);
}

std::string CsvReader::countsOf(std::size_t cells) const
{
    return std::to_string(cells) + (cells == 1 ? " cell, the header has " : " cells, the header has ") +
           std::to_string(m_columns.size());
}

/// As many cells as columns, or more of which the last ones are blank.
bool CsvReader::fits(const std::vector<std::string>& cells) const
{
    return m_columns.empty() || (cells.size() >= m_columns.size() &&
                                 std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(m_columns.size()), cells.end(),
                                             [](const std::string& cell) { return isBlank(cell); }));
}

void CsvReader::checkCells(TableRow& row)
{
    if (!row.problem.empty() || row.cells.size() == m_columns.size()) {
        return;
    }
    const std::string counts = countsOf(row.cells.size());
    if (row.cells.size() < m_columns.size()) {
        if (!m_lines->lastLineEnded()) {
            row.problem = "the file ends within this row: " + counts;
        } else {
            row.repair = counts + "; the missing ones are taken as empty";
            row.cells.resize(m_columns.size());
        }
    } else if (fits(row.cells)) {
        row.repair = counts + "; the empty ones at the end are left out";
        row.cells.resize(m_columns.size());
    } else {
        row.problem = counts;
    }
    if (!row.problem.empty()) {
        row.title = elided(toUtf8(m_line), 1000);
        row.cells.clear();
    }
}

} // namespace papilio::data
