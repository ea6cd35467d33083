// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/datasets.h"
#include "store/project.h"

namespace papilio::engine
{

/// Stores the published split of what was imported: one for all members of a group (each dataset divided by itself, as
/// published), or that of the one set. A split that cannot be used becomes a note of its set. Split files that are made
/// of tables are kept in 'folder' as downloads are; empty = the user's folder of data sets.
Result<> storeSplits(store::Project& project, std::vector<DatasetOutcome>& outcomes, bool group, const std::string& folder,
                     Control& control);

} // namespace papilio::engine
