// SPDX-License-Identifier: GPL-3.0-or-later
// Splits, runs, metrics, checkpoints and predictions.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cmath>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "core/random.h"
#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

auto upperPart(const RunRecord& r)
{
    return std::make_tuple(r.name, r.created, r.config, r.dataHash, r.split, r.seed, r.versions, r.parameters);
}

auto progress(const RunRecord& r)
{
    return std::make_tuple(r.state, r.epochs, r.epochsPlanned, r.bestEpoch, r.message, r.process, r.seconds);
}

RunRecord fullRun(std::int64_t split)
{
    RunRecord run;
    run.name = "gine-toymix";
    run.created = "2024-02-29T12:00:00Z";
    run.config = R"({"epochs": 3})";
    run.dataHash = "abc";
    run.split = split;
    run.seed = 0xfedcba9876543210ULL;
    run.versions = "{}";
    run.parameters = 181'730;
    run.epochsPlanned = 3;
    return run;
}

/// A child that does nothing; ends with this object. 'name' is what the system lists it as.
class Child
{
public:
    explicit Child(const char* name)
    {
        int pipe[2];
        if (::pipe(pipe) != 0) {
            return;
        }
        m_id = ::fork();
        if (m_id == 0) {
            ::prctl(PR_SET_NAME, name);
            if (::write(pipe[1], "x", 1) == 1) {
                for (;;) {
                    ::pause();
                }
            }
            ::_exit(1);
        }
        char byte = 0;
        m_ready = ::read(pipe[0], &byte, 1) == 1;
        ::close(pipe[0]);
        ::close(pipe[1]);
    }
    ~Child()
    {
        kill();
        bury();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    bool ready() const { return m_ready; }
    std::int64_t id() const { return m_id; }
    void kill() const { ::kill(m_id, SIGKILL); }
    void bury()
    {
        if (!m_buried) {
            ::waitpid(m_id, nullptr, 0);
            m_buried = true;
        }
    }
    /// Dead, and not yet waited for.
    void becomeZombie() const
    {
        kill();
        siginfo_t information;
        ::waitid(P_PID, static_cast<id_t>(m_id), &information, WEXITED | WNOWAIT);
    }

private:
    pid_t m_id = -1;
    bool m_ready = false;
    bool m_buried = false;
};

} // namespace

class StoreRunsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestFolder> m_folder;
    std::optional<Project> m_project;

    RunState stateOf(std::int64_t run) { return Runs(*m_project).byId(run).value().state; }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<TestFolder>();
        auto project = Project::create(m_folder->file("p.papilio"));
        QVERIFY(ok(project));
        m_project.emplace(std::move(*project));
    }

    void cleanup()
    {
        m_project.reset();
        m_folder.reset();
    }

    void splitsComeBackWhole()
    {
        Runs runs(*m_project);
        Split split{0, "random:0.8/0.1/0.1", 0xffffffffffffffffULL, "hash", {}, {}};
        Random random(3);
        std::int64_t id = 0;
        for (int i = 0; i < 10'000; ++i) {
            id += 1 + static_cast<std::int64_t>(random.below(i % 100 == 0 ? 1'000'000'000'000 : 3));
            split.molecules.push_back(id);
            split.parts.push_back(std::array{Part::Train, Part::Validation, Part::Test, Part::None}[random.below(4)]);
        }
        const auto added = runs.addSplit(split);
        QVERIFY(ok(added));
        const auto back = runs.split(*added);
        QVERIFY(ok(back));
        QVERIFY(back->molecules == split.molecules && back->parts == split.parts);
        QVERIFY(back->spec == split.spec && back->seed == split.seed && back->hash == split.hash && back->id == *added);

        QCOMPARE(runs.addSplit(split).value_or(-1), *added); // the same is reused
        Split empty{0, "none", 1, "other", {}, {}};
        const auto second = runs.addSplit(empty);
        QVERIFY(ok(second) && *second != *added);
        QVERIFY(runs.split(*second)->molecules.empty());
        QVERIFY(failsWith(runs.split(99), ErrorCode::NotFound, {m_project->path(), "99"}));

        QVERIFY(!runs.addSplit({0, "x", 1, "h3", {2, 1}, {Part::Train, Part::Train}}));
        QVERIFY(!runs.addSplit({0, "x", 1, "h3", {1, 1}, {Part::Train, Part::Train}}));
        QVERIFY(!runs.addSplit({0, "x", 1, "h3", {1}, {}}));
        QVERIFY(!runs.addSplit({0, "x", 1, "", {1}, {Part::Train}}));
        m_project->database().exec("UPDATE splits SET molecules = substr(molecules, 1, 100)");
        QVERIFY(failsWith(runs.split(*added), ErrorCode::Damaged, {m_project->path(), "split 1"}));
    }

    void runsAreNumberedFromOne()
    {
        Runs runs(*m_project);
        QVERIFY(runs.all()->empty());
        QVERIFY(failsWith(runs.byId(1), ErrorCode::NotFound, {m_project->path(), "no runs yet"}));
        for (std::int64_t i = 1; i <= 3; ++i) {
            QCOMPARE(runs.add(fullRun(0)).value_or(-1), i);
        }
        QCOMPARE(runs.all()->size(), std::size_t{3});
        QVERIFY(failsWith(runs.byId(4), ErrorCode::NotFound, {"no run 4", "1 ('gine-toymix'), 2", "3 ("}));
    }

    void runsComeBackWhole()
    {
        Runs runs(*m_project);
        const auto split = runs.addSplit({0, "s", 1, "h", {1}, {Part::Train}});
        QVERIFY(ok(split));
        RunRecord run = fullRun(*split);
        run.state = RunState::Paused;
        run.epochs = 2;
        run.bestEpoch = 1;
        run.message = "why";
        run.process = 4'000'000'000;
        run.seconds = 12.5;
        const auto id = runs.add(run);
        QVERIFY(ok(id));
        const RunRecord back = runs.byId(*id).value();
        QVERIFY(upperPart(back) == upperPart(run));
        QVERIFY(progress(back) == progress(run));
        QVERIFY(failsWith(runs.add(fullRun(77)), ErrorCode::NotFound)); // no such split
    }

    void aRunIsImmutable()
    {
        Runs runs(*m_project);
        RunRecord run = fullRun(0);
        run.id = runs.add(run).value();
        RunRecord changed = run;
        changed.name = changed.config = changed.dataHash = changed.versions = changed.created = "forged";
        changed.seed = 1;
        changed.parameters = 1;
        changed.state = RunState::Finished;
        changed.epochs = 3;
        changed.bestEpoch = 2;
        changed.message = "all epochs";
        changed.seconds = 9;
        QVERIFY(ok(runs.updateProgress(changed)));
        const RunRecord back = runs.byId(run.id).value();
        QVERIFY(upperPart(back) == upperPart(run));
        QVERIFY(progress(back) == progress(changed));
        for (const char* const column : {"name = 'x'", "created = 'x'", "config = 'x'", "data_hash = 'x'", "seed = 2",
                                         "split = NULL", "versions = 'x'", "parameters = 0", "id = 9"}) {
            QVERIFY_EXCEPTION_THROWN(m_project->database().exec(std::string("UPDATE runs SET ") + column),
                                     SQLite::Exception);
        }
        changed.id = 99;
        QVERIFY(failsWith(runs.updateProgress(changed), ErrorCode::NotFound, {"99"}));
    }

    void metricsComeBackWithNaN()
    {
        Runs runs(*m_project);
        const std::int64_t run = runs.add(fullRun(0)).value(), other = runs.add(fullRun(0)).value();
        const std::vector<Metric> first{{1, Part::Train, "all", 0, "", "loss", 0.5, 100},
                                        {1, Part::Validation, "task", 7, "tox", "auroc", notANumber, 3},
                                        {1, Part::Validation, "head", 0, "tox", "auroc", -1e-300, 4}};
        QVERIFY(ok(runs.addMetrics(run, first)));
        QVERIFY(ok(runs.addMetrics(
            run, {{2, Part::Test, "all", 0, "", "loss", 0.25, 10}, {3, Part::Test, "all", 0, "", "loss", 0.125, 10}})));
        QVERIFY(ok(runs.addMetrics(other, first)));
        const auto all = runs.metrics(run);
        QVERIFY(ok(all));
        QCOMPARE(all->size(), std::size_t{5});
        int found = 0;
        for (const Metric& expected : first) {
            for (const Metric& metric : *all) {
                const bool sameValue =
                    metric.value == expected.value || (std::isnan(metric.value) && std::isnan(expected.value));
                found += metric.epoch == 1 && metric.part == expected.part && metric.scope == expected.scope &&
                                 metric.task == expected.task && metric.head == expected.head &&
                                 metric.name == expected.name && metric.n == expected.n && sameValue
                             ? 1
                             : 0;
            }
        }
        QCOMPARE(found, 3);
        QCOMPARE(m_project->database().execAndGet("SELECT count(*) FROM metrics WHERE value IS NULL").getInt(), 2);
        QCOMPARE(runs.metrics(run, 2)->size(), std::size_t{1});
        QCOMPARE(runs.metricsSince(run, 1)->size(), std::size_t{2});
        QCOMPARE(runs.metricsSince(run, 1)->at(1).epoch, std::int64_t{3}); // in order of epochs
        QVERIFY(runs.metricsSince(run, 3)->empty());

        // An epoch done again after a resume replaces its numbers.
        QVERIFY(ok(runs.addMetrics(run, {{2, Part::Test, "all", 0, "", "loss", 0.75, 11}})));
        QCOMPARE(runs.metrics(run, 2)->size(), std::size_t{1});
        QCOMPARE(runs.metrics(run, 2)->front().value, 0.75);
        QVERIFY(!runs.addMetrics(
            run, {{4, Part::Test, "all", 0, "", "loss", 1, 1}, {4, Part::Test, "galaxy", 0, "", "loss", 1, 1}}));
        QVERIFY(runs.metrics(run, 4)->empty());
        QVERIFY(failsWith(runs.addMetrics(99, first), ErrorCode::NotFound, {m_project->path()}));
    }

    void checkpointsComeBackAndReplaceTheirKind()
    {
        Runs runs(*m_project);
        const std::int64_t run = runs.add(fullRun(0)).value();
        QVERIFY(!runs.checkpoint(run, CheckpointKind::Last).value().has_value());
        std::string tensors(3'000'001, '\0');
        Random random(5);
        for (char& byte : tensors) {
            byte = static_cast<char>(random.next());
        }
        QVERIFY(ok(runs.putCheckpoint(run, {CheckpointKind::Last, 1, 10, notANumber, "{}", tensors})));
        QVERIFY(ok(runs.putCheckpoint(run, {CheckpointKind::Best, 1, 10, 0.5, "", ""})));
        QVERIFY(ok(runs.putCheckpoint(run, {CheckpointKind::Last, 2, 20, 0.25, R"({"a":1})", tensors + "x"})));
        const auto last = runs.checkpoint(run, CheckpointKind::Last).value();
        QVERIFY(last && last->epoch == 2 && last->step == 20 && last->score == 0.25 && last->state == R"({"a":1})");
        QVERIFY(last->tensors == tensors + "x");
        const auto best = runs.checkpoint(run, CheckpointKind::Best).value();
        QVERIFY(best && best->epoch == 1 && best->tensors.empty() && best->kind == CheckpointKind::Best);
        QVERIFY(ok(runs.putCheckpoint(run, {CheckpointKind::Best, 1, 10, notANumber, "", ""})));
        QVERIFY(std::isnan(runs.checkpoint(run, CheckpointKind::Best).value()->score));
        QVERIFY(failsWith(runs.putCheckpoint(99, {}), ErrorCode::NotFound, {m_project->path()}));
    }

    void furtherCheckpointsAreKeptByEpoch()
    {
        Runs runs(*m_project);
        const std::int64_t run = runs.add(fullRun(0)).value(), other = runs.add(fullRun(0)).value();
        QVERIFY(runs.keptEpochs(run).value().empty());
        QVERIFY(ok(runs.keepCheckpoint(run, {CheckpointKind::Best, 7, 70, 0.5, "{}", std::string("a\0b", 3)})));
        QVERIFY(ok(runs.keepCheckpoint(run, {CheckpointKind::Best, 3, 30, notANumber, "", ""})));
        QVERIFY(ok(runs.keepCheckpoint(other, {CheckpointKind::Best, 3, 30, 1, "", "x"})));
        QVERIFY(ok(runs.keepCheckpoint(run, {CheckpointKind::Best, 3, 31, 0.25, R"({"a":1})", "new"})));
        QCOMPARE(runs.keptEpochs(run).value(), (std::vector<std::int64_t>{3, 7}));
        const auto kept = runs.keptCheckpoint(run, 3).value();
        QVERIFY(kept && kept->epoch == 3 && kept->step == 31 && kept->score == 0.25 && kept->tensors == "new");
        QCOMPARE(runs.keptCheckpoint(run, 7).value()->tensors, std::string("a\0b", 3));
        QVERIFY(!runs.keptCheckpoint(run, 4).value().has_value());
        QVERIFY(!runs.checkpoint(run, CheckpointKind::Best).value().has_value()); // they are no kind
        QVERIFY(ok(runs.dropKept(run, 3)));
        QVERIFY(ok(runs.dropKept(run, 99)));
        QCOMPARE(runs.keptEpochs(run).value(), std::vector<std::int64_t>{7});
        QCOMPARE(runs.keptEpochs(other).value(), std::vector<std::int64_t>{3});
        QVERIFY(failsWith(runs.keepCheckpoint(99, {}), ErrorCode::NotFound, {m_project->path()}));
    }

    void predictionsComeBack()
    {
        const std::int64_t run = Runs(*m_project).add(fullRun(0)).value();
        const std::int64_t a = addMolecule(*m_project, "C"), b = addMolecule(*m_project, "N");
        Predictions predictions(*m_project);
        const float infinity = std::numeric_limits<float>::infinity();
        QVERIFY(ok(
            predictions.put(run, {{b, "qm9", {1.5F, -0.0F, 3e-45F}}, {a, "tox", {}}, {a, "qm9", {infinity, 2, 3}}})));
        const auto head = predictions.ofHead(run, "qm9");
        QVERIFY(ok(head));
        QCOMPARE(head->size(), std::size_t{2});
        QCOMPARE(head->at(0).molecule, a); // by molecule
        QCOMPARE(head->at(1).values, (std::vector<float>{1.5F, -0.0F, 3e-45F}));
        const auto molecule = predictions.ofMolecule(run, a);
        QVERIFY(ok(molecule));
        QCOMPARE(molecule->size(), std::size_t{2});
        QCOMPARE(molecule->at(0).values, (std::vector<float>{infinity, 2, 3}));
        QVERIFY(molecule->at(1).values.empty());
        QVERIFY(ok(predictions.put(run, {{a, "tox", {9}}}))); // replaces
        QCOMPARE(predictions.ofHead(run, "tox")->front().values, std::vector<float>{9});
        QVERIFY(predictions.ofHead(run, "none")->empty() && predictions.ofMolecule(run, 99)->empty());
        QVERIFY(failsWith(predictions.put(run, {{a, "x", {1}}, {99, "x", {1}}}), ErrorCode::NotFound));
        QVERIFY(predictions.ofHead(run, "x")->empty());
        m_project->database().exec("UPDATE predictions SET predicted = x'010203'");
        QVERIFY(failsWith(predictions.ofHead(run, "qm9"), ErrorCode::Damaged, {m_project->path()}));
    }

    void marksCutOffRuns()
    {
        Runs runs(*m_project);
        RunRecord mine = fullRun(0), finished = fullRun(0), dead = fullRun(0), killed = fullRun(0), zombie = fullRun(0);
        mine.process = ::getpid();
        finished.state = RunState::Finished;
        finished.process = 999'999'999;
        dead.process = 999'999'999;
        Child engine("papilio-engine"), ghost("papilio-engine");
        QVERIFY(engine.ready() && ghost.ready());
        killed.process = engine.id();
        zombie.process = ghost.id();
        for (RunRecord* const run : {&mine, &finished, &dead, &killed, &zombie}) {
            run->id = runs.add(*run).value();
        }
        QVERIFY(ok(runs.markCutOffRuns()));
        QVERIFY(stateOf(mine.id) == RunState::Running);
        QVERIFY(stateOf(finished.id) == RunState::Finished);
        QVERIFY(stateOf(dead.id) == RunState::CutOff);
        QVERIFY(stateOf(killed.id) == RunState::Running);
        engine.kill();
        engine.bury();
        ghost.becomeZombie(); // its parent has not looked yet
        QVERIFY(ok(runs.markCutOffRuns()));
        QVERIFY(stateOf(killed.id) == RunState::CutOff);
        QVERIFY(stateOf(zombie.id) == RunState::CutOff);
        QVERIFY(!runs.byId(killed.id)->message.empty());
        QVERIFY(stateOf(mine.id) == RunState::Running);

        killed.state = RunState::Running; // resumed by this process
        killed.process = ::getpid();
        QVERIFY(ok(runs.updateProgress(killed)));
        QVERIFY(ok(runs.markCutOffRuns()));
        QVERIFY(stateOf(killed.id) == RunState::Running);
    }

    void aReusedProcessIdIsNotTheEngine()
    {
        Runs runs(*m_project);
        RunRecord run = fullRun(0);
        run.process = ::getpid();
        run.id = runs.add(run).value();
        // The same id, but started at another time: as after a restart, where small ids come back.
        m_project->database().exec("UPDATE runs SET process_identity = process_identity || '0'");
        QVERIFY(ok(runs.markCutOffRuns()));
        QVERIFY(stateOf(run.id) == RunState::CutOff);

        // Where the start was not known, the name decides.
        const Child other("sleeper"), engine("papilio-engine");
        QVERIFY(other.ready() && engine.ready());
        for (const auto& [child, expected] : {std::pair(&other, RunState::CutOff), {&engine, RunState::Running}}) {
            run.state = RunState::Running;
            run.process = child->id();
            QVERIFY(ok(runs.updateProgress(run)));
            m_project->database().exec("UPDATE runs SET process_identity = ''");
            QVERIFY(ok(runs.markCutOffRuns()));
            QVERIFY(stateOf(run.id) == expected);
        }
    }
};

QTEST_GUILESS_MAIN(StoreRunsTest)
#include "tst_store_runs.moc"
