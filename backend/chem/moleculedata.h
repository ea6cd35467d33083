// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one header of this folder that shows RDKit; for the folder's own .cpp files only.

#include <GraphMol/GraphMol.h>

#include "chem/molecule.h"

namespace papilio::chem
{

struct Molecule::Data {
    std::unique_ptr<RDKit::RWMol> mol; ///< sanitised, without map numbers; never changed after construction
    std::string canonicalSmiles;
    MolGraph graph;
    std::vector<unsigned> inputAtoms;    ///< i-th atom of the input's own order → atom of 'mol'
    std::vector<std::uint16_t> position; ///< atom of 'mol' → index in 'graph'
    std::vector<std::uint16_t> toCanonical;
    std::vector<std::uint32_t> edgeToCanonical;
    std::string repairNote;
};

/// Canonical SMILES of 'mol' and the order in which it writes the atoms: place → atom of 'mol'.
struct CanonicalForm {
    std::string smiles;
    std::vector<unsigned> order;
};
CanonicalForm canonicalForm(const RDKit::ROMol& mol);

/// Fills canonicalSmiles, graph, position, toCanonical and edgeToCanonical from 'mol' and 'inputAtoms'.
void describe(Molecule::Data& data);

/// Directed edge of 'graph' that leads from one atom to another; the bond must exist.
std::uint32_t directedEdge(const MolGraph& graph, std::uint16_t from, std::uint16_t to);

/// A copy whose atoms stand in the order of graph(), the same however the molecule was written. May throw.
std::unique_ptr<RDKit::RWMol> canonicalCopy(const Molecule& molecule);

} // namespace papilio::chem
