// SPDX-License-Identifier: GPL-3.0-or-later
// ZIP files: what is packed comes out, and nothing made to do harm gets in.
#include <QTemporaryDir>
#include <QtTest>

#include "core/zipfile.h"
#include "tests/nn/foreignfiles.h"

using namespace papilio;
using foreign::Member;

namespace
{

std::string noise(std::size_t bytes)
{
    std::string text;
    std::uint32_t state = 1;
    while (text.size() < bytes) {
        state = state * 1664525U + 1013904223U;
        text += static_cast<char>(state >> 24);
    }
    return text;
}

Result<std::string> readFirst(const std::string& bytes, std::uint64_t limit = ZipFile::largestEntry)
{
    const auto zip = ZipFile::fromBytes(bytes, "file");
    return zip ? zip->read(zip->entries().front(), limit) : Result<std::string>(tl::unexpected<Error>(zip.error()));
}

} // namespace

class TestForeignZip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void read_data();
    void read();
    void readWheelFromDisk();
    void refuseNames_data();
    void refuseNames();
    void refuseDamage();
    void refuseBombs();
    void refuseEveryCut();
};

void TestForeignZip::read_data()
{
    QTest::addColumn<bool>("zip64");
    QTest::newRow("plain") << false;
    QTest::newRow("ZIP64") << true;
}

void TestForeignZip::read()
{
    QFETCH(bool, zip64);
    const std::string large = noise(300'000) + std::string(200'000, 'x');
    const auto zip = ZipFile::fromBytes(foreign::zip({{"a/stored.txt", "hello"},
                                                      {"a/packed.bin", large, true},
                                                      {"a/", ""},
                                                      {"empty", "", true},
                                                      {"..name", "x"}},
                                                     zip64),
                                        "file");
    QVERIFY2(zip, zip ? "" : zip.error().text().c_str());
    QCOMPARE(zip->entries().size(), std::size_t{5});
    QCOMPARE(zip->read(*zip->find("a/stored.txt")).value(), std::string("hello"));
    QVERIFY(zip->read(*zip->find("a/packed.bin")).value() == large);
    QCOMPARE(zip->read(*zip->find("empty")).value(), std::string());
    QCOMPARE(zip->read(*zip->find("..name")).value(), std::string("x")); // only a whole part '..' leaves the folder
    QVERIFY(zip->find("nothing") == nullptr);
    VERIFY_REFUSED(zip->read(*zip->find("a/packed.bin"), 1000), ErrorCode::BadInput, "500000 bytes; at most 1000");
}

void TestForeignZip::readWheelFromDisk()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("model-1.0-py3-none-any.whl")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const std::string bytes =
        foreign::zip({{"model/ckpts/v1/config.yaml", "a: 1\n", true}, {"model-1.0.dist-info/LICENSE", "MIT", true}});
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    file.close();
    const auto zip = ZipFile::open(file.fileName().toStdString());
    QVERIFY2(zip, zip ? "" : zip.error().text().c_str());
    QCOMPARE(zip->read(*zip->find("model/ckpts/v1/config.yaml")).value(), std::string("a: 1\n"));
    QVERIFY(ZipFile::open(folder.path().toStdString()).error().code == ErrorCode::BadInput);
    QVERIFY(ZipFile::open(folder.path().toStdString() + "/none").error().code == ErrorCode::NotFound);
}

void TestForeignZip::refuseNames_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"../evil", "a/../../evil", "a/..", "/etc/passwd", "C:/x", "a\\b", "./a", "a//b", ".."}) {
        QTest::newRow(name) << QByteArray(name);
    }
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("none") << QByteArray();
}

void TestForeignZip::refuseNames()
{
    QFETCH(QByteArray, name);
    VERIFY_REFUSED(ZipFile::fromBytes(foreign::zip({{"good", "1"}, {name.toStdString(), "2"}}), "file"),
                   ErrorCode::BadInput, "leave the folder");
}

void TestForeignZip::refuseDamage()
{
    const auto one = [](Member member) { return readFirst(foreign::zip({std::move(member)})); };
    Member wrong{"a", "hello"};
    wrong.crcChange = 1;
    VERIFY_REFUSED(one(wrong), ErrorCode::Damaged, "checksum of its entry 'a'");
    wrong = {"a", std::string(1000, 'x'), true};
    for (const std::int64_t change : {-1, 1, -999, 100}) {
        wrong.sizeChange = change;
        VERIFY_REFUSED(one(wrong), ErrorCode::Damaged, "cannot be unpacked");
    }
    wrong = {"a", "hello"};
    wrong.sizeChange = 5;
    VERIFY_REFUSED(one(wrong), ErrorCode::Damaged, "which its 5 cannot hold");
    wrong = {"a", "hello"};
    wrong.localName = "b";
    VERIFY_REFUSED(one(wrong), ErrorCode::Damaged, "calls itself 'b'");
    wrong = {"a", "hello"};
    wrong.method = 14;
    VERIFY_REFUSED(one(wrong), ErrorCode::Unsupported, "method 14");
    wrong = {"a", "hello"};
    wrong.flags = 1;
    VERIFY_REFUSED(one(wrong), ErrorCode::Unsupported, "encrypted");
    wrong = {"a", "no deflated data"};
    wrong.method = 8;
    VERIFY_REFUSED(one(wrong), ErrorCode::Damaged, "cannot be unpacked");
    VERIFY_REFUSED(ZipFile::fromBytes(foreign::zip({{"a", "1"}, {"a", "2"}}), "file"), ErrorCode::Damaged, "twice");
    VERIFY_REFUSED(ZipFile::fromBytes("", "file"), ErrorCode::Damaged, "no ZIP directory");
    VERIFY_REFUSED(ZipFile::fromBytes(std::string(100'000, 'x'), "file"), ErrorCode::Damaged, "no ZIP directory");
    VERIFY_REFUSED(ZipFile::fromBytes(foreign::zip({{"a", "1"}}) + "more", "file"), ErrorCode::Damaged,
                   "no ZIP directory");
}

void TestForeignZip::refuseBombs()
{
    // 70 MB of zeros in 70 kB.
    VERIFY_REFUSED(ZipFile::fromBytes(foreign::zip({{"zeros", std::string(70 << 20, '\0'), true}}), "file"),
                   ErrorCode::BadInput, "would grow");
    // A claim that no deflate stream can keep.
    Member claim{"a", "x", true};
    claim.sizeChange = 50'000'000;
    VERIFY_REFUSED(ZipFile::fromBytes(foreign::zip({claim}), "file"), ErrorCode::Damaged, "cannot hold");
    // Two entries of the directory that share the same bytes.
    std::string bytes = foreign::zip({{"a", "hello"}, {"b", "hello"}});
    const std::size_t second = bytes.rfind("PK\x01\x02");
    bytes.replace(second + 42, 4, foreign::number(0, 4));
    VERIFY_REFUSED(ZipFile::fromBytes(bytes, "file"), ErrorCode::Damaged, "overlaps");
    // 2⁶³ bytes, in the 64-bit field.
    bytes = foreign::zip({{"a", "hello"}}, true);
    const std::size_t extra = bytes.rfind(foreign::number(1, 2) + foreign::number(24, 2));
    bytes.replace(extra + 4, 16,
                  foreign::number(std::uint64_t{1} << 63, 8) + foreign::number(std::uint64_t{1} << 63, 8));
    VERIFY_REFUSED(ZipFile::fromBytes(bytes, "file"), ErrorCode::Damaged, "outside of the file");
}

void TestForeignZip::refuseEveryCut()
{
    for (const bool zip64 : {false, true}) {
        const std::string bytes = foreign::zip({{"a/b", "hello", true}, {"c", "world"}}, zip64);
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            QVERIFY(!ZipFile::fromBytes(bytes.substr(0, length), "file"));
        }
    }
}

QTEST_GUILESS_MAIN(TestForeignZip)
#include "tst_nn_foreign_zip.moc"
