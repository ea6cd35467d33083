// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// What the labels of a task are like, over the molecules as they are stored (rows of the same molecule are one).
struct TaskProfile {
    std::int64_t molecules = 0; ///< with a label
    std::int64_t values = 0;    ///< single values; = molecules at graph level
    double mean = 0, sd = 0;    ///< sd divides by n
    double minimum = 0, maximum = 0;
    std::vector<std::int64_t> classCounts; ///< binary: negatives, positives; multiclass: by class

    /// Regression only. Values at quantileShares of the sorted ones, between neighbours in proportion.
    std::vector<double> quantiles;
    double rankError = 0; ///< 0: exact; else a quantile may stand off its place by this share of n, at most

    /// Regression only. Outliers lie more than three interquartile ranges below the lower or above the upper quartile.
    struct Outlier {
        std::int64_t molecule = 0;
        double value = 0;
    };
    double lowFence = 0, highFence = 0;
    std::int64_t outliers = 0;     ///< values
    std::vector<Outlier> furthest; ///< the furthest ones, at most outliersKept
};
inline constexpr double quantileShares[] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
inline constexpr std::size_t outliersKept = 50;

struct DatasetProfile {
    std::int64_t molecules = 0;
    std::int64_t acyclic = 0;   ///< molecules without a scaffold
    std::int64_t scaffolds = 0; ///< different ones
    struct Scaffold {
        std::string smiles;
        std::int64_t molecules = 0;
        std::int64_t example = 0; ///< a molecule that has it
    };
    std::vector<Scaffold> largest; ///< at most ten
};

/// Profiles of tasks and datasets as they were computed last. In a project of schema 1 to 3 that is open for reading
/// there are none.
class Profiles
{
public:
    explicit Profiles(Project& project);

    Result<std::optional<TaskProfile>> ofTask(std::int64_t task) const;
    Result<std::optional<DatasetProfile>> ofDataset(std::int64_t dataset) const;
    /// Whether the profiles of a dataset are those of its present contents.
    Result<bool> current(std::int64_t dataset) const;

    // --- writing ---
    Result<> putTask(std::int64_t task, const TaskProfile& profile);
    /// Says that all profiles of the dataset are those of its present contents.
    Result<> putDataset(std::int64_t dataset, const DatasetProfile& profile);

private:
    Project& m_project;
};

/// Names the contents of a dataset: another text after every import, curation or replacement. Empty if it is not there.
Result<std::string> contentState(const Project& project, std::int64_t dataset);
/// The same of all datasets together.
Result<std::string> contentState(const Project& project);

} // namespace papilio::store
