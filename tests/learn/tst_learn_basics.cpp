// SPDX-License-Identifier: GPL-3.0-or-later
// What stands alone: configuration and split.
#include <QtTest>

#include <limits>
#include <numeric>

#include <nlohmann/json.hpp>

#include "learn/config.h"
#include "learn/split.h"

using namespace papilio;
using namespace papilio::learn;

namespace
{

TrainConfig config()
{
    TrainConfig config;
    config.architecture.name = "test";
    return config;
}

} // namespace

class TestLearnBasics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitCounts();
    void splitIsDeterministicAndComplete();
    void splitRefusesNonsense();
    void configRoundTrip();
    void configRefusesUnknownKeys();
    void configRanges_data();
    void configRanges();
    void setValues();
};

void TestLearnBasics::splitCounts()
{
    for (const std::int64_t n : {1, 9, 10, 15, 29, 100, 7831, 151041}) {
        std::vector<std::int64_t> molecules(static_cast<std::size_t>(n));
        std::iota(molecules.begin(), molecules.end(), 5);
        const auto split = makeSplit("random:0.8/0.1/0.1", 42, molecules);
        QVERIFY(split.has_value());
        const auto count = [&](store::Part part) { return std::count(split->parts.begin(), split->parts.end(), part); };
        QCOMPARE(count(store::Part::Validation), n / 10);
        QCOMPARE(count(store::Part::Test), n / 10);
        QCOMPARE(count(store::Part::Train), n - 2 * (n / 10));
    }
    std::vector<std::int64_t> hundred(100);
    std::iota(hundred.begin(), hundred.end(), 1);
    const auto split = makeSplit("random:0.42/0.29/0.29", 1, hundred);
    QCOMPARE(std::count(split->parts.begin(), split->parts.end(), store::Part::Test), 29);
}

void TestLearnBasics::splitIsDeterministicAndComplete()
{
    std::vector<std::int64_t> molecules{9, 3, 7, 1, 5, 11, 13, 15, 17, 19, 21, 23};
    const auto first = makeSplit("random:0.5/0.25/0.25", 7, molecules);
    std::reverse(molecules.begin(), molecules.end());
    molecules.push_back(3); // twice
    const auto second = makeSplit("random:0.5/0.25/0.25", 7, molecules);
    QCOMPARE(first->hash, second->hash);
    QVERIFY(first->molecules == second->molecules);
    QVERIFY(first->parts == second->parts);
    QVERIFY(std::is_sorted(first->molecules.begin(), first->molecules.end()));
    QCOMPARE(first->molecules.size(), std::size_t{12});
    const auto other = makeSplit("random:0.5/0.25/0.25", 8, molecules);
    QVERIFY(other->hash != first->hash);
}

void TestLearnBasics::splitRefusesNonsense()
{
    for (const char* spec : {"", "random", "random:0.8/0.2", "random:0/0.5/0.5", "random:0.8/0.1/0.2",
                             "random:1.1/-0.1/0",
                             "random:a/b/c", "scafold:0.8/0.1/0.1", "random:nan/0/0"}) {
        const auto split = makeSplit(spec, 1, {1, 2, 3});
        QVERIFY2(!split, spec);
        QCOMPARE(split.error().code, ErrorCode::Usage);
        QVERIFY(!split.error().hint.empty());
    }
    QVERIFY(makeSplit("random:1/0/0", 1, {1, 2, 3}).has_value());
}

void TestLearnBasics::configRoundTrip()
{
    TrainConfig c = config();
    c.tasks = {"qm9:*", "tox21"};
    c.split = "random:0.7/0.2/0.1";
    c.seed = std::numeric_limits<std::uint64_t>::max();
    c.epochs = 7;
    c.batchSize = 33;
    c.learningRate = 0.1 + 0.2;
    c.warmupEpochs = 2;
    c.minLearningRate = 1e-9;
    c.weightDecay = 0.01;
    c.clipNorm = 0;
    c.patience = 0;
    c.minDelta = 0.5;
    c.threads = 3;
    c.device = "cuda:1";
    c.checkpointSeconds = 5;
    const nlohmann::json json = trainConfigToJson(c);
    const auto back = trainConfigFromJson(nlohmann::json::parse(json.dump()));
    QVERIFY2(back.has_value(), back ? "" : back.error().text().c_str());
    QVERIFY(trainConfigToJson(*back) == json);
    QCOMPARE(back->seed, c.seed);
    QCOMPARE(back->learningRate, c.learningRate);
    QCOMPARE(back->device, c.device);
}

void TestLearnBasics::configRefusesUnknownKeys()
{
    nlohmann::json json = trainConfigToJson(config());
    json["lerning_rate"] = 1;
    const auto back = trainConfigFromJson(json);
    QVERIFY(!back);
    QVERIFY(back.error().text().find("lerning_rate") != std::string::npos);
    QVERIFY(back.error().text().find("'learning_rate'") != std::string::npos);
    QVERIFY(!trainConfigFromJson(nlohmann::json::array()));
    json = trainConfigToJson(config());
    json["epochs"] = "many";
    QVERIFY(!trainConfigFromJson(json));
    json["epochs"] = 3;
    json["seed"] = -1;
    QVERIFY(!trainConfigFromJson(json));
    json["seed"] = 7; // a signed number in memory
    QCOMPARE(trainConfigFromJson(json)->seed, std::uint64_t{7});
}

void TestLearnBasics::configRanges_data()
{
    QTest::addColumn<QString>("assignment");
    for (const char* assignment :
         {"epochs=0", "epochs=1.5", "epochs=-1", "batch_size=0", "learning_rate=0", "learning_rate=nan",
          "learning_rate=11", "warmup_epochs=-1", "weight_decay=2", "clip_norm=-1", "patience=-1", "threads=-1",
          "checkpoint_seconds=-1", "device=gpu", "device=cuda:x", "seed=-1", "seed=x", "epochs=", "epochs", "=3",
          "split=half", "architecture=x", "epochs=1e300"}) {
        QTest::newRow(assignment) << QString::fromLatin1(assignment);
    }
}

void TestLearnBasics::configRanges()
{
    QFETCH(QString, assignment);
    TrainConfig c = config();
    const nlohmann::json before = trainConfigToJson(c);
    const auto done = setTrainValue(c, assignment.toStdString());
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Usage);
    QVERIFY(trainConfigToJson(c) == before);
}

void TestLearnBasics::setValues()
{
    TrainConfig c = config();
    for (const char* assignment : {"learning_rate=3e-4", "epochs = 9", "tasks=a:*, b", "seed=18446744073709551615",
                                   "device=cuda", "split=random:0.6/0.2/0.2"}) {
        QVERIFY2(setTrainValue(c, assignment).has_value(), assignment);
    }
    QCOMPARE(c.learningRate, 3e-4);
    QCOMPARE(c.epochs, 9);
    QVERIFY((c.tasks == std::vector<std::string>{"a:*", "b"}));
    QCOMPARE(c.seed, std::numeric_limits<std::uint64_t>::max());
    const auto unknown = setTrainValue(c, "batchsize=3");
    QVERIFY(!unknown);
    QVERIFY(unknown.error().text().find("'batch_size'") != std::string::npos);
    c.minLearningRate = 1;
    QVERIFY(!checkTrainConfig(c));
}

QTEST_GUILESS_MAIN(TestLearnBasics)
#include "tst_learn_basics.moc"
