// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// Loops that move rows between atoms and edges, as in kernels.h: plain C++, one thread, one fixed order.
namespace papilio::nn::kernels
{

/// y(i) = x(index(i))
void takeRows(const std::int64_t* index, std::int64_t count, std::int64_t width, const float* x, float* y);

/// y(index(i)) += values(i); y holds what is added to.
void addRows(const std::int64_t* index, std::int64_t count, std::int64_t width, const float* values, float* y);

/// y(i) = a(first(i)) + b(second(i)) [+ c(i)]; c may be null.
void joinRows(const std::int64_t* first, const std::int64_t* second, std::int64_t count, std::int64_t width,
              const float* a, const float* b, const float* c, float* y);

/// y(r) = the largest value(i) with index(i) = r, column by column, and which i that is: the first of equal ones, −1
/// and y = 0 where there is none. smallest: the smallest instead. A value that is not a number wins.
void extremeRows(bool smallest, const std::int64_t* index, std::int64_t count, std::int64_t rows, std::int64_t width,
                 const float* values, float* y, std::int32_t* which);
/// gradientValues (zeros on entry): the gradient of each y goes to the one value that it is.
void extremeRowsBackward(std::int64_t rows, std::int64_t width, const float* gradient, const std::int32_t* which,
                         float* gradientValues);

} // namespace papilio::nn::kernels
