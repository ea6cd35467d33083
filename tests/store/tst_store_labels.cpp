// SPDX-License-Identifier: GPL-3.0-or-later
// Sparse labels: every value comes back exactly; damaged bytes are an error, never a crash.

#include <SQLiteCpp/SQLiteCpp.h>

#include <bit>
#include <cmath>
#include <limits>

#include "core/random.h"
#include "tests/store/storetest.h"

using namespace papilio;
using namespace papilio::store;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Bit by bit, except that all NaN are alike.
bool same(double a, double b)
{
    return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same(const LabelSet& a, const LabelSet& b)
{
    if (a.entries.size() != b.entries.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.entries.size(); ++i) {
        const LabelSet::Entry &x = a.entries[i], &y = b.entries[i];
        if (x.position != y.position || x.values.size() != y.values.size()) {
            return false;
        }
        for (std::size_t k = 0; k < x.values.size(); ++k) {
            if (!same(x.values[k], y.values[k])) {
                return false;
            }
        }
    }
    return true;
}

/// One of the kinds of numbers that labels are made of.
double randomValue(Random& random, std::uint64_t kind)
{
    switch (kind) {
    case 0:
        return static_cast<double>(random.below(2));
    case 1:
        return static_cast<double>(random.below(256)) - 127;
    case 2:
        return static_cast<float>(random.uniform() * 1000 - 500);
    case 3:
        return std::bit_cast<double>(random.next());
    default:
        return (random.uniform() - 0.5) * 1e6;
    }
}

LabelSet randomLabels(Random& random)
{
    LabelSet labels;
    const std::uint64_t entries = random.below(12);
    int position = -1;
    for (std::uint64_t i = 0; i < entries; ++i) {
        position += 1 + static_cast<int>(random.below(i % 3 == 0 ? 1000 : 3));
        const std::uint64_t kind = random.below(5), count = random.below(3) == 0 ? random.below(60) : 1;
        LabelSet::Entry entry{position, {}};
        for (std::uint64_t k = 0; k < count; ++k) {
            entry.values.push_back(count > 1 && random.below(5) == 0 ? notANumber : randomValue(random, kind));
        }
        labels.entries.push_back(std::move(entry));
    }
    return labels;
}

} // namespace

class StoreLabelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesAreAsDocumented()
    {
        const LabelSet labels{{{0, {1}}, {1, {0.5, notANumber}}, {130, {0.1}}}};
        const std::string expected = std::string("\x01", 1)               // format
                                     + std::string("\x00\x06\x01", 3)     // gap 0; 1 value, form 2; 1
                                     + std::string("\x00\x09", 2)         // gap 0; 2 values, form 1
                                     + std::string("\x00\x00\x00\x3f", 4) // 0.5
                                     + std::string("\x00\x00\xc0\x7f", 4) // NaN
                                     + std::string("\x80\x01\x04", 3)     // gap 128; 1 value, form 0
                                     + std::string("\x9a\x99\x99\x99\x99\x99\xb9\x3f", 8);
        QCOMPARE(QByteArray::fromStdString(labels.toBytes()).toHex(), QByteArray::fromStdString(expected).toHex());
        QCOMPARE(LabelSet{}.toBytes(), std::string("\x01", 1));
    }

    void specialValuesComeBackExactly()
    {
        const std::vector<double> values{0.0,      -0.0,     1,         -1,         127,       128,
                                         -127,     -128,     0.1,       1e300,      5e-324,    3.5,
                                         16777217, infinity, -infinity, notANumber, -1754.062, 1.0e-45};
        for (const double value : values) {
            const LabelSet alone{{{3, {value}}}};
            QVERIFY2(same(LabelSet::fromBytes(alone.toBytes()).value(), alone), QByteArray::number(value).constData());
        }
        const LabelSet together{
            {{0, values}, {1, {}}, {2, {notANumber, notANumber}}, {2'000'000'000, {notANumber, 1, 0}}}};
        QVERIFY(same(LabelSet::fromBytes(together.toBytes()).value(), together));
    }

    void randomSetsComeBackExactly()
    {
        Random random(7);
        for (int i = 0; i < 5000; ++i) {
            const LabelSet labels = randomLabels(random);
            const auto back = LabelSet::fromBytes(labels.toBytes());
            QVERIFY(ok(back));
            QVERIFY(same(*back, labels));
        }
    }

    void truncatedBytesAreAnErrorOrAShorterSet()
    {
        Random random(8);
        for (int i = 0; i < 300; ++i) {
            const LabelSet labels = randomLabels(random);
            const std::string bytes = labels.toBytes();
            for (std::size_t size = 0; size < bytes.size(); ++size) {
                // In a buffer of exactly that size, so that a sanitizer sees any read past it.
                const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
                const auto back = LabelSet::fromBytes({cut.data(), cut.size()});
                if (back) { // cut exactly between two entries
                    QVERIFY(back->entries.size() < labels.entries.size());
                    const LabelSet start{{labels.entries.begin(),
                                          labels.entries.begin() + static_cast<std::ptrdiff_t>(back->entries.size())}};
                    QVERIFY(same(*back, start));
                } else {
                    QVERIFY(back.error().code == ErrorCode::Damaged);
                }
            }
        }
    }

    void damagedBytesNeverCrash()
    {
        Random random(9);
        for (int i = 0; i < 20'000; ++i) {
            std::string bytes = randomLabels(random).toBytes();
            for (std::uint64_t k = 0; k < 1 + random.below(4); ++k) {
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            }
            const auto back = LabelSet::fromBytes(bytes);
            if (back) {
                for (std::size_t k = 1; k < back->entries.size(); ++k) {
                    QVERIFY(back->entries[k - 1].position < back->entries[k].position);
                }
            }
        }
        QVERIFY(failsWith(LabelSet::fromBytes({}), ErrorCode::Damaged));
        QVERIFY(failsWith(LabelSet::fromBytes(std::string_view("\x02", 1)), ErrorCode::Damaged));
        // Counts and gaps far beyond the bytes: no attempt to make room for them.
        const std::string huge =
            std::string("\x01\x00", 2) + std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10);
        QVERIFY(failsWith(LabelSet::fromBytes(huge), ErrorCode::Damaged));
        const std::string farAway =
            std::string("\x01", 1) + std::string("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02", 11);
        QVERIFY(failsWith(LabelSet::fromBytes(farAway), ErrorCode::Damaged));
    }

    void findsByPosition()
    {
        const LabelSet labels{{{1, {1}}, {4, {2}}, {9, {3}}}};
        QCOMPARE(labels.find(4)->values.front(), 2.0);
        QCOMPARE(labels.find(9)->values.front(), 3.0);
        for (const int absent : {-1, 0, 2, 10}) {
            QVERIFY(labels.find(absent) == nullptr);
        }
    }

    void storesAndReads()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const std::int64_t d1 = addDataset(*project, "one"), d2 = addDataset(*project, "two");
        const std::int64_t a = addMolecule(*project, "C"), b = addMolecule(*project, "N"),
                           c = addMolecule(*project, "O");
        Labels labels(*project);
        QVERIFY(ok(labels.put(d1, c, {{{0, {3}}, {2, {-1754.062}}}})));
        QVERIFY(ok(labels.put(d1, a, {{{2, {0.25}}, {3, {notANumber}}}})));
        QVERIFY(ok(labels.put(d1, b, {{{0, {1}}, {1, {0.5, notANumber, 7}}}})));
        QVERIFY(ok(labels.put(d2, a, {{{0, {9}}}})));
        QCOMPARE(labels.get(d1, c).value()->find(2)->values.front(), -1754.062);
        QVERIFY(!labels.get(d2, b).value().has_value());

        std::vector<std::int64_t> order;
        QVERIFY(ok(labels.each(d1, [&](std::int64_t molecule, const LabelSet&) {
            order.push_back(molecule);
            return order.size() < 2;
        })));
        QCOMPARE(order, (std::vector<std::int64_t>{a, b})); // by id, and stopped

        const auto values = labels.values(d1, 2);
        QVERIFY(ok(values));
        QCOMPARE(values->size(), std::size_t{2});
        QCOMPARE(values->at(0).molecule, a);
        QCOMPARE(values->at(0).value, 0.25);
        QCOMPARE(values->at(1).molecule, c);
        QCOMPARE(values->at(1).value, -1754.062);
        QVERIFY(labels.values(d1, 3).value().empty()); // NaN is no label
        QVERIFY(labels.values(d1, 77).value().empty());
        QVERIFY(failsWith(labels.values(d1, 1), ErrorCode::BadInput, {project->path()})); // node level

        QVERIFY(ok(labels.put(d1, c, {{{5, {1}}}}))); // replaces
        QVERIFY(same(labels.get(d1, c).value().value(), LabelSet{{{5, {1}}}}));
        QVERIFY(ok(labels.put(d1, c, {})));
        QVERIFY(!labels.get(d1, c).value().has_value());
    }

    void refusesWhatCannotBe()
    {
        const TestFolder folder;
        auto project = Project::create(folder.file("p.papilio"));
        QVERIFY(ok(project));
        const std::int64_t dataset = addDataset(*project, "d"), molecule = addMolecule(*project, "C");
        Labels labels(*project);
        QVERIFY(!labels.put(dataset, molecule, {{{2, {1}}, {1, {1}}}}));
        QVERIFY(!labels.put(dataset, molecule, {{{2, {1}}, {2, {1}}}}));
        QVERIFY(!labels.put(dataset, molecule, {{{-1, {1}}}}));
        QVERIFY(failsWith(labels.put(dataset, 99, {{{0, {1}}}}), ErrorCode::NotFound, {project->path()}));
        QVERIFY(failsWith(labels.put(99, molecule, {{{0, {1}}}}), ErrorCode::NotFound, {project->path()}));
        QVERIFY(!labels.get(dataset, molecule).value().has_value());

        QVERIFY(ok(labels.put(dataset, molecule, {{{0, {0.1}}}})));
        project->database().exec("UPDATE labels SET entries = substr(entries, 1, 5)");
        for (const auto& failed :
             {labels.get(dataset, molecule).map([](const auto&) {}), labels.values(dataset, 0).map([](const auto&) {}),
              labels.each(dataset, [](std::int64_t, const LabelSet&) { return true; })}) {
            QVERIFY(failsWith(failed, ErrorCode::Damaged, {project->path(), "molecule 1", "dataset 1"}));
        }
    }
};

QTEST_GUILESS_MAIN(StoreLabelsTest)
#include "tst_store_labels.moc"
