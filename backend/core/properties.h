// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papilio
{

// The properties that a feature set may name (features.h), as something to switch over. "…Published" stands for a
// formula of the published library that is kept beside the right one.

enum class AtomOneHot : std::uint8_t {
    AtomicNumber,
    Degree,
    TotalValence,
    ImplicitValence,
    Hybridization,
    Chirality,
    Phase,
    Type,
    Group,
    Period,
};

enum class AtomFloat : std::uint8_t {
    AtomicNumber,
    Mass,
    TotalValence,
    ImplicitValence,
    Hybridization,
    Chirality,
    Aromatic,
    InRing,
    MinRing,
    MaxRing,
    NumRing,
    Degree,
    RadicalElectron,
    FormalCharge,
    VdwRadius,
    CovalentRadius,
    Electronegativity,
    Ionization,
    MeltingPoint,
    Metal,
    Group,
    Period,
    SingleBond,
    AromaticBond,
    DoubleBond,
    TripleBond,
    BondsPublished,
    IsCarbon,
};

enum class BondProperty : std::uint8_t {
    TypeOneHot,
    TypeFloat,
    Stereo,
    InRing,
    Conjugated,
    ConformerLength,
    EstimatedLength,
};

/// The listed name: "valence" and "ring" are accepted too, as in the published library.
std::string_view propertyName(std::string_view name);
std::optional<AtomOneHot> atomOneHotFromName(std::string_view name);
std::optional<AtomFloat> atomFloatFromName(std::string_view name);
std::optional<BondProperty> bondPropertyFromName(std::string_view name);
int widthOf(AtomOneHot property); ///< slots, "other" included
int widthOf(BondProperty property);
const std::vector<std::string>& slotNames(AtomOneHot property);
const std::vector<std::string>& slotNames(BondProperty property); ///< empty for a property of one column

} // namespace papilio
