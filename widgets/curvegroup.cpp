// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/curveplot.h"

namespace papilio::widgets
{

std::vector<double> smoothed(const std::vector<double>& values, double weight)
{
    std::vector<double> result(values.size(), std::numeric_limits<double>::quiet_NaN());
    const double w = std::clamp(weight, 0.0, 0.9999);
    double sum = 0;
    double total = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            continue;
        }
        sum = w * sum + (1 - w) * values[i];
        total = w * total + (1 - w);
        result[i] = sum / total;
    }
    return result;
}

void CurveGroup::add(CurvePlot* plot)
{
    m_plots.append(plot);
    plot->setSmoothing(m_smoothing);
    connect(plot, &CurvePlot::cursorMoved, this, [this](double x) {
        setCursor(x);
        Q_EMIT cursorMoved(x);
    });
    connect(plot, &CurvePlot::xRangeChanged, this, &CurveGroup::setRange);
}

void CurveGroup::setSmoothing(double weight)
{
    m_smoothing = weight;
    for (const auto& plot : m_plots) {
        if (plot) {
            plot->setSmoothing(weight);
        }
    }
}

void CurveGroup::setCursor(double x)
{
    for (const auto& plot : m_plots) {
        if (plot) {
            plot->setCursor(x);
        }
    }
}

void CurveGroup::setRange(double from, double to)
{
    if (m_busy) {
        return;
    }
    m_busy = true;
    for (const auto& plot : m_plots) {
        if (plot) {
            plot->setXRange(from, to);
        }
    }
    m_busy = false;
}

} // namespace papilio::widgets
