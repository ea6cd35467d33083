// SPDX-License-Identifier: GPL-3.0-or-later
// NPY files: what is written is read, byte for byte as NumPy has it, and nothing damaged gets through.
#include <array>
#include <limits>

#include <QTemporaryDir>
#include <QtTest>

#include "core/npy.h"

using namespace papilio;

namespace
{

std::string fileOf(const std::string& header, const std::string& data, char version = 1)
{
    std::string bytes("\x93NUMPY", 6);
    bytes += version;
    bytes += '\0';
    bytes += static_cast<char>(header.size());
    bytes += std::string(version == 1 ? 1 : 3, '\0');
    return bytes + header + data;
}

std::string contents(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

class TestNpy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesOfNumpy();
    void survive();
    void unfinishedLeavesNothing();
    void readWhatNumpyWrites();
    void refuse_data();
    void refuse();
    void surviveEveryByte();
};

/// numpy.save of [[1, 2.5]] as float32.
void TestNpy::bytesOfNumpy()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a.npy")).toStdString();
    auto writer = NpyWriter::create(path, NpyType::Float32, 2);
    QVERIFY(writer && writer->add(std::array<float, 2>{1, 2.5F}) && writer->finish());
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
    header.resize(117, ' ');
    header += '\n';
    const std::string expected = fileOf(header, std::string("\0\0\x80\x3f\0\0\x20\x40", 8));
    QCOMPARE(QByteArray::fromStdString(contents(path)), QByteArray::fromStdString(expected));
}

void TestNpy::survive()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a.npy")).toStdString();
    for (const NpyType type : {NpyType::Float32, NpyType::Float16}) {
        auto writer = NpyWriter::create(path, type, 3);
        QVERIFY(writer);
        for (int row = 0; row < 1000; ++row) {
            QVERIFY(writer->add(
                std::array<float, 3>{static_cast<float>(row), -0.5F, std::numeric_limits<float>::infinity()}));
        }
        QCOMPARE(writer->rows(), std::int64_t{1000});
        QVERIFY(!writer->add(std::array<float, 2>{1, 2}));
        QVERIFY(!writer->add(std::array<std::int64_t, 3>{1, 2, 3}));
        QVERIFY(writer->finish());
        const auto array = readNpy(path);
        QVERIFY2(array, array ? "" : array.error().text().c_str());
        QVERIFY(array->type == type && (array->shape == std::vector<std::int64_t>{1000, 3}));
        QCOMPARE(array->values[3 * 999], 999.0F);
        QCOMPARE(array->values[1], -0.5F);
    }
    auto writer = NpyWriter::create(path, NpyType::Int64, 0);
    QVERIFY(writer && writer->add(std::array<std::int64_t, 1>{std::int64_t{1} << 60}) && writer->finish());
    const auto list = readNpy(path);
    QVERIFY(list && (list->shape == std::vector<std::int64_t>{1}) && list->integers.front() == std::int64_t{1} << 60);
    QCOMPARE(npyIdsPath("a/fp.npy"), std::string("a/fp.ids.csv"));
    QCOMPARE(npyIdsPath("fp"), std::string("fp.ids.csv"));
}

void TestNpy::unfinishedLeavesNothing()
{
    QTemporaryDir folder;
    {
        auto writer = NpyWriter::create(folder.filePath(QStringLiteral("a.npy")).toStdString(), NpyType::Float32, 1);
        QVERIFY(writer && writer->add(std::array<float, 1>{1}));
    }
    QVERIFY(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    QVERIFY(NpyWriter::create(folder.path().toStdString() + "/none/a.npy", NpyType::Float32, 1).error().code ==
            ErrorCode::NotFound);
    QVERIFY(readNpy(folder.path().toStdString() + "/none").error().code == ErrorCode::NotFound);
}

void TestNpy::readWhatNumpyWrites()
{
    const auto scalar = parseNpy(
        fileOf("{'descr': '<f4', 'fortran_order': False, 'shape': (), }          \n", std::string("\0\0\x80\x3f", 4)),
        "file");
    QVERIFY2(scalar, scalar ? "" : scalar.error().text().c_str());
    QVERIFY(scalar->shape.empty() && scalar->values == std::vector<float>{1});
    const auto second = parseNpy(fileOf("{'descr':'<i8','fortran_order':False,'shape':(0,7)}", "", 2), "file");
    QVERIFY2(second, second ? "" : second.error().text().c_str());
    QVERIFY((second->shape == std::vector<std::int64_t>{0, 7}) && second->integers.empty());
}

void TestNpy::refuse_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const std::string& bytes, const char* part) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(part);
    };
    const std::string four(4, '\0');
    const auto shaped = [&](const std::string& shape) {
        std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': ";
        return fileOf(header + shape + "}", four);
    };
    row("empty", "", "does not start");
    row("text", "hello, I am a text", "does not start");
    row("version 9", fileOf("{}", "", 9), "does not start");
    row("header beyond the end", std::string("\x93NUMPY\1\0\xff\xff{}", 12), "claims 65535");
    row("no header", fileOf("nothing", four), "header is not one");
    row("code as header", fileOf("{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,)}", four),
        "not one");
    row("key missing", fileOf("{'descr': '<f4', 'shape': (1,)}", four), "not one");
    row("other type", fileOf("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", four), "'|O'");
    row("big-endian", fileOf("{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}", four), "'>f4'");
    row("column-major", fileOf("{'descr': '<f4', 'fortran_order': True, 'shape': (1,)}", four), "column-major");
    row("one number more", shaped("(2,)"), "does not fit");
    row("negative", shaped("(-1,)"), "not one");
    row("wraps to one", shaped("(4294967296, 4294967296, 1)"), "does not fit");
    row("wraps to four bytes", shaped("(4611686018427387905,)"), "does not fit");
    row("2^64", shaped("(18446744073709551616,)"), "not one");
}

void TestNpy::refuse()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, part);
    const auto result = parseNpy(bytes.toStdString(), "file");
    QVERIFY(!result);
    QVERIFY2(result.error().text().find(part.toStdString()) != std::string::npos, result.error().text().c_str());
}

void TestNpy::surviveEveryByte()
{
    const std::string bytes = fileOf("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
                                     std::string("\0\0\x80\x3f\0\0\x20\x40", 8));
    QVERIFY(parseNpy(bytes, "file"));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(value);
            const auto result = parseNpy(changed, "file");
            QVERIFY(result || result.error().code == ErrorCode::Damaged ||
                    result.error().code == ErrorCode::Unsupported);
        }
        QVERIFY(!parseNpy(bytes.substr(0, at), "file"));
    }
}

QTEST_GUILESS_MAIN(TestNpy)
#include "tst_core_npy.moc"
