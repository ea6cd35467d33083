// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chem/molecule.h"
#include "data/plan.h"
#include "store/labels.h"

namespace papilio::data
{

/// What the recipe of a plan makes of a row's structure.
struct StandardRow {
    std::optional<chem::Molecule> molecule; ///< nothing = as before
    std::vector<std::uint16_t> toCanonical; ///< of the atoms that remain, in the row's own order
    std::uint8_t steps = 0;                 ///< bit i: chem::StandardStep i changed something
    std::vector<std::string> texts;         ///< what was changed, for people
};

/// Standardises a structure; 'labels' (in its canonical order) follow the atoms, bonds and pairs that remain.
Result<StandardRow> standardiseRow(store::LabelSet& labels, const chem::Molecule& molecule, const Plan& plan);

} // namespace papilio::data
