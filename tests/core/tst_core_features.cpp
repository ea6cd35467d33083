// SPDX-License-Identifier: GPL-3.0-or-later
// The 85 + 13 input columns, against rows worked out by hand from the published description.

#include <QtTest>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "core/features.h"

using namespace papilio;

namespace
{

using Row = std::map<std::string, float>; // by column name; all others are 0

Row rowOf(const AtomCode& atom)
{
    std::array<float, atomFeatureCount> values{};
    values.fill(99.0F); // every column must be written
    expandAtom(atom, values);
    Row row;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != 0.0F) {
            row[atomFeatureNames()[i]] = values[i];
        }
    }
    return row;
}

Row rowOf(const BondCode& bond)
{
    std::array<float, bondFeatureCount> values{};
    values.fill(99.0F);
    expandBond(bond, values);
    Row row;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != 0.0F) {
            row[bondFeatureNames()[i]] = values[i];
        }
    }
    return row;
}

AtomCode atom(int number, int degree, int charge, int radicals, int valence, bool aromatic = false, bool ring = false)
{
    return {static_cast<std::uint8_t>(number),
            static_cast<std::int8_t>(degree),
            static_cast<std::int8_t>(charge),
            static_cast<std::uint8_t>(radicals),
            static_cast<std::uint8_t>(valence),
            aromatic,
            ring};
}

} // namespace

class CoreFeaturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Carbon of benzene by column number: 5 floats, then 44 elements, 20 groups, 8 periods, 8 valences.
    void carbonOfBenzeneByColumn()
    {
        std::array<float, atomFeatureCount> values{};
        expandAtom(atom(6, 3, 0, 0, 4, true, true), values);
        const std::set<std::size_t> ones{0,       // total degree 3 − 2
                                         3,       // aromatic
                                         4,       // in a ring
                                         5,       // C is the first element
                                         49 + 13, // group 14
                                         69 + 1,  // period 2
                                         77 + 4}; // valence 4
        for (std::size_t i = 0; i < values.size(); ++i) {
            QCOMPARE(values[i], ones.contains(i) ? 1.0F : 0.0F);
        }
    }

    void atomsByHand_data()
    {
        QTest::addColumn<AtomCode>("code");
        QTest::addColumn<Row>("expected");
        QTest::newRow("methane")
            << atom(6, 4, 0, 0, 4)
            << Row{{"degree", 2}, {"atomic-number C", 1}, {"group 14", 1}, {"period 2", 1}, {"total-valence 4", 1}};
        QTest::newRow("ammonium") << atom(7, 4, 1, 0, 4)
                                  << Row{{"degree", 2},   {"formal-charge", 1}, {"atomic-number N", 1},
                                         {"group 15", 1}, {"period 2", 1},      {"total-valence 4", 1}};
        QTest::newRow("chloride ion") << atom(17, 0, -1, 0, 0)
                                      << Row{{"degree", -2},  {"formal-charge", -1}, {"atomic-number Cl", 1},
                                             {"group 17", 1}, {"period 3", 1},       {"total-valence 0", 1}};
        QTest::newRow("sulfur of a sulfonic acid")
            << atom(16, 4, 0, 0, 6)
            << Row{{"degree", 2}, {"atomic-number S", 1}, {"group 16", 1}, {"period 3", 1}, {"total-valence 6", 1}};
        QTest::newRow("iodine of valence 7")
            << atom(53, 4, 0, 0, 7)
            << Row{{"degree", 2}, {"atomic-number I", 1}, {"group 17", 1}, {"period 5", 1}, {"total-valence other", 1}};
        QTest::newRow("methyl radical") << atom(6, 3, 0, 1, 3)
                                        << Row{{"degree", 1},   {"radical-electron", 1}, {"atomic-number C", 1},
                                               {"group 14", 1}, {"period 2", 1},         {"total-valence 3", 1}};
        QTest::newRow("hydrogen molecule")
            << atom(1, 1, 0, 0, 1)
            << Row{{"degree", -1}, {"atomic-number H", 1}, {"group 1", 1}, {"period 1", 1}, {"total-valence 1", 1}};
        QTest::newRow("helium, not in the list") << atom(2, 0, 0, 0, 0)
                                                 << Row{{"degree", -2},
                                                        {"atomic-number other", 1},
                                                        {"group 18", 1},
                                                        {"period 1", 1},
                                                        {"total-valence 0", 1}};
        QTest::newRow("sodium ion") << atom(11, 0, 1, 0, 0)
                                    << Row{{"degree", -2}, {"formal-charge", 1}, {"atomic-number Na", 1},
                                           {"group 1", 1}, {"period 3", 1},      {"total-valence 0", 1}};
        QTest::newRow("platinum")
            << atom(78, 4, 0, 0, 4)
            << Row{{"degree", 2}, {"atomic-number Pt", 1}, {"group 10", 1}, {"period 6", 1}, {"total-valence 4", 1}};
        QTest::newRow("lead, the last of the list")
            << atom(82, 2, 0, 0, 2)
            << Row{{"atomic-number Pb", 1}, {"group 14", 1}, {"period 6", 1}, {"total-valence 2", 1}};
        QTest::newRow("ytterbium, no group")
            << atom(70, 2, 0, 0, 2)
            << Row{{"atomic-number Yb", 1}, {"group 19", 1}, {"period 6", 1}, {"total-valence 2", 1}};
        QTest::newRow("uranium")
            << atom(92, 3, 0, 0, 5)
            << Row{{"degree", 1}, {"atomic-number other", 1}, {"group 19", 1}, {"period 7", 1}, {"total-valence 5", 1}};
        QTest::newRow("dummy") << atom(0, 1, 0, 0, 1)
                               << Row{{"degree", -1},
                                      {"atomic-number other", 1},
                                      {"group 18", 1},
                                      {"period 7", 1},
                                      {"total-valence 1", 1}};
    }

    void atomsByHand()
    {
        QFETCH(const AtomCode, code);
        QFETCH(const Row, expected);
        QVERIFY(rowOf(code) == expected);
    }

    /// Groups and periods as on any wall chart.
    void groupsAndPeriodsOfTheChart()
    {
        struct Place {
            int number, group, period;
        };
        for (const Place& place :
             {Place{3, 1, 2}, {4, 2, 2},   {5, 13, 2},  {10, 18, 2}, {12, 2, 3},  {13, 13, 3}, {19, 1, 4},
              {21, 3, 4},     {26, 8, 4},  {30, 12, 4}, {33, 15, 4}, {36, 18, 4}, {37, 1, 5},  {46, 10, 5},
              {50, 14, 5},    {54, 18, 5}, {55, 1, 6},  {56, 2, 6},  {72, 4, 6},  {79, 11, 6}, {80, 12, 6},
              {86, 18, 6},    {87, 1, 7},  {104, 4, 7}, {118, 18, 7}}) {
            const Row row = rowOf(atom(place.number, 0, 0, 0, 0));
            QVERIFY2(row.contains("group " + std::to_string(place.group)),
                     QByteArray::number(place.number).constData());
            QVERIFY2(row.contains("period " + std::to_string(place.period)),
                     QByteArray::number(place.number).constData());
        }
    }

    void eachAtomHasOneSlotOfEachKind()
    {
        for (int number = 0; number < 256; ++number) {
            for (const int valence : {0, 3, 6, 7, 200}) {
                const Row row = rowOf(atom(number, 2, 0, 0, valence));
                QCOMPARE(row.size(), std::size_t{4}); // degree 2 is column value 0
                for (const char* const kind : {"atomic-number ", "group ", "period ", "total-valence "}) {
                    QCOMPARE(std::count_if(row.begin(), row.end(),
                                           [kind](const auto& column) {
                                               return column.first.starts_with(kind) && column.second == 1.0F;
                                           }),
                             std::ptrdiff_t{1});
                }
            }
        }
    }

    void bondsByHand()
    {
        const auto bond = [](BondType type, BondStereo stereo, bool ring) {
            return BondCode{0, 1, type, stereo, ring};
        };
        QVERIFY(rowOf(bond(BondType::Single, BondStereo::None, false)) ==
                (Row{{"bond-type single", 1}, {"stereo none", 1}}));
        QVERIFY(rowOf(bond(BondType::Double, BondStereo::E, false)) == (Row{{"bond-type double", 1}, {"stereo E", 1}}));
        QVERIFY(rowOf(bond(BondType::Aromatic, BondStereo::None, true)) ==
                (Row{{"bond-type aromatic", 1}, {"stereo none", 1}, {"in-ring", 1}}));
        QVERIFY(rowOf(bond(BondType::Other, BondStereo::Other, true)) ==
                (Row{{"bond-type other", 1}, {"stereo other", 1}, {"in-ring", 1}}));
        std::array<float, bondFeatureCount> values{};
        expandBond(bond(BondType::Triple, BondStereo::Trans, true), values);
        QCOMPARE(values, (std::array<float, bondFeatureCount>{0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1}));
    }

    void namesAreOneEach()
    {
        const auto& atoms = atomFeatureNames();
        const auto& bonds = bondFeatureNames();
        QCOMPARE(atoms.size(), std::size_t{atomFeatureCount});
        QCOMPARE(bonds.size(), std::size_t{bondFeatureCount});
        QCOMPARE(std::set<std::string>(atoms.begin(), atoms.end()).size(), atoms.size());
        QCOMPARE(std::set<std::string>(bonds.begin(), bonds.end()).size(), bonds.size());
        QCOMPARE(atoms.front(), std::string("degree"));
        QCOMPARE(atoms.at(5), std::string("atomic-number C"));
        QCOMPARE(atoms.back(), std::string("total-valence other"));
    }
};

QTEST_GUILESS_MAIN(CoreFeaturesTest)
#include "tst_core_features.moc"
