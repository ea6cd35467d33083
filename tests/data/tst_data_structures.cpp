// SPDX-License-Identifier: GPL-3.0-or-later
// Structures in the cells of a table that are no plain SMILES: InChI, mol blocks, CXSMILES with coordinates.
#include <cmath>

#include "chem/conformer.h"
#include "store/coordinates.h"
#include "tests/data/datatest.h"

using namespace papilio;
using namespace papilio::data;
using namespace Qt::StringLiterals;

class DataStructuresTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;
    int m_number = 0;
    std::string newProject() { return m_folder.path(qPrintable(QStringLiteral("p%1.papilio").arg(++m_number))); }

private Q_SLOTS:
    /// InChIs and SMILES of the same molecules, from the literature of the identifier.
    void inchi()
    {
        const auto path = newProject();
        const auto report = importInto(
            path, {m_folder.write("i.csv", "InChI,x\n"
                                           "\"InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3\",1\n"
                                           "\"InChI=1S/C3H7NO2/c1-2(4)3(5)6/h2H,4H2,1H3,(H,5,6)/t2-/m0/s1\",2\n"
                                           "\"InChI=1S/C4H8/c1-3-4-2/h3-4H,1-2H3/b4-3+\",3\n"
                                           "\"InChI=1S/C4H8/c1-3-4-2/h3-4H,1-2H3/b4-3-\",4\n"
                                           "InChI=1S/nonsense,5\n"
                                           "\"InChI=1S/C6H6/c1-2-4-6-5-3-1/h1-6H\",6\n"
                                           "\"InChI=1S/C2H6O/c1-2-3/h3H,2H2,1H3/i1D\",7\n"
                                           "\"InChI=1S/C8H10OS/c1-2-10(9)8-6-4-3-5-7-8/h3-7H,2H2,1H3/t10-/m0/s1\",8\n")});
        QVERIFY(ok(report));
        QCOMPARE(report->rejected, 1);
        const auto found = labelsBySmiles(path, "i", 0);
        const QMap<QString, double> expected{{"CCO"_L1, 1},        {"C[C@H](N)C(=O)O"_L1, 2}, {"C/C=C/C"_L1, 3},
                                             {"C/C=C\\C"_L1, 4}, {"c1ccccc1"_L1, 6},        {"[2H]CCO"_L1, 7},
                                             {"CC[S@](=O)c1ccccc1"_L1, 8}};
        QCOMPARE(found, expected);
    }

    void molBlocksInCells()
    {
        const QByteArray block("\n  made here\n\n  3  2  0  0  0  0            999 V2000\n"
                               "    0.0000    0.0000    0.5000 C   0  0\n    1.5000    0.0000    0.0000 C   0  0\n"
                               "    2.2000    1.2000    0.0000 O   0  0\n  1  2  1  0\n  2  3  1  0\nM  END\n");
        QByteArray escaped = block;
        escaped.replace("\n", "\\n");
        const auto path = newProject();
        const auto report = importInto(path, {m_folder.write("m.csv", "molblock,x,c\n\"" + block + "\",1,\"[1,2,3]\"\n" +
                                                                          escaped + ",2,\n")});
        QVERIFY(ok(report));
        QCOMPARE(report->used, 1);
        QCOMPARE(report->merged, 1);
        auto project = store::Project::open(path, store::Access::ReadOnly);
        const auto coordinates = store::CoordinateTable(*project).get(1, 1);
        QVERIFY(ok(coordinates) && coordinates->has_value());
        QCOMPARE((*coordinates)->atoms.size(), 3u);
        const auto labels = store::Labels(*project).get(1, 1).value();
        const auto order = labels->find(1)->values; // canonical: CCO
        for (std::size_t i = 0; i < 3; ++i) { // the atom with label 1 is the one at z = 0.5
            QCOMPARE((*coordinates)->atoms[i][2] == 0.5F, order[i] == 1);
        }
    }

    void coordinatesOfCxsmiles()
    {
        PAPILIO_TEST_FILE(file, "multilevel/pcqm4mv2-2k.csv.gz");
        const auto path = newProject();
        ImportOptions options;
        options.dataset = "d";
        QVERIFY(ok(importInto(path, {file.toStdString()}, options)));
        auto project = store::Project::open(path, store::Access::ReadOnly);
        store::CoordinateTable table(*project);
        QCOMPARE(*table.count(1), 1999);
        // Bonded atoms are near each other, others are not: the order is right.
        store::Molecules molecules(*project);
        const auto graph = molecules.byId(1)->graph;
        const auto found = *table.get(1, 1);
        QVERIFY(found && found->atoms.size() == graph.atoms.size() && !found->hydrogens.empty());
        const auto distance = [](const Coordinates::Place& a, const Coordinates::Place& b) {
            return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        };
        for (const BondCode& bond : graph.bonds) {
            const double length = distance(found->atoms[bond.begin], found->atoms[bond.end]);
            QVERIFY2(length > 1.1 && length < 1.9, qPrintable(QString::number(length)));
        }
        const auto placed = chem::placedConformer(*chem::Molecule::fromSmiles(*molecules.smilesOf({1})->begin()), *found);
        QVERIFY(ok(placed));
        QCOMPARE(placed->atoms.size(), found->atoms.size() + found->hydrogens.size());
        QCOMPARE(placed->bonds.size(), graph.bonds.size() + found->hydrogens.size());
        for (const auto& hydrogen : found->hydrogens) {
            const double length = distance(found->atoms[hydrogen.heavy], hydrogen.place);
            QVERIFY2(length > 0.9 && length < 1.2, qPrintable(QString::number(length)));
        }
    }
};

QTEST_GUILESS_MAIN(DataStructuresTest)
#include "tst_data_structures.moc"
