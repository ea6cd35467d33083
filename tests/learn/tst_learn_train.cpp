// SPDX-License-Identifier: GPL-3.0-or-later
// Whole trainings of the linear fake network on a small project.
#include <QtTest>

#include <algorithm>
#include <numeric>
#include <nlohmann/json.hpp>

#include "learn/evaluate.h"
#include "learn/heads.h"
#include "learn/modelfile.h"
#include "learn/rundata.h"
#include "learn/split.h"
#include "tests/learn/fixture.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;
using store::Part;

namespace
{

Control quiet;

std::vector<std::string> headNames(const Selection& selection)
{
    std::vector<std::string> names;
    for (const auto& head : selection.heads) {
        names.push_back(head.name);
    }
    return names;
}

RunData load(Fixture& fixture, const TrainConfig& config)
{
    Selection selection = must(selectTasks(fixture.project(), config.tasks, config.architecture));
    const Labelled labelled = must(findLabelled(fixture.project(), selection, quiet));
    store::Split split = must(makeSplit(config.split, config.seed, labelled.molecules));
    return must(RunData::load(fixture.project(), std::move(selection), std::move(split), quiet));
}

} // namespace

class TestLearnTrain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patternsChooseTasks();
    void patternsThatMatchNothing();
    void headsAreNamedApart();
    void incompleteImportsAreRefused();
    void planCounts();
    void normalisationIsFittedOnTraining();
    void constantAndMissingTasks();
    void batchesCarryTheirLabels();
    void aMissingLabelChangesNothing();
    void badLabelsAreToldByName();
    void trainingLearns();
    void metricsAreComplete();
    void totalIsTheMeanOverHeadsWithLabels();
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

void TestLearnTrain::patternsChooseTasks()
{
    Fixture fixture;
    fixture.add("qm9", 0, 4, {carbons(), nitrogens()});
    fixture.add("zinc", 2, 4, {carbons(), hasOxygen()});
    const nn::Architecture architecture = smallConfig().architecture;
    const auto resolved = [&](std::vector<std::string> patterns) {
        return must(selectTasks(fixture.project(), patterns, architecture)).resolved;
    };
    using List = std::vector<std::string>;
    const List all{"qm9:carbons", "qm9:nitrogens", "zinc:carbons", "zinc:has-oxygen"};
    QVERIFY(resolved({}) == all);
    QVERIFY(resolved({"*"}) == all);
    QVERIFY((resolved({"qm9"}) == List{"qm9:carbons", "qm9:nitrogens"}));
    QVERIFY((resolved({"q*:nit*"}) == List{"qm9:nitrogens"}));
    QVERIFY((resolved({"*:carbons"}) == List{"qm9:carbons", "zinc:carbons"}));
    QVERIFY((resolved({"zinc:*", "qm?:carbons"}) == List{"qm9:carbons", "zinc:carbons", "zinc:has-oxygen"}));
}

void TestLearnTrain::patternsThatMatchNothing()
{
    Fixture fixture;
    const nn::Architecture architecture = smallConfig().architecture;
    QVERIFY(!selectTasks(fixture.project(), {}, architecture));
    fixture.add("qm9", 0, 4, {carbons()});
    const auto selection = selectTasks(fixture.project(), {"*", "qm8:*"}, architecture);
    QVERIFY(!selection);
    QCOMPARE(selection.error().code, ErrorCode::NotFound);
    QVERIFY(selection.error().text().find("'qm8:*'") != std::string::npos);
    QVERIFY(selection.error().text().find("qm9:carbons") != std::string::npos);
}

void TestLearnTrain::headsAreNamedApart()
{
    Fixture fixture;
    fixture.add("a", 0, 4, {hasOxygen(), carbons(), nitrogens()});
    fixture.add("b", 0, 4, {charges(), carbons()});
    TaskPlan four = bondTypes();
    four.name = "four";
    four.classes = 4;
    fixture.add("c", 0, 4, {bondTypes(), four});
    fixture.add("d*", 0, 4, {carbons()});
    const Selection selection = must(selectTasks(fixture.project(), {}, smallConfig().architecture));
    QVERIFY((headNames(selection) == std::vector<std::string>{"a/regression", "a/binary", "b/graph", "b/node",
                                                              "c/multiclass-3", "c/multiclass-4", "d*"}));
    QCOMPARE(selection.heads[0].columns.size(), std::size_t{2});
    QVERIFY((selection.sources[0].positions == std::vector<int>{1, 2}));
    QCOMPARE(selection.heads[4].outputWidth(), 3);
    // What a run remembers chooses the same tasks again, even where names look like patterns.
    const Selection again = must(selectTasks(fixture.project(), selection.resolved, smallConfig().architecture));
    QVERIFY(again.resolved == selection.resolved);
    QVERIFY((must(selectTasks(fixture.project(), {"a"}, smallConfig().architecture)).resolved.size() == 3));
}

void TestLearnTrain::incompleteImportsAreRefused()
{
    Fixture fixture;
    fixture.add("qm9", 0, 4, {carbons()});
    fixture.add("half", 0, 4, {carbons()}, false);
    const auto all = selectTasks(fixture.project(), {}, smallConfig().architecture);
    QVERIFY(!all);
    QVERIFY(all.error().message.find("'half'") != std::string::npos);
    QVERIFY(selectTasks(fixture.project(), {"qm9"}, smallConfig().architecture).has_value());
}

void TestLearnTrain::planCounts()
{
    Fixture fixture;
    fixture.add("qm9", 0, 60, {carbons(), nitrogens()});
    fixture.add("tox", 40, 60, {hasOxygen()});
    const RunPlan plan = must(planRun(fixture.project(), smallConfig()));
    QCOMPARE(plan.molecules, 100); // 20 are in both
    QCOMPARE(plan.train, 80);
    QCOMPARE(plan.validation, 10);
    QCOMPARE(plan.test, 10);
    QCOMPARE(plan.labels, 60 + 40 + 60);
    QCOMPARE(plan.spec.heads.size(), std::size_t{2});
    QCOMPARE(plan.parameters, nn::parameterCount(plan.spec));
    TrainConfig nitrogensOnly = smallConfig();
    nitrogensOnly.tasks = {"qm9:nitrogens"};
    QCOMPARE(must(planRun(fixture.project(), nitrogensOnly)).molecules, 40);
    TrainConfig wrong = smallConfig();
    wrong.epochs = 0;
    QVERIFY(!planRun(fixture.project(), wrong));
}

void TestLearnTrain::normalisationIsFittedOnTraining()
{
    Fixture fixture;
    fixture.add("qm9", 0, 50, {carbons(3, 1000)});
    fixture.add("charges", 0, 50, {charges()});
    const RunData data = load(fixture, smallConfig());
    for (const std::size_t head : {0, 1}) {
        std::vector<double> values;
        for (const std::uint32_t index : data.part(Part::Train)) {
            const int i = fixture.numberOf(data.idOf(index));
            for (const double value : (head == 0 ? carbons(3, 1000) : charges()).labels(i, chainOf(i))) {
                if (!std::isnan(value)) {
                    values.push_back(value);
                }
            }
        }
        const double n = static_cast<double>(values.size());
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
        double squares = 0;
        for (const double value : values) {
            squares += (value - mean) * (value - mean);
        }
        QVERIFY(std::abs(data.normalisation()[head][0].mean - mean) < 1e-9);
        QVERIFY(std::abs(data.normalisation()[head][0].sd - std::sqrt(squares / n)) < 1e-9); // divides by n
    }
}

void TestLearnTrain::constantAndMissingTasks()
{
    Fixture fixture;
    TaskPlan constant{"constant", Level::Graph, TaskKind::Regression, 0,
                      [](int, const MolGraph&) { return std::vector<double>{0.1}; }, {}};
    TaskPlan none{"none", Level::Graph, TaskKind::Regression, 0,
                  [](int, const MolGraph&) { return std::vector<double>{}; }, {}};
    TaskPlan oneClass{"one-class", Level::Graph, TaskKind::Binary, 0,
                      [](int, const MolGraph&) { return std::vector<double>{1}; }, {}};
    fixture.add("x", 0, 40, {carbons(), constant, none});
    fixture.add("y", 0, 40, {oneClass});
    const RunData data = load(fixture, smallConfig());
    QCOMPARE(data.normalisation()[0][1].mean, 0.1);
    QCOMPARE(data.normalisation()[0][1].sd, 1.0);
    QCOMPARE(data.normalisation()[0][2].mean, 0.0);
    QCOMPARE(data.normalisation()[0][2].sd, 1.0);
    QCOMPARE(data.notes().size(), std::size_t{3});

    RecordingControl control;
    const auto run = must(startRun(fixture.project(), smallConfig(), "{}", nn::createFakeModel, control));
    QCOMPARE(run.state, store::RunState::Finished);
    QVERIFY(run.message.find("'x:none' has no label in the training part") != std::string::npos);
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    const auto tasks = must(store::Datasets(fixture.project()).allTasks());
    QVERIFY(std::isnan(metricOf(metrics, 4, Part::Validation, "task", "x", "r2", tasks[1].task.id)));
    QVERIFY(std::isfinite(metricOf(metrics, 4, Part::Validation, "task", "x", "mae", tasks[1].task.id)));
    QVERIFY(std::isnan(metricOf(metrics, 4, Part::Validation, "task", "x", "mae", tasks[2].task.id)));
    QVERIFY(std::isnan(metricOf(metrics, 4, Part::Validation, "head", "y", "auroc")));
    QVERIFY(std::isfinite(metricOf(metrics, 4, Part::Validation, "head", "x", "r2")));
    QVERIFY(std::isfinite(metricOf(metrics, 4, Part::Validation, "all", "", "loss")));
}

void TestLearnTrain::batchesCarryTheirLabels()
{
    Fixture fixture;
    fixture.add("x", 0, 30, {carbons(), nitrogens()});
    fixture.add("atoms", 10, 30, {charges()});
    const RunData data = load(fixture, smallConfig());
    const std::vector<std::uint32_t> order{25, 3, 0, 39};
    const nn::Batch batch = must(data.makeBatch(order));
    QCOMPARE(batch.graphs, 4);
    QCOMPARE(batch.labels.size(), std::size_t{2});
    QCOMPARE(batch.labels[0].size(), std::size_t{8});
    QCOMPARE(batch.labels[1].size(), static_cast<std::size_t>(batch.nodes));
    std::size_t atom = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const int i = fixture.numberOf(data.idOf(order[k]));
        const MolGraph graph = chainOf(i);
        QCOMPARE(batch.nodeStart[k + 1] - batch.nodeStart[k], static_cast<std::int64_t>(graph.atoms.size()));
        const auto expect = [&](float got, double label, const Normalisation& scale) {
            return std::isnan(label) ? std::isnan(got) : std::abs(got * scale.sd + scale.mean - label) < 1e-5;
        };
        const bool inX = i < 30;
        const bool inAtoms = i >= 10;
        QVERIFY(expect(batch.labels[0][2 * k], inX ? countOf(graph, 6) : missing, data.normalisation()[0][0]));
        QVERIFY(expect(batch.labels[0][2 * k + 1], inX && i % 3 ? countOf(graph, 7) : missing, data.normalisation()[0][1]));
        for (const double charge : charges().labels(i, graph)) {
            QVERIFY(expect(batch.labels[1][atom++], inAtoms ? charge : missing, data.normalisation()[1][0]));
        }
    }
}

void TestLearnTrain::aMissingLabelChangesNothing()
{
    // A second task without a single label, or with labels only in molecules that do not exist here, must not move the
    // first one's normalisation, weights or metrics.
    Fixture alone;
    alone.add("x", 0, 60, {nitrogens()});
    Fixture beside;
    TaskPlan empty = nitrogens();
    empty.name = "empty";
    empty.labels = [](int, const MolGraph&) { return std::vector<double>{missing}; };
    beside.add("x", 0, 60, {nitrogens(), empty});
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
    for (std::int64_t epoch = 1; epoch <= 4; ++epoch) {
        QCOMPARE(count(epoch, Part::Train, "head"), 2); // losses
        QCOMPARE(count(epoch, Part::Train, "all"), 1);
        QCOMPARE(count(epoch, Part::Validation, "task"), 2 * 4 + 2);
        QCOMPARE(count(epoch, Part::Validation, "head"), 2 + 3 + 2); // losses, regression without "mae", binary
        QCOMPARE(count(epoch, Part::Validation, "all"), 1);
        QCOMPARE(count(epoch, Part::Test, "task"), epoch == run.bestEpoch ? 2 * 4 + 2 : 0);
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

void TestLearnTrain::totalIsTheMeanOverHeadsWithLabels()
{
    LossSums sums(3);
    sums.add({0, {1.0, 4.0, 0.0}, {2, 1, 0}});
    sums.add({0, {4.0, 2.0, 0.0}, {1, 3, 0}});
    QCOMPARE(sums.ofHead(0), 2.0);  // (2·1 + 1·4) / 3
    QCOMPARE(sums.ofHead(1), 2.5);  // (1·4 + 3·2) / 4
    QVERIFY(std::isnan(sums.ofHead(2)));
    QCOMPARE(sums.total(), 2.25);
    QVERIFY(std::isnan(LossSums(2).total()));
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
        evaluation.losses.heads[0] += ++evaluations > 3 ? evaluations : 0;
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
