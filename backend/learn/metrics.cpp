// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace papilio::learn
{

namespace
{

constexpr double undefinedValue = std::numeric_limits<double>::quiet_NaN();

struct Ranking {
    double auroc = undefinedValue;
    double ap = undefinedValue;
};

/// One walk from the highest score down, ties taken together.
Ranking rank(std::vector<std::pair<float, bool>> scores)
{
    std::sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    double positives = 0, negatives = 0, pairsWon = 0, precisionSum = 0;
    for (std::size_t begin = 0; begin < scores.size();) {
        std::size_t end = begin;
        double tiedPositives = 0;
        for (; end < scores.size() && scores[end].first == scores[begin].first; ++end) {
            tiedPositives += scores[end].second ? 1 : 0;
        }
        const double tiedNegatives = static_cast<double>(end - begin) - tiedPositives;
        pairsWon += tiedNegatives * (positives + tiedPositives / 2);
        positives += tiedPositives;
        negatives += tiedNegatives;
        precisionSum += tiedPositives * positives / (positives + negatives);
        begin = end;
    }
    Ranking ranking;
    if (positives > 0 && negatives > 0) {
        ranking.auroc = pairsWon / (positives * negatives);
    }
    if (positives > 0) {
        ranking.ap = precisionSum / positives;
    }
    return ranking;
}

} // namespace

TaskMetrics::TaskMetrics(TaskKind kind, double scale) : m_kind(kind), m_scale(scale) {}

void TaskMetrics::add(double prediction, double target)
{
    ++m_n;
    if (!std::isfinite(prediction)) {
        m_broken = true;
        return;
    }
    switch (m_kind) {
    case TaskKind::Binary:
        m_scores.emplace_back(static_cast<float>(prediction), target > 0.5);
        return;
    case TaskKind::Multiclass:
        m_hits += prediction == target ? 1 : 0;
        return;
    case TaskKind::Regression:
        break;
    }
    const double n = static_cast<double>(m_n);
    const double difference = prediction - target;
    m_absolute += std::abs(difference);
    m_squared += difference * difference;
    const double deltaP = prediction - m_meanP;
    const double deltaT = target - m_meanT;
    m_meanP += deltaP / n;
    m_meanT += deltaT / n;
    m_sPP += deltaP * (prediction - m_meanP);
    m_sTT += deltaT * (target - m_meanT);
    m_sPT += deltaP * (target - m_meanT);
}

std::vector<MetricValue> TaskMetrics::values() const
{
    const bool usable = m_n > 0 && !m_broken;
    const double n = static_cast<double>(m_n);
    if (m_kind == TaskKind::Multiclass) {
        return {{"accuracy", usable ? static_cast<double>(m_hits) / n : undefinedValue, m_n}};
    }
    if (m_kind == TaskKind::Binary) {
        const Ranking ranking = usable ? rank(m_scores) : Ranking{};
        return {{"auroc", ranking.auroc, m_n}, {"ap", ranking.ap, m_n}};
    }
    const double mae = usable ? m_absolute / n : undefinedValue;
    const double r2 = usable && m_sTT > 0 ? 1 - m_squared / m_sTT : undefinedValue;
    double pearson = undefinedValue;
    if (usable && m_sTT > 0 && m_sPP > 0) {
        pearson = std::clamp(m_sPT / (std::sqrt(m_sPP) * std::sqrt(m_sTT)), -1.0, 1.0);
    }
    return {{"mae", mae, m_n}, {"mae_normalised", mae / m_scale, m_n}, {"r2", r2, m_n}, {"pearson", pearson, m_n}};
}

double meanOfDefined(const std::vector<double>& values)
{
    double sum = 0;
    std::size_t defined = 0;
    for (const double value : values) {
        if (std::isfinite(value)) {
            sum += value;
            ++defined;
        }
    }
    return defined > 0 ? sum / static_cast<double>(defined) : undefinedValue;
}

} // namespace papilio::learn
