// SPDX-License-Identifier: GPL-3.0-or-later
// What misleads in tables: words about SMILES in their rows, quotes over several lines, zero bytes, names before SMILES.
#include "data/inputfiles.h"
#include "data/structurenames.h"
#include "data/table.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

using Cells = std::vector<std::string>;

struct Read {
    Cells columns, notes;
    std::vector<TableRow> rows;
    std::string error;
    int structure = 0;
};

Read readTable(const std::string& path, const ReadOptions& options = {})
{
    Read read;
    auto reader = openTable(path, nullptr, options);
    if (!reader) {
        read.error = reader.error().text();
        return read;
    }
    TableRow row;
    for (auto more = (*reader)->next(row); more && *more; more = (*reader)->next(row)) {
        read.rows.push_back(row);
    }
    read.columns = (*reader)->columns();
    read.notes = (*reader)->notes();
    read.structure = (*reader)->structureColumn();
    return read;
}

} // namespace

class DataTablesTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    Read read(const char* name, const QByteArray& bytes, const ReadOptions& options = {})
    {
        return readTable(m_folder.write(name, bytes), options);
    }

private Q_SLOTS:
    /// Words about a SMILES in a row of a table are no header.
    void wordsAboutSmiles()
    {
        for (const char* words : {"invalid SMILES", "no smiles available", "SMILES not found", "see the SMILES there"}) {
            const Read table = read("w.csv", QByteArray("id,structure,note\n1,CCO,good\n2,,") + words + "\n3,CCC,good\n");
            QCOMPARE(table.columns, (Cells{"id", "structure", "note"}));
            QCOMPARE(table.rows.size(), 3u);
        }
        // One such cell alone, above others or above nothing.
        for (const char* rest : {"\nb,CCN,\nc,CCC,\n", "\nb,CCN,InChI\nc,CCC,sdf\n"}) {
            const Read table = read("o.csv", QByteArray("id,structure,source\n1,CCO,SMILES") + rest);
            QCOMPARE(table.columns, (Cells{"id", "structure", "source"}));
            QCOMPARE(table.rows.size(), 3u);
        }
        const Read kinds = read("k.csv", "id,structure,kind\na,CCO,SMILES\nb,CCN,SMILES\nc,CCC,SMILES\n");
        QCOMPARE(kinds.columns, (Cells{"id", "structure", "kind"}));
        QCOMPARE(kinds.rows.size(), 3u);
        const Read comment = read("c.csv", "# by me\n#id,structure,note\n1,,no SMILES available\n2,CCO,\n");
        QCOMPARE(comment.columns, (Cells{"#id", "structure", "note"}));
        // Titles stay titles, also those that spreadsheets fill up with separators or that have groups of columns.
        QCOMPARE(read("t.csv", "Table 1,,\nid,SMILES,y\n1,C,2\n2,CC,3\n").columns, (Cells{"id", "SMILES", "y"}));
        QCOMPARE(read("g.csv", "Compound,,Activity\nid,canonical_smiles,y\n1,C,2\n2,CC,3\n").columns,
                 (Cells{"id", "canonical_smiles", "y"}));
        QCOMPARE(read("m.csv", "Mine, really\nid,my smiles here,y\n1,C,2\n2,CC,3\n").columns,
                 (Cells{"id", "my smiles here", "y"}));
        QVERIFY(isStructureName("SMILES") && isStructureName("#isosmiles") && isStructureName("RDKit SMILES"));
        QVERIFY(!isStructureName("invalid SMILES") && !isStructureName("smiles missing") && !isStructureName("my smiles here"));
    }

    /// A row whose quoted cell has several lines is repaired like any other.
    void quotedRowsWithACellTooMany()
    {
        const Read extra = read("e.csv", "smiles,note\nC,\"a\nb\",\nCC,\"c\nd\",, \nCCC,e\n");
        QCOMPARE(extra.rows.size(), 3u);
        QCOMPARE(extra.rows[0].cells, (Cells{"C", "a\nb"}));
        QVERIFY(says(extra.rows[0].repair, "3 cells, the header has 2; the empty ones at the end are left out"));
        QCOMPARE(extra.rows[1].cells, (Cells{"CC", "c\nd"}));
        const Read few = read("f.csv", "smiles,note,y\nC,\"a\nb\"\nCC,c,1\n");
        QCOMPARE(few.rows.size(), 3u);
        QVERIFY2(says(few.rows[0].problem, "closed in a later line only"), few.rows[0].problem.c_str());
        QVERIFY(says(few.rows[0].problem, "2 cells, the header has 3"));
        QCOMPARE(few.rows[2].cells, (Cells{"CC", "c", "1"}));
        const Read open = read("o.csv", "smiles,note,y\nC,\"a,1\nCC,c,1\n");
        QCOMPARE(open.rows[0].problem, std::string("a quote is opened and not closed"));
    }

    void zeroBytesAnywhere()
    {
        const QByteArray plain = QByteArray("CCCCCCCCCCCC,1\n").repeated(200);
        const Read inside = read("i.csv", "smiles,x\n" + plain + QByteArray("C,\"a\nb\0c\"\nCC,3\n", 15));
        QCOMPARE(inside.rows.size(), 202u);
        QVERIFY(says(inside.rows[200].problem, "zero bytes") && inside.rows[200].cells.empty());
        QCOMPARE(inside.rows[201].cells, (Cells{"CC", "3"}));
        const Read header = read("h.csv", QByteArray("smi\0les,x\n", 10) + plain);
        QVERIFY2(says(header.error, "zero bytes"), header.error.c_str());
        const Read first = read("f.csv", QByteArray("C\0C,2\n", 6) + plain, {.header = false});
        QCOMPARE(first.rows.size(), 201u);
        QVERIFY(says(first.rows[0].problem, "zero bytes") && first.rows[0].cells.empty());
        QCOMPARE(first.rows[1].cells, (Cells{"CCCCCCCCCCCC", "1"}));
    }

    void namesBeforeSmiles()
    {
        const Read unnamed = read("u.smi", "Sulfuric acid\tOS(=O)(=O)O\nDeanol\tCN(C)CCO\n\tCCO\nX 1\tCC\n");
        QCOMPARE(unnamed.structure, 1);
        QCOMPARE(unnamed.rows.size(), 4u);
        QCOMPARE(unnamed.rows[2].cells, (Cells{"", "CCO"}));
        const Read hash = read("h.smi", "# a comment\nDeanol\tCN(C)CCO\n#7 b\tCCO\n#8\tno molecule\n# late\tone\nX 1\tCC\n");
        QCOMPARE(hash.rows.size(), 4u);
        QCOMPARE(hash.rows[1].cells, (Cells{"#7 b", "CCO"}));
        QCOMPARE(hash.rows[2].cells, (Cells{"#8", "no molecule"}));
        const Read all = read("a.smi", "#1\tCN(C)CCO\n#2\tCCO\n");
        QCOMPARE(all.rows.size(), 2u);
        QCOMPARE(all.rows[0].cells, (Cells{"#1", "CN(C)CCO"}));
        const Read header = read("t.smi", "Compound name\tSMILES\nSulfuric acid\tOS(=O)(=O)O\nDeanol\tCN(C)CCO\n");
        QCOMPARE(header.columns, (Cells{"Compound name", "SMILES"}));
        QCOMPARE(header.structure, 1);
        QCOMPARE(header.rows.size(), 2u);
        const Read usual = read("s.smi", "canonical SMILES\tname\nOS(=O)(=O)O\tSulfuric acid\nCCO\tx\n");
        QCOMPARE(usual.columns, (Cells{"canonical SMILES", "name"}));
        QCOMPARE(usual.rows[0].cells, (Cells{"OS(=O)(=O)O", "Sulfuric acid"}));
        // Where the SMILES come first, nothing changes.
        const Read first = read("f.smi", "#CCO\tx\n  CCO ethanol\n#C\n\tCC\tx\n");
        QCOMPARE(first.rows.size(), 2u);
        QCOMPARE(first.rows[1].cells[0], std::string("CC"));
        const Read comments = read("c.smi", "#made today\n#by me\n");
        QVERIFY(comments.rows.empty() && comments.columns == Cells{"smiles"});
    }

    void magicsAreWhole()
    {
        QCOMPARE(read("r.csv", "RDX,C1N(C)CN1\nsmiles,C\n").rows.size(), 1u);
        QCOMPARE(read("e.csv", "FEA1,smiles\n1,C\n").rows.size(), 1u);
        QVERIFY(says(read("x.csv", "RDX3\nX\n").error, "data file of R"));
        QVERIFY(says(read("y.csv", QByteArray("FEA1\0\0\0\0", 8)).error, "Feather"));
    }

    void repeatedNamesAreToldTruly()
    {
        const Read told = read("n.csv", "smiles,x,x (2),x,x,x,x,x,x\nC,1,2,3,4,5,6,7,8\n");
        QCOMPARE(told.columns.back(), std::string("x (8)"));
        QVERIFY(!told.notes.empty());
        QVERIFY2(says(told.notes.front(), "occurs 7 times; the columns are told apart as 'x' … 'x (8)'"),
                 told.notes.front().c_str());
    }

    /// What could be said about more columns than are told counts columns, also where several share a text.
    void manyNotesCountColumns()
    {
        QByteArray header("smiles"), rows;
        for (int column = 0; column < 24; ++column) {
            header += ",a" + QByteArray::number(column) + ",b" + QByteArray::number(column);
        }
        for (int row = 0; row < 60; ++row) {
            rows += QByteArray(row % 40 + 1, 'C');
            for (int column = 0; column < 24; ++column) { // two columns each with as many texts
                const QByteArray cell = row <= column ? QByteArray("odd") : QByteArray::number(row + 0.25);
                rows += "," + cell + "," + cell;
            }
            rows += "\n";
        }
        const auto preview = previewFile(m_folder.write("many.csv", header + "\n" + rows));
        QVERIFY(ok(preview));
        const auto more = std::find_if(preview->notes.begin(), preview->notes.end(),
                                       [](const std::string& note) { return says(note, "more of this kind"); });
        QVERIFY(more != preview->notes.end());
        QVERIFY2(says(*more, " 8 columns;"), more->c_str());
    }

    void skippingNeedsLines()
    {
        const auto sdf = m_folder.write("a.sdf", "\n\n\n  0  0  0  0  0  0  0  0  0  0999 V2000\nM  END\n$$$$\n");
        QVERIFY(readTable(sdf).error.empty());
        QVERIFY(says(readTable(sdf, {.skip = 1}).error, "no lines above a table"));
        const auto parquet = m_folder.write("a.parquet", "PAR1....");
        QVERIFY(says(readTable(parquet, {.skip = 1}).error, "no lines above a table"));
        QVERIFY(!says(readTable(parquet).error, "no lines above"));
    }

    void foldersTellWhatIsLeftOut()
    {
        QVERIFY(QDir(QString::fromStdString(m_folder.path(""))).mkpath(QStringLiteral("set")));
        for (const char* name : {"notice.csv", "authors.csv.gz", "data.csv", "README.txt", "readme.txt.gz", "LICENSE", "x.json", "._data.csv", ".DS_Store"}) {
            m_folder.write(QByteArray("set/").append(name).constData(), "smiles\nC\n");
        }
        const auto groups = inputGroups({m_folder.path("set")});
        QVERIFY(ok(groups));
        QCOMPARE(groups->front().files.size(), 3u);
        QCOMPARE(groups->front().leftOut, (Cells{"LICENSE", "README.txt", "readme.txt.gz", "x.json"}));
        const std::string note = leftOutNote(groups->front());
        QVERIFY2(says(note, "left out") && says(note, "'x.json'"), note.c_str());
        QVERIFY(leftOutNote(inputGroups({m_folder.path("set/data.csv")})->front()).empty());
        const auto report = importInto(m_folder.path("set.papilio"), {m_folder.path("set")});
        QVERIFY(ok(report));
        QCOMPARE(report->rows, 3);
        QVERIFY(std::find(report->notes.begin(), report->notes.end(), note) != report->notes.end());
    }
};

QTEST_GUILESS_MAIN(DataTablesTest)
#include "tst_data_tables.moc"
