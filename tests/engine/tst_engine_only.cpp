// SPDX-License-Identifier: GPL-3.0-or-later
// Rows are chosen on the command line and through the protocol; what info and stats count is said.
#include <QtTest>

#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;

namespace
{

const QByteArray
    activities("Smiles;Standard Type;Standard Value;Standard Units;Assay Type\n"
               "CCO;IC50;5;nM;B\nCCN;IC50;6;nM;F\nCCC;Ki;7;uM;B\nCCCC;Ki;8;uM;B\nbroken(;Ki;9;uM;B\nalso(;IC50;9;nM;B\n"
               "CCCCC;Inhibition;50;%;B\nCCCCCC;IC50;7;nM;B\n");

} // namespace

class EngineOnlyTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString table() const { return path(u"activities.csv"_s); }

private Q_SLOTS:
    void initTestCase() { writeFile(table(), activities); }

    void importAndPreview()
    {
        const QStringList only{u"--only"_s, u"Standard Type=IC50"_s, u"--only"_s, u"Standard Type=Inhibition"_s,
                               u"--only"_s, u"Assay Type=B"_s,       u"--json"_s};
        const QJsonObject preview =
            runEngine(QStringList{u"preview"_s, table()} + only).json()["previews"_L1].toArray()[0].toObject();
        QCOMPARE(preview["rowsLooked"_L1].toInt(), 8);
        QCOMPARE(preview["leftOut"_L1].toInt(), 4);
        QCOMPARE(preview["rejected"_L1].toInt(), 5);
        QCOMPARE(preview["rows"_L1].toArray().size(), 4);
        const Outcome import = runEngine(QStringList{u"import"_s, path(u"a.papilio"_s), table()} + only);
        QVERIFY2(import.exitCode == 0, import.all().constData());
        const QJsonObject report = import.json()["reports"_L1].toArray()[0].toObject();
        QCOMPARE(report["rows"_L1].toInt(), 8);
        QCOMPARE(report["used"_L1].toInt() + report["merged"_L1].toInt() + report["repaired"_L1].toInt() +
                     report["rejected"_L1].toInt(),
                 8);
        QCOMPARE(report["leftOut"_L1].toInt(), 4);
        QCOMPARE(report["rejected"_L1].toInt(), 5);
        const Outcome info = runEngine({u"info"_s, path(u"a.papilio"_s), u"--json"_s});
        const QJsonObject dataset = info.json()["datasets"_L1].toArray()[0].toObject();
        QCOMPARE(dataset["leftOut"_L1].toInt(), 4);
        QCOMPARE(dataset["tasks"_L1].toArray()[0].toObject()["unit"_L1].toString(), u"nM"_s);
        const Outcome text = runEngine({u"info"_s, path(u"a.papilio"_s)});
        QVERIFY2(text.out.contains("4 of the rejected left out as asked"), text.all().constData());
        const Outcome rows = runEngine(
            {u"rows"_s, path(u"a.papilio"_s), u"--dataset"_s, u"activities"_s, u"--reason"_s, u"left out as asked"_s});
        QVERIFY2(rows.out.contains("left out as asked: 'Standard Type' is 'Ki'") &&
                     rows.out.contains("'Assay Type' is 'F'"),
                 rows.all().constData());
    }

    void wordsForPeople()
    {
        const Outcome offer = runEngine({u"preview"_s, table()});
        QVERIFY2(offer.out.contains("tells 3 kinds of values apart in 'Standard Value'"), offer.all().constData());
        QVERIFY2(offer.out.contains("Take the rows of one of them with --only 'Standard Type=IC50'."),
                 offer.all().constData());
        const Outcome preview = runEngine({u"preview"_s, table(), u"--only"_s, u"Standard Type=Ki"_s});
        QVERIFY2(preview.out.contains("6 rejected (5 of them left out as asked)"), preview.all().constData());
        const Outcome import =
            runEngine({u"import"_s, path(u"b.papilio"_s), table(), u"--only"_s, u"Standard Type=Ki"_s});
        QVERIFY2(import.out.contains("Only rows where 'Standard Type' is 'Ki': 5 of 8 rows are left out as asked."),
                 import.all().constData());
        QVERIFY2(import.out.contains("1 of 3 rows asked for (33 %) were rejected."), import.all().constData());
    }

    /// What comes behind the rows of a preview; a '=' in a name.
    void lateRowsAndNames()
    {
        QByteArray late("smiles,Active (1=yes),y\n");
        for (int i = 0; i < 1100; ++i) {
            late += QByteArray(1 + i % 20, 'C') + (i < 1050 ? ",0," : ",1,") + QByteArray::number(i) + "\n";
        }
        writeFile(path(u"late.csv"_s), late);
        const QStringList only{u"--only"_s, u"Active (1=yes)=1"_s};
        const Outcome text = runEngine(QStringList{u"preview"_s, path(u"late.csv"_s), u"--rows"_s, u"10"_s} + only);
        QVERIFY2(text.exitCode == 0, text.all().constData());
        QVERIFY2(text.out.contains("the first 1,000 rows: 0 used, 0 merged, 0 repaired, 1,000 rejected (1,000 of them left"),
                 text.all().constData());
        QVERIFY2(text.out.contains("None of the first 1000 rows of 'late.csv' is one where 'Active (1=yes)' is '1'; the "
                                   "import looks at all rows."),
                 text.all().constData());
        const auto preview = [&](const QString& rows) {
            return runEngine(QStringList{u"preview"_s, path(u"late.csv"_s), u"--rows"_s, rows, u"--json"_s} + only)
                .json()["previews"_L1]
                .toArray()[0]
                .toObject();
        };
        QCOMPARE(preview(u"10"_s)["noneTaken"_L1].toBool(), true);
        QCOMPARE(preview(u"20"_s)["noneTaken"_L1].toBool(true), false);
        const Outcome import =
            runEngine(QStringList{u"import"_s, path(u"late.papilio"_s), path(u"late.csv"_s), u"--json"_s} + only);
        QVERIFY2(import.exitCode == 0, import.all().constData());
        QCOMPARE(import.json()["reports"_L1].toArray()[0].toObject()["leftOut"_L1].toInt(), 1050);
        QVERIFY(runEngine({u"import"_s, u"--help"_s}).out.contains("the name may have a '=' in it"));
    }

    void badConditions_data()
    {
        QTest::addColumn<QString>("only");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no condition") << u"Standard Type"_s << 2 << QByteArray("Write COLUMN=VALUE");
        QTest::newRow("no column") << u"=x"_s << 2 << QByteArray("needs the name of a column");
        QTest::newRow("unknown column") << u"Standard Typ=Ki"_s << 2 << QByteArray("Did you mean 'Standard Type'?");
        QTest::newRow("unknown value") << u"Standard Type=EC50"_s << 3
                                       << QByteArray("It has 'IC50' 4, 'Ki' 3, 'Inhibition' 1.");
        QTest::newRow("capital letters") << u"Standard Type=ic50"_s << 3 << QByteArray("4 rows have 'IC50'");
    }

    void badConditions()
    {
        QFETCH(QString, only);
        QFETCH(int, code);
        QFETCH(QByteArray, said);
        for (const QStringList& command :
             {QStringList{u"import"_s, path(u"none.papilio"_s), table()}, QStringList{u"preview"_s, table()}}) {
            const Outcome outcome = runEngine(command + QStringList{u"--only"_s, only});
            QVERIFY2(outcome.exitCode == code && outcome.err.contains(said), outcome.all().constData());
        }
        QVERIFY(!QFile::exists(path(u"none.papilio"_s))); // nothing is left behind
    }

    void protocol()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const auto reading = [](const QJsonArray& values) {
            return QJsonObject{
                {u"only"_s, QJsonArray{QJsonObject{{u"column"_s, u"Standard Type"_s}, {u"values"_s, values}}}}};
        };
        const QJsonObject all = engine.request(u"import.preview"_s, {{u"file"_s, table()}})["result"_L1].toObject();
        const QJsonObject kinds = all["kinds"_L1].toArray()[0].toObject();
        QCOMPARE(kinds["column"_L1].toString(), u"Standard Type"_s);
        QCOMPARE(kinds["of"_L1].toString(), u"Standard Value"_s);
        QCOMPARE(kinds["values"_L1].toArray()[0].toObject(), (QJsonObject{{u"value"_s, u"IC50"_s}, {u"rows"_s, 4}}));
        QCOMPARE(all["columns"_L1].toArray()[1].toObject()["values"_L1].toArray().size(), 3);
        QVERIFY(!QJsonDocument(all["notes"_L1].toArray()).toJson().contains("--only"));
        const QJsonObject some =
            engine.request(u"import.preview"_s, {{u"file"_s, table()}, {u"reading"_s, reading({u"Ki"_s})}})["result"_L1]
                .toObject();
        QCOMPARE(some["leftOut"_L1].toInt(), 5);
        const QJsonObject run = engine.request(u"import.run"_s, {{u"project"_s, path(u"c.papilio"_s)},
                                                                 {u"files"_s, QJsonArray{table()}},
                                                                 {u"reading"_s, reading({u"Ki"_s, u"Inhibition"_s})}});
        QCOMPARE(run["result"_L1].toObject()["reports"_L1].toArray()[0].toObject()["leftOut"_L1].toInt(), 4);
        for (const QJsonObject& bad : {reading({}), reading({7}), QJsonObject{{u"only"_s, u"Standard Type=Ki"_s}},
                                       QJsonObject{{u"only"_s, QJsonArray{u"Standard Type=Ki"_s}}}}) {
            const QJsonObject answer = engine.request(u"import.preview"_s, {{u"file"_s, table()}, {u"reading"_s, bad}});
            QVERIFY2(answer.contains("error"_L1), QJsonDocument(bad).toJson().constData());
        }
    }

    /// info is over rows, stats over molecules, and both say so.
    void whatIsCounted()
    {
        writeFile(path(u"twice.csv"_s), "smiles,y\nCCO,1\nOCC,5\nCCN,3\nCCC,\n");
        const QString project = path(u"twice.papilio"_s);
        QCOMPARE(runEngine({u"import"_s, project, path(u"twice.csv"_s)}).exitCode, 0);
        const Outcome info = runEngine({u"info"_s, project}), stats = runEngine({u"stats"_s, project});
        QVERIFY2(
            info.out.contains("Numbers of tasks are over the rows as they were read; stats has them over molecules"),
            info.all().constData());
        const QJsonObject rows = runEngine({u"info"_s, project, u"--json"_s})
                                     .json()["datasets"_L1]
                                     .toArray()[0]
                                     .toObject()["tasks"_L1]
                                     .toArray()[0]
                                     .toObject();
        QCOMPARE(rows["rows"_L1].toInt(), 3);
        QCOMPARE(rows["molecules"_L1].toInt(), 2);
        QCOMPARE(rows["mean"_L1].toDouble(), 3.0); // of 1, 5 and 3
        const QJsonObject molecules =
            runEngine({u"stats"_s, project, u"--json"_s}).json()["tasks"_L1].toArray()[0].toObject();
        QCOMPARE(molecules["molecules"_L1].toInt(), 2);
        QCOMPARE(molecules["mean"_L1].toDouble(), 2.0); // of 1 and 3
        QVERIFY(runEngine({u"info"_s, u"--help"_s}).out.contains("stats counts molecules"));
        QVERIFY(runEngine({u"stats"_s, u"--help"_s}).out.contains("info counts rows"));
        QVERIFY2(stats.out.contains("molecules"), stats.all().constData());
    }
};

QTEST_GUILESS_MAIN(EngineOnlyTest)
#include "tst_engine_only.moc"
