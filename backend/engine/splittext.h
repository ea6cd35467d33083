// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "data/splitreport.h"

namespace papilio::engine
{

/// For a terminal.
std::string partsText(const data::PerPart& molecules);
std::string datasetsText(const std::vector<data::SplitReport::Dataset>& datasets); ///< empty if there are none
std::string splitReportText(const data::SplitReport& report);
std::string splitListText(const std::vector<store::Split>& splits);

} // namespace papilio::engine
