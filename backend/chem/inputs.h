// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chem/molecule.h"
#include "core/features.h"

namespace papilio::chem
{

/// Everything that a feature set asks for, of one molecule; atoms and bonds in the order of graph(), the values the same
/// however the molecule was written. Values are rounded to half precision; what lies beyond it (commute times of long
/// chains) becomes its largest number, 65504.
/// Coordinates and bond lengths are those of one embedded conformer, the same every time; where none is found or the
/// molecule is too large (conformer.h), coordinates are NaN and lengths 0.
/// Fails only for a set that checkFeatureSet() refuses, and where RDKit does. Safe to call from several threads.
Result<MoleculeInputs> computeInputs(const Molecule& molecule, const FeatureSet& set);

} // namespace papilio::chem
