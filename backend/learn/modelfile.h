// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "learn/normalisation.h"
#include "nn/model.h"
#include "store/project.h"

namespace papilio::learn
{

inline constexpr int modelFormatVersion = 1;

/// A trained model as it is passed on: weights, and all that is needed to use them. One safetensors file with JSON
/// metadata.
struct SavedModel {
    nn::ModelSpec spec;
    std::vector<std::vector<Normalisation>> normalisation; ///< head × column
    nlohmann::json summary;      ///< training summary: run, epochs, best epoch, data hash, metrics, versions
    nn::TensorMap weights;
};

Result<SavedModel> readModel(const std::string& path);
Result<> writeModel(const std::string& path, const SavedModel& model);
/// The best checkpoint of a run (the last one if there is no validation part), or that of another epoch that the run has
/// kept.
Result<SavedModel> modelOfRun(store::Project& project, std::int64_t run, std::optional<std::int64_t> epoch = {});
/// Builds the network and loads the weights.
Result<std::unique_ptr<nn::Model>> instantiate(const SavedModel& saved, const nn::ModelFactory& factory,
                                               const nn::ModelOptions& options = {});

} // namespace papilio::learn
