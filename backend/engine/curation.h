// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/recipe.h"
#include "data/curation.h"
#include "engine/arguments.h"
#include "store/datasets.h"

namespace papilio::engine
{

/// The options that make a recipe.
class RecipeArguments
{
public:
    void declare(Arguments& arguments);        ///< all of them
    void declareFileOnly(Arguments& arguments); ///< --recipe alone
    /// Nothing if none of them was given.
    Result<std::optional<Recipe>> recipe() const;

private:
    std::string m_file, m_duplicates;
    bool m_salts = false, m_neutralise = false, m_tautomers = false, m_stereo = false, m_plain = false;
};

nlohmann::json recipeToJsonObject(const Recipe& recipe);
nlohmann::json outcomeToJson(const data::CurationOutcome& outcome);

/// A contradiction as people read it.
struct ConflictText {
    std::string task, smiles;
    std::int64_t molecule = 0;
    std::vector<std::pair<std::int64_t, std::string>> rows; ///< row and value
    std::string now;                                        ///< the molecule's value; empty = none
};
/// Counts all of them and gives the first 'most'.
struct ConflictList {
    std::int64_t contradictions = 0, molecules = 0;
    std::vector<ConflictText> first;
};
Result<ConflictList> conflictsOf(store::Project& project, std::int64_t dataset, std::size_t most);
nlohmann::json conflictsToJson(const ConflictList& list);
/// A line for each row of each of them; the number of contradictions.
Result<std::int64_t> writeConflicts(store::Project& project, const store::DatasetRecord& dataset,
                                    const std::string& path);

} // namespace papilio::engine
