// SPDX-License-Identifier: GPL-3.0-or-later
// The published library's configurations, and the tensors that its networks have: names, shapes, order, counts, muP.
#include <QtTest>

#include <fstream>

#include <nlohmann/json.hpp>

#include "nn/parameters.h"
#include "nn/published.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::nn;
using Json = nlohmann::json;

namespace
{

nlohmann::ordered_json parsed(const std::string& path)
{
    std::ifstream file(path);
    return nlohmann::ordered_json::parse(file, nullptr, false);
}

/// Names of "state/…" in the order of the file.
std::vector<std::string> namesInOrder(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::uint64_t length = 0;
    file.read(reinterpret_cast<char*>(&length), sizeof length);
    std::string header(length, ' ');
    file.read(header.data(), static_cast<std::streamsize>(length));
    std::vector<std::pair<std::uint64_t, std::string>> places;
    const Json json = Json::parse(header);
    for (const auto& [name, entry] : json.items()) {
        if (name.starts_with("state/")) {
            places.emplace_back(entry["data_offsets"][0].get<std::uint64_t>(), name.substr(6));
        }
    }
    std::sort(places.begin(), places.end());
    std::vector<std::string> names;
    for (const auto& [place, name] : places) {
        names.push_back(name);
    }
    return names;
}

} // namespace

class TestPublished : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tensorsAreThePublishedOnes_data();
    void tensorsAreThePublishedOnes();
    void muPRatesAreThePublishedOnes_data();
    void muPRatesAreThePublishedOnes();
    void miniMolIsRead();
    void lossesTellTheTasks();
    void unusedKeysAreListed();
    void wrongConfigurationsAreRefused_data();
    void wrongConfigurationsAreRefused();
};

void TestPublished::tensorsAreThePublishedOnes_data()
{
    QTest::addColumn<QString>("path");
    const QString models = testDataFolder() + QStringLiteral("/parity/models");
    for (const QString& name : QDir(models).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        if (!name.startsWith(QStringLiteral("batch.")) && !name.startsWith(QStringLiteral("batch3d."))) {
            QTest::newRow(qPrintable(name)) << models + QLatin1Char('/') + name;
        }
    }
    for (const char* name : {"gine", "mpnnplus"}) {
        QTest::newRow(name) << testDataFolder() + QStringLiteral("/parity/training") + QLatin1Char('/') +
                                   QLatin1String(name) + QStringLiteral(".json");
    }
}

void TestPublished::tensorsAreThePublishedOnes()
{
    QFETCH(QString, path);
    if (!QFileInfo::exists(path)) {
        QSKIP("the reference data are not here");
    }
    const auto json = parsed(path.toStdString());
    const auto spec = specFromPublished(json["architecture"]);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    const std::string tensors = path.toStdString().substr(0, path.size() - 5) + ".safetensors";
    const auto file = readSafetensors(tensors);
    QVERIFY(file);

    std::vector<std::string> expected = namesInOrder(tensors);
    for (const std::string& zero : fixedZeros(*spec)) {
        QCOMPARE(std::erase(expected, zero), std::size_t{1});
        QVERIFY(file->tensors.at("state/" + zero).values == std::vector<float>(1, 0.0F));
    }
    std::vector<std::string> names;
    for (const Parameter& parameter : listParameters(*spec)) {
        const auto found = file->tensors.find("state/" + parameter.name);
        QVERIFY2(found != file->tensors.end(), parameter.name.c_str());
        QVERIFY2(found->second.shape == parameter.shape, parameter.name.c_str());
        names.push_back(parameter.name);
    }
    QCOMPARE(names.size(), expected.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        QCOMPARE(QString::fromStdString(names[i]), QString::fromStdString(expected[i]));
    }
    if (json.contains("parameters")) {
        QCOMPARE(parameterCount(*spec), json["parameters"].get<std::int64_t>());
    }
}

void TestPublished::muPRatesAreThePublishedOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("gine") << QStringLiteral("gine");
    QTest::newRow("mpnnplus") << QStringLiteral("mpnnplus");
}

void TestPublished::muPRatesAreThePublishedOnes()
{
    QFETCH(QString, name);
    PAPILIO_TEST_FILE(folder, "parity/training");
    const auto json = parsed(folder.toStdString() + "/" + name.toStdString() + ".json");
    PublishedOptions options;
    options.mupDivisor = 2;
    const auto spec = specFromPublished(json["architecture"], nullptr, options);
    QVERIFY(spec);
    std::map<std::string, double> rates;
    for (const Parameter& parameter : listParameters(*spec)) {
        rates[parameter.name] = parameter.rate;
    }
    const auto base = static_cast<double>(json["learning_rate"]);
    std::size_t compared = 0;
    for (const auto& group : json["runs"]["mup_half"]["parameter_groups"]) {
        for (const auto& item : group["parameters"]) {
            const auto parameter = item.get<std::string>();
            QVERIFY2(rates.contains(parameter), parameter.c_str());
            QVERIFY2(std::abs(rates[parameter] * base - static_cast<double>(group["lr"])) < 1e-12, parameter.c_str());
            ++compared;
        }
    }
    QCOMPARE(compared, rates.size());
    QCOMPARE(readoutDivisor(*spec, "task_heads.task_heads.qm9.layers.1.linear"), 2.0);
    QCOMPARE(readoutDivisor(*spec, "task_heads.task_heads.qm9.layers.0.linear"), 1.0);
}

/// The foundation model's whole configuration, as its authors give it.
void TestPublished::miniMolIsRead()
{
    const Json mlp = {{"depth", 2},
                      {"activation", "relu"},
                      {"last_activation", "none"},
                      {"dropout", 0.02},
                      {"normalization", "layer_norm"},
                      {"last_normalization", "none"},
                      {"residual_type", "none"}};
    const auto with = [&](const Json& more) {
        Json json = mlp;
        json.update(more);
        return json;
    };
    const Json normed = {{"last_normalization", "layer_norm"}};
    Json architecture = {
        {"model_type", "FullGraphMultiTaskNetwork"},
        {"mup_base_path", "base_shape.yaml"},
        {"pre_nn", with({{"out_dim", 128}, {"hidden_dims", 256}, {"last_normalization", "layer_norm"}})},
        {"pre_nn_edges", with({{"out_dim", 168}, {"hidden_dims", 128}, {"last_normalization", "layer_norm"}})},
        {"pe_encoders",
         {{"out_dim", 32},
          {"pool", "sum"},
          {"last_norm", "None"},
          {"encoders",
           {{"la_pos",
             {{"encoder_type", "laplacian_pe"},
              {"input_keys", {"laplacian_eigvec", "laplacian_eigval"}},
              {"output_keys", {"feat"}},
              {"hidden_dim", 64},
              {"out_dim", 32},
              {"model_type", "DeepSet"},
              {"num_layers", 2},
              {"num_layers_post", 1},
              {"dropout", 0.1},
              {"first_normalization", "none"}}},
            {"rw_pos",
             {{"encoder_type", "mlp"},
              {"input_keys", Json::array({"rw_return_probs"})},
              {"output_keys", Json::array({"feat"})},
              {"hidden_dim", 64},
              {"out_dim", 32},
              {"num_layers", 2},
              {"dropout", 0.1},
              {"normalization", "layer_norm"},
              {"first_normalization", "layer_norm"}}}}}}},
        {"gnn", with({{"out_dim", 512},
                      {"out_dim_edges", 64},
                      {"hidden_dims", 336},
                      {"hidden_dims_edges", 168},
                      {"in_dim", 128},
                      {"in_dim_edges", 168},
                      {"depth", 16},
                      {"activation", "gelu"},
                      {"last_normalization", "layer_norm"},
                      {"residual_type", "simple"},
                      {"virtual_node", "logsum"},
                      {"layer_type", "pyg:gine"}})},
        {"graph_output_nn",
         {{"graph", with({{"pooling", Json::array({"max"})},
                          {"out_dim", 1024},
                          {"hidden_dims", 512},
                          {"last_normalization", "layer_norm"}})},
          {"node", with({{"pooling", Json::array({"max"})}, {"out_dim", 64}, {"hidden_dims", 256}})}}},
        {"task_heads",
         {{"l1000_vcap",
           with({{"task_level", "graph"}, {"out_dim", 2934}, {"hidden_dims", 128}, {"activation", "none"}})},
          {"l1000_mcf7",
           with({{"task_level", "graph"}, {"out_dim", 2934}, {"hidden_dims", 128}, {"activation", "none"}})},
          {"pcba_1328", with({{"task_level", "graph"}, {"out_dim", 1328}, {"hidden_dims", 128}})},
          {"pcqm4m_g25", with({{"task_level", "graph"}, {"out_dim", 25}, {"hidden_dims", 128}})},
          {"pcqm4m_n4", with({{"task_level", "node"}, {"out_dim", 4}, {"hidden_dims", 128}})}}}};
    PublishedOptions options;
    options.mupDivisor = 2;
    const Json hybrid = {{"name", "hybrid_ce_ipu"}, {"n_brackets", 3}, {"alpha", 0.5}};
    options.tasks["l1000_vcap"] = options.tasks["l1000_mcf7"] = *taskFromPublished(hybrid);
    options.tasks["pcba_1328"] = *taskFromPublished("bce_logits_ipu");
    std::vector<std::string> unused;
    const auto spec = specFromPublished(architecture, &unused, options);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    QCOMPARE(parameterCount(*spec), std::int64_t{10325697});
    for (const HeadSpec& head : spec->heads) {
        const bool genes = head.name.starts_with("l1000");
        QCOMPARE(head.columns.size(), std::size_t(genes                       ? 978
                                                  : head.name == "pcba_1328"  ? 1328
                                                  : head.name == "pcqm4m_g25" ? 25
                                                                              : 4));
        QCOMPARE(head.classes, genes ? 3 : 0);
        QVERIFY(genes == (head.loss.type == LossType::HybridCe));
        QVERIFY(!genes || head.mlp.activation == Activation::None);
    }
    QVERIFY(std::find(unused.begin(), unused.end(), "gnn.out_dim_edges") != unused.end());
    QVERIFY(std::find(unused.begin(), unused.end(), "graph_output_nn.node.pooling") != unused.end());
    QVERIFY(checkArchitecture(spec->architecture));

    PAPILIO_TEST_FILE(shapes, "../models/minimol_v1/base_shape.yaml");
    // "name:" then one "- size" a dimension, null where it is no width.
    std::ifstream file(shapes.toStdString());
    std::map<std::string, std::vector<std::string>> base;
    std::string line;
    std::string current;
    while (std::getline(file, line)) {
        const std::size_t dash = line.find("- ");
        if (line.starts_with("? ")) { // so the longest names are written
            current = line.substr(2);
        } else if (dash == 0 || line.starts_with(": ") || line.starts_with("  - ")) {
            base[current].push_back(line.substr(dash + 2));
        } else if (line.ends_with(":")) {
            current = line.substr(0, line.size() - 1);
        }
    }
    for (const Parameter& parameter : listParameters(*spec)) {
        const auto& sizes = base.at(parameter.name);
        // (Of two vectors the file gives two sizes, the base's and the network's own.)
        QVERIFY2(sizes.size() >= parameter.shape.size(), parameter.name.c_str());
        const bool matrix = parameter.shape.size() == 2 && sizes[0] != "null" && sizes[1] != "null";
        const double rate = matrix ? std::stod(sizes[1]) / static_cast<double>(parameter.shape[1]) : 1;
        QVERIFY2(std::abs(parameter.rate - rate) < 1e-12, parameter.name.c_str());
    }
}

void TestPublished::lossesTellTheTasks()
{
    QVERIFY(taskFromPublished("mae_ipu")->kind == TaskKind::Regression);
    QVERIFY(taskFromPublished("bce")->loss.type == LossType::Bce);
    const auto hybrid =
        taskFromPublished(Json{{"name", "hybrid_ce"}, {"n_brackets", 5}, {"alpha", 0.2}, {"regression_loss", "mae"}});
    QVERIFY(hybrid && hybrid->kind == TaskKind::Multiclass && hybrid->classes == 5);
    QVERIFY(hybrid->loss.alpha == 0.2 && hybrid->loss.hybridAbsolute);
    QVERIFY(!taskFromPublished("wasserstein"));
    QVERIFY(!taskFromPublished(Json{{"name", "hybrid_ce"}}));
    QVERIFY(!taskFromPublished(3));
}

void TestPublished::unusedKeysAreListed()
{
    const Json architecture = {
        {"gnn",
         {{"out_dim", 8},
          {"hidden_dims", 8},
          {"depth", 2},
          {"layer_type", "pyg:gin"},
          {"colour", "red"},
          {"last_dropout", 0.5}}},
        {"graph_output_nn", {{"graph", {{"pooling", Json::array({"sum"})}, {"out_dim", 4}, {"depth", 1}}}}},
        {"task_heads", {{"x", {{"task_level", "graph"}, {"out_dim", 2}, {"depth", 1}}}}},
        {"extra", {{"deep", 1}}}};
    std::vector<std::string> unused;
    const auto spec = specFromPublished(architecture, &unused);
    QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
    QCOMPARE(unused, (std::vector<std::string>{"extra", "gnn.colour", "gnn.last_dropout"}));
    QVERIFY(!spec->architecture.hasPreNode && spec->architecture.gnn.lastDropout == 0);
}

void TestPublished::wrongConfigurationsAreRefused_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("layer") << QByteArray(R"({"gnn":{"layer_type":"pyg:gat"}})") << QByteArray("gnn.layer_type");
    QTest::newRow("norm") << QByteArray(R"({"gnn":{"normalization":"group"}})") << QByteArray("gnn.normalization");
    QTest::newRow("width") << QByteArray(R"({"gnn":{"out_dim":"wide"}})") << QByteArray("gnn.out_dim");
    QTest::newRow("not an object") << QByteArray(R"({"pre_nn":7})") << QByteArray("pre_nn");
    QTest::newRow("widths do not meet") << QByteArray(R"({"gnn":{"in_dim":7}})") << QByteArray("gnn.in_dim");
    QTest::newRow("type") << QByteArray(R"({"model_type":"FullDGLNetwork"})") << QByteArray("model_type");
    QTest::newRow("no bonds") << QByteArray(R"({"gnn":{"layer_type":"pyg:gine"}})") << QByteArray("pre_nn_edges");
    QTest::newRow("one layer") << QByteArray(R"({"gnn":{"depth":1,"virtual_node":"sum"}})")
                               << QByteArray("gnn.virtual_node");
    QTest::newRow("level") << QByteArray(R"({"task_heads":{"x":{"task_level":"atom"}}})") << QByteArray("task_level");
}

void TestPublished::wrongConfigurationsAreRefused()
{
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, part);
    Json architecture = {
        {"gnn", {{"out_dim", 8}, {"hidden_dims", 8}, {"depth", 2}, {"layer_type", "pyg:gin"}}},
        {"graph_output_nn", {{"graph", {{"pooling", Json::array({"sum"})}, {"out_dim", 4}, {"depth", 1}}}}},
        {"task_heads", {{"x", {{"task_level", "graph"}, {"out_dim", 2}, {"depth", 1}}}}}};
    QVERIFY(specFromPublished(architecture));
    architecture.merge_patch(Json::parse(patch.toStdString()));
    const auto spec = specFromPublished(architecture);
    QVERIFY(!spec);
    QVERIFY2(spec.error().text().find(part.toStdString()) != std::string::npos, spec.error().text().c_str());
}

QTEST_GUILESS_MAIN(TestPublished)
#include "tst_nn_published.moc"
