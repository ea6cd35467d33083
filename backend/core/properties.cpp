// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/properties.h"

#include <algorithm>
#include <array>

#include "core/elements.h"
#include "core/features.h"

namespace papilio
{

namespace
{

template <typename Property> struct Entry {
    Property property;
    std::string_view name;
    std::string_view meaning;
};

constexpr std::array<Entry<AtomOneHot>, 10> oneHots{{
    {AtomOneHot::AtomicNumber, "atomic-number", "element: C N O S F Si P Cl Br Mg Na Ca Fe As Al I B V K Tl Yb Sb Sn "
                                                "Ag Pd Co Se Ti Zn H Li Ge Cu Au Ni Cd In Mn Zr Cr Pt Hg Pb, other"},
    {AtomOneHot::Degree, "degree", "number of heavy neighbours: 0 … 4, other"},
    {AtomOneHot::TotalValence, "total-valence", "total valence, hydrogens included: 0 … 6, other"},
    {AtomOneHot::ImplicitValence, "implicit-valence",
     "hydrogens that the canonical SMILES does not write out: 0 … 6, other"},
    {AtomOneHot::Hybridization, "hybridization",
     "hybridisation: unspecified, sp3d2, sp3d, sp3, sp2d, sp2, sp, s, other"},
    {AtomOneHot::Chirality, "chirality", "three columns, each 0 or 1: R, S, could be a stereo centre"},
    {AtomOneHot::Phase, "phase", "phase of the element at room temperature: solid, liquid, gas, artificial, other "
                                 "(the published library's order changes from run to run)"},
    {AtomOneHot::Type, "type", "kind of element, 12 and other, from alkali metal to noble gas (the published library's "
                               "order changes from run to run, and At, Rn, Fr, Ra are one row off there)"},
    {AtomOneHot::Group, "group", "group 1 … 18 of the periodic table, 19 for lanthanides and actinides, other"},
    {AtomOneHot::Period, "period", "period 1 … 7 of the periodic table, other"},
}};

constexpr std::array<Entry<AtomFloat>, 31> floats{{
    {AtomFloat::AtomicNumber, "atomic-number", "(atomic number − 6) / 5"},
    {AtomFloat::Mass, "mass", "(mass − 12.011) / 10, in g/mol, of the isotope where one is given"},
    {AtomFloat::TotalValence, "total-valence", "total valence − 4, hydrogens included"},
    {AtomFloat::ImplicitValence, "implicit-valence", "hydrogens that the canonical SMILES does not write out"},
    {AtomFloat::Hybridization, "hybridization",
     "0 unspecified, 1 s, 2 sp, 3 sp2, 4 sp3, 5 sp2d, 6 sp3d, 7 sp3d2, 8 other"},
    {AtomFloat::Chirality, "chirality", "1 R, 0 S, 2 no stereo centre"},
    {AtomFloat::Aromatic, "aromatic", "1 in an aromatic ring, else 0"},
    {AtomFloat::InRing, "in-ring", "1 in a ring, else 0"},
    {AtomFloat::MinRing, "min-ring", "size of the smallest ring through the atom, 0 = none"},
    {AtomFloat::MaxRing, "max-ring", "size of the largest of the smallest rings through the atom, 0 = none"},
    {AtomFloat::NumRing, "num-ring", "number of smallest rings through the atom"},
    {AtomFloat::Degree, "degree", "number of neighbours − 2, hydrogens included"},
    {AtomFloat::RadicalElectron, "radical-electron", "number of unpaired electrons"},
    {AtomFloat::FormalCharge, "formal-charge", "formal charge"},
    {AtomFloat::VdwRadius, "vdw-radius", "van der Waals radius − 1.7, in Å"},
    {AtomFloat::CovalentRadius, "covalent-radius", "covalent radius − 0.68, in Å"},
    {AtomFloat::Electronegativity, "electronegativity", "Pauling's electronegativity − 2.55, 0 where not known"},
    {AtomFloat::Ionization, "ionization", "(first ionisation energy − 11.2603) / 5, in eV, 0 where not known"},
    {AtomFloat::MeltingPoint, "melting-point", "(melting point − 3948.15) / 200, in K, 0 where not known"},
    {AtomFloat::Metal, "metal", "2 metal, 1 metalloid, 0 neither"},
    {AtomFloat::Group, "group", "group of the periodic table − 14 (19 for lanthanides and actinides)"},
    {AtomFloat::Period, "period", "period of the periodic table − 2"},
    {AtomFloat::SingleBond, "single-bond", "number of single bonds to heavy atoms − 1"},
    {AtomFloat::AromaticBond, "aromatic-bond", "number of aromatic bonds − 1"},
    {AtomFloat::DoubleBond, "double-bond", "number of double bonds − 1"},
    {AtomFloat::TripleBond, "triple-bond", "number of triple bonds − 1"},
    {AtomFloat::BondsPublished, "single-bond-published", "as published: number of bonds of any type − 1"},
    {AtomFloat::BondsPublished, "aromatic-bond-published", "as published: number of bonds of any type − 1"},
    {AtomFloat::BondsPublished, "double-bond-published", "as published: number of bonds of any type − 1"},
    {AtomFloat::BondsPublished, "triple-bond-published", "as published: number of bonds of any type − 1"},
    {AtomFloat::IsCarbon, "is-carbon", "0 carbon, −1 everything else"},
}};

constexpr std::array<Entry<BondProperty>, 7> bonds{{
    {BondProperty::TypeOneHot, "bond-type-onehot", "single, double, triple, aromatic, other"},
    {BondProperty::TypeFloat, "bond-type-float", "bond order: 1, 2, 3, 1.5 aromatic, 1 dative"},
    {BondProperty::Stereo, "stereo", "none, any, Z, E, cis, trans, other"},
    {BondProperty::InRing, "in-ring", "1 in a ring, else 0"},
    {BondProperty::Conjugated, "conjugated", "1 part of a conjugated system, else 0"},
    {BondProperty::ConformerLength, "conformer-bond-length",
     "length in Å in an embedded conformer, the same every time; 0 where none is found, as published"},
    {BondProperty::EstimatedLength, "estimated-bond-length",
     "sum of the tabulated radii for this bond order, in Å; aromatic: mean of single and double (radii of Mn, Re and Mt "
     "are wrong or missing in the published library)"},
}};

struct Alias {
    std::string_view name, stands;
};
constexpr std::array<Alias, 4> aliases{{
    {"valence", "total-valence"}, {"weight", "mass"}, {"ring", "in-ring"}, {"first-ionization", "ionization"}}};

std::vector<std::string> numbers(int first, int last)
{
    std::vector<std::string> names;
    for (int number = first; number <= last; ++number) {
        names.push_back(std::to_string(number));
    }
    return names;
}

template <typename Name> std::vector<std::string> named(int count, const Name& name)
{
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        names.emplace_back(name(i));
    }
    return names;
}

std::vector<std::string> namesOfSlots(AtomOneHot property)
{
    std::vector<std::string> names;
    switch (property) {
    case AtomOneHot::AtomicNumber:
        return named(elementSlots, slotSymbol);
    case AtomOneHot::Chirality:
        return {"R", "S", "possible"};
    case AtomOneHot::Degree:
        names = numbers(0, 4);
        break;
    case AtomOneHot::TotalValence:
    case AtomOneHot::ImplicitValence:
        names = numbers(0, 6);
        break;
    case AtomOneHot::Hybridization:
        names = {"unspecified", "sp3d2", "sp3d", "sp3", "sp2d", "sp2", "sp", "s"};
        break;
    case AtomOneHot::Phase:
        names = named(phaseCount, [](int i) { return phaseName(static_cast<Phase>(i)); });
        break;
    case AtomOneHot::Type:
        names = named(elementTypeCount, [](int i) { return elementTypeName(static_cast<ElementType>(i)); });
        break;
    case AtomOneHot::Group:
        names = numbers(1, 19);
        break;
    case AtomOneHot::Period:
        names = numbers(1, 7);
        break;
    }
    names.emplace_back("other");
    return names;
}

template <typename Table> auto propertyOf(const Table& table, std::string_view name)
{
    name = propertyName(name);
    std::optional<decltype(table[0].property)> found;
    for (const auto& entry : table) {
        if (entry.name == name) {
            found = entry.property;
        }
    }
    return found;
}

template <typename Table, typename Width> std::vector<FeatureProperty> listed(const Table& table, const Width& width)
{
    std::vector<FeatureProperty> list;
    for (const auto& entry : table) {
        list.push_back({std::string(entry.name), width(entry.property), std::string(entry.meaning)});
    }
    return list;
}

} // namespace

std::string_view propertyName(std::string_view name)
{
    for (const Alias& alias : aliases) {
        name = name == alias.name ? alias.stands : name;
    }
    return name;
}

std::optional<AtomOneHot> atomOneHotFromName(std::string_view name)
{
    return propertyOf(oneHots, name);
}
std::optional<AtomFloat> atomFloatFromName(std::string_view name)
{
    return propertyOf(floats, name);
}
std::optional<BondProperty> bondPropertyFromName(std::string_view name)
{
    return propertyOf(bonds, name);
}

int widthOf(AtomOneHot property)
{
    return static_cast<int>(slotNames(property).size());
}

int widthOf(BondProperty property)
{
    return std::max(1, static_cast<int>(slotNames(property).size()));
}

const std::vector<std::string>& slotNames(AtomOneHot property)
{
    static const std::vector<std::vector<std::string>> names = [] {
        std::vector<std::vector<std::string>> list;
        for (const auto& entry : oneHots) {
            list.push_back(namesOfSlots(entry.property));
        }
        return list;
    }();
    return names[static_cast<std::size_t>(property)];
}

const std::vector<std::string>& slotNames(BondProperty property)
{
    static const std::vector<std::string> types = {"single", "double", "triple", "aromatic", "other"};
    static const std::vector<std::string> stereo = {"none", "any", "Z", "E", "cis", "trans", "other"};
    static const std::vector<std::string> none;
    return property == BondProperty::TypeOneHot ? types : property == BondProperty::Stereo ? stereo : none;
}

const std::vector<FeatureProperty>& atomOneHotProperties()
{
    static const auto list = listed(oneHots, [](AtomOneHot property) { return widthOf(property); });
    return list;
}

const std::vector<FeatureProperty>& atomFloatProperties()
{
    static const auto list = listed(floats, [](AtomFloat) { return 1; });
    return list;
}

const std::vector<FeatureProperty>& bondProperties()
{
    static const auto list = listed(bonds, [](BondProperty property) { return widthOf(property); });
    return list;
}

} // namespace papilio
