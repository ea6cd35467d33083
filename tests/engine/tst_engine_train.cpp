// SPDX-License-Identifier: GPL-3.0-or-later
// Training as people call it: kill -9 and resume give the weights of an uninterrupted run, what the commands print is
// what the project holds, and a model is exported, used and explained.
#include <QtTest>
#include <csignal>
#include <cstring>

#include "nn/safetensors.h"
#include "store/datasets.h"
#include "store/runs.h"
#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;
using namespace papilio;

namespace
{

constexpr int epochs = 5;

QStringList trainArguments(const QString& project)
{
    return {u"train"_s,      project,
            u"--preset"_s,   u"gine-toymix"_s,
            u"--epochs"_s,   QString::number(epochs),
            u"--seed"_s,     u"7"_s,
            u"--threads"_s,  u"1"_s,
            u"--set"_s,      u"batch_size=20"_s,
            u"--set"_s,      u"checkpoint_seconds=0"_s,
            u"--progress"_s, u"json"_s};
}

/// Says how two sets of weights differ, bit by bit; empty if they do not.
QString difference(const QString& a, const QString& b)
{
    const auto left = nn::readSafetensors(a.toStdString()), right = nn::readSafetensors(b.toStdString());
    if (!left || !right)
        return u"cannot be read"_s;
    if (left->tensors.size() != right->tensors.size() || left->tensors.empty())
        return u"other tensors"_s;
    for (const auto& [name, tensor] : left->tensors) {
        const auto found = right->tensors.find(name);
        if (found == right->tensors.end() || found->second.shape != tensor.shape ||
            found->second.values.size() != tensor.values.size() ||
            std::memcmp(found->second.values.data(), tensor.values.data(), tensor.values.size() * sizeof(float)) != 0)
            return QString::fromStdString(name);
    }
    return {};
}

/// Reads until the run is recorded; from then on it can be killed and resumed.
bool waitForStart(EngineProcess& engine)
{
    for (;;) {
        const QJsonObject line = engine.nextLine();
        if (line.isEmpty() || line.value("event"_L1).toString() == u"started"_s)
            return !line.isEmpty();
    }
}

QJsonObject onlyRun(const QString& project)
{
    return runEngine({u"runs"_s, project, u"--json"_s}).json().value("runs"_L1).toArray().at(0).toObject();
}

} // namespace

class EngineTrainTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_untrained, m_trained, m_model, m_table;

    QString path(const QString& name) const { return m_folder.filePath(name); }

private Q_SLOTS:
    void initTestCase()
    {
        m_table = path(u"small.csv"_s);
        writeFile(m_table, smallTable(120));
        m_untrained = path(u"untrained.papilio"_s);
        const Outcome imported = runEngine({u"import"_s, m_untrained, m_table});
        QVERIFY2(imported.exitCode == 0, imported.all().constData());
        m_trained = path(u"trained.papilio"_s);
        QVERIFY(QFile::copy(m_untrained, m_trained));
        const Outcome trained = runEngine(trainArguments(m_trained) + QStringList{u"--json"_s});
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        m_model = path(u"model.safetensors"_s);
        const Outcome exported = runEngine({u"export"_s, m_trained, u"1"_s, u"-o"_s, m_model});
        QVERIFY2(exported.exitCode == 0, exported.all().constData());
    }

    void progressIsJsonLines()
    {
        const QString project = path(u"lines.papilio"_s);
        QVERIFY(QFile::copy(m_untrained, project));
        const Outcome outcome = runEngine(trainArguments(project));
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        QStringList events;
        for (const QByteArray& line : outcome.out.trimmed().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QVERIFY2(!object.isEmpty(), line.constData());
            if (object.value("event"_L1) != u"progress"_s)
                events << object.value("event"_L1).toString();
        }
        QCOMPARE(events, QStringList{u"started"_s} + QStringList(epochs, u"epoch"_s));
        QCOMPARE(onlyRun(project).value("state"_L1).toString(), u"finished"_s);
    }

    void killedAndResumedIsNeverInterrupted_data()
    {
        QTest::addColumn<QList<int>>("killAfterLines"); // lines of progress before kill -9, for each life
        QTest::newRow("at the start") << QList<int>{0};
        QTest::newRow("within an epoch") << QList<int>{1, 1};
        QTest::newRow("after epochs") << QList<int>{3, 2, 0};
    }
    void killedAndResumedIsNeverInterrupted()
    {
        QFETCH(QList<int>, killAfterLines);
        const QString project = path(QString::fromLatin1(QTest::currentDataTag()) + u".papilio"_s);
        QVERIFY(QFile::copy(m_untrained, project));
        const QStringList resume{u"resume"_s, project, u"1"_s, u"--progress"_s, u"json"_s};
        bool begun = false;
        int kills = 0;
        for (const int lines : killAfterLines) {
            EngineProcess engine(begun ? resume : trainArguments(project));
            QVERIFY(waitForStart(engine));
            for (int i = 0; i < lines; ++i)
                engine.nextLine();
            QTest::qWait(7 * lines); // not always at the same place between two steps
            if (!engine.kill9())
                break;
            ++kills;
            begun = true;
            QVERIFY2(runEngine({u"info"_s, project}).exitCode == 0, "the project must stay whole");
            QCOMPARE(onlyRun(project).value("state"_L1).toString(), u"cut off"_s);
        }
        QVERIFY2(kills > 0, "the training was over before it could be killed");
        const Outcome resumed = runEngine(resume);
        QVERIFY2(resumed.exitCode == 0, resumed.all().constData());
        QCOMPARE(onlyRun(project).value("state"_L1).toString(), u"finished"_s);
        QCOMPARE(onlyRun(project).value("epochs"_L1).toInt(), epochs);
        const QString model = path(u"killed.safetensors"_s);
        QCOMPARE(runEngine({u"export"_s, project, u"1"_s, u"-o"_s, model}).exitCode, 0);
        QCOMPARE(difference(model, m_model), QString());
    }

    void interruptPausesAndResumeGoesOn()
    {
        const QString project = path(u"pause.papilio"_s);
        QVERIFY(QFile::copy(m_untrained, project));
        {
            EngineProcess engine(trainArguments(project));
            while (engine.nextLine().value("event"_L1).toString() != u"epoch"_s)
                QVERIFY(engine.process().state() == QProcess::Running || engine.process().canReadLine());
            ::kill(static_cast<pid_t>(engine.process().processId()), SIGINT);
            QCOMPARE(engine.waitForEnd(), 4);
            QVERIFY(engine.process().readAllStandardError().contains("papilio-engine resume"));
        }
        QCOMPARE(onlyRun(project).value("state"_L1).toString(), u"paused"_s);
        QCOMPARE(runEngine({u"resume"_s, project, u"1"_s}).exitCode, 0);
        const QString model = path(u"paused.safetensors"_s);
        QCOMPARE(runEngine({u"export"_s, project, u"1"_s, u"-o"_s, model}).exitCode, 0);
        QCOMPARE(difference(model, m_model), QString());
        const Outcome again = runEngine({u"resume"_s, project, u"1"_s});
        QVERIFY2(again.exitCode == 3 || again.exitCode == 2, again.all().constData()); // it is finished
    }

    void metricsAreThoseOfTheProject()
    {
        auto project = store::Project::open(m_trained.toStdString(), store::Access::ReadOnly);
        QVERIFY(project);
        const store::Runs runs(*project);
        const auto run = runs.byId(1);
        QVERIFY(run && run->bestEpoch > 0);
        const auto stored = runs.metrics(1, run->bestEpoch);
        QVERIFY(stored && !stored->empty());
        const QJsonObject printed = runEngine({u"metrics"_s, m_trained, u"1"_s, u"--json"_s}).json();
        QCOMPARE(printed.value("epoch"_L1).toInteger(), run->bestEpoch);
        const QJsonArray metrics = printed.value("metrics"_L1).toArray();
        QCOMPARE(static_cast<std::size_t>(metrics.size()), stored->size());
        for (std::size_t i = 0; i < stored->size(); ++i) {
            const store::Metric& expected = (*stored)[i];
            const QJsonObject metric = metrics.at(static_cast<qsizetype>(i)).toObject();
            QCOMPARE(metric.value("name"_L1).toString().toStdString(), expected.name);
            QCOMPARE(metric.value("n"_L1).toInteger(), expected.n);
            if (std::isnan(expected.value))
                QVERIFY(metric.value("value"_L1).isNull());
            else
                QCOMPARE(metric.value("value"_L1).toDouble(), expected.value);
        }
        const Outcome table =
            runEngine({u"metrics"_s, m_trained, u"1"_s, u"--part"_s, u"val"_s, u"--task"_s, u"small:size"_s});
        QVERIFY2(table.out.contains("small:size") && !table.out.contains("hydroxy") && table.out.contains("MAE/sd"),
                 table.all().constData());
        const Outcome late = runEngine({u"metrics"_s, m_trained, u"1"_s, u"--epoch"_s, u"99"_s});
        QCOMPARE(late.exitCode, 3);
        QVERIFY(late.err.contains("no metrics of epoch 99"));
    }

    void runsAndModelsThatAreNotThere()
    {
        const Outcome run = runEngine({u"export"_s, m_trained, u"5"_s, u"-o"_s, path(u"x.safetensors"_s)});
        QCOMPARE(run.exitCode, 3);
        QVERIFY2(run.err.contains("5"), run.all().constData());
        QVERIFY(!QFile::exists(path(u"x.safetensors"_s)));
        QCOMPARE(runEngine({u"resume"_s, m_trained, u"9"_s}).exitCode, 3);
        QCOMPARE(runEngine({u"predict"_s, path(u"none.safetensors"_s), m_table, u"-o"_s, path(u"y.csv"_s)}).exitCode,
                 3);
    }

    void resultsNeverReplaceWhatTheyAreMadeFrom()
    {
        const QByteArray project = readFile(m_trained), model = readFile(m_model), table = readFile(m_table);
        QCOMPARE(runEngine({u"export"_s, m_trained, u"1"_s, u"-o"_s, m_trained}).exitCode, 2);
        QCOMPARE(runEngine({u"rows"_s, m_trained, u"-o"_s, m_trained}).exitCode, 2);
        QCOMPARE(runEngine({u"predict"_s, m_model, m_table, u"-o"_s, m_model}).exitCode, 2);
        const Outcome same = runEngine({u"predict"_s, m_model, m_table, u"-o"_s, m_table});
        QVERIFY2(same.exitCode == 2 && same.err.contains("not overwritten"), same.all().constData());
        QCOMPARE(runEngine({u"predict"_s, m_model, m_table, u"-o"_s, u"/dev/null"_s}).exitCode, 2);
        QVERIFY(readFile(m_trained) == project && readFile(m_model) == model && readFile(m_table) == table);
        QVERIFY(runEngine({u"metrics"_s, m_trained, u"1"_s, u"--task"_s, u"nothing"_s}).exitCode == 3);
    }

    void predictionsKeepOrderAndLength()
    {
        writeFile(path(u"in.csv"_s), "id,smiles\na,CCO\nb,C(C\nc,\nd,OCC\ne,\"=cmd()\"\nf,[CH4:3]\n");
        const QString out = path(u"out.csv"_s);
        const Outcome outcome = runEngine({u"predict"_s, m_model, path(u"in.csv"_s), u"-o"_s, out, u"--json"_s});
        QVERIFY2(outcome.exitCode == 0, outcome.all().constData());
        QCOMPARE(outcome.json().value("rows"_L1).toInt(), 6);
        QCOMPARE(outcome.json().value("rejected"_L1).toInt(), 3);
        const QByteArrayList lines = readFile(out).trimmed().split('\n');
        QCOMPARE(lines.size(), 7);
        QCOMPARE(lines.at(0), QByteArray("row,smiles,status,reason,small:size,small:hydroxy"));
        QVERIFY2(lines.at(1).startsWith("0,CCO,predicted,,"), lines.at(1).constData());
        QVERIFY2(lines.at(2).startsWith("1,C(C,rejected,") && lines.at(2).endsWith(",,"), lines.at(2).constData());
        QVERIFY2(lines.at(3).startsWith("2,,rejected,"), lines.at(3).constData());
        QVERIFY2(lines.at(4).startsWith("3,OCC,predicted,,"), lines.at(4).constData());
        QCOMPARE(lines.at(4).mid(20), lines.at(1).mid(20)); // the same molecule, the same numbers
        QVERIFY2(lines.at(5).contains("'=cmd()"), lines.at(5).constData());
        QVERIFY2(lines.at(6).startsWith("5,[CH4:3],repaired,"), lines.at(6).constData());
        const double probability = lines.at(1).split(',').last().toDouble();
        QVERIFY(probability > 0 && probability < 1);

        const Outcome unwritable = runEngine({u"predict"_s, m_model, m_table, u"-o"_s, u"/proc/out.csv"_s});
        QCOMPARE(unwritable.exitCode, 3);
        QVERIFY2(unwritable.err.contains("/proc/out.csv"), unwritable.all().constData());
    }

    void explanationsAreDrawnAndListed()
    {
        const QString svg = path(u"e.svg"_s);
        const Outcome drawn = runEngine({u"explain"_s, m_model, u"CC(=O)Oc1ccccc1C(=O)O"_s, u"--task"_s, u"size"_s,
                                         u"--method"_s, u"gradient-input"_s, u"-o"_s, svg});
        QVERIFY2(drawn.exitCode == 0, drawn.all().constData());
        QVERIFY(readFile(svg).contains("<svg"));

        const auto atoms = [&](const QString& order, const QString& smiles) {
            return runEngine({u"explain"_s, m_model, smiles, u"--task"_s, u"small:size"_s, u"--atoms-order"_s, order,
                              u"--json"_s})
                .json()
                .value("atoms"_L1)
                .toArray();
        };
        const QJsonArray written = atoms(u"input"_s, u"OCC"_s), canonical = atoms(u"canonical"_s, u"OCC"_s);
        QCOMPARE(written.size(), 3);
        QCOMPARE(written.at(0).toObject().value("symbol"_L1).toString(), u"O"_s);
        QCOMPARE(canonical.at(2).toObject().value("symbol"_L1).toString(), u"O"_s);
        QCOMPARE(written.at(0).toObject().value("score"_L1), canonical.at(2).toObject().value("score"_L1));
        QCOMPARE(atoms(u"input"_s, u"[Na+].[Cl-]"_s).size(), 2); // brackets are no list

        const Outcome wrong = runEngine({u"explain"_s, m_model, u"CCO"_s, u"--task"_s, u"sise"_s});
        QCOMPARE(wrong.exitCode, 3);
        QVERIFY2(wrong.err.contains("Did you mean 'size'?"), wrong.all().constData());
        const Outcome bad = runEngine({u"explain"_s, m_model, u"C(("_s, u"--task"_s, u"size"_s});
        QCOMPARE(bad.exitCode, 3);
        QCOMPARE(runEngine({u"explain"_s, m_model, u"CCO"_s, u"--task"_s, u"size"_s, u"--class"_s, u"1"_s}).exitCode,
                 2);
        QCOMPARE(
            runEngine({u"explain"_s, m_model, u"CCO"_s, u"--task"_s, u"size"_s, u"-o"_s, path(u"e.csv"_s)}).exitCode,
            0);
        QVERIFY(readFile(path(u"e.csv"_s)).startsWith("what,atom,end,symbol,score\natom,0,,C,"));
    }

    /// Values of atoms and bonds come back in the order in which a row writes its atoms; classes get a column each.
    void atomsBondsAndClassesKeepTheirPlaces()
    {
        QByteArray node = "smiles,z\n", edge = "smiles,step\n", kinds = "smiles,kind\n";
        for (int i = 0; i < 60; ++i) {
            QByteArray smiles = "C", z = "6", step;
            for (int k = 0; k < 2 + i % 5; ++k)
                smiles += "CNO"[(i + k * (1 + i / 12)) % 3];
            smiles += i % 2 ? "F" : "C";
            const auto number = [](char c) { return c == 'C' ? 6 : c == 'N' ? 7 : c == 'O' ? 8 : 9; };
            for (qsizetype k = 1; k < smiles.size(); ++k) {
                z += "," + QByteArray::number(number(smiles.at(k)));
                const int difference = number(smiles.at(k)) - number(smiles.at(k - 1));
                step += (k > 1 ? "," : "") + QByteArray::number(difference) + "," + QByteArray::number(-difference);
            }
            node += smiles + ",\"[" + z + "]\"\n";
            edge += smiles + ",\"[" + step + "]\"\n";
            kinds += smiles + "," + QByteArray::number(i % 3) + "\n";
        }
        writeFile(path(u"node.csv"_s), node);
        writeFile(path(u"edge.csv"_s), edge);
        writeFile(path(u"kinds.csv"_s), kinds);
        const QString project = path(u"levels.papilio"_s), model = path(u"levels.safetensors"_s);
        const auto imported = [&](const QStringList& more) {
            const Outcome outcome = runEngine(QStringList{u"import"_s, project} + more);
            return outcome.exitCode == 0 ? QByteArray() : outcome.all();
        };
        QCOMPARE(imported({path(u"node.csv"_s), u"--level"_s, u"node"_s}), QByteArray());
        QCOMPARE(imported({path(u"edge.csv"_s), u"--level"_s, u"edge"_s}), QByteArray());
        QCOMPARE(imported({path(u"kinds.csv"_s), u"--kind"_s, u"multiclass"_s}), QByteArray());
        const Outcome trained = runEngine({u"train"_s, project, u"--epochs"_s, u"2"_s, u"--set"_s, u"batch_size=10"_s});
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        QCOMPARE(runEngine({u"export"_s, project, u"1"_s, u"-o"_s, model}).exitCode, 0);

        writeFile(path(u"written.smi"_s), "CCO forwards\nOCC backwards\nC(O)C middle\n");
        const QString out = path(u"written.csv"_s);
        const Outcome predicted = runEngine({u"predict"_s, model, path(u"written.smi"_s), u"-o"_s, out});
        QVERIFY2(predicted.exitCode == 0, predicted.all().constData());
        const QByteArrayList lines = readFile(out).trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        for (const char* column : {"node:z", "edge:step", "kinds:kind[0]", "kinds:kind[1]", "kinds:kind[2]"})
            QVERIFY2(lines.at(0).contains(column), lines.at(0).constData());
        const auto list = [&](int line, qsizetype count) {
            for (const QByteArray& piece : lines.at(line).split('"')) {
                const QJsonArray values = QJsonDocument::fromJson(piece).array();
                if (values.size() == count)
                    return values;
            }
            return QJsonArray();
        };
        const QJsonArray atoms = list(1, 3), bonds = list(1, 4);
        QCOMPARE(atoms.size(), 3);
        QVERIFY(qAbs(atoms.at(0).toDouble() - atoms.at(2).toDouble()) > 1e-4); // else any order would do
        QVERIFY(qAbs(bonds.at(0).toDouble() - bonds.at(2).toDouble()) > 1e-4);
        // A row's last digits depend on its place in the matrix product of some BLAS versions.
        const auto same = [](const QJsonArray& values, const QJsonArray& of, const std::vector<int>& order) {
            bool close = values.size() == of.size();
            for (qsizetype i = 0; close && i < values.size(); ++i)
                close = qAbs(values.at(i).toDouble() - of.at(order[static_cast<std::size_t>(i)]).toDouble()) < 1e-5;
            return close;
        };
        QVERIFY(same(list(2, 3), atoms, {2, 1, 0}));
        QVERIFY(same(list(3, 3), atoms, {1, 2, 0}));
        QVERIFY(same(list(2, 4), bonds, {3, 2, 1, 0}));
        QVERIFY(same(list(3, 4), bonds, {2, 3, 1, 0}));

        const auto explained = [&](const QStringList& more) {
            return runEngine(QStringList{u"explain"_s, model, u"CCO"_s, u"--json"_s, u"--task"_s} + more);
        };
        QCOMPARE(explained({u"kind"_s, u"--class"_s, u"2"_s}).json().value("class"_L1).toInt(), 2);
        QVERIFY(explained({u"kind"_s}).json().contains("class"_L1));
        QCOMPARE(explained({u"kind"_s, u"--class"_s, u"3"_s}).exitCode, 2);
        QCOMPARE(explained({u"node:z"_s}).json().value("atoms"_L1).toArray().size(), 3);
    }

    void halfAModelFileIsDamaged()
    {
        const QString half = path(u"half.safetensors"_s);
        writeFile(half, readFile(m_model).first(readFile(m_model).size() / 2));
        const Outcome outcome = runEngine({u"predict"_s, half, m_table, u"-o"_s, path(u"z.csv"_s)});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("half.safetensors"), outcome.all().constData());
        QVERIFY(!QFile::exists(path(u"z.csv"_s)));
    }

    void halfACheckpointIsDamaged()
    {
        const QString project = path(u"halfpoint.papilio"_s);
        QVERIFY(QFile::copy(m_trained, project));
        {
            auto opened = store::Project::open(project.toStdString(), store::Access::ReadWrite);
            QVERIFY(opened);
            store::Runs runs(*opened);
            for (const auto kind : {store::CheckpointKind::Best, store::CheckpointKind::Last}) {
                auto checkpoint = runs.checkpoint(1, kind);
                QVERIFY(checkpoint && *checkpoint);
                (*checkpoint)->tensors.resize((*checkpoint)->tensors.size() / 2);
                QVERIFY(runs.putCheckpoint(1, **checkpoint));
            }
            auto run = runs.byId(1);
            QVERIFY(run);
            run->state = store::RunState::Paused;
            run->epochs = epochs - 1;
            QVERIFY(runs.updateProgress(*run));
        }
        const Outcome exported = runEngine({u"export"_s, project, u"1"_s, u"-o"_s, path(u"h.safetensors"_s)});
        QCOMPARE(exported.exitCode, 3);
        QVERIFY2(exported.err.contains("checkpoint of run 1"), exported.all().constData());
        QVERIFY(!QFile::exists(path(u"h.safetensors"_s)));
        const Outcome resumed = runEngine({u"resume"_s, project, u"1"_s});
        QCOMPARE(resumed.exitCode, 3);
        QVERIFY2(resumed.err.contains("checkpoint"), resumed.all().constData());
        QCOMPARE(runEngine({u"metrics"_s, project, u"1"_s}).exitCode, 0); // nothing else is lost
    }

    void devicesAreListedAndMeasured()
    {
        const Outcome listed = runEngine({u"devices"_s, u"--json"_s});
        QCOMPARE(listed.exitCode, 0);
        QCOMPARE(listed.json().value("devices"_L1).toArray().at(0).toString(), u"cpu"_s);
        const QByteArray text = runEngine({u"devices"_s}).out;
        QVERIFY(text.startsWith("cpu\n"));
        QVERIFY2(text.contains("cuda:0\n") || text.contains("CUDA"), text.constData()); // why there is no GPU
        QCOMPARE(runEngine({u"devices"_s, u"--preset"_s, u"gine-toymix"_s}).exitCode, 2);
        const QByteArray before = readFile(m_untrained);
        const Outcome measured = runEngine({u"devices"_s, u"--project"_s, m_untrained, u"--seconds"_s, u"1"_s, u"--set"_s,
                                            u"batch_size=20"_s, u"--json"_s});
        QVERIFY2(measured.exitCode == 0, measured.all().constData());
        const QJsonObject speed = measured.json();
        QCOMPARE(speed.value("device"_L1).toString(), u"cpu"_s);
        QCOMPARE(speed.value("batch"_L1).toInt(), 20);
        QVERIFY(speed.value("moleculesPerSecond"_L1).toDouble() > 0);
        const double share = speed.value("productShare"_L1).toDouble();
        QVERIFY2(share > 0 && share < 150, measured.out.constData()); // percent of the step that they are part of
        const Outcome twice = runEngine({u"devices"_s, u"--project"_s, m_untrained, u"--seconds"_s, u"1"_s, u"--set"_s,
                                         u"batch_size=20"_s, u"--set"_s, u"accumulation=4"_s, u"--json"_s});
        QVERIFY2(twice.exitCode == 0, twice.all().constData());
        QCOMPARE(twice.json().value("batch"_L1).toInt(), 20);
        const auto products = [](const QJsonObject& measures) { return measures.value("productMilliseconds"_L1).toDouble(); };
        QVERIFY2(products(twice.json()) > 1.5 * products(speed), twice.out.constData());
        for (const QStringList& useless : {QStringList{u"--epochs"_s, u"3"_s}, QStringList{u"--split"_s, u"scaffold"_s}}) {
            const Outcome refused = runEngine(QStringList{u"devices"_s, u"--project"_s, m_untrained} + useless);
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(refused.err.contains("--epochs"), refused.all().constData());
        }
        QCOMPARE(readFile(m_untrained), before);
    }

    void missingGpusAreNamed()
    {
        if (runEngine({u"devices"_s}).out.contains("cuda:"))
            QSKIP("there is a GPU");
        for (const QStringList& command : {QStringList{u"train"_s, m_untrained},
                                           QStringList{u"devices"_s, u"--project"_s, m_untrained},
                                           QStringList{u"predict"_s, m_model, m_table, u"-o"_s, path(u"gpu.csv"_s)}}) {
            const Outcome outcome = runEngine(command + QStringList{u"--device"_s, u"cuda"_s});
            QCOMPARE(outcome.exitCode, 3);
            QVERIFY2(outcome.err.contains("'cuda' is not available") && outcome.err.contains("LibTorch"),
                     outcome.all().constData());
        }
    }

    void badTrainingsAreRefused()
    {
        const auto train = [this](const QStringList& more) {
            return runEngine(QStringList{u"train"_s, m_untrained} + more);
        };
        const Outcome tasks = train({u"--tasks"_s, u"nothing:*"_s});
        QVERIFY2(tasks.exitCode == 3 || tasks.exitCode == 2, tasks.all().constData());
        QVERIFY2(tasks.err.contains("nothing"), tasks.all().constData());
        const Outcome split = train({u"--split"_s, u"random:0.5/0.9/0.1"_s});
        QVERIFY2(split.exitCode == 3 || split.exitCode == 2, split.all().constData());
        const Outcome device = train({u"--device"_s, u"quantum"_s});
        QVERIFY2(device.exitCode == 3 || device.exitCode == 2, device.all().constData());
        const QString empty = path(u"empty.papilio"_s);
        writeFile(path(u"nolabels.csv"_s), "smiles\nCCO\nCCN\n");
        if (runEngine({u"import"_s, empty, path(u"nolabels.csv"_s)}).exitCode == 0) {
            const Outcome nothing = runEngine({u"train"_s, empty});
            QVERIFY2(nothing.exitCode == 3 || nothing.exitCode == 2, nothing.all().constData());
        }
    }
};

QTEST_GUILESS_MAIN(EngineTrainTest)
#include "tst_engine_train.moc"
