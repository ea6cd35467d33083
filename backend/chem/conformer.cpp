// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/conformer.h"

#include <algorithm>
#include <limits>

#include <GraphMol/DistGeomHelpers/Embedder.h>
#include <GraphMol/ForceFieldHelpers/MMFF/MMFF.h>
#include <GraphMol/MolOps.h>

#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{

constexpr int relaxationSteps = 1000;

bool embed(RDKit::RWMol& mol, std::uint64_t seed, bool randomCoordinates)
{
    RDKit::DGeomHelpers::EmbedParameters params = RDKit::DGeomHelpers::ETKDGv3;
    params.randomSeed = static_cast<int>(seed & 0x7fffffff);
    params.useRandomCoords = randomCoordinates;
    params.maxIterations = 10;            // an impossible cage would go on for minutes
    params.useSymmetryForPruning = false; // one conformer needs no pruning; the search for symmetries may never end
    params.numThreads = 1;
    return RDKit::DGeomHelpers::EmbedMolecule(mol, params) >= 0;
}

bool relax(RDKit::RWMol& mol)
{
    RDKit::RWMol scratch(mol); // the parameter search marks atoms
    RDKit::MMFF::MMFFMolProperties parameters(scratch);
    if (!parameters.isValid()) {
        return false;
    }
    return RDKit::MMFF::MMFFOptimizeMolecule(mol, relaxationSteps).first >= 0;
}

/// Fragments are embedded one by one around the origin: sets them side by side along x.
void spreadFragments(const RDKit::RWMol& mol, Conformer& conformer)
{
    constexpr double gap = 3.0;
    std::vector<int> fragment;
    const unsigned count = RDKit::MolOps::getMolFrags(mol, fragment);
    if (count < 2) {
        return;
    }
    double right = 0;
    for (unsigned f = 0; f < count; ++f) {
        double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
        for (std::size_t i = 0; i < conformer.atoms.size(); ++i) {
            if (fragment[i] == static_cast<int>(f)) {
                low = std::min(low, conformer.atoms[i].x);
                high = std::max(high, conformer.atoms[i].x);
            }
        }
        const double shift = f == 0 ? 0 : right + gap - low;
        for (std::size_t i = 0; i < conformer.atoms.size(); ++i) {
            conformer.atoms[i].x += fragment[i] == static_cast<int>(f) ? shift : 0;
        }
        right = high + shift;
    }
}

Conformer numbersOf(RDKit::RWMol& mol)
{
    Conformer out;
    const RDKit::Conformer& coordinates = mol.getConformer();
    for (const RDKit::Atom* atom : mol.atoms()) {
        const RDGeom::Point3D& at = coordinates.getAtomPos(atom->getIdx());
        out.atoms.push_back({at.x, at.y, at.z, atom->getAtomicNum()});
    }
    RDKit::MolOps::KekulizeIfPossible(mol, false);
    for (const RDKit::Bond* bond : mol.bonds()) {
        const RDKit::Bond::BondType type = bond->getBondType();
        const int order = type == RDKit::Bond::DOUBLE ? 2 : type == RDKit::Bond::TRIPLE ? 3 : 1;
        out.bonds.push_back({bond->getBeginAtomIdx(), bond->getEndAtomIdx(), order});
    }
    return out;
}

} // namespace

Result<Conformer> placedConformer(const Molecule& molecule, const Coordinates& coordinates)
{
    const std::size_t heavy = molecule.graph().atoms.size();
    if (coordinates.atoms.size() != heavy) {
        return fail(ErrorCode::Damaged, "The coordinates of " + molecule.canonicalSmiles() + " are those of another molecule.");
    }
    try {
        const std::unique_ptr<RDKit::RWMol> mol = canonicalCopy(molecule);
        auto* places = new RDKit::Conformer(mol->getNumAtoms());
        places->set3D(true);
        const auto set = [places](unsigned atom, const Coordinates::Place& at) {
            places->setAtomPos(atom, RDGeom::Point3D(at[0], at[1], at[2]));
        };
        for (unsigned atom = 0; atom < heavy; ++atom) {
            set(atom, coordinates.atoms[atom]);
        }
        mol->addConformer(places, true);
        for (const Coordinates::Hydrogen& hydrogen : coordinates.hydrogens) {
            const unsigned added = mol->addAtom(new RDKit::Atom(1), false, true);
            mol->addBond(unsigned{hydrogen.heavy}, added, RDKit::Bond::SINGLE);
            set(added, hydrogen.place);
        }
        Conformer conformer = numbersOf(*mol);
        conformer.heavyAtoms = heavy;
        return conformer;
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Unsupported, "RDKit cannot take the coordinates of " + molecule.canonicalSmiles() + ": " +
                                                exception.what() + ".");
    }
}

Result<Conformer> embedConformer(const Molecule& molecule, std::uint64_t seed)
{
    const std::size_t heavy = molecule.graph().atoms.size();
    if (heavy > conformerAtomLimit) {
        return fail(ErrorCode::Unsupported, "the molecule has " + std::to_string(heavy) +
                                                " heavy atoms; 3D coordinates are computed for at most " +
                                                std::to_string(conformerAtomLimit) + ".");
    }
    try {
        const std::unique_ptr<RDKit::RWMol> mol = canonicalCopy(molecule);
        RDKit::MolOps::addHs(*mol);
        if (!embed(*mol, seed, false) && !embed(*mol, seed, true)) {
            return fail(ErrorCode::Unsupported, "no 3D coordinates were found for " + molecule.canonicalSmiles() + ".",
                        "Its rings or stereo centres may be impossible in space.");
        }
        const bool optimised = relax(*mol);
        Conformer conformer = numbersOf(*mol);
        conformer.heavyAtoms = heavy;
        conformer.optimised = optimised;
        spreadFragments(*mol, conformer);
        return conformer;
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Unsupported, "RDKit cannot compute 3D coordinates of " + molecule.canonicalSmiles() +
                                                ": " + exception.what() + ".");
    }
}

} // namespace papilio::chem
