// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"

namespace papilio::data
{

/// Makes the sample project at 'path' from RDKit's own NCI tables: labels computed by RDKit, given as several
/// overlapping, deliberately sparse datasets (properties: graph, regression; alerts: graph, binary; charges: node).
/// The tables are written beside the project ("NAME sample/") and imported as any table is. Unsupported with a hint if
/// RDKit's data files are not installed. An existing, complete sample is left as it is.
Result<> createSample(const std::string& path, Control& control);

/// SMILES of molecules of the same tables, taken evenly from them (4,992 there): what percentiles of predictions are
/// taken against.
Result<std::vector<std::string>> referenceMolecules(std::size_t count);

} // namespace papilio::data
