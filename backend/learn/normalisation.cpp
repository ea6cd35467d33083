// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/normalisation.h"

#include <algorithm>
#include <cmath>

namespace papilio::learn
{

std::string_view normalisationName(NormalisationMethod method)
{
    switch (method) {
    case NormalisationMethod::None:
        return "none";
    case NormalisationMethod::Normal:
        return "normal";
    case NormalisationMethod::Unit:
        return "unit";
    }
    return "normal";
}

std::optional<NormalisationMethod> normalisationFromName(std::string_view name)
{
    for (const auto method : {NormalisationMethod::None, NormalisationMethod::Normal, NormalisationMethod::Unit}) {
        if (normalisationName(method) == name) {
            return method;
        }
    }
    return {};
}

double LabelScaling::clipped(double value) const
{
    return value < least ? least : value > most ? most : value;
}

void NormalisationFit::add(double value)
{
    if (std::isnan(value)) {
        return;
    }
    ++m_n;
    const double delta = value - m_mean;
    m_mean += delta / static_cast<double>(m_n);
    m_squares += delta * (value - m_mean);
    m_least = std::min(m_least, value);
    m_most = std::max(m_most, value);
}

double NormalisationFit::sd() const
{
    return m_n > 0 ? std::sqrt(m_squares / static_cast<double>(m_n)) : 0;
}

bool NormalisationFit::isConstant() const
{
    constexpr double rounding = 1e-12; // a spread of the last digits only is none
    const double spread = sd();
    return m_n > 0 && !(spread > rounding * std::abs(m_mean) && std::isfinite(spread));
}

Normalisation NormalisationFit::result(NormalisationMethod method) const
{
    if (m_n == 0 || method == NormalisationMethod::None) {
        return {};
    }
    const bool unit = method == NormalisationMethod::Unit;
    const double offset = unit ? m_least : m_mean;
    if (isConstant()) {
        return {offset, 1};
    }
    return {offset, unit ? m_most - m_least : sd()};
}

Normalisation fitNormalisation(std::span<const double> values, const LabelScaling& scaling)
{
    NormalisationFit fit;
    for (const double value : values) {
        fit.add(scaling.clipped(value));
    }
    return fit.result(scaling.method);
}

} // namespace papilio::learn
