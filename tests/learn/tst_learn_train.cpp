// SPDX-License-Identifier: GPL-3.0-or-later
// Whole trainings of the linear fake network on a small project.
#include <QtTest>

#include <algorithm>
#include <numeric>
#include <nlohmann/json.hpp>

#include "learn/metrics.h"
#include "learn/modelfile.h"
#include "tests/learn/fixture.h"
#include "tests/learn/hooks.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;
using store::Part;

class TestLearnTrain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void constantAndMissingTasks();
    void aMissingLabelChangesNothing();
    void badLabelsAreToldByName();
    void trainingLearns();
    void metricsAreComplete();
    void headsSummariseTheirTasks();
    void wideHeadsKeepTheirMainMetrics();
    void predictionsAreStored();
    void nodeAndEdgeLevels();
    void earlyStopping();
    void withoutValidation();
    void lossThatIsNotFinite();
    void aModelThatCannotBeBuiltLeavesNoRun();
    void stopKeepsTheBest();
    void stopAtOnce();
    void pauseBeforeTheRun();
    void progressReports();
    void theSameSeedGivesTheSameRun();
};

void TestLearnTrain::constantAndMissingTasks()
{
    Fixture fixture;
    fixture.add("x", 0, 40, {carbons(), constant(), empty()});
    fixture.add("y", 0, 40, {oneClass()});
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), smallConfig(), "{}", nn::createFakeModel, control));
    QCOMPARE(run.state, store::RunState::Finished);
    QVERIFY(run.message.find("'x:empty' has no label in the training part") != std::string::npos);
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    const auto tasks = must(store::Datasets(fixture.project()).allTasks());
    QVERIFY(std::isnan(metricOf(metrics, 4, Part::Validation, "task", "x", "r2", tasks[1].task.id)));
    QVERIFY(std::isfinite(metricOf(metrics, 4, Part::Validation, "task", "x", "mae", tasks[1].task.id)));
    QVERIFY(std::isnan(metricOf(metrics, 4, Part::Validation, "task", "x", "mae", tasks[2].task.id)));
    QVERIFY(std::isnan(metricOf(metrics, 4, Part::Validation, "head", "y", "auroc")));
    QVERIFY(std::isfinite(metricOf(metrics, 4, Part::Validation, "head", "x", "r2")));
    QVERIFY(std::isfinite(metricOf(metrics, 4, Part::Validation, "all", "", "loss")));
}

void TestLearnTrain::aMissingLabelChangesNothing()
{
    // A second task without a single label, or with labels only in molecules that do not exist here, must not move the
    // first one's normalisation, weights or metrics.
    Fixture alone;
    alone.add("x", 0, 60, {nitrogens()});
    Fixture beside;
    TaskPlan gaps = nitrogens();
    gaps.name = "gaps";
    gaps.labels = [](int, const MolGraph&) { return std::vector<double>{missing}; };
    beside.add("x", 0, 60, {nitrogens(), gaps});
    TrainConfig config = smallConfig();
    config.clipNorm = 0;
    RecordingControl control;
    const auto a = must(startRun(alone.project(), config, "{}", nn::createFakeModel, control));
    // The fake draws its weights head by head; with the same ones the trainings can be compared number by number.
    const RunPlan plan = must(planRun(alone.project(), config));
    const nn::TensorMap start = must(nn::createFakeModel(plan.spec, {config.seed, "cpu", 1}))->weights();
    const auto sameStart = [&](const nn::ModelSpec& spec,
                               const nn::ModelOptions& options) -> Result<std::unique_ptr<nn::Model>> {
        auto model = must(nn::createFakeModel(spec, options));
        nn::TensorMap weights = model->weights();
        for (auto& [name, tensor] : weights) {
            const auto& known = start.at(name).values;
            std::copy(known.begin(), known.end(), tensor.values.begin());
        }
        must(model->setWeights(weights));
        return model;
    };
    const auto b = must(startRun(beside.project(), config, "{}", sameStart, control));
    const auto weightsA = must(modelOfRun(alone.project(), a.id)).weights;
    const auto weightsB = must(modelOfRun(beside.project(), b.id)).weights;
    for (const auto& [name, tensor] : weightsA) {
        const auto& other = weightsB.at(name).values;
        QVERIFY2(std::equal(tensor.values.begin(), tensor.values.end(), other.begin()), name.c_str());
    }
    const auto metricsA = must(store::Runs(alone.project()).metrics(a.id));
    const auto metricsB = must(store::Runs(beside.project()).metrics(b.id));
    QCOMPARE(metricOf(metricsA, 4, Part::Validation, "all", "", "loss"),
             metricOf(metricsB, 4, Part::Validation, "all", "", "loss"));
    QCOMPARE(metricOf(metricsA, 4, Part::Validation, "head", "x", "r2"),
             metricOf(metricsB, 4, Part::Validation, "head", "x", "r2"));
}

void TestLearnTrain::badLabelsAreToldByName()
{
    Fixture fixture;
    TaskPlan wrong = hasOxygen();
    wrong.labels = [](int i, const MolGraph&) { return std::vector<double>{i == 3 ? 0.5 : 1.0}; };
    fixture.add("tox", 0, 20, {wrong});
    RecordingControl control;
    const auto run = startRun(fixture.project(), smallConfig(), "{}", nn::createFakeModel, control);
    QVERIFY(!run);
    QVERIFY(run.error().message.find("'tox:has-oxygen'") != std::string::npos);
    QVERIFY(must(store::Runs(fixture.project()).all()).empty());

    Fixture shapes;
    TaskPlan ragged = charges();
    ragged.labels = [](int, const MolGraph& graph) { return std::vector<double>(graph.atoms.size() + 1, 1.0); };
    shapes.add("pm6", 0, 20, {ragged});
    const auto second = startRun(shapes.project(), smallConfig(), "{}", nn::createFakeModel, control);
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Damaged);
}

void TestLearnTrain::trainingLearns()
{
    Fixture fixture;
    fixture.add("qm9", 0, 200, {carbons(12, -300), nitrogens()});
    fixture.add("tox", 100, 200, {hasOxygen()});
    TrainConfig config = smallConfig();
    config.epochs = 40;
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), config, R"({"papilio":"0.1.0"})", nn::createFakeModel, control));
    QCOMPARE(run.state, store::RunState::Finished);
    QCOMPARE(run.epochs, 40);
    QCOMPARE(run.name, std::string("gine-toymix"));
    QVERIFY(control.validationLosses.back() < 0.4 * control.validationLosses.front());
    QVERIFY(control.trainLosses.back() < 0.5 * control.trainLosses.front());
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    QVERIFY(metricOf(metrics, run.bestEpoch, Part::Test, "head", "qm9", "r2") > 0.9);
    QVERIFY(metricOf(metrics, run.bestEpoch, Part::Test, "head", "tox", "auroc") > 0.9);
    // The record holds everything, resolved.
    const auto config2 = nlohmann::json::parse(run.config);
    QCOMPARE(config2.at("tasks").size(), std::size_t{3});
    QCOMPARE(config2.at("epochs").get<int>(), 40);
    QVERIFY(config2.contains("clip_norm"));
    QCOMPARE(run.dataHash.size(), std::size_t{64});
    QCOMPARE(run.seed, std::uint64_t{42});
}

void TestLearnTrain::metricsAreComplete()
{
    Fixture fixture;
    fixture.add("qm9", 0, 60, {carbons(), nitrogens()});
    fixture.add("tox", 30, 60, {hasOxygen()});
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), smallConfig(), "{}", nn::createFakeModel, control));
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    const auto count = [&](std::int64_t epoch, Part part, const std::string& scope) {
        return std::count_if(metrics.begin(), metrics.end(), [&](const store::Metric& metric) {
            return metric.epoch == epoch && metric.part == part && metric.scope == scope;
        });
    };
    const auto ofRegression = static_cast<std::ptrdiff_t>(metricsOfKind(TaskKind::Regression).size());
    const auto ofBinary = static_cast<std::ptrdiff_t>(metricsOfKind(TaskKind::Binary).size());
    const auto ofTasks = 2 * ofRegression + ofBinary;
    // Losses; mean, median and worst decile of each, but of "mae", "rmse" and "mse" over tasks of unknown units.
    const auto ofHeads = 2 + 3 * (ofRegression - 3) + 3 * ofBinary;
    for (std::int64_t epoch = 1; epoch <= 4; ++epoch) {
        QCOMPARE(count(epoch, Part::Train, "task"), ofTasks); // of as many molecules as validation has
        QCOMPARE(count(epoch, Part::Train, "head"), ofHeads);
        QCOMPARE(count(epoch, Part::Train, "all"), 1);
        QCOMPARE(count(epoch, Part::Validation, "task"), ofTasks);
        QCOMPARE(count(epoch, Part::Validation, "head"), ofHeads);
        QCOMPARE(count(epoch, Part::Validation, "all"), 1);
        QCOMPARE(count(epoch, Part::Test, "task"), epoch == run.bestEpoch ? ofTasks : 0);
        QCOMPARE(control.validationLosses[static_cast<std::size_t>(epoch - 1)],
                 metricOf(metrics, epoch, Part::Validation, "all", "", "loss"));
        QCOMPARE(control.trainLosses[static_cast<std::size_t>(epoch - 1)],
                 metricOf(metrics, epoch, Part::Train, "all", "", "loss"));
    }
    // The loss of a regression head is its MAE in normalised units, over its labels.
    const auto tasks = must(store::Datasets(fixture.project()).allTasks());
    double sum = 0, labels = 0;
    for (const store::Metric& metric : metrics) {
        if (metric.epoch == 4 && metric.part == Part::Validation && metric.scope == "task" &&
            metric.name == "mae_normalised") {
            sum += metric.value * static_cast<double>(metric.n);
            labels += static_cast<double>(metric.n);
        }
    }
    QVERIFY(std::abs(sum / labels - metricOf(metrics, 4, Part::Validation, "head", "qm9", "loss")) < 1e-5);
    QCOMPARE(metricOf(metrics, 4, Part::Validation, "head", "qm9", "r2"),
             (metricOf(metrics, 4, Part::Validation, "task", "qm9", "r2", tasks[0].task.id) +
              metricOf(metrics, 4, Part::Validation, "task", "qm9", "r2", tasks[1].task.id)) / 2);
}

void TestLearnTrain::headsSummariseTheirTasks()
{
    Fixture fixture;
    TaskPlan other = carbons(2, 1);
    other.name = "other";
    fixture.add("x", 0, 80, {carbons(), nitrogens(), other, constant()});
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), smallConfig(), "{}", nn::createFakeModel, control));
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    const auto tasks = must(store::Datasets(fixture.project()).allTasks());
    std::vector<double> values;
    for (const auto& task : tasks) {
        values.push_back(metricOf(metrics, 4, Part::Validation, "task", "x", "r2", task.task.id));
    }
    QVERIFY(std::isnan(values[3])); // the constant one is left out, not counted as 0
    values.pop_back();
    std::sort(values.begin(), values.end());
    QCOMPARE(metricOf(metrics, 4, Part::Validation, "head", "x", "r2_median"), values[1]);
    QCOMPARE(metricOf(metrics, 4, Part::Validation, "head", "x", "r2_worst_decile"), values[0]);
    QCOMPARE(metricOf(metrics, 4, Part::Validation, "head", "x", "r2"), meanOfDefined(values));
}

void TestLearnTrain::wideHeadsKeepTheirMainMetrics()
{
    Fixture fixture;
    std::vector<TaskPlan> plans;
    for (int i = 0; i < 65; ++i) {
        plans.push_back(carbons(1 + i));
        plans.back().name = "task " + std::to_string(i);
        plans.back().unit = "eV";
    }
    fixture.add("wide", 0, 60, plans);
    RecordingControl control;
    TrainConfig config = smallConfig();
    config.epochs = 2;
    const auto run = must(startRun(fixture.project(), config, "{}", nn::createFakeModel, control));
    store::Runs runs(fixture.project());
    auto metrics = must(runs.metrics(run.id, 3 - run.bestEpoch));
    const auto count = [&metrics](const char* scope, const char* name) {
        return std::count_if(metrics.begin(), metrics.end(), [&](const store::Metric& metric) {
            return metric.part == Part::Validation && metric.scope == scope && metric.name == name;
        });
    };
    QCOMPARE(count("task", "mae"), 65);
    QCOMPARE(count("task", "spearman"), 65);
    QCOMPARE(count("task", "msle"), 0);
    QCOMPARE(count("head", "msle"), 1);
    QCOMPARE(count("head", "mae"), 1); // one unit
    QCOMPARE(count("head", "rmse_worst_decile"), 1);
    metrics = must(runs.metrics(run.id, run.bestEpoch)); // once, at the end, all of them
    QCOMPARE(count("task", "msle"), 65);
    QCOMPARE(count("task", "mae"), 65);
}

void TestLearnTrain::predictionsAreStored()
{
    Fixture fixture;
    fixture.add("qm9", 0, 80, {carbons(5, 700)});
    fixture.add("tox", 0, 80, {hasOxygen()});
    RecordingControl control;
    TrainConfig config = smallConfig();
    config.epochs = 30;
    const auto run = must(startRun(fixture.project(), config, "{}", nn::createFakeModel, control));
    const auto split = must(store::Runs(fixture.project()).split(run.split));
    const auto predictions = must(store::Predictions(fixture.project()).ofHead(run.id, "qm9"));
    QCOMPARE(predictions.size(), std::size_t{16}); // validation and test
    double error = 0;
    std::map<std::int64_t, double> byMolecule;
    for (const auto& prediction : predictions) {
        QCOMPARE(prediction.values.size(), std::size_t{1});
        const auto at = std::lower_bound(split.molecules.begin(), split.molecules.end(), prediction.molecule);
        const Part part = split.parts[static_cast<std::size_t>(at - split.molecules.begin())];
        QVERIFY(part == Part::Validation || part == Part::Test);
        if (part == Part::Test) {
            error += std::abs(prediction.values[0] -
                              carbons(5, 700).labels(0, chainOf(fixture.numberOf(prediction.molecule)))[0]) / 8;
        }
    }
    // The stored numbers give the stored metric: label units, best weights.
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    QVERIFY(std::abs(error - metricOf(metrics, run.bestEpoch, Part::Test, "task", "qm9", "mae")) < 1e-3);
    for (const auto& prediction : must(store::Predictions(fixture.project()).ofHead(run.id, "tox"))) {
        QVERIFY(prediction.values[0] >= 0 && prediction.values[0] <= 1);
    }
}

void TestLearnTrain::nodeAndEdgeLevels()
{
    Fixture fixture;
    fixture.add("pm6", 0, 150, {charges()});
    fixture.add("bonds", 0, 150, {bondTypes()});
    TrainConfig config = smallConfig();
    config.epochs = 30;
    config.learningRate = 0.05;
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), config, "{}", nn::createFakeModel, control));
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    QVERIFY(metricOf(metrics, run.bestEpoch, Part::Test, "head", "pm6", "r2") > 0.9);
    QVERIFY(metricOf(metrics, run.bestEpoch, Part::Test, "head", "bonds", "accuracy") > 0.9);
    for (const auto& prediction : must(store::Predictions(fixture.project()).ofHead(run.id, "pm6"))) {
        QCOMPARE(prediction.values.size(), chainOf(fixture.numberOf(prediction.molecule)).atoms.size());
    }
    for (const auto& prediction : must(store::Predictions(fixture.project()).ofHead(run.id, "bonds"))) {
        const MolGraph graph = chainOf(fixture.numberOf(prediction.molecule));
        QCOMPARE(prediction.values.size(), graph.bonds.size() * 2 * 3);
        for (std::size_t row = 0; row < graph.bonds.size() * 2; ++row) {
            const float* p = prediction.values.data() + 3 * row;
            QVERIFY(std::abs(p[0] + p[1] + p[2] - 1) < 1e-5); // probabilities
        }
    }
}

void TestLearnTrain::earlyStopping()
{
    Fixture fixture;
    fixture.add("qm9", 0, 60, {carbons()});
    TrainConfig config = smallConfig();
    config.epochs = 100;
    config.patience = 3;
    // From the third epoch on the validation gets worse and worse.
    auto hooks = std::make_shared<HookedModel::Hooks>();
    int evaluations = 0;
    hooks->result = [&evaluations](nn::Evaluation evaluation) {
        evaluation.losses.heads[0] += ++evaluations > 2 * 3 ? evaluations : 0; // two an epoch: validation, training
        return evaluation;
    };
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), config, "{}", hooked(hooks), control));
    QCOMPARE(run.state, store::RunState::Finished);
    QCOMPARE(run.bestEpoch, 3);
    QCOMPARE(run.epochs, 6);
    QVERIFY(run.message.find("stopped early") != std::string::npos);
    const auto best = must(store::Runs(fixture.project()).checkpoint(run.id, store::CheckpointKind::Best));
    QCOMPARE(best->epoch, 3);
    QCOMPARE(must(modelOfRun(fixture.project(), run.id)).summary.at("epoch").get<int>(), 3);
}

void TestLearnTrain::withoutValidation()
{
    Fixture fixture;
    fixture.add("qm9", 0, 40, {carbons()});
    TrainConfig config = smallConfig();
    config.split = "random:0.8/0/0.2";
    RecordingControl control;
    const auto run = must(startRun(fixture.project(), config, "{}", nn::createFakeModel, control));
    QCOMPARE(run.state, store::RunState::Finished);
    QCOMPARE(run.bestEpoch, 4);
    QVERIFY(std::isnan(control.validationLosses.back()));
    QVERIFY(!must(store::Runs(fixture.project()).checkpoint(run.id, store::CheckpointKind::Best)));
    const auto model = must(modelOfRun(fixture.project(), run.id));
    for (const auto& [name, tensor] : model.weights) {
        QVERIFY2(name.find("adam.") != 0, name.c_str());
    }
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    QVERIFY(std::isfinite(metricOf(metrics, 4, Part::Test, "all", "", "loss")));
    // One molecule alone can be trained on, too.
    Fixture one;
    one.add("qm9", 0, 1, {carbons()});
    QCOMPARE(must(startRun(one.project(), smallConfig(), "{}", nn::createFakeModel, control)).state,
             store::RunState::Finished);
}

void TestLearnTrain::lossThatIsNotFinite()
{
    Fixture fixture;
    fixture.add("qm9", 0, 100, {carbons()});
    TrainConfig config = smallConfig();
    auto hooks = std::make_shared<HookedModel::Hooks>();
    int steps = 0;
    hooks->step = [&steps](const nn::Batch&, const nn::StepSettings&) -> std::optional<Error> {
        return ++steps == 8 ? std::optional(Error{ErrorCode::BadInput, "The loss is not finite.", "Lower the rate."})
                            : std::nullopt;
    };
    RecordingControl control;
    const auto run = startRun(fixture.project(), config, "{}", hooked(hooks), control);
    QVERIFY(!run);
    const auto record = must(store::Runs(fixture.project()).byId(1));
    QCOMPARE(record.state, store::RunState::Failed);
    QCOMPARE(record.epochs, 1);
    QCOMPARE(record.message, run.error().message);
    QVERIFY2(record.message.find("Epoch 2, step 3:") == 0, record.message.c_str());
    QCOMPARE(QString::fromStdString(record.message).count(QStringLiteral("C(")), 5);
    QVERIFY(record.message.find("and 11 more") != std::string::npos);
    const auto last = must(store::Runs(fixture.project()).checkpoint(1, store::CheckpointKind::Last));
    QCOMPARE(last->step, 5); // the last good one, of the end of epoch 1
    // What was transient can be gone on with.
    QCOMPARE(must(resumeRun(fixture.project(), 1, nn::createFakeModel, control)).state, store::RunState::Finished);
}

void TestLearnTrain::aModelThatCannotBeBuiltLeavesNoRun()
{
    Fixture fixture;
    fixture.add("qm9", 0, 20, {carbons()});
    TrainConfig config = smallConfig();
    config.device = "cuda";
    RecordingControl control;
    QVERIFY(!startRun(fixture.project(), config, "{}", nn::createFakeModel, control));
    QVERIFY(must(store::Runs(fixture.project()).all()).empty());
    QVERIFY(control.started.empty());
}

void TestLearnTrain::stopKeepsTheBest()
{
    Fixture fixture;
    fixture.add("qm9", 0, 100, {carbons()});
    TrainConfig config = smallConfig();
    config.epochs = 50;
    auto hooks = std::make_shared<HookedModel::Hooks>();
    int steps = 0;
    hooks->step = [&steps](const nn::Batch&, const nn::StepSettings&) -> std::optional<Error> {
        ++steps;
        return {};
    };
    RecordingControl control;
    control.decide = [&steps] { return steps >= 17 ? TrainControl::Wish::StopKeepBest : TrainControl::Wish::GoOn; };
    const auto run = must(startRun(fixture.project(), config, "{}", hooked(hooks), control));
    QCOMPARE(run.state, store::RunState::Stopped);
    QCOMPARE(steps, 17);
    QCOMPARE(run.epochs, 3);
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    QVERIFY(std::isfinite(metricOf(metrics, run.bestEpoch, Part::Test, "all", "", "loss")));
    QCOMPARE(must(store::Runs(fixture.project()).byId(run.id)).state, store::RunState::Stopped);
    const auto again = resumeRun(fixture.project(), run.id, nn::createFakeModel, control);
    QVERIFY(!again);
    QVERIFY(again.error().hint.find("new run") != std::string::npos);
}

void TestLearnTrain::stopAtOnce()
{
    Fixture fixture;
    fixture.add("qm9", 0, 100, {carbons()});
    bool stop = false;
    RecordingControl control;
    control.decide = [&] { return stop ? TrainControl::Wish::StopKeepBest : TrainControl::Wish::GoOn; };
    auto hooks = std::make_shared<HookedModel::Hooks>();
    hooks->step = [&stop](const nn::Batch&, const nn::StepSettings&) -> std::optional<Error> {
        stop = true;
        return {};
    };
    const auto run = must(startRun(fixture.project(), smallConfig(), "{}", hooked(hooks), control));
    QCOMPARE(run.state, store::RunState::Stopped);
    QCOMPARE(run.epochs, 0);
    QCOMPARE(run.bestEpoch, 0);
    QCOMPARE(must(modelOfRun(fixture.project(), run.id)).summary.at("step").get<int>(), 1); // the weights so far
}

void TestLearnTrain::pauseBeforeTheRun()
{
    Fixture fixture;
    fixture.add("qm9", 0, 20, {carbons()});
    RecordingControl control;
    control.decide = [] { return TrainControl::Wish::Pause; };
    const auto run = startRun(fixture.project(), smallConfig(), "{}", nn::createFakeModel, control);
    QVERIFY(!run);
    QCOMPARE(run.error().code, ErrorCode::Stopped);
    QVERIFY(must(store::Runs(fixture.project()).all()).empty());
}

void TestLearnTrain::progressReports()
{
    Fixture fixture;
    fixture.add("qm9", 0, 100, {carbons()});
    RecordingControl control;
    TrainConfig config = smallConfig();
    must(startRun(fixture.project(), config, "{}", nn::createFakeModel, control));
    QCOMPARE(control.started.size(), std::size_t{1});
    QCOMPARE(control.epochs.size(), std::size_t{4});
    std::int64_t done = 0;
    bool training = false;
    for (const Progress& progress : control.progress) {
        QCOMPARE(progress.unit, std::string("molecules"));
        if (progress.stage.find("epoch ") == 0) {
            training = true;
            QCOMPARE(progress.total, 4 * 80);
            QVERIFY(progress.done >= done && progress.done <= progress.total);
            done = progress.done;
        }
    }
    QVERIFY(training);
    QCOMPARE(done, 4 * 80);
    QCOMPARE(control.progress.back().stage, std::string("epoch 4 of 4"));
    QVERIFY(control.progress.back().rate > 0);
    QVERIFY(control.progress.back().secondsLeft >= 0);
    QVERIFY(control.progress.size() < 40); // never more than ten a second, however quick the steps
}

void TestLearnTrain::theSameSeedGivesTheSameRun()
{
    std::vector<nn::TensorMap> weights;
    for (const std::uint64_t seed : {1, 1, 2}) {
        Fixture fixture;
        fixture.add("qm9", 0, 60, {carbons(), nitrogens()});
        TrainConfig config = smallConfig();
        config.seed = seed;
        RecordingControl control;
        const auto run = must(startRun(fixture.project(), config, "{}", nn::createFakeModel, control));
        weights.push_back(must(modelOfRun(fixture.project(), run.id)).weights);
    }
    const std::string name = "heads.qm9.atoms";
    QVERIFY(weights[0].at(name).values == weights[1].at(name).values);
    QVERIFY(weights[0].at(name).values != weights[2].at(name).values);
}

QTEST_GUILESS_MAIN(TestLearnTrain)
#include "tst_learn_train.moc"
