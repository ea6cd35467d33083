// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/smireader.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/text.h"
#include "data/structures.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t linesForWidth = 200;
constexpr std::size_t linesTried = 40; ///< read as molecules, to find the column of the structures

/// End of the SMILES at the beginning of a line: the first blank, but a CXSMILES tail "|…|" behind it belongs to it.
std::size_t smilesEnd(std::string_view line)
{
    const std::size_t blank = line.find_first_of(" \t");
    if (blank == std::string_view::npos) {
        return line.size();
    }
    if (line[blank] == ' ' && blank + 1 < line.size() && line[blank + 1] == '|') {
        const std::size_t close = line.find('|', blank + 2);
        if (close != std::string_view::npos) {
            return close + 1;
        }
    }
    return blank;
}
/// "SMILES", "isosmiles", "canonical_smiles": no SMILES is written so.
bool namesSmiles(std::string_view cell)
{
    std::string name(cell.substr(0, 40));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return cell.size() < 40 && name.find("smiles") != std::string::npos;
}
} // namespace

/// The column of the structures is the first, unless the first lines have none there but in the second.
void SmiReader::findStructures(const std::vector<std::string>& lines, std::vector<std::string>& names)
{
    if (m_width < 2) {
        return;
    }
    std::size_t first = 0, second = 0, looked = 0, width = 0;
    m_onlyTabs = m_tabs; // names in front of the SMILES may have blanks
    for (const std::string& line : lines) {
        const std::vector<std::string> cells = splitLine(line);
        width = std::max(width, cells.size());
        if (cells.size() < 2 || looked == linesTried || (looked == 5 && first == 5)) {
            continue;
        }
        first += readStructure(cells[0], false).has_value();
        second += readStructure(cells[1], false).has_value();
        ++looked;
    }
    // Names like "CN" or "I" can be read as SMILES, too: a few of them are none.
    if (looked == 0 || first * 5 > looked || second * 2 < looked) {
        m_onlyTabs = false;
        return;
    }
    m_structure = 1;
    if (m_onlyTabs) {
        m_width = std::max<std::size_t>(2, width);
        names.resize(m_width);
    }
    if (!m_hadHeader) {
        std::swap(names[0], names[1]);
    }
    m_notes.push_back("The first column holds no SMILES, the second does: it is read as the structures.");
}

std::vector<std::string> SmiReader::splitLine(std::string_view line)
{
    std::vector<std::string> cells;
    if (m_onlyTabs) {
        for (const std::string& cell : split(line, '\t')) {
            cells.push_back(utf8(trimmed(cell)));
        }
        return cells;
    }
    const std::size_t end = smilesEnd(line);
    cells.push_back(utf8(line.substr(0, end)));
    std::string_view rest = end < line.size() ? line.substr(end + 1) : std::string_view();
    while (!rest.empty()) {
        if (!m_tabs) {
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
            if (rest.empty()) {
                break;
            }
        }
        const std::size_t stop = rest.find_first_of(m_tabs ? "\t" : " \t");
        const bool last = stop == std::string_view::npos;
        cells.push_back(utf8(trimmed(rest.substr(0, stop))));
        rest = last ? std::string_view() : rest.substr(stop + 1);
    }
    return cells;
}

Result<bool> SmiReader::nextLine(bool& tooLong)
{
    while (true) {
        auto got = m_lines->next(m_line);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == LineReader::Got::End) {
            return false;
        }
        tooLong = *got == LineReader::Got::TooLong;
        const std::size_t begin = m_line.find_first_not_of(" \t");
        if (begin != std::string::npos && (m_line[begin] != '#' || tooLong)) {
            m_line.erase(0, begin);
            return true;
        }
    }
}

Result<std::unique_ptr<TableReader>> SmiReader::open(std::unique_ptr<LineReader> lines, const std::string& file,
                                                     const ReadOptions& options)
{
    std::unique_ptr<SmiReader> reader(new SmiReader(std::move(lines)));
    reader->m_tabs =
        reader->m_lines->peek().substr(0, reader->m_lines->peek().find('\n')).find('\t') != std::string_view::npos;
    std::vector<std::string> first;
    std::size_t fewest = 0;
    while (first.size() < linesForWidth) {
        bool tooLong = false;
        auto more = reader->nextLine(tooLong);
        if (!more || !*more || tooLong) {
            if (more && *more) {
                reader->m_lines->unread(reader->m_line, true);
            }
            break; // a fault of the file comes again when the rows are read
        }
        first.push_back(reader->m_line);
        const std::size_t width = reader->splitLine(reader->m_line).size();
        reader->m_width = std::max(reader->m_width, width);
        fewest = fewest == 0 ? width : std::min(fewest, width);
    }
    if (!reader->m_tabs && reader->m_width > 2 && fewest != reader->m_width) {
        reader->m_width = 2; // names with blanks in them
    }
    std::vector<std::string> names{"smiles"};
    if (reader->m_width > 1) {
        names.emplace_back("name");
    }
    names.resize(reader->m_width);
    if (!first.empty()) {
        const std::vector<std::string> cells = reader->splitLine(first.front());
        if (options.header.value_or(namesSmiles(cells[0]) || (cells.size() > 1 && namesSmiles(cells[1])))) {
            names = cells;
            names.resize(reader->m_width);
            first.erase(first.begin());
            reader->m_hadHeader = true;
        }
    }
    reader->findStructures(first, names);
    reader->m_columns = distinctNames(names, reader->m_notes);
    for (std::size_t i = first.size(); i-- > 0;) {
        reader->m_lines->unread(std::move(first[i]));
    }
    if (reader->m_columns.empty()) {
        return fail(ErrorCode::BadInput, quotedName(file) + " is empty.");
    }
    return std::unique_ptr<TableReader>(std::move(reader));
}

Result<bool> SmiReader::next(TableRow& row)
{
    row = TableRow{};
    bool tooLong = false;
    auto more = nextLine(tooLong);
    if (!more || !*more) {
        return more;
    }
    row.row = m_row++;
    if (tooLong) {
        row.title = utf8(m_line);
        row.problem = "the row is longer than 16 MiB";
        return true;
    }
    if (refuseZeros(row, m_line)) {
        return true;
    }
    row.cells = splitLine(m_line);
    for (std::size_t i = m_width; i < row.cells.size(); ++i) { // the rest of a name with blanks
        row.cells[m_width - 1] += " " + row.cells[i];
    }
    row.cells.resize(m_width);
    return true;
}

} // namespace papilio::data
