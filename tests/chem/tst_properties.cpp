// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptors and charges against numbers of RDKit's Python package 2022.09.3; conformers against chemistry.

#include <cmath>

#include <QDir>
#include <QtTest>

#include "chem/conformer.h"
#include "chem/descriptors.h"
#include "chem/molecule.h"
#include "chem/runtime.h"

using namespace papilio;
using chem::Molecule;

namespace
{

/// Crippen.MolLogP, Crippen.MolMR, CalcTPSA, Descriptors.MolWt, CalcFractionCSP3, CalcNumLipinskiHBD,
/// CalcNumLipinskiHBA, CalcNumRotatableBonds, CalcNumRings, FilterCatalog PAINS and BRENK, CalcMolFormula.
struct Reference {
    const char* name;
    const char* smiles;
    double logP, mr, tpsa, weight, csp3;
    int donors, acceptors, rotatable, rings;
    bool pains, brenk, ruleOfFive;
    const char* formula;
};
constexpr Reference references[] = {
    {"aspirin", "CC(=O)Oc1ccccc1C(=O)O", 1.3101, 44.7103, 63.6, 180.159, 1.0 / 9, 1, 4, 2, 1, false, true, true,
     "C9H8O4"},
    {"caffeine", "CN1C=NC2=C1C(=O)N(C(=O)N2C)C", -1.0293, 51.196, 61.82, 194.194, 0.375, 0, 6, 0, 2, false, false, true,
     "C8H10N4O2"},
    {"erythromycin",
     "CC[C@H]1OC(=O)[C@H](C)[C@@H](O[C@H]2C[C@@](C)(OC)[C@@H](O)[C@H](C)O2)[C@H](C)[C@@H](O[C@@H]2O[C@H](C)C[C@@H]([C@"
     "H]2O)"
     "N(C)C)[C@](C)(O)C[C@@H](C)C(=O)[C@H](C)[C@@H](O)[C@]1(C)O",
     1.7856, 186.258, 193.91, 733.937, 35.0 / 37, 5, 14, 7, 3, false, false, false, "C37H67NO13"},
    {"benzylidene rhodanine", "O=C1NC(=S)SC1=Cc1ccccc1", 2.1754, 62.7507, 29.1, 221.306, 0, 1, 2, 1, 2, true, true,
     true, "C10H7NOS2"},
    {"sodium benzoate", "[Na+].[O-]C(=O)c1ccccc1", -2.9459, 30.7725, 40.13, 144.105, 0, 0, 2, 1, 1, false, false, true,
     "C7H5NaO2"},
};

Molecule read(std::string_view smiles)
{
    auto molecule = Molecule::fromSmiles(smiles);
    if (!molecule) {
        qFatal("%s", molecule.error().text().c_str());
    }
    return std::move(*molecule);
}

double distance(const chem::Conformer::Atom& a, const chem::Conformer::Atom& b)
{
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

} // namespace

class TestProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }
    void descriptors_data();
    void descriptors();
    void charges();
    void conformers_data();
    void conformers();
    void conformerIsRepeatable();
    void conformerKeepsStereo();
    void conformerLimits();
    void runtime();
};

void TestProperties::descriptors_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(references)); ++i) {
        QTest::newRow(references[i].name) << i;
    }
}

void TestProperties::descriptors()
{
    QFETCH(int, index);
    const Reference& expected = references[index];
    const chem::Descriptors found = chem::computeDescriptors(read(expected.smiles));
    QVERIFY(std::abs(found.crippenLogP - expected.logP) < 1e-4);
    QVERIFY(std::abs(found.crippenMr - expected.mr) < 1e-3);
    QVERIFY(std::abs(found.tpsa - expected.tpsa) < 1e-3);
    QVERIFY(std::abs(found.molecularWeight - expected.weight) < 2e-3);
    QVERIFY(std::abs(found.fractionCsp3 - expected.csp3) < 1e-9);
    QCOMPARE(found.hBondDonors, expected.donors);
    QCOMPARE(found.hBondAcceptors, expected.acceptors);
    QCOMPARE(found.rotatableBonds, expected.rotatable);
    QCOMPARE(found.ringCount, expected.rings);
    QCOMPARE(found.painsAlert, expected.pains);
    QCOMPARE(found.brenkAlert, expected.brenk);
    QCOMPARE(found.ruleOfFive, expected.ruleOfFive);
    QCOMPARE(found.formula, std::string(expected.formula));
}

/// Acetamide; ComputeGasteigerCharges of the same Python package, atoms C, C, O, N.
void TestProperties::charges()
{
    const std::vector<double> expected = {0.0146042, 0.2137902, -0.2756985, -0.3699206};
    const std::vector<double> written = chem::gasteigerCharges(read("CC(=O)N"));
    QCOMPARE(written.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QVERIFY(std::abs(written[i] - expected[i]) < 1e-6);
    }
    const std::vector<double> reversed = chem::gasteigerCharges(read("NC(=O)C")); // in the input's own order
    QVERIFY(std::abs(reversed[0] - expected[3]) < 1e-6);
    QVERIFY(std::abs(reversed[3] - expected[0]) < 1e-6);
    const std::vector<double> mapped = chem::gasteigerCharges(read("[NH2:4][C:2](=[O:3])[CH3:1]"));
    QVERIFY(std::abs(mapped[0] - expected[0]) < 1e-6);
    QVERIFY(std::abs(mapped[3] - expected[3]) < 1e-6);
    QVERIFY(chem::gasteigerCharges(read("N[Pt](N)(Cl)Cl")).empty());
}

void TestProperties::conformers_data()
{
    QTest::addColumn<QString>("smiles");
    QTest::addColumn<bool>("optimised");
    QTest::newRow("methane") << QStringLiteral("C") << true;
    QTest::newRow("aspirin") << QStringLiteral("CC(=O)Oc1ccccc1C(=O)O") << true;
    QTest::newRow("alkyne") << QStringLiteral("C#CC#N") << true;
    QTest::newRow("salt") << QStringLiteral("[Na+].[O-]C(=O)c1ccccc1") << true;
    QTest::newRow("cubane") << QStringLiteral("C12C3C4C1C5C2C3C45") << true;
    QTest::newRow("steroid") << QStringLiteral("C[C@]12CC[C@H]3[C@@H](CCC4=CC(=O)CC[C@]34C)[C@@H]1CC[C@@H]2O") << true;
    QTest::newRow("dummy") << QStringLiteral("*CC") << false; // no force field knows it
    QTest::newRow("deuterium") << QStringLiteral("[2H]C(Cl)Br") << true;
}

void TestProperties::conformers()
{
    QFETCH(QString, smiles);
    QFETCH(bool, optimised);
    const Molecule molecule = read(smiles.toStdString());
    const auto conformer = chem::embedConformer(molecule);
    QVERIFY2(conformer.has_value(), conformer ? "" : conformer.error().text().c_str());
    QCOMPARE(conformer->optimised, optimised);
    QCOMPARE(conformer->heavyAtoms, molecule.graph().atoms.size());
    std::size_t hydrogens = 0;
    for (std::size_t i = 0; i < conformer->atoms.size(); ++i) {
        if (i < conformer->heavyAtoms) {
            QCOMPARE(conformer->atoms[i].atomicNumber, int(molecule.graph().atoms[i].atomicNumber));
        } else {
            QCOMPARE(conformer->atoms[i].atomicNumber, 1);
            ++hydrogens;
        }
    }
    std::size_t expectedHydrogens = 0, degrees = 0;
    for (const AtomCode& atom : molecule.graph().atoms) {
        degrees += std::size_t(atom.degree);
    }
    expectedHydrogens = degrees - 2 * molecule.graph().bonds.size();
    QCOMPARE(hydrogens, expectedHydrogens);
    for (const auto& bond : conformer->bonds) {
        const double length = distance(conformer->atoms[bond.begin], conformer->atoms[bond.end]);
        if (conformer->atoms[bond.begin].atomicNumber == 0 || conformer->atoms[bond.end].atomicNumber == 0) {
            continue; // a dummy atom has no radius
        }
        QVERIFY2(length > 0.9 && length < 2.2, qPrintable(QString::number(length)));
        QVERIFY(bond.order >= 1 && bond.order <= 3);
    }
    for (std::size_t i = 0; i < conformer->atoms.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) { // nothing lies on top of anything
            QVERIFY(distance(conformer->atoms[i], conformer->atoms[k]) > 0.8);
        }
    }
}

void TestProperties::conformerIsRepeatable()
{
    const auto first = chem::embedConformer(read("CC(=O)Oc1ccccc1C(=O)O"));
    const auto again = chem::embedConformer(read("OC(=O)c1c(OC(C)=O)cccc1")); // written otherwise
    const auto other = chem::embedConformer(read("CC(=O)Oc1ccccc1C(=O)O"), 7);
    QVERIFY(first && again && other);
    double same = 0, moved = 0;
    for (std::size_t i = 0; i < first->atoms.size(); ++i) {
        same = std::max(same, distance(first->atoms[i], again->atoms[i]));
        moved = std::max(moved, distance(first->atoms[i], other->atoms[i]));
    }
    QCOMPARE(same, 0.0);
    QVERIFY(moved > 0.01);
}

void TestProperties::conformerKeepsStereo()
{
    const auto signedVolume = [](std::string_view smiles) {
        const Molecule molecule = read(smiles);
        const auto conformer = chem::embedConformer(molecule);
        // Br, Cl, F about the carbon of C(F)(Cl)Br, found by element.
        chem::Conformer::Atom at[3];
        for (const auto& atom : conformer->atoms) {
            const int place = atom.atomicNumber == 35   ? 0
                              : atom.atomicNumber == 17 ? 1
                              : atom.atomicNumber == 9  ? 2
                                                        : 3;
            if (place < 3) {
                at[place] = atom;
            }
        }
        chem::Conformer::Atom hub;
        for (const auto& atom : conformer->atoms) {
            hub = atom.atomicNumber == 6 ? atom : hub;
        }
        const double a[3] = {at[0].x - hub.x, at[0].y - hub.y, at[0].z - hub.z};
        const double b[3] = {at[1].x - hub.x, at[1].y - hub.y, at[1].z - hub.z};
        const double c[3] = {at[2].x - hub.x, at[2].y - hub.y, at[2].z - hub.z};
        return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) +
               a[2] * (b[0] * c[1] - b[1] * c[0]);
    };
    QVERIFY(std::abs(signedVolume("[C@H](F)(Cl)Br")) > 1);
    QVERIFY(signedVolume("[C@H](F)(Cl)Br") * signedVolume("[C@@H](F)(Cl)Br") < 0);
}

void TestProperties::conformerLimits()
{
    const auto large = chem::embedConformer(read(std::string(121, 'C')));
    QVERIFY(!large);
    QCOMPARE(large.error().message,
             std::string("the molecule has 121 heavy atoms; 3D coordinates are computed for at most 120."));
    const auto impossible = chem::embedConformer(read("C1C2C3C4C1C1C2C2C3C4C12"));
    if (!impossible) { // a strained cage may or may not embed; either way it must end
        QVERIFY(impossible.error().message.find("no 3D coordinates were found") == 0);
    }
}

void TestProperties::runtime()
{
    QVERIFY(QString::fromStdString(chem::rdkitVersion()).startsWith(QLatin1String("20")));
    const QByteArray before = qgetenv("RDBASE");
    qputenv("RDBASE", "/nowhere");
    QVERIFY(chem::rdkitDataFolder().empty());
    before.isEmpty() ? qunsetenv("RDBASE") : qputenv("RDBASE", before);
    const std::string folder = chem::rdkitDataFolder();
    QVERIFY(folder.empty() || QDir(QString::fromStdString(folder)).exists());
}

QTEST_GUILESS_MAIN(TestProperties)
#include "tst_properties.moc"
