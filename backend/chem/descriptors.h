// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "chem/molecule.h"

namespace papilio::chem
{

/// Properties that RDKit computes itself; the labels of the sample project, and facts on the look-up card.
struct Descriptors {
    double crippenLogP = 0;
    double crippenMr = 0;      ///< molar refractivity
    double tpsa = 0;           ///< Å²
    double qed = 0;            ///< 0 … 1 (Bickerton 2012), NaN where RDKit cannot compute it
    double molecularWeight = 0; ///< g/mol
    double fractionCsp3 = 0;
    int hBondDonors = 0;       ///< Lipinski
    int hBondAcceptors = 0;
    int rotatableBonds = 0;
    int ringCount = 0;
    bool painsAlert = false;
    bool brenkAlert = false;
    bool ruleOfFive = false;   ///< true = passes with at most one violation
    std::string formula;       ///< Hill order
};
Descriptors computeDescriptors(const Molecule& molecule);

/// Gasteiger partial charges of the heavy atoms, in the input's own atom order; empty where RDKit has no parameters.
std::vector<double> gasteigerCharges(const Molecule& molecule);

} // namespace papilio::chem
