// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "data/plan.h"

namespace papilio::data
{

/// A plan as it is stored with the rows of a dataset, so that they can be read again in the very same way. All that
/// readRow() uses is in it; the recipe is not.
std::string planToJson(const Plan& plan);
Result<Plan> planFromJson(const std::string& json);

} // namespace papilio::data
