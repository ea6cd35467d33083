// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/descriptors.h"

#include <cmath>
#include <limits>

#include <GraphMol/Descriptors/Crippen.h>
#include <GraphMol/Descriptors/Lipinski.h>
#include <GraphMol/Descriptors/MolDescriptors.h>
#include <GraphMol/Descriptors/MolSurf.h>
#include <GraphMol/FilterCatalog/FilterCatalog.h>
#include <GraphMol/PartialCharges/GasteigerCharges.h>

#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{

const RDKit::FilterCatalog& painsFilters()
{
    static const RDKit::FilterCatalog catalog(RDKit::FilterCatalogParams::PAINS);
    return catalog;
}

const RDKit::FilterCatalog& brenkFilters()
{
    static const RDKit::FilterCatalog catalog(RDKit::FilterCatalogParams::BRENK);
    return catalog;
}

bool passesRuleOfFive(const Descriptors& values)
{
    const int violations = int(values.molecularWeight > 500) + int(values.crippenLogP > 5) +
                           int(values.hBondDonors > 5) + int(values.hBondAcceptors > 10);
    return violations <= 1;
}

Descriptors describeMolecule(const RDKit::ROMol& mol)
{
    namespace rd = RDKit::Descriptors;
    Descriptors out;
    rd::calcCrippenDescriptors(mol, out.crippenLogP, out.crippenMr);
    out.tpsa = rd::calcTPSA(mol);
    out.molecularWeight = rd::calcAMW(mol);
    out.fractionCsp3 = rd::calcFractionCSP3(mol);
    out.hBondDonors = static_cast<int>(rd::calcLipinskiHBD(mol));
    out.hBondAcceptors = static_cast<int>(rd::calcLipinskiHBA(mol));
    out.rotatableBonds = static_cast<int>(rd::calcNumRotatableBonds(mol));
    out.ringCount = static_cast<int>(rd::calcNumRings(mol));
    out.formula = rd::calcMolFormula(mol);
    out.painsAlert = painsFilters().hasMatch(mol);
    out.brenkAlert = brenkFilters().hasMatch(mol);
    out.ruleOfFive = passesRuleOfFive(out);
    return out;
}

} // namespace

Descriptors computeDescriptors(const Molecule& molecule)
{
    try {
        return describeMolecule(*canonicalCopy(molecule)); // RDKit caches values in the molecule: not in the shared one
    } catch (const std::exception&) {
        Descriptors unknown;
        unknown.crippenLogP = unknown.crippenMr = unknown.tpsa = unknown.molecularWeight = unknown.fractionCsp3 =
            std::numeric_limits<double>::quiet_NaN();
        return unknown;
    }
}

std::vector<double> gasteigerCharges(const Molecule& molecule)
{
    std::vector<double> charges(molecule.graph().atoms.size());
    try {
        const std::unique_ptr<RDKit::RWMol> mol = canonicalCopy(molecule);
        RDKit::computeGasteigerCharges(*mol, charges);
    } catch (const std::exception&) {
        return {};
    }
    std::vector<double> out;
    for (const std::uint16_t atom : molecule.toCanonical()) {
        if (!std::isfinite(charges[atom])) {
            return {};
        }
        out.push_back(charges[atom]);
    }
    return out;
}

} // namespace papilio::chem
