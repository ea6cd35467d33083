// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/metricsclasses.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace papilio::learn
{

namespace
{

double ratio(double a, double b)
{
    return b > 0 ? a / b : undefinedValue;
}

double sigmoid(double logit)
{
    const double e = std::exp(-std::abs(logit)); // never overflows
    return logit >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/// log(p / (1 − p)) of each class. It has the order of the probabilities, and keeps it where these all round to 1.
void logOdds(std::span<const double> outputs, std::size_t largest, std::vector<double>& odds)
{
    double others = 0;
    double second = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        second = k == largest ? second : std::max(second, outputs[k]);
    }
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        others += k == largest ? 0 : std::exp(outputs[k] - second);
    }
    const double gap = outputs[largest] - second - std::log(others); // of the largest against all others
    const double sum = 1 + std::exp(-gap);                           // of all, in units of the largest
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        const double below = outputs[k] - outputs[largest];
        odds[k] = k == largest ? gap : below - std::log(sum - std::exp(below));
    }
}

double meanDefined(const std::vector<double>& values)
{
    double sum = 0, n = 0;
    for (const double value : values) {
        sum += std::isnan(value) ? 0 : value;
        n += std::isnan(value) ? 0 : 1;
    }
    return ratio(sum, n);
}

} // namespace

void Calibration::add(double confidence, bool hit)
{
    const double place = std::ceil(confidence * static_cast<double>(bins)) - 1;
    const auto bin = static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins - 1)));
    m_confidence[bin] += confidence;
    m_hits[bin] += hit ? 1 : 0;
    ++m_n;
}

double Calibration::value() const
{
    double sum = 0;
    for (std::size_t i = 0; i < bins; ++i) {
        sum += std::abs(m_confidence[i] - m_hits[i]);
    }
    return ratio(sum, m_n);
}

void BinarySums::add(double score, bool positive)
{
    const double probability = m_form == Scores::Logits ? sigmoid(score) : score;
    const bool decision = m_form == Scores::Logits ? score > 0 : score > 0.5;
    double& cell =
        decision ? (positive ? m_truePositives : m_falsePositives) : (positive ? m_falseNegatives : m_trueNegatives);
    ++cell;
    m_scores.add(score, positive);
    m_calibration.add(probability, positive);
}

std::vector<double> BinarySums::values() const
{
    const double tp = m_truePositives, fp = m_falsePositives, tn = m_trueNegatives, fn = m_falseNegatives;
    const Ranking ranking = rankingOf(m_scores);
    const double recall = ratio(tp, tp + fn);
    const double specificity = ratio(tn, tn + fp);
    const double root = std::sqrt(tp + fp) * std::sqrt(tp + fn) * std::sqrt(tn + fp) * std::sqrt(tn + fn);
    return {ranking.auroc,
            ranking.ap,
            ratio(tp + tn, tp + fp + tn + fn),
            (recall + specificity) / 2,
            ratio(2 * tp, 2 * tp + fp + fn),
            ratio(tp * tn - fp * fn, root),
            ratio(tp, tp + fp),
            recall,
            m_calibration.value()};
}

ClassSums::ClassSums(Scores scores, int classes)
    : m_form(scores), m_classes(static_cast<std::size_t>(std::max(classes, 0))), m_confusion(m_classes * m_classes),
      m_scores(m_classes), m_probabilities(m_classes)
{
}

void ClassSums::add(std::span<const double> outputs, std::size_t target)
{
    const auto decision = static_cast<std::size_t>(std::max_element(outputs.begin(), outputs.end()) - outputs.begin());
    const bool logits = m_form == Scores::Logits;
    if (logits) {
        logOdds(outputs, decision, m_probabilities);
    } else {
        std::copy(outputs.begin(), outputs.end(), m_probabilities.begin());
    }
    double expected = 0;
    for (std::size_t k = 0; k < m_classes; ++k) {
        m_scores[k].add(m_probabilities[k], k == target);
        m_probabilities[k] = logits ? sigmoid(m_probabilities[k]) : m_probabilities[k];
        expected += static_cast<double>(k) * m_probabilities[k];
    }
    m_calibration.add(m_probabilities[decision], decision == target);
    m_confusion[target * m_classes + decision] += 1;
    m_hits += decision == target ? 1 : 0;
    m_expectedError += std::abs(expected - static_cast<double>(target));
    ++m_n;
}

double ClassSums::recalls() const
{
    std::vector<double> values;
    for (std::size_t k = 0; k < m_classes; ++k) {
        const auto row = m_confusion.begin() + static_cast<std::ptrdiff_t>(k * m_classes);
        const double occurring = std::accumulate(row, row + static_cast<std::ptrdiff_t>(m_classes), 0.0);
        if (occurring > 0) {
            values.push_back(m_confusion[k * m_classes + k] / occurring);
        }
    }
    return values.size() < 2 ? undefinedValue : meanDefined(values);
}

double ClassSums::f1() const
{
    std::vector<double> values;
    for (std::size_t k = 0; k < m_classes; ++k) {
        double occurring = 0, decided = 0;
        for (std::size_t j = 0; j < m_classes; ++j) {
            occurring += m_confusion[k * m_classes + j];
            decided += m_confusion[j * m_classes + k];
        }
        values.push_back(ratio(2 * m_confusion[k * m_classes + k], occurring + decided));
    }
    return meanDefined(values);
}

double ClassSums::matthews() const
{
    double products = 0, occurringSquares = 0, decidedSquares = 0;
    for (std::size_t k = 0; k < m_classes; ++k) {
        double occurring = 0, decided = 0;
        for (std::size_t j = 0; j < m_classes; ++j) {
            occurring += m_confusion[k * m_classes + j];
            decided += m_confusion[j * m_classes + k];
        }
        products += occurring * decided;
        occurringSquares += occurring * occurring;
        decidedSquares += decided * decided;
    }
    const double all = m_n * m_n;
    return ratio(m_hits * m_n - products, std::sqrt(all - occurringSquares) * std::sqrt(all - decidedSquares));
}

std::vector<double> ClassSums::values() const
{
    std::vector<double> areas, precisions;
    for (const ScoreLists& scores : m_scores) {
        const Ranking ranking = rankingOf(scores);
        areas.push_back(ranking.auroc);
        precisions.push_back(ranking.ap);
    }
    return {m_hits / m_n,
            recalls(),
            f1(),
            matthews(),
            meanDefined(areas),
            meanDefined(precisions),
            m_calibration.value(),
            m_expectedError / m_n};
}

} // namespace papilio::learn
