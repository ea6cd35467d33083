// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace papilio
{

/// Where the atoms of a molecule are, in Å, as a file told: the heavy atoms in the order of its graph, then the hydrogen
/// atoms that were written.
struct Coordinates {
    using Place = std::array<float, 3>;
    struct Hydrogen {
        std::uint16_t heavy = 0; ///< the atom that it is at
        Place place{};
        friend bool operator==(const Hydrogen&, const Hydrogen&) = default;
    };
    std::vector<Place> atoms;
    std::vector<Hydrogen> hydrogens;
    friend bool operator==(const Coordinates&, const Coordinates&) = default;
};

} // namespace papilio
