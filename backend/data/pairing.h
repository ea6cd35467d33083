// SPDX-License-Identifier: GPL-3.0-or-later
// Which columns tell the signs and the units of the numbers of which other columns, and what follows from it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/error.h"
#include "data/choice.h"
#include "data/facts.h"
#include "data/preview.h"

namespace papilio::data
{

/// Columns of numbers → the column that tells their signs, their units. The companions' 'why' is set.
struct Pairing {
    std::map<int, int> signs, units;
    std::vector<MixedKinds> kinds;
    std::vector<std::string> notes;
    std::vector<std::string> advice; ///< what options of the command line could do
};
Pairing pairCompanions(const Survey& survey, const ColumnChoice& choice, std::vector<ColumnGuess>& columns);

/// How the signs of another column are taken, for people; empty = all are '='. Only signs beside a value count.
std::string ruleOfSigns(const Survey& survey, int signs, int values, CensoredRule censored);

/// Which rows count where another column tells the units.
struct RowUnits {
    std::string unit; ///< theirs, as written; empty = rows without a unit
    std::string rule; ///< for people: what is left out; empty = nothing
};
/// The most frequent unit, none only where no number has one; or 'said', which the column must have.
Result<RowUnits> unitsOfRows(const Survey& survey, int units, int values, const std::string& said,
                             const std::string& name);

} // namespace papilio::data
