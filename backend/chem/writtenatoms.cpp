// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/writtenatoms.h"

#include <algorithm>
#include <numeric>

#include <GraphMol/FileParsers/FileParsers.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>

#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{
constexpr const char* placeKey = "_papilioPlace";

std::unique_ptr<RDKit::RWMol> parsedWhole(const std::string& structure, bool molBlock)
{
    if (molBlock) {
        return std::unique_ptr<RDKit::RWMol>(RDKit::MolBlockToMol(structure, true, false, false));
    }
    const std::size_t begin = structure.find_first_not_of(" \t\r\n");
    std::string text = begin == std::string::npos ? std::string() : structure.substr(begin);
    text.erase(std::min(text.find_first_of(" \t\r\n"), text.size())); // what stands behind says nothing of bonds
    RDKit::SmilesParserParams params;
    params.allowCXSMILES = false;
    params.parseName = false;
    params.removeHs = false;
    return std::unique_ptr<RDKit::RWMol>(RDKit::SmilesToMol(text, params));
}

/// Atoms in the order of their map numbers, where those number all of them from 0 or 1 on; else as they are.
std::vector<unsigned> ownOrder(const RDKit::ROMol& mol)
{
    std::vector<unsigned> order(mol.getNumAtoms());
    std::iota(order.begin(), order.end(), 0u);
    const auto numberOf = [&mol](unsigned atom) { return mol.getAtomWithIdx(atom)->getAtomMapNum(); };
    std::vector<unsigned> sorted = order;
    std::stable_sort(sorted.begin(), sorted.end(), [&](unsigned a, unsigned b) { return numberOf(a) < numberOf(b); });
    const int first = sorted.empty() ? 0 : numberOf(sorted.front());
    bool all = first == 1 || (first == 0 && sorted.size() > 1);
    for (std::size_t rank = 0; rank < sorted.size(); ++rank) {
        all = all && numberOf(sorted[rank]) == first + static_cast<int>(rank);
    }
    return all ? sorted : order;
}

/// Index in the graph of each atom that is left.
std::vector<std::uint16_t> places(const Molecule& molecule, const RDKit::ROMol& rest)
{
    std::vector<unsigned> order(rest.getNumAtoms());
    std::iota(order.begin(), order.end(), 0u);
    if (molecule.numbered()) {
        std::stable_sort(order.begin(), order.end(), [&rest](unsigned a, unsigned b) {
            return rest.getAtomWithIdx(a)->getAtomMapNum() < rest.getAtomWithIdx(b)->getAtomMapNum();
        });
    }
    std::vector<std::uint16_t> result(order.size());
    for (std::size_t own = 0; own < order.size(); ++own) {
        result[order[own]] = molecule.toCanonical()[own];
    }
    return result;
}
} // namespace

HydrogenRemoval removeHydrogens(RDKit::RWMol& mol)
{
    HydrogenRemoval removal;
    removal.owner.assign(mol.getNumAtoms(), -1);
    std::vector<int> neighbour(mol.getNumAtoms(), -1);
    for (RDKit::Atom* atom : mol.atoms()) {
        atom->setProp(placeKey, static_cast<int>(atom->getIdx())); // a computed one would be cleared on the way
        if (atom->getAtomicNum() == 1 && atom->getDegree() > 0) {
            neighbour[atom->getIdx()] = static_cast<int>((*mol.atomNeighbors(atom).begin())->getIdx());
        }
    }
    RDKit::MolOps::removeHs(mol, RDKit::MolOps::RemoveHsParameters());
    std::vector<int> now(removal.owner.size(), -1);
    for (RDKit::Atom* atom : mol.atoms()) {
        const auto before = static_cast<unsigned>(atom->getProp<int>(placeKey));
        now[before] = static_cast<int>(atom->getIdx());
        removal.left.push_back(before);
        atom->clearProp(placeKey);
    }
    for (std::size_t before = 0; before < now.size(); ++before) {
        if (now[before] < 0 && neighbour[before] >= 0) {
            removal.owner[before] = now[static_cast<std::size_t>(neighbour[before])];
        }
    }
    return removal;
}

std::optional<Coordinates> coordinatesOf(const RDKit::ROMol& before, const HydrogenRemoval& removal,
                                         const std::vector<std::uint16_t>& position)
{
    if (before.getNumConformers() == 0 || removal.left.size() != position.size()) {
        return std::nullopt;
    }
    const RDKit::Conformer& conformer = before.getConformer();
    const auto placeOf = [&conformer](unsigned atom) {
        const auto& at = conformer.getAtomPos(atom);
        return Coordinates::Place{static_cast<float>(at.x), static_cast<float>(at.y), static_cast<float>(at.z)};
    };
    Coordinates result;
    bool deep = false;
    result.atoms.resize(position.size());
    for (std::size_t now = 0; now < removal.left.size(); ++now) {
        result.atoms[position[now]] = placeOf(removal.left[now]);
        deep = deep || result.atoms[position[now]][2] != 0;
    }
    for (unsigned atom = 0; atom < removal.owner.size(); ++atom) {
        if (removal.owner[atom] >= 0) {
            result.hydrogens.push_back({position[static_cast<std::size_t>(removal.owner[atom])], placeOf(atom)});
            deep = deep || result.hydrogens.back().place[2] != 0;
        }
    }
    // A flat molecule with its hydrogens is a shape; one that is drawn on paper seldom has them, and no third dimension.
    const bool shape = deep || (conformer.is3D() && !result.hydrogens.empty());
    return shape ? std::optional(std::move(result)) : std::nullopt;
}

Result<WrittenAtoms> writtenAtoms(const Molecule& molecule, const std::string& structure, bool molBlock)
{
    try {
        const std::unique_ptr<RDKit::RWMol> whole = parsedWhole(structure, molBlock);
        if (whole) {
            RDKit::RWMol rest(*whole);
            const HydrogenRemoval removal = removeHydrogens(rest);
            if (removal.left.size() != molecule.toCanonical().size()) {
                return fail(ErrorCode::BadInput, "its hydrogens cannot be told from its other atoms");
            }
            const std::vector<std::uint16_t> canonical = places(molecule, rest);
            std::vector<WrittenAtoms::Atom> byWriting(whole->getNumAtoms());
            for (std::size_t now = 0; now < removal.left.size(); ++now) {
                byWriting[removal.left[now]] = {canonical[now], false};
            }
            for (std::size_t atom = 0; atom < removal.owner.size(); ++atom) {
                if (removal.owner[atom] >= 0) {
                    byWriting[atom] = {canonical[static_cast<std::size_t>(removal.owner[atom])], true};
                }
            }
            WrittenAtoms result;
            std::vector<std::uint32_t> rank(byWriting.size());
            for (const unsigned atom : ownOrder(*whole)) {
                rank[atom] = static_cast<std::uint32_t>(result.atoms.size());
                result.atoms.push_back(byWriting[atom]);
            }
            for (const RDKit::Bond* bond : whole->bonds()) {
                result.bonds.push_back({rank[bond->getBeginAtomIdx()], rank[bond->getEndAtomIdx()]});
            }
            return result;
        }
    } catch (const std::exception& exception) {
        return fail(ErrorCode::BadInput, std::string("its hydrogens cannot be read: ") + exception.what());
    }
    return fail(ErrorCode::BadInput, "its hydrogens cannot be read");
}

} // namespace papilio::chem
