// SPDX-License-Identifier: GPL-3.0-or-later
// Molecules, datasets, tasks and input rows.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "core/random.h"
#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{

std::vector<std::int64_t> numbersOf(const Result<std::vector<RowRecord>>& rows)
{
    std::vector<std::int64_t> numbers;
    if (ok(rows)) {
        for (const RowRecord& row : *rows) {
            numbers.push_back(row.row);
        }
    }
    return numbers;
}

TaskRecord fullTask(std::int64_t dataset, const std::string& name, int position)
{
    TaskRecord record;
    record.task = {0, dataset, name, Level::Node, TaskKind::Multiclass, 3, "kcal/mol"};
    record.position = position;
    record.stats = {
        100, 90, 1700, 5, -0.25, std::numeric_limits<double>::quiet_NaN(), -1e300, 5e-324, {7, 0, 1'000'000'000'000}};
    return record;
}

bool sameTask(const TaskRecord& a, const TaskRecord& b)
{
    const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    return a.task.dataset == b.task.dataset && a.task.name == b.task.name && a.task.level == b.task.level &&
           a.task.kind == b.task.kind && a.task.classes == b.task.classes && a.task.unit == b.task.unit &&
           a.position == b.position && a.stats.rows == b.stats.rows && a.stats.molecules == b.stats.molecules &&
           a.stats.values == b.stats.values && a.stats.positives == b.stats.positives &&
           same(a.stats.mean, b.stats.mean) && same(a.stats.sd, b.stats.sd) && same(a.stats.minimum, b.stats.minimum) &&
           same(a.stats.maximum, b.stats.maximum) && a.stats.classCounts == b.stats.classCounts;
}

} // namespace

class StoreDatasetsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void moleculesAreStoredOnce()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Molecules molecules(*project);
        const auto first = addMolecule(*project, "CCO", chain(3), encodingsOf(3, 0.5F));
        const auto second = addMolecule(*project, "CCN", chain(5, 1), encodingsOf(5));
        const auto again = addMolecule(*project, "CCO", chain(3), encodingsOf(3, 0.5F));
        QVERIFY(ok(first) && ok(second) && ok(again));
        QVERIFY(first->isNew && second->isNew && !again->isNew);
        QCOMPARE(again->id, first->id);
        QCOMPARE(molecules.count().value_or(-1), std::int64_t{2});
        QCOMPARE(molecules.idOf("CCN").value(), std::optional(second->id));
        QVERIFY(!molecules.idOf("ccn").value().has_value()); // case matters
        QVERIFY(!molecules.idOf("").value().has_value());

        const auto record = molecules.byId(second->id);
        QVERIFY(ok(record));
        QCOMPARE(record->smiles, std::string("CCN"));
        QVERIFY(record->graph == chain(5, 1));
        QCOMPARE(record->encodings.walkReturns, encodingsOf(5).walkReturns);
        QCOMPARE(molecules.byId(first->id)->encodings.laplacianVectors, encodingsOf(3, 0.5F).laplacianVectors);
        QVERIFY(failsWith(molecules.byId(99), ErrorCode::NotFound, {project->path(), "99"}));

        QCOMPARE(molecules.smilesOf({second->id, first->id, second->id}).value(),
                 (std::vector<std::string>{"CCN", "CCO", "CCN"}));
        QVERIFY(failsWith(molecules.smilesOf({first->id, 99}), ErrorCode::NotFound, {"99"}));
        QCOMPARE(molecules.ids().value(), (std::vector<std::int64_t>{first->id, second->id}));
    }

    void streamsMoleculesAndMayAskMeanwhile()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        for (int i = 0; i < 20; ++i) {
            addMolecule(*project, numbered("C", i), i % 7);
        }
        Molecules molecules(*project);
        int seen = 0;
        QVERIFY(ok(molecules.each([&](const MoleculeRecord& outer) {
            int inner = 0;
            const auto nested = molecules.each([&](const MoleculeRecord&) { return ++inner < 3; });
            ++seen;
            return ok(nested) && inner == 3 && molecules.byId(outer.id)->smiles == outer.smiles && seen < 15;
        })));
        QCOMPARE(seen, 15);
    }

    void namesDamagedMolecules()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const std::int64_t id = addMolecule(*project, "CCO");
        const auto all = [](const MoleculeRecord&) { return true; };
        project->database().exec("UPDATE graphs SET graph = substr(graph, 1, 9)");
        QVERIFY(failsWith(Molecules(*project).byId(id), ErrorCode::Damaged, {project->path(), "CCO"}));
        QVERIFY(failsWith(Molecules(*project).each(all), ErrorCode::Damaged, {project->path(), "CCO"}));
    }

    void datasetsComeBackWhole()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Datasets datasets(*project);
        QVERIFY(failsWith(datasets.byName("x"), ErrorCode::NotFound, {project->path(), "'x'", "no datasets yet"}));
        DatasetRecord record{
            0, "qm9 ½", "qm9.csv.gz", "ab12", true, "2024-02-29T12:00:00Z", "{}", R"({"row": 5})", 1, 2, 3, 4, 5, 6,
            7, 8};
        const auto id = datasets.add(record);
        QVERIFY(ok(id));
        DatasetRecord back = datasets.byName("qm9 ½").value();
        QCOMPARE(back.id, *id);
        const auto fields = [](const DatasetRecord& d) {
            return std::make_tuple(d.name, d.source, d.sourceHash, d.complete, d.created, d.options, d.importState,
                                   d.rows, d.used, d.merged, d.repaired, d.rejected, d.molecules, d.labels,
                                   d.labelCells);
        };
        QVERIFY(fields(back) == fields(record));

        QVERIFY(failsWith(datasets.add(record), ErrorCode::Exists, {project->path(), "qm9 ½", "another name"}));
        record = {};
        record.name = "other";
        record.id = datasets.add(record).value();
        const QDateTime created =
            QDateTime::fromString(QString::fromStdString(datasets.byName("other")->created), Qt::ISODate);
        QVERIFY(created.isValid() && std::abs(created.secsTo(QDateTime::currentDateTimeUtc())) < 60);
        record.name = "qm9 ½";
        QVERIFY(failsWith(datasets.update(record), ErrorCode::Exists, {"qm9 ½"}));
        record.name = "renamed";
        record.complete = true;
        record.labelCells = 77;
        QVERIFY(ok(datasets.update(record)));
        QVERIFY(fields(datasets.all()->at(1)) == fields(record));
        QVERIFY(failsWith(datasets.byName("other"), ErrorCode::NotFound, {"'qm9 ½', 'renamed'"}));
        record.id = 99;
        QVERIFY(failsWith(datasets.update(record), ErrorCode::NotFound, {"99"}));
        QVERIFY(failsWith(datasets.remove(99), ErrorCode::NotFound, {"99"}));
    }

    void tasksComeBackWhole()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Datasets datasets(*project);
        const std::int64_t one = addDataset(*project, "one"), two = addDataset(*project, "two");
        const auto second = datasets.addTask(fullTask(one, "b", 1));
        const auto first = datasets.addTask(fullTask(one, "a", 0));
        const auto elsewhere = datasets.addTask(fullTask(two, "a", 0));
        QVERIFY(ok(first) && ok(second) && ok(elsewhere));
        auto tasks = datasets.tasks(one);
        QVERIFY(ok(tasks));
        QCOMPARE(tasks->size(), std::size_t{2});
        QCOMPARE(tasks->at(0).task.id, *first); // by position
        QVERIFY(sameTask(tasks->at(1), fullTask(one, "b", 1)));
        QCOMPARE(datasets.allTasks()->size(), std::size_t{3});
        QCOMPARE(datasets.allTasks()->at(2).task.id, *elsewhere);

        QVERIFY(failsWith(datasets.addTask(fullTask(one, "a", 5)), ErrorCode::Exists, {"'a'"}));
        QVERIFY(failsWith(datasets.addTask(fullTask(one, "c", 1)), ErrorCode::Exists, {"'c'", "position 1"}));
        QVERIFY(failsWith(datasets.addTask(fullTask(99, "c", 1)), ErrorCode::NotFound));
        TaskRecord changed = tasks->at(0);
        changed.task.kind = TaskKind::Binary;
        changed.stats = {};
        QVERIFY(ok(datasets.updateTask(changed)));
        QVERIFY(sameTask(datasets.tasks(one)->at(0), changed));
        QVERIFY(sameTask(datasets.tasks(one)->at(1), fullTask(one, "b", 1)));
        changed.task.id = 99;
        QVERIFY(failsWith(datasets.updateTask(changed), ErrorCode::NotFound, {"99"}));
    }

    void rowsComeBackWhole()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Datasets datasets(*project);
        const std::int64_t dataset = addDataset(*project, "d"), molecule = addMolecule(*project, "C");
        std::vector<std::uint16_t> narrow{2, 0, 1}, wide{300, 0, 65535}, identity(1000);
        for (std::size_t i = 0; i < identity.size(); ++i) {
            identity[i] = static_cast<std::uint16_t>(i);
        }
        std::vector<RowRecord> rows;
        rows.push_back({0, RowStatus::Used, "", "OC\t\"ü\"", molecule, narrow});
        rows.push_back({1, RowStatus::Rejected, "atom 2, N: valence 4", std::string("a\0b", 3), 0, {}});
        rows.push_back({2, RowStatus::Repaired, "atom-map numbers removed", "", molecule, wide});
        rows.push_back({1'000'000'000'000, RowStatus::Merged, "", "C", molecule, identity});
        QVERIFY(ok(addRows(*project, dataset, rows)));
        const auto back = datasets.rowPage(dataset, {}, 0, 100);
        QVERIFY(ok(back));
        QCOMPARE(back->size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const RowRecord &a = rows[i], &b = back->at(i);
            QVERIFY(a.row == b.row && a.status == b.status && a.reason == b.reason && a.text == b.text);
            QVERIFY(a.molecule == b.molecule && a.toCanonical == b.toCanonical);
        }
        const int bytes =
            project->database().execAndGet("SELECT length(atom_order) FROM input_rows WHERE row > 5").getInt();
        QVERIFY2(bytes <= 3, "the plain order takes next to nothing");
        project->database().exec("UPDATE input_rows SET atom_order = substr(atom_order, 1, 3) WHERE row = 2");
        QVERIFY(failsWith(datasets.rowPage(dataset, {}, 0, 100), ErrorCode::Damaged, {project->path(), "row 2"}));
    }

    void rowsByStatusAndPage()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Datasets datasets(*project);
        const std::int64_t other = addDataset(*project, "other"), dataset = addDataset(*project, "d");
        const std::int64_t molecule = addMolecule(*project, "C");
        std::vector<RowRecord> rows;
        for (int i = 99; i >= 0; --i) { // any order in, by number out
            rows.push_back(rowOf(i, i % 10 == 3 ? 0 : molecule, i % 10 == 3 ? RowStatus::Rejected : RowStatus::Used));
        }
        QVERIFY(ok(addRows(*project, dataset, rows)));
        QVERIFY(ok(addRows(*project, other, {rowOf(3, 0, RowStatus::Rejected)})));
        QCOMPARE(datasets.rowCount(dataset, {}).value_or(-1), std::int64_t{100});
        QCOMPARE(datasets.rowCount(dataset, RowStatus::Rejected).value_or(-1), std::int64_t{10});
        QCOMPARE(datasets.rowCount(dataset, RowStatus::Merged).value_or(-1), std::int64_t{0});
        using Numbers = std::vector<std::int64_t>;
        QCOMPARE(numbersOf(datasets.rowPage(dataset, {}, 97, 10)), (Numbers{97, 98, 99}));
        QCOMPARE(numbersOf(datasets.rowPage(dataset, {}, 50, 2)), (Numbers{50, 51}));
        QCOMPARE(numbersOf(datasets.rowPage(dataset, RowStatus::Rejected, 2, 3)), (Numbers{23, 33, 43}));
        QCOMPARE(numbersOf(datasets.rowPage(dataset, {}, 100, 10)), Numbers{});
        QCOMPARE(numbersOf(datasets.rowPage(dataset, {}, 0, 0)), Numbers{});
        QVERIFY(!datasets.rowPage(dataset, {}, 0, -1));
        QVERIFY(!datasets.rowPage(dataset, {}, -1, 5));
        Numbers seen;
        QVERIFY(ok(datasets.rows(dataset, RowStatus::Rejected, [&](const RowRecord& row) {
            seen.push_back(row.row);
            return seen.size() < 4;
        })));
        QCOMPARE(seen, (Numbers{3, 13, 23, 33}));
    }

    void removalTakesWhatNothingElseUses()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Datasets datasets(*project);
        Labels labels(*project);
        const std::int64_t one = addDataset(*project, "one"), two = addDataset(*project, "two");
        const std::int64_t onlyOne = addMolecule(*project, "C"), both = addMolecule(*project, "N");
        const std::int64_t predicted = addMolecule(*project, "O"), labelled = addMolecule(*project, "S");
        QVERIFY(ok(addRows(
            *project, one,
            {rowOf(0, onlyOne), rowOf(1, both), rowOf(2, predicted), rowOf(3, 0, RowStatus::Rejected)})));
        QVERIFY(ok(addRows(*project, two, {rowOf(0, both)})));
        QVERIFY(ok(datasets.addTask(fullTask(one, "t", 0))) && ok(datasets.addTask(fullTask(two, "t", 0))));
        for (const auto& [dataset, molecule] : {std::pair(one, onlyOne), {one, both}, {two, both}, {one, labelled}}) {
            QVERIFY(ok(labels.put(dataset, molecule, {{{0, {1}}}})));
        }
        const auto run = Runs(*project).add({});
        QVERIFY(ok(run) && ok(Predictions(*project).put(*run, {{predicted, "h", {1}}})));

        QVERIFY(ok(datasets.remove(one)));
        QCOMPARE(Molecules(*project).ids().value(), (std::vector<std::int64_t>{both, predicted}));
        QCOMPARE(datasets.all()->size(), std::size_t{1});
        QCOMPARE(datasets.allTasks()->size(), std::size_t{1});
        QCOMPARE(datasets.rowCount(one, {}).value_or(-1), std::int64_t{0});
        QCOMPARE(datasets.rowCount(two, {}).value_or(-1), std::int64_t{1});
        QVERIFY(!labels.get(one, both).value() && labels.get(two, both).value());
        QCOMPARE(project->database().execAndGet("SELECT count(*) FROM graphs").getInt(), 2);
        QVERIFY(addMolecule(*project, "P") > labelled); // ids are not given again: splits of runs keep them
        QVERIFY(addDataset(*project, "one") > two);
    }

    void speedOfAnImport()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Datasets datasets(*project);
        const std::int64_t dataset = addDataset(*project, "d");
        constexpr int count = 100'000, batch = 2000, tasks = 20;
        const MolGraph graph = chain(18);
        const Encodings encodings = encodingsOf(18);
        LabelSet labels;
        for (int i = 0; i < tasks; ++i) {
            labels.entries.push_back({i, {i * 1.1}});
        }
        QElapsedTimer clock;
        double molecules = 0, rows = 0, values = 0;
        clock.start();
        for (int from = 0; from < count; from += batch) {
            Transaction transaction(*project);
            std::vector<RowRecord> records;
            double start = static_cast<double>(clock.nsecsElapsed());
            const auto lap = [&clock, &start] {
                const double before = std::exchange(start, static_cast<double>(clock.nsecsElapsed()));
                return (start - before) * 1e-9;
            };
            for (int i = from; i < from + batch; ++i) {
                const std::string smiles = numbered("CC(C)c1ccc(", mixSeed(static_cast<std::uint64_t>(i)) >> 1);
                const auto added = addMolecule(*project, smiles, graph, encodings);
                QVERIFY(ok(added));
                records.push_back(rowOf(i, added->id));
                records.back().toCanonical = {1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
            }
            molecules += lap();
            QVERIFY(ok(addRows(*project, dataset, records)));
            rows += lap();
            for (const RowRecord& row : records) {
                QVERIFY(ok(Labels(*project).put(dataset, row.molecule, labels)));
            }
            values += lap();
            QVERIFY(ok(transaction.commit()));
        }
        const double all = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
        std::printf("import of %d rows: %.2f s; a second: %.0f molecules, %.0f rows, %.0f label values\n", count, all,
                    count / molecules, count / rows, double{count} * tasks / values);
        QVERIFY2(all < 60, "far too slow");
    }
};

QTEST_GUILESS_MAIN(StoreDatasetsTest)
#include "tst_store_datasets.moc"
