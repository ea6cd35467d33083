// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/control.h"
#include "core/error.h"
#include "core/task.h"
#include "explain/attribution.h"
#include "learn/configschema.h"
#include "learn/trainer.h"
#include "nn/architecture.h"
#include "store/datasets.h"
#include "store/runs.h"

namespace papilio::engine
{

using nlohmann::json;

// The JSON forms of what the engine tells, the same for --json and for the window. NaN becomes null.

/// One line; bytes that are no UTF-8 are replaced.
std::string toLine(const json& document);

/// The number as it would be written with single precision (0.1, not 0.10000000149011612).
json toJson(float value);
json toJson(const std::vector<float>& values);

/// Message and hint as sentences.
std::string errorText(const Error& error);
json errorToJson(const Error& error);
json progressToJson(const Progress& progress);
json runToJson(const store::RunRecord& run);     ///< the run object of PROTOCOL.md
json fullRunToJson(const store::RunRecord& run); ///< with configuration, seed, versions and data hash
json planToJson(const learn::RunPlan& plan);
json presetsToJson();
json optionsToJson(const std::vector<learn::TrainOption>& options);
json headToJson(const nn::HeadSpec& head);
json attributionToJson(const explain::Attribution& attribution, bool hasBonds);
json rowToJson(const store::RowRecord& row);
json datasetToJson(const store::DatasetRecord& dataset);
json taskToJson(const store::TaskRecord& task);

/// Stored JSON text as JSON; as a string if it does not parse.
json parsedText(const std::string& text);

} // namespace papilio::engine
