// SPDX-License-Identifier: GPL-3.0-or-later
// Losses of heads and their balance: against reference numbers, formulas by hand, and differences.
#include <cmath>

#include <QtTest>

#include "nn/checks.h"
#include "nn/losses.h"
#include "nn/parity.h"
#include "tests/nn/molecules.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

constexpr float gap = std::numeric_limits<float>::quiet_NaN();

double valueOf(const HeadSpec& head, const std::vector<float>& outputs, const std::vector<float>& labels)
{
    LabelWeights weights;
    weights.add(head, labels);
    return headLoss(head, outputs, labels, weights);
}

std::vector<std::span<const float>> views(const std::vector<std::vector<float>>& outputs)
{
    return {outputs.begin(), outputs.end()};
}

/// Three heads with two, one and no labels.
ModelSpec threeHeads(LossBalance balance)
{
    ModelSpec spec;
    spec.architecture.lossBalance = balance;
    spec.heads = {test::head("a", 1, 4), test::head("b", 1, 4), test::head("c", 1, 4)};
    spec.heads[0].loss.weight = 3;
    return spec;
}
const std::vector<std::vector<float>> threeOutputs = {{1, 2}, {0.5F, 0}, {7, 7}};
const std::vector<std::vector<float>> threeLabels = {{0, 0}, {gap, 1}, {gap, gap}}; // losses 1.5, 1 and none

} // namespace

class TestLosses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void referenceNumbers();
    void totalOfAReferenceTraining();
    void byHand_data();
    void byHand();
    void extremeLogits();
    void extremeProbabilities();
    void weightsOfColumnsAndClasses();
    void nothingToLearnFrom_data();
    void nothingToLearnFrom();
    void slopesAgreeWithDifferences_data();
    void slopesAgreeWithDifferences();
    void balances();
    void learntWeights();
    void partsAddUp();
    void specsThatCannotWork();
};

void TestLosses::referenceNumbers()
{
    PAPILIO_TEST_FILE(folder, "parity/losses");
    const auto results = checkLosses(folder.toStdString());
    QVERIFY2(results, results ? "" : results.error().text().c_str());
    QCOMPARE(results->size(), std::size_t{28});
    for (const ParityResult& result : *results) {
        QVERIFY2(result.passed(), qPrintable(QString::fromStdString(result.tensor)));
    }
}

void TestLosses::totalOfAReferenceTraining()
{
    PAPILIO_TEST_FILE(path, "parity/training/gine.safetensors");
    const auto file = readSafetensors(path.toStdString());
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    const TensorMap& t = file->tensors;
    const ModelSpec spec = test::toymix("gine-toymix");
    std::vector<std::span<const float>> outputs;
    std::vector<std::vector<float>> labels;
    for (const HeadSpec& head : spec.heads) {
        outputs.emplace_back(t.at("adam/pred/" + head.name).values);
        labels.push_back(t.at("label/" + head.name).values);
    }
    const Losses losses = computeLosses(spec, outputs, labels);
    const auto& expected = t.at("adam/loss").values; // first row: total, qm9, tox21, zinc
    QVERIFY(std::abs(losses.total / expected[0] - 1) < 1e-6);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(std::abs(losses.heads[i] / expected[i + 1] - 1) < 1e-6);
    }
}

void TestLosses::byHand_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<double>("expected"); // of outputs 0.2, 3 against labels 1, 1 (or classes)
    const double p = std::exp(0.2) / (std::exp(0.2) + std::exp(3) + 1); // logits 0.2, 3, 0
    const double q = std::exp(3) / (std::exp(0.2) + std::exp(3) + 1);
    const double mean = q + 2 * (1 - p - q);
    QTest::newRow("mae") << static_cast<int>(LossType::Mae) << (0.8 + 2) / 2;
    QTest::newRow("mse") << static_cast<int>(LossType::Mse) << (0.64 + 4) / 2;
    QTest::newRow("huber") << static_cast<int>(LossType::Huber) << (0.32 + 1.5) / 2;
    QTest::newRow("bce_logits") << static_cast<int>(LossType::BceLogits)
                                << (std::log(1 + std::exp(-0.2)) + std::log(1 + std::exp(-3))) / 2;
    QTest::newRow("cross_entropy") << static_cast<int>(LossType::CrossEntropy) << -std::log(p);
    QTest::newRow("hybrid_ce") << static_cast<int>(LossType::HybridCe) << 0.25 * -std::log(p) + 0.75 * mean * mean;
}

void TestLosses::byHand()
{
    QFETCH(int, type);
    QFETCH(double, expected);
    const auto loss = static_cast<LossType>(type);
    const bool classes = loss == LossType::CrossEntropy || loss == LossType::HybridCe;
    HeadSpec head = classes ? test::head("h", 1, 4, TaskKind::Multiclass, Level::Graph, 3) : test::head("h", 1, 4);
    head.loss.type = loss;
    head.loss.alpha = 0.25;
    const double value = classes ? valueOf(head, {0.2F, 3, 0}, {0}) : valueOf(head, {0.2F, 3}, {1, 1});
    QVERIFY2(std::abs(value - expected) < 1e-6, qPrintable(QString::number(value)));
}

void TestLosses::extremeLogits()
{
    ModelSpec spec;
    spec.heads = {test::head("b", 4, 8, TaskKind::Binary), test::head("c", 1, 8, TaskKind::Multiclass, Level::Graph, 3),
                  test::head("r", 1, 8)};
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

/// A probability of exactly 0 or 1 costs 100 where it is wrong, as published, and its slope is finite.
void TestLosses::extremeProbabilities()
{
    HeadSpec head = test::head("b", 1, 4, TaskKind::Binary);
    head.loss.type = LossType::Bce;
    QCOMPARE(valueOf(head, {0, 1}, {1, 0}), 100.0);
    QCOMPARE(valueOf(head, {0, 1}, {0, 1}), 0.0);
    LabelWeights weights;
    const std::vector<float> labels = {1, 1, 0};
    weights.add(head, labels);
    std::vector<float> slopes(3);
    headLoss(head, std::vector<float>{0, 1, 1}, labels, weights, 3, slopes);
    QVERIFY(slopes[0] < -1e11F && std::isfinite(slopes[0]));
    QCOMPARE(slopes[1], 0.0F);
    QVERIFY(slopes[2] > 1e11F && std::isfinite(slopes[2]));
}

void TestLosses::weightsOfColumnsAndClasses()
{
    HeadSpec head = test::head("a", 2, 4);
    const std::vector<float> outputs = {1, 10, 2, 20, 3, 30};
    const std::vector<float> labels = {0, gap, 0, 0, 0, 0}; // column means 2 and 25
    QCOMPARE(valueOf(head, outputs, labels), (6 + 50.0) / 5);
    head.loss.columnWeights = {1, 3};
    QCOMPARE(valueOf(head, outputs, labels), (6 + 3 * 50.0) / (3 + 3 * 2));
    head.loss.perLabel = true;
    QCOMPARE(valueOf(head, outputs, labels), (2 + 3 * 25.0) / 4);
    // A column without labels does not take part in the mean over columns.
    QCOMPARE(valueOf(head, outputs, {0, gap, 0, gap, 0, gap}), 2.0);

    HeadSpec binary = test::head("b", 1, 4, TaskKind::Binary);
    binary.loss.classWeights = {1, 4};
    const std::vector<float> logits = {0, 0, 2};
    const double no = std::log(2.0);
    const double yes = std::log1p(std::exp(-2.0));
    QVERIFY(std::abs(valueOf(binary, logits, {0, 1, 1}) - (no + 4 * no + 4 * yes) / 9) < 1e-12);
    binary.loss.perLabel = true; // one column: the same
    QVERIFY(std::abs(valueOf(binary, logits, {0, 1, 1}) - (no + 4 * no + 4 * yes) / 9) < 1e-12);
}

void TestLosses::nothingToLearnFrom_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("kind");
    const auto add = [](const char* name, LossType type, TaskKind kind) {
        QTest::newRow(name) << static_cast<int>(type) << static_cast<int>(kind);
    };
    add("mae", LossType::Mae, TaskKind::Regression);
    add("mse", LossType::Mse, TaskKind::Regression);
    add("huber", LossType::Huber, TaskKind::Regression);
    add("bce", LossType::Bce, TaskKind::Binary);
    add("bce_logits", LossType::BceLogits, TaskKind::Binary);
    add("cross_entropy", LossType::CrossEntropy, TaskKind::Multiclass);
    add("hybrid_ce", LossType::HybridCe, TaskKind::Multiclass);
}

void TestLosses::nothingToLearnFrom()
{
    QFETCH(int, type);
    QFETCH(int, kind);
    HeadSpec head = test::head("h", 2, 4, static_cast<TaskKind>(kind), Level::Graph, 3);
    head.loss.type = static_cast<LossType>(type);
    const std::vector<float> outputs(static_cast<std::size_t>(2 * head.outputWidth()), 0.3F);
    for (const bool perLabel : {false, true}) {
        head.loss.perLabel = perLabel;
        QCOMPARE(valueOf(head, outputs, {gap, gap, gap, gap}), 0.0);
        QCOMPARE(valueOf(head, {}, {}), 0.0);
    }
    head.loss.columnWeights = {0, 1}; // the labels that exist weigh nothing
    QCOMPARE(valueOf(head, outputs, {1, gap, 0, gap}), 0.0);
}

void TestLosses::slopesAgreeWithDifferences_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("perLabel");
    QTest::addColumn<bool>("weighted");
    QTest::addColumn<bool>("absolute");
    const std::pair<LossType, TaskKind> kinds[] = {
        {LossType::Mae, TaskKind::Regression},     {LossType::Mse, TaskKind::Regression},
        {LossType::Huber, TaskKind::Regression},   {LossType::Bce, TaskKind::Binary},
        {LossType::BceLogits, TaskKind::Binary},   {LossType::CrossEntropy, TaskKind::Multiclass},
        {LossType::HybridCe, TaskKind::Multiclass}};
    for (const auto& [type, kind] : kinds) {
        for (int options = 0; options < 8; ++options) {
            QTest::addRow("loss %d, options %d", static_cast<int>(type), options)
                << static_cast<int>(type) << static_cast<int>(kind) << ((options & 1) != 0) << ((options & 2) != 0)
                << ((options & 4) != 0);
        }
    }
}

void TestLosses::slopesAgreeWithDifferences()
{
    QFETCH(int, type);
    QFETCH(int, kind);
    QFETCH(bool, perLabel);
    QFETCH(bool, weighted);
    QFETCH(bool, absolute);
    ModelSpec spec;
    spec.heads = {test::head("h", 3, 4, static_cast<TaskKind>(kind), Level::Graph, 4), test::head("other", 1, 4)};
    LossSpec& loss = spec.heads[0].loss;
    loss.type = static_cast<LossType>(type);
    loss.perLabel = perLabel;
    loss.hybridAbsolute = absolute;
    loss.alpha = 0.3;
    loss.huberDelta = 0.7;
    if (weighted) {
        loss.weight = 2.5;
        loss.columnWeights = {1, 0, 3};
        loss.classWeights = spec.heads[0].kind == TaskKind::Binary       ? std::vector<double>{1, 5}
                            : spec.heads[0].kind == TaskKind::Multiclass ? std::vector<double>{1, 2, 0, 4}
                                                                         : std::vector<double>{};
    }
    Random random(9);
    const std::size_t rows = 12;
    std::vector<std::vector<float>> outputs(2);
    std::vector<std::vector<float>> labels(2);
    for (std::size_t i = 0; i < rows * static_cast<std::size_t>(spec.heads[0].outputWidth()); ++i) {
        outputs[0].push_back(
            static_cast<float>(loss.type == LossType::Bce ? 0.3 + 0.4 * random.uniform() : 4 * random.uniform() - 2));
    }
    for (std::size_t i = 0; i < rows * 3; ++i) {
        const bool regression = spec.heads[0].kind == TaskKind::Regression;
        const double value = regression
                                 ? 2 * random.uniform() - 1
                                 : static_cast<double>(random.below(spec.heads[0].kind == TaskKind::Binary ? 2 : 4));
        labels[0].push_back(random.below(5) == 0 ? gap : static_cast<float>(value));
    }
    outputs[1].assign(rows, 1);
    labels[1].assign(rows, 0);
    std::vector<std::vector<float>> slopes;
    computeLosses(spec, views(outputs), labels, &slopes);
    double largest = 0;
    for (std::size_t i = 0; i < outputs[0].size(); ++i) {
        const float before = outputs[0][i];
        const float high = before + 0.001F;
        const float low = before - 0.001F;
        outputs[0][i] = high;
        const double above = computeLosses(spec, views(outputs), labels).total;
        outputs[0][i] = low;
        const double below = computeLosses(spec, views(outputs), labels).total;
        outputs[0][i] = before;
        const double slope = (above - below) / (static_cast<double>(high) - low);
        QVERIFY2(std::abs(slope - slopes[0][i]) < 1e-5, qPrintable(QStringLiteral("%1: %2").arg(i).arg(slope)));
        largest = std::max(largest, std::abs(slope));
    }
    QVERIFY(largest > 1e-3);
}

void TestLosses::balances()
{
    const auto total = [](LossBalance balance) {
        return computeLosses(threeHeads(balance), views(threeOutputs), threeLabels).total;
    };
    QCOMPARE(total(LossBalance::Fixed), (3 * 1.5 + 1 + 0) / 5);
    QCOMPARE(total(LossBalance::ByCount), (2 * 3 * 1.5 + 1 * 1) / (2 * 3 + 1));
    for (const LossBalance balance : {LossBalance::Fixed, LossBalance::ByCount}) {
        QCOMPARE(computeLosses(threeHeads(balance), views(threeOutputs), {}).total, 0.0);
    }
}

void TestLosses::learntWeights()
{
    const ModelSpec spec = threeHeads(LossBalance::Uncertainty);
    const std::vector<float> s = {0.5F, -1, 2};
    const auto totalAt = [&](const std::vector<float>& variances, std::vector<float>* slopes) {
        StepLoss loss(spec, variances);
        loss.addLabels(threeLabels);
        const auto outputs = loss.addAndDifferentiate(views(threeOutputs), threeLabels);
        if (slopes) {
            *slopes = loss.logVarianceSlopes();
        }
        // Slopes of outputs shrink with e^−s: 3 heads, weight 3, mean over two labels.
        const double factor = 3 * std::exp(-static_cast<double>(variances[0])) / 3 / 2;
        return std::abs(outputs[0][0] - factor) < 1e-6 ? loss.losses().total : std::nan("");
    };
    std::vector<float> slopes;
    const double expected = (3 * (std::exp(-0.5) * 1.5 + 0.25) + (std::exp(1.0) * 1 - 0.5)) / 3;
    QVERIFY(std::abs(totalAt(s, &slopes) - expected) < 1e-6);
    for (std::size_t h = 0; h < 3; ++h) {
        std::vector<float> high = s;
        std::vector<float> low = s;
        high[h] += 0.01F;
        low[h] -= 0.01F;
        const double slope = (totalAt(high, nullptr) - totalAt(low, nullptr)) / 0.02;
        QVERIFY(std::abs(slope - slopes[h]) < 1e-4);
    }
    QCOMPARE(slopes[2], 0.0F); // no label, nothing to learn
}

/// The loss of two parts is that of the whole, and so are its slopes.
void TestLosses::partsAddUp()
{
    for (const bool perLabel : {false, true}) {
        ModelSpec spec;
        spec.architecture.lossBalance = LossBalance::ByCount;
        spec.heads = {test::head("a", 2, 4), test::head("b", 1, 4, TaskKind::Binary)};
        spec.heads[0].loss.perLabel = perLabel;
        const std::vector<std::vector<float>> outputs = {{1, 2, 3, 4, 5, 6}, {0.1F, -1, 2}};
        const std::vector<std::vector<float>> labels = {{0, gap, 1, 1, gap, 9}, {1, gap, 0}};
        std::vector<std::vector<float>> whole;
        const Losses expected = computeLosses(spec, views(outputs), labels, &whole);
        const auto cut = [](const std::vector<std::vector<float>>& values, bool first) {
            return first ? std::vector<std::vector<float>>{{values[0].begin(), values[0].begin() + 2},
                                                           {values[1].begin(), values[1].begin() + 1}}
                         : std::vector<std::vector<float>>{{values[0].begin() + 2, values[0].end()},
                                                           {values[1].begin() + 1, values[1].end()}};
        };
        StepLoss loss(spec);
        loss.addLabels(cut(labels, true));
        loss.addLabels(cut(labels, false));
        auto slopes = loss.addAndDifferentiate(views(cut(outputs, true)), cut(labels, true), 8);
        const auto more = loss.addAndDifferentiate(views(cut(outputs, false)), cut(labels, false), 8);
        QVERIFY(std::abs(loss.losses().total - expected.total) < 1e-12);
        QVERIFY(loss.losses().labels == expected.labels);
        for (std::size_t h = 0; h < 2; ++h) {
            slopes[h].insert(slopes[h].end(), more[h].begin(), more[h].end());
            for (std::size_t i = 0; i < slopes[h].size(); ++i) {
                QVERIFY(std::abs(slopes[h][i] - 8 * whole[h][i]) < 1e-6);
            }
        }
    }
}

void TestLosses::specsThatCannotWork()
{
    const auto refused = [](auto change, const char* word) {
        ModelSpec spec = test::mixedSpec();
        change(spec.heads);
        const auto checked = checkSpec(spec);
        return !checked && checked.error().text().find(word) != std::string::npos;
    };
    using Heads = std::vector<HeadSpec>;
    QVERIFY(checkSpec(test::mixedSpec()));
    QVERIFY(refused([](Heads& h) { h.clear(); }, "at least one task"));
    QVERIFY(refused([](Heads& h) { h[1].name = "a"; }, "twice"));
    QVERIFY(refused([](Heads& h) { h[0].columns.clear(); }, "no tasks"));
    QVERIFY(refused([](Heads& h) { h[2].classes = 1; }, "2 classes"));
    QVERIFY(refused([](Heads& h) { h[0].loss.type = LossType::Bce; }, "regression"));
    QVERIFY(refused([](Heads& h) { h[1].loss.type = LossType::Mse; }, "binary"));
    QVERIFY(refused([](Heads& h) { h[2].loss.type = LossType::BceLogits; }, "multiclass"));
    QVERIFY(refused([](Heads& h) { h[0].loss.weight = -1; }, "negative"));
    QVERIFY(refused([](Heads& h) { h[0].loss.columnWeights = {1}; }, "2 numbers"));
    QVERIFY(refused([](Heads& h) { h[1].loss.classWeights = {1, 2, 3}; }, "2 numbers"));
    QVERIFY(refused([](Heads& h) { h[2].loss.classWeights = {0, 0, 0}; }, "not all 0"));
    QVERIFY(refused([](Heads& h) { h[0].mlp.hidden = {0}; }, "at least 1"));
    QVERIFY(refused([](Heads& h) { h[0].mlp.dropout = 1; }, "below 1"));
    QVERIFY(refused([](Heads& h) { h[0].loss.alpha = 2; }, "alpha"));
    QVERIFY(refused(
        [](Heads& h) {
            for (HeadSpec& head : h) {
                head.loss.weight = 0;
            }
        },
        "weight 0"));
}

QTEST_GUILESS_MAIN(TestLosses)
#include "tst_nn_losses.moc"
