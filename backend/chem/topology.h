// SPDX-License-Identifier: GPL-3.0-or-later
// Private to chem.
#pragma once

#include <vector>

#include "core/molgraph.h"

namespace papilio::chem
{

/// Neighbours of all atoms in one array, and the connected parts; their atoms stand in rising order, the parts in the
/// order of their smallest atoms.
struct Topology {
    std::vector<int> first; ///< N + 1 offsets into 'neighbour'
    std::vector<int> neighbour;
    std::vector<int> component;          ///< of each atom
    std::vector<int> local;              ///< index of each atom in its component
    std::vector<std::vector<int>> parts; ///< atoms of each component

    int atomCount() const { return static_cast<int>(component.size()); }
    int degree(int atom) const { return first[atom + 1] - first[atom]; }
};

Topology topologyOf(const MolGraph& graph);

} // namespace papilio::chem
