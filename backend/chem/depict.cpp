// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/depict.h"

#include <algorithm>
#include <cmath>

#include <GraphMol/Depictor/RDDepictor.h>
#include <GraphMol/MolDraw2D/MolDraw2D.h>
#include <GraphMol/MolDraw2D/MolDraw2DUtils.h> // does not stand alone
#include <GraphMol/MolOps.h>

#include "chem/fragmentlayout.h"
#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{

constexpr double rdkitBondLength = 1.5;

bool showsRadicals(int atomicNumber)
{
    switch (atomicNumber) { // of metals RDKit counts electrons that nobody draws
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
    case 14:
    case 15:
    case 16:
    case 17:
    case 34:
    case 35:
    case 53:
        return true;
    default:
        return false;
    }
}

/// A carbon between two double bonds lies on a straight line and would not be seen.
bool isCumulated(const RDKit::Atom& atom, const RDKit::ROMol& mol)
{
    int doubles = 0;
    for (const RDKit::Bond* bond : mol.atomBonds(&atom)) {
        doubles += bond->getBondType() == RDKit::Bond::DOUBLE ? 1 : 0;
    }
    return atom.getDegree() == 2 && doubles == 2;
}

bool hydrogensLeft(const RDKit::Atom& atom, const RDKit::ROMol& mol, const Depiction& drawing)
{
    if (atom.getDegree() == 0) {
        const int number = atom.getAtomicNum(); // H2O, HCl, but CH4, NH3
        return number == 8 || number == 9 || number == 16 || number == 17 || number == 34 || number == 35 ||
               number == 53;
    }
    // The side on which the nearest bond is further away, as an angle; the right one where both are as free.
    double left = -1, right = -1; // largest cosines against the two directions
    for (const RDKit::Atom* other : mol.atomNeighbors(&atom)) {
        const double x = drawing.atoms[other->getIdx()].x - drawing.atoms[atom.getIdx()].x;
        const double y = drawing.atoms[other->getIdx()].y - drawing.atoms[atom.getIdx()].y;
        const double cosine = x / std::max(1e-9, std::hypot(x, y));
        right = std::max(right, cosine);
        left = std::max(left, -cosine);
    }
    return right > left + 0.1;
}

std::string chargeText(int charge)
{
    if (charge == 0) {
        return {};
    }
    std::string text = std::abs(charge) > 1 ? std::to_string(std::abs(charge)) : std::string();
    text += charge > 0 ? '+' : '-';
    return text;
}

void labelAtom(const RDKit::Atom& atom, const RDKit::ROMol& mol, Depiction& drawing)
{
    Depiction::Atom& out = drawing.atoms[atom.getIdx()];
    out.atomicNumber = atom.getAtomicNum();
    out.charge = atom.getFormalCharge();
    const auto isotope = static_cast<int>(atom.getIsotope());
    const int radicals = showsRadicals(out.atomicNumber) ? static_cast<int>(atom.getNumRadicalElectrons()) : 0;
    const bool deuterium = out.atomicNumber == 1 && isotope == 2, tritium = out.atomicNumber == 1 && isotope == 3;
    out.symbol = deuterium ? "D" : tritium ? "T" : atom.getSymbol();
    const bool bare = out.atomicNumber == 6 && atom.getDegree() > 0 && out.charge == 0 && isotope == 0 && radicals == 0;
    if (bare && !isCumulated(atom, mol)) {
        return;
    }
    out.isotope = deuterium || tritium ? 0 : isotope;
    out.radicals = radicals;
    out.hydrogens = static_cast<int>(atom.getTotalNumHs());
    out.labelLeft =
        out.hydrogens > 0 && out.isotope == 0 && hydrogensLeft(atom, mol, drawing); // "13CH3", never "H313C"
    std::string hydrogens(out.hydrogens > 0 ? 1 : 0, 'H');
    if (out.hydrogens > 1) {
        hydrogens += std::to_string(out.hydrogens);
    }
    out.label = out.labelLeft ? hydrogens : std::string();
    out.label += out.isotope > 0 ? std::to_string(out.isotope) : std::string();
    out.label += out.symbol;
    out.label += out.labelLeft ? std::string() : hydrogens;
    for (int i = 0; i < out.radicals; ++i) {
        out.label += "•";
    }
    out.label += chargeText(out.charge);
}

Depiction::Bond::Wedge wedgeOf(const RDKit::Bond& bond)
{
    switch (bond.getBondDir()) {
    case RDKit::Bond::BEGINWEDGE:
        return Depiction::Bond::Wedge::Up;
    case RDKit::Bond::BEGINDASH:
        return Depiction::Bond::Wedge::Down;
    case RDKit::Bond::UNKNOWN:
        return Depiction::Bond::Wedge::Wavy;
    default:
        return Depiction::Bond::Wedge::None;
    }
}

int doubleBondsIn(const std::vector<int>& ring, const RDKit::ROMol& mol)
{
    return static_cast<int>(std::count_if(ring.begin(), ring.end(), [&mol](int bond) {
        return mol.getBondWithIdx(static_cast<unsigned>(bond))->getBondType() == RDKit::Bond::DOUBLE;
    }));
}

/// The centre of the smallest ring of every ring bond; of equally small rings that with more double bonds, as in
/// naphthalene's neighbours, so that the second lines of one ring stand together.
void setRingCentres(const RDKit::ROMol& mol, Depiction& drawing)
{
    const auto& atomRings = mol.getRingInfo()->atomRings();
    const auto& bondRings = mol.getRingInfo()->bondRings();
    std::vector<int> best(mol.getNumBonds(), -1);
    for (std::size_t r = 0; r < bondRings.size(); ++r) {
        for (const int bond : bondRings[r]) {
            int& chosen = best[static_cast<std::size_t>(bond)];
            const auto better = [&](const std::vector<int>& mine, const std::vector<int>& other) {
                return mine.size() != other.size() ? mine.size() < other.size()
                                                   : doubleBondsIn(mine, mol) > doubleBondsIn(other, mol);
            };
            if (chosen < 0 || better(bondRings[r], bondRings[static_cast<std::size_t>(chosen)])) {
                chosen = static_cast<int>(r);
            }
        }
    }
    for (std::size_t b = 0; b < best.size(); ++b) {
        if (best[b] < 0) {
            continue;
        }
        Depiction::Bond& bond = drawing.bonds[b];
        bond.ring = true;
        const auto& ring = atomRings[static_cast<std::size_t>(best[b])];
        for (const int atom : ring) {
            bond.insideX += drawing.atoms[static_cast<std::size_t>(atom)].x / double(ring.size());
            bond.insideY += drawing.atoms[static_cast<std::size_t>(atom)].y / double(ring.size());
        }
    }
}

Depiction drawingOf(RDKit::RWMol& mol)
{
    std::vector<bool> aromatic;
    for (const RDKit::Bond* bond : mol.bonds()) {
        aromatic.push_back(bond->getIsAromatic());
    }
    RDDepict::compute2DCoords(mol, nullptr, true, true, 0, 0, 0, false, true);
    RDKit::MolDraw2DUtils::prepareMolForDrawing(mol, true, false, true, false, false);

    Depiction drawing;
    const RDKit::Conformer& coordinates = mol.getConformer();
    for (const RDKit::Atom* atom : mol.atoms()) {
        const RDGeom::Point3D& at = coordinates.getAtomPos(atom->getIdx());
        Depiction::Atom out;
        out.x = at.x / rdkitBondLength;
        out.y = at.y / rdkitBondLength;
        drawing.atoms.push_back(std::move(out));
    }
    for (const RDKit::Atom* atom : mol.atoms()) {
        labelAtom(*atom, mol, drawing);
    }
    for (const RDKit::Bond* bond : mol.bonds()) {
        Depiction::Bond out;
        out.begin = static_cast<std::uint16_t>(bond->getBeginAtomIdx());
        out.end = static_cast<std::uint16_t>(bond->getEndAtomIdx());
        const RDKit::Bond::BondType type = bond->getBondType();
        out.order = type == RDKit::Bond::DOUBLE ? 2 : type == RDKit::Bond::TRIPLE ? 3 : 1;
        out.aromatic = aromatic[bond->getIdx()];
        out.wedge = wedgeOf(*bond);
        drawing.bonds.push_back(out);
    }
    std::vector<int> fragment;
    const unsigned fragments = RDKit::MolOps::getMolFrags(mol, fragment);
    placeFragments(drawing, fragment, fragments);
    setRingCentres(mol, drawing);
    return drawing;
}

/// Bonds in the order of graph(), each still beginning at the narrow end of its wedge.
void sortBonds(Depiction& drawing)
{
    std::sort(drawing.bonds.begin(), drawing.bonds.end(), [](const Depiction::Bond& a, const Depiction::Bond& b) {
        return std::minmax(a.begin, a.end) < std::minmax(b.begin, b.end);
    });
}

} // namespace

Result<Depiction> depict(const Molecule& molecule)
{
    try {
        const std::unique_ptr<RDKit::RWMol> mol = canonicalCopy(molecule);
        Depiction drawing = drawingOf(*mol);
        sortBonds(drawing);
        return drawing;
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Unsupported,
                    "RDKit cannot draw " + molecule.canonicalSmiles() + ": " + exception.what() + ".");
    }
}

} // namespace papilio::chem
