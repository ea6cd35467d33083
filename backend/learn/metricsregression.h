// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "learn/metricsranking.h"
#include "learn/normalisation.h"

namespace papilio::learn
{

/// Sums of one regression column over normalised values; label units follow from the scale.
class RegressionSums
{
public:
    explicit RegressionSums(const Normalisation& scale) : m_scale(scale) {}
    void add(double prediction, double target);
    /// In the order of metricsOfKind(); at least one label is needed.
    std::vector<double> values() const;

private:
    struct Cosine {
        double ab = 0, aa = 0, bb = 0;
        void add(double a, double b);
        double value() const; ///< undefined if one side is all zeros
    };
    double spearman() const;

    Normalisation m_scale;
    double m_n = 0, m_absolute = 0, m_squared = 0;
    double m_meanP = 0, m_meanT = 0, m_sPP = 0, m_sTT = 0, m_sPT = 0; ///< around the running means
    double m_relative = 0, m_logSquared = 0;
    bool m_relativeDefined = true, m_logDefined = true;
    Cosine m_cosine, m_cosineNormalised;
    std::vector<float> m_predictions, m_targets; ///< for Spearman alone
};

} // namespace papilio::learn
