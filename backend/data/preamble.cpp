// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/preamble.h"

#include <algorithm>

#include "core/text.h"
#include "data/csvreader.h"
#include "data/sniff.h"
#include "data/structurenames.h"
#include "data/structures.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t mostTitles = 20;

std::vector<std::string> cellsOf(std::string_view line, char separator)
{
    CellSplitter splitter(separator);
    return splitter.feed(line) ? splitter.cells() : std::vector<std::string>();
}

std::size_t filled(const std::vector<std::string>& cells)
{
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !trimmed(cell).empty(); }));
}

bool anyNamesStructures(const std::vector<std::string>& cells)
{
    return std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return namesStructures(cell); });
}

bool anyIsStructureName(const std::vector<std::string>& cells)
{
    return std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return isStructureName(cell); });
}

std::string quoted(std::string_view text)
{
    std::string quotes("'");
    quotes.append(elided(toUtf8(trimmed(text)), 60)).push_back('\'');
    return quotes;
}

class Finder
{
public:
    Finder(std::string_view start, char preferred) : m_start(start), m_preferred(preferred), m_lines(linesOf(start)) {}

    Preamble run(bool titles)
    {
        takeSeparator();
        takeComments();
        if (titles) {
            takeTitles();
        }
        return std::move(m_result);
    }

private:
    bool blank(std::size_t line) const { return trimmed(m_lines[line]).empty(); }

    std::string_view from(std::size_t line) const
    {
        return m_start.substr(static_cast<std::size_t>(m_lines[line].data() - m_start.data()));
    }

    SeparatorGuess guessFrom(std::size_t line) const
    {
        if (m_result.separator != 0) {
            return rateSeparator(from(line), m_result.separator);
        }
        return guessSeparator(from(line), m_preferred);
    }

    std::size_t firstFilled(std::size_t line) const
    {
        while (line < m_lines.size() && blank(line)) {
            ++line;
        }
        return line;
    }

    /// "sep=;", as spreadsheets write and read it.
    void takeSeparator()
    {
        const std::size_t line = firstFilled(0);
        if (line == m_lines.size()) {
            return;
        }
        const std::string_view text = m_lines[line];
        const bool said = text.size() == 5 && equalsIgnoringCase(text.substr(0, 4), "sep=");
        const bool quotedSo = text.size() == 7 && equalsIgnoringCase(text.substr(0, 5), "\"sep=") && text.back() == '"';
        if (said || quotedSo) {
            m_result.separator = said ? text[4] : text[5];
            m_result.lines = line + 1;
        }
    }

    void takeComments()
    {
        std::size_t comments = 0, last = m_lines.size(), line = m_result.lines;
        for (; line < m_lines.size() && (blank(line) || m_lines[line].starts_with('#')); ++line) {
            if (!blank(line)) {
                ++comments;
                last = line;
            }
        }
        if (comments == 0 || line == m_lines.size()) {
            return;
        }
        if (isHeader(last, line)) {
            --comments;
            line = last;
        }
        m_result.lines = std::max(m_result.lines, line);
        if (comments > 0) {
            m_result.notes.push_back(comments == 1 ? "A comment above the table (a line that begins with '#') is left out."
                                                   : std::to_string(comments) +
                                                         " comments above the table (lines that begin with '#') are left out.");
        }
    }

    /// "#id,smiles": a line of column names that begins like a comment.
    bool isHeader(std::size_t comment, std::size_t next) const
    {
        const std::string_view text = m_lines[comment];
        const SeparatorGuess guess = guessFrom(next);
        const char separator = guess.separator == 0 ? m_preferred : guess.separator;
        const auto names = cellsOf(text, separator), row = cellsOf(m_lines[next], separator);
        if (text.size() < 2 || text[1] == ' ' || text[1] == '\t' || text[1] == '#' || names.size() != row.size() ||
            anyIsStructureName(row)) {
            return false;
        }
        return names.size() > 1 || anyNamesStructures(names);
    }

    void takeTitles()
    {
        const std::size_t first = firstFilled(m_result.lines);
        for (std::size_t line = first; line < std::min(m_lines.size(), first + mostTitles); ++line) {
            const SeparatorGuess guess = guessFrom(line);
            if (blank(line) || guess.cells < 2 || guess.agreeing < 0.8 || guess.rows < 2) {
                continue;
            }
            const auto cells = cellsOf(m_lines[line], guess.separator);
            const bool named = line == first ? anyNamesStructures(cells) : namedBelow(first, line, guess.separator);
            if (line == first && (named || !anyNamedBelow(first, guess.separator))) {
                return;
            }
            if (line > first && (named || (filled(cells) > 1 && onlyTitles(first, line, cells, guess.separator)))) {
                m_result.lines = line;
                const std::size_t titles = line - first;
                m_result.notes.push_back((titles == 1 ? "The line" : std::to_string(titles) + " lines") +
                                         " above the column names " + (titles == 1 ? "is" : "are") + " left out; the first: " +
                                         quoted(m_lines[first]) + ".");
                return;
            }
        }
    }

    bool anyNamedBelow(std::size_t first, char separator) const
    {
        for (std::size_t line = first + 1; line < std::min(m_lines.size(), first + mostTitles); ++line) {
            if (namedBelow(first, line, separator)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a line below the first names structures. Where the lines above it already are a table of as many columns,
    /// words about a SMILES are no name, nor is one that stands in several rows or above cells that are no structures.
    bool namedBelow(std::size_t first, std::size_t line, char separator) const
    {
        const auto cells = cellsOf(m_lines[line], separator);
        if (!anyNamesStructures(cells)) {
            return false;
        }
        bool agree = false;
        for (std::size_t above = first; above < line; ++above) {
            const auto others = cellsOf(m_lines[above], separator);
            agree = agree || (others.size() == cells.size() && filled(others) > 1);
        }
        if (!agree) {
            return true;
        }
        for (std::size_t other = first; other < std::min(m_lines.size(), first + mostTitles); ++other) {
            if (other != line && anyIsStructureName(cellsOf(m_lines[other], separator))) {
                return false;
            }
        }
        return standsAboveStructures(line, cells, separator);
    }

    bool standsAboveStructures(std::size_t line, const std::vector<std::string>& names, char separator) const
    {
        for (std::size_t column = 0; column < names.size(); ++column) {
            if (isStructureName(names[column]) && areStructures(line + 1, column, separator)) {
                return true;
            }
        }
        return false;
    }

    /// Most of the first cells of a column from a line on.
    bool areStructures(std::size_t line, std::size_t column, char separator) const
    {
        constexpr std::size_t tried = 5;
        std::size_t filled = 0, structures = 0;
        for (const std::size_t end = std::min(m_lines.size(), line + tried); line < end; ++line) {
            const auto cells = cellsOf(m_lines[line], separator);
            if (column < cells.size() && !trimmed(cells[column]).empty()) {
                ++filled;
                structures += readStructure(cells[column], false).has_value();
            }
        }
        return structures * 2 > filled;
    }

    /// The lines above have one cell each, and what follows them looks like names, or they like words.
    bool onlyTitles(std::size_t first, std::size_t header, const std::vector<std::string>& names, char separator) const
    {
        bool words = false;
        for (std::size_t line = first; line < header; ++line) {
            const auto cells = cellsOf(m_lines[line], separator);
            if (blank(line) || filled(cells) == 0) {
                continue;
            }
            if (filled(cells) > 1 || namesStructures(trimmed(m_lines[line]))) {
                return false;
            }
            words = words || trimmed(m_lines[line]).find(' ') != std::string_view::npos;
        }
        return words || std::none_of(names.begin(), names.end(), [](const std::string& name) { return parseNumber(name).has_value(); });
    }

    std::string_view m_start;
    char m_preferred;
    std::vector<std::string_view> m_lines;
    Preamble m_result;
};
} // namespace

Preamble preambleOf(std::string_view start, char preferred, bool titles)
{
    return Finder(start, preferred).run(titles);
}

} // namespace papilio::data
