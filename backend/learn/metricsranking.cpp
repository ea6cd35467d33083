// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/metricsranking.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace papilio::learn
{

namespace
{

/// How many scores from 'begin' on are equal to 'score'.
std::size_t tied(const std::vector<float>& descending, std::size_t begin, float score)
{
    std::size_t end = begin;
    while (end < descending.size() && descending[end] == score) {
        ++end;
    }
    return end - begin;
}

} // namespace

Ranking rankingOf(ScoreLists scores)
{
    auto& [positives, negatives] = scores;
    std::sort(positives.begin(), positives.end(), std::greater<>());
    std::sort(negatives.begin(), negatives.end(), std::greater<>());
    double pairsWon = 0, precisionSum = 0;
    std::size_t p = 0, n = 0; // places from the top
    while (p < positives.size() || n < negatives.size()) {
        const float score = n == negatives.size()   ? positives[p]
                            : p == positives.size() ? negatives[n]
                                                    : std::max(positives[p], negatives[n]);
        const std::size_t tiedPositives = tied(positives, p, score);
        const std::size_t tiedNegatives = tied(negatives, n, score);
        pairsWon +=
            static_cast<double>(tiedNegatives) * (static_cast<double>(p) + static_cast<double>(tiedPositives) / 2);
        p += tiedPositives;
        n += tiedNegatives;
        precisionSum += static_cast<double>(tiedPositives) * static_cast<double>(p) / static_cast<double>(p + n);
    }
    Ranking ranking;
    if (p > 0 && n > 0) {
        ranking.auroc = pairsWon / (static_cast<double>(p) * static_cast<double>(n));
    }
    if (p > 0) {
        ranking.ap = precisionSum / static_cast<double>(p);
    }
    return ranking;
}

std::vector<double> averageRanks(std::span<const float> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [values](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && values[order[end]] == values[order[begin]]) {
            ++end;
        }
        const double rank = static_cast<double>(begin + end + 1) / 2; // mean of begin + 1 … end
        for (; begin < end; ++begin) {
            ranks[order[begin]] = rank;
        }
    }
    return ranks;
}

double correlation(std::span<const double> a, std::span<const double> b)
{
    const double n = static_cast<double>(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double aa = 0, bb = 0, ab = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
        ab += (a[i] - meanA) * (b[i] - meanB);
    }
    return aa > 0 && bb > 0 ? std::clamp(ab / (std::sqrt(aa) * std::sqrt(bb)), -1.0, 1.0) : undefinedValue;
}

} // namespace papilio::learn
