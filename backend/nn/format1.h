// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"

namespace papilio::nn
{

/// The first layout of architectures (files without "format": GCN, GIN and GINE alone), as the present one that
/// computes the same.
Result<nlohmann::json> architectureFromFormat1(const nlohmann::json& json);

} // namespace papilio::nn
