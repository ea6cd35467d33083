// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "nn/architecture.h"

namespace papilio::nn
{

/// What a head's loss tells of its tasks in a published configuration.
struct PublishedTask {
    TaskKind kind = TaskKind::Regression;
    int classes = 0; ///< multiclass
    LossSpec loss;
};

/// An entry of "predictor.loss_fun": a name ("mae_ipu", "bce_logits") or an object with "name", "n_brackets" ….
Result<PublishedTask> taskFromPublished(const nlohmann::json& loss);

struct PublishedOptions {
    FeatureSet inputs;
    /// Width divisor of muP's base network. The library takes 2 where "mup_base_path" is null.
    double mupDivisor = 1;
    std::map<std::string, PublishedTask> tasks; ///< by head; others are regression by MAE
};

/// A network from the published library's configuration, its "architecture" part. Options that do nothing there stand
/// as what is computed; keys that nothing here depends on are listed in 'unused' by their paths
/// ("gnn.last_activation"). Columns of heads are made up ("qm9 1" …). The published faults are switched on
/// (Architecture::quirks). Encoders and heads keep their order in an ordered_json; a json has sorted them by name.
Result<ModelSpec> specFromPublished(const nlohmann::ordered_json& architecture,
                                    std::vector<std::string>* unused = nullptr, const PublishedOptions& options = {});
Result<ModelSpec> specFromPublished(const nlohmann::json& architecture, std::vector<std::string>* unused = nullptr,
                                    const PublishedOptions& options = {});

} // namespace papilio::nn
