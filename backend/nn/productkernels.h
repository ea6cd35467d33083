// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// Matrix products of tall tables with small matrices. A library for products of any size first copies both operands
/// into an order of its own; where the matrix fits a cache, that is a good part of the time.
namespace papilio::nn::kernels
{

/// y: rows × columns, the sum of 'inner' terms each; 'step' is the distance of the matrix' rows in memory, 'stepY' that
/// of the rows of y (0 = columns).
struct ProductSize {
    std::int64_t rows = 0, inner = 0, columns = 0, step = 0, stepY = 0;
    bool add = false; ///< to what y holds
};

struct Products {
    /// y = x Wᵀ [+ bias]; W: columns × inner.
    void (*timesTurned)(const ProductSize& size, const float* x, const float* w, const float* bias, float* y);
    /// y = x W; W: inner × columns.
    void (*times)(const ProductSize& size, const float* x, const float* w, float* y);
    /// y = aᵀ b; a: inner × rows, b: inner × columns; 'step' is that of b.
    void (*turnedTimes)(const ProductSize& size, const float* a, const float* b, float* y);
};
/// Null if this processor lacks the instructions that make them worthwhile.
const Products* products();
/// The same of operands that are rounded to bfloat16, with sums in single precision.
const Products* halfProducts();

} // namespace papilio::nn::kernels
