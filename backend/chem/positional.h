// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/encodings.h"
#include "core/molgraph.h"

namespace papilio::chem
{

/// Laplacian (8) and random-walk (16) encodings of a graph, rounded to half precision.
/// Laplacian: L = D − A per connected component, symmetric eigen-solver, ascending, the trivial 0 included,
/// eigenvectors of unit length with a fixed sign (largest entry positive, first one where tied), zeros where a
/// component has fewer than 8. Where eigenvalues coincide, the basis of their space follows from its projector: it does
/// not depend on the solver. Random walk: diagonal of (D⁻¹A)^k, k = 1 … 16; a molecule of one atom has ones, a lone
/// atom beside others zeros. (arXiv 2310.04292, as computed by the published library; it uses a general solver whose
/// degenerate vectors differ.)
Encodings computeEncodings(const MolGraph& graph);
/// The same as Encodings::toBytes() makes them.
std::string encodingBytes(const MolGraph& graph);

} // namespace papilio::chem
