// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "store/runs.h"

namespace papilio::data
{

/// Row numbers by name, as a split file has them, in its order.
struct SplitLists {
    std::vector<std::pair<std::string, std::vector<std::int64_t>>> lists;
};

/// Reads a split file, told by its first bytes:
/// - a table (.csv, .tsv, compressed or not): a column for each list, shorter ones padded with empty cells, numbers
///   perhaps written 9191.0; a nameless first column is left out;
/// - a PyTorch file (.pt) or a plain pickle of a dictionary: lists, tuples, tensors or numpy arrays of whole numbers.
///   Nothing in it is executed.
/// Numbers that are negative, no whole numbers, or too large are errors that name the list and the place.
Result<SplitLists> readSplitFile(const std::string& path);

/// The dictionary of a PyTorch file or pickle. 'where' names it in messages.
Result<SplitLists> parseSplitPickle(std::string bytes, const std::string& where);

/// "train", "Training", "valid", "dev", "holdout", "test-seen" …: what people call a part.
std::optional<store::Part> partFromCustomaryName(std::string_view name);

/// Columns train, val, test (and test_seen if there are any) of row numbers, padded with empty cells; the file is
/// written whole or not at all. 'parts': one for each row, None = in no list.
Result<> writeSplitFile(const std::string& path, const std::vector<store::Part>& parts);

} // namespace papilio::data
