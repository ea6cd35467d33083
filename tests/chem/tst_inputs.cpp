// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs of any feature set: properties by hand and against RDKit's table, and what holds for all of them.

#include <cmath>
#include <thread>

#include <GraphMol/PeriodicTable.h>

#include <QtTest>

#include "chem/runtime.h"
#include "core/elements.h"
#include "tests/chem/inputstest.h"

using namespace papilio;
using namespace papilio::chem;

class TestInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }

    void atomPropertiesByHand_data();
    void atomPropertiesByHand();
    void bondPropertiesByHand_data();
    void bondPropertiesByHand();
    void radiiAreThoseOfRdkit();
    void oneHotsOfElements();
    void writingDoesNotMatter();
    void oddMolecules_data();
    void oddMolecules();
    void graphsSuffice();
    void severalThreads();
    void mistakes();
};

void TestInputs::atomPropertiesByHand_data()
{
    QTest::addColumn<QByteArray>("smiles");
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<Row>("expected"); // atoms as written
    const auto row = [](const char* smiles, const char* property, Row expected) {
        QTest::addRow("%s of %s", property, smiles)
            << QByteArray(smiles) << QByteArray(property) << std::move(expected);
    };
    row("CN(C)O", "atomic-number", {0, 0.2, 0, 0.4});
    row("C[13CH3]", "mass", {0, (13.00335 - 12.011) / 10});
    row("CBr", "mass", {0, (79.904 - 12.011) / 10});
    row("CS(=O)(=O)O", "total-valence", {0, 2, -2, -2, -2});
    row("CCO", "implicit-valence", {3, 2, 1});
    row("[CH3]C[OH]", "implicit-valence", {3, 2, 1}); // brackets that need not be there
    row("C[NH3+]", "implicit-valence", {3, 0});       // these must
    row("C#CC=CC", "hybridization", {2, 2, 3, 3, 4});
    row("FS(F)(F)(F)(F)F", "hybridization", {4, 7, 4, 4, 4, 4, 4});
    row("C[C@H](N)C(=O)O", "chirality", {2, 0, 2, 2, 2, 2}); // L-alanine is S
    row("C[C@@H](N)C(=O)O", "chirality", {2, 1, 2, 2, 2, 2});
    row("Cc1ccccc1", "aromatic", {0, 1, 1, 1, 1, 1, 1});
    row("CC1CC1", "in-ring", {0, 1, 1, 1});
    row("C1CC2CCCC2C1", "min-ring", {5, 5, 5, 5, 5, 5, 5, 5});
    row("CC1CC2CCCCC12", "min-ring", {0, 4, 4, 4, 6, 6, 6, 6, 4});
    row("CC1CC2CCCCC12", "max-ring", {0, 4, 4, 6, 6, 6, 6, 6, 6});
    row("CC1CC2CCCCC12", "num-ring", {0, 1, 1, 2, 1, 1, 1, 1, 2});
    row("C[N+](C)(C)C", "degree", {2, 2, 2, 2, 2});
    row("[CH2]C", "radical-electron", {1, 0});
    row("[O-]C", "formal-charge", {-1, 0});
    row("CF", "electronegativity", {0, 3.98 - 2.55});
    row("[He]", "electronegativity", {0});
    row("CF", "ionization", {0, (17.4228 - 11.2603) / 5});
    row("CF", "melting-point", {0, (53.63 - 3948.15) / 200});
    row("C[SiH2][Na]", "metal", {0, 1, 2});
    row("COCl", "group", {0, 2, 3});
    row("COBr", "period", {0, 0, 2});
    row("CC(=O)C#N", "single-bond", {0, 1, -1, 0, -1});
    row("CC(=O)C#N", "double-bond", {-1, 0, 0, -1, -1});
    row("CC(=O)C#N", "triple-bond", {-1, -1, -1, 0, 0});
    row("Cc1ccccc1", "aromatic-bond", {-1, 1, 1, 1, 1, 1, 1});
    row("CC(=O)C#N", "triple-bond-published", {0, 2, 0, 1, 0});
    row("C*", "is-carbon", {0, -1});
    row("C*", "atomic-number", {0, -1.2});
    row("C*", "group", {0, 4});
}

void TestInputs::atomPropertiesByHand()
{
    QFETCH(const QByteArray, smiles);
    QFETCH(const QByteArray, property);
    QFETCH(const Row, expected);
    FeatureSet set = nothing();
    set.atomFloat = {property.toStdString()};
    const Molecule molecule = read(smiles.toStdString());
    const MoleculeInputs inputs = compute(molecule, set);
    QCOMPARE(inputs.nodeFeatures.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const float value = inputs.nodeFeatures[molecule.toCanonical()[i]];
        QCOMPARE(value, roundToHalf(static_cast<float>(expected[i])));
    }
}

void TestInputs::bondPropertiesByHand_data()
{
    QTest::addColumn<QByteArray>("smiles");
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<Row>("expected"); // of the first bond, all columns
    const auto row = [](const char* smiles, const char* property, Row expected) {
        QTest::addRow("%s of %s", property, smiles)
            << QByteArray(smiles) << QByteArray(property) << std::move(expected);
    };
    row("C=C", "bond-type-onehot", {0, 1, 0, 0, 0});
    row("c1ccccc1", "bond-type-float", {1.5});
    row("N#N", "bond-type-float", {3});
    row("F/C=C/F", "stereo", {1, 0, 0, 0, 0, 0, 0});
    row("C(/F)=C/F", "stereo", {1, 0, 0, 0, 0, 0, 0});
    row("C1CC1", "in-ring", {1});
    row("CC", "in-ring", {0});
    row("C=CC=C", "conjugated", {1});
    row("CCC=C", "conjugated", {0});
    row("CC", "estimated-bond-length", {1.5}); // 0.75 + 0.75
    row("C=O", "estimated-bond-length", {0.67 + 0.57});
    row("C#N", "estimated-bond-length", {0.6 + 0.54});
    row("c1ccccc1", "estimated-bond-length", {0.75 + 0.67}); // the mean of single and double, twice
    row("C[Na]", "estimated-bond-length", {0.75 + 1.55});
    row("[Zn]#[Zn]", "estimated-bond-length", {2.36}); // no radius known for three: as for a single bond
}

void TestInputs::bondPropertiesByHand()
{
    QFETCH(const QByteArray, smiles);
    QFETCH(const QByteArray, property);
    QFETCH(const Row, expected);
    FeatureSet set = nothing();
    set.bond = {property.toStdString()};
    const Molecule molecule = read(smiles.toStdString());
    const MoleculeInputs inputs = compute(molecule, set);
    const std::size_t width = expected.size();
    QCOMPARE(static_cast<std::size_t>(bondWidth(set)), width);
    for (const std::size_t edge : {0, 1}) { // both directions
        for (std::size_t k = 0; k < width; ++k) {
            QCOMPARE(inputs.edgeFeatures[molecule.edgeToCanonical()[edge] * width + k],
                     roundToHalf(static_cast<float>(expected[k])));
        }
    }
}

/// The table is kept here so that other versions of RDKit give the same inputs; it is that of 2022.09.
void TestInputs::radiiAreThoseOfRdkit()
{
    if (!chem::rdkitVersion().starts_with("2022.09")) {
        QSKIP("another RDKit may have other radii");
    }
    const RDKit::PeriodicTable& table = *RDKit::PeriodicTable::getTable();
    for (int number = 1; number <= elementCount; ++number) {
        QCOMPARE(elementOf(number).vdwRadius, table.getRvdw(static_cast<unsigned>(number)));
        QCOMPARE(elementOf(number).covalentRadius, table.getRcovalent(static_cast<unsigned>(number)));
        QCOMPARE(std::string(elementOf(number).symbol), table.getElementSymbol(static_cast<unsigned>(number)));
    }
    FeatureSet set = nothing();
    set.atomFloat = {"vdw-radius", "covalent-radius"};
    const std::vector<float> values = compute(read("[Br-]"), set).nodeFeatures;
    QCOMPARE(values[0], roundToHalf(static_cast<float>(table.getRvdw(35) - table.getRvdw(6))));
    QCOMPARE(values[1], roundToHalf(static_cast<float>(table.getRcovalent(35) - table.getRcovalent(6))));
}

void TestInputs::oneHotsOfElements()
{
    FeatureSet set = nothing();
    set.atomFloat.clear();
    set.atomOneHot = {"degree", "implicit-valence", "hybridization", "chirality", "phase", "type"};
    const std::vector<std::string> columns = atomColumnNames(set);
    const auto ones = [&](std::string_view smiles, std::size_t atom) {
        const Molecule molecule = read(smiles);
        const MoleculeInputs inputs = compute(molecule, set);
        QStringList names;
        for (std::size_t k = 0; k < columns.size(); ++k) {
            const float value = inputs.nodeFeatures[molecule.toCanonical()[atom] * columns.size() + k];
            if (value != 0) {
                names << QString::fromStdString(columns[k]);
            }
        }
        return names.join(QStringLiteral(", "));
    };
    QCOMPARE(ones("C[C@H](N)C(=O)O", 1), QStringLiteral("degree 3, implicit-valence 0, hybridization sp3, chirality S, "
                                                        "chirality possible, phase solid, type nonmetal"));
    QCOMPARE(ones("CC(N)C(=O)O", 1), QStringLiteral("degree 3, implicit-valence 1, hybridization sp3, "
                                                    "chirality possible, phase solid, type nonmetal"));
    QCOMPARE(ones("CBr", 1), QStringLiteral("degree 1, implicit-valence 0, hybridization sp3, phase liquid, "
                                            "type halogen"));
    QCOMPARE(ones("FS(F)(F)(F)(F)F", 1), QStringLiteral("degree other, implicit-valence 0, hybridization sp3d2, "
                                                        "phase solid, type nonmetal"));
    QCOMPARE(ones("FP(F)(F)(F)F", 1), QStringLiteral("degree other, implicit-valence 0, hybridization sp3d, "
                                                     "phase solid, type nonmetal"));
    QCOMPARE(ones("C#N", 1), QStringLiteral("degree 1, implicit-valence 0, hybridization sp, phase gas, "
                                            "type nonmetal"));
    QCOMPARE(ones("C=O", 0), QStringLiteral("degree 1, implicit-valence 2, hybridization sp2, phase solid, "
                                            "type nonmetal"));
    QCOMPARE(ones("[Na+].[Cl-]", 0), QStringLiteral("degree 0, implicit-valence 0, hybridization s, phase solid, "
                                                    "type alkali metal"));
}

void TestInputs::writingDoesNotMatter()
{
    const FeatureSet set = everything();
    const std::vector<std::vector<const char*>> writings = {
        {"CC(=O)Oc1ccccc1C(=O)O", "OC(=O)c1ccccc1OC(C)=O", "c1(C(=O)O)c(OC(=O)C)cccc1",
         "[CH3:7][C:1](=[O:2])[O:3][c:4]1[cH:9][cH:10][cH:11][cH:12][c:5]1[C:6](=[O:8])[OH:13]"},
        {"C[C@H](N)C(=O)O", "N[C@@H](C)C(=O)O", "[CH3][C@H]([NH2])C(=O)[OH]"},
        {"[Na+].OC(=O)c1ccccc1", "c1ccccc1C(O)=O.[Na+]"},
        {"F/C=C/Cl", "Cl/C=C/F", "C(\\F)=C/Cl"},
        {"C12C3C4C1C5C2C3C45", "C12C3C4C1C1C2C3C41"}}; // cubane: every eigenspace is degenerate
    for (const auto& group : writings) {
        const MoleculeInputs first = compute(read(group.front()), set);
        for (const char* const smiles : group) {
            QVERIFY2(same(first, compute(read(smiles), set)), smiles);
        }
    }
}

void TestInputs::oddMolecules_data()
{
    QTest::addColumn<QByteArray>("smiles");
    for (const char* const smiles : {"C", "[Na+]", "*", "[H][H]", "[I-].[K+]", "[Ca+2].[Cl-].[Cl-]", "[NH3]->[Pt]",
                                     "[Na+].[O-]C(=O)c1ccccc1", "[He]", "C1CC1.C1CC1.O"}) {
        QTest::newRow(smiles) << QByteArray(smiles);
    }
}

void TestInputs::oddMolecules()
{
    QFETCH(const QByteArray, smiles);
    const Molecule molecule = read(smiles.toStdString());
    FeatureSet set = everything();
    set.bond.emplace_back("conformer-bond-length");
    for (const Level level : {Level::Node, Level::Edge, Level::NodePair}) {
        set.encodings.push_back(spec(EncodingType::Positions, level));
    }
    const MoleculeInputs inputs = compute(molecule, set);
    const std::size_t atoms = molecule.graph().atoms.size(), edges = 2 * molecule.graph().bonds.size();
    QCOMPARE(inputs.nodeFeatures.size(), atoms * static_cast<std::size_t>(atomWidth(set)));
    QCOMPARE(inputs.edgeFeatures.size(), edges * static_cast<std::size_t>(bondWidth(set)));
    for (const MoleculeInputs::Block& block : inputs.encodings) {
        const std::size_t rows = block.level == Level::Node   ? atoms
                                 : block.level == Level::Edge ? edges
                                                              : atoms * atoms;
        QCOMPARE(block.values.size(), rows * static_cast<std::size_t>(block.width));
        if (block.key.find("positions") == std::string::npos) {
            QVERIFY2(std::ranges::all_of(block.values, [](float value) { return std::isfinite(value); }),
                     block.key.c_str());
        }
    }
    for (const float value : inputs.nodeFeatures) {
        QVERIFY(std::isfinite(value));
    }
    const auto back = MoleculeInputs::fromBytes(inputs.toBytes());
    QVERIFY(back.has_value());
    QVERIFY(back->nodeFeatures == inputs.nodeFeatures);

    const Row distance = exact(molecule.graph(), spec(EncodingType::ShortestPath, Level::NodePair));
    const chem::Topology topology = chem::topologyOf(molecule.graph());
    for (std::size_t i = 0; i < atoms; ++i) {
        for (std::size_t j = 0; j < atoms; ++j) {
            QCOMPARE(distance[i * atoms + j] < 0, topology.component[i] != topology.component[j]);
        }
    }
    const Row walks = exact(molecule.graph(), spec(EncodingType::WalkReturns, Level::Node));
    if (atoms == 1) { // ones for a molecule of one atom, zeros for a lone atom beside others
        QVERIFY(walks == Row(16, 1.0));
        QVERIFY(exact(molecule.graph(), spec(EncodingType::WalkTransitions, Level::NodePair)) == Row(16, 1.0));
    } else if (edges == 0) {
        QVERIFY(walks == Row(16 * atoms, 0.0));
    }
}

void TestInputs::graphsSuffice()
{
    FeatureSet set = everything();
    std::erase_if(set.atomFloat, [](const std::string& name) {
        return name == "mass" || name == "implicit-valence" || name == "hybridization" || name == "chirality" ||
               name.ends_with("-ring");
    });
    set.atomFloat.emplace_back("in-ring");
    std::erase_if(set.atomOneHot, [](const std::string& name) {
        return name == "implicit-valence" || name == "hybridization" || name == "chirality";
    });
    std::erase_if(set.bond, [](const std::string& name) { return name == "bond-type-float" || name == "conjugated"; });
    QVERIFY(!chem::needsStructure(set));
    const Molecule molecule = read("CC(=O)Oc1ccccc1C(=O)[O-].[Na+]");
    const auto inputs = chem::computeInputs(molecule.graph(), set);
    QVERIFY(inputs.has_value() && same(*inputs, compute(molecule, set)));
    const auto needs = [&](auto&& change) {
        FeatureSet changed = set;
        change(changed);
        return chem::needsStructure(changed) && !chem::computeInputs(molecule.graph(), changed).has_value();
    };
    QVERIFY(needs([](FeatureSet& s) { s.atomFloat.emplace_back("mass"); }));
    QVERIFY(needs([](FeatureSet& s) { s.atomOneHot.emplace_back("chirality"); }));
    QVERIFY(needs([](FeatureSet& s) { s.bond.emplace_back("conjugated"); }));
    QVERIFY(needs([](FeatureSet& s) { s.bond.emplace_back("conformer-bond-length"); }));
    QVERIFY(needs([](FeatureSet& s) { s.encodings.push_back(defaultEncoding(EncodingType::Positions)); }));
}

void TestInputs::severalThreads()
{
    const FeatureSet set = everything();
    const std::vector<std::string> smiles = {"CC(=O)Oc1ccccc1C(=O)O", "C[C@H](N)C(=O)O", "[Na+].[O-]C(=O)c1ccccc1",
                                             "CN1C=NC2=C1C(=O)N(C(=O)N2C)C", std::string(60, 'C')};
    std::vector<MoleculeInputs> expected;
    for (const std::string& one : smiles) {
        expected.push_back(compute(read(one), set));
    }
    std::vector<int> equal(4, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < equal.size(); ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 20; ++i) {
                const std::size_t which = (i + t) % smiles.size();
                equal[t] += same(expected[which], compute(read(smiles[which]), set)) ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    QCOMPARE(equal, (std::vector<int>{20, 20, 20, 20}));
}

void TestInputs::mistakes()
{
    FeatureSet set;
    set.atomFloat.emplace_back("masss");
    const auto inputs = chem::computeInputs(read("C"), set);
    QVERIFY(!inputs.has_value());
    QVERIFY(inputs.error().text().find("'mass'") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestInputs)
#include "tst_inputs.moc"
