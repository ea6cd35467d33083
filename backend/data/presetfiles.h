// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/control.h"
#include "data/presets.h"

namespace papilio::data
{

/// The files of a preset that a folder holds.
struct PresetFiles {
    int form = -1;                      ///< which of the preset's tables is complete; −1 = none is
    std::vector<std::string> tableFiles;
    std::string splitFile;              ///< empty = not there (or the split is none of a file)
    std::string model;                  ///< of a model: what can be added
    std::vector<std::string> missing;   ///< names that were looked for in vain: of the first form, and the split file
    bool isUsable(const DatasetPreset& preset) const { return preset.isModel() ? !model.empty() : form >= 0; }
};

/// Looks in a folder and the folders in it, a few levels down (links to folders are not followed). Names may have one
/// of the endings .gz, .bz2 and .zst more, or less.
Result<PresetFiles> findPresetFiles(const DatasetPreset& preset, const std::string& folder);

/// Where downloads are kept: $PAPILIO_DATASETS, or papilio/datasets of the user's data folder; in it the preset's folder.
std::string datasetsFolder();
std::string presetFolder(const DatasetPreset& preset, const std::string& root = {});

/// Downloads what a preset needs into a folder and unpacks it there. Alternatives are tried one after another. What is
/// there already is not fetched again.
Result<> downloadPreset(const DatasetPreset& preset, const std::string& folder, Control& control);

/// Bytes that a download takes as far as they are known; 0 = not known.
std::int64_t downloadBytes(const DatasetPreset& preset);

} // namespace papilio::data
