// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/runtime.h"
#include "data/curation.h"
#include "data/duplicates.h"
#include "store/curations.h"
#include "store/rowlabels.h"
#include "store/runs.h"
#include "store/source.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

Recipe recipeOf(const std::string& json)
{
    return recipeFromJson(json).value();
}

store::Project opened(const std::string& path)
{
    return std::move(store::Project::open(path, store::Access::ReadWrite).value());
}

/// Labels of the molecule of that SMILES in a project's only dataset; NaN = none.
std::vector<double> labelOf(store::Project& project, const std::string& smiles, int position = 0)
{
    const auto id = store::Molecules(project).idOf(smiles).value();
    if (!id) {
        return {};
    }
    const auto dataset = store::Datasets(project).all().value().front().id;
    const auto labels = store::Labels(project).get(dataset, *id).value();
    const auto* entry = labels ? labels->find(position) : nullptr;
    return entry ? entry->values : std::vector<double>();
}

/// CCO has 1, 1, 4 (a number), 1, 0, 0 (binary) and 2, 1, 0 (a number, too, as nobody said that it is a class).
const char* const table = "smiles,r,b,c\n"
                          "CCO,1,1,2\n"
                          "CCN,7,0,1\n"
                          "OCC,1,0,1\n"
                          "C(C)O,4,0,0\n"
                          "CCN,,1,\n"
                          "CCN,8,,1\n";

class StopAfter : public Control
{
public:
    explicit StopAfter(std::int64_t rows) : m_rows(rows) {}
    void report(const Progress& progress) override { m_stop = m_stop || progress.done >= m_rows; }
    bool stopRequested() const override { return m_stop; }

private:
    std::int64_t m_rows;
    bool m_stop = false;
};

} // namespace

class DataCurationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void policiesAreWhatTheyAreCalled()
    {
        const std::vector<double> a{1, NAN, 3}, b{2, 5, 3}, c{6, NAN, 3}, d{6, 7, NAN};
        const std::vector<RowValues> rows{a, b, c, d};
        const auto of = [&](Duplicates policy, TaskKind kind) { return combined(policy, kind, rows); };
        QCOMPARE(of(Duplicates::First, TaskKind::Regression), (std::vector<double>{1, 5, 3}));
        QCOMPARE(of(Duplicates::Keep, TaskKind::Regression), (std::vector<double>{1, 5, 3}));
        QCOMPARE(of(Duplicates::Mean, TaskKind::Regression), (std::vector<double>{3.75, 6, 3}));
        QCOMPARE(of(Duplicates::Median, TaskKind::Regression), (std::vector<double>{4, 6, 3}));
        QCOMPARE(of(Duplicates::Majority, TaskKind::Regression), (std::vector<double>{4, 6, 3})); // the median
        const auto majority = of(Duplicates::Majority, TaskKind::Multiclass);
        QVERIFY(majority[0] == 6 && std::isnan(majority[1]) && majority[2] == 3); // 5 and 7: a tie
        const auto mean = of(Duplicates::Mean, TaskKind::Multiclass);
        QVERIFY(mean[0] == 6 && std::isnan(mean[1])); // no class between two classes
        const auto dropped = of(Duplicates::Drop, TaskKind::Regression);
        QVERIFY(std::isnan(dropped[0]) && std::isnan(dropped[1]) && dropped[2] == 3);
        QVERIFY(contradict(rows));
        QVERIFY(!contradict({RowValues(a), RowValues(std::vector<double>{1, 9, 3})})); // holes contradict nothing
    }

    void policiesAtImport_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QVector<double>>("r"); // CCO: r, b, c, then CCN: r, b, c; NaN = no label
        const double none = NAN;
        QTest::newRow("first") << "first" << QVector<double>{1, 1, 2, 7, 0, 1};
        QTest::newRow("keep") << "keep" << QVector<double>{1, 1, 2, 7, 0, 1};
        QTest::newRow("mean") << "mean" << QVector<double>{2, 0, 1, 7.5, none, 1};
        QTest::newRow("median") << "median" << QVector<double>{1, 0, 1, 7.5, none, 1};
        QTest::newRow("majority") << "majority" << QVector<double>{1, 0, 1, 7.5, none, 1};
        QTest::newRow("drop") << "drop" << QVector<double>{none, none, none, none, none, 1};
    }

    void policiesAtImport()
    {
        QFETCH(QString, policy);
        QFETCH(QVector<double>, r);
        const TestFolder folder;
        ImportOptions options;
        options.recipe.duplicates = duplicatesFromName(policy.toStdString()).value();
        options.columns.kind = std::nullopt;
        const auto report = importInto(folder.path("p.papilio"), {folder.write("t.csv", table)}, options);
        QVERIFY(ok(report));
        const bool keep = policy == u"keep";
        QCOMPARE(report->used, keep ? 6 : 2);
        QCOMPARE(report->merged, keep ? 0 : 4);
        QCOMPARE(report->molecules, 2);
        QCOMPARE(report->contradictingMolecules, 2);
        auto project = opened(folder.path("p.papilio"));
        const auto dataset = store::Datasets(project).all().value().front();
        const auto tasks = store::Datasets(project).tasks(dataset.id).value();
        QCOMPARE(tasks[1].task.kind, TaskKind::Binary);
        std::vector<std::int64_t> molecules(tasks.size());
        for (int i = 0; i < r.size(); ++i) {
            const auto values = labelOf(project, i < 3 ? "CCO" : "CCN", i % 3);
            const double wanted = r[i];
            QVERIFY2(std::isnan(wanted) ? values.empty() : values == std::vector<double>{wanted}, qPrintable(policy));
            molecules[static_cast<std::size_t>(i % 3)] += !values.empty();
        }
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            QCOMPARE(tasks[i].stats.molecules, molecules[i]);
        }
        // Whatever became of them, each row's own labels are at hand.
        QCOMPARE(store::RowLabels(project).get(dataset.id, 3).value()->find(0)->values, (std::vector<double>{4}));
        std::vector<Conflict> conflicts;
        QVERIFY(ok(eachConflict(project, dataset.id, [&](const Conflict& one) {
            conflicts.push_back(one);
            return true;
        })));
        QCOMPARE(conflicts.size(), std::size_t{5}); // CCO: r, b, c; CCN: r, b
        QCOMPARE(conflicts[0].rows.size(), std::size_t{3});
        QCOMPARE(conflicts[4].rows.size(), std::size_t{2});
        const auto curation = store::Curations(project).get(dataset.id).value();
        QCOMPARE(curation.has_value(), policy != u"first");
    }

    /// The counts of RDKit's own standardiser in Python, step by step.
    void realSaltsAndCharges()
    {
        PAPILIO_TEST_FILE(bbbp, "dirty/bbbp_raw_2050.csv.gz");
        const TestFolder folder;
        QVERIFY(ok(importInto(folder.path("p.papilio"), {bbbp.toStdString()})));
        auto project = opened(folder.path("p.papilio"));
        Control control;
        const std::string name = store::Datasets(project).all().value().front().name;
        const auto preview =
            previewCuration(project, name, recipeOf(R"({"strip_salts":true,"neutralise":true})"), 0, control);
        QVERIFY(ok(preview));
        QCOMPARE(preview->before.rejected, 11);
        QCOMPARE(preview->before.molecules, 1975);
        QCOMPARE(preview->before.duplicates.contradictingMolecules, 10);
        QCOMPARE(preview->after.molecules, 1966);
        QCOMPARE(preview->after.changedByStep[0], 105);
        QCOMPARE(preview->after.changedByStep[1], 25);
        QCOMPARE(preview->after.changedRows, 112);
        QCOMPARE(preview->after.rejected, 11);
        QVERIFY(!preview->examples.empty());
        const auto flat = previewCuration(project, name, recipeOf(R"({"drop_stereo":true})"), 0, control);
        QVERIFY(ok(flat));
        QCOMPARE(flat->after.molecules, 1953);
        QCOMPARE(flat->after.changedRows, 717);
        QCOMPARE(store::Datasets(project).all().value().size(), std::size_t{1}); // a preview leaves nothing
        QCOMPARE(store::Datasets(project).all().value().front().molecules, 1975);
    }

    /// Rows that reading alone repaired are no examples of what a recipe does; rows that it merges are.
    void examplesAreOfTheRecipe()
    {
        const TestFolder folder;
        ImportOptions options;
        options.columns.kind = TaskKind::Regression;
        const auto report = importInto(
            folder.path("p.papilio"),
            {folder.write("t.csv", "smiles,y\n[CH3:1]CN,1\nc1ccccc1[N](=O)=O,3\nCCO.Cl,2\nCCO,1\nOCC.[Na+],4\nCC(,1\n")}, options);
        QVERIFY(ok(report));
        auto project = opened(folder.path("p.papilio"));
        Control control;
        const auto preview = previewCuration(project, report->dataset, recipeOf(R"({"strip_salts":true})"), 1, control);
        QVERIFY(ok(preview));
        QVERIFY(preview->before.repaired > 0); // by reading
        QCOMPARE(preview->after.changedRows, 2);
        QCOMPARE(preview->examples.size(), std::size_t{2});
        QCOMPARE(preview->examples[0].row, 2);
        QCOMPARE(preview->examples[0].smiles, std::string("CCO"));
        QCOMPARE(preview->examples[1].row, 4);
        QCOMPARE(preview->examples[1].text, std::string("OCC.[Na+]"));
        QVERIFY2(preview->examples[1].reason.find("stripped [Na+]") != std::string::npos, preview->examples[1].reason.c_str());
        const auto nothing = previewCuration(project, report->dataset, recipeOf(R"({"duplicates":"mean"})"), 1, control);
        QVERIFY(ok(nothing));
        QVERIFY(nothing->examples.empty());
    }

    void realContradictions()
    {
        PAPILIO_TEST_FILE(tox21, "dirty/tox21_raw_8014.csv.gz");
        // RDKit of 2024 and later refuses eight molecules with six-valent aluminium, one of them a salt.
        const int refused = chem::rdkitVersion() >= "2024" ? 8 : 0, refusedSalts = refused > 0 ? 1 : 0;
        const TestFolder folder;
        const auto report = importInto(folder.path("p.papilio"), {tox21.toStdString()});
        QVERIFY(ok(report));
        QCOMPARE(report->merged, 183);
        QCOMPARE(report->contradictingMolecules, 47);
        const QString plain = contentOf(folder.path("p.papilio"));
        auto project = opened(folder.path("p.papilio"));
        Control control;
        const auto tasksBefore = store::Datasets(project).allTasks().value();
        const auto applied = applyCuration(
            project, report->dataset,
            recipeOf(R"({"strip_salts":true,"neutralise":true,"duplicates":"drop"})"), 0, control);
        QVERIFY(ok(applied));
        QCOMPARE(applied->after.molecules, 7620 - refused);
        QCOMPARE(applied->after.changedByStep[0], 246 - refusedSalts);
        QCOMPARE(applied->after.changedByStep[1], 414);
        QCOMPARE(applied->after.changedRows, 607 - refusedSalts);
        QCOMPARE(applied->after.rejected, refused); // five charges that RDKit cannot take away are kept
        QCOMPARE(applied->after.duplicates.dropped, applied->after.duplicates.contradictions);
        const auto now = store::Datasets(project).all().value();
        QCOMPARE(now.size(), std::size_t{1});
        QCOMPARE(now.front().id, report->datasetId);
        QCOMPARE(now.front().molecules, 7620 - refused);
        const auto tasks = store::Datasets(project).allTasks().value();
        QCOMPARE(tasks.size(), tasksBefore.size());
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            QCOMPARE(tasks[i].task.id, tasksBefore[i].task.id);
        }
        QCOMPARE(store::Molecules(project).count().value(), 7620 - refused); // those that nothing uses are gone
        QCOMPARE(curationOf(project, report->dataset)->recipe.duplicates, Duplicates::Drop);
        // Undone.
        const auto undone = applyCuration(project, report->dataset, Recipe(), 0, control);
        QVERIFY(ok(undone));
        QCOMPARE(undone->after.molecules, 7831 - refused);
        QVERIFY(!store::Curations(project).get(report->datasetId).value());
        const QRegularExpression ids(QStringLiteral(" \\d+\n|labels \\d+"));
        QCOMPARE(contentOf(folder.path("p.papilio")).remove(ids).size(), QString(plain).remove(ids).size());
    }

    /// Whatever the plan of a table is made of, it is found again in the project: the plain recipe changes nothing.
    void thePlainRecipeChangesNothing_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* const name : {"toymix_tiny/qm9.csv.gz", "dirty/logsolubility_censored.csv.gz",
                                       "downstream/bace.csv.gz", "multilevel/mol_atom_bond_tiny.csv.gz",
                                       "multilevel/pcqm4m_g25_n4_sample10.csv.gz", "sdf/solubility_2d.sdf.gz",
                                       "multilevel/fake_and_missing_multilevel_data.csv.gz"}) {
            QTest::newRow(name) << name;
        }
    }

    void thePlainRecipeChangesNothing()
    {
        QFETCH(QString, name);
        const QString file = testDataFolder() + u'/' + name;
        if (!QFileInfo::exists(file)) {
            QSKIP("test data not here");
        }
        const TestFolder folder;
        const auto report = importInto(folder.path("p.papilio"), {file.toStdString()});
        QVERIFY(ok(report));
        const QString before = contentOf(folder.path("p.papilio"));
        auto project = opened(folder.path("p.papilio"));
        Control control;
        QVERIFY(ok(applyCuration(project, report->dataset, Recipe(), 0, control)));
        QVERIFY(contentOf(folder.path("p.papilio")) == before);
    }

    void labelsFollowTheAtoms()
    {
        const TestFolder folder;
        const std::string file =
            folder.write("t.csv", "smiles,charge,bond,mu\n"
                                  "[Cl-].OCC[NH3+],\"[-1,0.1,0.2,0.3,0.9]\",\"[10,20,30]\",5\n"
                                  "NCCO,\"[0.31,0.21,0.11,0.01]\",,\n");
        ImportOptions options;
        options.recipe = recipeOf(R"({"strip_salts":true,"neutralise":true,"duplicates":"mean"})");
        const auto report = importInto(folder.path("p.papilio"), {file}, options);
        QVERIFY(ok(report));
        QCOMPARE(report->molecules, 1);
        QCOMPARE(report->merged, 1);
        auto project = opened(folder.path("p.papilio"));
        // NCCO in canonical order: N C C O; O is the first atom of the row and N its last one.
        const auto charges = labelOf(project, "NCCO", 0);
        const std::vector<double> wanted{(0.9 + 0.31) / 2, (0.3 + 0.21) / 2, (0.2 + 0.11) / 2, (0.1 + 0.01) / 2};
        QCOMPARE(charges.size(), std::size_t{4});
        QVERIFY(std::abs(charges[0] - (0.9 + 0.31) / 2) < 1e-12 && std::abs(charges[3] - (0.1 + 0.01) / 2) < 1e-12);
        QVERIFY(std::abs(charges[1] - wanted[1]) < 1e-12 && std::abs(charges[2] - wanted[2]) < 1e-12);
        QCOMPARE(labelOf(project, "NCCO", 1), (std::vector<double>{30, 30, 20, 20, 10, 10}));
        const auto row = store::Datasets(project).rowPage(report->datasetId, {}, 0, 1).value().front();
        QCOMPARE(row.status, store::RowStatus::Repaired);
        QCOMPARE(row.reason, std::string("stripped [Cl-]; charges neutralised"));
        QCOMPARE(row.toCanonical, (std::vector<std::uint16_t>{3, 2, 1, 0}));
    }

    void moleculesOfSplitsKeepTheirIds()
    {
        const TestFolder folder;
        const auto report = importInto(folder.path("p.papilio"), {folder.write("t.csv", "smiles,y\nCCO.Cl,1\nCCN,2\n")});
        QVERIFY(ok(report));
        auto project = opened(folder.path("p.papilio"));
        const std::int64_t salt = store::Molecules(project).idOf("CCO.Cl").value().value();
        store::Split split{0, "random", 1, "x", {salt}, {store::Part::Train}};
        QVERIFY(ok(store::Runs(project).addSplit(split)));
        Control control;
        QVERIFY(ok(applyCuration(project, report->dataset, recipeOf(R"({"strip_salts":true})"), 1, control)));
        QVERIFY(ok(applyCuration(project, report->dataset, Recipe(), 1, control)));
        QCOMPARE(store::Molecules(project).idOf("CCO.Cl").value().value(), salt);
    }

    void stoppedOrCutOffTheOldStateIsWhole()
    {
        PAPILIO_TEST_FILE(tiny, "toymix_tiny/qm9.csv.gz");
        const TestFolder folder;
        const std::string path = folder.path("p.papilio");
        const auto report = importInto(path, {tiny.toStdString()});
        QVERIFY(ok(report));
        const QString before = contentOf(path);
        auto project = opened(path);
        StopAfter stop(0);
        const auto stopped = applyCuration(project, report->dataset, recipeOf(R"({"neutralise":true})"), 1, stop);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Stopped);
        QCOMPARE(contentOf(path), before); // what was done is taken back
    }

    void whatCannotBeCuratedSaysWhy()
    {
        const TestFolder folder;
        const auto report = importInto(folder.path("p.papilio"), {folder.write("t.csv", "smiles,y\nCCO,1\nCCN,2\n")});
        QVERIFY(ok(report));
        auto project = opened(folder.path("p.papilio"));
        Control control;
        QVERIFY(applyCuration(project, "nothing", Recipe(), 1, control).error().code == ErrorCode::NotFound);
        auto record = store::Datasets(project).byName(report->dataset).value();
        record.complete = false;
        QVERIFY(ok(store::Datasets(project).update(record)));
        QVERIFY(applyCuration(project, report->dataset, Recipe(), 1, control).error().text().find("unfinished") !=
                std::string::npos);
        record.complete = true;
        QVERIFY(ok(store::Datasets(project).update(record)));
        QVERIFY(ok(store::SourceRows(project).setColumns(record.id, {"smiles", "y"}, "{\"structure\":9}")));
        QVERIFY(applyCuration(project, report->dataset, Recipe(), 1, control).error().code == ErrorCode::Damaged);
    }
};

QTEST_GUILESS_MAIN(DataCurationTest)
#include "tst_data_curation.moc"
