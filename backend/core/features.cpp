// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/features.h"

#include <algorithm>
#include <array>

namespace papilio
{

namespace
{

constexpr int floatCount = 5, elementSlots = 44, groupSlots = 20, periodSlots = 8, valenceSlots = 8;
static_assert(floatCount + elementSlots + groupSlots + periodSlots + valenceSlots == atomFeatureCount);
constexpr int bondTypeSlots = 5, stereoSlots = 7;
static_assert(bondTypeSlots + stereoSlots + 1 == bondFeatureCount);

/// The published list of elements, in its order.
constexpr std::array<std::string_view, elementSlots - 1> elementNames = {
    "C",  "N",  "O",  "S",  "F",  "Si", "P",  "Cl", "Br", "Mg", "Na", "Ca", "Fe", "As", "Al",
    "I",  "B",  "V",  "K",  "Tl", "Yb", "Sb", "Sn", "Ag", "Pd", "Co", "Se", "Ti", "Zn", "H",
    "Li", "Ge", "Cu", "Au", "Ni", "Cd", "In", "Mn", "Zr", "Cr", "Pt", "Hg", "Pb"};
constexpr std::array<std::uint8_t, elementSlots - 1> elementNumbers = {
    6,  7,  8,  16, 9,  14, 15, 17, 35, 12, 11, 20, 26, 33, 13, 53, 5,  23, 19, 81, 70, 51,
    50, 47, 46, 27, 34, 22, 30, 1,  3,  32, 29, 79, 28, 48, 49, 25, 40, 24, 78, 80, 82};

struct Place {
    int group;  ///< 1 … 18, 19 = none (lanthanides and actinides)
    int period; ///< 1 … 7
};

/// Group and period of an element. The published table reads a dummy atom as its last row, oganesson: group 18, period 7.
Place placeOf(int number)
{
    if (number <= 0 || number > 118) {
        return {18, 7};
    }
    constexpr std::array<int, 8> lastOfPeriod = {0, 2, 10, 18, 36, 54, 86, 118};
    int period = 1;
    while (number > lastOfPeriod[static_cast<std::size_t>(period)]) {
        ++period;
    }
    const int column = number - lastOfPeriod[static_cast<std::size_t>(period - 1)]; // 1-based within the period
    if (period == 1) {
        return {number == 1 ? 1 : 18, 1};
    }
    if (period <= 3) {
        return {column <= 2 ? column : column + 10, period};
    }
    if (period <= 5) {
        return {column, period};
    }
    // Periods 6 and 7, as in the published table: La and Ac stand in group 3, Ce … Lu and Th … Lr have no group.
    if (column <= 3) {
        return {column, period};
    }
    return {column <= 17 ? 19 : column - 14, period};
}

void setSlot(std::span<float> slots, int index)
{
    const int other = static_cast<int>(slots.size()) - 1;
    slots[static_cast<std::size_t>(index < 0 || index > other ? other : index)] = 1.0F;
}

} // namespace

void expandAtom(const AtomCode& atom, std::span<float, atomFeatureCount> out)
{
    std::ranges::fill(out, 0.0F);
    out[0] = static_cast<float>(atom.degree - 2);
    out[1] = static_cast<float>(atom.formalCharge);
    out[2] = static_cast<float>(atom.radicalElectrons);
    out[3] = atom.aromatic ? 1.0F : 0.0F;
    out[4] = atom.inRing ? 1.0F : 0.0F;
    const auto element = std::ranges::find(elementNumbers, atom.atomicNumber);
    const Place place = placeOf(atom.atomicNumber);
    const std::span<float> slots = out;
    setSlot(slots.subspan(floatCount, elementSlots), static_cast<int>(element - elementNumbers.begin()));
    setSlot(slots.subspan(floatCount + elementSlots, groupSlots), place.group - 1);
    setSlot(slots.subspan(floatCount + elementSlots + groupSlots, periodSlots), place.period - 1);
    setSlot(slots.subspan(floatCount + elementSlots + groupSlots + periodSlots, valenceSlots), atom.totalValence);
}

void expandBond(const BondCode& bond, std::span<float, bondFeatureCount> out)
{
    std::ranges::fill(out, 0.0F);
    out[static_cast<std::size_t>(bond.type)] = 1.0F;
    out[bondTypeSlots + static_cast<std::size_t>(bond.stereo)] = 1.0F;
    out[bondTypeSlots + stereoSlots] = bond.inRing ? 1.0F : 0.0F;
}

const std::vector<std::string>& atomFeatureNames()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list = {"degree", "formal-charge", "radical-electron", "aromatic", "in-ring"};
        for (const std::string_view element : elementNames) {
            list.push_back("atomic-number " + std::string(element));
        }
        list.emplace_back("atomic-number other");
        const auto numbered = [&list](const std::string& what, int first, int last) {
            for (int i = first; i <= last; ++i) {
                list.push_back(what + " " + std::to_string(i));
            }
            list.push_back(what + " other");
        };
        numbered("group", 1, 19);
        numbered("period", 1, 7);
        numbered("total-valence", 0, 6);
        return list;
    }();
    return names;
}

const std::vector<std::string>& bondFeatureNames()
{
    static const std::vector<std::string> names = {
        "bond-type single", "bond-type double", "bond-type triple", "bond-type aromatic", "bond-type other",
        "stereo none",      "stereo any",       "stereo Z",         "stereo E",           "stereo cis",
        "stereo trans",     "stereo other",     "in-ring"};
    return names;
}

} // namespace papilio
