// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "chem/molecule.h"

namespace papilio::chem
{

struct Inchi {
    std::string text; ///< "InChI=1S/…"
    std::string key;  ///< 14 letters, 10, 1
};

/// The standard InChI of a molecule and its key; about half a millisecond. Several threads take turns: the library is
/// not made for more than one. Unsupported for what it refuses (dummy atoms).
Result<Inchi> inchiOf(const Molecule& molecule);
/// The key of an InChI.
Result<std::string> inchiKeyOf(const std::string& inchi);

bool looksLikeInchi(std::string_view text); ///< begins with "InChI="
/// A whole key, or its first block of 14 letters.
bool looksLikeInchiKey(std::string_view text);

} // namespace papilio::chem
