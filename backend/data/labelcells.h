// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "chem/molecule.h"
#include "data/plan.h"
#include "data/reasons.h"
#include "data/table.h"
#include "store/labels.h"

namespace papilio::data
{

/// Reads the label cells of a row into 'labels', by the plan's rules; what had to be left out or changed is added to
/// 'reasons'. 'molecule' is null for a rejected row, whose lists cannot be checked. Gives the reason why the whole row is
/// to be rejected; empty = it is not.
std::string readLabels(store::LabelSet& labels, const TableRow& row, const Plan& plan, const chem::Molecule* molecule,
                       Reasons& reasons);

} // namespace papilio::data
