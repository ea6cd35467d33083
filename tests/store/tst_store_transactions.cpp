// SPDX-License-Identifier: GPL-3.0-or-later
// All or nothing: rollback, nesting, a full disk, a second writer, kill -9; and migrations.

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <poll.h>
#include <sys/wait.h>

#include "core/hash.h"
#include "store/migrations.h"
#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{

std::int64_t moleculeCount(Project& project)
{
    return Molecules(project).count().value_or(-1);
}

/// A later Papilio's steps, as they might be.
void addColumn(SQLite::Database& database)
{
    database.exec("ALTER TABLE molecules ADD COLUMN inchikey TEXT NOT NULL DEFAULT ''");
}
void rebuildDatasets(SQLite::Database& database)
{
    database.exec("CREATE TABLE renewed (id INTEGER PRIMARY KEY, name TEXT)");
    database.exec("INSERT INTO renewed SELECT id, name FROM datasets");
    database.exec("DROP TABLE datasets");
    database.exec("ALTER TABLE renewed RENAME TO datasets");
}
void loseDatasets(SQLite::Database& database)
{
    database.exec("DELETE FROM datasets");
}
void failHalfway(SQLite::Database& database)
{
    database.exec("ALTER TABLE molecules ADD COLUMN half TEXT");
    database.exec("INSERT INTO nowhere VALUES (1)");
}

/// Today's steps and some more.
std::vector<MigrationStep> stepsAnd(std::initializer_list<MigrationStep> later)
{
    std::vector<MigrationStep> steps = migrationSteps();
    steps.insert(steps.end(), later);
    return steps;
}

int versionOf(Project& project)
{
    return project.database().execAndGet("PRAGMA user_version").getInt();
}

/// The child's work: batch after batch, each in one transaction, with the count of rows in the dataset's record.
[[noreturn]] void importUntilKilled(const std::string& path, int readyPipe)
{
    auto project = Project::open(path, Access::ReadWrite);
    auto dataset = Datasets(*project).byName("d");
    for (std::int64_t row = dataset->rows;;) {
        Transaction transaction(*project);
        std::vector<RowRecord> rows;
        for (int i = 0; i < 200; ++i, ++row) {
            const auto molecule = addMolecule(*project, numbered("C", row), chain(12), encodingsOf(12));
            rows.push_back(rowOf(row, molecule->id));
            if (!Labels(*project).put(dataset->id, molecule->id, {{{0, {static_cast<double>(row) / 7}}}})) {
                ::_exit(2);
            }
        }
        dataset->rows = row;
        if (!addRows(*project, dataset->id, rows) || !Datasets(*project).update(*dataset) ||
            !transaction.commit()) {
            ::_exit(3);
        }
        if (::write(readyPipe, "x", 1) != 1) {
            ::_exit(4);
        }
    }
}

} // namespace

class StoreTransactionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rollsBackUnlessCommitted()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        {
            const Transaction transaction(*project);
            QVERIFY(addMolecule(*project, "C") > 0);
            QVERIFY(addDataset(*project, "d") > 0);
            QCOMPARE(moleculeCount(*project), std::int64_t{1});
        }
        QCOMPARE(moleculeCount(*project), std::int64_t{0});
        QVERIFY(Datasets(*project).all().value().empty());
        {
            Transaction transaction(*project);
            QVERIFY(addMolecule(*project, "C") > 0);
            QVERIFY(ok(transaction.commit()));
            QVERIFY(!transaction.commit()); // once only
        }
        QCOMPARE(moleculeCount(*project), std::int64_t{1});
    }

    void innerTransactionsJoinTheOuter()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        {
            const Transaction outer(*project);
            Transaction inner(*project);
            QVERIFY(addMolecule(*project, "C") > 0);
            QVERIFY(ok(inner.commit()));
        }
        QCOMPARE(moleculeCount(*project), std::int64_t{0}); // the outer one was not committed
        {
            Transaction outer(*project);
            QVERIFY(addMolecule(*project, "N") > 0);
            {
                const Transaction inner(*project);
                QVERIFY(addMolecule(*project, "O") > 0);
            }
            QVERIFY(ok(outer.commit())); // an inner one that fails takes back its own part only
        }
        QVERIFY(Molecules(*project).idOf("N").value().has_value());
        QVERIFY(!Molecules(*project).idOf("O").value().has_value());
    }

    void aFailedListIsNotWrittenByHalf()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        Datasets datasets(*project);
        const std::int64_t dataset = addDataset(*project, "d"), molecule = addMolecule(*project, "C");
        QVERIFY(failsWith(addRows(*project, dataset, {rowOf(0, molecule), rowOf(1, molecule), rowOf(0, molecule)}),
                          ErrorCode::Exists, {project->path()}));
        QCOMPARE(datasets.rowCount(dataset, {}).value_or(-1), std::int64_t{0});
        QVERIFY(failsWith(addRows(*project, dataset, {rowOf(0, molecule), rowOf(1, 999)}), ErrorCode::NotFound));
        QCOMPARE(datasets.rowCount(dataset, {}).value_or(-1), std::int64_t{0});
        Transaction transaction(*project); // the same inside a transaction that goes on
        QVERIFY(ok(addRows(*project, dataset, {rowOf(0, molecule)})));
        QVERIFY(!addRows(*project, dataset, {rowOf(1, molecule), rowOf(0, molecule)}));
        QVERIFY(ok(transaction.commit()));
        QCOMPARE(datasets.rowCount(dataset, {}).value_or(-1), std::int64_t{1});
    }

    void referencesAreLookedUpAgainBehindTrustedWriting()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const std::int64_t dataset = addDataset(*project, "d"), molecule = addMolecule(*project, "C");
        {
            const TrustedWriting trusted(*project);
            QVERIFY(ok(addRows(*project, dataset, {rowOf(0, molecule)})));
        }
        QVERIFY(failsWith(addRows(*project, dataset, {rowOf(1, 999)}), ErrorCode::NotFound));
    }

    void aFullDiskIsAnErrorAndLosesNothing()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        QVERIFY(addMolecule(*project, "C") > 0);
        const int pages = project->database().execAndGet("PRAGMA page_count").getInt();
        project->database().exec("PRAGMA max_page_count = " + std::to_string(pages + 3));
        {
            Transaction transaction(*project);
            Result<Molecules::Added> added;
            for (int i = 0; i < 1000 && added; ++i) {
                added = addMolecule(*project, numbered("N", i), chain(60), encodingsOf(60));
            }
            QVERIFY(failsWith(added, ErrorCode::Io, {project->path(), "full", "Free some space"}));
        }
        project->database().exec("PRAGMA max_page_count = 100000");
        QCOMPARE(moleculeCount(*project), std::int64_t{1});
        QVERIFY(addMolecule(*project, "CC") > 0);
    }

    void aSecondWriterIsBusy()
    {
        const TestFolder folder;
        auto first = Project::create(folder.file("p.papilio"));
        auto second = Project::open(folder.file("p.papilio"), Access::ReadWrite);
        QVERIFY(ok(first) && ok(second));
        second->database().exec("PRAGMA busy_timeout = 30");
        {
            Transaction held(*first);
            QVERIFY(addMolecule(*first, "C") > 0);
            Transaction transaction(*second);
            // It could not begin: nothing may be written outside of it, either.
            QVERIFY(
                failsWith(addMolecule(*second, "N", chain(1), encodingsOf(1)), ErrorCode::Busy, {second->path()}));
            QVERIFY(failsWith(addRows(*second, 1, {rowOf(0, 0)}), ErrorCode::Busy));
            QVERIFY(failsWith(transaction.commit(), ErrorCode::Busy, {second->path(), "another process"}));
            QVERIFY(ok(held.commit()));
        }
        QVERIFY(addMolecule(*second, "N") > 0);
        QCOMPARE(moleculeCount(*first), std::int64_t{2});
    }

    void waitsForTheOtherWriter()
    {
        const TestFolder folder;
        auto first = Project::create(folder.file("p.papilio"));
        auto second = Project::open(folder.file("p.papilio"), Access::ReadWrite);
        QVERIFY(ok(first) && ok(second));
        std::unique_ptr<QThread> thread;
        {
            Transaction held(*first);
            thread.reset(QThread::create([&second] { addMolecule(*second, "N"); })); // moved to that thread meanwhile
            thread->start();
            QVERIFY(!thread->wait(300));
            QVERIFY(ok(held.commit()));
        }
        QVERIFY(thread->wait(10'000));
        QCOMPARE(moleculeCount(*first), std::int64_t{1});
    }

    void killedInTheMiddle()
    {
        const TestFolder folder;
        const std::string path = folder.file("p.papilio");
        {
            auto project = Project::create(path);
            QVERIFY(ok(project) && addDataset(*project, "d") > 0);
        }
        std::int64_t before = 0;
        for (int round = 0; round < 8; ++round) {
            int pipe[2];
            QVERIFY(::pipe(pipe) == 0);
            const pid_t child = ::fork();
            if (child == 0) {
                importUntilKilled(path, pipe[1]);
            }
            ::close(pipe[1]);
            char byte = 0;
            for (int commits = 0; commits < 2; ++commits) {
                QCOMPARE(::read(pipe[0], &byte, 1), ssize_t{1});
            }
            ::usleep(static_cast<useconds_t>(1700 * round)); // anywhere in the batches after these
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            ::close(pipe[0]);
            QVERIFY(WIFSIGNALED(status));

            auto project = Project::open(path, round % 2 == 0 ? Access::ReadOnly : Access::ReadWrite);
            QVERIFY(ok(project));
            const auto dataset = Datasets(*project).byName("d");
            QVERIFY(ok(dataset));
            QVERIFY2(dataset->rows >= before + 400, "commits that the child told of are there");
            QCOMPARE(Datasets(*project).rowCount(dataset->id, {}).value_or(-1), dataset->rows);
            QCOMPARE(moleculeCount(*project), dataset->rows);
            QCOMPARE(static_cast<std::int64_t>(Labels(*project).values(dataset->id, 0).value().size()), dataset->rows);
            QCOMPARE(project->database().execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
            before = dataset->rows;
        }
        QCOMPARE(folder.names(), QStringList{QStringLiteral("p.papilio")}); // tidied up
    }

    void newProjectsAreUpToDate()
    {
        QCOMPARE(static_cast<int>(migrationSteps().size()), schemaVersion);
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        QCOMPARE(versionOf(*project), schemaVersion);
        QCOMPARE(project->database().execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
    }

    /// The tables of a version that has shipped never change. If this fails, add a migration step instead.
    void shippedSchemasAreFrozen()
    {
        const std::vector<std::string> hashes{"27d5c2190612731b47d8c200434bb877ac629e49c4976433978a932fa08b1aef",
                                              "e84508e17b986da9da292a3138e4832d42616a25b4808c375530f9667f9d9f0d",
                                              "2f8daa140c8c3c1b8b0e1966d9f28a9bba7470c6ff1c4653edc942bc7205a7d9",
                                              "775c5bd56c288bdc691d60aab287d7926dbfec824d5032213f4c32de6de0a443"};
        QCOMPARE(static_cast<int>(hashes.size()), schemaVersion);
        const TestFolder folder;
        SQLite::Database database(folder.file("x.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        for (std::size_t version = 1; version <= hashes.size(); ++version) {
            const std::vector<MigrationStep> steps(migrationSteps().begin(),
                                                   migrationSteps().begin() + static_cast<std::ptrdiff_t>(version));
            QVERIFY(ok(migrate(database, "x.db", steps)));
            Sha256 hash;
            SQLite::Statement query(database,
                                    "SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY name");
            while (query.executeStep()) {
                hash.add(query.getColumn(0).getString());
            }
            const std::string found = hash.hex();
            QVERIFY2(found == hashes[version - 1], found.c_str());
        }
    }

    void olderProjectsMigrate()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const std::int64_t dataset = addDataset(*project, "d"), molecule = addMolecule(*project, "CCO");
        QVERIFY(ok(addRows(*project, dataset, {rowOf(0, molecule)})));

        // From here on, a later Papilio that meets this stored project.
        SQLite::Database& database = project->database();
        const std::vector<MigrationStep> later = stepsAnd({addColumn, rebuildDatasets});
        QVERIFY(ok(migrate(database, project->path(), later)));
        QCOMPARE(versionOf(*project), schemaVersion + 2);
        QCOMPARE(database.execAndGet("SELECT smiles || inchikey FROM molecules").getString(), std::string("CCO"));
        QCOMPARE(database.execAndGet("SELECT count(*) FROM input_rows").getInt(), 1); // not lost with the old table
        QCOMPARE(database.execAndGet("PRAGMA foreign_keys").getInt(), 1);
        QVERIFY(ok(migrate(database, project->path(), later))); // nothing left to do
        QCOMPARE(versionOf(*project), schemaVersion + 2);
    }

    void aFailedStepChangesNothing()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const std::int64_t dataset = addDataset(*project, "d"), molecule = addMolecule(*project, "CCO");
        QVERIFY(ok(addRows(*project, dataset, {rowOf(0, molecule)})));
        SQLite::Database& database = project->database();
        QVERIFY(failsWith(migrate(database, project->path(), stepsAnd({addColumn, failHalfway})), ErrorCode::Internal,
                          {project->path(), numbered("to ", schemaVersion + 2), "nowhere"}));
        QCOMPARE(versionOf(*project), schemaVersion + 1); // the step before is done, of this one nothing
        QVERIFY(!database.tryExec("SELECT inchikey FROM molecules"));
        QVERIFY(database.tryExec("SELECT half FROM molecules") != 0);
        QVERIFY(!migrate(database, project->path(), stepsAnd({addColumn, loseDatasets}))); // rows would refer to nothing
        QCOMPARE(Datasets(*project).all().value().size(), std::size_t{1});
        QCOMPARE(versionOf(*project), schemaVersion + 1);
    }
};

QTEST_GUILESS_MAIN(StoreTransactionsTest)
#include "tst_store_transactions.moc"
