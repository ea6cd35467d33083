// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/smireader.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/text.h"
#include "data/structurenames.h"
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

/// "#7", "#A": names can begin so; behind the sign of a comment mostly comes a blank.
bool couldBeNamed(std::string_view line)
{
    return line.size() > 1 && line[0] == '#' && line[1] != '#' && line[1] != ' ' && line[1] != '\t';
}

bool isHeaderCell(const std::string& cell)
{
    return saysSmiles(cell) && (!namesStructures(cell) || isStructureName(cell)); // but "no SMILES available"
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
        if (cells.size() < 2 || cells[0].empty() || looked == linesTried || (looked == 5 && first == 5)) {
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

std::vector<std::string> SmiReader::cellsByTabs(std::string_view line)
{
    std::vector<std::string> cells;
    for (const std::string& cell : split(line, '\t')) {
        cells.push_back(utf8(trimmed(cell)));
    }
    return cells;
}

std::vector<std::string> SmiReader::splitLine(std::string_view line)
{
    std::vector<std::string> cells;
    if (m_onlyTabs) { // one at the beginning stands for a name that is missing
        return cellsByTabs(line);
    }
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
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

/// Reads into m_line; blank lines are passed over.
Result<bool> SmiReader::nextFilled(bool& tooLong)
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
        if (m_line.find_first_not_of(" \t") != std::string::npos) {
            return true;
        }
    }
}

Result<bool> SmiReader::nextLine(bool& tooLong)
{
    while (true) {
        auto more = nextFilled(tooLong);
        if (!more || !*more || tooLong || !isComment(m_line)) {
            return more;
        }
    }
}

/// Lines that begin with '#', but for those that do so with the name in front of a SMILES.
bool SmiReader::isComment(std::string_view line)
{
    if (line[line.find_first_not_of(" \t")] != '#') {
        return false;
    }
    if (m_structure == 0 || !couldBeNamed(line)) {
        return true;
    }
    const std::vector<std::string> cells = splitLine(line);
    const bool pair = cells.size() > 1 && !cells[1].empty();
    return !pair || !((m_onlyTabs && m_row > 0) || readStructure(cells[1], false));
}

/// The first lines, those of comments that could be names among them.
std::vector<std::string> SmiReader::sample()
{
    constexpr std::size_t most = 10 * linesForWidth, longestKept = 10000; // of comments
    std::vector<std::string> lines;
    std::size_t plain = 0;
    while (plain < linesForWidth) {
        bool tooLong = false;
        auto more = nextFilled(tooLong);
        if (!more || !*more || tooLong) {
            if (more && *more) {
                m_lines->unread(m_line, true);
            }
            break; // a fault of the file comes again when the rows are read
        }
        const bool comment = isComment(m_line);
        if (!comment || (lines.size() < most && m_line.size() < longestKept && couldBeNamed(m_line))) {
            lines.push_back(m_line);
        }
        plain += !comment;
    }
    return lines;
}

/// How many cells the rows have.
void SmiReader::measure(const std::vector<std::string>& lines)
{
    std::size_t fewest = 0;
    for (const std::string& line : lines) {
        const std::size_t width = splitLine(line).size();
        m_width = std::max(m_width, width);
        fewest = fewest == 0 ? width : std::min(fewest, width);
    }
    if (!m_tabs && m_width > 2 && fewest != m_width) {
        m_width = 2; // names with blanks in them
    }
}

Result<std::unique_ptr<TableReader>> SmiReader::open(std::unique_ptr<LineReader> lines, const std::string& file,
                                                     const ReadOptions& options)
{
    std::unique_ptr<SmiReader> reader(new SmiReader(std::move(lines)));
    std::vector<std::string> all = reader->sample(), plain;
    std::copy_if(all.begin(), all.end(), std::back_inserter(plain),
                 [&](const std::string& line) { return !reader->isComment(line); });
    const bool onlyNamed = plain.empty(); // every line begins with '#'
    if (onlyNamed) {
        plain = all;
    }
    reader->m_tabs = !plain.empty() && plain.front().find('\t') != std::string::npos;
    std::vector<std::string> given;
    if (!plain.empty() && !onlyNamed) {
        std::vector<std::string> cells =
            reader->m_tabs ? reader->cellsByTabs(plain.front()) : reader->splitLine(plain.front());
        if (options.header.value_or(isHeaderCell(cells[0]) || (cells.size() > 1 && isHeaderCell(cells[1])))) {
            given = std::move(cells);
            all.erase(std::find(all.begin(), all.end(), plain.front()));
            reader->m_hadHeader = true;
        }
    }
    reader->measure(plain);
    std::vector<std::string> names{"smiles"};
    if (reader->m_width > 1) {
        names.emplace_back("name");
    }
    if (reader->m_hadHeader) {
        names = given;
        plain.erase(plain.begin());
        if (reader->m_tabs) { // a blank within one of the names parts no cells
            reader->m_width = given.size();
            reader->measure(plain);
        }
    }
    names.resize(reader->m_width);
    reader->findStructures(plain, names);
    if (onlyNamed && reader->m_structure == 0) { // comments indeed
        reader->m_width = 1;
        names = {"smiles"};
    }
    reader->m_columns = distinctNames(names, reader->m_notes);
    for (std::size_t i = all.size(); i-- > 0;) {
        reader->m_lines->unread(std::move(all[i]));
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
