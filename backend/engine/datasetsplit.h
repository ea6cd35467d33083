// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/datasets.h"
#include "store/project.h"

namespace papilio::engine
{

/// Stores the published split of what was imported: one for all members of a group (each dataset divided by itself, as
/// published), or that of the one set. A split that cannot be used becomes a note of its set.
Result<> storeSplits(store::Project& project, std::vector<DatasetOutcome>& outcomes, bool group, Control& control);

} // namespace papilio::engine
