// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace papilio::learn
{

inline constexpr double undefinedValue = std::numeric_limits<double>::quiet_NaN();

/// The scores of positives and negatives: four bytes a label, the class is where the score lies.
struct ScoreLists {
    std::vector<float> positives, negatives;

    void add(double score, bool positive) { (positive ? positives : negatives).push_back(static_cast<float>(score)); }
};

struct Ranking {
    double auroc = undefinedValue; ///< ties count half; needs both classes
    double ap = undefinedValue; ///< Σ (recall − recall before) · precision, ties taken together; needs a positive
};
Ranking rankingOf(ScoreLists scores);

/// 1 … n; equal values have the mean of their places.
std::vector<double> averageRanks(std::span<const float> values);
/// Linear correlation, in two passes; undefined if either side is constant.
double correlation(std::span<const double> a, std::span<const double> b);

} // namespace papilio::learn
