// SPDX-License-Identifier: GPL-3.0-or-later
// Splits as people call them: made, kept, listed, written, trained with, and reported to the window.
#include <QtTest>

#include "store/runs.h"
#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;
using namespace papilio;

class EngineSplitTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    Outcome split(const QStringList& more) const { return runEngine(QStringList{u"split"_s, m_project} + more); }

    /// The same molecules in two tables, as many of each in one alone.
    static QByteArray table(int from, int to, const char* label)
    {
        QByteArray text = QByteArray("smiles,") + label + ",side\n";
        static const char* rings[] = {"c1ccccc1", "c1ccncc1", "C1CCCCC1", "c1ccsc1", "C1CCNCC1", "c1ccc2[nH]ccc2c1"};
        for (int i = from; i < to; ++i) {
            text += QByteArray(i / 6 + 1, 'C') + rings[i % 6] + ',' + QByteArray::number(i % 7) + ".5," +
                    (i % 5 == 0 ? "held-out" : i % 5 == 1 ? "tuning" : "train") + '\n';
        }
        return text;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_project = path(u"p.papilio"_s);
        writeFile(path(u"a.csv"_s), table(0, 60, "y"));
        writeFile(path(u"b.csv"_s), table(30, 90, "z"));
        for (const auto& [file, label] : {std::pair(u"a.csv"_s, u"y"_s), std::pair(u"b.csv"_s, u"z"_s)}) {
            const Outcome imported = runEngine({u"import"_s, m_project, path(file), u"--labels"_s, label});
            QVERIFY2(imported.exitCode == 0, imported.all().constData());
        }
    }

    void scaffoldIsKeptAndTrainedWith()
    {
        const Outcome made = split({u"--kind"_s, u"scaffold"_s, u"--fractions"_s, u"0.6/0.2/0.2"_s, u"--seed"_s, u"5"_s, u"--json"_s});
        QVERIFY2(made.exitCode == 0, made.all().constData());
        const QJsonObject json = made.json();
        QCOMPARE(json["spec"_L1].toString(), u"scaffold:0.6/0.2/0.2"_s);
        QCOMPARE(json["seed"_L1].toInteger(), 5);
        const QJsonObject molecules = json["molecules"_L1].toObject();
        QCOMPARE(molecules["train"_L1].toInteger() + molecules["val"_L1].toInteger() + molecules["test"_L1].toInteger(), 90);
        const QJsonObject again = split({u"--split"_s, u"scaffold:0.6/0.2/0.2"_s, u"--seed"_s, u"5"_s, u"--json"_s}).json();
        QCOMPARE(again["split"_L1], json["split"_L1]);
        QCOMPARE(again["hash"_L1], json["hash"_L1]);
        const Outcome list = split({u"--list"_s});
        QVERIFY2(list.out.contains("scaffold:0.6/0.2/0.2"), list.all().constData());
        const QString stored = u"stored:%1"_s.arg(json["split"_L1].toInteger());
        const Outcome trained = runEngine({u"train"_s, m_project, u"--preset"_s, u"gine-small"_s, u"--epochs"_s, u"1"_s, u"--split"_s, stored,
                                           u"--threads"_s, u"1"_s, u"--json"_s});
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        auto project = store::Project::open(m_project.toStdString(), store::Access::ReadOnly);
        const auto run = store::Runs(*project).byId(trained.json()["run"_L1].toInteger(1));
        QVERIFY(run.has_value());
        QCOMPARE(run->split, json["split"_L1].toInteger()); // the same record
        const Outcome direct = runEngine({u"train"_s, m_project, u"--preset"_s, u"gine-small"_s, u"--epochs"_s, u"1"_s, u"--split"_s,
                                          u"scaffold:0.6/0.2/0.2"_s, u"--seed"_s, u"5"_s, u"--threads"_s, u"1"_s, u"--json"_s});
        QVERIFY2(direct.exitCode == 0, direct.all().constData());
        QCOMPARE(store::Runs(*project).byId(2)->split, json["split"_L1].toInteger());
    }

    void seenTestMoleculesAreMeasuredApart()
    {
        const Outcome trained =
            runEngine({u"train"_s, m_project, u"--preset"_s, u"gine-small"_s, u"--epochs"_s, u"1"_s, u"--threads"_s, u"1"_s, u"--split"_s,
                       u"random:0.6/0.2/0.2,per-dataset,test_seen=a"_s, u"--json"_s});
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        auto project = store::Project::open(m_project.toStdString(), store::Access::ReadOnly);
        store::Runs runs(*project);
        const auto all = runs.all();
        const store::RunRecord& run = all->back();
        const auto parts = runs.split(run.split);
        QVERIFY(parts.has_value());
        QCOMPARE(parts->datasets.size(), std::size_t{2});
        const auto seen = std::count(parts->datasets.rbegin()->second.begin(), parts->datasets.rbegin()->second.end(), store::Part::TestSeen);
        QVERIFY(seen > 5);
        bool found = false;
        const auto metrics = runs.metrics(run.id);
        for (const store::Metric& metric : *metrics) {
            if (metric.part == store::Part::TestSeen && metric.scope == "task" && metric.name == "mae" && metric.n > 0) {
                QCOMPARE(metric.n, seen);
                found = true;
            }
        }
        QVERIFY(found);
        const Outcome shown = runEngine({u"metrics"_s, m_project, QString::number(run.id), u"--part"_s, u"test_seen"_s});
        QVERIFY2(shown.exitCode == 0 && shown.out.contains("test_seen"), shown.all().constData());
    }

    void filesGoOutAndComeBack()
    {
        const QString out = path(u"out.csv"_s);
        const Outcome made = split({u"--kind"_s, u"column"_s, u"--from"_s, u"side"_s, u"-o"_s, out, u"--json"_s});
        QVERIFY2(made.exitCode == 3, made.all().constData());
        QVERIFY(made.all().contains("'held-out'"));
        const QString spec = u"column:side,test=held-out,val=tuning,train=train"_s;
        const Outcome named = split({u"--split"_s, spec, u"-o"_s, out, u"--json"_s});
        QVERIFY2(named.exitCode == 0, named.all().constData());
        QCOMPARE(named.json()["files"_L1].toArray().size(), 2);
        const QByteArray first = readFile(path(u"out.a.csv"_s));
        QVERIFY(first.startsWith("train,val,test\n2,1,0\n3,6,5\n"));
        const Outcome back = split({u"--kind"_s, u"file"_s, u"--from"_s, u"a=%1|b=%2"_s.arg(path(u"out.a.csv"_s), path(u"out.b.csv"_s)), u"--json"_s});
        QVERIFY2(back.exitCode == 0, back.all().constData());
        QCOMPARE(back.json()["hash"_L1], named.json()["hash"_L1]);
    }

    void nothingIsWrittenOver()
    {
        const QByteArray before = readFile(path(u"out.a.csv"_s));
        const QString sources = u"a=%1|b=%2"_s.arg(path(u"out.a.csv"_s), path(u"out.b.csv"_s));
        const Outcome source = split({u"--kind"_s, u"file"_s, u"--from"_s, sources, u"-o"_s, path(u"out.csv"_s)});
        QVERIFY2(source.exitCode == 2 || source.exitCode == 3, source.all().constData());
        QCOMPARE(readFile(path(u"out.a.csv"_s)), before);
        const Outcome project = split({u"--tasks"_s, u"a:*"_s, u"-o"_s, m_project});
        QVERIFY2(project.exitCode == 2 || project.exitCode == 3, project.all().constData());
        QVERIFY(readFile(m_project).startsWith("SQLite format 3"));
    }

    void reports()
    {
        const Outcome text = split({u"--kind"_s, u"cluster"_s, u"--report"_s, u"--no-store"_s});
        QVERIFY2(text.exitCode == 0, text.all().constData());
        for (const char* part : {"nearest training molecule", "median", "train", "a        y"}) {
            QVERIFY2(text.out.contains(part), text.all().constData());
        }
        EngineProcess engine({u"serve"_s});
        QVERIFY(engine.started());
        engine.nextLine();
        const QJsonObject config{{u"preset"_s, u"gine-small"_s}, {u"split"_s, u"random:0.6/0.2/0.2,per-dataset"_s}};
        const QJsonObject answer = engine.request(u"split.report"_s, {{u"project"_s, m_project}, {u"config"_s, config}});
        const QJsonObject report = answer["result"_L1]["report"_L1].toObject();
        QVERIFY2(!report.isEmpty(), qPrintable(errorText(answer)));
        QCOMPARE(report["tasks"_L1].toArray().size(), 2);
        QCOMPARE(report["similarity"_L1].toArray().size(), 2);
        QCOMPARE(report["similarity"_L1][0]["split"_L1]["counts"_L1].toArray().size(), 20);
        QVERIFY(report["sameMolecules"_L1].toInteger() > 0);
        QVERIFY(report["same"_L1][0]["train"_L1]["row"_L1].toInteger(-1) >= 0);
        const QJsonObject kept = engine.request(u"split.store"_s, {{u"project"_s, m_project}, {u"config"_s, config}});
        const qint64 number = kept["result"_L1]["split"_L1].toInteger();
        QVERIFY(number > 0);
        const QJsonObject list = engine.request(u"split.list"_s, {{u"project"_s, m_project}});
        QCOMPARE(list["result"_L1]["splits"_L1].toArray().last()["split"_L1].toInteger(), number);
        QJsonObject wrong = config;
        wrong[u"split"_s] = u"column:nothing"_s;
        QCOMPARE(errorKind(engine.request(u"split.report"_s, {{u"project"_s, m_project}, {u"config"_s, wrong}})), u"not-found"_s);
    }

    void refusesNonsense()
    {
        QCOMPARE(split({u"--kind"_s, u"scafold"_s}).exitCode, 2);
        QCOMPARE(split({u"--kind"_s, u"column"_s}).exitCode, 2);
        QCOMPARE(split({u"--kind"_s, u"random"_s, u"--from"_s, u"x"_s}).exitCode, 2);
        QCOMPARE(split({u"--split"_s, u"random:0.8/0.1/0.3"_s}).exitCode, 2);
        QCOMPARE(split({u"--split"_s, u"scaffold"_s, u"--kind"_s, u"scaffold"_s}).exitCode, 2);
        QCOMPARE(split({u"--kind"_s, u"stored"_s, u"--from"_s, u"99"_s}).exitCode, 3);
        QCOMPARE(split({u"--kind"_s, u"file"_s, u"--from"_s, path(u"none.pt"_s)}).exitCode, 2); // one file, two datasets
        QCOMPARE(split({u"--kind"_s, u"file"_s, u"--from"_s, path(u"none.pt"_s), u"--tasks"_s, u"a"_s}).exitCode, 3);
    }
};

QTEST_GUILESS_MAIN(EngineSplitTest)
#include "tst_engine_split.moc"
