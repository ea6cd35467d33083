// SPDX-License-Identifier: GPL-3.0-or-later
// Splits of projects: every kind, shared and per dataset, on hand-made sets and on real ones with known splits.
#include "chem/molecule.h"
#include "chem/scaffold.h"
#include "tests/data/splittest.h"

using namespace papilio;
using namespace papilio::data;
using store::Part;

namespace
{

/// Four indoles, three pyridines, two stereoisomers without rings, and chains.
const QByteArray small = "smiles,y,part\n"
                         "Cc1c[nH]c2ccccc12,1,a\n"
                         "CCc1c[nH]c2ccccc12,2,a\n"
                         "c1ccc2[nH]ccc2c1,3,b\n"
                         "O=C(O)c1c[nH]c2ccccc12,4,c\n"
                         "c1ccncc1,5,c\n"
                         "Cc1ccncc1,6,c\n"
                         "CCc1ccncc1,7,a\n"
                         "C[C@H](N)C(=O)O,8,a\n"
                         "C[C@@H](N)C(=O)O,9,b\n"
                         "CCCC,10,b\n"
                         "CCCCC,11,b\n"
                         "CCCCCC,12,a\n";

} // namespace

class SplitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scaffoldsStayTogether()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("small.csv", small), "small", "y"));
        auto project = p.open();
        const auto id = [&project](const char* smiles) { return SplitProject::idOf(project, smiles); };
        std::set<std::string> hashes;
        for (const char* spec : {"scaffold:0.5/0.25/0.25", "balanced-scaffold:0.5/0.25/0.25"}) {
            for (std::uint64_t seed = 1; seed < 9; ++seed) {
                const auto made = p.make(project, spec, seed);
                QVERIFY(ok(made));
                const store::Split& split = made->split;
                const auto part = [&](const char* smiles) { return SplitProject::partOf(split, id(smiles)); };
                QCOMPARE(split.molecules.size(), std::size_t{12});
                QCOMPARE(part("CCc1c[nH]c2ccccc12"), part("c1ccc2[nH]ccc2c1"));
                QCOMPARE(part("O=C(O)c1c[nH]c2ccccc12"), part("Cc1c[nH]c2ccccc12"));
                QCOMPARE(part("CCc1ccncc1"), part("c1ccncc1"));
                QCOMPARE(part("C[C@H](N)C(=O)O"), part("C[C@@H](N)C(=O)O")); // stereoisomers without a ring
                auto counts = SplitProject::counts(split.parts);
                QVERIFY(counts[Part::Train] >= 4 && counts[Part::Train] <= 8);
                QCOMPARE(split.hash, store::splitHash(split));
                QCOMPARE(p.make(project, spec, seed)->split.hash, split.hash);
                hashes.insert(split.hash);
            }
        }
        QVERIFY(hashes.size() > 2); // the seed matters
        const auto together = p.make(project, "scaffold:0.5/0.25/0.25,acyclic=one", 1);
        QVERIFY(ok(together));
        QCOMPARE(SplitProject::partOf(together->split, id("CCCC")), SplitProject::partOf(together->split, id("CCCCCC")));
        QCOMPARE(SplitProject::partOf(together->split, id("CCCC")),
                 SplitProject::partOf(together->split, id("C[C@H](N)C(=O)O")));
        const auto cluster = p.make(project, "cluster:0.5/0.25/0.25,cutoff=0.35", 1);
        QVERIFY(ok(cluster));
        QCOMPARE(SplitProject::partOf(cluster->split, id("C[C@H](N)C(=O)O")),
                 SplitProject::partOf(cluster->split, id("C[C@@H](N)C(=O)O")));
    }

    void randomIsThatOfTraining()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("small.csv", small), "small", "y"));
        auto project = p.open();
        const auto made = p.make(project, "random:0.5/0.25/0.25,per-dataset", 3);
        QVERIFY(ok(made));
        auto counts = SplitProject::counts(made->split.parts);
        QCOMPARE(counts[Part::Train], 6);
        QCOMPARE(counts[Part::Validation], 3);
        QCOMPARE(made->split.datasets.size(), std::size_t{1});
        QVERIFY(made->split.datasets.begin()->second == made->split.parts);
    }

    void columnsDecide()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("small.csv", small), "small", "y"));
        auto project = p.open();
        const auto made = p.make(project, "column:part,train=a,val=b,test=c");
        QVERIFY(ok(made));
        auto counts = SplitProject::counts(made->split.parts);
        QCOMPARE(counts[Part::Train], 5);
        QCOMPARE(counts[Part::Validation], 4);
        QCOMPARE(counts[Part::Test], 3);
        auto others = SplitProject::counts(p.make(project, "column:part,test=c,train=*")->split.parts);
        QCOMPARE(others[Part::Train], 9);
        auto fewer = SplitProject::counts(p.make(project, "column:part,train=a,test=c")->split.parts);
        QCOMPARE(fewer[Part::None], 4);
        const auto says = [&](const char* spec, const char* what) {
            const auto bad = p.make(project, spec);
            return !bad && bad.error().text().find(what) != std::string::npos;
        };
        QVERIFY(says("column:part", "not known: 'a', 'b', 'c'"));
        QVERIFY(says("column:parts", "no column 'parts'"));
        QVERIFY(says("column:part,train=a,val=d,test=c", "no 'd'"));
        QVERIFY(says("column:large=part,train=a", "'large'"));
    }

    void filesDecide()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("a.csv", "smiles,y\nC,1\nCC,2\nC,3\nxx,4\nCCC,5\nCCCC,6\n"), "a", "y"));
        auto project = p.open();
        const auto file = [&](const QByteArray& text) { return "file:" + p.folder.write("s.csv", text); };
        const auto made = p.make(project, file("train,val,test\n0,4.0,5\n1,2,\n3,,\n"));
        QVERIFY(ok(made));
        QCOMPARE(SplitProject::partOf(made->split, SplitProject::idOf(project, "C")), Part::Train); // its first row
        QCOMPARE(SplitProject::partOf(made->split, SplitProject::idOf(project, "CCC")), Part::Validation);
        QCOMPARE(SplitProject::partOf(made->split, SplitProject::idOf(project, "CCCC")), Part::Test);
        QCOMPARE(made->notes.size(), std::size_t{2});
        QVERIFY(made->notes[0].find("1 rows of the split were rejected") != std::string::npos);
        QVERIFY(made->notes[1].find("1 rows are in another part") != std::string::npos);
        const auto says = [&](const std::string& spec, const char* what) {
            const auto bad = p.make(project, spec);
            return !bad && bad.error().text().find(what) != std::string::npos;
        };
        QVERIFY(says(file("train,val\n0,6\n"), "row 6 is not among the 6 rows"));
        QVERIFY(says(file("train,val\n0,0\n"), "row 0 is in part 'train' as well"));
        QVERIFY(says(file("first,second\n0,1\n"), "no list for training"));
        QVERIFY(ok(p.make(project, file("first,second\n0,1\n") + ",train=first,test=second")));
        QVERIFY(says(file("train,val\n0,1\n") + ",train=trn", "no 'trn'"));
        QVERIFY(says("file:" + p.folder.path("none.pt"), "none.pt"));
    }

    void datasetsOfTheirOwn()
    {
        SplitProject p;
        QVERIFY(p.import(p.folder.write("a.csv", "smiles,y\nC,1\nCC,2\nCCC,3\nCCCC,4\n"), "a", "y"));
        QVERIFY(p.import(p.folder.write("b.csv", "smiles,z\nCCC,1\nCCCC,2\nCCCCC,3\nC,4\n"), "b", "z"));
        auto project = p.open();
        const std::string files = "file:a=" + p.folder.write("sa.csv", "train,val,test\n0,2,3\n1,,\n") +
                                  "|b=" + p.folder.write("sb.csv", "train,val,test\n0,2,3\n1,,\n");
        const auto id = [&project](const char* smiles) { return SplitProject::idOf(project, smiles); };
        const auto a = store::Datasets(project).byName("a")->id, b = store::Datasets(project).byName("b")->id;

        const auto own = p.make(project, files + ",per-dataset");
        QVERIFY(ok(own));
        const auto part = [&](const Result<MadeSplit>& made, const char* smiles, std::int64_t dataset) {
            return SplitProject::partOf(made->split, id(smiles), dataset);
        };
        QCOMPARE(part(own, "C", a), Part::Train);
        QCOMPARE(part(own, "C", b), Part::Test);
        QCOMPARE(part(own, "CCC", a), Part::Validation);
        QCOMPARE(part(own, "CCC", b), Part::Train);
        QCOMPARE(part(own, "CCCCC", a), Part::None);
        QCOMPARE(part(own, "C", 0), Part::Train); // the lowest stands for all

        const auto shared = p.make(project, files); // no test set shrinks, no molecule is on two sides
        QVERIFY(ok(shared));
        QVERIFY(shared->split.datasets.empty());
        QCOMPARE(part(shared, "C", 0), Part::Test);
        QCOMPARE(part(shared, "CCC", 0), Part::Validation);
        QCOMPARE(part(shared, "CCCC", 0), Part::Test);
        QCOMPARE(part(shared, "CC", 0), Part::Train);
        QVERIFY(shared->notes.back().find("3 molecules are in different parts") != std::string::npos);

        const auto seen = p.make(project, files + ",per-dataset,test_seen");
        QVERIFY(ok(seen));
        QCOMPARE(part(seen, "C", b), Part::TestSeen);
        QCOMPARE(part(seen, "CCCC", a), Part::TestSeen);
        QVERIFY(!p.make(project, "file:" + p.folder.write("sa.csv", "train\n0\n")));

        // Kept, read back, and cut down to some molecules.
        store::Runs runs(project);
        const auto number = runs.addSplit(seen->split);
        QVERIFY(ok(number));
        const auto back = runs.split(*number);
        QVERIFY(ok(back));
        QVERIFY(back->datasets == seen->split.datasets && back->parts == seen->split.parts);
        QCOMPARE(*runs.addSplit(seen->split), *number);
        SplitRequest request = SplitProject::request(project, "stored:" + std::to_string(*number));
        const auto again = makeSplit(project, request, p.quiet);
        QVERIFY(ok(again));
        QCOMPARE(again->split.hash, seen->split.hash);
        request.molecules.erase(request.molecules.begin());
        const auto fewer = makeSplit(project, request, p.quiet);
        QVERIFY(ok(fewer));
        QCOMPARE(fewer->split.datasets.at(b).size(), request.molecules.size());
        QVERIFY(!p.make(project, "stored:99"));
        // A dataset that came later has no part in it.
        QVERIFY(p.import(p.folder.write("late.csv", "smiles,w\nCCCCN,1\n"), "late"));
        auto later = p.open();
        const auto unknown = p.make(later, "stored:" + std::to_string(*number));
        QVERIFY(!unknown && unknown.error().code == ErrorCode::Usage);
        QVERIFY2(unknown.error().text().find("none for 'late'") != std::string::npos, unknown.error().text().c_str());
    }

    /// The published rule: what the reference trains on is test_seen of the others, which are divided without it.
    void seenByAReference()
    {
        SplitProject p;
        QByteArray a = "smiles,y\n", b = "smiles,z\n";
        for (int i = 1; i <= 60; ++i) {
            a += QByteArray(i, 'C') + "O," + QByteArray::number(i) + "\n";
            b += QByteArray(i, 'C') + (i <= 30 ? "O," : "N,") + QByteArray::number(i) + "\n";
        }
        QVERIFY(p.import(p.folder.write("a.csv", a), "a", "y") && p.import(p.folder.write("b.csv", b), "b", "z"));
        auto project = p.open();
        const auto made = p.make(project, "random:0.5/0.25/0.25,per-dataset,test_seen=a");
        QVERIFY(ok(made));
        const auto of = [&](const char* name) {
            return made->split.partsOf(store::Datasets(project).byName(name)->id);
        };
        const auto first = of("a"), second = of("b");
        auto counts = SplitProject::counts(first);
        QCOMPARE(counts[Part::Train], 30);
        int seen = 0, rest = 0;
        for (std::size_t i = 0; i < first.size(); ++i) {
            if (second[i] != Part::None) {
                QCOMPARE(second[i] == Part::TestSeen, first[i] == Part::Train);
                ++(first[i] == Part::Train ? seen : rest);
            }
        }
        counts = SplitProject::counts(second);
        QCOMPARE(counts[Part::TestSeen], seen);
        QVERIFY(seen > 5);
        QCOMPARE(counts[Part::Test], rest / 4);
        QVERIFY(!p.make(project, "random:0.5/0.25/0.25,per-dataset,test_seen=c"));
    }

    void bace()
    {
        PAPILIO_TEST_FILE(file, "downstream/bace.csv.gz");
        SplitProject p;
        QVERIFY(p.import(file.toStdString(), "bace"));
        auto project = p.open();
        const auto made = p.make(project, "column:Model");
        QVERIFY(ok(made));
        std::map<QByteArray, int> truth; // of the table itself; no molecule occurs twice
        for (const QByteArray& line : gunzipped(file.toStdString()).split('\n').mid(1)) {
            const QByteArrayList cells = line.trimmed().split(',');
            if (cells.size() > 4) {
                for (const char* value : {"Train", "Valid", "Test"}) {
                    truth[value] += cells.contains(value) ? 1 : 0;
                }
            }
        }
        auto counts = SplitProject::counts(made->split.parts);
        QCOMPARE(counts[Part::Train], truth["Train"]);
        QCOMPARE(counts[Part::Validation], truth["Valid"]);
        QCOMPARE(counts[Part::Test], truth["Test"]);
        QCOMPARE(truth["Train"] + truth["Valid"] + truth["Test"], 1513);
    }

    void publishedFiles()
    {
        PAPILIO_TEST_FILE(table, "downstream/graphium_finetune/reg_small.csv.gz");
        PAPILIO_TEST_FILE(splits, "downstream/graphium_finetune/reg_small_splits.csv.gz");
        SplitProject p;
        QVERIFY(p.import(table.toStdString(), "reg", "target"));
        auto project = p.open();
        const auto made = p.make(project, "file:" + splits.toStdString());
        QVERIFY(ok(made));
        auto counts = SplitProject::counts(made->split.parts);
        QCOMPARE(counts[Part::Train], 109);
        QCOMPARE(counts[Part::Validation], 17);
        QCOMPARE(counts[Part::Test], 34);
        QVERIFY(made->notes.empty());
    }

    /// Three datasets with the published files of their own, in the published format.
    void toymixTiny()
    {
        PAPILIO_TEST_FILE(qm9, "toymix_tiny/qm9.csv.gz");
        const QString folder = testDataFolder() + QStringLiteral("/toymix_tiny/");
        SplitProject p;
        std::string spec = "file:";
        for (const auto& [file, labels] : {std::pair("qm9", "A,B,C,mu"), std::pair("Tox21-7k-12-labels", "NR-AR,SR-p53"),
                                           std::pair("ZINC12k", "SA,logp,score")}) {
            const QString name = QString::fromLatin1(file);
            const QString table = folder + name + QStringLiteral(".csv.gz");
            QVERIFY(p.import(table.toStdString(), file, labels));
            const QString splits = folder + name.section(QLatin1Char('-'), 0, 0) + QStringLiteral("_random_splits.pt");
            spec += spec.back() == ':' ? "" : "|";
            spec += file;
            spec += '=';
            spec += splits.toStdString();
        }
        auto project = p.open();
        const auto made = p.make(project, spec + ",per-dataset");
        QVERIFY(ok(made));
        QCOMPARE(made->split.datasets.size(), std::size_t{3});
        const auto zinc = store::Datasets(project).byName("ZINC12k")->id;
        auto counts = SplitProject::counts(made->split.partsOf(zinc));
        QCOMPARE(counts[Part::Train], 5);
        QCOMPARE(counts[Part::Validation], 10);
        QCOMPARE(counts[Part::Test], 5);
    }

    /// The benchmark's own split puts no scaffold on two sides; neither does ours, by the same scaffolds.
    void tdcScaffolds()
    {
        PAPILIO_TEST_FILE(herg, "downstream/tdc_admet/herg/test.csv.gz");
        for (const char* name : {"herg", "caco2_wang", "hia_hou", "bioavailability_ma", "half_life_obach"}) {
            std::set<std::uint64_t> sides[2];
            SplitProject p;
            for (const int side : {0, 1}) {
                const QString file = testDataFolder() + QStringLiteral("/downstream/tdc_admet/%1/%2.csv.gz")
                                                            .arg(QLatin1String(name), QLatin1String(side == 0 ? "train_val" : "test"));
                QVERIFY(p.import(file.toStdString(), side == 0 ? "train" : "test", "Y"));
            }
            auto project = p.open();
            for (const int side : {0, 1}) {
                const auto rows = moleculesOfRows(project, store::Datasets(project).byName(side == 0 ? "train" : "test")->id);
                QVERIFY(ok(rows));
                for (const std::int64_t molecule : *rows) {
                    sides[side].insert(chem::scaffoldHash(store::Molecules(project).byId(molecule)->graph));
                }
            }
            for (const std::uint64_t scaffold : sides[1]) {
                QVERIFY2(!sides[0].contains(scaffold), name);
            }
        }
    }

    /// The number of scaffolds of a real set, as RDKit's own Python counts them, and the sizes of a split of it.
    void delaneyScaffolds()
    {
        PAPILIO_TEST_FILE(file, "downstream/delaney.csv.gz");
        SplitProject p;
        QVERIFY(p.import(file.toStdString(), "delaney"));
        auto project = p.open();
        for (const char* kind : {"scaffold", "balanced-scaffold", "cluster"}) {
            const auto made = p.make(project, kind, 5);
            QVERIFY(ok(made));
            const store::Split& split = made->split;
            auto counts = SplitProject::counts(split.parts);
            QCOMPARE(split.molecules.size(), std::size_t{1117});
            QVERIFY2(std::abs(counts[Part::Test] - 111) <= 4 && std::abs(counts[Part::Validation] - 111) <= 4,
                     qPrintable(QStringLiteral("%1: %2 %3").arg(QLatin1String(kind)).arg(counts[Part::Validation]).arg(counts[Part::Test])));
            if (*kind == 'c') {
                continue;
            }
            std::map<std::uint64_t, Part> sides;
            for (std::size_t i = 0; i < split.molecules.size(); ++i) {
                const auto scaffold = chem::scaffoldHash(store::Molecules(project).byId(split.molecules[i])->graph);
                if (scaffold != 0) {
                    QCOMPARE(sides.emplace(scaffold, split.parts[i]).first->second, split.parts[i]);
                }
            }
            const QJsonObject stats = jsonOf(testDataFolder() + QStringLiteral("/downstream/delaney.stats.json"));
            QCOMPARE(static_cast<qint64>(sides.size()), stats.value(QLatin1String("murcko_scaffolds_unique")).toInteger(-1));
        }
    }
};

QTEST_GUILESS_MAIN(SplitTest)
#include "tst_data_split.moc"
