// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs of any feature set: properties by hand and against RDKit's table, encodings against their definitions.

#include <cmath>
#include <thread>

#include <GraphMol/PeriodicTable.h>

#include <QtTest>

#include "chem/encodingvalues.h"
#include "chem/inputs.h"
#include "chem/runtime.h"
#include "core/elements.h"

using namespace papilio;
using chem::Molecule;
using Row = std::vector<double>;

namespace
{

Molecule read(std::string_view smiles)
{
    auto molecule = Molecule::fromSmiles(smiles);
    if (!molecule) {
        qFatal("%s", molecule.error().text().c_str());
    }
    return std::move(*molecule);
}

MoleculeInputs compute(const Molecule& molecule, const FeatureSet& set)
{
    auto inputs = chem::computeInputs(molecule, set);
    if (!inputs) {
        qFatal("%s", inputs.error().text().c_str());
    }
    return std::move(*inputs);
}

FeatureSet nothing()
{
    return {"test", {}, {"aromatic"}, {}, {}};
}

FeatureSet withEncoding(const EncodingSpec& spec)
{
    FeatureSet set = nothing();
    set.encodings = {spec};
    return set;
}

EncodingSpec spec(EncodingType type, Level level, int count = 0)
{
    EncodingSpec made = defaultEncoding(type);
    made.level = level;
    made.count = count > 0 ? count : made.count;
    return made;
}

/// In double precision, atoms in the order of the graph.
Row exact(const MolGraph& graph, const EncodingSpec& wanted)
{
    chem::GraphAlgebra algebra(graph);
    return chem::transferred(chem::ownEncoding(algebra, wanted), wanted, graph);
}

/// Everything but 3D.
FeatureSet everything()
{
    FeatureSet set{"everything", {}, {}, {}, {}};
    for (const FeatureProperty& property : atomOneHotProperties()) {
        set.atomOneHot.push_back(property.name);
    }
    for (const FeatureProperty& property : atomFloatProperties()) {
        set.atomFloat.push_back(property.name);
    }
    for (const FeatureProperty& property : bondProperties()) {
        if (property.name != "conformer-bond-length") {
            set.bond.push_back(property.name);
        }
    }
    for (const std::string& name : encodingTypeNames()) {
        const EncodingType type = *encodingTypeFromName(name);
        for (const Level level : {Level::Node, Level::Edge, Level::NodePair}) {
            if (type != EncodingType::Positions) {
                set.encodings.push_back(spec(type, level, type == EncodingType::WalkTransitions ? 3 : 0));
            }
        }
    }
    return set;
}

bool same(const MoleculeInputs& a, const MoleculeInputs& b)
{
    bool equal = a.atoms == b.atoms && a.edges == b.edges && a.nodeFeatures == b.nodeFeatures &&
                 a.edgeFeatures == b.edgeFeatures && a.encodings.size() == b.encodings.size();
    for (std::size_t i = 0; equal && i < a.encodings.size(); ++i) {
        equal = a.encodings[i].values == b.encodings[i].values;
    }
    return equal;
}

bool near(const Row& a, const Row& b, double tolerance = 1e-12)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [tolerance](double x, double y) { return std::abs(x - y) <= tolerance; });
}

} // namespace

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
    void ethaneAndTheTriangleByHand();
    void walksByHand();
    void transfersByHand();
    void laplaciansSolveTheirEquation_data();
    void laplaciansSolveTheirEquation();
    void wholeMoleculesAndTheirParts();
    void oddMolecules_data();
    void oddMolecules();
    void longChains();
    void conformers();
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

void TestInputs::ethaneAndTheTriangleByHand()
{
    const MolGraph ethane = read("CC").graph();
    // L⁺ of one bond is ±1/4; vol(G) = 2; the resistance is 1.
    QVERIFY(near(exact(ethane, spec(EncodingType::Electrostatic, Level::NodePair)), {0, -0.5, -0.5, 0}));
    QVERIFY(near(exact(ethane, spec(EncodingType::Commute, Level::NodePair)), {0, 2, 2, 0}));
    // In a triangle the resistance of a side is 2/3, vol(G) = 6.
    const MolGraph triangle = read("C1CC1").graph();
    QVERIFY(near(exact(triangle, spec(EncodingType::Commute, Level::NodePair)), {0, 4, 4, 4, 0, 4, 4, 4, 0}, 1e-9));
    // A chain: commute time 2 × bonds × distance, whatever the ends.
    const MolGraph chain = read("CCCCC").graph();
    const Row commute = exact(chain, spec(EncodingType::Commute, Level::NodePair));
    const Row distance = exact(chain, spec(EncodingType::ShortestPath, Level::NodePair));
    for (std::size_t i = 0; i < commute.size(); ++i) {
        QVERIFY(std::abs(commute[i] - 8 * distance[i]) < 1e-9);
    }
    QCOMPARE(*std::max_element(distance.begin(), distance.end()), 4.0);
}

void TestInputs::walksByHand()
{
    const MolGraph propane = read("CCC").graph();
    // To the middle with certainty, back to either end by half.
    const Row transitions = exact(propane, spec(EncodingType::WalkTransitions, Level::NodePair, 2));
    const double half = 0.5;
    QVERIFY(near(transitions, {0, half, 1, 0, 0, half, half, 0, 0, 1, half, 0, 0, half, 1, 0, 0, half}));
    EncodingSpec returns = spec(EncodingType::WalkReturns, Level::Node, 4);
    QVERIFY(near(exact(propane, returns), {0, half, 0, half, 0, 1, 0, 1, 0, half, 0, half}));
    returns.spaceDim = 2; // × k
    QVERIFY(near(exact(propane, returns), {0, 1, 0, 2, 0, 2, 0, 4, 0, 1, 0, 2}));
    // Rows of every power add up to 1, and the diagonals are the return probabilities.
    const MolGraph aspirin = read("CC(=O)Oc1ccccc1C(=O)O").graph();
    const std::size_t atoms = aspirin.atoms.size(), steps = 7;
    const Row all = exact(aspirin, spec(EncodingType::WalkTransitions, Level::NodePair, steps));
    const Row diagonal = exact(aspirin, spec(EncodingType::WalkReturns, Level::Node, steps));
    for (std::size_t i = 0; i < atoms; ++i) {
        for (std::size_t k = 0; k < steps; ++k) {
            double sum = 0;
            for (std::size_t j = 0; j < atoms; ++j) {
                sum += all[(i * atoms + j) * steps + k];
            }
            QVERIFY(std::abs(sum - 1) < 1e-12);
            QVERIFY(std::abs(all[(i * atoms + i) * steps + k] - diagonal[i * steps + k]) < 1e-12);
        }
    }
}

void TestInputs::transfersByHand()
{
    const MolGraph propane = read("CCC").graph();
    const double mean = 2.0 / 3, deviation = std::sqrt(2.0) / 3;
    const double outer = std::sqrt(2.0 / 3);
    // Distances 0 1 2 / 1 0 1 / 2 1 0: minimum, mean and deviation, down and along, of each atom.
    QVERIFY(near(exact(propane, spec(EncodingType::ShortestPath, Level::Node)),
                 {0, 0, 1, 1, outer, outer, 0, 0, mean, mean, deviation, deviation, 0, 0, 1, 1, outer, outer}));
    QVERIFY(near(exact(propane, spec(EncodingType::ShortestPath, Level::Edge)), {1, 1, 1, 1}));
    // Not symmetric: from the end to the middle with certainty, back by half. Bonds 0–1 and 1–2, both ways.
    QVERIFY(near(exact(propane, spec(EncodingType::WalkTransitions, Level::Edge, 1)), {1, 0.5, 0.5, 1}));
    // Down the middle's column stand 1 0 1, along its row ½ 0 ½.
    const Row node = exact(propane, spec(EncodingType::WalkTransitions, Level::Node, 1));
    QVERIFY(near(Row(node.begin() + 6, node.begin() + 12), {0, 0, mean, 1.0 / 3, deviation, deviation / 2}));
    // Several columns: first all minima (column by column, down and along), then all means …
    const Row two = exact(propane, spec(EncodingType::WalkTransitions, Level::Node, 2));
    QVERIFY(near(Row(two.begin() + 12, two.begin() + 24),
                 {0, 0, 0, 0, mean, 1.0 / 3, 1.0 / 3, 1.0 / 3, deviation, deviation / 2, deviation, deviation}));
    // [sum ‖ |difference|] of the return probabilities after two steps, ½ 1 ½.
    const Row edge = exact(propane, spec(EncodingType::WalkReturns, Level::Edge, 2));
    QVERIFY(near(Row(edge.begin(), edge.begin() + 8), {0, 1.5, 0, 0.5, 0, 1.5, 0, 0.5}));
    const Row pair = exact(propane, spec(EncodingType::WalkReturns, Level::NodePair, 2));
    QCOMPARE(pair.size(), std::size_t{36});
    QVERIFY(near(Row(pair.begin(), pair.begin() + 12), {0, 1, 0, 0, 0, 1.5, 0, 0.5, 0, 1, 0, 0}));
}

void TestInputs::laplaciansSolveTheirEquation_data()
{
    QTest::addColumn<int>("norm");
    QTest::addColumn<bool>("perComponent");
    for (int norm = 0; norm < 3; ++norm) {
        QTest::addRow("norm %d by parts", norm) << norm << true;
        QTest::addRow("norm %d as a whole", norm) << norm << false;
    }
}

void TestInputs::laplaciansSolveTheirEquation()
{
    QFETCH(const int, norm);
    QFETCH(const bool, perComponent);
    for (const char* const smiles :
         {"CC(=O)Oc1ccccc1C(=O)O", "C12C3C4C1C5C2C3C45", "CC(C)(C)C", "[Na+].[O-]C(=O)c1ccccc1", "[I-].[K+]", "C",
          "CCCC.CCCC", "[Ca+2].[Cl-].[Cl-]", "FS(F)(F)(F)(F)F"}) {
        const MolGraph graph = read(smiles).graph();
        const chem::Topology topology = chem::topologyOf(graph);
        EncodingSpec vectors = spec(EncodingType::LaplacianVectors, Level::Node, 12);
        vectors.norm = static_cast<LaplacianNorm>(norm);
        vectors.perComponent = perComponent;
        EncodingSpec values = vectors;
        values.type = EncodingType::LaplacianValues;
        const Row v = exact(graph, vectors), l = exact(graph, values);
        const auto degree = [&](std::size_t i) { return double(topology.degree(static_cast<int>(i))); };
        for (std::size_t k = 0; k < 12; ++k) {
            double length = 0, error = 0;
            for (std::size_t i = 0; i < graph.atoms.size(); ++i) {
                double product = norm == 0 ? degree(i) * v[i * 12 + k] : degree(i) > 0 ? v[i * 12 + k] : 0;
                for (int e = topology.first[i]; e < topology.first[i + 1]; ++e) {
                    const auto j = static_cast<std::size_t>(topology.neighbour[static_cast<std::size_t>(e)]);
                    const double weight = norm == 0   ? 1
                                          : norm == 1 ? 1 / std::sqrt(degree(i) * degree(j))
                                                      : 1 / degree(i);
                    product -= weight * v[j * 12 + k];
                }
                error = std::max(error, std::abs(product - l[i * 12 + k] * v[i * 12 + k]));
                length += v[i * 12 + k] * v[i * 12 + k];
                QVERIFY(norm == 0 || l[i * 12 + k] < 2 + 1e-9);
                QVERIFY(k == 0 || l[i * 12 + k] >= l[i * 12 + k - 1] || l[i * 12 + k] == 0);
            }
            QVERIFY2(error < 1e-8, smiles);
            // As many unit vectors as parts reach that far, or none where none does.
            const double whole = std::round(length);
            QVERIFY2(std::abs(length - whole) < 1e-9, smiles);
            std::size_t expected = 0;
            for (const auto& part : topology.parts) {
                expected += part.size() > k ? 1 : 0;
            }
            QCOMPARE(whole, perComponent ? double(expected) : graph.atoms.size() > k ? 1.0 : 0.0);
        }
    }
}

void TestInputs::wholeMoleculesAndTheirParts()
{
    EncodingSpec values = spec(EncodingType::LaplacianValues, Level::Node, 4);
    values.perComponent = false;
    // Ethane 0 2, propane 0 1 3, together 0 0 1 2 3, on all atoms.
    const MolGraph graph = read("CC.CCC").graph();
    const Row together = exact(graph, values);
    for (std::size_t i = 0; i < 5; ++i) {
        QVERIFY(near(Row(together.begin() + static_cast<std::ptrdiff_t>(4 * i),
                         together.begin() + static_cast<std::ptrdiff_t>(4 * i + 4)),
                     {0, 0, 1, 2}, 1e-9));
    }
    values.perComponent = true;
    const MolGraph connected = read("CCCCO").graph();
    const Row apart = exact(connected, values);
    values.perComponent = false;
    QVERIFY(apart == exact(connected, values)); // no difference for a connected molecule
    values.norm = LaplacianNorm::RandomWalk;
    const Row walk = exact(connected, values);
    values.norm = LaplacianNorm::Symmetric;
    QVERIFY(walk == exact(connected, values)); // similar matrices
    QVERIFY(walk != apart);
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

void TestInputs::longChains()
{
    const Molecule chain = read(std::string(492, 'C'));
    FeatureSet set = everything();
    std::erase_if(set.encodings, [](const EncodingSpec& one) { return one.level == Level::NodePair; });
    set.encodings.push_back(spec(EncodingType::Commute, Level::NodePair));
    set.encodings.push_back(spec(EncodingType::Positions, Level::Node));
    set.bond.emplace_back("conformer-bond-length");
    const MoleculeInputs inputs = compute(chain, set);
    QCOMPARE(inputs.atoms, std::int64_t{492});
    const std::vector<float>& commute = inputs.encodings[inputs.encodings.size() - 2].values;
    QCOMPARE(commute[1], 982.0F);                                // next to each other: 2 × 491 bonds
    QCOMPARE(commute[491], 65504.0F);                            // end to end: 482162, beyond half precision
    QVERIFY(std::isnan(inputs.encodings.back().values.front())); // too large for a conformer
    QCOMPARE(inputs.edgeFeatures.back(), 0.0F);
    const auto back = MoleculeInputs::fromBytes(inputs.toBytes());
    QVERIFY(back.has_value());
    QVERIFY(back->encodings[inputs.encodings.size() - 2].values == commute);
}

void TestInputs::conformers()
{
    FeatureSet set = withEncoding(spec(EncodingType::Positions, Level::Node));
    set.bond = {"conformer-bond-length"};
    const std::vector<const char*> writings = {"CCO", "OCC"};
    const MoleculeInputs ethanol = compute(read(writings[0]), set);
    QVERIFY(same(ethanol, compute(read(writings[1]), set))); // one seed, one order of atoms
    const std::vector<float>& at = ethanol.encodings[0].values;
    const auto distance = [&at](std::size_t i, std::size_t j) {
        return std::hypot(at[3 * i] - at[3 * j], at[3 * i + 1] - at[3 * j + 1], at[3 * i + 2] - at[3 * j + 2]);
    };
    QVERIFY(std::abs(distance(0, 1) - 1.52F) < 0.03F); // C–C
    QVERIFY(std::abs(distance(1, 2) - 1.42F) < 0.03F); // C–O
    for (const auto& [edge, expected] : {std::pair(0U, distance(0, 1)), std::pair(2U, distance(1, 2))}) {
        QVERIFY(std::abs(ethanol.edgeFeatures[edge] - expected) < 0.005F); // both are rounded
        QCOMPARE(ethanol.edgeFeatures[edge], ethanol.edgeFeatures[edge + 1]);
    }
    // The same length as a transferred encoding: |difference| of x, y, z.
    const MoleculeInputs edges = compute(read("CCO"), withEncoding(spec(EncodingType::Positions, Level::Edge)));
    const float* const difference = edges.encodings[0].values.data() + 3;
    QVERIFY(std::abs(std::hypot(difference[0], difference[1], difference[2]) - distance(0, 1)) < 0.01F);
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
