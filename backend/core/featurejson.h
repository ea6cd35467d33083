// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "core/features.h"

namespace papilio
{

/// {"name", "atom_onehot": […], "atom_float": […], "bond": […], "encodings": [{"type", "level", "count", "norm",
/// "per_component", "space_dim"}]}; of an encoding only those options that its type has.
nlohmann::json featureSetToJson(const FeatureSet& set);

/// Reads and checks one. What is not there is as published: lists as in FeatureSet, options as in defaultEncoding().
/// Unknown keys and names are errors that name the nearest known one; 'where' begins every message ("features").
Result<FeatureSet> featureSetFromJson(const nlohmann::json& json, const std::string& where);

} // namespace papilio
