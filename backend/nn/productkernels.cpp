// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/productkernels.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define PAPILIO_TARGET "avx512f"
#include "nn/producttiles.h"

namespace papilio::nn::kernels
{

namespace
{

PAPILIO_TILE __m512 multiplyAdd(__m512 a, __m512 b, __m512 sum)
{
    return _mm512_fmadd_ps(a, b, sum);
}

PAPILIO_AVX512 void timesTurned(const ProductSize& size, const float* x, const float* w, const float* bias, float* y)
{
    const int64_t width = wholeRegisters(size.columns);
    float* turned = scratch<0>(size.inner * width);
    for (int64_t c = 0; c < size.columns; c += lane) {
        for (int64_t k = 0; k < size.inner; k += lane) {
            turnBlock(w + c * size.step + k, size.step, std::min(lane, size.columns - c), std::min(lane, size.inner - k),
                      turned + k * width + c, width);
        }
    }
    multiply({size.inner, x, size.inner, 1, turned, width, bias, y, stepOfY(size), size.add}, size.rows, size.columns);
}

PAPILIO_AVX512 void times(const ProductSize& size, const float* x, const float* w, float* y)
{
    multiply({size.inner, x, size.inner, 1, w, size.step, nullptr, y, stepOfY(size), size.add}, size.rows, size.columns);
}

PAPILIO_AVX512 void turnedTimes(const ProductSize& size, const float* a, const float* b, float* y)
{
    constexpr int64_t block = 64; // rows of both tables that fit the first cache
    for (int64_t r = 0; size.inner == 0 && !size.add && r < size.rows; ++r) {
        std::fill_n(y + r * stepOfY(size), size.columns, 0.0F);
    }
    for (int64_t k = 0; k < size.inner; k += block) {
        multiply({std::min(block, size.inner - k), a + k * size.rows, 1, size.rows, b + k * size.step, size.step,
                  nullptr, y, stepOfY(size), size.add || k > 0},
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

} // namespace papilio::nn::kernels

#else

const papilio::nn::kernels::Products* papilio::nn::kernels::products()
{
    return nullptr;
}

#endif
