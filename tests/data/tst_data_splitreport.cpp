// SPDX-License-Identifier: GPL-3.0-or-later
// The report on a split: similarities against RDKit's own Python, labels, what is on both sides.
#include <cmath>

#include "chem/molecule.h"
#include "chem/stereo.h"
#include "data/splitreport.h"
#include "tests/data/splittest.h"

using namespace papilio;
using namespace papilio::data;
using store::Part;

namespace
{

Result<SplitReport> reportOf(SplitProject& p, store::Project& project, const std::string& spec, std::size_t sample = 50'000)
{
    const SplitRequest request = SplitProject::request(project, spec);
    const auto made = makeSplit(project, request, p.quiet);
    if (!ok(made)) {
        return tl::unexpected(made.error());
    }
    return reportSplit(project, request, made->split, p.quiet, sample);
}

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class SplitReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Made with RDKit 2022.09.5 from Python: Morgan fingerprints of radius 2, 1024 bits, Tanimoto, numpy's quantiles.
    void similarities()
    {
        PAPILIO_TEST_FILE(table, "downstream/graphium_finetune/reg_small.csv.gz");
        PAPILIO_TEST_FILE(splits, "downstream/graphium_finetune/reg_small_splits.csv.gz");
        SplitProject p;
        QVERIFY(p.import(table.toStdString(), "reg", "target"));
        auto project = p.open();
        const auto report = reportOf(p, project, "file:" + splits.toStdString());
        QVERIFY(ok(report));
        QCOMPARE(report->molecules, (PerPart{109, 17, 34, 0}));
        QCOMPARE(report->similarity.size(), std::size_t{1});
        const SimilarityHistogram& test = report->similarity.front().split;
        QCOMPARE(test.counts, (std::array<std::int64_t, 20>{0, 0, 0, 2, 6, 6, 4, 4, 2, 1, 1, 1, 1, 2, 2, 0, 2, 0, 0, 0}));
        QVERIFY(near(test.mean, 0.4000401082));
        QVERIFY(near(test.median, 0.3312236287));
        QVERIFY(near(test.lowest, 0.2116869919));
        QCOMPARE(test.n, 34);
        QCOMPARE(test.of, 34);
        QCOMPARE(test.identical, 0);
        QCOMPARE(report->similarity.front().random.n, 34);
        QCOMPARE(report->sameMolecules + report->stereoTwins, 0);

        // Without a test part the validation part is looked at; a sample says that it is one.
        const auto other = reportOf(p, project, "file:" + splits.toStdString() + ",train=train,val=val");
        QVERIFY(ok(other));
        QCOMPARE(other->similarity.front().part, Part::Validation);
        QCOMPARE(other->similarity.front().split.counts,
                 (std::array<std::int64_t, 20>{0, 0, 0, 2, 2, 4, 1, 0, 1, 2, 1, 1, 0, 0, 0, 1, 2, 0, 0, 0}));
        QVERIFY(near(other->similarity.front().split.median, 0.3417721519));
        QCOMPARE(other->unused, 34);
        const auto sampled = reportOf(p, project, "file:" + splits.toStdString(), 10);
        QVERIFY(ok(sampled));
        QCOMPARE(sampled->similarity.front().split.n, 10);
        QCOMPARE(sampled->similarity.front().split.of, 34);
    }

    void labelsAndWarnings()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("a.csv", "smiles,active,y,side\nC,1,0.5,train\nCC,0,,train\nCCC,1,0.7,train\n"
                                                 "CCO,0,,val\nCCN,0,0.1,test\nCCS,,0.2,test\nCCF,0,0.3,test\n"),
                         "a", "active,y"));
        auto project = p.open();
        const auto report = reportOf(p, project, "column:side");
        QVERIFY(ok(report));
        QCOMPARE(report->tasks.size(), std::size_t{2});
        QCOMPARE(report->tasks[0].molecules, (PerPart{3, 1, 2, 0}));
        QCOMPARE(report->tasks[0].positives, (PerPart{2, 0, 0, 0}));
        QCOMPARE(report->tasks[1].molecules, (PerPart{2, 0, 3, 0}));
        const QString all = [&] {
            QString text;
            for (const std::string& warning : report->warnings) {
                text += QString::fromStdString(warning) + QLatin1Char('\n');
            }
            return text;
        }();
        QVERIFY2(all.contains(QLatin1String("1 task without positives in the validation part: a:active.")), qPrintable(all));
        QVERIFY2(all.contains(QLatin1String("1 task without positives in the test part: a:active.")), qPrintable(all));
        QVERIFY2(all.contains(QLatin1String("1 task without a label in the validation part: a:y.")), qPrintable(all));
        const auto empty = reportOf(p, project, "column:side,train=*");
        QVERIFY(ok(empty));
        QVERIFY(empty->similarity.empty());
        QVERIFY(!empty->warnings.empty());
    }

    void twins()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("a.csv", "smiles,y,side\n"
                                                 "C[C@H](N)C(=O)O,1,train\n"
                                                 "C[C@@H](N)C(=O)O,2,test\n" // its mirror image
                                                 "CC(N)C(=O)O,3,val\n"       // the same without stereo
                                                 "C/C=C/C,4,train\n"
                                                 "C/C=C\\C,5,train\n"
                                                 "C[C@H](O)F,6,test\n"
                                                 "CCCC,7,test\n"),
                         "a", "y"));
        auto project = p.open();
        const auto report = reportOf(p, project, "column:side");
        QVERIFY(ok(report));
        QCOMPARE(report->stereoTwins, 2);
        QCOMPARE(report->sameMolecules, 0);
        QCOMPARE(report->twins.size(), std::size_t{2});
        const auto test = std::find_if(report->twins.begin(), report->twins.end(),
                                       [](const SplitPair& pair) { return pair.part == Part::Test; });
        QVERIFY(test != report->twins.end());
        QCOMPARE(test->testRow, 1);
        QCOMPARE(test->trainRow, 0);
        QCOMPARE(test->testDataset, std::string("a"));
        QCOMPARE(test->trainSmiles, std::string("C[C@H](N)C(=O)O"));
        QCOMPARE(chem::smilesWithoutStereo(test->testSmiles).value_or(""), chem::smilesWithoutStereo(test->trainSmiles).value_or("?"));
    }

    /// Removing stereo from a canonical SMILES gives the canonical SMILES of what is left.
    void flatSmiles()
    {
        PAPILIO_TEST_FILE(file, "downstream/delaney.csv.gz");
        SplitProject p;
        QVERIFY(p.import(file.toStdString(), "delaney"));
        auto project = p.open();
        std::set<std::string> flat;
        const auto molecules = store::Molecules(project).ids();
        const auto smiles = store::Molecules(project).smilesOf(*molecules);
        for (const std::string& one : *smiles) {
            const auto without = chem::smilesWithoutStereo(one);
            QVERIFY(ok(without));
            QVERIFY(!chem::tellsStereo(*without));
            QCOMPARE(chem::Molecule::fromSmiles(*without)->canonicalSmiles(), *without);
            flat.insert(*without);
        }
        QCOMPARE(flat.size(), std::size_t{1115}); // counted independently
    }

    void leaks()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("a.csv", "smiles,y,side\nC,1,train\nCC,2,train\nCCC,3,val\nCCCC,4,test\n"), "a", "y"));
        QVERIFY(p.import(p.folder.write("b.csv", "smiles,z,side\nCCCC,1,train\nC,2,test\nCCCCC,3,test\nCCC,4,val\n"), "b", "z"));
        auto project = p.open();
        const auto report = reportOf(p, project, "column:side,per-dataset");
        QVERIFY(ok(report));
        QCOMPARE(report->sameMolecules, 2); // C and CCCC
        QCOMPARE(report->same.size(), std::size_t{2});
        QCOMPARE(report->same[0].trainSmiles, std::string("C"));
        QCOMPARE(report->leaks.size(), std::size_t{2});
        QCOMPARE(report->leaks[0].testDataset, std::string("a"));
        QCOMPARE(report->leaks[0].molecules, 1);
        QCOMPARE(report->leaks[0].of, 1);
        QCOMPARE(report->leaks[1].molecules, 1);
        QCOMPARE(report->leaks[1].of, 2);
        QCOMPARE(report->datasets.size(), std::size_t{2});
        QCOMPARE(report->datasets[0].molecules, (PerPart{2, 1, 1, 0}));
        QCOMPARE(report->similarity.size(), std::size_t{2});
        const auto seen = reportOf(p, project, "column:side,per-dataset,test_seen");
        QVERIFY(ok(seen));
        QCOMPARE(seen->datasets[1].molecules, (PerPart{1, 1, 1, 1}));
        const auto shared = reportOf(p, project, "column:side");
        QVERIFY(ok(shared));
        QCOMPARE(shared->sameMolecules, 0);
        QVERIFY(shared->leaks.empty());
    }
};

QTEST_GUILESS_MAIN(SplitReportTest)
#include "tst_data_splitreport.moc"
