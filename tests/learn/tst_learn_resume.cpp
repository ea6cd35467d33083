// SPDX-License-Identifier: GPL-3.0-or-later
// Killed at any moment and resumed, a run ends as if nothing had happened. The kill is a real SIGKILL: this program
// starts itself as a child that trains and kills itself at the asked-for point.
#include <QCoreApplication>
#include <QProcess>
#include <QtTest>

#include <csignal>
#include <unistd.h>

#include "learn/modelfile.h"
#include "nn/safetensors.h"
#include "tests/learn/fixture.h"
#include "tests/learn/hooks.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;

namespace
{

/// Where to die: before the n-th step, before the n-th evaluation, or right after the n-th epoch's transaction.
struct Death {
    QString event;
    int n = 0;
};

/// Plain, or with everything that a checkpoint must remember.
TrainConfig configOf(int checkpointSeconds, bool everything = false)
{
    TrainConfig config = smallConfig();
    config.tasks = {"*"};
    config.checkpointSeconds = checkpointSeconds;
    if (everything) {
        must(setTrainValues(config, {"optimiser=adamw", "weight_decay=0.01", "ema_decay=0.8", "accumulation=2",
                                     "batch_size=8", "epochs=6", "schedule=plateau", "schedule.patience=0",
                                     "schedule.threshold=0.2", "schedule.factor=0.5", "sampling.qm9=0.6", "keep_best=3",
                                     "watch=val/qm9/pearson", "heads.tox.weight=2", "heads.qm9.loss=mse"}));
    }
    return config;
}

void fill(Fixture& fixture)
{
    fixture.add("qm9", 0, 90, {carbons(3, 50), nitrogens()});
    fixture.add("tox", 60, 40, {hasOxygen()});
    fixture.add("pm6", 80, 20, {charges()});
}

/// Trains in this process and never returns: SIGKILL, or exit code 0 if the point was not reached.
int trainAndDie(const QStringList& arguments)
{
    auto project = must(store::Project::open(arguments[0].toStdString(), store::Access::ReadWrite));
    const Death death{arguments[1], arguments[2].toInt()};
    int steps = 0, evaluations = 0;
    const auto dieAt = [&death](const char* event, int n) {
        if (death.event == QLatin1String(event) && death.n == n) {
            std::raise(SIGKILL);
        }
    };
    auto hooks = std::make_shared<HookedModel::Hooks>();
    hooks->step = [&](const nn::Batch&, const nn::StepSettings&) -> std::optional<Error> {
        dieAt("step", ++steps);
        return {};
    };
    hooks->evaluate = [&](const nn::Batch&) { dieAt("evaluation", ++evaluations); };
    RecordingControl control;
    control.onEpoch = [&](const store::RunRecord&) { dieAt("epoch", static_cast<int>(control.epochs.size())); };
    const int checkpointSeconds = arguments[3].toInt();
    const auto run = arguments[4] == QLatin1String("start")
                         ? startRun(project, configOf(checkpointSeconds, arguments[5] == QLatin1String("everything")), "{}",
                                    hooked(hooks), control)
                         : resumeRun(project, 1, hooked(hooks), control);
    return run ? 0 : 1;
}

bool runChild(const Fixture& fixture, const Death& death, int checkpointSeconds, const char* mode,
              bool everything = false)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--train-and-die"), QString::fromStdString(fixture.path()), death.event,
                 QString::number(death.n), QString::number(checkpointSeconds), QString::fromLatin1(mode),
                 everything ? QStringLiteral("everything") : QStringLiteral("plain")});
    return child.waitForFinished(60000) && child.exitStatus() == QProcess::CrashExit;
}

/// All that a run leaves, bit by bit.
struct Remains {
    std::string last, best;
    std::vector<std::string> kept;
    std::vector<store::Metric> metrics;
    std::vector<store::PredictionSet> predictions;
    store::RunRecord record;
};

Remains remainsOf(store::Project& project)
{
    store::Runs runs(project);
    Remains remains;
    remains.last = must(runs.checkpoint(1, store::CheckpointKind::Last))->tensors;
    remains.best = must(runs.checkpoint(1, store::CheckpointKind::Best))->tensors;
    for (const std::int64_t epoch : must(runs.keptEpochs(1))) {
        remains.kept.push_back(std::to_string(epoch) + must(runs.keptCheckpoint(1, epoch))->tensors);
    }
    remains.metrics = must(runs.metrics(1));
    for (const char* head : {"qm9", "tox", "pm6"}) {
        for (auto& prediction : must(store::Predictions(project).ofHead(1, head))) {
            remains.predictions.push_back(std::move(prediction));
        }
    }
    remains.record = must(runs.byId(1));
    return remains;
}

bool sameNumber(double a, double b) { return (std::isnan(a) && std::isnan(b)) || a == b; }

void compare(const Remains& a, const Remains& b)
{
    QCOMPARE(a.record.state, b.record.state);
    QCOMPARE(a.record.epochs, b.record.epochs);
    QCOMPARE(a.record.bestEpoch, b.record.bestEpoch);
    QCOMPARE(a.record.dataHash, b.record.dataHash);
    QVERIFY(a.last == b.last);
    QVERIFY(a.best == b.best);
    QVERIFY(a.kept == b.kept);
    QCOMPARE(a.metrics.size(), b.metrics.size());
    for (std::size_t i = 0; i < a.metrics.size(); ++i) {
        QCOMPARE(a.metrics[i].name, b.metrics[i].name);
        QCOMPARE(a.metrics[i].epoch, b.metrics[i].epoch);
        QCOMPARE(a.metrics[i].n, b.metrics[i].n);
        QVERIFY(sameNumber(a.metrics[i].value, b.metrics[i].value));
    }
    QCOMPARE(a.predictions.size(), b.predictions.size());
    for (std::size_t i = 0; i < a.predictions.size(); ++i) {
        QCOMPARE(a.predictions[i].molecule, b.predictions[i].molecule);
        QVERIFY(a.predictions[i].values == b.predictions[i].values);
    }
}

} // namespace

class TestLearnResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killedAndResumed_data();
    void killedAndResumed();
    void killedAgainAndAgain();
    void everythingIsRemembered_data();
    void everythingIsRemembered();
    void pausedAndResumed_data();
    void pausedAndResumed();
    void finishedRunsRefuse();
    void liveRunsRefuse();
    void changedDataIsRefused();
    void otherDataIsWelcome();
    void damagedCheckpointIsRefused();
    void unknownRun();

private:
    Remains m_uninterrupted;
};

void TestLearnResume::initTestCase()
{
    Fixture fixture;
    fill(fixture);
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), configOf(60), "{}", nn::createFakeModel, control));
    QCOMPARE(run.state, store::RunState::Finished);
    m_uninterrupted = remainsOf(fixture.project());
    QVERIFY(m_uninterrupted.predictions.size() > 20);
}

void TestLearnResume::killedAndResumed_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("checkpointSeconds");
    // 80 training molecules in batches of 16: 5 steps an epoch, 20 in all. An evaluation an epoch, and two at the end.
    for (const int seconds : {0, 60}) {
        for (const int step : {1, 2, 5, 6, 13, 20}) {
            QTest::addRow("step %d, checkpoint every %d s", step, seconds) << QStringLiteral("step") << step << seconds;
        }
        for (const int evaluation : {1, 3, 4, 5, 6}) {
            QTest::addRow("evaluation %d, every %d s", evaluation, seconds)
                << QStringLiteral("evaluation") << evaluation << seconds;
        }
        for (const int epoch : {1, 3, 4}) {
            QTest::addRow("after epoch %d, every %d s", epoch, seconds) << QStringLiteral("epoch") << epoch << seconds;
        }
    }
}

void TestLearnResume::killedAndResumed()
{
    QFETCH(QString, event);
    QFETCH(int, n);
    QFETCH(int, checkpointSeconds);
    Fixture fixture;
    fill(fixture);
    QVERIFY(runChild(fixture, {event, n}, checkpointSeconds, "start"));
    // Nobody could say otherwise.
    QCOMPARE(must(store::Runs(fixture.project()).byId(1)).state, store::RunState::Running);
    RecordingControl control;
    const auto run = must(resumeRun(fixture.project(), 1, nn::createFakeModel, control));
    QCOMPARE(run.state, store::RunState::Finished);
    compare(remainsOf(fixture.project()), m_uninterrupted);
}

void TestLearnResume::killedAgainAndAgain()
{
    Fixture fixture;
    fill(fixture);
    QVERIFY(runChild(fixture, {QStringLiteral("step"), 3}, 0, "start"));
    for (int i = 0; i < 4; ++i) {
        QVERIFY(runChild(fixture, {QStringLiteral("step"), 4}, 0, "resume"));
    }
    RecordingControl control;
    must(resumeRun(fixture.project(), 1, nn::createFakeModel, control));
    compare(remainsOf(fixture.project()), m_uninterrupted);
}

void TestLearnResume::everythingIsRemembered_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("checkpointSeconds");
    // A batch each, two a step; about 8 batches an epoch. Epochs 2 … are those after a plateau.
    for (const int seconds : {0, 60}) {
        for (const int step : {2, 9, 24, 40}) {
            QTest::addRow("batch %d, every %d s", step, seconds) << QStringLiteral("step") << step << seconds;
        }
        QTest::addRow("evaluation 5, every %d s", seconds) << QStringLiteral("evaluation") << 5 << seconds;
        QTest::addRow("after epoch 4, every %d s", seconds) << QStringLiteral("epoch") << 4 << seconds;
    }
}

/// AdamW, moving average, accumulation, plateau, sampling, another watched number, the three best epochs.
void TestLearnResume::everythingIsRemembered()
{
    QFETCH(QString, event);
    QFETCH(int, n);
    QFETCH(int, checkpointSeconds);
    static const Remains uninterrupted = [] {
        Fixture fixture;
        fill(fixture);
        RecordingControl control;
        const auto run = must(startRun(fixture.project(), configOf(60, true), "{}", nn::createFakeModel, control));
        return remainsOf(fixture.project());
    }();
    QCOMPARE(uninterrupted.record.state, store::RunState::Finished);
    QCOMPARE(uninterrupted.kept.size(), std::size_t{2}); // beside the best
    Fixture fixture;
    fill(fixture);
    QVERIFY(runChild(fixture, {event, n}, checkpointSeconds, "start", true));
    RecordingControl control;
    must(resumeRun(fixture.project(), 1, nn::createFakeModel, control));
    compare(remainsOf(fixture.project()), uninterrupted);
}

void TestLearnResume::pausedAndResumed_data()
{
    QTest::addColumn<int>("asks");
    // The wish is asked for before every step and every batch of an evaluation; any of them may be the moment.
    for (const int asks : {5, 6, 9, 10, 11, 17, 22, 23, 24, 25, 26}) {
        QTest::addRow("at the %dth question", asks) << asks;
    }
}

void TestLearnResume::pausedAndResumed()
{
    QFETCH(int, asks);
    Fixture fixture;
    fill(fixture);
    bool paused = false;
    for (int round = 0; round < 10; ++round) {
        int asked = 0;
        bool running = false;
        RecordingControl control;
        control.decide = [&] {
            running = running || !control.started.empty();
            return running && ++asked > asks ? TrainControl::Wish::Pause : TrainControl::Wish::GoOn;
        };
        const auto run = must(round == 0 ? startRun(fixture.project(), configOf(60), "{}", nn::createFakeModel, control)
                                         : resumeRun(fixture.project(), 1, nn::createFakeModel, control));
        if (run.state == store::RunState::Finished) {
            break;
        }
        QCOMPARE(run.state, store::RunState::Paused);
        QVERIFY(run.message.find("paused in epoch") == 0);
        QVERIFY(run.seconds > 0);
        paused = true;
    }
    QVERIFY(paused);
    compare(remainsOf(fixture.project()), m_uninterrupted);
}

void TestLearnResume::finishedRunsRefuse()
{
    Fixture fixture;
    fill(fixture);
    RecordingControl control;
    must(startRun(fixture.project(), configOf(60), "{}", nn::createFakeModel, control));
    const auto run = resumeRun(fixture.project(), 1, nn::createFakeModel, control);
    QVERIFY(!run);
    QVERIFY(run.error().text().find("finished after 4 epochs") != std::string::npos);
    QVERIFY(run.error().text().find("new run") != std::string::npos);
}

void TestLearnResume::liveRunsRefuse()
{
    Fixture fixture;
    fill(fixture);
    QVERIFY(runChild(fixture, {QStringLiteral("step"), 7}, 60, "start"));
    store::Runs runs(fixture.project());
    auto record = must(runs.byId(1));
    record.process = getpid(); // alive
    must(runs.updateProgress(record));
    RecordingControl control;
    const auto run = resumeRun(fixture.project(), 1, nn::createFakeModel, control);
    QVERIFY(!run);
    QCOMPARE(run.error().code, ErrorCode::Busy);
    QVERIFY(run.error().text().find(std::to_string(getpid())) != std::string::npos);
}

void TestLearnResume::changedDataIsRefused()
{
    Fixture fixture;
    fill(fixture);
    QVERIFY(runChild(fixture, {QStringLiteral("step"), 7}, 60, "start"));
    store::Labels labels(fixture.project());
    const auto dataset = must(store::Datasets(fixture.project()).byName("qm9")).id;
    const auto before = *must(labels.get(dataset, fixture.idOf(5)));
    auto changed = before;
    changed.entries[0].values[0] += 1e-9;
    must(labels.put(dataset, fixture.idOf(5), changed));
    RecordingControl control;
    const auto run = resumeRun(fixture.project(), 1, nn::createFakeModel, control);
    QVERIFY(!run);
    QCOMPARE(run.error().code, ErrorCode::BadInput);
    QVERIFY2(run.error().message.find("data of run 1 has changed") != std::string::npos, run.error().message.c_str());
    QCOMPARE(must(store::Runs(fixture.project()).byId(1)).state, store::RunState::CutOff);

    must(labels.put(dataset, fixture.idOf(5), before));
    must(resumeRun(fixture.project(), 1, nn::createFakeModel, control));
    compare(remainsOf(fixture.project()), m_uninterrupted);

    // The same if the dataset is gone altogether.
    Fixture gone;
    fill(gone);
    QVERIFY(runChild(gone, {QStringLiteral("step"), 7}, 60, "start"));
    must(store::Datasets(gone.project()).remove(must(store::Datasets(gone.project()).byName("tox")).id));
    const auto second = resumeRun(gone.project(), 1, nn::createFakeModel, control);
    QVERIFY(!second);
    QVERIFY(second.error().message.find("has changed") != std::string::npos);
}

void TestLearnResume::otherDataIsWelcome()
{
    Fixture fixture;
    fill(fixture);
    QVERIFY(runChild(fixture, {QStringLiteral("step"), 7}, 0, "start"));
    // New molecules, and new labels of the same molecules: the run's tasks were "*" when it began.
    fixture.add("later", 50, 100, {carbons(), charges()});
    RecordingControl control;
    must(resumeRun(fixture.project(), 1, nn::createFakeModel, control));
    compare(remainsOf(fixture.project()), m_uninterrupted);
}

void TestLearnResume::damagedCheckpointIsRefused()
{
    Fixture fixture;
    fill(fixture);
    QVERIFY(runChild(fixture, {QStringLiteral("step"), 7}, 60, "start"));
    store::Runs runs(fixture.project());
    const auto good = *must(runs.checkpoint(1, store::CheckpointKind::Last));
    RecordingControl control;
    for (const bool tensors : {true, false}) {
        auto half = good;
        std::string& part = tensors ? half.tensors : half.state;
        part.resize(part.size() / 2);
        must(runs.putCheckpoint(1, half));
        const auto run = resumeRun(fixture.project(), 1, nn::createFakeModel, control);
        QVERIFY(!run);
        QCOMPARE(run.error().code, ErrorCode::Damaged);
    }
    must(runs.putCheckpoint(1, good));
    must(resumeRun(fixture.project(), 1, nn::createFakeModel, control));
    compare(remainsOf(fixture.project()), m_uninterrupted);
}

void TestLearnResume::unknownRun()
{
    Fixture fixture;
    RecordingControl control;
    const auto run = resumeRun(fixture.project(), 7, nn::createFakeModel, control);
    QVERIFY(!run);
    QCOMPARE(run.error().code, ErrorCode::NotFound);
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 8 && arguments[1] == QLatin1String("--train-and-die")) {
        return trainAndDie(arguments.mid(2));
    }
    TestLearnResume test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_learn_resume.moc"
