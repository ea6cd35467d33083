// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio::data
{

/// How the numbers of some label columns become classes (0, 1, 2 …, in order) while they are read.
struct LabelTransform {
    std::string pattern;            ///< columns that it is for: "geneID-*"
    std::vector<double> thresholds; ///< binning: ascending; they make one class more than there are of them
    std::vector<int> classes;       ///< re-binning: the new class of class 0, 1, 2 …; used if there are no thresholds

    int classCount() const;
    /// The class of a value; nothing if it has none (no whole number, or not one of the classes). A value on a threshold
    /// belongs to the outer class: at −2 and 2, |value| ≥ 2 is "changed".
    std::optional<int> apply(double value) const;
    std::string text() const; ///< as it is written: "geneID-*:-2,2", "geneID-*:0,0,1,2,2"
    std::string describe() const; ///< for people: "3 classes by thresholds -2, 2"

    bool operator==(const LabelTransform&) const = default;
};

/// "PATTERN:T1,T2,…": ascending thresholds.
Result<LabelTransform> binningFromText(std::string_view text);
/// "PATTERN:C0,C1,…": the new class of class 0, 1, 2 …; the new ones are 0 … n−1, each used.
Result<LabelTransform> rebinningFromText(std::string_view text);

/// The first one whose pattern matches the column; null if none does.
const LabelTransform* transformOf(const std::vector<LabelTransform>& transforms, std::string_view column);

} // namespace papilio::data
