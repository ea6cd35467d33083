// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/error.h"

namespace papilio::learn
{

/// The published library's base shapes (a YAML file of tensor names with shapes, null where a size is finite) enter the
/// network through its read-out layers alone: their input widths, ours by theirs, must all have one ratio, which is
/// Architecture::mupDivisor. 1 where the file has none of them.
Result<double> mupDivisorOf(const std::string& baseShapes,
                            const std::map<std::string, std::vector<std::int64_t>>& shapes, const std::string& where);

} // namespace papilio::learn
