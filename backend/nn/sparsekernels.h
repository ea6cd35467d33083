// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// Linear maps of rows that are nearly all zeros, as one-hot features are: each of their few values adds a row.
namespace papilio::nn::kernels
{

/// The values of a table that are not 0.
struct SparseRows {
    std::int64_t width = 0;
    std::vector<std::int32_t> ends; ///< by row: place behind its last value
    std::vector<std::int32_t> columns;
    std::vector<float> values;
};
/// Nothing where too many values are not 0 to gain by it.
std::optional<SparseRows> findSparse(std::int64_t rows, std::int64_t width, const float* x);

/// y += x Wᵀ; W: columns × width, a row every 'step' numbers.
void addTimesTurned(const SparseRows& x, std::int64_t columns, const float* w, std::int64_t step, float* y);
/// y = gᵀ x, as W lies in memory; g: rows × columns.
void turnedTimes(const SparseRows& x, std::int64_t columns, const float* g, std::int64_t step, float* y);

} // namespace papilio::nn::kernels
