// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/tablename.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "core/text.h"
#include "data/unpacker.h"

namespace papilio::data
{

namespace
{
/// Without folder and the ending of its packing.
std::filesystem::path unpackedName(const std::string& path)
{
    const std::filesystem::path name = std::filesystem::path(path).filename();
    return isPackedEnding(name.extension().string()) ? name.stem() : name;
}

/// What lies beside tables: README.txt, LICENSE.
bool isAboutTables(const std::string& path)
{
    constexpr std::array<std::string_view, 8> names{"readme",    "license", "licence",  "copying",
                                                    "changelog", "notice",  "citation", "authors"};
    const std::string ending = endingOf(path);
    return (ending.empty() || ending == ".txt" || ending == ".md") &&
           std::find(names.begin(), names.end(), lowered(baseName(path))) != names.end();
}
} // namespace

std::string baseName(const std::string& path)
{
    const std::filesystem::path name = unpackedName(path);
    const std::string base = name.stem().string();
    return base.empty() ? name.string() : base;
}

std::string endingOf(const std::string& path)
{
    return lowered(unpackedName(path).extension().string());
}

bool isTableName(const std::string& path)
{
    constexpr std::array<std::string_view, 13> endings{".csv", ".tsv", ".tab", ".txt", ".smi", ".smiles", ".ism",
                                                       ".can", ".sdf", ".sd",  ".mol", ".parquet", ".pq"};
    return !isAboutTables(path) && std::find(endings.begin(), endings.end(), endingOf(path)) != endings.end();
}

} // namespace papilio::data
