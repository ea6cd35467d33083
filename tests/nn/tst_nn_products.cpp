// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <cmath>
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

} // namespace

class TestNnProducts : public QObject
{
    Q_OBJECT

    const Products* const m_products = products();

private Q_SLOTS:
    void agreeWithPlainSums_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("inner");
        QTest::addColumn<int>("columns");
        for (const int rows : {0, 1, 3, 5, 12, 29, 131}) {
            for (const int inner : {0, 1, 13, 64, 150}) {
                for (const int columns : {1, 3, 16, 19, 48, 64, 65, 117}) {
                    QTest::addRow("%d by %d by %d", rows, inner, columns) << rows << inner << columns;
                }
            }
        }
    }

    void agreeWithPlainSums()
    {
        if (m_products == nullptr)
            QSKIP("this processor has no AVX-512: LibTorch multiplies here");
        QFETCH(int, rows);
        QFETCH(int, inner);
        QFETCH(int, columns);
        const std::vector<float> bias = numbers(columns, 1);
        // Rows of the matrix may be parts of longer ones.
        const std::int64_t longer = 5;
        std::vector<float> y(static_cast<std::size_t>(rows * columns));
        const auto forget = [&y] { std::fill(y.begin(), y.end(), NAN); }; // what is not written shows

        const std::vector<float> x = numbers(rows * inner, 2);
        const auto ofX = [&](std::int64_t r, std::int64_t k) { return x[static_cast<std::size_t>(r * inner + k)]; };
        const std::vector<float> turned = numbers(columns * (inner + longer), 3);
        ProductSize size = {rows, inner, columns, inner + longer};
        const auto ofTurned = [&](std::int64_t k, std::int64_t c) {
            return turned[static_cast<std::size_t>(c * (inner + longer) + k)];
        };
        forget();
        m_products->timesTurned(size, x.data(), turned.data(), bias.data(), y.data());
        QVERIFY(errorOf(size, ofX, ofTurned, bias.data(), y) < 1);
        forget();
        m_products->timesTurned(size, x.data(), turned.data(), nullptr, y.data());
        QVERIFY(errorOf(size, ofX, ofTurned, nullptr, y) < 1);

        const std::vector<float> w = numbers(inner * (columns + longer), 4);
        size.step = columns + longer;
        const auto ofW = [&](std::int64_t k, std::int64_t c) {
            return w[static_cast<std::size_t>(k * (columns + longer) + c)];
        };
        forget();
        m_products->times(size, x.data(), w.data(), y.data());
        QVERIFY(errorOf(size, ofX, ofW, nullptr, y) < 1);

        const std::vector<float> a = numbers(inner * rows, 5);
        const auto ofA = [&](std::int64_t r, std::int64_t k) { return a[static_cast<std::size_t>(k * rows + r)]; };
        forget();
        m_products->turnedTimes(size, a.data(), w.data(), y.data());
        QVERIFY(errorOf(size, ofA, ofW, nullptr, y) < 1);
    }

    void writesPartsOfLongerRows()
    {
        if (m_products == nullptr)
            QSKIP("this processor has no AVX-512: LibTorch multiplies here");
        constexpr std::int64_t rows = 7;
        constexpr std::int64_t inner = 70;
        constexpr std::int64_t columns = 19;
        constexpr std::int64_t step = 25;
        const std::vector<float> a = numbers(inner * rows, 1);
        const std::vector<float> b = numbers(inner * columns, 2);
        std::vector<float> apart(rows * columns, NAN);
        std::vector<float> y(rows * step, 9.0F);
        m_products->turnedTimes({rows, inner, columns, columns}, a.data(), b.data(), apart.data());
        m_products->turnedTimes({rows, inner, columns, columns, step}, a.data(), b.data(), y.data());
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
