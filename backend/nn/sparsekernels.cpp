// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/sparsekernels.h"

#include "nn/kernelmath.h"

namespace papilio::nn::kernels
{

using std::int64_t;

namespace
{

/// The values of a row that are not 0, written behind each other; their number.
PAPILIO_INLINE int64_t gatherRow(int64_t width, const float* x, std::int32_t* columns, float* values)
{
    int64_t count = 0;
    for (int64_t c = 0; c < width; ++c) {
        columns[count] = static_cast<std::int32_t>(c);
        values[count] = x[c];
        count += x[c] != 0 ? 1 : 0;
    }
    return count;
}

} // namespace

PAPILIO_CLONES std::optional<SparseRows> findSparse(int64_t rows, int64_t width, const float* x)
{
    constexpr int64_t worthwhile = 5; // a sum of rows is that much slower than a product of the same size
    const int64_t most = rows * width / worthwhile;
    SparseRows found;
    found.width = width;
    found.ends.resize(static_cast<std::size_t>(rows));
    found.columns.resize(static_cast<std::size_t>(most + width));
    found.values.resize(found.columns.size());
    int64_t end = 0;
    for (int64_t r = 0; r < rows; ++r) {
        end += gatherRow(width, x + r * width, found.columns.data() + end, found.values.data() + end);
        if (end > most) {
            return std::nullopt;
        }
        found.ends[static_cast<std::size_t>(r)] = static_cast<std::int32_t>(end);
    }
    return found;
}

PAPILIO_CLONES void addTimesTurned(const SparseRows& x, int64_t columns, const float* w, int64_t step, float* y)
{
    std::vector<float> turned(static_cast<std::size_t>(x.width * columns));
    for (int64_t c = 0; c < columns; ++c) {
        for (int64_t k = 0; k < x.width; ++k) {
            turned[static_cast<std::size_t>(k * columns + c)] = w[c * step + k];
        }
    }
    std::int32_t i = 0;
    for (const std::int32_t end : x.ends) {
        for (; i < end; ++i) {
            const float value = x.values[static_cast<std::size_t>(i)];
            const float* row = turned.data() + x.columns[static_cast<std::size_t>(i)] * columns;
#pragma omp simd
            for (int64_t c = 0; c < columns; ++c) {
                y[c] += value * row[c];
            }
        }
        y += columns;
    }
}

PAPILIO_CLONES void turnedTimes(const SparseRows& x, int64_t columns, const float* g, int64_t step, float* y)
{
    // In double precision: where batch norm keeps a batch in one piece, these are sums over all of its atoms.
    std::vector<double> turned(static_cast<std::size_t>(x.width * columns), 0.0);
    std::int32_t i = 0;
    for (const std::int32_t end : x.ends) {
        for (; i < end; ++i) {
            const double value = x.values[static_cast<std::size_t>(i)];
            double* row = turned.data() + x.columns[static_cast<std::size_t>(i)] * columns;
#pragma omp simd
            for (int64_t c = 0; c < columns; ++c) {
                row[c] += value * g[c];
            }
        }
        g += columns;
    }
    for (int64_t c = 0; c < columns; ++c) {
        for (int64_t k = 0; k < x.width; ++k) {
            y[c * step + k] = static_cast<float>(turned[static_cast<std::size_t>(k * columns + c)]);
        }
    }
}

} // namespace papilio::nn::kernels
