// SPDX-License-Identifier: GPL-3.0-or-later
// Identity: a molecule gives the same graph, encodings and SMILES however it is written, and labels find their atoms.

#include <cmath>
#include <fstream>
#include <set>
#include <thread>

#include <zlib.h>

#include <QScopeGuard>
#include <QtTest>

#include <GraphMol/GraphMol.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>

#include "chem/molecule.h"
#include "chem/positional.h"
#include "chem/runtime.h"
#include "tests/support/paths.h"

using namespace papilio;
using chem::Molecule;

namespace
{

Molecule read(std::string_view smiles)
{
    auto molecule = Molecule::fromSmiles(smiles);
    if (!molecule) {
        qFatal("%s: %s", std::string(smiles).c_str(), molecule.error().text().c_str());
    }
    return std::move(*molecule);
}

bool sameEncodings(const Encodings& a, const Encodings& b)
{
    return a.laplacianValues == b.laplacianValues && a.laplacianVectors == b.laplacianVectors &&
           a.walkReturns == b.walkReturns;
}

/// Atoms of the input against atoms of the graph, by element, degree, charge and aromaticity.
bool atomsMatch(const Molecule& molecule, const RDKit::ROMol& written)
{
    if (molecule.toCanonical().size() != written.getNumAtoms()) {
        return false;
    }
    for (const RDKit::Atom* atom : written.atoms()) {
        const AtomCode& code = molecule.graph().atoms[molecule.toCanonical()[atom->getIdx()]];
        if (code.atomicNumber != atom->getAtomicNum() || code.degree != int(atom->getTotalDegree()) ||
            code.formalCharge != atom->getFormalCharge() || code.aromatic != atom->getIsAromatic()) {
            return false;
        }
    }
    return true;
}

/// Directed edges of the input lead between the images of their atoms.
bool edgesMatch(const Molecule& molecule, const RDKit::ROMol& written)
{
    if (molecule.edgeToCanonical().size() != 2 * written.getNumBonds()) {
        return false;
    }
    for (const RDKit::Bond* bond : written.bonds()) {
        const std::uint16_t begin = molecule.toCanonical()[bond->getBeginAtomIdx()];
        const std::uint16_t end = molecule.toCanonical()[bond->getEndAtomIdx()];
        for (unsigned half = 0; half < 2; ++half) {
            const std::uint32_t edge = molecule.edgeToCanonical()[2 * bond->getIdx() + half];
            const BondCode& code = molecule.graph().bonds[edge / 2];
            const std::uint16_t from = edge % 2 == 0 ? code.begin : code.end;
            const std::uint16_t to = edge % 2 == 0 ? code.end : code.begin;
            if (from != (half == 0 ? begin : end) || to != (half == 0 ? end : begin)) {
                return false;
            }
        }
    }
    return true;
}

} // namespace

class TestMolecule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }
    void rewritings_data();
    void rewritings();
    void fiveThousandRealMolecules();
    void canonicalSmilesIsInCanonicalOrder();
    void oneAtom();
    void salts();
    void dummyAtom();
    void charges();
    void stereo();
    void hydrogens();
    void mapNumbers_data();
    void mapNumbers();
    void mapNumbersAreNoIdentity();
    void realNodeAndEdgeLabels();
    void degenerateVectorsAreUnique();
    void threads();
};

void TestMolecule::rewritings_data()
{
    QTest::addColumn<QString>("smiles");
    const char* const all[] = {"CC(=O)Oc1ccccc1C(=O)O",
                               "C[C@H](N)C(=O)O",
                               "C/C=C/C=C\\C(F)=C",
                               "[Na+].[O-]C(=O)c1ccccc1",
                               "CN1C=NC2=C1C(=O)N(C(=O)N2C)C",
                               "*c1ccc(*)cc1",
                               "CC1(C)CC(=O)CC(C)(C)N1[O]",
                               "c1cc2ccc3ccc4ccc5ccc6ccc1c7c2c3c4c5c67",
                               "C12C3C4C1C5C2C3C45",
                               "[2H]C([2H])([2H])[C@H](N)Cc1ccccc1",
                               "C[C@]12CC[C@H]3[C@@H](CCC4=CC(=O)CC[C@]34C)[C@@H]1CC[C@@H]2O",
                               "F[B-](F)(F)F.CCCCn1cc[n+](C)c1",
                               "O=[N+]([O-])c1ccc(N=[N+]=[N-])cc1",
                               "C[N+](C)(C)CC([O-])=O.Cl.Cl.O"};
    for (const char* smiles : all) {
        QTest::newRow(smiles) << QString::fromLatin1(smiles);
    }
}

void TestMolecule::rewritings()
{
    QFETCH(QString, smiles);
    const Molecule original = read(smiles.toStdString());
    const Encodings encodings = chem::computeEncodings(original.graph());
    const std::unique_ptr<RDKit::RWMol> mol(RDKit::SmilesToMol(smiles.toStdString()));
    const std::vector<std::string> others = RDKit::MolToRandomSmilesVect(*mol, 60, 7);
    for (const std::string& other : others) {
        const Molecule again = read(other);
        QCOMPARE(again.canonicalSmiles(), original.canonicalSmiles());
        QVERIFY2(again.graph() == original.graph(), other.c_str());
        QVERIFY2(sameEncodings(chem::computeEncodings(again.graph()), encodings), other.c_str());
        const std::unique_ptr<RDKit::RWMol> written(RDKit::SmilesToMol(other));
        QVERIFY2(atomsMatch(again, *written), other.c_str());
        QVERIFY2(edgesMatch(again, *written), other.c_str());
    }
}

/// RDKit's own canonical SMILES is not unique for a few molecules with intricate stereochemistry; where it is, the
/// graph is.
void TestMolecule::fiveThousandRealMolecules()
{
    const std::string folder = chem::rdkitDataFolder();
    if (folder.empty()) {
        QSKIP("RDKit's data files are not installed");
    }
    std::ifstream file(folder + "/NCI/first_5K.smi");
    std::string line;
    int readable = 0, sameSmiles = 0, written = 0;
    while (std::getline(file, line)) {
        const auto molecule = Molecule::fromSmiles(line.substr(0, line.find_first_of(" \t")));
        if (!molecule) {
            continue;
        }
        ++readable;
        const std::unique_ptr<RDKit::RWMol> mol(RDKit::SmilesToMol(molecule->canonicalSmiles()));
        for (const std::string& other : RDKit::MolToRandomSmilesVect(*mol, 1, unsigned(readable))) {
            const Molecule again = read(other);
            ++written;
            if (again.canonicalSmiles() != molecule->canonicalSmiles()) {
                continue;
            }
            ++sameSmiles;
            QVERIFY2(again.graph() == molecule->graph(), other.c_str());
            const std::unique_ptr<RDKit::RWMol> input(RDKit::SmilesToMol(other));
            QVERIFY2(atomsMatch(again, *input) && edgesMatch(again, *input), other.c_str());
        }
    }
    QVERIFY2(readable > 4900, qPrintable(QString::number(readable)));
    qInfo("%d of %d re-written molecules have the same canonical SMILES", sameSmiles, written);
    QVERIFY(sameSmiles >= written - written / 500);
}

void TestMolecule::canonicalSmilesIsInCanonicalOrder()
{
    const Molecule first = read("OC(=O)c1ccccc1OC(C)=O");
    const Molecule again = read(first.canonicalSmiles());
    QCOMPARE(again.canonicalSmiles(), first.canonicalSmiles());
    for (std::size_t i = 0; i < again.toCanonical().size(); ++i) {
        QCOMPARE(std::size_t(again.toCanonical()[i]), i);
    }
    for (std::size_t b = 1; b < first.graph().bonds.size(); ++b) { // sorted, begin < end
        const BondCode &before = first.graph().bonds[b - 1], &bond = first.graph().bonds[b];
        QVERIFY(bond.begin < bond.end);
        QVERIFY(std::pair(before.begin, before.end) < std::pair(bond.begin, bond.end));
    }
}

void TestMolecule::oneAtom()
{
    const Molecule methane = read("C");
    QCOMPARE(methane.graph().atoms.size(), std::size_t(1));
    QVERIFY(methane.graph().bonds.empty());
    QCOMPARE(int(methane.graph().atoms[0].degree), 4);
    QCOMPARE(int(methane.graph().atoms[0].totalValence), 4);
    const Encodings encodings = chem::computeEncodings(methane.graph());
    QCOMPARE(encodings.walkReturns, std::vector<float>(16, 1.0f));
    QCOMPARE(encodings.laplacianVectors[0], 1.0f);
    QCOMPARE(encodings.laplacianValues, std::vector<float>(8, 0.0f));
}

void TestMolecule::salts()
{
    const Molecule salt = read("[Na+].[O-]C(=O)C");
    QCOMPARE(salt.canonicalSmiles(), read("CC([O-])=O.[Na+]").canonicalSmiles());
    const Encodings encodings = chem::computeEncodings(salt.graph());
    const std::size_t sodium = salt.toCanonical()[0];
    QCOMPARE(int(salt.graph().atoms[sodium].atomicNumber), 11);
    for (std::size_t k = 0; k < 16; ++k) { // a lone atom beside others does not come back
        QCOMPARE(encodings.walkReturns[sodium * 16 + k], 0.0f);
    }
    const std::size_t carbon = salt.toCanonical()[2];
    QCOMPARE(encodings.walkReturns[carbon * 16 + 1], 1.0f); // a star's centre comes back after two steps
}

void TestMolecule::dummyAtom()
{
    const Molecule molecule = read("*CC");
    const AtomCode& atom = molecule.graph().atoms[molecule.toCanonical()[0]];
    QCOMPARE(int(atom.atomicNumber), 0);
    QCOMPARE(int(atom.degree), 1);
    QCOMPARE(int(atom.totalValence), 1);
}

void TestMolecule::charges()
{
    const Molecule molecule = read("C[N+](C)(C)CC(=O)[O-]");
    const AtomCode& nitrogen = molecule.graph().atoms[molecule.toCanonical()[1]];
    QCOMPARE(int(nitrogen.formalCharge), 1);
    QCOMPARE(int(nitrogen.degree), 4);
    const AtomCode& oxygen = molecule.graph().atoms[molecule.toCanonical()[7]];
    QCOMPARE(int(oxygen.formalCharge), -1);
    const Molecule radical = read("CC1(C)CCCC(C)(C)N1[O]");
    QCOMPARE(int(radical.graph().atoms[radical.toCanonical().back()].radicalElectrons), 1);
}

void TestMolecule::stereo()
{
    const auto stereoOf = [](std::string_view smiles) {
        const Molecule molecule = read(smiles);
        for (const BondCode& bond : molecule.graph().bonds) {
            if (bond.type == BondType::Double) {
                return bond.stereo;
            }
        }
        return BondStereo::Other;
    };
    QCOMPARE(stereoOf("C/C=C/C"), BondStereo::E);
    QCOMPARE(stereoOf("C/C=C\\C"), BondStereo::Z);
    QCOMPARE(stereoOf("CC=CC"), BondStereo::None);
    QVERIFY(read("C[C@H](N)C(=O)O").canonicalSmiles() != read("C[C@@H](N)C(=O)O").canonicalSmiles());
    QVERIFY(read("C[C@H](N)C(=O)O").canonicalSmiles() != read("CC(N)C(=O)O").canonicalSmiles());
    QCOMPARE(read("C[C@H](C)O").canonicalSmiles(), read("CC(C)O").canonicalSmiles()); // no stereo centre
    QCOMPARE(read("C->[Fe]").graph().bonds[0].type, BondType::Other);
}

void TestMolecule::hydrogens()
{
    QCOMPARE(read("[H]C([H])([H])O[H]").canonicalSmiles(), std::string("CO"));
    QCOMPARE(read("[H]C([H])([H])O[H]").toCanonical(), (std::vector<std::uint16_t>{0, 1}));
    QVERIFY(read("[H]C([H])([H])O[H]").repairNote().empty()); // only another way of writing
    QCOMPARE(read("[2H]C").graph().atoms.size(), std::size_t(2));
    QCOMPARE(read("[#1]C([#1])[#1]").canonicalSmiles(), std::string("C")); // "#1" is how SMARTS writes it
    QCOMPARE(read("[H][H]").graph().atoms.size(), std::size_t(2));
}

void TestMolecule::mapNumbers_data()
{
    QTest::addColumn<QString>("smiles");
    QTest::addColumn<QList<int>>("elements"); // in the input's own order
    QTest::newRow("from 1") << "[OH:3][CH2:2][NH2:1]" << QList<int>{7, 6, 8};
    QTest::newRow("from 0") << "[OH:2][CH2:1][NH2:0]" << QList<int>{7, 6, 8};
    QTest::newRow("0 in the middle") << "[OH:2][CH2:0][NH2:1]" << QList<int>{6, 7, 8};
    QTest::newRow("one missing") << "[OH:2][CH2:1]N" << QList<int>{8, 6, 7};
    QTest::newRow("one missing, no 0 written") << "O[CH2:2][NH2:1]" << QList<int>{8, 6, 7};
    QTest::newRow("twice the same") << "[OH:2][CH2:2][NH2:1]" << QList<int>{8, 6, 7};
    QTest::newRow("a gap") << "[OH:4][CH2:2][NH2:1]" << QList<int>{8, 6, 7};
    QTest::newRow("hydrogens numbered too") << "[H:1][O:5][C:0]([H:2])([H:3])[N:4]([H:6])[H:7]" << QList<int>{6, 7, 8};
    QTest::newRow("hydrogens without") << "[H][O:3][C:2]([H])([H])[N:1]([H])[H]" << QList<int>{7, 6, 8};
    QTest::newRow("one atom") << "[OH2:0]" << QList<int>{8};
}

void TestMolecule::mapNumbers()
{
    QFETCH(QString, smiles);
    QFETCH(QList<int>, elements);
    const Molecule molecule = read(smiles.toStdString());
    QCOMPARE(molecule.repairNote(), std::string("atom-map numbers removed"));
    QCOMPARE(qsizetype(molecule.toCanonical().size()), elements.size());
    for (qsizetype i = 0; i < elements.size(); ++i) {
        const std::uint16_t atom = molecule.toCanonical()[std::size_t(i)];
        QCOMPARE(int(molecule.graph().atoms[atom].atomicNumber), elements[i]);
    }
    QVERIFY(!QString::fromStdString(molecule.canonicalSmiles()).contains(QLatin1Char(':')));
}

void TestMolecule::mapNumbersAreNoIdentity()
{
    QCOMPARE(read("[CH3:7][CH2:2][OH:9]").canonicalSmiles(), std::string("CCO"));
    // Kept apart by their numbers alone, the two methyl groups make no stereo centre.
    QCOMPARE(read("[CH3:1][C@H:2]([CH3:3])[OH:4]").canonicalSmiles(), std::string("CC(C)O"));
    QVERIFY(read("[CH3:1][C@H:2]([CH3:3])[OH:4]").graph() == read("CC(C)O").graph());
    // Bonds keep the order in which they are written.
    const Molecule molecule = read("[OH:3][CH2:2][NH2:1]");
    const std::uint32_t edge = molecule.edgeToCanonical()[0];
    const BondCode& bond = molecule.graph().bonds[edge / 2];
    QCOMPARE(int(molecule.graph().atoms[edge % 2 == 0 ? bond.begin : bond.end].atomicNumber), 8);
}

/// QM9 molecules written twice, plainly and with map numbers in random order; node labels belong to both alike, and
/// bond lengths to the bonds in the plain order.
void TestMolecule::realNodeAndEdgeLabels()
{
    PAPILIO_TEST_FILE(path, "multilevel/qm9_atoms_bonds.csv.gz");
    gzFile file = gzopen(path.toLocal8Bit().constData(), "rb");
    QVERIFY(file != nullptr);
    const auto close = qScopeGuard([file] { gzclose(file); });
    std::vector<char> buffer(1 << 16);
    int rows = 0, reordered = 0, triples = 0;
    for (int line = 0; line < 8000 && gzgets(file, buffer.data(), int(buffer.size())) != nullptr; ++line) {
        if (line == 0 || line % 2 == 0) {
            continue;
        }
        const QStringList cells = QString::fromLatin1(buffer.data()).split(QLatin1Char(','));
        const Molecule plain = read(cells[1].toStdString()), mapped = read(cells[2].toStdString());
        QCOMPARE(mapped.canonicalSmiles(), plain.canonicalSmiles());
        QVERIFY(mapped.graph() == plain.graph());
        const MolGraph& graph = plain.graph();
        const std::size_t count = graph.atoms.size();
        std::set<std::pair<int, int>> bonds;
        for (const BondCode& bond : graph.bonds) {
            bonds.insert({bond.begin, bond.end});
        }
        const auto bonded = [&bonds](int a, int b) { return bonds.count({std::min(a, b), std::max(a, b)}) > 0; };
        for (std::size_t i = 0; i < count;
             ++i) { // the i-th label falls on the same atom, up to a symmetry of the molecule
            QVERIFY(graph.atoms[plain.toCanonical()[i]] == graph.atoms[mapped.toCanonical()[i]]);
            for (std::size_t k = 0; k < i; ++k) {
                QCOMPARE(bonded(mapped.toCanonical()[i], mapped.toCanonical()[k]),
                         bonded(plain.toCanonical()[i], plain.toCanonical()[k]));
            }
        }
        const QString text = QString::fromLatin1(buffer.data());
        const QString list = text.mid(text.lastIndexOf(QLatin1Char('[')) + 1).section(QLatin1Char(']'), 0, 0);
        const QStringList lengths = list.isEmpty() ? QStringList() : list.split(QLatin1Char(','));
        QCOMPARE(std::size_t(lengths.size()), plain.edgeToCanonical().size());
        for (std::size_t edge = 0; edge < plain.edgeToCanonical().size(); ++edge) {
            const double length = lengths[qsizetype(edge)].toDouble();
            const BondType type = graph.bonds[plain.edgeToCanonical()[edge] / 2].type;
            QVERIFY2(type != BondType::Triple || length < 1.25, qPrintable(cells[1]));
            QVERIFY2(type != BondType::Single || length > 1.2, qPrintable(cells[1]));
            triples += type == BondType::Triple ? 1 : 0;
        }
        ++rows;
        reordered += plain.toCanonical() != mapped.toCanonical() || cells[1] != cells[2] ? 1 : 0;
    }
    QVERIFY(rows > 3000 && triples > 1000 && reordered > 1000);
}

/// Benzene's eigenvalues 1 and 3 are double: the basis must be orthonormal and independent of the solver's choice.
void TestMolecule::degenerateVectorsAreUnique()
{
    const Encodings benzene = chem::computeEncodings(read("c1ccccc1").graph());
    for (int a = 0; a < 6; ++a) {
        for (int b = 0; b < 6; ++b) {
            double product = 0;
            for (int i = 0; i < 6; ++i) {
                product += double(benzene.laplacianVectors[std::size_t(8 * i + a)]) *
                           double(benzene.laplacianVectors[std::size_t(8 * i + b)]);
            }
            QVERIFY(std::abs(product - (a == b ? 1 : 0)) < 2e-3); // half precision
        }
    }
    // The projection of the first atom onto the space of eigenvalue 1: cos(2πj/6)/√3 along the ring.
    const double expected = 1 / std::sqrt(3.0);
    QVERIFY(std::abs(double(benzene.laplacianVectors[1]) - expected) < 1e-3);
    QVERIFY(std::abs(double(benzene.laplacianVectors[8 * 3 + 1]) + expected) < 1e-3);
}

void TestMolecule::threads()
{
    const std::vector<std::string> inputs = {"CC(=O)Oc1ccccc1C(=O)O", "C[C@H](N)C(=O)O", "CN(C)(C)C", "C1CC",
                                             "[Na+].[Cl-]"};
    std::vector<std::string> expected;
    const auto outcome = [](const std::string& text) {
        const auto molecule = Molecule::fromSmiles(text);
        return molecule ? molecule->canonicalSmiles() : molecule.error().text();
    };
    for (const std::string& input : inputs) {
        expected.push_back(outcome(input));
    }
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 300; ++i) {
                const auto k = std::size_t(i) % inputs.size();
                wrong += outcome(inputs[k]) == expected[k] ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(TestMolecule)
#include "tst_molecule.moc"
