// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/recipereport.h"

#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace papilio::data
{

namespace
{
/// Every number with its key.
std::vector<std::pair<const char*, std::int64_t*>> numbers(RecipeReport& report)
{
    return {{"rows", &report.rows},
            {"used", &report.used},
            {"merged", &report.merged},
            {"repaired", &report.repaired},
            {"rejected", &report.rejected},
            {"molecules", &report.molecules},
            {"changedRows", &report.changedRows},
            {"stripped", &report.changedByStep[0]},
            {"neutralised", &report.changedByStep[1]},
            {"tautomers", &report.changedByStep[2]},
            {"stereoDropped", &report.changedByStep[3]},
            {"contradictingMolecules", &report.duplicates.contradictingMolecules},
            {"contradictions", &report.duplicates.contradictions},
            {"labelsCombined", &report.duplicates.combined},
            {"labelsDropped", &report.duplicates.dropped}};
}
} // namespace

std::string recipeReportToJson(const RecipeReport& report)
{
    RecipeReport copy = report;
    nlohmann::ordered_json json;
    for (const auto& [key, number] : numbers(copy)) {
        json[key] = *number;
    }
    return json.dump();
}

Result<RecipeReport> recipeReportFromJson(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    RecipeReport report;
    for (const auto& [key, number] : numbers(report)) {
        if (!json.is_object() || !json.contains(key) || !json[key].is_number_integer()) {
            return fail(ErrorCode::Damaged, "The report of a recipe lacks '" + std::string(key) + "'.",
                        "Apply the recipe again.");
        }
        *number = json[key].get<std::int64_t>();
    }
    return report;
}

} // namespace papilio::data
