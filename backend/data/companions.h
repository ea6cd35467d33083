// SPDX-License-Identifier: GPL-3.0-or-later
// Columns that say something of the numbers in another one: their signs ("IC50 relation"), their units ("Standard
// Units"), what was measured ("Standard Type"). Which column they are for is told by the names, else by the places.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papilio::data
{

enum class Companion : std::uint8_t { Signs, Units, Types };

/// What a column is by its name: "Standard Relation", "ki_rel", "Qualifier"; "Standard Units", "unit"; "Standard Type".
std::optional<Companion> companionByName(std::string_view name);

/// What is left of a name without the words that say what the column is, without units in brackets, in one case:
/// "ic50" of "IC50 (nM)", of "IC50_relation" and of "ic50 units"; "standard" of "Standard Value". Empty for "Value",
/// "Units".
std::string stemOf(std::string_view name);

/// The columns of a table by their names.
class CompanionNames
{
public:
    /// 'signs': columns that hold nothing but signs, whatever they are called.
    CompanionNames(const std::vector<std::string>& names, const std::vector<bool>& signs);
    std::optional<Companion> what(int column) const { return m_columns[static_cast<std::size_t>(column)].what; }
    bool isNamedValue(int column) const { return m_columns[static_cast<std::size_t>(column)].value; }
    std::vector<int> valuesNamedBy(int companion) const; ///< columns that its name means

private:
    struct Column {
        std::optional<Companion> what;
        std::string stem;
        bool value = false;
    };
    std::vector<Column> m_columns;
};

/// A companion and a column of numbers, and what stands in the one where the other has a value.
struct Beside {
    int companion = -1;
    int values = -1;
    std::map<std::string, std::int64_t> texts = {}; ///< with their number of rows; "" = nothing; while they are few
    void add(std::string_view text);
};

/// All pairs that may belong together, by names and places; 'signs': columns that hold nothing but signs so far.
std::vector<Beside> besides(const std::vector<std::string>& names, const std::vector<bool>& signs);

inline constexpr int companionReach = 3; ///< columns to each side that are neighbours

} // namespace papilio::data
