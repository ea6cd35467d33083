// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on another host, through a stand-in for ssh (fakessh.sh) whose connections drop, refuse and greet.
#include <QtTest>
#include <csignal>

#include "nn/safetensors.h"
#include "store/runs.h"
#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;
using namespace papilio;

namespace
{

const QStringList recipe{u"--epochs"_s, u"3"_s, u"--seed"_s, u"7"_s, u"--threads"_s, u"1"_s, u"--set"_s, u"batch_size=20"_s};
const QStringList longRecipe{u"--epochs"_s,  u"5000"_s, u"--threads"_s, u"1"_s,
                             u"--set"_s,     u"batch_size=4"_s, u"--set"_s, u"patience=5000"_s};

} // namespace

class EngineRemoteTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString farHome() const { return path(u"home 'of' $you"_s); }
    void setMode(const QByteArray& mode) const { writeFile(path(u"mode"_s), mode); }
    QString copyOfProject(const QString& name) const
    {
        const QString copy = path(name);
        QFile::remove(copy);
        QFile::copy(m_project, copy);
        return copy;
    }
    QStringList farRuns() const { return QDir(farHome() + u"/runs; touch oops"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot); }
    static QJsonObject runOf(const QString& project, int run = 1)
    {
        return runEngine({u"runs"_s, project, u"--run"_s, QString::number(run), u"--json"_s}).json().value("runs"_L1).toArray().at(0).toObject();
    }
    static QJsonArray metricsOf(const QString& project) { return runEngine({u"metrics"_s, project, u"1"_s, u"--json"_s}).json()["metrics"_L1].toArray(); }
    Outcome begin(const QString& project, const QStringList& further) const
    {
        return runEngine(QStringList{u"remote"_s, u"start"_s, u"my 'gpu'"_s, project} + further, 60000);
    }
    Outcome remote(const QString& action, const QString& project) const { return runEngine({u"remote"_s, action, project, u"1"_s}, 60000); }
    bool waitForEpochs(const QString& project, int least) const
    {
        for (int i = 0; i < 300; ++i) {
            const auto opened = store::Project::open(project.toStdString(), store::Access::ReadOnly);
            if (opened) {
                store::Project reading = std::move(const_cast<store::Project&>(*opened));
                const auto run = store::Runs(reading).byId(1);
                if (run && run->epochs >= least)
                    return true;
            }
            QTest::qWait(100);
        }
        return false;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("PAPILIO_SSH", PAPILIO_SOURCE_DIR "/tests/engine/fakessh.sh");
        qputenv("FAKE_SSH", m_folder.path().toUtf8());
        qputenv("PAPILIO_HOSTS", path(u"configuration/hosts.json"_s).toUtf8());
        setMode("");
        QVERIFY(QDir().mkpath(farHome() + u"/bin of mine"_s));
        QVERIFY(QFile::link(enginePath(), farHome() + u"/bin of mine/the engine"_s));
        writeFile(path(u"table.csv"_s), smallTable(60));
        m_project = path(u"pro 'ject'.papilio"_s);
        QCOMPARE(runEngine({u"import"_s, m_project, path(u"table.csv"_s)}).exitCode, 0);
    }

    void init()
    {
        setMode("");
    }

    void cleanupTestCase()
    {
        // What a failed test left at work there would train on for days.
        const QString runs = farHome() + u"/runs; touch oops"_s;
        for (const QString& run : farRuns()) {
            const int process = QFile::exists(runs + u'/' + run + u"/exit"_s) ? 0 : readFile(runs + u'/' + run + u"/pid"_s).split('\n').value(0).toInt();
            if (process > 1)
                kill(process, SIGTERM);
        }
    }

    void hostsAreConfigured()
    {
        QCOMPARE(runEngine({u"remote"_s, u"hosts"_s, u"--json"_s}).json().value("hosts"_L1).toArray().size(), 0);
        QCOMPARE(runEngine({u"remote"_s, u"add"_s, u"my 'gpu'"_s}).exitCode, 2);
        for (const QString& bad : {u"-oProxyCommand=touch"_s, u"two words"_s, u""_s, u"line\nbreak"_s})
            QCOMPARE(runEngine({u"remote"_s, u"add"_s, u"bad"_s, u"--ssh="_s + bad}).exitCode, 2);
        QCOMPARE(runEngine({u"remote"_s, u"add"_s, u"bad"_s, u"--ssh"_s, u"me@there"_s, u"--launch"_s, u"srun 'x"_s}).exitCode, 2);
        const QStringList add{u"remote"_s, u"add"_s, u"my 'gpu'"_s, u"--ssh"_s, u"me@there"_s, u"--engine"_s, u"bin of mine/the engine"_s, u"--folder"_s,
                              u"~/runs; touch oops"_s, u"--ssh-arguments"_s, uR"(-p 2222 -i "/a b/it's")"_s, u"--launch"_s, uR"(env "MY VAR=1 ' 2")"_s};
        const Outcome added = runEngine(add);
        QVERIFY2(added.exitCode == 0, added.all().constData());
        const Outcome taken = runEngine(add);
        QVERIFY2(taken.exitCode == 3 && taken.err.contains("--replace"), taken.all().constData());
        QCOMPARE(runEngine(add + QStringList{u"--replace"_s, u"--json"_s}).json()["host"_L1].toObject()["name"_L1].toString(), u"my 'gpu'"_s);
        for (const QString& action : {u"hosts"_s, u"test"_s, u"remove"_s}) { // nothing goes on there that could be told
            QStringList words{u"remote"_s, action, u"my 'gpu'"_s, u"--progress"_s, u"json"_s};
            if (action == u"hosts"_s)
                words.removeAt(2);
            const Outcome outcome = runEngine(words);
            QVERIFY2(outcome.exitCode == 2 && outcome.err.contains("--progress belongs to"), outcome.all().constData());
        }
        const QJsonArray hosts = runEngine({u"remote"_s, u"hosts"_s, u"--json"_s}).json().value("hosts"_L1).toArray();
        QCOMPARE(hosts.size(), 1);
        QCOMPARE(hosts[0].toObject()["destination"_L1].toString(), u"me@there"_s);
        QCOMPARE(QFile::permissions(path(u"configuration/hosts.json"_s)) & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());
    }

    void aHostIsTested()
    {
        const Outcome good = runEngine({u"remote"_s, u"test"_s, u"my 'gpu'"_s, u"--json"_s});
        QVERIFY2(good.exitCode == 0 && good.json()["ok"_L1].toBool(), good.all().constData());
        QVERIFY(good.json()["freeBytes"_L1].toDouble() > 0);
        QCOMPARE(good.json()["devices"_L1].toArray().at(0).toString(), u"cpu"_s);
        const QList<QByteArray> arguments = readFile(path(u"arguments"_s)).split('\n');
        for (const char* word : {"BatchMode=yes", "-p", "2222", "/a b/it's", "me@there"})
            QVERIFY2(arguments.contains(word), word);
        setMode("banner");
        const Outcome greeted = runEngine({u"remote"_s, u"test"_s, u"my 'gpu'"_s, u"--json"_s});
        QVERIFY2(greeted.json()["ok"_L1].toBool(), greeted.all().constData());
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("password") << QByteArray("refuse") << QByteArray("ssh-copy-id me@there");
        QTest::newRow("key of the host") << QByteArray("unknown") << QByteArray("Connect once by hand");
        QTest::newRow("off") << QByteArray("down") << QByteArray("does not answer");
        QTest::newRow("no shell") << QByteArray("noshell") << QByteArray("not available");
        QTest::newRow("talks on and on") << QByteArray("endless") << QByteArray("does not end its answer");
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, said);
        setMode(mode);
        const Outcome outcome = runEngine({u"remote"_s, u"test"_s, u"my 'gpu'"_s});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.out.contains("PROBLEM connection") && outcome.out.contains(said), outcome.all().constData());
        const Outcome told = runEngine({u"remote"_s, u"test"_s, u"my 'gpu'"_s, u"--json"_s});
        const QJsonObject report = told.json(); // nothing where there are two documents
        QCOMPARE(told.exitCode, 3);
        QVERIFY2(report.contains("ok"_L1) && !report["ok"_L1].toBool() && !report["checks"_L1][0]["ok"_L1].toBool(true), told.all().constData());
        const QString project = copyOfProject(u"wrong.papilio"_s);
        const Outcome started = begin(project, recipe);
        QVERIFY2(started.exitCode == 3 && started.err.contains(said), started.all().constData());
        QCOMPARE(runEngine({u"runs"_s, project, u"--json"_s}).json().value("runs"_L1).toArray().size(), 0);
    }

    void anotherEngineIsRefused_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("none") << QByteArray() << QByteArray("There is no program");
        QTest::newRow("does not run") << QByteArray("#!/bin/sh\necho 'cannot load libtorch.so' >&2\nexit 127\n") << QByteArray("cannot load libtorch.so");
        QTest::newRow("other version")
            << QByteArray("#!/bin/sh\ncase $1 in --version) echo papilio-engine 9.9;; serve) echo '{\"method\":\"hello\",\"params\":{\"protocol\":99,"
                          "\"papilio\":\"9.9\",\"devices\":[\"cpu\"]}}';; esac\n")
            << QByteArray("Papilio 9.9 (protocol 99)");
    }
    void anotherEngineIsRefused()
    {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, said);
        const QString engine = farHome() + u"/other"_s;
        QFile::remove(engine);
        if (!script.isEmpty()) {
            writeFile(engine, script);
            QFile::setPermissions(engine, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        QCOMPARE(runEngine({u"remote"_s, u"add"_s, u"other"_s, u"--replace"_s, u"--ssh"_s, u"x"_s, u"--engine"_s, u"~/other"_s}).exitCode, 0);
        const Outcome outcome = runEngine({u"remote"_s, u"test"_s, u"other"_s});
        QVERIFY2(outcome.exitCode == 3 && outcome.out.contains(said), outcome.all().constData());
    }

    void theRunIsTheSameAsHere()
    {
        const QString here = copyOfProject(u"here.papilio"_s), there = copyOfProject(u"there.papilio"_s);
        QCOMPARE(runEngine(QStringList{u"train"_s, here} + recipe).exitCode, 0);
        setMode("banner");
        const Outcome outcome = begin(there, recipe + QStringList{u"--progress"_s, u"json"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        QCOMPARE(outcome.out.count("\"event\":\"epoch\""), 3);
        const QJsonObject a = runOf(here), b = runOf(there);
        QCOMPARE(b["state"_L1].toString(), u"finished"_s);
        for (const auto& key : {"dataHash"_L1, "config"_L1, "bestEpoch"_L1, "seed"_L1, "parameters"_L1})
            QCOMPARE(b[key], a[key]);
        QCOMPARE(b["versions"_L1].toObject()["host"_L1].toString(), u"my 'gpu'"_s);
        QCOMPARE(metricsOf(there), metricsOf(here));
        for (const QString& project : {here, there})
            QCOMPARE(runEngine({u"export"_s, project, u"1"_s, u"-o"_s, project + u".safetensors"_s}).exitCode, 0);
        const auto left = nn::readSafetensors(here.toStdString() + ".safetensors");
        const auto right = nn::readSafetensors(there.toStdString() + ".safetensors");
        QVERIFY(left && right && !left->tensors.empty());
        for (const auto& [name, tensor] : left->tensors)
            QVERIFY2(right->tensors.at(name).values == tensor.values, name.c_str());
        auto first = store::Project::open(here.toStdString(), store::Access::ReadOnly);
        auto second = store::Project::open(there.toStdString(), store::Access::ReadOnly);
        const auto one = store::Predictions(*first).ofHead(1, "table/regression"), two = store::Predictions(*second).ofHead(1, "table/regression");
        QVERIFY(one && two && !one->empty());
        QCOMPARE(two->size(), one->size());
        QVERIFY(two->back().values == one->back().values);
        QCOMPARE(farRuns(), QStringList()); // fetched, so removed
        QVERIFY(!QFile::exists(farHome() + u"/oops"_s) && !QFile::exists(u"oops"_s));
    }

    void notesOfTheHostArrive()
    {
        // A launcher that starts two: of a batch of few molecules the second gets nothing, which the first one says.
        writeFile(path(u"two.sh"_s), "export WORLD_SIZE=2 LOCAL_WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=$1; shift\n"
                                     "RANK=1 LOCAL_RANK=1 \"$@\" &\nRANK=0 LOCAL_RANK=0 \"$@\"; code=$?; wait; exit $code\n");
        const QString launch = u"sh %1 %2"_s.arg(path(u"two.sh"_s)).arg(freePort());
        QCOMPARE(runEngine({u"remote"_s, u"add"_s, u"two"_s, u"--ssh"_s, u"me@there"_s, u"--engine"_s, u"bin of mine/the engine"_s, u"--folder"_s,
                            u"~/runs; touch oops"_s, u"--launch"_s, launch}).exitCode, 0);
        const QString project = copyOfProject(u"two.papilio"_s);
        const Outcome outcome = runEngine(QStringList{u"remote"_s, u"start"_s, u"two"_s, project, u"--progress"_s, u"json"_s} + recipe, 60000);
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        QVERIFY2(outcome.out.contains("\"event\":\"note\"") && outcome.out.contains("have nothing to do in a step"), outcome.all().constData());
    }

    void itGoesOnThroughLostConnections()
    {
        const QString project = copyOfProject(u"lost.papilio"_s);
        setMode("drop"); // the copy of the project has several megabytes, and so has the run
        const Outcome outcome = begin(project, recipe);
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        QVERIFY(readFile(path(u"cuts"_s)).count('\n') >= 2);
        QCOMPARE(runOf(project)["state"_L1].toString(), u"finished"_s);
        QCOMPARE(metricsOf(project), metricsOf(path(u"here.papilio"_s)));
    }

    void aRunIsPausedGoesOnAndEnds()
    {
        const QString project = copyOfProject(u"paused.papilio"_s);
        const Outcome begun = begin(project, longRecipe + QStringList{u"--detach"_s});
        QVERIFY2(begun.exitCode == 0, begun.all().constData());
        QCOMPARE(runOf(project)["state"_L1].toString(), u"cut off"_s);
        QVERIFY(runOf(project)["message"_L1].toString().contains(u"not followed"_s));
        QCOMPARE(remote(u"fetch"_s, project).exitCode, 3); // it is at work
        QCOMPARE(runEngine({u"resume"_s, project, u"1"_s}).exitCode, 2);
        {
            EngineProcess watching({u"remote"_s, u"watch"_s, project, u"1"_s});
            QVERIFY(waitForEpochs(project, 3));
            QVERIFY(watching.kill9()); // the run there does not mind
        }
        QVERIFY(remote(u"stop"_s, project).exitCode == 0);
        const Outcome paused = remote(u"watch"_s, project);
        QVERIFY2(paused.exitCode == 0 && paused.err.contains("is paused"), paused.all().constData());
        const qint64 epochs = runOf(project)["epochs"_L1].toInteger();
        QCOMPARE(runOf(project)["state"_L1].toString(), u"paused"_s);
        QVERIFY(epochs >= 3);
        EngineProcess going({u"remote"_s, u"resume"_s, project, u"1"_s});
        QVERIFY(waitForEpochs(project, int(epochs) + 2));
        QCOMPARE(runEngine({u"remote"_s, u"stop"_s, project, u"1"_s, u"--keep-best"_s}).exitCode, 0);
        QCOMPARE(going.waitForEnd(), 0);
        const QJsonObject run = runOf(project);
        QCOMPARE(run["state"_L1].toString(), u"stopped"_s);
        QVERIFY(run["bestEpoch"_L1].toInteger() > 0);
        QCOMPARE(remote(u"watch"_s, project).exitCode, 3);
    }

    void aKilledTrainingGoesOn()
    {
        const QString project = copyOfProject(u"killed.papilio"_s);
        EngineProcess following({QStringList{u"remote"_s, u"start"_s, u"my 'gpu'"_s, project} + longRecipe});
        QVERIFY(waitForEpochs(project, 2));
        const QString far = farHome() + u"/runs; touch oops/"_s + farRuns().value(0);
        const int process = readFile(far + u"/pid"_s).split('\n').value(0).toInt();
        QVERIFY(process > 1);
        QCOMPARE(kill(process, SIGKILL), 0);
        QCOMPARE(following.waitForEnd(), 3);
        QCOMPARE(runOf(project)["state"_L1].toString(), u"paused"_s); // it is here, and stands
        QVERIFY(runOf(project)["message"_L1].toString().contains(u"ended without a word"_s));
        QVERIFY(QDir(far).mkdir(u"starting"_s)); // as if another were starting it
        EngineProcess going({u"remote"_s, u"resume"_s, project, u"1"_s});
        QTest::qWait(3000);
        QCOMPARE(readFile(far + u"/pid"_s).split('\n').value(0).toInt(), process);
        QVERIFY(QDir(far).rmdir(u"starting"_s));
        QVERIFY(waitForEpochs(project, int(runOf(project)["epochs"_L1].toInteger()) + 2));
        const Outcome taken = runEngine({u"runs"_s, project, u"--run"_s, u"1"_s, u"--take"_s, path(u"any.papilio"_s)});
        QVERIFY2(taken.exitCode == 3 && taken.err.contains("trained or followed at this moment"), taken.all().constData());
        going.process().terminate(); // leaves; the run there goes on
        QCOMPARE(going.waitForEnd(), 4);
        QCOMPARE(remote(u"clean"_s, project).exitCode, 3);
        QCOMPARE(runEngine({u"remote"_s, u"stop"_s, project, u"1"_s, u"--kill"_s, u"--keep-best"_s}).exitCode, 2);
        const QJsonObject asked = runEngine({u"remote"_s, u"stop"_s, project, u"1"_s, u"--kill"_s, u"--json"_s}).json(); // SIGTERM pauses, too
        QCOMPARE(asked, (QJsonObject{{u"run"_s, 1}, {u"asked"_s, u"kill"_s}}));
        QCOMPARE(remote(u"watch"_s, project).exitCode, 0);
        QCOMPARE(runOf(project)["state"_L1].toString(), u"paused"_s);
        const Outcome again = runEngine({u"remote"_s, u"watch"_s, project, u"1"_s, u"--json"_s}); // nothing is started by looking
        QVERIFY2(again.exitCode == 0 && again.out.contains("\"paused\"") && again.err.contains("remote resume"), again.all().constData());
        QVERIFY(QFile::remove(far + u"/exit"_s));
        writeFile(far + u"/pid"_s, "1\nanother machine\n7\n");
        const Outcome elsewhere = runEngine({u"remote"_s, u"stop"_s, project, u"1"_s, u"--kill"_s});
        QVERIFY2(elsewhere.exitCode == 3 && elsewhere.err.contains("(another machine)"), elsewhere.all().constData());
        QVERIFY(QDir(far).removeRecursively());
        const Outcome absent = remote(u"watch"_s, project);
        QVERIFY2(absent.exitCode == 3 && absent.err.contains("is not on"), absent.all().constData());
        QVERIFY(!QFile::exists(far));
    }

    void anotherRunOfThatNumberIsRefused()
    {
        const QString project = copyOfProject(u"first.papilio"_s), other = copyOfProject(u"second.papilio"_s);
        QCOMPARE(begin(project, recipe).exitCode, 0);
        QCOMPARE(begin(other, recipe + QStringList{u"--seed=8"_s}).exitCode, 2); // a seed twice
        QCOMPARE(runEngine({u"train"_s, other, u"--epochs"_s, u"1"_s}).exitCode, 0);
        const QString file = path(u"run.papilio"_s);
        QCOMPARE(runEngine({u"runs"_s, project, u"--run"_s, u"1"_s, u"-o"_s, file}).exitCode, 0);
        const Outcome refused = runEngine({u"runs"_s, other, u"--run"_s, u"1"_s, u"--take"_s, file});
        QVERIFY2(refused.exitCode == 3 && refused.err.contains("is not the one that comes back"), refused.all().constData());
        QCOMPARE(runEngine({u"runs"_s, project, u"--run"_s, u"1"_s, u"--take"_s, file}).exitCode, 0);
        QCOMPARE(metricsOf(project), metricsOf(path(u"here.papilio"_s)));
    }

    void theWindowsMethodsDoTheSame()
    {
        const QString project = copyOfProject(u"serve.papilio"_s);
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonObject host = engine.request(u"remote.hosts"_s)["result"_L1].toObject()["hosts"_L1].toArray().at(0).toObject();
        QCOMPARE(host["name"_L1].toString(), u"my 'gpu'"_s);
        QVERIFY(engine.request(u"remote.test"_s, {{u"host"_s, host}})["result"_L1].toObject()["ok"_L1].toBool());
        const QJsonObject config{{u"preset"_s, u"gine-toymix"_s}, {u"epochs"_s, 2}};
        const QJsonObject answer =
            engine.request(u"remote.start"_s, {{u"project"_s, project}, {u"host"_s, host["name"_L1]}, {u"config"_s, config}});
        QCOMPARE(answer["result"_L1].toObject()["run"_L1].toObject()["state"_L1].toString(), u"finished"_s);
        int epochs = 0;
        for (const QJsonObject& line : std::as_const(engine.notifications))
            epochs += line["method"_L1].toString() == u"run.epoch"_s ? 1 : 0;
        QCOMPARE(epochs, 2);
        QVERIFY(errorText(engine.request(u"train.resume"_s, {{u"project"_s, project}, {u"run"_s, 1}})).contains(u"trained on the host"_s));
        QJsonObject renamed = host;
        renamed[u"name"_s] = u"renamed"_s;
        QVERIFY(engine.request(u"remote.save"_s, {{u"host"_s, renamed}, {u"former"_s, host["name"_L1]}}).contains("result"_L1));
        QVERIFY(engine.request(u"remote.remove"_s, {{u"name"_s, u"renamed"_s}}).contains("result"_L1));
    }
};

QTEST_GUILESS_MAIN(EngineRemoteTest)
#include "tst_engine_remote.moc"
