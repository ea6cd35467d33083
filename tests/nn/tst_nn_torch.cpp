// SPDX-License-Identifier: GPL-3.0-or-later
// The networks against the published library's own numbers.
#include <QtTest>

#include "nn/torchmodel.h"
#include "tests/nn/molecules.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

TensorMap readMap(const QString& folder, const char* name)
{
    const auto file = readSafetensors(folder.toStdString() + "/" + name + ".safetensors");
    return file ? file->tensors : TensorMap{};
}

/// Widths of the narrow reference networks.
ModelSpec narrow(LayerType layer, int encoding)
{
    ModelSpec spec{*preset("gin-toymix"), {}};
    Architecture& a = spec.architecture;
    a.layer = layer;
    a.encodingDim = encoding;
    a.encoderHidden = 16;
    a.preNode = {24, 32, 2, 0.18, true, true};
    a.preEdge = {8, 16, 2, 0.18, true, true};
    a.hidden = 24;
    a.depth = 3;
    a.output = {24, 24, 1, 0.18, true, false};
    spec.heads = {test::head("qm9", 19, 24), test::head("tox21", 12, 16, TaskKind::Binary), test::head("zinc", 3, 8)};
    return spec;
}

ModelSpec nodeHeadSpec()
{
    ModelSpec spec = narrow(LayerType::Gin, 16);
    spec.architecture.outputNode = {16, 16, 2, 0.1, true, false};
    spec.heads.push_back(test::head("node_task", 4, 16, TaskKind::Regression, Level::Node));
    return spec;
}

ModelSpec trainingSpec()
{
    ModelSpec spec = narrow(LayerType::Gine, 20);
    Architecture& a = spec.architecture;
    for (double* dropout :
         {&a.encoderDropout, &a.preNode.dropout, &a.preEdge.dropout, &a.dropout, &a.output.dropout, &a.headDropout}) {
        *dropout = 0;
    }
    a.randomSigns = false;
    return spec;
}

} // namespace

class TestTorch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outputsAreThePublishedOnes_data();
    void outputsAreThePublishedOnes();
    void trainingFollowsThePublishedSteps_data();
    void trainingFollowsThePublishedSteps();
};

void TestTorch::outputsAreThePublishedOnes_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("plain");
    for (const char* file : {"gcn_toymix", "gin_toymix", "gine_toymix", "node_head"}) {
        QTest::addRow("%s", file) << QByteArray(file) << false;
        QTest::addRow("%s, plain", file) << QByteArray(file) << true;
    }
}

void TestTorch::outputsAreThePublishedOnes()
{
    QFETCH(QByteArray, file);
    QFETCH(bool, plain);
    PAPILIO_TEST_FILE(folder, "parity/models");
    const TensorMap tensors = readMap(folder, file.constData());
    QVERIFY(!tensors.empty());
    std::string name = file.toStdString();
    std::replace(name.begin(), name.end(), '_', '-');
    const ModelSpec spec = name == "node-head" ? nodeHeadSpec() : test::toymix(name);
    auto model = plain ? createPlainTorchModel(spec, {}) : createTorchModel(spec, {});
    QVERIFY2(model, model ? "" : model.error().text().c_str());
    QCOMPARE((*model)->parameterCount(), parameterCount(spec));
    const auto loaded = (*model)->setWeights(test::stateOf(tensors));
    QVERIFY2(loaded, loaded ? "" : loaded.error().text().c_str());
    const auto evaluation = (*model)->evaluate(test::batchOf(readMap(folder, "batch")));
    QVERIFY2(evaluation, evaluation ? "" : evaluation.error().text().c_str());
    for (std::size_t h = 0; h < spec.heads.size(); ++h) {
        const auto& expected = tensors.at("out/" + spec.heads[h].name).values;
        const double gap = test::difference(evaluation->outputs[h], expected) / test::largest(expected);
        qInfo("%s: %.2g of the largest entry", spec.heads[h].name.c_str(), gap);
        QVERIFY2(gap < 1e-5, spec.heads[h].name.c_str());
    }
}

void TestTorch::trainingFollowsThePublishedSteps_data()
{
    QTest::addColumn<bool>("plain");
    QTest::newRow("kernels") << false;
    QTest::newRow("plain") << true;
}

void TestTorch::trainingFollowsThePublishedSteps()
{
    QFETCH(bool, plain);
    PAPILIO_TEST_FILE(folder, "parity");
    const TensorMap t = readMap(folder, "training/gine");
    QVERIFY(!t.empty());
    const ModelSpec spec = trainingSpec();
    auto model = plain ? *createPlainTorchModel(spec, {}) : *createTorchModel(spec, {});
    QVERIFY(model->setWeights(test::stateOf(t)));
    Batch batch = test::batchOf(readMap(folder, "models/batch"));
    batch.labels = {t.at("label/qm9").values, t.at("label/tox21").values, t.at("label/zinc").values};
    const auto& losses = t.at("adam/loss").values; // 21 × (total, qm9, tox21, zinc)
    const TensorMap gradients = test::under(t, "adam/grad/");
    const TensorMap paths = test::under(t, "adam/path/");
    QVERIFY(gradients.size() > 60 && paths.size() == 3);

    for (std::size_t step = 0; step < 20; ++step) {
        const auto result = model->trainStep(batch, {});
        QVERIFY2(result, result ? "" : result.error().text().c_str());
        QVERIFY(std::abs(result->losses.total / losses[4 * step] - 1) < 1e-5);
        for (std::size_t h = 0; h < 3; ++h) {
            QVERIFY(std::abs(result->losses.heads[h] / losses[4 * step + 1 + h] - 1) < 1e-5);
        }
        const TensorMap weights = model->weights();
        for (const auto& [name, path] : paths) {
            const auto& now = weights.at(name).values;
            const auto start = path.values.begin() + static_cast<std::ptrdiff_t>(step * now.size());
            const std::vector<float> expected(start, start + static_cast<std::ptrdiff_t>(now.size()));
            QVERIFY2(test::difference(now, expected) < (step == 0 ? 1e-6 : 1e-5), name.c_str());
        }
        if (step == 0) { // the first moment is then a tenth of the gradient
            const TensorMap state = model->optimiserState();
            for (const auto& [name, gradient] : gradients) {
                std::vector<float> moment = state.at("adam.m." + name).values;
                std::transform(moment.begin(), moment.end(), moment.begin(), [](float m) { return 10 * m; });
                const double scale = std::max(test::largest(gradient.values), 1e-3);
                QVERIFY2(test::difference(moment, gradient.values) < 1e-5 * scale, name.c_str());
            }
        }
    }
    double worst = 0;
    for (const auto& [name, expected] : test::under(t, "adam/after_20/")) {
        if (model->weights().contains(name)) { // the file has GIN's fixed epsilon too
            const double gap = test::difference(model->weights().at(name).values, expected.values);
            worst = std::max(worst, gap);
            QVERIFY2(gap < 1e-5, name.c_str());
        }
    }
    qInfo("after 20 steps: %.2g", worst);
    QVERIFY(std::abs(model->evaluate(batch)->losses.total / losses[80] - 1) < 1e-5);
}

QTEST_GUILESS_MAIN(TestTorch)
#include "tst_nn_torch.moc"
