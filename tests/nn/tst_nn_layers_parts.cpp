// SPDX-License-Identifier: GPL-3.0-or-later
// What the graph layers are made of, against plain loops: aggregations, attention, residuals, virtual nodes; and the
// statistics of DropPath and of dropout in the attention.
#include "nn/aggregation.h"
#include "nn/attention.h"
#include "nn/graphlayer.h"
#include "nn/layerparts.h"
#include "nn/residual.h"
#include "nn/virtualnode.h"

#include <numeric>

#include <QtTest>

#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

/// A pass over a piece of a batch.
struct Piece {
    Piece(const Batch& batch, const Shard& cut, bool plain) : shard(cut)
    {
        const auto whole = at::TensorOptions(at::kLong);
        pass.shard = &shard;
        pass.plain = plain;
        const auto copy = [&](const std::vector<std::int64_t>& from, std::int64_t first, std::int64_t count,
                              std::int64_t less) {
            Tensor values = at::empty({count}, whole);
            for (std::int64_t i = 0; i < count; ++i) {
                values.data_ptr<std::int64_t>()[i] = from[static_cast<std::size_t>(first + i)] - less;
            }
            return values;
        };
        pass.senders = copy(batch.senders, shard.firstEdge, shard.edges, shard.firstNode);
        pass.receivers = copy(batch.receivers, shard.firstEdge, shard.edges, shard.firstNode);
        pass.graphOf = copy(batch.graphOf, shard.firstNode, shard.nodes, shard.firstGraph);
    }
    Piece(const Piece&) = delete;
    Piece& operator=(const Piece&) = delete;

    Shard shard;
    Pass pass;
};

Tensor randomTensor(std::int64_t rows, std::int64_t width, std::uint64_t seed, bool rounded = false)
{
    Random random(seed);
    Tensor tensor = at::empty({rows, width}, at::TensorOptions(at::kFloat));
    for (std::int64_t i = 0; i < tensor.numel(); ++i) {
        const double value = 2 * random.uniform() - 1;
        tensor.data_ptr<float>()[i] = static_cast<float>(rounded ? std::round(2 * value) : value);
    }
    return tensor;
}

double gap(const Tensor& a, const Tensor& b)
{
    if (a.sizes() != b.sizes()) {
        return std::numeric_limits<double>::infinity();
    }
    return a.numel() == 0 ? 0 : (a - b).abs().max().item<double>();
}

Batch someBatch(int molecules = 12, int atoms = 7)
{
    test::Molecules made = test::randomMolecules(molecules, atoms, 4);
    Random random(5);
    MolGraph scattered = test::chain(3);
    scattered.bonds.clear();
    made.add(scattered, random);
    made.add(test::chain(1), random);
    made.add(test::ring(19), random);
    return made.batch();
}

/// One number from the values that an atom receives in one column.
double byHand(Aggregation kind, std::vector<double> values, Deviation deviation)
{
    const auto n = static_cast<double>(values.size());
    if (values.empty()) {
        return kind == Aggregation::Std && deviation == Deviation::Floored ? std::sqrt(1e-5) : 0;
    }
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    double squares = 0;
    double weights = 0;
    double weighted = 0;
    for (const double value : values) {
        squares += (value - sum / n) * (value - sum / n) / n;
        weights += std::exp(value);
        weighted += std::exp(value) * value;
    }
    std::sort(values.begin(), values.end());
    switch (kind) {
    case Aggregation::Sum:
        return sum;
    case Aggregation::Mean:
        return sum / n;
    case Aggregation::Max:
        return values.back();
    case Aggregation::Min:
        return values.front();
    case Aggregation::Var:
        return squares;
    case Aggregation::Std:
        return deviation == Deviation::Floored ? std::sqrt(squares + 1e-5) : squares > 1e-5 ? std::sqrt(squares) : 0;
    case Aggregation::Softmax:
        return weighted / weights;
    case Aggregation::Median:
        return values[(values.size() - 1) / 2];
    }
    return 0;
}

/// All tensors of a list by name, with a Places to look them up.
struct Named {
    std::vector<std::string> names;
    Weights tensors;

    void add(const std::string& name, const Tensor& tensor)
    {
        names.push_back(name);
        tensors.push_back(tensor);
    }
    Places places() const { return Places(names); }
};

} // namespace

class TestLayerParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aggregationsByHand_data();
    void aggregationsByHand();
    void gradientOfEqualOnesGoesToTheFirst();
    void movesHaveTheRightGradients();
    void attentionByHand();
    void attentionGroupsCover();
    void attentionDropsTheSameInAnyCompany();
    void connectedLayersDropBeforeTheyActivate();
    void dropPathLeavesOutMolecules();
    void residualsByHand_data();
    void residualsByHand();
    void residualCounterRunsOut();
    void virtualNodeByHand();
    void equalRowsAreOneKind();
};

void TestLayerParts::aggregationsByHand_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("plain");
    for (int kind = 0; kind < 8; ++kind) {
        QTest::addRow("%d", kind) << kind << false;
        QTest::addRow("%d, plain", kind) << kind << true;
    }
}

void TestLayerParts::aggregationsByHand()
{
    QFETCH(int, kind);
    QFETCH(bool, plain);
    const Batch batch = someBatch();
    Piece piece(batch, cutIntoShards(batch, 0)[0], plain);
    const Tensor messages = randomTensor(batch.edges, 5, 7, kind % 2 == 0); // rounded: with equal values
    for (const End end : {End::Receiver, End::Sender}) {
        const Neighbours neighbours = neighboursAt(end, at::empty({batch.nodes, 1}), piece.pass);
        for (const Deviation deviation : {Deviation::Floored, Deviation::Cut}) {
            const Tensor found = aggregate(messages, static_cast<Aggregation>(kind), neighbours, deviation, piece.pass);
            for (std::int64_t atom = 0; atom < batch.nodes; ++atom) {
                for (std::int64_t c = 0; c < 5; ++c) {
                    std::vector<double> values;
                    for (std::int64_t e = 0; e < batch.edges; ++e) {
                        const auto& at = end == End::Receiver ? batch.receivers : batch.senders;
                        if (at[static_cast<std::size_t>(e)] == atom) {
                            values.push_back(messages[e][c].item<double>());
                        }
                    }
                    const double expected = byHand(static_cast<Aggregation>(kind), values, deviation);
                    const double given = found[atom][c].item<double>();
                    QVERIFY2(std::abs(given - expected) < 1e-5,
                             qPrintable(QStringLiteral("%1 for %2").arg(given).arg(expected)));
                }
            }
        }
    }
    // Nothing at all
    Batch none = test::Molecules{}.batch();
    Piece empty(none, cutIntoShards(none, 0)[0], plain);
    const Tensor nothing = at::zeros({0, 5});
    QCOMPARE(aggregate(nothing, static_cast<Aggregation>(kind), neighboursAt(End::Receiver, nothing, empty.pass),
                       Deviation::Cut, empty.pass)
                 .numel(),
             0);
}

void TestLayerParts::gradientOfEqualOnesGoesToTheFirst()
{
    const Tensor index = at::tensor(std::vector<std::int64_t>{1, 0, 1, 1, 0});
    const std::vector<float> values = {2, 5, 3, 3, 5};
    Pass pass;
    for (const bool plain : {false, true}) {
        pass.plain = plain;
        for (const bool smallest : {false, true}) {
            Tensor x = at::tensor(values).view({5, 1}).mul(smallest ? -1 : 1).requires_grad_(true);
            const Tensor y = extremeRows(x, smallest, index, 3, pass);
            QCOMPARE(std::abs(y[0][0].item<float>()), 5.0F);
            QCOMPARE(std::abs(y[1][0].item<float>()), 3.0F);
            QCOMPARE(y[2][0].item<float>(), 0.0F);
            const Tensor slopes = torch::autograd::grad({y.sum()}, {x})[0].view({-1});
            QVERIFY(at::equal(slopes, at::tensor(std::vector<float>{0, 1, 1, 0, 0})));
        }
    }
}

void TestLayerParts::movesHaveTheRightGradients()
{
    const Batch batch = someBatch();
    Piece fast(batch, cutIntoShards(batch, 0)[0], false);
    Piece plain(batch, cutIntoShards(batch, 0)[0], true);
    const auto run = [&](const Pass& pass) {
        Tensor x = randomTensor(batch.nodes, 5, 1).requires_grad_(true);
        Tensor y = randomTensor(batch.nodes, 5, 2).requires_grad_(true);
        Tensor e = randomTensor(batch.edges, 5, 3).requires_grad_(true);
        const Tensor joined = joinEnds(x, y, e, pass) * joinEnds(y, x, Tensor(), pass);
        const Tensor taken = takeRows(x, pass.graphOf, pass) * sumAcross(y, End::Sender, pass);
        const Tensor sums =
            addRows(joined * joined, pass.senders, batch.nodes, pass) * sumAcross(x, End::Receiver, pass);
        const Tensor total = (sums * taken).sum() + extremeRows(joined, true, pass.receivers, batch.nodes, pass).sum();
        auto found = torch::autograd::grad({total}, {x, y, e});
        found.push_back(total.detach().view({1}));
        return found;
    };
    const auto one = run(fast.pass);
    const auto other = run(plain.pass);
    for (std::size_t i = 0; i < one.size(); ++i) {
        QVERIFY(gap(one[i], other[i]) < 1e-5 * std::max(1.0, other[i].abs().max().item<double>()));
    }
}

void TestLayerParts::attentionByHand()
{
    const Batch batch = someBatch();
    constexpr std::int64_t width = 6;
    constexpr int heads = 2;
    Named named;
    named.add("a.in_proj_weight", randomTensor(3 * width, width, 1) * 2);
    named.add("a.in_proj_bias", randomTensor(1, 3 * width, 2).view({-1}));
    named.add("a.out_proj.weight", randomTensor(width, width, 3));
    named.add("a.out_proj.bias", randomTensor(1, width, 4).view({-1}));
    const Attention attention("a", heads, 0.5, named.places());
    const Tensor x = randomTensor(batch.nodes, width, 5);
    std::int64_t longest = 0;
    for (std::size_t g = 0; g < static_cast<std::size_t>(batch.graphs); ++g) {
        longest = std::max(longest, batch.nodeStart[g + 1] - batch.nodeStart[g]);
    }
    const Tensor bias =
        randomTensor(batch.graphs * heads * longest, longest, 6).view({batch.graphs, heads, longest, longest});
    for (const bool plain : {false, true}) {
        Piece piece(batch, cutIntoShards(batch, 0)[0], plain);
        const Tensor found = attention.forward(x, bias, named.tensors, piece.pass); // not training: no dropout
        const Tensor qkv = at::linear(x, named.tensors[0], named.tensors[1]);
        for (std::int64_t g = 0; g < batch.graphs; ++g) {
            const std::int64_t first = batch.nodeStart[static_cast<std::size_t>(g)];
            const std::int64_t n = batch.nodeStart[static_cast<std::size_t>(g + 1)] - first;
            std::vector<Tensor> parts;
            for (std::int64_t h = 0; h < heads; ++h) {
                const auto part = [&](std::int64_t which) {
                    return qkv.narrow(0, first, n).narrow(1, which * width + h * 3, 3);
                };
                const Tensor scores = part(0).mm(part(1).t()) / 3.0 + bias[g][h].narrow(0, 0, n).narrow(1, 0, n);
                parts.push_back(at::softmax(scores, 1).mm(part(2)));
            }
            const Tensor expected = at::linear(at::cat(parts, 1), named.tensors[2], named.tensors[3]);
            QVERIFY(gap(found.narrow(0, first, n), expected) < 1e-5);
        }
    }
}

void TestLayerParts::attentionGroupsCover()
{
    Random random(1);
    test::Molecules molecules;
    for (const int atoms : {3, 490, 20, 25, 1, 22, 300, 310, 2, 2, 80}) {
        molecules.add(test::chain(atoms), random);
    }
    const Batch batch = molecules.batch();
    const Shard shard = cutIntoShards(batch, 0)[0];
    std::int64_t graph = 0;
    std::int64_t area = 0;
    std::int64_t squares = 0;
    for (const AttentionGroup& group : attentionGroups(shard)) {
        QCOMPARE(group.firstGraph, graph);
        QCOMPARE(group.firstNode, batch.nodeStart[static_cast<std::size_t>(graph)]);
        for (std::int64_t g = graph; g < graph + group.graphs; ++g) {
            const std::int64_t atoms =
                batch.nodeStart[static_cast<std::size_t>(g + 1)] - batch.nodeStart[static_cast<std::size_t>(g)];
            QVERIFY(atoms <= group.longest);
            squares += atoms * atoms;
        }
        graph += group.graphs;
        area += group.graphs * group.longest * group.longest;
    }
    QCOMPARE(graph, batch.graphs);
    QVERIFY(area <= 2 * squares + 4 * 32768);
}

void TestLayerParts::attentionDropsTheSameInAnyCompany()
{
    const Batch batch = someBatch(300, 9);
    constexpr std::int64_t width = 4;
    Named named;
    named.add("a.in_proj_weight", at::zeros({3 * width, width}));
    named.add("a.in_proj_bias", at::ones({3 * width})); // equal scores, all values 1
    named.add("a.out_proj.weight", at::eye(width));
    named.add("a.out_proj.bias", at::zeros({width}));
    const Attention attention("a", 2, 0.25, named.places());
    const Tensor x = randomTensor(batch.nodes, width, 5);
    const auto run = [&](std::int64_t atoms) {
        std::vector<Tensor> rows;
        for (const Shard& shard : cutIntoShards(batch, atoms)) {
            Piece piece(batch, shard, false);
            piece.pass.training = true;
            piece.pass.seed = 11;
            rows.push_back(
                attention.forward(x.narrow(0, shard.firstNode, shard.nodes), Tensor(), named.tensors, piece.pass));
        }
        return at::cat(rows);
    };
    const Tensor whole = run(0);
    QVERIFY(gap(run(100), whole) < 1e-6);
    // Each value is the sum of the weights that survived; its mean stays 1, its variance is 0.25 / 0.75 / n.
    QVERIFY(std::abs(whole.mean().item<double>() - 1) < 0.02);
    QVERIFY((whole - 1).abs().max().item<double>() > 0.2);
}

/// Half of z goes, the other half doubles, then GELU: z Φ(z).
void TestLayerParts::connectedLayersDropBeforeTheyActivate()
{
    const Batch batch = someBatch();
    const Tensor z = randomTensor(batch.nodes, 16, 3);
    for (const bool plain : {false, true}) {
        Piece piece(batch, cutIntoShards(batch, 0).front(), plain);
        piece.pass.training = true;
        piece.pass.seed = 5;
        const Tensor y = finishFullyConnected(z, {}, NormPlaces(), Activation::Gelu, 0.5, Level::Node, piece.pass);
        std::int64_t dropped = 0;
        for (std::int64_t i = 0; i < z.numel(); ++i) {
            const float found = y.data_ptr<float>()[i];
            const double twice = 2.0 * z.data_ptr<float>()[i];
            dropped += found == 0;
            QVERIFY(found == 0 || std::abs(found - twice * 0.5 * std::erfc(-twice / std::sqrt(2.0))) < 1e-5);
        }
        QVERIFY(dropped > z.numel() / 3 && dropped < 2 * z.numel() / 3);
    }
}

void TestLayerParts::dropPathLeavesOutMolecules()
{
    const Batch batch = someBatch(4000, 5);
    const Tensor ones = at::ones({batch.nodes, 3});
    const auto run = [&](double rate, bool training, bool always, std::int64_t atoms, std::uint64_t seed) {
        std::vector<Tensor> rows;
        for (const Shard& shard : cutIntoShards(batch, atoms)) {
            Piece piece(batch, shard, false);
            piece.pass.training = training;
            piece.pass.seed = seed;
            rows.push_back(dropPath(ones.narrow(0, shard.firstNode, shard.nodes), rate, always, piece.pass));
        }
        return at::cat(rows);
    };
    for (const double rate : {0.1, 0.5, 0.9}) {
        const Tensor found = run(rate, true, false, 0, 1);
        QVERIFY(gap(run(rate, true, false, 300, 1), found) == 0);
        QVERIFY(gap(run(rate, true, false, 0, 2), found) > 0);
        int dropped = 0;
        for (std::int64_t g = 0; g < batch.graphs; ++g) {
            const Tensor rows = found.narrow(0, batch.nodeStart[static_cast<std::size_t>(g)],
                                             batch.nodeStart[static_cast<std::size_t>(g + 1)] -
                                                 batch.nodeStart[static_cast<std::size_t>(g)]);
            const double value = rows[0][0].item<double>();
            QVERIFY((rows == value).all().item<bool>());
            QVERIFY(value == 0 || std::abs(value - 1 / (1 - rate)) < 1e-3);
            dropped += value == 0 ? 1 : 0;
        }
        const double expected = rate * static_cast<double>(batch.graphs);
        QVERIFY(std::abs(dropped - expected) < 4 * std::sqrt(expected * (1 - rate)));
    }
    QVERIFY(gap(run(0.5, false, false, 0, 1), ones) == 0);
    QVERIFY(gap(run(0.5, false, true, 0, 1), ones) > 0);
    QVERIFY(gap(run(0.5, false, true, 0, 1), run(0.5, false, true, 300, 1)) == 0);
    QVERIFY(gap(run(0, true, true, 0, 1), ones) == 0);
    QVERIFY(run(1, true, false, 0, 1).abs().max().item<float>() == 0);
}

void TestLayerParts::residualsByHand_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("skip");
    for (int kind = 0; kind < 6; ++kind) {
        for (int skip = 1; skip <= 3; ++skip) {
            if (skip == 1 || kind != static_cast<int>(Residual::Random)) {
                QTest::addRow("%d, skip %d", kind, skip) << kind << skip;
            }
        }
    }
}

void TestLayerParts::residualsByHand()
{
    QFETCH(int, kind);
    QFETCH(int, skip);
    const auto type = static_cast<Residual>(kind);
    constexpr int depth = 8;
    Named named;
    for (int i = 0; i < depth; ++i) {
        named.add("r.residual_list." + std::to_string(i) + ".linear.weight",
                  randomTensor(3, 3, 50 + static_cast<std::uint64_t>(i)));
        named.add("r.random_weights." + std::to_string(i),
                  randomTensor(1, std::max(1, i), 80 + static_cast<std::uint64_t>(i)).view({-1}));
    }
    const auto tensor = [&](const std::string& name) { return pick(named.tensors, named.places().of(name)); };
    const ResidualPath path({type, skip, depth, Activation::Tanh, Norm::None, 0, false}, "r", named.places());
    ResidualMemory memory;
    Pass pass;
    pass.plain = true;
    std::vector<Tensor> own;    // of the layers
    std::vector<Tensor> joined; // what went on
    std::vector<int> steps;     // that took part
    for (int step = 0; step < depth; ++step) {
        own.push_back(randomTensor(4, 3, static_cast<std::uint64_t>(step)));
        const Tensor found = path.join(own.back(), step, memory, named.tensors, Level::Node, pass);
        Tensor expected = own.back();
        const bool part = step % skip == 0 && step < depth - 1 && type != Residual::None;
        if (part && step > 0) {
            const auto last = static_cast<std::size_t>(steps.back());
            if (type == Residual::Simple) {
                expected = expected + joined[last];
            } else if (type == Residual::Weighted) {
                const std::string map = "r.residual_list." + std::to_string(step / skip - 1) + ".linear.weight";
                expected = expected + at::tanh(joined[last].mm(tensor(map).t()));
            } else if (type == Residual::Concat) {
                expected = at::cat({expected, own[last]}, 1);
            } else if (type == Residual::DenseNet) {
                expected = at::cat({expected, joined[last]}, 1);
            } else {
                const Tensor factors = tensor("r.random_weights." + std::to_string(step));
                for (int i = 0; i < step; ++i) {
                    expected = expected + factors[i] * joined[static_cast<std::size_t>(i)];
                }
            }
        }
        if (part) {
            steps.push_back(step);
        }
        joined.push_back(expected);
        QVERIFY(gap(found, expected) < 1e-6);
    }
}

/// Four layers: the first pass has two joints, the second one with the third matrix, the third none.
void TestLayerParts::residualCounterRunsOut()
{
    Named named;
    for (int i = 0; i < 3; ++i) {
        named.add("r.residual_list." + std::to_string(i) + ".linear.weight", at::full({1, 1}, 10.0 * (i + 1)));
    }
    for (const bool counter : {false, true}) {
        const ResidualPath path({Residual::Weighted, 1, 4, Activation::None, Norm::None, 0, counter}, "r",
                                named.places());
        for (std::uint64_t passes = 0; passes < 4; ++passes) {
            ResidualMemory memory;
            Pass pass;
            pass.plain = true;
            pass.earlierPasses = passes;
            std::vector<float> found;
            for (int step = 0; step < 4; ++step) {
                found.push_back(
                    path.join(at::ones({1, 1}), step, memory, named.tensors, Level::Node, pass).item<float>());
            }
            const std::vector<float> expected = !counter || passes == 0 ? std::vector<float>{1, 11, 221, 1}
                                                : passes == 1           ? std::vector<float>{1, 31, 1, 1}
                                                                        : std::vector<float>{1, 1, 1, 1};
            QVERIFY(found == expected);
        }
    }
}

void TestLayerParts::virtualNodeByHand()
{
    const Batch batch = someBatch();
    Named named;
    named.add("v.fc_layer.linear.weight", randomTensor(5, 5, 1));
    named.add("v.fc_layer.linear.bias", randomTensor(1, 5, 2).view({-1}));
    named.add("v.node_projection.weight", randomTensor(3, 5, 3));
    named.add("v.node_projection.bias", randomTensor(1, 3, 4).view({-1}));
    named.add("v.edge_projection.weight", randomTensor(2, 5, 5));
    named.add("v.edge_projection.bias", randomTensor(1, 2, 6).view({-1}));
    const Tensor x = randomTensor(batch.nodes, 3, 7);
    const Tensor e = randomTensor(batch.edges, 2, 8);
    const Tensor before = randomTensor(batch.graphs, 5, 9);
    for (const Pooling pooling :
         {Pooling::Sum, Pooling::Mean, Pooling::Max, Pooling::Min, Pooling::LogSum, Pooling::Std}) {
        for (const bool residual : {true, false}) {
            const VirtualNodeLayer layer({pooling, true, residual, Activation::Tanh, Norm::None, 0, 2, 4}, "v",
                                         named.places());
            Piece piece(batch, cutIntoShards(batch, 0)[0], false);
            GraphState state{x, e, nullptr, true, Tensor()};
            Tensor v = before;
            layer.forward(state, v, named.tensors, piece.pass);
            const auto pooled = [&](const Tensor& rows) {
                const double n = static_cast<double>(rows.size(0));
                const Tensor none = at::zeros({rows.size(1)});
                if (n == 0) {
                    return pooling == Pooling::Std ? none + std::sqrt(1e-5) : none;
                }
                const Tensor mean = rows.mean(0);
                switch (pooling) {
                case Pooling::Sum:
                    return rows.sum(0);
                case Pooling::Mean:
                    return mean;
                case Pooling::Max:
                    return std::get<0>(rows.max(0));
                case Pooling::Min:
                    return std::get<0>(rows.min(0));
                case Pooling::LogSum:
                    return mean * std::log(n);
                case Pooling::Std:
                    return ((rows - mean).square().mean(0) + 1e-5).sqrt();
                }
                return mean;
            };
            for (std::int64_t g = 0; g < batch.graphs; ++g) {
                const auto at = static_cast<std::size_t>(g);
                const std::int64_t node = batch.nodeStart[at];
                const std::int64_t nodes = batch.nodeStart[at + 1] - node;
                const std::int64_t edge = batch.edgeStart[at];
                const std::int64_t edges = batch.edgeStart[at + 1] - edge;
                const Tensor heard =
                    before[g] + at::cat({pooled(x.narrow(0, node, nodes)), pooled(e.narrow(0, edge, edges))});
                const Tensor t = at::tanh(named.tensors[0].mv(heard) + named.tensors[1]);
                const Tensor state1 = residual ? before[g] + t : t;
                QVERIFY(gap(v[g], state1) < 1e-5);
                const Tensor toNodes = named.tensors[2].mv(state1 / 2) + named.tensors[3];
                const Tensor toEdges = named.tensors[4].mv(state1 / 4) + named.tensors[5];
                QVERIFY(gap(state.nodes.narrow(0, node, nodes), x.narrow(0, node, nodes) + toNodes) < 1e-5);
                QVERIFY(gap(state.edges.narrow(0, edge, edges), e.narrow(0, edge, edges) + toEdges) < 1e-5);
            }
        }
    }
}

void TestLayerParts::equalRowsAreOneKind()
{
    const auto tensorOf = [](std::vector<std::vector<float>> rows) {
        Tensor tensor = at::empty({static_cast<std::int64_t>(rows.size()), 3}, at::TensorOptions(at::kFloat));
        float* to = tensor.data_ptr<float>();
        for (const std::vector<float>& row : rows) {
            to = std::copy(row.begin(), row.end(), to);
        }
        return tensor;
    };
    const std::vector<float> a = {1, 2, 3}, b = {1, 2, 4}, c = {0, 2, 3}, d = {3, 2, 1};
    // In the order in which they come; as many as half of the rows are worth it, one more is not.
    const Tensor six = tensorOf({b, a, a, b, c, a});
    const auto found = findKinds(six);
    QVERIFY(found.has_value());
    QCOMPARE(found->kinds, (std::vector<std::int32_t>{0, 1, 1, 0, 2, 1}));
    QVERIFY(at::equal(found->rows, tensorOf({b, a, c})));
    QVERIFY(!findKinds(tensorOf({b, a, a, b, c, d})));
    QVERIFY(!findKinds(tensorOf({a})));
    QVERIFY(!findKinds(tensorOf({})));
    // Zeros of either sign are different rows, and a part of a tensor is seen as it is.
    QCOMPARE(findKinds(tensorOf({{0, 0, 0}, {0, 0, 0}, {-0.0F, 0, 0}, {0, 0, 0}}))->rows.size(0), 2);
    const auto turned = findKinds(tensorOf({a, a, a}).t());
    QVERIFY(!turned.has_value()); // 1 1 1, 2 2 2, 3 3 3
    // Many rows, so that places of the table are taken: those of the same kind are the same again.
    Tensor many = randomTensor(500, 3, 11);
    many = at::cat({many, many.flip(0), many});
    const auto kinds = findKinds(many);
    QVERIFY(kinds.has_value() && kinds->rows.size(0) == 500);
    for (std::size_t i = 0; i < 1500; ++i) {
        QVERIFY(at::equal(kinds->rows[kinds->kinds[i]], many[static_cast<std::int64_t>(i)]));
    }
}

QTEST_GUILESS_MAIN(TestLayerParts)
#include "tst_nn_layers_parts.moc"
