// SPDX-License-Identifier: GPL-3.0-or-later
// For the Parquet reader alone: the one header that shows Arrow.
#pragma once

#include <cstdint>
#include <string>

#include <arrow/api.h>

namespace papilio::data
{

/// Appends an element of a column as the text of a cell: nothing for null, numbers in their shortest form, lists as
/// "[1,2,null]".
void appendCell(const arrow::Array& array, std::int64_t place, std::string& out);

} // namespace papilio::data
