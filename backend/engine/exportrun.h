// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/error.h"
#include "store/project.h"

namespace papilio::engine
{

/// Writes the best checkpoint of a run, or that of another epoch that it has kept, as a model file; returns its size in
/// bytes.
Result<std::int64_t> exportRun(store::Project& project, std::int64_t run, const std::string& path,
                               std::optional<std::int64_t> epoch = {});

} // namespace papilio::engine
