// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/productkernels.h"

#include <algorithm>
#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#define PAPILIO_PRODUCTS
#include <immintrin.h>
#endif

namespace papilio::nn::kernels
{

#ifdef PAPILIO_PRODUCTS

namespace
{

using std::int64_t;

#define PAPILIO_AVX512 __attribute__((target("avx512f")))
#define PAPILIO_TILE PAPILIO_AVX512 inline __attribute__((always_inline))

constexpr int64_t lane = 16; ///< numbers in a register

/// Where the operands of a product lie. a(r, k) = a[r · aRow + k · aStep]; b(k, c) = b[k · bStep + c].
struct Operands {
    int64_t inner;
    const float* a;
    int64_t aRow, aStep;
    const float* b;
    int64_t bStep;
    const float* bias; ///< null = none
    float* c;
    int64_t cRow;
    bool add; ///< to what c holds
};

/// So many rows and registers of columns of the result, which stay in registers; the last register may be cut.
template <int rows, int width> PAPILIO_TILE void tile(const Operands& p, int64_t row, int64_t column, __mmask16 last)
{
    constexpr int end = width - 1;
    __m512 sum[rows][width];
    for (int r = 0; r < rows; ++r) {
        for (int v = 0; v < width; ++v) {
            sum[r][v] = p.bias ? _mm512_maskz_loadu_ps(v == end ? last : 0xffff, p.bias + column + v * lane)
                               : _mm512_setzero_ps();
        }
    }
    const float* a = p.a + row * p.aRow;
    const float* b = p.b + column;
    for (int64_t k = 0; k < p.inner; ++k, a += p.aStep, b += p.bStep) {
        __m512 values[width];
        for (int v = 0; v < end; ++v) {
            values[v] = _mm512_loadu_ps(b + v * lane);
        }
        values[end] = _mm512_maskz_loadu_ps(last, b + end * lane);
        for (int r = 0; r < rows; ++r) {
            const __m512 factor = _mm512_set1_ps(a[r * p.aRow]);
            for (int v = 0; v < width; ++v) {
                sum[r][v] = _mm512_fmadd_ps(factor, values[v], sum[r][v]);
            }
        }
    }
    for (int r = 0; r < rows; ++r) {
        float* to = p.c + (row + r) * p.cRow + column;
        for (int v = 0; v < width; ++v) {
            const __mmask16 mask = v == end ? last : 0xffff;
            const __m512 before = p.add ? _mm512_maskz_loadu_ps(mask, to + v * lane) : _mm512_setzero_ps();
            _mm512_mask_storeu_ps(to + v * lane, mask, _mm512_add_ps(sum[r][v], before));
        }
    }
}

/// All rows of so many registers of columns, most of them together.
template <int rows, int width>
PAPILIO_AVX512 void strip(const Operands& p, int64_t first, int64_t end, int64_t column, __mmask16 last)
{
    int64_t row = first;
    for (; row + rows <= end; row += rows) {
        tile<rows, width>(p, row, column, last);
    }
    for (; row + 4 <= end; row += 4) {
        tile<4, width>(p, row, column, last);
    }
    for (; row < end; ++row) {
        tile<1, width>(p, row, column, last);
    }
}

PAPILIO_AVX512 void multiply(const Operands& p, int64_t rows, int64_t columns)
{
    constexpr int64_t widest = 4;
    constexpr int64_t rowsAtATime = 24; // with every strip of columns while they are in the first cache
    const int64_t registers = (columns + lane - 1) / lane;
    const __mmask16 rest = static_cast<__mmask16>(0xffffU >> (registers * lane - columns));
    for (int64_t first = 0; first < rows; first += rowsAtATime) {
        const int64_t end = std::min(rows, first + rowsAtATime);
        int64_t done = 0;
        for (int64_t strips = (registers + widest - 1) / widest; strips > 0; --strips) {
            const int64_t width = (registers - done + strips - 1) / strips;
            const __mmask16 last = strips == 1 ? rest : 0xffff;
            switch (width) { // 24 sums in registers
            case 4: strip<6, 4>(p, first, end, done * lane, last); break;
            case 3: strip<8, 3>(p, first, end, done * lane, last); break;
            case 2: strip<12, 2>(p, first, end, done * lane, last); break;
            default: strip<12, 1>(p, first, end, done * lane, last); break;
            }
            done += width;
        }
    }
}

std::int64_t stepOfY(const ProductSize& size)
{
    return size.stepY == 0 ? size.columns : size.stepY;
}

PAPILIO_AVX512 void timesTurned(const ProductSize& size, const float* x, const float* w, const float* bias, float* y)
{
    const int64_t width = (size.columns + lane - 1) / lane * lane;
    thread_local std::vector<float> memory;
    memory.resize(std::max(memory.size(), static_cast<std::size_t>(size.inner * width + lane)));
    float* turned = memory.data(); // from the next border of a cache line on
    turned += (64 - reinterpret_cast<std::uintptr_t>(turned) % 64) % 64 / sizeof(float);
    for (int64_t first = 0; first < size.columns; first += lane) { // a few rows of W at a time stay in the cache
        const int64_t end = std::min(size.columns, first + lane);
        for (int64_t k = 0; k < size.inner; ++k) {
            for (int64_t c = first; c < end; ++c) {
                turned[k * width + c] = w[c * size.step + k];
            }
        }
    }
    multiply({size.inner, x, size.inner, 1, turned, width, bias, y, stepOfY(size), false}, size.rows, size.columns);
}

PAPILIO_AVX512 void times(const ProductSize& size, const float* x, const float* w, float* y)
{
    multiply({size.inner, x, size.inner, 1, w, size.step, nullptr, y, stepOfY(size), false}, size.rows, size.columns);
}

PAPILIO_AVX512 void turnedTimes(const ProductSize& size, const float* a, const float* b, float* y)
{
    constexpr int64_t block = 64; // rows of both tables that fit the first cache
    for (int64_t r = 0; size.inner == 0 && r < size.rows; ++r) {
        std::fill_n(y + r * stepOfY(size), size.columns, 0.0F);
    }
    for (int64_t k = 0; k < size.inner; k += block) {
        multiply({std::min(block, size.inner - k), a + k * size.rows, 1, size.rows, b + k * size.step, size.step,
                  nullptr, y, stepOfY(size), k > 0},
                 size.rows, size.columns);
    }
}

} // namespace

const Products* products()
{
    static constexpr Products all = {timesTurned, times, turnedTimes};
    static const bool has = __builtin_cpu_supports("avx512f") != 0;
    return has ? &all : nullptr;
}

#else

const Products* products()
{
    return nullptr;
}

#endif

} // namespace papilio::nn::kernels
