// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/control.h"
#include "data/import.h"
#include "data/presetfiles.h"

namespace papilio::engine
{

/// A data set of the field (or a group of them) that somebody wants to have.
struct DatasetRequest {
    std::string name;
    std::string from;    ///< a folder that has the files; empty = downloaded, unless they were before
    std::string to;      ///< where downloads are kept; empty = the user's folder of data sets
    std::string project; ///< into which it is imported; empty = only fetched
    bool replace = false;
    bool withSplit = true; ///< the published split is stored in the project
    int threads = 0;
};

/// What became of one of them.
struct DatasetOutcome {
    data::DatasetPreset preset;
    std::string folder;
    data::PresetFiles files;
    std::optional<data::ImportReport> report;
    std::int64_t split = 0;     ///< of the project; 0 = none
    std::string splitText;      ///< "train 5, validation 10, test 5 molecules"
    std::string model;          ///< name in the library of models
    std::vector<std::string> notes;
    bool found() const { return files.isUsable(preset); }
    const data::PresetTable& table() const { return preset.tables.at(static_cast<std::size_t>(files.form)); }
};

/// Looks for the files of a preset, or of the members of a group, in a folder; nothing is fetched.
Result<std::vector<DatasetOutcome>> findDatasets(const std::string& name, const std::string& folder);

/// Finds or downloads, imports with the preset's columns, units and classes, and stores its split. Of a group the members
/// whose files are in the folder are taken; it is an error if none is.
Result<std::vector<DatasetOutcome>> getDatasets(const DatasetRequest& request, Control& control);

nlohmann::json presetToJson(const data::DatasetPreset& preset); ///< with its state in the user's folder
nlohmann::json outcomeToJson(const DatasetOutcome& outcome);

} // namespace papilio::engine
