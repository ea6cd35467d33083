// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/modelcache.h"

namespace papilio::engine
{

/// The parameters "project" and "run", or "model". With neither a run nor a model, an empty source.
Result<ModelSource> modelSource(const nlohmann::json& params);
/// The same, where one of them must be there.
Result<ModelSource> neededModelSource(const nlohmann::json& params);

} // namespace papilio::engine
