// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"
#include "learn/config.h"

namespace papilio::learn
{

/// The JSON document of a run, as people write it: trainConfigFromJson(), and it must name a network ("preset" or
/// "architecture"). Errors have the code BadInput and name the line where it can be told.
Result<TrainConfig> parseRunDocument(const std::string& text, const std::string& where);
Result<TrainConfig> readRunDocument(const std::string& path);

} // namespace papilio::learn
