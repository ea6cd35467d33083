// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/error.h"
#include "data/unpacker.h"

namespace papilio::data
{

/// The one table that a ZIP file holds, as databases give them away.
struct ZipTable {
    std::string name;                   ///< inside of the ZIP file; its ending may tell the format
    std::unique_ptr<Unpacker> unpacker; ///< takes the bytes of the ZIP file from its first one on
};

/// Finds the table by the directory at the file's end. Refused, with what to do: none or several tables (named), an Excel
/// table, Parquet and packed files inside, encryption, unknown packing, a damaged directory.
Result<ZipTable> tableInZip(const std::string& path);

} // namespace papilio::data
