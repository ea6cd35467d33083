// SPDX-License-Identifier: GPL-3.0-or-later
// Early stopping, the best epochs, what of both a checkpoint keeps, and what may be watched.
#include <QtTest>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "learn/stopping.h"
#include "learn/trainstate.h"
#include "learn/watch.h"

using namespace papilio;
using namespace papilio::learn;

namespace
{

Selection selection()
{
    nn::HeadSpec qm9;
    qm9.name = qm9.dataset = "qm9";
    qm9.columns = {{"gap", "eV"}, {"mu", "Debye"}};
    nn::HeadSpec zinc;
    zinc.name = zinc.dataset = "zinc";
    zinc.columns = {{"SA", ""}};
    nn::HeadSpec tox;
    tox.name = "tox21/binary";
    tox.dataset = "tox21";
    tox.kind = TaskKind::Binary;
    tox.columns.assign(100, {"NR-AR", ""});
    for (std::size_t i = 1; i < tox.columns.size(); ++i) {
        tox.columns[i].task = "assay/" + std::to_string(i);
    }
    Selection selection;
    selection.heads = {qm9, zinc, tox};
    selection.sources = {
        {1, {0, 1}, {11, 12}}, {2, {0}, {21}}, {3, std::vector<int>(100), std::vector<std::int64_t>(100)}};
    for (std::size_t i = 0; i < 100; ++i) {
        selection.sources[2].tasks[i] = 31 + static_cast<std::int64_t>(i);
    }
    return selection;
}

} // namespace

class TestLearnWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void earlyStoppingByHand();
    void earlyStoppingWithMinDelta();
    void earlyStoppingUpwards();
    void bestListByHand();
    void stateRoundTrip();
    void watches();
    void refusesToWatch_data();
    void refusesToWatch();
    void watchedValue();
};

void TestLearnWatch::earlyStoppingByHand()
{
    EarlyStopping stopping;
    QVERIFY(stopping.add(1, 3.0, 0));
    QVERIFY(stopping.add(2, 2.0, 0));
    QVERIFY(!stopping.add(3, 2.0, 0));
    QVERIFY(!stopping.add(4, std::numeric_limits<double>::quiet_NaN(), 0));
    QCOMPARE(stopping.bestEpoch, 2);
    QVERIFY(stopping.shouldStop(2));
    QVERIFY(!stopping.shouldStop(3));
    QVERIFY(!stopping.shouldStop(0));
    QVERIFY(stopping.add(5, 1.0, 0));
    QVERIFY(!stopping.shouldStop(1));
}

void TestLearnWatch::earlyStoppingWithMinDelta()
{
    EarlyStopping stopping;
    stopping.add(1, 1.0, 0.1);
    QVERIFY(stopping.add(2, 0.95, 0.1)); // best, but not by enough to go on waiting
    QVERIFY(stopping.add(3, 0.92, 0.1));
    QCOMPARE(stopping.waited, 2);
    QVERIFY(stopping.add(4, 0.89, 0.1)); // 0.11 below the reference of epoch 1
    QCOMPARE(stopping.waited, 0);
}

void TestLearnWatch::earlyStoppingUpwards()
{
    EarlyStopping stopping;
    QVERIFY(!stopping.add(1, std::numeric_limits<double>::quiet_NaN(), 0.1, Better::Higher));
    QCOMPARE(stopping.bestEpoch, 0);
    QVERIFY(stopping.add(2, -0.3, 0.1, Better::Higher));
    QCOMPARE(stopping.waited, 0);
    QVERIFY(stopping.add(3, -0.25, 0.1, Better::Higher));
    QCOMPARE(stopping.waited, 1);
    QVERIFY(!stopping.add(4, -0.9, 0.1, Better::Higher));
    QVERIFY(stopping.add(5, 0.4, 0.1, Better::Higher));
    QCOMPARE(stopping.waited, 0);
    QCOMPARE(stopping.bestEpoch, 5);
}

void TestLearnWatch::bestListByHand()
{
    BestList list(2, Better::Higher);
    QVERIFY(list.add(1, 0.5).kept);
    QVERIFY(!list.add(2, std::numeric_limits<double>::quiet_NaN()).kept);
    QVERIFY(list.add(3, 0.7).kept);
    QVERIFY(!list.add(4, 0.5).kept); // no better than epoch 1, which came first
    const auto change = list.add(5, 0.6);
    QVERIFY(change.kept);
    QCOMPARE(change.dropped, std::optional<std::int64_t>(1));
    QVERIFY((list.entries() == std::vector<BestList::Entry>{{0.7, 3}, {0.6, 5}}));
    BestList restored(2, Better::Higher);
    restored.restore(list.entries());
    QVERIFY(restored.entries() == list.entries());
    BestList downwards(1);
    QVERIFY(downwards.add(1, 2.0).kept);
    QCOMPARE(downwards.add(2, 1.0).dropped, std::optional<std::int64_t>(1));
    BestList none(0);
    QVERIFY(!none.add(1, 1.0).kept);
    QVERIFY(none.entries().empty());
}

void TestLearnWatch::stateRoundTrip()
{
    TrainState state;
    state.losses = LossSums(2);
    const auto fresh = trainStateFromJson(trainStateToJson(state), 2);
    QVERIFY(fresh && fresh->plateau == PlateauState{} && fresh->bestEpochs.empty());
    state.plateau = {1e-4, 0.1 + 0.2, 3, 1};
    state.bestEpochs = {{0.1, 7}, {0.3, 2}};
    const auto back = trainStateFromJson(trainStateToJson(state), 2);
    QVERIFY(back.has_value());
    QVERIFY(back->plateau == state.plateau);
    QVERIFY(back->bestEpochs == state.bestEpochs);
    // As checkpoints of the first version have it.
    nlohmann::json old = nlohmann::json::parse(trainStateToJson(state));
    old.erase("plateau");
    old.erase("best_epochs");
    const auto read = trainStateFromJson(old.dump(), 2);
    QVERIFY(read && read->plateau == PlateauState{} && read->bestEpochs.empty());
    old["plateau"] = 3;
    QVERIFY(!trainStateFromJson(old.dump(), 2));
}

void TestLearnWatch::watches()
{
    const Selection tasks = selection();
    const auto loss = findWatch("val/loss", tasks);
    QVERIFY(loss && loss->scope == "all" && loss->name == "loss" && loss->better == Better::Lower);
    const auto head = findWatch("val/tox21/binary/auroc_worst_decile", tasks);
    QVERIFY(head && head->scope == "head" && head->head == "tox21/binary" && head->better == Better::Higher);
    const auto headLoss = findWatch("train/qm9/loss", tasks);
    QVERIFY(headLoss && headLoss->part == store::Part::Train && headLoss->better == Better::Lower);
    const auto task = findWatch("val/qm9:mu/mae", tasks);
    QVERIFY(task && task->scope == "task" && task->task == 12 && task->better == Better::Lower);
    const auto slash = findWatch("val/tox21:assay/7/ap", tasks);
    QVERIFY(slash && slash->task == 38);
    QVERIFY(findWatch("val/zinc/mae", tasks).has_value()); // one task, one unit
}

void TestLearnWatch::refusesToWatch_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("names");
    const std::pair<const char*, const char*> cases[] = {
        {"loss", "val/METRIC"},
        {"test/loss", "test part"},
        {"val/mae", "loss alone"},
        {"val/qm8/loss", "'qm9'"},
        {"val/qm9:gpa/mae", "'qm9:gap'"},
        {"val/qm9/mae", "'mae_normalised'"},
        {"val/qm9/auroc", "no metric"},
        {"val/qm9:gap/mae_median", "no metric"},
        {"val/qm9:gap/loss", "no metric"},
        {"val/tox21:NR-AR/precision", "kept for each task"},
        {"val/tox21/binary/aurok", "'auroc'"},
        {"", "val/METRIC"},
        {"val/", "loss"},
        {"val//", "head or task"},
    };
    for (const auto& [text, names] : cases) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(names);
    }
}

void TestLearnWatch::refusesToWatch()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, names);
    const auto watch = findWatch(text.toStdString(), selection());
    QVERIFY(!watch);
    QCOMPARE(watch.error().code, ErrorCode::Usage);
    const std::string message = watch.error().text();
    QVERIFY2(message.find(names.toStdString()) != std::string::npos, message.c_str());
}

void TestLearnWatch::watchedValue()
{
    const Selection tasks = selection();
    const std::vector<store::Metric> metrics{{3, store::Part::Validation, "head", 0, "qm9", "loss", 0.5, 9},
                                             {3, store::Part::Train, "all", 0, "", "loss", 0.25, 9},
                                             {3, store::Part::Validation, "all", 0, "", "loss", 0.75, 9},
                                             {3, store::Part::Validation, "task", 12, "qm9", "mae", 1.5, 9}};
    QCOMPARE(findWatch("val/loss", tasks)->valueIn(metrics), 0.75);
    QCOMPARE(findWatch("train/loss", tasks)->valueIn(metrics), 0.25);
    QCOMPARE(findWatch("val/qm9/loss", tasks)->valueIn(metrics), 0.5);
    QCOMPARE(findWatch("val/qm9:mu/mae", tasks)->valueIn(metrics), 1.5);
    QVERIFY(std::isnan(findWatch("val/qm9:gap/mae", tasks)->valueIn(metrics)));
}

QTEST_GUILESS_MAIN(TestLearnWatch)
#include "tst_learn_watch.moc"
