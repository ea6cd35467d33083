// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations of the published library, written by hand in the ways that it allows, and that of the foundation model.
#include <QtTest>

#include <nlohmann/json.hpp>

#include "learn/publishedconfig.h"
#include "learn/rundocument.h"
#include "tests/learn/fixture.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;

namespace
{

/// A ToyMix run: anchors, interpolations, all parts.
const char* const toyMix = R"yaml(constants:
  name: toymix
  seed: 7
  max_epochs: 30
accelerator:
  type: cpu
  config_override:
    trainer:
      trainer:
        accumulate_grad_batches: 4
datamodule:
  module_type: MultitaskFromSmilesDataModule
  args:
    batch_size_training: 200
    num_workers: 4
    featurization:
      atom_property_list_onehot: [atomic-number, group, period, total-valence]
      atom_property_list_float: [degree, formal-charge, radical-electron, aromatic, in-ring]
      edge_property_list: [bond-type-onehot, stereo, in-ring]
      add_self_loop: False
      pos_encoding_as_features:
        pos_types:
          lap_eigvec: {pos_level: node, pos_type: laplacian_eigvec, num_pos: 8, normalization: none, disconnected_comp: True}
          lap_eigval: {pos_level: node, pos_type: laplacian_eigval, num_pos: 8, normalization: none, disconnected_comp: True}
          rw_pos: {pos_level: node, pos_type: rw_return_probs, ksteps: 16}
    task_specific_args:
      qm9:
        df: null
        df_path: data/qm9.csv.gz
        smiles_col: smiles
        label_cols: [A, B, "C"]
        task_level: graph
        splits_path: data/qm9_random_splits.pt
        label_normalization: {method: normal, min_clipping: -4, max_clipping: 4}
        epoch_sampling_fraction: 0.5
      tox21:
        df_path: data/Tox21.csv.gz
        smiles_col: smiles
        label_cols: "SR-*"
        task_level: graph
        split_val: 0.15
        split_test: 0.05
      zinc:
        df_path: data/ZINC.csv.gz
        label_cols: [logp]
        split_val: 0.15
        split_test: 0.05
predictor:
  loss_fun:
    qm9: mae_ipu
    tox21: bce_logits_ipu
    zinc: mse
  random_seed: ${constants.seed}
  optim_kwargs: {lr: 4.e-5, weight_decay: 1.e-7}
  torch_scheduler_kwargs:
    module_type: WarmUpLinearLR
    max_num_epochs: ${trainer.trainer.max_epochs}
    warmup_epochs: 10
  multitask_handling: mean-per-label
  metrics_on_progress_bar: {qm9: [mae]}
metrics:
  qm9: &metrics
    - {name: mae, metric: mae_ipu}
  zinc: *metrics
trainer:
  seed: ${constants.seed}
  early_stopping: {monitor: graph_qm9/mae/val, min_delta: 0.01, patience: 10, mode: min}
  model_checkpoint: {monitor: loss/val, save_top_k: 3, save_last: True, dirpath: x/}
  trainer:
    max_epochs: ${constants.max_epochs}
    precision: 16-mixed
    gradient_clip_val: 1.5
architecture:
  model_type: FullGraphMultiTaskNetwork
  mup_base_path: null
  pre_nn: {out_dim: 64, hidden_dims: 256, depth: 2, activation: relu, last_activation: none, dropout: &dropout 0.18,
    normalization: layer_norm, last_normalization: layer_norm, residual_type: none}
  pre_nn_edges: {out_dim: 32, hidden_dims: 128, depth: 2, activation: relu, dropout: *dropout, normalization: layer_norm}
  pe_encoders:
    out_dim: 32
    pool: sum
    last_norm: None
    encoders:
      la_pos: {encoder_type: laplacian_pe, input_keys: [laplacian_eigvec, laplacian_eigval], output_keys: [feat],
        hidden_dim: 64, out_dim: 32, model_type: DeepSet, num_layers: 2, num_layers_post: 1, dropout: 0.1}
      rw_pos: {encoder_type: mlp, input_keys: [rw_return_probs], output_keys: [feat], hidden_dim: 64, out_dim: 32,
        num_layers: 2, dropout: 0.1, normalization: layer_norm, first_normalization: layer_norm}
  gnn: {in_dim: 64, out_dim: 96, hidden_dims: 96, depth: 4, activation: gelu, last_activation: none, dropout: 0.1,
    normalization: layer_norm, last_normalization: layer_norm, residual_type: simple, virtual_node: none,
    layer_type: "pyg:gine"}
  graph_output_nn:
    graph: {pooling: [sum], out_dim: 96, hidden_dims: 96, depth: 1, activation: relu, dropout: *dropout,
      normalization: layer_norm}
  task_heads:
    qm9: &head {task_level: graph, out_dim: 3, hidden_dims: 32, depth: 2, activation: relu, last_activation: none,
      dropout: *dropout, normalization: layer_norm}
    tox21: {<<: *head, out_dim: 5}
    zinc: {<<: *head, out_dim: 1, hidden_dims: 16}
)yaml";

Result<ConvertedConfig> converted(std::string text, const std::string& from = {}, const std::string& to = {})
{
    if (!from.empty()) {
        const std::size_t place = text.find(from);
        if (place == std::string::npos) {
            qFatal("the document has no '%s'", from.c_str());
        }
        text.replace(place, from.size(), to);
    }
    const auto document = nn::parseYaml(text, "toymix.yaml");
    return document ? convertPublishedConfig(*document, "toymix.yaml")
                    : Result<ConvertedConfig>(tl::unexpected(document.error()));
}

const UnusedLine* find(const ConvertedConfig& conversion, const std::string& key)
{
    const auto found = std::find_if(conversion.unused.begin(), conversion.unused.end(),
                                    [&](const UnusedLine& line) { return line.key == key; });
    return found == conversion.unused.end() ? nullptr : &*found;
}

/// Line of the first place where a text stands.
int lineOf(const std::string& text, const std::string& what)
{
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(what)), '\n'));
}

} // namespace

class TestLearnConvert : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trainingIsTaken();
    void dataIsTaken();
    void networkIsTaken();
    void theRestIsToldByLine();
    void theDocumentIsComplete();
    void schedules_data();
    void schedules();
    void theLibrarysDefaults();
    void faults_data();
    void faults();
    void foundationModel();
};

void TestLearnConvert::trainingIsTaken()
{
    const TrainConfig c = must(converted(toyMix)).config;
    QCOMPARE(c.epochs, 30);
    QCOMPARE(c.seed, std::uint64_t{7});
    QCOMPARE(c.batchSize, 200);
    QCOMPARE(c.accumulation, 4); // from the accelerator's part
    QCOMPARE(c.learningRate, 4e-5);
    QCOMPARE(c.weightDecay, 1e-7);
    QCOMPARE(c.clipNorm, 1.5);
    QVERIFY(!c.schedule);
    QCOMPARE(c.warmupEpochs, 10);
    QCOMPARE(c.watch, std::string("val/qm9/mae_normalised"));
    QCOMPARE(c.patience, 10);
    QCOMPARE(c.minDelta, 0.01);
    QCOMPARE(c.keepBest, 3);
    QCOMPARE(c.precision, nn::Precision::Float32); // a person's choice: not every device has half precision
}

void TestLearnConvert::dataIsTaken()
{
    const ConvertedConfig conversion = must(converted(toyMix));
    const TrainConfig& c = conversion.config;
    QVERIFY((c.tasks == std::vector<std::string>{"qm9:A", "qm9:B", "qm9:C", "tox21:SR-*", "zinc:logp"}));
    QCOMPARE(c.split, std::string("random:0.8/0.15/0.05"));
    // Where every dataset has a split file, each is divided by its own.
    std::string files = toyMix;
    for (std::size_t at = files.find("split_val: 0.15"); at != files.npos; at = files.find("split_val: 0.15")) {
        files.replace(at, 15, "splits_path: 'data/s,1.pt'");
        files.replace(files.find("split_test: 0.05"), 16, "split_names: [train, val, test_seen]");
    }
    const ConvertedConfig byFile = must(converted(files));
    QCOMPARE(byFile.config.split,
             std::string("file:qm9=data/qm9_random_splits.pt|tox21=data/s\\,1.pt|zinc=data/s\\,1.pt,per-dataset"));
    QVERIFY(find(byFile, "datamodule.args.task_specific_args.qm9.splits_path") == nullptr);
    QVERIFY((c.sampling == std::map<std::string, double>{{"qm9", 0.5}}));
    const HeadOptions qm9 = c.heads.at("qm9");
    QCOMPARE(qm9.normalisation, std::optional(NormalisationMethod::Normal));
    QCOMPARE(qm9.clipMin, std::optional(-4.0));
    QCOMPARE(qm9.clipMax, std::optional(4.0));
    QCOMPARE(c.heads.at("zinc").normalisation, std::optional(NormalisationMethod::None)); // the library's default
    QVERIFY(!c.heads.contains("tox21"));
    QCOMPARE(conversion.imports.size(), std::size_t{3});
    QCOMPARE(conversion.imports[1], std::string("papilio-engine import PROJECT 'data/Tox21.csv.gz' --dataset 'tox21' "
                                                "--smiles 'smiles' --labels 'SR-*'"));
}

void TestLearnConvert::networkIsTaken()
{
    const ConvertedConfig conversion = must(converted(toyMix));
    const nn::Architecture& a = conversion.config.architecture;
    QCOMPARE(a.name, std::string("toymix"));
    QCOMPARE(a.gnn.layer.type, nn::LayerType::Gine);
    QCOMPARE(a.mupDivisor, 2.0);
    QVERIFY(a.quirks == nn::Quirks::published());
    QVERIFY(a.inputs == asPublished(FeatureSet()));
    // Heads of a project's datasets of these names get what the configuration has for them.
    nn::HeadSpec head;
    head.dataset = "zinc";
    nn::applyHeadDefaults(a, head);
    QCOMPARE(head.loss.type, nn::LossType::Mse);
    QVERIFY(head.loss.perLabel);
    QCOMPARE(head.mlp.hidden.front(), 16);
    head.dataset = "tox21";
    head.kind = TaskKind::Binary;
    nn::applyHeadDefaults(a, head);
    QCOMPARE(head.loss.type, nn::LossType::BceLogits);
    QCOMPARE(head.mlp.hidden.front(), 32);
}

void TestLearnConvert::theRestIsToldByLine()
{
    const ConvertedConfig conversion = must(converted(toyMix));
    const std::string text = toyMix;
    const auto check = [&](const char* key, const char* where) {
        const UnusedLine* line = find(conversion, key);
        QVERIFY2(line != nullptr, key);
        QCOMPARE(line->line, lineOf(text, where));
        QVERIFY(!line->why.empty());
    };
    check("metrics", "metrics:\n  qm9: &metrics");
    check("predictor.metrics_on_progress_bar", "metrics_on_progress_bar");
    check("datamodule.args.num_workers", "num_workers");
    check("datamodule.args.task_specific_args.qm9.splits_path", "splits_path");
    check("trainer.model_checkpoint.dirpath", "model_checkpoint");
    check("trainer.trainer.precision", "precision: 16");
    check("architecture.gnn.last_activation", "  gnn: {in_dim");
    check("accelerator.type", "type: cpu");
    for (const char* used : {"constants.seed", "predictor.optim_kwargs", "trainer.trainer", "architecture",
                             "accelerator.config_override", "datamodule.args.featurization.add_self_loop",
                             "datamodule.args.task_specific_args.qm9.df"}) {
        QVERIFY2(find(conversion, used) == nullptr, used);
    }
    QVERIFY(std::is_sorted(conversion.unused.begin(), conversion.unused.end(),
                           [](const UnusedLine& a, const UnusedLine& b) { return a.line < b.line; }));
}

void TestLearnConvert::theDocumentIsComplete()
{
    const TrainConfig c = must(converted(toyMix)).config;
    const auto document = trainConfigToJson(c);
    const auto read = parseRunDocument(document.dump(2), "run.json");
    QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
    QVERIFY(trainConfigToJson(*read) == document);
}

void TestLearnConvert::schedules_data()
{
    QTest::addColumn<QString>("kwargs");
    QTest::addColumn<QString>("schedule");
    const auto row = [](const char* kwargs, const char* schedule) {
        QTest::newRow(kwargs) << QString::fromLatin1(kwargs) << QString::fromLatin1(schedule);
    };
    row("{module_type: CosineAnnealingLR, T_max: 40, eta_min: 1e-7}",
        R"({"type":"cosine","period":40,"min_learning_rate":1e-7})");
    row("{module_type: CosineAnnealingWarmRestarts, T_0: 5, T_mult: 2}",
        R"({"type":"cosine-restarts","period":5,"period_factor":2})");
    row("{module_type: CyclicLR, base_lr: 1e-5, max_lr: 1e-3, step_size_up: 50, mode: triangular2}",
        R"({"type":"cyclic","min_learning_rate":1e-5,"step_up":50,"mode":"triangular2"})");
    row("{module_type: ExponentialLR, gamma: 0.9}", R"({"type":"exponential","gamma":0.9})");
    row("{module_type: MultiStepLR, milestones: [3, 9], gamma: 0.5}",
        R"({"type":"multi-step","milestones":[3,9],"gamma":0.5})");
    row("{module_type: StepLR, step_size: 4}", R"({"type":"step","step_size":4})");
    row("{module_type: ConstantLR, factor: 0.5, total_iters: 3}",
        R"({"type":"constant-factor","factor":0.5,"period":3})");
    row("{module_type: PolynomialLR, power: 2}", R"({"type":"polynomial","power":2,"period":5})");
    row("{module_type: ReduceLROnPlateau, factor: 0.2, patience: 4, mode: min}",
        R"({"type":"plateau","factor":0.2,"patience":4,"monitor_mode":"min"})");
    row("null", R"({"type":"plateau"})"); // the library's default
}

void TestLearnConvert::schedules()
{
    QFETCH(QString, kwargs);
    QFETCH(QString, schedule);
    const std::string before = R"(
    module_type: WarmUpLinearLR
    max_num_epochs: ${trainer.trainer.max_epochs}
    warmup_epochs: 10)";
    const auto conversion = converted(toyMix, before, " " + kwargs.toStdString());
    QVERIFY2(conversion.has_value(), conversion ? "" : conversion.error().text().c_str());
    const auto expected = must(scheduleFromJson(nlohmann::json::parse(schedule.toStdString())));
    QVERIFY(conversion->config.schedule.has_value());
    QVERIFY2(*conversion->config.schedule == expected, scheduleToJson(*conversion->config.schedule).dump().c_str());
}

void TestLearnConvert::theLibrarysDefaults()
{
    std::string text = toyMix;
    for (const auto& [from, to] : {std::pair("  early_stopping", "  nothing"), std::pair("    gradient_clip_val: 1.5\n", ""),
                                   std::pair("    batch_size_training: 200\n", "")}) {
        text.replace(text.find(from), std::string(from).size(), to);
    }
    const ConvertedConfig conversion = must(converted(text));
    QCOMPARE(conversion.config.patience, 0);
    QCOMPARE(conversion.config.clipNorm, 0.0);
    QCOMPARE(conversion.config.batchSize, 16);
    QCOMPARE(conversion.config.watch, std::string("val/loss")); // that of the checkpoints
}

void TestLearnConvert::faults_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* from, const char* to, const char* words) {
        QTest::newRow(to) << QString::fromLatin1(from) << QString::fromLatin1(to) << QString::fromLatin1(words);
    };
    row("lr: 4.e-5", "lr: fast", "line 54|predictor.optim_kwargs.lr|number");
    row("max_epochs: 30", "max_epochs: 2.5", "trainer.trainer.max_epochs|whole number");
    row("WarmUpLinearLR", "LambdaLR", "module_type|cannot be converted|CosineAnnealingLR");
    row("zinc: mse", "zinc: l7", "loss|l7");
    row("\"pyg:gine\"", "\"pyg:unknown\"", "layer_type");
    row("add_self_loop: False", "add_self_loop: True", "add_self_loop");
    row("split_val: 0.15", "split_val: 0.95", "split_val|nothing for training");
    row("architecture:", "architectur:", "'architecture'");
    row("epoch_sampling_fraction: 0.5", "epoch_sampling_fraction: 0", "epoch_sampling_fraction|above 0");
}

void TestLearnConvert::faults()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, words);
    const auto conversion = converted(toyMix, from.toStdString(), to.toStdString());
    QVERIFY(!conversion);
    for (const QString& word : words.split(u'|')) {
        QVERIFY2(conversion.error().text().find(word.toStdString()) != std::string::npos,
                 conversion.error().text().c_str());
    }
}

void TestLearnConvert::foundationModel()
{
    PAPILIO_TEST_FILE(path, "../models/minimol_v1/config.yaml");
    const ConvertedConfig conversion = must(convertPublishedFile(path.toStdString()));
    QCOMPARE(conversion.parameters, 10325697); // published
    QCOMPARE(conversion.config.architecture.mupDivisor, must(nn::preset("minimol")).mupDivisor);
    QCOMPARE(conversion.config.epochs, 100);
    QCOMPARE(conversion.config.learningRate, 4e-4);
    QCOMPARE(conversion.config.warmupEpochs, 5);
    QCOMPARE(conversion.config.batchSize, 2048);
    QCOMPARE(conversion.config.tasks.size(), std::size_t{5});
    QVERIFY(find(conversion, "metrics") != nullptr);
    QVERIFY(find(conversion, "architecture.gnn.depth") == nullptr);
}

QTEST_GUILESS_MAIN(TestLearnConvert)
#include "tst_learn_convert.moc"
