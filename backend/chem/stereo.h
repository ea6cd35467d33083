// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio::chem
{

/// Whether a SMILES tells any stereo: '@', '/' or '\'.
bool tellsStereo(std::string_view smiles);

/// The canonical SMILES of a molecule without its stereo (isotopes stay): the same for all its stereoisomers. One that
/// tells none comes back as it is, at no cost.
Result<std::string> smilesWithoutStereo(std::string_view canonicalSmiles);

} // namespace papilio::chem
