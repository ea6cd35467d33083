// SPDX-License-Identifier: GPL-3.0-or-later
// The safetensors format: what is written comes back, and nothing damaged gets through.
#include <cstring>

#include <QTemporaryDir>
#include <QtTest>

#include "tests/nn/fixtures.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

std::string fileOf(const std::string& header, const std::string& data)
{
    std::string bytes(8, '\0');
    const std::uint64_t length = header.size();
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + data;
}

std::string headerWithLength(std::uint64_t length, const std::string& rest)
{
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + rest;
}

} // namespace

class TestSafetensors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survive();
    void convertTypes();
    void refuseDamage_data();
    void refuseDamage();
    void refuseEveryCut();
    void surviveEveryFlippedByte();
    void fileErrors();
};

void TestSafetensors::survive()
{
    TensorFile file;
    file.tensors["b"] = {{2, 3}, {1, -2, 3.5F, 0, 1e-30F, std::numeric_limits<float>::infinity()}};
    file.tensors["a"] = {{}, {7}};
    file.tensors["empty"] = {{0, 5}, {}};
    file.metadata = {{"format", "papilio"}, {"umlaut", "µm \"x\""}};
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("x.safetensors")).toStdString();
    QVERIFY(writeSafetensors(path, file));
    QVERIFY(writeSafetensors(path, file)); // over an existing one
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    const auto back = readSafetensors(path);
    QVERIFY2(back, back ? "" : back.error().text().c_str());
    QVERIFY(back->metadata == file.metadata);
    QCOMPARE(back->tensors.size(), std::size_t{3});
    for (const auto& [name, tensor] : file.tensors) {
        QVERIFY(back->tensors.at(name).shape == tensor.shape && back->tensors.at(name).values == tensor.values);
    }
    file.tensors["a"].shape = {2};
    QVERIFY(!writeSafetensors(path, file));
}

void TestSafetensors::convertTypes()
{
    const std::string half("\x00\x3c\x00\xc0", 4);                  // 1, -2
    const std::string brain("\x80\x3f", 2);                         // 1
    const std::string whole("\xff\xff\xff\xff\xff\xff\xff\xff", 8); // -1
    const std::string wide("\x00\x00\x00\x00\x00\x00\xe0\x3f", 8);  // 0.5
    const std::string bytes("\x01\xff", 2);
    const auto file = parseSafetensors(
        fileOf(R"({"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[1],)"
               R"("data_offsets":[4,6]},)"
               R"("i":{"dtype":"I64","shape":[1],"data_offsets":[6,14]},"d":{"dtype":"F64","shape":[1],)"
               R"("data_offsets":[14,22]},)"
               R"("u":{"dtype":"U8","shape":[2],"data_offsets":[22,24]},"s":{"dtype":"I8","shape":[2],)"
               R"("data_offsets":[24,26]}})",
               half + brain + whole + wide + bytes + bytes),
        "types");
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    QVERIFY((file->tensors.at("h").values == std::vector<float>{1, -2}));
    QVERIFY((file->tensors.at("b").values == std::vector<float>{1}));
    QVERIFY((file->tensors.at("i").values == std::vector<float>{-1}));
    QVERIFY((file->tensors.at("d").values == std::vector<float>{0.5}));
    QVERIFY((file->tensors.at("u").values == std::vector<float>{1, 255}));
    QVERIFY((file->tensors.at("s").values == std::vector<float>{1, -1}));
}

void TestSafetensors::refuseDamage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const std::string& bytes, const char* part) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(part);
    };
    const std::string four(4, '\0');
    const auto one = [&](const std::string& type, const std::string& shape, const std::string& offsets) {
        return fileOf("{\"t\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}",
                      four);
    };
    row("empty", "", "0 bytes");
    row("seven bytes", "1234567", "7 bytes");
    row("2 GB header", headerWithLength(0x80000000ULL, "{}"), "2147483648");
    row("header of 2^64-1", headerWithLength(~std::uint64_t{0}, "{}"), "claims");
    row("header beyond the end", headerWithLength(3, "{}"), "claims 3");
    row("empty header", fileOf("", ""), "JSON");
    row("no JSON", fileOf("{\"t\":", ""), "JSON");
    row("list", fileOf("[]", ""), "JSON");
    row("NaN", one("\"F32\"", "[NaN]", "[0,4]"), "JSON");
    row("1e999", one("\"F32\"", "[1e999]", "[0,4]"), "JSON");
    row("bad UTF-8", fileOf("{\"\xff\":1}", ""), "JSON");
    row("same name twice",
        fileOf(R"({"t":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[],)"
               R"("data_offsets":[0,4]}})",
               four),
        "distinct");
    row("same key twice", fileOf(R"({"t":{"dtype":"F32","shape":[],"shape":[1],"data_offsets":[0,4]}})", four),
        "distinct");
    row("deep", fileOf(std::string(100000, '['), ""), "JSON");
    row("number", fileOf("{\"t\":3}", ""), "'t'");
    row("type", one("\"F31\"", "[1]", "[0,4]"), "F31");
    row("type of another kind", one("4", "[1]", "[0,4]"), "type");
    row("negative shape", one("\"F32\"", "[-1]", "[0,4]"), "shape");
    row("fractional shape", one("\"F32\"", "[1.0]", "[0,4]"), "shape");
    row("shape too large", one("\"F32\"", "[4294967296,4294967296,4]", "[0,4]"), "shape");
    row("shape overflows to fit", one("\"F32\"", "[9223372036854775807,2,9223372036854775807]", "[0,4]"), "shape");
    row("shape of 2^63", one("\"F32\"", "[9223372036854775808]", "[0,4]"), "shape");
    row("wrong product", one("\"F32\"", "[2]", "[0,4]"), "'t'");
    row("reversed", one("\"F32\"", "[1]", "[4,0]"), "4 to 0");
    row("beyond the data", one("\"F32\"", "[1]", "[4,8]"), "there are 4");
    row("offset of 2^64-1", one("\"F32\"", "[1]", "[0,18446744073709551615]"), "there are 4");
    row("negative offset", one("\"F32\"", "[1]", "[-4,0]"), "data_offsets");
    row("three offsets", one("\"F32\"", "[1]", "[0,4,8]"), "data_offsets");
    row("overlap",
        fileOf(R"({"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[],)"
               R"("data_offsets":[2,6]}})",
               std::string(6, '\0')),
        "overlaps");
    row("twice the same bytes",
        fileOf(R"({"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[],)"
               R"("data_offsets":[0,4]}})",
               four),
        "overlaps");
    row("gap", fileOf(R"({"a":{"dtype":"F32","shape":[],"data_offsets":[4,8]}})", std::string(8, '\0')), "gap");
    row("more data", fileOf(R"({"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})", std::string(8, '\0')),
        "4 bytes belong");
    row("metadata list", fileOf(R"({"__metadata__":[]})", ""), "__metadata__");
    row("metadata number", fileOf(R"({"__metadata__":{"a":1}})", ""), "'a'");
    row("more keys", fileOf(R"({"t":{"dtype":"F32","shape":[],"data_offsets":[0,4],"x":1}})", four), "'t'");
}

void TestSafetensors::refuseDamage()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, part);
    const auto result =
        parseSafetensors({bytes.constData(), static_cast<std::size_t>(bytes.size())}, "file.safetensors");
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Damaged);
    QVERIFY2(result.error().message.find("file.safetensors") == 0, result.error().text().c_str());
    QVERIFY2(result.error().message.find(part.toStdString()) != std::string::npos, result.error().text().c_str());
}

void TestSafetensors::refuseEveryCut()
{
    TensorFile file;
    file.tensors["weights"] = {{3}, {1, 2, 3}};
    file.metadata["key"] = "value";
    const std::string bytes = toSafetensors(file);
    QVERIFY(parseSafetensors(bytes, "whole"));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        QVERIFY(!parseSafetensors(bytes.substr(0, length), "cut"));
    }
    QVERIFY(!parseSafetensors(bytes + '\0', "longer"));
}

void TestSafetensors::surviveEveryFlippedByte()
{
    TensorFile file;
    file.tensors["a"] = {{2}, {1, 2}};
    file.tensors["b"] = {{1, 2}, {3, 4}};
    const std::string bytes = toSafetensors(file);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(value);
            const auto result = parseSafetensors(changed, "flipped"); // must neither crash nor read outside
            QVERIFY(result || result.error().code == ErrorCode::Damaged);
        }
    }
}

void TestSafetensors::fileErrors()
{
    QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    QVERIFY(readSafetensors(path + "/none.safetensors").error().code == ErrorCode::NotFound);
    QVERIFY(readSafetensors(path).error().code == ErrorCode::BadInput);
    QVERIFY(writeSafetensors(path + "/none/x.safetensors", {}).error().code == ErrorCode::NotFound);
    QFile junk(folder.filePath(QStringLiteral("junk")));
    QVERIFY(junk.open(QIODevice::WriteOnly));
    junk.write(QByteArray(100000, 'x'));
    junk.close();
    QVERIFY(readSafetensors(path + "/junk").error().code == ErrorCode::Damaged);
}

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_nn_safetensors.moc"
