// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation of PROTOCOL.md with the built program.
#include <QElapsedTimer>
#include <QtTest>
#include <csignal>

#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;

namespace
{

int rpcCode(const QJsonObject& answer)
{
    return answer.value("error"_L1).toObject().value("code"_L1).toInt();
}

} // namespace

class EngineServeTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_table, m_project;

    QString path(const QString& name) const { return m_folder.filePath(name); }

private Q_SLOTS:
    void initTestCase()
    {
        m_table = path(u"small.csv"_s);
        writeFile(m_table, smallTable(100));
        m_project = path(u"small.papilio"_s);
        const Outcome outcome = runEngine({u"import"_s, m_project, m_table});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
    }

    void greetsFirstAndSoon()
    {
        EngineProcess engine({u"serve"_s});
        QElapsedTimer timer;
        timer.start();
        const QJsonObject hello = engine.nextLine();
        qInfo("greeted after %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(hello.value("jsonrpc"_L1).toString(), u"2.0"_s);
        QCOMPARE(hello.value("method"_L1).toString(), u"hello"_s);
        const QJsonObject params = hello.value("params"_L1).toObject();
        QCOMPARE(params.value("protocol"_L1).toInt(), 1);
        QCOMPARE(params.value("pid"_L1).toInteger(), engine.process().processId());
        for (const char* key : {"papilio", "libtorch", "rdkit"})
            QVERIFY2(!params.value(QLatin1String(key)).toString().isEmpty(), key);
        QVERIFY(params.value("devices"_L1).toArray().contains(u"cpu"_s));
        QVERIFY2(timer.elapsed() < 10000, "far too slow, even for a busy machine");
    }

    void endOfInputEndsItCleanly()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        engine.process().closeWriteChannel();
        QCOMPARE(engine.waitForEnd(), 0);
    }

    void shutdownAnswersAndEnds()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        QVERIFY(engine.request(u"shutdown"_s).contains("result"_L1));
        QCOMPARE(engine.waitForEnd(), 0);
    }

    void sigtermEndsItWithStopped()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        ::kill(static_cast<pid_t>(engine.process().processId()), SIGTERM);
        QCOMPARE(engine.waitForEnd(), 4);
    }

    void badLinesAreAnsweredAndSurvived()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const auto codeFor = [&engine](const QByteArray& line) {
            engine.sendRaw(line + '\n');
            return rpcCode(engine.nextLine());
        };
        QCOMPARE(codeFor("nonsense"), -32700);
        QCOMPARE(codeFor("{\"jsonrpc\":\"2.0\","), -32700);
        QCOMPARE(codeFor("\xff\xfe\x00\x01"), -32700);
        QCOMPARE(codeFor("[1,2]"), -32600);
        QCOMPARE(codeFor("[]"), -32600);
        QCOMPARE(codeFor("17"), -32600);
        QCOMPARE(codeFor("{\"id\":1,\"method\":\"train.presets\"}"), -32600);
        QCOMPARE(codeFor("{\"jsonrpc\":\"2.0\",\"id\":1}"), -32600);
        QCOMPARE(codeFor("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}"), -32600);
        QCOMPARE(codeFor("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"train.presets\"}"), -32600);
        QCOMPARE(codeFor("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"train.presets\",\"params\":[1]}"), -32602);
        QCOMPARE(codeFor(QByteArray(100000, '[')), -32600);
        engine.sendRaw("\n   \n\r\n"); // blank lines are nothing
        QVERIFY(engine.request(u"train.presets"_s).contains("result"_L1));
    }

    void tooLongLineIsThrownAway()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QByteArray piece(1 << 20, 'x');
        for (int i = 0; i < 65; ++i)
            engine.sendRaw(piece);
        engine.sendRaw("\n");
        const QJsonObject answer = engine.nextLine();
        QCOMPARE(rpcCode(answer), -32600);
        QVERIFY(errorText(answer).contains("64 MiB"_L1));
        QVERIFY(engine.request(u"train.presets"_s).contains("result"_L1));
    }

    void unknownNamesSuggestTheNearest()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonObject method = engine.request(u"molecule.lookupp"_s);
        QCOMPARE(rpcCode(method), -32601);
        QVERIFY2(errorText(method).contains("'molecule.lookup'"_L1), qPrintable(errorText(method)));
        const QJsonObject param = engine.request(u"import.preview"_s, {{u"fil"_s, m_table}});
        QCOMPARE(rpcCode(param), -32602);
        QVERIFY2(errorText(param).contains("'file'"_L1), qPrintable(errorText(param)));
        QCOMPARE(errorKind(param), u"usage"_s);
        QVERIFY(errorText(engine.request(u"import.preview"_s)).contains("needs the parameter 'file'"_L1));
        QVERIFY(errorText(engine.request(u"import.preview"_s, {{u"file"_s, 3}})).contains("must be a text"_L1));
        const QJsonObject config = engine.request(
            u"train.plan"_s,
            {{u"project"_s, m_project}, {u"config"_s, QJsonObject{{u"preset"_s, u"gine-toymix"_s}, {u"epoch"_s, 3}}}});
        QCOMPARE(rpcCode(config), -32602);
        QVERIFY2(errorText(config).contains("'epochs'"_L1), qPrintable(errorText(config)));
    }

    void errorsCarryTheirKind()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonObject missing =
            engine.request(u"train.plan"_s, {{u"project"_s, path(u"none.papilio"_s)},
                                             {u"config"_s, QJsonObject{{u"preset"_s, u"gine-toymix"_s}}}});
        QCOMPARE(rpcCode(missing), -32000);
        QCOMPARE(errorKind(missing), u"not-found"_s);
        QCOMPARE(errorKind(engine.request(u"project.create"_s, {{u"path"_s, m_project}})), u"exists"_s);
        QCOMPARE(errorKind(engine.request(u"molecule.lookup"_s, {{u"smiles"_s, u"C(C"_s}})), u"bad-input"_s);
        QCOMPARE(errorKind(engine.request(u"train.pause"_s)), u"not-found"_s);
        QVERIFY(engine.request(u"cancel"_s, {{u"id"_s, 999}}).contains("result"_L1));
    }

    void previewsAndPlans()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonObject preview =
            engine.request(u"import.preview"_s, {{u"file"_s, m_table}}).value("result"_L1).toObject();
        QCOMPARE(preview.value("format"_L1).toString(), u"CSV"_s);
        QCOMPARE(preview.value("rowsLooked"_L1).toInt(), 100);
        QCOMPARE(preview.value("used"_L1).toInt(), 100);
        const QJsonArray columns = preview.value("columns"_L1).toArray();
        QCOMPARE(columns.at(0).toObject().value("role"_L1).toString(), u"smiles"_s);
        QCOMPARE(columns.at(1).toObject().value("kind"_L1).toString(), u"regression"_s);
        QCOMPARE(columns.at(2).toObject().value("kind"_L1).toString(), u"binary"_s);
        QVERIFY(!preview.value("rows"_L1).toArray().at(0).toObject().value("canonical"_L1).toString().isEmpty());

        const QJsonArray presets =
            engine.request(u"train.presets"_s).value("result"_L1).toObject().value("presets"_L1).toArray();
        QVERIFY(presets.size() >= 20); // ToyMix, LargeMix, UltraLarge, small ones
        for (const QJsonValue& preset : presets)
            QVERIFY(!preset.toObject().value("title"_L1).toString().isEmpty());

        const QJsonObject plan =
            engine
                .request(u"train.plan"_s,
                         {{u"project"_s, m_project}, {u"config"_s, QJsonObject{{u"preset"_s, u"gin-toymix"_s}}}})
                .value("result"_L1)
                .toObject();
        QCOMPARE(plan.value("molecules"_L1).toInt(), 100);
        QCOMPARE(plan.value("validation"_L1).toInt(), 10);
        QCOMPARE(plan.value("train"_L1).toInt(), 80);
        QCOMPARE(plan.value("labels"_L1).toInt(), 200);
        QCOMPARE(plan.value("heads"_L1).toArray().size(), 2);
        QVERIFY(plan.value("parameters"_L1).toInt() > 100000);
    }

    void importTellsProgressAndReports()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonObject answer = engine.request(
            u"import.run"_s,
            {{u"project"_s, path(u"fresh.papilio"_s)}, {u"files"_s, QJsonArray{m_table}}, {u"dataset"_s, u"mine"_s}});
        const QJsonObject report = answer.value("result"_L1).toObject().value("reports"_L1).toArray().at(0).toObject();
        QVERIFY2(!report.isEmpty(), qPrintable(errorText(answer)));
        QCOMPARE(report.value("dataset"_L1).toString(), u"mine"_s);
        QCOMPARE(report.value("rows"_L1).toInt(), 100);
        QCOMPARE(report.value("newMolecules"_L1).toInt(), 100);
        QVERIFY(!engine.notifications.isEmpty());
        const QJsonObject progress = engine.notifications.first();
        QCOMPARE(progress.value("method"_L1).toString(), u"progress"_s);
        for (const char* key : {"id", "stage", "done", "total", "unit", "rate", "secondsLeft"})
            QVERIFY2(progress.value("params"_L1).toObject().contains(QLatin1String(key)), key);
    }

    void depictsAndEmbeds()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonArray molecules =
            engine.request(u"molecule.depict"_s, {{u"smiles"_s, QJsonArray{u"OCC"_s, u"C(("_s}}})
                .value("result"_L1)
                .toObject()
                .value("molecules"_L1)
                .toArray();
        QCOMPARE(molecules.size(), 2);
        QCOMPARE(molecules.at(0).toObject().value("canonical"_L1).toString(), u"CCO"_s);
        const QJsonObject drawing = molecules.at(0).toObject().value("depiction"_L1).toObject();
        QCOMPARE(drawing.value("atoms"_L1).toArray().size(), 3);
        QCOMPARE(drawing.value("atoms"_L1).toArray().at(2).toArray().size(), 7);
        QCOMPARE(drawing.value("bonds"_L1).toArray().at(0).toArray().size(), 7);
        QVERIFY(!molecules.at(1).toObject().value("error"_L1).toString().isEmpty());
        QJsonArray many;
        for (int i = 0; i < 501; ++i)
            many.append(u"C"_s);
        QCOMPARE(rpcCode(engine.request(u"molecule.depict"_s, {{u"smiles"_s, many}})), -32602);

        const QJsonObject conformer =
            engine.request(u"molecule.conformer"_s, {{u"smiles"_s, u"CCO"_s}}).value("result"_L1).toObject();
        QCOMPARE(conformer.value("heavyAtoms"_L1).toInt(), 3);
        QCOMPARE(conformer.value("atoms"_L1).toArray().size(), 9);
        QCOMPARE(conformer.value("bonds"_L1).toArray().size(), 8);
    }

    void looksUpKnownMolecules()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonObject found =
            engine.request(u"molecule.lookup"_s, {{u"smiles"_s, u"OCC"_s}, {u"project"_s, m_project}})
                .value("result"_L1)
                .toObject();
        QCOMPARE(found.value("canonical"_L1).toString(), u"CCO"_s);
        QCOMPARE(found.value("formula"_L1).toString(), u"C2H6O"_s);
        QVERIFY(qAbs(found.value("weight"_L1).toDouble() - 46.069) < 0.01);
        QCOMPARE(found.value("heavyAtoms"_L1).toInt(), 3);
        QCOMPARE(found.value("toCanonical"_L1).toArray(), (QJsonArray{2, 1, 0}));
        QVERIFY(found.value("molecule"_L1).toInt() > 0);
        const QJsonArray rows = found.value("rows"_L1).toArray();
        QVERIFY(!rows.isEmpty());
        QCOMPARE(rows.at(0).toObject().value("row"_L1).toInt(), 0);
        QCOMPARE(rows.at(0).toObject().value("text"_L1).toString(), u"CCO"_s);
        const QJsonArray known = found.value("known"_L1).toArray();
        QCOMPARE(known.size(), 2);
        QCOMPARE(known.at(0).toObject().value("task"_L1).toString(), u"size"_s);
        QCOMPARE(known.at(0).toObject().value("values"_L1).toArray(), (QJsonArray{1.5}));
        QVERIFY(found.value("predictions"_L1).toArray().isEmpty());
        QCOMPARE(found.value("part"_L1).toString(), QString());
        const QJsonObject stranger =
            engine.request(u"molecule.lookup"_s, {{u"smiles"_s, u"[Na+].[Cl-]"_s}, {u"project"_s, m_project}})
                .value("result"_L1)
                .toObject();
        QCOMPARE(stranger.value("molecule"_L1).toInt(), 0);
        QCOMPARE(stranger.value("heavyAtoms"_L1).toInt(), 2);
    }

    void trainsPausesResumesPredictsAndExplains();
    void cancelPausesATraining();
    void endOfInputPausesATraining();
};

namespace
{

QJsonObject trainParams(const QString& project, int epochs)
{
    return {{u"project"_s, project},
            {u"config"_s,
             QJsonObject{{u"preset"_s, u"gine-toymix"_s},
                         {u"epochs"_s, epochs},
                         {u"seed"_s, 7},
                         {u"set"_s, QJsonObject{{u"batch_size"_s, u"20"_s}, {u"threads"_s, 1}, {u"patience"_s, 0}}}}}};
}

/// Reads until a notification of that name has come.
bool waitForNotification(EngineProcess& engine, const QString& method)
{
    for (int i = 0; i < 2000; ++i) {
        const QJsonObject line = engine.nextLine();
        if (line.isEmpty())
            return false;
        if (line.value("method"_L1).toString() == method)
            return true;
    }
    return false;
}

QString runState(const QString& project)
{
    const QJsonArray runs = runEngine({u"runs"_s, project, u"--json"_s}).json().value("runs"_L1).toArray();
    return runs.isEmpty() ? QString() : runs.last().toObject().value("state"_L1).toString();
}

} // namespace

void EngineServeTest::trainsPausesResumesPredictsAndExplains()
{
    const QString project = path(u"train.papilio"_s);
    QVERIFY(QFile::copy(m_project, project));
    EngineProcess engine({u"serve"_s});
    engine.nextLine();
    const int training = engine.sendRequest(u"train.start"_s, trainParams(project, 1000));
    QVERIFY(waitForNotification(engine, u"run.epoch"_s));
    QCOMPARE(errorKind(engine.request(u"train.start"_s, trainParams(project, 1))), u"busy"_s);
    QVERIFY(
        engine.request(u"molecule.depict"_s, {{u"smiles"_s, QJsonArray{u"C"_s}}}).contains("result"_L1)); // beside it
    QVERIFY(engine.request(u"train.pause"_s).contains("result"_L1));
    const QJsonObject paused = engine.answerTo(training).value("result"_L1).toObject().value("run"_L1).toObject();
    QCOMPARE(paused.value("state"_L1).toString(), u"paused"_s);
    QVERIFY(paused.value("epochs"_L1).toInt() >= 1);
    QCOMPARE(paused.value("epochsPlanned"_L1).toInt(), 1000);

    const int resumed = engine.sendRequest(u"train.resume"_s, {{u"project"_s, project}, {u"run"_s, 1}});
    QVERIFY(waitForNotification(engine, u"run.epoch"_s));
    QVERIFY(engine.request(u"train.stop"_s).contains("result"_L1));
    const QJsonObject stopped = engine.answerTo(resumed).value("result"_L1).toObject().value("run"_L1).toObject();
    QCOMPARE(stopped.value("state"_L1).toString(), u"stopped"_s);

    const QString model = path(u"m.safetensors"_s);
    const QJsonObject exported =
        engine.request(u"model.export"_s, {{u"project"_s, project}, {u"run"_s, 1}, {u"path"_s, model}})
            .value("result"_L1)
            .toObject();
    QCOMPARE(exported.value("bytes"_L1).toInteger(), QFileInfo(model).size());

    const QJsonObject fromRun =
        engine.request(u"molecule.lookup"_s, {{u"smiles"_s, u"OCC"_s}, {u"project"_s, project}, {u"run"_s, 1}})
            .value("result"_L1)
            .toObject();
    QVERIFY(QStringList({u"train"_s, u"val"_s, u"test"_s}).contains(fromRun.value("part"_L1).toString()));
    const QJsonObject fromFile = engine.request(u"molecule.lookup"_s, {{u"smiles"_s, u"OCC"_s}, {u"model"_s, model}})
                                     .value("result"_L1)
                                     .toObject();
    QCOMPARE(fromRun.value("predictions"_L1).toArray().size(), 2);
    QCOMPARE(fromFile.value("predictions"_L1), fromRun.value("predictions"_L1));

    const QJsonObject prediction = fromRun.value("predictions"_L1).toArray().at(0).toObject();
    const QJsonObject explained = engine
                                      .request(u"molecule.explain"_s, {{u"smiles"_s, u"OCC"_s},
                                                                       {u"project"_s, project},
                                                                       {u"run"_s, 1},
                                                                       {u"head"_s, prediction.value("head"_L1)},
                                                                       {u"task"_s, prediction.value("task"_L1)},
                                                                       {u"method"_s, u"integrated-gradients"_s}})
                                      .value("result"_L1)
                                      .toObject();
    QCOMPARE(explained.value("atoms"_L1).toArray().size(), 3);
    QCOMPARE(explained.value("bonds"_L1).toArray().size(), 2);
    QVERIFY(explained.value("hasBonds"_L1).toBool());

    const QJsonObject predicted =
        engine
            .request(u"predict.file"_s,
                     {{u"project"_s, project}, {u"run"_s, 1}, {u"file"_s, m_table}, {u"out"_s, path(u"o.csv"_s)}})
            .value("result"_L1)
            .toObject();
    QCOMPARE(predicted.value("rows"_L1).toInt(), 100);
    QCOMPARE(predicted.value("predicted"_L1).toInt(), 100);
}

void EngineServeTest::cancelPausesATraining()
{
    const QString project = path(u"cancel.papilio"_s);
    QVERIFY(QFile::copy(m_project, project));
    EngineProcess engine({u"serve"_s});
    engine.nextLine();
    const int training = engine.sendRequest(u"train.start"_s, trainParams(project, 1000));
    QVERIFY(waitForNotification(engine, u"run.epoch"_s));
    // An import of the same engine waits for the training; cancelled, it never begins.
    const int waiting =
        engine.sendRequest(u"import.run"_s, {{u"project"_s, project}, {u"files"_s, QJsonArray{m_table}}});
    QVERIFY(engine.request(u"cancel"_s, {{u"id"_s, waiting}}).contains("result"_L1));
    QCOMPARE(errorKind(engine.answerTo(waiting)), u"stopped"_s);
    QVERIFY(engine.request(u"cancel"_s, {{u"id"_s, training}}).contains("result"_L1));
    QCOMPARE(errorKind(engine.answerTo(training)), u"stopped"_s);
    QCOMPARE(runState(project), u"paused"_s);
}

void EngineServeTest::endOfInputPausesATraining()
{
    const QString project = path(u"eof.papilio"_s);
    QVERIFY(QFile::copy(m_project, project));
    EngineProcess engine({u"serve"_s});
    engine.nextLine();
    engine.sendRequest(u"train.start"_s, trainParams(project, 1000));
    QVERIFY(waitForNotification(engine, u"run.epoch"_s));
    engine.process().closeWriteChannel();
    QCOMPARE(engine.waitForEnd(), 0);
    QCOMPARE(runState(project), u"paused"_s);
}

QTEST_GUILESS_MAIN(EngineServeTest)
#include "tst_engine_serve.moc"
