// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/bench/bench.h"
#include "store/project.h"

namespace papilio::engine
{

/// Look-up, search and coverage tiles of an open project with these molecules.
Result<Figures> measureSearch(store::Project& project, const std::vector<std::int64_t>& ids, Control& control);

} // namespace papilio::engine
