// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/recipe.h"
#include "core/task.h"
#include "data/facts.h"
#include "data/preview.h"

namespace papilio::data
{

/// A column that is read into labels.
struct LabelColumn {
    int column = 0;     ///< in the table
    Task task;          ///< name, level, kind, classes, unit
    bool words = false; ///< "true" and "false" are values here
    CensoredRule censored = CensoredRule::Missing; ///< what "<3" and ">3" become
    std::string unit;        ///< behind the numbers of the cells, taken off; cells with another one are left out
    int signs = -1;             ///< column that holds the signs of its numbers; −1 = none
    int units = -1;             ///< column that holds their units; −1 = none
    std::string rowUnit;        ///< what must stand in it; numbers of rows with another unit are left out
    bool withHydrogens = false; ///< its lists have values of the hydrogens that are written, too
    bool texts = false;      ///< its cells are texts that stand for the classes task.classNames
    std::string rule;        ///< for people: how its cells are read; empty = as plain numbers
    std::int64_t below = 0, above = 0, approximate = 0; ///< cells with '<', '>', '~' among the rows looked at
    std::optional<LabelTransform> transform; ///< what its numbers become
};

/// What is made of a table: decided once, from the facts of all rows, before the first row is imported.
/// What is added here and matters to readRow() goes into planjson.cpp, too.
struct Plan {
    int structure = 0;
    bool molBlock = false; ///< structures are mol blocks, not SMILES
    std::size_t columnCount = 0;
    ReadOptions reading;   ///< how the file is to be opened
    int order = -1;        ///< column of the structures whose order the lists follow; −1 = that of the structure itself
    int describing = -1;   ///< column that marks rows which describe the columns (data/facts.h); −1 = none
    HydrogenRule hydrogens = HydrogenRule::Drop;
    RowFilter only;        ///< rows that are wanted
    std::int64_t leftOut = 0; ///< rows of the whole file that are not
    Recipe recipe;         ///< how structures are standardised and rows of the same molecule become one
    std::vector<LabelColumn> labels;  ///< in the order of the columns = positions of the tasks
    std::vector<ColumnGuess> columns; ///< all of them, for people
    std::vector<MixedKinds> kinds;    ///< of values in one task
    std::vector<std::string> notes;
    std::vector<std::string> advice;  ///< what options of the command line could do about it
};

/// Decides roles, levels and kinds. A choice that cannot be is BadInput and names column, row and cell.
Result<Plan> makePlan(const Survey& survey, const ColumnChoice& choice, const std::string& file);

/// Unit in a column name: "D" for "mu (D)" and "mu [D]".
std::string unitFromName(std::string_view name);
/// Units of the published QM9 columns, if 'columns' has all 19 of them; same length as 'columns', empty = none known.
std::vector<std::string> knownUnits(const std::vector<std::string>& columns);
/// Whether a name says that the column only tells rows apart ("mol_id", "CID", "Unnamed: 0", "index").
bool isIdName(std::string_view name);
/// Whether a name says that the column holds years ("Document Year").
bool isYearName(std::string_view name);

} // namespace papilio::data
