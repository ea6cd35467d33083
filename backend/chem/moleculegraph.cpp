// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/moleculedata.h"

#include <algorithm>

#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>

namespace papilio::chem
{

namespace
{

BondType typeOf(const RDKit::Bond& bond)
{
    switch (bond.getBondType()) {
    case RDKit::Bond::SINGLE:
        return BondType::Single;
    case RDKit::Bond::DOUBLE:
        return BondType::Double;
    case RDKit::Bond::TRIPLE:
        return BondType::Triple;
    case RDKit::Bond::AROMATIC:
        return BondType::Aromatic;
    default:
        return BondType::Other;
    }
}

BondStereo stereoOf(const RDKit::Bond& bond)
{
    switch (bond.getStereo()) {
    case RDKit::Bond::STEREONONE:
        return BondStereo::None;
    case RDKit::Bond::STEREOANY:
        return BondStereo::Any;
    case RDKit::Bond::STEREOZ:
        return BondStereo::Z;
    case RDKit::Bond::STEREOE:
        return BondStereo::E;
    case RDKit::Bond::STEREOCIS:
        return BondStereo::Cis;
    case RDKit::Bond::STEREOTRANS:
        return BondStereo::Trans;
    default:
        return BondStereo::Other;
    }
}

AtomCode codeOf(const RDKit::Atom& atom, bool inRing)
{
    AtomCode code;
    code.atomicNumber = static_cast<std::uint8_t>(atom.getAtomicNum());
    code.degree = static_cast<std::int8_t>(std::min(atom.getTotalDegree(), 127u));
    code.formalCharge = static_cast<std::int8_t>(std::clamp(atom.getFormalCharge(), -127, 127));
    code.radicalElectrons = static_cast<std::uint8_t>(std::min(atom.getNumRadicalElectrons(), 255u));
    code.totalValence = static_cast<std::uint8_t>(std::min<unsigned>(atom.getTotalValence(), 255u));
    code.aromatic = atom.getIsAromatic();
    code.inRing = inRing;
    return code;
}

void fillBonds(Molecule::Data& data)
{
    const RDKit::ROMol& mol = *data.mol;
    const RDKit::RingInfo& rings = *mol.getRingInfo();
    struct Entry {
        std::uint32_t key = 0;   // begin and end in canonical order, for one comparison
        std::uint32_t index = 0; // bond of mol
    };
    std::vector<Entry> entries;
    entries.reserve(mol.getNumBonds());
    for (const RDKit::Bond* bond : mol.bonds()) {
        const std::uint32_t begin = data.position[bond->getBeginAtomIdx()];
        const std::uint32_t end = data.position[bond->getEndAtomIdx()];
        entries.push_back({std::min(begin, end) << 16 | std::max(begin, end), bond->getIdx()});
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
    data.graph.bonds.resize(entries.size());
    data.edgeToCanonical.resize(2 * entries.size());
    for (std::uint32_t k = 0; k < entries.size(); ++k) {
        const RDKit::Bond& bond = *mol.getBondWithIdx(entries[k].index);
        const auto begin = static_cast<std::uint16_t>(entries[k].key >> 16);
        const auto end = static_cast<std::uint16_t>(entries[k].key & 0xffff);
        data.graph.bonds[k] = {begin, end, typeOf(bond), stereoOf(bond), rings.numBondRings(bond.getIdx()) > 0};
        const bool forward = data.position[bond.getBeginAtomIdx()] == begin;
        data.edgeToCanonical[2 * entries[k].index] = 2 * k + (forward ? 0 : 1);
        data.edgeToCanonical[2 * entries[k].index + 1] = 2 * k + (forward ? 1 : 0);
    }
}

} // namespace

CanonicalForm canonicalForm(const RDKit::ROMol& mol)
{
    CanonicalForm form;
    form.smiles = RDKit::MolToSmiles(mol, RDKit::SmilesWriteParams());
    mol.getProp(RDKit::common_properties::_smilesAtomOutputOrder, form.order);
    return form;
}

void describe(Molecule::Data& data)
{
    const RDKit::ROMol& mol = *data.mol;
    CanonicalForm form = canonicalForm(mol);
    data.canonicalSmiles = std::move(form.smiles);
    data.position.resize(form.order.size());
    for (std::size_t place = 0; place < form.order.size(); ++place) {
        data.position[form.order[place]] = static_cast<std::uint16_t>(place);
    }
    const RDKit::RingInfo& rings = *mol.getRingInfo();
    data.graph.atoms.resize(mol.getNumAtoms());
    for (const RDKit::Atom* atom : mol.atoms()) {
        data.graph.atoms[data.position[atom->getIdx()]] = codeOf(*atom, rings.numAtomRings(atom->getIdx()) > 0);
    }
    fillBonds(data);
    data.toCanonical.reserve(data.inputAtoms.size());
    for (const unsigned atom : data.inputAtoms) {
        data.toCanonical.push_back(data.position[atom]);
    }
}

std::uint32_t directedEdge(const MolGraph& graph, std::uint16_t from, std::uint16_t to)
{
    const auto low = std::min(from, to), high = std::max(from, to);
    const auto found =
        std::lower_bound(graph.bonds.begin(), graph.bonds.end(), std::pair(low, high),
                         [](const BondCode& bond, const auto& key) { return std::pair(bond.begin, bond.end) < key; });
    return 2 * static_cast<std::uint32_t>(found - graph.bonds.begin()) + (from == low ? 0 : 1);
}

std::unique_ptr<RDKit::RWMol> canonicalCopy(const Molecule& molecule)
{
    const Molecule::Data& data = molecule.data();
    RDKit::SmilesParserParams params;
    params.allowCXSMILES = false;
    params.parseName = false;
    std::unique_ptr<RDKit::RWMol> copy(RDKit::SmilesToMol(data.canonicalSmiles, params));
    if (copy && copy->getNumAtoms() == data.graph.atoms.size()) {
        return copy;
    }
    std::vector<unsigned> order(data.position.size()); // hydrogens that RDKit keeps here and removes there
    for (unsigned atom = 0; atom < data.position.size(); ++atom) {
        order[data.position[atom]] = atom;
    }
    const std::unique_ptr<RDKit::ROMol> renumbered(RDKit::MolOps::renumberAtoms(*data.mol, order));
    return std::make_unique<RDKit::RWMol>(*renumbered);
}

} // namespace papilio::chem
