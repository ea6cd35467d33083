// SPDX-License-Identifier: GPL-3.0-or-later
// The cache of computed inputs, and projects of schema 1, which have none.

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/inputs.h"
#include "store/migrations.h"
#include "store/runs.h"
#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{

FeatureSet withCommute()
{
    FeatureSet set;
    set.name = "mine";
    set.encodings.push_back(defaultEncoding(EncodingType::Commute));
    return set;
}

MoleculeInputs inputsOf(int atoms, float value)
{
    MoleculeInputs inputs;
    inputs.atoms = atoms;
    inputs.edges = 2 * (atoms - 1);
    inputs.nodeFeatures.assign(static_cast<std::size_t>(atoms) * 3, value);
    inputs.edgeFeatures.assign(static_cast<std::size_t>(inputs.edges) * 2, 1.0F);
    inputs.encodings.push_back({"nodepair_commute", Level::NodePair, 1,
                                std::vector<float>(static_cast<std::size_t>(atoms) * atoms, value / 2)});
    return inputs;
}

/// A project as Papilio 0.1 wrote it: two molecules, a dataset of one task and one task that is gone again.
std::string makeSchema1(const TestFolder& folder)
{
    const std::string path = folder.file("old.papilio");
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA application_id = " + std::to_string(applicationId) + "; PRAGMA journal_mode = WAL");
    if (!ok(migrate(database, path, {migrationSteps().front()}))) {
        return {};
    }
    const std::string graph = chain(3).toBytes(), encodings = encodingsOf(3).toBytes();
    for (int molecule = 1; molecule <= 2; ++molecule) {
        database.exec("INSERT INTO molecules (smiles) VALUES ('" +
                      std::string(static_cast<std::size_t>(molecule), 'C') + "')");
        SQLite::Statement insert(database, "INSERT INTO graphs VALUES (?1, ?2, ?3)");
        insert.bind(1, molecule);
        insert.bind(2, graph.data(), static_cast<int>(graph.size()));
        insert.bind(3, encodings.data(), static_cast<int>(encodings.size()));
        insert.exec();
    }
    database.exec("INSERT INTO datasets VALUES (1, 'd', 'd.csv', '', 1, '', '{}', '', 2, 2, 0, 0, 0, 2, 2, 2)");
    for (const char* const task : {"1, 1, 0, 'logp', 0, 0, 0, 'log', 2, 2, 2, 0, 0.5, 0.25, 0, 1, ''",
                                   "7, 1, 1, 'gone', 2, 2, 3, '', 0, 0, 0, 0, NULL, NULL, NULL, NULL, '1 2 3'"}) {
        database.exec(std::string("INSERT INTO tasks VALUES (") + task + ")");
    }
    database.exec("DELETE FROM tasks WHERE id = 7");
    return path;
}

} // namespace

class StoreInputsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasPut()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const FeatureSet set = withCommute();
        const std::string hash = featureSetHash(set);
        std::vector<std::int64_t> ids;
        for (int i = 1; i <= 4; ++i) {
            ids.push_back(addMolecule(*project, std::string(static_cast<std::size_t>(i), 'C')));
        }
        Inputs inputs(*project);
        QVERIFY(!inputs.get(hash, ids[0]).value().has_value());
        QCOMPARE(inputs.missing(hash, ids).value(), ids);
        QVERIFY(ok(inputs.put(set, {{ids[0], inputsOf(3, 0.5F).toBytes()}, {ids[2], inputsOf(5, 2.0F).toBytes()}})));
        QCOMPARE(inputs.count(hash).value_or(-1), std::int64_t{2});
        QCOMPARE(inputs.missing(hash, ids).value(), (std::vector<std::int64_t>{ids[1], ids[3]}));
        const auto third = inputs.get(hash, ids[2]);
        QVERIFY(ok(third) && third->has_value());
        QCOMPARE((*third)->atoms, std::int64_t{5});
        QCOMPARE((*third)->encodings[0].values, std::vector<float>(25, 1.0F));
        QVERIFY(!inputs.get("another", ids[2]).value().has_value());

        std::vector<std::int64_t> seen;
        const std::vector<std::int64_t> backwards(ids.rbegin(), ids.rend());
        QVERIFY(ok(inputs.each(hash, backwards, [&seen](std::int64_t molecule, MoleculeInputs&& one) {
            seen.push_back(molecule);
            return one.atoms > 0;
        })));
        QCOMPARE(seen, (std::vector<std::int64_t>{ids[2], ids[0]}));
        seen.clear();
        QVERIFY(ok(inputs.each(hash, backwards, [&seen](std::int64_t molecule, MoleculeInputs&&) {
            seen.push_back(molecule);
            return false;
        })));
        QCOMPARE(seen.size(), std::size_t{1});
    }

    void whatIsThereStays()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        const std::int64_t id = addMolecule(*project, "CCC");
        const FeatureSet set = withCommute();
        Inputs inputs(*project);
        QVERIFY(ok(inputs.put(set, {{id, inputsOf(3, 0.5F).toBytes()}})));
        FeatureSet renamed = set; // the name decides nothing
        renamed.name = "yours";
        QVERIFY(ok(inputs.put(renamed, {{id, inputsOf(3, 4.0F).toBytes()}})));
        QCOMPARE(inputs.get(featureSetHash(set), id).value()->nodeFeatures[0], 0.5F);
        QCOMPARE(inputs.all().value().size(), std::size_t{1});
        // All or nothing: molecule 99 does not exist.
        const std::int64_t other = addMolecule(*project, "CC");
        QVERIFY(failsWith(inputs.put(set, {{other, inputsOf(2, 1.0F).toBytes()}, {99, {}}}), ErrorCode::NotFound));
        QCOMPARE(inputs.count(featureSetHash(set)).value_or(-1), std::int64_t{1});
    }

    void isListedWithItsSizeAndCleared()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        const std::int64_t id = addMolecule(*project, "CCC"), other = addMolecule(*project, "CC");
        FeatureSet second = withCommute();
        second.bond.clear();
        Inputs inputs(*project);
        QVERIFY(inputs.all().value().empty());
        const std::string bytes = inputsOf(3, 0.5F).toBytes();
        QVERIFY(ok(inputs.put(withCommute(), {{id, bytes}, {other, inputsOf(2, 0.25F).toBytes()}})));
        QVERIFY(ok(inputs.put(second, {{id, bytes}})));
        auto sets = inputs.all();
        QVERIFY(ok(sets));
        QCOMPARE(sets->size(), std::size_t{2});
        QCOMPARE(sets->at(0).hash, featureSetHash(withCommute()));
        QVERIFY(sets->at(0).settings.find("\"name\":\"mine\"") != std::string::npos);
        QCOMPARE(sets->at(0).created.size(), std::size_t{20});
        QCOMPARE(sets->at(0).molecules, std::int64_t{2});
        QCOMPARE(sets->at(1).bytes, static_cast<std::int64_t>(bytes.size()));
        QVERIFY(ok(inputs.clear(sets->at(0).hash)));
        QVERIFY(ok(inputs.clear("never heard of")));
        QCOMPARE(inputs.all().value().size(), std::size_t{1});
        QCOMPARE(inputs.count(sets->at(0).hash).value_or(-1), std::int64_t{0});
        QCOMPARE(inputs.count(sets->at(1).hash).value_or(-1), std::int64_t{1});
        QVERIFY(ok(inputs.clearAll()));
        QVERIFY(inputs.all().value().empty());
    }

    void goesWithItsMolecule()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        const std::int64_t dataset = addDataset(*project, "d"), id = addMolecule(*project, "CCC");
        QVERIFY(ok(addRows(*project, dataset, {rowOf(0, id)})));
        Inputs inputs(*project);
        QVERIFY(ok(inputs.put(withCommute(), {{id, inputsOf(3, 0.5F).toBytes()}})));
        QVERIFY(ok(Datasets(*project).remove(dataset)));
        QCOMPARE(Molecules(*project).count().value_or(-1), std::int64_t{0});
        QCOMPARE(inputs.count(featureSetHash(withCommute())).value_or(-1), std::int64_t{0});
    }

    void saysWhatIsDamaged()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        const std::int64_t id = addMolecule(*project, "CCC");
        const std::string bytes = inputsOf(3, 0.5F).toBytes();
        QVERIFY(ok(Inputs(*project).put(withCommute(), {{id, bytes.substr(0, bytes.size() - 1)}})));
        QVERIFY(failsWith(Inputs(*project).get(featureSetHash(withCommute()), id), ErrorCode::Damaged,
                          {project->path(), numbered("molecule ", id), "Clear the cache"}));
    }

    void readersCannotWriteIt()
    {
        const TestFolder folder;
        const std::string path = folder.file("p.papilio");
        std::int64_t id = 0;
        {
            auto project = Project::create(path);
            id = addMolecule(*project, "CCC");
            QVERIFY(ok(Inputs(*project).put(withCommute(), {{id, inputsOf(3, 0.5F).toBytes()}})));
        }
        auto reader = Project::open(path, Access::ReadOnly);
        QVERIFY(ok(reader));
        Inputs inputs(*reader);
        QCOMPARE(inputs.all().value().size(), std::size_t{1});
        QVERIFY(inputs.get(featureSetHash(withCommute()), id).value().has_value());
        QVERIFY(failsWith(inputs.put(withCommute(), {}), ErrorCode::ReadOnly, {path}));
        QVERIFY(failsWith(inputs.clear("x"), ErrorCode::ReadOnly, {path}));
        QVERIFY(failsWith(inputs.clearAll(), ErrorCode::ReadOnly, {path}));
    }

    void schema1OpensForReadingAsItIs()
    {
        const TestFolder folder;
        const std::string path = makeSchema1(folder);
        setMode(path, 0444);
        setMode(folder.path(), 0555);
        BE_UNPRIVILEGED(nobody);
        auto reader = Project::open(path, Access::ReadOnly);
        QVERIFY(ok(reader));
        QCOMPARE(reader->database().execAndGet("PRAGMA user_version").getInt(), 1);
        QCOMPARE(Molecules(*reader).count().value_or(-1), std::int64_t{2});
        QCOMPARE(Datasets(*reader).allTasks().value().size(), std::size_t{1});
        const Inputs inputs(*reader);
        QVERIFY(inputs.all().value().empty());
        QCOMPARE(inputs.count("x").value_or(-1), std::int64_t{0});
        QVERIFY(!inputs.get("x", 1).value().has_value());
        const std::vector<std::int64_t> ids{1, 2};
        QCOMPARE(inputs.missing("x", ids).value(), ids);
        QVERIFY(ok(inputs.each("x", ids, [](std::int64_t, MoleculeInputs&&) { return true; })));
        QVERIFY(Runs(*reader).keptEpochs(1).value().empty()); // a table of version 3
        QVERIFY(!Runs(*reader).keptCheckpoint(1, 1).value().has_value());
    }

    void schema1IsBroughtUpToDateByWriting()
    {
        const TestFolder folder;
        const std::string path = makeSchema1(folder);
        auto reader = Project::open(path, Access::ReadOnly); // sees both, one after the other
        QVERIFY(ok(reader));
        QCOMPARE(Datasets(*reader).allTasks().value().size(), std::size_t{1});
        auto engine = Project::open(path, Access::ReadWrite);
        QVERIFY(ok(engine));
        QCOMPARE(engine->database().execAndGet("PRAGMA user_version").getInt(), schemaVersion);
        for (Project* const project : {&*reader, &*engine}) {
            const auto tasks = Datasets(*project).allTasks();
            QVERIFY(ok(tasks));
            QCOMPARE(tasks->size(), std::size_t{1});
            QCOMPARE(tasks->front().task.id, std::int64_t{1});
            QCOMPARE(tasks->front().task.name, std::string("logp"));
            QCOMPARE(tasks->front().task.unit, std::string("log"));
            QCOMPARE(tasks->front().stats.mean, 0.5);
            QCOMPARE(tasks->front().stats.maximum, 1.0);
        }
        TaskRecord pairs;
        pairs.task.dataset = 1;
        pairs.task.name = "distance";
        pairs.task.level = Level::NodePair;
        pairs.position = 1;
        QCOMPARE(Datasets(*engine).addTask(pairs).value_or(-1), std::int64_t{8}); // 7 was given before
        QVERIFY(Datasets(*engine).tasks(1).value()[1].task.level == Level::NodePair);
        QVERIFY(engine->database().tryExec("UPDATE tasks SET level = 4") != 0);
        QVERIFY(ok(Inputs(*engine).put(withCommute(), {{2, inputsOf(3, 0.5F).toBytes()}})));
        QVERIFY(Inputs(*reader).get(featureSetHash(withCommute()), 2).value().has_value());
        QVERIFY(ok(Datasets(*engine).remove(1))); // the renewed table still refers to its dataset
        QCOMPARE(engine->database().execAndGet("SELECT count(*) FROM tasks").getInt(), 0);
    }
};

QTEST_GUILESS_MAIN(StoreInputsTest)
#include "tst_store_inputs.moc"
