// SPDX-License-Identifier: GPL-3.0-or-later
// `papilio-engine data`: lists, describes, and imports the data sets of the field from a folder.
#include <QDirIterator>
#include <QtTest>

#include "engineprocess.h"
#include "tests/support/paths.h"

using namespace Qt::StringLiterals;

class TestEngineData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listAndInfo();
    void wrongUse_data();
    void wrongUse();
    void toymixTinyWithSplits();
    void againAndReplaced();
    void fileOfAnotherFolder();
    void benchmarkSplitOfTables();
    void splitOfAColumn();
    void toymixCounts();
    void noNetworkLeavesNothing();
    void zScoresBinned();
    void served();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestEngineData::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("PAPILIO_DATASETS", path(u"datasets"_s).toUtf8());
    qputenv("https_proxy", "http://127.0.0.1:1"); // whatever happens, nothing is fetched
    qputenv("http_proxy", "http://127.0.0.1:1");
}

void TestEngineData::listAndInfo()
{
    const Outcome list = runEngine({u"data"_s, u"list"_s, u"--json"_s});
    QCOMPARE(list.exitCode, 0);
    const QJsonArray sets = list.json()[u"datasets"_s].toArray();
    QVERIFY(sets.size() > 50);
    QCOMPARE(sets.first()[u"name"_s].toString(), u"toymix"_s);
    QCOMPARE(sets.first()[u"state"_s].toString(), u"absent"_s);
    const Outcome text = runEngine({u"data"_s, u"list"_s});
    QVERIFY(text.out.contains("pcqm4m_n4") && text.out.contains("TDC ADMET"));
    const Outcome info = runEngine({u"data"_s, u"info"_s, u"l1000_vcap"_s});
    QCOMPARE(info.exitCode, 0);
    QVERIFY2(info.out.contains("geneID-*:0,0,1,2,2") && info.out.contains("test_seen 748") &&
                 info.out.contains("https://zenodo.org/records/10797794/files/l1000_vcap.zip"),
             info.out.constData());
    QVERIFY(runEngine({u"data"_s, u"info"_s, u"esol"_s}).out.contains("licence       not known"));
    QVERIFY(!QDir(path(u"datasets"_s)).exists()); // looking makes nothing
}

void TestEngineData::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no action") << QStringList{} << 2 << QByteArray("ACTION");
    QTest::newRow("unknown action") << QStringList{u"fetch"_s} << 2 << QByteArray("'fetch'");
    QTest::newRow("no name") << QStringList{u"get"_s} << 2 << QByteArray("which data set");
    QTest::newRow("unknown name") << QStringList{u"get"_s, u"esoll"_s, u"--from"_s, u"."_s} << 3 << QByteArray("Did you mean 'esol'");
    QTest::newRow("no folder") << QStringList{u"get"_s, u"qm9"_s, u"--from"_s, u"/nowhere"_s} << 3 << QByteArray("/nowhere");
    QTest::newRow("cannot be imported") << QStringList{u"get"_s, u"qm7b"_s, u"--from"_s, u"."_s} << 3 << QByteArray("MATLAB");
}

void TestEngineData::wrongUse()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    const Outcome outcome = runEngine(QStringList{u"data"_s} + arguments);
    QVERIFY2(outcome.exitCode == code && outcome.err.contains(says), outcome.all().constData());
}

void TestEngineData::toymixTinyWithSplits()
{
    PAPILIO_TEST_FILE(table, "toymix_tiny/qm9.csv.gz");
    const QString folder = QFileInfo(table).path();
    const Outcome got = runEngine({u"data"_s, u"get"_s, u"toymix"_s, u"--from"_s, folder, u"--project"_s, path(u"p.papilio"_s), u"--json"_s});
    QVERIFY2(got.exitCode == 0, got.all().constData());
    const QJsonArray sets = got.json()[u"datasets"_s].toArray();
    QCOMPARE(sets.size(), 3);
    for (const QJsonValue& set : sets) {
        QCOMPARE(set[u"report"_s][u"rows"_s].toInt(), 20);
        QCOMPARE(set[u"missing"_s].toArray().size(), 0);
        QCOMPARE(set[u"split"_s].toInt(), 1); // one split for all of them
        QCOMPARE(set[u"splitText"_s].toString(), u"train 5, val 10, test 5"_s);
    }
    const Outcome info = runEngine({u"info"_s, path(u"p.papilio"_s)});
    QVERIFY2(info.out.contains("zinc") && info.out.contains("tox21"), info.all().constData());
    // and it can be trained on
    const Outcome trained = runEngine({u"train"_s, path(u"p.papilio"_s), u"--preset"_s, u"gine-small"_s, u"--split"_s, u"stored:1"_s,
                                       u"--epochs"_s, u"1"_s, u"--threads"_s, u"1"_s});
    QVERIFY2(trained.exitCode == 0, trained.all().constData());
}

void TestEngineData::againAndReplaced()
{
    PAPILIO_TEST_FILE(table, "toymix_tiny/qm9.csv.gz");
    const QStringList get{u"data"_s, u"get"_s, u"toymix"_s, u"--from"_s, QFileInfo(table).path(), u"--project"_s, path(u"p.papilio"_s)};
    QCOMPARE(runEngine(get).exitCode, 0);
    const Outcome again = runEngine(get); // of a group, what is there is left
    QVERIFY2(again.exitCode == 0 && again.out.contains("already"), again.all().constData());
    QStringList one = get;
    one[2] = u"qm9"_s;
    const Outcome twice = runEngine(one);
    QVERIFY2(twice.exitCode == 3 && twice.err.contains("--replace"), twice.all().constData());
    QCOMPARE(runEngine(one + QStringList{u"--replace"_s}).exitCode, 0);
}

void TestEngineData::fileOfAnotherFolder()
{
    PAPILIO_TEST_FILE(table, "toymix/ZINC12k.csv.gz");
    const QString folder = QFileInfo(table).path();
    const Outcome none = runEngine({u"data"_s, u"get"_s, u"hiv"_s, u"--from"_s, folder, u"--project"_s, path(u"new.papilio"_s)});
    QVERIFY2(none.exitCode == 3 && none.err.contains("HIV.csv"), none.all().constData());
    QVERIFY(!QFile::exists(path(u"new.papilio"_s)));
}

void TestEngineData::benchmarkSplitOfTables()
{
    PAPILIO_TEST_FILE(table, "downstream/tdc_admet/hia_hou/test.csv.gz");
    const QString folder = QFileInfo(QFileInfo(table).path()).path();
    const Outcome got = runEngine({u"data"_s, u"get"_s, u"tdc_hia_hou"_s, u"--from"_s, folder, u"--project"_s, path(u"p.papilio"_s), u"--json"_s});
    QVERIFY2(got.exitCode == 0, got.all().constData());
    const QJsonValue set = got.json()[u"datasets"_s].toArray().first();
    QCOMPARE(set[u"report"_s][u"rows"_s].toInt(), 461 + 117);
    QCOMPARE(set[u"splitText"_s].toString(), u"train 461, test 117"_s);
    // The split file that is made of the tables is kept where downloads are told to be; where it cannot be, the import
    // stands all the same.
    const Outcome there = runEngine({u"data"_s, u"get"_s, u"tdc_hia_hou"_s, u"--from"_s, folder, u"--to"_s, path(u"sets"_s),
                                     u"--project"_s, path(u"there.papilio"_s), u"--json"_s});
    QVERIFY2(there.exitCode == 0, there.all().constData());
    QDirIterator files(path(u"sets"_s), {u"tdc_hia_hou_split.csv"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(files.hasNext());
    QFile blocker(path(u"blocked"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly)); // a file where a folder is to be
    blocker.close();
    const Outcome blocked = runEngine({u"data"_s, u"get"_s, u"tdc_hia_hou"_s, u"--from"_s, folder, u"--to"_s, path(u"blocked"_s),
                                       u"--project"_s, path(u"blocked.papilio"_s), u"--json"_s});
    QVERIFY2(blocked.exitCode == 0, blocked.all().constData());
    const QJsonValue kept = blocked.json()[u"datasets"_s].toArray().first();
    QCOMPARE(kept[u"report"_s][u"rows"_s].toInt(), 461 + 117);
    QCOMPARE(kept[u"split"_s].toInt(), 0);
    QVERIFY2(blocked.out.contains("split was not stored"), blocked.all().constData());
    // Of the group, the seven sets that are there.
    const Outcome all = runEngine({u"data"_s, u"get"_s, u"tdc_admet"_s, u"--from"_s, folder, u"--project"_s, path(u"all.papilio"_s), u"--json"_s});
    QVERIFY2(all.exitCode == 0, all.all().constData());
    int imported = 0;
    for (const QJsonValue& one : all.json()[u"datasets"_s].toArray()) {
        imported += one[u"found"_s].toBool() ? 1 : 0;
    }
    QCOMPARE(imported, 7);
}

void TestEngineData::splitOfAColumn()
{
    PAPILIO_TEST_FILE(table, "downstream/bace.csv.gz");
    const Outcome got = runEngine({u"data"_s, u"get"_s, u"bace"_s, u"--from"_s, QFileInfo(table).path(), u"--project"_s, path(u"p.papilio"_s), u"--json"_s});
    QVERIFY2(got.exitCode == 0, got.all().constData());
    const QJsonValue set = got.json()[u"datasets"_s].toArray().first();
    QCOMPARE(set[u"report"_s][u"rows"_s].toInt(), 1513);
    QVERIFY2(set[u"split"_s].toInt() > 0, got.all().constData());
    QVERIFY(set[u"splitText"_s].toString().contains("train 203"_L1));
}

/// The whole of ToyMix: the counts that the data's own description gives.
void TestEngineData::toymixCounts()
{
    PAPILIO_TEST_FILE(table, "toymix/qm9.csv.gz");
    const Outcome got = runEngine({u"data"_s, u"get"_s, u"toymix"_s, u"--from"_s, QFileInfo(table).path(), u"--project"_s, path(u"p.papilio"_s), u"--json"_s},
                                  280000);
    QVERIFY2(got.exitCode == 0, got.all().constData());
    const QJsonArray sets = got.json()[u"datasets"_s].toArray();
    // RDKit of 2024 and later refuses eight rows of Tox21 with six-valent aluminium.
    const qint64 refused = sets.at(1)[u"report"_s][u"rejected"_s].toInteger();
    QVERIFY(refused == 0 || refused == 8);
    const qint64 expected[3][4] = {{131700, 131613, 87, 0}, {7831, 7831 - refused, 0, refused}, {12000, 12000, 0, 0}};
    qint64 fresh = 0;
    for (int i = 0; i < 3; ++i) {
        const QJsonValue report = sets.at(i)[u"report"_s];
        QCOMPARE(report[u"rows"_s].toInteger(), expected[i][0]);
        QCOMPARE(report[u"molecules"_s].toInteger(), expected[i][1]);
        QCOMPARE(report[u"merged"_s].toInteger(), expected[i][2]);
        QCOMPARE(report[u"rejected"_s].toInteger(), expected[i][3]);
        fresh += report[u"newMolecules"_s].toInteger();
    }
    QCOMPARE(fresh, 151041 - refused); // unique over the three
    QCOMPARE(sets.at(2)[u"missing"_s].toArray().first().toString(), u"ZINC12k_random_splits.pt"_s); // said, not hidden
}

void TestEngineData::noNetworkLeavesNothing()
{
    const Outcome got = runEngine({u"data"_s, u"get"_s, u"esol"_s, u"--project"_s, path(u"p.papilio"_s)});
    QVERIFY2(got.exitCode == 3 && got.err.contains("cannot be downloaded") && got.err.contains("delaney-processed.csv"), got.all().constData());
    QVERIFY(!QFile::exists(path(u"p.papilio"_s)));
}

void TestEngineData::zScoresBinned()
{
    writeFile(path(u"z.csv"_s), "smiles,geneID-1,other\nC,-3,1.5\nCC,0,2.5\nCCC,2,3.5\n");
    const Outcome import = runEngine({u"import"_s, path(u"p.papilio"_s), path(u"z.csv"_s), u"--bin"_s, u"geneID-*:-2,2"_s});
    QVERIFY2(import.exitCode == 0, import.all().constData());
    const QByteArray info = runEngine({u"info"_s, path(u"p.papilio"_s), u"--json"_s}).out;
    QVERIFY2(info.contains("multiclass") && info.contains("regression"), info.constData());
    const Outcome bad = runEngine({u"import"_s, path(u"q.papilio"_s), path(u"z.csv"_s), u"--bin"_s, u"geneID-*:2,-2"_s});
    QVERIFY2(bad.exitCode == 2 && bad.err.contains("must grow"), bad.all().constData());
}

void TestEngineData::served()
{
    EngineProcess engine({u"serve"_s});
    QVERIFY(engine.started());
    const QJsonObject list = engine.request(u"data.list"_s);
    QVERIFY(list[u"result"_s][u"datasets"_s].toArray().size() > 50);
    writeFile(path(u"BBBP.csv"_s), "num,name,p_np,smiles\n1,a,1,CCO\n2,b,0,CCN\n");
    const QJsonObject found = engine.request(u"data.find"_s, {{u"name"_s, u"bbbp"_s}, {u"folder"_s, m_folder->path()}});
    QVERIFY(found[u"result"_s][u"datasets"_s].toArray().first()[u"found"_s].toBool());
    const QJsonObject got = engine.request(u"data.get"_s, {{u"name"_s, u"bbbp"_s}, {u"from"_s, m_folder->path()}, {u"project"_s, path(u"p.papilio"_s)}});
    const QJsonValue set = got[u"result"_s][u"datasets"_s].toArray().first();
    QCOMPARE(set[u"report"_s][u"used"_s].toInt(), 2);
    QVERIFY(set[u"notes"_s].toArray().first().toString().contains("2050"_L1)); // not the whole of it
    const QJsonObject wrong = engine.request(u"data.get"_s, {{u"name"_s, u"bbbpp"_s}});
    QCOMPARE(wrong[u"error"_s][u"data"_s][u"code"_s].toString(), u"not-found"_s);
}

QTEST_GUILESS_MAIN(TestEngineData)
#include "tst_engine_data.moc"
