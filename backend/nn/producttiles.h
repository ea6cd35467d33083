// SPDX-License-Identifier: GPL-3.0-or-later
// What matrix products on AVX-512 are made of, for one kind of operands. Who includes this says for which instructions
// it is compiled (PAPILIO_TARGET) and has, in the namespace, multiplyAdd(): what a word of each operand adds to a sum.
// Everything is local to the file that includes it.
#ifndef PAPILIO_TARGET
#error "PAPILIO_TARGET is missing"
#endif

#include <algorithm>
#include <cstdint>
#include <vector>

#include <immintrin.h>

#include "nn/productkernels.h"

#define PAPILIO_AVX512 __attribute__((target(PAPILIO_TARGET)))
#define PAPILIO_TILE PAPILIO_AVX512 inline __attribute__((always_inline))

namespace papilio::nn::kernels
{

namespace
{

using std::int64_t;

constexpr int64_t lane = 16; ///< numbers in a register

/// Adds to each sum the product of the two words, or pairs of halves, at its place.
PAPILIO_TILE __m512 multiplyAdd(__m512 a, __m512 b, __m512 sum);

/// Where the operands of a product lie. a(r, k) = a[r · aRow + k · aStep]; b(k, c) = b[k · bStep + c]. They are words of
/// 32 bits: numbers, or pairs of half as long ones.
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
                sum[r][v] = multiplyAdd(factor, values[v], sum[r][v]);
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

constexpr int64_t rowsAtATime = 24; ///< with every strip of columns while they are in the first cache

/// Rows first … end − 1 of the result.
PAPILIO_AVX512 void multiplyRows(const Operands& p, int64_t first, int64_t end, int64_t columns)
{
    constexpr int64_t widest = 4;
    const int64_t registers = (columns + lane - 1) / lane;
    const __mmask16 rest = static_cast<__mmask16>(0xffffU >> (registers * lane - columns));
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

PAPILIO_AVX512 void multiply(const Operands& p, int64_t rows, int64_t columns)
{
    for (int64_t first = 0; first < rows; first += rowsAtATime) {
        multiplyRows(p, first, std::min(rows, first + rowsAtATime), columns);
    }
}

PAPILIO_TILE __m512 lowPairs(__m512 x, __m512 y)
{
    return _mm512_castpd_ps(_mm512_maskz_unpacklo_pd(0xff, _mm512_castps_pd(x), _mm512_castps_pd(y)));
}

PAPILIO_TILE __m512 highPairs(__m512 x, __m512 y)
{
    return _mm512_castpd_ps(_mm512_maskz_unpackhi_pd(0xff, _mm512_castps_pd(x), _mm512_castps_pd(y)));
}

/// Columns of a block of at most 16 rows as rows: to[c · toStep + r] = from[r · fromStep + c]. A whole register is
/// written for each, 0 where there is no row.
PAPILIO_TILE void turnBlock(const float* from, int64_t fromStep, int64_t rows, int64_t columns, float* to, int64_t toStep)
{
    const __mmask16 mask = static_cast<__mmask16>(0xffffU >> (lane - columns));
    constexpr __mmask16 all = 0xffff; // without a mask g++ 12 warns of its own headers
    __m512 a[lane];
    __m512 b[lane];
    for (int64_t r = 0; r < lane; ++r) {
        a[r] = r < rows ? _mm512_maskz_loadu_ps(mask, from + r * fromStep) : _mm512_setzero_ps();
    }
    for (int r = 0; r < lane; r += 2) {
        b[r] = _mm512_maskz_unpacklo_ps(all, a[r], a[r + 1]);
        b[r + 1] = _mm512_maskz_unpackhi_ps(all, a[r], a[r + 1]);
    }
    for (int r = 0; r < lane; r += 4) { // a[r + j]: columns j, j + 4, j + 8 and j + 12 of four rows
        a[r] = lowPairs(b[r], b[r + 2]);
        a[r + 1] = highPairs(b[r], b[r + 2]);
        a[r + 2] = lowPairs(b[r + 1], b[r + 3]);
        a[r + 3] = highPairs(b[r + 1], b[r + 3]);
    }
    for (int j = 0; j < 4; ++j) {
        const __m512 even1 = _mm512_maskz_shuffle_f32x4(all, a[j], a[j + 4], 0x88);
        const __m512 even2 = _mm512_maskz_shuffle_f32x4(all, a[j + 8], a[j + 12], 0x88);
        const __m512 odd1 = _mm512_maskz_shuffle_f32x4(all, a[j], a[j + 4], 0xdd);
        const __m512 odd2 = _mm512_maskz_shuffle_f32x4(all, a[j + 8], a[j + 12], 0xdd);
        b[j] = _mm512_maskz_shuffle_f32x4(all, even1, even2, 0x88);
        b[j + 4] = _mm512_maskz_shuffle_f32x4(all, odd1, odd2, 0x88);
        b[j + 8] = _mm512_maskz_shuffle_f32x4(all, even1, even2, 0xdd);
        b[j + 12] = _mm512_maskz_shuffle_f32x4(all, odd1, odd2, 0xdd);
    }
    for (int64_t c = 0; c < columns; ++c) {
        _mm512_storeu_ps(to + c * toStep, b[c]);
    }
}

/// Memory of the calling thread, from the border of a cache line on, for so many words; each kind has its own.
template <int kind> float* scratch(int64_t words)
{
    thread_local std::vector<float> memory;
    memory.resize(std::max(memory.size(), static_cast<std::size_t>(words + lane)));
    float* start = memory.data();
    return start + (64 - reinterpret_cast<std::uintptr_t>(start) % 64) % 64 / sizeof(float);
}

int64_t wholeRegisters(int64_t words)
{
    return (words + lane - 1) / lane * lane;
}

int64_t stepOfY(const ProductSize& size)
{
    return size.stepY == 0 ? size.columns : size.stepY;
}

} // namespace

} // namespace papilio::nn::kernels
