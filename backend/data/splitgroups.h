// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "store/runs.h"

namespace papilio::data
{

/// Molecules that must stay together: for each its group, numbered from 0 by first appearance.
struct Groups {
    std::vector<std::uint32_t> of;
    std::uint32_t count = 0;

    std::vector<std::uint32_t> sizes() const;
};

/// By equal keys; key 0 means a group of its own, or, with 'zeroTogether', one group of all of them.
Groups groupsOf(const std::vector<std::uint64_t>& keys, bool zeroTogether);

/// Labels that each molecule has, as numbers of categories (task and class); row i is category[start[i] … start[i + 1]).
struct Categories {
    std::vector<std::size_t> start{0};
    std::vector<std::uint32_t> category;
    std::uint32_t count = 0;
};

using Fractions = std::array<double, 3>; ///< training, validation, test

/// Whole groups into parts. Groups larger than half of the smallest wanted part go to training first, largest before
/// smaller; the others, in an order that the seed decides, each to the part that lacks most in relation to what it is to
/// have. A part is exceeded only where nothing else fits.
std::vector<store::Part> assignGroups(const Groups& groups, const Fractions& fractions, std::uint64_t seed);

/// The same, so that each category too is divided as the fractions say. Groups that hold the largest share of any
/// category go first, each where the squared relative errors over all categories (molecules weigh as much as all
/// categories together) grow least; then single groups are moved as long as the errors shrink, three rounds at most.
std::vector<store::Part> assignBalanced(const Groups& groups, const Categories& categories, const Fractions& fractions,
                                        std::uint64_t seed);

} // namespace papilio::data
