// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "data/preview.h"

namespace papilio::engine
{

/// What a person said about the columns, from words; the empty ones are left to guessing, and "auto" is for 'kind'.
Result<data::ColumnChoice> columnChoice(const std::string& smiles, const std::string& labels, const std::string& level,
                                        const std::string& kind);

/// Adds binnings ("geneID-*:-2,2") and re-binnings ("geneID-*:0,0,1,2,2").
Result<> addTransforms(data::ColumnChoice& choice, const std::vector<std::string>& bins,
                       const std::vector<std::string>& rebins);

} // namespace papilio::engine
