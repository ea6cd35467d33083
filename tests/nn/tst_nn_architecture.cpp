// SPDX-License-Identifier: GPL-3.0-or-later
// Architectures and model descriptions: JSON, the table of options, format 1, what cannot work.
#include <QtTest>

#include <functional>
#include <set>

#include <nlohmann/json.hpp>

#include "nn/describe.h"
#include "nn/parameters.h"
#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;
using Json = nlohmann::json;

namespace
{

/// A file of the first layout, as Papilio 0.1 wrote and shipped it.
constexpr const char* firstFormat = R"({
  "name": "gine-toymix", "title": "T", "description": "D",
  "encoders": {"out": 32, "hidden": 64, "layers": 2, "dropout": 0.1, "random_signs": true},
  "pre_node": {"out": 64, "hidden": 256, "depth": 2, "dropout": 0.18, "layer_norm": true, "last_layer_norm": true},
  "pre_edge": {"out": 32, "hidden": 128, "depth": 2, "dropout": 0.18, "layer_norm": true, "last_layer_norm": true},
  "gnn": {"layer": "gine", "hidden": 96, "depth": 4, "dropout": 0.1},
  "pooling": "sum",
  "output": {"out": 96, "hidden": 96, "depth": 1, "dropout": 0.18, "layer_norm": true, "last_layer_norm": false},
  "output_node": {"out": 96, "hidden": 96, "depth": 1, "dropout": 0.18, "layer_norm": true, "last_layer_norm": false},
  "output_edge": {"out": 96, "hidden": 96, "depth": 1, "dropout": 0.18, "layer_norm": true, "last_layer_norm": false},
  "heads": {"hidden": 64, "dropout": 0.18, "widths": [{"dataset": "qm9*", "hidden": 128},
    {"dataset": "tox21*", "hidden": 64}, {"dataset": "zinc*", "hidden": 32}]}
})";

/// Every option of the widest architecture: a layer with options of each kind, lists with items.
Architecture widest()
{
    Architecture a = *preset("gpspp-pcqm4m");
    a.heads.overrides.push_back({"x*", R"({"hidden":7})"});
    return a;
}

/// Another value than the present one, as text.
std::string otherValue(const OptionInfo& option)
{
    switch (option.type) {
    case OptionInfo::Type::Whole:
    case OptionInfo::Type::Number: {
        const std::string least = Json(option.least).dump();
        const bool whole = option.type == OptionInfo::Type::Whole;
        const auto text = [&](double value) {
            return whole ? std::to_string(static_cast<std::int64_t>(value)) : Json(value).dump();
        };
        return text(option.least) == option.value ? text(option.most) : text(option.least);
    }
    case OptionInfo::Type::Flag:
        return option.value == "true" ? "false" : "true";
    case OptionInfo::Type::Choice:
        return option.choices[option.choices[0] == option.value ? 1 : 0];
    case OptionInfo::Type::List:
        return option.choices.empty() ? option.value : "[\"" + option.choices.back() + "\"]";
    case OptionInfo::Type::Text:
        return option.value + "x";
    }
    return {};
}

} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void architectureSurvivesJson();
    void firstFormatIsUpgraded();
    void headsOfTheFirstFormatAreRead();
    void everyOptionCanBeSet();
    void schemaNamesEveryKey();
    void unknownKeysNameTheNearest_data();
    void unknownKeysNameTheNearest();
    void wrongValuesNameKeyAndRange_data();
    void wrongValuesNameKeyAndRange();
    void valuesCanBeSet();
    void whatCannotWorkIsRefused_data();
    void whatCannotWorkIsRefused();
    void modelSpecSurvivesJson();
    void wrongModelSpecsAreRefused_data();
    void wrongModelSpecsAreRefused();
    void headsTakeTheirOptions();
    void initialWeightsFollowTheSeed();
};

void TestArchitecture::architectureSurvivesJson()
{
    Architecture changed = *preset("gin-toymix");
    changed.gnn.depth = 7;
    changed.gnn.hidden = {96, 80, 72, 64, 56, 48};
    changed.gnn.residual = Residual::Concat;
    changed.outputOf(Level::Graph).pooling = {Pooling::Max, Pooling::LogSum};
    changed.outputOf(Level::Edge).mlp.lastNorm = Norm::Batch;
    changed.outputOf(Level::NodePair).used = false;
    changed.hasPreEdge = false;
    changed.heads.overrides.push_back({"l1000*", R"({"hidden":[16,8],"depth":3,"loss":{"type":"hybrid_ce"}})"});
    changed.heads.mlp.ensemble = 3;
    changed.heads.binary.classWeights = {1, 2.5};
    changed.inputs.encodings[0].count = 12;
    changed.quirks.gpsRelu = true;
    const Json json = architectureToJson(changed);
    QCOMPARE(json["format"].get<int>(), 2);
    QVERIFY(json["pre_edge"].is_null() && json["outputs"]["nodepair"].is_null());
    const auto back = architectureFromJson(json);
    QVERIFY2(back, back ? "" : back.error().text().c_str());
    QVERIFY(architectureToJson(*back) == json);
    QVERIFY(back->gnn.hidden == changed.gnn.hidden && back->inputs == changed.inputs && back->quirks == changed.quirks);
    QVERIFY(!back->hasPreEdge && back->heads.mlp.ensemble == 3);
    // Options of other layers are not written, and a file that says little is filled up with defaults.
    QVERIFY(!json["gnn"].contains("gps") && !json["gnn"].contains("mpnn"));
    const auto sparse = architectureFromJson(Json{{"format", 2}, {"gnn", {{"depth", 2}}}});
    QVERIFY(sparse);
    QCOMPARE(sparse->gnn.depth, 2);
    QCOMPARE(sparse->gnn.outDim, GnnSpec().outDim);

    const auto newer = architectureFromJson(Json{{"format", 3}});
    QVERIFY(!newer && newer.error().code == ErrorCode::NewerSchema);
    QVERIFY(!architectureFromJson(Json{{"format", "two"}}));
}

void TestArchitecture::firstFormatIsUpgraded()
{
    const auto upgraded = architectureFromJson(Json::parse(firstFormat));
    QVERIFY2(upgraded, upgraded ? "" : upgraded.error().text().c_str());
    Architecture same = *preset("gine-toymix");
    same.title = "T";
    same.description = "D";
    QCOMPARE(QByteArray::fromStdString(architectureToJson(*upgraded).dump(1)),
             QByteArray::fromStdString(architectureToJson(same).dump(1)));
    QVERIFY(checkArchitecture(*upgraded));

    // What a file leaves out is what Papilio 0.1 took.
    const auto sparse = architectureFromJson(Json{{"gnn", {{"depth", 2}}}, {"encoders", {{"random_signs", false}}}});
    QVERIFY(sparse && sparse->gnn.depth == 2 && !sparse->randomSigns);
    QVERIFY(sparse->preNode.hidden == std::vector<int>{256} && sparse->gnn.hidden == std::vector<int>{96});
    QVERIFY(sparse->heads.mlp.dropout == 0.18 && sparse->gnn.lastDropout == 0.1);
    const auto norms = architectureFromJson(Json{{"output", {{"layer_norm", false}, {"last_layer_norm", true}}}});
    QVERIFY(norms && norms->outputOf(Level::Graph).mlp.norm == Norm::None);
    QVERIFY(norms->outputOf(Level::Graph).mlp.lastNorm == Norm::Layer);
}

void TestArchitecture::headsOfTheFirstFormatAreRead()
{
    const Json json = {{"architecture", Json::parse(firstFormat)},
                       {"heads",
                        {{{"name", "qm9"},
                          {"dataset", "qm9"},
                          {"level", "graph"},
                          {"kind", "binary"},
                          {"classes", 0},
                          {"hidden", 77},
                          {"columns", {{{"task", "gap"}, {"unit", "eV"}}}}}}}};
    const auto spec = modelSpecFromJson(json);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    const HeadSpec& head = spec->heads[0];
    QVERIFY(head.mlp.hidden == std::vector<int>{77} && head.mlp.depth == 2 && head.mlp.dropout == 0.18);
    QVERIFY(head.mlp.norm == Norm::Layer && head.mlp.lastNorm == Norm::None && head.mlp.outDim == 1);
    QVERIFY(head.loss.type == LossType::BceLogits);
}

void TestArchitecture::everyOptionCanBeSet()
{
    for (const Architecture& base : {widest(), *preset("mpnn-toymix"), Architecture()}) {
        const auto options = architectureOptions(base);
        QVERIFY(options.size() > 150);
        for (const OptionInfo& option : options) {
            QVERIFY2(!option.meaning.empty() && option.meaning.ends_with("."), option.path.c_str());
            Architecture same = base;
            const auto kept = setArchitectureValue(same, option.path, option.value);
            QVERIFY2(kept, kept ? "" : kept.error().text().c_str());
            if (option.relevant) {
                QVERIFY2(architectureToJson(same) == architectureToJson(base), option.path.c_str());
            }
            const std::string value = otherValue(option);
            Architecture changed = base;
            const auto set = setArchitectureValue(changed, option.path, value);
            QVERIFY2(set, set ? "" : set.error().text().c_str());
            const auto after = architectureOptions(changed);
            const auto found = std::find_if(after.begin(), after.end(),
                                            [&](const OptionInfo& other) { return other.path == option.path; });
            QVERIFY2(found != after.end(), option.path.c_str());
            QVERIFY2(found->value != option.value || value == option.value, option.path.c_str());
        }
    }
}

void TestArchitecture::schemaNamesEveryKey()
{
    const Json schema = architectureSchema();
    QCOMPARE(schema["$schema"].get<std::string>(), std::string("https://json-schema.org/draft/2020-12/schema"));
    // Every key that is written is in the schema, with a description.
    const std::function<void(const Json&, const Json&)> compare = [&](const Json& json, const Json& part) {
        for (const auto& [key, value] : json.items()) {
            QVERIFY2(part["properties"].contains(key), key.c_str());
            const Json& property = part["properties"][key];
            QVERIFY2(property.contains("description"), key.c_str());
            if (value.is_object()) {
                compare(value, property);
            } else if (value.is_array() && !value.empty() && value[0].is_object()) {
                for (const Json& item : value) {
                    compare(item, property["items"]);
                }
            }
        }
    };
    compare(architectureToJson(widest()), schema);
    const Json& gnn = schema["properties"]["gnn"]["properties"];
    QCOMPARE(gnn["depth"]["maximum"].get<int>(), 100);
    QCOMPARE(gnn["layer"]["enum"].size(), std::size_t{7});
    QVERIFY(gnn["dropout"]["default"] == 0.1);
    QVERIFY(schema["properties"]["pre_node"]["type"] == Json({"object", "null"}));
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
    QTest::newRow("empty group") << QByteArray(R"({"output": {}})") << QByteArray("output") << QByteArray("outputs");
    QTest::newRow("top") << QByteArray(R"({"random_sign": true})") << QByteArray("random_sign")
                         << QByteArray("random_signs");
    QTest::newRow("case") << QByteArray(R"({"Gnn": {}})") << QByteArray("Gnn") << QByteArray("gnn");
    QTest::newRow("deep") << QByteArray(R"({"gnn": {"gps": {"haeds": 3}}})") << QByteArray("gnn.gps.haeds")
                          << QByteArray("gnn.gps.heads");
    QTest::newRow("of an item") << QByteArray(R"({"encoders": {"list": [{"hiden": 3}]}})")
                                << QByteArray("encoders.list.0.hiden") << QByteArray("encoders.list.0.hidden");
    QTest::newRow("of an override") << QByteArray(
                                           R"({"heads": {"overrides": [{"dataset": "x", "options": {"hiddn": 3}}]}})")
                                    << QByteArray("heads.overrides.0.options.hiddn")
                                    << QByteArray("heads.overrides.0.options.hidden");
}

void TestArchitecture::unknownKeysNameTheNearest()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, wrong);
    QFETCH(QByteArray, nearest);
    Json parsed = Json::parse(json.toStdString());
    parsed["format"] = 2;
    const auto result = architectureFromJson(parsed);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::BadInput);
    QVERIFY2(result.error().message.find("'" + wrong.toStdString() + "'") != std::string::npos,
             result.error().text().c_str());
    QVERIFY2(result.error().hint.find("'" + nearest.toStdString() + "'") != std::string::npos,
             result.error().text().c_str());

    // Without "format" it is taken for the first layout, and the hint says so.
    const auto first = architectureFromJson(Json{{"gnn", {{"virtual_node", "sum"}}}});
    QVERIFY(!first && first.error().hint.find("\"format\": 2") != std::string::npos);
}

void TestArchitecture::wrongValuesNameKeyAndRange_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("zero depth") << QByteArray(R"({"gnn": {"depth": 0}})") << QByteArray("from 1 to 100");
    QTest::newRow("huge width") << QByteArray(R"({"gnn": {"hidden": 1e30}})") << QByteArray("gnn.hidden");
    QTest::newRow("huge whole") << QByteArray(R"({"gnn": {"hidden": 99999999999999999999}})")
                                << QByteArray("gnn.hidden");
    QTest::newRow("no width") << QByteArray(R"({"gnn": {"hidden": []}})") << QByteArray("gnn.hidden");
    QTest::newRow("fraction") << QByteArray(R"({"gnn": {"depth": 2.5}})") << QByteArray("whole number");
    QTest::newRow("dropout 1") << QByteArray(R"({"gnn": {"dropout": 1.0}})") << QByteArray("gnn.dropout");
    QTest::newRow("text") << QByteArray(R"({"gnn": {"depth": "4"}})") << QByteArray("\"4\"");
    QTest::newRow("layer") << QByteArray(R"({"gnn": {"layer": "gat"}})") << QByteArray("gcn, gin, gine, gated-gcn");
    QTest::newRow("flag") << QByteArray(R"({"random_signs": 1})") << QByteArray("true or false");
    QTest::newRow("group") << QByteArray(R"({"gnn": 4})") << QByteArray("'gnn' must be an object");
    QTest::newRow("pooling") << QByteArray(R"({"outputs": {"graph": {"pooling": ["s2s"]}}})")
                             << QByteArray("outputs.graph.pooling");
    QTest::newRow("override") << QByteArray(R"({"heads": {"overrides": [{"options": {"hidden": 0}}]}})")
                              << QByteArray("heads.overrides.0.options.hidden");
    QTest::newRow("list") << QByteArray(R"({"encoders": {"list": {}}})") << QByteArray("list of objects");
    QTest::newRow("item") << QByteArray(R"({"encoders": {"list": [3]}})") << QByteArray("encoders.list.0");
}

void TestArchitecture::wrongValuesNameKeyAndRange()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, part);
    Json parsed = Json::parse(json.toStdString());
    parsed["format"] = 2;
    const auto result = architectureFromJson(parsed);
    QVERIFY(!result);
    QVERIFY2(result.error().text().find(part.toStdString()) != std::string::npos, result.error().text().c_str());
    for (const Json& other : {Json::array(), Json(3), Json()}) {
        const auto none = architectureFromJson(other);
        QVERIFY(!none && none.error().text().find("object") != std::string::npos);
    }
}

void TestArchitecture::valuesCanBeSet()
{
    Architecture a = *preset("gine-toymix");
    QVERIFY(setArchitectureValue(a, "gnn.depth", "6"));
    QVERIFY(setArchitectureValue(a, "gnn.dropout", "0"));
    QVERIFY(setArchitectureValue(a, "gnn.layer", "GCN"));
    QVERIFY(setArchitectureValue(a, "gnn.hidden", "96,64,32,32,16"));
    QVERIFY(setArchitectureValue(a, "outputs.graph.norm", "none"));
    QVERIFY(setArchitectureValue(a, "outputs.graph.pooling", R"(["max"])"));
    QVERIFY(setArchitectureValue(a, "outputs.node.out", "7"));
    QVERIFY(setArchitectureValue(a, "encoders.list.la_pos.model", "transformer"));
    QVERIFY(setArchitectureValue(a, "encoders.list.1.hidden", "20"));
    QVERIFY(setArchitectureValue(a, "title", "7"));
    QVERIFY(setArchitectureValue(a, "heads.overrides", R"([{"dataset": "Tox*", "options": {"hidden": 10}}])"));
    QVERIFY(setArchitectureValue(a, "pre_edge", "null"));
    QCOMPARE(a.gnn.depth, 6);
    QCOMPARE(a.gnn.dropout, 0.0);
    QVERIFY(a.gnn.layer.type == LayerType::Gcn && a.outputOf(Level::Graph).mlp.norm == Norm::None);
    QVERIFY(a.gnn.hidden == (std::vector<int>{96, 64, 32, 32, 16}));
    QVERIFY(a.outputOf(Level::Graph).pooling == std::vector<Pooling>{Pooling::Max});
    QVERIFY(a.encoders.encoders[0].model == LaplacianModel::Transformer && a.encoders.encoders[1].hidden == 20);
    QVERIFY(!a.hasPreEdge);
    QVERIFY(setArchitectureValue(a, "pre_edge.out", "24"));
    QVERIFY(a.hasPreEdge && a.preEdge.outDim == 24);
    QVERIFY(setArchitectureValue(a, "outputs.graph.pooling", "sum, mean"));
    QCOMPARE(a.outputOf(Level::Graph).pooling.size(), std::size_t{2});
    QCOMPARE(a.title, std::string("7"));
    HeadSpec head;
    head.dataset = "tox21-7k";
    applyHeadDefaults(a, head);
    QVERIFY(head.mlp.hidden == std::vector<int>{10});
    head.dataset = "qm9";
    applyHeadDefaults(a, head);
    QVERIFY(head.mlp.hidden == std::vector<int>{64});

    const auto wrong = setArchitectureValue(a, "depht", "6");
    QVERIFY(!wrong && wrong.error().hint.find("depth") != std::string::npos);
    QVERIFY(!setArchitectureValue(a, "gnn.depth", "six"));
    QVERIFY(!setArchitectureValue(a, "gnn.depth", ""));
    QVERIFY(!setArchitectureValue(a, "gnn.dropout", "nan"));
    QVERIFY(!setArchitectureValue(a, "gnn", "6"));
    QVERIFY(!setArchitectureValue(a, "encoders.list.la_poz.hidden", "6"));
    QVERIFY(!setArchitectureValue(a, "encoders.list", "qm9=3"));
    // A list that is wrong in its second half changes nothing.
    const Json before = architectureToJson(a);
    QVERIFY(!setArchitectureValue(a, "heads.overrides", R"([{"dataset": "a"}, {"dataset": 3}])"));
    QVERIFY(architectureToJson(a) == before);
}

void TestArchitecture::whatCannotWorkIsRefused_data()
{
    QTest::addColumn<QByteArray>("preset");
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const char* from, const char* settings, const char* part) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(settings) << QByteArray(part);
    };
    row("widths", "gine-toymix", "gnn.hidden=96,64", "gnn.hidden");
    row("unequal residual", "gine-toymix", "gnn.hidden=96,64,96", "gnn.residual");
    row("random skip", "gine-toymix", "gnn.residual=random;gnn.residual_skip=2", "gnn.residual_skip");
    row("virtual concat", "gine-small", "gnn.residual=concat", "virtual_node");
    row("virtual edges", "gine-toymix", "gnn.virtual_edges=true", "virtual_edges");
    row("encoding", "gine-toymix", "encoders.list.rw_pos.inputs=electrostatic", "'electrostatic'");
    row("pair", "gine-toymix", "encoders.list.la_pos.inputs=laplacian_eigvec", "eigenvalues");
    row("joined width", "gine-toymix", "encoders.list.la_pos.out=16", "encoders.out");
    row("same name", "gine-toymix", "encoders.list.0.name=rw_pos", "rw_pos");
    row("transformer", "gine-toymix", "encoders.list.0.model=transformer;encoders.list.0.heads=7", "heads");
    row("pool", "gine-toymix", "encoders.pool=median", "encoders.pool");
    row("heads", "gps-small", "gnn.gps.heads=7", "gnn.gps.heads");
    row("bias", "gps-small", "gnn.gps.bias=true", "attention bias");
    row("bias heads", "gpspp-pcqm4m", "gnn.gps.heads=16", "32");
    row("no aggregation", "mpnn-small", "gnn.mpnn.aggregations=[]", "aggregations");
    row("pna softmax", "gine-small", "gnn.layer=pna;gnn.pna.aggregations=softmax", "gnn.pna");
    row("no pooling", "gine-small", "outputs.graph.pooling=[]", "outputs.graph.pooling");
    row("feature", "gine-small", "inputs.atom_float=degre", "degree");
    row("no bonds", "gine-small", "inputs.bond=[];pre_edge=null", "bonds");
}

void TestArchitecture::whatCannotWorkIsRefused()
{
    QFETCH(QByteArray, preset);
    QFETCH(QByteArray, settings);
    QFETCH(QByteArray, part);
    Architecture a = *nn::preset(preset.toStdString());
    const auto good = checkArchitecture(a);
    QVERIFY2(good, good ? "" : good.error().text().c_str());
    for (const QByteArray& setting : settings.split(';')) {
        const auto equals = setting.indexOf('=');
        const auto set =
            setArchitectureValue(a, setting.left(equals).toStdString(), setting.mid(equals + 1).toStdString());
        QVERIFY2(set, set ? "" : set.error().text().c_str());
    }
    const auto result = checkArchitecture(a);
    QVERIFY(!result);
    QVERIFY2(result.error().text().find(part.toStdString()) != std::string::npos, result.error().text().c_str());
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
    QCOMPARE(back->heads[2].mlp.outDim, 6);
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
    QTest::newRow("loss") << QByteArray(R"({"heads":[{"name":"x","loss":{"type":"nll"},"columns":[{}]}]})")
                          << QByteArray("loss.type");
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

void TestArchitecture::headsTakeTheirOptions()
{
    Architecture a = *preset("gcn-toymix-paper");
    HeadSpec head = test::head("Tox21", 12, 1, TaskKind::Binary);
    applyHeadDefaults(a, head);
    QVERIFY(head.mlp.hidden == std::vector<int>{64} && head.mlp.lastActivation == Activation::Sigmoid);
    QVERIFY(head.loss.type == LossType::Bce && head.mlp.outDim == 12 && head.mlp.dropout == 0.1);
    head = test::head("l1000_vcap", 2, 1, TaskKind::Multiclass, Level::Graph, 3);
    applyHeadDefaults(*preset("minimol"), head);
    QVERIFY(head.loss.type == LossType::HybridCe && head.mlp.activation == Activation::None);
    QVERIFY(head.mlp.outDim == 6 && head.mlp.hidden == std::vector<int>{128});
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

    // Members of an ensemble see different columns, each once.
    ModelSpec ensemble = spec;
    ensemble.heads[0].mlp.ensemble = 4;
    ensemble.heads[0].mlp.ensembleInputs = 0.5;
    const HostTensor subset = initialWeights(ensemble, 42).at("task_heads.task_heads.qm9.subset_idx");
    QVERIFY(subset.shape == (std::vector<std::int64_t>{4, 48}));
    std::set<std::vector<float>> members;
    for (std::ptrdiff_t m = 0; m < 4; ++m) {
        const std::vector<float> columns(subset.values.begin() + 48 * m, subset.values.begin() + 48 * (m + 1));
        QVERIFY(std::set<float>(columns.begin(), columns.end()).size() == 48);
        QVERIFY(columns.front() >= 0 && columns.back() < 96);
        members.insert(columns);
    }
    QCOMPARE(members.size(), std::size_t{4});
}

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_nn_architecture.moc"
