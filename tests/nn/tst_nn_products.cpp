// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "nn/productkernels.h"
#include "nn/sparsekernels.h"
#include "tests/nn/kernelfixture.h"

using namespace papilio::nn::kernels;
using papilio::nn::test::numbers;

namespace
{

/// Largest difference from Σ a(r, k) b(k, c) [+ bias(c)] in double precision, as a part of what rounding each term and
/// each sum can do; infinite if a value is not a number.
template <typename A, typename B>
double errorOf(const ProductSize& size, A a, B b, const float* bias, const std::vector<float>& y)
{
    constexpr double rounding = 6e-8;
    double worst = 0;
    for (std::int64_t r = 0; r < size.rows; ++r) {
        for (std::int64_t c = 0; c < size.columns; ++c) {
            double sum = bias ? bias[c] : 0.0;
            double terms = std::abs(sum);
            for (std::int64_t k = 0; k < size.inner; ++k) {
                const double term = static_cast<double>(a(r, k)) * b(k, c);
                sum += term;
                terms += std::abs(term);
            }
            const double most = rounding * static_cast<double>(size.inner + 1) * terms;
            const double gap = std::abs(sum - y[static_cast<std::size_t>(r * size.columns + c)]);
            const double part = gap == 0 ? 0 : gap / most;
            worst = std::isnan(part) ? std::numeric_limits<double>::infinity() : std::max(worst, part);
        }
    }
    return worst;
}

/// To the nearest number with eight bits, of two equally near ones to the even one.
float toHalf(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return std::bit_cast<float>((bits + 0x7fffU + (bits >> 16U & 1U)) & 0xffff0000U);
}

const Products* productsOf(bool half)
{
    return half ? halfProducts() : products();
}

} // namespace

#define SKIP_WITHOUT(products)                                                                                         \
    if ((products) == nullptr)                                                                                         \
    QSKIP("this processor lacks the instructions: LibTorch multiplies here")

class TestNnProducts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithPlainSums_data()
    {
        QTest::addColumn<bool>("half");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("inner");
        QTest::addColumn<int>("columns");
        for (const bool half : {false, true}) {
            for (const int rows : {0, 1, 3, 5, 12, 29, 131}) {
                for (const int inner : {0, 1, 13, 29, 64, 150}) {
                    for (const int columns : {1, 3, 16, 19, 48, 64, 65, 117}) {
                        QTest::addRow("%s, %d by %d by %d", half ? "bf16" : "single", rows, inner, columns)
                            << half << rows << inner << columns;
                    }
                }
            }
        }
    }

    /// Products of rounded numbers are exact, so one bound holds for both.
    void agreeWithPlainSums()
    {
        QFETCH(bool, half);
        const Products* const kernels = productsOf(half);
        SKIP_WITHOUT(kernels);
        QFETCH(int, rows);
        QFETCH(int, inner);
        QFETCH(int, columns);
        const auto operand = [half](float value) { return half ? toHalf(value) : value; };
        const std::vector<float> bias = numbers(columns, 1);
        // Rows of the matrix may be parts of longer ones.
        const std::int64_t longer = 5;
        std::vector<float> y(static_cast<std::size_t>(rows * columns));
        const auto forget = [&y] { std::fill(y.begin(), y.end(), NAN); }; // what is not written shows

        const std::vector<float> x = numbers(rows * inner, 2);
        const auto ofX = [&](std::int64_t r, std::int64_t k) {
            return operand(x[static_cast<std::size_t>(r * inner + k)]);
        };
        const std::vector<float> turned = numbers(columns * (inner + longer), 3);
        ProductSize size = {rows, inner, columns, inner + longer};
        const auto ofTurned = [&](std::int64_t k, std::int64_t c) {
            return operand(turned[static_cast<std::size_t>(c * (inner + longer) + k)]);
        };
        forget();
        kernels->timesTurned(size, x.data(), turned.data(), bias.data(), y.data());
        QVERIFY(errorOf(size, ofX, ofTurned, bias.data(), y) < 1);
        forget();
        kernels->timesTurned(size, x.data(), turned.data(), nullptr, y.data());
        QVERIFY(errorOf(size, ofX, ofTurned, nullptr, y) < 1);

        const std::vector<float> w = numbers(inner * (columns + longer), 4);
        size.step = columns + longer;
        const auto ofW = [&](std::int64_t k, std::int64_t c) {
            return operand(w[static_cast<std::size_t>(k * (columns + longer) + c)]);
        };
        forget();
        kernels->times(size, x.data(), w.data(), y.data());
        QVERIFY(errorOf(size, ofX, ofW, nullptr, y) < 1);

        const std::vector<float> a = numbers(inner * rows, 5);
        const auto ofA = [&](std::int64_t r, std::int64_t k) {
            return operand(a[static_cast<std::size_t>(k * rows + r)]);
        };
        forget();
        kernels->turnedTimes(size, a.data(), w.data(), y.data());
        QVERIFY(errorOf(size, ofA, ofW, nullptr, y) < 1);
    }

    void add_data()
    {
        QTest::addColumn<bool>("half");
        QTest::newRow("single") << false;
        QTest::newRow("bf16") << true;
    }

    void add()
    {
        QFETCH(bool, half);
        const Products* const kernels = productsOf(half);
        SKIP_WITHOUT(kernels);
        for (const std::int64_t inner : {0, 70, 200}) {
            const ProductSize whole = {9, inner, 19, inner};
            ProductSize size = whole;
            size.add = true;
            const std::vector<float> before = numbers(9 * 19, 1);
            const std::vector<float> bias = numbers(19, 2);
            const std::vector<float> x = numbers(9 * inner, 3);
            const std::vector<float> w = numbers(19 * inner, 4);
            const auto same = [&](const auto& compute) {
                std::vector<float> apart(9 * 19, NAN);
                std::vector<float> y = before;
                compute(whole, apart.data());
                compute(size, y.data());
                for (std::size_t i = 0; i < y.size(); ++i) {
                    if (!(std::abs(y[i] - before[i] - apart[i]) < 2e-5)) {
                        return false;
                    }
                }
                return true;
            };
            QVERIFY(same([&](const ProductSize& s, float* y) {
                kernels->timesTurned(s, x.data(), w.data(), bias.data(), y);
            }));
            QVERIFY(same([&](ProductSize s, float* y) {
                s.step = 19;
                kernels->times(s, x.data(), w.data(), y);
            }));
            QVERIFY(same([&](ProductSize s, float* y) {
                s.step = 19;
                kernels->turnedTimes(s, x.data(), w.data(), y);
            }));
        }
    }

    void writesPartsOfLongerRows_data()
    {
        QTest::addColumn<bool>("half");
        QTest::newRow("single") << false;
        QTest::newRow("bfloat16") << true;
    }
    void writesPartsOfLongerRows()
    {
        QFETCH(bool, half);
        const Products* const kernels = half ? halfProducts() : products();
        SKIP_WITHOUT(kernels);
        constexpr std::int64_t rows = 7;
        constexpr std::int64_t inner = 70;
        constexpr std::int64_t columns = 19;
        constexpr std::int64_t step = 25;
        const std::vector<float> a = numbers(inner * rows, 1);
        const std::vector<float> b = numbers(inner * columns, 2);
        std::vector<float> apart(rows * columns, NAN);
        std::vector<float> y(rows * step, 9.0F);
        kernels->turnedTimes({rows, inner, columns, columns}, a.data(), b.data(), apart.data());
        kernels->turnedTimes({rows, inner, columns, columns, step}, a.data(), b.data(), y.data());
        for (std::size_t i = 0; i < y.size(); ++i) {
            QCOMPARE(y[i], i % step < columns ? apart[i / step * columns + i % step] : 9.0F);
        }
    }

    void sparseRowsAgreeWithFullOnes()
    {
        constexpr std::int64_t rows = 41;
        constexpr std::int64_t width = 85;
        constexpr std::int64_t columns = 19;
        constexpr std::int64_t step = 90;
        std::vector<float> x(rows * width, 0.0F);
        const std::vector<float> some = numbers(rows * 7, 1);
        for (std::size_t i = 0; i < some.size(); ++i) { // a row in three holds none, the others up to 7
            x[i / 7 * width + (i * i * 31) % width] = i / 7 % 3 == 0 ? 0.0F : some[i];
        }
        const auto sparse = findSparse(rows, width, x.data());
        QVERIFY(sparse);
        const std::vector<float> w = numbers(columns * step, 2);
        const std::vector<float> before = numbers(rows * columns, 3);
        std::vector<float> y = before;
        addTimesTurned(*sparse, columns, w.data(), step, y.data());
        for (std::size_t i = 0; i < y.size(); ++i) {
            double sum = before[i];
            for (std::size_t k = 0; k < width; ++k) {
                sum += static_cast<double>(x[i / columns * width + k]) * w[i % columns * step + k];
            }
            QVERIFY(std::abs(y[i] - sum) < 2e-6);
        }

        const std::vector<float> g = numbers(rows * columns, 4);
        std::vector<float> gw(columns * step, 9.0F);
        turnedTimes(*sparse, columns, g.data(), step, gw.data());
        for (std::size_t i = 0; i < gw.size(); ++i) {
            double sum = 0;
            for (std::size_t r = 0; r < rows && i % step < width; ++r) {
                sum += static_cast<double>(g[r * columns + i / step]) * x[r * width + i % step];
            }
            QVERIFY(std::abs(gw[i] - (i % step < width ? sum : 9)) < 2e-6);
        }
    }

    void fullRowsAreNotSparse()
    {
        const std::vector<float> x = numbers(10 * 20, 1);
        QVERIFY(!findSparse(10, 20, x.data()));
        QVERIFY(findSparse(0, 20, x.data()));
        std::vector<float> zeros(10 * 20, 0.0F);
        QVERIFY(findSparse(10, 20, zeros.data()));
    }
};

QTEST_GUILESS_MAIN(TestNnProducts)
#include "tst_nn_products.moc"
