// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/datasets.h"

#include <algorithm>
#include <filesystem>

#include "data/bytesource.h"
#include "engine/datasetsplit.h"
#include "engine/jsonchem.h"
#include "engine/modeladding.h"
#include "store/datasets.h"

namespace papilio::engine
{

namespace
{

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

data::ColumnChoice choiceOf(const data::DatasetPreset& preset, const data::PresetTable& table)
{
    data::ColumnChoice choice;
    choice.smilesColumn = table.smiles;
    choice.labelPatterns = table.labels;
    choice.level = preset.level;
    // Classes that are made on the way are their own kind.
    choice.kind = table.transforms.empty() ? preset.kind : std::nullopt;
    choice.transforms = table.transforms;
    choice.units = table.units;
    choice.preset = preset.name;
    return choice;
}

bool isStored(store::Project& project, const std::string& dataset)
{
    const auto record = store::Datasets(project).byName(dataset);
    return record && record->complete;
}

class Getter
{
public:
    Getter(const DatasetRequest& request, Control& control) : m_request(request), m_control(control) {}

    Result<std::vector<DatasetOutcome>> run()
    {
        const auto preset = data::datasetPreset(m_request.name);
        if (!preset)
            return tl::unexpected<Error>(preset.error());
        const auto members = data::membersOf(*preset);
        m_group = preset->isGroup();
        PAPILIO_TRY(checkPossible(members));
        for (const data::DatasetPreset& member : members)
            PAPILIO_TRY(find(member));
        const bool any = std::any_of(m_outcomes.begin(), m_outcomes.end(), [](const auto& o) { return o.found(); });
        if (!any && m_request.from.empty() && m_outcomes.front().preset.tables.empty() && m_request.project.empty())
            return std::move(m_outcomes); // fetched, which is all that can be done
        if (!any)
            return missing();
        PAPILIO_TRY(importAll());
        return std::move(m_outcomes);
    }

private:
    Result<> checkPossible(const std::vector<data::DatasetPreset>& members) const
    {
        for (const data::DatasetPreset& member : members)
            if (!member.obstacle.empty() && (!m_request.project.empty() || !m_request.from.empty()))
                return fail(ErrorCode::Unsupported, member.title + " cannot be imported.", member.obstacle);
        return {};
    }

    /// In the folder that was named; else in the user's own, after a download of what is not there.
    Result<> find(const data::DatasetPreset& preset)
    {
        DatasetOutcome outcome;
        outcome.preset = preset;
        outcome.folder = m_request.from.empty() ? data::presetFolder(preset, m_request.to) : m_request.from;
        std::error_code ignored;
        if (m_request.from.empty()) {
            bool complete = false;
            if (std::filesystem::is_directory(outcome.folder, ignored)) {
                auto files = data::findPresetFiles(preset, outcome.folder);
                complete = files && files->isUsable(preset) && files->missing.empty();
            }
            if (!complete)
                PAPILIO_TRY(data::downloadPreset(preset, outcome.folder, m_control));
        }
        auto files = data::findPresetFiles(preset, outcome.folder);
        if (!files)
            return tl::unexpected<Error>(files.error());
        outcome.files = std::move(*files);
        if (!outcome.found() && outcome.preset.obstacle.empty())
            outcome.notes.push_back("Not there: " + listed(outcome.files.missing) + ".");
        else if (!outcome.files.missing.empty() && preset.obstacle.empty())
            outcome.notes.push_back("The split file " + listed(outcome.files.missing) +
                                    " is not there; no split is stored.");
        m_outcomes.push_back(std::move(outcome));
        return {};
    }

    tl::unexpected<Error> missing() const
    {
        std::vector<std::string> names;
        for (const DatasetOutcome& outcome : m_outcomes)
            for (const std::string& name : outcome.files.missing)
                if (names.size() < 12 && std::find(names.begin(), names.end(), name) == names.end())
                    names.push_back(name);
        const std::string& how = m_outcomes.front().preset.modelHow;
        return fail(ErrorCode::NotFound,
                    "The folder '" + m_outcomes.front().folder + "' does not have the files of '" + m_request.name + "'.",
                    "Looked for " + listed(names) + "." + (how.empty() ? std::string() : " " + how + "."));
    }

    Result<> importAll()
    {
        std::optional<store::Project> project;
        if (!m_request.project.empty()) {
            auto opened = store::Project::openOrCreate(m_request.project);
            if (!opened)
                return tl::unexpected<Error>(opened.error());
            project.emplace(std::move(*opened));
        }
        for (DatasetOutcome& outcome : m_outcomes) {
            if (!outcome.found())
                continue;
            if (outcome.preset.isModel())
                PAPILIO_TRY(addTheModel(outcome));
            else if (project)
                PAPILIO_TRY(importOne(*project, outcome));
        }
        if (project && m_request.withSplit)
            return storeSplits(*project, m_outcomes, m_group, m_request.to, m_control);
        return {};
    }

    Result<> addTheModel(DatasetOutcome& outcome)
    {
        const auto entry = addModel(outcome.files.model, "", m_control);
        if (!entry)
            return tl::unexpected<Error>(entry.error());
        outcome.model = entry->card.name;
        return {};
    }

    Result<> importOne(store::Project& project, DatasetOutcome& outcome)
    {
        if (m_group && !m_request.replace && isStored(project, outcome.preset.dataset)) {
            outcome.notes.push_back("The project has the dataset '" + outcome.preset.dataset + "' already; it was left as it is.");
            return {};
        }
        data::ImportOptions options;
        options.dataset = outcome.preset.dataset;
        options.columns = choiceOf(outcome.preset, outcome.table());
        options.replace = m_request.replace;
        options.threads = m_request.threads;
        auto reports = data::importFiles(project, outcome.files.tableFiles, options, m_control);
        if (!reports)
            return tl::unexpected<Error>(reports.error());
        outcome.report = std::move(reports->front());
        const std::int64_t rows = outcome.table().rows;
        if (rows > 0 && outcome.report->rows != rows)
            outcome.notes.push_back("The table has " + std::to_string(outcome.report->rows) + " rows; the published one has " +
                                    std::to_string(rows) + ".");
        if (!outcome.table().note.empty())
            outcome.notes.push_back("Read as: " + outcome.table().note + ".");
        return {};
    }

    const DatasetRequest& m_request;
    Control& m_control;
    bool m_group = false;
    std::vector<DatasetOutcome> m_outcomes;
};

nlohmann::json tablesToJson(const data::DatasetPreset& preset)
{
    nlohmann::json tables = nlohmann::json::array();
    for (const data::PresetTable& table : preset.tables) {
        nlohmann::json units = nlohmann::json::object();
        for (const auto& [pattern, unit] : table.units)
            units[pattern] = unit;
        tables.push_back({{"files", table.files},
                          {"smiles", table.smiles},
                          {"labels", table.labels},
                          {"rows", table.rows},
                          {"units", units},
                          {"note", table.note}});
    }
    return tables;
}

/// "here" (complete), "part" (some of it, or the rest of a download), "absent".
std::string stateOf(const data::DatasetPreset& preset)
{
    std::error_code ignored;
    bool all = true, some = false;
    for (const data::DatasetPreset& member : data::membersOf(preset)) {
        const std::string folder = data::presetFolder(member);
        const bool there = std::filesystem::is_directory(folder, ignored);
        const auto files = there ? data::findPresetFiles(member, folder) : data::PresetFiles();
        const bool usable = there && files && files->isUsable(member);
        all = all && usable && files->missing.empty();
        some = some || usable || (there && !std::filesystem::is_empty(folder, ignored));
    }
    return all ? "here" : some ? "part" : "absent";
}

} // namespace

Result<std::vector<DatasetOutcome>> findDatasets(const std::string& name, const std::string& folder)
{
    const auto preset = data::datasetPreset(name);
    if (!preset)
        return tl::unexpected<Error>(preset.error());
    std::vector<DatasetOutcome> outcomes;
    for (const data::DatasetPreset& member : data::membersOf(*preset)) {
        DatasetOutcome outcome;
        outcome.preset = member;
        outcome.folder = folder;
        auto files = data::findPresetFiles(outcome.preset, folder);
        if (!files)
            return tl::unexpected<Error>(files.error());
        outcome.files = std::move(*files);
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

Result<std::vector<DatasetOutcome>> getDatasets(const DatasetRequest& request, Control& control)
{
    return Getter(request, control).run();
}

nlohmann::json presetToJson(const data::DatasetPreset& preset)
{
    nlohmann::json split = nullptr;
    if (preset.split.isGiven()) {
        nlohmann::json sizes = nlohmann::json::object();
        for (const auto& [part, size] : preset.split.sizes)
            sizes[part] = size;
        split = {{"file", preset.split.file}, {"column", preset.split.column}, {"rule", preset.split.rule}, {"sizes", sizes}};
    }
    nlohmann::json downloads = nlohmann::json::array();
    for (const auto& alternative : preset.downloads)
        for (const data::PresetDownload& item : alternative)
            downloads.push_back({{"name", item.name}, {"url", item.url}, {"checksum", !item.md5.empty() || !item.sha256.empty()}});
    return {{"name", preset.name},
            {"title", preset.title},
            {"collection", preset.collection},
            {"summary", preset.summary},
            {"dataset", preset.dataset},
            {"molecules", preset.molecules},
            {"tasks", preset.tasks},
            {"level", preset.level ? levelName(*preset.level) : ""},
            {"kind", preset.kind ? kindName(*preset.kind) : ""},
            {"normalisation", preset.normalisation},
            {"tables", tablesToJson(preset)},
            {"split", split},
            {"downloads", downloads},
            {"bytes", data::downloadBytes(preset)},
            {"members", preset.members},
            {"model", preset.isModel()},
            {"how", preset.modelHow},
            {"obstacle", preset.obstacle},
            {"licence", preset.licence},
            {"citation", preset.citation},
            {"source", preset.source},
            {"notes", preset.notes},
            {"state", stateOf(preset)},
            {"folder", data::presetFolder(preset)}};
}

nlohmann::json outcomeToJson(const DatasetOutcome& outcome)
{
    nlohmann::json json = {{"name", outcome.preset.name},
                           {"title", outcome.preset.title},
                           {"folder", outcome.folder},
                           {"found", outcome.found()},
                           {"files", outcome.files.tableFiles},
                           {"splitFile", outcome.files.splitFile},
                           {"missing", outcome.files.missing},
                           {"notes", outcome.notes}};
    if (outcome.report)
        json["report"] = reportsToJson({*outcome.report}).front();
    if (outcome.split != 0) {
        json["split"] = outcome.split;
        json["splitText"] = outcome.splitText;
    }
    if (!outcome.model.empty())
        json["model"] = outcome.model;
    return json;
}

} // namespace papilio::engine
