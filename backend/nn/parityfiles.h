// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "nn/files.h"
#include "nn/model.h"
#include "nn/published.h"

/// What the comparisons of parity.h share.
namespace papilio::nn::parity
{

struct Fixture {
    std::string name;
    nlohmann::json json;
    TensorMap tensors;
    ModelSpec spec; ///< with the published quirks
    Batch batch;
};

Result<nlohmann::json> readJson(const std::string& path);
Result<Fixture> readFixture(const std::string& folder, const std::string& name);
/// The tensors "PREFIX…" without the prefix.
TensorMap under(const TensorMap& tensors, const std::string& prefix);
/// With the fixture's weights.
Result<std::unique_ptr<Model>> createModel(const Fixture& fixture, const ModelSpec& spec, const ModelFactory& factory,
                                           const ModelOptions& options);

} // namespace papilio::nn::parity
