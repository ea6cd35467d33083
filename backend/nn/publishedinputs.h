// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "core/features.h"

namespace papilio::nn
{

/// A feature set from the published library's configuration, its "datamodule.args.featurization" part. Keys that
/// nothing here depends on are added to 'unused' by their paths. Hydrogens as atoms, self loops and bond weights are
/// refused: no network here has them.
Result<FeatureSet> featureSetFromPublished(const nlohmann::ordered_json& featurization,
                                           std::vector<std::string>* unused = nullptr);

} // namespace papilio::nn
