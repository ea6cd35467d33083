// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace papilio::data
{

/// What a file is that no table can be read from, and what to do about it.
struct ForeignFile {
    std::string what; ///< "a PDB file"
    std::string hint;
};

/// Known kinds of files that are no tables, by their first bytes (of packed files: by the unpacked ones).
std::optional<ForeignFile> foreignFile(std::string_view start);

} // namespace papilio::data
