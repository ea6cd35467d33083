// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "chem/conformer.h"
#include "chem/depict.h"
#include "data/import.h"
#include "data/preview.h"

namespace papilio::engine
{

// As json.h, for what chem and data tell.
nlohmann::json depictionToJson(const chem::Depiction& depiction);
nlohmann::json conformerToJson(const chem::Conformer& conformer);
nlohmann::json previewToJson(const data::Preview& preview);
nlohmann::json reportsToJson(const std::vector<data::ImportReport>& reports);

} // namespace papilio::engine
