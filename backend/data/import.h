// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "core/recipe.h"
#include "data/preview.h"
#include "store/project.h"

namespace papilio::data
{

struct ImportOptions {
    std::string dataset;     ///< name; empty = the file's name without its endings, one dataset a file.
                             ///< With a name, several files become one dataset (shards, same columns).
    ColumnChoice columns;
    Recipe recipe;           ///< how structures are standardised and rows of the same molecule become one
    bool replace = false;    ///< a dataset of that name is exchanged, as soon as the new one is complete
    int threads = 0;         ///< chemistry threads; 0 = all cores
};

struct ImportReport {
    std::int64_t datasetId = 0;
    std::string dataset;
    std::int64_t rows = 0, used = 0, merged = 0, repaired = 0, rejected = 0;
    std::int64_t leftOut = 0;           ///< of the rejected rows: as asked
    std::int64_t molecules = 0;         ///< distinct, in this dataset
    std::int64_t newMolecules = 0;      ///< not in the project before
    std::int64_t conflictingRows = 0;   ///< merged rows with a label that differs from the kept one
    std::int64_t contradictingMolecules = 0; ///< whose rows differ in a label; see eachConflict()
    double seconds = 0;
    bool resumed = false;               ///< an import that had been cut off was completed
    std::vector<std::string> notes;     ///< guesses and warnings for people
};

/// Imports tables into a project, each dataset in chunks that are committed one by one. A killed import leaves the
/// project whole and its dataset incomplete; the same call goes on behind the last committed row (same file, by hash).
/// Every row ends as used, merged, repaired or rejected; rows count from 0 everywhere, the header apart.
/// Memory does not grow with the file, but for 4 bytes a molecule of the project (to find the rows of the same one).
/// A file that is cut off ends with Damaged: the rows before the cut are kept, the dataset stays incomplete.
Result<std::vector<ImportReport>> importFiles(store::Project& project, const std::vector<std::string>& files,
                                              const ImportOptions& options, Control& control);

} // namespace papilio::data
