// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace papilio::data
{

/// Quantiles of a stream of numbers in bounded memory. Up to 'capacity' numbers they are exact; beyond, sorted numbers
/// are thinned to every other one, layer upon layer, and rankError() bounds how far a quantile may be from its place.
class QuantileSketch
{
public:
    explicit QuantileSketch(std::size_t capacity);

    void add(double value);
    std::int64_t count() const { return m_count; }
    /// Share of the count by which a quantile may stand off, at most; 0 = exact.
    double rankError() const;
    /// Values at ascending shares of the sorted numbers, between neighbours in proportion; NaN of nothing.
    std::vector<double> at(std::span<const double> shares) const;

private:
    std::vector<double> exact(std::span<const double> shares) const;
    void thin(std::size_t layer);

    std::size_t m_capacity;
    std::int64_t m_count = 0;
    double m_offBy = 0;                        ///< bound of the rank error so far
    std::vector<std::vector<double>> m_layers; ///< a number of layer i stands for 2^i
    std::vector<bool> m_second;                ///< which of two is kept next, taking turns
};

} // namespace papilio::data
