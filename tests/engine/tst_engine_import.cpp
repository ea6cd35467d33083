// SPDX-License-Identifier: GPL-3.0-or-later
// Import as people call it: counts against published ones, every kind of bad input with its own message, and kill -9.
#include <QtTest>
#include <unistd.h>

#include "tests/engine/engineprocess.h"
#include "tests/support/paths.h"

using namespace Qt::StringLiterals;

namespace
{

QByteArray gzip(const QByteArray& bytes)
{
    QProcess process;
    process.start(u"gzip"_s, {u"-c"_s});
    process.write(bytes);
    process.closeWriteChannel();
    process.waitForFinished();
    return process.readAllStandardOutput();
}

QJsonObject info(const QString& project)
{
    return runEngine({u"info"_s, project, u"--json"_s}).json();
}

QJsonObject dataset(const QJsonObject& overview, const QString& name)
{
    for (const QJsonValue& item : overview.value("datasets"_L1).toArray())
        if (item.toObject().value("name"_L1).toString() == name)
            return item.toObject();
    return {};
}

/// Without what differs between two projects of the same content.
QJsonObject comparable(QJsonObject overview)
{
    overview.remove(u"project"_s);
    QJsonArray datasets;
    for (const QJsonValue& item : overview.value("datasets"_L1).toArray()) {
        QJsonObject object = item.toObject();
        object.remove(u"created"_s);
        datasets.append(object);
    }
    overview.insert(u"datasets"_s, datasets);
    return overview;
}

bool near(double a, double b)
{
    return qAbs(a - b) <= 1e-6 * qMax(1.0, qAbs(b));
}

} // namespace

class EngineImportTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_good;
    QString path(const QString& name) const { return m_folder.filePath(name); }

    Outcome import(const QString& project, const QString& file, const QStringList& more = {})
    {
        return runEngine(QStringList{u"import"_s, project, file} + more);
    }

    /// The published counts are RDKit 2022.09's; RDKit of 2024 and later refuses eight rows with six-valent aluminium.
    static bool isRdkitDifference(int rejectedRows) { return rejectedRows == 0 || rejectedRows == 8; }

private Q_SLOTS:
    void initTestCase()
    {
        m_good = path(u"good.csv"_s);
        writeFile(m_good, smallTable(50));
    }

    void tox21AgreesWithThePublishedCounts()
    {
        PAPILIO_TEST_FILE(file, "toymix/Tox21-7k-12-labels.csv.gz");
        const QString project = path(u"tox21.papilio"_s);
        const Outcome outcome = import(project, file, {u"--dataset"_s, u"tox21"_s, u"--json"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        const QJsonObject report = outcome.json().value("reports"_L1).toArray().at(0).toObject();
        QCOMPARE(report.value("rows"_L1).toInt(), 7831);

        const QJsonObject overview = info(project);
        const QJsonObject set = dataset(overview, u"tox21"_s);
        const int stricter = set.value("rejected"_L1).toInt();
        QVERIFY(isRdkitDifference(stricter));
        QCOMPARE(overview.value("molecules"_L1).toInt(), 7831 - stricter);
        const QJsonObject truth =
            QJsonDocument::fromJson(readFile(testDataFolder() + u"/toymix/Tox21-7k-12-labels.stats.json"_s)).object();
        QCOMPARE(set.value("rows"_L1), truth.value("rows"_L1));
        QCOMPARE(set.value("molecules"_L1).toInt() + stricter, truth.value("unique_canonical_smiles"_L1).toInt());
        QCOMPARE(set.value("duplicateRows"_L1), truth.value("duplicate_rows"_L1));
        QCOMPARE(truth.value("smiles_parse_failed"_L1).toInt(), 0);
        QCOMPARE(set.value("labels"_L1), truth.value("labels_present"_L1));
        QVERIFY(near(set.value("missingPercent"_L1).toDouble(), 17.05402) || // 5 decimals are published
                qAbs(set.value("missingPercent"_L1).toDouble() - truth.value("sparsity_percent"_L1).toDouble()) < 1e-5);
        QCOMPARE(set.value("tasks"_L1).toArray().size(), 12);
        for (const QJsonValue& item : set.value("tasks"_L1).toArray()) {
            const QJsonObject task = item.toObject();
            const QJsonObject expected =
                truth.value("tasks"_L1).toObject().value(task.value("name"_L1).toString()).toObject();
            QCOMPARE(task.value("kind"_L1).toString(), u"binary"_s);
            QCOMPARE(task.value("rows"_L1), expected.value("present"_L1));
            QCOMPARE(task.value("positives"_L1), expected.value("positives"_L1));
            QCOMPARE(task.value("negatives"_L1), expected.value("negatives"_L1));
        }
        const Outcome table = runEngine({u"info"_s, project});
        QVERIFY2(table.out.contains("17.05") && table.out.contains("7,831") && table.out.contains("NR-AR-LBD"),
                 table.out.constData());
    }

    void regressionStatisticsAgree()
    {
        PAPILIO_TEST_FILE(file, "toymix_tiny/ZINC12k.csv.gz");
        const QString project = path(u"zinc.papilio"_s);
        const Outcome outcome = import(project, file, {u"--dataset"_s, u"zinc"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        const QJsonObject truth =
            QJsonDocument::fromJson(readFile(testDataFolder() + u"/toymix_tiny/ZINC12k.stats.json"_s)).object();
        const QJsonObject set = dataset(info(project), u"zinc"_s);
        QCOMPARE(set.value("rows"_L1), truth.value("rows"_L1));
        QCOMPARE(set.value("molecules"_L1), truth.value("unique_canonical_smiles"_L1));
        int compared = 0;
        for (const QJsonValue& item : set.value("tasks"_L1).toArray()) {
            const QJsonObject task = item.toObject();
            const QJsonObject expected =
                truth.value("tasks"_L1).toObject().value(task.value("name"_L1).toString()).toObject();
            if (expected.isEmpty())
                continue;
            const auto agrees = [](const QJsonValue& a, const QJsonValue& b) {
                return qAbs(a.toDouble() - b.toDouble()) <=
                       2e-6 * qMax(1.0, qAbs(b.toDouble())); // 7 digits are published
            };
            QCOMPARE(task.value("rows"_L1), expected.value("present"_L1));
            QVERIFY(agrees(task.value("mean"_L1), expected.value("mean"_L1)));
            QVERIFY(agrees(task.value("sd"_L1), expected.value("std"_L1)));
            QVERIFY(agrees(task.value("minimum"_L1), expected.value("min"_L1)));
            QVERIFY(agrees(task.value("maximum"_L1), expected.value("max"_L1)));
            ++compared;
        }
        QVERIFY(compared >= 3);
    }

    void severalFilesMergeByMolecule()
    {
        const QString project = path(u"two.papilio"_s);
        writeFile(path(u"a.csv"_s), "smiles,x\nCCO,1.5\nCCN,2.5\nOCC,3.5\nC(C,4\n");
        writeFile(path(u"b.tsv"_s), "smiles\ty\nC(O)C\t1\nc1ccccc1\t0\n");
        const Outcome outcome = runEngine({u"import"_s, project, path(u"a.csv"_s), path(u"b.tsv"_s)});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        const QJsonObject overview = info(project);
        QCOMPARE(overview.value("molecules"_L1).toInt(), 3);
        QCOMPARE(overview.value("rows"_L1).toInt(), 6);
        const QJsonObject a = dataset(overview, u"a"_s);
        QCOMPARE(a.value("used"_L1).toInt(), 2);
        QCOMPARE(a.value("merged"_L1).toInt(), 1);
        QCOMPARE(a.value("rejected"_L1).toInt(), 1);

        const QJsonArray rows =
            runEngine({u"rows"_s, project, u"--dataset"_s, u"a"_s, u"--status"_s, u"rejected"_s, u"--json"_s})
                .json()
                .value("rows"_L1)
                .toArray();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.at(0).toObject().value("row"_L1).toInt(), 3);
        QVERIFY(!rows.at(0).toObject().value("reason"_L1).toString().isEmpty());
        const Outcome unnamed = runEngine({u"rows"_s, project});
        QCOMPARE(unnamed.exitCode, 2);
        QVERIFY2(unnamed.err.contains("--dataset"), unnamed.all().constData());
        const Outcome wrong = runEngine({u"rows"_s, project, u"--dataset"_s, u"c"_s});
        QCOMPARE(wrong.exitCode, 3);
        QVERIFY2(wrong.err.contains("a") && wrong.err.contains("b"), wrong.all().constData());
        QCOMPARE(runEngine({u"rows"_s, project, u"--dataset"_s, u"a"_s, u"-o"_s, path(u"r.csv"_s)}).exitCode, 0);
        QVERIFY(readFile(path(u"r.csv"_s)).startsWith("row,status,reason,structure\n0,used,,CCO\n"));
    }

    void badInputHasItsOwnMessage_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArrayList>("said");
        const auto row = [](const char* name, const char* file, const QByteArray& content, const QByteArrayList& said) {
            QTest::newRow(name) << QString::fromLatin1(file) << content << said;
        };
        row("no SMILES column", "nosmiles.csv", "name,value\nalpha,1\nbeta,2\ngamma,3\n",
            {"SMILES", "name", "--smiles"});
        row("empty file", "empty.csv", "", {"empty"});
        row("header only", "header.csv", "smiles,x\n", {"header.csv"});
        QByteArray junk;
        for (int i = 0; i < 5000; ++i)
            junk += static_cast<char>((i * 7919 + (i >> 3)) & 0xff);
        row("binary junk", "junk.csv", junk, {"junk.csv"});
        row("truncated gz", "cut.csv.gz", gzip(smallTable(3000)).chopped(2000), {"cut.csv.gz", "cut off"});
        row("label column of text", "text.csv", "smiles,label\nCCO,high\nCCN,low\nCCC,medium\n", {"label"});
    }
    void badInputHasItsOwnMessage()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QByteArrayList, said);
        // In a project that holds something: nothing of it may be lost.
        const QString project = path(file + u".papilio"_s);
        QCOMPARE(import(project, m_good, {u"--dataset"_s, u"good"_s}).exitCode, 0);
        const QJsonObject before = dataset(info(project), u"good"_s);
        writeFile(path(file), content);
        const bool named = file == u"text.csv"_s; // asked for by name: guessing would leave it alone
        const Outcome outcome =
            import(project, path(file), named ? QStringList{u"--labels"_s, u"label"_s} : QStringList{});
        QVERIFY2(outcome.exitCode == 3, outcome.all().constData());
        for (const QByteArray& part : said)
            QVERIFY2(outcome.err.contains(part), QByteArray(part + " is not in: " + outcome.all()).constData());
        QCOMPARE(dataset(info(project), u"good"_s), before);
    }

    void invalidSmilesAreRejectedRowByRow()
    {
        QByteArray text = "smiles,x\n";
        for (int i = 0; i < 100; ++i)
            text += QByteArray(i % 5 < 2 ? "C(" : "C") + QByteArray(i + 1, 'C') + "," + QByteArray::number(i) + "\n";
        writeFile(path(u"forty.csv"_s), text);
        const QString project = path(u"forty.papilio"_s);
        const Outcome outcome = import(project, path(u"forty.csv"_s));
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        const QJsonObject set = dataset(info(project), u"forty"_s);
        QCOMPARE(set.value("rejected"_L1).toInt(), 40);
        QCOMPARE(set.value("used"_L1).toInt(), 60);
        QVERIFY2(outcome.out.contains("40"), outcome.out.constData());
    }

    void duplicateHeadersAreToldApart()
    {
        writeFile(path(u"twice.csv"_s), "smiles,x,x\nCCO,1.5,2.5\nCCN,3.5,4.5\n");
        const QString project = path(u"twice.papilio"_s);
        const Outcome outcome = import(project, path(u"twice.csv"_s));
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        QVERIFY2(outcome.all().contains("x (2)"), outcome.all().constData());
        const QJsonArray tasks = dataset(info(project), u"twice"_s).value("tasks"_L1).toArray();
        QCOMPARE(tasks.size(), 2);
        QCOMPARE(tasks.at(1).toObject().value("name"_L1).toString(), u"x (2)"_s);
        QVERIFY(near(tasks.at(1).toObject().value("mean"_L1).toDouble(), 3.5));
    }

    void oneHugeLineIsOneRejectedRow()
    {
        writeFile(path(u"huge.csv"_s), "smiles,x\nCCO,1\n" + QByteArray(2 << 20, 'C') + ",2\nCCN,3\n");
        const QString project = path(u"huge.papilio"_s);
        const Outcome outcome = import(project, path(u"huge.csv"_s));
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        const QJsonObject set = dataset(info(project), u"huge"_s);
        QCOMPARE(set.value("used"_L1).toInt(), 2);
        QCOMPARE(set.value("rejected"_L1).toInt(), 1);
        const Outcome rows = runEngine({u"rows"_s, project, u"--status"_s, u"rejected"_s});
        QVERIFY2(rows.out.size() < 200000, "the huge cell must not be kept whole");
    }

    void readOnlyFolderIsNamed()
    {
        const QString folder = path(u"locked"_s);
        QVERIFY(QDir().mkpath(folder));
        QCOMPARE(import(folder + u"/old.papilio"_s, m_good).exitCode, 0);
        const auto open = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
        QFile::setPermissions(m_folder.path(), open | QFile::WriteOwner);
        QFile::setPermissions(folder, open);
        const auto asPlainUser = [](const QStringList& arguments) {
            if (geteuid() != 0)
                return runEngine(arguments);
            return runProgram(u"setpriv"_s,
                              QStringList{u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s, enginePath()} +
                                  arguments);
        };
        const bool possible = asPlainUser({u"--version"_s}).exitCode == 0;
        const Outcome fresh = asPlainUser({u"import"_s, folder + u"/p.papilio"_s, m_good});
        const Outcome old = asPlainUser({u"import"_s, folder + u"/old.papilio"_s, m_good, u"--dataset"_s, u"more"_s});
        const Outcome read = asPlainUser({u"info"_s, folder + u"/old.papilio"_s});
        QFile::setPermissions(folder, open | QFile::WriteOwner);
        if (!possible)
            QSKIP("root may write everywhere, and the engine cannot be run as anyone else here");
        for (const Outcome& outcome : {fresh, old}) {
            QCOMPARE(outcome.exitCode, 3);
            QVERIFY2(outcome.err.contains("locked"), outcome.all().constData());
        }
        QVERIFY2(read.exitCode == 0, read.all().constData()); // looking is possible all the same
    }

    void placesThatCannotBeWrittenAreNamed()
    {
        const Outcome system = import(u"/proc/p.papilio"_s, m_good);
        QCOMPARE(system.exitCode, 3);
        QVERIFY2(system.err.contains("/proc"), system.all().constData());
        const Outcome absent = import(path(u"no/such/folder/p.papilio"_s), m_good);
        QCOMPARE(absent.exitCode, 3);
        QVERIFY2(absent.err.contains("no/such/folder"), absent.all().constData());
        const Outcome nofile = import(path(u"fine.papilio"_s), path(u"absent.csv"_s));
        QCOMPARE(nofile.exitCode, 3);
        QVERIFY2(nofile.err.contains("absent.csv"), nofile.all().constData());
        QVERIFY(!QFile::exists(path(u"fine.papilio"_s))); // a mistyped name leaves no project behind
    }

    void otherFilesAreNoProjects()
    {
        const Outcome table = runEngine({u"info"_s, m_good});
        QCOMPARE(table.exitCode, 3);
        QVERIFY2(table.err.contains("good.csv"), table.all().constData());
        writeFile(path(u"good2.papilio"_s), smallTable(20));
        const Outcome into = import(path(u"good2.papilio"_s), m_good);
        QCOMPARE(into.exitCode, 3);
        QCOMPARE(readFile(path(u"good2.papilio"_s)), smallTable(20)); // and it is left alone
    }

    void newerSchemaIsRefused()
    {
        const QString project = path(u"newer.papilio"_s);
        QCOMPARE(import(project, m_good).exitCode, 0);
        QByteArray bytes = readFile(project);
        QVERIFY(bytes.startsWith("SQLite format 3"));
        bytes[63] = 99; // user_version, big-endian, at 60
        writeFile(project, bytes);
        for (const QStringList& command :
             {QStringList{u"info"_s, project}, QStringList{u"import"_s, project, m_good}}) {
            const Outcome outcome = runEngine(command);
            QCOMPARE(outcome.exitCode, 3);
            QVERIFY2(outcome.err.contains("newer") && outcome.err.contains("99"), outcome.all().constData());
        }
        QCOMPARE(readFile(project), bytes);
    }

    void damagedProjectsAreNamed()
    {
        const QString project = path(u"half.papilio"_s);
        QCOMPARE(import(project, m_good).exitCode, 0);
        writeFile(project, readFile(project).first(readFile(project).size() / 2));
        const Outcome outcome = runEngine({u"info"_s, project});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("half.papilio"), outcome.all().constData());
    }

    void killedImportsAreCompleted()
    {
        PAPILIO_TEST_FILE(file, "toymix/Tox21-7k-12-labels.csv.gz");
        const QStringList naming{u"--dataset"_s, u"tox21"_s, u"--threads"_s, u"1"_s};
        const QString straight = path(u"tox21.papilio"_s);
        if (!QFile::exists(straight))
            QCOMPARE(import(straight, file, naming).exitCode, 0);
        const QString project = path(u"killed.papilio"_s);
        int killed = 0;
        for (const int milliseconds : {0, 300, 900}) {
            EngineProcess engine(QStringList{u"import"_s, project, file} + naming);
            QVERIFY(engine.waitForProgress());
            QTest::qWait(milliseconds);
            if (!engine.kill9())
                break;
            ++killed;
            if (QFile::exists(project)) {
                const Outcome whole = runEngine({u"info"_s, project});
                QVERIFY2(whole.exitCode == 0, whole.all().constData());
            }
        }
        QVERIFY(killed > 0);
        const Outcome completed = import(project, file, naming);
        QVERIFY2(completed.exitCode == 0, completed.all().constData());
        QCOMPARE(comparable(info(project)), comparable(info(straight)));
    }

    void interruptedImportsStopWithCode4()
    {
        PAPILIO_TEST_FILE(file, "toymix/Tox21-7k-12-labels.csv.gz");
        const QString project = path(u"interrupted.papilio"_s);
        const QStringList arguments{u"import"_s, project, file, u"--dataset"_s, u"tox21"_s, u"--threads"_s, u"1"_s};
        EngineProcess engine(arguments);
        QVERIFY(engine.waitForProgress());
        engine.process().terminate();
        QCOMPARE(engine.waitForEnd(), 4);
        const Outcome completed = runEngine(arguments);
        QVERIFY2(completed.exitCode == 0, completed.all().constData());
        const QJsonObject set = dataset(info(project), u"tox21"_s);
        QVERIFY(isRdkitDifference(set.value("rejected"_L1).toInt()));
        QCOMPARE(set.value("molecules"_L1).toInt() + set.value("rejected"_L1).toInt(), 7831);
    }
};

QTEST_GUILESS_MAIN(EngineImportTest)
#include "tst_engine_import.moc"
