// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that become ordered classes while they are read.
#include <QtTest>

#include "data/transform.h"
#include "datatest.h"

using namespace papilio;
using namespace papilio::data;

class TestTransform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void binsAreClosedOutwards();
    void rebinning();
    void badTexts_data();
    void badTexts();
    void importedAsClasses();
    void rebinnedWhileImported();
    void forNoColumn();
    void zScoresOfDrugs();
};

void TestTransform::binsAreClosedOutwards()
{
    const auto bins = binningFromText("geneID-*:-4,-2,2,4");
    QVERIFY(ok(bins));
    QCOMPARE(bins->classCount(), 5);
    const std::pair<double, int> values[] = {{-9, 0}, {-4, 0}, {-3.9, 1}, {-2, 1}, {-1.99, 2}, {0, 2},
                                             {1.99, 2}, {2, 3}, {3.9, 3}, {4, 4}, {1e9, 4}};
    for (const auto& [value, label] : values) {
        QCOMPARE(bins->apply(value).value_or(-1), label);
    }
    QVERIFY(!bins->apply(std::nan("")));
    QCOMPARE(bins->text(), std::string("geneID-*:-4,-2,2,4"));
    QVERIFY(*binningFromText(bins->text()) == *bins);
}

void TestTransform::rebinning()
{
    const auto classes = rebinningFromText("a:b*:0,0,1,2,2"); // a name may have a colon
    QVERIFY(ok(classes));
    QCOMPARE(classes->pattern, std::string("a:b*"));
    QCOMPARE(classes->classCount(), 3);
    const int expected[] = {0, 0, 1, 2, 2};
    for (int old = 0; old < 5; ++old) {
        QCOMPARE(classes->apply(old).value_or(-1), expected[old]);
    }
    for (const double none : {-1.0, 5.0, 0.5}) {
        QVERIFY(!classes->apply(none));
    }
}

void TestTransform::badTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("bins");
    QTest::newRow("no colon") << QByteArray("1,2") << true;
    QTest::newRow("no number") << QByteArray("x:1,two") << true;
    QTest::newRow("no pattern") << QByteArray(":1,2") << true;
    QTest::newRow("does not grow") << QByteArray("x:2,-2") << true;
    QTest::newRow("twice the same") << QByteArray("x:2,2") << true;
    QTest::newRow("infinite") << QByteArray("x:inf") << true;
    QTest::newRow("a class is left out") << QByteArray("x:0,2") << false;
    QTest::newRow("half a class") << QByteArray("x:0,0.5,1") << false;
    QTest::newRow("negative class") << QByteArray("x:-1,0") << false;
}

void TestTransform::badTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, bins);
    const auto transform = bins ? binningFromText(text.toStdString()) : rebinningFromText(text.toStdString());
    QVERIFY(!transform);
    QCOMPARE(transform.error().code, ErrorCode::Usage);
}

void TestTransform::importedAsClasses()
{
    TestFolder folder;
    const std::string table = folder.write("z.csv", "smiles,gene-1,gene-2,other\nC,-3.5,0.1,7\nCC,2,,8\nCCC,-2,9,9\n");
    ImportOptions options;
    options.columns.transforms = {*binningFromText("gene-*:-2,2")};
    QVERIFY(ok(importInto(folder.path("p.papilio"), {table}, options)));
    auto project = store::Project::open(folder.path("p.papilio"), store::Access::ReadOnly);
    const auto dataset = store::Datasets(*project).byName("z");
    const auto tasks = store::Datasets(*project).tasks(dataset->id);
    QCOMPARE(tasks->size(), std::size_t(3));
    QCOMPARE((*tasks)[0].task.kind, TaskKind::Multiclass);
    QCOMPARE((*tasks)[0].task.classes, 3);
    QCOMPARE((*tasks)[2].task.kind, TaskKind::Regression); // untouched
    QCOMPARE((*tasks)[0].stats.classCounts, (std::vector<std::int64_t>{2, 0, 1}));
    QCOMPARE((*tasks)[1].stats.classCounts, (std::vector<std::int64_t>{0, 1, 1}));
    QVERIFY(dataset->options.find("gene-*:-2,2") != std::string::npos); // recorded
}

void TestTransform::rebinnedWhileImported()
{
    TestFolder folder;
    const std::string table = folder.write("l.csv", "SMILES,geneID-1\nC,0\nCC,1\nCCC,2\nCCCC,3\nCCCCC,4\nCCCCCC,7\n");
    ImportOptions options;
    options.columns.transforms = {*rebinningFromText("geneID-*:0,0,1,2,2")};
    QVERIFY(ok(importInto(folder.path("p.papilio"), {table}, options)));
    auto project = store::Project::open(folder.path("p.papilio"), store::Access::ReadOnly);
    const auto dataset = store::Datasets(*project).byName("l");
    const auto tasks = store::Datasets(*project).tasks(dataset->id);
    QCOMPARE((*tasks)[0].stats.classCounts, (std::vector<std::int64_t>{2, 1, 2}));
    const auto rows = store::Datasets(*project).rowPage(dataset->id, store::RowStatus::Repaired, 0, 10);
    QCOMPARE(rows->size(), std::size_t(1)); // 7 is none of the five
    QVERIFY(rows->front().reason.find("none of the classes") != std::string::npos);
}

void TestTransform::forNoColumn()
{
    TestFolder folder;
    const std::string table = folder.write("z.csv", "smiles,a\nC,1\n");
    ImportOptions options;
    options.columns.transforms = {*binningFromText("b:0")};
    const auto report = importInto(folder.path("p.papilio"), {table}, options);
    QVERIFY(!report);
    QVERIFY2(report.error().message.find("b:0") != std::string::npos, report.error().text().c_str());
}

/// 978 genes of 1,168 drugs: 9.8 % of the z-scores are at most −2 and 9.2 % at least 2.
void TestTransform::zScoresOfDrugs()
{
    PAPILIO_TEST_FILE(table, "sparse/l1000_drugs_978_genes.csv.gz");
    TestFolder folder;
    ImportOptions options;
    options.columns.transforms = {*binningFromText("geneID-*:-2,2")};
    QVERIFY(ok(importInto(folder.path("p.papilio"), {table.toStdString()}, options)));
    auto project = store::Project::open(folder.path("p.papilio"), store::Access::ReadOnly);
    const auto tasks = store::Datasets(*project).allTasks();
    QCOMPARE(tasks->size(), std::size_t(978));
    std::int64_t counts[3] = {0, 0, 0}, all = 0;
    for (const store::TaskRecord& task : *tasks) {
        for (std::size_t i = 0; i < 3; ++i) {
            counts[i] += task.stats.classCounts[i];
            all += task.stats.classCounts[i];
        }
    }
    QCOMPARE(all, std::int64_t(1168) * 978);
    QVERIFY(std::abs(100.0 * double(counts[0]) / double(all) - 9.8) < 0.05);
    QVERIFY(std::abs(100.0 * double(counts[2]) / double(all) - 9.2) < 0.05);
}

QTEST_GUILESS_MAIN(TestTransform)
#include "tst_data_transform.moc"
