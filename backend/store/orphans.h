// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <cstdint>
#include <vector>

namespace papilio::store
{

class Connection;

/// Deletes those of the molecules that no row, label or prediction refers to.
void deleteOrphans(Connection& connection, const std::vector<std::int64_t>& candidates);

} // namespace papilio::store
