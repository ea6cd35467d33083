// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"
#include "store/datasets.h"

namespace papilio::engine
{

/// The dataset of that name; without a name the only one there is.
Result<store::DatasetRecord> chosenDataset(store::Project& project, const std::string& name);

} // namespace papilio::engine
