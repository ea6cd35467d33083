// SPDX-License-Identifier: GPL-3.0-or-later
// The benchmarks run on small data and tell what they measured; the generated project is what it says.
#include <QtTest>

#include "tests/engine/engineprocess.h"
#include "tests/support/paths.h"

using namespace Qt::StringLiterals;

namespace
{

QJsonObject figure(const QJsonObject& document, const QString& part)
{
    const QJsonArray figures = document.value("figures"_L1).toArray();
    for (const QJsonValue& entry : figures) {
        if (entry.toObject().value("what"_L1).toString().contains(part)) {
            return entry.toObject();
        }
    }
    return {};
}

double valueOf(const QJsonObject& document, const QString& part)
{
    return figure(document, part).value("value"_L1).toDouble(-1);
}

} // namespace

class EngineBenchTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }

private Q_SLOTS:
    void importIsMeasuredAgainstBareRdkit()
    {
        PAPILIO_TEST_FILE(table, "toymix/qm9.csv.gz");
        const Outcome outcome = runEngine({u"bench"_s, u"qm9"_s, u"features"_s, u"--rows"_s, u"600"_s, u"--repetitions"_s,
                                           u"2"_s, u"--data"_s, testDataFolder(), u"--scratch"_s, m_folder.path(), u"--json"_s});
        QVERIFY2(outcome.exitCode == 0 || outcome.exitCode == 3, outcome.all().constData()); // 3: a goal is not met
        const QJsonObject ratio = figure(outcome.json(), u"import against bare"_s);
        QCOMPARE(ratio.value("atLeast"_L1).toDouble(), 60.0);
        QCOMPARE(ratio.value("met"_L1).toBool(), ratio.value("value"_L1).toDouble() >= 60);
        QVERIFY(ratio.value("least"_L1).toDouble() <= ratio.value("value"_L1).toDouble());
        QVERIFY(ratio.value("value"_L1).toDouble() > 0);
        QVERIFY(valueOf(outcome.json(), u"bytes"_s) != 0);
        QVERIFY(valueOf(outcome.json(), u"zinc250k, one core: bare parse"_s) > 0);
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 0); // tidied up
    }

    void theGeneratedProjectIsWhatItSays()
    {
        PAPILIO_TEST_FILE(table, "scale/zinc250k.csv.gz");
        QJsonObject infos[2];
        for (int i = 0; i < 2; ++i) {
            const QString project = path(u"large%1.papilio"_s.arg(i));
            const Outcome made = runEngine({u"bench"_s, u"generate-project"_s, project, u"--molecules"_s, u"1500"_s,
                                            u"--tasks"_s, u"120"_s, u"--seed"_s, u"3"_s, u"--data"_s, testDataFolder(),
                                            u"--scratch"_s, m_folder.path(), u"--json"_s});
            QVERIFY2(made.exitCode == 0, made.all().constData());
            QVERIFY(valueOf(made.json(), u"molecules"_s) > 1400); // a few are the same
            infos[i] = runEngine({u"info"_s, project, u"--json"_s}).json();
        }
        const QJsonArray datasets = infos[0].value("datasets"_L1).toArray();
        QCOMPARE(datasets.size(), 4);
        qsizetype tasks = 0;
        for (qsizetype i = 0; i < 4; ++i) {
            const QJsonObject one = datasets[i].toObject(), two = infos[1].value("datasets"_L1).toArray()[i].toObject();
            QCOMPARE(one.value("rejected"_L1).toInt(), 0); // every variant is a molecule
            for (const char* key : {"rows", "molecules", "labels"}) {
                QCOMPARE(one.value(QLatin1String(key)), two.value(QLatin1String(key)));
            }
            tasks += one.value("tasks"_L1).toArray().size();
        }
        QVERIFY(qAbs(tasks - 120) <= 4);
        // Made on the way it listens to the same words.
        const Outcome own = runEngine({u"bench"_s, u"project"_s, u"--molecules"_s, u"300"_s, u"--tasks"_s, u"40"_s, u"--seed"_s,
                                       u"7"_s, u"--threads"_s, u"1"_s, u"--data"_s, testDataFolder(), u"--scratch"_s,
                                       m_folder.path(), u"--json"_s});
        QVERIFY2(own.exitCode == 0 || own.exitCode == 3, own.all().constData());
        const Outcome measured = runEngine({u"bench"_s, u"project"_s, u"--project"_s, path(u"large0.papilio"_s), u"--json"_s});
        QVERIFY2(measured.exitCode == 0 || measured.exitCode == 3, measured.all().constData());
        for (const QString& part : {u"exact look-up"_s, u"similarity"_s, u"substructure"_s, u"tile that is kept"_s}) {
            QVERIFY2(valueOf(measured.json(), part) > 0, qPrintable(part));
            QVERIFY(figure(measured.json(), part).contains("atMost"_L1));
        }
    }

    void trainingIsMeasuredBesideItsMatrixProducts()
    {
        PAPILIO_TEST_FILE(table, "toymix/qm9.csv.gz");
        const Outcome outcome = runEngine({u"bench"_s, u"training"_s, u"neighbour"_s, u"--rows"_s, u"300"_s,
                                           u"--repetitions"_s, u"1"_s, u"--threads"_s, u"2"_s, u"--data"_s,
                                           testDataFolder(), u"--scratch"_s, m_folder.path(), u"--json"_s});
        QVERIFY2(outcome.exitCode == 0 || outcome.exitCode == 3, outcome.all().constData());
        const QJsonObject document = outcome.json();
        const std::pair<QString, double> networks[] = {
            {u"GCN"_s, 8676}, {u"GIN"_s, 8224}, {u"GINE"_s, 7200}, {u"GatedGCN"_s, 6560}, {u"MPNN++"_s, 4740}};
        for (const auto& [network, goal] : networks) {
            const QString name = network + u", batch 200, 2 threads: "_s;
            const QJsonObject trained = figure(document, name + u"training with loader"_s);
            QVERIFY2(trained.value("value"_L1).toDouble() > 0, qPrintable(network));
            QCOMPARE(trained.value("atLeast"_L1).toDouble(), goal);
            // The bound is a rate too, and the share is what lies between.
            const double alone = valueOf(document, name + u"its matrix products alone"_s);
            const QJsonObject share = figure(document, name + u"against its matrix products"_s);
            QVERIFY(alone > 0);
            QCOMPARE(share.value("atLeast"_L1).toDouble(), 50.0);
            QVERIFY(qAbs(share.value("value"_L1).toDouble() - 100 * trained.value("value"_L1).toDouble() / alone) < 0.1);
        }
        QVERIFY(figure(document, u"GatedGCN, wider"_s).value("note"_L1).toString().startsWith(u"264,930 parameters"_s));
        QVERIFY(valueOf(document, u"one core busy, against 1 thread"_s) > 0);
        QCOMPARE(QDir(m_folder.path()).entryList({u"papilio*"_s}, QDir::AllEntries).size(), 0);
    }

    void predictionAndStartAreMeasured()
    {
        PAPILIO_TEST_FILE(table, "toymix/qm9.csv.gz");
        const Outcome outcome = runEngine({u"bench"_s, u"prediction"_s, u"firstbatch"_s, u"prepare"_s, u"--rows"_s,
                                           u"300"_s, u"--repetitions"_s, u"1"_s, u"--data"_s, testDataFolder(),
                                           u"--scratch"_s, m_folder.path(), u"--json"_s});
        QVERIFY2(outcome.exitCode == 0 || outcome.exitCode == 3, outcome.all().constData());
        const QJsonObject document = outcome.json();
        QCOMPARE(figure(document, u"from SMILES file to file"_s).value("atLeast"_L1).toDouble(), 10'000.0);
        QVERIFY(valueOf(document, u"from SMILES file to file"_s) > 0);
        const QJsonObject published = figure(document, u"MiniMol's fingerprints"_s); // or why there is none
        QVERIFY(published.value("value"_L1).toDouble() > 0 || published.value("note"_L1).toString().contains(u"not measured"_s));
        const QJsonObject start = figure(document, u"end of the first step"_s);
        QVERIFY(start.value("value"_L1).toDouble() > 0.05); // a program and a step take longer
        QCOMPARE(start.value("atMost"_L1).toDouble(), 2.0);
        QCOMPARE(figure(document, u"QM9 prepared"_s).value("atMost"_L1).toDouble(), 15.0);
        QVERIFY(valueOf(document, u"memory of a training process, 300 rows"_s) > 50);
    }

    void wrongWordsAreSaid()
    {
        const Outcome unknown = runEngine({u"bench"_s, u"qm8"_s});
        QCOMPARE(unknown.exitCode, 2);
        QVERIFY(unknown.err.contains("qm8") && unknown.err.contains("generate-project"));
        QCOMPARE(runEngine({u"bench"_s, u"generate-project"_s}).exitCode, 2);
        QCOMPARE(runEngine({u"bench"_s, u"qm9"_s, u"--repetitions"_s, u"0"_s}).exitCode, 2);
        // What a benchmark does not listen to is not passed over.
        const std::pair<QStringList, const char*> unused[] = {
            {{u"qm9"_s, u"--tasks"_s, u"5"_s}, "--tasks"},
            {{u"qm9"_s, u"--seed"_s, u"5"_s}, "--seed"},
            {{u"project"_s, u"--project"_s, path(u"x.papilio"_s), u"--tasks"_s, u"5"_s}, "--tasks"},
            {{u"features"_s, u"--molecules"_s, u"5"_s}, "--molecules"},
            {{u"qm9"_s, u"--keep-tables"_s}, "--keep-tables"},
            {{u"generate-project"_s, path(u"x.papilio"_s), u"--rows"_s, u"5"_s}, "--rows"}};
        for (const auto& [words, option] : unused) {
            const Outcome outcome = runEngine(QStringList{u"bench"_s} + words);
            QVERIFY2(outcome.exitCode == 2 && outcome.err.contains(option), outcome.all().constData());
        }
        const Outcome nowhere = runEngine({u"bench"_s, u"qm9"_s, u"--data"_s, u"/nowhere"_s});
        QCOMPARE(nowhere.exitCode, 3);
        QVERIFY(nowhere.err.contains("/nowhere"));
    }
};

QTEST_GUILESS_MAIN(EngineBenchTest)
#include "tst_engine_bench.moc"
