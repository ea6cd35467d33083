// SPDX-License-Identifier: GPL-3.0-or-later
// Encodings against their definitions and by hand, in double precision where it matters.

#include <cmath>

#include <QtTest>

#include "chem/generalvectors.h"
#include "chem/positional.h"
#include "chem/runtime.h"
#include "tests/chem/inputstest.h"

using namespace papilio;
using namespace papilio::chem;

class TestEncodings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { chem::initialise(); }

    void ethaneAndTheTriangleByHand();
    void walksByHand();
    void transfersByHand();
    void laplaciansSolveTheirEquation_data();
    void laplaciansSolveTheirEquation();
    void generalVectorsAreThoseOfTheSymmetricSolverButForTies();
    void wholeMoleculesAndTheirParts();
    void longChains();
    void conformers();
    void alikeSkeletons();
};

void TestEncodings::ethaneAndTheTriangleByHand()
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

void TestEncodings::walksByHand()
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

void TestEncodings::transfersByHand()
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

void TestEncodings::laplaciansSolveTheirEquation_data()
{
    QTest::addColumn<int>("norm");
    QTest::addColumn<bool>("perComponent");
    QTest::addColumn<bool>("general");
    for (int norm = 0; norm < 3; ++norm) {
        for (const bool general : {false, true}) {
            const char* const solver = general ? "general" : "symmetric";
            QTest::addRow("norm %d by parts, %s solver", norm, solver) << norm << true << general;
            QTest::addRow("norm %d as a whole, %s solver", norm, solver) << norm << false << general;
        }
    }
}

void TestEncodings::laplaciansSolveTheirEquation()
{
    QFETCH(const int, norm);
    QFETCH(const bool, perComponent);
    QFETCH(const bool, general);
    for (const char* const smiles :
         {"CC(=O)Oc1ccccc1C(=O)O", "C12C3C4C1C5C2C3C45", "CC(C)(C)C", "[Na+].[O-]C(=O)c1ccccc1", "[I-].[K+]", "C",
          "CCCC.CCCC", "[Ca+2].[Cl-].[Cl-]", "FS(F)(F)(F)(F)F"}) {
        const Molecule molecule = read(smiles);
        const MolGraph& graph = molecule.graph();
        const chem::Topology topology = chem::topologyOf(graph);
        EncodingSpec vectors = spec(EncodingType::LaplacianVectors, Level::Node, 12);
        vectors.norm = static_cast<LaplacianNorm>(norm);
        vectors.perComponent = perComponent;
        EncodingSpec values = vectors;
        values.type = EncodingType::LaplacianValues;
        vectors.generalSolver = general;
        const Row v = general ? generalVectors(molecule, topology, vectors) : exact(graph, vectors);
        const Row l = exact(graph, values);
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

void TestEncodings::generalVectorsAreThoseOfTheSymmetricSolverButForTies()
{
    const EncodingSpec vectors = spec(EncodingType::LaplacianVectors, Level::Node, 8);
    const auto general = [&](const char* smiles) {
        const Molecule molecule = read(smiles);
        return generalVectors(molecule, topologyOf(molecule.graph()), vectors);
    };
    QVERIFY(near(general("CCCCO"), exact(read("CCCCO").graph(), vectors), 1e-9)); // a chain has no eigenvalue twice
    QVERIFY(near(general("OC(=O)c1ccccc1OC(C)=O"), general("CC(=O)Oc1ccccc1C(=O)O"), 1e-9)); // however it is written
}

void TestEncodings::wholeMoleculesAndTheirParts()
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

void TestEncodings::longChains()
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

/// Encodings are kept for skeletons that come again: each must be that of its own molecule all the same.
void TestEncodings::alikeSkeletons()
{
    const char* const smiles[] = {"CCO", "C1CC1", "NCC", "CC(C)C", "C.CC", "CC.C", "C", "CC1CCC1", "CC1CC1C",
                                  "CCCCC", "CCC(C)C", "CCCCCCCCCCCC", "c1ccc2ccccc2c1"};
    for (int round = 0; round < 2; ++round) {
        for (const char* const one : smiles) {
            const MolGraph graph = read(one).graph();
            QVERIFY2(chem::encodingBytes(graph) == chem::computeEncodings(graph).toBytes(), one);
        }
    }
    QVERIFY(chem::encodingBytes(read("CCO").graph()) != chem::encodingBytes(read("C1CC1").graph()));
}

void TestEncodings::conformers()
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

QTEST_GUILESS_MAIN(TestEncodings)
#include "tst_encodings.moc"
