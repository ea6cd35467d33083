// SPDX-License-Identifier: GPL-3.0-or-later
// Making and opening project files, and every way in which a file can be no project.

#include <SQLiteCpp/SQLiteCpp.h>

#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{

void writeFile(const std::string& path, const QByteArray& bytes)
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), static_cast<qint64>(bytes.size()));
}

QByteArray readFile(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A closed project with some molecules; its path.
std::string makeProject(const TestFolder& folder, const std::string& name = "p.papilio", int molecules = 50)
{
    const std::string path = folder.file(name);
    auto project = Project::create(path);
    if (!ok(project)) {
        return {};
    }
    for (int i = 0; i < molecules; ++i) {
        addMolecule(*project, numbered("C", i), 20);
    }
    return path;
}

/// Overwrites a big-endian word of the file's header.
void setHeaderWord(const std::string& path, int at, quint32 value)
{
    QByteArray bytes = readFile(path);
    qToBigEndian(value, bytes.data() + at);
    writeFile(path, bytes);
}

} // namespace

class StoreOpenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createsAndOpensAgain()
    {
        const TestFolder folder;
        const std::string path = folder.file("p.papilio");
        {
            auto project = Project::create(path);
            QVERIFY(ok(project));
            QCOMPARE(project->path(), path);
            QVERIFY(project->access() == Access::ReadWrite);
            QCOMPARE(addMolecule(*project, "CCO"), std::int64_t{1});
        }
        QCOMPARE(folder.names(), QStringList{QStringLiteral("p.papilio")}); // nothing left beside it
        for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
            auto project = Project::open(path, access);
            QVERIFY(ok(project));
            QVERIFY(project->access() == access);
            QCOMPARE(Molecules(*project).count().value_or(-1), std::int64_t{1});
        }
        QCOMPARE(folder.names(), QStringList{QStringLiteral("p.papilio")});
        QVERIFY(failsWith(Project::create(path), ErrorCode::Exists, {path}));
        QCOMPARE(folder.names(), QStringList{QStringLiteral("p.papilio")});
    }

    void openOrCreateDoesEither()
    {
        const TestFolder folder;
        for (int i = 0; i < 2; ++i) {
            auto project = Project::openOrCreate(folder.file("p.papilio"));
            QVERIFY(ok(project));
            QCOMPARE(addMolecule(*project, "CCO"), std::int64_t{1});
        }
        writeFile(folder.file("junk.papilio"), "no project");
        QVERIFY(failsWith(Project::openOrCreate(folder.file("junk.papilio")), ErrorCode::Damaged, {"junk.papilio"}));
        QCOMPARE(readFile(folder.file("junk.papilio")), QByteArray("no project"));
    }

    void movesBetweenOwners()
    {
        const TestFolder folder;
        auto created = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(created));
        Project project = std::move(*created);
        Molecules molecules(project);
        QVERIFY(ok(addMolecule(project, "C", chain(1), encodingsOf(1))));
        auto other = Project::create(folder.file("q.papilio"));
        QVERIFY(ok(other));
        project = std::move(*other);
        QCOMPARE(molecules.count().value_or(-1), std::int64_t{0});
    }

    void headerSaysWhatItIs()
    {
        const TestFolder folder;
        const QByteArray bytes = readFile(makeProject(folder));
        QCOMPARE(bytes.left(16), QByteArray("SQLite format 3\0", 16));
        QCOMPARE(bytes.mid(68, 4), QByteArray("PAP1"));
        QCOMPARE(qFromBigEndian<quint32>(bytes.constData() + 60), quint32{schemaVersion});
    }

    void takesOddFileNames_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* const name : {"file:x.papilio", "a b%20c.papilio", "what?.papilio", "#1.papilio", ":memory:",
                                       "größe 分子.papilio", "a'b\"c.papilio", "100%.papilio", "?mode=memory"}) {
            QTest::newRow(name) << QString::fromUtf8(name);
        }
    }

    void takesOddFileNames()
    {
        QFETCH(const QString, name);
        const TestFolder folder;
        const std::string path = makeProject(folder, name.toStdString());
        QCOMPARE(folder.names(), QStringList{name});
        setMode(path, 0444);
        setMode(folder.path(), 0555);
        BE_UNPRIVILEGED(nobody);
        auto project = Project::open(path, Access::ReadOnly);
        QVERIFY(ok(project));
        QCOMPARE(Molecules(*project).count().value_or(-1), std::int64_t{50});
    }

    void relativePathsWork()
    {
        const TestFolder folder;
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(QString::fromStdString(folder.path())));
        {
            auto project = Project::create("p.papilio");
            QVERIFY(ok(project));
        }
        const bool opened = ok(Project::open("p.papilio", Access::ReadOnly));
        QVERIFY(QDir::setCurrent(before));
        QVERIFY(opened);
    }

    void saysWhatIsNoProject()
    {
        const TestFolder folder;
        for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
            const auto open = [access](const std::string& path) { return Project::open(path, access); };
            QVERIFY(failsWith(open(folder.file("none.papilio")), ErrorCode::NotFound, {"none.papilio"}));
            QVERIFY(failsWith(open(folder.path()), ErrorCode::BadInput, {folder.path(), "folder"}));
            QVERIFY(failsWith(open(""), ErrorCode::BadInput));
            QVERIFY(failsWith(open(std::string("a\0b", 3)), ErrorCode::BadInput));
            QVERIFY(failsWith(open("/dev/null"), ErrorCode::BadInput, {"/dev/null", "ordinary"}));

            const std::string path = folder.file("x.papilio");
            writeFile(path, {});
            QVERIFY(failsWith(open(path), ErrorCode::Damaged, {path, "empty"}));
            writeFile(path, "smiles,label\nCCO,1\n");
            QVERIFY(failsWith(open(path), ErrorCode::Damaged, {path, "not a Papilio project"}));
            writeFile(path, QByteArray(100'000, '\x7f'));
            QVERIFY(failsWith(open(path), ErrorCode::Damaged, {path, "not a Papilio project"}));
            writeFile(path, QByteArray("SQLite format 3\0", 16) + QByteArray(84 + 8000, '\x55'));
            QVERIFY(failsWith(open(path), ErrorCode::Damaged, {path}));
            QVERIFY(failsWith(open(path + "/inside.papilio"), ErrorCode::NotFound, {"inside.papilio"}));
            QCOMPARE(folder.names(), QStringList{QStringLiteral("x.papilio")});
        }
    }

    void refusesAnotherProgramsDatabase()
    {
        const TestFolder folder;
        const std::string path = folder.file("other.db");
        {
            SQLite::Database other(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            other.exec("CREATE TABLE things (x)");
        }
        const QByteArray before = readFile(path);
        QVERIFY(failsWith(Project::open(path, Access::ReadWrite), ErrorCode::Damaged, {path, "another program"}));
        QVERIFY(failsWith(Project::open(path, Access::ReadOnly), ErrorCode::Damaged, {path, "another program"}));
        QCOMPARE(readFile(path), before);
        {
            SQLite::Database other(path, SQLite::OPEN_READWRITE); // claims to be ours, and is not
            other.exec("PRAGMA application_id = " + std::to_string(applicationId) + "; PRAGMA user_version = 1");
        }
        QVERIFY(failsWith(Project::open(path, Access::ReadOnly), ErrorCode::Damaged, {path}));
        QVERIFY(failsWith(Project::open(path, Access::ReadWrite), ErrorCode::Damaged, {path}));
    }

    void refusesCutOffFiles()
    {
        const TestFolder folder;
        const QByteArray whole = readFile(makeProject(folder));
        const std::string path = folder.file("cut.papilio");
        for (const qsizetype size :
             {qsizetype{10}, qsizetype{99}, qsizetype{100}, qsizetype{8192}, whole.size() / 2, whole.size() - 1}) {
            writeFile(path, whole.left(size));
            for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
                QVERIFY(failsWith(Project::open(path, access), ErrorCode::Damaged,
                                  {path, "cut off", std::to_string(size)}));
            }
        }
        QVERIFY(!QFile::exists(QString::fromStdString(path + "-wal")));
    }

    void survivesDamagedPages()
    {
        const TestFolder folder;
        const std::string path = makeProject(folder, "p.papilio", 400);
        const QByteArray whole = readFile(path);
        const std::string damaged = folder.file("damaged.papilio");
        quint32 state = 12345;
        const auto random = [&state](qsizetype bound) {
            state = state * 1664525U + 1013904223U;
            return static_cast<qsizetype>(state >> 8) % bound;
        };
        int errors = 0;
        for (int round = 0; round < 60; ++round) {
            QByteArray bytes = whole;
            for (int i = 0; i < 40; ++i) {
                bytes[100 + random(bytes.size() - 100)] = static_cast<char>(random(256));
            }
            writeFile(damaged, bytes);
            auto project = Project::open(damaged, Access::ReadOnly);
            if (!project) {
                ++errors;
                continue;
            }
            const auto read = Molecules(*project).each([](const MoleculeRecord&) { return true; });
            errors += read ? 0 : 1;
            if (!read) {
                QVERIFY2(read.error().text().find(damaged) != std::string::npos, read.error().text().c_str());
                QVERIFY2(read.error().code == ErrorCode::Damaged, read.error().text().c_str());
            }
        }
        QVERIFY(errors > 10); // most of that is inside pages; no crash is the point
    }

    void refusesNewerSchema()
    {
        const TestFolder folder;
        const std::string path = makeProject(folder);
        setHeaderWord(path, 60, 7);
        const QByteArray before = readFile(path);
        for (const Access access : {Access::ReadWrite, Access::ReadOnly}) {
            QVERIFY(failsWith(Project::open(path, access), ErrorCode::NewerSchema,
                              {path, "format 7", numbered("up to ", schemaVersion), "Update Papilio"}));
        }
        QVERIFY(failsWith(Project::openOrCreate(path), ErrorCode::NewerSchema));
        QCOMPARE(readFile(path), before);
    }

    void refusesNewerSchemaThatIsInTheLogOnly()
    {
        const TestFolder folder;
        const std::string path = makeProject(folder);
        auto newer = Project::open(path, Access::ReadWrite);
        QVERIFY(ok(newer));
        newer->database().exec("PRAGMA user_version = 9");
        QVERIFY(failsWith(Project::open(path, Access::ReadOnly), ErrorCode::NewerSchema, {"format 9"}));
        QVERIFY(failsWith(Project::open(path, Access::ReadWrite), ErrorCode::NewerSchema, {"format 9"}));
    }

    void createNeedsAFolderThatTakesFiles()
    {
        const TestFolder folder;
        QVERIFY(failsWith(Project::create(folder.file("no/such/p.papilio")), ErrorCode::NotFound, {"p.papilio"}));
        QVERIFY(failsWith(Project::create(folder.file("folder/")), ErrorCode::BadInput));
        QVERIFY(failsWith(Project::create(""), ErrorCode::BadInput));
        QVERIFY(failsWith(Project::create(folder.path()), ErrorCode::Exists, {folder.path()}));
        writeFile(folder.file("file"), "x");
        QVERIFY(failsWith(Project::create(folder.file("file/p.papilio")), ErrorCode::NotFound, {"p.papilio"}));
        QVERIFY(failsWith(Project::create(folder.file(std::string(300, 'n'))), ErrorCode::BadInput));
        if (QFileInfo::exists(QStringLiteral("/proc/self"))) { // takes no files, not even root's
            QVERIFY(failsWith(Project::create("/proc/p.papilio"), ErrorCode::ReadOnly, {"/proc/p.papilio"}));
            QVERIFY(failsWith(Project::openOrCreate("/proc/p.papilio"), ErrorCode::ReadOnly));
        }
        QVERIFY(::symlink("/no/such/target", folder.file("link").c_str()) == 0);
        QVERIFY(failsWith(Project::create(folder.file("link")), ErrorCode::Exists));
        QCOMPARE(folder.names(), (QStringList{QStringLiteral("file"), QStringLiteral("link")}));
    }
};

QTEST_GUILESS_MAIN(StoreOpenTest)
#include "tst_store_open.moc"
