// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// How a dataset was curated.
struct CurationRecord {
    std::int64_t dataset = 0;
    std::string recipe;  ///< JSON, core/recipe.h
    std::string applied; ///< UTC, ISO 8601; empty in put() = now
    std::string report;  ///< JSON: what each step changed
};

class Curations
{
public:
    explicit Curations(Project& project);

    /// Nothing if the dataset is as it was imported without a recipe.
    Result<std::optional<CurationRecord>> get(std::int64_t dataset) const;
    Result<> put(const CurationRecord& record);

    /// Gives 'dataset' the contents of 'fresh' (rows, molecules, labels, counts, statistics of the tasks, all that is
    /// kept by dataset), which is gone then. Ids and names of the dataset and its tasks stay, as do its source rows. The
    /// tasks of both must be alike. Molecules that nothing uses any more go, but for those of a stored split: a run knows
    /// them by their ids, and the former recipe may be chosen again. One transaction.
    Result<> exchange(std::int64_t dataset, std::int64_t fresh);

private:
    Project& m_project;
};

} // namespace papilio::store
