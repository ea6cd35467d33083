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
#include "data/rowfilter.h"
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
    std::vector<std::string> notes = {};

    void note(std::string text)
    {
        if (!text.empty()) {
            notes.push_back(std::move(text));
        }
    }
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

/// Of what exchanges a dataset.
std::string growingOptions(const std::string& dataset, const std::string& options)
{
    return nlohmann::json{{"replaces", dataset}, {"with", nlohmann::json::parse(options)}}.dump();
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
            job.note(leftOutNote(group));
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
        jobs.back().note(leftOutNote(group));
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
    report.leftOut = record.leftOut;
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
        std::optional<DatasetWriter> place(std::in_place, m_project, *plan);
        auto prepared = prepare(*place, survey->hash);
        if (!prepared && prepared.error().code == ErrorCode::Damaged && m_resumed && m_options.replace) {
            PAPILIO_TRY(m_datasets.remove(*m_resumed)); // nobody can go on with that
            m_report.resumed = false;
            place.emplace(m_project, *plan);
            prepared = prepare(*place, survey->hash);
        }
        PAPILIO_TRY(std::move(prepared));
        DatasetWriter& writer = *place;
        PAPILIO_TRY(importRows(writer, *plan, survey->rows));
        PAPILIO_TRY(refuseUseless(writer.dataset()));
        PAPILIO_TRY(finish(writer));
        if (const auto updated = updateIndex(m_project, writer.dataset().id, m_control); !updated) {
            m_report.notes.push_back(updated.error().text()); // the rows are there; what is missing is made up for later
        }
        m_report.seconds = m_pace.seconds();
        m_report.notes.insert(m_report.notes.begin(), plan->advice.begin(), plan->advice.end());
        m_report.notes.insert(m_report.notes.begin(), plan->notes.begin(), plan->notes.end());
        m_report.notes.insert(m_report.notes.begin(), m_job.notes.begin(), m_job.notes.end());
        writer.fill(m_report);
        m_report.dataset = m_job.name;
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
                return resume(writer, found);
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
            m_replaced = found.id;
        }
        return prepareGrowing(writer, hash, options);
    }

    Result<> resume(DatasetWriter& writer, const store::DatasetRecord& unfinished)
    {
        m_report.resumed = true;
        m_resumed = unfinished.id;
        return writer.resume(unfinished);
    }

    /// A new dataset; what exchanges another one grows beside it, so that nothing is lost before there is something.
    Result<> prepareGrowing(DatasetWriter& writer, const std::string& hash, const std::string& options)
    {
        const std::string name = store::replacementName(m_job.name);
        const std::string mark = growingOptions(m_job.name, options);
        auto growing = existing(m_datasets, name);
        if (!growing) {
            return tl::unexpected(growing.error());
        }
        const bool ours = *growing && store::isGrowing(**growing);
        if (ours && (*growing)->sourceHash == hash && (*growing)->options == mark) {
            return resume(writer, **growing);
        }
        if (ours) {
            PAPILIO_TRY(m_datasets.remove((*growing)->id));
        } else if (*growing && m_replaced) {
            return fail(ErrorCode::Exists, "There is a dataset '" + name + "', which is the name of the new one meanwhile.",
                        "Choose another name with --dataset.");
        }
        store::DatasetRecord dataset;
        dataset.name = m_replaced ? name : m_job.name;
        for (const std::string& file : m_job.files) {
            dataset.source += (dataset.source.empty() ? "" : "; ") + toUtf8(fileName(file));
        }
        dataset.sourceHash = hash;
        dataset.created = utcNow();
        dataset.options = m_replaced ? mark : options;
        return writer.begin(std::move(dataset), m_columns);
    }

    Result<> importRows(DatasetWriter& writer, const Plan& plan, std::int64_t total)
    {
        FeedOptions feed;
        feed.stage = "importing " + quotedFiles(m_job.files);
        feed.total = total;
        feed.threads = m_options.threads;
        feed.stoppedHint = m_replaced ? staysText() + " Import the same file again with --replace to go on from there."
                                      : "Import the same file again to go on from there.";
        auto result = feedRows(writer, rowsOfFiles(m_job.files, plan.reading), plan, feed, m_control);
        return result ? result : Result<>(cutOff(std::move(result).error(), writer.dataset()));
    }

    /// The dataset is complete, and in the place of the one that it exchanges: all of it, or nothing.
    Result<> finish(DatasetWriter& writer)
    {
        store::Transaction transaction(m_project);
        PAPILIO_TRY(writer.finish());
        if (m_replaced) {
            PAPILIO_TRY(m_datasets.remove(*m_replaced));
            const auto curated = existing(m_datasets, store::curationName(m_job.name));
            PAPILIO_TRY(curated);
            if (*curated && store::isGrowing(**curated)) { // of rows that are gone
                PAPILIO_TRY(m_datasets.remove((*curated)->id));
            }
        }
        if (writer.dataset().name != m_job.name) {
            store::DatasetRecord record = writer.dataset();
            record.name = m_job.name;
            record.options = optionsText(m_options);
            PAPILIO_TRY(m_datasets.update(record));
        }
        return transaction.commit();
    }

    std::string staysText() const { return "The dataset '" + m_job.name + "' stays as it was."; }

    /// The first row that could not be used, though it was asked for.
    Result<std::optional<store::RowRecord>> firstRejected(std::int64_t dataset) const
    {
        std::optional<store::RowRecord> first;
        PAPILIO_TRY(m_datasets.rows(dataset, store::RowStatus::Rejected, [&first](const store::RowRecord& row) {
            first = isLeftOut(row.reason) ? std::nullopt : std::optional(row);
            return !first;
        }));
        return first;
    }

    /// A table of which no row could be used leaves no dataset behind, and takes the place of none.
    Result<> refuseUseless(const store::DatasetRecord& dataset)
    {
        if (dataset.rows == 0 || dataset.rejected < dataset.rows) {
            return {};
        }
        auto first = firstRejected(dataset.id);
        if (!first) {
            return tl::unexpected(first.error());
        }
        PAPILIO_TRY(m_datasets.remove(dataset.id));
        const std::int64_t asked = dataset.rows - dataset.leftOut;
        const std::string rows = asked == 1 ? "The only row" : "All " + std::to_string(asked) + " rows";
        std::string text = rows + " of " + quotedFiles(m_job.files) +
                           (dataset.leftOut == 0 ? "" : asked == 1 ? " that was asked for" : " that were asked for") +
                           (asked == 1 ? " was" : " were") + " rejected.";
        if (*first) {
            text += " Row " + std::to_string((*first)->row) + ": " + (*first)->reason + ".";
        }
        return fail(ErrorCode::BadInput, text, (m_replaced ? staysText() : std::string("No dataset was made of it.")) +
                                                " Check that the right column is read: --smiles names it.");
    }

    tl::unexpected<Error> cutOff(Error error, const store::DatasetRecord& dataset)
    {
        if (error.code == ErrorCode::Damaged && m_replaced) {
            if (const auto removed = m_datasets.remove(dataset.id); !removed) {
                return tl::unexpected(removed.error());
            }
            error.hint = staysText() + " Fetch the file again and import it with --replace.";
        } else if (error.code == ErrorCode::Damaged) {
            const std::string rows = std::to_string(dataset.rows);
            error.message += " The first " + rows + " rows can be read.";
            error.hint = "They are in the project, the dataset '" + dataset.name +
                         "' is marked as incomplete. Fetch the file again and import it with --replace.";
        }
        return tl::unexpected(std::move(error));
    }

    Result<> addNotes(const store::DatasetRecord& dataset)
    {
        const std::int64_t asked = dataset.rows - dataset.leftOut, rejected = dataset.rejected - dataset.leftOut;
        if (rejected > 0) {
            auto first = firstRejected(dataset.id);
            if (!first) {
                return tl::unexpected(first.error());
            }
            const auto percent = (100 * rejected + asked / 2) / asked;
            std::string note = std::to_string(rejected) + " of " + std::to_string(asked) +
                               (dataset.leftOut > 0 ? " rows asked for (" : " rows (") +
                               (percent == 0 ? "below 1" : std::to_string(percent)) + " %) were rejected. ";
            note += percent >= 20 ? "Check that the right column was read. " : "";
            note += *first ? "The first one is row " + std::to_string((*first)->row) + ": " + (*first)->reason : "";
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
    std::optional<std::int64_t> m_replaced; ///< the dataset whose place the new one takes
    std::optional<std::int64_t> m_resumed;  ///< the unfinished one that is gone on with
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
