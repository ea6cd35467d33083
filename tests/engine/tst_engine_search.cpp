// SPDX-License-Identifier: GPL-3.0-or-later
// Searching and statistics by the built program, and as the window asks for them.
#include <QtTest>

#include <cmath>

#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;

class EngineSearchTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

private Q_SLOTS:
    void initTestCase()
    {
        const QString table = m_folder.filePath(u"named.csv"_s);
        QByteArray csv = "name,smiles,a,b,active\n";
        for (int i = 0; i < 3000; ++i) {
            csv += "mol-" + QByteArray::number(i) + "," + QByteArray(i % 10 + 1, 'C') + "N" + QByteArray(i / 10 % 10 + 1, 'C') + "c1ccc(" +
                   QByteArray(i / 100 + 1, 'C') + ")cc1," + QByteArray::number(i % 50) + ".5," + QByteArray::number(-2 * (i % 50)) + "," +
                   (i % 3 ? "0" : "1") + "\n";
        }
        writeFile(table, csv);
        m_project = m_folder.filePath(u"named.papilio"_s);
        const Outcome outcome = runEngine({u"import"_s, m_project, table});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
    }

    void findsByNameAndWritesFiles()
    {
        const Outcome named = runEngine({u"search"_s, m_project, u"MOL-17"_s, u"--json"_s});
        QVERIFY2(named.exitCode == 0, named.all().constData());
        const QJsonArray hits = named.json().value("hits"_L1).toArray();
        QCOMPARE(hits.first().toObject().value("name"_L1).toString(), u"mol-17"_s);
        QCOMPARE(hits.first().toObject().value("reason"_L1).toString(), u"name"_s);
        QVERIFY(named.json().value("complete"_L1).toBool());
        const QString file = m_folder.filePath(u"out.csv"_s);
        const Outcome written = runEngine({u"search"_s, m_project, u"c1ccccc1"_s, u"--kind"_s, u"smarts"_s, u"-o"_s, file});
        QVERIFY2(written.exitCode == 0, written.all().constData());
        QCOMPARE(readFile(file).count('\n'), 3001);
        QVERIFY(readFile(file).startsWith("reason,similarity,dataset,row,name,labels,smiles\n"));
        const Outcome similar = runEngine({u"search"_s, m_project, u"CNCc1ccc(C)cc1"_s, u"--kind"_s, u"similar"_s, u"--top"_s, u"5"_s, u"--json"_s});
        QCOMPARE(similar.json().value("hits"_L1).toArray().size(), 5);
        QCOMPARE(similar.json().value("hits"_L1).toArray().first().toObject().value("similarity"_L1).toDouble(), 1.0);
    }

    /// What begins and ends with a bracket is a query like any other, no list of several.
    void takesBracketsAsTheyAre()
    {
        const QString project = m_folder.filePath(u"brackets.papilio"_s);
        const QString table = m_folder.filePath(u"[salts, x].csv"_s); // its name, too
        writeFile(table, "smiles,y\n[Na+].[Cl-],1\nCS(N)(=O)=O,2\nCF,3\nCCl,4\nCCO,5\n");
        QCOMPARE(runEngine({u"import"_s, project, u"--dataset"_s, u"[s,t]"_s, u"--"_s, table}).exitCode, 0);
        const auto found = [&](const QStringList& arguments) {
            const Outcome outcome = runEngine(QStringList{u"search"_s, project, u"--json"_s} + arguments);
            QStringList smiles;
            for (const QJsonValue& hit : outcome.json().value("hits"_L1).toArray()) {
                smiles.append(hit.toObject().value("smiles"_L1).toString());
                if (hit.toObject().value("dataset"_L1).toString() != "[s,t]"_L1) {
                    smiles.append(u"in another dataset"_s);
                }
            }
            return outcome.exitCode == 0 ? smiles : QStringList(QString::fromUtf8(outcome.all()));
        };
        const QStringList salt{u"[Cl-].[Na+]"_s}, amide{u"CS(N)(=O)=O"_s}, halides{u"CF"_s, u"CCl"_s};
        QCOMPARE(found({u"[Na+].[Cl-]"_s, u"--kind"_s, u"smiles"_s}), salt);
        QCOMPARE(found({u"[#6]S(=O)(=O)[NX3;H2]"_s, u"--kind"_s, u"smarts"_s}), amide);
        QCOMPARE(found({u"--kind"_s, u"smarts"_s, u"[F,Cl;X1;+0]"_s}), halides);
        QCOMPARE(found({u"--kind=smarts"_s, u"--"_s, u"[F,Cl;X1;+0]"_s}), halides);
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(runEngine({u"search"_s, m_project}).exitCode, 2);
        QCOMPARE(runEngine({u"search"_s, m_project, u"C("_s, u"--kind"_s, u"smarts"_s}).exitCode, 3);
        QCOMPARE(runEngine({u"search"_s, m_project, u"x"_s, u"--kind"_s, u"colour"_s}).exitCode, 2);
        QCOMPARE(runEngine({u"search"_s, m_project, u"C"_s, u"--min-similarity"_s, u"2"_s}).exitCode, 2);
        QCOMPARE(runEngine({u"stats"_s, m_project, u"--tasks"_s, u"nothing*"_s}).exitCode, 3);
        QVERIFY(runEngine({u"search"_s, m_project, u"x"_s, u"-o"_s, m_project}).exitCode != 0); // never over the project
    }

    void tellsStatisticsAndPairs()
    {
        const Outcome stats = runEngine({u"stats"_s, m_project, u"--json"_s});
        QVERIFY2(stats.exitCode == 0, stats.all().constData());
        const QJsonObject a = stats.json().value("tasks"_L1).toArray().first().toObject();
        QCOMPARE(a.value("task"_L1).toString(), u"a"_s);
        QCOMPARE(a.value("molecules"_L1).toInt(), 3000);
        QCOMPARE(a.value("mean"_L1).toDouble(), 25.0);
        QCOMPARE(a.value("outliers"_L1).toInt(), 0);
        const Outcome pairs = runEngine({u"stats"_s, m_project, u"--pairs"_s, u"--tasks"_s, u"named:a"_s, u"--tasks"_s, u"b"_s, u"--json"_s});
        QVERIFY2(pairs.exitCode == 0, pairs.all().constData());
        const QJsonObject pair = pairs.json().value("pairs"_L1).toArray().first().toObject();
        QCOMPARE(pair.value("molecules"_L1).toInt(), 3000);
        QVERIFY(std::abs(pair.value("correlation"_L1).toDouble() + 1) < 1e-6);
    }

    void streamsToTheWindowAndStops()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonObject answer = engine.request(
            u"molecules.search"_s, {{u"project"_s, m_project}, {u"query"_s, u"c1ccccc1"_s}, {u"kind"_s, u"smarts"_s}, {u"most"_s, 250}});
        const QJsonObject result = answer.value("result"_L1).toObject();
        QVERIFY2(!result.isEmpty(), qPrintable(errorText(answer)));
        QCOMPARE(result.value("count"_L1).toInt(), 250);
        QVERIFY(!result.value("complete"_L1).toBool());
        int hits = 0, batches = 0;
        for (const QJsonObject& note : engine.notifications) {
            if (note.value("method"_L1).toString() == "search.hits"_L1) {
                hits += static_cast<int>(note.value("params"_L1).toObject().value("hits"_L1).toArray().size());
                ++batches;
            }
        }
        QCOMPARE(hits, 250);
        QVERIFY(batches >= 3);
        QCOMPARE(errorKind(engine.request(u"molecules.search"_s, {{u"project"_s, m_project}, {u"query"_s, u"x"_s}, {u"kind"_s, u"smart"_s}})), u"usage"_s);
        QVERIFY(engine.request(u"molecules.search"_s, {{u"project"_s, m_project}, {u"query"_s, u"x"_s}, {u"kind"_s, u"id"_s}})
                    .contains("result"_L1)); // the same as name
        QVERIFY(engine.request(u"coverage.order"_s, {{u"project"_s, m_project}, {u"order"_s, u"scaffold"_s}}).contains("result"_L1));
        QVERIFY(engine.request(u"tasks.pairs"_s, {{u"project"_s, m_project}, {u"dataset"_s, 1}}).contains("result"_L1));
        const int keys = engine.sendRequest(u"molecules.index"_s, {{u"project"_s, m_project}, {u"inchikeys"_s, true}});
        engine.request(u"cancel"_s, {{u"id"_s, keys}});
        const QJsonObject stopped = engine.answerTo(keys);
        QVERIFY(stopped.contains("result"_L1) || errorKind(stopped) == u"stopped"_s);
    }
};

QTEST_GUILESS_MAIN(EngineSearchTest)
#include "tst_engine_search.moc"
