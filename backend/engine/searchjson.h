// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "data/search.h"

namespace papilio::engine
{

/// A result of molecules.search, and the end of it, as PROTOCOL.md has them.
nlohmann::json hitToJson(const data::SearchHit& hit);
nlohmann::json hitsToJson(const std::vector<data::SearchHit>& hits);
nlohmann::json reportToJson(const data::SearchReport& report);

/// Opens a project for a search: for writing where that is possible and the search may have something to keep.
Result<store::Project> openForSearch(const std::string& path, const data::SearchQuery& query);

} // namespace papilio::engine
