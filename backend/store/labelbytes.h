// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/error.h"

namespace papilio::store
{

/// The single value of one task out of a label set's bytes, without unpacking the rest; nothing if the task is absent
/// or its value is NaN. A task with several values is an error.
Result<std::optional<double>> singleValue(std::string_view bytes, int position);

/// How many tasks have an entry in a label set's bytes.
std::int64_t entryCount(std::string_view bytes);

} // namespace papilio::store
