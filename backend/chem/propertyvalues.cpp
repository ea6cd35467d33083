// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/propertyvalues.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <GraphMol/GraphMol.h>
#include <GraphMol/PeriodicTable.h>

#include "chem/moleculedata.h"
#include "core/elements.h"

namespace papilio::chem
{

namespace
{

constexpr int carbon = 6;

bool needsMol(AtomFloat property)
{
    switch (property) {
    case AtomFloat::Mass:
    case AtomFloat::ImplicitValence:
    case AtomFloat::Hybridization:
    case AtomFloat::Chirality:
    case AtomFloat::MinRing:
    case AtomFloat::MaxRing:
    case AtomFloat::NumRing:
        return true;
    default:
        return false;
    }
}

bool needsMol(AtomOneHot property)
{
    return property == AtomOneHot::ImplicitValence || property == AtomOneHot::Hybridization ||
           property == AtomOneHot::Chirality;
}

bool needsMol(BondProperty property)
{
    return property == BondProperty::TypeFloat || property == BondProperty::Conjugated;
}

/// 0 … 8 in the order of the float property; RDKit's own numbers are its own affair.
int hybridizationOf(const RDKit::Atom& atom)
{
    switch (atom.getHybridization()) {
    case RDKit::Atom::UNSPECIFIED:
        return 0;
    case RDKit::Atom::S:
        return 1;
    case RDKit::Atom::SP:
        return 2;
    case RDKit::Atom::SP2:
        return 3;
    case RDKit::Atom::SP3:
        return 4;
    case RDKit::Atom::SP2D:
        return 5;
    case RDKit::Atom::SP3D:
        return 6;
    case RDKit::Atom::SP3D2:
        return 7;
    default:
        return 8;
    }
}

/// 1 R, 0 S, 2 none.
int chiralityOf(const RDKit::Atom& atom)
{
    std::string code;
    return atom.getPropIfPresent(RDKit::common_properties::_CIPCode, code) ? (code == "R" ? 1 : 0) : 2;
}

/// (value − carbon's) / scale; 0 where the table has no value.
double beyondCarbon(double Element::*value, int number, double scale = 1)
{
    const double difference = (elementOf(number).*value - elementOf(carbon).*value) / scale;
    return std::isnan(difference) ? 0 : difference;
}

double radiusFor(BondType type, int number)
{
    const Element& element = elementOf(number);
    const auto known = [&element](double radius) { return std::isnan(radius) ? element.singleRadius : radius; };
    switch (type) {
    case BondType::Double:
        return known(element.doubleRadius);
    case BondType::Triple:
        return known(element.tripleRadius);
    case BondType::Aromatic:
        return (element.singleRadius + known(element.doubleRadius)) / 2;
    case BondType::Single:
    case BondType::Other:
        break;
    }
    return element.singleRadius;
}

double lengthOf(const Conformer* conformer, const BondCode& bond)
{
    if (!conformer) {
        return 0;
    }
    const Conformer::Atom& a = conformer->atoms[bond.begin];
    const Conformer::Atom& b = conformer->atoms[bond.end];
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

const RDKit::Atom& atomOf(const RDKit::RWMol& mol, std::size_t index)
{
    return *mol.getAtomWithIdx(static_cast<unsigned>(index));
}

const RDKit::Bond& bondOf(const RDKit::RWMol& mol, const BondCode& bond)
{
    return *mol.getBondBetweenAtoms(bond.begin, bond.end);
}

float half(double value)
{
    return roundToHalf(static_cast<float>(value));
}

} // namespace

const Conformer* LazyConformer::get()
{
    if (!m_conformer) {
        m_conformer = std::make_unique<Result<Conformer>>(embedConformer(m_molecule));
    }
    return *m_conformer ? &**m_conformer : nullptr;
}

PropertyValues::PropertyValues(const Molecule& molecule, const FeatureSet& set, LazyConformer& conformer)
    : m_graph(molecule.graph()), m_conformer(conformer), m_bondsOfTypes(molecule.graph().atoms.size())
{
    bool chemistry = false;
    for (const std::string& name : set.atomFloat) {
        m_floats.push_back(atomFloatFromName(name).value());
        chemistry = chemistry || needsMol(m_floats.back());
    }
    for (const std::string& name : set.atomOneHot) {
        m_oneHots.push_back(atomOneHotFromName(name).value());
        chemistry = chemistry || needsMol(m_oneHots.back());
    }
    for (const std::string& name : set.bond) {
        m_bonds.push_back(bondPropertyFromName(name).value());
        chemistry = chemistry || needsMol(m_bonds.back());
    }
    for (const BondCode& bond : m_graph.bonds) {
        ++m_bondsOfTypes[bond.begin][static_cast<std::size_t>(bond.type)];
        ++m_bondsOfTypes[bond.end][static_cast<std::size_t>(bond.type)];
    }
    if (chemistry) {
        m_mol = canonicalCopy(molecule);
    }
}

PropertyValues::~PropertyValues() = default;

double PropertyValues::bondsOf(AtomFloat property, std::size_t atom) const
{
    const std::array<int, 5>& types = m_bondsOfTypes[atom];
    switch (property) {
    case AtomFloat::SingleBond:
        return types[static_cast<std::size_t>(BondType::Single)] - 1;
    case AtomFloat::DoubleBond:
        return types[static_cast<std::size_t>(BondType::Double)] - 1;
    case AtomFloat::TripleBond:
        return types[static_cast<std::size_t>(BondType::Triple)] - 1;
    case AtomFloat::AromaticBond:
        return types[static_cast<std::size_t>(BondType::Aromatic)] - 1;
    default: // as published: all of them
        return std::accumulate(types.begin(), types.end(), -1);
    }
}

double PropertyValues::ringsOf(AtomFloat property, std::size_t atom) const
{
    const RDKit::RingInfo& rings = *m_mol->getRingInfo();
    const auto index = static_cast<unsigned>(atom);
    if (property == AtomFloat::NumRing) {
        return rings.numAtomRings(index);
    }
    if (property == AtomFloat::MinRing) {
        return rings.minAtomRingSize(index);
    }
    std::size_t most = 0;
    for (const std::vector<int>& ring : rings.atomRings()) {
        if (ring.size() > most && std::ranges::find(ring, static_cast<int>(index)) != ring.end()) {
            most = ring.size();
        }
    }
    return static_cast<double>(most);
}

double PropertyValues::floatOf(AtomFloat property, std::size_t atom) const
{
    const AtomCode& code = m_graph.atoms[atom];
    const int number = code.atomicNumber;
    switch (property) {
    case AtomFloat::AtomicNumber:
        return (number - carbon) / 5.0;
    case AtomFloat::Mass:
        return (atomOf(*m_mol, atom).getMass() - RDKit::PeriodicTable::getTable()->getAtomicWeight(carbon)) / 10;
    case AtomFloat::TotalValence:
        return code.totalValence - 4;
    case AtomFloat::ImplicitValence:
        return atomOf(*m_mol, atom).getNumImplicitHs();
    case AtomFloat::Hybridization:
        return hybridizationOf(atomOf(*m_mol, atom));
    case AtomFloat::Chirality:
        return chiralityOf(atomOf(*m_mol, atom));
    case AtomFloat::Aromatic:
        return code.aromatic ? 1 : 0;
    case AtomFloat::InRing:
        return code.inRing ? 1 : 0;
    case AtomFloat::MinRing:
    case AtomFloat::MaxRing:
    case AtomFloat::NumRing:
        return ringsOf(property, atom);
    case AtomFloat::Degree:
        return code.degree - 2;
    case AtomFloat::RadicalElectron:
        return code.radicalElectrons;
    case AtomFloat::FormalCharge:
        return code.formalCharge;
    case AtomFloat::VdwRadius:
        return number == 0 ? -elementOf(carbon).vdwRadius : beyondCarbon(&Element::vdwRadius, number);
    case AtomFloat::CovalentRadius:
        return number == 0 ? -elementOf(carbon).covalentRadius : beyondCarbon(&Element::covalentRadius, number);
    case AtomFloat::Electronegativity:
        return beyondCarbon(&Element::electronegativity, number);
    case AtomFloat::Ionization:
        return beyondCarbon(&Element::ionization, number, 5);
    case AtomFloat::MeltingPoint:
        return beyondCarbon(&Element::meltingPoint, number, 200);
    case AtomFloat::Metal:
        return elementOf(number).metal;
    case AtomFloat::Group:
        return elementOf(number).group - elementOf(carbon).group;
    case AtomFloat::Period:
        return elementOf(number).period - elementOf(carbon).period;
    case AtomFloat::SingleBond:
    case AtomFloat::AromaticBond:
    case AtomFloat::DoubleBond:
    case AtomFloat::TripleBond:
    case AtomFloat::BondsPublished:
        return bondsOf(property, atom);
    case AtomFloat::IsCarbon:
        return number == carbon ? 0 : -1;
    }
    return 0;
}

/// The slot to set; below 0 or beyond the last one it is "other".
int PropertyValues::slotOf(AtomOneHot property, std::size_t atom) const
{
    const AtomCode& code = m_graph.atoms[atom];
    switch (property) {
    case AtomOneHot::AtomicNumber:
        return elementSlot(code.atomicNumber);
    case AtomOneHot::Degree: {
        const std::array<int, 5>& types = m_bondsOfTypes[atom];
        return std::accumulate(types.begin(), types.end(), 0);
    }
    case AtomOneHot::TotalValence:
        return code.totalValence;
    case AtomOneHot::ImplicitValence:
        return static_cast<int>(atomOf(*m_mol, atom).getNumImplicitHs());
    case AtomOneHot::Hybridization: {
        // unspecified, then from sp3d2 down to s, then other
        const int number = hybridizationOf(atomOf(*m_mol, atom));
        return number == 0 || number == 8 ? number : 8 - number;
    }
    case AtomOneHot::Phase:
        return static_cast<int>(elementOf(code.atomicNumber).phase);
    case AtomOneHot::Type:
        return static_cast<int>(elementOf(code.atomicNumber).type);
    case AtomOneHot::Group:
        return elementOf(code.atomicNumber).group - 1;
    case AtomOneHot::Period:
        return elementOf(code.atomicNumber).period - 1;
    case AtomOneHot::Chirality:
        break;
    }
    return -1;
}

void PropertyValues::setChirality(float* slots, std::size_t atom) const
{
    const RDKit::Atom& mine = atomOf(*m_mol, atom);
    const int code = chiralityOf(mine);
    slots[0] = code == 1 ? 1.0F : 0.0F;
    slots[1] = code == 0 ? 1.0F : 0.0F;
    slots[2] = mine.hasProp(RDKit::common_properties::_ChiralityPossible) ? 1.0F : 0.0F;
}

std::vector<float> PropertyValues::atoms() const
{
    std::size_t width = m_floats.size();
    for (const AtomOneHot property : m_oneHots) {
        width += static_cast<std::size_t>(widthOf(property));
    }
    std::vector<float> out(m_graph.atoms.size() * width, 0.0F);
    float* at = out.data();
    for (std::size_t atom = 0; atom < m_graph.atoms.size(); ++atom) {
        for (const AtomFloat property : m_floats) {
            *at++ = half(floatOf(property, atom));
        }
        for (const AtomOneHot property : m_oneHots) {
            const int slots = widthOf(property);
            if (property == AtomOneHot::Chirality) {
                setChirality(at, atom);
            } else {
                const int slot = slotOf(property, atom);
                at[slot < 0 || slot >= slots ? slots - 1 : slot] = 1.0F;
            }
            at += slots;
        }
    }
    return out;
}

void PropertyValues::setBond(BondProperty property, float* slots, std::size_t bond) const
{
    const BondCode& code = m_graph.bonds[bond];
    switch (property) {
    case BondProperty::TypeOneHot:
        slots[static_cast<std::size_t>(code.type)] = 1.0F;
        return;
    case BondProperty::TypeFloat:
        slots[0] = half(bondOf(*m_mol, code).getBondTypeAsDouble());
        return;
    case BondProperty::Stereo:
        slots[static_cast<std::size_t>(code.stereo)] = 1.0F;
        return;
    case BondProperty::InRing:
        slots[0] = code.inRing ? 1.0F : 0.0F;
        return;
    case BondProperty::Conjugated:
        slots[0] = bondOf(*m_mol, code).getIsConjugated() ? 1.0F : 0.0F;
        return;
    case BondProperty::ConformerLength:
        slots[0] = half(lengthOf(m_conformer.get(), code));
        return;
    case BondProperty::EstimatedLength:
        slots[0] = half(radiusFor(code.type, m_graph.atoms[code.begin].atomicNumber) +
                        radiusFor(code.type, m_graph.atoms[code.end].atomicNumber));
        return;
    }
}

std::vector<float> PropertyValues::edges() const
{
    std::size_t width = 0;
    for (const BondProperty property : m_bonds) {
        width += static_cast<std::size_t>(widthOf(property));
    }
    std::vector<float> out(2 * m_graph.bonds.size() * width, 0.0F);
    for (std::size_t bond = 0; bond < m_graph.bonds.size(); ++bond) {
        float* const row = out.data() + 2 * bond * width;
        float* at = row;
        for (const BondProperty property : m_bonds) {
            setBond(property, at, bond);
            at += widthOf(property);
        }
        std::copy_n(row, width, row + width);
    }
    return out;
}

} // namespace papilio::chem
