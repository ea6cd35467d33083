// SPDX-License-Identifier: GPL-3.0-or-later
// Places that cannot be written, and readers beside a writer.

#include <SQLiteCpp/SQLiteCpp.h>

#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{

std::string makeProject(const TestFolder& folder)
{
    const std::string path = folder.file("p.papilio");
    auto project = Project::create(path);
    return ok(project) && addMolecule(*project, "C") == 1 ? path : std::string();
}

} // namespace

class StoreReadOnlyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createInAReadOnlyFolder()
    {
        const TestFolder folder;
        setMode(folder.path(), 0555);
        BE_UNPRIVILEGED(nobody);
        QVERIFY(failsWith(Project::create(folder.file("p.papilio")), ErrorCode::ReadOnly, {"p.papilio", "Choose"}));
        QVERIFY(failsWith(Project::openOrCreate(folder.file("p.papilio")), ErrorCode::ReadOnly));
    }

    void readOnlyFileAndFolder_data()
    {
        QTest::addColumn<unsigned>("fileMode");
        QTest::addColumn<unsigned>("folderMode");
        QTest::newRow("both") << 0444U << 0555U;
        QTest::newRow("file") << 0444U << 0777U;
        QTest::newRow("folder") << 0666U << 0555U;
    }

    void readOnlyFileAndFolder()
    {
        QFETCH(const unsigned, fileMode);
        QFETCH(const unsigned, folderMode);
        const TestFolder folder;
        const std::string path = makeProject(folder);
        setMode(path, fileMode);
        setMode(folder.path(), folderMode);
        BE_UNPRIVILEGED(nobody);
        QVERIFY(failsWith(Project::open(path, Access::ReadWrite), ErrorCode::ReadOnly, {path, "Copy"}));
        {
            auto project = Project::open(path, Access::ReadOnly);
            QVERIFY(ok(project));
            QCOMPARE(Molecules(*project).count().value_or(-1), std::int64_t{1});
            QVERIFY(project->changeCounter() >= 0);
            QCOMPARE(folder.names(), QStringList{QStringLiteral("p.papilio")});
        }
        QCOMPARE(folder.names(), QStringList{QStringLiteral("p.papilio")});
    }

    void unreadableFile()
    {
        const TestFolder folder;
        const std::string path = makeProject(folder);
        setMode(path, 0);
        BE_UNPRIVILEGED(nobody);
        QVERIFY(failsWith(Project::open(path, Access::ReadOnly), ErrorCode::Io, {path, "permissions"}));
    }

    /// What a killed engine leaves on a medium that is read-only by then: commits that are in the log alone.
    void readsTheLogOnAReadOnlyMedium()
    {
        const TestFolder folder, medium;
        const std::string path = makeProject(folder), copy = medium.file("p.papilio");
        {
            auto engine = Project::open(path, Access::ReadWrite);
            QVERIFY(ok(engine));
            QCOMPARE(addMolecule(*engine, "CC"), std::int64_t{2});
            for (const char* const ending : {"", "-wal"}) {
                QVERIFY(QFile::copy(QString::fromStdString(path + ending), QString::fromStdString(copy + ending)));
                setMode(copy + ending, 0444);
            }
        }
        setMode(medium.path(), 0555);
        const QStringList before = medium.names();
        BE_UNPRIVILEGED(nobody);
        {
            auto project = Project::open(copy, Access::ReadOnly);
            QVERIFY(ok(project));
            QCOMPARE(Molecules(*project).count().value_or(-1), std::int64_t{2});
        }
        QCOMPARE(medium.names(), before);
    }

    /// A colleague's running project: his folder and files can be read, not written.
    void readsBesideAnotherUsersEngine()
    {
        if (::geteuid() != 0) {
            QSKIP("needs two users, that is, root");
        }
        const TestFolder folder;
        const std::string path = makeProject(folder);
        setMode(path, 0644);
        setMode(folder.path(), 0755);
        auto engine = Project::open(path, Access::ReadWrite);
        QVERIFY(ok(engine));
        QCOMPARE(addMolecule(*engine, "CC"), std::int64_t{2});
        std::optional<Project> reader;
        {
            BE_UNPRIVILEGED(nobody);
            auto opened = Project::open(path, Access::ReadOnly);
            QVERIFY(ok(opened));
            reader.emplace(std::move(*opened));
            QCOMPARE(Molecules(*reader).count().value_or(-1), std::int64_t{2});
        }
        const std::int64_t before = reader->changeCounter();
        QCOMPARE(addMolecule(*engine, "CCC"), std::int64_t{3});
        BE_UNPRIVILEGED(nobodyAgain);
        QVERIFY(reader->changeCounter() != before);
        QCOMPARE(Molecules(*reader).count().value_or(-1), std::int64_t{3});
    }

    void readerSeesEachCommit()
    {
        const TestFolder folder;
        const std::string path = makeProject(folder);
        auto reader = Project::open(path, Access::ReadOnly); // before the engine
        auto engine = Project::open(path, Access::ReadWrite);
        QVERIFY(ok(reader) && ok(engine));
        const Molecules molecules(*reader);
        std::int64_t last = reader->changeCounter();
        QCOMPARE(reader->changeCounter(), last);
        for (int i = 2; i < 6; ++i) {
            Transaction transaction(*engine);
            QVERIFY(addMolecule(*engine, std::string(static_cast<std::size_t>(i), 'C')) > 0);
            QCOMPARE(molecules.count().value_or(-1), std::int64_t{i} - 1); // not yet
            QCOMPARE(reader->changeCounter(), last);
            QVERIFY(ok(transaction.commit()));
            QVERIFY(reader->changeCounter() != last);
            last = reader->changeCounter();
            QCOMPARE(molecules.count().value_or(-1), std::int64_t{i});
        }
    }

    void writerCountsItsOwnCommits()
    {
        const TestFolder folder;
        auto engine = Project::open(makeProject(folder), Access::ReadWrite);
        QVERIFY(ok(engine));
        const std::int64_t before = engine->changeCounter();
        QVERIFY(addMolecule(*engine, "CC") > 0);
        QVERIFY(engine->changeCounter() != before);
    }

    /// A reader that is in the middle of a list keeps its state, and holds up nobody.
    void readerInTheMiddleKeepsItsSnapshot()
    {
        const TestFolder folder;
        const std::string path = makeProject(folder);
        auto engine = Project::open(path, Access::ReadWrite);
        auto reader = Project::open(path, Access::ReadOnly);
        QVERIFY(ok(reader) && ok(engine));
        QVERIFY(addMolecule(*engine, "CC") > 0);
        int seen = 0;
        const auto read = Molecules(*reader).each([&](const MoleculeRecord&) {
            ++seen;
            return addMolecule(*engine, std::string(static_cast<std::size_t>(seen) + 2, 'C')) > 0;
        });
        QVERIFY(ok(read));
        QCOMPARE(seen, 2);
        QCOMPARE(Molecules(*reader).count().value_or(-1), std::int64_t{4});
    }

    void readerCannotWrite()
    {
        const TestFolder folder;
        auto reader = Project::open(makeProject(folder), Access::ReadOnly);
        QVERIFY(ok(reader));
        const std::string& path = reader->path();
        QVERIFY(failsWith(addMolecule(*reader, "N", chain(1), encodingsOf(1)), ErrorCode::ReadOnly, {path}));
        QVERIFY(failsWith(Datasets(*reader).add({}), ErrorCode::ReadOnly, {path}));
        QVERIFY(failsWith(Datasets(*reader).addRow(1, {0, RowStatus::Used, 1, path, path, {}}), ErrorCode::ReadOnly,
                          {path}));
        QVERIFY(failsWith(Datasets(*reader).remove(1), ErrorCode::ReadOnly, {path}));
        QVERIFY(failsWith(Labels(*reader).put(1, 1, {}), ErrorCode::ReadOnly, {path}));
        QVERIFY(failsWith(Runs(*reader).add({}), ErrorCode::ReadOnly, {path}));
        QVERIFY(failsWith(Runs(*reader).markCutOffRuns(), ErrorCode::ReadOnly, {path}));
        // Not even behind the classes' back.
        QVERIFY_EXCEPTION_THROWN(reader->database().exec("DELETE FROM molecules"), SQLite::Exception);
        Transaction snapshot(*reader); // a reader may ask for one state over several reads
        QCOMPARE(Molecules(*reader).count().value_or(-1), std::int64_t{1});
        QVERIFY(ok(snapshot.commit()));
    }
};

QTEST_GUILESS_MAIN(StoreReadOnlyTest)
#include "tst_store_readonly.moc"
