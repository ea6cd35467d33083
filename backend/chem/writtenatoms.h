// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "chem/molecule.h"

namespace papilio::chem
{

/// The atoms of a structure as it was written, with the hydrogens that a Molecule leaves out.
struct WrittenAtoms {
    struct Atom {
        std::uint16_t canonical = 0; ///< index in Molecule::graph(); of a hydrogen left out: of the atom that it is at
        bool hydrogen = false;       ///< left out
    };
    std::vector<Atom> atoms; ///< in the order of the map numbers where they number all of them, else as written
    std::vector<std::array<std::uint32_t, 2>> bonds; ///< as written; places in 'atoms'
};

/// 'molecule' is the one that the structure gave. Parses it once more.
Result<WrittenAtoms> writtenAtoms(const Molecule& molecule, const std::string& structure, bool molBlock);

} // namespace papilio::chem
