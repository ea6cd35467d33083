// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"

namespace papilio
{

/// One heavy atom as small whole numbers; features.h expands it to the network's input.
struct AtomCode {
    std::uint8_t atomicNumber = 0;  ///< 0 = dummy atom
    std::int8_t degree = 0;         ///< total degree, hydrogens included
    std::int8_t formalCharge = 0;
    std::uint8_t radicalElectrons = 0;
    std::uint8_t totalValence = 0;
    bool aromatic = false;
    bool inRing = false;
    friend bool operator==(const AtomCode&, const AtomCode&) = default;
};

enum class BondType : std::uint8_t { Single = 0, Double = 1, Triple = 2, Aromatic = 3, Other = 4 };
enum class BondStereo : std::uint8_t { None = 0, Any = 1, Z = 2, E = 3, Cis = 4, Trans = 5, Other = 6 };

struct BondCode {
    std::uint16_t begin = 0; ///< atom index; begin < end
    std::uint16_t end = 0;
    BondType type = BondType::Single;
    BondStereo stereo = BondStereo::None;
    bool inRing = false;
    friend bool operator==(const BondCode&, const BondCode&) = default;
};

/// A molecule as the network sees it. Atoms stand in the order of the canonical SMILES, bonds sorted by (begin, end):
/// the graph is the same however the molecule was written. Bond b is the directed edges 2b (begin → end) and 2b+1.
struct MolGraph {
    std::vector<AtomCode> atoms;
    std::vector<BondCode> bonds;
    friend bool operator==(const MolGraph&, const MolGraph&) = default;

    /// Compact bytes for storage (7 an atom, 7 a bond, 6 of header with a format version).
    std::string toBytes() const;
    static Result<MolGraph> fromBytes(std::string_view bytes);
};

} // namespace papilio
