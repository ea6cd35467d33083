// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <random>
#include <vector>

#include "nn/productkernels.h"
#include "nn/sparsekernels.h"

using namespace papilio::nn::kernels;

namespace
{

std::vector<float> numbers(std::int64_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> between(-1, 1);
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) {
        value = between(random);
    }
    return values;
}

/// Largest difference from Σ a(r, k) b(k, c) [+ bias(c)] in double precision, as a part of what rounding each term and
/// each sum can do.
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
            worst = std::max(worst, gap == 0 ? 0 : gap / most);
        }
    }
    return worst;
}

} // namespace

class TestNnProducts : public QObject
{
    Q_OBJECT

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
        QFETCH(int, rows);
        QFETCH(int, inner);
        QFETCH(int, columns);
        const std::vector<float> bias = numbers(columns, 1);
        // Rows of the matrix may be parts of longer ones.
        const std::int64_t longer = 5;
        std::vector<float> y(static_cast<std::size_t>(rows * columns), NAN);

        const std::vector<float> x = numbers(rows * inner, 2);
        const auto ofX = [&](std::int64_t r, std::int64_t k) { return x[static_cast<std::size_t>(r * inner + k)]; };
        const std::vector<float> turned = numbers(columns * (inner + longer), 3);
        ProductSize size = {rows, inner, columns, inner + longer};
        const auto ofTurned = [&](std::int64_t k, std::int64_t c) {
            return turned[static_cast<std::size_t>(c * (inner + longer) + k)];
        };
        timesTurned(size, x.data(), turned.data(), bias.data(), y.data());
        QVERIFY(errorOf(size, ofX, ofTurned, bias.data(), y) < 1);
        timesTurned(size, x.data(), turned.data(), nullptr, y.data());
        QVERIFY(errorOf(size, ofX, ofTurned, nullptr, y) < 1);

        const std::vector<float> w = numbers(inner * (columns + longer), 4);
        size.step = columns + longer;
        const auto ofW = [&](std::int64_t k, std::int64_t c) {
            return w[static_cast<std::size_t>(k * (columns + longer) + c)];
        };
        times(size, x.data(), w.data(), y.data());
        QVERIFY(errorOf(size, ofX, ofW, nullptr, y) < 1);

        const std::vector<float> a = numbers(inner * rows, 5);
        const auto ofA = [&](std::int64_t r, std::int64_t k) { return a[static_cast<std::size_t>(k * rows + r)]; };
        turnedTimes(size, a.data(), w.data(), y.data());
        QVERIFY(errorOf(size, ofA, ofW, nullptr, y) < 1);
    }

    void writesPartsOfLongerRows()
    {
        constexpr std::int64_t rows = 7;
        constexpr std::int64_t inner = 70;
        constexpr std::int64_t columns = 19;
        constexpr std::int64_t step = 25;
        const std::vector<float> a = numbers(inner * rows, 1);
        const std::vector<float> b = numbers(inner * columns, 2);
        std::vector<float> apart(rows * columns);
        std::vector<float> y(rows * step, 9.0F);
        turnedTimes({rows, inner, columns, columns}, a.data(), b.data(), apart.data());
        turnedTimes({rows, inner, columns, columns, step}, a.data(), b.data(), y.data());
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
        std::vector<float> full(rows * columns);
        timesTurned({rows, width, columns, step}, x.data(), w.data(), nullptr, full.data());
        for (std::size_t i = 0; i < y.size(); ++i) {
            QVERIFY(std::abs(y[i] - before[i] - full[i]) < 2e-6F);
        }

        const std::vector<float> g = numbers(rows * columns, 4);
        std::vector<float> gw(columns * step, 9.0F);
        turnedTimes(*sparse, columns, g.data(), step, gw.data());
        std::vector<float> fullGw(columns * width);
        turnedTimes({columns, rows, width, width}, g.data(), x.data(), fullGw.data());
        for (std::size_t i = 0; i < gw.size(); ++i) {
            QVERIFY(std::abs(gw[i] - (i % step < width ? fullGw[i / step * width + i % step] : 9.0F)) < 2e-6F);
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
