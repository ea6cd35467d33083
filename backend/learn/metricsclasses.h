// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "learn/metricsranking.h"

namespace papilio::learn
{

/// What the numbers of a classification column are: as a network gives them, or probabilities.
enum class Scores : std::uint8_t { Logits, Probabilities };

/// Expected calibration error: 15 bins of equal width (i/15, (i+1)/15] (0 is in the first), in each the distance
/// between mean confidence and share of hits, weighted by how many fall into it.
class Calibration
{
public:
    void add(double confidence, bool hit);
    double value() const; ///< undefined without anything added

private:
    static constexpr std::size_t bins = 15;
    std::array<double, bins> m_confidence{}, m_hits{};
    double m_n = 0;
};

/// Sums of a binary column. A decision is positive where the probability is above 0.5 (the logit above 0).
class BinarySums
{
public:
    explicit BinarySums(Scores scores) : m_form(scores) {}
    void add(double score, bool positive);
    std::vector<double> values() const;

private:
    Scores m_form;
    double m_truePositives = 0, m_falsePositives = 0, m_trueNegatives = 0, m_falseNegatives = 0;
    ScoreLists m_scores;
    Calibration m_calibration;
};

/// Sums of a column of several classes. The decision is the largest output, the first of equal ones.
class ClassSums
{
public:
    ClassSums(Scores scores, int classes);
    /// One output a class; target: 0 … classes − 1.
    void add(std::span<const double> outputs, std::size_t target);
    std::size_t classes() const { return m_classes; }
    std::vector<double> values() const;

private:
    double recalls() const;
    double f1() const;
    double matthews() const;

    Scores m_form;
    std::size_t m_classes;
    std::vector<double> m_confusion;  ///< target × decision
    std::vector<ScoreLists> m_scores; ///< one against the rest
    Calibration m_calibration;
    double m_n = 0, m_hits = 0, m_expectedError = 0;
    std::vector<double> m_probabilities; ///< scratch
};

} // namespace papilio::learn
