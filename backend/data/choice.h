// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/task.h"
#include "data/readoptions.h"
#include "data/transform.h"

namespace papilio::data
{

enum class ColumnRole : std::uint8_t { Smiles, Label, Id, Ignored };
std::string_view columnRoleName(ColumnRole role); ///< "smiles", "label", "id", "ignored"
std::optional<ColumnRole> columnRoleFromName(std::string_view name);

/// What is done with a value of which only a bound is known ("<0.5", ">10").
enum class CensoredRule : std::uint8_t {
    Missing, ///< the cell is left out
    Bound,   ///< the bound is taken for the value
    Reject,  ///< the whole row is rejected
};
std::string_view censoredRuleName(CensoredRule rule); ///< "missing", "bound", "reject"
std::optional<CensoredRule> censoredRuleFromName(std::string_view name);

/// What is done with the values of written hydrogen atoms in lists that have one a hydrogen, too.
enum class HydrogenRule : std::uint8_t {
    Drop, ///< they are left out
    Add,  ///< they are added to that of the heavy atom
};
std::string_view hydrogenRuleName(HydrogenRule rule); ///< "drop", "add"
std::optional<HydrogenRule> hydrogenRuleFromName(std::string_view name);

/// What a person said about single columns.
struct ColumnOverride {
    std::string column; ///< a name, or a pattern with '*' and '?'
    std::optional<ColumnRole> role = {};
    std::optional<Level> level = {};
    std::optional<TaskKind> kind = {};
    std::optional<std::string> unit = {};
    std::optional<CensoredRule> censored = {};
    std::vector<std::string> classes = {}; ///< texts that stand for classes, in their order
    friend bool operator==(const ColumnOverride&, const ColumnOverride&) = default;
};

/// Only rows that have one of these values in the column are wanted. Blanks around a value (trimmedCell()) do not matter,
/// its case does.
struct RowCondition {
    std::string column;
    std::vector<std::string> values; ///< "" = nothing stands there
    friend bool operator==(const RowCondition&, const RowCondition&) = default;
};

/// What a person said about a table; empty = guess.
struct ColumnChoice {
    std::string smilesColumn = {};            ///< name of the structure column
    std::string labelPatterns = {};           ///< "NR-*,SR-*"
    std::optional<Level> level = {};          ///< level of all label columns
    std::optional<TaskKind> kind = {};        ///< kind of all label columns
    std::vector<LabelTransform> transforms = {}; ///< label columns that become classes; the first that matches counts
    std::vector<std::pair<std::string, std::string>> units = {}; ///< column pattern and unit; before what is guessed
    ReadOptions reading = {};
    CensoredRule censored = CensoredRule::Missing;
    HydrogenRule hydrogens = HydrogenRule::Drop;
    std::string order = {}; ///< column whose SMILES gives the order of lists; "written" = that of the structure itself
    std::vector<ColumnOverride> columns = {}; ///< a later one counts before an earlier one
    std::vector<RowCondition> only = {};      ///< all must hold; empty = all rows. See addCondition()
    /// "COLUMN=VALUE" with several '=' of which each may end the name; the columns of the table tell which one does.
    std::vector<std::string> onlyTexts = {};
    std::string preset = {}; ///< the data set of the field that all this is of; only remembered
    friend bool operator==(const ColumnChoice&, const ColumnChoice&) = default;
};

/// All that was said about a column; of a key that was said several times the last word.
ColumnOverride saidAbout(const ColumnChoice& choice, const std::string& name);

/// "NAME:key=value,key=value"; keys: role, level, kind, unit, censored, classes (its texts divided by '|').
Result<ColumnOverride> overrideFromText(const std::string& text);

/// Adds a condition on the rows, in an order that does not depend on that of the calls.
Result<> addCondition(ColumnChoice& choice, std::string_view column, std::string_view value);
/// The same from "COLUMN=VALUE"; "COLUMN=" wants nothing to stand there. The name may have a '=' in it, the value, too.
Result<> addCondition(ColumnChoice& choice, std::string_view text);

/// The same in JSON, complete: what decides how a table is read. The other way round gives BadInput for what is unknown.
std::string choiceToJson(const ColumnChoice& choice);
Result<ColumnChoice> choiceFromJson(const std::string& json);

} // namespace papilio::data
