// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/nearest.h"

#include <algorithm>
#include <cctype>
#include <limits>

namespace papilio::engine
{

namespace
{

/// Edit distance (Levenshtein) that does not see case.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = std::tolower(static_cast<unsigned char>(a[i - 1])) ==
                              std::tolower(static_cast<unsigned char>(b[j - 1]));
            const std::size_t changed = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row[b.size()];
}

} // namespace

std::string nearestName(std::string_view word, const std::vector<std::string>& candidates)
{
    if (word.size() > 200)
        return {};
    std::string best;
    std::size_t bestDistance = std::numeric_limits<std::size_t>::max();
    for (const std::string& candidate : candidates) {
        const std::size_t d = distance(word, candidate);
        if (d < bestDistance) {
            bestDistance = d;
            best = candidate;
        }
    }
    return bestDistance <= std::max<std::size_t>(2, word.size() / 3) ? best : std::string{};
}

std::string didYouMean(std::string_view word, const std::vector<std::string>& candidates, std::string otherwise)
{
    const std::string best = nearestName(word, candidates);
    return best.empty() ? otherwise : "Did you mean '" + best + "'?";
}

} // namespace papilio::engine
