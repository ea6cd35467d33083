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
        QTest::newRow("zip") << QByteArray("PK\x03\x04zzzz") << "zip";
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
