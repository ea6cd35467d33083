// SPDX-License-Identifier: GPL-3.0-or-later
// Private to chem.
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio::chem
{

/// RDKit tries every way of giving the dummy atoms (*) of aromatic rings a double bond or none: each of them doubles the
/// time, and forty would take years. An error where a structure has more than a few of them; the text is looked through
/// first, so that others cost nothing. RDKit's exceptions come through.
Result<> refuseRingDummies(std::string_view smiles);
Result<> refuseRingDummiesOfBlock(const std::string& molBlock);

} // namespace papilio::chem
