// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/splitreport.h"

namespace papilio::data
{

/// Fills in what stands on both sides: molecules, stereoisomers, and the leaks between datasets.
Result<> findPairs(store::Project& project, const SplitRequest& request, const store::Split& split, Control& control,
                   SplitReport& report);

} // namespace papilio::data
