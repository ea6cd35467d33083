// SPDX-License-Identifier: GPL-3.0-or-later
// The sample project: real molecules, sparse and overlapping tables, made without network.
#include <set>

#include "chem/descriptors.h"
#include "chem/runtime.h"
#include "data/sample.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

class DataSampleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sampleIsRealSparseAndOverlapping()
    {
        if (chem::rdkitDataFolder().empty()) {
            QSKIP("RDKit's data files are not installed");
        }
        const TestFolder folder;
        const auto path = folder.path("demo.papilio");
        StopFlagControl stopped;
        stopped.requestStop();
        const auto early = createSample(path, stopped);
        QVERIFY(!early && early.error().code == ErrorCode::Stopped);
        Control control;
        QVERIFY(ok(createSample(path, control)));
        QVERIFY(QFile::exists(QString::fromStdString(folder.path("demo sample/properties.csv"))));

        auto project = store::Project::open(path, store::Access::ReadOnly);
        store::Datasets datasets(*project);
        store::Molecules molecules(*project);
        const auto count = *molecules.count();
        QVERIFY2(count >= 4500 && count <= 5000, qPrintable(QString::number(count)));
        const auto all = *datasets.all();
        QCOMPARE(all.size(), 3u);
        std::int64_t together = 0;
        std::int64_t rejected = 0;
        for (const auto& d : all) {
            QVERIFY(d.complete);
            together += d.molecules;
            rejected += d.rejected;
        }
        QVERIFY(together > count * 3 / 2); // they overlap
        QVERIFY(rejected > 0);
        const auto tasks = *datasets.allTasks();
        std::set<std::int64_t> coverages;
        for (const auto& t : tasks) {
            QVERIFY2(t.stats.molecules > 300, t.task.name.c_str());
            coverages.insert(t.stats.molecules);
            if (t.task.kind == TaskKind::Binary) {
                QVERIFY2(t.stats.positives > 20 && t.stats.positives < t.stats.rows, t.task.name.c_str());
            }
        }
        QCOMPARE(coverages.size(), tasks.size()); // each has gaps of its own

        const auto properties = *datasets.byName("properties");
        const auto named = *datasets.tasks(properties.id);
        QCOMPARE(named[0].task.name, std::string("logP"));
        QCOMPARE(named[2].task.unit, std::string("Å²"));
        int agreeing = 0;
        const auto logP = store::Labels(*project).values(properties.id, 0);
        for (const auto& value : *logP) {
            const auto molecule = chem::Molecule::fromSmiles(molecules.smilesOf({value.molecule})->front());
            agreeing += std::abs(chem::computeDescriptors(*molecule).crippenLogP - value.value) < 1e-4;
            if (agreeing == 100) {
                break;
            }
        }
        QCOMPARE(agreeing, 100);
        const auto charges = *datasets.byName("charges");
        const auto chargeTasks = *datasets.tasks(charges.id);
        QCOMPARE(chargeTasks.size(), 1u);
        QCOMPARE(chargeTasks[0].task.level, Level::Node);
        QVERIFY(charges.molecules >= 1800 && charges.molecules <= 2300);
        int compared = 0;
        (void)store::Labels(*project).each(charges.id, [&](std::int64_t id, const store::LabelSet& set) {
            // Stored in canonical order: what RDKit gives for the canonical SMILES.
            const auto molecule = chem::Molecule::fromSmiles(molecules.smilesOf({id})->front());
            const auto own = chem::gasteigerCharges(*molecule);
            for (std::size_t i = 0; i < own.size(); ++i) {
                compared += std::abs(set.entries[0].values[molecule->toCanonical()[i]] - own[i]) < 1e-4;
            }
            return compared < 2000;
        });
        QVERIFY(compared >= 2000);

        QElapsedTimer timer;
        timer.start();
        QVERIFY(ok(createSample(path, control))); // complete: left as it is
        QVERIFY(timer.elapsed() < 1000);
    }

    void othersTablesAreLeftAlone()
    {
        const TestFolder folder;
        const std::string path = folder.path("mine.papilio");
        {
            auto project = store::Project::create(path);
            QVERIFY(ok(project));
            Control control;
            ImportOptions options;
            options.dataset = "properties"; // a name that the sample has too
            QVERIFY(ok(importFiles(*project, {folder.write("mine.csv", "smiles,x\nCCO,1.5\n")}, options, control)));
        }
        Control control;
        const auto refused = createSample(path, control);
        QVERIFY(!refused && refused.error().code == ErrorCode::Exists);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        QVERIFY(ok(project));
        const auto all = store::Datasets(*project).all();
        QVERIFY(ok(all) && all->size() == 1 && all->front().rows == 1);
    }

    void withoutRdkitData()
    {
        const TestFolder folder;
        qputenv("RDBASE", folder.path("nothing").c_str());
        Control control;
        const auto none = createSample(folder.path("x.papilio"), control);
        qunsetenv("RDBASE");
        if (none) {
            QSKIP("RDKit's data are found elsewhere");
        }
        QCOMPARE(none.error().code, ErrorCode::Unsupported);
        QVERIFY(!none.error().hint.empty());
    }
};

QTEST_GUILESS_MAIN(DataSampleTest)
#include "tst_data_sample.moc"
