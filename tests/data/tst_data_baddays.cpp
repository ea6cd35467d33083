// SPDX-License-Identifier: GPL-3.0-or-later
// Bad days of a whole import: killed at random moments, no space left, a second program that writes, a medium that
// cannot be written, pages that are damaged. The project opens or says what is wrong, what was confirmed stays, and the
// import can be finished with the same result as an undisturbed one.
#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/random.h"
#include "data/indexing.h"
#include "store/search.h"
#include "store/source.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

/// Rings, chains, stereo, salts; molecules that come again, broken rows, gaps, labels of atoms, names.
QByteArray table(int rows, int seed = 5)
{
    static const char* const pieces[] = {"CC", "c1ccccc1", "C(=O)N", "OC", "N1CCOCC1", "C#N", "F", "[C@H](C)O"};
    QByteArray text("id,smiles,x,active,charge\n");
    Random random(static_cast<std::uint64_t>(seed));
    for (int i = 0; i < rows; ++i) {
        QByteArray smiles("C");
        for (std::uint64_t k = random.below(4); k > 0; --k) {
            smiles += pieces[random.below(8)];
        }
        smiles += i % 40 == 7 ? "(" : i % 25 == 3 ? ".Cl" : "";
        text += "M" + QByteArray::number(i) + "," + smiles + "," +
                (i % 4 ? QByteArray::number(random.uniform(), 'g', 9) : "") + "," +
                (i % 5 ? QByteArray::number(i % 2) : "") + ",\"[1,2,3]\"\n";
    }
    return text;
}

/// Runs 'work' in a process of its own and gives its exit status, as waitpid() does.
int inChild(const std::function<int()>& work)
{
    const pid_t child = fork();
    if (child == 0) {
        _exit(work());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

bool endedWith(int status, int code)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == code;
}

/// Every table but for times, and with the rows of the input and their names one by one: how they lie in chunks depends
/// on when they were committed.
QMap<QString, QByteArray> dump(const std::string& path)
{
    static const QStringList volatileTables = {QStringLiteral("source_chunks"), QStringLiteral("name_chunks"),
                                               QStringLiteral("sqlite_sequence"), QStringLiteral("meta")};
    QMap<QString, QByteArray> tables;
    auto project = store::Project::open(path, store::Access::ReadOnly);
    if (!ok(project)) {
        return tables;
    }
    SQLite::Database& database = project->database();
    std::vector<std::string> names;
    SQLite::Statement list(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    while (list.executeStep()) {
        names.push_back(list.getColumn(0).getString());
    }
    for (const std::string& name : names) {
        const QString table = QString::fromStdString(name);
        if (volatileTables.contains(table)) {
            continue;
        }
        QByteArrayList lines;
        SQLite::Statement rows(database, "SELECT * FROM \"" + name + "\"");
        while (rows.executeStep()) {
            QByteArray text;
            for (int i = 0; i < rows.getColumnCount(); ++i) {
                const std::string column = rows.getColumnName(i);
                if (column != "created" && column != "state") { // times, and what depends on them
                    const auto value = rows.getColumn(i);
                    text += QByteArray(static_cast<const char*>(value.getBlob()), value.getBytes()).toHex() + '|';
                }
            }
            lines.append(text);
        }
        std::sort(lines.begin(), lines.end());
        tables[table] = lines.join('\n');
    }
    const auto datasets = store::Datasets(*project).all();
    for (const auto& dataset : *datasets) {
        QByteArray& text = tables[QStringLiteral("source ") + QString::fromStdString(dataset.name)];
        (void)store::SourceRows(*project).each(dataset.id, [&](std::int64_t row, const auto& cells) {
            text += QByteArray::number(static_cast<qlonglong>(row));
            for (const std::string& cell : cells) {
                text += '|' + QByteArray::fromStdString(cell);
            }
            text += '\n';
            return true;
        });
        const store::NameIndex index(*project);
        for (std::int64_t row = 0; row < dataset.rows; ++row) {
            const auto hits = index.ofRow(dataset.id, row);
            for (const store::NameHit& hit : hits ? *hits : std::vector<store::NameHit>()) {
                text += QByteArray::number(static_cast<qlonglong>(hit.row)) + ' ' + QByteArray::fromStdString(hit.column) +
                        '=' + QByteArray::fromStdString(hit.text) + '\n';
            }
        }
    }
    return tables;
}

void compareDumps(const std::string& path, const QMap<QString, QByteArray>& expected)
{
    const auto found = dump(path);
    QCOMPARE(found.keys(), expected.keys());
    QStringList different;
    for (auto entry = expected.begin(); entry != expected.end(); ++entry) {
        if (found[entry.key()] != entry.value()) {
            different.append(entry.key());
        }
    }
    QVERIFY2(different.isEmpty(), qPrintable(different.join(QStringLiteral(", "))));
}

struct State {
    bool opens = false;
    std::int64_t rows = -1;
    bool whole = false;
    bool complete = false;
};

State stateOf(const std::string& path, const std::string& dataset)
{
    State state;
    auto project = store::Project::open(path, store::Access::ReadWrite);
    state.opens = ok(project);
    if (state.opens) {
        store::Datasets datasets(*project);
        const auto record = datasets.byName(dataset);
        state.rows = record ? record->rows : 0;
        state.complete = record && record->complete;
        state.whole = project->database().execAndGet("PRAGMA integrity_check").getString() == "ok" &&
                      (!record || datasets.rowCount(record->id, {}).value_or(-1) == record->rows);
    }
    return state;
}

/// 0 done, 1 an error whose text and code are as a full disk's, 2 another error.
int importOnFullDisk(const std::string& project, const std::string& file)
{
    const auto report = importInto(project, {file});
    if (report) {
        return 0;
    }
    const Error& error = report.error();
    const bool good = error.code == ErrorCode::Io && error.message.find(project) != std::string::npos &&
                      error.text().find("space") != std::string::npos;
    if (!good) {
        qWarning("%s: %s", std::string(errorCodeName(error.code)).c_str(), error.text().c_str());
    }
    return good ? 1 : 2;
}

/// Reads all that there is; every error must be said in words and name the project.
int readEverything(const std::string& path)
{
    const auto fine = [&](const auto& result) {
        return result.has_value() ||
               (!result.error().message.empty() && result.error().code != ErrorCode::Internal &&
                result.error().message.find(path) != std::string::npos);
    };
    auto project = store::Project::open(path, store::Access::ReadOnly);
    if (!project) {
        return fine(project) ? 1 : 2;
    }
    store::Datasets datasets(*project);
    const auto all = datasets.all();
    bool good = fine(all);
    good = good && fine(datasets.allTasks());
    good = good && fine(store::Molecules(*project).count());
    good = good && fine(store::Molecules(*project).idOf("CCO"));
    good = good && fine(store::Molecules(*project).each([](const store::MoleculeRecord&) { return true; }));
    if (all) {
        for (const auto& dataset : *all) {
            good = good && fine(datasets.rows(dataset.id, std::nullopt, [](const store::RowRecord&) { return true; }));
            good = good && fine(datasets.rowPage(dataset.id, store::RowStatus::Rejected, 0, 20));
            good = good && fine(store::Labels(*project).each(dataset.id, [](auto, const auto&) { return true; }));
            good = good && fine(store::SourceRows(*project).each(dataset.id, [](auto, const auto&) { return true; }));
        }
    }
    return good ? 0 : 2;
}

} // namespace

class DataBadDaysTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    std::string m_file;
    QMap<QString, QByteArray> m_straight;
    qint64 m_straightMs = 0;
    rlim_t m_straightBytes = 0; ///< size of the project that was made without any trouble

    /// The same import again; where all rows were there already, what is derived from them.
    void finish(const std::string& path) const
    {
        const auto last = importInto(path, {m_file});
        QVERIFY(last || last.error().code == ErrorCode::Exists);
        auto project = store::Project::open(path, store::Access::ReadWrite);
        Control control;
        QVERIFY(ok(project) && ok(updateIndex(*project, 0, control)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_file = m_folder.write("rows.csv", table(9000));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(ok(importInto(m_folder.path("straight.papilio"), {m_file})));
        m_straightMs = timer.elapsed();
        m_straightBytes = static_cast<rlim_t>(QFileInfo(QString::fromStdString(m_folder.path("straight.papilio"))).size());
        m_straight = dump(m_folder.path("straight.papilio"));
        QVERIFY(m_straight.contains(QStringLiteral("labels")) && m_straight.size() > 10);
    }

    void killedAtRandomMoments()
    {
        Random random(17);
        int kills = 0, midway = 0;
        for (int import = 0; import < 5; ++import) {
            const auto path = m_folder.path(("killed" + std::to_string(import) + ".papilio").c_str());
            std::int64_t before = 0;
            for (int round = 0; round < 10; ++round) {
                const pid_t child = fork();
                if (child == 0) {
                    (void)importInto(path, {m_file});
                    _exit(0);
                }
                usleep(static_cast<useconds_t>(random.below(static_cast<std::uint64_t>(m_straightMs) * 500)));
                kill(child, SIGKILL);
                int status = 0;
                waitpid(child, &status, 0);
                if (!QFile::exists(QString::fromStdString(path))) {
                    continue; // before it was made: nothing half made is there under its name
                }
                kills += WIFSIGNALED(status);
                const State state = stateOf(path, "rows");
                QVERIFY2(state.opens && state.whole, "a killed import leaves a whole project");
                QVERIFY2(state.rows >= before, "rows that were there are still there");
                midway += state.rows > 0 && state.rows < 9000;
                before = state.rows;
                if (state.complete) {
                    break;
                }
            }
            finish(path);
            compareDumps(path, m_straight);
        }
        qInfo("%d kills, %d of them between the first and the last row", kills, midway);
        QVERIFY(kills >= 10);
    }

    void noSpaceLeft()
    {
        // What a process may write to a file is bounded, so that writes fail in the middle of pages and commits.
        for (const rlim_t bytes : {rlim_t{20'000}, rlim_t{200'000}, m_straightBytes / 3, m_straightBytes / 2}) {
            // (A log that fits is enough: what is in it is in the project, though the file itself could not grow.)
            const auto path = m_folder.path(("full" + std::to_string(bytes) + ".papilio").c_str());
            const int status = inChild([&] {
                signal(SIGXFSZ, SIG_IGN);
                const rlimit limit{bytes, bytes};
                setrlimit(RLIMIT_FSIZE, &limit);
                return importOnFullDisk(path, m_file);
            });
            QVERIFY2(endedWith(status, 1), qPrintable(QStringLiteral("%1 bytes: status %2").arg(bytes).arg(status)));
            if (QFile::exists(QString::fromStdString(path))) {
                const State state = stateOf(path, "rows");
                QVERIFY(state.opens && state.whole);
            }
            QVERIFY(ok(importInto(path, {m_file})));
            compareDumps(path, m_straight);
        }
    }

    void fullFileSystem()
    {
        const std::string mountPoint = m_folder.path("small");
        QVERIFY(QDir().mkpath(QString::fromStdString(mountPoint)));
        const std::string size = "size=" + std::to_string(m_straightBytes * 4 / 5);
        if (mount("none", mountPoint.c_str(), "tmpfs", 0, size.c_str()) != 0) {
            QSKIP("no small file system can be mounted here (needs root)");
        }
        const auto path = mountPoint + "/p.papilio";
        const int status = inChild([&] { return importOnFullDisk(path, m_file); });
        const State state = QFile::exists(QString::fromStdString(path)) ? stateOf(path, "rows") : State{true, 0, true, false};
        const bool grown = mount("none", mountPoint.c_str(), "tmpfs", MS_REMOUNT, "size=200m") == 0;
        const auto finished = importInto(path, {m_file});
        const auto content = finished ? dump(path) : QMap<QString, QByteArray>();
        QCOMPARE(umount2(mountPoint.c_str(), MNT_DETACH), 0);
        QVERIFY2(endedWith(status, 1), qPrintable(QString::number(status)));
        QVERIFY(state.opens && state.whole && grown);
        QVERIFY(ok(finished));
        QVERIFY(content == m_straight);
    }

    void aSecondProgramWrites()
    {
        const auto other = m_folder.write("other.csv", table(3000, 9));
        const auto path = m_folder.path("two.papilio");
        QVERIFY(ok(store::Project::create(path)));
        const pid_t child = fork();
        if (child == 0) {
            _exit(importInto(path, {other}) ? 0 : 1);
        }
        const auto mine = importInto(path, {m_file});
        int status = 0;
        waitpid(child, &status, 0);
        QVERIFY(ok(mine));
        QVERIFY(endedWith(status, 0));
        QCOMPARE(mine->rows, 9000);
        QVERIFY(stateOf(path, "rows").whole && stateOf(path, "other").whole);
        QCOMPARE(stateOf(path, "other").rows, 3000);
        // Both at once into the same dataset: one of them goes on, the other says why not; never both.
        const auto same = m_folder.path("same.papilio");
        QVERIFY(ok(store::Project::create(same)));
        const pid_t second = fork();
        if (second == 0) {
            const auto report = importInto(same, {m_file});
            _exit(report || !report.error().message.empty() ? 0 : 1);
        }
        const auto first = importInto(same, {m_file});
        waitpid(second, &status, 0);
        QVERIFY(endedWith(status, 0));
        QVERIFY(first || !first.error().message.empty());
        QVERIFY(stateOf(same, "rows").whole);
        finish(same);
        compareDumps(same, m_straight);
    }

    void aMediumThatCannotBeWritten()
    {
        const std::string folder = m_folder.path("medium");
        QVERIFY(QDir().mkpath(QString::fromStdString(folder)));
        const auto path = folder + "/p.papilio";
        QVERIFY(ok(importInto(path, {m_file})));
        QVERIFY(chmod(path.c_str(), 0444) == 0 && chmod(folder.c_str(), 0555) == 0);
        chmod(QFileInfo(QString::fromStdString(folder)).path().toLocal8Bit().constData(), 0755);
        const int status = inChild([&] {
            if (geteuid() == 0 && (setegid(65534) != 0 || seteuid(65534) != 0)) {
                return 9;
            }
            const auto report = importInto(path, {m_file});
            return !report && report.error().code == ErrorCode::ReadOnly && readEverything(path) == 0 ? 0 : 1;
        });
        chmod(folder.c_str(), 0755);
        if (endedWith(status, 9)) {
            QSKIP("runs as root and cannot become anybody else here");
        }
        QVERIFY2(endedWith(status, 0), qPrintable(QString::number(status)));
    }

    void damagedPages()
    {
        const auto path = m_folder.path("small.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("small.csv", table(600))})));
        const QByteArray whole = fileBytes(path);
        const qsizetype pages = whole.size() / 8192;
        Random random(23);
        int said = 0, silent = 0;
        for (qsizetype page = 0; page < pages; page += std::max<qsizetype>(1, pages / 160)) {
            QByteArray bytes = whole;
            for (int i = 0; i < 8; ++i) { // near the head of the page, where its structure is, and anywhere
                const auto within = static_cast<qsizetype>(random.below(i % 2 == 0 ? 100 : 8192));
                bytes[page * 8192 + within] = static_cast<char>(random.next());
            }
            const auto damaged = m_folder.write("damaged.papilio", bytes);
            const int status = inChild([&] {
                alarm(60);
                return readEverything(damaged);
            });
            QVERIFY2(endedWith(status, 0) || endedWith(status, 1),
                     qPrintable(QStringLiteral("page %1: status %2").arg(page).arg(status)));
            (endedWith(status, 1) ? said : silent) += 1;
            const auto again = m_folder.write("damaged.papilio", bytes);
            QFile::remove(QString::fromStdString(again + "-wal"));
            if (page % 4 != 0) {
                continue;
            }
            const int writing = inChild([&] {
                alarm(60);
                const auto report = importInto(again, {m_file});
                return report || (!report.error().message.empty() && report.error().code != ErrorCode::Internal) ? 0 : 2;
            });
            QVERIFY2(endedWith(writing, 0),
                     qPrintable(QStringLiteral("writing, page %1: status %2").arg(page).arg(writing)));
        }
        qInfo("%d damaged copies do not open, %d open", said, silent);
    }
};

QTEST_GUILESS_MAIN(DataBadDaysTest)
#include "tst_data_baddays.moc"
