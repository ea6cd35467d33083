// SPDX-License-Identifier: GPL-3.0-or-later
// Half precision, and the stored bytes of graphs and encodings.

#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>

#include "core/encodings.h"
#include "core/molgraph.h"
#include "core/random.h"

using namespace papilio;

namespace
{

/// The value of a half-precision number by the standard's formula.
double halfByFormula(std::uint16_t bits)
{
    const int exponent = (bits >> 10) & 31, fraction = bits & 1023;
    const double magnitude = exponent == 0    ? std::ldexp(fraction, -24)
                             : exponent == 31 ? std::numeric_limits<double>::infinity()
                                              : std::ldexp(1024 + fraction, exponent - 25);
    return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

bool isNaN(std::uint16_t bits)
{
    return (bits & 0x7fff) > 0x7c00;
}

MolGraph randomGraph(Random& random)
{
    MolGraph graph;
    const std::uint64_t atoms = random.below(60);
    for (std::uint64_t i = 0; i < atoms; ++i) {
        AtomCode atom;
        atom.atomicNumber = static_cast<std::uint8_t>(random.below(119));
        atom.degree = static_cast<std::int8_t>(random.below(7));
        atom.formalCharge = static_cast<std::int8_t>(static_cast<int>(random.below(256)) - 128);
        atom.radicalElectrons = static_cast<std::uint8_t>(random.below(256));
        atom.totalValence = static_cast<std::uint8_t>(random.below(256));
        atom.aromatic = random.below(2) == 1;
        atom.inRing = random.below(2) == 1;
        graph.atoms.push_back(atom);
    }
    for (std::uint64_t i = 1; i < atoms; ++i) {
        BondCode bond;
        bond.begin = static_cast<std::uint16_t>(random.below(i));
        bond.end = static_cast<std::uint16_t>(i);
        bond.type = static_cast<BondType>(random.below(5));
        bond.stereo = static_cast<BondStereo>(random.below(7));
        bond.inRing = random.below(2) == 1;
        graph.bonds.push_back(bond);
    }
    return graph;
}

} // namespace

class CoreEncodingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownHalves_data()
    {
        QTest::addColumn<float>("value");
        QTest::addColumn<quint16>("bits");
        const auto row = [](const char* name, float value, int bits) {
            QTest::newRow(name) << value << static_cast<quint16>(bits);
        };
        row("zero", 0.0F, 0x0000);
        row("minus zero", -0.0F, 0x8000);
        row("one", 1.0F, 0x3c00);
        row("minus two", -2.0F, 0xc000);
        row("a third", 1.0F / 3.0F, 0x3555);
        row("0.1", 0.1F, 0x2e66);
        row("largest", 65504.0F, 0x7bff);
        row("just below the tie above it", 65519.99F, 0x7bff);
        row("tie above the largest", 65520.0F, 0x7c00);
        row("far too large", 1e30F, 0x7c00);
        row("infinity", std::numeric_limits<float>::infinity(), 0x7c00);
        row("minus infinity", -std::numeric_limits<float>::infinity(), 0xfc00);
        row("smallest normal", 0x1p-14F, 0x0400);
        row("largest subnormal", 1023 * 0x1p-24F, 0x03ff);
        row("tie between subnormal and normal", 1023.5F * 0x1p-24F, 0x0400);
        row("smallest subnormal", 0x1p-24F, 0x0001);
        row("half of it: tie to even", 0x1p-25F, 0x0000);
        row("above half of it", 0x1.000002p-25F, 0x0001);
        row("one and a half of it: tie to even", 0x1.8p-24F, 0x0002);
        row("two and a half of it: tie to even", 2.5F * 0x1p-24F, 0x0002);
        row("below half of it", 1e-8F, 0x0000);
        row("subnormal float", 1e-40F, 0x0000);
        row("tie to even, down", 2049.0F, 0x6800);
        row("tie to even, up", 2051.0F, 0x6802);
        row("carry into the exponent", 4095.0F, 0x6c00);
    }

    void knownHalves()
    {
        QFETCH(const float, value);
        QFETCH(const quint16, bits);
        QCOMPARE(toHalf(value), bits);
    }

    void everyHalfIsItsFormula()
    {
        for (int bits = 0; bits < 0x10000; ++bits) {
            const auto half = static_cast<std::uint16_t>(bits);
            if (isNaN(half)) {
                QVERIFY(std::isnan(fromHalf(half)));
                QVERIFY(isNaN(toHalf(fromHalf(half))));
                continue;
            }
            QVERIFY(static_cast<double>(fromHalf(half)) == halfByFormula(half)); // exactly
            QCOMPARE(std::signbit(fromHalf(half)), (half & 0x8000) != 0);
            QCOMPARE(toHalf(fromHalf(half)), half);
        }
        QVERIFY(isNaN(toHalf(std::numeric_limits<float>::quiet_NaN())));
    }

    void roundsToTheNearest()
    {
        for (std::uint16_t half = 0; half < 0x7bff; ++half) { // all neighbours below infinity
            const double below = halfByFormula(half), above = halfByFormula(static_cast<std::uint16_t>(half + 1));
            const auto middle = static_cast<float>((below + above) / 2); // exact
            const auto even = static_cast<std::uint16_t>(half + (half & 1));
            QCOMPARE(toHalf(middle), even);
            QCOMPARE(toHalf(std::nextafter(middle, 0.0F)), half);
            QCOMPARE(toHalf(std::nextafter(middle, 1e9F)), static_cast<std::uint16_t>(half + 1));
            QCOMPARE(toHalf(-middle), static_cast<std::uint16_t>(even | 0x8000));
        }
    }

    void encodingsComeBackRounded()
    {
        Random random(11);
        for (const std::size_t atoms : {std::size_t{0}, std::size_t{1}, std::size_t{37}, std::size_t{300}}) {
            Encodings encodings;
            encodings.laplacianVectors.resize(atoms * Encodings::laplacianCount);
            encodings.laplacianValues.resize(atoms * Encodings::laplacianCount);
            encodings.walkReturns.resize(atoms * Encodings::walkCount);
            for (auto* const values :
                 {&encodings.laplacianVectors, &encodings.laplacianValues, &encodings.walkReturns}) {
                for (float& value : *values) {
                    value = static_cast<float>(random.uniform() * 2 - 1);
                }
            }
            const std::string bytes = encodings.toBytes();
            QCOMPARE(bytes.size(), 2 + 64 * atoms);
            const auto back = Encodings::fromBytes(bytes);
            QVERIFY(back.has_value());
            QCOMPARE(back->atomCount(), atoms);
            const auto rounded = [](std::vector<float> values) {
                for (float& value : values) {
                    value = roundToHalf(value);
                }
                return values;
            };
            QCOMPARE(back->laplacianVectors, rounded(encodings.laplacianVectors));
            QCOMPARE(back->laplacianValues, rounded(encodings.laplacianValues));
            QCOMPARE(back->walkReturns, rounded(encodings.walkReturns));
            QCOMPARE(back->toBytes(), bytes); // rounded once, never again
        }
    }

    void cutOffEncodingsAreAnError()
    {
        Encodings encodings;
        encodings.laplacianVectors.assign(24, 0.5F);
        encodings.laplacianValues.assign(24, 0.5F);
        encodings.walkReturns.assign(48, 0.5F);
        const std::string bytes = encodings.toBytes();
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
            const auto back = Encodings::fromBytes({cut.data(), cut.size()});
            if (back) { // whole atoms: the store compares their number with the graph's
                QVERIFY(back->atomCount() < 3 && (size - 2) % 64 == 0);
            } else {
                QVERIFY(back.error().code == ErrorCode::Damaged);
            }
        }
        QVERIFY(!Encodings::fromBytes(std::string("\x09\x00", 2)));
        QVERIFY(!Encodings::fromBytes(bytes + "x"));
    }

    void graphsComeBack()
    {
        Random random(12);
        for (int i = 0; i < 500; ++i) {
            const MolGraph graph = randomGraph(random);
            const auto back = MolGraph::fromBytes(graph.toBytes());
            QVERIFY(back.has_value());
            QVERIFY(*back == graph);
        }
        QVERIFY(MolGraph::fromBytes(MolGraph().toBytes()).value() == MolGraph());
    }

    void cutOffGraphsAreAnError()
    {
        Random random(13);
        for (int i = 0; i < 50; ++i) {
            const std::string bytes = randomGraph(random).toBytes();
            for (std::size_t size = 0; size < bytes.size(); ++size) {
                const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
                const auto back = MolGraph::fromBytes({cut.data(), cut.size()});
                QVERIFY(!back && back.error().code == ErrorCode::Damaged);
            }
            QVERIFY(!MolGraph::fromBytes(bytes + '\0'));
        }
    }

    /// Whatever comes back from damaged bytes can be computed with: no bond leads out of the molecule.
    void damagedGraphsStayWithinThemselves()
    {
        Random random(14);
        for (int i = 0; i < 20'000; ++i) {
            std::string bytes = randomGraph(random).toBytes();
            for (std::uint64_t k = 0; k < 1 + random.below(3); ++k) {
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            }
            const auto back = MolGraph::fromBytes(bytes);
            if (!back) {
                continue;
            }
            for (const BondCode& bond : back->bonds) {
                QVERIFY(bond.begin < bond.end && bond.end < back->atoms.size());
                QVERIFY(bond.type <= BondType::Other && bond.stereo <= BondStereo::Other);
            }
        }
    }
};

QTEST_GUILESS_MAIN(CoreEncodingsTest)
#include "tst_core_encodings.moc"
