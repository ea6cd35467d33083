// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "chem/molecule.h"
#include "chem/topology.h"
#include "core/features.h"

namespace papilio::chem
{

/// Laplacian vectors (atoms × spec.count, atoms as in the molecule's graph) by a solver for general matrices, atoms in
/// the order of RDKit's canonical ranks: the published library (arXiv 2310.04292) computes them so, and its trained
/// models were shown nothing else. For equal eigenvalues the vectors are what rounding makes of them, near to the
/// published ones but not the same on every processor (the library's own differ as much between two processors). The
/// sign is free there; here the first of the largest entries is positive.
std::vector<double> generalVectors(const Molecule& molecule, const Topology& topology, const EncodingSpec& spec);

} // namespace papilio::chem
