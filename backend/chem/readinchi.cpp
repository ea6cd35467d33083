// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <list>

#include <GraphMol/MolOps.h>
#include <GraphMol/PeriodicTable.h>
#include <inchi_api.h>

#include "chem/inchilock.h"
#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{
constexpr int isotopeShift = 10000; // ISOTOPIC_SHIFT_FLAG: what is above it is relative to the average mass

/// The library's structure, freed at the end.
struct Structure {
    inchi_OutputStruct out{};
    ~Structure() { FreeStructFromINCHI(&out); }
};

RDKit::Atom* atomOf(const inchi_Atom& from)
{
    const int number = RDKit::PeriodicTable::getTable()->getAtomicNumber(from.elname);
    auto* atom = new RDKit::Atom(number);
    atom->setFormalCharge(from.charge);
    atom->setNumRadicalElectrons(from.radical == INCHI_RADICAL_DOUBLET ? 1 : from.radical == INCHI_RADICAL_NONE ? 0 : 2);
    if (from.isotopic_mass > 0) {
        const double average = RDKit::PeriodicTable::getTable()->getAtomicWeight(number);
        const int mass = from.isotopic_mass > isotopeShift / 2
                             ? static_cast<int>(std::lround(average)) + from.isotopic_mass - isotopeShift
                             : from.isotopic_mass;
        atom->setIsotope(static_cast<unsigned>(std::max(0, mass)));
    }
    atom->setNoImplicit(true);
    return atom;
}

void addHydrogens(RDKit::RWMol& mol, unsigned atom, const inchi_Atom& from)
{
    for (int isotope = 0; isotope <= NUM_H_ISOTOPES; ++isotope) {
        for (int k = 0; k < from.num_iso_H[isotope]; ++k) {
            auto* hydrogen = new RDKit::Atom(1);
            hydrogen->setNoImplicit(true);
            hydrogen->setIsotope(static_cast<unsigned>(isotope));
            mol.addBond(atom, mol.addAtom(hydrogen, false, true), RDKit::Bond::SINGLE);
        }
    }
}

RDKit::Bond::BondType bondOf(int type)
{
    switch (type) {
    case INCHI_BOND_TYPE_DOUBLE:
        return RDKit::Bond::DOUBLE;
    case INCHI_BOND_TYPE_TRIPLE:
        return RDKit::Bond::TRIPLE;
    case INCHI_BOND_TYPE_ALTERN:
        return RDKit::Bond::AROMATIC;
    default:
        return RDKit::Bond::SINGLE;
    }
}

/// Sees from the first neighbour to the others: even = clockwise. A missing neighbour (a hydrogen that is none of the
/// listed atoms, or a lone pair) is named by the centre itself.
void setCentre(RDKit::RWMol& mol, const inchi_Stereo0D& stereo)
{
    RDKit::Atom* centre = mol.getAtomWithIdx(static_cast<unsigned>(stereo.central_atom));
    std::vector<int> listed;
    for (const AT_NUM neighbour : stereo.neighbor) {
        listed.push_back(neighbour == stereo.central_atom ? -1 : neighbour);
    }
    std::list<int> bonds;
    int lonePair = -1;
    for (int i = 0; i < 4; ++i) {
        int atom = listed[static_cast<std::size_t>(i)];
        if (atom < 0) { // its one hydrogen that the list does not name
            for (const RDKit::Atom* neighbour : mol.atomNeighbors(centre)) {
                const bool named = std::find(listed.begin(), listed.end(), static_cast<int>(neighbour->getIdx())) != listed.end();
                if (neighbour->getAtomicNum() == 1 && !named) {
                    atom = static_cast<int>(neighbour->getIdx());
                }
            }
        }
        const RDKit::Bond* bond =
            atom < 0 ? nullptr : mol.getBondBetweenAtoms(centre->getIdx(), static_cast<unsigned>(atom));
        if (bond) {
            bonds.push_back(static_cast<int>(bond->getIdx()));
        } else {
            lonePair = i;
        }
    }
    if (bonds.size() != centre->getDegree() || bonds.size() < 3) {
        return;
    }
    bool clockwise = stereo.parity == INCHI_PARITY_EVEN;
    if (lonePair >= 0 && lonePair % 2 == 0) { // RDKit counts it as the last one: 3 − lonePair swaps
        clockwise = !clockwise;
    }
    if (centre->getPerturbationOrder(bonds) % 2 == 1) {
        clockwise = !clockwise;
    }
    centre->setChiralTag(clockwise ? RDKit::Atom::CHI_TETRAHEDRAL_CW : RDKit::Atom::CHI_TETRAHEDRAL_CCW);
}

void setDoubleBond(RDKit::RWMol& mol, const inchi_Stereo0D& stereo)
{
    RDKit::Bond* bond = mol.getBondBetweenAtoms(static_cast<unsigned>(stereo.neighbor[1]),
                                                static_cast<unsigned>(stereo.neighbor[2]));
    if (!bond || bond->getBondType() != RDKit::Bond::DOUBLE) {
        return; // a longer chain of double bonds, which RDKit has no word for
    }
    auto first = static_cast<unsigned>(stereo.neighbor[0]);
    auto last = static_cast<unsigned>(stereo.neighbor[3]);
    if (bond->getBeginAtomIdx() != static_cast<unsigned>(stereo.neighbor[1])) {
        std::swap(first, last);
    }
    bond->setStereoAtoms(first, last);
    bond->setStereo(stereo.parity == INCHI_PARITY_EVEN ? RDKit::Bond::STEREOTRANS : RDKit::Bond::STEREOCIS);
}
/// The hydrogen atom at 'atom' that is no isotope; null if there is none.
RDKit::Atom* plainHydrogen(RDKit::RWMol& mol, const RDKit::Atom* atom)
{
    for (RDKit::Atom* neighbour : mol.atomNeighbors(atom)) {
        if (neighbour->getAtomicNum() == 1 && neighbour->getIsotope() == 0) {
            return neighbour;
        }
    }
    return nullptr;
}

/// An InChI does not say which atom of a group holds a mobile hydrogen, and the library likes to put it on the oxygen of
/// an amide. HO−C=N becomes O=C−NH (also with sulfur), as chemists write it.
void preferAmides(RDKit::RWMol& mol)
{
    for (RDKit::Bond* bond : mol.bonds()) {
        if (bond->getBondType() != RDKit::Bond::DOUBLE) {
            continue;
        }
        RDKit::Atom* carbon = bond->getBeginAtom();
        RDKit::Atom* nitrogen = bond->getEndAtom();
        if (carbon->getAtomicNum() != 6) {
            std::swap(carbon, nitrogen);
        }
        if (carbon->getAtomicNum() != 6 || nitrogen->getAtomicNum() != 7 || nitrogen->getFormalCharge() != 0) {
            continue;
        }
        for (RDKit::Bond* other : mol.atomBonds(carbon)) {
            RDKit::Atom* oxygen = other->getOtherAtom(carbon);
            const bool chalcogen = oxygen->getAtomicNum() == 8 || oxygen->getAtomicNum() == 16;
            RDKit::Atom* hydrogen = chalcogen && oxygen->getDegree() == 2 && oxygen->getFormalCharge() == 0
                                        ? plainHydrogen(mol, oxygen)
                                        : nullptr;
            if (!hydrogen || other->getBondType() != RDKit::Bond::SINGLE) {
                continue;
            }
            bond->setBondType(RDKit::Bond::SINGLE);
            bond->setStereo(RDKit::Bond::STEREONONE);
            other->setBondType(RDKit::Bond::DOUBLE);
            mol.removeBond(oxygen->getIdx(), hydrogen->getIdx());
            mol.addBond(nitrogen->getIdx(), hydrogen->getIdx(), RDKit::Bond::SINGLE);
            return preferAmides(mol); // the bonds have changed
        }
    }
}
} // namespace

std::mutex& inchiMutex()
{
    static std::mutex mutex;
    return mutex;
}

std::unique_ptr<RDKit::RWMol> molOfInchi(const std::string& inchi, std::string& problem)
{
    const std::lock_guard lock(inchiMutex());
    std::string text = inchi;
    char noOptions[] = "";
    inchi_InputINCHI input{text.data(), noOptions};
    Structure structure;
    const int code = GetStructFromINCHI(&input, &structure.out);
    if (code != inchi_Ret_OKAY && code != inchi_Ret_WARNING) {
        problem = structure.out.szMessage && *structure.out.szMessage ? structure.out.szMessage : "it is none";
        return nullptr;
    }
    auto mol = std::make_unique<RDKit::RWMol>();
    const int count = structure.out.num_atoms;
    for (int i = 0; i < count; ++i) {
        mol->addAtom(atomOf(structure.out.atom[i]), false, true);
    }
    for (int i = 0; i < count; ++i) {
        const inchi_Atom& atom = structure.out.atom[i];
        for (int k = 0; k < atom.num_bonds; ++k) {
            const auto other = static_cast<unsigned>(atom.neighbor[k]);
            if (!mol->getBondBetweenAtoms(static_cast<unsigned>(i), other)) {
                mol->addBond(static_cast<unsigned>(i), other, bondOf(atom.bond_type[k]));
            }
        }
    }
    for (int i = 0; i < count; ++i) {
        addHydrogens(*mol, static_cast<unsigned>(i), structure.out.atom[i]);
    }
    for (int i = 0; i < structure.out.num_stereo0D; ++i) {
        const inchi_Stereo0D& stereo = structure.out.stereo0D[i];
        const bool known = stereo.parity == INCHI_PARITY_EVEN || stereo.parity == INCHI_PARITY_ODD;
        if (known && stereo.type == INCHI_StereoType_Tetrahedral) {
            setCentre(*mol, stereo);
        } else if (known && stereo.type == INCHI_StereoType_DoubleBond) {
            setDoubleBond(*mol, stereo);
        }
    }
    preferAmides(*mol);
    RDKit::MolOps::sanitizeMol(*mol);
    RDKit::MolOps::setDoubleBondNeighborDirections(*mol);
    removeHydrogens(*mol);
    for (RDKit::Atom* atom : mol->atoms()) {
        if (atom->getNumRadicalElectrons() == 0 && atom->getFormalCharge() == 0 && atom->getIsotope() == 0) {
            atom->setNoImplicit(false);
        }
    }
    mol->updatePropertyCache(false);
    RDKit::MolOps::assignStereochemistry(*mol, true, true);
    return mol;
}

} // namespace papilio::chem
