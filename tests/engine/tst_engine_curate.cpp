// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes as people call them: previewed, applied, undone, killed; contradictions and rows as they were read.
#include <QtTest>
#include <unistd.h>

#include "tests/engine/engineprocess.h"
#include "tests/support/paths.h"

using namespace Qt::StringLiterals;

class EngineCurateTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString m_small;

    static QJsonObject curate(const QStringList& more)
    {
        const Outcome outcome = runEngine(QStringList{u"curate"_s} + more + QStringList{u"--json"_s});
        if (outcome.exitCode != 0)
            qWarning("%s", outcome.all().constData());
        return outcome.json();
    }
    static QByteArray told(const QString& project)
    {
        return runEngine({u"info"_s, project, u"--json"_s}).out + runEngine({u"rows"_s, project}).out;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_small = path(u"small.papilio"_s);
        writeFile(path(u"t.csv"_s), "id,smiles,y,note\n"
                                    "a,CCO.Cl,1,=SUM(A1)\n"
                                    "b,OCC,2,\n"
                                    "c,CCN,3,\"two\nlines\"\n"
                                    "d,C(,4,-5\n");
        QCOMPARE(runEngine({u"import"_s, m_small, path(u"t.csv"_s)}).exitCode, 0);
    }

    void previewChangesNothing()
    {
        const QByteArray before = told(m_small);
        const QJsonObject outcome =
            curate({m_small, u"--strip-salts"_s, u"--duplicates"_s, u"mean"_s, u"--preview"_s});
        QCOMPARE(outcome["after"_L1]["molecules"_L1].toInt(), 2);
        QCOMPARE(outcome["before"_L1]["molecules"_L1].toInt(), 3);
        QCOMPARE(outcome["after"_L1]["stripped"_L1].toInt(), 1);
        QCOMPARE(outcome["after"_L1]["contradictions"_L1].toInt(), 1);
        QCOMPARE(outcome["after"_L1]["labelsCombined"_L1].toInt(), 1);
        QCOMPARE(outcome["applied"_L1].toBool(true), false);
        QCOMPARE(outcome["examples"_L1].toArray().at(0)["smiles"_L1].toString(), u"CCO"_s);
        QCOMPARE(told(m_small), before);
        const Outcome plain = runEngine({u"curate"_s, m_small, u"--strip-salts"_s, u"--preview"_s});
        QVERIFY2(plain.out.contains("row 0: CCO.Cl → CCO  (stripped Cl)"), plain.all().constData());
    }

    void appliedListedUndone()
    {
        const QByteArray before = told(m_small);
        writeFile(path(u"recipe.json"_s), R"({"strip_salts": true, "duplicates": "mean"})");
        const QString list = path(u"conflicts.csv"_s);
        const QJsonObject outcome = curate({m_small, u"--recipe"_s, path(u"recipe.json"_s), u"--conflicts"_s, list});
        QCOMPARE(outcome["applied"_L1].toBool(), true);
        QCOMPARE(outcome["conflictsWritten"_L1].toInt(), 1);
        QCOMPARE(readFile(list), QByteArray("dataset,task,molecule,row,value,label now\n"
                                            "t,y,CCO,0,1,1.5\n"
                                            "t,y,CCO,1,2,1.5\n"));
        const QJsonObject state = curate({m_small});
        QCOMPARE(state["recipe"_L1]["duplicates"_L1].toString(), u"mean"_s);
        QCOMPARE(state["after"_L1]["labelsCombined"_L1].toInt(), 1);
        QVERIFY(runEngine({u"rows"_s, m_small, u"--reason"_s, u"STRIPPED"_s}).out.contains("0\trepaired\tstripped Cl\tCCO.Cl"));
        QCOMPARE(curate({m_small, u"--plain"_s})["after"_L1]["molecules"_L1].toInt(), 3);
        const auto withoutIds = [](QByteArray text) { return text.replace("\"molecule\"", ""); };
        QCOMPARE(withoutIds(told(m_small)), withoutIds(before));
    }

    void rowsAsTheyWereRead()
    {
        const QJsonObject row = runEngine({u"rows"_s, m_small, u"--row"_s, u"2"_s, u"--json"_s}).json();
        QCOMPARE(row["cells"_L1].toArray().at(3)["cell"_L1].toString(), u"two\nlines"_s);
        QCOMPARE(row["status"_L1].toString(), u"used"_s);
        QCOMPARE(runEngine({u"rows"_s, m_small, u"--row"_s, u"9"_s}).exitCode, 3);
        const QString out = path(u"rows.csv"_s);
        QCOMPARE(runEngine({u"rows"_s, m_small, u"-o"_s, out, u"--source"_s}).exitCode, 0);
        const QByteArray text = readFile(out);
        QVERIFY2(text.startsWith("row,status,reason,structure,id,smiles,y,note\n"), text.constData());
        QVERIFY2(text.contains("0,used,,CCO.Cl,a,CCO.Cl,1,'=SUM(A1)\n"), text.constData()); // no formula
        QVERIFY2(text.contains(",d,C(,4,-5\n"), text.constData());                          // a number stays one
    }

    void usage()
    {
        const auto fails = [this](const QStringList& more, int code, const QByteArray& piece) {
            const Outcome outcome = runEngine(QStringList{u"curate"_s, m_small} + more);
            QVERIFY2(outcome.exitCode == code && outcome.err.contains(piece), outcome.all().constData());
        };
        fails({u"--preview"_s}, 2, "needs a recipe");
        fails({u"--plain"_s, u"--tautomers"_s}, 2, "--plain");
        fails({u"--duplicates"_s, u"best"_s}, 2, "best");
        fails({u"--dataset"_s, u"other"_s, u"--plain"_s}, 3, "'other'");
        writeFile(path(u"bad.json"_s), R"({"salts": true})");
        fails({u"--recipe"_s, path(u"bad.json"_s)}, 3, "'salts'");
        fails({u"--recipe"_s, path(u"none.json"_s)}, 3, "cannot be read");
    }

    void importWithARecipe()
    {
        const QString project = path(u"recipe.papilio"_s);
        writeFile(path(u"r.json"_s), R"({"strip_salts": true, "duplicates": "drop"})");
        const Outcome outcome = runEngine({u"import"_s, project, path(u"t.csv"_s), u"--recipe"_s, path(u"r.json"_s), u"--json"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        QCOMPARE(outcome.json()["reports"_L1].toArray().at(0)["molecules"_L1].toInt(), 2);
        QCOMPARE(curate({project})["after"_L1]["labelsDropped"_L1].toInt(), 1);
    }

    void overTheProtocol()
    {
        EngineProcess engine({u"serve"_s});
        QVERIFY(engine.started());
        (void)engine.nextLine();
        const QJsonObject base{{u"project"_s, m_small}, {u"dataset"_s, u"t"_s}};
        QJsonObject params = base;
        params.insert(u"recipe"_s, QJsonObject{{u"strip_salts"_s, true}});
        QCOMPARE(engine.request(u"curate.preview"_s, params)["result"_L1]["after"_L1]["molecules"_L1].toInt(), 2);
        QCOMPARE(engine.request(u"curate.apply"_s, params)["result"_L1]["after"_L1]["molecules"_L1].toInt(), 2);
        const QJsonObject conflicts = engine.request(u"curate.conflicts"_s, base)["result"_L1].toObject();
        QCOMPARE(conflicts["conflicts"_L1].toArray().at(0)["rows"_L1].toArray().size(), 2);
        QCOMPARE(conflicts["conflicts"_L1].toArray().at(0)["now"_L1].toString(), u"1"_s);
        params.insert(u"recipe"_s, QJsonObject{{u"duplicates"_s, u"any"_s}});
        QCOMPARE(errorKind(engine.request(u"curate.apply"_s, params)), u"bad-input"_s);
        QJsonObject rows = base;
        rows.insert(u"path"_s, path(u"served.csv"_s));
        rows.insert(u"status"_s, u"rejected"_s);
        QCOMPARE(engine.request(u"rows.export"_s, rows)["result"_L1]["rows"_L1].toInt(), 1);
        params.insert(u"recipe"_s, QJsonObject{});
        QCOMPARE(engine.request(u"curate.apply"_s, params)["result"_L1]["after"_L1]["molecules"_L1].toInt(), 3);
    }

    /// kill -9 at some moments: the dataset is as it was or as it is to be, and the same command completes it.
    void killedAnywhere()
    {
        PAPILIO_TEST_FILE(file, "dirty/tox21_raw_8014.csv.gz");
        const QString project = path(u"killed.papilio"_s);
        QCOMPARE(runEngine({u"import"_s, project, file, u"--dataset"_s, u"tox"_s}).exitCode, 0);
        const QStringList call{u"curate"_s, project, u"--dataset"_s, u"tox"_s, u"--strip-salts"_s, u"--neutralise"_s,
                               u"--duplicates"_s, u"majority"_s};
        // RDKit of 2024 and later refuses eight rows with six-valent aluminium.
        const int refused = curate({project, u"--dataset"_s, u"tox"_s})["after"_L1]["rejected"_L1].toInt();
        QVERIFY(refused == 0 || refused == 8);
        int killed = 0;
        for (const int wait : {200, 700, 1300, 2000}) {
            EngineProcess engine(call);
            QVERIFY(engine.started());
            engine.waitForProgress();
            QTest::qWait(wait);
            killed += engine.kill9();
            const QJsonObject state = curate({project, u"--dataset"_s, u"tox"_s});
            const int molecules = state["after"_L1]["molecules"_L1].toInt();
            QVERIFY2(molecules == 7831 - refused || molecules == 7620 - refused, qPrintable(QString::number(molecules)));
        }
        QVERIFY(killed > 0);
        const Outcome done = runEngine(call);
        QVERIFY2(done.exitCode == 0, done.all().constData());
        const QJsonObject overview = runEngine({u"info"_s, project, u"--json"_s}).json();
        QCOMPARE(overview["datasets"_L1].toArray().size(), 1);
        QCOMPARE(overview["molecules"_L1].toInt(), 7620 - refused);
    }
};

QTEST_GUILESS_MAIN(EngineCurateTest)
#include "tst_engine_curate.moc"
