// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace papilio::data
{

QuantileSketch::QuantileSketch(std::size_t capacity)
    : m_capacity(std::max<std::size_t>(capacity / 2 * 2, 2)), m_layers(1), m_second(1, false)
{
}

void QuantileSketch::add(double value)
{
    if (m_layers[0].size() == m_capacity) { // only now: as many as fit are exact
        thin(0);
    }
    m_layers[0].push_back(value);
    ++m_count;
}

void QuantileSketch::thin(std::size_t layer)
{
    if (m_layers.size() == layer + 1) {
        m_layers.emplace_back();
        m_second.push_back(false);
    }
    if (m_layers[layer + 1].size() + m_layers[layer].size() / 2 > m_capacity) {
        thin(layer + 1);
    }
    std::vector<double>& full = m_layers[layer];
    std::sort(full.begin(), full.end());
    for (std::size_t i = m_second[layer] ? 1 : 0; i < full.size(); i += 2) {
        m_layers[layer + 1].push_back(full[i]);
    }
    m_second[layer] = !m_second[layer];
    m_offBy += std::ldexp(1.0, static_cast<int>(layer));
    full.clear();
}

double QuantileSketch::rankError() const
{
    return m_count == 0 ? 0 : m_offBy / static_cast<double>(m_count);
}

std::vector<double> QuantileSketch::exact(std::span<const double> shares) const
{
    std::vector<double> values = m_layers[0];
    std::vector<double> found;
    std::size_t sorted = 0; // what stands before is in its place
    for (const double share : shares) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto at = static_cast<std::size_t>(place);
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(at);
        std::nth_element(values.begin() + static_cast<std::ptrdiff_t>(std::min(sorted, at)), middle, values.end());
        const double low = *middle;
        const double high = middle + 1 == values.end() ? low : *std::min_element(middle + 1, values.end());
        found.push_back(low + (place - static_cast<double>(at)) * (high - low));
        sorted = at;
    }
    return found;
}

std::vector<double> QuantileSketch::at(std::span<const double> shares) const
{
    if (m_count == 0) {
        return std::vector<double>(shares.size(), std::numeric_limits<double>::quiet_NaN());
    }
    if (m_layers.size() == 1) {
        return exact(shares);
    }
    std::vector<std::pair<double, double>> weighted;
    double total = 0;
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        for (const double value : m_layers[layer]) {
            weighted.emplace_back(value, std::ldexp(1.0, static_cast<int>(layer)));
            total += weighted.back().second;
        }
    }
    std::sort(weighted.begin(), weighted.end());
    std::vector<double> found;
    std::size_t i = 0;
    double before = 0;
    for (const double share : shares) {
        const double place = share * (total - 1); // of the sorted numbers, from 0
        while (i + 1 < weighted.size() && before + weighted[i].second <= place) {
            before += weighted[i++].second;
        }
        found.push_back(weighted[i].first);
    }
    return found;
}

} // namespace papilio::data
