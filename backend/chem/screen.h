// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/molgraph.h"

namespace papilio::chem
{

/// 512 bits that every molecule with a substructure has if the substructure has them: numbers of elements, rings, bonds
/// and aromatic atoms, chains of two to five atoms, branches. From the graph alone, in a few microseconds.
struct Screen {
    static constexpr std::size_t bits = 512;
    std::array<std::uint64_t, bits / 64> words{};

    /// Whether a molecule with these bits may contain a substructure with those.
    bool covers(const Screen& substructure) const
    {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if ((substructure.words[i] & ~words[i]) != 0) {
                return false;
            }
        }
        return true;
    }
    int count() const;
    friend bool operator==(const Screen&, const Screen&) = default;
};

/// What is known for sure of a substructure's atoms and bonds; what is not known gives no bits.
struct ScreenGraph {
    struct Atom {
        int element = -1; ///< −1 = not known
        int aromatic = -1;
        int charge = 0; ///< sign; 0 = none or not known
    };
    struct Bond {
        int begin = 0, end = 0;
        int order = -1;     ///< 0 single or aromatic, 1 double, 2 triple, 3 other; −1 = not known
        bool inRing = true; ///< false saves the way through it to who looks for cycles
    };
    std::vector<Atom> atoms;
    std::vector<Bond> bonds;
};

Screen screenOf(const ScreenGraph& graph);
Screen screenOf(const MolGraph& graph);

} // namespace papilio::chem
