// SPDX-License-Identifier: GPL-3.0-or-later
// Rows into a project: statuses, merging, statistics, levels, several files, everything that is refused.
#include <numeric>

#include "chem/molecule.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

/// Reads a project that an import has made.
struct Content {
    explicit Content(const std::string& path)
        : project(store::Project::open(path, store::Access::ReadOnly).value()), datasets(project), labels(project),
          molecules(project)
    {
    }
    store::DatasetRecord dataset(const char* name) const { return datasets.byName(name).value(); }
    std::vector<store::RowRecord> rows(const char* name) const
    {
        return datasets.rowPage(dataset(name).id, std::nullopt, 0, 1000).value();
    }
    store::TaskRecord task(const char* name, std::size_t position) const
    {
        return datasets.tasks(dataset(name).id).value().at(position);
    }
    std::vector<double> label(const char* name, const char* smiles, int position) const
    {
        const auto id = molecules.idOf(smiles).value();
        const auto set = id ? labels.get(dataset(name).id, *id).value() : std::nullopt;
        const auto* entry = set ? set->find(position) : nullptr;
        return entry ? entry->values : std::vector<double>{};
    }
    store::Project project;
    store::Datasets datasets;
    store::Labels labels;
    store::Molecules molecules;
};

using Values = std::vector<double>;

} // namespace

class DataImportTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    int m_number = 0;
    std::string newProject() { return m_folder.path(qPrintable(QStringLiteral("p%1.papilio").arg(++m_number))); }

    Error refused(const std::string& file, const ImportOptions& options = {})
    {
        const auto report = importInto(newProject(), {file}, options);
        return report ? Error{ErrorCode::Internal, "no error", ""} : report.error();
    }

private Q_SLOTS:
    /// Cells far behind the first rows are counted elsewhere: none may be lost on the way, the very last neither.
    void theLastRowDecidesToo()
    {
        for (const int rows : {1001, 1256, 1257, 1700}) {
            QByteArray text("smiles,a\n");
            for (int i = 1; i < rows; ++i) {
                text += QByteArray(1 + i % 40, 'C') + (i % 2 == 0 ? ",0\n" : ",1\n");
            }
            const auto file = m_folder.write("last.csv", text + "CCO,2.5\n");
            const auto path = newProject();
            QVERIFY(ok(importInto(path, {file})));
            QCOMPARE(Content(path).task("last", 0).task.kind, TaskKind::Regression);
        }
    }

    void everyRowHasAStatus()
    {
        const auto path = newProject();
        const auto file = m_folder.write(
            "s.csv", "id,smiles,a,b\n1,CCO,1.5,\n2,C1CC,9,9\n3,OCC,2.5,7\n4,CCN,<3,1\n5,,1,2\n6,CCO,1.5\n"
                     "7,[CH3:1][CH3:2],0,1\n8,CC,x,y,z\n");
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(report->dataset, std::string("s"));
        QCOMPARE(report->rows, 8);
        QCOMPARE(report->used, 1);
        QCOMPARE(report->merged, 2);
        QCOMPARE(report->repaired, 2);
        QCOMPARE(report->rejected, 3);
        QCOMPARE(report->molecules, 3);
        QCOMPARE(report->newMolecules, 3);
        QCOMPARE(report->conflictingRows, 1);
        const Content content(path);
        const auto rows = content.rows("s");
        QCOMPARE(rows.size(), 8u);
        QCOMPARE(rows[0].status, store::RowStatus::Used);
        QVERIFY(rows[0].reason.empty() && rows[0].text == "CCO");
        QCOMPARE(rows[1].status, store::RowStatus::Rejected);
        QVERIFY(rows[1].molecule == 0 && !rows[1].reason.empty() && rows[1].text == "C1CC");
        QCOMPARE(rows[2].status, store::RowStatus::Merged);
        QCOMPARE(rows[2].reason,
                 std::string("same molecule as row 0, 1 label added, 1 label differs (the earlier value stays)"));
        QCOMPARE(rows[2].molecule, rows[0].molecule);
        QCOMPARE(rows[3].status, store::RowStatus::Repaired);
        QVERIFY(says(rows[3].reason, "a: '<3' is a bound"));
        QVERIFY(says(rows[4].reason, "no structure"));
        QCOMPARE(rows[5].status, store::RowStatus::Merged);
        QVERIFY(says(rows[5].reason, "3 cells, the header has 4"));
        QCOMPARE(rows[6].status, store::RowStatus::Repaired);
        QVERIFY(says(rows[6].reason, "atom-map"));
        QVERIFY(says(rows[7].reason, "5 cells, the header has 4"));
        QCOMPARE(content.label("s", "CCO", 0), (Values{1.5}));
        QCOMPARE(content.label("s", "CCO", 1), (Values{7}));
        QCOMPARE(content.label("s", "CCN", 0), Values{});
    }

    /// Over the rows as they were read, unusable structures included; the published counts are made so.
    void statisticsAreOfTheRows()
    {
        const auto path = newProject();
        const auto file =
            m_folder.write("t.csv", "smiles,x,y\nC,1e9,1\nCC,1000000001,0\nC,1000000002,\nXXX,1000000003,1\nCCC,,\n");
        QVERIFY(ok(importInto(path, {file})));
        const Content content(path);
        const auto x = content.task("t", 0).stats;
        QCOMPARE(x.rows, 4);
        QCOMPARE(x.values, 4);
        QCOMPARE(x.molecules, 2);
        QCOMPARE(x.mean, 1e9 + 1.5);
        QVERIFY(std::abs(x.sd - std::sqrt(1.25)) < 1e-6); // a sum of squares would have lost it
        QCOMPARE(x.minimum, 1e9);
        QCOMPARE(x.maximum, 1e9 + 3);
        const auto y = content.task("t", 1);
        QCOMPARE(y.task.kind, TaskKind::Binary);
        QCOMPARE(y.stats.rows, 3);
        QCOMPARE(y.stats.positives, 2);
        const auto dataset = content.dataset("t");
        QCOMPARE(dataset.labels, 7);
        QCOMPARE(dataset.labelCells, 10);
        QVERIFY(dataset.complete && dataset.importState.empty());
        QCOMPARE(dataset.sourceHash.size(), 64u);
    }

    /// 2,000 rows of 0 and 1, then a 0.5: what is binary is known from the whole file.
    void kindIsDecidedByTheWholeFile()
    {
        QByteArray text("smiles,late,never\n");
        for (int i = 0; i < 2500; ++i) {
            text += "C" + QByteArray(i % 20, 'C') + "," +
                    (i == 2400 ? "0.5"
                     : i % 3   ? "1"
                               : "0") +
                    "," + (i % 2 ? "1.0" : "0") + "\n";
        }
        const auto path = newProject();
        const auto file = m_folder.write("w.csv", text);
        QCOMPARE(columnOf(*previewFile(file), "late")->kind, TaskKind::Binary);
        QVERIFY(ok(importInto(path, {file})));
        const Content content(path);
        QCOMPARE(content.task("w", 0).task.kind, TaskKind::Regression);
        QCOMPARE(content.task("w", 1).task.kind, TaskKind::Binary);
        QCOMPARE(content.task("w", 1).stats.positives, 1250);
    }

    void classesAreCounted()
    {
        const auto path = newProject();
        ImportOptions options;
        options.columns.kind = TaskKind::Multiclass;
        QVERIFY(
            ok(importInto(path, {m_folder.write("m.csv", "smiles,c\nC,0\nCC,2\nCCC,2\nCCCC,1.0\nCCCCC,\n")}, options)));
        const auto task = Content(path).task("m", 0);
        QCOMPARE(task.task.classes, 3);
        QCOMPARE(task.stats.classCounts, (std::vector<std::int64_t>{1, 1, 2}));
    }

    /// The same molecules written in another atom order, as mapped atoms and as mol blocks: the same stored labels.
    void nodeLabelsFollowTheirAtoms()
    {
        const QByteArray head("smiles,charge,length\n");
        const auto a = newProject();
        const auto b = newProject();
        const auto c = newProject();
        // Acetamide: C C O N, then O N C C with its bonds O-C, N-C, C-C written the other way round.
        QVERIFY(ok(importInto(a, {m_folder.write("n.csv", head + "CC(=O)N,\"[1,2,3,4]\",\"[12,21,23,32,24,42]\"\n")})));
        QVERIFY(ok(importInto(b, {m_folder.write("n.csv", head + "O=C(N)C,\"[3,2,4,1]\",\"[32,23,24,42,21,12]\"\n")})));
        QVERIFY(ok(importInto(c, {m_folder.write("n.csv", head + "[O:3]=[C:2]([NH2:4])[CH3:1],\"[1,2,3,4]\",\n")})));
        const auto atoms = Content(a).label("n", "CC(N)=O", 0);
        QCOMPARE(atoms.size(), 4u);
        QCOMPARE(Content(b).label("n", "CC(N)=O", 0), atoms);
        QCOMPARE(Content(c).label("n", "CC(N)=O", 0), atoms);
        const auto edges = Content(a).label("n", "CC(N)=O", 1);
        QCOMPARE(Content(b).label("n", "CC(N)=O", 1), edges);
        // Each directed bond carries "from the tens to the units" in terms of the atoms' own labels.
        const auto molecule = chem::Molecule::fromSmiles("CC(N)=O");
        for (std::size_t k = 0; k < molecule->graph().bonds.size(); ++k) {
            const auto& bond = molecule->graph().bonds[k];
            QCOMPARE(edges[2 * k], 10 * atoms[bond.begin] + atoms[bond.end]);
            QCOMPARE(edges[2 * k + 1], 10 * atoms[bond.end] + atoms[bond.begin]);
        }
    }

    void listsOfTheWrongLength()
    {
        const auto path = newProject();
        const auto file = m_folder.write(
            "l.csv",
            "smiles,n,b\nCCO,\"[1,2,3]\",\"[7,8]\"\nCCN,\"[1,2]\",\"[1,2,3]\"\nCCC,\"[nan,null,NaN]\",\nCCCC,5,\n"
            "OCC,\"[9,nan,9]\",\"[1,1,1,1]\"\n");
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(report->repaired, 2);
        QCOMPARE(report->conflictingRows, 1);
        const Content content(path);
        const auto rows = content.rows("l");
        QVERIFY2(says(rows[1].reason, "n: 2 values for 3 heavy atoms") &&
                     says(rows[1].reason, "b: 3 values for 4 directed bonds"),
                 rows[1].reason.c_str());
        QVERIFY(says(rows[3].reason, "no list"));
        QCOMPARE(content.label("l", "CCN", 0), Values{});
        QCOMPARE(content.label("l", "CCC", 0), Values{}); // nothing but missing elements
        const auto bonds = content.label("l", "CCO", 1);  // one value a bond counts for both directions
        QCOMPARE(bonds.size(), 4u);
        QVERIFY(bonds[0] == bonds[1] && bonds[2] == bonds[3] && bonds[0] != bonds[2]);
        QCOMPARE(content.task("l", 0).stats.values, 5);
        QCOMPARE(content.task("l", 1).stats.rows, 2);
    }

    void moleculesAreSharedByDatasets()
    {
        const auto path = newProject();
        QVERIFY(ok(importInto(path, {m_folder.write("one.csv", "smiles,x\nCCO,1.5\nCC,2.5\n")})));
        const auto second = importInto(path, {m_folder.write("two.smi", "OCC\tethanol\nCCC\tpropane\n")});
        QVERIFY(ok(second));
        QCOMPARE(second->molecules, 2);
        QCOMPARE(second->newMolecules, 1);
        QCOMPARE(Content(path).molecules.count().value(), 3);
        QVERIFY(std::any_of(second->notes.begin(), second->notes.end(),
                            [](const auto& n) { return says(n, "No label columns"); }));
    }

    void shardsBecomeOneDataset()
    {
        const auto path = newProject();
        const auto a = m_folder.write("a.csv", "smiles,x\nCCO,1.5\nCC,2\n");
        const auto b = m_folder.write("b.csv.gz", gzipped("x,smiles\n3,OCC\n4,CCC\n"));
        ImportOptions options;
        options.dataset = "both";
        const auto report = importInto(path, {a, b}, options);
        QVERIFY(ok(report));
        QCOMPARE(report->rows, 4);
        QCOMPARE(report->merged, 1);
        const Content content(path);
        QCOMPARE(content.rows("both")[3].row, 3);
        QCOMPARE(content.label("both", "CCC", 0), (Values{4}));
        const auto odd = importInto(newProject(), {a, m_folder.write("c.csv", "smiles,y\nC,1\n")}, options);
        QVERIFY(!odd && odd.error().code == ErrorCode::BadInput && says(odd.error().message, "'y'"));
    }

    void severalFilesBecomeSeveralDatasets()
    {
        auto project = store::Project::create(newProject());
        const auto a = m_folder.write("first.csv", "smiles,x\nCCO,1.5\n");
        const auto b = m_folder.write("second.tsv.gz", gzipped("smiles\ty\nCC\t2\n"));
        Control control;
        const auto reports = importFiles(*project, {a, b}, {}, control);
        QVERIFY(ok(reports));
        QCOMPARE(reports->size(), 2u);
        QCOMPARE((*reports)[1].dataset, std::string("second"));
        const auto c = m_folder.write("third.csv", "smiles,z\nC,1.5\n");
        const auto again = importFiles(*project, {a, b, c}, {}, control); // as if cut off before the third
        QVERIFY(ok(again));
        QCOMPARE((*again)[0].rows, 1);
        QCOMPARE((*again)[2].dataset, std::string("third"));
        QCOMPARE(importFiles(*project, {a, b, c}, {}, control).error().code, ErrorCode::Exists);
        QCOMPARE(importFiles(*project, {a, m_folder.path("sub/first.csv")}, {}, control).error().code,
                 ErrorCode::Usage);
    }

    void existingDatasetsAreNotTouched()
    {
        const auto path = newProject();
        const auto file = m_folder.write("e.csv", "smiles,x\nCCO,1.5\n");
        QVERIFY(ok(importInto(path, {file})));
        const auto before = contentOf(path);
        const auto again = importInto(path, {file});
        QVERIFY(!again && again.error().code == ErrorCode::Exists);
        QVERIFY2(says(again.error().text(), "'e'") && says(again.error().text(), "--replace"),
                 again.error().text().c_str());
        QCOMPARE(contentOf(path), before);
        ImportOptions replace;
        replace.replace = true;
        const auto bad = importInto(path, {m_folder.write("e.csv", "smiles,x\n")}, replace);
        QVERIFY(!bad);
        QCOMPARE(contentOf(path), before); // a bad file does not cost the old data
        QVERIFY(ok(importInto(path, {m_folder.write("e.csv", "smiles,x\nCC,2\nC,3\n")}, replace)));
        const Content content(path);
        QCOMPARE(content.dataset("e").rows, 2);
        QCOMPARE(content.molecules.count().value(), 2);
    }

    void badInputSaysWhatIsWrong()
    {
        const auto noSmiles = refused(m_folder.write("a.csv", "a,b\n1,2\n2,2\n"));
        QCOMPARE(noSmiles.code, ErrorCode::BadInput);
        QVERIFY(says(noSmiles.text(), "'a', 'b'") && says(noSmiles.text(), "--smiles NAME"));
        QVERIFY(says(refused(m_folder.write("h.csv", "smiles,x\n")).text(), "no rows"));
        QVERIFY(says(refused(m_folder.write("z.csv", "")).text(), "is empty"));
        QByteArray junk(5000, '\0');
        std::iota(junk.begin(), junk.end(), char(1));
        QVERIFY(says(refused(m_folder.write("j.csv", junk)).text(), "binary"));
        QCOMPARE(refused(m_folder.path("absent.csv")).code, ErrorCode::NotFound);
        ImportOptions text;
        text.columns.labelPatterns = "t*";
        const auto label = refused(m_folder.write("t.csv", "smiles,t1\nC,low\nCC,1\nCCC,high\n"), text);
        QVERIFY2(says(label.text(), "'t1'") && says(label.text(), "row 0") && says(label.text(), "'low'"),
                 label.text().c_str());
        auto project = store::Project::create(newProject());
        Control control;
        QCOMPARE(importFiles(*project, {}, {}, control).error().code, ErrorCode::Usage);
        QVERIFY(store::Datasets(*project).all()->empty()); // nothing of all this began a dataset
    }

    void manyInvalidStructures()
    {
        QByteArray text("smiles,x\n");
        for (int i = 0; i < 500; ++i) {
            text += (i % 5 < 2 ? "C(" : "C") + QByteArray(1 + i % 30, 'C') + "," + QByteArray::number(i * 0.5) + "\n";
        }
        const auto report = importInto(newProject(), {m_folder.write("bad.csv", text)});
        QVERIFY(ok(report));
        QCOMPARE(report->rejected, 200);
        QCOMPARE(report->rows, 500);
        QVERIFY(says(report->notes[report->notes.size() - 2], "200 of 500 rows (40 %) were rejected"));
    }

    void hugeRowsAreOneRow()
    {
        const auto path = newProject();
        const QByteArray text =
            "smiles,x\nCCO,1\n" + QByteArray(2 << 20, 'C') + ",2\nCCN,3\n" + QByteArray(3000, 'C') + ",4\nCCC,5\n";
        QElapsedTimer timer;
        timer.start();
        const auto report = importInto(path, {m_folder.write("huge.csv", text)});
        QVERIFY(ok(report));
        QVERIFY(timer.elapsed() < 10000);
        QCOMPARE(report->used, 3);
        QCOMPARE(report->rejected, 2);
        const auto rows = Content(path).rows("huge");
        QVERIFY2(says(rows[1].reason, "2097152 characters"), rows[1].reason.c_str());
        QVERIFY(rows[1].text.size() < 5000);
        QVERIFY2(says(rows[3].reason, "3000"), rows[3].reason.c_str());
    }

    void sdFilesKeepGoingBehindBrokenRecords()
    {
        const QByteArray block(
            "m\n\n\n  2  1  0  0  0  0  0  0  0  0999 V2000\n"
            "    0.0000    0.0000    0.0000 C   0  0\n    1.0000    0.0000    0.0000 O   0  0\n  1  2  1  0\nM  END\n");
        QByteArray broken = block;
        broken.replace("  1  2  1  0\n", "  1  9  1  0\n");
        const auto path = newProject();
        const auto report =
            importInto(path, {m_folder.write("r.sdf", block + "> <y>\n1.5\n\n$$$$\n" + broken + "> <y>\n2.5\n\n$$$$\n" +
                                                          block + "> <y>\n3.5\n\n$$$$\n")});
        QVERIFY(ok(report));
        QCOMPARE(report->used, 1);
        QCOMPARE(report->rejected, 1);
        QCOMPARE(report->merged, 1);
        const Content content(path);
        QCOMPARE(content.rows("r")[0].text, std::string("m"));
        QCOMPARE(content.label("r", "CO", 0), (Values{1.5}));
    }

    void nothingUsableLeavesNothing()
    {
        const auto path = m_folder.path("useless.papilio");
        const auto file = m_folder.write("useless.csv", "smiles,y\nnonsense,1\nC(C,2\n");
        const auto report = importInto(path, {file});
        QVERIFY(!report && report.error().code == ErrorCode::BadInput);
        QVERIFY2(report.error().message.find("All 2 rows of 'useless.csv' were rejected. Row 0: ") == 0,
                 report.error().message.c_str());
        auto project = store::Project::open(path, store::Access::ReadOnly);
        QVERIFY(ok(project) && store::Datasets(*project).all()->empty());
    }

    /// What exchanges a dataset must be of use, else the old one stays.
    void nothingUsableReplacesNothing()
    {
        const auto path = m_folder.path("kept.papilio");
        const auto good = m_folder.write("kept.csv", "smiles,y\nCCO,1.5\nCCN,2.5\n");
        QVERIFY(ok(importInto(path, {good})));
        const auto before = contentOf(path);
        ImportOptions replace;
        replace.replace = true;
        const auto useless = importInto(path, {m_folder.write("kept.csv", "smiles,y\nnonsense,1\nC(C,2\n")}, replace);
        QVERIFY(!useless && useless.error().code == ErrorCode::BadInput);
        QVERIFY2(useless.error().hint.find("The dataset 'kept' stays as it was.") == 0, useless.error().hint.c_str());
        QCOMPARE(contentOf(path), before);
        // Of several files the first are there: the message is about the one.
        const auto several = importInto(m_folder.path("several.papilio"), {m_folder.write("yes.csv", "smiles,y\nC,1\n"), m_folder.write("no.csv", "smiles,y\nnonsense,1\n")});
        QVERIFY(!several && several.error().message.find("The only row of 'no.csv' was rejected.") == 0);
        QVERIFY2(several.error().hint.find("No dataset was made of it.") == 0, several.error().hint.c_str());
        QCOMPARE(Content(m_folder.path("several.papilio")).dataset("yes").used, 1);
    }

    void selfiesAreRefused()
    {
        const auto refused = previewFile(m_folder.write("sf.csv", "id,text,y\na,[C][C][=O],1\nb,[C][Branch1][C][O],2\n"));
        QVERIFY(!refused && refused.error().message.find("SELFIES") != std::string::npos);
        QVERIFY(!previewFile(m_folder.write("sn.csv", "selfies,y\n[C][C][O],1\n[C][O],2\n")));
        QVERIFY(ok(previewFile(m_folder.write("sb.csv", "selfies,smiles,y\n[C][C][=O],CC=O,1\n[C],C,2\n"))));
        QVERIFY(ok(previewFile(m_folder.write("ss.csv", "smiles,y\n[Na+].[Cl-],1\n[H][H],2\n"))));
    }
};

QTEST_GUILESS_MAIN(DataImportTest)
#include "tst_data_import.moc"
