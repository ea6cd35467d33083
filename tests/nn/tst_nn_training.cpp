// SPDX-License-Identifier: GPL-3.0-or-later
// Training steps: repeatable, resumable to the bit, and harmless when they fail.
#include <thread>

#include <QtTest>

#include "nn/adamstate.h"
#include "nn/torchmodel.h"
#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;
using namespace Qt::StringLiterals;

namespace
{

ModelSpec smallSpec()
{
    ModelSpec spec = test::mixedSpec();
    Architecture& a = spec.architecture;
    a.gnn.hidden = {24};
    a.gnn.outDim = 24;
    a.gnn.depth = 3;
    a.preNode.outDim = 20;
    a.preNode.hidden = {32};
    return spec;
}

/// Without anything left to chance.
ModelSpec calmSpec()
{
    ModelSpec spec = smallSpec();
    Architecture& a = spec.architecture;
    a.randomSigns = false;
    for (EncoderSpec& encoder : a.encoders.encoders) {
        encoder.dropout = 0;
    }
    a.preNode.dropout = a.preEdge.dropout = a.gnn.dropout = a.gnn.lastDropout = 0;
    for (OutputSpec& output : a.outputs) {
        output.mlp.dropout = 0;
    }
    for (HeadSpec& head : spec.heads) {
        head.mlp.dropout = 0;
    }
    return spec;
}

Batch makeBatch(const ModelSpec& spec, std::uint64_t seed = 1)
{
    Batch batch = test::randomMolecules(60, 12, seed).batch();
    test::addLabels(batch, spec, seed + 1);
    return batch;
}

std::unique_ptr<Model> make(const ModelSpec& spec, std::uint64_t seed = 42)
{
    ModelOptions options;
    options.seed = seed;
    options.threads = 1;
    return std::move(*createTorchModel(spec, options));
}

bool equal(const TensorMap& a, const TensorMap& b)
{
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& item) {
               return b.contains(item.first) && b.at(item.first).shape == item.second.shape &&
                      b.at(item.first).values == item.second.values;
           });
}

} // namespace

class TestTraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void learnsAllLevelsAndKinds();
    void seedsDecideEverything();
    void threadsDoNotMatter();
    void resumesToTheBit();
    void resumesThroughAFile();
    void failsWithoutHarm_data();
    void failsWithoutHarm();
    void clipsTheGradient();
    void weightDecayPullsToZero();
    void missingLabelsDoNotCount();
    void batchWithoutLabels();
    void refusesForeignState();
    void refusesWhatItCannotDo();
    void modelsDoNotDisturbEachOther();
};

void TestTraining::learnsAllLevelsAndKinds()
{
    const ModelSpec spec = smallSpec();
    Batch batch = makeBatch(spec);
    for (std::size_t atom = 0; atom < batch.labels[1].size(); ++atom) { // something there is to learn
        batch.labels[1][atom] = batch.encoding("rw_return_probs")->values[atom * 16 + 3] > 0 ? 1.0F : 0.0F;
    }
    for (std::size_t i = 0; i < batch.labels[2].size(); ++i) { // double bonds
        batch.labels[2][i] = batch.edgeFeatures[i / 2 * bondFeatureCount + 1];
    }
    auto model = make(spec);
    const Losses before = model->evaluate(batch)->losses;
    for (std::uint64_t step = 0; step < 450; ++step) {
        const auto result = model->trainStep(batch, {.learningRate = 3e-3, .clipNorm = 5, .seed = step});
        QVERIFY2(result, result ? "" : result.error().text().c_str());
        QVERIFY(result->gradientNorm > 0);
    }
    const Losses after = model->evaluate(batch)->losses;
    for (std::size_t h = 0; h < 3; ++h) {
        QVERIFY2(after.heads[h] < 0.5 * before.heads[h], spec.heads[h].name.c_str());
        QVERIFY(before.labels[h] > 0);
    }
    QVERIFY(std::abs(after.total - (after.heads[0] + after.heads[1] + after.heads[2]) / 3) < 1e-12);
}

void TestTraining::seedsDecideEverything()
{
    const ModelSpec spec = smallSpec();
    const Batch batch = makeBatch(spec);
    const auto run = [&](std::uint64_t initial, std::uint64_t first) {
        auto model = make(spec, initial);
        for (std::uint64_t step = first; step < first + 3; ++step) {
            model->trainStep(batch, {.seed = step});
        }
        return model->weights();
    };
    const TensorMap reference = run(42, 0);
    QVERIFY(equal(reference, run(42, 0)));
    QVERIFY(!equal(reference, run(43, 0)));
    QVERIFY(!equal(reference, run(42, 1)));

    // Without dropout the signs of the eigenvectors are the only thing left to chance.
    ModelSpec calm = calmSpec();
    calm.architecture.randomSigns = true;
    const auto loss = [&](std::uint64_t seed) { return make(calm)->trainStep(batch, {.seed = seed})->losses.total; };
    QVERIFY(loss(1) != loss(2));
    calm.architecture.randomSigns = false;
    QVERIFY(loss(1) == loss(2));
    QVERIFY(std::abs(loss(1) - make(calm)->evaluate(batch)->losses.total) < 1e-6);
}

void TestTraining::threadsDoNotMatter()
{
    const ModelSpec spec = smallSpec();
    Batch batch = test::randomMolecules(200, 14, 1).batch(); // several shards
    test::addLabels(batch, spec, 2);
    ModelOptions options;
    options.threads = 1;
    const auto one = std::move(*createTorchModel(spec, options));
    options.threads = 3;
    const auto three = std::move(*createTorchModel(spec, options));
    for (std::uint64_t step = 0; step < 4; ++step) {
        QVERIFY(one->trainStep(batch, {.clipNorm = 1, .averageDecay = 0.9, .seed = step}));
        QVERIFY(three->trainStep(batch, {.clipNorm = 1, .averageDecay = 0.9, .seed = step}));
    }
    QVERIFY(one->evaluate(batch)->outputs == three->evaluate(batch)->outputs);
    QVERIFY(equal(one->weights(), three->weights()));
    QVERIFY(equal(one->optimiserState(), three->optimiserState()));
}

void TestTraining::resumesToTheBit()
{
    const ModelSpec spec = smallSpec();
    auto whole = make(spec);
    auto second = make(spec, 7);
    for (std::uint64_t step = 0; step < 12; ++step) {
        if (step == 5) {
            QVERIFY(second->setWeights(whole->weights()));
            QVERIFY(second->setOptimiserState(whole->optimiserState()));
        }
        const Batch batch = makeBatch(spec, step % 3);
        const StepSettings settings{.clipNorm = 1, .averageDecay = 0.99, .seed = step};
        QVERIFY(whole->trainStep(batch, settings));
        QVERIFY(step < 5 || second->trainStep(batch, settings));
    }
    QVERIFY(equal(whole->weights(), second->weights()));
    QVERIFY(equal(whole->optimiserState(), second->optimiserState()));
    QVERIFY(equal(whole->averagedWeights(), second->averagedWeights()));
    QVERIFY((whole->optimiserState().at("adam.step").values == std::vector<float>{0, 12}));
}

void TestTraining::resumesThroughAFile()
{
    const ModelSpec spec = smallSpec();
    auto model = make(spec);
    const Batch batch = makeBatch(spec);
    QVERIFY(model->trainStep(batch, {}));
    TensorFile file;
    file.tensors = model->weights();
    file.tensors.merge(model->optimiserState());
    const auto read = parseSafetensors(toSafetensors(file), "memory");
    QVERIFY(read && equal(read->tensors, file.tensors));
}

void TestTraining::failsWithoutHarm_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<std::vector<std::int64_t>>("culprits");
    using Places = std::vector<std::int64_t>;
    QTest::newRow("label") << u"label"_s << Places{17};
    QTest::newRow("label of an atom") << u"atom label"_s << Places{3};
    QTest::newRow("feature") << u"feature"_s << Places{0};
    QTest::newRow("encoding") << u"encoding"_s << Places{59};
    QTest::newRow("second part") << u"second part"_s << Places{65};
    QTest::newRow("weight") << u"weight"_s << Places{};
}

void TestTraining::failsWithoutHarm()
{
    QFETCH(QString, fault);
    QFETCH(std::vector<std::int64_t>, culprits);
    ModelSpec spec = smallSpec();
    spec.architecture.preNode.norm = Norm::Batch; // its statistics must stay too
    std::vector<Batch> parts = {makeBatch(spec)}; // 60 molecules
    auto model = make(spec);
    QVERIFY(model->trainStep(parts, {}));
    QVERIFY(model->culprits().empty());
    TensorMap weights = model->weights();
    constexpr float bad = std::numeric_limits<float>::infinity();
    if (fault == u"label"_s) {
        parts[0].labels[0][17 * 2 + 1] = bad;
    } else if (fault == u"atom label"_s) {
        spec.heads[1].kind = TaskKind::Regression;
        spec.heads[1].loss.type = LossType::Mse;
        model = make(spec);
        weights = model->weights();
        parts[0].labels[1][static_cast<std::size_t>(parts[0].nodeStart[4]) - 1] = bad;
    } else if (fault == u"feature"_s) {
        parts[0].nodeFeatures[3] = std::numeric_limits<float>::quiet_NaN();
    } else if (fault == u"encoding"_s) {
        parts[0].encodings[2].values.back() = bad;
    } else if (fault == u"second part"_s) {
        parts.push_back(makeBatch(spec, 5));
        parts[1].labels[0][5 * 2] = bad;
    } else { // so large that the product overflows
        for (float& value : weights["task_heads.task_heads.a.layers.1.linear.weight"].values) {
            value = 3e38F;
        }
        QVERIFY(model->setWeights(weights));
    }
    const TensorMap state = model->optimiserState();
    const auto result = model->trainStep(parts, {});
    QVERIFY(!result);
    QVERIFY2(result.error().message.find("not finite") != std::string::npos, result.error().text().c_str());
    QVERIFY(result.error().message.find(fault == u"atom label"_s ? " b" : " a") != std::string::npos);
    QVERIFY(model->culprits() == culprits);
    QVERIFY(culprits.empty() ||
            result.error().message.find("molecule " + std::to_string(culprits[0])) != std::string::npos);
    QVERIFY(equal(model->weights(), weights));
    QVERIFY(equal(model->optimiserState(), state));
}

void TestTraining::clipsTheGradient()
{
    const ModelSpec spec = smallSpec();
    const Batch batch = makeBatch(spec);
    auto clipped = make(spec);
    auto whole = make(spec);
    const double norm = whole->trainStep(batch, {})->gradientNorm;
    QCOMPARE(clipped->trainStep(batch, {.clipNorm = norm / 4})->gradientNorm, norm);
    const TensorMap a = clipped->optimiserState();
    for (const auto& [name, tensor] : whole->optimiserState()) {
        for (std::size_t i = 0; name.starts_with("adam.m.") && i < tensor.values.size(); i += 5) {
            QVERIFY(std::abs(a.at(name).values[i] - tensor.values[i] / 4) < 1e-6F * std::abs(tensor.values[i]) + 1e-9F);
        }
    }
    auto loose = make(spec);
    QVERIFY(loose->trainStep(batch, {.clipNorm = 2 * norm}));
    QVERIFY(equal(loose->weights(), whole->weights()));
}

void TestTraining::weightDecayPullsToZero()
{
    const ModelSpec spec = smallSpec();
    Batch batch = makeBatch(spec);
    batch.labels.clear(); // no loss: the decay alone moves the weights
    auto model = make(spec);
    const TensorMap before = model->weights();
    QVERIFY(model->trainStep(batch, {.learningRate = 1e-4, .weightDecay = 0.1}));
    const auto& old = before.at("pre_nn.layers.0.linear.weight").values;
    const auto now = model->weights().at("pre_nn.layers.0.linear.weight").values;
    int closer = 0;
    for (std::size_t i = 0; i < old.size(); ++i) {
        closer += std::abs(now[i]) < std::abs(old[i]) ? 1 : 0;
    }
    QVERIFY(closer > static_cast<int>(0.98 * static_cast<double>(old.size())));
}

void TestTraining::missingLabelsDoNotCount()
{
    const ModelSpec spec = smallSpec();
    const Batch batch = makeBatch(spec);
    Batch sparse = batch;
    for (std::size_t i = 0; i < sparse.labels[0].size(); ++i) {
        sparse.labels[0][i] = i == 3 ? 0.5F : std::numeric_limits<float>::quiet_NaN();
    }
    auto model = make(spec);
    const auto evaluation = model->evaluate(sparse);
    QCOMPARE(evaluation->losses.labels[0], std::int64_t{1});
    QVERIFY(std::abs(evaluation->losses.heads[0] - std::abs(evaluation->outputs[0][3] - 0.5)) < 1e-6);

    std::fill(sparse.labels[0].begin(), sparse.labels[0].end(), std::numeric_limits<float>::quiet_NaN());
    const auto step = model->trainStep(sparse, {});
    QVERIFY(step && step->losses.heads[0] == 0 && step->losses.labels[0] == 0);
    QVERIFY(test::largest(model->optimiserState().at("adam.m.task_heads.task_heads.a.layers.0.linear.weight").values) ==
            0);
    QVERIFY(test::largest(model->optimiserState().at("adam.m.task_heads.task_heads.b.layers.0.linear.weight").values) >
            0);
}

void TestTraining::batchWithoutLabels()
{
    const ModelSpec spec = smallSpec();
    Batch batch = makeBatch(spec);
    batch.labels.clear();
    auto model = make(spec);
    const TensorMap before = model->weights();
    const auto step = model->trainStep(batch, {});
    QVERIFY2(step, step ? "" : step.error().text().c_str());
    QCOMPARE(step->losses.total, 0.0);
    QVERIFY(equal(before, model->weights()));
}

void TestTraining::refusesForeignState()
{
    const ModelSpec spec = smallSpec();
    auto model = make(spec);
    TensorMap weights = model->weights();
    weights.erase("pre_nn.layers.0.linear.bias");
    QVERIFY(model->setWeights(weights).error().message.find("'pre_nn.layers.0.linear.bias' is missing") !=
            std::string::npos);
    weights = model->weights();
    weights["more"] = {{1}, {0}};
    QVERIFY(model->setWeights(weights).error().message.find("'more'") != std::string::npos);
    weights = model->weights();
    weights["pre_nn.layers.0.linear.bias"].shape = {32, 1};
    QVERIFY(model->setWeights(weights).error().message.find("[32, 1] instead of [32]") != std::string::npos);
    weights = model->weights();
    weights["pre_nn.layers.0.linear.bias"].values[0] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(!model->setWeights(weights));
    TensorMap state = model->optimiserState();
    state["adam.step"].values[0] = -1;
    QVERIFY(!model->setOptimiserState(state));
    state = model->optimiserState();
    state["scale"] = {{2}, {0, 0}};
    QVERIFY(!model->setOptimiserState(state));
    state = model->optimiserState();
    state["average.pre_nn.layers.0.linear.bias"] = {{32}, std::vector<float>(32, 0)};
    QVERIFY(model->setOptimiserState(state).error().message.find("average.") != std::string::npos);
    state = model->optimiserState();
    state.erase("adam.step");
    QVERIFY(model->setOptimiserState(state).error().message.find("'adam.step'") != std::string::npos);
}

void TestTraining::refusesWhatItCannotDo()
{
    const ModelSpec spec = smallSpec();
    QVERIFY(availableDevices().front() == "cpu");
    QVERIFY(!torchVersion().empty());
    for (const char* device : {"cuda:99", "tpu", ""}) {
        const auto model = createTorchModel(spec, ModelOptions{.device = device});
        QVERIFY(!model && model.error().code == ErrorCode::Unsupported);
        QVERIFY2(model.error().hint.find("cpu") != std::string::npos, model.error().text().c_str());
    }
    ModelSpec twice = spec;
    twice.heads[1].name = "a";
    QVERIFY(!createTorchModel(twice, {}));
    QVERIFY(!createTorchModel({spec.architecture, {}}, {}));
    QVERIFY(!make(spec)->trainStep(std::span<const Batch>(), {}));
    Batch batch = makeBatch(spec);
    batch.senders[0] = 1000000;
    QVERIFY(make(spec)->evaluate(batch).error().code == ErrorCode::Internal);
    QVERIFY(!make(spec)->trainStep(batch, {}));
}

void TestTraining::modelsDoNotDisturbEachOther()
{
    const ModelSpec spec = smallSpec();
    const Batch batch = makeBatch(spec);
    const auto train = [&](TensorMap& result) {
        auto model = make(spec);
        for (std::uint64_t step = 0; step < 10; ++step) {
            model->trainStep(batch, {.seed = step});
        }
        result = model->weights();
    };
    TensorMap alone;
    train(alone);
    TensorMap results[2];
    std::thread first([&] { train(results[0]); });
    std::thread second([&] { train(results[1]); });
    first.join();
    second.join();
    QVERIFY(equal(alone, results[0]));
    QVERIFY(equal(alone, results[1]));
}

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_nn_training.moc"
