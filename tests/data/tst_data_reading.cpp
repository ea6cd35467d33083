// SPDX-License-Identifier: GPL-3.0-or-later
// How tables are read and cells understood: delimiters, encodings, packing, several files, signs, units, classes.
#include "data/cells.h"
#include "data/columnrules.h"
#include "data/inputfiles.h"
#include "data/table.h"
#include "data/tablename.h"
#include "data/units.h"
#include "store/taskfacts.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;
using namespace Qt::StringLiterals;

namespace
{

QByteArray packed(const char* program, const QByteArray& bytes)
{
    QProcess process;
    process.start(QString::fromLatin1(program), {QStringLiteral("-c")});
    process.write(bytes);
    process.closeWriteChannel();
    return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
}

QByteArray utf16(const QString& text, bool littleEndian, bool mark)
{
    QByteArray bytes;
    const auto add = [&](char16_t unit) {
        const char low = static_cast<char>(unit & 0xff), high = static_cast<char>(unit >> 8);
        bytes.append(littleEndian ? low : high).append(littleEndian ? high : low);
    };
    if (mark) {
        add(0xFEFF);
    }
    for (const QChar c : text) {
        add(c.unicode());
    }
    return bytes;
}

std::vector<std::vector<std::string>> cellsOf(const std::string& path, const ReadOptions& options = {},
                                              FileFacts* facts = nullptr)
{
    std::vector<std::vector<std::string>> rows;
    auto reader = openTable(path, nullptr, options);
    if (!ok(reader)) {
        return rows;
    }
    rows.push_back((*reader)->columns());
    TableRow row;
    while (true) {
        const auto more = (*reader)->next(row);
        if (!ok(more) || !*more) {
            break;
        }
        rows.push_back(row.cells);
    }
    if (facts) {
        *facts = (*reader)->facts();
    }
    return rows;
}

using Rows = std::vector<std::vector<std::string>>;
using Values = std::vector<double>;

} // namespace

class DataReadingTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    int m_number = 0;
    std::string newProject() { return m_folder.path(qPrintable(QStringLiteral("p%1.papilio").arg(++m_number))); }

private Q_SLOTS:
    void delimitersAreFoundOut()
    {
        const Rows expected{{"smiles", "x", "y"}, {"CCO", "1", "2,5"}, {"C", "3", "4,5"}};
        const auto same = [&](const char* name, const QByteArray& text, const char* delimiter) {
            FileFacts facts;
            const Rows rows = cellsOf(m_folder.write(name, text), {}, &facts);
            return rows == expected && facts.delimiter == delimiter;
        };
        QVERIFY(same("a.csv", "smiles;x;y\nCCO;1;2,5\nC;3;4,5\n", ";"));
        QVERIFY(same("b.csv", "smiles|x|y\nCCO|1|2,5\nC|3|4,5\n", "|"));
        QVERIFY(same("c.csv", "smiles\tx\ty\nCCO\t1\t2,5\nC\t3\t4,5\n", "\t"));
        QVERIFY(same("d.txt", "smiles|x|y\nCCO|1|2,5\nC|3|4,5\n", "|"));
        QVERIFY(same("e.csv", "smiles^x^y\nCCO^1^2,5\nC^3^4,5\n", "^"));
        QVERIFY(same("f.csv", "smiles,x,y\nCCO,1,\"2,5\"\nC,3,\"4,5\"\n", ","));
        QVERIFY(same("g.tsv", "smiles;x;y\nCCO;1;2,5\nC;3;4,5\n", ";"));
        // Commas and semicolons of coordinates do not mislead, nor does a title with a comma.
        const Rows tail = cellsOf(m_folder.write("h.csv", "smiles\tmu, D\nCC |(0,0,0;1,0,0)|\t1\n"));
        QCOMPARE(tail, (Rows{{"smiles", "mu, D"}, {"CC |(0,0,0;1,0,0)|", "1"}}));
        QCOMPARE(cellsOf(m_folder.write("i.csv", "smiles\nCCO\n")), (Rows{{"smiles"}, {"CCO"}}));
    }

    void delimitersCanBeSaid()
    {
        const auto path = m_folder.write("s.csv", "a:b,c\n1:2,3\n");
        QCOMPARE(cellsOf(path)[0], (std::vector<std::string>{"a:b", "c"}));
        QCOMPARE(cellsOf(path, {.delimiter = ":"})[0], (std::vector<std::string>{"a", "b,c"}));
        const Rows blank = cellsOf(m_folder.write("t.txt", "smiles   x\n CCO \t 1 \nC 2\n"), {.delimiter = " "});
        QCOMPARE(blank, (Rows{{"smiles", "x"}, {"CCO", "1"}, {"C", "2"}}));
        const Rows headless = cellsOf(m_folder.write("u.csv", "CCO,1\nC,2\n"), {.header = false});
        QCOMPARE(headless, (Rows{{"column 1", "column 2"}, {"CCO", "1"}, {"C", "2"}}));
        QCOMPARE(*delimiterFromName("tab"), std::string("\t"));
        QCOMPARE(*delimiterFromName("\\t"), std::string("\t"));
        QVERIFY(!delimiterFromName("ab") && !delimiterFromName("\"") && !delimiterFromName("\n"));
        ColumnChoice choice;
        choice.reading.header = false;
        const auto preview = previewFile(m_folder.write("v.csv", "CCO,1\nCC,0\nCCC,1\n"), choice);
        QVERIFY(ok(preview));
        QCOMPARE(columnOf(*preview, "column 1")->role, ColumnRole::Smiles);
        QCOMPARE(columnOf(*preview, "column 2")->kind, TaskKind::Binary);
    }

    void encodings()
    {
        const QString text = QStringLiteral("smiles,name,µ\r\nCCO,Äthanol,1\r\nC,\"a\nb\",2\r\n");
        const Rows expected{{"smiles", "name", "µ"}, {"CCO", "Äthanol", "1"}, {"C", "a\nb", "2"}};
        FileFacts facts;
        QCOMPARE(cellsOf(m_folder.write("u.csv", text.toUtf8()), {}, &facts), expected);
        QCOMPARE(facts.encoding, std::string("UTF-8"));
        QVERIFY(facts.crlf && !facts.byteOrderMark);
        QCOMPARE(cellsOf(m_folder.write("l.csv", text.toLatin1()), {}, &facts), expected);
        QCOMPARE(facts.encoding, std::string("Latin-1"));
        QCOMPARE(cellsOf(m_folder.write("x.csv", text.toLatin1()), {.encoding = "latin-1"}), expected);
        for (const bool little : {true, false}) {
            for (const bool mark : {true, false}) {
                QCOMPARE(cellsOf(m_folder.write("w.csv", utf16(text, little, mark)), {}, &facts), expected);
                QCOMPARE(facts.encoding, std::string(little ? "UTF-16 LE" : "UTF-16 BE"));
                QCOMPARE(facts.byteOrderMark, mark);
            }
        }
        const QString pair = QStringLiteral("smiles,x\nC,\U0001F9EA\n"); // two units for one character
        QCOMPARE(cellsOf(m_folder.write("p.csv", utf16(pair, true, true)))[1][1], std::string("\U0001F9EA"));
        QByteArray odd = utf16(pair, true, true);
        odd.chop(1);
        QVERIFY(!cellsOf(m_folder.write("odd.csv", odd)).empty());
        QCOMPARE(cellsOf(m_folder.write("win.csv", "smiles,x\nC,\x80\n"), {.encoding = "cp1252"})[1][1], std::string("€"));
        QVERIFY(!openTable(m_folder.write("e.csv", "smiles\nC\n"), nullptr, {.encoding = "klingon"}));
    }

    void packedFiles()
    {
        QByteArray text("smiles,x\n");
        for (int i = 0; i < 20000; ++i) {
            text += "C" + QByteArray(i % 37, 'C') + "," + QByteArray::number(i) + "\n";
        }
        for (const char* program : {"bzip2", "zstd"}) {
            const QByteArray bytes = packed(program, text);
            if (bytes.isEmpty()) {
                qInfo("%s is not here", program);
                continue;
            }
            FileFacts facts;
            // Two members, one behind the other; the name says nothing.
            const auto path = m_folder.write("packed.csv", bytes + packed(program, "C,0\n"));
            const Rows rows = cellsOf(path, {}, &facts);
            QCOMPARE(rows.size(), 20002u);
            QCOMPARE(rows[20000], (std::vector<std::string>{"C" + std::string(19999 % 37, 'C'), "19999"}));
            QCOMPARE(rows[20001], (std::vector<std::string>{"C", "0"}));
            QCOMPARE(facts.packing, std::string(program));
            auto cut = openTable(m_folder.write("cut.csv", bytes.left(bytes.size() / 2)));
            TableRow row;
            Result<bool> more = cut ? (*cut)->next(row) : Result<bool>(tl::unexpected(cut.error()));
            while (more && *more) {
                more = (*cut)->next(row);
            }
            QVERIFY(!more && more.error().code == ErrorCode::Damaged);
        }
        QCOMPARE(baseName("a/b.csv.bz2"), std::string("b"));
        QCOMPARE(baseName("b.SMI.zst"), std::string("b"));
        QCOMPARE(baseName("BindingDB_tsv.zip"), std::string("BindingDB_tsv"));
        QCOMPARE(endingOf("a.b/QM9.SDF.gz"), std::string(".sdf"));
    }

    void patternsFoldersAndShards()
    {
        const QByteArray head("smiles,x\n");
        for (const int i : {1, 2, 10}) {
            m_folder.write(qPrintable(QStringLiteral("tab_shard_%1.csv").arg(i)), head + "C" + QByteArray(i, 'C') + "," +
                                                                                     QByteArray::number(i) + "\n");
        }
        const std::string folder = m_folder.path("");
        const auto byPattern = inputGroups({folder + "/tab_shard_*.csv"});
        QVERIFY(ok(byPattern));
        QCOMPARE(byPattern->size(), 1u);
        QCOMPARE(byPattern->front().name, std::string("tab"));
        QCOMPARE(byPattern->front().files.size(), 3u);
        QVERIFY(byPattern->front().files.back().ends_with("tab_shard_10.csv"));
        const auto byName = inputGroups({folder + "/tab_shard_10.csv", folder + "/tab_shard_2.csv"});
        QCOMPARE(byName->size(), 1u);
        QVERIFY(byName->front().files.front().ends_with("tab_shard_2.csv"));
        QVERIFY(!inputGroups({folder + "/nothing_*.csv"}));
        QCOMPARE(inputGroups({folder + "/a.csv", folder + "/b2.csv"})->size(), 2u);
        QVERIFY(naturalLess("part 2", "part 10") && !naturalLess("part 10", "part 2") && naturalLess("a", "a1"));
        const auto path = newProject();
        const auto report = importInto(path, {folder + "/tab_shard_*.csv"});
        QVERIFY(ok(report));
        QCOMPARE(report->dataset, std::string("tab"));
        QCOMPARE(report->rows, 3);
        QCOMPARE(labelsBySmiles(path, "tab", 0).value(QStringLiteral("CCC")), 2.0);
    }

    void quantities()
    {
        const auto cell = [](const char* text, bool comma = false) {
            Cell c;
            readCell(text, c, true, comma);
            return c;
        };
        QVERIFY(cell("<0.5").kind == CellKind::Quantity && cell("<0.5").qualifier == '<' && cell("<0.5").number == 0.5);
        QCOMPARE(cell(">= 10").qualifier, '>');
        QCOMPARE(cell("≤-3").number, -3.0);
        QCOMPARE(cell("~5").qualifier, '~');
        QCOMPARE(cell("=7").number, 7.0);
        QCOMPARE(cell("12 %").unit, std::string("%"));
        QCOMPARE(cell("3.5nM").unit, std::string("nM"));
        QCOMPARE(cell("1e-3 mol/L").number, 1e-3);
        QCOMPARE(cell(">10 µM").unit, std::string("µM"));
        QVERIFY(cell("0,5").kind == CellKind::Text && cell("0,5", true).kind == CellKind::Number);
        QCOMPARE(cell("-0,25", true).number, -0.25);
        QCOMPARE(cell("< 1,5 nM", true).number, 1.5);
        QCOMPARE(cell("2.5", true).number, 2.5);
        for (const char* text : {"1,2-dichloroethane", "2021-05-01", "10-20", "CCO", "c1ccccc1", "inf", "1.2.3", "<", "12:30",
                                 "1,234,567", "<x"}) {
            QVERIFY2(cell(text).kind == CellKind::Text && cell(text, true).kind == CellKind::Text, text);
        }
        QCOMPARE(*readList("[1 2. 3]"), (Values{1, 2, 3}));
        QCOMPARE(*readList("array([1., 2.])"), (Values{1, 2}));
        QCOMPARE(*readList("[[0, 1], [1, 0]]"), (Values{0, 1, 1, 0}));
        QCOMPARE(*readList("[[0. 1.]\n [1. 0.]]"), (Values{0, 1, 1, 0}));
        QVERIFY(readList("[]")->empty() && !readList("[[1], x]") && !readList("[a]") && !readList("[[1"));
    }

    void boundsByRule()
    {
        const auto file = m_folder.write("q.csv", "smiles,ic50\nC,<0.5\nCC,1.5\nCCC,>10\nCCCC,~3\nCCCCC,2\n");
        const auto imported = [&](CensoredRule rule, ImportReport& report) {
            ImportOptions options;
            options.columns.censored = rule;
            const auto path = newProject();
            const auto done = importInto(path, {file}, options);
            report = done ? *done : ImportReport();
            return labelsBySmiles(path, "q", 0);
        };
        ImportReport report;
        const auto missing = imported(CensoredRule::Missing, report);
        QCOMPARE(missing, (QMap<QString, double>{{"CC"_L1, 1.5}, {"CCCC"_L1, 3}, {"CCCCC"_L1, 2}}));
        QCOMPARE(report.repaired, 3);
        QVERIFY(says(noteWith(report.notes, "left out"), "'<' and '>' (2 cells, the first in row 0) left out"));
        QVERIFY(says(noteWith(report.notes, "'~'"), "'~' (1 cell) read as the number"));
        const auto bound = imported(CensoredRule::Bound, report);
        QCOMPARE(bound.value("C"_L1), 0.5);
        QCOMPARE(bound.value("CCC"_L1), 10.0);
        const auto strict = imported(CensoredRule::Reject, report);
        QCOMPARE(strict.size(), 3);
        QCOMPARE(report.rejected, 2);
    }

    /// A bound may be no class: it is left out and said, and a run can be trained on the rest.
    void boundsBeyondTheClasses()
    {
        const auto file = m_folder.write("k.csv", "smiles,level\nC,0\nCC,1\nCCC,2\nCCCC,>5\n");
        ImportOptions options;
        options.columns.censored = CensoredRule::Bound;
        options.columns.kind = TaskKind::Multiclass;
        const auto path = newProject();
        const auto report = importInto(path, {file}, options);
        QVERIFY(ok(report));
        QCOMPARE(labelsBySmiles(path, "k", 0), (QMap<QString, double>{{"C"_L1, 0}, {"CC"_L1, 1}, {"CCC"_L1, 2}}));
    }

    /// Databases tell the sign of a value in a column of its own.
    void signsInAColumnOfTheirOwn()
    {
        const auto file = m_folder.write("s.csv", "Smiles;Standard Relation;Standard Value;Standard Units\nC;'=';5;nM\nCC;'>';10000;nM\n"
                                                  "CCC;'<=';3;nM\nCCCC;;7;nM\nCCCCC;'~';8;nM\n");
        ImportOptions options;
        const auto path = newProject();
        const auto report = importInto(path, {file}, options);
        QVERIFY(ok(report));
        QCOMPARE(labelsBySmiles(path, "s", 0), (QMap<QString, double>{{"C"_L1, 5}, {"CCCC"_L1, 7}, {"CCCCC"_L1, 8}}));
        QVERIFY(says(noteWith(report->notes, "are bounds"), "column 'Standard Relation' says that 2 cells are bounds: left out"));
        options.columns.censored = CensoredRule::Bound;
        const auto other = newProject();
        QVERIFY(ok(importInto(other, {file}, options)));
        QCOMPARE(labelsBySmiles(other, "s", 0).value("CC"_L1), 10000.0);
    }

    /// The name tells which numbers the signs are of, before the place does; a column that is no label keeps its signs.
    void signsFollowTheNames()
    {
        const auto file = m_folder.write("n.csv", "smiles,IC50 (nM),IC50 relation,logP,Ki_rel,Ki,x\n"
                                                  "C,5,>,1.5,=,3,7\nCC,6,=,2.5,<,4,8\nCCC,7,,3.5,=,,9\n");
        const auto path = newProject();
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(labelsBySmiles(path, "n", 0), (QMap<QString, double>{{"CC"_L1, 6}, {"CCC"_L1, 7}}));
        QCOMPARE(labelsBySmiles(path, "n", 1).size(), 3);
        QCOMPARE(labelsBySmiles(path, "n", 2), (QMap<QString, double>{{"C"_L1, 3}}));
        const auto one = previewFile(file, {"", "logP", {}, {}});
        QVERIFY(ok(one) && columnOf(*one, "logP")->rule.empty());
        QVERIFY(says(columnOf(*one, "IC50 relation")->why, "signs of 'IC50 (nM)', which is no label"));
        // Without a name: the next column, then the one before; only signs beside a value are counted.
        const auto before = previewFile(m_folder.write("v.csv", "smiles,dose,qualifier\nC,5,>\nCC,,>\nCCC,7,=\n"));
        QVERIFY(ok(before));
        QVERIFY(says(columnOf(*before, "dose")->rule, "'qualifier' says that 1 cell is a bound"));
    }

    void unitsInAColumnOfTheirOwn()
    {
        const QByteArray table("Smiles;Standard Type;Standard Value;Standard Units;x\nC;IC50;5;nM;1\nCC;IC50;6;nM;2\nCCC;Inhibition;50;%;3\n"
                               "CCCC;IC50;7;;4\nCCCCC;IC50;;%;5\nCCCCCC;IC50;8;nM;6\n");
        const auto file = m_folder.write("w.csv", table);
        const auto path = newProject();
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(labelsBySmiles(path, "w", 0), (QMap<QString, double>{{"C"_L1, 5}, {"CC"_L1, 6}, {"CCCCCC"_L1, 8}}));
        QCOMPARE(labelsBySmiles(path, "w", 1).size(), 6);
        QCOMPARE(report->repaired, 2);
        QVERIFY(says(noteWith(report->notes, "'Standard Units' says"), "3 cells are in nM; 2 cells left out: in another unit '%' 1, without a unit 1"));
        QVERIFY(says(noteWith(report->notes, "kinds of values"), "2 kinds of values apart in 'Standard Value' ('IC50' 4, 'Inhibition' 1)"));
        {
            auto project = store::Project::open(path, store::Access::ReadOnly);
            QCOMPARE(store::Datasets(*project).tasks(1)->at(0).task.unit, std::string("nM"));
        }
        ImportOptions options;
        options.columns.columns = {*overrideFromText("Standard Value:unit=%")};
        const auto other = newProject();
        QVERIFY(ok(importInto(other, {file}, options)));
        QCOMPARE(labelsBySmiles(other, "w", 0), (QMap<QString, double>{{"CCC"_L1, 50}}));
        options.columns.columns = {*overrideFromText("Standard Units:role=ignored")};
        const auto mixed = newProject();
        QVERIFY(ok(importInto(mixed, {file}, options)));
        QCOMPARE(labelsBySmiles(mixed, "w", 0).size(), 5);
    }

    /// A unit that is asked for is looked for however it is spelt, and is never given to numbers in another one.
    void askedUnitOfAColumn()
    {
        const auto file = m_folder.write("au.csv", "Smiles;Standard Value;Standard Units\nC;5;nM\nCC;6;nM\nCCC;7;nM\nCCCC;8;MICROMOLAR\n"
                                                   "CCCCC;9;\xC2\xB5M\nCCCCCC;10;none\nCCCCCCC;11;\n");
        ImportOptions options;
        const auto refused = [&](const char* said) {
            options.columns.columns = {*overrideFromText(said)};
            const auto report = importInto(newProject(), {file}, options);
            return report ? Error{} : report.error();
        };
        const Error error = refused("Standard Value:unit=%");
        QCOMPARE(error.code, ErrorCode::BadInput);
        QVERIFY2(says(error.message, "'Standard Units'") && says(error.message, "'%'") && says(error.hint, "'nM' 3"), error.text().c_str());
        // The preview does not see all rows: one it has not seen may be there.
        const auto preview = previewFile(file, options.columns, 3);
        QVERIFY(ok(preview) && columnOf(*preview, "Standard Value")->unit == "%");
        for (const char* said : {"Standard Value:unit=\xC2\xB5M", "Standard Value:unit=uM", "Standard Value:unit=micromolar"}) {
            options.columns.columns = {*overrideFromText(said)};
            const auto path = newProject();
            const auto report = importInto(path, {file}, options);
            QVERIFY(ok(report));
            QCOMPARE(labelsBySmiles(path, "au", 0), (QMap<QString, double>{{"CCCC"_L1, 8}, {"CCCCC"_L1, 9}}));
            QVERIFY(says(noteWith(report->notes, "'Standard Units' says"), "5 cells left out: in another unit 'nM' 3, without a unit 2"));
        }
        // Spelt out or not, it is one unit, and so is none.
        const auto mixed = m_folder.write("mu.csv", "Smiles;Standard Value;Standard Units\nC;5;nM\nCC;6;nM\nCCC;7;MICROMOLAR\nCCCC;8;uM\nCCCCC;9;\xC2\xB5M\n");
        const auto path = newProject();
        QVERIFY(ok(importInto(path, {mixed})));
        QCOMPARE(labelsBySmiles(path, "mu", 0), (QMap<QString, double>{{"CCC"_L1, 7}, {"CCCC"_L1, 8}, {"CCCCC"_L1, 9}}));
    }

    /// Numbers without a unit are left out even where they are most, unless no number has one.
    void mostNumbersHaveNoUnit()
    {
        const auto file = m_folder.write("nu.csv", "Smiles;Standard Value;Standard Units\nC;5;\nCC;6;\nCCC;7;none\nCCCC;8;nM\nCCCCC;9;nM\n");
        const auto path = newProject();
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QVERIFY(says(noteWith(report->notes, "'Standard Units' says"),
                     "take all as nM with --column 'Standard Units:role=ignored' --column 'Standard Value:unit=nM'"));
        QCOMPARE(labelsBySmiles(path, "nu", 0), (QMap<QString, double>{{"CCCC"_L1, 8}, {"CCCCC"_L1, 9}}));
        auto project = store::Project::open(path, store::Access::ReadOnly);
        QCOMPARE(store::Datasets(*project).tasks(1)->at(0).task.unit, std::string("nM"));
    }

    /// PubChem describes its columns in rows below the header.
    void rowsAboutTheColumns()
    {
        const auto file = m_folder.write("aid.csv", "PUBCHEM_RESULT_TAG,PUBCHEM_CID,PUBCHEM_EXT_DATASOURCE_SMILES,Potency,Inhibition\n"
                                                    "RESULT_TYPE,,,FLOAT,FLOAT\nRESULT_DESCR,,,Half-maximal,Percent\nRESULT_UNIT,,,MICROMOLAR,PERCENT\n"
                                                    "1,7,C,5.5,10\n2,9,CC,6.5,20\n3,8,CCC,,30\n");
        const auto path = newProject();
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(report->rejected, 3);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto tasks = *store::Datasets(*project).tasks(1);
        QCOMPARE(tasks.size(), 2u);
        QCOMPARE(tasks[0].task.unit, std::string("µM"));
        QCOMPARE(tasks[1].task.unit, std::string("%"));
        QVERIFY(says(noteWith(report->notes, "rejected"), "RESULT_TYPE: a row that describes the columns"));
    }

    void whatIsAUnit()
    {
        for (const char* unit : {"nM", "µM", "ug.mL-1", "mL/min/kg", "cal/(mol K)", "kcal/mol", "log mol/L", "%", "cm^2", "10^-6 cm/s", "M-1-s-1"}) {
            QVERIFY2(isPlausibleUnit(unit), unit);
        }
        for (const char* word : {"BOZ", "binding", ">1 implies a multichain complex", "", "A", "active", "IC50"}) {
            QVERIFY2(!isPlausibleUnit(word), word);
        }
        QVERIFY(sameUnit("ug.mL-1", "µg/mL") && sameUnit("uM", "μM") && !sameUnit("nM", "mM"));
        const auto preview = previewFile(m_folder.write("pdb.csv", "smiles,pdb,c\nC,1BOZ,1 mM\nCC,1BOZ,2\nCCC,1BOZ,3\n"));
        QVERIFY(ok(preview));
        QCOMPARE(columnOf(*preview, "pdb")->role, ColumnRole::Ignored);
        QVERIFY(says(columnOf(*preview, "pdb")->why, "1BOZ"));
        QVERIFY(says(columnOf(*preview, "c")->rule, "1 of 3 cells has a unit; the others are taken to be in mM"));
    }

    void otherLanguagesAndSigns()
    {
        const auto file = m_folder.write("g.csv", "smiles,aktiv,oui,x\nC,Ja,non,\xE2\x88\x92" "5\nCC,nein,oui,6\xC2\xA0\nCCC,ja,oui,BLQ\nCCCC,nein,non,<LOD\nCCCCC,ja,oui,ND\n");
        const auto path = newProject();
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(labelsBySmiles(path, "g", 0).value("C"_L1), 1.0);
        QCOMPARE(labelsBySmiles(path, "g", 0).value("CC"_L1), 0.0);
        QCOMPARE(labelsBySmiles(path, "g", 1).value("CC"_L1), 1.0);
        QCOMPARE(labelsBySmiles(path, "g", 2), (QMap<QString, double>{{"C"_L1, -5}, {"CC"_L1, 6}}));
        QCOMPARE(report->repaired, 0);
    }

    void unitsAndPercent()
    {
        const auto path = newProject();
        const auto file = m_folder.write("u.csv", "smiles,bio,ki,code\nC,12%,3 nM,1a\nCC,50 %,4 nM,2b\nCCC,7,5 µM,3c\nCCCC,1%,6 nM,4d\n");
        const auto preview = previewFile(file);
        QVERIFY(ok(preview));
        QCOMPARE(columnOf(*preview, "bio")->unit, std::string("%"));
        QCOMPARE(columnOf(*preview, "ki")->unit, std::string("nM"));
        QVERIFY(says(columnOf(*preview, "ki")->rule, "another unit (1) left out"));
        QCOMPARE(columnOf(*preview, "code")->role, ColumnRole::Ignored);
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(labelsBySmiles(path, "u", 0).value("CC"_L1), 50.0);
        QCOMPARE(labelsBySmiles(path, "u", 0).value("CCC"_L1), 7.0);
        QCOMPARE(labelsBySmiles(path, "u", 1).size(), 3);
        QCOMPARE(report->repaired, 1);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto tasks = store::Datasets(*project).tasks(1);
        QCOMPARE(tasks->at(0).task.unit, std::string("%"));
        QVERIFY(says(store::taskFacts(*project, tasks->at(1).task.id)->rule, "unit nM taken off"));
    }

    void textsForClasses()
    {
        const auto path = newProject();
        const auto file = m_folder.write("b.csv", "smiles,bbb,outcome,grade,who\n"
                                                  "C,BBB+,Active,low,anna\nCC,BBB-,Inactive,high,ben\n"
                                                  "CCC,bbb+,inconclusive,medium,cem\nCCCC,,active,low,anna\n");
        ImportOptions options;
        auto grade = overrideFromText("grade:role=label,kind=multiclass");
        QVERIFY(ok(grade));
        options.columns.columns = {*grade};
        const auto report = importInto(path, {file}, options);
        QVERIFY(ok(report));
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto tasks = *store::Datasets(*project).tasks(1);
        QCOMPARE(tasks.size(), 3u);
        QCOMPARE(tasks[0].task.kind, TaskKind::Binary);
        QCOMPARE(tasks[0].task.classNames, (std::vector<std::string>{"BBB-", "BBB+"}));
        QCOMPARE(tasks[1].task.classNames, (std::vector<std::string>{"Inactive", "Active"}));
        QCOMPARE(tasks[2].task.classNames, (std::vector<std::string>{"low", "medium", "high"}));
        QVERIFY(tasks[2].task.kind == TaskKind::Multiclass && tasks[2].task.classes == 3);
        QCOMPARE(labelsBySmiles(path, "b", 0), (QMap<QString, double>{{"C"_L1, 1}, {"CC"_L1, 0}, {"CCC"_L1, 1}}));
        QCOMPARE(labelsBySmiles(path, "b", 1), (QMap<QString, double>{{"C"_L1, 1}, {"CC"_L1, 0}, {"CCCC"_L1, 1}}));
        QCOMPARE(labelsBySmiles(path, "b", 2), (QMap<QString, double>{{"C"_L1, 0}, {"CC"_L1, 2}, {"CCC"_L1, 1}, {"CCCC"_L1, 0}}));
        QVERIFY(says(noteWith(report->notes, "'bbb'"), "0 = 'BBB-', 1 = 'BBB+'"));
    }

    void aboutOneColumn()
    {
        const auto file = m_folder.write("o.csv", "smiles,a,b,c,mol_id\nC,1,x,<3,7\nCC,0,y,4,9\nCCC,1,x,5,8\n");
        ColumnChoice choice;
        for (const char* text : {"a:role=ignored", "b:role=label,classes=y|x", "c:censored=bound,unit=mg/L", "mol_id:role=label"}) {
            const auto one = overrideFromText(text);
            QVERIFY(ok(one));
            choice.columns.push_back(*one);
        }
        const auto preview = previewFile(file, choice);
        QVERIFY(ok(preview));
        QCOMPARE(columnOf(*preview, "a")->role, ColumnRole::Ignored);
        QCOMPARE(columnOf(*preview, "b")->classNames, (std::vector<std::string>{"y", "x"}));
        QCOMPARE(columnOf(*preview, "c")->unit, std::string("mg/L"));
        QCOMPARE(columnOf(*preview, "mol_id")->role, ColumnRole::Label);
        QCOMPARE(*choiceFromJson(choiceToJson(choice)), choice);
        const auto unknown = choiceFromJson(R"({"smiles":"s","labls":"y"})");
        QVERIFY(!unknown && unknown.error().text().find("Did you mean 'labels'?") != std::string::npos);
        for (const char* bad : {R"({"labls":["y"]})", R"({"labels":["y"]})", R"({"columns":"x"})", R"({"columns":{"a":1}})",
                                R"({"units":["x"]})", R"({"level":3})", "[1]", "3", "{"}) {
            QVERIFY2(!choiceFromJson(bad), bad);
        }
        for (const char* text : {"a", "a:", "a:role=king", "a:colour=red", ":role=label", "a:classes=one"}) {
            QVERIFY2(!overrideFromText(text), text);
        }
        choice.columns = {*overrideFromText("zz:role=label")};
        QVERIFY(!previewFile(file, choice));
        // A comma in a name is no end of it.
        ColumnChoice named;
        named.labelPatterns = "mu, D,x";
        const auto commas = previewFile(m_folder.write("n.csv", "smiles,\"mu, D\",x,y\nC,1,2,3\n"), named);
        QVERIFY(ok(commas));
        QVERIFY(columnOf(*commas, "mu, D")->role == ColumnRole::Label && columnOf(*commas, "y")->role == ColumnRole::Ignored);
    }

    void decimalCommasAreOffered()
    {
        const auto file = m_folder.write("c.csv", "smiles;x\nC;0,5\nCC;1,5\n");
        const auto asked = previewFile(file);
        QVERIFY(ok(asked));
        QCOMPARE(columnOf(*asked, "x")->role, ColumnRole::Ignored);
        QCOMPARE(columnOf(*asked, "x")->decimalCommas, 2);
        QVERIFY(says(noteWith(asked->notes, "decimal comma"), "--decimal comma"));
        ImportOptions options;
        options.columns.reading.decimalComma = true;
        const auto path = newProject();
        QVERIFY(ok(importInto(path, {file}, options)));
        QCOMPARE(labelsBySmiles(path, "c", 0), (QMap<QString, double>{{"C"_L1, 0.5}, {"CC"_L1, 1.5}}));
    }

    void columnsOfTheSameName()
    {
        QByteArray header("smiles");
        for (int i = 0; i < 12; ++i) {
            header += ",a,b";
        }
        const auto folded = previewFile(m_folder.write("f.csv", header + "\nC" + QByteArray(24, ',') + "\n"));
        QVERIFY(ok(folded));
        QVERIFY(says(noteWith(folded->notes, "occur"), "2 column names occur 12 times each ('a', 'b')"));
        QVERIFY2(folded->notes.size() < 6, qPrintable(QString::number(folded->notes.size())));
        const auto preview = previewFile(m_folder.write("d.csv", "smiles,x,x,,\nC,1.5,2,3.5,a\nCC,2.5,3,4.5,b\n"));
        QVERIFY(ok(preview));
        QVERIFY(columnOf(*preview, "x") && columnOf(*preview, "x (2)") && columnOf(*preview, "column 4") &&
                columnOf(*preview, "column 5"));
    }
};

QTEST_GUILESS_MAIN(DataReadingTest)
#include "tst_data_reading.moc"
