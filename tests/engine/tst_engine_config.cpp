// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations by the real program: checked, converted, listed, described, trained with every option and resumed.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "nn/safetensors.h"
#include "tests/engine/engineprocess.h"

using namespace Qt::StringLiterals;
using namespace papilio;

namespace
{

/// A small network, and everything that a checkpoint must remember.
const char* const everything = R"json({
  "preset": "gine-small",
  "architecture": {"gnn": {"depth": 2, "hidden": 32, "out": 32}},
  "epochs": 6, "batch_size": 10, "accumulation": 2, "seed": 5, "threads": 1, "checkpoint_seconds": 0,
  "learning_rate": 0.01, "optimiser": "adamw", "weight_decay": 0.01, "ema_decay": 0.8,
  "schedule": {"type": "plateau", "patience": 0, "threshold": 0.3, "factor": 0.5, "monitor": "val/small/regression/mae_normalised"},
  "watch": "val/small/binary/auroc", "keep_best": 2, "patience": 0,
  "sampling": {"small": 0.7},
  "heads": {"small/binary": {"loss": "bce", "weight": 0.5}, "small/regression": {"loss": "huber", "normalisation": "unit"}}
})json";

const char* const published = R"yaml(constants: {name: tiny, seed: 3}
datamodule:
  args:
    batch_size_training: 20
    task_specific_args:
      small: {df_path: small.csv, smiles_col: smiles, label_cols: [size], task_level: graph,
        label_normalization: {method: normal}}
predictor:
  loss_fun: {small: mae_ipu}
  optim_kwargs: {lr: 1.e-3}
  torch_scheduler_kwargs: {module_type: WarmUpLinearLR, max_num_epochs: &epochs 2, warmup_epochs: 1}
trainer:
  seed: ${constants.seed}
  trainer: {max_epochs: *epochs, check_val_every_n_epoch: 5}
architecture:
  model_type: FullGraphMultiTaskNetwork
  pre_nn: {out_dim: 32, hidden_dims: 32, depth: 1, normalization: layer_norm}
  gnn: {out_dim: 32, hidden_dims: 32, depth: 2, activation: relu, layer_type: "pyg:gcn", residual_type: simple}
  graph_output_nn:
    graph: {pooling: [sum], out_dim: 16, hidden_dims: 16, depth: 1}
  task_heads:
    small: {task_level: graph, out_dim: 1, hidden_dims: 8, depth: 2, activation: relu}
)yaml";

/// Largest difference of two files of weights; NaN if they do not fit.
double deviation(const QString& a, const QString& b)
{
    const auto left = nn::readSafetensors(a.toStdString()), right = nn::readSafetensors(b.toStdString());
    if (!left || !right || left->tensors.size() != right->tensors.size())
        return std::nan("");
    double largest = 0;
    for (const auto& [name, tensor] : left->tensors) {
        const auto found = right->tensors.find(name);
        if (found == right->tensors.end() || found->second.values.size() != tensor.values.size())
            return std::nan("");
        for (std::size_t i = 0; i < tensor.values.size(); ++i)
            largest = std::max(largest, std::abs(static_cast<double>(tensor.values[i] - found->second.values[i])));
    }
    return largest;
}

} // namespace

class EngineConfigTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_untrained, m_document, m_model, m_kept;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString freshProject(const QString& name) const
    {
        const QString project = path(name + u".papilio"_s);
        return QFile::copy(m_untrained, project) ? project : QString();
    }
    Outcome exported(const QString& project, const QString& to, const QStringList& more = {}) const
    {
        return runEngine(QStringList{u"export"_s, project, u"1"_s, u"-o"_s, to} + more);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString table = path(u"small.csv"_s);
        writeFile(table, smallTable(120));
        m_untrained = path(u"untrained.papilio"_s);
        const Outcome imported = runEngine({u"import"_s, m_untrained, table});
        QVERIFY2(imported.exitCode == 0, imported.all().constData());
        m_document = path(u"run.json"_s);
        writeFile(m_document, everything);
        const QString project = freshProject(u"whole"_s);
        const Outcome trained = runEngine({u"train"_s, project, u"--config"_s, m_document});
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        m_model = path(u"model.safetensors"_s);
        const Outcome model = exported(project, m_model);
        QVERIFY2(model.exitCode == 0, model.all().constData());
        // The second best is kept too.
        const Outcome wrong = exported(project, path(u"none.safetensors"_s), {u"--epoch"_s, u"77"_s});
        QCOMPARE(wrong.exitCode, 3);
        const QRegularExpressionMatch kept =
            QRegularExpression(u"has kept: (\\d+), (\\d+)"_s).match(QString::fromUtf8(wrong.err));
        QVERIFY2(kept.hasMatch(), wrong.all().constData());
        m_kept = kept.captured(2);
        QCOMPARE(exported(project, path(u"kept.safetensors"_s), {u"--epoch"_s, m_kept}).exitCode, 0);
        QVERIFY(deviation(path(u"kept.safetensors"_s), m_model) > 0);
    }

    void checkedDocumentsAreWhole()
    {
        const Outcome checked = runEngine({u"config"_s, u"check"_s, m_document});
        QVERIFY2(checked.exitCode == 0, checked.all().constData());
        const QJsonObject document = checked.json();
        QVERIFY(!document.contains("preset"_L1));
        QCOMPARE(document["architecture"_L1]["gnn"_L1]["depth"_L1].toInt(), 2);
        QCOMPARE(document["beta1"_L1].toDouble(), 0.9);
        QCOMPARE(document["schedule"_L1]["cooldown"_L1].toInt(), 0);
        writeFile(path(u"resolved.json"_s), checked.out);
        const Outcome again = runEngine({u"config"_s, u"check"_s, path(u"resolved.json"_s)});
        QCOMPARE(again.out, checked.out);
        writeFile(path(u"bad.json"_s), "{\"preset\": \"gine-small\",\n\n \"epohcs\": 3}");
        const Outcome bad = runEngine({u"config"_s, u"check"_s, path(u"bad.json"_s)});
        QCOMPARE(bad.exitCode, 3);
        QVERIFY2(bad.err.contains("bad.json, line 3") && bad.err.contains("'epochs'"), bad.all().constData());
        QCOMPARE(runEngine({u"train"_s, m_untrained, u"--config"_s, path(u"bad.json"_s)}).exitCode, 3);
        QCOMPARE(runEngine({u"train"_s, m_untrained, u"--config"_s, m_document, u"--preset"_s, u"gine-small"_s}).exitCode,
                 2);
        QCOMPARE(runEngine({u"config"_s, u"check"_s, path(u"absent.json"_s)}).exitCode, 3);
        QCOMPARE(runEngine({u"config"_s, u"chek"_s, m_document}).exitCode, 2);
        QCOMPARE(runEngine({u"config"_s, u"check"_s, m_document, u"-o"_s, m_document}).exitCode, 2);
    }

    void schemaAndList()
    {
        const Outcome schema = runEngine({u"config"_s, u"schema"_s});
        QVERIFY2(schema.exitCode == 0, schema.all().constData());
        QVERIFY(schema.json()["properties"_L1].toObject().contains("ema_decay"_L1));
        const Outcome list = runEngine({u"config"_s, u"list"_s, u"*decay*"_s});
        QVERIFY2(list.out.contains("ema_decay") && list.out.contains("weight_decay") && !list.out.contains("epochs "),
                 list.all().constData());
        QCOMPARE(runEngine({u"config"_s, u"list"_s, u"nothing"_s}).exitCode, 3);
        const Outcome table = runEngine({u"config"_s, u"list"_s, u"*decay*"_s, u"-o"_s, path(u"keys.json"_s)});
        QVERIFY2(table.exitCode == 2 && table.err.contains("--json"), table.all().constData());
        const Outcome keys = runEngine({u"config"_s, u"list"_s, u"*decay*"_s, u"--json"_s, u"-o"_s, path(u"keys.json"_s)});
        QVERIFY2(keys.exitCode == 0, keys.all().constData());
        QFile written(path(u"keys.json"_s));
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(!QJsonDocument::fromJson(written.readAll())["options"_L1].toArray().isEmpty());
    }

    void killedAndResumedWithEverything()
    {
        const QString project = freshProject(u"killed"_s);
        bool begun = false;
        int kills = 0;
        for (const int lines : {3, 6}) {
            EngineProcess engine(begun ? QStringList{u"resume"_s, project, u"1"_s, u"--progress"_s, u"json"_s}
                                       : QStringList{u"train"_s, project, u"--config"_s, m_document, u"--progress"_s,
                                                     u"json"_s});
            for (int i = 0; i < lines; ++i)
                engine.nextLine();
            kills += engine.kill9() ? 1 : 0;
            begun = true;
        }
        QVERIFY2(kills > 0, "the training was over before it could be killed");
        const Outcome resumed = runEngine({u"resume"_s, project, u"1"_s});
        QVERIFY2(resumed.exitCode == 0 || resumed.err.contains("is finished"), resumed.all().constData());
        QCOMPARE(exported(project, path(u"killed.safetensors"_s)).exitCode, 0);
        QCOMPARE(deviation(path(u"killed.safetensors"_s), m_model), 0.0);
        QCOMPARE(exported(project, path(u"killed-kept.safetensors"_s), {u"--epoch"_s, m_kept}).exitCode, 0);
        QCOMPARE(deviation(path(u"killed-kept.safetensors"_s), path(u"kept.safetensors"_s)), 0.0);
    }

    void theSameRunAgain_data()
    {
        QTest::addColumn<QString>("threads");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("one thread") << u"1"_s << 0.0;
        QTest::newRow("two threads") << u"2"_s << 1e-6;
    }
    void theSameRunAgain()
    {
        QFETCH(QString, threads);
        QFETCH(double, tolerance);
        const QString project = freshProject(u"again"_s + threads), model = path(u"again.safetensors"_s);
        const Outcome trained = runEngine({u"train"_s, project, u"--config"_s, m_document, u"--threads"_s, threads});
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        QCOMPARE(exported(project, model).exitCode, 0);
        const double difference = deviation(model, m_model);
        QVERIFY2(difference <= tolerance, QByteArray::number(difference).constData());
    }

    void convertedConfigurationsTrain()
    {
        const QString yaml = path(u"tiny.yaml"_s), document = path(u"tiny.json"_s);
        writeFile(yaml, published);
        const Outcome converted = runEngine({u"config"_s, u"convert"_s, yaml, u"-o"_s, document});
        QVERIFY2(converted.exitCode == 0, converted.all().constData());
        QVERIFY2(converted.err.contains("line 14: trainer.trainer.check_val_every_n_epoch") &&
                     converted.err.contains("papilio-engine import PROJECT 'small.csv'"),
                 converted.all().constData());
        const Outcome report = runEngine({u"config"_s, u"convert"_s, yaml, u"--json"_s});
        QVERIFY(report.json()["parameters"_L1].toInt() > 1000);
        QVERIFY(!report.json()["unused"_L1].toArray().isEmpty());
        const QString project = freshProject(u"converted"_s);
        const Outcome trained = runEngine({u"train"_s, project, u"--config"_s, document, u"--json"_s});
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        QCOMPARE(trained.json()["epochs"_L1].toInt(), 2);
        QCOMPARE(trained.json()["seed"_L1].toInt(), 3);
        QCOMPARE(trained.json()["name"_L1].toString(), u"tiny"_s);
        // The heads are the project's, so with one task as in the configuration the count is the same.
        QCOMPARE(trained.json()["parameters"_L1].toInt(), report.json()["parameters"_L1].toInt());
        writeFile(path(u"broken.yaml"_s), "architecture: {gnn: [}\n");
        QCOMPARE(runEngine({u"config"_s, u"convert"_s, path(u"broken.yaml"_s)}).exitCode, 3);
    }

    void otherInputsAreComputed()
    {
        const QString project = freshProject(u"inputs"_s);
        const QStringList more{u"--preset"_s, u"gine-small"_s, u"--epochs"_s, u"2"_s, u"--set"_s,
                               u"architecture.inputs.atom_float=degree,mass,electronegativity"_s};
        const Outcome trained = runEngine(QStringList{u"train"_s, project} + more);
        QVERIFY2(trained.exitCode == 0, trained.all().constData());
        const QString model = path(u"inputs.safetensors"_s), out = path(u"inputs.csv"_s);
        QCOMPARE(exported(project, model).exitCode, 0);
        const Outcome predicted = runEngine({u"predict"_s, model, path(u"small.csv"_s), u"-o"_s, out});
        QVERIFY2(predicted.exitCode == 0, predicted.all().constData());
    }

    void tablesOfMetrics()
    {
        const Outcome table = runEngine({u"metrics"_s, path(u"whole.papilio"_s), u"1"_s, u"--part"_s, u"test"_s});
        QVERIFY2(table.exitCode == 0, table.all().constData());
        for (const char* text : {"small/regression (mean)", "small/regression (median)", "small/binary (worst decile)",
                                 "Spearman", "RMSE/sd", "AUROC", "MCC", "ECE"})
            QVERIFY2(table.out.contains(text), text);
        const QJsonArray metrics = runEngine({u"metrics"_s, path(u"whole.papilio"_s), u"1"_s, u"--json"_s})
                                       .json()["metrics"_L1]
                                       .toArray();
        bool found = false;
        for (const QJsonValue metric : metrics)
            found |= metric["name"_L1] == u"spearman_median"_s && metric["title"_L1] == u"Spearman"_s &&
                     metric["summary"_L1] == u"median"_s && metric["better"_L1] == u"max"_s;
        QVERIFY(found);
    }

    void theWindowIsTold()
    {
        EngineProcess engine({u"serve"_s});
        engine.nextLine();
        const QJsonArray presets = engine.request(u"train.presets"_s)["result"_L1]["presets"_L1].toArray();
        QVERIFY(presets.size() > 20);
        for (const QJsonValue preset : presets)
            QVERIFY(!preset["group"_L1].toString().isEmpty());
        const QJsonArray options =
            engine.request(u"train.options"_s, {{u"preset"_s, u"gcn-toymix"_s}})["result"_L1]["options"_L1].toArray();
        QSet<QString> types;
        for (const QJsonValue option : options) {
            types.insert(option["type"_L1].toString());
            QVERIFY(option["default"_L1].isString());
            if (option["path"_L1] == u"architecture.gnn.layer"_s) {
                QCOMPARE(option["default"_L1].toString(), u"gcn"_s);
                QVERIFY(option["choices"_L1].toArray().contains(u"gine"_s));
            }
            if (option["path"_L1] == u"batch_size"_s)
                QVERIFY(option["least"_L1].toInt() == 1 && option["most"_L1].toInt() == 100000);
        }
        QCOMPARE(types, (QSet<QString>{u"integer"_s, u"number"_s, u"boolean"_s, u"text"_s, u"choice"_s, u"choices"_s,
                                       u"list"_s}));
        QCOMPARE(errorKind(engine.request(u"train.options"_s, {{u"preset"_s, u"gcn-toymx"_s}})), u"usage"_s);
        const QJsonObject set{{u"heads.small/regression.loss"_s, u"mse"_s},
                              {u"heads.small/binary.weight"_s, u"2"_s},
                              {u"schedule.gamma"_s, u"0.5"_s},
                              {u"schedule.type"_s, u"exponential"_s},
                              {u"parameter_budget"_s, u"60000"_s}};
        const QJsonObject config{{u"preset"_s, u"gine-small"_s}, {u"epochs"_s, 300}, {u"set"_s, set}};
        const QJsonObject plan =
            engine.request(u"train.plan"_s, {{u"project"_s, m_untrained}, {u"config"_s, config}})["result"_L1].toObject();
        QVERIFY(qAbs(plan["parameters"_L1].toDouble() / 60000 - 1) <= 0.01);
        QCOMPARE(plan["learningRates"_L1].toArray().size(), 200);
        const QJsonObject first = plan["heads"_L1][0].toObject(), second = plan["heads"_L1][1].toObject();
        QCOMPARE(first["loss"_L1].toString(), u"mse"_s);
        QCOMPARE(first["losses"_L1].toArray(), (QJsonArray{u"mae"_s, u"mse"_s, u"huber"_s}));
        QCOMPARE(second["weight"_L1].toDouble(), 2.0);
        const QJsonObject wrong{{u"preset"_s, u"gine-small"_s}, {u"set"_s, QJsonObject{{u"heads.tiny.weight"_s, 2}}}};
        const QJsonObject answer = engine.request(u"train.plan"_s, {{u"project"_s, m_untrained}, {u"config"_s, wrong}});
        QVERIFY2(errorText(answer).contains(u"small/regression"_s), qPrintable(errorText(answer)));
    }
};

QTEST_GUILESS_MAIN(EngineConfigTest)
#include "tst_engine_config.moc"
