// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"

namespace papilio::engine
{

/// A real molecule, or one with a further group in place of a hydrogen atom.
struct Variant {
    std::string smiles;
    int heavyAtoms = 0;
};

/// 'count' SMILES made of those of a table: each molecule itself, then with one group in several places, until there are
/// enough (a few may be the same molecule). The same seed gives the same list in the same order.
Result<std::vector<Variant>> makeVariants(const std::string& smilesFile, std::int64_t count, std::uint64_t seed,
                                          Control& control);

/// The places of a canonical SMILES behind which a group may be written: behind each atom outside of brackets that has a
/// hydrogen, its ring digits included. 'hydrogens' tells them for each atom in the order written.
std::vector<std::size_t> attachmentPlaces(const std::string& smiles, const std::vector<int>& hydrogens);

} // namespace papilio::engine
