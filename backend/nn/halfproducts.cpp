// SPDX-License-Identifier: GPL-3.0-or-later
// The products of operands in bfloat16: pairs of neighbouring terms share a word, and one instruction adds both to a sum.
#include "nn/productkernels.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define PAPILIO_TARGET "avx512f,avx512bw,avx512bf16"
#include "nn/producttiles.h"

namespace papilio::nn::kernels
{

namespace
{

PAPILIO_TILE __m512 multiplyAdd(__m512 a, __m512 b, __m512 sum)
{
    return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
}

/// The values of two registers, rounded, those of the first one first.
PAPILIO_TILE __m512i rounded(__m512 first, __m512 second)
{
    return (__m512i)_mm512_cvtne2ps_pbh(second, first);
}

/// The first so many lanes.
PAPILIO_TILE __mmask16 lanes(int64_t count)
{
    return static_cast<__mmask16>(count >= lane ? 0xffffU : count <= 0 ? 0U : 0xffffU >> (lane - count));
}

int64_t pairsOf(int64_t count)
{
    return (count + 1) / 2;
}

/// Rows as pairs of their values; 0 stands behind the last one, up to a whole register.
PAPILIO_AVX512 void pairColumns(int64_t rows, int64_t width, const float* from, int64_t fromStep, float* to,
                                int64_t toStep)
{
    for (int64_t r = 0; r < rows; ++r) {
        const float* row = from + r * fromStep;
        for (int64_t c = 0; c < width; c += 2 * lane) {
            const __m512 first = _mm512_maskz_loadu_ps(lanes(width - c), row + c);
            const __m512 second = _mm512_maskz_loadu_ps(lanes(width - c - lane), row + c + lane);
            _mm512_storeu_si512(to + r * toStep + c / 2, rounded(first, second));
        }
    }
}

/// Pairs of values below each other in rows 0 and 1, 2 and 3 …; 0 stands for a row that is not there, and in columns
/// behind the last one, up to a whole register.
PAPILIO_AVX512 void pairRows(int64_t rows, int64_t width, const float* from, int64_t fromStep, float* to, int64_t toStep)
{
    alignas(64) std::int16_t places[2 * lane];
    for (std::int16_t c = 0; c < lane; ++c) {
        places[2 * c] = c;
        places[2 * c + 1] = static_cast<std::int16_t>(lane + c);
    }
    const __m512i order = _mm512_load_si512(places);
    for (int64_t r = 0; r < rows; r += 2) {
        const float* row = from + r * fromStep;
        for (int64_t c = 0; c < width; c += lane) {
            const __mmask16 mask = lanes(width - c);
            const __m512 upper = _mm512_maskz_loadu_ps(mask, row + c);
            const __m512 lower = _mm512_maskz_loadu_ps(r + 1 < rows ? mask : 0, row + fromStep + c);
            _mm512_storeu_si512(to + r / 2 * toStep + c, _mm512_permutexvar_epi16(order, rounded(upper, lower)));
        }
    }
}

/// y [+]= x b [+ bias] with b in pairs already; x is rounded some rows at a time, just before they are used.
PAPILIO_AVX512 void multiplyRounded(const ProductSize& size, const float* x, const float* b, int64_t bStep,
                                    const float* bias, float* y)
{
    const int64_t step = wholeRegisters(pairsOf(size.inner));
    float* rows = scratch<1>(rowsAtATime * step);
    for (int64_t first = 0; first < size.rows; first += rowsAtATime) {
        const int64_t count = std::min(rowsAtATime, size.rows - first);
        pairColumns(count, size.inner, x + first * size.inner, size.inner, rows, step);
        multiplyRows({pairsOf(size.inner), rows, step, 1, b, bStep, bias, y + first * stepOfY(size), stepOfY(size),
                      size.add},
                     0, count, size.columns);
    }
}

PAPILIO_AVX512 void timesTurned(const ProductSize& size, const float* x, const float* w, const float* bias, float* y)
{
    const int64_t width = wholeRegisters(size.columns);
    const int64_t pairs = pairsOf(size.inner);
    const int64_t step = wholeRegisters(pairs);
    float* turned = scratch<0>(pairs * width);
    float* some = scratch<1>(lane * step);
    for (int64_t c = 0; c < size.columns; c += lane) {
        const int64_t count = std::min(lane, size.columns - c);
        pairColumns(count, size.inner, w + c * size.step, size.step, some, step);
        for (int64_t k = 0; k < pairs; k += lane) {
            turnBlock(some + k, step, count, std::min(lane, pairs - k), turned + k * width + c, width);
        }
    }
    multiplyRounded(size, x, turned, width, bias, y);
}

PAPILIO_AVX512 void times(const ProductSize& size, const float* x, const float* w, float* y)
{
    const int64_t width = wholeRegisters(size.columns);
    float* paired = scratch<0>(pairsOf(size.inner) * width);
    pairRows(size.inner, size.columns, w, size.step, paired, width);
    multiplyRounded(size, x, paired, width, nullptr, y);
}

PAPILIO_AVX512 void turnedTimes(const ProductSize& size, const float* a, const float* b, float* y)
{
    constexpr int64_t block = 128;
    const int64_t aStep = wholeRegisters(size.rows);
    const int64_t bStep = wholeRegisters(size.columns);
    float* aPairs = scratch<0>(pairsOf(block) * aStep);
    float* bPairs = scratch<1>(pairsOf(block) * bStep);
    for (int64_t r = 0; size.inner == 0 && !size.add && r < size.rows; ++r) {
        std::fill_n(y + r * stepOfY(size), size.columns, 0.0F);
    }
    for (int64_t k = 0; k < size.inner; k += block) {
        const int64_t count = std::min(block, size.inner - k);
        pairRows(count, size.rows, a + k * size.rows, size.rows, aPairs, aStep);
        pairRows(count, size.columns, b + k * size.step, size.step, bPairs, bStep);
        multiply({pairsOf(count), aPairs, 1, aStep, bPairs, bStep, nullptr, y, stepOfY(size), size.add || k > 0},
                 size.rows, size.columns);
    }
}

} // namespace

const Products* halfProducts()
{
    static constexpr Products all = {timesTurned, times, turnedTimes};
    static const bool has = __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512bf16") != 0;
    return has ? &all : nullptr;
}

} // namespace papilio::nn::kernels

#else

const papilio::nn::kernels::Products* papilio::nn::kernels::halfProducts()
{
    return nullptr;
}

#endif
