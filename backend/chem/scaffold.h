// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "chem/molecule.h"

namespace papilio::chem
{

/// Bemis–Murcko scaffolds: rings, the chains between them, and what is bound to these by a double bond; charges and
/// aromaticity count, stereo and isotopes do not. A molecule without a ring has none.

/// Names the scaffold of a graph by a hash, in a few microseconds and without any structure: equal scaffolds have equal
/// hashes, different ones in practice different ones (refined labels of atoms that know the rings through each bond).
/// 0 = no scaffold.
std::uint64_t scaffoldHash(const MolGraph& graph);

/// SMILES of the scaffold, empty if there is none. Some 200 µs.
Result<std::string> scaffoldSmiles(const Molecule& molecule);

} // namespace papilio::chem
