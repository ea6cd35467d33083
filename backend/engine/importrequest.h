// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "data/preview.h"

namespace papilio::engine
{

/// What a person said about the columns, from words; the empty ones are left to guessing, and "auto" is for 'kind'.
Result<data::ColumnChoice> columnChoice(const std::string& smiles, const std::string& labels, const std::string& level,
                                        const std::string& kind);

} // namespace papilio::engine
