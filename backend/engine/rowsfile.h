// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "store/rowfilter.h"

namespace papilio::engine
{

/// "row", "status", "reason", "structure".
const std::vector<std::string>& rowsHeader();
std::vector<std::string> rowCells(const store::RowRecord& row);

/// Writes rows with status and reason as CSV; 'source': all cells as they were read behind them. The number of rows.
Result<std::int64_t> writeRows(store::Project& project, const store::DatasetRecord& dataset,
                               const store::RowFilter& filter, const std::string& path, bool source);

} // namespace papilio::engine
