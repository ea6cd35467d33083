// SPDX-License-Identifier: GPL-3.0-or-later
// Learning-rate schedules against PyTorch and by hand.
#include <QtTest>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "learn/config.h"
#include "learn/schedule.h"

using namespace papilio;
using namespace papilio::learn;

namespace
{

using Numbers = std::vector<double>;

// PyTorch 2.15, 30 epochs from a rate of 0.1: param_groups[0]["lr"] before each scheduler.step(); the constructor's
// arguments are in the comments, the watched values of ReduceLROnPlateau in plateauValues.
/// CosineAnnealingLR(T_max=30, eta_min=0.01)
const Numbers cosineRates = {0.1,           0.099753485292, 0.099016642033, 0.097797543233, 0.096109545594,
                             0.09397114317, 0.091405764747, 0.088441517146, 0.085110877286, 0.081450336353,
                             0.0775,        0.073303148938, 0.068905764747, 0.064356026087, 0.059703780847,
                             0.055,         0.050296219153, 0.045643973913, 0.041094235253, 0.036696851062,
                             0.0325,        0.028549663647, 0.024889122714, 0.021558482854, 0.018594235253,
                             0.01602885683, 0.013890454406, 0.012202456767, 0.010983357967, 0.010246514708};
/// CosineAnnealingLR(T_max=10, eta_min=0.01)
const Numbers cosinePeriod10Rates = {0.1,   0.097797543233, 0.091405764747, 0.081450336353, 0.068905764747,
                                     0.055, 0.041094235253, 0.028549663647, 0.018594235253, 0.012202456767,
                                     0.01,  0.012202456767, 0.018594235253, 0.028549663647, 0.041094235253,
                                     0.055, 0.068905764747, 0.081450336353, 0.091405764747, 0.097797543233,
                                     0.1,   0.097797543233, 0.091405764747, 0.081450336353, 0.068905764747,
                                     0.055, 0.041094235253, 0.028549663647, 0.018594235253, 0.012202456767};
/// CosineAnnealingWarmRestarts(T_0=4, T_mult=2, eta_min=0.01)
const Numbers restartsRates = {0.1,
                               0.086819805153,
                               0.055,
                               0.023180194847,
                               0.1,
                               0.096574578963,
                               0.086819805153,
                               0.072220754456,
                               0.055,
                               0.037779245544,
                               0.023180194847,
                               0.013425421037,
                               0.1,
                               0.099135337618,
                               0.096574578963,
                               0.092416132554,
                               0.086819805153,
                               0.080000660486,
                               0.072220754456,
                               0.063779064491,
                               0.055,
                               0.046220935509,
                               0.037779245544,
                               0.029999339514,
                               0.023180194847,
                               0.017583867446,
                               0.013425421037,
                               0.010864662382,
                               0.1,
                               0.0997833127};
/// CosineAnnealingWarmRestarts(T_0=7)
const Numbers restartsEqualRates = {
    0.1, 0.095048443395, 0.081174490093, 0.061126046698, 0.038873953302, 0.018825509907, 0.004951556605,
    0.1, 0.095048443395, 0.081174490093, 0.061126046698, 0.038873953302, 0.018825509907, 0.004951556605,
    0.1, 0.095048443395, 0.081174490093, 0.061126046698, 0.038873953302, 0.018825509907, 0.004951556605,
    0.1, 0.095048443395, 0.081174490093, 0.061126046698, 0.038873953302, 0.018825509907, 0.004951556605,
    0.1, 0.095048443395};
/// CyclicLR(base_lr=0.01, max_lr=0.1, step_size_up=4, step_size_down=6)
const Numbers triangularRates = {0.01, 0.0325, 0.055, 0.0775, 0.1, 0.085, 0.07, 0.055, 0.04, 0.025,
                                 0.01, 0.0325, 0.055, 0.0775, 0.1, 0.085, 0.07, 0.055, 0.04, 0.025,
                                 0.01, 0.0325, 0.055, 0.0775, 0.1, 0.085, 0.07, 0.055, 0.04, 0.025};
/// CyclicLR(base_lr=0.01, max_lr=0.1, step_size_up=5, mode="triangular2")
const Numbers triangular2Rates = {0.01, 0.028,  0.046, 0.064,  0.082, 0.1,    0.082, 0.064,  0.046, 0.028,
                                  0.01, 0.019,  0.028, 0.037,  0.046, 0.055,  0.046, 0.037,  0.028, 0.019,
                                  0.01, 0.0145, 0.019, 0.0235, 0.028, 0.0325, 0.028, 0.0235, 0.019, 0.0145};
/// CyclicLR(base_lr=0.01, max_lr=0.1, step_size_up=3, mode="exp_range", gamma=0.95)
const Numbers expRangeRates = {0.01, 0.0385,         0.06415,        0.08716375,     0.058870375,    0.033213428125,
                               0.01, 0.030950118883, 0.049805225877, 0.066722446875, 0.045924216354, 0.027064002768,
                               0.01, 0.025400262498, 0.039260498747, 0.051696210714, 0.036407600119, 0.022543610057,
                               0.01, 0.021320608076, 0.031509155345, 0.040650546366, 0.029412012698, 0.019220706032,
                               0.01, 0.018321687194, 0.025811205668, 0.032530968077, 0.024269613115, 0.01677806623};
/// ExponentialLR(gamma=0.9)
const Numbers exponentialRates = {0.1,
                                  0.09,
                                  0.081,
                                  0.0729,
                                  0.06561,
                                  0.059049,
                                  0.0531441,
                                  0.04782969,
                                  0.043046721,
                                  0.0387420489,
                                  0.03486784401,
                                  0.031381059609,
                                  0.028242953648,
                                  0.025418658283,
                                  0.022876792455,
                                  0.020589113209,
                                  0.018530201889,
                                  0.0166771817,
                                  0.01500946353,
                                  0.013508517177,
                                  0.012157665459,
                                  0.010941898913,
                                  0.009847709022,
                                  0.00886293812,
                                  0.007976644308,
                                  0.007178979877,
                                  0.006461081889,
                                  0.0058149737,
                                  0.00523347633,
                                  0.004710128697};
/// MultiStepLR(milestones=[5, 11, 12], gamma=0.3)
const Numbers multiStepRates = {0.1,    0.1,    0.1,    0.1,    0.1,    0.03,   0.03,   0.03,   0.03,   0.03,
                                0.03,   0.009,  0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027,
                                0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027, 0.0027};
/// StepLR(step_size=7, gamma=0.5)
const Numbers stepRates = {0.1,   0.1,    0.1,    0.1,    0.1,    0.1,    0.1,    0.05,   0.05,    0.05,
                           0.05,  0.05,   0.05,   0.05,   0.025,  0.025,  0.025,  0.025,  0.025,   0.025,
                           0.025, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.00625, 0.00625};
/// ConstantLR()
const Numbers constantFactorRates = {0.033333333333,
                                     0.033333333333,
                                     0.033333333333,
                                     0.033333333333,
                                     0.033333333333,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1,
                                     0.1};
/// PolynomialLR(total_iters=20, power=2.0)
const Numbers polynomialRates = {0.1,   0.09025, 0.081, 0.07225, 0.064, 0.05625, 0.049, 0.04225, 0.036, 0.03025,
                                 0.025, 0.02025, 0.016, 0.01225, 0.009, 0.00625, 0.004, 0.00225, 0.001, 0.00025,
                                 0.0,   0.0,     0.0,   0.0,     0.0,   0.0,     0.0,   0.0,     0.0,   0.0};
/// ReduceLROnPlateau(factor=0.5, patience=2, cooldown=1, min_lr=0.004)
const Numbers plateauRates = {0.1,    0.1,     0.1,     0.1,     0.1,     0.1,    0.1,    0.05,   0.05,   0.05,
                              0.05,   0.025,   0.025,   0.025,   0.025,   0.0125, 0.0125, 0.0125, 0.0125, 0.0125,
                              0.0125, 0.00625, 0.00625, 0.00625, 0.00625, 0.004,  0.004,  0.004,  0.004,  0.004};
/// LambdaLR(lambda e: 0.1 + 0.9 * e / 4 if e < 4 else (1 - 0.5 * (e - 4) / 16 if e < 20 else 0.5))
const Numbers piecewiseRates = {0.01,   0.0325,   0.055,   0.0775,   0.1,   0.096875, 0.09375, 0.090625,
                                0.0875, 0.084375, 0.08125, 0.078125, 0.075, 0.071875, 0.06875, 0.065625,
                                0.0625, 0.059375, 0.05625, 0.053125, 0.05,  0.05,     0.05,    0.05,
                                0.05,   0.05,     0.05,    0.05,     0.05,  0.05};
const Numbers plateauValues = {1.0, 0.9, 0.9, 0.8999, 0.95, 0.9, 0.9, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.69995,
                               0.7, 0.7, 0.3, 0.3,    0.3,  0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3};

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-11;
}

ScheduleSpec fromText(const char* text)
{
    auto spec = scheduleFromJson(nlohmann::json::parse(text));
    if (!spec) {
        qFatal("%s", spec.error().text().c_str());
    }
    return *spec;
}

double rateAt(const ScheduleSpec& spec, double rate, std::int64_t epoch, std::int64_t epochs)
{
    return learningRateAt(spec, rate, {epoch, epochs, 0, 1});
}

TrainConfig config()
{
    TrainConfig config;
    config.architecture.name = "test";
    return config;
}

} // namespace

class TestLearnSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithPyTorch_data();
    void agreesWithPyTorch();
    void plateauAgreesWithPyTorch();
    void plateauByHand();
    void warmupLinearByHand();
    void warmupLinearOfShortRuns();
    void warmupBeforeAnything();
    void cosineWithWarmup();
    void byStep();
    void jsonRoundTrip();
    void defaults();
    void refuses_data();
    void refuses();
};

void TestLearnSchedule::agreesWithPyTorch_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Numbers>("expected");
    const auto row = [](const char* name, const char* json, const Numbers& expected) {
        QTest::newRow(name) << QByteArray(json) << expected;
    };
    row("cosine", R"({"type": "cosine", "min_learning_rate": 0.01})", cosineRates);
    row("cosine, period", R"({"type": "cosine", "period": 10, "min_learning_rate": 0.01})", cosinePeriod10Rates);
    row("restarts", R"({"type": "cosine-restarts", "period": 4, "period_factor": 2, "min_learning_rate": 0.01})",
        restartsRates);
    row("equal restarts", R"({"type": "cosine-restarts", "period": 7})", restartsEqualRates);
    row("triangular", R"({"type": "cyclic", "step_up": 4, "step_down": 6, "min_learning_rate": 0.01})",
        triangularRates);
    row("triangular2", R"({"type": "cyclic", "step_up": 5, "mode": "triangular2", "min_learning_rate": 0.01})",
        triangular2Rates);
    row("exp_range",
        R"({"type": "cyclic", "step_up": 3, "mode": "exp_range", "gamma": 0.95, "min_learning_rate": 0.01})",
        expRangeRates);
    row("exponential", R"({"type": "exponential", "gamma": 0.9})", exponentialRates);
    row("multi-step", R"({"type": "multi-step", "milestones": [5, 11, 12], "gamma": 0.3})", multiStepRates);
    row("step", R"({"type": "step", "step_size": 7, "gamma": 0.5})", stepRates);
    row("constant-factor", R"({"type": "constant-factor"})", constantFactorRates);
    row("polynomial", R"({"type": "polynomial", "period": 20, "power": 2})", polynomialRates);
    row("piecewise", R"({"type": "piecewise", "points": [[0, 0.1], [4, 1], [20, 0.5]]})", piecewiseRates);
    row("constant", R"({"type": "constant"})", Numbers(30, 0.1));
}

void TestLearnSchedule::agreesWithPyTorch()
{
    QFETCH(QByteArray, json);
    QFETCH(Numbers, expected);
    const ScheduleSpec spec = fromText(json.constData());
    QCOMPARE(expected.size(), std::size_t{30});
    for (std::size_t epoch = 0; epoch < expected.size(); ++epoch) {
        const double rate = rateAt(spec, 0.1, static_cast<std::int64_t>(epoch), 30);
        QVERIFY2(near(rate, expected[epoch]),
                 qPrintable(QString::number(epoch) + u": " + QString::number(rate, 'g', 12)));
    }
}

void TestLearnSchedule::plateauAgreesWithPyTorch()
{
    const ScheduleSpec spec =
        fromText(R"({"type": "plateau", "factor": 0.5, "patience": 2, "cooldown": 1, "min_learning_rate": 0.004})");
    PlateauState state;
    for (std::size_t epoch = 0; epoch < plateauRates.size(); ++epoch) {
        const RunClock clock{static_cast<std::int64_t>(epoch), 30, 0, 1};
        QVERIFY(near(learningRateAt(spec, 0.1, clock, state), plateauRates[epoch]));
        state.add(spec, 0.1, plateauValues[epoch], Better::Lower);
    }
}

void TestLearnSchedule::plateauByHand()
{
    ScheduleSpec spec = fromText(R"({"type": "plateau", "patience": 0, "threshold": 0.1, "threshold_mode": "abs"})");
    PlateauState state;
    state.add(spec, 1.0, 0.5, Better::Higher);
    QCOMPARE(state.rate, 0.0); // the first value is the best so far
    state.add(spec, 1.0, 0.55, Better::Higher);
    QCOMPARE(state.rate, 0.1); // not by 0.1
    state.add(spec, 1.0, 0.65, Better::Higher);
    QCOMPARE(state.rate, 0.1);
    QCOMPARE(state.best, 0.65);
    state.add(spec, 1.0, std::numeric_limits<double>::quiet_NaN(), Better::Higher);
    QVERIFY(near(state.rate, 0.01));
    spec.eps = 0.1; // smaller steps are not made
    state.add(spec, 1.0, 0.0, Better::Higher);
    QVERIFY(near(state.rate, 0.01));
}

void TestLearnSchedule::warmupLinearByHand()
{
    TrainConfig c = config();
    c.learningRate = 1.0;
    c.warmupEpochs = 4;
    c.epochs = 12;
    c.minLearningRate = 0.2;
    const double expected[] = {0.25, 0.5, 0.75, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2};
    const ScheduleSpec spec = fromText(R"({"type": "warmup-linear", "warmup": 4, "min_learning_rate": 0.2})");
    for (int epoch = 0; epoch < 12; ++epoch) {
        QVERIFY(near(learningRateOf(c, epoch), expected[epoch]));
        QVERIFY(near(rateAt(spec, 1.0, epoch, 12), expected[epoch]));
    }
    c.warmupEpochs = 0;
    QVERIFY(near(learningRateOf(c, 0), 1.0 - 0.8 / 12));
    QVERIFY(near(learningRateOf(c, 11), 0.2));
}

void TestLearnSchedule::warmupLinearOfShortRuns()
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

void TestLearnSchedule::warmupBeforeAnything()
{
    const ScheduleSpec spec = fromText(R"({"type": "exponential", "gamma": 0.5, "warmup": 4})");
    const Numbers expected{0.25, 0.5, 0.75, 1, 0.5, 0.25, 0.125};
    for (std::size_t epoch = 0; epoch < expected.size(); ++epoch) {
        QVERIFY(near(rateAt(spec, 1.0, static_cast<std::int64_t>(epoch), 7), expected[epoch]));
    }
    for (const std::string& type : scheduleTypeNames()) {
        // A run that is shorter than its warm-up only warms up, whatever comes after.
        nlohmann::json json{{"type", type}, {"warmup", 10}};
        if (type == "multi-step") {
            json["milestones"] = {1};
        } else if (type == "piecewise") {
            json["points"] = {{0, 1}};
        }
        const auto early = scheduleFromJson(json);
        QVERIFY2(early.has_value(), early ? "" : early.error().text().c_str());
        QVERIFY(near(rateAt(*early, 1.0, 0, 3), 0.1));
        QVERIFY(near(rateAt(*early, 1.0, 2, 3), 0.3));
        QVERIFY(std::isfinite(rateAt(*early, 1.0, 9, 10)));
    }
}

void TestLearnSchedule::cosineWithWarmup()
{
    // Up to the full rate in epoch 3, then half a cosine over the 8 epochs from there to the end.
    const ScheduleSpec spec = fromText(R"({"type": "cosine", "warmup": 3})");
    QVERIFY(near(rateAt(spec, 2.0, 0, 10), 2.0 / 3));
    QVERIFY(near(rateAt(spec, 2.0, 1, 10), 4.0 / 3));
    for (int t = 0; t < 8; ++t) {
        QVERIFY(near(rateAt(spec, 2.0, 2 + t, 10), 1 + std::cos(std::acos(-1.0) * t / 8)));
    }
}

void TestLearnSchedule::byStep()
{
    const ScheduleSpec spec = fromText(R"({"type": "cosine", "interval": "step"})");
    QVERIFY(near(learningRateAt(spec, 1.0, {1, 2, 50, 100}), 0.5));
    const ScheduleSpec linear = fromText(R"({"type": "warmup-linear", "interval": "step", "warmup": 10})");
    QVERIFY(near(learningRateAt(linear, 1.0, {0, 2, 4, 100}), 0.5));
    QVERIFY(near(learningRateAt(linear, 1.0, {1, 2, 99, 100}), 0.0));
}

void TestLearnSchedule::jsonRoundTrip()
{
    for (const char* text :
         {R"({"type": "cosine", "warmup": 5, "period": 9, "interval": "step", "min_learning_rate": 1e-6})",
          R"({"type": "cyclic", "mode": "exp_range", "gamma": 0.99, "step_up": 3})",
          R"({"type": "multi-step", "milestones": [3, 8]})", R"({"type": "piecewise", "points": [[0, 1], [7, 0.25]]})",
          R"({"type": "plateau", "monitor": "val/qm9/r2", "monitor_mode": "max", "threshold_mode": "abs"})", "{}"}) {
        const ScheduleSpec spec = fromText(text);
        const nlohmann::json json = scheduleToJson(spec);
        QCOMPARE(QString::fromStdString(scheduleToJson(fromText(json.dump().c_str())).dump()),
                 QString::fromStdString(json.dump()));
        QVERIFY(fromText(json.dump().c_str()) == spec);
        const nlohmann::json given = nlohmann::json::parse(text);
        for (const auto& [key, value] : given.items()) {
            QVERIFY2(json.at(key) == value, key.c_str());
        }
    }
}

void TestLearnSchedule::defaults()
{
    QCOMPARE(fromText("{}").type, ScheduleType::WarmupLinear);
    for (std::size_t i = 0; i < scheduleTypeNames().size(); ++i) {
        const auto type = static_cast<ScheduleType>(i);
        QCOMPARE(std::string(scheduleTypeName(type)), scheduleTypeNames()[i]);
        if (type == ScheduleType::MultiStep || type == ScheduleType::Piecewise) {
            QVERIFY(!checkSchedule(defaultSchedule(type), 1)); // these need a list
        } else {
            QVERIFY(checkSchedule(defaultSchedule(type), 1).has_value());
        }
    }
    const nlohmann::json plateau = scheduleToJson(defaultSchedule(ScheduleType::Plateau));
    QVERIFY(!plateau.contains("interval") && !plateau.contains("gamma"));
    QVERIFY(plateau.at("factor") == 0.1 && plateau.at("patience") == 10 && plateau.at("monitor_mode") == "auto");
}

void TestLearnSchedule::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("names"); ///< what the message must name
    const std::pair<const char*, const char*> cases[] = {
        {R"([])", "JSON object"},
        {R"({"type": "cosin"})", "'cosine'"},
        {R"({"type": 3})", "'type'"},
        {R"({"type": "cosine", "gamma": 0.9})", "gamma"},
        {R"({"type": "cosine", "warmpu": 3})", "'warmup'"},
        {R"({"type": "cosine", "warmup": 2.5})", "whole number"},
        {R"({"type": "cosine", "warmup": -1})", "'warmup'"},
        {R"({"type": "cosine", "warmup": "3"})", "'warmup'"},
        {R"({"type": "cosine", "interval": "batch"})", "epoch, step"},
        {R"({"type": "cosine-restarts", "period": 0})", "'period'"},
        {R"({"type": "constant-factor", "period": 0})", "'period'"},
        {R"({"type": "exponential", "gamma": 1.5})", "'gamma'"},
        {R"({"type": "multi-step"})", "'milestones'"},
        {R"({"type": "multi-step", "milestones": [5, 3]})", "'milestones'"},
        {R"({"type": "multi-step", "milestones": [1.5]})", "'milestones'"},
        {R"({"type": "multi-step", "milestones": 5})", "'milestones'"},
        {R"({"type": "piecewise", "points": []})", "'points'"},
        {R"({"type": "piecewise", "points": [[1, 0], [1, 2]]})", "'points'"},
        {R"({"type": "piecewise", "points": [[1]]})", "'points'"},
        {R"({"type": "piecewise", "points": [[1, -1]]})", "'points'"},
        {R"({"type": "piecewise", "points": "x"})", "'points'"},
        {R"({"type": "plateau", "interval": "step"})", "interval"},
        {R"({"type": "plateau", "monitor_mode": "up"})", "'monitor_mode'"},
        {R"({"type": "plateau", "monitor": ""})", "'monitor'"},
        {R"({"type": "lambda"})", "piecewise"},
    };
    for (const auto& [json, names] : cases) {
        QTest::newRow(json) << QByteArray(json) << QByteArray(names);
    }
}

void TestLearnSchedule::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, names);
    const auto spec = scheduleFromJson(nlohmann::json::parse(json.toStdString()), "training.schedule");
    QVERIFY(!spec);
    QCOMPARE(spec.error().code, ErrorCode::Usage);
    const std::string text = spec.error().text();
    QVERIFY2(text.find(names.toStdString()) != std::string::npos, text.c_str());
    QVERIFY2(text.find("training.schedule") != std::string::npos, text.c_str());
    ScheduleSpec high = fromText(R"({"type": "cosine", "min_learning_rate": 0.1})");
    QVERIFY(!checkSchedule(high, 0.01));
}

QTEST_GUILESS_MAIN(TestLearnSchedule)
#include "tst_learn_schedule.moc"
