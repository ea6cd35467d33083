// SPDX-License-Identifier: GPL-3.0-or-later
// The published foundation model MiniMol on stored inputs: fingerprints and all five heads.
#include <QtTest>

#include "nn/parameters.h"
#include "nn/parity.h"
#include "nn/published.h"
#include "nn/torchmodel.h"
#include "nn/torchzip.h"
#include "nn/yamlconfig.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

QString modelFolder()
{
    const QString set = qEnvironmentVariable("PAPILIO_TEST_MODELS");
    return (set.isEmpty() ? testDataFolder() + QStringLiteral("/../models") : set) + QStringLiteral("/minimol_v1");
}

/// Width of a read-out layer's input in the base network, from its line in base_shape.yaml.
double baseWidth(const std::string& path, const std::string& parameter)
{
    const auto shapes = readYaml(path);
    return shapes && shapes->value.contains(parameter) ? shapes->value[parameter][1].get<double>() : 0;
}

} // namespace

class TestParityMiniMol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isThePublishedOne_data();
    void isThePublishedOne();

private:
    ModelSpec m_spec;
    TensorMap m_weights;
};

void TestParityMiniMol::initTestCase()
{
    const std::string folder = modelFolder().toStdString();
    if (!QFileInfo::exists(modelFolder() + QStringLiteral("/state_dict.pth"))) {
        QSKIP(qPrintable(QStringLiteral("the model is not here: ") + modelFolder()));
    }
    auto file = readTorchZip(folder + "/state_dict.pth");
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    m_weights = std::move(file->tensors);
    const auto config = readYaml(folder + "/config.yaml");
    QVERIFY2(config, config ? "" : config.error().text().c_str());
    const std::string readout = "task_heads.task_heads.pcba_1328.layers.1.linear.weight";
    PublishedOptions options;
    options.mupDivisor = static_cast<double>(m_weights.at(readout).shape[1]) /
                         baseWidth(folder + "/base_shape.yaml", readout);
    QVERIFY(options.mupDivisor > 1 && options.mupDivisor < 64);
    auto spec = specFromPublished(nlohmann::json(config->value.at("architecture")), nullptr, options);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    m_spec = std::move(*spec);
    QCOMPARE(parameterCount(m_spec), std::int64_t{10325697});
    std::erase_if(m_weights, [](const auto& item) { return item.first.ends_with(".model.eps"); });
    // The checkpoint has none for one norm, which the original then leaves at 1 and 0.
    const std::string norm = "task_heads.graph_output_nn.graph.graph_output_nn.layers.1.normalization";
    QVERIFY(!m_weights.contains(norm + ".weight"));
    const TensorMap initial = initialWeights(m_spec, 0);
    for (const char* part : {".weight", ".bias"}) {
        m_weights[norm + part] = initial.at(norm + part);
    }
}

void TestParityMiniMol::isThePublishedOne_data()
{
    QTest::addColumn<bool>("plain");
    QTest::newRow("kernels") << false;
    QTest::newRow("plain") << true;
}

void TestParityMiniMol::isThePublishedOne()
{
    QFETCH(bool, plain);
    PAPILIO_TEST_FILE(file, "parity/minimol/minimol.safetensors");
    ModelOptions options;
    options.threads = 1;
    const auto model = plain ? createPlainTorchModel(m_spec, options) : createTorchModel(m_spec, options);
    QVERIFY2(model, model ? "" : model.error().text().c_str());
    const auto loaded = (*model)->setWeights(m_weights);
    QVERIFY2(loaded, loaded ? "" : loaded.error().text().c_str());
    const auto results = checkFoundationModel(file.toStdString(), **model);
    QVERIFY2(results, results ? "" : results.error().text().c_str());
    QCOMPARE(results->size(), std::size_t{6}); // the fingerprint and five heads
    for (const ParityResult& result : *results) {
        qInfo("%s: %.2g of %.2g, %s", result.tensor.c_str(), result.deviation, result.tolerance, result.note.c_str());
        QCOMPARE(result.note, std::string("48 molecules"));
        QVERIFY2(result.passed(), result.tensor.c_str());
    }
}

QTEST_GUILESS_MAIN(TestParityMiniMol)
#include "tst_nn_parity_minimol.moc"
