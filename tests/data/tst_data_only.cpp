// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that are chosen by what stands in a column: they alone decide how the table is read, and the others are
// accounted for.
#include "core/random.h"
#include "data/curation.h"
#include "data/plan.h"
#include "data/planjson.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

/// A download with three kinds of values in one column, units by kind, signs, rows that are no molecules.
const QByteArray activities(
    "Molecule ID;Smiles;Standard Type;Standard Relation;Standard Value;Standard Units;Assay Type;Target Name\n"
    "M1;CCO;IC50;'=';5;nM;B;A\n"
    "M2;CCN;IC50;'>';900;nM;B;A\n"
    "M3;CCC;IC50;'=';7;nM;F;\n"
    "M4;c1ccccc1;Ki;'=';51;uM;B;A\n"
    "M5;c1ccccc1C;Ki;'<';52;uM;B;A\n"
    "M6;c1ccccc1N;Ki;'=';53;uM;B;A\n"
    "M7;Nc1ccccc1;Ki;'=';54;uM;F;B\n"
    "M8;no molecule(;Ki;'=';55;uM;B;A\n"
    "M9;broken(;IC50;'=';6;nM;B;A\n"
    "M10;CCCl; IC50 ;'=';8;nM;B;A\n"
    "M11;CCBr;ic50;'=';1000;nM;B;A\n"
    "M12;CCI;Inhibition;'=';50;%;B;A\n");

ImportOptions only(std::initializer_list<const char*> conditions)
{
    ImportOptions options;
    for (const char* condition : conditions) {
        if (!ok(addCondition(options.columns, condition))) {
            qFatal("no condition");
        }
    }
    return options;
}

class StopAfter : public Control
{
public:
    explicit StopAfter(std::int64_t rows) : m_rows(rows) {}
    void report(const Progress& progress) override
    {
        m_stop = m_stop || (progress.unit == "rows" && progress.done >= m_rows);
    }
    bool stopRequested() const override { return m_stop; }

private:
    std::int64_t m_rows;
    bool m_stop = false;
};

/// Alkanes with a kind each; every fifth row is of kind "b".
QByteArray bigTable(int rows)
{
    QByteArray text("smiles,kind,y\n");
    Random random(5);
    for (int i = 0; i < rows; ++i) {
        const int carbons = 1 + static_cast<int>(random.below(30));
        text += QByteArray(carbons, 'C') + (i % 3 ? "N" : "O") + (i % 5 == 4 ? ",b," : ",a,") +
                QByteArray::number(random.below(1000)) + "\n";
    }
    return text;
}

} // namespace

class DataOnlyTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    int m_projects = 0;
    std::string newProject() { return m_folder.path(std::to_string(++m_projects).append(".papilio").c_str()); }
    std::string write(const QByteArray& table = activities) { return m_folder.write("activities.csv", table); }

    Error refused(std::initializer_list<const char*> conditions, const std::string& file)
    {
        const auto report = importInto(newProject(), {file}, only(conditions));
        return report ? Error{} : report.error();
    }

private Q_SLOTS:
    void everyRowIsAccountedFor()
    {
        const auto path = newProject();
        const auto report = importInto(path, {write()}, only({"Standard Type=IC50"}));
        QVERIFY(ok(report));
        QCOMPARE(report->rows, 12);
        QCOMPARE(report->used + report->merged + report->repaired + report->rejected, 12);
        QCOMPARE(report->leftOut, 7);
        QCOMPARE(report->rejected, 8); // and the one that is no molecule
        QCOMPARE(report->molecules, 4);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const store::Datasets datasets(*project);
        const auto rows = datasets.rowPage(1, std::nullopt, 0, 100);
        QVERIFY(ok(rows));
        QCOMPARE(rows->size(), std::size_t(12));
        QCOMPARE(rows->at(3).reason, std::string("left out as asked: 'Standard Type' is 'Ki'"));
        QCOMPARE(rows->at(3).text, std::string("c1ccccc1"));
        QVERIFY(rows->at(3).status == store::RowStatus::Rejected && rows->at(3).molecule == 0);
        QCOMPARE(rows->at(7).reason, rows->at(3).reason); // nobody looked at its structure
        QVERIFY(says(rows->at(8).reason, "not a SMILES"));
        QVERIFY(rows->at(9).status == store::RowStatus::Used); // blanks around a value do not matter
        QCOMPARE(rows->at(10).reason, std::string("left out as asked: 'Standard Type' is 'ic50'"));
        const auto record = datasets.byName("activities");
        QVERIFY(ok(record));
        QCOMPARE(record->leftOut, 7);
        QCOMPARE(datasets.all()->front().leftOut, 7);
        QCOMPARE(record->labelCells, 5); // of the rows asked for; that which is no molecule has a label
    }

    /// Units, signs and statistics are those of the rows asked for.
    void otherRowsDecideNothing()
    {
        const auto file = write();
        const auto all = newProject(), some = newProject();
        QVERIFY(ok(importInto(all, {file})));
        const auto report = importInto(some, {file}, only({"Standard Type=Ki"}));
        QVERIFY(ok(report));
        const auto tasksOf = [](const std::string& path) {
            auto project = store::Project::open(path, store::Access::ReadOnly);
            return *store::Datasets(*project).tasks(1);
        };
        QCOMPARE(tasksOf(all).at(0).task.unit, std::string("nM"));
        const auto tasks = tasksOf(some);
        QCOMPARE(tasks.size(), std::size_t(1));
        QCOMPARE(tasks[0].task.name, std::string("Standard Value"));
        QCOMPARE(tasks[0].task.unit, std::string("uM"));
        QCOMPARE(tasks[0].stats.minimum, 51.0);
        QCOMPARE(tasks[0].stats.maximum, 55.0);
        QCOMPARE(tasks[0].stats.rows, 4); // without the bound
        QCOMPARE(labelsBySmiles(some, "activities", 0),
                 (QMap<QString, double>{{QStringLiteral("c1ccccc1"), 51}, {QStringLiteral("Nc1ccccc1"), 53}}));
        QVERIFY(noteWith(report->notes, "another unit").empty());
        QVERIFY(says(noteWith(report->notes, "is a bound"), "'Standard Relation' says that 1 cell is a bound"));
        QCOMPARE(noteWith(report->notes, "left out as asked"),
                 std::string("Only rows where 'Standard Type' is 'Ki': 7 of 12 rows are left out as asked."));
        QVERIFY(says(noteWith(report->notes, "were rejected"), "1 of 5 rows asked for (20 %) were rejected."));
        QVERIFY(says(noteWith(report->notes, "were rejected"), "The first one is row 7"));
        QVERIFY(noteWith(report->notes, "kinds of values").empty());
    }

    void conditionsCombine_data()
    {
        QTest::addColumn<QByteArrayList>("conditions");
        QTest::addColumn<QList<int>>("taken");
        const auto row = [](const char* name, const QByteArrayList& conditions, const QList<int>& taken) {
            QTest::newRow(name) << conditions << taken;
        };
        row("one", {"Standard Type=Inhibition"}, {11});
        row("alternatives", {"Standard Type=Inhibition", "Standard Type=ic50"}, {10, 11});
        row("both columns", {"Standard Type=Ki", "Assay Type=F"}, {6});
        row("alternatives and another column", {"Standard Type=Ki", "Standard Type=IC50", "Assay Type=F"}, {2, 6});
        row("nothing there", {"Target Name="}, {2});
        row("blanks", {" Standard Type =  Inhibition "}, {11});
        row("the name in another case", {"standard type=Inhibition", "Standard Type=ic50"}, {10, 11});
        row("a sign", {"Standard Relation='>'"}, {1});
        row("a number", {"Standard Value=7"}, {2});
        row("the structure", {"Smiles=CCO"}, {0});
    }

    void conditionsCombine()
    {
        QFETCH(QByteArrayList, conditions);
        QFETCH(QList<int>, taken);
        ImportOptions options;
        for (const QByteArray& condition : conditions) {
            QVERIFY(ok(addCondition(options.columns, condition.toStdString())));
        }
        const auto path = newProject();
        const auto report = importInto(path, {write()}, options);
        QVERIFY(ok(report));
        auto project = store::Project::open(path, store::Access::ReadOnly);
        QList<int> found;
        const auto read = store::Datasets(*project).rows(1, std::nullopt, [&](const store::RowRecord& row) {
            if (!row.reason.starts_with("left out as asked")) {
                found << static_cast<int>(row.row);
            }
            return true;
        });
        QVERIFY(ok(read));
        QCOMPARE(found, taken);
        QCOMPARE(report->leftOut, 12 - taken.size());
    }

    void whatCannotBeIsSaid()
    {
        const auto file = write();
        const Error column = refused({"Standard Typ=IC50"}, file);
        QCOMPARE(column.code, ErrorCode::Usage);
        QVERIFY(says(column.message, "has no column 'Standard Typ'"));
        QVERIFY(says(column.hint, "Did you mean 'Standard Type'?"));
        const Error value = refused({"Standard Type=IC50", "Standard Type=EC50"}, file);
        QCOMPARE(value.code, ErrorCode::BadInput);
        QVERIFY(says(value.message, "Column 'Standard Type' of 'activities.csv' is 'EC50' in no row."));
        QCOMPARE(value.hint, std::string("It has 'IC50' 5, 'Ki' 5, 'Inhibition' 1, 'ic50' 1."));
        QVERIFY(says(refused({"Standard Type=ki"}, file).hint, "Letters count as they are written: 5 rows have 'Ki'."));
        QVERIFY(says(refused({"Standard Type="}, file).message, "is empty in no row"));
        const Error both = refused({"Standard Type=Inhibition", "Assay Type=F"}, file);
        QCOMPARE(both.code, ErrorCode::BadInput);
        QVERIFY(
            says(both.message,
                 "No row of 'activities.csv' is one where 'Assay Type' is 'F' and 'Standard Type' is 'Inhibition'"));
        const auto bad = m_folder.write("bad.csv", "smiles,kind,y\nC,a,1\nXX(,b,2\nYY(,b,3\n");
        const Error useless = refused({"kind=b"}, bad);
        QCOMPARE(useless.code, ErrorCode::BadInput);
        QVERIFY(says(useless.message, "All 2 rows of 'bad.csv' that were asked for were rejected. Row 1:"));
        ColumnChoice choice;
        QVERIFY(!addCondition(choice, "Standard Type"));
        QVERIFY(!addCondition(choice, "=IC50"));
        QVERIFY(choice.only.empty());
        QVERIFY(ok(addCondition(choice, "unit=\xB5M"))); // of a terminal that speaks no UTF-8
        QCOMPARE(choice.only.front().values.front(), std::string("\xC2\xB5M"));
        QVERIFY(ok(choiceFromJson(choiceToJson(choice))));
    }

    /// Rows that could not be read stay rejected for that reason; rows about the columns still tell the units.
    void otherRejectionsStay()
    {
        const QByteArray table("PUBCHEM_RESULT_TAG,PUBCHEM_EXT_DATASOURCE_SMILES,PUBCHEM_ACTIVITY_OUTCOME,Potency\n"
                               "RESULT_TYPE,,,FLOAT\nRESULT_UNIT,,,MICROMOLAR\n"
                               "1,CCO,Active,1.5\n2,CCN,Inactive,30\n3,CCCC,Active,4,5,6\n4,CCC,Active,2.5\n");
        const auto file = m_folder.write("pubchem.csv", table);
        const auto path = newProject();
        const auto report = importInto(path, {file}, only({"PUBCHEM_ACTIVITY_OUTCOME=Active"}));
        QVERIFY(ok(report));
        QCOMPARE(report->leftOut, 1);
        QCOMPARE(report->rejected, 4);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto rows = store::Datasets(*project).rowPage(1, store::RowStatus::Rejected, 0, 10);
        QVERIFY(says(rows->at(0).reason, "a row that describes the columns"));
        QVERIFY(says(rows->at(2).reason, "left out as asked"));
        QVERIFY(says(rows->at(3).reason, "6 cells, the header has 4"));
        QCOMPARE(labelsBySmiles(path, "pubchem", 0),
                 (QMap<QString, double>{{QStringLiteral("CCO"), 1.5}, {QStringLiteral("CCC"), 2.5}}));
        QVERIFY(!store::Datasets(*project).tasks(1)->at(0).task.unit.empty());
    }

    /// Columns of an SD file come with its records: what comes late was empty before.
    void sdFiles()
    {
        const QByteArray block(
            "\n  x\n\n  1  0  0  0  0  0  0  0  0  0999 V2000\n    0.0000    0.0000    0.0000 %1   0  0\nM  END\n");
        const auto record = [&block](const char* atom, const QByteArray& properties) -> QByteArray {
            return QByteArray(block).replace("%1", atom) + properties + "$$$$\n";
        };
        const auto file =
            m_folder.write("late.sdf", record("C", "> <y>\n1\n\n") + record("N", "> <y>\n2\n\n> <kind>\na\n\n") +
                                           record("O", "> <y>\n3\n\n> <kind>\nb\n\n"));
        const auto path = newProject(), empty = newProject();
        const auto report = importInto(path, {file}, only({"kind=b"}));
        QVERIFY(ok(report));
        QCOMPARE(labelsBySmiles(path, "late", 0), (QMap<QString, double>{{QStringLiteral("O"), 3}}));
        QVERIFY(ok(importInto(empty, {file}, only({"kind="}))));
        QCOMPARE(labelsBySmiles(empty, "late", 0), (QMap<QString, double>{{QStringLiteral("C"), 1}}));
        QCOMPARE(refused({"sort=b"}, file).code, ErrorCode::Usage);
    }

    void choicesAreStored()
    {
        ColumnChoice one, other;
        for (const char* text : {"b=2", "a=y", "b=1", "b=2"}) {
            QVERIFY(ok(addCondition(one, text)));
        }
        for (const char* text : {"b=1", "b=2", "a=y"}) {
            QVERIFY(ok(addCondition(other, text)));
        }
        QVERIFY(one == other);
        QCOMPARE(choiceToJson(one), choiceToJson(other));
        const auto read = choiceFromJson(choiceToJson(one));
        QVERIFY(ok(read));
        QVERIFY(*read == one);
        QCOMPARE(read->only.size(), std::size_t(2));
        const auto old = choiceFromJson(R"({"smiles":"","labels":"","level":"auto","kind":"auto"})");
        QVERIFY(ok(old) && old->only.empty());
        QVERIFY(choiceToJson(*old).find("only") == std::string::npos);
        for (const char* bad :
             {R"({"only":"a=b"})", R"({"only":[{"column":"a"}]})", R"({"only":[{"column":"a","values":[]}]})",
              R"({"only":[{"column":"","values":["x"]}]})", R"({"only":[{"column":"a","values":"x"}]})"}) {
            QVERIFY2(!choiceFromJson(bad), bad);
        }
    }

    void plansAreStored()
    {
        Control control;
        const ImportOptions options = only({"Standard Type=Ki", "Assay Type=B"});
        const auto survey = surveyTable({write()}, options.columns, 0, control);
        QVERIFY(ok(survey));
        const auto plan = makePlan(*survey, options.columns, "activities.csv");
        QVERIFY(ok(plan));
        const auto read = planFromJson(planToJson(*plan));
        QVERIFY(ok(read));
        QCOMPARE(read->leftOut, 8);
        QCOMPARE(read->only.text(), plan->only.text());
        QVERIFY(!read->only.empty());
        std::string text = planToJson(*plan);
        const std::string place = "\"column\":6,\"name\":\"Assay Type\"";
        QVERIFY(text.find(place) != std::string::npos);
        text.replace(text.find(place), place.size(), "\"column\":60,\"name\":\"Assay Type\"");
        QVERIFY(!planFromJson(text));
    }

    /// An import that was stopped goes on with the same rows only.
    void goingOn()
    {
        const auto file = m_folder.write("big.csv", bigTable(30'000));
        const auto path = newProject(), straight = newProject();
        StopAfter control(17'000);
        const auto stopped = importInto(path, {file}, only({"kind=b"}), &control);
        QVERIFY(!stopped && stopped.error().code == ErrorCode::Stopped);
        const auto other = importInto(path, {file}, only({"kind=a"}));
        QVERIFY(!other);
        QCOMPARE(other.error().code, ErrorCode::Exists);
        QVERIFY(says(other.error().message, "began with other options"));
        QVERIFY(!importInto(path, {file}));
        const auto report = importInto(path, {file}, only({"kind=b"}));
        QVERIFY(ok(report));
        QVERIFY(report->resumed);
        QCOMPARE(report->leftOut, 24'000);
        QVERIFY(ok(importInto(straight, {file}, only({"kind=b"}))));
        QCOMPARE(contentOf(path), contentOf(straight));
        ImportOptions again = only({"kind=a"});
        again.replace = true;
        const auto replaced = importInto(path, {file}, again);
        QVERIFY(ok(replaced));
        QCOMPARE(replaced->leftOut, 6'000);
        QCOMPARE(replaced->rejected, 6'000);
        QCOMPARE(labelsBySmiles(path, "big", 0).size(), static_cast<int>(replaced->molecules));
    }

    /// Curating reads the rows again that the project keeps.
    void curation()
    {
        const auto path = newProject();
        QVERIFY(ok(importInto(path, {write()}, only({"Standard Type=Ki"}))));
        {
            auto project = store::Project::open(path, store::Access::ReadWrite);
            Recipe recipe;
            recipe.duplicates = Duplicates::Mean;
            Control control;
            const auto outcome = applyCuration(*project, "activities", recipe, 1, control);
            QVERIFY(ok(outcome));
            QCOMPARE(outcome->after.rejected, outcome->before.rejected);
            QCOMPARE(store::Datasets(*project).byName("activities")->leftOut, 7);
        }
        QCOMPARE(labelsBySmiles(path, "activities", 0),
                 (QMap<QString, double>{{QStringLiteral("c1ccccc1"), 51}, {QStringLiteral("Nc1ccccc1"), 53.5}}));
    }

    void preview()
    {
        const auto all = previewFile(write());
        QVERIFY(ok(all));
        QCOMPARE(all->leftOut, 0);
        QCOMPARE(all->kinds.size(), std::size_t(1));
        QCOMPARE(all->kinds[0].texts.front(), (std::pair<std::string, std::int64_t>("IC50", 5)));
        QVERIFY(says(noteWith(all->notes, "kinds of values"),
                     "4 kinds of values apart in 'Standard Value' ('IC50' 5, 'Ki' 5"));
        QVERIFY(noteWith(all->notes, "--only").empty());
        QCOMPARE(noteWith(all->advice, "--only"),
                 std::string("Take the rows of one of them with --only 'Standard Type=IC50'."));
        using Values = std::vector<std::pair<std::string, std::int64_t>>;
        QCOMPARE(columnOf(*all, "Standard Type")->values,
                 (Values{{"IC50", 5}, {"Ki", 5}, {"Inhibition", 1}, {"ic50", 1}}));
        QCOMPARE(columnOf(*all, "Target Name")->values, (Values{{"A", 10}, {"", 1}, {"B", 1}}));
        const auto some = previewFile(write(), only({"Standard Type=IC50"}).columns);
        QVERIFY(ok(some));
        QCOMPARE(some->rowsLooked, 12);
        QVERIFY(some->wholeFile);
        QCOMPARE(some->leftOut, 7);
        QCOMPARE(some->used + some->merged + some->repaired + some->rejected, 12);
        QCOMPARE(some->rejected, 8);
        QCOMPARE(some->rows.size(), std::size_t(5));
        QCOMPARE(some->rows.back().row, 9);
        QCOMPARE(columnOf(*some, "Standard Type")->values,
                 columnOf(*all, "Standard Type")->values); // to choose another one
        QCOMPARE(columnOf(*some, "Standard Value")->present, 5);
        QVERIFY(some->kinds.empty());
    }

    /// Rows that are asked for may come late; not the whole of a huge file is read for them.
    void previewOfLateRows()
    {
        QByteArray table("smiles,kind,level,y\n");
        for (int i = 0; i < 5000; ++i) {
            table += QByteArray(1 + i % 9, 'C') + (i < 3000 ? ",a" : ",b") + ",2," + QByteArray::number(i * 37 % 101) + "\n";
        }
        const auto file = m_folder.write("late.csv", table);
        const auto late = previewFile(file, only({"kind=b"}).columns, 100);
        QVERIFY(ok(late));
        QCOMPARE(late->rowsLooked, 3100);
        QCOMPARE(late->leftOut, 3000);
        QVERIFY(!late->wholeFile);
        QCOMPARE(late->rows.front().row, 3000);
        QVERIFY(columnOf(*late, "level")->role == ColumnRole::Label);
        const auto fixed = previewFile(file, only({"level=2"}).columns, 100); // the same in all rows: nothing to learn
        QVERIFY(columnOf(*fixed, "level")->role != ColumnRole::Label);
        // None among those looked at: the import would find them, so that is no mistake.
        const auto none = previewFile(file, only({"kind=b", "level=2"}).columns, 20);
        QVERIFY(ok(none));
        QVERIFY(none->noneTaken && !none->wholeFile);
        QCOMPARE(none->rowsLooked, 2000);
        QCOMPARE(none->leftOut, 2000);
        QCOMPARE(none->rejected, 2000);
        QCOMPARE(none->used + none->merged + none->repaired, 0);
        QCOMPARE(none->rows.size(), std::size_t(20));
        QCOMPARE(none->rows.front().reason, std::string("left out as asked: 'kind' is 'a'"));
        QVERIFY(columnOf(*none, "y")->role == ColumnRole::Label);
        QVERIFY(columnOf(*none, "level")->role != ColumnRole::Label); // the same in all rows asked for
        using Values = std::vector<std::pair<std::string, std::int64_t>>;
        QCOMPARE(columnOf(*none, "kind")->values, (Values{{"a", 2000}}));
        QVERIFY(says(noteWith(none->notes, "None of the first"),
                     "None of the first 2000 rows of 'late.csv' is one where 'kind' is 'b' and 'level' is '2'; the import "
                     "looks at all rows."));
        QVERIFY(noteWith(none->notes, "left out as asked").empty());
        const auto report = importInto(newProject(), {file}, only({"kind=b", "level=2"}));
        QVERIFY(ok(report));
        QCOMPARE(report->leftOut, 3000);
        const auto whole = previewFile(file, only({"kind=c"}).columns, 100); // of a file that was seen whole
        QVERIFY(!whole);
        QVERIFY(says(whole.error().message, "is 'c' in no row"));
        QCOMPARE(previewFile(file, only({"sort=b"}).columns, 20).error().code, ErrorCode::Usage);
    }

    /// A '=' in the name of a column: the longest name that is there counts.
    void namesWithEqualsSigns_data()
    {
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<QByteArray>("molecules");
        const auto row = [](const char* name, const char* condition, const char* molecules) {
            QTest::newRow(name) << QByteArray(condition) << QByteArray(molecules);
        };
        row("twice in the name", "Active (1=yes, 0=no)=1", "C");
        row("blanks", " Active (1=yes, 0=no) = 0 ", "CC");
        row("nothing there", "Active (1=yes, 0=no)=", "CCC");
        row("another case", "active (1=YES, 0=no)=1", "C");
        row("the longest", "A=B=1", "C");
        row("the longest there is", "A=C=1", "CC");
        row("exactly before another case", "A=b=1", "CCC");
        row("in the value", "A=x=y=z", "C");
        row("at its end", "A=B==", "CCC");
        row("at the start", "=q=1", "CC");
    }

    void namesWithEqualsSigns()
    {
        QFETCH(QByteArray, condition);
        QFETCH(QByteArray, molecules);
        const auto file = m_folder.write("equals.csv", "smiles,\"Active (1=yes, 0=no)\",A,A=B,a=B=1,=q,y\n"
                                                       "C,1,x=y=z,1,,,1\nCC,0,C=1,2,,1,2\nCCC,,b=1,=,,2,3\n");
        ImportOptions options;
        QVERIFY(ok(addCondition(options.columns, condition.toStdString())));
        options.columns.labelPatterns = "y";
        const auto again = choiceFromJson(choiceToJson(options.columns));
        QVERIFY(ok(again));
        QVERIFY(*again == options.columns);
        const auto path = newProject();
        QVERIFY(ok(importInto(path, {file}, options)));
        QCOMPARE(labelsBySmiles(path, "equals", 0).keys(), QStringList{QString::fromLatin1(molecules)});
        auto project = store::Project::open(path, store::Access::ReadOnly);
        QCOMPARE(store::Datasets(*project).byName("equals")->leftOut, 2);
    }

    /// The same value under two spellings of the name is one: the column is the same in all rows.
    void oneValueSaidTwice()
    {
        const auto preview = previewFile(write(), only({"Standard Type=IC50", "standard type=IC50"}).columns);
        QVERIFY(ok(preview));
        QVERIFY(says(noteWith(preview->notes, "Only rows"), "where 'Standard Type' is 'IC50':"));
        QCOMPARE(preview->leftOut, 7);
    }

    /// Advice names a kind, not the cells without one, and in quotes that a shell leaves alone.
    void adviceCanBeTyped()
    {
        const auto blank = previewFile(m_folder.write("blank.csv", "Smiles;Standard Type;Standard Value\nC;;1\nCC;;2\nCCC;;3\nCCCC;Ki;4\n"));
        QVERIFY(ok(blank));
        QVERIFY2(says(noteWith(blank->advice, "--only"), "--only 'Standard Type=Ki'."), noteWith(blank->advice, "--only").c_str());
        const auto quoted = previewFile(m_folder.write("quoted.csv", "Smiles;Standard Type;Standard Value\nC;'IC50';1\nCC;'IC50';2\nCCC;Ki;3\n"));
        QVERIFY(ok(quoted));
        QVERIFY(says(noteWith(quoted->advice, "--only"), "--only \"Standard Type='IC50'\"."));
    }

    void unknownNamesWithEqualsSigns()
    {
        const auto file = m_folder.write("names.csv", "smiles,\"Active (1=yes, 0=no)\",A,y\nC,1,2,1\nCC,0,2,2\n");
        const Error name = refused({"Active (1=yes, 0=n)=1"}, file);
        QCOMPARE(name.code, ErrorCode::Usage);
        QVERIFY(says(name.message, "has no column 'Active (1=yes, 0=n)'"));
        QVERIFY(says(name.hint, "Did you mean 'Active (1=yes, 0=no)'?"));
        QVERIFY(says(refused({"B=x=1"}, file).message, "has no column 'B' to choose rows by"));
        QVERIFY(says(refused({"Active (1=yes, 0=no)=2"}, file).message, "'Active (1=yes, 0=no)' of 'names.csv' is '2'"));
        ColumnChoice one, other;
        for (const char* text : {"a=b=1", "c=d=1", "a=b=1"}) {
            QVERIFY(ok(addCondition(one, text)));
        }
        for (const char* text : {"c=d=1", "a=b=1"}) {
            QVERIFY(ok(addCondition(other, text)));
        }
        QVERIFY(one == other);
        QVERIFY(!choiceFromJson(R"({"only_texts":[7]})") && !choiceFromJson(R"({"only_texts":["a"]})"));
    }

    /// Spreadsheets leave no-break spaces and others around a text.
    void otherBlanks()
    {
        const QByteArray table("smiles,type\xC2\xA0,y\nC,\xC2\xA0IC50\xC2\xA0,1\nCC,IC50\xE2\x80\x89,2\n"
                               "CCC,\xC2\xA0Ki,3\nCCCC,\xC2\xA0,4\nCCCCC,IC50,5\n");
        const auto file = m_folder.write("blanks.csv", table);
        const QByteArray bytes = QByteArray(table).replace("\xC2\xA0", "\xA0").replace("\xE2\x80\x89", "");
        const auto latin = m_folder.write("latin.csv", bytes);
        for (const auto& path : {file, latin}) {
            for (const char* condition : {"type=IC50", "type=\xC2\xA0IC50", "type\xC2\xA0=IC50 \xC2\xA0"}) {
                const auto project = newProject();
                const auto report = importInto(project, {path}, only({condition}));
                QVERIFY(ok(report));
                QCOMPARE(report->leftOut, 2);
                auto opened = store::Project::open(project, store::Access::ReadOnly);
                const auto rows = store::Datasets(*opened).rowPage(1, store::RowStatus::Rejected, 0, 10);
                QVERIFY(says(rows->at(0).reason, "is 'Ki'"));
                QVERIFY(says(rows->at(1).reason, "is empty"));
            }
        }
        const auto preview = previewFile(file, only({"type="}).columns);
        QVERIFY(ok(preview));
        QCOMPARE(preview->leftOut, 4);
        using Values = std::vector<std::pair<std::string, std::int64_t>>;
        QCOMPARE(preview->columns[1].values, (Values{{"IC50", 3}, {"", 1}, {"Ki", 1}}));
        const auto all = previewFile(file);
        QVERIFY(ok(all));
        QCOMPARE(all->columns[1].values, preview->columns[1].values);
    }

    /// Counts and mean against the file itself.
    void publishedTable()
    {
        PAPILIO_TEST_FILE(file, "downstream/bace.csv.gz");
        const QList<QByteArray> lines = gunzipped(file.toStdString()).split('\n');
        const int kind = lines[0].trimmed().split(',').indexOf("Model"),
                  value = lines[0].trimmed().split(',').indexOf("pIC50");
        int rows = 0, taken = 0;
        double sum = 0;
        for (const QByteArray& line : lines.mid(1)) {
            const QList<QByteArray> cells = line.trimmed().split(',');
            rows += cells.size() > kind;
            if (cells.value(kind) == "Valid") {
                ++taken;
                sum += cells.value(value).toDouble();
            }
        }
        QVERIFY(taken > 10 && taken < rows);
        const auto path = newProject();
        ImportOptions options = only({"Model=Valid"});
        options.columns.labelPatterns = "pIC50";
        const auto report = importInto(path, {file.toStdString()}, options);
        QVERIFY(ok(report));
        QCOMPARE(report->rows, rows);
        QCOMPARE(report->leftOut, rows - taken);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto stats = store::Datasets(*project).tasks(1)->at(0).stats;
        QCOMPARE(stats.rows, taken);
        QVERIFY(std::abs(stats.mean - sum / taken) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(DataOnlyTest)
#include "tst_data_only.moc"
