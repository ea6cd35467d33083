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
