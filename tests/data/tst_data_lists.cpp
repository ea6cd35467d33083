// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of labels: one an atom, a bond, a pair of atoms, in the molecule's own order, hydrogens or not.
#include <QJsonArray>

#include "chem/molecule.h"
#include "data/cells.h"
#include "data/parquetwriter.h"
#include "data/table.h"
#include "store/molecules.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

using Values = std::vector<double>;

bool near(double value, double published)
{
    return std::abs(value - published) <= 2e-6 * std::max(1e-3, std::abs(published));
}

/// Values of a task by canonical SMILES.
QHash<QString, Values> valuesOf(const std::string& path, int position)
{
    QHash<QString, Values> values;
    auto project = store::Project::open(path, store::Access::ReadOnly);
    store::Molecules molecules(*project);
    (void)store::Labels(*project).each(1, [&](std::int64_t id, const store::LabelSet& set) {
        if (const auto* entry = set.find(position)) {
            values.insert(QString::fromStdString(molecules.smilesOf({id})->front()), entry->values);
        }
        return true;
    });
    return values;
}

std::vector<store::TaskRecord> tasksOf(const std::string& path)
{
    auto project = store::Project::open(path, store::Access::ReadOnly);
    return *store::Datasets(*project).tasks(1);
}

} // namespace

class DataListsTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    int m_number = 0;
    std::string newProject() { return m_folder.path(qPrintable(QStringLiteral("p%1.papilio").arg(++m_number))); }

    /// Imports by both columns of structures; every atom and every bond must have got the same value.
    void compareOrders(const std::string& file, int sets, const char* labels)
    {
        ImportOptions written;
        written.dataset = "d";
        written.columns.smilesColumn = "smiles";
        written.columns.labelPatterns = labels;
        ImportOptions numbered = written;
        numbered.columns.smilesColumn = "ordered_smiles";
        const auto a = newProject();
        const auto b = newProject();
        QVERIFY(ok(importInto(a, {file}, written)));
        const auto report = importInto(b, {file}, numbered);
        QVERIFY(ok(report));
        QVERIFY(std::any_of(report->notes.begin(), report->notes.end(), [](const std::string& note) {
            return note.find("Lists are in the order of column 'smiles'") == 0;
        }));
        for (int position = 0; position < 3; ++position) {
            const auto one = valuesOf(a, position);
            const auto other = valuesOf(b, position);
            QCOMPARE(one.size(), other.size());
            QVERIFY(one.size() > sets);
            int differing = 0;
            for (auto it = one.begin(); it != one.end(); ++it) {
                differing += it.value() != other.value(it.key());
            }
            QCOMPARE(differing, 0);
        }
    }

private Q_SLOTS:
    /// The first 3,000 rows of the QM9 table; all of them with PAPILIO_TEST_LARGE=1.
    void qm9ByWritingAndByNumbers()
    {
        PAPILIO_TEST_FILE(file, "multilevel/qm9_atoms_bonds.csv.gz");
        if (qEnvironmentVariableIntValue("PAPILIO_TEST_LARGE") > 0) {
            compareOrders(file.toStdString(), 123000, "charge,charge_with_h,bond_length");
            return;
        }
        const QByteArray text = gunzipped(file.toStdString());
        qsizetype end = 0;
        for (int line = 0; line < 3000; ++line) {
            end = text.indexOf('\n', end) + 1;
        }
        compareOrders(m_folder.write("qm9head.csv", text.left(end)), 2900, "charge,charge_with_h,bond_length");
    }

    void orderCanBeSaid()
    {
        // Ethanol: its numbers are those of C, C, O; its bonds are written O-C, C-C.
        const auto file = m_folder.write(
            "o.csv", "s,other,b\n[OH:3][CH2:2][CH3:1],CCO,\"[10,20]\"\n[CH3:1][OH:2],CO,[30]\n[OH:2][CH3:1],CO,[30]\n");
        const auto bonds = [&](const char* order) {
            ImportOptions options;
            options.columns.smilesColumn = "s";
            options.columns.order = order;
            const auto path = newProject();
            return ok(importInto(path, {file}, options)) ? valuesOf(path, 0).value(QStringLiteral("CCO")) : Values{};
        };
        QCOMPARE(bonds("other"), (Values{10, 10, 20, 20})); // canonical CCO: C-C, C-O
        QCOMPARE(bonds(""), bonds("other"));                // found out
        QCOMPARE(bonds("written"), (Values{20, 20, 10, 10}));
        ImportOptions wrong;
        wrong.columns.order = "nothing";
        QVERIFY(!importInto(newProject(), {file}, wrong));
    }

    void anotherMoleculeTellsNoOrder()
    {
        ImportOptions options;
        options.columns.smilesColumn = "s";
        options.columns.order = "other";
        const auto path = newProject();
        const auto report = importInto(path, {m_folder.write("x.csv", "s,other,n\n[CH3:1][OH:2],CN,\"[1,2]\"\nCO,OC,\"[5,6]\"\n")}, options);
        QVERIFY(ok(report));
        QCOMPARE(report->repaired, 1); // the first one is without its label
        QCOMPARE(valuesOf(path, 0).value(QStringLiteral("CO")), (Values{6, 5}));
    }

    /// One value an atom, hydrogens included; the published numbers count them.
    void hydrogensInLists()
    {
        PAPILIO_TEST_FILE(file, "multilevel/atomic_charges_atom_mapped.csv.gz");
        const auto sumOf = [&](HydrogenRule rule, std::int64_t& atoms) {
            ImportOptions options;
            options.columns.hydrogens = rule;
            const auto path = newProject();
            const auto report = importInto(path, {file.toStdString()}, options);
            atoms = 0;
            double sum = 0;
            if (ok(report) && report->molecules == 499 && report->rejected == 0) {
                const auto task = tasksOf(path).front();
                atoms = task.stats.values;
                sum = task.stats.mean * static_cast<double>(task.stats.values);
            }
            return sum;
        };
        std::int64_t heavy = 0;
        std::int64_t all = 0;
        const double added = sumOf(HydrogenRule::Add, all);
        (void)sumOf(HydrogenRule::Drop, heavy);
        QCOMPARE(heavy, 10069); // 500 molecules of 20.138 heavy atoms
        QCOMPARE(all, heavy);
        QVERIFY2(near(added, 0.0004857516 * 18528), qPrintable(QString::number(added, 'g', 10)));
    }

    void hydrogensByHand()
    {
        const auto file = m_folder.write("h.csv", "smiles,q,b\n[H]OC,\"[1,2,3]\",\"[7,8]\"\n"
                                                  "[H]OC[H],\"[1,2,3,4]\",\"[5,8,7]\"\n"
                                                  "[CH3:3][O:1][H:2],\"[2,1,3]\",\n");
        ImportOptions options;
        const auto dropped = newProject();
        QVERIFY(ok(importInto(dropped, {file}, options)));
        QCOMPARE(valuesOf(dropped, 0).value(QStringLiteral("CO")), (Values{3, 2}));
        // Two values could be one bond in both directions; the other row shows that hydrogens have theirs, too.
        QCOMPARE(valuesOf(dropped, 1).value(QStringLiteral("CO")), (Values{8, 8}));
        options.columns.hydrogens = HydrogenRule::Add;
        const auto added = newProject();
        const auto report = importInto(added, {file}, options);
        QCOMPARE(valuesOf(added, 0).value(QStringLiteral("CO")), (Values{3, 3}));
        QCOMPARE(report->conflictingRows, 1); // of the second row; the third says the same as the first in another order
    }

    void pairsOfAtoms()
    {
        // Acetonitrile C C N; pairs 01, 02, 12. Then the same written backwards, as a square with its diagonal.
        const auto file = m_folder.write("p.csv", "smiles,pair_x\nCC#N,\"[1,2,3]\"\nCCO,\"[[9,1,2],[1,9,3],[2,3,9]]\"\n"
                                                  "N#CC,\"[0,3,2,3,0,1,2,1,0]\"\nOCC,\"[0,5,6,7,0,8,6,8,0]\"\nC,[0]\n");
        const auto path = newProject();
        const auto report = importInto(path, {file});
        QVERIFY(ok(report));
        QCOMPARE(tasksOf(path).front().task.level, Level::NodePair);
        QCOMPARE(report->merged, 2);
        QCOMPARE(report->conflictingRows, 1);
        QCOMPARE(valuesOf(path, 0).value(QStringLiteral("CC#N")), (Values{1, 2, 3}));
        QCOMPARE(valuesOf(path, 0).value(QStringLiteral("CCO")), (Values{1, 2, 3}));
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto rows = *store::Datasets(*project).rowPage(1, std::nullopt, 0, 10);
        QVERIFY2(rows[3].reason.find("1 pair differs by direction") != std::string::npos, rows[3].reason.c_str());
    }

    /// A table of squares, half of whose pairs differ by direction, against its own text.
    void pairsFitTheTable()
    {
        PAPILIO_TEST_FILE(file, "multilevel/fake_and_missing_multilevel_data.csv.gz");
        const auto path = newProject();
        ImportOptions options;
        options.columns.labelPatterns = "nodepair_label_list";
        QVERIFY(ok(importInto(path, {file.toStdString()}, options)));
        const auto stored = valuesOf(path, 0);
        auto table = openTable(file.toStdString());
        TableRow row;
        int compared = 0;
        while (*(*table)->next(row)) {
            const auto square = readList(row.cells[6]);
            const auto molecule = chem::Molecule::fromSmiles(row.cells[0]);
            const std::size_t n = molecule->graph().atoms.size();
            if (row.cells[6].empty() || n < 2) {
                continue;
            }
            const Values values = stored.value(QString::fromStdString(molecule->canonicalSmiles()));
            QCOMPARE(values.size(), n * (n - 1) / 2);
            for (std::size_t i = 0; i < n; ++i) {
                for (std::size_t j = i + 1; j < n; ++j) {
                    const std::size_t a = std::min(molecule->toCanonical()[i], molecule->toCanonical()[j]);
                    const std::size_t b = std::max(molecule->toCanonical()[i], molecule->toCanonical()[j]);
                    QCOMPARE(values[a * n - a * (a + 1) / 2 + b - a - 1], ((*square)[i * n + j] + (*square)[j * n + i]) / 2);
                }
            }
            ++compared;
        }
        QCOMPARE(compared, 998);
    }

    void parquetIsTheSame()
    {
        PAPILIO_TEST_FILE(parquet, "multilevel/fake_and_missing_multilevel_data.parquet");
        PAPILIO_TEST_FILE(csv, "multilevel/fake_and_missing_multilevel_data.csv.gz");
        const auto a = newProject();
        const auto report = importInto(a, {parquet.toStdString()});
        if (!parquetAvailable()) {
            QVERIFY(!report && report.error().code == ErrorCode::Unsupported);
            QVERIFY(report.error().hint.find("libparquet-dev") != std::string::npos);
            return;
        }
        QVERIFY(ok(report));
        const auto b = newProject();
        QVERIFY(ok(importInto(b, {csv.toStdString()})));
        for (int position = 0; position < 7; ++position) {
            QCOMPARE(valuesOf(a, position), valuesOf(b, position));
        }
    }
};

QTEST_GUILESS_MAIN(DataListsTest)
#include "tst_data_lists.moc"
