// SPDX-License-Identifier: GPL-3.0-or-later
// What must not matter to a network does not, whatever its layers, encoders, norms, poolings and heads: order of atoms,
// company in a batch, kernels or LibTorch's own operations, number of threads. And odd molecules: one atom, no bonds,
// salts, very large ones.
#include <numeric>

#include "nn/shards.h"
#include "tests/nn/zoomodels.h"

using namespace papilio;
using namespace papilio::nn;
using test::entries;
using test::gradientGap;
using test::gradientOf;
using test::make;
using test::relative;
using test::still;

namespace
{

/// Place of each directed edge once the bonds stand in reverse order.
std::vector<std::uint32_t> reversedEdges(std::size_t bonds)
{
    std::vector<std::uint32_t> to;
    for (std::size_t bond = 0; bond < bonds; ++bond) {
        const auto first = static_cast<std::uint32_t>(2 * (bonds - 1 - bond));
        to.insert(to.end(), {first, first + 1});
    }
    return to;
}

/// Place of each pair i, j of atoms; all of them, or those with i < j.
std::vector<std::uint32_t> movedPairs(const std::vector<std::uint32_t>& to, bool upper)
{
    const std::size_t n = to.size();
    const auto place = [&](std::size_t i, std::size_t j) {
        return static_cast<std::uint32_t>(upper ? i * (2 * n - i - 1) / 2 + j - i - 1 : i * n + j);
    };
    std::vector<std::uint32_t> moved;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = upper ? i + 1 : 0; j < n; ++j) {
            const std::size_t a = upper ? std::min(to[i], to[j]) : to[i];
            const std::size_t b = upper ? std::max(to[i], to[j]) : to[j];
            moved.push_back(place(a, b));
        }
    }
    return moved;
}

MolGraph permuted(const MolGraph& graph, const std::vector<std::uint32_t>& to)
{
    MolGraph moved = graph;
    for (std::size_t i = 0; i < graph.atoms.size(); ++i) {
        moved.atoms[to[i]] = graph.atoms[i];
    }
    for (BondCode& bond : moved.bonds) {
        bond.begin = static_cast<std::uint16_t>(to[bond.begin]);
        bond.end = static_cast<std::uint16_t>(to[bond.end]);
    }
    std::reverse(moved.bonds.begin(), moved.bonds.end());
    return moved;
}

std::vector<float> permutedRows(const std::vector<float>& values, const std::vector<std::uint32_t>& to)
{
    std::vector<float> moved(values.size());
    const std::size_t width = values.size() / to.size();
    for (std::size_t i = 0; i < to.size(); ++i) {
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(i * width), width,
                    moved.begin() + static_cast<std::ptrdiff_t>(to[i] * width));
    }
    return moved;
}

test::ZooMolecules permuted(const test::ZooMolecules& molecules, const std::vector<std::uint32_t>& to)
{
    test::ZooMolecules moved = molecules;
    MoleculeInputs& inputs = moved.inputs[0];
    moved.graphs[0] = permuted(molecules.graphs[0], to);
    const auto edges = reversedEdges(molecules.graphs[0].bonds.size());
    inputs.nodeFeatures = permutedRows(inputs.nodeFeatures, to);
    inputs.edgeFeatures = permutedRows(inputs.edgeFeatures, edges);
    for (MoleculeInputs::Block& block : inputs.encodings) {
        block.values = permutedRows(block.values, block.level == Level::Node   ? to
                                                  : block.level == Level::Edge ? edges
                                                                               : movedPairs(to, false));
    }
    return moved;
}

/// Row of molecule i's first atom, bond … in a batch.
std::size_t firstRow(const Batch& batch, Level level, std::size_t i)
{
    return level == Level::Graph ? i
                                 : static_cast<std::size_t>(level == Level::Node   ? batch.nodeStart[i]
                                                            : level == Level::Edge ? batch.edgeStart[i]
                                                                                   : batch.pairStart[i]);
}

/// One atom, none bonded, a salt, a very large one; some without coordinates.
test::ZooMolecules oddities()
{
    Random random(4);
    test::ZooMolecules molecules;
    molecules.add(test::chain(1), random);
    MolGraph salt = test::ring(6);
    salt.atoms.push_back(test::chain(1).atoms[0]); // an ion beside it
    molecules.add(salt, random);
    MolGraph scattered = test::chain(4);
    scattered.bonds.clear();
    molecules.add(scattered, random, false);
    molecules.add(test::ring(492), random);
    return molecules;
}

bool allFinite(const std::vector<std::vector<float>>& outputs)
{
    return std::all_of(outputs.begin(), outputs.end(), [](const auto& values) {
        return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
    });
}

} // namespace

class TestInvariance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kernelsEqualPlain_data() { test::zooRows(); }
    void kernelsEqualPlain();
    void orderOfAtomsDoesNotMatter_data() { test::zooRows(); }
    void orderOfAtomsDoesNotMatter();
    void companyDoesNotMatter_data() { test::zooRows(); }
    void companyDoesNotMatter();
    void oddMolecules_data() { test::zooRows(); }
    void oddMolecules();
    void signNetDoesNotSeeSigns();
    void signsAreDrawnInTrainingAlone();
    void batchNormsFollowTheBatches();
    void missingCoordinatesGiveNoBias();
    void directionsOfABondAgree();
    void emptyBatch_data() { test::zooRows(); }
    void emptyBatch();
    void shardsCoverTheBatch();
};

void TestInvariance::kernelsEqualPlain()
{
    QFETCH(int, entry);
    const test::ZooEntry& zoo = entries()[static_cast<std::size_t>(entry)];
    Batch batch = test::zooMolecules(70, 9, 2).batch(); // more than one shard
    test::addLabels(batch, zoo.spec, 1);
    const auto kernels = make(zoo.spec);
    const auto threads = make(zoo.spec, 2);
    const auto plain = make(zoo.spec, 1, true);
    const auto a = kernels->evaluate(batch)->outputs;
    const auto b = plain->evaluate(batch)->outputs;
    QVERIFY(a == threads->evaluate(batch)->outputs);
    for (std::size_t h = 0; h < a.size(); ++h) {
        QVERIFY2(relative(a[h], b[h]) < 2e-5, zoo.spec.heads[h].name.c_str());
    }
    // Steps draw the same numbers, and come to the same gradients.
    double gap = std::numeric_limits<double>::infinity();
    for (const std::uint64_t seed : {9, 10}) {
        if (gap > 1e-4) { // rounding may have come down on two sides of one relu's kink
            const auto one = make(zoo.spec);
            const TensorMap gradient = gradientOf(*one, batch, still(seed));
            QCOMPARE(gradientGap(gradient, gradientOf(*make(zoo.spec, 2), batch, still(seed))), 0.0);
            gap = std::min(gap, gradientGap(gradient, gradientOf(*make(zoo.spec, 1, true), batch, still(seed))));
        }
    }
    QVERIFY2(gap < 1e-4, qPrintable(QString::number(gap)));
}

void TestInvariance::orderOfAtomsDoesNotMatter()
{
    QFETCH(int, entry);
    const ModelSpec& spec = entries()[static_cast<std::size_t>(entry)].spec;
    const test::ZooMolecules molecules = test::zooMolecules(2, 14, 5).one(1); // a ring
    const auto to = shuffledIndices(molecules.graphs[0].atoms.size(), 8);
    const auto model = make(spec);
    const auto before = model->evaluate(molecules.batch())->outputs;
    const auto after = model->evaluate(permuted(molecules, to).batch())->outputs;
    QVERIFY(relative(after[0], before[0]) < 2e-5);
    QVERIFY(relative(after[1], permutedRows(before[1], to)) < 2e-5);
    QVERIFY(relative(after[2], permutedRows(before[2], reversedEdges(molecules.graphs[0].bonds.size()))) < 2e-5);
    QVERIFY(relative(after[3], permutedRows(before[3], movedPairs(to, true))) < 2e-5);
    QVERIFY(test::difference(after[1], before[1]) > 1e-4); // the permutation is not trivial
}

void TestInvariance::companyDoesNotMatter()
{
    QFETCH(int, entry);
    const ModelSpec& spec = entries()[static_cast<std::size_t>(entry)].spec;
    const auto model = make(spec);
    const test::ZooMolecules molecules = test::zooMolecules(60, 10, 3);
    const Batch batch = molecules.batch();
    const auto together = model->evaluate(batch)->outputs;
    for (const std::size_t i : {std::size_t{0}, std::size_t{31}, std::size_t{59}}) {
        const auto outputs = model->evaluate(molecules.one(i).batch())->outputs;
        for (std::size_t h = 0; h < outputs.size(); ++h) {
            const auto width = static_cast<std::size_t>(spec.heads[h].outputWidth());
            const auto start = together[h].begin() +
                               static_cast<std::ptrdiff_t>(firstRow(batch, spec.heads[h].level, i) * width);
            QVERIFY(relative(outputs[h], {start, start + static_cast<std::ptrdiff_t>(outputs[h].size())}) < 2e-5);
        }
    }
}

void TestInvariance::oddMolecules()
{
    QFETCH(int, entry);
    const ModelSpec& spec = entries()[static_cast<std::size_t>(entry)].spec;
    const test::ZooMolecules molecules = oddities();
    const auto model = make(spec, 2);
    for (std::size_t i = 0; i <= molecules.graphs.size(); ++i) {
        const test::ZooMolecules some = i < molecules.graphs.size() ? molecules.one(i) : molecules;
        Batch batch = some.batch();
        test::addLabels(batch, spec, i);
        const auto evaluation = model->evaluate(batch);
        QVERIFY2(evaluation, evaluation ? "" : evaluation.error().text().c_str());
        QVERIFY2(allFinite(evaluation->outputs), qPrintable(QString::number(i)));
        const auto step = model->trainStep(batch, {.learningRate = 1e-4, .seed = i});
        QVERIFY2(step, step ? "" : step.error().text().c_str());
        const auto gradients = model->inputGradients(batch, {0, 0, 0, -1});
        QVERIFY2(gradients, gradients ? "" : gradients.error().text().c_str());
        QCOMPARE(gradients->nodeFeatures.size(), batch.nodeFeatures.size());
        QCOMPARE(gradients->edgeFeatures.size(), spec.architecture.usesBonds() ? batch.edgeFeatures.size() : 0);
        QVERIFY(allFinite({gradients->nodeFeatures, gradients->edgeFeatures}));
    }
    for (const auto& [name, tensor] : model->weights()) {
        QVERIFY2(allFinite({tensor.values}), name.c_str());
    }
}

/// Sign-invariant by construction; the Laplacian encoder is not.
void TestInvariance::signNetDoesNotSeeSigns()
{
    int networks = 0;
    for (const test::ZooEntry& entry : entries()) {
        const EncoderSpec* first =
            entry.spec.architecture.encoders.encoders.empty() ? nullptr : &entry.spec.architecture.encoders.encoders[0];
        const bool sign = first != nullptr && first->type == EncoderType::SignNet;
        if (!sign && entry.name != "gcn") {
            continue;
        }
        ++networks;
        const auto model = make(entry.spec);
        const Batch batch = test::zooMolecules(5, 9, 11).batch();
        Batch turned = batch;
        std::vector<float>& vectors = turned.encoding("laplacian_eigvec")->values;
        for (std::size_t i = 0; i < vectors.size(); ++i) {
            vectors[i] *= i % 8 < 3 ? -1.0F : 1.0F;
        }
        const double gap = relative(model->evaluate(turned)->outputs[0], model->evaluate(batch)->outputs[0]);
        QVERIFY2(sign ? gap < 1e-6 : gap > 1e-3, qPrintable(QString::number(gap)));
    }
    QCOMPARE(networks, 3);
}

void TestInvariance::signsAreDrawnInTrainingAlone()
{
    ModelSpec spec = test::smallSpec(LayerType::Gcn);
    Architecture& a = spec.architecture;
    for (EncoderSpec& encoder : a.encoders.encoders) {
        encoder.dropout = 0;
    }
    a.preNode.dropout = a.gnn.dropout = a.gnn.lastDropout = 0;
    for (OutputSpec& output : a.outputs) {
        output.mlp.dropout = 0;
    }
    for (HeadSpec& head : spec.heads) {
        head.mlp.dropout = 0;
    }
    Batch batch = test::zooMolecules(30, 9, 1).batch();
    test::addLabels(batch, spec, 2);
    const auto loss = [&](bool signs, bool published, std::uint64_t seed) {
        ModelSpec changed = spec;
        changed.architecture.randomSigns = signs;
        changed.architecture.quirks.eigenvalueSigns = published;
        return make(changed)->trainStep(batch, still(seed))->losses.total;
    };
    const double plain = loss(false, false, 1);
    QCOMPARE(plain, make(spec)->evaluate(batch)->losses.total);
    QCOMPARE(loss(false, false, 2), plain);
    QVERIFY(loss(true, false, 1) != plain);
    QVERIFY(loss(true, false, 1) != loss(true, false, 2));
    QVERIFY(loss(true, true, 1) != loss(true, false, 1));
    QVERIFY(loss(true, true, 1) != plain);
}

/// In training a batch norm takes the batch's statistics, and its running ones come closer to them with every step that
/// succeeds.
void TestInvariance::batchNormsFollowTheBatches()
{
    const auto entry = std::find_if(entries().begin(), entries().end(), [](const auto& e) { return e.batchNorm; });
    QVERIFY(entry != entries().end());
    ModelSpec spec = entry->spec;
    const auto model = make(spec);
    Batch batch = test::zooMolecules(80, 9, 1).batch(); // more atoms than a shard has
    test::addLabels(batch, spec, 2);
    const std::string name = "pre_nn.first_normalization.";
    const TensorMap before = model->weights();
    QVERIFY(model->evaluate(batch));
    QCOMPARE(model->weights().at(name + "running_mean").values, before.at(name + "running_mean").values);
    constexpr int steps = 3;
    for (int step = 0; step < steps; ++step) {
        QVERIFY(model->trainStep(batch, still(1)));
    }
    // Atom features stand behind the 6 columns of the encoders, and do not change from step to step.
    const TensorMap after = model->weights();
    const std::size_t columns = after.at(name + "running_mean").values.size();
    const auto rows = static_cast<double>(batch.nodes);
    for (std::size_t column = 6; column < columns; ++column) {
        double sum = 0;
        double squares = 0;
        for (std::size_t row = 0; row < static_cast<std::size_t>(batch.nodes); ++row) {
            const double value = batch.nodeFeatures[row * (columns - 6) + column - 6];
            sum += value;
            squares += value * value;
        }
        const double mean = sum / rows;
        const double variance = (squares - rows * mean * mean) / (rows - 1);
        const double kept = std::pow(0.9, steps);
        const auto expect = [&](const char* what, double batchValue) {
            const double old = before.at(name + what).values[column];
            const double found = after.at(name + what).values[column];
            QVERIFY(std::abs(found - (kept * old + (1 - kept) * batchValue)) < 1e-5);
        };
        expect("running_mean", mean);
        expect("running_var", variance);
    }
    QCOMPARE(after.at(name + "num_batches_tracked").values[0],
             before.at(name + "num_batches_tracked").values[0] + steps);
}

/// A molecule without coordinates computes as if there were no Gaussian encoder.
void TestInvariance::missingCoordinatesGiveNoBias()
{
    const auto entry = std::find_if(entries().begin(), entries().end(),
                                    [](const auto& e) { return e.name == "gps with Gaussian bias"; });
    QVERIFY(entry != entries().end());
    const auto model = make(entry->spec);
    Random random(3);
    test::ZooMolecules molecules;
    molecules.add(test::ring(7), random, false);
    molecules.add(test::ring(9), random, true);
    const std::vector<std::string> names = {"encoder.gaussian_pos"};
    const auto found = model->intermediates(molecules.batch(), names);
    QVERIFY2(found, found ? "" : found.error().text().c_str());
    const std::vector<float>& values = found->at(names[0]).tensor.values;
    const auto width = values.size() / 16;
    const auto isZero = [](float value) { return value == 0; };
    QVERIFY(std::all_of(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(7 * width), isZero));
    QVERIFY(std::none_of(values.begin() + static_cast<std::ptrdiff_t>(7 * width), values.end(), isZero));
}

void TestInvariance::directionsOfABondAgree()
{
    const auto model = make(test::smallSpec(LayerType::Gine));
    const auto outputs = model->evaluate(test::zooMolecules(3, 9, 1).batch())->outputs[2];
    for (std::size_t i = 0; i < outputs.size(); i += 12) { // 2 columns × 3 classes, two directions
        QVERIFY(std::equal(outputs.begin() + static_cast<std::ptrdiff_t>(i),
                           outputs.begin() + static_cast<std::ptrdiff_t>(i + 6),
                           outputs.begin() + static_cast<std::ptrdiff_t>(i + 6)));
    }
}

void TestInvariance::emptyBatch()
{
    QFETCH(int, entry);
    const ModelSpec& spec = entries()[static_cast<std::size_t>(entry)].spec;
    const auto model = make(spec, 2);
    const Batch batch = test::ZooMolecules().batch();
    const auto evaluation = model->evaluate(batch);
    QVERIFY2(evaluation, evaluation ? "" : evaluation.error().text().c_str());
    QVERIFY(evaluation->outputs[0].empty() && evaluation->outputs[2].empty() && evaluation->outputs[3].empty());
    const auto step = model->trainStep(batch, {});
    QVERIFY2(step, step ? "" : step.error().text().c_str());
    QCOMPARE(step->losses.total, 0.0);
}

void TestInvariance::shardsCoverTheBatch()
{
    Random random(1);
    test::Molecules molecules = test::randomMolecules(60, 20, 2);
    molecules.add(test::ring(700), random);
    molecules.add(test::chain(1), random);
    const Batch batch = molecules.batch();
    for (const std::int64_t atoms :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{100}, std::int64_t{512}, std::int64_t{99999}}) {
        const auto shards = cutIntoShards(batch, atoms);
        std::int64_t graph = 0;
        for (const Shard& shard : shards) {
            QCOMPARE(shard.firstGraph, graph);
            QCOMPARE(shard.firstNode, batch.nodeStart[static_cast<std::size_t>(graph)]);
            QCOMPARE(shard.firstEdge, batch.edgeStart[static_cast<std::size_t>(graph)]);
            QVERIFY(shard.graphs > 0);
            graph += shard.graphs;
        }
        QCOMPARE(graph, batch.graphs);
        QVERIFY(atoms != 0 || shards.size() == 1);
        QVERIFY(atoms != 512 || shards.size() > 2);
    }
    QCOMPARE(cutIntoShards(collate({}), 512).size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TestInvariance)
#include "tst_nn_invariance.moc"
