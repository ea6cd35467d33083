// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio
{

/// What becomes of the labels of several rows of the same molecule. Always task by task, and for lists value by value;
/// what only one of the rows has is taken from it.
enum class Duplicates : std::uint8_t {
    First,    ///< "first": the earliest row's value
    Keep,     ///< "keep": every row stays a row with labels of its own; where one value is needed, the earliest row's
    Mean,     ///< "mean": numbers: the mean; classes: the majority
    Median,   ///< "median": numbers: the median (between two middle ones: their mean); classes: the majority
    Majority, ///< "majority": classes: the most frequent one, none on a tie; numbers: the median
    Drop,     ///< "drop": none where they differ
};
std::string_view duplicatesName(Duplicates policy);
std::optional<Duplicates> duplicatesFromName(std::string_view name);
const std::vector<Duplicates>& allDuplicates();

/// How the rows of a dataset become molecules. The steps are taken in the order of the members.
struct Recipe {
    bool stripSalts = false; ///< listed salts and solvents removed, then the largest organic fragment kept
    bool neutralise = false; ///< the strongest acids ionised first, then charges removed by moving hydrogens
    bool tautomers = false;  ///< the canonical tautomer
    bool dropStereo = false; ///< no stereochemistry of atoms and bonds
    Duplicates duplicates = Duplicates::First;

    bool changesStructures() const { return stripSalts || neutralise || tautomers || dropStereo; }
    bool operator==(const Recipe&) const = default;
};

/// {"strip_salts":true,"neutralise":false,"tautomers":false,"drop_stereo":false,"duplicates":"mean"}
std::string recipeToJson(const Recipe& recipe);
/// Missing keys are off. An unknown key or a value of the wrong type is BadInput and is named.
Result<Recipe> recipeFromJson(std::string_view json);
/// For people: "strip salts, neutralise; duplicates: mean".
std::string describeRecipe(const Recipe& recipe);

} // namespace papilio
