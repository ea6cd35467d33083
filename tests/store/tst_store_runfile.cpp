// SPDX-License-Identifier: GPL-3.0-or-later
// Runs on the way between project files: what a copy for a training holds, and what comes back.
#include "store/runfile.h"
#include "tests/store/storetest.h"

using namespace papilio::store;
using papilio::ErrorCode;

class StoreRunFileTest : public QObject
{
    Q_OBJECT

private:
    /// A project with two molecules, two runs, and metrics, checkpoints and predictions of each.
    static Project makeProject(const std::string& path)
    {
        auto project = Project::create(path);
        if (!ok(project))
            qFatal("no project");
        addDataset(*project, "data");
        const std::int64_t molecules[] = {addMolecule(*project, "CC"), addMolecule(*project, "CCC")};
        Runs runs(*project);
        for (int i = 1; i <= 2; ++i) {
            Split split;
            split.spec = numbered("random:0.", i);
            split.molecules = {molecules[0], molecules[1]};
            split.parts = {Part::Train, i == 1 ? Part::Validation : Part::Test};
            split.hash = splitHash(split);
            RunRecord run;
            run.name = numbered("run", i);
            run.created = "2026-01-01T00:00:00Z";
            run.config = "{}";
            run.dataHash = numbered("hash", i);
            run.split = runs.addSplit(split).value_or(0);
            run.versions = "{}";
            run.state = RunState::Paused;
            run.epochs = 2;
            run.epochsPlanned = 9;
            const auto id = runs.add(run);
            if (!ok(id) || *id != i)
                qFatal("no run");
            fill(*project, *id, 2, 20);
        }
        return std::move(*project);
    }

    static void fill(Project& project, std::int64_t run, std::int64_t epoch, std::int64_t step)
    {
        Runs runs(project);
        const std::vector<Metric> metrics{{epoch, Part::Validation, "all", 0, "", "loss", 0.5, 3}, {epoch, Part::Train, "all", 0, "", "loss", std::nan(""), 0}};
        Checkpoint last{CheckpointKind::Last, epoch, step, 0.5, "{}", numbered("last", step)};
        Checkpoint best{CheckpointKind::Best, epoch, step, 0.5, "{}", numbered("best", step)};
        QVERIFY(ok(runs.addMetrics(run, metrics)) && ok(runs.putCheckpoint(run, last)) && ok(runs.putCheckpoint(run, best)));
        QVERIFY(ok(runs.keepCheckpoint(run, best)));
        QVERIFY(ok(Predictions(project).put(run, {{1, "head", {0.25F, 0.5F}}})));
    }

private Q_SLOTS:
    void aCopyHoldsWhatATrainingNeeds()
    {
        const TestFolder folder;
        Project project = makeProject(folder.file("a b'c.papilio"));
        QVERIFY(ok(copyForRun(project, 2, folder.file("copy.papilio"))));
        QCOMPARE(folder.names().filter(QStringLiteral("copy")), QStringList{QStringLiteral("copy.papilio")}); // one file, no log
        auto copy = Project::open(folder.file("copy.papilio"), Access::ReadWrite);
        QVERIFY(ok(copy));
        const Runs runs(*copy);
        const auto all = runs.all();
        QVERIFY(ok(all));
        QCOMPARE(all->size(), std::size_t(1));
        QCOMPARE(all->front().id, 2);
        QCOMPARE(Molecules(*copy).count().value_or(0), 2);
        QCOMPARE(Molecules(*copy).byId(2)->smiles, std::string("CCC"));
        QCOMPARE(runs.split(all->front().split)->hash, Runs(project).split(all->front().split)->hash);
        QCOMPARE(runs.splits()->size(), std::size_t(1));
        QCOMPARE((*runs.checkpoint(2, CheckpointKind::Last))->tensors, std::string("last20"));
        QVERIFY(Predictions(*copy).ofHead(2, "head")->empty());
    }

    void aRunComesBack()
    {
        const TestFolder folder;
        Project project = makeProject(folder.file("a.papilio"));
        QVERIFY(ok(copyForRun(project, 2, folder.file("far.papilio"))));
        {
            auto far = Project::open(folder.file("far.papilio"), Access::ReadWrite);
            QVERIFY(ok(far));
            fill(*far, 2, 3, 30);
            auto run = Runs(*far).byId(2);
            run->state = RunState::Finished;
            run->epochs = run->bestEpoch = 3;
            QVERIFY(ok(Runs(*far).updateProgress(*run)));
            QVERIFY(ok(writeRunFile(*far, 2, folder.file("run.papilio"))));
        }
        const auto before = Runs(project).metrics(1);
        const auto taken = takeRunFile(project, 2, folder.file("run.papilio"));
        QVERIFY(ok(taken));
        QCOMPARE(taken->state, RunState::Finished);
        QCOMPARE(taken->bestEpoch, 3);
        Runs runs(project);
        QCOMPARE(runs.metrics(2)->size(), std::size_t(4));
        QCOMPARE((*runs.checkpoint(2, CheckpointKind::Best))->tensors, std::string("best30"));
        QCOMPARE(*runs.keptEpochs(2), (std::vector<std::int64_t>{2, 3}));
        QCOMPARE(Predictions(project).ofHead(2, "head")->front().values, (std::vector<float>{0.25F, 0.5F}));
        QCOMPARE(runs.metrics(1)->size(), before->size()); // another run is not touched
        QVERIFY(ok(takeRunFile(project, 2, folder.file("run.papilio")))); // twice does no harm
    }

    void whatDoesNotFitIsRefused()
    {
        const TestFolder folder;
        Project project = makeProject(folder.file("a.papilio"));
        QVERIFY(failsWith(writeRunFile(project, 7, folder.file("none.papilio")), ErrorCode::NotFound, {"no run 7"}));
        QVERIFY(ok(writeRunFile(project, 2, folder.file("run.papilio"))));
        QVERIFY(failsWith(takeRunFile(project, 1, folder.file("run.papilio")), ErrorCode::NotFound));
        fill(project, 2, 5, 50); // trained here meanwhile
        QVERIFY(failsWith(takeRunFile(project, 2, folder.file("run.papilio")), ErrorCode::BadInput, {"trained further here", "50", "20"}));
        QCOMPARE((*Runs(project).checkpoint(2, CheckpointKind::Last))->tensors, std::string("last50"));
        auto other = Project::create(folder.file("other.papilio"));
        QVERIFY(ok(other));
        for (int i = 1; i <= 2; ++i) {
            Split split;
            split.spec = "x";
            split.hash = numbered("h", i);
            RunRecord run;
            run.name = "run2";
            run.created = "2026-01-01T00:00:00Z";
            run.config = "{}";
            run.dataHash = "another";
            run.versions = "{}";
            run.split = Runs(*other).addSplit(split).value_or(0);
            QVERIFY(ok(Runs(*other).add(run)));
        }
        QVERIFY(failsWith(takeRunFile(*other, 2, folder.file("run.papilio")), ErrorCode::BadInput, {"not the one that comes back", "data differs"}));
        {
            auto far = Project::open(folder.file("run.papilio"), Access::ReadWrite);
            auto run = Runs(*far).byId(2);
            for (const std::int64_t epochs : {std::int64_t(-1), std::int64_t(10)}) {
                run->epochs = epochs;
                QVERIFY(ok(Runs(*far).updateProgress(*run)));
                QVERIFY(failsWith(takeRunFile(project, 2, folder.file("run.papilio")), ErrorCode::Damaged, {"comes back", "of 9"}));
            }
        }
        QFile damaged(QString::fromStdString(folder.file("run.papilio")));
        QVERIFY(damaged.resize(damaged.size() / 2));
        QVERIFY(!takeRunFile(project, 2, folder.file("run.papilio")));
        QVERIFY(!takeRunFile(project, 2, folder.file("absent.papilio")));
    }
};

QTEST_GUILESS_MAIN(StoreRunFileTest)
#include "tst_store_runfile.moc"
