// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace papilio::data
{

/// Files that belong together: one file, or what a pattern or a folder stands for.
struct InputGroup {
    std::string name;               ///< for a dataset
    std::vector<std::string> files; ///< in natural order: part 2 before part 10
    std::vector<std::string> leftOut = {}; ///< names of files of a folder that are no tables
};

/// What was given, in that order: a file is a group of its own; a pattern ("shard_*.parquet", "shard_?.csv", "[0-9]") and
/// a folder (the tables in it) are one group each; files that are numbered shards of one table ("qm9_shard_1.csv",
/// "part-00000-of-00004.csv") are one, too.
Result<std::vector<InputGroup>> inputGroups(const std::vector<std::string>& given);

/// What is said of files of a folder that are left out; empty if there are none.
std::string leftOutNote(const InputGroup& group);

/// "part 2" before "part 10".
bool naturalLess(const std::string& a, const std::string& b);

} // namespace papilio::data
