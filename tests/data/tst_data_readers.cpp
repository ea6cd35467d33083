// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as they come: separators, quotes, line ends, encodings, compression, broken rows.
#include "core/random.h"
#include "data/cells.h"
#include "data/table.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

struct Read {
    std::vector<std::string> columns;
    std::vector<TableRow> rows;
    std::vector<std::string> notes;
    std::optional<Error> error;
};

Read readTable(const std::string& path)
{
    Read read;
    auto reader = openTable(path);
    if (!reader) {
        read.error = reader.error();
        return read;
    }
    TableRow row;
    while (true) {
        auto more = (*reader)->next(row);
        if (!more || !*more) {
            if (!more) {
                read.error = more.error();
            }
            break;
        }
        read.rows.push_back(row);
    }
    read.columns = (*reader)->columns();
    read.notes = (*reader)->notes();
    return read;
}

using Cells = std::vector<std::string>;

} // namespace

class DataReadersTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;

private Q_SLOTS:
    void quotesAndLineEnds()
    {
        const auto path = m_folder.write("q.csv", "smiles,name,x\r\nC,\"a, \"\"b\"\"\nc\",1\r\n\"CC\",,2\r\n");
        const Read read = readTable(path);
        QVERIFY(!read.error);
        QCOMPARE(read.columns, (Cells{"smiles", "name", "x"}));
        QCOMPARE(read.rows.size(), 2u);
        QCOMPARE(read.rows[0].cells, (Cells{"C", "a, \"b\"\nc", "1"}));
        QCOMPARE(read.rows[1].cells, (Cells{"CC", "", "2"}));
        QCOMPARE(read.rows[1].row, 1);
    }

    void separatorsAndBlankLines()
    {
        for (const char separator : {',', '\t', ';'}) {
            QByteArray text("smiles|a,b|x\n\nC|1,5|2\n\n\nCC||3\n");
            if (separator == ',') {
                text.replace("a,b", "ab").replace("1,5", "15");
            }
            text.replace('|', separator);
            const Read read = readTable(m_folder.write("s.csv", text));
            QCOMPARE(read.columns.size(), 3u);
            QCOMPARE(read.rows.size(), 2u);
            QCOMPARE(read.rows[1].cells[2], std::string("3"));
        }
        const Read tsv = readTable(m_folder.write("s.tsv", "a,b\tsmiles\n1\tC\n"));
        QCOMPARE(tsv.columns, (Cells{"a,b", "smiles"}));
    }

    void encodings()
    {
        const Read bom = readTable(m_folder.write("bom.csv", "\xEF\xBB\xBFsmiles,\xC3\xA9\nC,\xC2\xB5\n"));
        QCOMPARE(bom.columns, (Cells{"smiles", "\xC3\xA9"}));
        const Read latin = readTable(m_folder.write("latin.csv", "smiles,\xE9\nC,\xB5\n"));
        QCOMPARE(latin.columns[1], std::string("\xC3\xA9"));
        QCOMPARE(latin.rows[0].cells[1], std::string("\xC2\xB5"));
        const Read wide = readTable(m_folder.write("w.csv", QByteArray("\xFF\xFEs\0m\0", 6)));
        QCOMPARE(wide.columns, (Cells{"sm"}));
        const Read mac = readTable(m_folder.write("mac.csv", "smiles,x\rC,1\rCC,2\r"));
        QCOMPARE(mac.rows.size(), 2u);
    }

    void compressionGoesByContent()
    {
        const QByteArray text("smiles,x\nC,1\nCC,2\n");
        const QByteArray two = gzipped(text) + gzipped("CCC,3\n");
        QCOMPARE(readTable(m_folder.write("plainname.csv", two)).rows.size(), 3u);
        QCOMPARE(readTable(m_folder.write("notpacked.csv.gz", text)).rows.size(), 2u);
        QCOMPARE(readTable(m_folder.write("padded.csv.gz", gzipped(text) + QByteArray(512, '\0'))).rows.size(), 2u);
    }

    void wrongNumberOfCells()
    {
        const Read read = readTable(m_folder.write("w.csv", "smiles,x,y\nC,1\nC,1,2,,\nC,1,2,3\nCC,1,2\nCCC,1"));
        QCOMPARE(read.rows.size(), 5u);
        QVERIFY(read.rows[0].problem.empty() && !read.rows[0].repair.empty());
        QCOMPARE(read.rows[0].cells, (Cells{"C", "1", ""}));
        QVERIFY(read.rows[1].problem.empty() && !read.rows[1].repair.empty());
        QCOMPARE(read.rows[2].problem, std::string("4 cells, the header has 3"));
        QVERIFY(read.rows[3].problem.empty() && read.rows[3].repair.empty());
        QVERIFY(read.rows[4].problem.find("ends within") != std::string::npos); // cut off: its last number may be too
    }

    /// A quote that is never closed costs its own row, not all that follow.
    void strayQuoteCostsOneRow()
    {
        QByteArray text("smiles,x\nC,1\nCC,\"2\n");
        for (int i = 0; i < 3000; ++i) {
            text += "CCC," + QByteArray::number(i) + "\n";
        }
        text += "N,\"5\nO,6\n";
        const Read read = readTable(m_folder.write("stray.csv", text));
        QCOMPARE(read.rows.size(), 3004u);
        QVERIFY(read.rows[1].problem.find("quote") != std::string::npos);
        QCOMPARE(read.rows[2].cells, (Cells{"CCC", "0"}));
        QVERIFY(!read.rows[3002].problem.empty());
        QCOMPARE(read.rows[3003].cells, (Cells{"O", "6"}));
    }

    /// Lines that are read again do not take over that the last of them has no end.
    void strayQuoteBeforeAnUnendedLine()
    {
        const Read read = readTable(m_folder.write("unended.csv", "smiles,x,y\nCC,\"2,1\nO,6\nN,7,8"));
        QCOMPARE(read.rows.size(), 3u);
        QVERIFY(read.rows[0].problem.find("quote") != std::string::npos);
        QVERIFY2(read.rows[1].problem.empty(), read.rows[1].problem.c_str()); // short, but whole
        QVERIFY(!read.rows[1].repair.empty());
        QCOMPARE(read.rows[2].cells, (Cells{"N", "7", "8"}));
    }

    /// A quoted cell may have any number of lines, if its quote is closed where a cell can end.
    void longQuotedCellsAreOneRow()
    {
        for (const int lines : {990, 1001, 300000}) {
            QByteArray text("smiles,name,y\nC,plain,1\nCC,\"");
            text += QByteArray("x\n").repeated(lines) + "end\",2\nCCC,\"stray,3\nCCCC,last,4\n";
            const Read read = readTable(m_folder.write("lc.csv", text));
            QCOMPARE(read.rows.size(), 4u);
            QCOMPARE(read.rows[1].cells[1].size(), std::size_t(2 * lines + 3));
            QCOMPARE(read.rows[1].cells[2], std::string("2"));
            QVERIFY(!read.rows[2].problem.empty());
            QCOMPARE(read.rows[3].cells, (Cells{"CCCC", "last", "4"}));
        }
    }

    /// A stray quote does not reach to a later cell in quotes and swallow what stands between.
    void strayQuoteBeforeQuotedCells()
    {
        const Read read = readTable(m_folder.write("sq.csv", "smiles,x\nC,\"1\nCC,2\nCCC,\"3\"\nO,4\n"));
        QCOMPARE(read.rows.size(), 4u);
        QVERIFY(!read.rows[0].problem.empty());
        QCOMPARE(read.rows[2].cells, (Cells{"CCC", "3"}));
    }

    /// Stray quotes in every row cost no more than reading on a bounded number of times.
    void manyStrayQuotesAreQuick()
    {
        QByteArray text("smiles,x\n");
        text += QByteArray("CC,\"2\nCCC," + QByteArray(20000, '5') + "\n").repeated(1000);
        QElapsedTimer timer;
        timer.start();
        const Read read = readTable(m_folder.write("many.csv", text));
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(read.rows.size(), 2000u);
    }

    void linesAboveTheTable()
    {
        const auto reads = [&](const QByteArray& text, std::size_t rows, const char* note) {
            const Read read = readTable(m_folder.write("above.csv", text));
            const bool noted = std::any_of(read.notes.begin(), read.notes.end(),
                                           [&](const std::string& one) { return one.find(note) != std::string::npos; });
            const bool good = !read.error && read.columns == Cells{"smiles", "y"} && read.rows.size() == rows &&
                              (noted || *note == 0);
            if (!good) {
                qWarning("%s", text.constData());
            }
            return good;
        };
        QVERIFY(reads("sep=;\r\nsmiles;y\r\nC;1\r\nCC;2\r\n", 2, ""));
        QVERIFY(reads("# exported by X\n# 2024, May\nsmiles,y\nC,1\nCC,2\n", 2, "2 comments"));
        QVERIFY(reads("My results, 2024\n\nsmiles,y\nC,1\nCC,2\nCCC,3\n", 3, "'My results, 2024'"));
        QVERIFY(reads("My results\n,\nsmiles,y\nC,1\nCC,2\nCCC,3\n", 3, "My results"));
        QVERIFY(reads("\n \nsmiles,y\nC,1\n", 1, ""));
        const Read hash = readTable(m_folder.write("hash.csv", "# by me\n#id,structure\n7,CCO\n8,CCN\n"));
        QCOMPARE(hash.columns, (Cells{"#id", "structure"}));
        QCOMPARE(hash.rows.size(), 2u);
        ReadOptions skip;
        skip.skip = 2;
        const auto skipped = openTable(m_folder.write("skip.csv", "a,b,c\nd,e\nx,y\n1,2\n"), nullptr, skip);
        QVERIFY(skipped && (*skipped)->columns() == (Cells{"x", "y"}));
        skip.skip = 9;
        QVERIFY(!openTable(m_folder.path("skip.csv"), nullptr, skip));
        // Plain tables stay what they are.
        QCOMPARE(readTable(m_folder.write("p.csv", "name,x\na b,1\nc,2\n")).columns, (Cells{"name", "x"}));
        QCOMPARE(readTable(m_folder.write("o.csv", "smiles\nC\nCC\n")).rows.size(), 2u);
    }

    void bytesOfWindows()
    {
        ReadOptions none;
        auto reader = openTable(m_folder.write("w1252.csv", "smiles;price \x80\nC;\x93q\x94 \xE9\n"), nullptr, none);
        QVERIFY(reader.has_value());
        TableRow row;
        QVERIFY(*(*reader)->next(row));
        QCOMPARE(row.cells[1], std::string("\xE2\x80\x9Cq\xE2\x80\x9D \xC3\xA9"));
        QCOMPARE((*reader)->columns()[1], std::string("price \xE2\x82\xAC"));
        QCOMPARE((*reader)->facts().encoding, std::string("Windows-1252"));
    }

    void zeroBytesCostTheirRow()
    {
        QByteArray text("smiles,x\n");
        text += QByteArray("CCCCCCCCCCCC,1\n").repeated(200) + QByteArray("C\0C,2\n", 6) + "CC,3\n";
        const Read read = readTable(m_folder.write("zero.csv", text));
        QCOMPARE(read.rows.size(), 202u);
        QVERIFY(read.rows[200].problem.find("zero") != std::string::npos);
        QCOMPARE(read.rows[201].cells, (Cells{"CC", "3"}));
    }

    void foreignFiles_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QByteArray tar(512, '\0');
        tar.replace(0, 5, "a.csv").replace(257, 5, "ustar");
        QTest::newRow("tar") << tar + QByteArray(512, 'x') << "tar archive";
        QTest::newRow("tar.gz") << gzipped(tar + QByteArray(512, 'x')) << "tar archive";
        QTest::newRow("mol2") << QByteArray("# made\n@<TRIPOS>MOLECULE\nx\n 1 0\n") << "mol2";
        QTest::newRow("xyz") << QByteArray("2\ngdb 1\t157.7\nC\t-0.01\t 1.08\t 0.8*^-6\t-0.5\nH\t1\t2\t3\t0.1\n") << "XYZ";
        QTest::newRow("rxn") << QByteArray("$RXN\n\n  x\n\n  1  1\n") << "reaction";
        QTest::newRow("rdf") << QByteArray("$RDFILE 1\n$DATM 2020\n") << "reaction";
        QTest::newRow("dwar") << QByteArray("<datawarrior-fileinfo>\n<version=\"3.3\">\n") << "DataWarrior";
        QTest::newRow("html") << QByteArray("\n<!DOCTYPE html>\n<html></html>") << "web page";
        QTest::newRow("cml") << QByteArray("<?xml version=\"1.0\"?>\n<cml><molecule/></cml>") << "CML";
        QTest::newRow("jsonl") << QByteArray("{\"smiles\": \"C\"}\n{\"smiles\": \"CC\"}\n") << "JSON";
        QTest::newRow("json") << QByteArray("[\n {\"smiles\": \"C\"}]") << "JSON";
        QTest::newRow("lfs") << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12345\n") << "Git LFS";
        QTest::newRow("pdb") << QByteArray("REMARK x\nATOM      1  N   MET A   1      11.104   6.134  -6.504  1.00  0.00\n") << "PDB";
    }
    void foreignFiles()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        for (const char* name : {"foreign.csv", "foreign.txt", "foreign.xyz"}) {
            const Read read = readTable(m_folder.write(name, bytes));
            QVERIFY(read.error.has_value());
            QCOMPARE(read.error->code, ErrorCode::BadInput);
            QVERIFY2(QString::fromStdString(read.error->text()).contains(says), read.error->text().c_str());
        }
    }

    void bracketsAreNoJson()
    {
        QCOMPARE(readTable(m_folder.write("b.smi", "[2H]C\n[NH4+].[Cl-]\n[H][H]\n")).rows.size(), 3u);
    }

    void tooLongLinesAreOneRow()
    {
        QByteArray text("smiles,x\nC,1\n");
        text += QByteArray(17 << 20, 'C') + ",2\nCC,3\n";
        const Read read = readTable(m_folder.write("long.csv", text));
        QVERIFY(!read.error);
        QCOMPARE(read.rows.size(), 3u);
        QVERIFY(read.rows[1].problem.find("16 MiB") != std::string::npos);
        QVERIFY(read.rows[1].title.size() < 1000);
        QCOMPARE(read.rows[2].cells, (Cells{"CC", "3"}));
    }

    void duplicateAndEmptyNames()
    {
        const Read read = readTable(m_folder.write("d.csv", "smiles,x,x,,x (2),x\nC,1,2,3,4,5\n"));
        QCOMPARE(read.columns, (Cells{"smiles", "x", "x (3)", "column 4", "x (2)", "x (4)"}));
        QCOMPARE(read.notes.size(), 2u);
        QCOMPARE(readTable(m_folder.write("e.csv", "smiles,x,x\nC,1,2\n")).columns[2], std::string("x (2)"));
    }

    void notTables_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "is empty";
        QTest::newRow("blank") << QByteArray("\n \n") << "blanks";
        QTest::newRow("zip") << QByteArray("PK\x03\x04zzzz") << "ZIP";
        QTest::newRow("empty zip") << QByteArray("PK\x05\x06" + QByteArray(18, '\0')) << "an empty ZIP file";
        QTest::newRow("nul") << QByteArray("smiles,x\nC,\0\n", 13) << "binary";
        QTest::newRow("parquet") << QByteArray("PAR1....") << "Parquet";
        QTest::newRow("empty gz") << gzipped("") << "is empty";
        QTest::newRow("gz header only") << gzipped("smiles\n").left(6) << "cut off";
    }
    void notTables()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const Read read = readTable(m_folder.write("not.csv", bytes));
        QVERIFY(read.error.has_value());
        QVERIFY(read.error->code == ErrorCode::BadInput || read.error->code == ErrorCode::Damaged ||
                read.error->code == ErrorCode::Unsupported);
        QVERIFY2(QString::fromStdString(read.error->text()).contains(says), read.error->text().c_str());
        QVERIFY2(read.error->text().find("not.csv") != std::string::npos, read.error->text().c_str());
    }

    void missingFileAndFolder()
    {
        QCOMPARE(readTable(m_folder.path("absent.csv")).error->code, ErrorCode::NotFound);
        QCOMPARE(readTable(m_folder.path(".")).error->code, ErrorCode::BadInput);
    }

    void smilesFiles()
    {
        const Read tabs = readTable(m_folder.write("t.smi", "CCO\tethanol or so\n\n# a comment\nC\n"));
        QCOMPARE(tabs.columns, (Cells{"smiles", "name"}));
        QCOMPARE(tabs.rows[0].cells, (Cells{"CCO", "ethanol or so"}));
        QCOMPARE(tabs.rows[1].cells, (Cells{"C", ""}));
        const Read blanks = readTable(m_folder.write("b.smi", "CCO ethanol\nCC(=O)O acetic acid\nC |$x$| name\n"));
        QCOMPARE(blanks.columns, (Cells{"smiles", "name"}));
        QCOMPARE(blanks.rows[1].cells[1], std::string("acetic acid"));
        QCOMPARE(blanks.rows[2].cells, (Cells{"C |$x$|", "name"}));
        const Read header = readTable(m_folder.write("h.smi", "SMILES id pIC50\nC a 1.5\nCC b 2.5\n"));
        QCOMPARE(header.columns, (Cells{"SMILES", "id", "pIC50"}));
        QCOMPARE(header.rows.size(), 2u);
        QCOMPARE(readTable(m_folder.write("o.smi", "C\nCC\n")).columns.size(), 1u);
        const Read named = readTable(m_folder.write("e.smi", "isosmiles version_id parent_id\nCCO 300 301\nCCN 302 303\n"));
        QCOMPARE(named.columns, (Cells{"isosmiles", "version_id", "parent_id"}));
        QCOMPARE(named.rows.size(), 2u);
        const Read second = readTable(m_folder.write("i.smi", "Sulfuric acid\tOS(=O)(=O)O\nDeanol\tCN(C)CCO\nX 1\tCC\n"));
        QCOMPARE(second.columns, (Cells{"name", "smiles"}));
        QCOMPARE(second.rows[0].cells, (Cells{"Sulfuric acid", "OS(=O)(=O)O"}));
        QCOMPARE(second.notes.size(), 1u);
    }

    void sdRecords()
    {
        const QByteArray block("water\n\n\n  1  0  0  0  0  0  0  0  0  0999 V2000\n"
                               "    0.0000    0.0000    0.0000 O   0  0\nM  END\n");
        const QByteArray text = block + "> <a>\n1\n\n>  <b (x)>  (1)\ntwo\nlines\n\n$$$$\n" // whole
                                + "nothing\n$$$$\n"                                         // no atoms at all
                                + block + "> <c>\n3\n\n$$$$\n" + block.left(60);            // new column; cut off
        const Read read = readTable(m_folder.write("r.sdf", text));
        QCOMPARE(read.columns, (Cells{"(structure)", "a", "b (x)", "c"}));
        QCOMPARE(read.rows.size(), 4u);
        QCOMPARE(read.rows[0].title, std::string("water"));
        QCOMPARE(read.rows[0].cells[2], std::string("two\nlines"));
        QCOMPARE(read.rows[2].cells[3], std::string("3"));
        QVERIFY(read.rows[3].problem.find("ends within") != std::string::npos);
    }

    void cellsAreClassified()
    {
        Cell cell;
        readCell(" 1.5e-3 ", cell);
        QVERIFY(cell.kind == CellKind::Number && cell.number == 1.5e-3);
        for (const char* missing : {"", "  ", "NaN", "na", "N/A", "null", "None", "-"}) {
            readCell(missing, cell);
            QVERIFY2(cell.kind == CellKind::Missing, missing);
        }
        for (const char* text : {"1,5", "inf", "1e999", "[H][H]", "[1, a]", "1.2.3"}) {
            readCell(text, cell);
            QVERIFY2(cell.kind == CellKind::Text, text);
        }
        readCell("[0.5, nan, null, -1]", cell);
        QVERIFY(cell.kind == CellKind::List && cell.list.size() == 4 && std::isnan(cell.list[1]) && cell.list[3] == -1);
        readCell("[1. 2.\n 3.]", cell); // as arrays are printed
        QVERIFY(cell.kind == CellKind::List && cell.list == (std::vector<double>{1, 2, 3}));
        readCell("[]", cell);
        QVERIFY(cell.kind == CellKind::List && cell.list.empty());
        readCell("True", cell);
        QVERIFY(cell.kind == CellKind::Word && cell.number == 1);
        QVERIFY(isDecimalComma("-0,25") && !isDecimalComma("1,000,000") && !isDecimalComma("a,b"));
    }

    /// Whatever is cut off, flipped or joined: rows or an error come, never a crash or an endless loop.
    void damageNeverCrashes()
    {
        QByteArray text("smiles,\"na\"\"me\",x\r\n");
        for (int i = 0; i < 400; ++i) {
            text += "CC" + QByteArray(i % 7, 'C') + ",\"n, " + QByteArray::number(i) + (i % 5 ? "\"" : "\n\"") + "," +
                    QByteArray::number(i * 0.37) + "\r\n";
        }
        const QByteArray packed = gzipped(text);
        Random random(7);
        const auto below = [&](qsizetype bound) { return static_cast<qsizetype>(random.below(std::uint64_t(bound))); };
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes = round % 2 ? packed : text;
            bytes.truncate(below(bytes.size()) + 1);
            for (int k = round % 3; k > 0; --k) {
                bytes[below(bytes.size())] = static_cast<char>(random.next());
            }
            const Read read = readTable(m_folder.write("fuzz.csv", bytes));
            QVERIFY(read.rows.size() <= 500);
            for (const TableRow& row : read.rows) {
                QVERIFY(!row.problem.empty() || row.cells.size() == read.columns.size());
            }
        }
        for (int cut = 1; cut < packed.size(); cut += 13) { // a cut packed file is always noticed
            const Read read = readTable(m_folder.write("cut.csv.gz", packed.left(cut)));
            QVERIFY(read.error.has_value());
            QCOMPARE(read.error->code == ErrorCode::Damaged || cut < 2, true);
        }
    }
};

QTEST_GUILESS_MAIN(DataReadersTest)
#include "tst_data_readers.moc"
