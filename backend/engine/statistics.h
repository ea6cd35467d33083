// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/control.h"
#include "core/error.h"
#include "store/datasets.h"
#include "store/pairs.h"
#include "store/profiles.h"
#include "store/project.h"

namespace papilio::engine
{

struct TaskStatistics {
    std::string dataset;
    std::int64_t datasetMolecules = 0;
    store::TaskRecord record;
    store::TaskProfile profile;
    double missing() const; ///< % of the dataset's molecules without a label; NaN of none
};

struct DatasetStatistics {
    std::string name;
    store::DatasetProfile profile;
};

struct TaskPair {
    const TaskStatistics* first = nullptr;
    const TaskStatistics* second = nullptr;
    store::PairStatistics statistics;
};

struct TaskOutlier {
    const TaskStatistics* task = nullptr;
    std::int64_t molecule = 0;
    double value = 0;
    std::string smiles;
};

/// What the command 'stats' shows: profiles of tasks and datasets, computed first where they are not there.
class ProjectStatistics
{
public:
    /// Patterns are 'dataset:task' with * and ?, or a task alone; none = all tasks. A pattern that fits nothing is an
    /// error. A project that cannot be written shows what was computed before.
    static Result<ProjectStatistics> open(const std::string& path, const std::vector<std::string>& patterns, Control& control);

    const std::vector<TaskStatistics>& tasks() const { return m_tasks; }
    const std::vector<DatasetStatistics>& datasets() const { return m_datasets; }
    const std::vector<std::string>& notes() const { return m_notes; }
    /// Each pair of different tasks once.
    Result<std::vector<TaskPair>> pairs(Control& control);
    Result<std::vector<TaskOutlier>> outliers() const;

private:
    explicit ProjectStatistics(store::Project project) : m_project(std::move(project)) {}
    Result<> read(const std::vector<std::string>& patterns);

    mutable store::Project m_project;
    std::vector<TaskStatistics> m_tasks;
    std::vector<DatasetStatistics> m_datasets;
    std::vector<std::string> m_notes;
};

nlohmann::json statisticsToJson(const ProjectStatistics& statistics);
nlohmann::json pairsToJson(const std::vector<TaskPair>& pairs);
nlohmann::json outliersToJson(const std::vector<TaskOutlier>& outliers);

} // namespace papilio::engine
