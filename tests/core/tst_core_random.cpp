// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers against the published algorithms (constants computed with a separate implementation of splitmix64 and
// xoshiro256**, itself checked against their authors' test values), and SHA-256 against NIST's examples.

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/error.h"
#include "core/hash.h"
#include "core/random.h"
#include "core/task.h"

using namespace papilio;

class CoreRandomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sequencesAreThePublishedOnes()
    {
        struct Known {
            std::uint64_t seed;
            std::array<std::uint64_t, 5> first;
        };
        for (const Known& known : {Known{0,
                                         {0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0,
                                          0x6aa594f1262d2d2c, 0xbba5ad4a1f842e59}},
                                   Known{42,
                                         {0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1,
                                          0xecb8ad4703b360a1, 0xfde6dc7fe2ec5e64}},
                                   Known{0xffffffffffffffff,
                                         {0x8f5520d52a7ead08, 0xc476a018caa1802d, 0x81de31c0d260469e,
                                          0xbf658d7e065f3c2f, 0x913593fda1bca32a}}}) {
            Random random(known.seed);
            for (const std::uint64_t expected : known.first) {
                QCOMPARE(random.next(), expected);
            }
        }
        Random random(42);
        for (int i = 0; i < 999; ++i) {
            random.next();
        }
        QCOMPARE(random.next(), std::uint64_t{0x8de5848c61ab8968});
    }

    void derivedNumbersAreFixed()
    {
        Random uniform(7);
        for (const double expected : {0.7005764821796896, 0.2787512294737843, 0.8396274618764198}) {
            QVERIFY(uniform.uniform() == expected); // exactly
        }
        Random below(7);
        for (const std::uint64_t expected : {4, 4, 8, 4, 4, 1, 6, 6, 8, 9, 3, 6}) {
            QCOMPARE(below.below(10), expected);
        }
        QCOMPARE(shuffledIndices(10, 9), (std::vector<std::uint32_t>{9, 2, 6, 4, 3, 5, 8, 7, 1, 0}));
    }

    void seedsMix()
    {
        QCOMPARE(mixSeed(0), std::uint64_t{0x238275bc38fcbe91});
        QCOMPARE(mixSeed(1, 2, 3), std::uint64_t{0x6ae515c1c0ac7e37});
        QCOMPARE(mixSeed(3, 2, 1), std::uint64_t{0xd62a7f6e291fef64});
        QCOMPARE(mixSeed(~0ULL, ~0ULL, ~0ULL), std::uint64_t{0x40aa389ba7cc36a4});
        std::set<std::uint64_t> seen;
        for (std::uint64_t a = 0; a < 20; ++a) {
            for (std::uint64_t b = 0; b < 20; ++b) {
                for (std::uint64_t c = 0; c < 20; ++c) {
                    seen.insert(mixSeed(a, b, c));
                }
            }
        }
        QCOMPARE(seen.size(), std::size_t{8000});
    }

    void belowIsWithinAndEven()
    {
        Random random(1);
        std::array<int, 7> counts{};
        for (int i = 0; i < 70'000; ++i) {
            ++counts.at(random.below(7));
        }
        for (const int count : counts) { // 10,000 ± 5 standard deviations
            QVERIFY2(std::abs(count - 10'000) < 463, QByteArray::number(count).constData());
        }
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(random.below(1), std::uint64_t{0});
            QVERIFY(random.below((1ULL << 63) + 1) <= 1ULL << 63);
            const double value = random.uniform();
            QVERIFY(value >= 0 && value < 1);
        }
    }

    void shufflesArePermutations()
    {
        for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                std::vector<std::uint32_t> indices = shuffledIndices(count, seed);
                QCOMPARE(indices, shuffledIndices(count, seed));
                std::sort(indices.begin(), indices.end());
                QCOMPARE(indices.size(), count);
                for (std::size_t i = 0; i < count; ++i) {
                    QCOMPARE(std::size_t{indices[i]}, i);
                }
            }
        }
        QVERIFY(shuffledIndices(1000, 1) != shuffledIndices(1000, 2));
        std::set<std::vector<std::uint32_t>> orders;
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            orders.insert(shuffledIndices(4, seed));
        }
        QCOMPARE(orders.size(), std::size_t{24}); // every order occurs
    }

    void sha256OfKnownTexts()
    {
        const auto hashOf = [](std::initializer_list<std::string_view> pieces) {
            Sha256 hash;
            for (const std::string_view piece : pieces) {
                hash.add(piece);
            }
            return hash.hex();
        };
        QCOMPARE(hashOf({}), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(hashOf({"abc"}), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(hashOf({"abcdbcdecdefdefgefghfghighijhijk", "", "ijkljklmklmnlmnomnopnopq"}),
                 std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
        const std::string million(1'000'000, 'a');
        QCOMPARE(hashOf({million}), std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    }

    void sha256OfFiles()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 3; ++i) {
            file.write(QByteArray(1'000'000, 'a'));
            file.flush();
            Sha256 expected;
            expected.add(std::string(static_cast<std::size_t>(1'000'000 * (i + 1)), 'a'));
            QCOMPARE(sha256OfFile(path.toStdString()).value(), expected.hex());
        }
        const auto missing = sha256OfFile(folder.filePath(QStringLiteral("none")).toStdString());
        QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
        QVERIFY(missing.error().message.find("none") != std::string::npos);
        QVERIFY(!sha256OfFile(folder.path().toStdString())); // a folder has no bytes
    }

    void errorsHaveNamesAndExitCodes()
    {
        std::set<std::string_view> names;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            const auto error = static_cast<ErrorCode>(code);
            names.insert(errorCodeName(error));
            QCOMPARE(exitCode(error), error == ErrorCode::Usage ? 2 : error == ErrorCode::Stopped ? 4 : 3);
        }
        QCOMPARE(names.size(), static_cast<std::size_t>(ErrorCode::Internal) + 1);
        QCOMPARE((Error{ErrorCode::Io, "It broke.", "Mend it."}).text(), std::string("It broke. Mend it."));
        QCOMPARE((Error{ErrorCode::Io, "It broke.", ""}).text(), std::string("It broke."));
    }

    void levelsAndKindsHaveNames()
    {
        for (const Level level : {Level::Graph, Level::Node, Level::Edge}) {
            QVERIFY(levelFromName(levelName(level)) == level);
        }
        for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass}) {
            QVERIFY(kindFromName(kindName(kind)) == kind);
        }
        QVERIFY(!levelFromName("Graph") && !levelFromName("") && !kindFromName("auto"));
    }
};

QTEST_GUILESS_MAIN(CoreRandomTest)
#include "tst_core_random.moc"
