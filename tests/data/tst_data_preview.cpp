// SPDX-License-Identifier: GPL-3.0-or-later
// What is made of a table's columns before anything is imported.
#include "data/plan.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{
std::string errorOf(const Result<Preview>& preview)
{
    return preview ? std::string("no error") : preview.error().text();
}
} // namespace

class DataPreviewTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;

    ColumnRole roleOf(const QByteArray& table, const char* column)
    {
        const auto preview = previewFile(m_folder.write("roles.csv", table));
        if (!ok(preview) || !columnOf(*preview, column)) {
            return ColumnRole::Smiles; // fails every comparison below
        }
        return columnOf(*preview, column)->role;
    }

private Q_SLOTS:
    void aPlainTable()
    {
        const auto path =
            m_folder.write("plain.csv", "\xEF\xBB\xBFname,SMILES,active,mu (D),note\r\n"
                                        "a,CCO,1,0.5,x\r\nb,OCC,0,1.5,\r\nc,C1CC,1,2.5,\r\nd,CCN,,<3,\r\n");
        const auto preview = previewFile(path);
        QVERIFY(ok(preview));
        QCOMPARE(preview->format, std::string("CSV"));
        QCOMPARE(preview->lineEnds, std::string("CRLF"));
        QVERIFY(preview->byteOrderMark && !preview->compressed && preview->wholeFile);
        QCOMPARE(preview->rowsLooked, 4);
        QCOMPARE(columnOf(*preview, "SMILES")->role, ColumnRole::Smiles);
        QCOMPARE(columnOf(*preview, "name")->role, ColumnRole::Ignored);
        QCOMPARE(columnOf(*preview, "active")->kind, TaskKind::Binary);
        QCOMPARE(columnOf(*preview, "active")->present, 3);
        const auto mu = columnOf(*preview, "mu (D)");
        QVERIFY(mu->role == ColumnRole::Label && mu->kind == TaskKind::Regression);
        QCOMPARE(mu->unit, std::string("D"));
        QVERIFY(mu->text == 0 && mu->below == 1);
        QCOMPARE(columnOf(*preview, "note")->role, ColumnRole::Ignored);
        QVERIFY(says(columnOf(*preview, "note")->why, "'x'"));
        QCOMPARE(preview->used + preview->merged + preview->repaired + preview->rejected, 4);
        QCOMPARE(preview->rows[1].status, std::string("merged"));
        QVERIFY(says(preview->rows[1].reason, "row 0"));
        QCOMPARE(preview->rows[2].status, std::string("rejected"));
        QVERIFY(preview->rows[2].canonicalSmiles.empty() && !preview->rows[2].reason.empty());
        QCOMPARE(preview->rows[3].status, std::string("repaired"));
        QVERIFY(says(preview->rows[3].reason, "mu (D)") && says(preview->rows[3].reason, "<3"));
        QCOMPARE(preview->rows[0].canonicalSmiles, std::string("CCO"));
    }

    void structureColumns()
    {
        const auto nameOf = [&](const QByteArray& table, const ColumnChoice& choice = {}) {
            const auto preview = previewFile(m_folder.write("smiles.csv", table), choice);
            for (const ColumnGuess& column : preview ? preview->columns : std::vector<ColumnGuess>{}) {
                if (column.role == ColumnRole::Smiles) {
                    return column.name;
                }
            }
            return errorOf(preview);
        };
        QCOMPARE(nameOf("Drug_ID,Drug,Y\nD1,CCO,1\nD2,CCN,0\n"), std::string("Drug"));
        QCOMPARE(nameOf("mol,x\nCCO,1\n"), std::string("mol"));
        QCOMPARE(nameOf("canonical_smiles;x\nCCO;1\n"), std::string("canonical_smiles"));
        QCOMPARE(nameOf("what,ever\nbenzene,c1ccccc1\nacid,CC(=O)O\n"), std::string("ever")); // by trial alone
        QCOMPARE(nameOf("drug,mol\naspirin,CC(=O)Oc1ccccc1\nbenzene,c1ccccc1\n"), std::string("mol"));
        QCOMPARE(nameOf("smiles_bad,smiles_good\nXXX,CC\nC,CC\nXXX,CC\n"), std::string("smiles_good"));
        QCOMPARE(nameOf("smiles,b\nCC,CCC\nC,CC\n", {"b", "", {}, {}}), std::string("b"));
        QVERIFY(says(nameOf("smiles,b\nCC,CCC\n", {"c", "", {}, {}}), "'smiles', 'b'"));
        const std::string none = nameOf("a,b\nx1,2\nx2,3\n");
        QVERIFY2(says(none, "'a', 'b'") && says(none, "--smiles NAME"), none.c_str());
        QVERIFY(says(nameOf("CCOCC,1.5\nCCN,2.5\nCCCC,1\n"), "no header line"));
        QCOMPARE(nameOf("smiles,x\nQQ,1\nZZ,2\n"), std::string("smiles")); // bad cells, but the name is plain
    }

    void idsAreNoLabels()
    {
        QByteArray rows;
        for (int i = 0; i < 60; ++i) {
            rows += QByteArray::number(i + 5) + "," + QByteArray::number(i * i) + "," + QByteArray::number(i % 7) +
                    ",C" + QByteArray(i % 9, 'C') + "," + QByteArray::number(0.5 * i) + "\n";
        }
        const QByteArray table = "nr,serial,count,smiles,y\n" + rows;
        QCOMPARE(roleOf(table, "nr"), ColumnRole::Id);
        QCOMPARE(roleOf(table, "serial"), ColumnRole::Id);
        QCOMPARE(roleOf(table, "count"), ColumnRole::Label);
        QCOMPARE(roleOf(table, "y"), ColumnRole::Label); // grows, but is not whole
        QCOMPARE(roleOf("," + table.mid(3), "column 1"), ColumnRole::Id);
        QVERIFY(isYearName("Document Year") && isYearName("reference.year") && !isYearName("yearly dose"));
        QCOMPARE(roleOf("smiles,year,y\nC,2001,1.5\nCC,2003,2.5\n", "year"), ColumnRole::Ignored);
        for (const char* name : {"CID", "Drug_ID", "mol_id", "Unnamed: 0", "index", "molId", "Compound Key", "chembldocid", "PMID"}) {
            QVERIFY2(isIdName(name), name);
        }
        for (const char* name :
             {"acid", "lipid", "geneID-10007", "oxide", "NR-AR", "ACEA_T47D_80hr_Negative", "peptides"}) {
            QVERIFY2(!isIdName(name), name);
        }
    }

    void unitsComeFromNames()
    {
        QCOMPARE(unitFromName("mu (D)"), std::string("D"));
        QCOMPARE(unitFromName("cv [cal/(mol K)]"), std::string("cal/(mol K)"));
        QCOMPARE(unitFromName("cv (cal/(mol K))"), std::string("cal/(mol K)"));
        QCOMPARE(unitFromName("LogP(RRCK)"), std::string());
        QCOMPARE(unitFromName("x (2)"), std::string()); // the second column x
        QCOMPARE(unitFromName("kon (M-1-s-1)"), std::string("M-1-s-1"));
        QCOMPARE(unitFromName("Solubility (log mol/L)"), std::string("log mol/L"));
        QCOMPARE(unitFromName("Number of Chains (>1 implies a multichain complex)"), std::string());
        QCOMPARE(unitFromName("pIC50 (binding)"), std::string());
        const auto all = knownUnits({"smiles", "A",   "B",       "C",         "mu",        "alpha",    "homo",
                                     "lumo",   "gap", "r2",      "zpve",      "u0",        "u298",     "h298",
                                     "g298",   "cv",  "u0_atom", "u298_atom", "h298_atom", "g298_atom"});
        QCOMPARE(all[4], std::string("D"));
        QCOMPARE(all[19], std::string("kcal/mol"));
        QCOMPARE(all[0], std::string());
        QCOMPARE(knownUnits({"smiles", "A", "homo"})[2], std::string()); // not the published set
    }

    void labelsByPattern()
    {
        const auto path = m_folder.write("p.csv", "smiles,NR-A,NR-B,SR-A,text\nC,1,0,1,high\nCC,0,1,0,low\n");
        const auto preview = previewFile(path, {"", "NR-*, SR-?", {}, {}});
        QVERIFY(ok(preview));
        QCOMPARE(columnOf(*preview, "NR-B")->role, ColumnRole::Label);
        QCOMPARE(columnOf(*preview, "SR-A")->role, ColumnRole::Label);
        QCOMPARE(columnOf(*preview, "text")->role, ColumnRole::Ignored);
        QVERIFY(says(errorOf(previewFile(path, {"", "XX-*", {}, {}})), "'XX-*'"));
        const auto classes = previewFile(path, {"", "text", {}, {}});
        QVERIFY(ok(classes));
        QCOMPARE(columnOf(*classes, "text")->classNames, (std::vector<std::string>{"low", "high"}));
        QByteArray many("smiles,text\n");
        for (int i = 0; i < 100; ++i) {
            many += "C,word" + QByteArray::number(i) + "\n";
        }
        const std::string text = errorOf(previewFile(m_folder.write("many.csv", many), {"", "text", {}, {}}));
        QVERIFY2(says(text, "'text'") && says(text, "row 0") && says(text, "'word0'"), text.c_str());
    }

    void kindsCanBeForced()
    {
        const auto path = m_folder.write("k.csv", "smiles,c,b,w\nC,0,1.0,TRUE\nCC,2,0.0,false\nCCC,1,1.0,\n");
        const auto guessed = previewFile(path);
        QVERIFY(ok(guessed));
        QCOMPARE(columnOf(*guessed, "c")->kind, TaskKind::Regression); // small whole numbers stay numbers
        QCOMPARE(columnOf(*guessed, "b")->kind, TaskKind::Binary);
        QCOMPARE(columnOf(*guessed, "w")->kind, TaskKind::Binary);
        const auto classes = previewFile(path, {"", "c", {}, TaskKind::Multiclass});
        QVERIFY(ok(classes));
        QCOMPARE(columnOf(*classes, "c")->kind, TaskKind::Multiclass);
        QCOMPARE(columnOf(*classes, "c")->classes, 3);
        const std::string binary = errorOf(previewFile(path, {"", "c", {}, TaskKind::Binary}));
        QVERIFY2(says(binary, "'c'") && says(binary, "row 1") && says(binary, "'2'"), binary.c_str());
        const auto half = m_folder.write("half.csv", "smiles,c\nC,0\nCC,1.5\n");
        QVERIFY(says(errorOf(previewFile(half, {"", "", {}, TaskKind::Multiclass})), "'1.5'"));
    }

    void listsFindTheirLevel()
    {
        const auto path =
            m_folder.write("l.csv", "smiles,n,e,b,pair,g\n"
                                    "CCO,\"[1, 2, 3]\",\"[1,1,2,2]\",\"[5,6]\",\"[1,2,3,4,5,6,7,8,9]\",7\n"
                                    "CC,\"[1, nan]\",\"[3,3]\",[7],\"[1,2,3,4]\",8\n"
                                    "CCCC,,,,,9\n");
        const auto preview = previewFile(path);
        QVERIFY(ok(preview));
        QCOMPARE(columnOf(*preview, "n")->level, Level::Node);
        QCOMPARE(columnOf(*preview, "e")->level, Level::Edge);
        QCOMPARE(columnOf(*preview, "b")->level, Level::Edge); // one value a bond
        QCOMPARE(columnOf(*preview, "pair")->level, Level::NodePair);
        QCOMPARE(columnOf(*preview, "g")->level, Level::Graph);
        const auto node = previewFile(path, {"", "", Level::Node, {}});
        QVERIFY(ok(node));
        QCOMPARE(columnOf(*node, "g")->role, ColumnRole::Ignored);
        QVERIFY(says(errorOf(previewFile(path, {"", "g", Level::Node, {}})), "single numbers"));
    }

    /// An empty column is no task, unless a person says so or the table is one of many tasks with few values each.
    void emptyColumns()
    {
        const auto path = m_folder.write("e.csv", "smiles,a,b,c\nCCO,1,,\nCCC,0,,\n");
        const auto plain = previewFile(path);
        QVERIFY(ok(plain));
        QCOMPARE(columnOf(*plain, "b")->role, ColumnRole::Ignored);
        QVERIFY(says(plain->notes.at(2), "2 columns without any value are no labels ('b', 'c')"));
        const auto named = previewFile(path, {"", "a,b", {}, {}});
        QVERIFY(ok(named));
        QCOMPARE(columnOf(*named, "b")->role, ColumnRole::Label);
        QByteArray header("smiles"), first("CCO"), second("CCC");
        for (int i = 0; i < 30; ++i) {
            header += ",t" + QByteArray::number(i);
            first += i < 25 && i % 3 == 0 ? ",1" : ",";
            second += i < 25 && i % 3 != 0 ? ",0" : ",";
        }
        const QByteArray rows = first + "\n" + second + "\nCCN" + QByteArray(30, ',') + "\n";
        const auto many = previewFile(m_folder.write("m.csv", header + "\n" + rows));
        QVERIFY(ok(many));
        QCOMPARE(columnOf(*many, "t29")->role, ColumnRole::Label);
        QCOMPARE(columnOf(*many, "t29")->kind, TaskKind::Binary);
    }

    void onlyTheFirstRowsAreLookedAt()
    {
        QByteArray text("smiles,x\n");
        for (int i = 0; i < 5000; ++i) {
            text += "CCO,0.5\n";
        }
        const auto preview = previewFile(m_folder.write("many.csv", text), {}, 200, 10);
        QVERIFY(ok(preview));
        QCOMPARE(preview->rowsLooked, 200);
        QVERIFY(!preview->wholeFile);
        QCOMPARE(preview->rows.size(), 10u);
        QCOMPARE(preview->used, 1);
        QCOMPARE(preview->merged, 199);
    }

    void decimalCommasAreNamed()
    {
        const auto preview = previewFile(m_folder.write("c.csv", "smiles;x\nC;0,5\nCC;1,5\n"));
        QVERIFY(ok(preview));
        QCOMPARE(columnOf(*preview, "x")->role, ColumnRole::Ignored);
        QVERIFY(says(columnOf(*preview, "x")->why, "decimal comma"));
    }

    void headerWithoutRows() { QVERIFY(says(errorOf(previewFile(m_folder.write("h.csv", "smiles,x\n"))), "no rows")); }
};

QTEST_GUILESS_MAIN(DataPreviewTest)
#include "tst_data_preview.moc"
