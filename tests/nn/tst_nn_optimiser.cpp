// SPDX-License-Identifier: GPL-3.0-or-later
// Steps of the optimiser against formulas in double precision; accumulation, averages, learnt loss weights, precision.
#include <cmath>

#include <QtTest>

#include "nn/losses.h"
#include "nn/optimiser.h"
#include "nn/torchmodel.h"
#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

ModelSpec smallSpec(double dropout)
{
    ModelSpec spec = test::mixedSpec();
    spec.heads.push_back(test::head("d", 1, 8, TaskKind::Regression, Level::NodePair));
    Architecture& a = spec.architecture;
    a.randomSigns = dropout > 0;
    for (EncoderSpec& encoder : a.encoders.encoders) {
        encoder.dropout = dropout;
    }
    a.gnn.hidden = {12};
    a.gnn.outDim = 12;
    a.gnn.depth = 2;
    a.preNode.dropout = a.preEdge.dropout = a.gnn.dropout = a.gnn.lastDropout = dropout;
    for (OutputSpec& output : a.outputs) {
        output.mlp.dropout = dropout;
    }
    for (HeadSpec& head : spec.heads) {
        head.mlp.dropout = dropout;
    }
    return spec;
}

std::unique_ptr<Model> make(const ModelSpec& spec, const ModelOptions& options = {.threads = 1})
{
    auto model = createTorchModel(spec, options);
    if (!model) {
        qFatal("%s", model.error().text().c_str());
    }
    return std::move(*model);
}

Batch makeBatch(const ModelSpec& spec, int molecules = 20)
{
    Batch batch = test::randomMolecules(molecules, 9, 1).batch();
    test::addLabels(batch, spec, 2);
    return batch;
}

/// Adam's first moment after one step is a tenth of the gradient.
TensorMap gradientAt(const ModelSpec& spec, const TensorMap& weights, std::span<const Batch> parts,
                     std::uint64_t seed = 0)
{
    const auto model = make(spec);
    if (!model->setWeights(weights) || !model->trainStep(parts, {.learningRate = 0, .seed = seed})) {
        qFatal("no gradient");
    }
    TensorMap gradient;
    for (auto& [name, tensor] : model->optimiserState()) {
        if (name.starts_with("adam.m.")) {
            gradient[name.substr(7)] = tensor;
            for (float& value : gradient[name.substr(7)].values) {
                value *= 10;
            }
        }
    }
    return gradient;
}

double largestGap(const TensorMap& a, const TensorMap& b)
{
    double gap = 0;
    for (const auto& [name, tensor] : a) {
        gap = std::max(gap, test::difference(tensor.values, b.at(name).values) /
                                std::max(1e-3, test::largest(tensor.values)));
    }
    return gap;
}

} // namespace

class TestOptimiser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsFollowTheFormula_data();
    void stepsFollowTheFormula();
    void averageFollowsTheWeights();
    void anyNumberOfThreadsMovesWeightsAlike();
    void partsAreOneBatch_data();
    void partsAreOneBatch();
    void lossWeightsAreLearnt();
    void constantsStay();
    void bfloat16IsClose_data();
    void bfloat16IsClose();
    void float16NeedsADevice();
    void gradientScale();
    void countedPassesAreRemembered();
};

void TestOptimiser::stepsFollowTheFormula_data()
{
    QTest::addColumn<double>("decay");
    QTest::addColumn<bool>("decoupled");
    QTest::addColumn<double>("beta1");
    QTest::addColumn<double>("mup");
    QTest::newRow("Adam") << 0.0 << false << 0.9 << 1.0;
    QTest::newRow("Adam with L2") << 0.1 << false << 0.9 << 1.0;
    QTest::newRow("AdamW") << 0.1 << true << 0.9 << 1.0;
    QTest::newRow("AdamW, other betas") << 0.3 << true << 0.7 << 1.0;
    QTest::newRow("muP") << 0.0 << false << 0.9 << 2.0;
    QTest::newRow("muP with L2") << 0.1 << false << 0.9 << 2.0;
    QTest::newRow("muP, AdamW") << 0.1 << true << 0.9 << 2.0;
}

void TestOptimiser::stepsFollowTheFormula()
{
    QFETCH(double, decay);
    QFETCH(bool, decoupled);
    QFETCH(double, beta1);
    QFETCH(double, mup);
    ModelSpec spec = smallSpec(0);
    spec.architecture.mupDivisor = mup;
    const Batch batch = makeBatch(spec);
    StepSettings settings;
    settings.learningRate = 3e-3;
    settings.weightDecay = decay;
    settings.decoupledDecay = decoupled;
    settings.beta1 = beta1;
    settings.beta2 = 0.95;
    settings.epsilon = 1e-6;
    const auto model = make(spec);
    std::map<std::string, double> rates;
    for (const Parameter& parameter : listParameters(spec)) {
        rates[parameter.name] = parameter.rate;
    }
    QCOMPARE(std::any_of(rates.begin(), rates.end(), [](const auto& item) { return item.second != 1; }), mup != 1);
    std::map<std::string, std::vector<double>> first;
    std::map<std::string, std::vector<double>> second;
    for (int step = 1; step <= 3; ++step) {
        const TensorMap before = model->weights();
        const TensorMap gradient = gradientAt(spec, before, {&batch, 1});
        QVERIFY(model->trainStep(batch, settings));
        const TensorMap after = model->weights();
        for (const auto& [name, slopes] : gradient) {
            first[name].resize(slopes.values.size());
            second[name].resize(slopes.values.size());
            for (std::size_t i = 0; i < slopes.values.size(); ++i) {
                const double old = before.at(name).values[i];
                const double rate = rates.at(name);
                const double slope = slopes.values[i] + (decoupled ? 0 : decay / rate * old);
                double& m = first[name][i];
                double& v = second[name][i];
                m = beta1 * m + (1 - beta1) * slope;
                v = 0.95 * v + 0.05 * slope * slope;
                const double move =
                    m / (1 - std::pow(beta1, step)) / (std::sqrt(v / (1 - std::pow(0.95, step))) + 1e-6);
                const double expected =
                    (decoupled ? old * (1 - settings.learningRate * decay) : old) - settings.learningRate * rate * move;
                // Where a gradient is next to nothing, its rounding decides the direction.
                const double tolerance = std::abs(slopes.values[i]) < 1e-6 ? 1e-3 : 1e-5;
                QVERIFY2(std::abs(after.at(name).values[i] - expected) < tolerance, name.c_str());
            }
        }
    }
}

void TestOptimiser::averageFollowsTheWeights()
{
    const ModelSpec spec = smallSpec(0.1);
    const Batch batch = makeBatch(spec);
    const auto model = make(spec);
    QVERIFY(model->trainStep(batch, {}));
    QVERIFY(model->averagedWeights().empty());
    TensorMap expected = model->weights();
    for (std::uint64_t step = 0; step < 5; ++step) {
        QVERIFY(model->trainStep(batch, {.learningRate = 0.01, .averageDecay = 0.8, .seed = step}));
        for (const auto& [name, tensor] : model->weights()) {
            for (std::size_t i = 0; i < tensor.values.size(); ++i) {
                float& average = expected.at(name).values[i];
                average = 0.8F * average + 0.2F * tensor.values[i];
            }
        }
    }
    const TensorMap average = model->averagedWeights();
    QCOMPARE(average.size(), expected.size());
    QVERIFY(largestGap(average, expected) < 1e-5);
    const auto other = make(spec);
    QVERIFY(other->setWeights(average)); // they are weights like any others
    QVERIFY(model->trainStep(batch, {}));
    QVERIFY(model->averagedWeights().empty());
}

void TestOptimiser::anyNumberOfThreadsMovesWeightsAlike()
{
    ModelSpec spec = smallSpec(0.1);
    spec.architecture.gnn.hidden = {300};
    spec.architecture.gnn.outDim = 300;
    const Batch batch = makeBatch(spec, 150);
    const auto train = [&](int threads) {
        const auto model = make(spec, {.threads = threads});
        double norms = 0;
        for (std::uint64_t step = 0; step < 3; ++step) {
            const auto result = model->trainStep(batch, {.learningRate = 1e-3, .clipNorm = 0.5, .seed = step});
            norms += result ? result->gradientNorm : NAN;
        }
        return std::pair(norms, model->weights());
    };
    QVERIFY(make(spec)->parameterCount() > 3 * Workers::blockSize);
    const auto [norm, weights] = train(1);
    for (const int threads : {2, 5}) {
        const auto [otherNorm, otherWeights] = train(threads);
        QVERIFY(std::isfinite(norm) && otherNorm == norm); // to the bit
        QCOMPARE(otherWeights.size(), weights.size());
        for (const auto& [name, tensor] : weights) {
            QVERIFY2(otherWeights.at(name).values == tensor.values, name.c_str());
        }
    }

    // The norm is that of the whole gradient, which one step of Adam keeps a tenth of.
    const auto model = make(spec);
    const auto result = model->trainStep(batch, {.learningRate = 1e-3});
    QVERIFY(result.has_value());
    double squares = 0;
    for (const auto& [name, tensor] : model->optimiserState()) {
        for (const float value : name.starts_with("adam.m.") ? tensor.values : std::vector<float>()) {
            squares += 100.0 * value * value;
        }
    }
    QVERIFY(std::abs(result->gradientNorm / std::sqrt(squares) - 1) < 1e-5);
}

void TestOptimiser::partsAreOneBatch_data()
{
    QTest::addColumn<int>("balance");
    QTest::addColumn<bool>("perLabel");
    QTest::newRow("fixed") << static_cast<int>(LossBalance::Fixed) << false;
    QTest::newRow("fixed, per label") << static_cast<int>(LossBalance::Fixed) << true;
    QTest::newRow("by count") << static_cast<int>(LossBalance::ByCount) << false;
    QTest::newRow("uncertainty") << static_cast<int>(LossBalance::Uncertainty) << true;
}

/// With dropout and random signs at work: a batch in three parts draws the same numbers as in one.
void TestOptimiser::partsAreOneBatch()
{
    QFETCH(int, balance);
    QFETCH(bool, perLabel);
    ModelSpec spec = smallSpec(0.2);
    spec.architecture.lossBalance = static_cast<LossBalance>(balance);
    for (HeadSpec& head : spec.heads) {
        head.loss.perLabel = perLabel;
    }
    const test::Molecules all = test::randomMolecules(30, 8, 3);
    Batch whole = all.batch();
    test::addLabels(whole, spec, 4);
    std::vector<Batch> parts;
    std::vector<std::ptrdiff_t> done(spec.heads.size(), 0);
    for (const auto& [begin, end] : {std::pair(0, 4), std::pair(4, 5), std::pair(5, 30)}) {
        test::Molecules some;
        some.graphs.assign(all.graphs.begin() + begin, all.graphs.begin() + end);
        some.encodings.assign(all.encodings.begin() + begin, all.encodings.begin() + end);
        parts.push_back(some.batch());
        for (std::size_t h = 0; h < spec.heads.size(); ++h) {
            const auto count =
                parts.back().rows(spec.heads[h].level) * static_cast<std::int64_t>(spec.heads[h].columns.size());
            const auto from = whole.labels[h].begin() + done[h];
            parts.back().labels.emplace_back(from, from + count);
            done[h] += count;
        }
    }
    const auto model = make(spec);
    const TensorMap weights = model->weights();
    const double gap = largestGap(gradientAt(spec, weights, {&whole, 1}, 9), gradientAt(spec, weights, parts, 9));
    QVERIFY2(gap < 1e-4, qPrintable(QString::number(gap)));
    const auto a = make(spec)->trainStep(whole, {.seed = 9});
    const auto b = make(spec)->trainStep(parts, {.seed = 9});
    QVERIFY(a && b && a->losses.labels == b->losses.labels);
    QVERIFY(std::abs(a->losses.total / b->losses.total - 1) < 1e-6);
    QVERIFY(std::abs(a->gradientNorm / b->gradientNorm - 1) < 1e-4);
    parts[1].labels.clear(); // a part without labels is allowed
    QVERIFY(model->trainStep(parts, {}));
}

void TestOptimiser::lossWeightsAreLearnt()
{
    ModelSpec spec = smallSpec(0);
    const std::int64_t count = make(spec)->parameterCount();
    spec.architecture.lossBalance = LossBalance::Uncertainty;
    const auto model = make(spec);
    QCOMPARE(model->parameterCount(), count);
    Batch batch = makeBatch(spec);
    batch.labels[1].assign(batch.labels[1].size(), std::numeric_limits<float>::quiet_NaN());
    const std::string name(logVarianceName);
    TensorMap weights = model->weights();
    QCOMPARE(weights.at(name).values, std::vector<float>(4, 0));
    weights.at(name).values = {0.5F, 1, -0.5F, 0};
    QVERIFY(model->setWeights(weights));
    const Losses losses = model->evaluate(batch)->losses;
    const TensorMap gradient = gradientAt(spec, weights, {&batch, 1});
    double total = 0;
    for (std::size_t h = 0; h < 4; ++h) {
        const double s = weights.at(name).values[h];
        const double expected = h == 1 ? 0 : (0.5 - std::exp(-s) * losses.heads[h]) / 4;
        QVERIFY(std::abs(gradient.at(name).values[h] - expected) < 1e-6);
        total += h == 1 ? 0 : (std::exp(-s) * losses.heads[h] + s / 2) / 4;
    }
    QVERIFY(std::abs(losses.total - total) < 1e-9);
    // Weight decay has no say in them.
    batch.labels.clear();
    for (const bool decoupled : {false, true}) {
        QVERIFY(model->trainStep(batch, {.learningRate = 0.1, .weightDecay = 0.1, .decoupledDecay = decoupled}));
        QCOMPARE(model->weights().at(name).values, weights.at(name).values);
    }
}

/// Weights of a random residual and the columns that members of an ensemble see are drawn once.
void TestOptimiser::constantsStay()
{
    ModelSpec spec = smallSpec(0);
    spec.architecture.gnn.depth = 4;
    spec.architecture.gnn.residual = Residual::Random;
    spec.heads[0].mlp.ensemble = 3;
    spec.heads[0].mlp.ensembleInputs = 0.5;
    const auto model = make(spec);
    const TensorMap before = model->weights();
    QVERIFY(model->trainStep(makeBatch(spec), {.learningRate = 0.1, .weightDecay = 0.1, .averageDecay = 0.5}));
    const TensorMap after = model->weights();
    const TensorMap average = model->averagedWeights();
    int constants = 0;
    for (const Parameter& parameter : listParameters(spec)) {
        if (parameter.role == Parameter::Role::Constant) {
            ++constants;
            QVERIFY2(after.at(parameter.name).values == before.at(parameter.name).values, parameter.name.c_str());
            QVERIFY(average.at(parameter.name).values == before.at(parameter.name).values);
            QVERIFY(!model->optimiserState().contains("adam.m." + parameter.name));
        }
    }
    QVERIFY(constants >= 2);
}

void TestOptimiser::bfloat16IsClose_data()
{
    QTest::addColumn<int>("layer");
    QTest::newRow("GINE") << static_cast<int>(LayerType::Gine);
    QTest::newRow("MPNN++") << static_cast<int>(LayerType::MpnnPlus);
}

void TestOptimiser::bfloat16IsClose()
{
    QFETCH(int, layer);
    ModelSpec spec = smallSpec(0.1);
    spec.architecture.gnn.layer.type = static_cast<LayerType>(layer);
    const Batch batch = makeBatch(spec, 90);
    const ModelOptions options{.threads = 1, .precision = Precision::BFloat16};
    const auto created = createTorchModel(spec, options);
    if (!created) {
        QCOMPARE(created.error().code, ErrorCode::Unsupported);
        QSKIP("this processor or LibTorch multiplies no bfloat16");
    }
    const auto exact = make(spec)->evaluate(batch)->outputs;
    const auto half = make(spec, options)->evaluate(batch)->outputs;
    for (std::size_t h = 0; h < exact.size(); ++h) {
        const double gap = test::difference(exact[h], half[h]) / test::largest(exact[h]);
        QVERIFY2(gap > 1e-5 && gap < 0.05, qPrintable(QString::number(gap)));
    }
    const auto train = [&](const ModelOptions& with) {
        const auto model = make(spec, with);
        for (std::uint64_t step = 0; step < 60; ++step) {
            const auto result = model->trainStep(batch, {.learningRate = 3e-3, .clipNorm = 5, .seed = step});
            if (!result || result->skipped) {
                qFatal("a step failed");
            }
        }
        return std::pair(model->evaluate(batch)->losses.total, model->weights());
    };
    const double start = make(spec)->evaluate(batch)->losses.total;
    const auto [single, singleWeights] = train({.threads = 1});
    const auto [mixed, weights] = train(options);
    QVERIFY2(mixed < start && std::abs(mixed - single) < 0.2 * (start - single), qPrintable(QString::number(mixed)));
    const auto [again, sameWeights] = train({.threads = 2, .precision = Precision::BFloat16});
    QCOMPARE(mixed, again);
    QCOMPARE(largestGap(weights, sameWeights), 0.0);
}

void TestOptimiser::float16NeedsADevice()
{
    const auto model = createTorchModel(smallSpec(0), {.precision = Precision::Float16});
    QVERIFY(!model && model.error().code == ErrorCode::Unsupported);
    QVERIFY2(model.error().text().find("float16") != std::string::npos, model.error().text().c_str());
}

void TestOptimiser::gradientScale()
{
    GradientScale unused(false);
    unused.succeeded();
    QCOMPARE(unused.value(), 1.0);
    GradientScale scale(true);
    const double start = scale.value();
    scale.overflowed();
    QCOMPARE(scale.value(), start / 2);
    for (int step = 0; step < 1999; ++step) {
        scale.succeeded();
    }
    QCOMPARE(scale.value(), start / 2);
    GradientScale other(true);
    QVERIFY(other.fromTensor(scale.toTensor()));
    other.succeeded();
    QCOMPARE(other.value(), start);
    for (int step = 0; step < 100; ++step) {
        other.overflowed();
    }
    QCOMPARE(other.value(), 1.0);
    for (const std::vector<float>& bad : {std::vector<float>{0, 0}, {3, -1}, {3}, {1e9F, 0}, {3, 5000}}) {
        QVERIFY(!other.fromTensor({{static_cast<std::int64_t>(bad.size())}, bad}));
    }
}

/// With the published fault, what a pass computes depends on how many there were.
void TestOptimiser::countedPassesAreRemembered()
{
    ModelSpec spec = smallSpec(0);
    spec.architecture.gnn.residual = Residual::Weighted;
    spec.architecture.quirks.residualCounter = true;
    spec.architecture.gnn.depth = 4;
    const Batch batch = makeBatch(spec);
    const auto whole = make(spec);
    QVERIFY(whole->trainStep(batch, {}));
    const TensorMap weights = whole->weights(), state = whole->optimiserState();
    QVERIFY(state.contains("passes"));
    const auto expected = whole->evaluate(batch);
    const auto fresh = make(spec);
    QVERIFY(fresh->setWeights(weights));
    QVERIFY(fresh->evaluate(batch)->outputs != expected->outputs); // else the test says nothing
    const auto resumed = make(spec);
    QVERIFY(resumed->setWeights(weights) && resumed->setOptimiserState(state));
    QVERIFY(resumed->evaluate(batch)->outputs == expected->outputs);
    QVERIFY(!make(smallSpec(0))->optimiserState().contains("passes"));
}

QTEST_GUILESS_MAIN(TestOptimiser)
#include "tst_nn_optimiser.moc"
