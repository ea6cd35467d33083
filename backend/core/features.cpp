// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/features.h"

#include <algorithm>

#include "core/elements.h"

namespace papilio
{

namespace
{

constexpr int floatCount = 5, groupSlots = 20, periodSlots = 8, valenceSlots = 8;
static_assert(floatCount + elementSlots + groupSlots + periodSlots + valenceSlots == atomFeatureCount);
constexpr int bondTypeSlots = 5, stereoSlots = 7;
static_assert(bondTypeSlots + stereoSlots + 1 == bondFeatureCount);

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
    const Element& element = elementOf(atom.atomicNumber);
    const std::span<float> slots = out;
    setSlot(slots.subspan(floatCount, elementSlots), elementSlot(atom.atomicNumber));
    setSlot(slots.subspan(floatCount + elementSlots, groupSlots), element.group - 1);
    setSlot(slots.subspan(floatCount + elementSlots + groupSlots, periodSlots), element.period - 1);
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
    static const std::vector<std::string> names = atomColumnNames({});
    return names;
}

const std::vector<std::string>& bondFeatureNames()
{
    static const std::vector<std::string> names = bondColumnNames({});
    return names;
}

} // namespace papilio
