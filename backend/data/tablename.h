// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace papilio::data
{

/// The file's name without folder and endings, the one of its packing too: "qm9" for "data/qm9.csv.gz".
std::string baseName(const std::string& path);
/// The ending that tells the format, with its point, in small letters: ".csv" for "QM9.CSV.gz"; empty if there is none.
std::string endingOf(const std::string& path);
/// Whether a file called so may be a table: ".csv", ".sdf.gz", but neither "README.txt" nor "LICENSE".
bool isTableName(const std::string& path);

} // namespace papilio::data
