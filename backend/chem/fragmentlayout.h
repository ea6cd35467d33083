// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "chem/depict.h"

namespace papilio::chem
{

/// Sets the fragments of a salt in rows, with room for their labels; RDKit sets ions so close that labels overlap.
/// 'fragment' gives the fragment of each atom, 0 … count−1.
void placeFragments(Depiction& drawing, const std::vector<int>& fragment, std::size_t count);

} // namespace papilio::chem
