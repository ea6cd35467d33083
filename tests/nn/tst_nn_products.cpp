// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <random>
#include <vector>

#include "nn/productkernels.h"

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
};

QTEST_GUILESS_MAIN(TestNnProducts)
#include "tst_nn_products.moc"
