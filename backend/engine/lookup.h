// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "engine/modelcache.h"

namespace papilio::engine
{

/// All that is known of a molecule and predicted for it, as the method molecule.lookup of PROTOCOL.md gives it.
/// The source may name a project without a run, or nothing.
Result<nlohmann::json> lookUp(ModelCache& models, const std::string& smiles, const ModelSource& source);

} // namespace papilio::engine
