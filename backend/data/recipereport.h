// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/error.h"
#include "data/duplicates.h"

namespace papilio::data
{

/// What a dataset became by a recipe.
struct RecipeReport {
    std::int64_t rows = 0, used = 0, merged = 0, repaired = 0, rejected = 0;
    std::int64_t molecules = 0;
    std::int64_t changedRows = 0;                ///< by any step
    std::array<std::int64_t, 4> changedByStep{}; ///< indexed by chem::StandardStep
    DuplicateCounts duplicates;
};

std::string recipeReportToJson(const RecipeReport& report);
Result<RecipeReport> recipeReportFromJson(const std::string& json);

} // namespace papilio::data
