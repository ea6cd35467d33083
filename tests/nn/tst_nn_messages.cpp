// SPDX-License-Identifier: GPL-3.0-or-later
// Message passing in one loop over the edges: against formulas in double precision and against differences of itself;
// bonds that are alike; rows that are finished in place; what a network computes without gradients.
#include <functional>

#include <QtTest>

#include "nn/messagekernels.h"
#include "nn/products.h"
#include "nn/torchmodel.h"
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
using test::Row;
using test::weighted;

constexpr float gateFloor = 1e-5F;

/// One GatedGCN with everything that it reads and writes.
struct Gates {
    Graph graph;
    std::size_t width;
    GatedLayer layer;
    Row parts, ofEdges, z, gates, y, quotient, sum;

    explicit Gates(std::size_t w)
        : width(w), layer{graph.edges, Graph::nodes, static_cast<std::int64_t>(w), gateFloor},
          parts(numbers(4 * Graph::nodes * w, 1, 2)), ofEdges(numbers(Graph::count * w, 2)), z(Graph::count * w),
          gates(Graph::count * w), y(Graph::nodes * w), quotient(Graph::nodes * w), sum(Graph::nodes * w)
    {
    }
    void forward()
    {
        gatedSums(layer, parts.data(), ofEdges.data(), z.data(), gates.data(), y.data(), quotient.data(), sum.data());
    }
    float part(std::size_t node, std::size_t which, std::size_t c) const { return parts[(4 * node + which) * width + c]; }
};

ModelSpec withLayer(LayerType type, VirtualNode virtualNode = VirtualNode::None)
{
    ModelSpec spec = test::toymix("gine-toymix");
    spec.architecture.gnn.layer.type = type;
    spec.architecture.gnn.virtualNode = virtualNode;
    return spec;
}

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gatesAgreeWithFormula_data();
    void gatesAgreeWithFormula();
    void gateGradients_data();
    void gateGradients();
    void sumsAroundAndTheirGradients_data();
    void sumsAroundAndTheirGradients();
    void bondsInBothDirectionsAreSeen();
    void joinedLayerIsTheLayerOfTheSum_data();
    void joinedLayerIsTheLayerOfTheSum();
    void joinedLayerGradients();
    void kindsGiveTheSameMessages();
    void rowsFinishedInPlaceAreTheSame_data();
    void rowsFinishedInPlaceAreTheSame();
    void networksWithoutGradientsComputeTheSame_data();
    void networksWithoutGradientsComputeTheSame();
    void nothingBehindWhatIsAskedForIsNeeded();
    void productsOfAStepAreThoseOfTheNetwork();
};

void TestMessages::gatesAgreeWithFormula_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {1, 5, 16, 33, 96}) {
        QTest::addRow("%d", width) << width;
    }
}

void TestMessages::gatesAgreeWithFormula()
{
    QFETCH(int, width);
    Gates gates(static_cast<std::size_t>(width));
    gates.parts[0] = 90; // far out: 1 / (1 + e^−z) of both signs
    gates.ofEdges[0] = -120;
    gates.ofEdges[gates.width] = 130;
    gates.forward();
    for (std::size_t c = 0; c < gates.width; ++c) {
        for (std::size_t i = 0; i < Graph::nodes; ++i) {
            double product = 0, total = gateFloor;
            for (std::size_t e = 0; e < Graph::count; ++e) {
                const double z = static_cast<double>(gates.part(gates.graph.to(e), 2, c)) +
                                 gates.part(gates.graph.from(e), 3, c) + gates.ofEdges[e * gates.width + c];
                QVERIFY(std::abs(z - gates.z[e * gates.width + c]) < 1e-5 * std::max(1.0, std::abs(z)));
                if (gates.graph.to(e) == i) {
                    product += gates.part(gates.graph.from(e), 1, c) / (1 + std::exp(-z));
                    total += 1 / (1 + std::exp(-z));
                }
            }
            const double y = gates.part(i, 0, c) + product / total;
            QVERIFY(std::abs(y - gates.y[i * gates.width + c]) < 2e-6 * std::max(1.0, std::abs(y)));
        }
    }
    for (const bool wantsZ : {false, true}) { // what nobody asks for changes nothing of the rest
        Row y(gates.y.size()), z(gates.z.size()), open(gates.gates.size());
        gatedSums(gates.layer, gates.parts.data(), gates.ofEdges.data(), wantsZ ? z.data() : nullptr,
                  wantsZ ? nullptr : open.data(), y.data(), gates.quotient.data(), gates.sum.data());
        QCOMPARE(y, gates.y);
        QCOMPARE(wantsZ ? z : open, wantsZ ? gates.z : gates.gates);
    }
}

void TestMessages::gateGradients_data()
{
    QTest::addColumn<bool>("edgesGoOn");
    QTest::addRow("atoms alone") << false;
    QTest::addRow("atoms and edges") << true;
}

void TestMessages::gateGradients()
{
    QFETCH(bool, edgesGoOn);
    Gates gates(5);
    const Row forNodes = numbers(gates.y.size(), 3);
    const Row forEdges = numbers(gates.z.size(), 4);
    const auto function = [&] {
        gates.forward();
        return weighted(gates.y, forNodes) + (edgesGoOn ? weighted(gates.z, forEdges) : 0);
    };
    function();
    Row gParts(gates.parts.size(), 7), gEdges(gates.ofEdges.size(), 7); // whatever was there does not count
    gatedSumsBackward(gates.layer, forNodes.data(), edgesGoOn ? forEdges.data() : nullptr, gates.parts.data(),
                      gates.gates.data(), gates.quotient.data(), gates.sum.data(), gParts.data(), gEdges.data());
    QVERIFY(gapToDifferences(gates.parts, gParts, function) < 1e-3);
    QVERIFY(gapToDifferences(gates.ofEdges, gEdges, function) < 1e-3);
}

void TestMessages::sumsAroundAndTheirGradients_data()
{
    QTest::addColumn<bool>("once");
    QTest::newRow("both sums of atoms") << false;
    QTest::newRow("one sum of atoms") << true;
}

void TestMessages::sumsAroundAndTheirGradients()
{
    QFETCH(bool, once);
    const Graph graph;
    const AroundLayer layer{graph.edges, Graph::nodes, 5, 3, once};
    const auto out = static_cast<std::size_t>(layer.outWidth());
    const auto self = static_cast<std::size_t>(layer.self());
    QCOMPARE(out, std::size_t(once ? 16 : 21));
    Row x = numbers(Graph::nodes * 5, 1), edges = numbers(Graph::count * 3, 2), y(Graph::nodes * out, 7);
    sumAround(layer, x.data(), edges.data(), y.data());
    for (std::size_t i = 0; i < Graph::nodes; ++i) {
        std::vector<double> expected(out, 0.0);
        for (std::size_t e = 0; e < Graph::count; ++e) {
            for (std::size_t c = 0; c < 3; ++c) {
                expected[c] += graph.to(e) == i ? edges[e * 3 + c] : 0;
                expected[8 + c] += graph.from(e) == i ? edges[e * 3 + c] : 0;
            }
            for (std::size_t c = 0; c < 5; ++c) {
                expected[3 + c] += graph.to(e) == i ? x[graph.from(e) * 5 + c] : 0;
                expected[once ? 0 : 11 + c] += !once && graph.from(e) == i ? x[graph.to(e) * 5 + c] : 0;
            }
        }
        for (std::size_t c = 0; c < 5; ++c) {
            expected[self + c] = x[i * 5 + c];
        }
        for (std::size_t c = 0; c < out; ++c) {
            QVERIFY(std::abs(expected[c] - y[i * out + c]) < 1e-6);
        }
    }
    const Row weights = numbers(y.size(), 3);
    Row gx(x.size(), 7), gEdges(edges.size(), 7);
    sumAroundBackward(layer, weights.data(), gx.data(), gEdges.data());
    const auto function = [&] {
        sumAround(layer, x.data(), edges.data(), y.data());
        return weighted(y, weights);
    };
    QVERIFY(gapToDifferences(x, gx, function) < 1e-3);
    QVERIFY(gapToDifferences(edges, gEdges, function) < 1e-3);
}

void TestMessages::bondsInBothDirectionsAreSeen()
{
    std::vector<std::int64_t> from = {10, 11, 11, 12};
    std::vector<std::int64_t> to = {11, 10, 12, 11};
    QVERIFY(bothWays({from.data(), to.data(), 4, 10}));
    QVERIFY(bothWays({from.data(), to.data(), 0, 10}));
    QVERIFY(!bothWays({from.data(), to.data(), 3, 10}));
    std::swap(to[0], to[2]);
    QVERIFY(!bothWays({from.data(), to.data(), 4, 10}));
}

void TestMessages::joinedLayerIsTheLayerOfTheSum_data()
{
    QTest::addColumn<bool>("norm");
    QTest::addColumn<bool>("drop");
    QTest::addRow("norm") << true << false;
    QTest::addRow("norm, dropout") << true << true;
    QTest::addRow("bare") << false << false;
}

void TestMessages::joinedLayerIsTheLayerOfTheSum()
{
    QFETCH(bool, norm);
    QFETCH(bool, drop);
    // More edges than are taken at a time: the dropout's row numbers must go on.
    constexpr std::size_t width = 9, count = 50, nodes = 20;
    Random random(5);
    std::vector<std::int64_t> senders, receivers;
    for (std::size_t e = 0; e < count; ++e) {
        senders.push_back(static_cast<std::int64_t>(random.below(nodes)));
        receivers.push_back(static_cast<std::int64_t>(random.below(nodes)));
    }
    const Edges edges{senders.data(), receivers.data(), count, 0};
    RowLayer layer{count, width, kernels::Activation::Gelu, {}};
    if (drop) {
        layer.dropout = Dropout::of(0.3, 5, 17);
    }
    const Row a = numbers(nodes * width, 1), b = numbers(nodes * width, 2), c = numbers(count * width, 3);
    const Row gamma = numbers(width, 4), beta = numbers(width, 5);
    Row sum(count * width);
    for (std::size_t e = 0; e < count; ++e) {
        for (std::size_t k = 0; k < width; ++k) {
            sum[e * width + k] = a[static_cast<std::size_t>(receivers[e]) * width + k] +
                                 b[static_cast<std::size_t>(senders[e]) * width + k] + c[e * width + k];
        }
    }
    Row y(sum.size()), slope(sum.size()), mean(count), rstd(count), z(sum.size());
    Row y2(sum.size()), slope2(sum.size()), mean2(count), rstd2(count);
    const float* scale = norm ? gamma.data() : nullptr;
    rowLayer(layer, sum.data(), scale, beta.data(), y.data(), slope.data(), mean.data(), rstd.data());
    joinLayer(edges, layer, a.data(), b.data(), c.data(), scale, beta.data(), z.data(), y2.data(), slope2.data(),
              mean2.data(), rstd2.data());
    QCOMPARE(z, sum);
    QCOMPARE(y2, y);
    QCOMPARE(slope2, slope);
    if (!drop) {
        joinLayer(edges, layer, a.data(), b.data(), c.data(), scale, beta.data(), z.data(), nullptr, nullptr, nullptr,
                  nullptr);
        QCOMPARE(z, y);
    }
}

void TestMessages::joinedLayerGradients()
{
    const Graph graph;
    constexpr std::size_t width = 6;
    RowLayer layer{Graph::count, width, kernels::Activation::Gelu, Dropout::of(0.2, 3, 4)};
    Row a = numbers(Graph::nodes * width, 1), b = numbers(Graph::nodes * width, 2), c = numbers(Graph::count * width, 3);
    Row gamma = numbers(width, 4), beta = numbers(width, 5);
    Row z(c.size()), y(c.size()), slope(c.size()), mean(Graph::count), rstd(Graph::count);
    const Row weights = numbers(c.size(), 6);
    const auto function = [&] {
        joinLayer(graph.edges, layer, a.data(), b.data(), c.data(), gamma.data(), beta.data(), z.data(), y.data(),
                  slope.data(), mean.data(), rstd.data());
        return weighted(y, weights);
    };
    function();
    Row ga(a.size()), gb(b.size()), gc(c.size()), gBias(width), gGamma(width), gBeta(width);
    joinLayerBackward(graph.edges, layer, weights.data(), z.data(), gamma.data(), slope.data(), mean.data(), rstd.data(),
                      {gc.data(), gBias.data(), gGamma.data(), gBeta.data()}, ga.data(), gb.data());
    QVERIFY(gapToDifferences(a, ga, function) < 5e-3);
    QVERIFY(gapToDifferences(b, gb, function) < 5e-3);
    QVERIFY(gapToDifferences(c, gc, function) < 5e-3);
    QVERIFY(gapToDifferences(gamma, gGamma, function) < 5e-3);
    QVERIFY(gapToDifferences(beta, gBeta, function) < 5e-3);
}

void TestMessages::kindsGiveTheSameMessages()
{
    const Graph graph;
    constexpr std::size_t width = 7;
    const Row x = numbers(Graph::nodes * width, 1), table = numbers(3 * width, 2);
    const std::vector<std::int32_t> kinds{0, 0, 2, 2, 1, 1, 0, 0};
    Row bonds;
    for (const std::int32_t kind : kinds) {
        bonds.insert(bonds.end(), table.begin() + kind * static_cast<int>(width),
                     table.begin() + (kind + 1) * static_cast<int>(width));
    }
    Row one(x.size()), two(x.size());
    sumMessages(graph.edges, Graph::nodes, width, x.data(), bonds.data(), nullptr, one.data());
    sumMessages(graph.edges, Graph::nodes, width, x.data(), table.data(), kinds.data(), two.data());
    QCOMPARE(two, one);
}

void TestMessages::rowsFinishedInPlaceAreTheSame_data()
{
    QTest::addColumn<int>("activation");
    QTest::addColumn<bool>("norm");
    QTest::addColumn<bool>("bias");
    for (int activation = 0; activation < 3; ++activation) {
        for (const bool norm : {false, true}) {
            for (const bool bias : {false, true}) {
                QTest::addRow("%d %d %d", activation, norm, bias) << activation << norm << bias;
            }
        }
    }
}

void TestMessages::rowsFinishedInPlaceAreTheSame()
{
    QFETCH(int, activation);
    QFETCH(bool, norm);
    QFETCH(bool, bias);
    constexpr std::size_t rows = 37, width = 19;
    const RowLayer layer{rows, width, static_cast<kernels::Activation>(activation), {}};
    const Row x = numbers(rows * width, 1, 3), shift = numbers(width, 2), gamma = numbers(width, 3), beta = numbers(width, 4);
    Row sum = x;
    for (std::size_t i = 0; bias && i < sum.size(); ++i) {
        sum[i] += shift[i % width];
    }
    const float* scale = norm ? gamma.data() : nullptr;
    const float* added = bias ? shift.data() : nullptr;
    Row y(x.size()), slope(x.size()), mean(rows), rstd(rows);
    rowLayer(layer, sum.data(), scale, beta.data(), y.data(), slope.data(), mean.data(), rstd.data());
    Row inPlace = x;
    finishRows(layer, added, scale, beta.data(), inPlace.data());
    QCOMPARE(inPlace, y);
    Row input = x, y2(x.size()), slope2(x.size()), mean2(rows), rstd2(rows);
    biasedRowLayer(layer, added, input.data(), scale, beta.data(), y2.data(), slope2.data(), mean2.data(), rstd2.data());
    QCOMPARE(input, sum);
    QCOMPARE(y2, y);
    QCOMPARE(slope2, slope);
}

void TestMessages::networksWithoutGradientsComputeTheSame_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("virtualNode");
    for (const LayerType type : {LayerType::Gcn, LayerType::Gin, LayerType::Gine, LayerType::GatedGcn, LayerType::MpnnPlus}) {
        QTest::addRow("%d", static_cast<int>(type)) << static_cast<int>(type) << static_cast<int>(VirtualNode::None);
    }
    QTest::addRow("virtual node") << static_cast<int>(LayerType::Gine) << static_cast<int>(VirtualNode::LogSum);
}

/// Bonds that are alike are computed once there, and rows finished in place.
void TestMessages::networksWithoutGradientsComputeTheSame()
{
    QFETCH(int, type);
    QFETCH(int, virtualNode);
    const ModelSpec spec = withLayer(static_cast<LayerType>(type), static_cast<VirtualNode>(virtualNode));
    const auto model = createTorchModel(spec, {});
    const auto plain = createPlainTorchModel(spec, {});
    QVERIFY(model && plain);
    const Batch batch = test::randomMolecules(30, 12, 3).batch();
    const auto one = (*model)->evaluate(batch);
    const auto two = (*plain)->evaluate(batch);
    QVERIFY(one && two);
    for (std::size_t h = 0; h < one->outputs.size(); ++h) {
        QVERIFY(test::difference(one->outputs[h], two->outputs[h]) < 1e-4 * std::max(1.0, test::largest(two->outputs[h])));
    }
    const std::vector<std::string> names{"gnn.0.out", "gnn.2.out"};
    const auto some = (*model)->intermediates(batch, names);
    const auto same = (*plain)->intermediates(batch, names);
    QVERIFY(some && same);
    for (const std::string& name : names) {
        const auto& expected = same->at(name).tensor.values;
        QVERIFY(test::difference(some->at(name).tensor.values, expected) < 1e-4 * std::max(1.0, test::largest(expected)));
    }
}

void TestMessages::nothingBehindWhatIsAskedForIsNeeded()
{
    const auto model = createTorchModel(withLayer(LayerType::Gine), {});
    QVERIFY(model);
    const Batch batch = test::randomMolecules(5, 9, 1).batch();
    const std::vector<std::string> all = (*model)->intermediateNames();
    const auto together = (*model)->intermediates(batch, all);
    QVERIFY(together);
    for (const std::string& name : all) {
        const auto alone = (*model)->intermediates(batch, std::span(&name, 1));
        QVERIFY2(alone, name.c_str());
        const auto& expected = together->at(name).tensor.values;
        QVERIFY2(test::difference(alone->at(name).tensor.values, expected) <= 1e-5 * std::max(1.0, test::largest(expected)),
                 name.c_str());
    }
}

/// The products that are timed beside a training are those of the network: forward, and two of each backward.
void TestMessages::productsOfAStepAreThoseOfTheNetwork()
{
    const ModelSpec spec = withLayer(LayerType::Gcn);
    Batch batch = test::randomMolecules(7, 9, 1).batch();
    test::addLabels(batch, spec, 1);
    const auto products = productsOfStep(spec, batch);
    QVERIFY(products);
    const auto count = [&](std::int64_t rows, std::int64_t inner, std::int64_t columns) {
        return std::count_if(products->begin(), products->end(), [&](const MatrixProduct& p) {
            return p.stack == 1 && p.rows == rows && p.inner == inner && p.columns == columns;
        });
    };
    // GCN layers of width 96 but the first: three forward, three back to their input; three for weights, either way.
    QCOMPARE(count(batch.nodes, 96, 96), 6);
    QCOMPARE(count(96, batch.nodes, 96), 3);
    const auto time = timeProducts(*products, {.threads = 2}, 0.01);
    QVERIFY(time && time->seconds > 0);
    QVERIFY(!timeProducts({}, {.threads = 1}, 0.01));
    QVERIFY(!timeProducts(*products, {.device = "quantum"}, 0.01));
}

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_nn_messages.moc"
