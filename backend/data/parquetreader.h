// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "data/table.h"

namespace papilio::data
{

/// Whether a file begins as Parquet files do.
bool isParquetFile(const std::string& path);

/// A Parquet file as a table, a batch of rows at a time: numbers and words as text, lists (also nested ones and NumPy
/// arrays in bytes) as "[…]", null as an empty cell. Unsupported, with what to install, in a build without Arrow.
Result<std::unique_ptr<TableReader>> openParquet(const std::string& path, Sha256* hash = nullptr);

} // namespace papilio::data
