// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/task.h"
#include "data/transform.h"

namespace papilio::data
{

/// One form in which the table of a data set is found; files of one form are read as one table.
struct PresetTable {
    std::vector<std::string> files; ///< names, or ends of paths ("ames/test.csv"); '*' in the last part: any number
    std::string smiles;             ///< structure column
    std::string labels;             ///< patterns as for import; empty = guessed
    std::int64_t rows = 0;          ///< as counted; 0 = not known
    std::vector<std::pair<std::string, std::string>> units; ///< column pattern and unit
    std::vector<LabelTransform> transforms;
    std::string note;
};

/// Where the published split is found, and what its parts are called there.
struct PresetSplit {
    std::string file;   ///< a split file; or
    std::string column; ///< a column of the table; or
    std::vector<std::pair<std::string, std::vector<std::string>>> files; ///< part and its tables
    std::vector<std::pair<std::string, std::string>> parts; ///< "train", "validation", "test", "test_seen" → name there
    std::string rule;   ///< for people
    std::vector<std::pair<std::string, std::int64_t>> sizes; ///< rows of each part, as published

    bool isGiven() const { return !file.empty() || !column.empty() || !files.empty(); }
};

/// A file that can be downloaded.
struct PresetDownload {
    std::string name; ///< under which it is kept
    std::string url;
    bool archive = false;   ///< a zip; its files are taken out of it
    std::int64_t bytes = 0; ///< 0 = not known
    std::string md5, sha256; ///< empty = not known
};

/// A published data set (or model): a file of resources/datasets. What is not known is empty or 0.
struct DatasetPreset {
    std::string name, title, collection, summary;
    std::string dataset; ///< name in a project
    std::string folder;  ///< where its files are kept; sets that share files share it
    std::int64_t molecules = 0, tasks = 0;
    std::optional<Level> level;
    std::optional<TaskKind> kind;
    std::string normalisation; ///< of the labels, in the published configurations
    std::vector<PresetTable> tables; ///< the first form that is found counts
    PresetSplit split;
    std::vector<std::vector<PresetDownload>> downloads; ///< alternatives; the first that works counts
    std::vector<std::string> members; ///< a group: names of other presets
    std::vector<std::string> modelFiles; ///< a model: what is added to the library, the first one that is found
    std::string modelHow;
    std::string obstacle; ///< why it cannot be imported
    std::string licence, citation, source;
    std::vector<std::string> notes;

    bool isGroup() const { return !members.empty(); }
    bool isModel() const { return !modelFiles.empty(); }
};

/// Checks and reads one preset; 'where' is its file's name. Keys that are not known are errors.
Result<DatasetPreset> presetFromJson(const std::string& text, const std::string& where);

/// All presets that are compiled in: by collection, in the order in which they are shown.
const std::vector<DatasetPreset>& datasetPresets();
/// By name, or by the name of its dataset ("zinc"), whatever the case; NotFound names the nearest one.
Result<DatasetPreset> datasetPreset(const std::string& name);
/// The preset itself, or the members of a group.
std::vector<DatasetPreset> membersOf(const DatasetPreset& preset);

} // namespace papilio::data
