// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/preamble.h"

#include <algorithm>
#include <cctype>

#include "core/text.h"
#include "data/csvreader.h"
#include "data/sniff.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t mostTitles = 20;

struct Line {
    std::string_view text;
    std::size_t begin = 0; ///< in the start of the file
};

std::vector<Line> linesOf(std::string_view start)
{
    std::vector<Line> lines;
    const char end = start.find('\n') == std::string_view::npos ? '\r' : '\n';
    for (std::size_t at = 0; at < start.size();) {
        const std::size_t stop = start.find(end, at);
        std::string_view text = start.substr(at, stop == std::string_view::npos ? stop : stop - at);
        if (text.ends_with('\r')) {
            text.remove_suffix(1);
        }
        lines.push_back({text, at});
        at = stop == std::string_view::npos ? start.size() : stop + 1;
    }
    return lines;
}

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

/// A cell that can only be the name of a column of structures; no SMILES is written so.
bool namesStructures(std::string_view cell)
{
    cell = trimmed(cell);
    cell.remove_prefix(cell.starts_with('#') ? 1 : 0);
    std::string name(cell.substr(0, 40));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    const bool plain = std::all_of(name.begin(), name.end(),
                                   [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == ' ' || c == '-'; });
    return plain && cell.size() < 40 && (name.find("smiles") != std::string::npos || name == "inchi");
}

bool anyNamesStructures(const std::vector<std::string>& cells)
{
    return std::any_of(cells.begin(), cells.end(), [](const std::string& cell) { return namesStructures(cell); });
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
    bool blank(std::size_t line) const { return trimmed(m_lines[line].text).empty(); }

    SeparatorGuess guessFrom(std::size_t line) const
    {
        if (m_result.separator != 0) {
            return rateSeparator(m_start.substr(m_lines[line].begin), m_result.separator);
        }
        return guessSeparator(m_start.substr(m_lines[line].begin), m_preferred);
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
        const std::string_view text = m_lines[line].text;
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
        for (; line < m_lines.size() && (blank(line) || m_lines[line].text.starts_with('#')); ++line) {
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
        const std::string_view text = m_lines[comment].text;
        const SeparatorGuess guess = guessFrom(next);
        const char separator = guess.separator == 0 ? m_preferred : guess.separator;
        const auto names = cellsOf(text, separator), row = cellsOf(m_lines[next].text, separator);
        if (text.size() < 2 || text[1] == ' ' || text[1] == '\t' || text[1] == '#' || names.size() != row.size() ||
            anyNamesStructures(row)) {
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
            const auto cells = cellsOf(m_lines[line].text, guess.separator);
            const bool named = anyNamesStructures(cells);
            if (line == first && (named || !anyNamedBelow(first, guess.separator))) {
                return;
            }
            if (line > first && (named || (filled(cells) > 1 && onlyTitles(first, line, cells, guess.separator)))) {
                m_result.lines = line;
                const std::size_t titles = line - first;
                m_result.notes.push_back((titles == 1 ? "The line" : std::to_string(titles) + " lines") +
                                         " above the column names " + (titles == 1 ? "is" : "are") + " left out; the first: " +
                                         quoted(m_lines[first].text) + ".");
                return;
            }
        }
    }

    bool anyNamedBelow(std::size_t first, char separator) const
    {
        for (std::size_t line = first + 1; line < std::min(m_lines.size(), first + mostTitles); ++line) {
            if (anyNamesStructures(cellsOf(m_lines[line].text, separator))) {
                return true;
            }
        }
        return false;
    }

    /// The lines above have one cell each, and what follows them looks like names, or they like words.
    bool onlyTitles(std::size_t first, std::size_t header, const std::vector<std::string>& names, char separator) const
    {
        bool words = false;
        for (std::size_t line = first; line < header; ++line) {
            const auto cells = cellsOf(m_lines[line].text, separator);
            if (blank(line) || filled(cells) == 0) {
                continue;
            }
            if (filled(cells) > 1 || namesStructures(trimmed(m_lines[line].text))) {
                return false;
            }
            words = words || trimmed(m_lines[line].text).find(' ') != std::string_view::npos;
        }
        return words || std::none_of(names.begin(), names.end(), [](const std::string& name) { return parseNumber(name).has_value(); });
    }

    std::string_view m_start;
    char m_preferred;
    std::vector<Line> m_lines;
    Preamble m_result;
};
} // namespace

Preamble preambleOf(std::string_view start, char preferred, bool titles)
{
    return Finder(start, preferred).run(titles);
}

} // namespace papilio::data
