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
    std::optional<Coordinates> coordinates; ///< in the order of 'graph'
    bool numbered = false;                  ///< the input's own order is that of map numbers
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

/// What became of the atoms of 'mol' when its hydrogens were removed.
struct HydrogenRemoval {
    std::vector<unsigned> left; ///< atom now → atom before
    std::vector<int> owner;     ///< atom before → the atom now that it is (or was) bonded to if it was removed; else −1
};
/// Removes hydrogens as parsing a SMILES does (sanitises, too). May throw.
HydrogenRemoval removeHydrogens(RDKit::RWMol& mol);
/// The coordinates of 'mol' as it was before its hydrogens were removed, if they are those of a shape and not of a
/// drawing; 'position': atom now → index in the graph.
std::optional<Coordinates> coordinatesOf(const RDKit::ROMol& before, const HydrogenRemoval& removal,
                                         const std::vector<std::uint16_t>& position);

/// The molecule of an InChI, sanitised; null with a reason if there is none. May throw.
std::unique_ptr<RDKit::RWMol> molOfInchi(const std::string& inchi, std::string& problem);

/// A copy whose atoms stand in the order of graph(), the same however the molecule was written. May throw.
std::unique_ptr<RDKit::RWMol> canonicalCopy(const Molecule& molecule);

} // namespace papilio::chem
