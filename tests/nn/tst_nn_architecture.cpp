// SPDX-License-Identifier: GPL-3.0-or-later
// Architectures and model descriptions: JSON, presets, the published parameter names and counts.
#include <QtTest>

#include <nlohmann/json.hpp>

#include "nn/parameters.h"
#include "tests/nn/molecules.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::nn;
using Json = nlohmann::json;

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void presetsHavePublishedSizes_data();
    void presetsHavePublishedSizes();
    void parameterNamesAreThePublishedOnes_data();
    void parameterNamesAreThePublishedOnes();
    void architectureSurvivesJson();
    void unknownKeysNameTheNearest_data();
    void unknownKeysNameTheNearest();
    void wrongValuesNameKeyAndRange_data();
    void wrongValuesNameKeyAndRange();
    void valuesCanBeSet();
    void modelSpecSurvivesJson();
    void wrongModelSpecsAreRefused_data();
    void wrongModelSpecsAreRefused();
    void initialWeightsFollowTheSeed();
};

void TestArchitecture::presetsHavePublishedSizes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("count");
    QTest::newRow("gcn") << QStringLiteral("gcn-toymix") << qint64{131074};
    QTest::newRow("gin") << QStringLiteral("gin-toymix") << qint64{163874};
    QTest::newRow("gine") << QStringLiteral("gine-toymix") << qint64{181730};
}

void TestArchitecture::presetsHavePublishedSizes()
{
    QFETCH(QString, name);
    QFETCH(qint64, count);
    QCOMPARE(parameterCount(test::toymix(name.toStdString())), count);
    QCOMPARE(preset(name.toStdString())->name, name.toStdString());
    QCOMPARE(presetNames().size(), std::size_t{3});
}

void TestArchitecture::parameterNamesAreThePublishedOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("gcn") << QStringLiteral("gcn");
    QTest::newRow("gin") << QStringLiteral("gin");
    QTest::newRow("gine") << QStringLiteral("gine");
}

void TestArchitecture::parameterNamesAreThePublishedOnes()
{
    QFETCH(QString, name);
    PAPILIO_TEST_FILE(folder, "parity/models");
    const auto file = readSafetensors(folder.toStdString() + "/" + name.toStdString() + "_toymix.safetensors");
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    TensorMap state = test::stateOf(file->tensors);
    for (const Parameter& parameter : listParameters(test::toymix(name.toStdString() + "-toymix"))) {
        QVERIFY2(state.contains(parameter.name), parameter.name.c_str());
        QVERIFY2(state[parameter.name].shape == parameter.shape, parameter.name.c_str());
        state.erase(parameter.name);
    }
    QVERIFY2(state.empty(), state.empty() ? "" : state.begin()->first.c_str());
}

void TestArchitecture::architectureSurvivesJson()
{
    Architecture changed = *preset("gin-toymix");
    changed.depth = 7;
    changed.pooling = Pooling::Max;
    changed.outputEdge.lastLayerNorm = true;
    changed.headWidths.push_back({"l1000*", 16});
    const Json json = architectureToJson(changed);
    const auto back = architectureFromJson(json);
    QVERIFY(back);
    QCOMPARE(back->depth, 7);
    QVERIFY(back->layer == LayerType::Gin && back->pooling == Pooling::Max);
    QVERIFY(architectureToJson(*back) == json);
    // A file that says little is filled up with defaults.
    const auto sparse = architectureFromJson(Json{{"gnn", {{"depth", 2}}}});
    QVERIFY(sparse);
    QCOMPARE(sparse->depth, 2);
    QCOMPARE(sparse->hidden, 96);
}

void TestArchitecture::unknownKeysNameTheNearest_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("wrong");
    QTest::addColumn<QByteArray>("nearest");
    QTest::newRow("leaf") << QByteArray(R"({"gnn": {"dpeth": 3}})") << QByteArray("gnn.dpeth")
                          << QByteArray("gnn.depth");
    QTest::newRow("group") << QByteArray(R"({"gnnn": {"depth": 3}})") << QByteArray("gnnn.depth")
                           << QByteArray("gnn.depth");
    QTest::newRow("empty group") << QByteArray(R"({"poling": {}})") << QByteArray("poling") << QByteArray("pooling");
    QTest::newRow("top") << QByteArray(R"({"poolin": "sum"})") << QByteArray("poolin") << QByteArray("pooling");
    QTest::newRow("case") << QByteArray(R"({"Pooling": "sum"})") << QByteArray("Pooling") << QByteArray("pooling");
}

void TestArchitecture::unknownKeysNameTheNearest()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, wrong);
    QFETCH(QByteArray, nearest);
    const auto result = architectureFromJson(Json::parse(json.toStdString()));
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::BadInput);
    QVERIFY2(result.error().message.find("'" + wrong.toStdString() + "'") != std::string::npos,
             result.error().text().c_str());
    QVERIFY2(result.error().hint.find("'" + nearest.toStdString() + "'") != std::string::npos,
             result.error().text().c_str());
}

void TestArchitecture::wrongValuesNameKeyAndRange_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("zero depth") << QByteArray(R"({"gnn": {"depth": 0}})") << QByteArray("from 1 to 100");
    QTest::newRow("huge width") << QByteArray(R"({"gnn": {"hidden": 1e30}})") << QByteArray("gnn.hidden");
    QTest::newRow("huge whole") << QByteArray(R"({"gnn": {"hidden": 99999999999999999999}})")
                                << QByteArray("gnn.hidden");
    QTest::newRow("fraction") << QByteArray(R"({"gnn": {"depth": 2.5}})") << QByteArray("whole number");
    QTest::newRow("dropout 1") << QByteArray(R"({"gnn": {"dropout": 1.0}})") << QByteArray("gnn.dropout");
    QTest::newRow("text") << QByteArray(R"({"gnn": {"depth": "4"}})") << QByteArray("\"4\"");
    QTest::newRow("layer") << QByteArray(R"({"gnn": {"layer": "gat"}})") << QByteArray("gcn, gin, gine");
    QTest::newRow("flag") << QByteArray(R"({"output": {"layer_norm": 1}})") << QByteArray("true or false");
    QTest::newRow("group") << QByteArray(R"({"gnn": 4})") << QByteArray("'gnn' must be an object");
    QTest::newRow("widths") << QByteArray(R"({"heads": {"widths": [{"dataset": "x"}]}})") << QByteArray("heads.widths");
    QTest::newRow("list") << QByteArray("[]") << QByteArray("object");
}

void TestArchitecture::wrongValuesNameKeyAndRange()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, part);
    const auto result = architectureFromJson(Json::parse(json.toStdString()));
    QVERIFY(!result);
    QVERIFY2(result.error().text().find(part.toStdString()) != std::string::npos, result.error().text().c_str());
}

void TestArchitecture::valuesCanBeSet()
{
    Architecture a = *preset("gine-toymix");
    QVERIFY(setArchitectureValue(a, "gnn.depth", "6"));
    QVERIFY(setArchitectureValue(a, "gnn.dropout", "0"));
    QVERIFY(setArchitectureValue(a, "gnn.layer", "GCN"));
    QVERIFY(setArchitectureValue(a, "output.layer_norm", "false"));
    QVERIFY(setArchitectureValue(a, "title", "7"));
    QVERIFY(setArchitectureValue(a, "heads.widths", R"([{"dataset": "Tox*", "hidden": 10}])"));
    QCOMPARE(a.depth, 6);
    QCOMPARE(a.dropout, 0.0);
    QVERIFY(a.layer == LayerType::Gcn && !a.output.layerNorm);
    QCOMPARE(a.title, std::string("7"));
    QCOMPARE(headHidden(a, "tox21-7k"), 10);
    QCOMPARE(headHidden(a, "qm9"), 64);

    const auto wrong = setArchitectureValue(a, "depht", "6");
    QVERIFY(!wrong && wrong.error().hint.find("depth") != std::string::npos);
    QVERIFY(!setArchitectureValue(a, "gnn.depth", "six"));
    QVERIFY(!setArchitectureValue(a, "gnn.depth", ""));
    QVERIFY(!setArchitectureValue(a, "gnn.dropout", "nan"));
    QVERIFY(!setArchitectureValue(a, "gnn", "6"));
    QVERIFY(!setArchitectureValue(a, "heads.widths", "qm9=3"));
    const auto none = preset("gin-toymx");
    QVERIFY(!none && none.error().hint.find("'gin-toymix'") != std::string::npos);
}

void TestArchitecture::modelSpecSurvivesJson()
{
    ModelSpec spec = test::mixedSpec();
    spec.heads[0].columns[1].unit = "kcal/mol";
    const Json json = modelSpecToJson(spec);
    const auto back = modelSpecFromJson(json);
    QVERIFY2(back, back ? "" : back.error().text().c_str());
    QVERIFY(modelSpecToJson(*back) == json);
    QCOMPARE(back->heads[2].outputWidth(), 6);
    QCOMPARE(back->heads[0].columns[1].unit, std::string("kcal/mol"));
}

void TestArchitecture::wrongModelSpecsAreRefused_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("key") << QByteArray(R"({"heads":[{"nmae":"x"}]})") << QByteArray("'name'");
    QTest::newRow("level") << QByteArray(R"({"heads":[{"name":"x","level":"atom","columns":[{}]}]})")
                           << QByteArray("graph, node");
    QTest::newRow("no columns") << QByteArray(R"({"heads":[{"name":"x","columns":[]}]})") << QByteArray("columns");
    QTest::newRow("classes") << QByteArray(R"({"heads":[{"name":"x","kind":"multiclass","classes":1,"columns":[{}]}]})")
                             << QByteArray("classes");
    QTest::newRow("no classes") << QByteArray(R"({"heads":[{"name":"x","kind":"multiclass","columns":[{}]}]})")
                                << QByteArray("classes");
    QTest::newRow("heads") << QByteArray(R"({"heads":{}})") << QByteArray("list of heads");
    QTest::newRow("hidden") << QByteArray(R"({"heads":[{"name":"x","hidden":-3,"columns":[{}]}]})")
                            << QByteArray("hidden");
}

void TestArchitecture::wrongModelSpecsAreRefused()
{
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, part);
    Json json = modelSpecToJson(test::mixedSpec());
    json.update(Json::parse(patch.toStdString()));
    const auto result = modelSpecFromJson(json);
    QVERIFY(!result);
    QVERIFY2(result.error().text().find(part.toStdString()) != std::string::npos, result.error().text().c_str());
}

void TestArchitecture::initialWeightsFollowTheSeed()
{
    const ModelSpec spec = test::toymix("gine-toymix");
    const TensorMap a = initialWeights(spec, 42);
    const TensorMap b = initialWeights(spec, 43);
    QVERIFY(a.at("pre_nn.layers.0.linear.weight").values ==
            initialWeights(spec, 42).at("pre_nn.layers.0.linear.weight").values);
    QVERIFY(a.at("pre_nn.layers.0.linear.weight").values != b.at("pre_nn.layers.0.linear.weight").values);
    const auto& weight = a.at("pre_nn.layers.0.linear.weight").values;
    const double bound = std::sqrt(6.0 / (256 + 117));
    double square = 0;
    for (const float value : weight) {
        square += static_cast<double>(value) * value;
    }
    QVERIFY(test::largest(weight) <= bound && test::largest(weight) > 0.99 * bound);
    QVERIFY(std::abs(square / static_cast<double>(weight.size()) / (bound * bound / 3) - 1) < 0.02);
    QVERIFY(test::largest(a.at("pre_nn.layers.0.linear.bias").values) == 0);
    QVERIFY(a.at("gnn.layers.0.norm_layer.weight").values == std::vector<float>(96, 1.0F));
}

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_nn_architecture.moc"
