// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"

namespace papilio::data
{

/// Unpacks a ZIP file into a folder, whatever its size, with the same memory. Nothing is written outside of the folder,
/// no link is made, each file appears when it is whole (length and checksum); files that are there already are left.
/// Returns the paths of its files. 'reserve' bytes stay free on the disk.
Result<std::vector<std::string>> unpackZip(const std::string& archive, const std::string& folder, Control& control,
                                           std::int64_t reserve = std::int64_t{64} << 20);

} // namespace papilio::data
