// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sniff.h"

#include <algorithm>
#include <string>
#include <vector>

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
    std::vector<std::string_view> lines;
    const char end = start.find('\n') == std::string_view::npos ? '\r' : '\n';
    while (!start.empty() && lines.size() < linesTried) {
        const std::size_t stop = start.find(end);
        if (stop == std::string_view::npos && !lines.empty()) {
            break;
        }
        std::string_view line = start.substr(0, stop);
        start.remove_prefix(stop == std::string_view::npos ? start.size() : stop + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.find_first_not_of(" \t") != std::string_view::npos) {
            lines.push_back(line);
        }
    }
    return lines;
}

struct Score {
    double agreeing = 0; ///< share of the rows with as many cells as the first
    std::size_t cells = 0;
};

Score scoreOf(const std::vector<std::string_view>& lines, char separator)
{
    CellSplitter splitter(separator);
    Score score;
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
    score.agreeing = rows == 0 ? 0 : static_cast<double>(same) / static_cast<double>(rows);
    return score;
}
} // namespace

char sniffSeparator(std::string_view start, char preferred)
{
    const std::vector<std::string_view> lines = firstLines(start);
    char best = 0;
    Score most;
    const auto tryAll = [&](std::string_view candidates, double least) {
        for (const char candidate : candidates) {
            const Score score = scoreOf(lines, candidate);
            if (score.cells < 2 || score.agreeing < least) {
                continue;
            }
            const bool better = score.agreeing > most.agreeing + 0.1 ||
                                (score.agreeing > most.agreeing - 0.1 && score.cells > most.cells) ||
                                (score.agreeing == most.agreeing && score.cells == most.cells && candidate == preferred);
            if (best == 0 || better) {
                best = candidate;
                most = score;
            }
        }
    };
    tryAll(usual, 0);
    if (best == 0) {
        tryAll(rare, 0.9); // ':' and the like stand in SMILES and names, too
    }
    return best;
}

} // namespace papilio::data
