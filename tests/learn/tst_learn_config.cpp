// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration of a run: every key from every side, documents as people write them, and its JSON Schema.
#include <QtTest>

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "learn/configkeys.h"
#include "learn/configschema.h"
#include "learn/rundocument.h"
#include "tests/learn/fixture.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;
using nlohmann::json;

namespace
{

TrainConfig config()
{
    TrainConfig config;
    config.architecture = must(nn::preset("gine-toymix"));
    return config;
}

bool contains(const Error& error, const std::vector<std::string>& words)
{
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        const bool found = error.text().find(word) != std::string::npos;
        if (!found) {
            qWarning("'%s' is not in: %s", word.c_str(), error.text().c_str());
        }
        return found;
    });
}

} // namespace

class TestLearnConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOptionTakesItsOwnDefault();
    void newKeysRoundTrip();
    void rangesOfNewKeys_data();
    void rangesOfNewKeys();
    void olderConfigurationsMeanTheSame();
    void schedulesAreSetTogether();
    void aNewScheduleKeepsWarmUpAndSmallestRate();
    void headsAndSampling();
    void presetsInDocuments();
    void documentsTellTheLine_data();
    void documentsTellTheLine();
    void schemaHasEveryKey();
};

void TestLearnConfig::everyOptionTakesItsOwnDefault()
{
    TrainConfig c = config();
    c.schedule = defaultSchedule(ScheduleType::Plateau);
    const json before = trainConfigToJson(c);
    std::set<std::string> seen;
    for (const TrainOption& option : trainOptions(c)) {
        QVERIFY2(seen.insert(option.path).second, option.path.c_str());
        QVERIFY2(!option.meaning.empty() && !option.group.empty(), option.path.c_str());
        if (!option.relevant || option.type == "list" || option.type == "choices") {
            continue;
        }
        const auto set = setTrainValue(c, option.path + "=" + option.value);
        QVERIFY2(set.has_value() || option.value.empty(), (option.path + ": " + (set ? "" : set.error().text())).c_str());
        if (option.type == "choice") {
            QVERIFY2(std::find(option.choices.begin(), option.choices.end(), option.value) != option.choices.end(),
                     option.path.c_str());
        }
        if (option.type == "integer" || option.type == "number") {
            const double value = std::stod(option.value);
            QVERIFY2(value >= *option.least && (!option.most || value <= *option.most), option.path.c_str());
        }
    }
    QVERIFY(trainConfigToJson(c) == before);
    for (const char* path : {"epochs", "seed", "schedule.monitor", "architecture.gnn.depth", "architecture.mup_divisor"}) {
        QVERIFY2(seen.contains(path), path);
    }
}

void TestLearnConfig::newKeysRoundTrip()
{
    TrainConfig c = config();
    QVERIFY(setTrainValues(c, {"optimiser=adamw", "beta1=0.8", "beta2=0.99", "epsilon=1e-6", "accumulation=4",
                               "ema_decay=0.999", "watch=val/qm9/mae_normalised", "keep_best=3", "normalisation=unit",
                               "parameter_budget=150000", "precision=bf16", "sampling.qm9=0.25", "heads.qm9.loss=huber",
                               "heads.qm9.weight=2.5", "heads.qm9.clip_min=-3", "heads.qm9.clip_max=3",
                               "heads.qm9.normalisation=none", "schedule=cosine-restarts", "schedule.period=7"}));
    QCOMPARE(c.optimiser, OptimiserType::AdamW);
    QCOMPARE(c.precision, nn::Precision::BFloat16);
    QCOMPARE(c.normalisation, NormalisationMethod::Unit);
    QCOMPARE(c.schedule->period, 7);
    QCOMPARE(c.heads.at("qm9").loss, std::optional(nn::LossType::Huber));
    const json document = trainConfigToJson(c);
    const auto back = trainConfigFromJson(json::parse(document.dump()));
    QVERIFY2(back.has_value(), back ? "" : back.error().text().c_str());
    QVERIFY(trainConfigToJson(*back) == document);
    QVERIFY(back->heads == c.heads);
    QVERIFY(back->schedule == c.schedule);
    QVERIFY(!document.contains("warmup_epochs")); // they belong to the published schedule
    QVERIFY(trainConfigToJson(config()).contains("warmup_epochs"));
}

void TestLearnConfig::rangesOfNewKeys_data()
{
    QTest::addColumn<QString>("assignment");
    for (const char* assignment :
         {"accumulation=0", "accumulation=1.5", "optimiser=sgd", "beta1=1", "beta2=1", "epsilon=0", "ema_decay=1",
          "ema_decay=-0.1", "keep_best=0", "watch=", "precision=half", "normalisation=z", "parameter_budget=-1",
          "sampling.qm9=0", "sampling.qm9=1.5", "sampling.qm9=all", "heads.qm9.loss=l3", "heads.qm9.weight=-1",
          "heads.qm9.wait=1", "heads.qm9=1", "heads.loss", "schedule=sinus", "schedule.gamma=0.5", "schedule.warmup=-1",
          "schedule=multi-step", "schedule=step schedule.step_size=0", "preset=gine-toymix", "sampling=0.5",
          "architecture.gnn.mpnn.expansion=7", "architecture.gnn.layer=gcn architecture.gnn.gps.heads=2"}) {
        QTest::newRow(assignment) << QString::fromLatin1(assignment);
    }
}

void TestLearnConfig::rangesOfNewKeys()
{
    QFETCH(QString, assignment);
    TrainConfig c = config();
    const json before = trainConfigToJson(c);
    const auto done = setTrainValues(c, split(assignment.toStdString(), ' '));
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Usage);
    QVERIFY(trainConfigToJson(c) == before);
}

/// What the first version stored, key by key.
void TestLearnConfig::olderConfigurationsMeanTheSame()
{
    const json old = json::parse(R"({"batch_size":16,"checkpoint_seconds":60,"clip_norm":5.0,"device":"cpu","epochs":4,
        "learning_rate":0.02,"min_delta":0.0,"min_learning_rate":0.001,"patience":20,"seed":42,"split":"random:0.8/0.1/0.1",
        "tasks":["qm9:carbons"],"threads":1,"warmup_epochs":1,"weight_decay":0.0})");
    const TrainConfig c = must(trainConfigFromJson(old));
    QCOMPARE(c.optimiser, OptimiserType::Adam);
    QCOMPARE(c.accumulation, 1);
    QCOMPARE(c.emaDecay, 0.0);
    QCOMPARE(c.keepBest, 1);
    QCOMPARE(c.watch, std::string("val/loss"));
    QCOMPARE(c.normalisation, NormalisationMethod::Normal);
    QCOMPARE(c.parameterBudget, 0);
    QVERIFY(c.heads.empty() && c.sampling.empty() && !c.schedule);
    QCOMPARE(c.beta1, 0.9);
    QCOMPARE(c.beta2, 0.999);
    QCOMPARE(c.epsilon, 1e-8);
    const ScheduleSpec schedule = c.effectiveSchedule();
    for (int epoch = 0; epoch < 4; ++epoch) {
        QCOMPARE(learningRateAt(schedule, c.learningRate, {epoch, 4, 17, 100}), learningRateOf(c, epoch)); // to the bit
    }
}

void TestLearnConfig::schedulesAreSetTogether()
{
    TrainConfig c = config();
    // In any order: an object of settings has none.
    QVERIFY(setTrainValues(c, {"schedule.gamma=0.5", "schedule.milestones=10,20", "schedule.type=multi-step",
                               "schedule.interval=step"}));
    QCOMPARE(c.schedule->type, ScheduleType::MultiStep);
    QCOMPARE(c.schedule->gamma, 0.5);
    QVERIFY((c.schedule->milestones == std::vector<std::int64_t>{10, 20}));
    QCOMPARE(c.schedule->interval, ScheduleInterval::Step);
    const auto warmup = setTrainValue(c, "warmup_epochs=2");
    QVERIFY(!warmup);
    QVERIFY(contains(warmup.error(), {"schedule.warmup"}));
    // Back to the published one, by the two keys it has always had.
    QVERIFY(setTrainValues(c, {"schedule=warmup-linear", "schedule.warmup=4", "schedule.interval=epoch"}));
    QVERIFY(!c.schedule);
    QCOMPARE(c.warmupEpochs, 4);
    const auto unknown = setTrainValue(c, "schedule.gama=1");
    QVERIFY(!unknown);
    const auto wrong = setTrainValues(c, {"schedule=exponential", "schedule.gama=1"});
    QVERIFY(!wrong);
    QVERIFY(contains(wrong.error(), {"gama", "'gamma'"}));
}

void TestLearnConfig::aNewScheduleKeepsWarmUpAndSmallestRate()
{
    TrainConfig c = config();
    QVERIFY(setTrainValues(c, {"min_learning_rate=1e-5", "schedule=cosine", "warmup_epochs=6"}));
    QCOMPARE(c.schedule->type, ScheduleType::Cosine);
    QCOMPARE(c.schedule->warmup, 6);
    QCOMPARE(c.schedule->minRate, 1e-5);
    QVERIFY(setTrainValue(c, "schedule=constant"));
    QCOMPARE(c.schedule->warmup, 6);
    json document = trainConfigToJson(c);
    document["warmup_epochs"] = 3;
    const auto both = trainConfigFromJson(document);
    QVERIFY(!both);
    QVERIFY(contains(both.error(), {"warmup_epochs", "schedule"}));
}

void TestLearnConfig::headsAndSampling()
{
    TrainConfig c = config();
    QVERIFY(setTrainValue(c, "heads.a.b/binary.weight=3")); // names may hold dots
    QCOMPARE(c.heads.at("a.b/binary").weight, std::optional(3.0));
    json document = trainConfigToJson(c);
    document["heads"]["a.b/binary"]["wieght"] = 1;
    const auto unknown = trainConfigFromJson(document);
    QVERIFY(!unknown);
    QVERIFY(contains(unknown.error(), {"heads.a.b/binary.wieght", "'heads.a.b/binary.weight'"}));
    document = trainConfigToJson(config());
    document["heads"]["qm9"] = {{"clip_min", 2}, {"clip_max", 1}};
    QVERIFY(!trainConfigFromJson(document));
    document["heads"] = json::array();
    QVERIFY(!trainConfigFromJson(document));
    document["heads"] = json::object();
    document["sampling"]["qm9"] = 2;
    QVERIFY(!trainConfigFromJson(document));
}

void TestLearnConfig::presetsInDocuments()
{
    const auto c = parseRunDocument(R"({"preset": "gine-toymix", "architecture": {"gnn": {"depth": 7}}, "epochs": 3})", "x");
    QVERIFY2(c.has_value(), c ? "" : c.error().text().c_str());
    QCOMPARE(c->architecture.gnn.depth, 7);
    QCOMPARE(c->architecture.gnn.hidden.front(), must(nn::preset("gine-toymix")).gnn.hidden.front());
    QCOMPARE(c->epochs, 3);
    // Resolved, it needs no preset any more.
    const auto again = parseRunDocument(trainConfigToJson(*c).dump(), "x");
    QVERIFY(again && trainConfigToJson(*again) == trainConfigToJson(*c));
    const auto wrong = parseRunDocument(R"({"preset": "gine-toymx"})", "x");
    QVERIFY(!wrong);
    QVERIFY(contains(wrong.error(), {"gine-toymx", "'gine-toymix'"}));
    const auto none = parseRunDocument(R"({"epochs": 3})", "x");
    QVERIFY(!none);
    QVERIFY(contains(none.error(), {"network", "preset"}));
}

void TestLearnConfig::documentsTellTheLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* lines, const char* words) {
        QTest::newRow(name) << QStringLiteral("{\n\"preset\": \"gine-toymix\",\n%1\n}").arg(QString::fromUtf8(lines))
                            << QString::fromUtf8(words);
    };
    row("unknown key", "\"epochs\": 3,\n\"lerning_rate\": 1", "run.json, line 4|lerning_rate|'learning_rate'");
    row("range", "\"epochs\": 3,\n\n\"batch_size\": 0", "line 5|batch_size|from 1 to 100000");
    row("type", "\"epochs\": \"many\"", "line 3|epochs|number");
    row("deep in the network", "\"architecture\": {\n\"gnn\": {\n\"depht\": 3}}", "line 5|depht|'gnn.depth'");
    row("range in the network", "\"architecture\": {\"gnn\": {\n\"depth\": 0}}", "line 4|gnn.depth|1 to");
    row("of another layer", "\"architecture\": {\"gnn\": {\n\"mpnn\": {\n\"expansion\": 7}}}",
        "line 5|gnn.mpnn.expansion|nothing");
    row("schedule", "\"schedule\": {\n\"type\": \"cosine\",\n\"gamma\": 1}", "line 5|gamma");
    row("schedule's range", "\"schedule\": {\n\"type\": \"exponential\",\n\"gamma\": 3}", "line 5|gamma");
    row("head", "\"heads\": {\n\"qm9\": {\n\"wieght\": 1}}", "line 5|wieght|weight");
    row("twice", "\"epochs\": 3,\n\"epochs\": 4", "line 4|epochs|second time");
    row("no JSON", "\"epochs\": 3\n\"seed\": 4", "line 4|not JSON|comma");
}

void TestLearnConfig::documentsTellTheLine()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const auto read = parseRunDocument(text.toStdString(), "run.json");
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadInput);
    QVERIFY(contains(read.error(), split(words.toStdString(), '|')));
}

void TestLearnConfig::schemaHasEveryKey()
{
    const json schema = trainConfigSchema();
    const json& properties = schema["properties"];
    QCOMPARE(schema["additionalProperties"], json(false));
    const json resolved = trainConfigToJson(config());
    for (const auto& [key, value] : resolved.items()) {
        QVERIFY2(properties.contains(key), key.c_str());
        QVERIFY2(properties[key].contains("description"), key.c_str());
    }
    for (const ConfigKey& key : configKeys()) {
        QVERIFY(properties[key.key]["default"] == trainConfigToJson(TrainConfig())[key.key]);
    }
    QCOMPARE(properties["batch_size"]["minimum"], json(1));
    QCOMPARE(properties["batch_size"]["type"], json("integer"));
    QVERIFY(properties["precision"]["enum"] == json({"fp32", "bf16", "fp16"}));
    QVERIFY(properties["architecture"]["properties"]["gnn"]["properties"].contains("depth"));
    // One alternative for every schedule, and none for a key that it does not know.
    const json& schedules = properties["schedule"]["oneOf"];
    QCOMPARE(schedules.size(), scheduleTypeNames().size() + 1);
    for (const json& alternative : schedules) {
        if (alternative["type"] == "object") {
            const std::string type = alternative["properties"]["type"]["const"];
            QCOMPARE(alternative["properties"].contains("patience"), type == "plateau");
            QCOMPARE(alternative["required"].size(), std::size_t(type == "multi-step" || type == "piecewise" ? 2 : 1));
        }
    }
}

QTEST_GUILESS_MAIN(TestLearnConfig)
#include "tst_learn_config.moc"
