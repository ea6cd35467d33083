// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/curation.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "data/feed.h"
#include "data/indexing.h"
#include "data/planjson.h"
#include "store/curations.h"
#include "store/datasets.h"
#include "store/molecules.h"
#include "store/source.h"

namespace papilio::data
{

namespace
{
/// A folder that is gone with this object.
class ScratchFolder
{
public:
    ScratchFolder() = default;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored;
        if (!m_path.empty()) {
            std::filesystem::remove_all(m_path, ignored);
        }
    }

    Result<> make()
    {
        std::error_code code;
        std::string name = (std::filesystem::temp_directory_path(code) / "papilio-preview-XXXXXX").string();
        if (code || ::mkdtemp(name.data()) == nullptr) {
            return fail(ErrorCode::Io, "No folder for temporary files can be made.",
                        "Set TMPDIR to a folder that can be written.");
        }
        m_path = name;
        return {};
    }
    std::string file(const std::string& name) const { return m_path + "/" + name; }

private:
    std::string m_path;
};

/// A dataset with what is needed to read its rows again.
struct Source {
    store::DatasetRecord record;
    Plan plan;
};

Result<Source> sourceOf(store::Project& project, const std::string& dataset, const Recipe& recipe)
{
    auto record = store::Datasets(project).byName(dataset);
    if (!record) {
        return tl::unexpected(std::move(record).error());
    }
    if (!record->complete) {
        return fail(ErrorCode::BadInput, "The import of dataset '" + dataset + "' is unfinished.",
                    "Import its file again to complete it, then curate it.");
    }
    const auto text = store::SourceRows(project).plan(record->id);
    if (!text) {
        return tl::unexpected<Error>(text.error());
    }
    auto plan = planFromJson(*text);
    if (!plan) {
        return tl::unexpected(std::move(plan).error());
    }
    plan->recipe = recipe;
    return Source{std::move(*record), std::move(*plan)};
}

RecipeReport countsOf(const store::DatasetRecord& record)
{
    RecipeReport report;
    report.rows = record.rows;
    report.used = record.used;
    report.merged = record.merged;
    report.repaired = record.repaired;
    report.rejected = record.rejected;
    report.molecules = record.molecules;
    return report;
}

Result<> readState(store::Project& project, const store::DatasetRecord& record, CurationOutcome& outcome)
{
    outcome.datasetId = record.id;
    outcome.dataset = record.name;
    outcome.before = countsOf(record);
    auto curation = store::Curations(project).get(record.id);
    if (!curation) {
        return tl::unexpected<Error>(curation.error());
    }
    if (*curation) {
        auto recipe = recipeFromJson((*curation)->recipe);
        auto report = recipeReportFromJson((*curation)->report);
        if (!recipe) {
            return tl::unexpected<Error>(recipe.error());
        }
        if (!report) {
            return tl::unexpected<Error>(report.error());
        }
        outcome.former = *recipe;
        outcome.before = *report;
        return {};
    }
    std::int64_t last = 0;
    return eachConflict(project, record.id, [&](const Conflict& conflict) {
        outcome.before.duplicates.contradictingMolecules += conflict.molecule != last;
        ++outcome.before.duplicates.contradictions;
        last = conflict.molecule;
        return true;
    });
}

FeedOptions feedOf(const Source& source, const std::string& stage, int threads)
{
    FeedOptions feed;
    feed.stage = stage + " " + source.record.name;
    feed.total = source.record.rows;
    feed.threads = threads;
    feed.source = false;
    feed.stoppedHint = "The dataset is as it was.";
    return feed;
}

store::DatasetRecord freshRecord(const store::DatasetRecord& old, const std::string& name)
{
    store::DatasetRecord fresh;
    fresh.name = name;
    fresh.source = old.source;
    fresh.sourceHash = old.sourceHash;
    fresh.options = old.options;
    fresh.created = old.created;
    return fresh;
}

/// The rows that the writer noted, as they are stored by now.
Result<std::vector<CurationExample>> examplesOf(store::Project& project, std::int64_t dataset,
                                                const std::vector<std::int64_t>& numbers)
{
    std::vector<store::RowRecord> rows;
    std::vector<std::int64_t> molecules;
    for (const std::int64_t number : numbers) {
        auto page = store::Datasets(project).rowPage(dataset, std::nullopt, number, 1);
        if (!page) {
            return tl::unexpected(std::move(page).error());
        }
        if (!page->empty() && page->front().molecule > 0) {
            molecules.push_back(page->front().molecule);
            rows.push_back(std::move(page->front()));
        }
    }
    auto smiles = store::Molecules(project).smilesOf(molecules);
    if (!smiles) {
        return tl::unexpected<Error>(smiles.error());
    }
    std::vector<CurationExample> examples;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        examples.push_back({rows[i].row, std::move(rows[i].text), std::move((*smiles)[i]), std::move(rows[i].reason)});
    }
    return examples;
}

using Clock = std::chrono::steady_clock;
double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// What the unfinished new state of a dataset was begun with.
std::string markOf(const Source& source, const Recipe& recipe)
{
    return nlohmann::json{{"curates", source.record.id}, {"recipe", nlohmann::json::parse(recipeToJson(recipe))}}.dump();
}

/// The new state, beside the old one: one to go on with, or a new one.
Result<bool> beginOrResume(store::Project& project, DatasetWriter& writer, const Source& source, const std::string& mark)
{
    store::Datasets datasets(project);
    const std::string name = store::curationName(source.record.name);
    auto found = datasets.byName(name);
    if (found && !found->complete && found->options == mark) {
        PAPILIO_TRY(writer.resume(*found));
        return true;
    }
    if (found && !store::isGrowing(*found)) {
        return fail(ErrorCode::Exists, "There is a dataset '" + name + "', which is the name of the new state meanwhile.",
                    "Import '" + source.record.name + "' under another name to curate it.");
    }
    if (found) {
        PAPILIO_TRY(datasets.remove(found->id));
    } else if (found.error().code != ErrorCode::NotFound) {
        return tl::unexpected(std::move(found).error());
    }
    store::DatasetRecord fresh = freshRecord(source.record, name);
    fresh.options = mark;
    PAPILIO_TRY(writer.begin(std::move(fresh), {}));
    return false;
}
/// The new state in the place of the old one: all of it, or nothing.
Result<> takePlace(store::Project& project, DatasetWriter& writer, std::int64_t dataset)
{
    store::Transaction transaction(project);
    PAPILIO_TRY(writer.finish());
    PAPILIO_TRY(store::Curations(project).exchange(dataset, writer.dataset().id));
    return transaction.commit();
}
} // namespace

Result<CurationOutcome> curationOf(store::Project& project, const std::string& dataset)
{
    const auto record = store::Datasets(project).byName(dataset);
    if (!record) {
        return tl::unexpected<Error>(record.error());
    }
    CurationOutcome outcome;
    PAPILIO_TRY(readState(project, *record, outcome));
    outcome.recipe = outcome.former;
    outcome.after = outcome.before;
    return outcome;
}

Result<CurationOutcome> previewCuration(store::Project& project, const std::string& dataset, const Recipe& recipe,
                                        int threads, Control& control)
{
    const auto begin = Clock::now();
    auto source = sourceOf(project, dataset, recipe);
    if (!source) {
        return tl::unexpected<Error>(source.error());
    }
    CurationOutcome outcome;
    outcome.recipe = recipe;
    PAPILIO_TRY(readState(project, source->record, outcome));
    ScratchFolder folder;
    PAPILIO_TRY(folder.make());
    auto scratch = store::Project::create(folder.file("preview.papilio"));
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    DatasetWriter writer(*scratch, source->plan, false);
    PAPILIO_TRY(writer.begin(freshRecord(source->record, dataset), {}));
    FeedOptions feed = feedOf(*source, "previewing", threads);
    feed.encodings = false;
    PAPILIO_TRY(feedRows(writer, rowsOfDataset(project.path(), source->record.id, 0), source->plan, feed, control));
    PAPILIO_TRY(writer.finish());
    outcome.after = writer.recipeReport();
    auto examples = examplesOf(*scratch, writer.dataset().id, writer.changedExamples());
    if (!examples) {
        return tl::unexpected<Error>(examples.error());
    }
    outcome.examples = std::move(*examples);
    outcome.seconds = secondsSince(begin);
    return outcome;
}

Result<CurationOutcome> applyCuration(store::Project& project, const std::string& dataset, const Recipe& recipe,
                                      int threads, Control& control)
{
    const auto begin = Clock::now();
    if (project.access() == store::Access::ReadOnly) {
        return fail(ErrorCode::ReadOnly, "The project '" + project.path() + "' is open for reading only.");
    }
    auto source = sourceOf(project, dataset, recipe);
    if (!source) {
        return tl::unexpected<Error>(source.error());
    }
    CurationOutcome outcome;
    outcome.recipe = recipe;
    PAPILIO_TRY(readState(project, source->record, outcome));
    DatasetWriter writer(project, source->plan);
    const auto resumed = beginOrResume(project, writer, *source, markOf(*source, recipe));
    if (!resumed) {
        return tl::unexpected<Error>(resumed.error());
    }
    outcome.resumed = *resumed;
    const auto fed =
        feedRows(writer, rowsOfDataset(project.path(), source->record.id, writer.dataset().rows), source->plan,
                 feedOf(*source, "curating", threads), control);
    if (!fed) {
        if (fed.error().code == ErrorCode::Stopped) {
            PAPILIO_TRY(store::Datasets(project).remove(writer.dataset().id));
        }
        return tl::unexpected(fed.error());
    }
    if (writer.dataset().rows != source->record.rows) { // the old state has labels that these rows do not give again
        return fail(ErrorCode::Damaged,
                    "Of the " + std::to_string(source->record.rows) + " rows of '" + source->record.name + "' the project gives " +
                        std::to_string(writer.dataset().rows) + " as they were read; the dataset stays as it is.",
                    "Import its file again, with --replace.");
    }
    PAPILIO_TRY(takePlace(project, writer, source->record.id));
    outcome.after = writer.recipeReport();
    if (const auto updated = updateIndex(project, source->record.id, control); !updated) {
        outcome.notes.push_back(updated.error().text());
    }
    outcome.seconds = secondsSince(begin);
    return outcome;
}

} // namespace papilio::data
