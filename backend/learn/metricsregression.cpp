// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/metricsregression.h"

#include <algorithm>
#include <cmath>

namespace papilio::learn
{

void RegressionSums::Cosine::add(double a, double b)
{
    ab += a * b;
    aa += a * a;
    bb += b * b;
}

double RegressionSums::Cosine::value() const
{
    return aa > 0 && bb > 0 ? std::clamp(ab / (std::sqrt(aa) * std::sqrt(bb)), -1.0, 1.0) : undefinedValue;
}

void RegressionSums::add(double prediction, double target)
{
    ++m_n;
    const double difference = prediction - target;
    m_absolute += std::abs(difference);
    m_squared += difference * difference;
    const double deltaP = prediction - m_meanP;
    const double deltaT = target - m_meanT;
    m_meanP += deltaP / m_n;
    m_meanT += deltaT / m_n;
    m_sPP += deltaP * (prediction - m_meanP);
    m_sTT += deltaT * (target - m_meanT);
    m_sPT += deltaP * (target - m_meanT);
    m_cosineNormalised.add(prediction, target);
    m_predictions.push_back(static_cast<float>(prediction));
    m_targets.push_back(static_cast<float>(target));

    const double labelP = prediction * m_scale.sd + m_scale.mean;
    const double labelT = target * m_scale.sd + m_scale.mean;
    m_cosine.add(labelP, labelT);
    m_relativeDefined = m_relativeDefined && labelT != 0;
    m_relative += labelT != 0 ? std::abs((labelP - labelT) / labelT) : 0;
    m_logDefined = m_logDefined && labelP > -1 && labelT > -1;
    if (m_logDefined) {
        const double logs = std::log1p(labelP) - std::log1p(labelT);
        m_logSquared += logs * logs;
    }
}

double RegressionSums::spearman() const
{
    return m_sTT > 0 && m_sPP > 0 ? correlation(averageRanks(m_predictions), averageRanks(m_targets)) : undefinedValue;
}

std::vector<double> RegressionSums::values() const
{
    const double mae = m_absolute / m_n;
    const double mse = m_squared / m_n;
    const double rmse = std::sqrt(mse);
    const double sd = m_scale.sd;
    const double r2 = m_sTT > 0 ? 1 - m_squared / m_sTT : undefinedValue;
    double pearson = undefinedValue;
    if (m_sTT > 0 && m_sPP > 0) {
        pearson = std::clamp(m_sPT / (std::sqrt(m_sPP) * std::sqrt(m_sTT)), -1.0, 1.0);
    }
    return {mae * sd,
            mae,
            rmse * sd,
            rmse,
            mse * sd * sd,
            mse,
            m_relativeDefined ? m_relative / m_n : undefinedValue,
            m_logDefined ? m_logSquared / m_n : undefinedValue,
            r2,
            pearson,
            spearman(),
            m_cosine.value(),
            m_cosineNormalised.value()};
}

} // namespace papilio::learn
