// SPDX-License-Identifier: GPL-3.0-or-later
// What stands alone: metrics, schedule, early stopping, configuration, split.
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

#include "learn/config.h"
#include "learn/metrics.h"
#include "learn/schedule.h"
#include "learn/split.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::learn;

namespace
{

std::map<std::string, double> byName(const TaskMetrics& metrics)
{
    std::map<std::string, double> values;
    for (const MetricValue& value : metrics.values()) {
        values[value.name] = value.value;
    }
    return values;
}

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b)); }

TrainConfig config()
{
    TrainConfig config;
    config.architecture.name = "test";
    return config;
}

/// A column of the fixture: prediction and target where both are there.
struct Column {
    std::vector<std::pair<double, double>> rows;
};

std::map<QString, Column> readPredictions(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QList<QByteArray> names = file.readLine().trimmed().split(',');
    std::map<QString, Column> columns;
    while (!file.atEnd()) {
        const QList<QByteArray> cells = file.readLine().trimmed().split(',');
        for (int i = 0; i + 1 < names.size(); i += 2) {
            Column& column = columns[QString::fromLatin1(names[i]).section(u'_', 0, 0)];
            if (!cells[i].isEmpty() && !cells[i + 1].isEmpty()) {
                column.rows.emplace_back(cells[i].toDouble(), cells[i + 1].toDouble());
            }
        }
    }
    return columns;
}

} // namespace

class TestLearnBasics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void metricsAgreeWithScikitLearn();
    void regressionByHand();
    void rankingByHand();
    void accuracyByHand();
    void undefinedIsNotANumber();
    void sumsAreStableFarFromZero();
    void aBrokenPredictionMakesAllUndefined();
    void scheduleByHand();
    void scheduleOfShortRuns();
    void earlyStoppingByHand();
    void earlyStoppingWithMinDelta();
    void splitCounts();
    void splitIsDeterministicAndComplete();
    void splitRefusesNonsense();
    void configRoundTrip();
    void configRefusesUnknownKeys();
    void configRanges_data();
    void configRanges();
    void setValues();
};

void TestLearnBasics::metricsAgreeWithScikitLearn()
{
    PAPILIO_TEST_FILE(csv, "parity/metrics/predictions.csv");
    PAPILIO_TEST_FILE(jsonPath, "parity/metrics/metrics.json");
    QFile file(jsonPath);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject tasks = QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("tasks")].toObject();
    QCOMPARE(tasks.size(), 17);
    const std::map<QString, QString> names{{QStringLiteral("auroc"), QStringLiteral("auroc")},
                                           {QStringLiteral("ap"), QStringLiteral("average_precision")},
                                           {QStringLiteral("mae"), QStringLiteral("mae")},
                                           {QStringLiteral("r2"), QStringLiteral("r2")},
                                           {QStringLiteral("pearson"), QStringLiteral("pearson")}};
    int compared = 0;
    for (const auto& [task, column] : readPredictions(csv)) {
        TaskMetrics metrics(task.startsWith(u'b') ? TaskKind::Binary : TaskKind::Regression);
        for (const auto& [prediction, target] : column.rows) {
            metrics.add(prediction, target);
        }
        QCOMPARE(metrics.count(), static_cast<std::int64_t>(tasks[task].toObject()[QStringLiteral("labels")].toInt()));
        const QJsonObject truth = tasks[task].toObject()[QStringLiteral("sklearn_scipy")].toObject();
        for (const auto& [name, value] : byName(metrics)) {
            const auto known = names.find(QString::fromStdString(name));
            if (known == names.end()) {
                continue;
            }
            const QJsonValue expected = truth[known->second];
            const bool noPositives = name == "ap" && task == QStringLiteral("b07"); // scikit-learn says 0 and warns
            const QByteArray text = (task + u' ' + known->first + u' ' + QString::number(value, 'g', 17)).toUtf8();
            if (!expected.isDouble() || noPositives) {
                QVERIFY2(std::isnan(value), text.constData());
            } else {
                QVERIFY2(near(value, expected.toDouble(), 1e-6), text.constData());
            }
            ++compared;
        }
    }
    QCOMPARE(compared, 12 * 2 + 5 * 3);
}

void TestLearnBasics::regressionByHand()
{
    TaskMetrics metrics(TaskKind::Regression, 2.0);
    metrics.add(1, 2);
    metrics.add(2, 4);
    metrics.add(3, 6);
    auto values = byName(metrics);
    QCOMPARE(values["mae"], 2.0);                     // (1 + 2 + 3) / 3
    QCOMPARE(values["mae_normalised"], 1.0);          // over a standard deviation of 2
    QCOMPARE(values["r2"], 1.0 - 14.0 / 8.0);         // 1 − Σ(p−t)² / Σ(t−4)²
    QCOMPARE(values["pearson"], 1.0);
}

void TestLearnBasics::rankingByHand()
{
    // Scores 4+, 3−, 2+ and 2− (tied), 1−. Pairs won: 3 by the first; of the second positive 1 and a tie: 1.5. 4.5 / 6.
    TaskMetrics metrics(TaskKind::Binary);
    for (const auto& [score, label] : std::vector<std::pair<double, double>>{{2, 1}, {4, 1}, {1, 0}, {3, 0}, {2, 0}}) {
        metrics.add(score, label);
    }
    auto values = byName(metrics);
    QCOMPARE(values["auroc"], 0.75);
    QCOMPARE(values["ap"], 0.5 * 1 + 0.5 * 0.5); // recall ½ at precision 1, the rest at 2 of 4
}

void TestLearnBasics::accuracyByHand()
{
    TaskMetrics metrics(TaskKind::Multiclass);
    metrics.add(0, 0);
    metrics.add(2, 2);
    metrics.add(1, 2);
    metrics.add(1, 0);
    QCOMPARE(byName(metrics)["accuracy"], 0.5);
}

void TestLearnBasics::undefinedIsNotANumber()
{
    for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass}) {
        for (const auto& [name, value] : byName(TaskMetrics(kind))) {
            QVERIFY2(std::isnan(value), name.c_str());
        }
    }
    TaskMetrics constant(TaskKind::Regression);
    constant.add(1, 5);
    constant.add(2, 5);
    auto values = byName(constant);
    QCOMPARE(values["mae"], 3.5);
    QVERIFY(std::isnan(values["r2"]));
    QVERIFY(std::isnan(values["pearson"]));

    TaskMetrics negatives(TaskKind::Binary);
    negatives.add(1, 0);
    QVERIFY(std::isnan(byName(negatives)["auroc"]));
    QVERIFY(std::isnan(byName(negatives)["ap"]));

    const double nan = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(meanOfDefined({1, nan, 3}), 2.0);
    QVERIFY(std::isnan(meanOfDefined({nan})));
    QVERIFY(std::isnan(meanOfDefined({})));
}

void TestLearnBasics::sumsAreStableFarFromZero()
{
    // The same numbers around 0 and around 10⁹ (where squares have lost every digit that matters).
    TaskMetrics close(TaskKind::Regression);
    TaskMetrics far(TaskKind::Regression);
    for (int i = 0; i < 1000; ++i) {
        const double target = (i * 37 % 101) / 64.0;
        const double prediction = target * 0.5 + (i * 53 % 97) / 64.0;
        close.add(prediction, target);
        far.add(prediction + 1e9, target + 1e9);
    }
    for (const auto& [name, value] : byName(close)) {
        QVERIFY2(near(byName(far)[name], value, 1e-6), name.c_str());
    }
}

void TestLearnBasics::aBrokenPredictionMakesAllUndefined()
{
    for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass}) {
        TaskMetrics metrics(kind);
        metrics.add(1, 1);
        metrics.add(std::numeric_limits<double>::quiet_NaN(), 0);
        QCOMPARE(metrics.count(), 2);
        for (const auto& [name, value] : byName(metrics)) {
            QVERIFY2(std::isnan(value), name.c_str());
        }
    }
}

void TestLearnBasics::scheduleByHand()
{
    TrainConfig c = config();
    c.learningRate = 1.0;
    c.warmupEpochs = 4;
    c.epochs = 12;
    c.minLearningRate = 0.2;
    const double expected[] = {0.25, 0.5, 0.75, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2};
    for (int epoch = 0; epoch < 12; ++epoch) {
        QVERIFY(near(learningRateOf(c, epoch), expected[epoch], 1e-12));
    }
    c.warmupEpochs = 0;
    QVERIFY(near(learningRateOf(c, 0), 1.0 - 0.8 / 12, 1e-12));
    QVERIFY(near(learningRateOf(c, 11), 0.2, 1e-12));
}

void TestLearnBasics::scheduleOfShortRuns()
{
    TrainConfig c = config();
    c.learningRate = 1.0;
    c.epochs = 2;
    c.warmupEpochs = 4;
    QCOMPARE(learningRateOf(c, 0), 0.25);
    QCOMPARE(learningRateOf(c, 1), 0.5);
    c.warmupEpochs = 2;
    QCOMPARE(learningRateOf(c, 1), 1.0);
    c.epochs = 1;
    c.warmupEpochs = 0;
    QCOMPARE(learningRateOf(c, 0), 1.0); // the formula alone would give 0: a run that learns nothing
}

void TestLearnBasics::earlyStoppingByHand()
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

void TestLearnBasics::earlyStoppingWithMinDelta()
{
    EarlyStopping stopping;
    stopping.add(1, 1.0, 0.1);
    QVERIFY(stopping.add(2, 0.95, 0.1)); // best, but not by enough to go on waiting
    QVERIFY(stopping.add(3, 0.92, 0.1));
    QCOMPARE(stopping.waited, 2);
    QVERIFY(stopping.add(4, 0.89, 0.1)); // 0.11 below the reference of epoch 1
    QCOMPARE(stopping.waited, 0);
}

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
                             "random:a/b/c", "scaffold:0.8/0.1/0.1", "random:nan/0/0"}) {
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
