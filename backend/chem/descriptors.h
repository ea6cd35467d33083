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
    double crippenMr = 0;       ///< molar refractivity
    double tpsa = 0;            ///< Å²
    double molecularWeight = 0; ///< g/mol, average over isotopes
    double fractionCsp3 = 0;
    int hBondDonors = 0;    ///< Lipinski: bonds of N and O to hydrogen
    int hBondAcceptors = 0; ///< Lipinski: N and O atoms
    int rotatableBonds = 0;
    int ringCount = 0;
    bool painsAlert = false; ///< any of the PAINS filters (Baell 2010)
    bool brenkAlert = false; ///< any of the unwanted groups of Brenk 2008
    bool ruleOfFive = false; ///< true = passes with at most one violation (weight 500, logP 5, donors 5, acceptors 10)
    std::string formula;     ///< Hill order
};
/// Thread-safe; the first call builds the alert filters. Where RDKit fails, the numbers are NaN.
Descriptors computeDescriptors(const Molecule& molecule);

/// Gasteiger partial charges of the heavy atoms, in the input's own atom order; empty where RDKit has no
/// parameters for one of them.
std::vector<double> gasteigerCharges(const Molecule& molecule);

} // namespace papilio::chem
