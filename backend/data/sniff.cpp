// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sniff.h"

#include <string>
#include <vector>

#include "core/text.h"
#include "data/csvreader.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t linesTried = 60;
constexpr std::string_view usual = ",\t;|";
constexpr std::string_view rare = "\x1f^~:!";

/// The first whole lines; a line that the end of 'start' cuts is left out unless it is the only one.
std::vector<std::string_view> firstLines(std::string_view start)
{
    const bool cut = !start.ends_with(start.find('\n') == std::string_view::npos ? '\r' : '\n');
    const std::vector<std::string_view> all = linesOf(start);
    std::vector<std::string_view> lines;
    for (std::size_t i = 0; i < all.size() && lines.size() < linesTried; ++i) {
        const std::string_view line = all[i];
        if (cut && i + 1 == all.size() && !lines.empty()) {
            break;
        }
        if (line.find_first_not_of(" \t") != std::string_view::npos) {
            lines.push_back(line);
        }
    }
    return lines;
}

SeparatorGuess scoreOf(const std::vector<std::string_view>& lines, char separator)
{
    CellSplitter splitter(separator);
    SeparatorGuess score;
    score.separator = separator;
    std::size_t rows = 0;
    std::size_t same = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        splitter.clear();
        bool whole = splitter.feed(lines[i]);
        const std::size_t first = i;
        while (!whole && i + 1 < lines.size() && i - first < 20) {
            whole = splitter.feed(lines[++i]);
        }
        if (!whole) {
            i = first; // a stray quote: its own line is lost
        }
        const std::size_t cells = whole ? splitter.cells().size() : 0;
        if (first == 0) {
            score.cells = cells;
        }
        ++rows;
        same += cells == score.cells;
    }
    score.rows = rows;
    score.agreeing = rows == 0 ? 0 : static_cast<double>(same) / static_cast<double>(rows);
    return score;
}

SeparatorGuess bestOf(const std::vector<std::string_view>& lines, std::string_view candidates, double least, char preferred)
{
    SeparatorGuess best;
    for (const char candidate : candidates) {
        const SeparatorGuess score = scoreOf(lines, candidate);
        if (score.cells < 2 || score.agreeing < least) {
            continue;
        }
        const bool better = score.agreeing > best.agreeing + 0.1 ||
                            (score.agreeing > best.agreeing - 0.1 && score.cells > best.cells) ||
                            (score.agreeing == best.agreeing && score.cells == best.cells && candidate == preferred);
        if (best.separator == 0 || better) {
            best = score;
        }
    }
    return best;
}
} // namespace

SeparatorGuess guessSeparator(std::string_view start, char preferred)
{
    return bestOf(firstLines(start), usual, 0, preferred);
}

SeparatorGuess rateSeparator(std::string_view start, char separator)
{
    return scoreOf(firstLines(start), separator);
}

char sniffSeparator(std::string_view start, char preferred)
{
    const std::vector<std::string_view> lines = firstLines(start);
    const SeparatorGuess best = bestOf(lines, usual, 0, preferred);
    // ':' and the like stand in SMILES and names, too
    return best.separator != 0 ? best.separator : bestOf(lines, rare, 0.9, preferred).separator;
}

} // namespace papilio::data
