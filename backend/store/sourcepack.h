// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/source.h"

namespace papilio::store
{

/// Rows as one compressed blob, and back; nothing if it contradicts itself. The format is written down in FORMAT.md.
std::string packSourceRows(std::span<const SourceRow> rows);
/// Whether this build has what the rows were packed with; one without zstd cannot unpack those of one with it.
bool unpackable(std::string_view packed);
std::optional<std::vector<SourceRow>> unpackSourceRows(std::string_view packed);

} // namespace papilio::store
