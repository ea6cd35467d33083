// SPDX-License-Identifier: GPL-3.0-or-later
// Filling a project's cache of inputs: complete, interrupted, gone on with, and what cannot be computed.

#include <atomic>

#include "chem/inputs.h"
#include "chem/positional.h"
#include "chem/runtime.h"
#include "data/inputs.h"
#include "store/inputs.h"
#include "tests/data/datatest.h"

using namespace papilio;
using data::computeMissingInputs;

namespace
{

FeatureSet fromGraphs()
{
    FeatureSet set;
    set.encodings.push_back(defaultEncoding(EncodingType::Commute));
    return set;
}

FeatureSet fromStructures()
{
    FeatureSet set = fromGraphs();
    set.atomOneHot.emplace_back("hybridization");
    return set;
}

/// Chains of C, N and O from F to the end, all different.
std::vector<std::int64_t> addMolecules(store::Project& project, int count)
{
    store::Molecules molecules(project);
    store::Transaction transaction(project);
    std::vector<std::int64_t> ids;
    for (int i = 0; i < count; ++i) {
        std::string smiles = "FC";
        for (int digits = i + 6561; digits > 0; digits /= 3) {
            smiles += "CNO"[digits % 3];
        }
        const auto molecule = chem::Molecule::fromSmiles(smiles);
        const MolGraph& graph = molecule->graph();
        ids.push_back(
            molecules.add(molecule->canonicalSmiles(), graph.toBytes(), chem::computeEncodings(graph).toBytes())->id);
    }
    return transaction.commit() ? ids : std::vector<std::int64_t>();
}

/// Says stop when that many molecules are done.
class Stopper : public Control
{
public:
    explicit Stopper(std::int64_t after) : m_after(after) {}
    void report(const Progress& progress) override
    {
        last = progress;
        m_stop = m_stop || progress.done >= m_after;
    }
    bool stopRequested() const override { return m_stop; }
    Progress last;

private:
    std::int64_t m_after;
    std::atomic<bool> m_stop{false};
};

std::string errorOf(const Result<>& result)
{
    return result ? std::string() : result.error().text();
}

} // namespace

class DataInputsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }

    void computesWhatIsMissing_data()
    {
        QTest::addColumn<bool>("structures");
        QTest::addColumn<int>("threads");
        QTest::newRow("from graphs, one thread") << false << 1;
        QTest::newRow("from structures, three threads") << true << 3;
    }

    void computesWhatIsMissing()
    {
        QFETCH(const bool, structures);
        QFETCH(const int, threads);
        const FeatureSet set = structures ? fromStructures() : fromGraphs();
        QCOMPARE(chem::needsStructure(set), structures);
        const TestFolder folder;
        auto project = store::Project::create(folder.path("p.papilio"));
        QVERIFY(project.has_value());
        const std::vector<std::int64_t> ids = addMolecules(*project, 90);
        const store::Inputs cache(*project);
        Stopper control(1'000'000);
        const std::vector<std::int64_t> some(ids.begin(), ids.begin() + 30);
        QCOMPARE(errorOf(computeMissingInputs(*project, set, some, threads, control)), std::string());
        QCOMPARE(cache.count(featureSetHash(set)).value_or(-1), std::int64_t{30});
        QCOMPARE(errorOf(computeMissingInputs(*project, set, ids, threads, control)), std::string());
        QCOMPARE(cache.count(featureSetHash(set)).value_or(-1), std::int64_t{90});
        QCOMPARE(control.last.done, std::int64_t{60}); // what was there was not done again
        QCOMPARE(control.last.total, std::int64_t{60});
        QCOMPARE(control.last.unit, std::string("molecules"));
        const store::Molecules molecules(*project);
        for (const std::int64_t id : ids) {
            const auto molecule = chem::Molecule::fromSmiles(molecules.byId(id)->smiles);
            const auto expected = chem::computeInputs(*molecule, set);
            const auto kept = cache.get(featureSetHash(set), id);
            QVERIFY(kept.has_value() && kept->has_value());
            QVERIFY((*kept)->nodeFeatures == expected->nodeFeatures);
            QVERIFY((*kept)->edgeFeatures == expected->edgeFeatures);
            for (std::size_t i = 0; i < expected->encodings.size(); ++i) {
                QVERIFY((*kept)->encodings[i].values == expected->encodings[i].values);
            }
        }
    }

    void nothingToDo()
    {
        const TestFolder folder;
        auto project = store::Project::create(folder.path("p.papilio"));
        const std::vector<std::int64_t> ids = addMolecules(*project, 5);
        Control control;
        QVERIFY(computeMissingInputs(*project, {}, ids, 2, control).has_value()); // standard
        QVERIFY(store::Inputs(*project).all().value().empty());
        QVERIFY(computeMissingInputs(*project, fromGraphs(), {}, 2, control).has_value());
        QVERIFY(computeMissingInputs(*project, fromGraphs(), ids, 0, control).has_value()); // at least one thread
        auto reader = store::Project::open(folder.path("p.papilio"), store::Access::ReadOnly);
        QVERIFY(computeMissingInputs(*reader, fromGraphs(), ids, 2, control).has_value());
        const auto refused = computeMissingInputs(*reader, fromStructures(), ids, 2, control);
        QVERIFY(!refused.has_value() && refused.error().code == ErrorCode::ReadOnly);
    }

    void stopsAndGoesOn()
    {
        constexpr int many = 40000;
        const TestFolder folder;
        auto project = store::Project::create(folder.path("p.papilio"));
        const std::vector<std::int64_t> ids = addMolecules(*project, many); // longer than the tenth of a second between reports
        const FeatureSet set = fromGraphs();
        Stopper early(1);
        const auto stopped = computeMissingInputs(*project, set, ids, 2, early);
        QVERIFY(!stopped.has_value());
        QVERIFY(stopped.error().code == ErrorCode::Stopped);
        const store::Inputs cache(*project);
        const std::int64_t done = cache.count(featureSetHash(set)).value_or(-1);
        QVERIFY2(done > 0 && done < many, std::to_string(done).c_str());
        QCOMPARE(early.last.done, done); // all that was computed is kept
        Stopper late(1'000'000);
        QCOMPARE(errorOf(computeMissingInputs(*project, set, ids, 2, late)), std::string());
        QCOMPARE(late.last.total, many - done);
        QCOMPARE(cache.count(featureSetHash(set)).value_or(-1), std::int64_t{many});
    }

    void oneThatFailsDoesNotStopTheOthers()
    {
        const TestFolder folder;
        auto project = store::Project::create(folder.path("p.papilio"));
        std::vector<std::int64_t> ids = addMolecules(*project, 3);
        store::Molecules molecules(*project);
        const MolGraph molecule = chem::Molecule::fromSmiles("CO")->graph();
        const std::string graph = molecule.toBytes();
        const std::string encodings = chem::computeEncodings(molecule).toBytes();
        ids.insert(ids.begin(), molecules.add("C(C)(C)(C)(C)C", graph, encodings)->id); // cannot be read
        ids.insert(ids.begin() + 1, molecules.add("CCCO", graph, encodings)->id);       // another graph
        Control control;
        QVERIFY(computeMissingInputs(*project, fromGraphs(), ids, 2, control).has_value()); // the graph is enough
        const auto result = computeMissingInputs(*project, fromStructures(), ids, 2, control);
        QVERIFY(!result.has_value());
        const std::string text = result.error().text();
        QVERIFY2(text.find("C(C)(C)(C)(C)C") != std::string::npos, text.c_str());
        QVERIFY2(text.find("1 more") != std::string::npos, text.c_str());
        QCOMPARE(store::Inputs(*project).count(featureSetHash(fromStructures())).value_or(-1), std::int64_t{3});
    }

    void mistakes()
    {
        const TestFolder folder;
        auto project = store::Project::create(folder.path("p.papilio"));
        Control control;
        FeatureSet wrong;
        wrong.bond.emplace_back("sterio");
        const std::vector<std::int64_t> ids{1};
        QVERIFY(errorOf(computeMissingInputs(*project, wrong, ids, 1, control)).find("'stereo'") != std::string::npos);
        const auto missing = computeMissingInputs(*project, fromGraphs(), ids, 1, control);
        QVERIFY(!missing.has_value() && missing.error().code == ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(DataInputsTest)
#include "tst_data_inputs.moc"
