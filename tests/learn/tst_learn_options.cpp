// SPDX-License-Identifier: GPL-3.0-or-later
// What the options of a training do to it, on the linear fake network.
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "core/random.h"
#include "learn/epochorder.h"
#include "learn/evaluate.h"
#include "learn/modelfile.h"
#include "learn/split.h"
#include "nn/safetensors.h"
#include "store/inputs.h"
#include "tests/learn/fixture.h"
#include "tests/learn/hooks.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;
using store::Part;

namespace
{

TrainConfig configWith(const std::vector<std::string>& assignments)
{
    TrainConfig config = smallConfig();
    must(setTrainValues(config, assignments));
    return config;
}

void fill(Fixture& fixture)
{
    fixture.add("qm9", 0, 90, {carbons(3, 50), nitrogens()});
    fixture.add("tox", 60, 40, {hasOxygen()});
}

/// What every step was told, and what it got.
struct Steps {
    std::vector<nn::StepSettings> settings;
    std::vector<std::int64_t> molecules;
};

store::RunRecord train(Fixture& fixture, const TrainConfig& config, Steps* steps = nullptr)
{
    auto hooks = std::make_shared<HookedModel::Hooks>();
    hooks->step = [steps](const nn::Batch& batch, const nn::StepSettings& settings) -> std::optional<Error> {
        if (steps != nullptr) {
            steps->settings.push_back(settings);
            steps->molecules.push_back(batch.graphs);
        }
        return {};
    };
    RecordingControl control;
    return must(startRun(fixture.project(), config, "{}", hooked(hooks), control));
}

RunData dataOf(Fixture& fixture, TrainConfig config)
{
    Control quiet;
    auto selection = must(selectTasks(fixture.project(), config));
    const auto labelled = must(findLabelled(fixture.project(), selection, quiet));
    auto split = must(makeSplit(config.split, config.seed, labelled.molecules));
    return must(RunData::load(fixture.project(), std::move(selection), std::move(split), quiet));
}

nn::TensorMap tensorsOf(const store::Checkpoint& checkpoint)
{
    return must(nn::parseSafetensors(checkpoint.tensors, "test")).tensors;
}

nlohmann::json storedConfig(const store::RunRecord& run) { return nlohmann::json::parse(run.config); }

} // namespace

class TestLearnOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accumulatedBatchesAreOneStep();
    void optimiserSettingsReachTheModel();
    void averagedWeightsAreTheBest();
    void averagedWeightsWithoutValidation();
    void samplingDrawsTheShares();
    void schedulesByStepAndPlateau();
    void anyNumberCanBeWatched();
    void watchedNumbersAreChecked();
    void theBestAreKept();
    void normalisationOfLabels();
    void clippedLabels();
    void headsHaveTheirOwnLoss();
    void headsAreChecked();
    void weightsCountInTheTotal();
    void budgetsScaleTheNetwork();
    void plansTellRatesAndLosses();
    void inputsAreFilledIn();
    void failedStepsNameTheirMolecules();
};

void TestLearnOptions::accumulatedBatchesAreOneStep()
{
    Fixture a, b;
    fill(a);
    fill(b);
    Steps whole, parts;
    // 100 molecules, 80 of them for training: 16 a step, or 2 × 8.
    const auto first = train(a, configWith({"batch_size=16", "epochs=2"}), &whole);
    const auto second = train(b, configWith({"batch_size=8", "accumulation=2", "epochs=2"}), &parts);
    QCOMPARE(whole.settings.size(), std::size_t{10});
    QCOMPARE(parts.settings.size(), std::size_t{20}); // seen once a part
    QCOMPARE(parts.molecules.front(), 8);
    QCOMPARE(parts.settings[0].seed, whole.settings[0].seed); // of the step
    QCOMPARE(parts.settings[3].seed, whole.settings[1].seed);
    const auto one = tensorsOf(*must(store::Runs(a.project()).checkpoint(first.id, store::CheckpointKind::Last)));
    const auto other = tensorsOf(*must(store::Runs(b.project()).checkpoint(second.id, store::CheckpointKind::Last)));
    for (const auto& [name, tensor] : one) {
        for (std::size_t i = 0; i < tensor.values.size(); ++i) {
            QVERIFY2(std::abs(tensor.values[i] - other.at(name).values[i]) < 1e-4, name.c_str());
        }
    }
    // The last step of an epoch takes what is left.
    Fixture c;
    fill(c);
    Steps rest;
    train(c, configWith({"batch_size=16", "accumulation=3", "epochs=1"}), &rest);
    QCOMPARE(rest.settings.size(), std::size_t{5});
    QCOMPARE(rest.settings[2].seed, rest.settings[0].seed);
    QVERIFY(rest.settings[3].seed != rest.settings[0].seed);
    QCOMPARE(rest.settings[4].seed, rest.settings[3].seed);
}

void TestLearnOptions::optimiserSettingsReachTheModel()
{
    Fixture fixture;
    fill(fixture);
    Steps steps;
    train(fixture, configWith({"epochs=1", "optimiser=adamw", "beta1=0.7", "beta2=0.95", "epsilon=1e-5",
                               "weight_decay=0.25", "clip_norm=1", "ema_decay=0.5"}),
          &steps);
    const nn::StepSettings& settings = steps.settings.front();
    QVERIFY(settings.decoupledDecay);
    QCOMPARE(settings.beta1, 0.7);
    QCOMPARE(settings.beta2, 0.95);
    QCOMPARE(settings.epsilon, 1e-5);
    QCOMPARE(settings.weightDecay, 0.25);
    QCOMPARE(settings.clipNorm, 1.0);
    QCOMPARE(settings.averageDecay, 0.5);
}

void TestLearnOptions::averagedWeightsAreTheBest()
{
    Fixture fixture;
    fill(fixture);
    // The last epoch is the best by a number that always falls: the rate is 0 after it.
    const auto run = train(fixture, configWith({"ema_decay=0.9", "epochs=3", "watch=train/loss"}));
    store::Runs runs(fixture.project());
    const auto best = tensorsOf(*must(runs.checkpoint(run.id, store::CheckpointKind::Best)));
    const auto last = tensorsOf(*must(runs.checkpoint(run.id, store::CheckpointKind::Last)));
    QCOMPARE(run.bestEpoch, 3);
    bool differ = false;
    for (const auto& [name, tensor] : best) {
        QVERIFY(!name.starts_with("average.") && !name.starts_with("adam."));
        QVERIFY2(tensor.values == last.at("average." + name).values, name.c_str());
        differ |= tensor.values != last.at(name).values;
    }
    QVERIFY(differ);
    // It is the averaged network that was measured.
    const auto exported = must(modelOfRun(fixture.project(), run.id));
    const auto model = must(instantiate(exported, nn::createFakeModel));
    const RunData data = dataOf(fixture, configWith({}));
    const auto measured = must(evaluatePart(*model, data, {Part::Validation, 3, 16, 0, false, {}}));
    const auto metrics = must(runs.metrics(run.id, 3));
    QCOMPARE(metricOf(metrics, 3, Part::Validation, "all", "", "loss"), measured.loss);
}

void TestLearnOptions::averagedWeightsWithoutValidation()
{
    Fixture fixture;
    fill(fixture);
    const auto run = train(fixture, configWith({"ema_decay=0.9", "epochs=2", "split=random:1/0/0"}));
    store::Runs runs(fixture.project());
    const auto best = must(runs.checkpoint(run.id, store::CheckpointKind::Best));
    QVERIFY(best.has_value());
    QCOMPARE(best->epoch, 2);
}

void TestLearnOptions::samplingDrawsTheShares()
{
    Fixture fixture;
    fill(fixture);
    const TrainConfig config = configWith({"sampling.qm9=0.5", "sampling.tox=0.25"});
    const RunData data = dataOf(fixture, config);
    const auto& train = data.part(Part::Train);
    const auto labelled = [&](const char* dataset, const std::vector<std::uint32_t>& molecules) {
        return std::count_if(molecules.begin(), molecules.end(), [&](std::uint32_t molecule) {
            for (std::size_t h = 0; h < data.heads().size(); ++h) {
                if (data.heads()[h].dataset == dataset && data.hasLabels(h, molecule)) {
                    return true;
                }
            }
            return false;
        });
    };
    std::set<std::vector<std::uint32_t>> orders;
    std::set<std::uint32_t> seen;
    for (int epoch = 0; epoch < 40; ++epoch) {
        const auto order = epochOrder(data, config, epoch);
        QVERIFY(order == epochOrder(data, config, epoch));
        QCOMPARE(std::set<std::uint32_t>(order.begin(), order.end()).size(), order.size());
        // At least what was drawn for each; a molecule of both counts for both.
        QVERIFY(labelled("qm9", order) >= std::llround(0.5 * static_cast<double>(labelled("qm9", train))));
        QVERIFY(labelled("tox", order) >= std::llround(0.25 * static_cast<double>(labelled("tox", train))));
        QVERIFY(order.size() < train.size());
        orders.insert(order);
        seen.insert(order.begin(), order.end());
    }
    QCOMPARE(orders.size(), std::size_t{40});
    QCOMPARE(seen.size(), train.size()); // over the epochs, all of them
    // One dataset alone: exactly its share, and all of the others.
    const TrainConfig one = configWith({"sampling.qm9=0.1"});
    const auto order = epochOrder(data, one, 3);
    QCOMPARE(labelled("tox", order), labelled("tox", train));
    // Without shares, the order is that of the first version.
    const auto plain = epochOrder(data, smallConfig(), 2);
    const auto shuffled = shuffledIndices(train.size(), mixSeed(42, 2, 1));
    for (std::size_t i = 0; i < plain.size(); ++i) {
        QCOMPARE(plain[i], train[shuffled[i]]);
    }
    Steps steps;
    Fixture trained;
    fill(trained);
    TrainConfig training = config;
    training.epochs = 2;
    ::train(trained, training, &steps);
    std::int64_t molecules = 0;
    for (const std::int64_t count : steps.molecules) {
        molecules += count;
    }
    QCOMPARE(molecules, static_cast<std::int64_t>(epochOrder(data, training, 0).size() + epochOrder(data, training, 1).size()));
}

void TestLearnOptions::schedulesByStepAndPlateau()
{
    Fixture fixture;
    fill(fixture);
    Steps steps;
    train(fixture, configWith({"epochs=3", "schedule=exponential", "schedule.gamma=0.5", "schedule.interval=step",
                               "schedule.warmup=0"}),
          &steps);
    QCOMPARE(steps.settings.size(), std::size_t{15});
    for (std::size_t i = 0; i < steps.settings.size(); ++i) {
        QCOMPARE(steps.settings[i].learningRate, 0.02 * std::pow(0.5, static_cast<double>(i)));
    }
    // Nothing is better by a tenth of the best for ever: the rate falls, epoch by epoch.
    Fixture other;
    fill(other);
    Steps plateau;
    train(other, configWith({"epochs=6", "schedule=plateau", "schedule.patience=0", "schedule.threshold=0.9",
                             "schedule.factor=0.5", "schedule.warmup=0", "patience=0"}),
          &plateau);
    QCOMPARE(plateau.settings.front().learningRate, 0.02);
    QCOMPARE(plateau.settings[5].learningRate, 0.02); // the first epoch's loss is the best so far
    QCOMPARE(plateau.settings.back().learningRate, 0.02 * std::pow(0.5, 4));
}

void TestLearnOptions::anyNumberCanBeWatched()
{
    Fixture fixture;
    fill(fixture);
    const auto run = train(fixture, configWith({"epochs=6", "watch=val/qm9/r2", "patience=0"}));
    const auto metrics = must(store::Runs(fixture.project()).metrics(run.id));
    std::int64_t best = 0;
    double most = -1e9;
    for (int epoch = 1; epoch <= 6; ++epoch) {
        const double value = metricOf(metrics, epoch, Part::Validation, "head", "qm9", "r2");
        if (value > most) {
            most = value;
            best = epoch;
        }
    }
    QCOMPARE(run.bestEpoch, best);
    QCOMPARE(must(store::Runs(fixture.project()).checkpoint(run.id, store::CheckpointKind::Best))->score, most);
    // Stopping says what it watched.
    Fixture stopped;
    fill(stopped);
    const auto early =
        train(stopped, configWith({"epochs=20", "watch=val/tox/accuracy", "min_delta=0.9", "patience=2"}));
    QCOMPARE(early.epochs, 3);
    QVERIFY2(early.message.find("val/tox/accuracy for 2 epochs") != std::string::npos, early.message.c_str());
    // The training part alone will do.
    Fixture alone;
    fill(alone);
    const auto withoutValidation = train(alone, configWith({"epochs=2", "split=random:1/0/0", "watch=train/qm9/r2"}));
    QVERIFY(withoutValidation.bestEpoch > 0);
    QVERIFY(must(store::Runs(alone.project()).checkpoint(withoutValidation.id, store::CheckpointKind::Best)));
}

void TestLearnOptions::watchedNumbersAreChecked()
{
    Fixture fixture;
    fill(fixture);
    for (const auto& [assignments, word] : {std::pair(std::vector<std::string>{"watch=val/qm9/auroc"}, "auroc"),
                                            std::pair(std::vector<std::string>{"watch=val/qm7/r2"}, "'qm9'"),
                                            std::pair(std::vector<std::string>{"watch=test/loss"}, "test"),
                                            std::pair(std::vector<std::string>{"schedule=plateau",
                                                                               "schedule.monitor=val/qm7/r2"},
                                                      "schedule.monitor"),
                                            std::pair(std::vector<std::string>{"split=random:1/0/0", "schedule=plateau"},
                                                      "validation part"),
                                            std::pair(std::vector<std::string>{"split=random:1/0/0",
                                                                               "watch=val/qm9/r2"},
                                                      "validation part")}) {
        RecordingControl control;
        const auto run = startRun(fixture.project(), configWith(assignments), "{}", nn::createFakeModel, control);
        QVERIFY2(!run, assignments.back().c_str());
        QCOMPARE(run.error().code, ErrorCode::Usage);
        QVERIFY2(run.error().text().find(word) != std::string::npos, run.error().text().c_str());
        QVERIFY(control.started.empty());
    }
}

void TestLearnOptions::theBestAreKept()
{
    Fixture fixture;
    fill(fixture);
    const auto run = train(fixture, configWith({"epochs=8", "keep_best=3", "watch=val/qm9/r2", "patience=0"}));
    store::Runs runs(fixture.project());
    const auto metrics = must(runs.metrics(run.id));
    std::vector<std::pair<double, std::int64_t>> scores;
    for (int epoch = 1; epoch <= 8; ++epoch) {
        scores.emplace_back(-metricOf(metrics, epoch, Part::Validation, "head", "qm9", "r2"), epoch);
    }
    std::sort(scores.begin(), scores.end());
    QCOMPARE(run.bestEpoch, scores[0].second);
    std::vector<std::int64_t> expected{scores[1].second, scores[2].second};
    std::sort(expected.begin(), expected.end());
    QVERIFY(must(runs.keptEpochs(run.id)) == expected);
    for (std::size_t i = 1; i < 3; ++i) {
        const auto kept = must(runs.keptCheckpoint(run.id, scores[i].second));
        QCOMPARE(kept->score, -scores[i].first);
        const auto model = must(modelOfRun(fixture.project(), run.id, scores[i].second));
        QCOMPARE(model.summary["epoch"], nlohmann::json(scores[i].second));
        for (const auto& [name, tensor] : tensorsOf(*kept)) {
            QVERIFY(model.weights.at(name).values == tensor.values);
        }
    }
    const auto missing = modelOfRun(fixture.project(), run.id, scores[7].second);
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::NotFound);
    QVERIFY(missing.error().hint.find(std::to_string(scores[0].second)) != std::string::npos);
    QCOMPARE(must(modelOfRun(fixture.project(), run.id, run.bestEpoch)).summary["epoch"], nlohmann::json(run.bestEpoch));
}

void TestLearnOptions::normalisationOfLabels()
{
    Fixture fixture;
    fixture.add("x", 0, 60, {carbons(3, 50)});
    fixture.add("y", 0, 60, {nitrogens()});
    const RunData none = dataOf(fixture, configWith({"normalisation=none"}));
    QCOMPARE(none.normalisation()[0][0].mean, 0.0);
    QCOMPARE(none.normalisation()[0][0].sd, 1.0);
    const RunData mixed = dataOf(fixture, configWith({"heads.y.normalisation=unit"}));
    double least = 1e9, most = -1e9, sum = 0, squares = 0, n = 0;
    for (const std::uint32_t molecule : mixed.part(Part::Train)) {
        const MolGraph graph = chainOf(fixture.numberOf(mixed.idOf(molecule)));
        const double x = 50 + 3 * countOf(graph, 6);
        sum += x;
        squares += x * x;
        n += 1;
        if (fixture.numberOf(mixed.idOf(molecule)) % 3 != 0) {
            least = std::min(least, countOf(graph, 7));
            most = std::max(most, countOf(graph, 7));
        }
    }
    QVERIFY(std::abs(mixed.normalisation()[0][0].mean - sum / n) < 1e-9);
    QVERIFY(std::abs(mixed.normalisation()[0][0].sd - std::sqrt(squares / n - sum / n * sum / n)) < 1e-6);
    QCOMPARE(mixed.normalisation()[1][0].mean, least);
    QCOMPARE(mixed.normalisation()[1][0].sd, most - least);
}

void TestLearnOptions::clippedLabels()
{
    Fixture fixture;
    fixture.add("x", 0, 80, {carbons()});
    const RunData data = dataOf(fixture, configWith({"heads.x.clip_min=1", "heads.x.clip_max=2", "normalisation=none"}));
    bool clipped = false;
    for (const Part part : {Part::Train, Part::Validation}) {
        for (const std::uint32_t molecule : data.part(part)) {
            const double label = countOf(chainOf(fixture.numberOf(data.idOf(molecule))), 6);
            const double kept = part == Part::Train ? std::clamp(label, 1.0, 2.0) : label;
            const std::uint32_t one[] = {molecule};
            QCOMPARE(static_cast<double>(must(data.makeBatch(one)).labels[0][0]), kept);
            clipped |= kept != label;
        }
    }
    QVERIFY(clipped);
}

void TestLearnOptions::headsHaveTheirOwnLoss()
{
    Fixture fixture;
    fill(fixture);
    const auto run = train(fixture, configWith({"epochs=1", "heads.qm9.loss=huber", "heads.tox.weight=0.5"}));
    const nlohmann::json heads = storedConfig(run)["heads"]; // every default filled in
    QCOMPARE(heads["qm9"]["loss"], nlohmann::json("huber"));
    QCOMPARE(heads["qm9"]["weight"], nlohmann::json(1.0));
    QCOMPARE(heads["qm9"]["normalisation"], nlohmann::json("normal"));
    QCOMPARE(heads["tox"]["loss"], nlohmann::json("bce_logits"));
    QVERIFY(!heads["tox"].contains("normalisation"));
    const auto model = must(modelOfRun(fixture.project(), run.id));
    QCOMPARE(model.spec.heads[0].loss.type, nn::LossType::Huber);
    QCOMPARE(model.spec.heads[1].loss.weight, 0.5);
    const RunPlan plan = must(planRun(fixture.project(), configWith({"heads.tox.loss=bce"})));
    QCOMPARE(plan.spec.heads[1].mlp.lastActivation, nn::Activation::Sigmoid); // it needs probabilities
}

void TestLearnOptions::headsAreChecked()
{
    Fixture fixture;
    fill(fixture);
    for (const auto& [assignment, words] :
         {std::pair("heads.qm9.loss=bce_logits", std::vector<std::string>{"regression", "mae, mse, huber"}),
          std::pair("heads.qm8.weight=2", std::vector<std::string>{"no head 'qm8'", "'qm9'"}),
          std::pair("sampling.toxi=0.5", std::vector<std::string>{"no dataset 'toxi'", "'tox'"}),
          std::pair("heads.tox.normalisation=unit", std::vector<std::string>{"binary"})}) {
        const auto plan = planRun(fixture.project(), configWith({assignment}));
        QVERIFY2(!plan, assignment);
        QCOMPARE(plan.error().code, ErrorCode::Usage);
        for (const std::string& word : words) {
            QVERIFY2(plan.error().text().find(word) != std::string::npos, plan.error().text().c_str());
        }
    }
    QVERIFY(!planRun(fixture.project(), configWith({"heads.qm9.weight=0", "heads.tox.weight=0"})));
}

void TestLearnOptions::weightsCountInTheTotal()
{
    nn::ModelSpec spec;
    spec.heads.resize(3);
    spec.heads[0].loss.weight = 3;
    LossSums sums(3);
    sums.add({0, {2.0, 4.0, 0.0}, {10, 30, 0}}); // the third has no labels
    QCOMPARE(sums.total(spec), (3 * 2.0 + 4.0) / 4);
    spec.architecture.lossBalance = nn::LossBalance::ByCount;
    QCOMPARE(sums.total(spec), (30 * 2.0 + 30 * 4.0) / 60);
    spec.architecture.lossBalance = nn::LossBalance::Fixed;
    spec.heads[0].loss.weight = 1;
    QCOMPARE(sums.total(spec), sums.total());
}

void TestLearnOptions::budgetsScaleTheNetwork()
{
    Fixture fixture;
    fill(fixture);
    const RunPlan plain = must(planRun(fixture.project(), smallConfig()));
    const RunPlan plan = must(planRun(fixture.project(), configWith({"parameter_budget=50000"})));
    QVERIFY(std::abs(static_cast<double>(plan.parameters) / 50000 - 1) <= 0.01);
    QVERIFY(plain.parameters > 100000);
    const auto run = train(fixture, configWith({"parameter_budget=50000", "epochs=1"}));
    // What is stored is the network as it was trained, and goes on as such.
    const TrainConfig stored = must(trainConfigFromJson(storedConfig(run)));
    QCOMPARE(stored.architecture.gnn.hidden, plan.spec.architecture.gnn.hidden);
    QVERIFY(stored.architecture.gnn.hidden != plain.spec.architecture.gnn.hidden);
    const RunPlan again = must(planRun(fixture.project(), stored));
    QCOMPARE(again.parameters, plan.parameters);
}

void TestLearnOptions::plansTellRatesAndLosses()
{
    Fixture fixture;
    fill(fixture);
    const TrainConfig config = configWith({"epochs=4"});
    const RunPlan plan = must(planRun(fixture.project(), config));
    QCOMPARE(plan.learningRates.size(), std::size_t{4});
    for (int epoch = 0; epoch < 4; ++epoch) {
        QCOMPARE(plan.learningRates[epoch].first, 1.0 + epoch);
        QCOMPARE(plan.learningRates[epoch].second, learningRateOf(config, epoch));
    }
    QCOMPARE(must(planRun(fixture.project(), configWith({"epochs=5000"}))).learningRates.size(), std::size_t{200});
    const RunPlan steps = must(planRun(fixture.project(), configWith({"epochs=2", "schedule=cosine", "schedule.warmup=0",
                                                                      "schedule.interval=step"})));
    QCOMPARE(steps.learningRates.size(), std::size_t{10}); // 5 steps an epoch
    QCOMPARE(steps.learningRates[5].first, 2.0);
    const auto sampled = [&](const char* tox) {
        return must(planRun(fixture.project(), configWith({"epochs=2", "schedule=cosine", "schedule.warmup=0",
                                                           "schedule.interval=step", "sampling.qm9=0.4", tox})))
            .learningRates.size();
    };
    QCOMPARE(sampled("seed=1"), std::size_t{10}); // the other dataset is seen whole
    QCOMPARE(sampled("sampling.tox=0.4"), std::size_t{4});
}

void TestLearnOptions::inputsAreFilledIn()
{
    Fixture fixture;
    fixture.add("x", 0, 30, {carbons()});
    TrainConfig config = configWith({"epochs=1"});
    config.architecture.inputs.name = "other";
    config.architecture.inputs.atomFloat = {"degree"};
    RecordingControl control;
    const auto missingInputs = startRun(fixture.project(), config, "{}", nn::createFakeModel, control);
    QVERIFY(!missingInputs);
    QVERIFY2(missingInputs.error().text().find("'other'") != std::string::npos, missingInputs.error().text().c_str());
    int calls = 0;
    const InputFiller filler = [&](store::Project& project, const FeatureSet& set,
                                   std::span<const std::int64_t> molecules, int, Control&) -> Result<> {
        ++calls;
        store::Inputs inputs(project);
        std::vector<store::Inputs::Entry> entries;
        for (const std::int64_t molecule : must(inputs.missing(featureSetHash(set), molecules))) {
            const MolGraph graph = chainOf(fixture.numberOf(molecule));
            MoleculeInputs made;
            made.atoms = static_cast<std::int64_t>(graph.atoms.size());
            made.edges = 2 * static_cast<std::int64_t>(graph.bonds.size());
            made.nodeFeatures.assign(graph.atoms.size() * static_cast<std::size_t>(atomWidth(set)), 1.0F);
            made.edgeFeatures.assign(static_cast<std::size_t>(made.edges) * static_cast<std::size_t>(bondWidth(set)), 0.0F);
            for (const EncodingSpec& spec : set.encodings) {
                const auto width = static_cast<std::size_t>(encodingWidth(spec));
                made.encodings.push_back({encodingKey(spec), Level::Node, static_cast<int>(width),
                                          std::vector<float>(graph.atoms.size() * width, 0.5F)});
            }
            entries.push_back({molecule, made.toBytes()});
        }
        return inputs.put(set, entries);
    };
    const auto run = startRun(fixture.project(), config, "{}", nn::createFakeModel, control, filler);
    QVERIFY2(run.has_value(), run ? "" : run.error().text().c_str());
    QCOMPARE(run->state, store::RunState::Finished);
    QCOMPARE(calls, 1);
    // A network of the standard features asks for none.
    must(startRun(fixture.project(), configWith({"epochs=1"}), "{}", nn::createFakeModel, control, filler));
    QCOMPARE(calls, 1);
}

void TestLearnOptions::failedStepsNameTheirMolecules()
{
    Fixture fixture;
    fixture.add("x", 0, 40, {carbons()});
    auto hooks = std::make_shared<HookedModel::Hooks>();
    hooks->step = [](const nn::Batch&, const nn::StepSettings&) -> std::optional<Error> {
        return Error{ErrorCode::BadInput, "the loss is not finite.", ""};
    };
    RecordingControl control;
    const auto run = startRun(fixture.project(), configWith({"batch_size=2", "accumulation=2"}), "{}", hooked(hooks), control);
    QVERIFY(!run);
    QVERIFY2(run.error().message.find("Epoch 1, step 1: the loss is not finite.") == 0, run.error().message.c_str());
    for (int i = 0; i < 4; ++i) {
        QVERIFY(run.error().message.find("(molecule ") != std::string::npos);
    }
    QCOMPARE(QString::fromStdString(run.error().message).count(QStringLiteral("(molecule ")), 4); // of both parts
}

QTEST_GUILESS_MAIN(TestLearnOptions)
#include "tst_learn_options.moc"
