// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/statistics.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "data/indexing.h"
#include "data/pairs.h"
#include "store/molecules.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

bool fits(const std::string& pattern, const std::string& dataset, const std::string& task)
{
    return matchesPattern(pattern.find(':') == std::string::npos ? task : dataset + ":" + task, pattern);
}

json profileToJson(const TaskStatistics& task)
{
    const store::TaskProfile& profile = task.profile;
    json result{{"dataset", task.dataset},
                {"task", task.record.task.name},
                {"level", levelName(task.record.task.level)},
                {"kind", kindName(task.record.task.kind)},
                {"unit", task.record.task.unit},
                {"molecules", profile.molecules},
                {"datasetMolecules", task.datasetMolecules},
                {"missingPercent", task.missing()},
                {"values", profile.values}};
    if (task.record.task.kind != TaskKind::Regression) {
        result["classCounts"] = profile.classCounts;
        return result;
    }
    json quantiles = json::array();
    for (std::size_t i = 0; i < profile.quantiles.size(); ++i)
        quantiles.push_back({{"share", store::quantileShares[i]}, {"value", profile.quantiles[i]}});
    result.update({{"mean", profile.mean},
                   {"sd", profile.sd},
                   {"min", profile.minimum},
                   {"max", profile.maximum},
                   {"quantiles", std::move(quantiles)},
                   {"rankError", profile.rankError},
                   {"outliers", profile.outliers},
                   {"fences", {profile.lowFence, profile.highFence}}});
    return result;
}

} // namespace

double TaskStatistics::missing() const
{
    return datasetMolecules == 0 ? std::nan("")
                                 : 100.0 * static_cast<double>(datasetMolecules - profile.molecules) /
                                       static_cast<double>(datasetMolecules);
}

Result<ProjectStatistics> ProjectStatistics::open(const std::string& path, const std::vector<std::string>& patterns,
                                                  Control& control)
{
    auto project = store::Project::open(path, store::Access::ReadWrite);
    std::string note;
    if (project) {
        if (const auto updated = data::updateIndex(*project, 0, control); !updated)
            return tl::unexpected<Error>(updated.error());
    } else {
        note = project.error().message + " Only what was computed before is shown.";
        project = store::Project::open(path, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
    }
    ProjectStatistics statistics(std::move(*project));
    if (!note.empty())
        statistics.m_notes.push_back(std::move(note));
    if (const auto read = statistics.read(patterns); !read)
        return tl::unexpected<Error>(read.error());
    return statistics;
}

Result<> ProjectStatistics::read(const std::vector<std::string>& patterns)
{
    const store::Datasets datasets(m_project);
    const store::Profiles profiles(m_project);
    const auto all = datasets.all();
    PAPILIO_TRY(all);
    std::vector<bool> used(patterns.size(), false);
    for (const store::DatasetRecord& dataset : *all) {
        const auto tasks = datasets.tasks(dataset.id);
        PAPILIO_TRY(tasks);
        bool any = patterns.empty();
        for (const store::TaskRecord& record : *tasks) {
            bool wanted = patterns.empty();
            for (std::size_t i = 0; i < patterns.size(); ++i) {
                if (fits(patterns[i], dataset.name, record.task.name)) {
                    used[i] = true;
                    wanted = true;
                }
            }
            const auto profile = wanted ? profiles.ofTask(record.task.id) : Result<std::optional<store::TaskProfile>>();
            PAPILIO_TRY(profile);
            if (*profile) {
                any = true;
                m_tasks.push_back({dataset.name, dataset.molecules, record, **profile});
            }
        }
        const auto profile = profiles.ofDataset(dataset.id);
        PAPILIO_TRY(profile);
        if (any && *profile)
            m_datasets.push_back({dataset.name, **profile});
        else if (any)
            m_notes.push_back("The statistics of '" + dataset.name + "' are not computed.");
    }
    for (std::size_t i = 0; i < patterns.size(); ++i)
        if (!used[i])
            return fail(ErrorCode::NotFound, "No task fits '" + patterns[i] + "'.",
                        "Patterns are dataset:task, with * for any text; 'papilio-engine info' lists them.");
    return {};
}

Result<std::vector<TaskPair>> ProjectStatistics::pairs(Control& control)
{
    std::vector<TaskPair> pairs;
    for (std::size_t i = 0; i < m_tasks.size(); ++i) {
        std::int64_t dataset = 0;
        std::vector<store::PairStatistics> row;
        for (std::size_t k = i + 1; k < m_tasks.size(); ++k) {
            const store::TaskRecord& other = m_tasks[k].record;
            if (other.task.dataset != dataset) {
                dataset = other.task.dataset;
                if (m_project.access() == store::Access::ReadWrite)
                    if (const auto done = data::ensurePairs(m_project, m_tasks[i].record.task.dataset, dataset, control); !done)
                        return tl::unexpected<Error>(done.error());
                auto read = data::pairsOfTask(m_project, m_tasks[i].record.task.id, dataset, control);
                if (!read)
                    return tl::unexpected<Error>(read.error());
                row = std::move(*read);
            }
            pairs.push_back({&m_tasks[i], &m_tasks[k], row.at(static_cast<std::size_t>(other.position))});
        }
    }
    return pairs;
}

Result<std::vector<TaskOutlier>> ProjectStatistics::outliers() const
{
    std::vector<TaskOutlier> outliers;
    const store::Molecules molecules(m_project);
    for (const TaskStatistics& task : m_tasks) {
        for (const auto& one : task.profile.furthest) {
            auto smiles = molecules.smilesOf({one.molecule});
            if (!smiles)
                return tl::unexpected<Error>(smiles.error());
            outliers.push_back({&task, one.molecule, one.value, std::move(smiles->front())});
        }
    }
    return outliers;
}

json statisticsToJson(const ProjectStatistics& statistics)
{
    json tasks = json::array(), datasets = json::array();
    for (const TaskStatistics& task : statistics.tasks())
        tasks.push_back(profileToJson(task));
    for (const DatasetStatistics& dataset : statistics.datasets()) {
        json largest = json::array();
        for (const auto& scaffold : dataset.profile.largest)
            largest.push_back({{"smiles", scaffold.smiles}, {"molecules", scaffold.molecules}});
        datasets.push_back({{"dataset", dataset.name},
                            {"molecules", dataset.profile.molecules},
                            {"scaffolds", dataset.profile.scaffolds},
                            {"acyclic", dataset.profile.acyclic},
                            {"largestScaffolds", std::move(largest)}});
    }
    return {{"tasks", std::move(tasks)}, {"datasets", std::move(datasets)}, {"notes", statistics.notes()}};
}

json pairsToJson(const std::vector<TaskPair>& pairs)
{
    json list = json::array();
    for (const TaskPair& pair : pairs) {
        json one{{"tasks",
                  {pair.first->dataset + ":" + pair.first->record.task.name,
                   pair.second->dataset + ":" + pair.second->record.task.name}},
                 {"molecules", pair.statistics.molecules},
                 {"correlation", nullptr}};
        if (!std::isnan(pair.statistics.correlation))
            one["correlation"] = pair.statistics.correlation;
        list.push_back(std::move(one));
    }
    return {{"pairs", std::move(list)}};
}

json outliersToJson(const std::vector<TaskOutlier>& outliers)
{
    json list = json::array();
    for (const TaskOutlier& outlier : outliers)
        list.push_back({{"task", outlier.task->dataset + ":" + outlier.task->record.task.name},
                        {"molecule", outlier.molecule},
                        {"value", outlier.value},
                        {"smiles", outlier.smiles}});
    return {{"outliers", std::move(list)}};
}

} // namespace papilio::engine
