// SPDX-License-Identifier: GPL-3.0-or-later
// Metrics against scikit-learn, SciPy and hand-made cases.
#include <QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "learn/metrics.h"
#include "tests/learn/metricsfixture.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;

namespace
{

MetricOptions regression(Normalisation scale = {})
{
    return {TaskKind::Regression, scale, 0, Scores::Logits};
}
MetricOptions binary(Scores scores)
{
    return {TaskKind::Binary, {}, 0, scores};
}
MetricOptions classes(int count, Scores scores = Scores::Logits)
{
    return {TaskKind::Multiclass, {}, count, scores};
}

/// Target and logits of row i of a made-up column of three classes.
std::size_t madeUpClass(int i)
{
    return static_cast<std::size_t>((i * i + i / 7) % 3);
}

std::vector<double> madeUpLogits(int i)
{
    std::vector<double> logits;
    for (int k = 0; k < 3; ++k) {
        logits.push_back(std::sin(1.0 + i * (k + 1)) + (static_cast<std::size_t>(k) == madeUpClass(i) ? 0.7 : 0.0));
    }
    return logits;
}

void verify(const Values& values, const Values& expected, double tolerance = 1e-6)
{
    for (const auto& [name, value] : expected) {
        QVERIFY2(values.count(name) == 1, name.c_str());
        const QString text = QStringLiteral("%1: %2, expected %3")
                                 .arg(QString::fromStdString(name))
                                 .arg(values.at(name), 0, 'g', 12)
                                 .arg(value, 0, 'g', 12);
        QVERIFY2(agrees(values.at(name), value, tolerance), qPrintable(text));
    }
}

} // namespace

class TestLearnMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreeWithScikitLearn();
    void balanceAndCalibration();
    void regressionByHand();
    void regressionAgainstScikitLearn();
    void labelUnitsAndNormalised();
    void rankingByHand();
    void logitsAndProbabilitiesDecideAlike();
    void calibrationByHand();
    void severalClasses();
    void classesThatDoNotOccur();
    void certainClassesKeepTheirOrder();
    void undefinedIsNotANumber();
    void oneLabel();
    void constantColumns();
    void sumsAreStableFarFromZero();
    void aBrokenPredictionMakesAllUndefined();
    void missingTargetsAreIgnored();
    void summaries();
    void tableIsComplete();
};

void TestLearnMetrics::agreeWithScikitLearn()
{
    PAPILIO_TEST_FILE(csv, "parity/metrics/predictions.csv");
    PAPILIO_TEST_FILE(jsonPath, "parity/metrics/metrics.json");
    const QJsonObject tasks = readJson(jsonPath)[QStringLiteral("tasks")].toObject();
    QCOMPARE(tasks.size(), 17);
    int compared = 0;
    for (const auto& [task, column] : readPredictions(csv)) {
        const bool isBinary = task.startsWith(u'b');
        const auto list =
            metricsOf(isBinary ? binary(Scores::Probabilities) : regression(), column.predictions, column.targets);
        QCOMPARE(list.front().n, static_cast<std::int64_t>(tasks[task].toObject()[QStringLiteral("labels")].toInt()));
        const Values values = byName(list);
        const QJsonObject truth = tasks[task].toObject()[QStringLiteral("sklearn_scipy")].toObject();
        const QJsonObject confusion = tasks[task].toObject()[QStringLiteral("confusion")].toObject();
        const int tp = confusion[QStringLiteral("tp")].toInt(), fp = confusion[QStringLiteral("fp")].toInt();
        const int tn = confusion[QStringLiteral("tn")].toInt(), fn = confusion[QStringLiteral("fn")].toInt();
        // scikit-learn says 0 to 0/0; here that is undefined.
        const std::map<std::string, bool> zeroByZero{{"ap", tp + fn == 0},
                                                     {"recall", tp + fn == 0},
                                                     {"precision", tp + fp == 0},
                                                     {"f1", tp + fp + fn == 0},
                                                     {"mcc", !((tp + fn) && (tn + fp) && (tp + fp) && (tn + fn))}};
        for (const auto& [name, value] : values) {
            const QString key = name == "ap" ? QStringLiteral("average_precision") : QString::fromStdString(name);
            if (!truth.contains(key)) {
                continue;
            }
            const auto exception = zeroByZero.find(name);
            const bool undefined = (isBinary && exception != zeroByZero.end() && exception->second) ||
                                   std::isinf(numberOf(truth[key])); // R² of a constant label
            const QByteArray text = (task + u' ' + key + u' ' + QString::number(value, 'g', 17)).toUtf8();
            QVERIFY2(agrees(value, undefined ? none : numberOf(truth[key]), 1e-6), text.constData());
            ++compared;
        }
    }
    QCOMPARE(compared, 12 * 7 + 5 * 5);
}

void TestLearnMetrics::balanceAndCalibration()
{
    PAPILIO_TEST_FILE(csv, "parity/metrics/predictions.csv");
    const auto columns = readPredictions(csv);
    // scikit-learn 1.9.1, balanced_accuracy_score(y, p > 0.5); calibration: NumPy, by the definition in the header.
    const std::map<QString, Values> expected{
        {QStringLiteral("b01"),
         {{"balanced_accuracy", 0.7706142111601766}, {"calibration_error", 0.08317051481726428}}},
        {QStringLiteral("b02"),
         {{"balanced_accuracy", 0.7883838383838384}, {"calibration_error", 0.24146762113576034}}},
        {QStringLiteral("b03"),
         {{"balanced_accuracy", 0.7182094436652642}, {"calibration_error", 0.08009592326139088}}},
        {QStringLiteral("b05"), {{"balanced_accuracy", 0.20876387294297744}, {"calibration_error", 0.539807262895448}}},
        {QStringLiteral("b09"),
         {{"balanced_accuracy", 0.553763440860215}, {"calibration_error", 0.22823319786066498}}}};
    for (const auto& [task, values] : expected) {
        const Column& column = columns.at(task);
        verify(byName(metricsOf(binary(Scores::Probabilities), column.predictions, column.targets)), values);
    }
}

void TestLearnMetrics::regressionByHand()
{
    // In label units: 1, 2, 3 against 2, 4, 6; normalised by a standard deviation of 2.
    const auto values = byName(metricsOf(regression({0, 2}), std::vector{0.5, 1.0, 1.5}, std::vector{1.0, 2.0, 3.0}));
    verify(values,
           {{"mae", 2.0}, // (1 + 2 + 3) / 3
            {"mae_normalised", 1.0},
            {"mse", 14.0 / 3}, // (1 + 4 + 9) / 3
            {"mse_normalised", 14.0 / 12},
            {"rmse", std::sqrt(14.0 / 3)},
            {"rmse_normalised", std::sqrt(14.0 / 12)},
            {"mape", 0.5},
            {"r2", 1.0 - 14.0 / 8.0}, // 1 − Σ(p−t)² / Σ(t−4)²
            {"pearson", 1.0},
            {"spearman", 1.0},
            {"cosine", 1.0}},
           1e-12);
    // Ranks with ties, by hand: 1, 2.5, 2.5, 4 against 1, 2, 3, 4. Σ of products of deviations 4.5, of squares 4.5, 5.
    verify(byName(metricsOf(regression(), std::vector{1.0, 5.0, 5.0, 7.0}, std::vector{1.0, 2.0, 3.0, 4.0})),
           {{"spearman", 4.5 / std::sqrt(4.5 * 5)}}, 1e-12);
}

void TestLearnMetrics::regressionAgainstScikitLearn()
{
    TaskMetrics metrics(regression({2.0, 0.5}));
    for (int i = 0; i < 40; ++i) {
        const double target = 1.0 + ((i * 37) % 101) / 50.0;
        const double prediction = target * 0.8 + std::cos(i) / 3;
        metrics.add((prediction - 2.0) / 0.5, (target - 2.0) / 0.5);
    }
    // scikit-learn 1.9.1 and SciPy 1.17.1 on the same numbers in label units.
    verify(byName(metrics.values()), {{"mae", 0.3987609743369137},
                                      {"rmse", 0.46542968006341917},
                                      {"mse", 0.2166247870839367},
                                      {"mape", 0.2047640256273043},
                                      {"msle", 0.029276671198732746},
                                      {"r2", 0.3771409062225971},
                                      {"pearson", 0.898565290125702},
                                      {"spearman", 0.8939962476547842},
                                      {"cosine", 0.990296456510989},
                                      {"cosine_normalised", 0.7303314787414165},
                                      {"mae_normalised", 2 * 0.3987609743369137}});
}

void TestLearnMetrics::labelUnitsAndNormalised()
{
    TaskMetrics normalised(regression({-300, 25}));
    TaskMetrics plain(regression());
    for (int i = 0; i < 50; ++i) {
        const double prediction = std::sin(i), target = std::sin(i + 0.3);
        normalised.add(prediction, target);
        plain.add(prediction * 25 - 300, target * 25 - 300);
    }
    const Values a = byName(normalised.values());
    for (const auto& [name, value] : byName(plain.values())) {
        const bool changes = name.find("normalised") != std::string::npos;
        QVERIFY2(changes || agrees(a.at(name), value, 1e-9), name.c_str());
    }
    verify(a, {{"mae_normalised", a.at("mae") / 25}, {"rmse_normalised", a.at("rmse") / 25}}, 1e-12);
    QVERIFY(std::isnan(a.at("msle"))); // below −1
}

void TestLearnMetrics::rankingByHand()
{
    // Scores 4+, 3−, 2+ and 2− (tied), 1−. Pairs won: 3 by the first; of the second positive 1 and a tie: 1.5. 4.5 / 6.
    const auto values = byName(
        metricsOf(binary(Scores::Logits), std::vector{2.0, 4.0, 1.0, 3.0, 2.0}, std::vector{1.0, 1.0, 0.0, 0.0, 0.0}));
    verify(values, {{"auroc", 0.75}, {"ap", 0.5 * 1 + 0.5 * 0.5}},
           1e-12); // recall ½ at precision 1, the rest at 2 of 4
}

void TestLearnMetrics::logitsAndProbabilitiesDecideAlike()
{
    TaskMetrics logits(binary(Scores::Logits)), probabilities(binary(Scores::Probabilities));
    for (int i = 0; i < 200; ++i) {
        const double logit = 3 * std::sin(i * 1.7);
        const double target = (i * 13) % 5 < 2 ? 1 : 0;
        logits.add(logit, target);
        probabilities.add(1 / (1 + std::exp(-logit)), target);
    }
    verify(byName(logits.values()), byName(probabilities.values()), 1e-9);
    // 0.5 itself is no positive.
    verify(byName(metricsOf(binary(Scores::Probabilities), std::vector{0.5, 0.6}, std::vector{1.0, 1.0})),
           {{"recall", 0.5}});
    verify(byName(metricsOf(binary(Scores::Logits), std::vector{0.0, 0.1}, std::vector{1.0, 1.0})), {{"recall", 0.5}});
    // Far out, where probabilities round to 1, the order of the logits is kept.
    verify(byName(metricsOf(binary(Scores::Logits), std::vector{50.0, 60.0}, std::vector{0.0, 1.0})), {{"auroc", 1.0}});
}

void TestLearnMetrics::calibrationByHand()
{
    // Three in (14/15, 1]: confidence 2.9, hits 2; one in [0, 1/15]: confidence 0, hits 1. (0.9 + 1) / 4.
    const auto values = byName(
        metricsOf(binary(Scores::Probabilities), std::vector{1.0, 0.95, 0.95, 0.0}, std::vector{1.0, 0.0, 1.0, 1.0}));
    verify(values, {{"calibration_error", (0.9 + 1) / 4}}, 1e-12);
    verify(byName(metricsOf(binary(Scores::Probabilities), std::vector{1.0, 0.0}, std::vector{1.0, 0.0})),
           {{"calibration_error", 0.0}}, 1e-12);
}

void TestLearnMetrics::severalClasses()
{
    TaskMetrics logits(classes(3)), probabilities(classes(3, Scores::Probabilities));
    for (int i = 0; i < 60; ++i) {
        std::vector<double> outputs = madeUpLogits(i);
        logits.add(outputs, static_cast<double>(madeUpClass(i)));
        double sum = 0;
        for (double& output : outputs) {
            output = std::exp(output);
            sum += output;
        }
        for (double& output : outputs) {
            output /= sum;
        }
        probabilities.add(outputs, static_cast<double>(madeUpClass(i)));
    }
    // scikit-learn 1.9.1; roc_auc_score(multi_class="ovr"); calibration and MAE of the class with NumPy.
    const Values expected{{"accuracy", 0.6333333333333333},   {"balanced_accuracy", 0.6355218855218855},
                          {"f1_macro", 0.6334351922587217},   {"mcc", 0.4504258934521651},
                          {"auroc_macro", 0.811536047610609}, {"ap_macro", 0.7032653287376244},
                          {"mae_class", 0.5959396528949017},  {"calibration_error", 0.14067558511028455}};
    verify(byName(logits.values()), expected);
    verify(byName(probabilities.values()), expected);
}

void TestLearnMetrics::classesThatDoNotOccur()
{
    TaskMetrics metrics(classes(3));
    for (int i = 0; i < 60; ++i) {
        if (madeUpClass(i) < 2) {
            metrics.add(madeUpLogits(i), static_cast<double>(madeUpClass(i)));
        }
    }
    // Rankings: mean of scikit-learn's numbers for the two classes that occur.
    verify(byName(metrics.values()), {{"balanced_accuracy", 0.5782828282828283},
                                      {"f1_macro", 0.43274853801169594},
                                      {"mcc", 0.32866616439302565},
                                      {"auroc_macro", 0.7815656565656566},
                                      {"ap_macro", 0.7827752385026135}});
    TaskMetrics single(classes(3));
    single.add(std::vector{3.0, 0.0, 0.0}, 0);
    single.add(std::vector{0.0, 3.0, 0.0}, 0);
    verify(byName(single.values()), {{"accuracy", 0.5},
                                     {"balanced_accuracy", none},
                                     {"mcc", none},
                                     {"auroc_macro", none},
                                     {"ap_macro", 1.0},
                                     {"f1_macro", (2.0 / 3 + 0) / 2}});
}

void TestLearnMetrics::certainClassesKeepTheirOrder()
{
    // All probabilities of class 0 round to 1, or to 0 as floats; the log-odds still tell them apart.
    TaskMetrics metrics(classes(2));
    metrics.add(std::vector{60.0, 0.0}, 1);
    metrics.add(std::vector{70.0, 0.0}, 0);
    metrics.add(std::vector{-2000.0, 0.0}, 1);
    metrics.add(std::vector{1000.0, -1000.0}, 0);
    verify(byName(metrics.values()), {{"auroc_macro", 1.0}, {"accuracy", 0.75}, {"mae_class", 0.25}}, 1e-12);
}

void TestLearnMetrics::undefinedIsNotANumber()
{
    for (const MetricOptions& options : {regression(), binary(Scores::Logits), classes(3)}) {
        for (const MetricValue& value : TaskMetrics(options).values()) {
            QVERIFY2(std::isnan(value.value), value.name.c_str());
            QCOMPARE(value.n, 0);
        }
    }
    const auto negatives = byName(metricsOf(binary(Scores::Logits), std::vector{-1.0, 1.0}, std::vector{0.0, 0.0}));
    verify(negatives, {{"auroc", none},
                       {"ap", none},
                       {"recall", none},
                       {"balanced_accuracy", none},
                       {"mcc", none},
                       {"accuracy", 0.5},
                       {"precision", 0.0},
                       {"f1", 0.0}});
    const auto nothing = byName(metricsOf(binary(Scores::Logits), std::vector{-1.0, -1.0}, std::vector{0.0, 0.0}));
    verify(nothing, {{"f1", none}, {"precision", none}, {"accuracy", 1.0}});
    const auto positives = byName(metricsOf(binary(Scores::Logits), std::vector{-1.0, 1.0}, std::vector{1.0, 1.0}));
    verify(positives, {{"auroc", none}, {"ap", 1.0}, {"recall", 0.5}, {"precision", 1.0}, {"mcc", none}});
}

void TestLearnMetrics::oneLabel()
{
    verify(byName(metricsOf(regression(), std::vector{2.0}, std::vector{3.0})),
           {{"mae", 1.0}, {"rmse", 1.0}, {"r2", none}, {"pearson", none}, {"spearman", none}, {"cosine", 1.0}}, 1e-12);
    verify(byName(metricsOf(binary(Scores::Logits), std::vector{2.0}, std::vector{1.0})),
           {{"auroc", none}, {"ap", 1.0}, {"accuracy", 1.0}, {"mcc", none}});
    verify(byName(metricsOf(classes(4), std::vector{0.0, 1.0, 2.0, 1.0}, std::vector{2.0})),
           {{"accuracy", 1.0}, {"auroc_macro", none}, {"ap_macro", 1.0}});
}

void TestLearnMetrics::constantColumns()
{
    const std::vector<double> varying{0.3, -1.2, 4.0}, constant(3, 0.1), zeros(3, 0.0);
    verify(byName(metricsOf(regression(), varying, constant)), {{"r2", none}, {"pearson", none}, {"spearman", none}});
    const auto flat = byName(metricsOf(regression(), constant, varying));
    verify(flat, {{"pearson", none}, {"spearman", none}});
    QVERIFY(flat.at("r2") < 0);
    verify(byName(metricsOf(regression(), zeros, varying)), {{"cosine", none}});
    verify(byName(metricsOf(regression(), varying, zeros)), {{"cosine", none}, {"mape", none}});
}

void TestLearnMetrics::sumsAreStableFarFromZero()
{
    // The same numbers around 0 and around 10⁹ (where squares have lost every digit that matters).
    TaskMetrics close(regression()), far(regression());
    for (int i = 0; i < 1000; ++i) {
        const double target = (i * 37 % 101) / 64.0;
        const double prediction = target * 0.5 + (i * 53 % 97) / 64.0;
        close.add(prediction, target);
        far.add(prediction + 1e9, target + 1e9);
    }
    const Values distant = byName(far.values());
    const Values here = byName(close.values());
    for (const char* name : {"mae", "rmse", "r2", "pearson"}) {
        QVERIFY2(near(distant.at(name), here.at(name), 1e-6), name);
    }
}

void TestLearnMetrics::aBrokenPredictionMakesAllUndefined()
{
    for (const double bad : {none, std::numeric_limits<double>::infinity()}) {
        for (const MetricOptions& options : {regression(), binary(Scores::Logits), classes(1)}) {
            TaskMetrics metrics(options);
            metrics.add(1, 0);
            metrics.add(bad, 0);
            metrics.add(1, 0);
            QCOMPARE(metrics.count(), 3);
            for (const MetricValue& value : metrics.values()) {
                QVERIFY2(std::isnan(value.value), value.name.c_str());
                QCOMPARE(value.n, 3);
            }
        }
    }
    TaskMetrics metrics(classes(2)); // a class that there is not, and too few outputs
    metrics.add(std::vector{0.0, 1.0}, 2);
    QVERIFY(std::isnan(byName(metrics.values())["accuracy"]));
    TaskMetrics narrow(classes(2));
    narrow.add(std::vector{0.0}, 0);
    QVERIFY(std::isnan(byName(narrow.values())["accuracy"]));
}

void TestLearnMetrics::missingTargetsAreIgnored()
{
    const auto list = metricsOf(regression(), std::vector{1.0, none, 3.0}, std::vector{2.0, none, 5.0});
    QCOMPARE(list.front().n, 2);
    verify(byName(list), {{"mae", 1.5}});
}

void TestLearnMetrics::summaries()
{
    QCOMPARE(meanOfDefined({1, none, 3}), 2.0);
    QVERIFY(std::isnan(meanOfDefined({none})));
    QVERIFY(std::isnan(meanOfDefined({})));
    QCOMPARE(medianOfDefined({5, none, 1, 3}), 3.0);
    QCOMPARE(medianOfDefined({5, 1, 3, 2}), 2.5);
    QVERIFY(std::isnan(medianOfDefined({none})));
    std::vector<double> twelve(12);
    std::iota(twelve.begin(), twelve.end(), 1.0);
    QCOMPARE(worstDecileOfDefined(twelve, Better::Higher), 1.5); // 1 and 2
    QCOMPARE(worstDecileOfDefined(twelve, Better::Lower), 11.5); // 12 and 11
    QCOMPARE(worstDecileOfDefined({none, 7}, Better::Lower), 7.0);
    QVERIFY(std::isnan(worstDecileOfDefined({}, Better::Lower)));
}

void TestLearnMetrics::tableIsComplete()
{
    for (const MetricOptions& options : {regression(), binary(Scores::Logits), classes(3)}) {
        const auto table = metricsOfKind(options.kind);
        const auto values = TaskMetrics(options).values();
        QCOMPARE(values.size(), table.size());
        for (std::size_t i = 0; i < table.size(); ++i) {
            QCOMPARE(values[i].name, std::string(table[i].name));
            QVERIFY(!table[i].meaning.empty() && !table[i].title.empty());
            QCOMPARE(findMetric(options.kind, std::string(table[i].name) + "_median"), &table[i]);
            QCOMPARE(findMetric(options.kind, std::string(table[i].name) + "_worst_decile"), &table[i]);
        }
    }
    QVERIFY(findMetric(TaskKind::Binary, "mae") == nullptr);
    QCOMPARE(findMetric(TaskKind::Regression, "mae")->better, Better::Lower);
    QCOMPARE(findMetric(TaskKind::Binary, "auroc")->better, Better::Higher);
}

QTEST_GUILESS_MAIN(TestLearnMetrics)
#include "tst_learn_metrics.moc"
