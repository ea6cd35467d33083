// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/plan.h"

namespace papilio::data
{

/// Adds to a plan what people should know of it: how the label columns are read, what could be said otherwise, which
/// columns are what. Notes that many columns share become one.
void addPlanNotes(Plan& plan, const Survey& survey, const ColumnChoice& choice);

} // namespace papilio::data
