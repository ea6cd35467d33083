// SPDX-License-Identifier: GPL-3.0-or-later
// The published library's metrics against its own values, oddities included.
#include <QtTest>

#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "learn/publishedmetrics.h"
#include "tests/learn/metricsfixture.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;

namespace
{

/// Compares every value of 'truth' that 'values' has a name for; gives how many, or −1 after a difference.
int comparePublished(const Values& values, const QJsonObject& truth, const QString& where)
{
    int compared = 0;
    for (auto item = truth.begin(); item != truth.end(); ++item) {
        const auto own = values.find(item.key().toStdString());
        if (own == values.end()) {
            continue;
        }
        if (!agrees(own->second, numberOf(item.value()), 1e-5)) {
            qWarning("%s, %s: %.9g, published %.9g", qPrintable(where), qPrintable(item.key()), own->second,
                     numberOf(item.value()));
            return -1;
        }
        ++compared;
    }
    return compared;
}

} // namespace

class TestLearnPublished : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishedValues();
    void publishedMeans();
    void publishedOnLogits();
    void brokenPredictions();
};

void TestLearnPublished::publishedValues()
{
    PAPILIO_TEST_FILE(csv, "parity/metrics/predictions.csv");
    PAPILIO_TEST_FILE(jsonPath, "parity/metrics/metrics.json");
    const QJsonObject tasks = readJson(jsonPath)[QStringLiteral("tasks")].toObject();
    for (const auto& [task, column] : readPredictions(csv)) {
        const bool isBinary = task.startsWith(u'b');
        const published::Column one{column.predictions, column.targets};
        const auto values = byName(published::values(isBinary ? TaskKind::Binary : TaskKind::Regression,
                                                     std::span(&one, 1), published::Handling::MeanPerLabel));
        const QJsonObject truth = tasks[task].toObject()[QStringLiteral("graphium")].toObject();
        QCOMPARE(truth.size(), isBinary ? 7 : 9);
        QCOMPARE(comparePublished(values, truth, task), static_cast<int>(truth.size()));
    }
}

void TestLearnPublished::publishedMeans()
{
    PAPILIO_TEST_FILE(csv, "parity/metrics/predictions.csv");
    PAPILIO_TEST_FILE(jsonPath, "parity/metrics/metrics.json");
    const QJsonObject document = readJson(jsonPath);
    const QJsonObject means = document[QStringLiteral("mean_per_label")].toObject();
    const QJsonObject flat = document[QStringLiteral("flatten")].toObject();
    const auto columns = readPredictions(csv);
    const auto group = [&columns](QChar letter, const auto& wanted) {
        std::vector<published::Column> list;
        for (const auto& [task, column] : columns) {
            if (task[0] == letter && wanted(task)) {
                list.push_back({column.predictions, column.targets});
            }
        }
        return list;
    };
    const auto all = [](const QString&) { return true; };
    const auto firstSix = [](const QString& task) { return task <= QStringLiteral("b06"); };
    const auto notThird = [](const QString& task) { return task != QStringLiteral("r03"); };
    const std::vector<std::tuple<QString, TaskKind, std::vector<published::Column>>> groups{
        {QStringLiteral("binary, all 12"), TaskKind::Binary, group(u'b', all)},
        {QStringLiteral("binary, b01-b06"), TaskKind::Binary, group(u'b', firstSix)},
        {QStringLiteral("regression, all 5"), TaskKind::Regression, group(u'r', all)},
        {QStringLiteral("regression without r03"), TaskKind::Regression, group(u'r', notThird)}};
    int compared = 0;
    for (const auto& [name, kind, list] : groups) {
        const QJsonObject truth = means[name].toObject();
        const auto values = byName(published::values(kind, list, published::Handling::MeanPerLabel));
        QCOMPARE(comparePublished(values, truth, name), static_cast<int>(truth.size()));
        compared += static_cast<int>(truth.size());
        if (const QJsonObject pooled = flat[name].toObject(); !pooled.isEmpty()) {
            auto flattened = byName(published::values(kind, list, published::Handling::Flatten));
            flattened["mae, NaN ignored"] = flattened["mae"];
            QCOMPARE(comparePublished(flattened, pooled, name), static_cast<int>(pooled.size()));
            compared += static_cast<int>(pooled.size());
        }
    }
    QCOMPARE(compared, 2 * 7 + 2 * 9 + 2 * 4);
}

void TestLearnPublished::publishedOnLogits()
{
    PAPILIO_TEST_FILE(csv, "parity/metrics/predictions.csv");
    PAPILIO_TEST_FILE(jsonPath, "parity/metrics/metrics.json");
    const auto columns = readPredictions(csv);
    const Column& column = columns.at(QStringLiteral("b01"));
    std::vector<double> logits;
    for (const double probability : column.predictions) {
        logits.push_back(std::log(probability / (1 - probability)));
    }
    const published::Column one{logits, column.targets};
    const auto values =
        byName(published::values(TaskKind::Binary, std::span(&one, 1), published::Handling::MeanPerLabel));
    const double truth = readJson(jsonPath)[QStringLiteral("toymix_f1_on_logits_of_b01")]
                             .toObject()[QStringLiteral("graphium")]
                             .toDouble();
    QVERIFY(near(values.at("f1_toymix"), truth, 1e-5));
    QVERIFY(published::values(TaskKind::Multiclass, std::span(&one, 1), published::Handling::Flatten).empty());
}

void TestLearnPublished::brokenPredictions()
{
    const std::vector<double> predictions{1, none, 3, none, 2}, targets{1, 0, 1, none, 0};
    const published::Column one{predictions, targets};
    for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary}) {
        const auto values = byName(published::values(kind, std::span(&one, 1), published::Handling::MeanPerLabel));
        for (const char* name : {"mae", "spearman_ipu", "pearson", "average_precision", "accuracy"}) {
            QVERIFY2(values.count(name) == 0 || std::isnan(values.at(name)), name);
        }
    }
}

QTEST_GUILESS_MAIN(TestLearnPublished)
#include "tst_learn_published.moc"
