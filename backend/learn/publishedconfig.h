// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "learn/config.h"
#include "learn/trackedyaml.h"
#include "nn/yamlconfig.h"

namespace papilio::learn
{

/// A run made from the published library's configuration.
struct ConvertedConfig {
    TrainConfig config;
    std::int64_t parameters = 0;      ///< with the heads that the configuration itself has
    std::vector<UnusedLine> unused;   ///< what the run does not have from it, by line
    std::vector<std::string> imports; ///< commands that import its tables
    std::vector<std::string> notes;
};

/// Its parts "architecture", "datamodule", "predictor" and "trainer"; what "accelerator.config_override" adds counts
/// as written there. 'baseShapes': text of the file that architecture.mup_base_path names, or empty. Where the library's
/// own default is another one than ours, the library's is written (no clipping, no early stopping).
Result<ConvertedConfig> convertPublishedConfig(const nn::YamlDocument& document, const std::string& where,
                                               const std::string& baseShapes = {});

/// Reads the file, and the base shapes beside it.
Result<ConvertedConfig> convertPublishedFile(const std::string& path);

// Parts of it, private to learn.
Result<> convertDatasets(TrackedYaml& yaml, const nn::ModelSpec& spec, ConvertedConfig& converted);
Result<> convertTraining(TrackedYaml& yaml, const nn::ModelSpec& spec, ConvertedConfig& converted);
Result<> convertSchedule(TrackedYaml& yaml, const nn::ModelSpec& spec, TrainConfig& config);
/// "loss/val", "graph_qm9/mae/val" → "val/loss", "val/qm9/mae_normalised"; empty where we have no such number.
std::string watchFromPublished(const std::string& monitor, const nn::ModelSpec& spec);

} // namespace papilio::learn
