// SPDX-License-Identifier: GPL-3.0-or-later
// Batches, losses and the linear fake model.
#include <array>

#include <QtTest>

#include "core/random.h"
#include "nn/adamstate.h"
#include "nn/checks.h"
#include "nn/fakemodel.h"
#include "nn/losses.h"
#include "nn/parts.h"
#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;

class TestFakeModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void collateLaysMoleculesSideBySide();
    void collateOfNothing();
    void checkBatchFindsFaults();
    void collateOfOtherFeatureSets();
    void molecularCulprits();
    void stepCountIsExact();
    void fakeGradientsAreExact();
    void fakeInputGradientsSumUp();
    void fakeLearnsAndResumes();
    void fakeRefusesForeignWeights();
    void fakeReportsLossThatIsNotFinite();
    void fakeAccumulates();
    void fakeHasIntermediates();
    void fakeKeepsAnAverage();
    void fakeLearnsLossWeights();
};

void TestFakeModel::collateLaysMoleculesSideBySide()
{
    const Batch batch = test::smallBatch();
    QVERIFY(checkBatch(batch, test::mixedSpec()));
    QCOMPARE(batch.graphs, std::int64_t{3});
    QCOMPARE(batch.nodes, std::int64_t{8});
    QCOMPARE(batch.edges, std::int64_t{10});
    QVERIFY((batch.nodeStart == std::vector<std::int64_t>{0, 3, 4, 8}));
    QVERIFY((batch.edgeStart == std::vector<std::int64_t>{0, 4, 4, 10}));
    QVERIFY((batch.graphOf == std::vector<std::int64_t>{0, 0, 0, 1, 2, 2, 2, 2}));
    QVERIFY((batch.senders == std::vector<std::int64_t>{0, 1, 1, 2, 4, 5, 5, 6, 6, 7}));
    QVERIFY((batch.receivers == std::vector<std::int64_t>{1, 0, 2, 1, 5, 4, 6, 5, 7, 6}));
    std::array<float, atomFeatureCount> atom;
    expandAtom(test::chain(4).atoms[2], atom);
    QVERIFY(std::equal(atom.begin(), atom.end(), batch.nodeFeatures.begin() + 6 * atomFeatureCount));
    std::array<float, bondFeatureCount> bond;
    expandBond(test::chain(3).bonds[1], bond);
    QVERIFY(std::equal(bond.begin(), bond.end(), batch.edgeFeatures.begin() + 2 * bondFeatureCount));
    QVERIFY(std::equal(bond.begin(), bond.end(), batch.edgeFeatures.begin() + 3 * bondFeatureCount));
    QCOMPARE(batch.encodings.size(), std::size_t{3});
    QCOMPARE(batch.encoding("laplacian_eigvec")->values[4 * 8], 0.0F);
    QCOMPARE(batch.encoding("laplacian_eigval")->values[3 * 8 + 2], 2.5F);
    QCOMPARE(batch.encoding("rw_return_probs")->width, 16);
    QVERIFY(batch.encoding("positions_3d") == nullptr);
    QVERIFY((batch.pairStart == std::vector<std::int64_t>{0, 3, 3, 9}));
    QCOMPARE(batch.rows(Level::NodePair), std::int64_t{9});
    QVERIFY(batch.labels.empty());
}

void TestFakeModel::collateOfNothing()
{
    const Batch batch = collate({});
    QVERIFY(checkBatch(batch, test::mixedSpec()));
    QCOMPARE(batch.graphs, std::int64_t{0});
    QVERIFY((batch.nodeStart == std::vector<std::int64_t>{0}));
}

void TestFakeModel::checkBatchFindsFaults()
{
    const auto spoilt = [](auto change) {
        Batch batch = test::labelledBatch();
        change(batch);
        return !checkBatch(batch, test::mixedSpec());
    };
    QVERIFY(!spoilt([](Batch&) {}));
    QVERIFY(spoilt([](Batch& b) { b.senders[0] = 8; }));
    QVERIFY(spoilt([](Batch& b) { b.receivers[0] = -1; }));
    QVERIFY(spoilt([](Batch& b) { b.graphOf[0] = 3; }));
    QVERIFY(spoilt([](Batch& b) { b.nodeFeatures.pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { b.nodeStart[1] = 7; }));
    QVERIFY(spoilt([](Batch& b) { b.pairStart[1] = 2; }));
    QVERIFY(spoilt([](Batch& b) { b.pairStart.pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { b.encodings.pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { std::swap(b.encodings[0], b.encodings[1]); }));
    QVERIFY(spoilt([](Batch& b) { b.encodings[2].values.pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { b.labels.pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { b.labels[1].pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { b.labels[2][0] = 3; }));
    QVERIFY(spoilt([](Batch& b) { b.labels[2][0] = 0.5F; }));
    QVERIFY(spoilt([](Batch& b) { b.labels[1][0] = 2; }));
}

void TestFakeModel::collateOfOtherFeatureSets()
{
    FeatureSet part; // the standard set answers parts of itself
    part.encodings = {{EncodingType::WalkReturns, Level::Node, 16}};
    const MolGraph graph = test::chain(3);
    const Encodings encodings = test::encodingsOf(3);
    const MoleculeInput standard{&graph, &encodings};
    const Batch walks = collate({&standard, 1}, part);
    QCOMPARE(walks.encodings.size(), std::size_t{1});
    QVERIFY(walks.encodings[0].values == encodings.walkReturns);

    FeatureSet set;
    set.atomOneHot = {"hybridization"};
    set.atomFloat = {"mass"};
    set.bond = {"conjugated"};
    set.encodings = {{EncodingType::Commute, Level::NodePair, 1}, {EncodingType::Positions, Level::Node, 1}};
    ModelSpec spec = test::mixedSpec();
    spec.architecture.inputs = set;
    std::vector<MoleculeInputs> inputs;
    std::vector<MolGraph> graphs = {test::chain(1), test::chain(3)};
    for (const MolGraph& one : graphs) {
        MoleculeInputs made;
        made.atoms = static_cast<std::int64_t>(one.atoms.size());
        made.edges = static_cast<std::int64_t>(2 * one.bonds.size());
        const auto atoms = one.atoms.size();
        made.nodeFeatures.assign(atoms * static_cast<std::size_t>(atomWidth(set)), 0.5F);
        made.edgeFeatures.assign(2 * one.bonds.size() * static_cast<std::size_t>(bondWidth(set)), 1.5F);
        // In the other order than the set has.
        made.encodings = {{"positions_3d", Level::Node, 3, std::vector<float>(atoms * 3, 2.5F)},
                          {"nodepair_commute", Level::NodePair, 1, std::vector<float>(atoms * atoms, 3.5F)}};
        inputs.push_back(std::move(made));
    }
    const MoleculeInput two[] = {{&graphs[0], nullptr, &inputs[0]}, {&graphs[1], nullptr, &inputs[1]}};
    const Batch batch = collate(two, set);
    const auto checked = checkBatch(batch, spec);
    QVERIFY2(checked, checked ? "" : checked.error().text().c_str());
    QVERIFY(batch.encodings[0].key == encodingKey(set.encodings[0]));
    QCOMPARE(batch.encodings[0].values.size(), std::size_t{1 + 9});
    QVERIFY(batch.encodings[0].values[9] == 3.5F && batch.encodings[1].values[11] == 2.5F);
    QVERIFY(!checkBatch(batch, test::mixedSpec()));
}

void TestFakeModel::molecularCulprits()
{
    const ModelSpec spec = test::mixedSpec();
    const std::vector<Batch> parts = {test::labelledBatch(), test::labelledBatch()}; // three molecules each
    std::vector<std::vector<std::vector<float>>> outputs(2);
    for (auto& part : outputs) {
        for (const HeadSpec& head : spec.heads) {
            part.emplace_back(static_cast<std::size_t>(parts[0].rows(head.level) * head.outputWidth()), 0.0F);
        }
    }
    const auto found = [&](auto change) {
        std::vector<Batch> changed = parts;
        auto results = outputs;
        change(changed, results);
        return findCulprits(spec, changed, results);
    };
    using Places = std::vector<std::int64_t>;
    using Outputs = std::vector<std::vector<std::vector<float>>>;
    const float bad = std::numeric_limits<float>::infinity();
    const float gap = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(found([](auto&, Outputs&) {}) == Places{});
    QVERIFY(found([&](auto& p, Outputs&) { p[0].labels[0][4] = bad; }) == Places{2});
    QVERIFY(found([&](auto& p, Outputs&) { p[1].labels[1][3] = bad; }) == Places{4}); // the lone atom
    QVERIFY(found([&](auto& p, Outputs&) { p[1].labels[2][19] = -bad; }) == Places{5});
    QVERIFY(found([&](auto& p, Outputs&) { p[0].nodeFeatures[85 * 2] = gap; }) == Places{0});
    QVERIFY(found([&](auto& p, Outputs&) { p[0].encodings[1].values.back() = gap; }) == Places{2});
    QVERIFY(found([&](auto&, Outputs& o) { o[1][0][1] = gap; }) == Places{3});
    // Inputs that are bad explain the outputs.
    QVERIFY(found([&](auto& p, Outputs& o) { p[1].edgeFeatures[0] = bad, o[0][0][0] = gap; }) == Places{3});
    // If most outputs are bad, no molecule is to blame.
    QVERIFY(found([&](auto&, Outputs& o) {
                for (auto& part : o) {
                    part[0].assign(part[0].size(), gap);
                }
            }) == Places{});
    const Losses losses{gap, {1, gap, gap}, {1, 1, 1}};
    const Error error = notFinite(spec, losses, {3, 17}).value();
    QVERIFY2(error.message.find("of b, c is not finite: molecules 3, 17 of the batch") != std::string::npos,
             error.message.c_str());
    QVERIFY(notFinite(spec, losses, Places(20, 1)).value().message.find("and 12 more") != std::string::npos);
}

void TestFakeModel::stepCountIsExact()
{
    for (const std::int64_t step :
         {std::int64_t{0}, std::int64_t{1}, (std::int64_t{1} << 24) + 1, std::int64_t{123456789012}}) {
        QCOMPARE(*stepFromTensor(stepToTensor(step)), step);
    }
    QVERIFY(!stepFromTensor({{2}, {0, 0.5F}}));
    QVERIFY(!stepFromTensor({{2}, {-1, 0}}));
    QVERIFY(!stepFromTensor({{1}, {1}}));
}

void TestFakeModel::fakeGradientsAreExact()
{
    // One step of Adam from zero moves each weight by the rate against the sign of its gradient, so the first moment is
    // a tenth of the gradient; compare that with differences of the loss. The seed is one that drops no column.
    const ModelSpec spec = test::mixedSpec();
    const Batch batch = test::labelledBatch();
    auto model = *createFakeModel(spec, {});
    const TensorMap start = model->weights();
    const double plain = model->evaluate(batch)->losses.total;
    StepSettings settings;
    while (std::abs((*createFakeModel(spec, {}))->trainStep(batch, settings)->losses.total - plain) > 1e-12) {
        ++settings.seed;
    }
    QVERIFY(model->trainStep(batch, settings));
    const TensorMap state = model->optimiserState();
    int compared = 0;
    for (const auto& [name, tensor] : start) {
        for (std::size_t i = 0; i < tensor.values.size(); i += 7) {
            TensorMap changed = start;
            const float high = tensor.values[i] + 0.002F;
            const float low = tensor.values[i] - 0.002F;
            changed[name].values[i] = high;
            QVERIFY(model->setWeights(changed));
            const double above = model->evaluate(batch)->losses.total;
            changed[name].values[i] = low;
            QVERIFY(model->setWeights(changed));
            const double below = model->evaluate(batch)->losses.total;
            const double slope = (above - below) / (static_cast<double>(high) - low);
            QVERIFY2(std::abs(slope - 10 * state.at("adam.m." + name).values[i]) < 1e-4, name.c_str());
            ++compared;
        }
    }
    QVERIFY(compared > 100);
}

void TestFakeModel::fakeInputGradientsSumUp()
{
    const Batch batch = test::labelledBatch();
    auto model = *createFakeModel(test::mixedSpec(), {});
    for (const GradientTarget target :
         {GradientTarget{0, 1, 0, -1}, GradientTarget{0, 1, 0, 2}, GradientTarget{1, 0, 0, 4},
          GradientTarget{1, 0, 0, -1}, GradientTarget{2, 1, 2, 3}}) {
        const auto gradients = model->inputGradients(batch, target);
        QVERIFY(gradients);
        double sum = 0; // biases are 0 at the start, so a linear model is input times gradient
        for (std::size_t i = 0; i < batch.nodeFeatures.size(); ++i) {
            sum += static_cast<double>(batch.nodeFeatures[i]) * gradients->nodeFeatures[i];
        }
        for (std::size_t i = 0; i < batch.edgeFeatures.size(); ++i) {
            sum += static_cast<double>(batch.edgeFeatures[i]) * gradients->edgeFeatures[i];
        }
        QVERIFY(std::abs(sum - gradients->output) < 1e-5);
        QVERIFY(gradients->output != 0);
    }
    QVERIFY(!model->inputGradients(batch, {3, 0, 0, -1}));
    QVERIFY(!model->inputGradients(batch, {0, 2, 0, -1}));
    QVERIFY(!model->inputGradients(batch, {2, 0, 3, -1}));
    QVERIFY(!model->inputGradients(batch, {0, 0, 0, 3}));
}

void TestFakeModel::fakeLearnsAndResumes()
{
    const Batch batch = test::labelledBatch();
    auto model = *createFakeModel(test::mixedSpec(), {});
    auto other = *createFakeModel(test::mixedSpec(), ModelOptions{.seed = 7});
    const double before = model->evaluate(batch)->losses.total;
    StepSettings settings;
    settings.learningRate = 0.01;
    settings.clipNorm = 1;
    for (std::uint64_t step = 0; step < 300; ++step) {
        if (step == 150) {
            QVERIFY(other->setWeights(model->weights()));
            QVERIFY(other->setOptimiserState(model->optimiserState()));
        }
        settings.seed = step;
        QVERIFY(model->trainStep(batch, settings));
        QVERIFY(step < 150 || other->trainStep(batch, settings));
    }
    QVERIFY(model->evaluate(batch)->losses.total < 0.5 * before);
    for (const auto& [name, tensor] : model->weights()) {
        QVERIFY(tensor.values == other->weights().at(name).values);
    }
}

void TestFakeModel::fakeRefusesForeignWeights()
{
    auto model = *createFakeModel(test::mixedSpec(), {});
    TensorMap weights = model->weights();
    weights["extra"] = {{1}, {0}};
    QVERIFY(model->setWeights(weights).error().message.find("'extra'") != std::string::npos);
    weights = model->weights();
    weights.erase("heads.a.bias");
    QVERIFY(model->setWeights(weights).error().message.find("'heads.a.bias'") != std::string::npos);
    weights = model->weights();
    weights["heads.a.bias"] = {{1}, {0}};
    QVERIFY(model->setWeights(weights).error().message.find("[1] instead of [2]") != std::string::npos);
    const ModelSpec nothing;
    QVERIFY(!createFakeModel(nothing, {}));
    QVERIFY(createFakeModel(test::mixedSpec(), ModelOptions{.device = "cuda"}).error().code == ErrorCode::Unsupported);
}

void TestFakeModel::fakeReportsLossThatIsNotFinite()
{
    Batch batch = test::labelledBatch();
    batch.labels[0][2] = std::numeric_limits<float>::infinity();
    auto model = *createFakeModel(test::mixedSpec(), {});
    const TensorMap before = model->weights();
    QVERIFY(!model->trainStep(batch, {}));
    QVERIFY((model->culprits() == std::vector<std::int64_t>{1}));
    for (const auto& [name, tensor] : model->weights()) {
        QVERIFY(tensor.values == before.at(name).values);
    }
}

/// Every kind of loss and level, once in one batch and once in two parts.
void TestFakeModel::fakeAccumulates()
{
    ModelSpec spec = test::mixedSpec();
    spec.heads.push_back(test::head("d", 2, 8, TaskKind::Regression, Level::NodePair));
    spec.heads[0].loss.perLabel = true;
    spec.architecture.lossBalance = LossBalance::ByCount;
    test::Molecules all = test::randomMolecules(9, 5, 3);
    test::Molecules first = all;
    first.graphs.resize(4);
    first.encodings.resize(4);
    test::Molecules second;
    second.graphs.assign(all.graphs.begin() + 4, all.graphs.end());
    second.encodings.assign(all.encodings.begin() + 4, all.encodings.end());
    Batch whole = all.batch();
    test::addLabels(whole, spec, 1);
    std::vector<Batch> parts = {first.batch(), second.batch()};
    for (std::size_t h = 0; h < spec.heads.size(); ++h) {
        const auto cut = whole.labels[h].begin() +
                         parts[0].rows(spec.heads[h].level) * static_cast<std::int64_t>(spec.heads[h].columns.size());
        parts[0].labels.emplace_back(whole.labels[h].begin(), cut);
        parts[1].labels.emplace_back(cut, whole.labels[h].end());
    }
    auto one = *createFakeModel(spec, {});
    auto two = *createFakeModel(spec, {});
    const auto a = one->trainStep(whole, {.seed = 4});
    const auto b = two->trainStep(parts, {.seed = 4});
    QVERIFY2(a && b, a ? "" : a.error().text().c_str());
    QVERIFY(std::abs(a->losses.total - b->losses.total) < 1e-12);
    QVERIFY(std::abs(a->gradientNorm / b->gradientNorm - 1) < 1e-6);
    QVERIFY(a->losses.labels == b->losses.labels);
    for (const auto& [name, tensor] : one->optimiserState()) {
        QVERIFY2(test::difference(tensor.values, two->optimiserState().at(name).values) < 1e-6, name.c_str());
    }
}

void TestFakeModel::fakeHasIntermediates()
{
    auto model = *createFakeModel(test::mixedSpec(), {});
    const Batch batch = test::smallBatch();
    const std::vector<std::string> names = {"pool", "gnn.0.out", "head.b.0"};
    const auto found = model->intermediates(batch, names);
    QVERIFY2(found, found ? "" : found.error().text().c_str());
    QVERIFY(found->at("gnn.0.out").tensor.values == batch.nodeFeatures);
    QVERIFY((found->at("pool").tensor.shape == std::vector<std::int64_t>{3, 85}));
    QCOMPARE(found->at("pool").level, Level::Graph);
    double sum = 0;
    for (std::size_t atom = 4; atom < 8; ++atom) {
        sum += batch.nodeFeatures[atom * 85 + 5];
    }
    QCOMPARE(static_cast<double>(found->at("pool").tensor.values[2 * 85 + 5]), sum);
    QVERIFY(found->at("head.b.0").tensor.values == model->evaluate(batch)->outputs[1]);
    const std::vector<std::string> wrong = {"pol"};
    QVERIFY(model->intermediates(batch, wrong).error().text().find("pool") != std::string::npos);
}

void TestFakeModel::fakeKeepsAnAverage()
{
    auto model = *createFakeModel(test::mixedSpec(), {});
    auto other = *createFakeModel(test::mixedSpec(), ModelOptions{.seed = 7});
    const Batch batch = test::labelledBatch();
    const std::string name = "heads.a.bias";
    float expected = model->weights().at(name).values[0];
    QVERIFY(model->averagedWeights().empty());
    for (std::uint64_t step = 0; step < 6; ++step) {
        if (step == 3) {
            QVERIFY(other->setWeights(model->weights()));
            QVERIFY(other->setOptimiserState(model->optimiserState()));
        }
        const StepSettings settings{.learningRate = 0.01, .averageDecay = 0.9, .seed = step};
        QVERIFY(model->trainStep(batch, settings));
        QVERIFY(step < 3 || other->trainStep(batch, settings));
        expected = 0.9F * expected + 0.1F * model->weights().at(name).values[0];
    }
    QVERIFY(std::abs(model->averagedWeights().at(name).values[0] - expected) < 1e-6F);
    QVERIFY(model->averagedWeights().at(name).values == other->averagedWeights().at(name).values);
    QCOMPARE(model->averagedWeights().size(), model->weights().size());
    TensorMap state = model->optimiserState();
    state.erase("average." + name);
    QVERIFY(!model->setOptimiserState(state));
}

void TestFakeModel::fakeLearnsLossWeights()
{
    ModelSpec spec = test::mixedSpec();
    spec.architecture.lossBalance = LossBalance::Uncertainty;
    auto model = *createFakeModel(spec, {});
    QCOMPARE(model->parameterCount(), (*createFakeModel(test::mixedSpec(), {}))->parameterCount());
    const Batch batch = test::labelledBatch();
    for (std::uint64_t step = 0; step < 200; ++step) {
        QVERIFY(model->trainStep(batch, {.learningRate = 0.01, .seed = step}));
    }
    const auto variances = model->weights().at(std::string(logVarianceName)).values;
    QCOMPARE(variances.size(), std::size_t{3});
    for (const float s : variances) {
        QVERIFY(s != 0 && std::isfinite(s));
    }
}

QTEST_GUILESS_MAIN(TestFakeModel)
#include "tst_nn_fakemodel.moc"
