// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sdfreader.h"

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t mostColumns = 10000;
constexpr std::size_t noColumn = static_cast<std::size_t>(-1);
} // namespace

struct SdfReader::Record {
    TableRow& row;
    std::string block;
    std::size_t size = 0;
    std::size_t lines = 0;
    bool blockEnded = false;
    bool blank = true;               ///< nothing but blank lines so far
    std::size_t property = noColumn; ///< column in reading
};

SdfReader::SdfReader(std::unique_ptr<LineReader> lines) : TextTableReader(Format::Sdf, std::move(lines))
{
    m_columns.emplace_back(structureColumn);
    m_byName.emplace(structureColumn, 0);
}

/// Column of a property header line, e.g. ">  <SOL>  (1)".
std::size_t SdfReader::columnOf(std::string_view header)
{
    const std::size_t begin = header.find('<');
    const std::size_t end = header.rfind('>');
    if (begin == std::string_view::npos || end == std::string_view::npos || end <= begin) {
        return noColumn;
    }
    std::string name = utf8(trimmed(header.substr(begin + 1, end - begin - 1)));
    if (name == structureColumn) {
        name += " (2)";
    }
    const auto known = m_byName.find(name);
    if (known != m_byName.end()) {
        return known->second;
    }
    if (name.empty() || m_columns.size() >= mostColumns) {
        return noColumn;
    }
    m_columns.push_back(name);
    m_byName.emplace(name, m_columns.size() - 1);
    return m_columns.size() - 1;
}

void SdfReader::takeLine(Record& record, const std::string& line)
{
    record.blank = record.blank && trimmed(line).empty();
    if (record.lines++ == 0) {
        record.row.title = utf8(trimmed(line));
    }
    const bool header = line.starts_with('>');
    if (!record.blockEnded && !(header && record.lines > 4)) {
        record.block += line;
        record.block += '\n';
        record.blockEnded = line.starts_with("M  END");
        return;
    }
    record.blockEnded = true;
    if (header) {
        record.property = columnOf(line);
    } else if (line.empty()) {
        record.property = noColumn;
    } else if (record.property != noColumn) {
        if (record.row.cells.size() <= record.property) {
            record.row.cells.resize(record.property + 1);
        }
        std::string& cell = record.row.cells[record.property];
        cell += cell.empty() ? "" : "\n";
        cell += utf8(line);
    }
}

Result<bool> SdfReader::next(TableRow& row)
{
    row = TableRow{};
    row.cells.resize(m_columns.size());
    Record record{row, {}, 0, 0, false, true, noColumn};
    bool closed = false;
    while (!closed) {
        auto got = m_lines->next(m_line);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == LineReader::Got::End) {
            break;
        }
        record.size += m_line.size() + 1;
        if (m_line.starts_with("$$$$")) {
            closed = true;
        } else if (*got == LineReader::Got::TooLong || record.size > recordLimit) {
            row.problem = "the record is longer than 16 MiB"; // passed over up to its end
            record.block.clear();
        } else if (row.problem.empty() && !refuseZeros(row, m_line)) {
            takeLine(record, m_line);
        }
    }
    if (!closed && record.blank && row.problem.empty()) {
        return false;
    }
    row.row = m_row++;
    if (row.problem.empty() && record.blank) {
        row.problem = "the record is empty";
    } else if (row.problem.empty() && !closed && !record.blockEnded) {
        row.problem = "the file ends within this record";
    }
    if (row.problem.empty()) {
        row.cells.resize(m_columns.size());
        row.cells[0] = std::move(record.block);
    } else {
        row.cells.clear();
    }
    return true;
}

} // namespace papilio::data
