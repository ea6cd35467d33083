// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace papilio
{

/// In the order of the one-hot columns.
enum class Phase : std::uint8_t { Solid, Liquid, Gas, Artificial };
enum class ElementType : std::uint8_t {
    Alkali,
    AlkalineEarth,
    Transition,
    Lanthanide,
    Actinide,
    Transactinide,
    PostTransition,
    Metalloid,
    Nonmetal,
    Halogen,
    NobleGas,
    None, ///< elements 113, 115 and 117, of which too little is known
};
inline constexpr int phaseCount = 4, elementTypeCount = 12;
std::string_view phaseName(Phase phase);
std::string_view elementTypeName(ElementType type);

/// What input features need to know of an element. Numbers that are not known are NaN.
/// Atom radii and elemental data as in the published library's table (arXiv 2310.04292), covalent and van der Waals
/// radii as in RDKit 2022.09; bond radii of Mn, Re and Mt (Pyykkö and Atsumi 2009) and the types of At, Rn, Fr and Ra
/// are right here, where that table has them in the wrong column or row.
struct Element {
    std::string_view symbol;
    std::uint8_t group;  ///< 1 … 18; 19 = none (lanthanides and actinides behind La and Ac)
    std::uint8_t period; ///< 1 … 7
    Phase phase;         ///< at room temperature
    ElementType type;
    std::uint8_t metal;      ///< 2 metal, 1 metalloid, 0 neither
    double electronegativity; ///< Pauling
    double ionization;        ///< eV
    double meltingPoint;      ///< K
    double singleRadius;      ///< Å, of bonds of that order
    double doubleRadius;
    double tripleRadius;
    double vdwRadius; ///< Å
    double covalentRadius;
};

inline constexpr int elementCount = 118;

/// By atomic number. Everything outside 1 … 118, dummy atoms too, reads as element 118, as in the published system.
const Element& elementOf(int number);

/// The published list of 43 elements, in the order of its one-hot columns.
inline constexpr int elementSlots = 44;  ///< with "other"
int elementSlot(int number);             ///< 0 … 42, 43 = other
std::string_view slotSymbol(int slot);   ///< "C", …, "other"

} // namespace papilio
