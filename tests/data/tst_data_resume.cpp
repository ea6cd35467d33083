// SPDX-License-Identifier: GPL-3.0-or-later
// Imports that are killed, stopped or cut off: the project stays whole, and going on ends where a straight import does.
#include <csignal>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

#include "core/random.h"
#include "data/pipeline.h"
#include "data/plan.h"
#include "data/search.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

/// Molecules that occur several times, broken ones, gaps, graph and node labels.
QByteArray bigTable(std::int64_t rows)
{
    QByteArray text("smiles,x,y,charge\n");
    Random random(3);
    for (std::int64_t i = 0; i < rows; ++i) {
        const int carbons = 1 + static_cast<int>(random.below(20));
        const int place = static_cast<int>(random.below(static_cast<std::uint64_t>(carbons)));
        const QByteArray smiles =
            QByteArray(place, 'C') + (i % 3 ? "N" : "O") + QByteArray(carbons - place, 'C') + (i % 50 == 7 ? "(" : "");
        QByteArray list;
        for (int k = 0; k <= carbons; ++k) {
            list += (k ? "," : "") + QByteArray::number(k + i % 10);
        }
        text += smiles + "," + (i % 4 ? QByteArray::number(random.uniform(), 'g', 10) : "") + "," +
                (i % 5 ? QByteArray::number(i % 2) : "") + ",\"[" + list + "]\"\n";
    }
    return text;
}

class CallbackControl : public Control
{
public:
    std::function<void(const Progress&)> onReport;
    std::atomic<bool> stop{false};
    void report(const Progress& progress) override
    {
        if (onReport) {
            onReport(progress);
        }
    }
    bool stopRequested() const override { return stop; }
};

/// Imports in a child that kills itself when 'deadlyRow' rows are done; true if it did.
bool importAndDie(const std::string& project, const std::string& file, std::int64_t deadlyRow, const ImportOptions& options = {})
{
    const pid_t child = fork();
    if (child == 0) {
        CallbackControl control;
        control.onReport = [&](const Progress& progress) {
            if (progress.unit == "rows" && progress.done >= deadlyRow) {
                kill(getpid(), SIGKILL);
            }
        };
        (void)importInto(project, {file}, options, &control);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/// Methane without end, for those who count how much of it is fetched.
class CountedRows : public RowSource
{
public:
    explicit CountedRows(std::atomic<std::int64_t>& count) : m_count(count) {}
    Result<bool> next(TableRow& row) override
    {
        row = {};
        row.row = m_count++;
        row.cells = {"C"};
        return row.row < 60'000;
    }

private:
    std::atomic<std::int64_t>& m_count;
};

std::int64_t rowsIn(const std::string& path, const char* dataset)
{
    auto project = store::Project::open(path, store::Access::ReadOnly);
    if (!ok(project)) {
        return -1;
    }
    store::Datasets datasets(*project);
    const auto record = datasets.byName(dataset);
    return record ? record->rows : 0;
}

} // namespace

class DataResumeTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    static constexpr std::int64_t longRows = 40'000; // several transactions
    std::string m_file, m_long;
    QString m_straight, m_longStraight; ///< what they become

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir().mkpath(QString::fromStdString(m_folder.path("old"))) && QDir().mkpath(QString::fromStdString(m_folder.path("cut"))));
        m_file = m_folder.write("big.csv.gz", gzipped(bigTable(8000)));
        const auto path = m_folder.path("straight.papilio");
        const auto report = importInto(path, {m_file});
        QVERIFY(ok(report));
        QCOMPARE(report->rows, 8000);
        QVERIFY(report->merged > 7000 && report->rejected == 160 && report->conflictingRows > 0);
        m_straight = contentOf(path);
        m_long = m_folder.write("long.csv.gz", gzipped(bigTable(longRows)));
        QVERIFY(ok(importInto(m_folder.path("long.papilio"), {m_long})));
        m_longStraight = contentOf(m_folder.path("long.papilio"));
    }

    void threadsDoNotMatter()
    {
        for (const int threads : {1, 5}) {
            const auto path = m_folder.path(threads == 1 ? "t1.papilio" : "t5.papilio");
            ImportOptions options;
            options.threads = threads;
            QVERIFY(ok(importInto(path, {m_file}, options)));
            QCOMPARE(contentOf(path), m_straight);
        }
    }

    /// What waits to be written is bounded, however many threads there are.
    void manyThreadsDoNotReadFarAhead()
    {
        Plan plan;
        plan.columnCount = 1;
        PipelineOptions options;
        options.threads = 64;
        options.source = options.encodings = false;
        std::atomic<std::int64_t> count{0};
        const Pipeline pipeline([&]() -> Result<std::unique_ptr<RowSource>> { return std::make_unique<CountedRows>(count); }, plan, options);
        QTRY_VERIFY_WITH_TIMEOUT(count >= 256 * 128, 120'000); // nobody takes the batches
        QTest::qWait(500);
        QVERIFY2(count <= 257 * 128, qPrintable(QString::number(count)));
    }

    /// A table of several transactions, so that each kill finds some of it written and some not.
    void killedImportGoesOn()
    {
        const auto path = m_folder.path("killed.papilio");
        std::int64_t before = 0;
        for (const std::int64_t deadly : {1, 18'000, 26'000}) { // at its beginning, then twice behind a transaction
            QVERIFY(importAndDie(path, m_long, deadly));
            const std::int64_t rows = rowsIn(path, "long");
            QVERIFY2(rows >= before, "an import that goes on must not lose rows");
            QVERIFY2(rows % 128 == 0 && rows < longRows, qPrintable(QString::number(rows)));
            before = rows;
        }
        QVERIFY2(before >= 16'000, qPrintable(QString::number(before)));
        const auto report = importInto(path, {m_long});
        QVERIFY(ok(report));
        QVERIFY(report->resumed);
        QCOMPARE(report->rows, longRows);
        QCOMPARE(contentOf(path), m_longStraight);
    }

    void killedAtAnyTime()
    {
        const auto path = m_folder.path("anytime.papilio");
        for (int round = 0; round < 6; ++round) {
            const pid_t child = fork();
            if (child == 0) {
                (void)importInto(path, {m_file});
                _exit(0);
            }
            usleep(static_cast<useconds_t>(20000 + 50000 * round));
            kill(child, SIGKILL);
            waitpid(child, nullptr, 0);
        }
        if (rowsIn(path, "big") < 8000) {
            QVERIFY(ok(importInto(path, {m_file})));
        }
        QCOMPARE(contentOf(path), m_straight);
    }

    void stopIsQuickAndGoesOn()
    {
        const auto path = m_folder.path("stopped.papilio");
        CallbackControl control;
        QElapsedTimer sinceStop;
        std::int64_t reports = 0;
        QElapsedTimer all;
        all.start();
        control.onReport = [&](const Progress& progress) {
            ++reports;
            if (progress.unit == "rows" && progress.done > 2000 && !control.stop) {
                sinceStop.start();
                control.stop = true;
            }
        };
        const auto stopped = importInto(path, {m_file}, {}, &control);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Stopped);
        QVERIFY2(sinceStop.elapsed() < 1000, qPrintable(QString::number(sinceStop.elapsed())));
        QVERIFY2(reports <= 12 + all.elapsed() / 100, "at most ten reports a second");
        QVERIFY(rowsIn(path, "big") > 2000);
        control.stop = false;
        control.onReport = nullptr;
        QVERIFY(ok(importInto(path, {m_file}, {}, &control)));
        QCOMPARE(contentOf(path), m_straight);
    }

    void anotherFileOrOtherOptionsDoNotMix()
    {
        const auto path = m_folder.path("mixed.papilio");
        QVERIFY(importAndDie(path, m_file, 2500));
        const auto other = m_folder.write("big.csv", bigTable(100)); // also becomes 'big'
        const auto mixed = importInto(path, {other});
        QVERIFY(!mixed && mixed.error().code == ErrorCode::Exists);
        QVERIFY2(says(mixed.error().text(), "another file") && says(mixed.error().text(), "--replace"),
                 mixed.error().text().c_str());
        ImportOptions options;
        options.columns.labelPatterns = "x";
        const auto options2 = importInto(path, {m_file}, options);
        QVERIFY(!options2 && says(options2.error().text(), "other options"));
        options = {};
        options.replace = true;
        QVERIFY(ok(importInto(path, {other}, options)));
        QCOMPARE(rowsIn(path, "big"), 100);
    }

    /// Until what exchanges a dataset is complete, the old one is there.
    void killedReplacementKeepsTheOld()
    {
        const auto path = m_folder.path("exchanged.papilio");
        const auto old = m_folder.write("old/long.csv", bigTable(100));
        QVERIFY(ok(importInto(path, {old})));
        ImportOptions replace;
        replace.replace = true;
        QVERIFY(importAndDie(path, m_long, 18'000, replace));
        QCOMPARE(rowsIn(path, "long"), 100);
        QVERIFY(rowsIn(path, "long (being replaced)") > 0);
        {
            auto project = store::Project::open(path, store::Access::ReadOnly);
            const store::Datasets datasets(*project);
            QCOMPARE(datasets.all()->size(), 1U); // nobody sees what grows
            QCOMPARE(datasets.allTasks()->size(), datasets.tasks(datasets.byName("long")->id)->size());
            SearchQuery query;
            query.text = "CCCCCCCCCCCCCCCCN";
            query.kind = SearchKind::Similar;
            query.least = 0;
            query.top = static_cast<int>(datasets.byName("long")->molecules); // all of the old one, though others are more similar
            int hits = 0;
            Control control;
            const auto found = search(*project, query, [&](std::vector<SearchHit>&& some) {
                hits += static_cast<int>(std::count_if(some.begin(), some.end(), [](const SearchHit& hit) { return hit.datasetName == "long"; }));
                return true;
            }, control);
            QVERIFY(ok(found));
            QCOMPARE(hits, query.top);
        }
        const auto without = importInto(path, {m_long});
        QVERIFY(!without && without.error().code == ErrorCode::Exists);
        CallbackControl control;
        control.onReport = [&](const Progress& progress) { control.stop = progress.unit == "rows" && progress.done >= 18'000; };
        const auto stopped = importInto(path, {m_long}, replace, &control);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Stopped);
        QVERIFY2(says(stopped.error().text(), "'long' stays as it was") && says(stopped.error().text(), "--replace"),
                 stopped.error().text().c_str());
        QCOMPARE(rowsIn(path, "long"), 100);
        const auto report = importInto(path, {m_long}, replace);
        QVERIFY(ok(report));
        QVERIFY(report->resumed);
        QCOMPARE(report->dataset, std::string("long"));
        QCOMPARE(contentOf(path), m_longStraight);
        // As if it had come in straight: its options are those of the call.
        auto project = store::Project::open(path, store::Access::ReadOnly);
        auto straight = store::Project::open(m_folder.path("long.papilio"), store::Access::ReadOnly);
        QCOMPARE(store::Datasets(*project).all()->size(), 1U);
        QCOMPARE(store::Datasets(*project).byName("long")->options, store::Datasets(*straight).byName("long")->options);
    }

    /// Another file starts over; one that is cut off leaves nothing.
    void damagedReplacementKeepsTheOld()
    {
        const auto path = m_folder.path("spared.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("old/long.csv", bigTable(100))})));
        const QString before = contentOf(path);
        ImportOptions replace;
        replace.replace = true;
        QVERIFY(importAndDie(path, m_long, 18'000, replace));
        const QByteArray whole = fileBytes(m_long);
        const auto cut = importInto(path, {m_folder.write("cut/long.csv.gz", whole.left(whole.size() / 2))}, replace);
        QVERIFY(!cut && cut.error().code == ErrorCode::Damaged);
        QVERIFY2(says(cut.error().text(), "'long' stays as it was"), cut.error().text().c_str());
        QCOMPARE(contentOf(path), before);
    }

    /// The old dataset was removed while the new one was unfinished.
    void killedReplacementGoesOnWithoutTheOld()
    {
        const auto path = m_folder.path("alone.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("old/long.csv", bigTable(100))})));
        ImportOptions replace;
        replace.replace = true;
        QVERIFY(importAndDie(path, m_long, 18'000, replace));
        {
            auto project = store::Project::openOrCreate(path);
            store::Datasets datasets(*project);
            QVERIFY(ok(datasets.remove(datasets.byName("long")->id)));
        }
        const auto report = importInto(path, {m_long});
        QVERIFY(ok(report));
        QVERIFY(report->resumed);
        QCOMPARE(contentOf(path), m_longStraight);
    }

    /// An unfinished one that cannot be gone on with is begun anew where it is to be replaced.
    void uselessRestIsBegunAnew()
    {
        const auto path = m_folder.path("rest.papilio");
        QVERIFY(importAndDie(path, m_long, 18'000));
        const auto spoil = [&](const char* name) {
            auto project = store::Project::openOrCreate(path);
            store::Datasets datasets(*project);
            store::DatasetRecord record = *datasets.byName(name);
            record.importState = "{}";
            return ok(datasets.update(record));
        };
        QVERIFY(spoil("long"));
        const auto refused = importInto(path, {m_long});
        QVERIFY(!refused && refused.error().code == ErrorCode::Damaged);
        ImportOptions replace;
        replace.replace = true;
        QVERIFY(importAndDie(path, m_long, 18'000, replace));
        QVERIFY(ok(importInto(path, {m_long})));
        QCOMPARE(rowsIn(path, "long"), longRows);
        QVERIFY(importAndDie(path, m_long, 18'000, replace));
        QVERIFY(spoil("long (being replaced)"));
        const auto report = importInto(path, {m_long}, replace);
        QVERIFY(ok(report));
        QVERIFY(!report->resumed);
        QCOMPARE(report->rows, longRows);
    }

    /// A dataset of somebody's own that has the name of what grows is not touched.
    void nameOfAReplacementIsTaken()
    {
        const auto path = m_folder.path("taken.papilio");
        const auto small = m_folder.write("old/big.csv", bigTable(100));
        QVERIFY(ok(importInto(path, {small})));
        ImportOptions options;
        options.dataset = "big (being replaced)";
        QVERIFY(ok(importInto(path, {small}, options)));
        const QString before = contentOf(path);
        options.dataset.clear();
        options.replace = true;
        const auto taken = importInto(path, {m_file}, options);
        QVERIFY(!taken && taken.error().code == ErrorCode::Exists);
        QCOMPARE(contentOf(path), before);
    }

    /// Of several tables one is complete from an earlier call: the same call goes on, one with other options does not.
    void otherOptionsForACompleteTableAreRefused()
    {
        const auto path = m_folder.path("several.papilio");
        const auto first = m_folder.write("first.csv", "smiles,x,y\nCCO,1.5,2\nCCN,2.5,3\n");
        const auto second = m_folder.write("second.csv", "smiles,x,y\nCCC,1.5,2\n");
        QVERIFY(ok(importInto(path, {first})));
        ImportOptions options;
        options.columns.labelPatterns = "x";
        const auto other = importInto(path, {first, second}, options);
        QVERIFY(!other && other.error().code == ErrorCode::Exists);
        QVERIFY2(says(other.error().text(), "'first'") && says(other.error().text(), "other options") &&
                     says(other.error().text(), "--replace"),
                 other.error().text().c_str());
        QCOMPARE(rowsIn(path, "second"), 0); // nothing was begun
        QVERIFY(ok(importInto(path, {first, second})));
        QCOMPARE(rowsIn(path, "second"), 1);
        options.replace = true;
        QVERIFY(ok(importInto(path, {first, second}, options)));
    }

    /// What stands before the cut is kept, the dataset is marked, and the message says where.
    void cutOffFile()
    {
        const auto path = m_folder.path("cut.papilio");
        const auto keep = m_folder.write("keep.csv", "smiles,z\nCCO,1.5\n");
        QVERIFY(ok(importInto(path, {keep})));
        const QByteArray whole = fileBytes(m_file);
        const auto cut = m_folder.write("cut.csv.gz", whole.left(whole.size() / 2));
        for (int round = 0; round < 2; ++round) { // the second time it goes on, to the same end
            const auto report = importInto(path, {cut});
            QVERIFY(!report && report.error().code == ErrorCode::Damaged);
            const std::int64_t rows = rowsIn(path, "cut");
            QVERIFY(rows > 2500 && rows < 5500);
            const std::string text = report.error().text();
            QVERIFY2(says(text, "cut.csv.gz") && says(text, "cut off") &&
                         says(text, "first " + std::to_string(rows) + " rows") &&
                         says(text, "'cut' is marked as incomplete") && says(text, "--replace"),
                     text.c_str());
        }
        auto project = store::Project::open(path, store::Access::ReadOnly);
        store::Datasets datasets(*project);
        QVERIFY(!datasets.byName("cut")->complete);
        QVERIFY(datasets.byName("keep")->complete);
        m_folder.write("cut.csv.gz", whole);
        QCOMPARE(importInto(path, {cut}).error().code, ErrorCode::Exists);
        ImportOptions replace;
        replace.replace = true;
        QVERIFY(ok(importInto(path, {cut}, replace)));
        QCOMPARE(rowsIn(path, "cut"), 8000);
        const auto preview = previewFile(m_folder.write("tiny.csv.gz", whole.left(200)));
        QVERIFY(!preview && preview.error().code == ErrorCode::Damaged);
    }

    /// Random cuts and flipped bytes, plain and packed: an import ends well or with an error, and the project opens.
    void damagedFilesLeaveTheProjectWhole()
    {
        const QByteArray plain = bigTable(300);
        const QByteArray packed = gzipped(plain);
        Random random(11);
        for (int round = 0; round < 60; ++round) {
            QByteArray bytes = round % 2 ? packed : plain;
            bytes.truncate(1 + static_cast<qsizetype>(random.below(std::uint64_t(bytes.size()))));
            if (round % 3 == 0) {
                bytes[static_cast<qsizetype>(random.below(std::uint64_t(bytes.size())))] =
                    static_cast<char>(random.next());
            }
            const auto path = m_folder.path("fuzz.papilio");
            ImportOptions options;
            options.dataset = std::string("f").append(std::to_string(round));
            const auto report = importInto(path, {m_folder.write("fuzz.csv", bytes)}, options);
            QVERIFY(report || !report.error().message.empty());
            QVERIFY(report || report.error().code != ErrorCode::Internal);
        }
        QVERIFY(ok(store::Project::open(m_folder.path("fuzz.papilio"), store::Access::ReadOnly)));
    }

    void readOnlyProject()
    {
        const auto path = m_folder.path("ro.papilio");
        QVERIFY(ok(store::Project::create(path)));
        auto project = store::Project::open(path, store::Access::ReadOnly);
        Control control;
        QCOMPARE(importFiles(*project, {m_file}, {}, control).error().code, ErrorCode::ReadOnly);
    }
};

QTEST_GUILESS_MAIN(DataResumeTest)
#include "tst_data_resume.moc"
