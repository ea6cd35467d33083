// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include <map>
#include <numeric>
#include <set>

#include "chem/runtime.h"
#include "data/coverage.h"
#include "data/indexing.h"
#include "data/pairs.h"
#include "data/quantiles.h"
#include "store/coverage.h"
#include "store/pairs.h"
#include "store/profiles.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

store::Project opened(const std::string& path, store::Access access = store::Access::ReadOnly)
{
    return std::move(*store::Project::open(path, access));
}

std::int64_t datasetId(store::Project& project, const char* name)
{
    return store::Datasets(project).byName(name)->id;
}

/// Alkanes and alcohols, so that each row is another molecule.
QByteArray molecule(int i)
{
    return QByteArray(i / 2 + 1, 'C') + (i % 2 ? "O" : "");
}

/// Small molecules, each another one.
QByteArray ether(int i)
{
    return QByteArray(i % 10, 'C') + "N" + QByteArray(i / 10 % 10 + 1, 'C') + "O" + QByteArray(i / 100 % 30 + 1, 'C') + (i < 3000 ? "" : i < 6000 ? "F" : "Cl");
}

} // namespace

class DataStatisticsTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;

    std::string importText(const char* name, const QByteArray& csv)
    {
        const std::string path = m_folder.path((std::string(name) + ".papilio").c_str());
        (void)ok(importInto(path, {m_folder.write((std::string(name) + ".csv").c_str(), csv)}));
        return path;
    }

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }

    void quantilesAreExactUntilTheyDoNotFit()
    {
        QuantileSketch exact(1000);
        for (int i = 1000; i > 0; --i) {
            exact.add(i);
        }
        const std::vector<double> shares{0, 0.25, 0.5, 0.75, 1};
        const std::vector<double> expected{1, 250.75, 500.5, 750.25, 1000}; // as numpy interpolates
        QCOMPARE(exact.at(shares), expected);
        QCOMPARE(exact.rankError(), 0.0);
        QVERIFY(std::isnan(QuantileSketch(10).at(shares)[0]));
        QuantileSketch small(512);
        const int n = 200'000;
        for (int i = 0; i < n; ++i) {
            small.add(static_cast<double>((static_cast<std::int64_t>(i) * 7919) % n));
        }
        QVERIFY(small.rankError() > 0 && small.rankError() < 0.03);
        const std::vector<double> found = small.at(std::vector<double>{0.05, 0.5, 0.95});
        for (const auto& [value, share] : {std::pair(found[0], 0.05), std::pair(found[1], 0.5), std::pair(found[2], 0.95)}) {
            QVERIFY(std::abs(value / n - share) <= small.rankError());
        }
    }

    void profilesCountMoleculesAndOutliers()
    {
        QByteArray csv = "smiles,value,active,step\n";
        for (int i = 0; i < 40; ++i) {
            csv += molecule(i) + "," + QByteArray::number(i == 39 ? 1000 : i) + "," + (i % 4 ? "0" : "1") + ",\n";
        }
        csv += "CC,7,1,\n"; // the molecule of row 2 again: its labels stay
        const std::string path = importText("outliers", csv);
        store::Project project = opened(path);
        const auto tasks = store::Datasets(project).tasks(datasetId(project, "outliers"));
        const store::Profiles profiles(project);
        const auto value = profiles.ofTask(tasks->at(0).task.id);
        QVERIFY(ok(value) && value->has_value());
        const store::TaskProfile& profile = **value;
        QCOMPARE(profile.molecules, std::int64_t{40});
        QCOMPARE(profile.maximum, 1000.0);
        QCOMPARE(profile.quantiles[3], 19.5);
        QCOMPARE(profile.quantiles[2], 9.75);
        QCOMPARE(profile.quantiles[4], 29.25);
        QCOMPARE(profile.highFence, 29.25 + 3 * 19.5);
        QCOMPARE(profile.outliers, std::int64_t{1});
        QCOMPARE(profile.furthest.at(0).value, 1000.0);
        QCOMPARE(store::Molecules(project).smilesOf({profile.furthest[0].molecule})->front(), molecule(39).toStdString());
        const auto active = profiles.ofTask(tasks->at(1).task.id);
        QCOMPARE((*active)->classCounts, (std::vector<std::int64_t>{30, 10}));
        QVERIFY(*profiles.current(datasetId(project, "outliers")));
    }

    /// Rows of one molecule that are all kept are still one molecule with one scaffold.
    void keptDuplicatesAreOneMolecule()
    {
        const std::string path = m_folder.path("kept.papilio");
        ImportOptions options;
        options.recipe.duplicates = Duplicates::Keep;
        QVERIFY(ok(importInto(path, {m_folder.write("kept.csv", "smiles,y\nCCO,1\nc1ccccc1C,2\nOCC,3\nCc1ccccc1,4\n")}, options)));
        store::Project project = opened(path);
        const auto profile = store::Profiles(project).ofDataset(datasetId(project, "kept"));
        QVERIFY(ok(profile) && profile->has_value());
        QCOMPARE((*profile)->molecules, std::int64_t{2});
        QCOMPARE((*profile)->acyclic, std::int64_t{1});
        QCOMPARE((*profile)->scaffolds, std::int64_t{1});
        QCOMPARE((*profile)->largest.at(0).molecules, std::int64_t{1});
    }

    void pairsAreThoseOfTheFormula()
    {
        // b = 2a + 1 where both are, c = −a, d constant, e with two labels only; phi of f and g is 0.5.
        QByteArray csv = "smiles,a,b,c,d,e,f,g\n";
        for (int i = 0; i < 24; ++i) {
            const QByteArray a = QByteArray::number(i * 0.5 + 1000);
            const QByteArray b = i % 3 ? QByteArray::number(i + 2001) : QByteArray();
            csv += molecule(i) + "," + a + "," + b + "," + QByteArray::number(-i * 0.25) + ",3.5," + (i < 2 ? "1.5" : "") + "," +
                   QByteArray::number(i % 2) + "," + QByteArray::number(i < 12 ? i % 2 : (i % 4) / 2) + "\n";
        }
        const std::string path = importText("pairs", csv);
        store::Project project = opened(path, store::Access::ReadWrite);
        const std::int64_t id = datasetId(project, "pairs");
        const auto tasks = store::Datasets(project).tasks(id);
        std::map<std::string, std::size_t> place;
        for (const auto& record : *tasks) {
            place[record.task.name] = static_cast<std::size_t>(record.position);
        }
        const auto row = store::Pairs(project).row(tasks->at(place["a"]).task.id, id, id);
        QVERIFY(ok(row) && row->has_value()); // computed by the import
        const auto& a = **row;
        QCOMPARE(a[place["b"]].molecules, std::int64_t{16});
        QVERIFY(std::abs(a[place["b"]].correlation - 1) < 1e-6);
        QVERIFY(std::abs(a[place["c"]].correlation + 1) < 1e-6);
        QCOMPARE(a[place["a"]].molecules, std::int64_t{24});
        QVERIFY(std::isnan(a[place["e"]].correlation));
        QCOMPARE(a[place["e"]].molecules, std::int64_t{2});
        if (place.contains("d")) {
            QVERIFY(std::isnan(a[place["d"]].correlation)); // undefined, not 0
            QCOMPARE(a[place["d"]].molecules, std::int64_t{24});
        }
        const auto f = *store::Pairs(project).row(tasks->at(place["f"]).task.id, id, id);
        QVERIFY(std::abs((*f)[place["g"]].correlation - 0.5) < 1e-6);
        Control control;
        const auto alone = pairsOfTask(project, tasks->at(place["f"]).task.id, id, control);
        QCOMPARE(alone->at(place["g"]).correlation, (*f)[place["g"]].correlation);
    }

    void pairsReachOverDatasetsAndKnowWhenTheyAreOld()
    {
        QByteArray first = "smiles,a\n", second = "smiles,b\n";
        for (int i = 0; i < 30; ++i) {
            first += molecule(i) + "," + QByteArray::number(i) + ".5\n";
            second += molecule(i + 20) + "," + QByteArray::number(-2 * i - 1) + ".25\n";
        }
        const std::string path = m_folder.path("two.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("one.csv", first)})));
        QVERIFY(ok(importInto(path, {m_folder.write("other.csv", second)})));
        store::Project project = opened(path, store::Access::ReadWrite);
        const std::int64_t a = datasetId(project, "one"), b = datasetId(project, "other");
        Control control;
        QVERIFY(ok(ensurePairs(project, a, b, control)));
        const auto task = store::Datasets(project).tasks(a)->at(0).task.id;
        const auto row = store::Pairs(project).row(task, a, b);
        QCOMPARE((**row)[0].molecules, std::int64_t{10});
        QVERIFY(std::abs((**row)[0].correlation + 1) < 1e-6);
        QVERIFY(ok(store::Datasets(project).remove(b)));
        QVERIFY(!store::Pairs(project).row(task, a, b)->has_value());
        QVERIFY(*store::Pairs(project).current(a, a));
    }

    /// Every level of the images, and every count, against a plain count of the labels.
    void coverageAddsUpAtEveryLevel()
    {
        QByteArray first = "smiles,a,b,c\n", second = "smiles,d\n";
        for (int i = 0; i < 7700; ++i) {
            first += ether(i) + "," + (i % 2 ? "1.5" : "") + "," + (i % 3 ? "2.5" : "") + "," + (i < 100 ? "3.5" : "") + "\n";
        }
        for (int i = 7600; i < 8100; ++i) {
            second += ether(i) + "," + (i % 5 ? "4.5" : "") + "\n";
        }
        const std::string path = m_folder.path("coverage.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("left.csv", first)})));
        QVERIFY(ok(importInto(path, {m_folder.write("right.csv", second)})));
        store::Project project = opened(path, store::Access::ReadWrite);
        Control control;
        for (const MoleculeOrder kind : {MoleculeOrder::Import, MoleculeOrder::Coverage, MoleculeOrder::Scaffold, MoleculeOrder::Cluster}) {
            QVERIFY(ok(ensureCoverage(project, kind, control)));
            checkCoverage(project, moleculeOrderName(kind));
        }
        const store::Coverage coverage(project);
        const auto order = coverage.order("coverage");
        const auto best = coverage.strip(**order, 0, 0);
        const auto labels = [&](std::size_t bin) {
            return std::accumulate(best->labelled.begin() + static_cast<std::ptrdiff_t>(bin * best->columns),
                                   best->labelled.begin() + static_cast<std::ptrdiff_t>((bin + 1) * best->columns), 0u);
        };
        QCOMPARE(labels(0), 3u); // the molecules with most labels stand first
        QVERIFY(labels(0) >= labels(63));
    }

    void countsOfRealSetsAreThePublishedOnes()
    {
        PAPILIO_TEST_FILE(file, "sparse/toxcast.csv.gz");
        PAPILIO_TEST_FILE(other, "toymix/Tox21-7k-12-labels.csv.gz");
        const std::string path = m_folder.path("tox.papilio");
        QVERIFY(ok(importInto(path, {file.toStdString()})));
        QVERIFY(ok(importInto(path, {other.toStdString()})));
        const QJsonObject truth = jsonOf(QString(file).replace(QStringLiteral(".csv.gz"), QStringLiteral(".stats.json")));
        store::Project project = opened(path, store::Access::ReadWrite);
        const std::int64_t id = datasetId(project, "toxcast");
        const store::Profiles profiles(project);
        const auto dataset = profiles.ofDataset(id);
        QVERIFY(ok(dataset) && dataset->has_value());
        QCOMPARE((*dataset)->scaffolds, truth.value(QStringLiteral("murcko_scaffolds_unique")).toInteger());
        QCOMPARE((*dataset)->acyclic, truth.value(QStringLiteral("acyclic_rows")).toInteger());
        QCOMPARE((*dataset)->largest.size(), std::size_t{10});
        QCOMPARE((*dataset)->largest[0].smiles, std::string("c1ccccc1"));
        const QJsonObject tasks = truth.value(QStringLiteral("tasks")).toObject();
        const auto records = store::Datasets(project).tasks(id);
        for (const auto& record : *records) {
            const QJsonObject task = tasks.value(QString::fromStdString(record.task.name)).toObject();
            const auto profile = profiles.ofTask(record.task.id);
            QCOMPARE((*profile)->molecules, task.value(QStringLiteral("present")).toInteger());
            QCOMPARE((*profile)->classCounts[1], task.value(QStringLiteral("positives")).toInteger());
        }
        checkCoverage(project, "import");
        // Molecules that the two sets share (overlaps.json: 6385) carry labels of both in some pair of tasks.
        Control control;
        QVERIFY(ok(ensurePairs(project, id, datasetId(project, "Tox21-7k-12-labels"), control)));
    }

private:
    void checkCoverage(store::Project& project, std::string_view name)
    {
        const store::Coverage coverage(project);
        const auto found = coverage.order(name);
        QVERIFY(ok(found) && found->has_value());
        const store::CoverageOrder& order = **found;
        QCOMPARE(order.molecules(), *store::Molecules(project).count());
        std::map<std::int64_t, std::size_t> firstColumn;
        std::size_t columns = 0;
        const auto records = store::Datasets(project).allTasks();
        for (const auto& record : *records) {
            firstColumn.try_emplace(record.task.dataset, columns++);
        }
        const auto ids = coverage.molecules(order, 0, order.molecules());
        QCOMPARE(std::set<std::int64_t>(ids->begin(), ids->end()).size(), static_cast<std::size_t>(order.molecules()));
        std::map<std::int64_t, std::size_t> rank;
        for (std::size_t i = 0; i < ids->size(); ++i) {
            rank[(*ids)[i]] = i;
        }
        std::vector<char> labelled(ids->size() * columns, 0);
        for (const auto& [dataset, first] : firstColumn) {
            (void)store::Labels(project).each(dataset, [&, first = first](std::int64_t molecule, const store::LabelSet& set) {
                for (const auto& entry : set.entries) {
                    labelled[rank[molecule] * columns + first + static_cast<std::size_t>(entry.position)] = 1;
                }
                return true;
            });
        }
        for (int level = 0; level <= order.topLevel(); ++level) {
            std::int64_t bins = 0;
            for (std::int64_t strip = 0; strip * store::Coverage::stripBins < order.bins(level); ++strip) {
                const auto image = coverage.strip(order, level, strip);
                QVERIFY(ok(image));
                QCOMPARE(image->columns, columns);
                for (std::size_t bin = 0; bin < image->bins.size(); ++bin, ++bins) {
                    for (std::size_t column = 0; column < columns; ++column) {
                        std::uint32_t count = 0;
                        for (std::int64_t k = 0; k < image->bins[bin].molecules; ++k) {
                            count += labelled[static_cast<std::size_t>(image->bins[bin].first + k) * columns + column];
                        }
                        QCOMPARE(image->labelled[bin * columns + column], count);
                    }
                }
            }
            QCOMPARE(bins, order.bins(level));
        }
    }
};

QTEST_GUILESS_MAIN(DataStatisticsTest)
#include "tst_data_statistics.moc"
