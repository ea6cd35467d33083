// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/curation.h"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "core/text.h"
#include "data/duplicates.h"
#include "engine/csvwriter.h"
#include "store/datasets.h"
#include "store/labels.h"
#include "store/molecules.h"

namespace papilio::engine
{

namespace
{
using nlohmann::json;

constexpr std::size_t placesShown = 20;

/// As it is, or for people: 1.2 where the mean of two numbers is 1.2000000000000002.
std::string numberText(double value, bool exact)
{
    if (std::isnan(value)) {
        return {};
    }
    char rounded[32];
    std::snprintf(rounded, sizeof rounded, "%.7g", value);
    return exact ? formatNumber(value) : rounded;
}

/// A label's value; of a list only the places at which the rows differ, "3: 0.5, 7: 1".
std::string valueText(const std::vector<double>& values, const std::vector<std::size_t>& places, bool list, bool exact)
{
    if (!list) {
        return values.empty() ? std::string() : numberText(values.front(), exact);
    }
    std::string text;
    for (std::size_t i = 0; i < std::min(places.size(), placesShown); ++i) {
        text += text.empty() ? "" : ", ";
        text += std::to_string(places[i]) + ": ";
        text += places[i] < values.size() ? numberText(values[places[i]], exact) : std::string();
    }
    return places.size() > placesShown ? text + ", …" : text;
}

std::vector<std::size_t> differingPlaces(const data::Conflict& conflict)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < conflict.rows.front().values.size(); ++i) {
        std::vector<data::RowValues> one;
        for (const auto& row : conflict.rows) {
            if (i < row.values.size()) {
                one.emplace_back(&row.values[i], 1);
            }
        }
        if (data::contradict(one)) {
            places.push_back(i);
        }
    }
    return places;
}

/// Turns conflicts into text, with the names that belong to them.
class Teller
{
public:
    /// 'exact': numbers to the last digit.
    static Result<Teller> of(store::Project& project, std::int64_t dataset, bool exact)
    {
        auto tasks = store::Datasets(project).tasks(dataset);
        if (!tasks)
            return tl::unexpected<Error>(tasks.error());
        return Teller(project, dataset, std::move(*tasks), exact);
    }

    Result<ConflictText> tell(const data::Conflict& conflict) const
    {
        const store::TaskRecord& task = m_tasks.at(static_cast<std::size_t>(conflict.position));
        const auto smiles = m_molecules.smilesOf({conflict.molecule});
        if (!smiles)
            return tl::unexpected<Error>(smiles.error());
        const auto labels = m_labels.get(m_dataset, conflict.molecule);
        if (!labels)
            return tl::unexpected<Error>(labels.error());
        const bool list = task.task.level != Level::Graph;
        const std::vector<std::size_t> places = differingPlaces(conflict);
        ConflictText text{task.task.name, smiles->front(), conflict.molecule, {}, {}};
        for (const auto& row : conflict.rows)
            text.rows.emplace_back(row.row, valueText(row.values, places, list, m_exact));
        const auto* entry = *labels ? (*labels)->find(conflict.position) : nullptr;
        text.now = entry ? valueText(entry->values, places, list, m_exact) : std::string();
        return text;
    }

private:
    Teller(store::Project& project, std::int64_t dataset, std::vector<store::TaskRecord> tasks, bool exact)
        : m_dataset(dataset), m_exact(exact), m_tasks(std::move(tasks)), m_molecules(project), m_labels(project)
    {
    }

    std::int64_t m_dataset;
    bool m_exact;
    std::vector<store::TaskRecord> m_tasks;
    store::Molecules m_molecules;
    store::Labels m_labels;
};
} // namespace

void RecipeArguments::declare(Arguments& arguments)
{
    declareFileOnly(arguments);
    arguments.flag("--strip-salts", m_salts, "Remove salts and solvents, keep the largest organic part");
    arguments.flag("--neutralise", m_neutralise, "Remove charges by moving hydrogens");
    arguments.flag("--tautomers", m_tautomers, "Take the canonical tautomer");
    arguments.flag("--drop-stereo", m_stereo, "Drop stereochemistry");
    arguments.choice("--duplicates", {"first", "keep", "mean", "median", "majority", "drop"}, m_duplicates,
                     "Labels of rows of the same molecule (first)");
    arguments.flag("--plain", m_plain, "As imported: no step, the first row's labels; undoes any recipe");
}

void RecipeArguments::declareFileOnly(Arguments& arguments)
{
    arguments.value("--recipe", "FILE", m_file, "Recipe of a curation, JSON");
}

Result<std::optional<Recipe>> RecipeArguments::recipe() const
{
    const bool flags = m_salts || m_neutralise || m_tautomers || m_stereo || !m_duplicates.empty();
    if ((m_plain && (flags || !m_file.empty())))
        return fail(ErrorCode::Usage, "--plain goes with no other part of a recipe.");
    if (!flags && !m_plain && m_file.empty())
        return std::nullopt;
    Recipe recipe;
    if (!m_file.empty()) {
        std::ifstream file(m_file, std::ios::binary);
        if (!file)
            return fail(ErrorCode::NotFound, "The recipe '" + m_file + "' cannot be read.");
        std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        auto read = recipeFromJson(text);
        if (!read)
            return fail(ErrorCode::BadInput, "'" + m_file + "': " + read.error().message, read.error().hint);
        recipe = *read;
    }
    recipe.stripSalts = recipe.stripSalts || m_salts;
    recipe.neutralise = recipe.neutralise || m_neutralise;
    recipe.tautomers = recipe.tautomers || m_tautomers;
    recipe.dropStereo = recipe.dropStereo || m_stereo;
    recipe.duplicates = duplicatesFromName(m_duplicates).value_or(recipe.duplicates);
    return std::optional(recipe);
}

json recipeToJsonObject(const Recipe& recipe)
{
    return json::parse(recipeToJson(recipe));
}

json outcomeToJson(const data::CurationOutcome& outcome)
{
    json examples = json::array();
    for (const auto& example : outcome.examples)
        examples.push_back({{"row", example.row},
                            {"text", toUtf8(example.text)},
                            {"smiles", example.smiles},
                            {"reason", toUtf8(example.reason)}});
    return {{"dataset", outcome.dataset},
            {"former", recipeToJsonObject(outcome.former)},
            {"recipe", recipeToJsonObject(outcome.recipe)},
            {"before", json::parse(data::recipeReportToJson(outcome.before))},
            {"after", json::parse(data::recipeReportToJson(outcome.after))},
            {"examples", std::move(examples)},
            {"resumed", outcome.resumed},
            {"seconds", outcome.seconds},
            {"notes", outcome.notes}};
}

Result<ConflictList> conflictsOf(store::Project& project, std::int64_t dataset, std::size_t most)
{
    const auto teller = Teller::of(project, dataset, false);
    if (!teller)
        return tl::unexpected<Error>(teller.error());
    ConflictList list;
    std::optional<Error> error;
    std::int64_t last = 0;
    PAPILIO_TRY(data::eachConflict(project, dataset, [&](const data::Conflict& conflict) {
        ++list.contradictions;
        list.molecules += conflict.molecule != last;
        last = conflict.molecule;
        if (list.first.size() < most) {
            auto text = teller->tell(conflict);
            if (!text) {
                error = text.error();
                return false;
            }
            list.first.push_back(std::move(*text));
        }
        return true;
    }));
    if (error)
        return tl::unexpected<Error>(*error);
    return list;
}

json conflictsToJson(const ConflictList& list)
{
    json conflicts = json::array();
    for (const ConflictText& one : list.first) {
        json rows = json::array();
        for (const auto& [row, value] : one.rows)
            rows.push_back({{"row", row}, {"value", value}});
        conflicts.push_back({{"task", one.task},
                             {"molecule", one.molecule},
                             {"smiles", one.smiles},
                             {"rows", std::move(rows)},
                             {"now", one.now}});
    }
    return {{"contradictions", list.contradictions}, {"molecules", list.molecules}, {"conflicts", std::move(conflicts)}};
}

Result<std::int64_t> writeConflicts(store::Project& project, const store::DatasetRecord& dataset,
                                    const std::string& path)
{
    const auto teller = Teller::of(project, dataset.id, true);
    if (!teller)
        return tl::unexpected<Error>(teller.error());
    auto file = OutputFile::create(path);
    if (!file)
        return tl::unexpected<Error>(file.error());
    file->write(csvLine({"dataset", "task", "molecule", "row", "value", "label now"}));
    std::int64_t count = 0;
    std::optional<Error> error;
    PAPILIO_TRY(data::eachConflict(project, dataset.id, [&](const data::Conflict& conflict) {
        const auto text = teller->tell(conflict);
        if (!text) {
            error = text.error();
            return false;
        }
        ++count;
        for (const auto& [row, value] : text->rows)
            file->write(csvLine({dataset.name, text->task, text->smiles, std::to_string(row), value, text->now}));
        return true;
    }));
    if (error)
        return tl::unexpected<Error>(*error);
    PAPILIO_TRY(file->finish());
    return count;
}

} // namespace papilio::engine
