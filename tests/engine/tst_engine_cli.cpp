// SPDX-License-Identifier: GPL-3.0-or-later
// The command line itself: help, exit codes, and what is said to a slip of the keyboard.
#include <QtTest>

#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;

class EngineCliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpOfEveryCommand_data()
    {
        QTest::addColumn<QByteArrayList>("options");
        const auto row = [](const char* name, const QByteArrayList& options) { QTest::newRow(name) << options; };
        row("sample", {"PROJECT", "--json"});
        row("import",
            {"FILE", "--dataset", "--smiles", "--labels", "--level", "--kind", "--replace", "--threads", "--json"});
        row("info", {"PROJECT", "--json"});
        row("rows", {"--dataset", "--status", "--output", "--json"});
        row("train",
            {"--preset", "--tasks", "--split", "--epochs", "--seed", "--threads", "--device", "--set", "--progress"});
        row("resume", {"RUN", "--progress", "--json"});
        row("runs", {"PROJECT", "--json"});
        row("metrics", {"RUN", "--epoch", "--part", "--task", "--json"});
        row("export", {"RUN", "--output", "--json"});
        row("predict", {"MODEL", "FILE", "--output", "--smiles", "--json"});
        row("explain", {"SMILES", "--task", "--method", "--class", "--atoms-order", "--output", "--json"});
        row("serve", {"JSON-RPC"});
    }
    void helpOfEveryCommand()
    {
        QFETCH(QByteArrayList, options);
        const Outcome outcome = runEngine({QString::fromLatin1(QTest::currentDataTag()), u"--help"_s});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.err.isEmpty());
        for (const QByteArray& option : options)
            QVERIFY2(outcome.out.contains(option), QByteArray(option + " is missing in\n" + outcome.out).constData());
    }

    void overallHelpNamesEveryCommand()
    {
        const Outcome outcome = runEngine({u"--help"_s});
        QCOMPARE(outcome.exitCode, 0);
        for (const char* name : {"sample", "import", "info", "rows", "train", "resume", "runs", "metrics", "export",
                                 "predict", "explain", "serve"})
            QVERIFY2(outcome.out.contains(QByteArray("\n  ").append(name).append(' ')), name);
        QCOMPARE(runEngine({}).exitCode, 2);
        const Outcome version = runEngine({u"--version"_s});
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.out.contains("LibTorch") && version.out.contains("RDKit"));
    }

    void threadLibrariesAreToldHowToBehave()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"OMP_WAIT_POLICY"_s);
        environment.remove(u"OPENBLAS_NUM_THREADS"_s);
        environment.insert(u"OMP_DISPLAY_ENV"_s, u"VERBOSE"_s); // GCC's library tells what it goes by when it loads
        QProcess engine;
        engine.setProcessEnvironment(environment);
        engine.start(enginePath(), {u"devices"_s});
        QVERIFY(engine.waitForFinished());
        const QByteArray told = engine.readAllStandardError();
        if (!told.contains("GOMP_SPINCOUNT"))
            QSKIP("OpenMP is not GCC's here.");
        QVERIFY2(told.contains("GOMP_SPINCOUNT = '0'"), told.constData());
    }

    void slipsAreUsageErrorsThatSuggest_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("command") << QStringList{u"trian"_s} << QByteArray("Did you mean 'train'?");
        QTest::newRow("option") << QStringList{u"train"_s, u"p.papilio"_s, u"--epoch"_s, u"3"_s}
                                << QByteArray("Unknown option '--epoch' of train. Did you mean '--epochs'?");
        QTest::newRow("option with value") << QStringList{u"import"_s, u"p.papilio"_s, u"a.csv"_s, u"--datset=x"_s}
                                           << QByteArray("Did you mean '--dataset'?");
        QTest::newRow("far option") << QStringList{u"info"_s, u"p.papilio"_s, u"--quantum"_s}
                                    << QByteArray("info --help");
        QTest::newRow("extra argument") << QStringList{u"info"_s, u"p.papilio"_s, u"q"_s}
                                        << QByteArray("Unexpected argument 'q'");
        QTest::newRow("missing argument") << QStringList{u"info"_s} << QByteArray("PROJECT");
        QTest::newRow("number") << QStringList{u"train"_s, u"p.papilio"_s, u"--epochs"_s, u"many"_s}
                                << QByteArray("'many' is not a whole number");
        QTest::newRow("choice") << QStringList{u"import"_s, u"p.papilio"_s, u"a.csv"_s, u"--level"_s, u"atom"_s}
                                << QByteArray("graph|node|edge");
        QTest::newRow("preset") << QStringList{u"train"_s, u"p.papilio"_s, u"--preset"_s, u"gine-toymx"_s}
                                << QByteArray("Did you mean 'gine-toymix'?");
        QTest::newRow("set key") << QStringList{u"train"_s, u"p.papilio"_s, u"--set"_s, u"learning_rte=1"_s}
                                 << QByteArray("learning_rate");
        QTest::newRow("set range") << QStringList{u"train"_s, u"p.papilio"_s, u"--epochs"_s, u"0"_s}
                                   << QByteArray("epochs");
        QTest::newRow("no output") << QStringList{u"export"_s, u"p.papilio"_s, u"1"_s} << QByteArray("-o");
        QTest::newRow("ending") << QStringList{u"explain"_s, u"m"_s, u"C"_s, u"-o"_s, u"x.bmp"_s} << QByteArray(".svg");
    }
    void slipsAreUsageErrorsThatSuggest()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        const Outcome outcome = runEngine(arguments);
        QVERIFY2(outcome.exitCode == 2, outcome.all().constData());
        QVERIFY2(outcome.err.contains(said), outcome.all().constData());
        QVERIFY(outcome.out.isEmpty());
        QVERIFY2(!QFile::exists(u"p.papilio"_s), "a usage error must not make a project");
    }

    void errorsAreJsonToo()
    {
        const Outcome outcome = runEngine({u"info"_s, u"/nowhere/p.papilio"_s, u"--json"_s});
        QCOMPARE(outcome.exitCode, 3);
        const QJsonObject error = outcome.json().value("error"_L1).toObject();
        QCOMPARE(error.value("code"_L1).toString(), u"not-found"_s);
        QVERIFY(error.value("message"_L1).toString().contains("/nowhere/p.papilio"_L1));
        QVERIFY(!outcome.err.isEmpty());
    }
};

QTEST_GUILESS_MAIN(EngineCliTest)
#include "tst_engine_cli.moc"
