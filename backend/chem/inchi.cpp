// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/inchi.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include <GraphMol/MolOps.h>
#include <GraphMol/PeriodicTable.h>
#include <inchi_api.h>

#include "chem/inchilock.h"
#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{

constexpr unsigned mostNeighbours = MAXVAL;
constexpr std::size_t keyLength = 27, blockLength = 14;

/// A molecule as the library takes it.
struct Input {
    std::vector<inchi_Atom> atoms;
    std::vector<inchi_Stereo0D> stereo;
};

S_CHAR bondType(const RDKit::Bond& bond)
{
    switch (bond.getBondType()) {
    case RDKit::Bond::DOUBLE:
        return INCHI_BOND_TYPE_DOUBLE;
    case RDKit::Bond::TRIPLE:
        return INCHI_BOND_TYPE_TRIPLE;
    case RDKit::Bond::AROMATIC:
        return INCHI_BOND_TYPE_ALTERN;
    default:
        return INCHI_BOND_TYPE_SINGLE;
    }
}

S_CHAR radicalOf(unsigned electrons)
{
    return electrons == 0 ? INCHI_RADICAL_NONE : electrons == 1 ? INCHI_RADICAL_DOUBLET : INCHI_RADICAL_TRIPLET;
}

bool fillAtom(const RDKit::Atom& atom, inchi_Atom& out)
{
    const std::string symbol = atom.getSymbol();
    if (atom.getAtomicNum() == 0 || symbol.size() >= ATOM_EL_LEN || atom.getDegree() > mostNeighbours) {
        return false;
    }
    std::memset(&out, 0, sizeof out);
    std::memcpy(out.elname, symbol.c_str(), symbol.size() + 1);
    out.charge = static_cast<S_CHAR>(atom.getFormalCharge());
    out.radical = radicalOf(atom.getNumRadicalElectrons());
    out.num_iso_H[0] = static_cast<S_CHAR>(atom.getTotalNumHs());
    if (atom.getIsotope() != 0) {
        const int average = static_cast<int>(
            RDKit::PeriodicTable::getTable()->getAtomicWeight(atom.getAtomicNum()) + 0.5);
        out.isotopic_mass = static_cast<AT_NUM>(ISOTOPIC_SHIFT_FLAG + static_cast<int>(atom.getIsotope()) - average);
    }
    return true;
}

void addCentre(const RDKit::Atom& atom, std::vector<inchi_Stereo0D>& out)
{
    const auto tag = atom.getChiralTag();
    const unsigned degree = atom.getDegree();
    if ((tag != RDKit::Atom::CHI_TETRAHEDRAL_CW && tag != RDKit::Atom::CHI_TETRAHEDRAL_CCW) || degree < 3 || degree > 4) {
        return;
    }
    inchi_Stereo0D stereo{};
    stereo.central_atom = static_cast<AT_NUM>(atom.getIdx());
    stereo.type = INCHI_StereoType_Tetrahedral;
    int place = 0;
    if (degree == 3) { // the hydrogen or lone pair is where the centre is looked at from
        stereo.neighbor[place++] = stereo.central_atom;
    }
    for (const RDKit::Bond* bond : atom.getOwningMol().atomBonds(&atom)) {
        stereo.neighbor[place++] = static_cast<AT_NUM>(bond->getOtherAtomIdx(atom.getIdx()));
    }
    // From the first neighbour the others go round clockwise; a hydrogen that is not listed comes last, three swaps off.
    const bool even = (tag == RDKit::Atom::CHI_TETRAHEDRAL_CW) == (degree == 4);
    stereo.parity = even ? INCHI_PARITY_EVEN : INCHI_PARITY_ODD;
    out.push_back(stereo);
}

void addDoubleBond(const RDKit::Bond& bond, std::vector<inchi_Stereo0D>& out)
{
    const auto stereo = bond.getStereo();
    if (bond.getBondType() != RDKit::Bond::DOUBLE || stereo <= RDKit::Bond::STEREOANY || bond.getStereoAtoms().size() != 2) {
        return;
    }
    const bool cis = stereo == RDKit::Bond::STEREOZ || stereo == RDKit::Bond::STEREOCIS;
    inchi_Stereo0D entry{};
    entry.central_atom = NO_ATOM;
    entry.type = INCHI_StereoType_DoubleBond;
    entry.neighbor[0] = static_cast<AT_NUM>(bond.getStereoAtoms()[0]);
    entry.neighbor[1] = static_cast<AT_NUM>(bond.getBeginAtomIdx());
    entry.neighbor[2] = static_cast<AT_NUM>(bond.getEndAtomIdx());
    entry.neighbor[3] = static_cast<AT_NUM>(bond.getStereoAtoms()[1]);
    entry.parity = cis ? INCHI_PARITY_ODD : INCHI_PARITY_EVEN;
    out.push_back(entry);
}

bool fill(const RDKit::ROMol& mol, Input& input)
{
    input.atoms.resize(mol.getNumAtoms());
    for (const RDKit::Atom* atom : mol.atoms()) {
        if (!fillAtom(*atom, input.atoms[atom->getIdx()])) {
            return false;
        }
        addCentre(*atom, input.stereo);
    }
    for (const RDKit::Bond* bond : mol.bonds()) {
        inchi_Atom& begin = input.atoms[bond->getBeginAtomIdx()];
        begin.bond_type[begin.num_bonds] = bondType(*bond);
        begin.neighbor[begin.num_bonds++] = static_cast<AT_NUM>(bond->getEndAtomIdx()); // each bond once
        addDoubleBond(*bond, input.stereo);
    }
    return true;
}

/// Perchlorate and its like with all charges apart, as RDKit keeps them: the library expects double bonds.
void joinCharges(RDKit::RWMol& mol)
{
    for (RDKit::Atom* atom : mol.atoms()) {
        const int number = atom->getAtomicNum();
        if (atom->getFormalCharge() <= 0 || (number != 17 && number != 35 && number != 53)) {
            continue;
        }
        for (RDKit::Bond* bond : mol.atomBonds(atom)) {
            RDKit::Atom* const other = bond->getOtherAtom(atom);
            if (other->getFormalCharge() == -1 && atom->getFormalCharge() > 0 && bond->getBondType() == RDKit::Bond::SINGLE) {
                bond->setBondType(RDKit::Bond::DOUBLE);
                other->setFormalCharge(0);
                atom->setFormalCharge(atom->getFormalCharge() - 1);
            }
        }
    }
}

/// The library's answer, freed at the end.
struct Answer {
    inchi_Output out{};
    ~Answer() { FreeINCHI(&out); }
};

Result<std::string> keyUnderLock(const std::string& inchi)
{
    char key[keyLength + 1] = {};
    char unused1[65] = {}, unused2[65] = {};
    const int code = GetINCHIKeyFromINCHI(inchi.c_str(), 0, 0, key, unused1, unused2);
    if (code != INCHIKEY_OK) {
        return fail(ErrorCode::BadInput, "'" + inchi + "' is no InChI.");
    }
    return std::string(key);
}

bool isUpper(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

} // namespace

Result<Inchi> inchiOf(const Molecule& molecule)
{
    const auto refused = [&molecule](const std::string& why) {
        return fail(ErrorCode::Unsupported, "No InChI for '" + molecule.canonicalSmiles() + "': " + why + ".");
    };
    try {
        RDKit::RWMol mol(*molecule.data().mol);
        RDKit::MolOps::Kekulize(mol, true);
        joinCharges(mol);
        Input input;
        if (!fill(mol, input)) {
            return refused("it has an atom that is no element");
        }
        char noOptions[] = "";
        inchi_Input asked{};
        asked.atom = input.atoms.data();
        asked.stereo0D = input.stereo.empty() ? nullptr : input.stereo.data();
        asked.szOptions = noOptions;
        asked.num_atoms = static_cast<AT_NUM>(input.atoms.size());
        asked.num_stereo0D = static_cast<AT_NUM>(input.stereo.size());
        const std::lock_guard lock(inchiMutex());
        Answer answer;
        const int code = GetINCHI(&asked, &answer.out);
        if ((code != inchi_Ret_OKAY && code != inchi_Ret_WARNING) || answer.out.szInChI == nullptr) {
            return refused(answer.out.szMessage && *answer.out.szMessage ? answer.out.szMessage : "the library refuses it");
        }
        Inchi inchi{answer.out.szInChI, {}};
        auto key = keyUnderLock(inchi.text);
        if (!key) {
            return tl::unexpected(key.error());
        }
        inchi.key = std::move(*key);
        return inchi;
    } catch (const std::exception& exception) {
        return refused(exception.what());
    }
}

Result<std::string> inchiKeyOf(const std::string& inchi)
{
    const std::lock_guard lock(inchiMutex());
    return keyUnderLock(inchi);
}

bool looksLikeInchi(std::string_view text)
{
    return text.starts_with("InChI=");
}

bool looksLikeInchiKey(std::string_view text)
{
    if (text.size() == blockLength) {
        return isUpper(text);
    }
    return text.size() == keyLength && text[14] == '-' && text[25] == '-' && isUpper(text.substr(0, 14)) &&
           isUpper(text.substr(15, 10)) && isUpper(text.substr(26));
}

} // namespace papilio::chem
