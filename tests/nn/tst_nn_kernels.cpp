// SPDX-License-Identifier: GPL-3.0-or-later
// The CPU kernels against formulas in double precision and against differences of themselves; shards and threads.
#include <atomic>
#include <cstdlib>
#include <functional>
#include <numbers>
#include <stdexcept>

#include <QtTest>

#include "nn/kernels.h"
#include "nn/torchmodel.h"
#include "nn/workers.h"
#include "tests/nn/kernelfixture.h"
#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;
using namespace papilio::nn::kernels;

namespace
{

using test::gapToDifferences;
using test::Graph;
using test::numbers;
using test::weighted;

} // namespace

class TestKernels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void geluIsExact();
    void rowLayerAgreesWithFormula_data();
    void rowLayerAgreesWithFormula();
    void rowLayerGradients_data();
    void rowLayerGradients();
    void notANumberStays();
    void dropoutIsFairAndRepeatable();
    void neighbourSums();
    void messages();
    void pairs();
    void pooling_data();
    void pooling();
    void pairLayerAgreesWithFormula();
    void workersRunEveryTaskOnce();
    void workersPassExceptionsOn();
    void environmentIsPreparedOnce();
};

void TestKernels::geluIsExact()
{
    std::vector<float> x;
    for (int i = -4000; i <= 4000; ++i) {
        x.push_back(static_cast<float>(i) / 250.0F);
    }
    std::vector<float> y(x.size());
    std::vector<float> slope(x.size());
    const auto count = static_cast<std::int64_t>(x.size());
    rowLayer({1, count, kernels::Activation::Gelu, {}}, x.data(), nullptr, nullptr, y.data(), slope.data(), nullptr, nullptr);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double v = x[i];
        const double below = 0.5 * std::erfc(-v / std::numbers::sqrt2);
        const double density = std::exp(-v * v / 2) / std::sqrt(2 * std::numbers::pi);
        QVERIFY(std::abs(y[i] - v * below) < 3e-7 * std::max(1.0, std::abs(v)));
        QVERIFY(std::abs(slope[i] - (below + v * density)) < 5e-7);
    }
}

void TestKernels::rowLayerAgreesWithFormula_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {1, 2, 3, 7, 16, 33, 96, 257}) {
        QTest::addRow("%d", width) << width;
    }
}

void TestKernels::rowLayerAgreesWithFormula()
{
    QFETCH(int, width);
    const auto w = static_cast<std::size_t>(width);
    const auto x = numbers(3 * w, 1, 5);
    const auto gamma = numbers(w, 2);
    const auto beta = numbers(w, 3);
    std::vector<float> y(3 * w);
    std::vector<float> mean(3);
    std::vector<float> rstd(3);
    rowLayer({3, width, kernels::Activation::Relu, {}}, x.data(), gamma.data(), beta.data(), y.data(), nullptr, mean.data(),
             rstd.data());
    for (std::size_t r = 0; r < 3; ++r) {
        double sum = 0;
        double squares = 0;
        for (std::size_t c = 0; c < w; ++c) {
            sum += x[r * w + c];
        }
        for (std::size_t c = 0; c < w; ++c) {
            squares += std::pow(x[r * w + c] - sum / width, 2);
        }
        for (std::size_t c = 0; c < w; ++c) {
            const double z = (x[r * w + c] - sum / width) / std::sqrt(squares / width + 1e-5) * gamma[c] + beta[c];
            QVERIFY(std::abs(y[r * w + c] - std::max(z, 0.0)) < 3e-6);
        }
    }
}

void TestKernels::rowLayerGradients_data()
{
    QTest::addColumn<int>("activation");
    QTest::addColumn<bool>("norm");
    QTest::addColumn<bool>("drop");
    QTest::addColumn<int>("atoms");
    for (const bool norm : {false, true}) {
        for (const bool drop : {false, true}) {
            for (const int atoms : {1, 5}) { // two at a time, and what is over
                QTest::addRow("none %d %d %d", norm, drop, atoms) << 0 << norm << drop << atoms;
                QTest::addRow("relu %d %d %d", norm, drop, atoms) << 1 << norm << drop << atoms;
                QTest::addRow("gelu %d %d %d", norm, drop, atoms) << 2 << norm << drop << atoms;
            }
        }
    }
}

void TestKernels::rowLayerGradients()
{
    QFETCH(int, activation);
    QFETCH(bool, norm);
    QFETCH(bool, drop);
    QFETCH(int, atoms);
    const auto rows = static_cast<std::size_t>(atoms);
    constexpr std::size_t width = 9;
    RowLayer layer{static_cast<std::int64_t>(rows), width, static_cast<kernels::Activation>(activation), {}};
    if (drop) {
        layer.dropout = Dropout::of(0.3, 5, 17);
    }
    auto x = numbers(rows * width, 1, 2);
    auto gamma = numbers(width, 2);
    auto beta = numbers(width, 3);
    const auto weights = numbers(rows * width, 4);
    std::vector<float> y(rows * width), slope(rows * width), mean(rows), rstd(rows);
    const auto forward = [&] {
        rowLayer(layer, x.data(), norm ? gamma.data() : nullptr, beta.data(), y.data(), slope.data(), mean.data(),
                 rstd.data());
        return weighted(y, weights);
    };
    forward();
    std::vector<float> gx(rows * width), gBias(width), gGamma(width), gBeta(width);
    rowLayerBackward(layer, weights.data(), x.data(), norm ? gamma.data() : nullptr, slope.data(), mean.data(),
                     rstd.data(), {gx.data(), gBias.data(), gGamma.data(), gBeta.data()});
    QVERIFY(gapToDifferences(x, gx, forward) < 2e-2); // kinks of relu and the step itself
    if (norm) {
        QVERIFY(gapToDifferences(gamma, gGamma, forward) < 2e-2);
        QVERIFY(gapToDifferences(beta, gBeta, forward) < 2e-2);
    }
    for (std::size_t c = 0; c < width; ++c) {
        double sum = 0;
        for (std::size_t r = 0; r < rows; ++r) {
            sum += gx[r * width + c];
        }
        QVERIFY(std::abs(sum - gBias[c]) < 1e-5);
    }
}

void TestKernels::notANumberStays()
{
    for (const kernels::Activation activation : {kernels::Activation::None, kernels::Activation::Relu, kernels::Activation::Gelu}) {
        const std::vector<float> x(3, std::numeric_limits<float>::quiet_NaN());
        std::vector<float> y(3, 0.0F);
        rowLayer({1, 3, activation, {}}, x.data(), nullptr, nullptr, y.data(), nullptr, nullptr, nullptr);
        QVERIFY(std::isnan(y[0]) && std::isnan(y[1]) && std::isnan(y[2]));
    }
}

void TestKernels::dropoutIsFairAndRepeatable()
{
    constexpr std::int64_t rows = 2000;
    constexpr std::int64_t width = 65;
    const Dropout dropout = Dropout::of(0.18, 42, 1000);
    std::vector<float> mask(rows * width);
    dropoutMask(dropout, rows, width, mask.data());
    std::vector<int> byColumn(width);
    std::int64_t dropped = 0;
    std::int64_t both = 0;
    for (std::size_t i = 0; i < mask.size(); ++i) {
        QVERIFY(mask[i] == 0 || mask[i] == dropout.scale);
        if (mask[i] == 0) {
            ++dropped;
            ++byColumn[i % width];
            both += i + width < mask.size() && mask[i + width] == 0 ? 1 : 0;
        }
    }
    const double share = static_cast<double>(dropped) / (rows * width);
    QVERIFY(std::abs(share - 0.18) < 0.004);
    QVERIFY(std::abs(static_cast<double>(both) / (rows * width) - 0.18 * 0.18) <
            0.004); // rows know nothing of each other
    QVERIFY(std::abs(dropout.scale * (1 - 0.18) - 1) < 1e-4);
    for (const int count : byColumn) {
        QVERIFY(std::abs(count - 360) < 100);
    }
    // A row is the same wherever a shard begins.
    std::vector<float> later(10 * width);
    dropoutMask(Dropout::of(0.18, 42, 1500), 10, width, later.data());
    QVERIFY(std::equal(later.begin(), later.end(), mask.begin() + 500 * width));
    std::vector<float> other(10 * width);
    dropoutMask(Dropout::of(0.18, 43, 1500), 10, width, other.data());
    QVERIFY(later != other);
    dropoutMask(Dropout::of(0, 1, 0), 10, width, other.data());
    QVERIFY(other == std::vector<float>(10 * width, 1.0F));
}

void TestKernels::neighbourSums()
{
    const Graph g;
    const auto x = numbers(g.nodes * g.width, 1);
    for (const bool withSelf : {false, true}) {
        std::vector<float> y(x.size());
        sumNeighbours(g.edges, withSelf, g.nodes, g.width, x.data(), y.data());
        for (std::size_t c = 0; c < 5; ++c) {
            const float self = withSelf ? 1.0F : 0.0F;
            QVERIFY(std::abs(y[c] - (x[5 + c] + x[10 + c] + self * x[c])) < 1e-6);
            QVERIFY(std::abs(y[15 + c] - self * x[15 + c]) < 1e-6);
            QVERIFY(std::abs(y[20 + c] - (x[25 + c] + self * x[20 + c])) < 1e-6);
        }
    }
}

void TestKernels::messages()
{
    const Graph g;
    auto x = numbers(g.nodes * g.width, 1);
    auto bonds = numbers(8 * g.width, 2);
    const auto weights = numbers(x.size(), 3);
    std::vector<float> y(x.size());
    const auto forward = [&] {
        sumMessages(g.edges, g.nodes, g.width, x.data(), bonds.data(), nullptr, y.data());
        return weighted(y, weights);
    };
    forward();
    QVERIFY(std::abs(y[21] - (x[21] + std::max(0.0F, x[26] + bonds[7 * 5 + 1]))) < 1e-6);
    std::vector<float> gx(x.size()), gBonds(bonds.size());
    sumMessagesBackward(g.edges, g.nodes, g.width, weights.data(), x.data(), bonds.data(), gx.data(), gBonds.data());
    QVERIFY(gapToDifferences(x, gx, forward) < 2e-3);
    QVERIFY(gapToDifferences(bonds, gBonds, forward) < 2e-3);
}

void TestKernels::pairs()
{
    const Graph g;
    auto x = numbers(g.nodes * g.width, 1);
    std::vector<float> y(8 * 2 * g.width);
    const auto weights = numbers(y.size(), 3);
    const auto forward = [&] {
        pairFeatures(g.edges, g.width, x.data(), y.data());
        return weighted(y, weights);
    };
    forward();
    QVERIFY(std::equal(y.begin(), y.begin() + 10, y.begin() + 10)); // both directions of a bond
    QCOMPARE(y[6 * 10 + 2], x[22] + x[27]);
    QCOMPARE(y[6 * 10 + 5 + 2], std::abs(x[22] - x[27]));
    std::vector<float> gx(x.size());
    pairFeaturesBackward(g.edges, g.nodes, g.width, weights.data(), x.data(), gx.data());
    QVERIFY(gapToDifferences(x, gx, forward) < 2e-3);
}

void TestKernels::pooling_data()
{
    QTest::addColumn<int>("reduce");
    QTest::newRow("sum") << 0;
    QTest::newRow("mean") << 1;
    QTest::newRow("max") << 2;
}

void TestKernels::pooling()
{
    QFETCH(int, reduce);
    const auto how = static_cast<Reduce>(reduce);
    const Graph g;
    auto x = numbers(g.nodes * g.width, 1);
    std::vector<float> y(3 * g.width);
    const auto weights = numbers(y.size(), 3);
    const auto forward = [&] {
        pool(how, g.start.data(), 3, g.width, x.data(), y.data());
        return weighted(y, weights);
    };
    forward();
    const float three[] = {x[0], x[5], x[10]};
    const float expected = how == Reduce::Max ? std::max({three[0], three[1], three[2]})
                                              : (three[0] + three[1] + three[2]) / (how == Reduce::Mean ? 3.0F : 1.0F);
    QVERIFY(std::abs(y[0] - expected) < 1e-6);
    QCOMPARE(y[5], x[15]);
    std::vector<float> gx(x.size());
    poolBackward(how, g.start.data(), 3, g.width, weights.data(), x.data(), y.data(), gx.data());
    QVERIFY(gapToDifferences(x, gx, forward) < 2e-3);
    // Equal maxima share.
    x[0] = x[5] = 9;
    forward();
    poolBackward(Reduce::Max, g.start.data(), 3, g.width, weights.data(), x.data(), y.data(), gx.data());
    QVERIFY(how != Reduce::Max || (gx[0] == weights[0] / 2 && gx[5] == weights[0] / 2));
}

void TestKernels::pairLayerAgreesWithFormula()
{
    PairLayer layer{3, 8, 6, Dropout::of(0.2, 4, 40)};
    const auto values = numbers(24, 1);
    const auto vectors = numbers(24, 2);
    auto weight = numbers(12, 3);
    auto bias = numbers(6, 4);
    const auto weights = numbers(18, 5);
    std::vector<float> mask(24 * 6);
    dropoutMask(layer.dropout, 24, 6, mask.data());
    std::vector<float> y(18);
    const auto forward = [&] {
        pairLayer(layer, values.data(), vectors.data(), weight.data(), bias.data(), y.data());
        return weighted(y, weights);
    };
    forward();
    for (std::size_t atom = 0; atom < 3; ++atom) {
        for (std::size_t c = 0; c < 6; ++c) {
            double sum = 0;
            for (std::size_t k = 0; k < 8; ++k) {
                const std::size_t row = atom * 8 + k;
                const double z = static_cast<double>(weight[2 * c]) * values[row] +
                                 static_cast<double>(weight[2 * c + 1]) * vectors[row] + bias[c];
                sum += std::max(z, 0.0) * mask[row * 6 + c];
            }
            QVERIFY(std::abs(sum - y[atom * 6 + c]) < 1e-5);
        }
    }
    std::vector<float> gWeight(12), gBias(6);
    pairLayerBackward(layer, weights.data(), values.data(), vectors.data(), weight.data(), bias.data(), gWeight.data(),
                      gBias.data());
    QVERIFY(gapToDifferences(weight, gWeight, forward) < 2e-2);
    QVERIFY(gapToDifferences(bias, gBias, forward) < 2e-2);
}

void TestKernels::workersRunEveryTaskOnce()
{
    Workers workers(4);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::atomic<int>> seen(static_cast<std::size_t>(round % 9));
        workers.run(seen.size(), [&](std::size_t task) { ++seen[task]; });
        QVERIFY(std::all_of(seen.begin(), seen.end(), [](const auto& count) { return count == 1; }));
    }
}

void TestKernels::workersPassExceptionsOn()
{
    Workers workers(3);
    std::atomic<int> done = 0;
    try {
        workers.run(6, [&](std::size_t task) {
            ++done;
            if (task == 2 || task == 4) {
                throw std::runtime_error("task " + std::to_string(task));
            }
        });
        QFAIL("no exception");
    } catch (const std::runtime_error& error) {
        QCOMPARE(std::string(error.what()), std::string("task 2"));
    }
    QCOMPARE(done.load(), 6);
    workers.run(2, [&](std::size_t) { ++done; }); // still usable
    QCOMPARE(done.load(), 8);
}

void TestKernels::environmentIsPreparedOnce()
{
    qunsetenv("OMP_WAIT_POLICY");
    qputenv("OPENBLAS_NUM_THREADS", "3");
    QVERIFY(prepareThreadEnvironment());
    QCOMPARE(qgetenv("OMP_WAIT_POLICY"), QByteArray("passive"));
    QCOMPARE(qgetenv("OPENBLAS_NUM_THREADS"), QByteArray("3")); // the user's own choice stays
    QVERIFY(!prepareThreadEnvironment());
}

QTEST_GUILESS_MAIN(TestKernels)
#include "tst_nn_kernels.moc"
