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

namespace
{

/// Puts the values at these places (ascending) where they stand in sorted order; the middle one first, so that each of
/// the others has only a part to go through.
void arrange(std::span<double> values, std::size_t begin, std::size_t end, std::span<const std::size_t> places)
{
    if (places.empty() || begin >= end) {
        return;
    }
    const std::size_t half = places.size() / 2, middle = places[half];
    if (middle >= begin && middle < end) {
        std::nth_element(values.begin() + static_cast<std::ptrdiff_t>(begin),
                         values.begin() + static_cast<std::ptrdiff_t>(middle),
                         values.begin() + static_cast<std::ptrdiff_t>(end));
    }
    arrange(values, begin, std::min(middle, end), places.first(half));
    arrange(values, std::max(begin, middle + 1), end, places.subspan(half + 1));
}

} // namespace

std::vector<double> QuantileSketch::exact(std::span<const double> shares) const
{
    std::vector<double> values = m_layers[0];
    std::vector<std::size_t> places;
    for (const double share : shares) {
        places.push_back(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
    }
    arrange(values, 0, values.size(), places);
    std::vector<double> found;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        // The next larger one stands before the next place, or at it.
        std::size_t next = i;
        while (next < places.size() && places[next] == places[i]) {
            ++next;
        }
        const double low = values[places[i]];
        const auto after = values.begin() + static_cast<std::ptrdiff_t>(places[i]) + 1;
        const auto last = next < places.size() ? values.begin() + static_cast<std::ptrdiff_t>(places[next]) + 1 : values.end();
        const double high = after == last ? low : *std::min_element(after, last);
        const double place = shares[i] * static_cast<double>(values.size() - 1);
        found.push_back(low + (place - static_cast<double>(places[i])) * (high - low));
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
