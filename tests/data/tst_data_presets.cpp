// SPDX-License-Identifier: GPL-3.0-or-later
// The data sets of the field: all presets read, are consistent, find their files, and agree with the real tables.
#include <set>

#include <QTemporaryDir>
#include <QtTest>

#include "chem/runtime.h"
#include "data/archive.h"
#include "data/facts.h"
#include "data/plan.h"
#include "data/presetfiles.h"
#include "data/presettexts.h"
#include "core/hash.h"
#include "datatest.h"
#include "httpserver.h"
#include "tests/nn/foreignfiles.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::data;

namespace
{
const DatasetPreset& presetOf(const char* name)
{
    static std::vector<DatasetPreset> kept;
    kept.reserve(500);
    auto preset = datasetPreset(name);
    kept.push_back(preset ? *preset : DatasetPreset());
    return kept.back();
}

ImportOptions optionsOf(const DatasetPreset& preset, const PresetTable& table)
{
    ImportOptions options;
    options.dataset = preset.dataset;
    options.columns.smilesColumn = table.smiles;
    options.columns.labelPatterns = table.labels;
    options.columns.level = preset.level;
    options.columns.kind = table.transforms.empty() ? preset.kind : std::nullopt;
    options.columns.transforms = table.transforms;
    options.columns.units = table.units;
    return options;
}

QByteArray zipOf(const QMap<QString, QByteArray>& files, bool stored)
{
    std::vector<foreign::Member> members;
    for (auto it = files.begin(); it != files.end(); ++it) {
        members.push_back({it.key().toStdString(), it.value().toStdString(), !stored});
    }
    return QByteArray::fromStdString(foreign::zip(members));
}
} // namespace

class TestPresets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allRead();
    void groupsAreComplete();
    void publishedSplits();
    void unknownNames();
    void badPresets_data();
    void badPresets();
    void filesAreFound();
    void pathsStayInside();
    void toymixFromFolder();
    void tablesAgree_data();
    void tablesAgree();
    void tdcTablesAgree();
    void zipUnpacked_data();
    void zipUnpacked();
    void zipLeavesFolder();
    void zipIsDamaged();
    void downloadedAndUnpacked();
    void nextAddress();
};

void TestPresets::allRead()
{
    QCOMPARE(datasetPresets().size(), datasetPresetTexts().size());
    QVERIFY(datasetPresets().size() > 50);
    std::set<std::string> names;
    for (const PresetText& text : datasetPresetTexts()) {
        const auto preset = presetFromJson(text.json, text.name);
        QVERIFY2(ok(preset), text.name);
        QCOMPARE(preset->name, std::string(text.name)); // one a file, called like it
        QVERIFY(names.insert(preset->name).second);
        QVERIFY2(!preset->summary.empty() && !preset->citation.empty(), text.name);
        if (!preset->isGroup() && !preset->isModel() && preset->obstacle.empty()) {
            QVERIFY2(preset->level && preset->tasks > 0, text.name);
            QVERIFY2(!preset->downloads.empty(), text.name);
        }
        std::int64_t sum = 0;
        for (const auto& [part, size] : preset->split.sizes) {
            sum += size;
        }
        if (sum > 0) {
            QCOMPARE(sum, preset->molecules); // the parts are the whole set
        }
        for (const PresetTable& table : preset->tables) {
            for (const LabelTransform& transform : table.transforms) {
                QCOMPARE(transform.classCount(), 3);
            }
        }
    }
}

void TestPresets::groupsAreComplete()
{
    for (const auto& [name, count] : {std::pair("toymix", 3), std::pair("largemix", 5), std::pair("ultralarge", 2),
                                      std::pair("tdc_admet", 22)}) {
        const auto group = datasetPreset(name);
        QVERIFY(ok(group));
        QCOMPARE(static_cast<int>(papilio::data::membersOf(*group).size()), count);
    }
    std::int64_t tasks = 0; // graph and atom level of LargeMix
    for (const DatasetPreset& member : papilio::data::membersOf(*datasetPreset("largemix"))) {
        tasks += member.tasks;
    }
    QCOMPARE(tasks, std::int64_t(978 + 978 + 1328 + 25 + 4));
    QVERIFY(presetOf("pcqm4m_n4").level == Level::Node);
    QCOMPARE(presetOf("pcqm4m_n4").folder, presetOf("pcqm4m_g25").folder); // one download
    std::set<std::string> order; // groups come before their members
    for (const DatasetPreset& preset : datasetPresets()) {
        for (const std::string& member : preset.members) {
            QVERIFY(!order.contains(member));
        }
        order.insert(preset.name);
    }
}

void TestPresets::publishedSplits()
{
    const DatasetPreset& vcap = presetOf("l1000_vcap");
    QCOMPARE(vcap.split.parts.size(), std::size_t(4));
    QCOMPARE(vcap.split.parts[3].first, std::string("test_seen"));
    QCOMPARE(presetOf("pcqm4mv2").split.parts[1].second, std::string("valid"));
    QCOMPARE(presetOf("bace").split.column, std::string("Model"));
}

void TestPresets::unknownNames()
{
    QCOMPARE(datasetPreset("QM9")->name, std::string("qm9"));
    QCOMPARE(datasetPreset("zinc")->name, std::string("zinc12k")); // as the published configurations call it
    const auto wrong = datasetPreset("tox12");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, ErrorCode::NotFound);
    QVERIFY(wrong.error().hint.find("tox21") != std::string::npos);
}

void TestPresets::badPresets_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto with = [](const char* more) -> QByteArray {
        return QByteArray(R"({"schema":1,"name":"x","title":"X","collection":"C")") + more + "}";
    };
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("other schema") << QByteArray(R"({"schema":2})");
    QTest::newRow("unknown key") << with(R"(,"tabels":[])");
    QTest::newRow("nothing to import") << with("");
    QTest::newRow("a name that leaves its folder") << with(R"(,"tables":[{"files":["../x"],"smiles":"s"}])");
    QTest::newRow("an absolute name") << with(R"(,"tables":[{"files":["/etc/passwd"],"smiles":"s"}])");
    QTest::newRow("a folder above") << with(R"(,"folder":"..","members":["a"])");
    QTest::newRow("a download with a folder")
        << with(R"(,"members":["a"],"downloads":[[{"name":"a/b","url":"https://x/y"}]])");
    QTest::newRow("a file address") << with(R"(,"members":["a"],"downloads":[[{"name":"a","url":"file:///etc/passwd"}]])");
    QTest::newRow("a short checksum")
        << with(R"(,"members":["a"],"downloads":[[{"name":"a","url":"https://x/y","md5":"12"}]])");
    QTest::newRow("a negative size") << with(R"(,"members":["a"],"molecules":-1)");
    QTest::newRow("normalisation that no training begins with") << with(R"(,"members":["a"],"normalisation":"unit")");
    QTest::newRow("unknown kind") << with(R"(,"members":["a"],"kind":"fuzzy")");
    QTest::newRow("two kinds of split") << with(R"(,"members":["a"],"split":{"file":"a","column":"b"})");
    QTest::newRow("bad classes") << with(R"(,"tables":[{"files":["a"],"smiles":"s","classes":["x:0,2"]}])");
}

void TestPresets::badPresets()
{
    QFETCH(QByteArray, json);
    const auto preset = presetFromJson(json.toStdString(), "x.json");
    QVERIFY(!preset);
    QCOMPARE(preset.error().code, ErrorCode::BadInput);
    QVERIFY(preset.error().message.find("x.json") != std::string::npos);
}

void TestPresets::filesAreFound()
{
    TestFolder folder;
    const QString root = QString::fromStdString(folder.path(""));
    QVERIFY(QDir().mkpath(root + QStringLiteral("/deep/ames")));
    QVERIFY(QDir().mkpath(root + QStringLiteral("/other")));
    folder.write("deep/ames/train_val.csv", "x");
    folder.write("other/test.csv", "x"); // not that of Ames
    auto ames = findPresetFiles(presetOf("tdc_ames"), folder.path(""));
    QVERIFY(ok(ames));
    QVERIFY(!ames->isUsable(presetOf("tdc_ames")));
    QCOMPARE(ames->missing, std::vector<std::string>{"ames/test.csv"});
    folder.write("deep/ames/test.csv.gz", "x"); // packed, although it is published plain
    ames = findPresetFiles(presetOf("tdc_ames"), folder.path(""));
    QCOMPARE(ames->form, 0);
    QCOMPARE(ames->tableFiles.size(), std::size_t(2));
    QVERIFY(ames->tableFiles[0].ends_with("ames/train_val.csv")); // training rows come first

    folder.write("pm6_processed_02.parquet", "x"); // shards in order, with the split file
    folder.write("pm6_processed_01.parquet", "x");
    auto pm6 = findPresetFiles(presetOf("pm6_83m_g62"), folder.path(""));
    QCOMPARE(pm6->tableFiles.size(), std::size_t(2));
    QVERIFY(pm6->tableFiles[0].ends_with("_01.parquet"));
    QCOMPARE(pm6->missing, std::vector<std::string>{"pm6_random_splits.pt"});
    folder.write("pm6_random_splits.pt", "x");
    QVERIFY(findPresetFiles(presetOf("pm6_83m_g62"), folder.path(""))->missing.empty());

    folder.write("LINCS_L1000_VCAP_0-2_th2.csv.gz", "x"); // the second form
    QCOMPARE(findPresetFiles(presetOf("l1000_vcap"), folder.path(""))->form, 1);
    QCOMPARE(findPresetFiles(presetOf("qm9"), folder.path("nowhere")).error().code, ErrorCode::NotFound);
}

void TestPresets::pathsStayInside()
{
    const std::string folder = presetFolder(presetOf("tdc_ames"), "/data");
    QCOMPARE(folder, std::string("/data/tdc_admet"));
    for (const DatasetPreset& preset : datasetPresets()) {
        const std::string path = presetFolder(preset, "/data");
        QVERIFY(path.starts_with("/data/") && path.find("..") == std::string::npos);
    }
}

void TestPresets::toymixFromFolder()
{
    PAPILIO_TEST_FILE(tiny, "toymix_tiny/qm9.csv.gz");
    PAPILIO_TEST_FILE(tox, "toymix/Tox21-7k-12-labels.csv.gz");
    TestFolder folder;
    for (const DatasetPreset& member : papilio::data::membersOf(*datasetPreset("toymix"))) {
        const auto files = findPresetFiles(member, QFileInfo(tiny).path().toStdString());
        QVERIFY(ok(files));
        QVERIFY(files->missing.empty() && !files->splitFile.empty());
        const auto report = importInto(folder.path("tiny.papilio"), files->tableFiles, optionsOf(member, member.tables[0]));
        QVERIFY(ok(report));
        QCOMPARE(report->rows, std::int64_t(20));
        QCOMPARE(report->rejected, std::int64_t(0));
    }
    auto project = store::Project::open(folder.path("tiny.papilio"), store::Access::ReadOnly);
    QVERIFY(ok(project));
    const auto tasks = store::Datasets(*project).allTasks();
    QCOMPARE(tasks->size(), std::size_t(19 + 12 + 3)); // the row number without a name is no task
    for (const store::TaskRecord& task : *tasks) {
        if (task.task.name == "mu") {
            QCOMPARE(task.task.unit, std::string("D"));
        }
    }
    // The whole of Tox21: the counts of the data's own statistics.
    const DatasetPreset& preset = presetOf("tox21");
    const auto files = findPresetFiles(preset, QFileInfo(tox).path().toStdString());
    QVERIFY(ok(files));
    QCOMPARE(files->missing, std::vector<std::string>{"Tox21_random_splits.pt"});
    const auto report = importInto(folder.path("tox.papilio"), files->tableFiles, optionsOf(preset, preset.tables[0]));
    QVERIFY(ok(report));
    QCOMPARE(report->rows, preset.molecules);
    // RDKit of 2024 and later refuses eight of them (six-valent aluminium).
    QCOMPARE(report->molecules, std::int64_t(chem::rdkitVersion() >= "2024" ? 7823 : 7831));
}

void TestPresets::tablesAgree_data()
{
    QTest::addColumn<QByteArray>("preset");
    QTest::addColumn<QString>("folder");
    for (const auto& [preset, folder] : {std::pair("qm9", "toymix"), std::pair("zinc12k", "toymix"), std::pair("esol", "downstream"),
                                         std::pair("freesolv", "downstream"), std::pair("lipophilicity", "downstream"),
                                         std::pair("bbbp", "downstream"), std::pair("bace", "downstream"), std::pair("qm8", "downstream"),
                                         std::pair("toxcast", "sparse"), std::pair("zinc250k", "scale")}) {
        QTest::newRow(preset) << QByteArray(preset) << QString::fromUtf8(folder);
    }
}

/// Columns, kinds, units and counts of a preset hold in the real table, in one pass without importing.
void TestPresets::tablesAgree()
{
    QFETCH(QByteArray, preset);
    QFETCH(QString, folder);
    const QString path = testDataFolder() + u'/' + folder;
    if (!QFileInfo::exists(path)) {
        QSKIP("test data not here");
    }
    const DatasetPreset& known = presetOf(preset.constData());
    const auto files = findPresetFiles(known, path.toStdString());
    QVERIFY(ok(files));
    QVERIFY(files->isUsable(known));
    const PresetTable& table = known.tables.at(static_cast<std::size_t>(files->form));
    const ImportOptions options = optionsOf(known, table);
    Control control;
    const auto survey = surveyTable(files->tableFiles, options.columns, 0, control);
    QVERIFY(ok(survey));
    if (table.rows > 0) {
        QCOMPARE(survey->rows, table.rows);
    }
    const auto plan = makePlan(*survey, options.columns, "table");
    QVERIFY(ok(plan));
    const bool other = preset == "qm8"; // the table here has PBE0 once
    QCOMPARE(static_cast<std::int64_t>(plan->labels.size()), other ? std::int64_t(12) : known.tasks);
    for (const LabelColumn& label : plan->labels) {
        if (known.kind) {
            QCOMPARE(label.task.kind, *known.kind);
        }
        for (const auto& [pattern, unit] : table.units) {
            if (QByteArray::fromStdString(pattern) == QByteArray::fromStdString(label.task.name)) {
                QCOMPARE(label.task.unit, unit);
            }
        }
    }
}

void TestPresets::tdcTablesAgree()
{
    PAPILIO_TEST_FILE(ames, "downstream/tdc_admet/ames/test.csv.gz");
    const std::string folder = QFileInfo(QFileInfo(ames).path()).path().toStdString();
    int found = 0;
    for (const DatasetPreset& preset : papilio::data::membersOf(*datasetPreset("tdc_admet"))) {
        const auto files = findPresetFiles(preset, folder);
        QVERIFY(ok(files));
        if (!files->isUsable(preset)) {
            continue;
        }
        ++found;
        const ImportOptions options = optionsOf(preset, preset.tables[0]);
        Control control;
        const auto survey = surveyTable(files->tableFiles, options.columns, 0, control);
        QVERIFY(ok(survey));
        QVERIFY2(survey->rows == preset.tables[0].rows, preset.name.c_str());
        const auto plan = makePlan(*survey, options.columns, "table");
        QVERIFY(ok(plan));
        QCOMPARE(plan->labels.size(), std::size_t(1));
        QCOMPARE(plan->labels[0].task.kind, *preset.kind);
    }
    QCOMPARE(found, 7);
}

void TestPresets::zipUnpacked_data()
{
    QTest::addColumn<bool>("stored");
    QTest::newRow("stored") << true;
    QTest::newRow("deflated") << false;
}

void TestPresets::zipUnpacked()
{
    QFETCH(bool, stored);
    QByteArray big;
    for (int i = 0; i < 400'000; ++i) {
        big += QByteArray::number(i % 1000 * 7919 % 10007) + ',';
    }
    // One byte more than the buffer that it is unpacked into, and nothing left to read then.
    const QByteArray even((1 << 20) + 1, 'a');
    const QByteArray zip = zipOf({{QStringLiteral("admet_group/ames/test.csv"), "Drug,Y\nC,1\n"},
                                  {QStringLiteral("big.csv"), big},
                                  {QStringLiteral("even.csv"), even}},
                                 stored);
    TestFolder folder;
    const std::string archive = folder.write("x.zip", zip);
    Control control;
    const auto files = unpackZip(archive, folder.path("out"), control, 0);
    QVERIFY(ok(files));
    QCOMPARE(files->size(), std::size_t(3));
    QCOMPARE(fileBytes(folder.path("out/big.csv")), big);
    QVERIFY(fileBytes(folder.path("out/even.csv")) == even);
    QCOMPARE(fileBytes(folder.path("out/admet_group/ames/test.csv")), QByteArray("Drug,Y\nC,1\n"));
    QVERIFY(ok(unpackZip(archive, folder.path("out"), control, 0))); // again: what is there is left
    StopFlagControl stopped;
    stopped.requestStop();
    QCOMPARE(unpackZip(archive, folder.path("third"), stopped, 0).error().code, ErrorCode::Stopped);
    QVERIFY(!QFile::exists(QString::fromStdString(folder.path("third/big.csv"))));
    const auto full = unpackZip(archive, folder.path("fourth"), control, std::int64_t(1) << 60);
    QVERIFY(!full && full.error().message.find("room") != std::string::npos);
}

void TestPresets::zipLeavesFolder()
{
    QByteArray zip = zipOf({{QStringLiteral("aa/bb.csv"), "x"}}, true);
    zip.replace("aa/bb.csv", "../xb.csv");
    TestFolder folder;
    const std::string archive = folder.write("x.zip", zip);
    Control control;
    QVERIFY(!unpackZip(archive, folder.path("out"), control, 0));
    QVERIFY(!QFile::exists(QString::fromStdString(folder.path("xb.csv"))));
}

void TestPresets::zipIsDamaged()
{
    QByteArray zip = zipOf({{QStringLiteral("a.csv"), QByteArray(5000, 'x')}}, true);
    zip[zip.indexOf("xxxx") + 100] = 'y';
    TestFolder folder;
    const std::string archive = folder.write("x.zip", zip);
    Control control;
    const auto files = unpackZip(archive, folder.path("out"), control, 0);
    QVERIFY(!files);
    QCOMPARE(files.error().code, ErrorCode::Damaged);
    QVERIFY(!QFile::exists(QString::fromStdString(folder.path("out/a.csv"))));
}

void TestPresets::downloadedAndUnpacked()
{
    const QByteArray zip = zipOf({{QStringLiteral("group/ames/train_val.csv"), "Drug,Y\nC,1\n"}, {QStringLiteral("group/ames/test.csv"), "Drug,Y\nCC,1\n"}}, false);
    HttpServer server;
    server.serve("/group.zip", {.body = zip.toStdString()});
    Md5 hash;
    hash.add(zip.toStdString());
    DatasetPreset preset = presetOf("tdc_ames");
    preset.downloads = {{{"group.zip", server.url("/group.zip"), true, 0, hash.hex(), {}}}};
    TestFolder folder;
    Control control;
    QVERIFY(ok(downloadPreset(preset, folder.path("sets"), control)));
    const auto files = findPresetFiles(preset, folder.path("sets"));
    QVERIFY(ok(files));
    QVERIFY(files->isUsable(preset));
    QCOMPARE(files->tableFiles.size(), std::size_t(2));
    QVERIFY(!QFile::exists(QString::fromStdString(folder.path("sets/group.zip")))); // no use to keep it too
}

/// An address that has moved, one with other bytes, one that is good.
void TestPresets::nextAddress()
{
    HttpServer server;
    server.serve("/wrong", {.body = "something else"});
    server.serve("/good", {.body = "smiles,u0_atom\nC,1\n"});
    DatasetPreset preset = presetOf("qm7");
    const std::string md5(32, '0');
    preset.downloads = {{{"qm7.csv", server.url("/gone"), false, 0, {}, {}}},
                        {{"qm7.csv", server.url("/wrong"), false, 0, md5, {}}},
                        {{"qm7.csv", server.url("/good"), false, 0, {}, {}}}};
    TestFolder folder;
    Control control;
    QVERIFY(ok(downloadPreset(preset, folder.path("sets"), control)));
    QCOMPARE(fileBytes(folder.path("sets/qm7.csv")), QByteArray("smiles,u0_atom\nC,1\n"));
    preset.downloads.pop_back();
    const auto failed = downloadPreset(preset, folder.path("other"), control);
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::NotFound); // the first reason
    preset.downloads.clear();
    QCOMPARE(downloadPreset(preset, folder.path("other"), control).error().code, ErrorCode::Unsupported);
}

QTEST_GUILESS_MAIN(TestPresets)
#include "tst_data_presets.moc"
