// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "data/feed.h"
#include "data/indexing.h"
#include "data/inputfiles.h"
#include "data/pace.h"
#include "data/plan.h"
#include "data/writer.h"
#include "store/datasets.h"

namespace papilio::data
{

namespace
{
/// Files that become one dataset.
struct Job {
    std::string name;
    std::vector<std::string> files;
    bool done = false; ///< complete from an earlier call (several datasets in one call)
};

std::string utcNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

/// What a resumed import must have in common with the one that was cut off.
std::string optionsText(const ImportOptions& options)
{
    std::string text = choiceToJson(options.columns);
    if (!(options.recipe == Recipe())) {
        auto json = nlohmann::json::parse(text);
        json["recipe"] = nlohmann::json::parse(recipeToJson(options.recipe));
        text = json.dump();
    }
    return text;
}

std::string quotedFiles(const std::vector<std::string>& files)
{
    std::string text = quotedName(files.front());
    return files.size() > 1 ? text + " and " + std::to_string(files.size() - 1) + " more" : text;
}

Result<std::vector<Job>> makeJobs(const std::vector<std::string>& files, const ImportOptions& options)
{
    if (files.empty()) {
        return fail(ErrorCode::Usage, "No file to import.", "Name one or more CSV, TSV, SMI, SDF or Parquet files.");
    }
    auto groups = inputGroups(files);
    if (!groups) {
        return tl::unexpected(groups.error());
    }
    if (!options.dataset.empty()) {
        Job job{options.dataset, {}};
        for (const InputGroup& group : *groups) {
            job.files.insert(job.files.end(), group.files.begin(), group.files.end());
        }
        return std::vector<Job>{std::move(job)};
    }
    std::vector<Job> jobs;
    std::set<std::string> names;
    for (const InputGroup& group : *groups) {
        const std::string name = toUtf8(group.name);
        if (!names.insert(name).second) {
            return fail(ErrorCode::Usage, "Two of the files would both become the dataset '" + name + "'.",
                        "Import them one by one with --dataset NAME, or together as one dataset with --dataset NAME.");
        }
        jobs.push_back({name, group.files});
    }
    return jobs;
}

Result<std::optional<store::DatasetRecord>> existing(store::Datasets& datasets, const std::string& name)
{
    auto record = datasets.byName(name);
    if (record) {
        return std::optional(std::move(*record));
    }
    if (record.error().code == ErrorCode::NotFound) {
        return std::nullopt;
    }
    return tl::unexpected(record.error());
}

tl::unexpected<Error> existsAlready(const std::string& name)
{
    return fail(ErrorCode::Exists, "The project has a dataset '" + name + "' already.",
                "Choose another name with --dataset, or exchange it with --replace.");
}

/// Datasets that are complete already. One is an error, unless another one of the same call is still to be done: then
/// the call is the repetition of one that was cut off, and file and options are looked at to tell.
Result<> checkExisting(store::Datasets& datasets, std::vector<Job>& jobs, const std::string& options)
{
    std::vector<store::DatasetRecord> complete;
    for (Job& job : jobs) {
        auto record = existing(datasets, job.name);
        if (!record) {
            return tl::unexpected(record.error());
        }
        if (*record && (*record)->complete) {
            complete.push_back(**record);
        }
    }
    if (complete.size() == jobs.size()) {
        return existsAlready(jobs.front().name);
    }
    for (const store::DatasetRecord& record : complete) {
        Job& job = *std::find_if(jobs.begin(), jobs.end(), [&](const Job& j) { return j.name == record.name; });
        auto hash = TableChain(job.files, true).hash();
        if (!hash) {
            return tl::unexpected(hash.error());
        }
        if (*hash != record.sourceHash) {
            return existsAlready(record.name);
        }
        if (record.options != options) {
            return fail(ErrorCode::Exists,
                        "The project has the dataset '" + record.name + "' of the same file already, imported with other options.",
                        "Leave this file out, use the same options again, or exchange the dataset with --replace.");
        }
        job.done = true;
    }
    return {};
}

ImportReport reportOf(const store::DatasetRecord& record)
{
    ImportReport report;
    report.datasetId = record.id;
    report.dataset = record.name;
    report.rows = record.rows;
    report.used = record.used;
    report.merged = record.merged;
    report.repaired = record.repaired;
    report.rejected = record.rejected;
    report.molecules = record.molecules;
    report.notes.push_back("Was imported before, from the same file.");
    return report;
}

/// One dataset: look at the whole file, then read it again and write.
class Importer
{
public:
    Importer(store::Project& project, const Job& job, const ImportOptions& options, Control& control)
        : m_project(project), m_datasets(project), m_job(job), m_options(options), m_control(control), m_pace(control)
    {
    }

    Result<ImportReport> run()
    {
        auto survey = surveyTable(m_job.files, m_options.columns, 0, m_control);
        if (!survey) {
            return tl::unexpected(survey.error());
        }
        survey->head.clear();
        auto plan = makePlan(*survey, m_options.columns, fileName(m_job.files.front()));
        if (!plan) {
            return tl::unexpected(plan.error());
        }
        plan->recipe = m_options.recipe;
        m_columns = survey->columns;
        DatasetWriter writer(m_project, *plan);
        PAPILIO_TRY(prepare(writer, survey->hash));
        PAPILIO_TRY(importRows(writer, *plan, survey->rows));
        PAPILIO_TRY(writer.finish());
        PAPILIO_TRY(refuseUseless(writer.dataset()));
        if (const auto updated = updateIndex(m_project, writer.dataset().id, m_control); !updated) {
            m_report.notes.push_back(updated.error().text()); // the rows are there; what is missing is made up for later
        }
        m_report.seconds = m_pace.seconds();
        m_report.notes.insert(m_report.notes.begin(), plan->notes.begin(), plan->notes.end());
        writer.fill(m_report);
        PAPILIO_TRY(addNotes(writer.dataset()));
        return std::move(m_report);
    }

private:
    /// Decides between a new dataset, one to go on with, and an error.
    Result<> prepare(DatasetWriter& writer, const std::string& hash)
    {
        auto record = existing(m_datasets, m_job.name);
        if (!record) {
            return tl::unexpected(record.error());
        }
        const std::string options = optionsText(m_options);
        if (*record) {
            const store::DatasetRecord& found = **record;
            if (!found.complete && found.sourceHash == hash && found.options == options) {
                m_report.resumed = true;
                return writer.resume(found);
            }
            if (!m_options.replace && found.complete) {
                return existsAlready(m_job.name);
            }
            if (!m_options.replace) {
                const bool otherFile = found.sourceHash != hash;
                return fail(ErrorCode::Exists,
                            "The dataset '" + m_job.name + "' is unfinished and began with " +
                                (otherFile ? "another file ('" + found.source + "')." : "other options."),
                            otherFile
                                ? "Import that file again to complete it, or start over with --replace."
                                : "Import it with the same options to complete it, or start over with --replace.");
            }
            PAPILIO_TRY(m_datasets.remove(found.id));
        }
        store::DatasetRecord dataset;
        dataset.name = m_job.name;
        for (const std::string& file : m_job.files) {
            dataset.source += (dataset.source.empty() ? "" : "; ") + toUtf8(fileName(file));
        }
        dataset.sourceHash = hash;
        dataset.created = utcNow();
        dataset.options = options;
        return writer.begin(std::move(dataset), m_columns);
    }

    Result<> importRows(DatasetWriter& writer, const Plan& plan, std::int64_t total)
    {
        FeedOptions feed;
        feed.stage = "importing " + quotedFiles(m_job.files);
        feed.total = total;
        feed.threads = m_options.threads;
        feed.stoppedHint = "Import the same file again to go on from there.";
        auto result = feedRows(writer, rowsOfFiles(m_job.files, plan.reading), plan, feed, m_control);
        return result ? result : Result<>(cutOff(std::move(result).error(), writer.dataset()));
    }

    /// A table of which no row could be used leaves no dataset behind.
    Result<> refuseUseless(const store::DatasetRecord& dataset)
    {
        if (dataset.rows == 0 || dataset.rejected < dataset.rows) {
            return {};
        }
        auto first = m_datasets.rowPage(dataset.id, store::RowStatus::Rejected, 0, 1);
        if (!first) {
            return tl::unexpected(first.error());
        }
        PAPILIO_TRY(m_datasets.remove(dataset.id));
        const std::string rows = dataset.rows == 1 ? "The only row" : "All " + std::to_string(dataset.rows) + " rows";
        std::string text = rows + " of " + quotedFiles(m_job.files) + (dataset.rows == 1 ? " was" : " were") + " rejected.";
        if (!first->empty()) {
            text += " Row " + std::to_string(first->front().row) + ": " + first->front().reason + ".";
        }
        return fail(ErrorCode::BadInput, text, "Nothing was imported. Check that the right column is read: --smiles names it.");
    }

    static tl::unexpected<Error> cutOff(Error error, const store::DatasetRecord& dataset)
    {
        if (error.code == ErrorCode::Damaged) {
            const std::string rows = std::to_string(dataset.rows);
            error.message += " The first " + rows + " rows can be read.";
            error.hint = "They are in the project, the dataset '" + dataset.name +
                         "' is marked as incomplete. Fetch the file again and import it with --replace.";
        }
        return tl::unexpected(std::move(error));
    }

    Result<> addNotes(const store::DatasetRecord& dataset)
    {
        if (dataset.rejected > 0) {
            auto first = m_datasets.rowPage(dataset.id, store::RowStatus::Rejected, 0, 1);
            if (!first) {
                return tl::unexpected(first.error());
            }
            const auto percent = (100 * dataset.rejected + dataset.rows / 2) / dataset.rows;
            std::string note = std::to_string(dataset.rejected) + " of " + std::to_string(dataset.rows) + " rows (" +
                               (percent == 0 ? "below 1" : std::to_string(percent)) + " %) were rejected. ";
            note += percent >= 20 ? "Check that the right column was read. " : "";
            note += first->empty() ? ""
                                   : "The first one is row " + std::to_string(first->front().row) + ": " +
                                         first->front().reason;
            m_report.notes.push_back(std::move(note));
        }
        if (m_report.conflictingRows > 0) {
            m_report.notes.push_back(std::to_string(m_report.conflictingRows) + " of " +
                                     std::to_string(dataset.merged) +
                                     " merged rows have labels that differ from those kept.");
        }
        return {};
    }

    store::Project& m_project;
    store::Datasets m_datasets;
    const Job& m_job;
    const ImportOptions& m_options;
    Control& m_control;
    Pace m_pace;
    std::vector<std::string> m_columns;
    ImportReport m_report;
};
} // namespace

Result<std::vector<ImportReport>> importFiles(store::Project& project, const std::vector<std::string>& files,
                                              const ImportOptions& options, Control& control)
{
    if (project.access() == store::Access::ReadOnly) {
        return fail(ErrorCode::ReadOnly, "The project '" + project.path() + "' is open for reading only.");
    }
    auto jobs = makeJobs(files, options);
    if (!jobs) {
        return tl::unexpected(jobs.error());
    }
    store::Datasets datasets(project);
    if (!options.replace) {
        PAPILIO_TRY(checkExisting(datasets, *jobs, optionsText(options)));
    }
    std::vector<ImportReport> reports;
    for (const Job& job : *jobs) {
        if (job.done) {
            auto record = datasets.byName(job.name);
            if (!record) {
                return tl::unexpected(record.error());
            }
            reports.push_back(reportOf(*record));
            continue;
        }
        auto report = Importer(project, job, options, control).run();
        if (!report) {
            return tl::unexpected(report.error());
        }
        reports.push_back(std::move(*report));
    }
    return reports;
}

} // namespace papilio::data
