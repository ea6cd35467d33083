// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/names.h"

#include <algorithm>
#include <numeric>

#include "core/text.h"

namespace papilio::nn
{

namespace
{

/// Levenshtein distance; a letter in the wrong case is no edit.
std::size_t edits(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = equalsIgnoringCase(a.substr(i - 1, 1), b.substr(j - 1, 1));
            const std::size_t replaced = diagonal + (same ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

} // namespace

std::string nearestName(const std::string& name, const std::vector<std::string>& known)
{
    const std::string shortened = name.substr(0, 100); // a mistake, not a book: the distance is quadratic
    std::string nearest;
    std::size_t least = static_cast<std::size_t>(-1);
    for (const std::string& candidate : known) {
        // The last part alone counts a little more, so that a full match wins over it.
        const std::string last = candidate.substr(candidate.rfind('.') + 1);
        const std::size_t distance = std::min(2 * edits(shortened, candidate), 2 * edits(shortened, last) + 1);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

tl::unexpected<Error> unknownKey(const std::string& where, const std::string& key,
                                 const std::vector<std::string>& known)
{
    return fail(ErrorCode::BadInput, where + ": there is no key '" + elided(toUtf8(key), 100) + "'.",
                "Did you mean '" + nearestName(key, known) + "'?");
}

} // namespace papilio::nn
