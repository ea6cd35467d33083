// SPDX-License-Identifier: GPL-3.0-or-later
// What is made of the cells of a column, from the facts of all of them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "data/choice.h"
#include "data/facts.h"
#include "data/order.h"
#include "data/preview.h"

namespace papilio::data
{

enum class Shape { Empty, Numbers, Words, Lists, Text };
/// 'said': the unit of the column, where a person told it.
Shape shapeOf(const ColumnFacts& facts, const std::string& said = {});
/// Cells that are no numbers, those with a unit of another kind than the column's included.
std::int64_t unreadable(const ColumnFacts& facts, const std::string& said = {});

std::string inRows(std::int64_t count); ///< "1 row", "12 rows"
/// What a column of numbers or lists holds, for people.
std::string describeNumbers(const ColumnGuess& guess, const ColumnFacts& facts, bool binary);
/// Why a column of text is no label, for people.
std::string whyText(const ColumnFacts& facts);
/// Why a column of numbers only tells rows apart; empty if it does not seem so.
std::string whyId(const std::string& name, bool nameless, const ColumnFacts& facts);
/// Why a column is no label though it holds numbers or two texts: by its name; empty = nothing says so.
std::string whyNoLabel(const std::string& name, const ColumnFacts& facts);
/// The unit that stands behind the numbers: 'said' where it does, one that is known here, or the only one there is, if
/// it looks like a unit; empty = none.
std::string unitOfCells(const ColumnFacts& facts, const std::string& said = {});
/// How signs, units and commas of its cells are read, for people; empty = they are plain numbers.
std::string ruleOfCells(const ColumnFacts& facts, CensoredRule censored, const std::string& unit, bool decimalComma);

/// '<', '>', '~' or '=' for a cell that holds nothing but a sign ("'>='", "<", "≈"); 0 = it is none.
char signOf(std::string_view text);
bool holdsSigns(const ColumnFacts& facts); ///< nothing but signs

/// Texts that may stand for classes.
struct TextClasses {
    std::vector<std::string> names; ///< in their order; empty = the texts are no classes
    bool opposites = false;         ///< two words for no and yes ("inactive" and "active", "BBB-" and "BBB+")
    std::vector<std::string> left;  ///< texts that say nothing ("inconclusive"), left out beside the two
};
TextClasses classesOf(const ColumnFacts& facts, const std::vector<std::string>& said);
std::string namedClasses(const std::vector<std::string>& names); ///< "0 = 'inactive', 1 = 'active'"
/// The class that a text stands for; case and blanks around it do not matter.
std::optional<int> classOf(const std::vector<std::string>& names, std::string_view text);

/// The patterns of "a,NR-*"; a column whose own name holds commas counts as one.
std::vector<std::string> patternsOf(const std::string& text, const std::vector<std::string>& columns);

struct LevelGuess {
    std::optional<Level> level;
    bool withHydrogens = false; ///< the lists have values of written hydrogens, too
};
/// What lists belong to, by the sizes of the molecules that they stand beside; 'said': what a person says.
LevelGuess levelOfLists(const std::vector<std::pair<std::string, std::size_t>>& samples, const std::string& name,
                        std::optional<Level> said, const std::function<ListSizes(const std::string&)>& sizes);

} // namespace papilio::data
