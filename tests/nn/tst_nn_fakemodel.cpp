// SPDX-License-Identifier: GPL-3.0-or-later
// Batches, losses and the linear fake model.
#include <array>

#include <QtTest>

#include "core/random.h"
#include "nn/adamstate.h"
#include "nn/checks.h"
#include "nn/fakemodel.h"
#include "nn/losses.h"
#include "tests/nn/molecules.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::nn;

class TestFakeModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void collateLaysMoleculesSideBySide();
    void collateOfNothing();
    void checkBatchFindsFaults();
    void lossesAgreeWithReference();
    void lossesOfExtremeLogits();
    void lossSlopesAgreeWithDifferences();
    void stepCountIsExact();
    void fakeGradientsAreExact();
    void fakeInputGradientsSumUp();
    void fakeLearnsAndResumes();
    void fakeRefusesForeignWeights();
    void fakeReportsLossThatIsNotFinite();
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
    QCOMPARE(batch.laplacianVectors[4 * 8], 0.0F);
    QCOMPARE(batch.laplacianValues[3 * 8 + 2], 2.5F);
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
    QVERIFY(spoilt([](Batch& b) { b.labels.pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { b.labels[1].pop_back(); }));
    QVERIFY(spoilt([](Batch& b) { b.labels[2][0] = 3; }));
    QVERIFY(spoilt([](Batch& b) { b.labels[2][0] = 0.5F; }));
}

void TestFakeModel::lossesAgreeWithReference()
{
    PAPILIO_TEST_FILE(path, "parity/training/gine.safetensors");
    const auto file = readSafetensors(path.toStdString());
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    const TensorMap& t = file->tensors;
    const ModelSpec spec = test::toymix("gine-toymix");
    const std::vector<std::span<const float>> outputs = {t.at("adam/pred/qm9").values, t.at("adam/pred/tox21").values,
                                                         t.at("adam/pred/zinc").values};
    const Losses losses = computeLosses(
        spec, outputs, {t.at("label/qm9").values, t.at("label/tox21").values, t.at("label/zinc").values}, nullptr);
    const auto& expected = t.at("adam/loss").values; // first row: total, qm9, tox21, zinc
    QVERIFY(std::abs(losses.total / expected[0] - 1) < 1e-6);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(std::abs(losses.heads[i] / expected[i + 1] - 1) < 1e-6);
    }
}

void TestFakeModel::lossesOfExtremeLogits()
{
    ModelSpec spec = test::mixedSpec();
    spec.heads = {test::head("b", 4, 8, TaskKind::Binary), test::head("c", 1, 8, TaskKind::Multiclass, Level::Graph, 3),
                  test::head("r", 1, 8)};
    const float gap = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> binary = {1000, -1000, 1000, 0};
    const std::vector<float> classes = {1000, -1000, 0};
    const std::vector<float> value = {3};
    std::vector<std::vector<float>> slopes;
    const Losses losses = computeLosses(spec, {binary, classes, value}, {{1, 0, 0, gap}, {1}, {gap}}, &slopes);
    QVERIFY(std::abs(losses.heads[0] - 1000.0 / 3) < 1e-9);
    QVERIFY(std::abs(losses.heads[1] - 2000) < 1e-9);
    QCOMPARE(losses.heads[2], 0.0);
    QVERIFY((losses.labels == std::vector<std::int64_t>{3, 1, 0}));
    QVERIFY(std::abs(losses.total - (1000.0 / 3 + 2000) / 3) < 1e-9);
    QVERIFY((slopes[0] == std::vector<float>{0, 0, static_cast<float>(1.0 / 9), 0}));
    QVERIFY(test::difference(slopes[1], {1.0F / 3, -1.0F / 3, 0}) < 1e-7);
    QVERIFY((slopes[2] == std::vector<float>{0}));
}

void TestFakeModel::lossSlopesAgreeWithDifferences()
{
    const ModelSpec spec = test::mixedSpec();
    const Batch batch = test::labelledBatch();
    Random random(9);
    std::vector<std::vector<float>> outputs;
    for (const HeadSpec& head : spec.heads) {
        outputs.emplace_back(static_cast<std::size_t>(batch.rows(head.level) * head.outputWidth()));
        for (float& value : outputs.back()) {
            value = static_cast<float>(4 * random.uniform() - 2);
        }
    }
    const auto total = [&](std::vector<std::vector<float>>* slopes) {
        return computeLosses(spec, {outputs.begin(), outputs.end()}, batch.labels, slopes).total;
    };
    std::vector<std::vector<float>> slopes;
    total(&slopes);
    for (std::size_t h = 0; h < outputs.size(); ++h) {
        for (std::size_t i = 0; i < outputs[h].size(); ++i) {
            const float before = outputs[h][i];
            const float high = before + 0.001F;
            const float low = before - 0.001F;
            outputs[h][i] = high;
            const double above = total(nullptr);
            outputs[h][i] = low;
            const double below = total(nullptr);
            outputs[h][i] = before;
            QVERIFY(std::abs((above - below) / (static_cast<double>(high) - low) - slopes[h][i]) < 1e-6);
        }
    }
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
    QVERIFY(!createFakeModel({}, {}));
    QVERIFY(createFakeModel(test::mixedSpec(), ModelOptions{.device = "cuda"}).error().code == ErrorCode::Unsupported);
}

void TestFakeModel::fakeReportsLossThatIsNotFinite()
{
    Batch batch = test::labelledBatch();
    batch.labels[0][0] = std::numeric_limits<float>::infinity();
    auto model = *createFakeModel(test::mixedSpec(), {});
    const TensorMap before = model->weights();
    QVERIFY(!model->trainStep(batch, {}));
    for (const auto& [name, tensor] : model->weights()) {
        QVERIFY(tensor.values == before.at(name).values);
    }
}

QTEST_GUILESS_MAIN(TestFakeModel)
#include "tst_nn_fakemodel.moc"
