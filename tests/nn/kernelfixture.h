// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "core/random.h"
#include "nn/kernels.h"

/// What the tests of the CPU kernels share: numbers, gradients by differences, a small graph.
namespace papilio::nn::test
{

using Row = std::vector<float>;

inline Row numbers(std::size_t count, std::uint64_t seed, double range = 1)
{
    Random random(seed);
    Row values(count);
    for (float& value : values) {
        value = static_cast<float>(range * (2 * random.uniform() - 1));
    }
    return values;
}

/// Σ weight × output, so that any kernel becomes a scalar function of its inputs.
inline double weighted(const Row& values, const Row& weights)
{
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += static_cast<double>(values[i]) * weights[i];
    }
    return sum;
}

/// Largest gap between a gradient and central differences of 'function' in 'input'; infinite if a value is not a number.
inline double gapToDifferences(Row& input, const Row& gradient, const std::function<double()>& function)
{
    double worst = 0;
    for (std::size_t i = 0; i < input.size(); ++i) {
        const float before = input[i];
        const float high = before + 0.004F;
        const float low = before - 0.004F;
        input[i] = high;
        const double above = function();
        input[i] = low;
        const double below = function();
        input[i] = before;
        const double gap = std::abs((above - below) / (static_cast<double>(high) - low) - gradient[i]);
        worst = std::isnan(gap) ? std::numeric_limits<double>::infinity() : std::max(worst, gap);
    }
    return worst;
}

/// Two molecules: a triangle and a pair; a lone atom between them. Atoms count from 100.
struct Graph {
    std::vector<std::int64_t> senders{100, 101, 101, 102, 102, 100, 104, 105};
    std::vector<std::int64_t> receivers{101, 100, 102, 101, 100, 102, 105, 104};
    std::vector<std::int64_t> start{100, 103, 104, 106};
    kernels::Edges edges{senders.data(), receivers.data(), 8, 100};
    static constexpr std::size_t nodes = 6, count = 8;
    static constexpr std::int64_t width = 5; ///< of an atom's row, where a test needs no other

    std::size_t from(std::size_t edge) const { return static_cast<std::size_t>(senders[edge] - 100); }
    std::size_t to(std::size_t edge) const { return static_cast<std::size_t>(receivers[edge] - 100); }
};

} // namespace papilio::nn::test
