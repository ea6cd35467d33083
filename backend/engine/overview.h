// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "store/datasets.h"
#include "store/project.h"

namespace papilio::engine
{

/// What a project holds, for the command 'info'.
struct Overview {
    struct Dataset {
        store::DatasetRecord record;
        std::vector<store::TaskRecord> tasks;
        std::int64_t replacedBy = 0; ///< rows of what is to take its place and is not complete; 0 = nothing
        std::int64_t curatedBy = 0;  ///< the same, of its rows by another recipe
    };
    std::string path;
    std::vector<Dataset> datasets;
    std::int64_t rows = 0;
    std::int64_t molecules = 0; ///< distinct in the whole project
    std::int64_t runs = 0;
};

Result<Overview> overviewOf(store::Project& project);
nlohmann::json overviewToJson(const Overview& overview);
std::string overviewText(const Overview& overview); ///< aligned tables
/// Opens a project and prints its overview.
Result<> printOverview(const std::string& path, bool asJson);

} // namespace papilio::engine
