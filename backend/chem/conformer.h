// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "chem/molecule.h"

namespace papilio::chem
{

/// One 3D conformer with hydrogens: the heavy atoms come first, in the order of Molecule::graph().
struct Conformer {
    struct Atom {
        double x = 0, y = 0, z = 0; ///< Å
        int atomicNumber = 0;
    };
    struct Bond {
        std::uint32_t begin = 0, end = 0;
        int order = 1; ///< 1, 2, 3; aromatic bonds are kekulised
    };
    std::vector<Atom> atoms;
    std::vector<Bond> bonds;
    std::size_t heavyAtoms = 0;
    bool optimised = false; ///< relaxed with MMFF94 (false: embedding alone, no parameters for it)
};

inline constexpr std::size_t conformerAtomLimit = 120; ///< heavy atoms; larger molecules would take long

/// The coordinates that a file told, as a conformer; hydrogens that were not written are not there.
Result<Conformer> placedConformer(const Molecule& molecule, const Coordinates& coordinates);

/// ETKDG embedding with a fixed seed, then MMFF94; gives up with an error after a bounded number of tries.
/// The fragments of a salt stand side by side along x.
Result<Conformer> embedConformer(const Molecule& molecule, std::uint64_t seed = 42);

} // namespace papilio::chem
