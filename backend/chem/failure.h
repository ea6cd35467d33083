// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"

namespace papilio::chem
{

/// Why RDKit refused a SMILES: 'core' without its tail; 'what' is the text of RDKit's exception, if there was one.
Error explainSmilesFailure(const std::string& core, bool hasExtension, const std::string& what);

/// Why RDKit refused a mol block.
Error explainBlockFailure(const std::string& block, const std::string& what);

} // namespace papilio::chem
