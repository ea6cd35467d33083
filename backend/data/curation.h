// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "core/recipe.h"
#include "data/recipereport.h"
#include "store/project.h"

namespace papilio::data
{

/// A row that a recipe changes, to show people.
struct CurationExample {
    std::int64_t row = 0;
    std::string text;   ///< the structure as written
    std::string smiles; ///< of the molecule that it becomes
    std::string reason;
};

struct CurationOutcome {
    std::int64_t datasetId = 0;
    std::string dataset;
    Recipe former, recipe;
    RecipeReport before, after;
    std::vector<CurationExample> examples; ///< of a preview: the first rows whose structure changes
    bool resumed = false;                  ///< a curation that had been cut off was completed
    double seconds = 0;
    std::vector<std::string> notes;
};

/// The recipe of a dataset and what it made of it. A dataset as imported has the plain recipe.
Result<CurationOutcome> curationOf(store::Project& project, const std::string& dataset);

/// What a recipe would make of a dataset: it is applied to its rows as read, in a project of its own in the folder for
/// temporary files, which is gone afterwards. The project is only read.
Result<CurationOutcome> previewCuration(store::Project& project, const std::string& dataset, const Recipe& recipe,
                                        int threads, Control& control);

/// Applies a recipe to the rows as read; the plain recipe undoes all others. The new state grows as an incomplete dataset
/// beside the old one, "NAME (being curated)", and takes its place in one transaction: a program that is killed leaves
/// the old one whole, and the same call goes on where it was. Ids and names of dataset and tasks stay, so that runs
/// find what they were trained on as far as it is still there.
Result<CurationOutcome> applyCuration(store::Project& project, const std::string& dataset, const Recipe& recipe,
                                      int threads, Control& control);

} // namespace papilio::data
