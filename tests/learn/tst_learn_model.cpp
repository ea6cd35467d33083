// SPDX-License-Identifier: GPL-3.0-or-later
// Model files and prediction.
#include <QFile>
#include <QtTest>

#include "core/encodings.h"
#include "core/features.h"
#include "learn/modelfile.h"
#include "learn/predictor.h"
#include "tests/learn/fixture.h"
#include "tests/learn/hooks.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;

namespace
{

nn::HeadSpec headOf(const std::string& name, const std::string& dataset, Level level, TaskKind kind, int classes,
                    std::vector<nn::HeadSpec::Column> columns)
{
    nn::HeadSpec head;
    head.name = name;
    head.dataset = dataset;
    head.level = level;
    head.kind = kind;
    head.classes = classes;
    head.columns = std::move(columns);
    return head;
}

/// Three heads of all kinds, with weights drawn by the fake.
SavedModel someModel()
{
    SavedModel saved;
    saved.spec.architecture = must(nn::preset("gine-toymix"));
    saved.spec.heads = {
        headOf("qm9", "qm9", Level::Graph, TaskKind::Regression, 0, {{"alpha", "Bohr³"}, {"gap", "eV"}}),
        headOf("tox/node", "tox", Level::Node, TaskKind::Binary, 0, {{"reactive", ""}}),
        headOf("bonds", "bonds", Level::Edge, TaskKind::Multiclass, 3, {{"type", ""}, {"other", ""}})};
    for (nn::HeadSpec& head : saved.spec.heads) {
        nn::applyHeadDefaults(saved.spec.architecture, head);
    }
    saved.normalisation = {{{70.5, 8.25}, {-3, 0.125}}, {{0, 1}}, {{0, 1}, {0, 1}}};
    saved.summary = {{"run", 3}, {"data_hash", "abc"}};
    saved.weights = must(nn::createFakeModel(saved.spec, {}))->weights();
    return saved;
}

struct Molecules {
    std::vector<MolGraph> graphs;
    std::vector<Encodings> encodings;
    std::vector<nn::MoleculeInput> inputs;

    explicit Molecules(int count)
    {
        for (int i = 0; i < count; ++i) {
            graphs.push_back(chainOf(i));
            encodings.push_back(encodingsOf(graphs.back()));
        }
        for (std::size_t i = 0; i < graphs.size(); ++i) {
            inputs.push_back({&graphs[i], &encodings[i]});
        }
    }
};

} // namespace

class TestLearnModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void refusals_data();
    void refusals();
    void halfAFile();
    void weightsThatDoNotFit();
    void modelOfARun();
    void predictionUnits();
    void predictionOrderAndBatches();
    void predictionRefusesMisfits();

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void TestLearnModel::roundTrip()
{
    const SavedModel saved = someModel();
    const std::string file = path("m.safetensors").toStdString();
    must(writeModel(file, saved));
    const SavedModel back = must(readModel(file));
    QCOMPARE(back.spec.heads.size(), std::size_t{3});
    QCOMPARE(back.spec.heads[0].columns[0].unit, std::string("Bohr³"));
    QCOMPARE(back.spec.heads[2].outputWidth(), 6);
    QCOMPARE(back.normalisation[0][1].mean, -3.0);
    QCOMPARE(back.normalisation[0][1].sd, 0.125);
    QVERIFY(back.summary == saved.summary);
    QCOMPARE(back.weights.size(), saved.weights.size());
    for (const auto& [name, tensor] : saved.weights) {
        QVERIFY(back.weights.at(name).values == tensor.values);
        QVERIFY(back.weights.at(name).shape == tensor.shape);
    }
    const auto raw = must(nn::readSafetensors(file));
    for (const char* key : {"format", "format_version", "papilio_version", "spec", "normalisation", "feature_set",
                            "encoding_set", "summary"}) {
        QVERIFY2(raw.metadata.count(key) == 1, key);
    }
}

void TestLearnModel::refusals_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value"); // null: the key is left out
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* key, const QString& value, ErrorCode code, const char* says) {
        QTest::addRow("%s = %s", key, qPrintable(value))
            << QString::fromLatin1(key) << value << static_cast<int>(code) << QString::fromLatin1(says);
    };
    row("format", QString(), ErrorCode::BadInput, "not a Papilio model");
    row("format", QStringLiteral("pt"), ErrorCode::BadInput, "not a Papilio model");
    row("format_version", QStringLiteral("2"), ErrorCode::NewerSchema, "newer Papilio");
    row("format_version", QStringLiteral("x"), ErrorCode::Damaged, "format version");
    row("format_version", QString(), ErrorCode::Damaged, "format_version");
    row("feature_set", QStringLiteral("other-12-3"), ErrorCode::Unsupported, "other-12-3");
    row("encoding_set", QStringLiteral("none"), ErrorCode::Unsupported, "positional encodings");
    row("spec", QString(), ErrorCode::Damaged, "'spec'");
    row("spec", QStringLiteral("{"), ErrorCode::Damaged, "'spec'");
    row("spec", QStringLiteral("{\"heads\":7}"), ErrorCode::Damaged, "damaged");
    row("normalisation", QStringLiteral("[]"), ErrorCode::Damaged, "normalisation");
    row("normalisation", QStringLiteral("[[{\"mean\":0,\"sd\":0},{\"mean\":0,\"sd\":1}],[{\"mean\":0,\"sd\":1}],[]]"),
        ErrorCode::Damaged, "normalisation of head 'qm9'");
    row("summary", QString(), ErrorCode::Damaged, "'summary'");
}

void TestLearnModel::refusals()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(int, code);
    QFETCH(QString, says);
    const std::string file = path("m.safetensors").toStdString();
    must(writeModel(file, someModel()));
    auto raw = must(nn::readSafetensors(file));
    if (value.isNull()) {
        raw.metadata.erase(key.toStdString());
    } else {
        raw.metadata[key.toStdString()] = value.toStdString();
    }
    must(nn::writeSafetensors(file, raw));
    const auto model = readModel(file);
    QVERIFY(!model);
    QCOMPARE(static_cast<int>(model.error().code), code);
    const QString text = QString::fromStdString(model.error().text());
    QVERIFY2(text.contains(says), qPrintable(text));
    QVERIFY2(text.contains(QString::fromStdString(file)), qPrintable(text));
}

void TestLearnModel::halfAFile()
{
    const QString file = path("half.safetensors");
    must(writeModel(file.toStdString(), someModel()));
    const qint64 size = QFile(file).size();
    for (const qint64 part : {size - 1, size / 2, qint64{100}, qint64{7}, qint64{0}}) {
        QVERIFY(QFile::resize(file, part));
        const auto model = readModel(file.toStdString());
        QVERIFY(!model);
        QCOMPARE(model.error().code, ErrorCode::Damaged);
    }
    QCOMPARE(readModel(path("absent").toStdString()).error().code, ErrorCode::NotFound);
}

void TestLearnModel::weightsThatDoNotFit()
{
    SavedModel saved = someModel();
    saved.weights.erase("heads.qm9.bias");
    const auto model = instantiate(saved, nn::createFakeModel);
    QVERIFY(!model);
    QVERIFY(model.error().text().find("heads.qm9.bias") != std::string::npos);
}

void TestLearnModel::modelOfARun()
{
    Fixture fixture;
    fixture.add("qm9", 0, 80, {carbons(5, 700)});
    RecordingControl control;
    QCOMPARE(modelOfRun(fixture.project(), 1).error().code, ErrorCode::NotFound);
    const char* versions = R"({"papilio":"0.1.0"})";
    const auto run = must(startRun(fixture.project(), smallConfig(), versions, nn::createFakeModel, control));
    const SavedModel saved = must(modelOfRun(fixture.project(), run.id));
    QCOMPARE(saved.summary.at("data_hash").get<std::string>(), run.dataHash);
    QCOMPARE(saved.summary.at("versions").at("papilio").get<std::string>(), std::string("0.1.0"));
    QCOMPARE(saved.summary.at("config").at("epochs").get<int>(), 4);
    QVERIFY(saved.summary.at("metrics").size() >= 4);
    // Exported, read and used, it predicts what the run stored.
    const std::string file = path("run.safetensors").toStdString();
    must(writeModel(file, saved));
    const SavedModel back = must(readModel(file));
    const auto model = must(instantiate(back, nn::createFakeModel));
    for (const auto& stored : must(store::Predictions(fixture.project()).ofHead(run.id, "qm9"))) {
        const MolGraph graph = chainOf(fixture.numberOf(stored.molecule));
        const Encodings encodings = encodingsOf(graph);
        const nn::MoleculeInput input{&graph, &encodings};
        const auto prediction = must(predict(*model, back, {&input, 1}));
        QVERIFY(std::abs(prediction[0][0].values[0] - stored.values[0]) < 1e-3);
    }
}

void TestLearnModel::predictionUnits()
{
    const SavedModel saved = someModel();
    const auto model = must(instantiate(saved, nn::createFakeModel));
    const Molecules molecules(12);
    const auto predictions = must(predict(*model, saved, molecules.inputs));
    const auto raw = must(model->evaluate(nn::collate(molecules.inputs)));
    QCOMPARE(predictions.size(), std::size_t{12});
    std::size_t atom = 0, edge = 0;
    for (std::size_t i = 0; i < predictions.size(); ++i) {
        QCOMPARE(predictions[i].size(), std::size_t{3});
        for (std::size_t c = 0; c < 2; ++c) {
            const Normalisation& scale = saved.normalisation[0][c];
            const double expected = raw.outputs[0][2 * i + c] * scale.sd + scale.mean;
            QVERIFY(std::abs(predictions[i][0].values[c] - expected) < 1e-4);
        }
        QCOMPARE(predictions[i][1].rows, static_cast<std::int64_t>(molecules.graphs[i].atoms.size()));
        for (const float probability : predictions[i][1].values) {
            QVERIFY(std::abs(probability - 1 / (1 + std::exp(-double(raw.outputs[1][atom++])))) < 1e-6);
        }
        QCOMPARE(predictions[i][2].rows, static_cast<std::int64_t>(2 * molecules.graphs[i].bonds.size()));
        for (std::size_t k = 0; k < predictions[i][2].values.size(); k += 3, edge += 3) {
            double sum = 0;
            for (std::size_t c = 0; c < 3; ++c) {
                sum += std::exp(double(raw.outputs[2][edge + c]));
            }
            for (std::size_t c = 0; c < 3; ++c) {
                const double expected = std::exp(double(raw.outputs[2][edge + c])) / sum;
                QVERIFY(std::abs(predictions[i][2].values[k + c] - expected) < 1e-6);
            }
        }
    }
    QVERIFY(must(predict(*model, saved, {})).empty());
}

void TestLearnModel::predictionOrderAndBatches()
{
    const SavedModel saved = someModel();
    const auto model = must(instantiate(saved, nn::createFakeModel));
    const Molecules molecules(23);
    const auto together = must(predict(*model, saved, molecules.inputs));
    for (const std::int64_t batchSize : {1, 7, 23, 1000}) {
        const auto apart = must(predict(*model, saved, molecules.inputs, batchSize));
        for (std::size_t i = 0; i < together.size(); ++i) {
            for (std::size_t h = 0; h < 3; ++h) {
                QVERIFY(apart[i][h].values == together[i][h].values);
            }
        }
    }
}

void TestLearnModel::predictionRefusesMisfits()
{
    const SavedModel saved = someModel();
    const auto model = must(instantiate(saved, nn::createFakeModel));
    Molecules molecules(3);
    molecules.encodings[1] = Encodings{};
    const auto predictions = predict(*model, saved, molecules.inputs);
    QVERIFY(!predictions);
    QVERIFY(predictions.error().message.find("Molecule 2") != std::string::npos);
    SavedModel other = saved;
    other.normalisation.pop_back();
    QVERIFY(!predict(*model, other, molecules.inputs));
}

QTEST_GUILESS_MAIN(TestLearnModel)
#include "tst_learn_model.moc"
