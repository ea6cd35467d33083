// SPDX-License-Identifier: GPL-3.0-or-later
// The model library, fingerprints and parity by the real program: what a user does with a published model.
#include <QtTest>

#include <cmath>

#include "core/npy.h"
#include "nn/safetensors.h"
#include "tests/engine/engineprocess.h"
#include "tests/nn/foreignfiles.h"
#include "tests/support/paths.h"

using namespace Qt::StringLiterals;
using namespace papilio;

class TestEngineModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void addsMiniMolFromItsFolder();
    void addsMiniMolFromAWheel();
    void predictsChosenTasks();
    void writesFingerprints();
    void fingerprintsAgreeWithTheOriginal();
    void answersTheWindow();
    void importsWeightsOfTheOriginal();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void everyReferenceNumberAgrees();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QString published() const { return m_models + u"/minimol_v1"_s; }
    bool hasMiniMol() const { return QFile::exists(published() + u"/state_dict.pth"_s); }
    /// A published network in miniature: the reference network of that name as its user would have it.
    bool writePublished(const QString& folder, const QString& fixture) const;

    QTemporaryDir m_folder;
    QString m_models;
};

void TestEngineModels::initTestCase()
{
    qputenv("PAPILIO_MODELS", file(u"library"_s).toUtf8());
    m_models = qEnvironmentVariable("PAPILIO_TEST_MODELS",
                                    QStringLiteral(PAPILIO_SOURCE_DIR "/../shared/models"));
    writeFile(file(u"molecules.csv"_s), "name,smiles\naspirin,CC(=O)Oc1ccccc1C(=O)O\nbroken,C1CC\n"
                                                     "salt,[Na+].[Cl-]\nmethane,C\n");
    const Outcome empty = runEngine({u"model"_s, u"list"_s});
    QCOMPARE(empty.exitCode, 0);
    QVERIFY(empty.out.contains("empty"));
}

#define NEEDS_MINIMOL()                                                                                                \
    if (!hasMiniMol()) {                                                                                               \
        QSKIP("The published model is not here: set PAPILIO_TEST_MODELS.");                                            \
    }

void TestEngineModels::addsMiniMolFromItsFolder()
{
    NEEDS_MINIMOL();
    const Outcome added = runEngine({u"model"_s, u"add"_s, published(),
                                     u"--json"_s});
    QVERIFY2(added.exitCode == 0, added.all().constData());
    const QJsonObject card = added.json();
    QCOMPARE(card[u"name"_s].toString(), u"minimol_v1"_s);
    QCOMPARE(card[u"parameters"_s].toInt(), 10325697);
    QCOMPARE(card[u"tasks"_s].toInt(), 978 + 978 + 1328 + 25 + 4);
    QCOMPARE(card[u"licence"_s].toString(), u"MIT"_s);
    QVERIFY(card[u"citation"_s].toString().contains(u"2404.14986"_s));
    QVERIFY(card[u"reference"_s].toInt() > 900);

    const QJsonObject info =
        runEngine({u"model"_s, u"info"_s, u"minimol_v1"_s, u"--json"_s})
            .json();
    int unknown = 0;
    for (const QJsonValue head : info[u"heads"_s].toArray()) {
        for (const QJsonValue column : head[u"columns"_s].toArray()) {
            unknown += column[u"known"_s].toBool() ? 0 : 1;
        }
    }
    QCOMPARE(unknown, 320); // of the 1,328 assays 1,008 have names
    QVERIFY(info[u"licenceText"_s].toString().contains(u"Graphcore"_s));

    const Outcome twice = runEngine({u"model"_s, u"add"_s, published()});
    QCOMPARE(twice.exitCode, 3);
    QVERIFY(twice.err.contains("already"));
}

void TestEngineModels::addsMiniMolFromAWheel()
{
    NEEDS_MINIMOL();
    QDir folder(file(u"wheel"_s));
    QVERIFY(folder.mkpath(u"."_s));
    const std::string at = "minimol/ckpts/minimol_v1/", about = "minimol-1.3.5.dist-info/";
    const auto stored = [this](const char* name) { return readFile(published() + u'/' + QLatin1String(name)).toStdString(); };
    writeFile(folder.filePath(u"minimol.whl"_s),
              QByteArray::fromStdString(foreign::zip({{at + "state_dict.pth", stored("state_dict.pth")},
                                                      {at + "config.yaml", stored("config.yaml")},
                                                      {at + "base_shape.yaml", stored("base_shape.yaml")},
                                                      {about + "LICENSE", "MIT License\n"},
                                                      {about + "METADATA", "Name: minimol\nVersion: 1.3.5\n\n"}})));
    const Outcome info = runEngine({u"model"_s, u"info"_s,
                                    folder.filePath(u"minimol.whl"_s), u"--json"_s});
    QVERIFY2(info.exitCode == 0, info.all().constData());
    QCOMPARE(info.json()[u"parameters"_s].toInt(), 10325697);
    QCOMPARE(info.json()[u"name"_s].toString(), u"minimol-1.3.5"_s);
}

void TestEngineModels::predictsChosenTasks()
{
    NEEDS_MINIMOL();
    const QString out = file(u"predicted.csv"_s);
    const Outcome done = runEngine({u"predict"_s, u"minimol_v1"_s,
                                    file(u"molecules.csv"_s), u"--tasks"_s,
                                    u"pcba_1328:*,pcqm4m_g25:*"_s, u"-o"_s, out});
    QVERIFY2(done.exitCode == 0, done.all().constData());
    const QList<QByteArray> lines = readFile(out).trimmed().split('\n');
    QCOMPARE(lines.size(), 5); // one for every input row, the broken one too
    QCOMPARE(lines[0].split(',').size(), 4 + 1328 + 25);
    QVERIFY(lines[2].contains("rejected"));
    const Outcome typo = runEngine({u"predict"_s, u"minimol_v1"_s,
                                    file(u"molecules.csv"_s), u"--tasks"_s,
                                    u"pcba_1238"_s, u"-o"_s, out});
    QVERIFY(typo.exitCode == 3 && typo.err.contains("pcba_1328"));
}

void TestEngineModels::writesFingerprints()
{
    NEEDS_MINIMOL();
    const QString out = file(u"fp.npy"_s);
    const QStringList common = {u"fingerprint"_s, u"minimol_v1"_s,
                                file(u"molecules.csv"_s), u"--layer"_s,
                                u"gnn:15"_s};
    const Outcome done = runEngine(common + QStringList{u"--pool"_s, u"max"_s,
                                                        u"-o"_s, out});
    QVERIFY2(done.exitCode == 0, done.all().constData());
    const auto matrix = readNpy(out.toStdString());
    QVERIFY(matrix.has_value());
    QCOMPARE(matrix->shape, (std::vector<std::int64_t>{4, 512}));
    QVERIFY(std::isnan(matrix->values[512]) && std::isfinite(matrix->values[0])); // the broken row keeps its place
    QCOMPARE(readFile(file(u"fp.ids.csv"_s)).trimmed().split('\n').size(), 5);

    const QString atoms = file(u"atoms.csv"_s);
    QCOMPARE(runEngine(common + QStringList{u"--pool"_s, u"none"_s, u"-o"_s, atoms})
                 .exitCode,
             0);
    QCOMPARE(readFile(atoms).trimmed().split('\n').size(), 1 + 13 + 1 + 2 + 1);

    const Outcome layer = runEngine({u"fingerprint"_s, u"minimol_v1"_s,
                                     file(u"molecules.csv"_s), u"--layer"_s,
                                     u"gnn:16"_s, u"-o"_s, out});
    QVERIFY(layer.exitCode == 3 && layer.err.contains("gnn:1"));
    const Outcome ending = runEngine(common + QStringList{u"-o"_s, file(u"fp.txt"_s)});
    QCOMPARE(ending.exitCode, 2);
}

/// 230 molecules from SMILES; cosine, since eigenvectors have free signs.
void TestEngineModels::fingerprintsAgreeWithTheOriginal()
{
    NEEDS_MINIMOL();
    PAPILIO_TEST_FILE(facts, "parity/minimol/minimol.json");
    PAPILIO_TEST_FILE(tensors, "parity/minimol/minimol.safetensors");
    QByteArray table = "smiles\n";
    const auto molecules = QJsonDocument::fromJson(readFile(facts))[u"molecules"_s].toArray();
    for (const QJsonValue molecule : molecules) {
        table += molecule[u"smiles"_s].toString().toUtf8() + '\n';
    }
    writeFile(file(u"many.csv"_s), table);
    const QString out = file(u"many.npy"_s);
    QCOMPARE(runEngine({u"fingerprint"_s, u"minimol_v1"_s, file(u"many.csv"_s),
                        u"--layer"_s, u"gnn:15"_s, u"-o"_s, out})
                 .exitCode,
             0);
    const auto ours = readNpy(out.toStdString());
    const auto theirs = nn::readSafetensors(tensors.toStdString());
    QVERIFY(ours && theirs);
    int agree = 0;
    for (int i = 0; i < molecules.size(); ++i) {
        const auto& expected = theirs->tensors.at(u"%1/fingerprint"_s.arg(i, 3, 10, QLatin1Char('0')).toStdString());
        double ab = 0, aa = 0, bb = 0;
        for (std::size_t k = 0; k < 512; ++k) {
            const double a = ours->values[static_cast<std::size_t>(i) * 512 + k], b = expected.values[k];
            ab += a * b;
            aa += a * a;
            bb += b * b;
        }
        agree += ab / std::sqrt(aa * bb) >= 0.9995 ? 1 : 0;
    }
    QVERIFY2(agree == molecules.size(), QByteArray::number(agree).constData());
}

void TestEngineModels::answersTheWindow()
{
    NEEDS_MINIMOL();
    EngineProcess engine({u"serve"_s});
    QVERIFY(engine.started());
    QCOMPARE(engine.nextLine()[u"method"_s].toString(), u"hello"_s);
    const QJsonObject list = engine.request(u"model.list"_s)[u"result"_s].toObject();
    QCOMPARE(list[u"models"_s].toArray().size(), 1);
    const QJsonObject looked =
        engine.request(u"molecule.lookup"_s, {{u"smiles"_s, u"c1ccccc1O"_s},
                                                           {u"model"_s, u"minimol_v1"_s}})
            [u"result"_s].toObject();
    const QJsonArray predictions = looked[u"predictions"_s].toArray();
    QCOMPARE(predictions.size(), 3313);
    const QJsonObject gene = predictions[0].toObject();
    QCOMPARE(gene[u"classNames"_s].toArray().size(), 3);
    QCOMPARE(gene[u"percentiles"_s].toArray().size(), 3);
    const QJsonObject charge = predictions.last().toObject();
    QCOMPARE(charge[u"level"_s].toString(), u"node"_s);
    QCOMPARE(charge[u"values"_s].toArray().size(), 7);
    QCOMPARE(charge[u"unit"_s].toString(), u"standard score"_s);
    const QJsonObject explained =
        engine.request(u"molecule.explain"_s, {{u"smiles"_s, u"c1ccccc1O"_s},
                                                            {u"model"_s, u"minimol_v1"_s},
                                                            {u"head"_s, u"pcqm4m_g25"_s},
                                                            {u"task"_s, u"graph_alpha_gap"_s}})
            [u"result"_s].toObject();
    QCOMPARE(explained[u"atoms"_s].toArray().size(), 7);
    const QJsonArray layers =
        engine.request(u"model.layers"_s, {{u"model"_s, u"minimol_v1"_s}})
            [u"result"_s][u"layers"_s].toArray();
    QVERIFY(layers.size() > 20);
    const QJsonObject gone =
        engine.request(u"model.info"_s, {{u"model"_s, u"minimol_v2"_s}});
    QVERIFY(gone[u"error"_s].isObject());
}

bool TestEngineModels::writePublished(const QString& folder, const QString& fixture) const
{
    const QString from = testDataFolder() + u"/parity/models/"_s + fixture;
    auto stored = nn::readSafetensors(QString(from + u".safetensors"_s).toStdString());
    if (!stored || !QDir().mkpath(folder)) {
        return false;
    }
    nn::TensorFile weights;
    for (auto& [name, tensor] : stored->tensors) {
        if (name.starts_with("state/")) {
            weights.tensors[name.substr(6)] = std::move(tensor);
        }
    }
    const auto facts = QJsonDocument::fromJson(readFile(from + u".json"_s));
    writeFile(folder + u"/config.yaml"_s, // JSON is YAML
              QJsonDocument(QJsonObject{{u"architecture"_s, facts[u"architecture"_s]}}).toJson());
    return nn::writeSafetensors(QString(folder + u"/weights.safetensors"_s).toStdString(), weights).has_value();
}

void TestEngineModels::importsWeightsOfTheOriginal()
{
    PAPILIO_TEST_FILE(fixture, "parity/models/gps_gine.json");
    Q_UNUSED(fixture);
    const QString folder = file(u"gps"_s);
    QVERIFY(writePublished(folder, u"gps_gine"_s));
    const Outcome added = runEngine({u"model"_s, u"add"_s, folder, u"--name"_s,
                                     u"mine"_s, u"--json"_s});
    QVERIFY2(added.exitCode == 0, added.all().constData());
    QCOMPARE(added.json()[u"parameters"_s].toInt(), 37154);
    QCOMPARE(runEngine({u"predict"_s, u"mine"_s, file(u"molecules.csv"_s),
                        u"-o"_s, file(u"mine.csv"_s)})
                 .exitCode,
             0);
    QCOMPARE(runEngine({u"model"_s, u"remove"_s, u"mine"_s}).exitCode, 0);
    QCOMPARE(runEngine({u"model"_s, u"info"_s, u"mine"_s}).exitCode, 3);
}

void TestEngineModels::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("no configuration") << u"config"_s << QByteArray("config.yaml");
    QTest::newRow("a tensor missing") << u"missing"_s << QByteArray("linear.weight");
    QTest::newRow("a tensor too many") << u"extra"_s << QByteArray("surplus");
    QTest::newRow("a wrong shape") << u"shape"_s << QByteArray("but the configuration makes it");
    QTest::newRow("truncated") << u"truncated"_s << QByteArray("weights.safetensors");
    QTest::newRow("not there") << u"nothing"_s << QByteArray("no file or folder");
}

void TestEngineModels::refusesWhatDoesNotFit()
{
    PAPILIO_TEST_FILE(fixture, "parity/models/gcn_toymix.json");
    Q_UNUSED(fixture);
    QFETCH(QString, what);
    QFETCH(QByteArray, said);
    const QString folder = file(what);
    if (what != u"nothing"_s) {
        QVERIFY(writePublished(folder, u"gcn_toymix"_s));
    }
    const QString weights = folder + u"/weights.safetensors"_s;
    auto stored = nn::readSafetensors(weights.toStdString());
    const std::string name = "gnn.layers.1.model.lin.weight";
    if (what == u"config"_s) {
        QVERIFY(QFile::remove(folder + u"/config.yaml"_s));
    } else if (what == u"missing"_s) {
        stored->tensors.erase("pre_nn.layers.0.linear.weight");
    } else if (what == u"extra"_s) {
        stored->tensors["surplus"] = {{1}, {0}};
    } else if (what == u"shape"_s) {
        stored->tensors[name] = {{2, 3}, std::vector<float>(6)};
    }
    if (stored) {
        QVERIFY(nn::writeSafetensors(weights.toStdString(), *stored).has_value());
    }
    if (what == u"truncated"_s) {
        writeFile(weights, readFile(weights).chopped(1000));
    }
    const Outcome refused = runEngine({u"model"_s, u"add"_s, folder});
    QVERIFY2(refused.exitCode == 3, refused.all().constData());
    QVERIFY2(refused.err.contains(said), refused.err.constData());
    QVERIFY(!QDir(file(u"library"_s)).exists(what)); // nothing half-added
}

void TestEngineModels::everyReferenceNumberAgrees()
{
    PAPILIO_TEST_FILE(fixture, "parity/models/gcn_toymix.json");
    Q_UNUSED(fixture);
    QStringList arguments = {u"parity"_s, testDataFolder() + u"/parity"_s, u"--json"_s};
    if (hasMiniMol()) {
        arguments << u"--model"_s << published();
    }
    const Outcome parity = runEngine(arguments, 240000);
    int compared = 0;
    for (const QJsonValue result : parity.json()[u"results"_s].toArray()) {
        const QString tensor = result[u"fixture"_s].toString() + QLatin1Char(' ') + result[u"tensor"_s].toString();
        QVERIFY2(result[u"passed"_s].toBool(), qPrintable(tensor));
        ++compared;
    }
    QVERIFY2(compared > 1000, parity.err.constData());
    QCOMPARE(parity.exitCode, 0);
}

QTEST_GUILESS_MAIN(TestEngineModels)
#include "tst_engine_models.moc"
