// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/fingerprint.h"
#include "chem/runtime.h"
#include "data/indexing.h"
#include "data/search.h"
#include "store/search.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

const char* const table = "mol_id,name,smiles,y\n"
                          "M1,Aspirin,CC(=O)Oc1ccccc1C(=O)O,1\n"
                          "M2,Caffeine,Cn1cnc2c1c(=O)n(C)c(=O)n2C,2\n"
                          "M3,Salicylic acid,OC(=O)c1ccccc1O,3\n"
                          "M4,L-Alanine,C[C@H](N)C(=O)O,4\n"
                          "M5,D-Alanine,C[C@@H](N)C(=O)O,5\n"
                          "M6,2-Hydroxypyridine,Oc1ccccn1,6\n"
                          "M7,2-Pyridone,O=c1cccc[nH]1,7\n"
                          "M8,broken,C(C,8\n"
                          "M9,Aspirin (again),OC(=O)c1ccccc1OC(C)=O,1\n"
                          "M10,Ethanol,CCO,9\n";

struct Answer {
    SearchReport report;
    std::vector<SearchHit> hits;
    QStringList names() const
    {
        QStringList names;
        for (const SearchHit& hit : hits) {
            names << QString::fromStdString(hit.name);
        }
        return names;
    }
};

Result<Answer> find(const std::string& path, const std::string& text, SearchKind kind = SearchKind::Auto,
                    store::Access access = store::Access::ReadOnly, SearchQuery query = {})
{
    auto project = store::Project::open(path, access);
    if (!project) {
        return tl::unexpected(project.error());
    }
    query.text = text;
    query.kind = kind;
    Answer answer;
    Control control;
    auto report = search(
        *project, query,
        [&](std::vector<SearchHit>&& hits) {
            std::move(hits.begin(), hits.end(), std::back_inserter(answer.hits));
            return true;
        },
        control);
    if (!report) {
        return tl::unexpected(report.error());
    }
    answer.report = std::move(*report);
    return answer;
}

QByteArray manyMolecules(int count)
{
    QByteArray csv = "name,smiles,y\n";
    for (int i = 0; i < count; ++i) {
        QByteArray smiles(i % 7 + 1, 'C');
        smiles += i % 3 == 0 ? "c1ccccc1" : "C1CCCCC1";
        smiles += QByteArray(i / 7 % 40, 'C') + (i / 280 % 2 ? "O" : "N") + QByteArray(i / 560, 'C');
        csv += "mol " + QByteArray::number(i) + "," + smiles + "," + QByteArray::number(i) + "\n";
    }
    return csv;
}

} // namespace

class DataSearchTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    std::string m_project;

private Q_SLOTS:
    void initTestCase()
    {
        chem::initialise();
        m_project = m_folder.path("named.papilio");
        QVERIFY(ok(importInto(m_project, {m_folder.write("named.csv", table)})));
    }

    void findsNamesAndIds()
    {
        const auto exact = find(m_project, "caffeine");
        QVERIFY(ok(exact));
        QCOMPARE(exact->names(), QStringList{QStringLiteral("Caffeine")});
        QCOMPARE(exact->hits[0].smiles, std::string("Cn1c(=O)c2c(ncn2C)n(C)c1=O"));
        QCOMPARE(exact->hits[0].row, std::int64_t{1});
        QCOMPARE(exact->hits[0].column, std::string("name"));
        QCOMPARE(exact->hits[0].labels, std::int64_t{1});
        const auto id = find(m_project, " m3 ", SearchKind::Name);
        QCOMPARE(id->hits.at(0).reason, HitReason::Name);
        QCOMPARE(id->hits.at(0).name, std::string("M3"));
        const auto part = find(m_project, "alanine", SearchKind::Name);
        QCOMPARE(part->names(), (QStringList{QStringLiteral("L-Alanine"), QStringLiteral("D-Alanine")}));
        QCOMPARE(part->hits[0].reason, HitReason::NameContains);
        const auto twice = find(m_project, "aspirin", SearchKind::Name);
        QCOMPARE(twice->hits.size(), std::size_t{2}); // two rows of one molecule
        QCOMPARE(twice->hits[0].molecule, twice->hits[1].molecule);
        const auto rejected = find(m_project, "broken", SearchKind::Name);
        QCOMPARE(rejected->hits.at(0).molecule, std::int64_t{0});
        QVERIFY(find(m_project, "no such thing")->hits.empty());
    }

    void findsTheSameMoleculeHoweverItIsWritten()
    {
        const auto found = find(m_project, "OC(=O)c1ccccc1OC(=O)C", SearchKind::Smiles);
        QVERIFY(ok(found));
        QCOMPARE(found->hits.size(), std::size_t{1});
        QCOMPARE(found->hits[0].reason, HitReason::Same);
        QCOMPARE(found->hits[0].name, std::string("M1"));
        const auto automatic = find(m_project, "OC(=O)c1ccccc1OC(=O)C");
        QCOMPARE(automatic->hits.at(0).reason, HitReason::Same);
        QCOMPARE(automatic->hits.at(1).reason, HitReason::Similar);
        QCOMPARE(automatic->hits.at(1).smiles, std::string("O=C(O)c1ccccc1O"));
        QVERIFY(!find(m_project, "C(C", SearchKind::Smiles).has_value());
        QVERIFY(find(m_project, "CCCCCC", SearchKind::Smiles)->hits.empty());
    }

    void findsKeysAndInchis()
    {
        const auto access = store::Access::ReadWrite;
        const auto whole = find(m_project, "QNAYBMKLOCPYGJ-REOHCLBHSA-N", SearchKind::Auto, access);
        QVERIFY(ok(whole));
        QCOMPARE(whole->hits.size(), std::size_t{1});
        QCOMPARE(whole->hits[0].smiles, std::string("C[C@H](N)C(=O)O"));
        const auto block = find(m_project, "QNAYBMKLOCPYGJ"); // known by now
        QCOMPARE(block->hits.size(), std::size_t{2});
        QVERIFY(find(m_project, "AAAAAAAAAAAAAA")->hits.empty());
        QVERIFY(!find(m_project, "QNAY", SearchKind::InchiKey).has_value());
        // Tautomers have one InChI.
        const auto tautomers = find(m_project, "InChI=1S/C5H5NO/c7-5-3-1-2-4-6-5/h1-4H,(H,6,7)", SearchKind::Inchi);
        QVERIFY(ok(tautomers));
        QCOMPARE(tautomers->hits.size(), std::size_t{2});
        QVERIFY(!find(m_project, "InChI=1S/nonsense", SearchKind::Inchi).has_value());
    }

    void computesKeysOnceAndResumes()
    {
        const std::string path = m_folder.path("keys.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("keys.csv", manyMolecules(1200))})));
        auto project = store::Project::open(path, store::Access::ReadWrite);
        struct StopLater : Control {
            void report(const Progress&) override { stop = true; }
            bool stopRequested() const override { return stop; }
            bool stop = false;
        } stopping;
        const auto stopped = completeInchiKeys(*project, stopping);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Stopped);
        const store::SearchIndex index(*project);
        const auto left = index.missing(store::IndexPart::InchiKey, 0, 10'000);
        QVERIFY(left->size() < 1200 && !left->empty());
        Control control;
        QVERIFY(ok(completeInchiKeys(*project, control)));
        QVERIFY(index.missing(store::IndexPart::InchiKey, 0, 10'000)->empty());
    }

    void readOnlyProjectsAreSearchedForKeysToo()
    {
        const std::string path = m_folder.path("readonly.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("readonly.csv", table)})));
        QCOMPARE(find(path, "LFQSCWFLJHTTHZ-UHFFFAOYSA-N")->hits.size(), std::size_t{1});
    }

    void findsSubstructuresInOrderAndStops()
    {
        const std::string path = m_folder.path("many.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("many.csv", manyMolecules(3000))})));
        const auto all = find(path, "c1ccccc1", SearchKind::Smarts);
        QVERIFY(ok(all));
        QVERIFY(all->report.complete);
        QVERIFY(!all->hits.empty());
        QVERIFY(std::is_sorted(all->hits.begin(), all->hits.end(),
                               [](const SearchHit& a, const SearchHit& b) { return a.molecule < b.molecule; }));
        auto project = store::Project::open(path, store::Access::ReadOnly);
        std::size_t aromatic = 0;
        (void)store::Molecules(*project).each([&](const store::MoleculeRecord& molecule) {
            aromatic += molecule.graph.atoms[molecule.graph.atoms.size() / 2].aromatic || molecule.smiles.find('c') != std::string::npos;
            return true;
        });
        QCOMPARE(all->hits.size(), aromatic);
        QCOMPARE(all->report.tested, static_cast<std::int64_t>(aromatic)); // the screen lets nothing else through here
        SearchQuery few;
        few.most = 7;
        const auto first = find(path, "c1ccccc1", SearchKind::Smarts, store::Access::ReadOnly, few);
        QCOMPARE(first->hits.size(), std::size_t{7});
        QVERIFY(!first->report.complete);
        QCOMPARE(first->hits[6].molecule, all->hits[6].molecule);
        Control control;
        int batches = 0;
        const auto ended = search(
            *project, {"c1ccccc1", SearchKind::Smarts}, [&](std::vector<SearchHit>&&) { return ++batches < 2; }, control);
        QVERIFY(ok(ended));
        QVERIFY(!ended->complete);
        QCOMPARE(batches, 2);
        StopFlagControl flag;
        flag.requestStop();
        const auto stopped =
            search(*project, {"c1ccccc1", SearchKind::Smarts}, [](std::vector<SearchHit>&&) { return true; }, flag);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Stopped);
        QVERIFY(!find(path, "C(", SearchKind::Smarts).has_value());
    }

    /// The best of a scan over chunks and threads are those of a plain loop.
    void similarityIsExact()
    {
        const std::string path = m_folder.path("many.papilio");
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto wanted = chem::morganFingerprint(*chem::Molecule::fromSmiles("CCCCc1ccccc1CCCCN"));
        std::vector<std::pair<double, std::int64_t>> expected;
        (void)store::Molecules(*project).each([&](const store::MoleculeRecord& molecule) {
            const auto parsed = chem::Molecule::fromSmiles(molecule.smiles);
            expected.emplace_back(-chem::tanimoto(wanted, chem::morganFingerprint(*parsed)), molecule.id);
            return true;
        });
        std::sort(expected.begin(), expected.end());
        SearchQuery query;
        query.top = 25;
        query.threads = 3;
        const auto found = find(path, "CCCCc1ccccc1CCCCN", SearchKind::Similar, store::Access::ReadOnly, query);
        QVERIFY(ok(found));
        QCOMPARE(found->hits.size(), std::size_t{25});
        for (std::size_t i = 0; i < 25; ++i) {
            QCOMPARE(found->hits[i].molecule, expected[i].second);
            QCOMPARE(found->hits[i].similarity, -expected[i].first);
        }
        query.least = 0.9;
        const auto near = find(path, "CCCCc1ccccc1CCCCN", SearchKind::Similar, store::Access::ReadOnly, query);
        for (const SearchHit& hit : near->hits) {
            QVERIFY(hit.similarity >= 0.9);
        }
    }

    void removedDatasetsAreNotFound()
    {
        const std::string path = m_folder.path("removed.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("first.csv", table)})));
        QVERIFY(ok(importInto(path, {m_folder.write("second.csv", "name,smiles,y\nOnly here,CCCCCCCl,1\n")})));
        auto project = store::Project::open(path, store::Access::ReadWrite);
        store::Datasets datasets(*project);
        QVERIFY(ok(datasets.remove(datasets.byName("second")->id)));
        QVERIFY(find(path, "CCCCCCCl")->hits.empty());
        QVERIFY(find(path, "Cl", SearchKind::Smarts)->hits.empty());
        QVERIFY(find(path, "only here", SearchKind::Name)->hits.empty());
        QVERIFY(find(path, "CCCCCCCl", SearchKind::Similar)->hits.at(0).similarity < 1);
        Control control;
        QVERIFY(ok(updateIndex(*project, 0, control)));
        QVERIFY(store::SearchIndex(*project).removed()->empty());
    }

    /// Another program removes a dataset while fingerprints are compared: its molecules are left out.
    void removedMeanwhileIsLeftOut()
    {
        const std::string path = m_folder.path("meanwhile.papilio");
        QVERIFY(ok(importInto(path, {m_folder.write("stays.csv", "smiles,y\nCCCCCl,1\nCCCCC,1\n")})));
        QVERIFY(ok(importInto(path, {m_folder.write("goes.csv", "smiles,y\nCCCCCCCl,1\n")})));
        struct Removing : Control {
            explicit Removing(std::string file) : path(std::move(file)) {}
            void report(const Progress&) override
            {
                if (!done) {
                    done = true;
                    auto other = store::Project::open(path, store::Access::ReadWrite);
                    store::Datasets datasets(*other);
                    removed = datasets.remove(datasets.byName("goes")->id).has_value();
                }
            }
            std::string path;
            bool done = false, removed = false;
        } removing(path);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        std::vector<SearchHit> hits;
        const auto found = search(
            *project, {"CCCCCCCl", SearchKind::Similar},
            [&](std::vector<SearchHit>&& some) {
                std::move(some.begin(), some.end(), std::back_inserter(hits));
                return true;
            },
            removing);
        QVERIFY(ok(found));
        QVERIFY(removing.removed);
        QCOMPARE(hits.size(), std::size_t{2});
        QVERIFY(hits[0].similarity < 1);
    }

    /// A project whose index is missing, as an older one, is searched all the same, and completed when it is written.
    void worksWithoutAnIndex()
    {
        const std::string path = m_folder.path("bare.papilio");
        {
            auto project = store::Project::create(path);
            store::Transaction transaction(*project);
            for (const char* smiles : {"CCO", "c1ccccc1", "CC(=O)O", "Cc1ccccc1"}) {
                const auto molecule = chem::Molecule::fromSmiles(smiles);
                Encodings encodings;
                const std::size_t atoms = molecule->graph().atoms.size();
                encodings.laplacianVectors.resize(atoms * Encodings::laplacianCount);
                encodings.laplacianValues.resize(atoms * Encodings::laplacianCount);
                encodings.walkReturns.resize(atoms * Encodings::walkCount);
                QVERIFY(ok(store::Molecules(*project).add(molecule->canonicalSmiles(), molecule->graph().toBytes(),
                                                          encodings.toBytes())));
            }
            QVERIFY(ok(transaction.commit()));
        }
        QCOMPARE(find(path, "c1ccccc1", SearchKind::Smarts)->hits.size(), std::size_t{2});
        QCOMPARE(find(path, "Cc1ccccc1", SearchKind::Similar)->hits.at(0).similarity, 1.0);
        auto project = store::Project::open(path, store::Access::ReadWrite);
        Control control;
        // Entries between those that are not there, and such as are all zero, are told apart by the one walk over them.
        store::SearchIndex index(*project);
        const auto ids = store::Molecules(*project).ids();
        QVERIFY(ok(index.put(store::IndexPart::Scaffold, std::vector{ids->at(1), ids->at(2)},
                             std::string(8, 'x') + std::string(8, '\0'))));
        store::IndexEntries entries(index, store::IndexPart::Scaffold);
        for (std::size_t i = 0; i < ids->size(); ++i) {
            QCOMPARE(std::string(*entries.of(ids->at(i))), i == 1 ? std::string(8, 'x') : std::string());
        }
        QVERIFY(entries.of(1'000'000)->empty() && entries.of(0)->empty() && entries.of(ids->at(1))->size() == 8);
        QCOMPARE(*index.missing(store::IndexPart::Scaffold, 0, 10), (std::vector{ids->at(0), ids->at(2), ids->at(3)}));
        QCOMPARE(*index.missing(store::IndexPart::Scaffold, ids->at(1), 1), (std::vector{ids->at(2)}));
        QVERIFY(ok(index.put(store::IndexPart::Scaffold, std::vector{ids->at(1)}, std::string(8, '\0'))));
        QVERIFY(ok(updateIndex(*project, 0, control)));
        QVERIFY(store::SearchIndex(*project).missing(store::IndexPart::Screen, 0, 10)->empty());
        QCOMPARE(find(path, "c1ccccc1", SearchKind::Smarts)->hits.size(), std::size_t{2});
    }

    void understandsTexts()
    {
        using K = SearchKind;
        QCOMPARE(understand("aspirin"), std::vector{K::Name});
        QCOMPARE(understand("CCO"), (std::vector{K::Smiles, K::Name, K::Similar}));
        QCOMPARE(understand("CCCCCCCCCCCCCC"), (std::vector{K::Smiles, K::Name, K::Similar})); // not the block of a key
        QCOMPARE(understand("LFQSCWFLJHTTHZ"), (std::vector{K::Name, K::InchiKey}));
        QCOMPARE(understand("[#6]C(=O)[NX3]"), (std::vector{K::Name, K::Smarts}));
        QCOMPARE(understand("InChI=1S/CH4/h1H4"), (std::vector{K::Inchi, K::Similar}));
        QVERIFY(!find(m_project, "  ").has_value());
    }

    /// Numbers of matches that RDKit's own substructure search gives on the same file.
    void countsAreThoseOfRdkit()
    {
        PAPILIO_TEST_FILE(file, "toymix/ZINC12k.csv.gz");
        const std::string path = m_folder.path("zinc.papilio");
        QVERIFY(ok(importInto(path, {file.toStdString()})));
        const std::pair<const char*, std::size_t> truth[] = {
            {"c1ccccc1", 9208}, {"C(=O)N", 8026}, {"c1ccc2[nH]ccc2c1", 163}, {"S(=O)(=O)N", 905}, {"C1CC1", 719},
            {"[r3]", 726},      {"c1nnc[nH]1", 10}, {"[N+](=O)[O-]", 482}, {"*~*~*~[P,B]", 7}, {"[nX2r5]", 3809}};
        SearchQuery query;
        query.places = false;
        for (const auto& [smarts, count] : truth) {
            const auto found = find(path, smarts, SearchKind::Smarts, store::Access::ReadOnly, query);
            QVERIFY(ok(found));
            QVERIFY2(found->hits.size() == count, smarts);
        }
    }
};

QTEST_GUILESS_MAIN(DataSearchTest)
#include "tst_data_search.moc"
