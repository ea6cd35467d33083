// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chem/fingerprint.h"
#include "core/control.h"
#include "core/error.h"
#include "store/project.h"

namespace papilio::data
{

/// What splits compare molecules by. It comes from the project's search index where it is there, else from the SMILES,
/// on 'threads' threads (0 = all cores).

/// Hashes of the Bemis–Murcko scaffolds, in the order of the ids; 0 = none (no ring).
Result<std::vector<std::uint64_t>> scaffoldsOf(store::Project& project, const std::vector<std::int64_t>& molecules,
                                               int threads, Control& control);

Result<std::vector<chem::Fingerprint>> fingerprintsOf(store::Project& project,
                                                      const std::vector<std::int64_t>& molecules, int threads,
                                                      Control& control);

/// Canonical SMILES without stereo, in the order of the ids.
Result<std::vector<std::string>> flatSmilesOf(store::Project& project, const std::vector<std::int64_t>& molecules,
                                              int threads, Control& control);

} // namespace papilio::data
