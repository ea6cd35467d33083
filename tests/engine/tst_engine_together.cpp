// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes train one run, as torchrun would start them: the curve is that of one process, a process that dies
// ends the others and the run goes on with any number of them, and processes that differ do not begin.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <csignal>
#include <map>
#include <memory>
#include <tuple>

#include "store/runs.h"
#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;
using namespace papilio;

namespace
{

constexpr int epochs = 4;
constexpr double exact = 1e-12; ///< what sums in another order differ by, in double precision

/// Several engines as a launcher starts them; each its own arguments, or all the same.
class Team
{
public:
    explicit Team(const QList<QStringList>& arguments, const QMap<QString, QString>& more = {})
    {
        const int port = freePort();
        for (qsizetype rank = 0; rank < arguments.size(); ++rank) {
            auto process = std::make_unique<QProcess>();
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"RANK"_s, QString::number(rank));
            environment.insert(u"WORLD_SIZE"_s, QString::number(arguments.size()));
            environment.insert(u"LOCAL_RANK"_s, QString::number(rank));
            environment.insert(u"LOCAL_WORLD_SIZE"_s, QString::number(arguments.size()));
            environment.insert(u"MASTER_ADDR"_s, u"127.0.0.1"_s);
            environment.insert(u"MASTER_PORT"_s, QString::number(port));
            for (auto [name, value] : more.asKeyValueRange())
                environment.insert(name, value);
            process->setProcessEnvironment(environment);
            process->start(enginePath(), arguments[rank]);
            m_processes.push_back(std::move(process));
        }
    }
    Team(int size, const QStringList& arguments) : Team(QList<QStringList>(size, arguments)) {}
    ~Team()
    {
        for (const auto& process : m_processes) {
            process->kill();
            process->waitForFinished(5000);
        }
    }

    /// Waits for a line of the first one's standard output that names the event.
    bool waitForEvent(const QByteArray& event, int timeoutMs = 60000)
    {
        const QByteArray wanted = "\"event\":\"" + event + "\"";
        QDeadlineTimer deadline(timeoutMs);
        while (!deadline.hasExpired()) {
            while (m_processes[0]->canReadLine()) {
                if (m_processes[0]->readLine().contains(wanted))
                    return true;
            }
            if (!m_processes[0]->waitForReadyRead(static_cast<int>(deadline.remainingTime())))
                return false;
        }
        return false;
    }
    void signal(int rank, int number) { ::kill(static_cast<pid_t>(m_processes[rank]->processId()), number); }

    /// Of each, by rank; −1 if it crashed or did not end.
    QList<int> exitCodes(int timeoutMs = 60000)
    {
        QList<int> codes;
        for (const auto& process : m_processes) {
            const bool ended = process->state() == QProcess::NotRunning || process->waitForFinished(timeoutMs);
            codes << (ended && process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1);
        }
        return codes;
    }
    QByteArray errors()
    {
        QByteArray all;
        for (const auto& process : m_processes)
            all += process->readAllStandardError();
        return all;
    }
    QByteArray output(int rank) { return m_processes[rank]->readAllStandardOutput(); }
    /// Device and inode of the training data that a process has mapped; empty if there is none that others can read.
    QByteArray mappedData(int rank) const
    {
        QFile file(u"/proc/%1/maps"_s.arg(m_processes[rank]->processId()));
        for (const QByteArray& line : file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>())
            if (line.contains("papilio-training"))
                return line.simplified().split(' ').mid(3, 2).join(' ');
        return {};
    }

private:
    std::vector<std::unique_ptr<QProcess>> m_processes;
};

QStringList trainArguments(const QString& project, const QStringList& settings = {}, int length = epochs, int seed = 7)
{
    QStringList arguments{u"train"_s, project, u"--preset"_s, u"gine-toymix"_s, u"--epochs"_s, QString::number(length),
                          u"--seed"_s, QString::number(seed), u"--threads"_s, u"1"_s, u"--progress"_s, u"json"_s};
    const bool ownSize = std::any_of(settings.begin(), settings.end(),
                                     [](const QString& setting) { return setting.startsWith(u"batch_size"_s); });
    for (const QString& setting : ownSize ? settings : settings + QStringList{u"batch_size=100"_s})
        arguments << u"--set"_s << setting;
    return arguments;
}

QStringList resumeArguments(const QString& project)
{
    return {u"resume"_s, project, u"1"_s, u"--progress"_s, u"json"_s};
}

QString stateOf(const QString& project)
{
    const QJsonObject runs = runEngine({u"runs"_s, project, u"--json"_s}).json();
    return runs.value("runs"_L1).toArray().at(0).toObject().value("state"_L1).toString();
}

using Curve = std::map<std::tuple<std::int64_t, int, std::string, std::string>, double>;

/// Every number of a run's epochs, of heads and of all; or the losses alone.
Curve curveOf(const QString& project, bool lossesAlone = false)
{
    Curve curve;
    auto opened = store::Project::open(project.toStdString(), store::Access::ReadOnly);
    if (!opened)
        return curve;
    const auto metrics = store::Runs(*opened).metrics(1);
    for (const store::Metric& metric : metrics.value_or(std::vector<store::Metric>())) {
        if (metric.scope != "task" && (!lossesAlone || metric.name == "loss"))
            curve[{metric.epoch, static_cast<int>(metric.part), metric.head, metric.name}] = metric.value;
    }
    return curve;
}

/// The largest difference of two curves; infinite if they do not have the same numbers.
double difference(const Curve& a, const Curve& b)
{
    if (a.empty() || a.size() != b.size())
        return INFINITY;
    double most = 0;
    for (const auto& [key, value] : a) {
        const auto found = b.find(key);
        if (found == b.end() || std::isnan(found->second) != std::isnan(value))
            return INFINITY;
        if (!std::isnan(value))
            most = std::max(most, std::abs(value - found->second));
    }
    return most;
}

/// Sparse labels: a third of the first column's are missing, a quarter of the second's.
QByteArray sparseTable(int molecules)
{
    const QList<QByteArray> lines = smallTable(molecules).trimmed().split('\n');
    QByteArray text = lines[0] + '\n';
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QList<QByteArray> cells = lines[i].split(',');
        text += cells[0] + ',' + (i % 3 == 0 ? "" : cells[1]) + ',' + (i % 4 == 0 ? "" : cells[2]) + '\n';
    }
    return text;
}

} // namespace

class EngineTogetherTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_untrained;
    Curve m_alone; ///< of one process

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString copy(const QString& name) const
    {
        const QString project = path(name + u".papilio"_s);
        return QFile::copy(m_untrained, project) ? project : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString table = path(u"sparse.csv"_s);
        writeFile(table, sparseTable(320));
        m_untrained = path(u"untrained.papilio"_s);
        const Outcome imported = runEngine({u"import"_s, m_untrained, table});
        QVERIFY2(imported.exitCode == 0, imported.all().constData());
        const QString project = copy(u"alone"_s);
        const Outcome trained = runEngine(trainArguments(project));
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        m_alone = curveOf(project);
    }

    void curveIsThatOfOneProcess_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QStringList>("settings");
        QTest::addColumn<double>("tolerance");
        // The network is trained in pieces of a batch, and the processes share these: nothing differs but the order of
        // sums in double precision.
        QTest::newRow("2") << 2 << QStringList{} << exact;
        QTest::newRow("3") << 3 << QStringList{} << exact;
        QTest::newRow("3, fewer pieces than processes") << 3 << QStringList{u"batch_size=40"_s} << exact;
        QTest::newRow("2, accumulated") << 2 << QStringList{u"batch_size=60"_s, u"accumulation=3"_s} << exact;
        QTest::newRow("3, loss by label, learnt weights")
            << 3 << QStringList{u"architecture.loss_balance=uncertainty"_s, u"ema_decay=0.9"_s} << exact;
        // Batch norm needs a batch in one piece, so its products have other rows in each process, and its networks make
        // much of what rounding differs by: with steps of 3e-4 a difference of 1e-7 is one of 1e-3 some epochs later, by
        // one process as by another build. A larger epsilon keeps Adam from making steps of gradients that are nothing
        // but rounding, and small steps keep the rest small.
        const QStringList batchNorm = {u"architecture.gnn.norm=batch"_s, u"architecture.gnn.last_norm=batch"_s,
                                       u"epsilon=1e-3"_s};
        const QStringList slow = {u"learning_rate=1e-5"_s};
        QTest::newRow("2, batch norm") << 2 << batchNorm + slow << 1e-5;
        QTest::newRow("3, batch norm") << 3 << batchNorm + slow << 1e-5;
        // Of the last batch two processes have nothing at all, not even a bond to take a median of. A median takes
        // another bond where sums round differently, and its gradient goes there.
        QTest::newRow("3, batch norm, a batch of one molecule")
            << 3 << batchNorm + slow + QStringList{u"architecture.gnn.layer=mpnnplus"_s,
                                                   u"architecture.gnn.mpnn.aggregations=[\"median\"]"_s,
                                                   u"batch_size=47"_s}
            << 1e-5;
    }
    void curveIsThatOfOneProcess()
    {
        QFETCH(int, size);
        QFETCH(QStringList, settings);
        QFETCH(double, tolerance);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        Curve alone = m_alone;
        if (!settings.isEmpty()) {
            const QString single = copy(name + u" alone"_s);
            const Outcome trained = runEngine(trainArguments(single, settings));
            QVERIFY2(trained.exitCode == 0, trained.all().constData());
            alone = curveOf(single, tolerance > exact);
        }
        const QString project = copy(name);
        Team team(size, trainArguments(project, settings));
        QCOMPARE(team.exitCodes(), QList<int>(size, 0));
        const QByteArray said = team.output(0);
        QVERIFY2(!said.isEmpty(), team.errors().constData());
        if (name.contains(u"fewer pieces"_s))
            QVERIFY2(said.contains("have nothing to do in a step"), said.constData());
        for (int rank = 1; rank < size; ++rank)
            QCOMPARE(team.output(rank), QByteArray()); // one speaks for all
        const double found = difference(alone, curveOf(project, tolerance > exact));
        QVERIFY2(found <= tolerance, QByteArray::number(found).constData());
        QCOMPARE(stateOf(project), u"finished"_s);
    }

    void aLostProcessEndsTheOthers_data()
    {
        QTest::addColumn<int>("killed");
        QTest::addColumn<int>("resumedBy");
        QTest::newRow("the last, then one alone") << 2 << 1;
        QTest::newRow("the last, then two") << 2 << 2;
        QTest::newRow("the first, then three") << 0 << 3;
    }
    void aLostProcessEndsTheOthers()
    {
        QFETCH(int, killed);
        QFETCH(int, resumedBy);
        const QString project = copy(u"lost %1 %2"_s.arg(killed).arg(resumedBy));
        Team team(3, trainArguments(project));
        QVERIFY2(team.waitForEvent("epoch"), team.errors().constData());
        team.signal(killed, SIGKILL);
        QElapsedTimer timer;
        timer.start();
        const QList<int> codes = team.exitCodes();
        QVERIFY2(timer.elapsed() < 30000, "the others must not wait");
        for (int rank = 0; rank < 3; ++rank)
            QCOMPARE(codes[rank], rank == killed ? -1 : 3);
        QVERIFY(team.errors().contains("Another process of this training is gone"));
        QCOMPARE(stateOf(project), u"cut off"_s);

        if (resumedBy == 1) {
            const Outcome resumed = runEngine(resumeArguments(project));
            QVERIFY2(resumed.exitCode == 0, resumed.all().constData());
        } else {
            Team again(resumedBy, resumeArguments(project));
            const QList<int> ended = again.exitCodes();
            QVERIFY2(ended == QList<int>(resumedBy, 0), again.errors().constData());
        }
        QCOMPARE(stateOf(project), u"finished"_s);
        QVERIFY(difference(m_alone, curveOf(project)) <= exact);
    }

    void processesOfAHostHoldTheDataOnce_data()
    {
        QTest::addColumn<QString>("limit");
        QTest::newRow("in memory") << u"1000"_s;
        QTest::newRow("in a file") << u"0"_s;
    }
    void processesOfAHostHoldTheDataOnce()
    {
        QFETCH(QString, limit);
        const QString project = copy(u"held once "_s + limit);
        Team team(QList<QStringList>(3, trainArguments(project, {}, 400)), {{u"PAPILIO_TRAINING_MEMORY"_s, limit}});
        QVERIFY2(team.waitForEvent("epoch"), team.errors().constData());
        const QByteArray first = team.mappedData(0);
        QVERIFY(!first.isEmpty());
        QCOMPARE(team.mappedData(1), first);
        QCOMPARE(team.mappedData(2), first);
        team.signal(2, SIGTERM);
        QCOMPARE(team.exitCodes(), QList<int>(3, 4));
    }

    void aSignalToOnePausesAll()
    {
        const QString project = copy(u"paused"_s);
        Team team(2, trainArguments(project, {}, 400));
        QVERIFY2(team.waitForEvent("epoch"), team.errors().constData());
        team.signal(1, SIGTERM);
        QCOMPARE(team.exitCodes(), (QList<int>{4, 4}));
        const QByteArray said = team.errors();
        QVERIFY2(said.contains("papilio-engine resume") && said.count("is paused") == 1, said.constData());
        QCOMPARE(stateOf(project), u"paused"_s);
    }

    void processesWithCopiesOfTheProject()
    {
        const QString first = copy(u"copy 0"_s), second = copy(u"copy 1"_s);
        {
            Team team({trainArguments(first), trainArguments(second)});
            QVERIFY2(team.waitForEvent("epoch"), team.errors().constData());
            team.signal(0, SIGINT);
            QCOMPARE(team.exitCodes(), (QList<int>{4, 4}));
        }
        QVERIFY(curveOf(second).empty()); // only the first one's is written to
        Team team({resumeArguments(first), resumeArguments(second)});
        const QList<int> ended = team.exitCodes();
        QVERIFY2((ended == QList<int>{0, 0}), team.errors().constData());
        QVERIFY(difference(m_alone, curveOf(first)) <= exact);
    }

    void whatDiffersIsNamed_data()
    {
        QTest::addColumn<QStringList>("settings"); // of rank 1
        QTest::addColumn<int>("seed");
        QTest::addColumn<QString>("table");        // of rank 1's project, if it has its own
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("configuration") << QStringList{u"learning_rate=0.5"_s} << 7 << QString()
                                       << QByteArray("learning_rate is");
        QTest::newRow("seed") << QStringList{} << 8 << QString() << QByteArray("seed is 7 for rank 0 and 8");
        QTest::newRow("network") << QStringList{u"architecture.gnn.depth=3"_s} << 7 << QString()
                                 << QByteArray("architecture.gnn.depth is 4 for rank 0 and 3");
        QTest::newRow("data") << QStringList{} << 7 << u"other"_s << QByteArray("labels, molecules or split");
        QTest::newRow("no project") << QStringList{} << 7 << u"missing"_s << QByteArray("rank 1 cannot go on");
    }
    void whatDiffersIsNamed()
    {
        QFETCH(QStringList, settings);
        QFETCH(int, seed);
        QFETCH(QString, table);
        QFETCH(QByteArray, named);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const QString first = copy(u"differs "_s + name);
        QString second = first;
        if (table == u"other"_s) {
            second = path(u"other.papilio"_s);
            QByteArray rows = sparseTable(320);
            rows.replace(",0\n", ",1\n");
            writeFile(path(u"sparse.csv"_s), rows);
            QCOMPARE(runEngine({u"import"_s, second, path(u"sparse.csv"_s)}).exitCode, 0);
        } else if (!table.isEmpty()) {
            second = path(u"missing.papilio"_s);
        }
        Team team({trainArguments(first), trainArguments(second, settings, epochs, seed)});
        const QList<int> codes = team.exitCodes();
        const QByteArray said = team.errors();
        QVERIFY2(codes[0] > 1 && codes[1] > 1, said.constData());
        QVERIFY2(said.contains(named), said.constData());
        QVERIFY(runEngine({u"runs"_s, first, u"--json"_s}).json().value("runs"_L1).toArray().isEmpty());
    }

    void oneGpuForTwoIsAnError()
    {
        const QString project = copy(u"gpu"_s);
        Team team(2, trainArguments(project) << u"--device"_s << u"cuda:1"_s);
        QCOMPARE(team.exitCodes(), (QList<int>{2, 2}));
        const QByteArray said = team.errors();
        QVERIFY2(said.contains("2 processes of this host would share the GPU 'cuda:1'"), said.constData());
    }

    void badVariablesAreErrors()
    {
        const QString project = copy(u"variables"_s);
        Team team({trainArguments(project)}, {{u"WORLD_SIZE"_s, u"2"_s}, {u"RANK"_s, u"two"_s}});
        QCOMPARE(team.exitCodes(), QList<int>{2});
        QVERIFY(team.errors().contains("RANK is 'two'"));
    }
};

QTEST_GUILESS_MAIN(EngineTogetherTest)
#include "tst_engine_together.moc"
