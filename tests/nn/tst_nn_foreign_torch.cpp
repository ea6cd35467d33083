// SPDX-License-Identifier: GPL-3.0-or-later
// PyTorch's checkpoints: the numbers that torch has, and a reason for every file that is refused.
#include <limits>

#include <QTemporaryDir>
#include <QtTest>

#include "nn/torchzip.h"
#include "tests/nn/foreignfiles.h"

using namespace papilio;
using namespace papilio::nn;
using foreign::dict;
using foreign::orderedDict;
using foreign::pickle;
using foreign::raw;
using foreign::storage;
using foreign::tensor;
using foreign::text;

namespace
{

Result<TensorFile> parse(const std::string& bytes)
{
    return parseTorchZip(bytes, "file");
}

/// A checkpoint of one tensor 'a' of six floats in storage 0.
std::string oneTensor(const std::string& described, const std::vector<std::string>& storages = {std::string(24, '\0')})
{
    return foreign::checkpoint(pickle(dict({text("a"), described}, orderedDict)), storages);
}

const std::string sixFloats = storage("FloatStorage", "0", 6);

QString modelFile()
{
    const QString folder = qEnvironmentVariable("PAPILIO_TEST_MODELS");
    return (folder.isEmpty() ? QStringLiteral(PAPILIO_SOURCE_DIR "/../shared/models") : folder) +
           QStringLiteral("/minimol_v1/state_dict.pth");
}

std::string written(QTemporaryDir& folder, const QString& name, const std::string& bytes)
{
    QFile file(folder.filePath(name));
    [&] { QVERIFY(file.open(QIODevice::WriteOnly)); }();
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    return file.fileName().toStdString();
}

double sumOf(const HostTensor& tensor)
{
    double sum = 0;
    for (const float value : tensor.values) {
        sum += value;
    }
    return sum;
}

} // namespace

class TestForeignTorch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishedModel();
    void convertTypes();
    void followViews();
    void wrappedTensors();
    void findStateDictionary();
    void stripPrefixes();
    void refuseTensors_data();
    void refuseTensors();
    void refuseCode();
    void refuseFiles();
    void refuseRepeats();
    void formatsByContent();
    void refuseEveryCut();
    void surviveMutations();
};

/// Numbers as torch.load has them.
void TestForeignTorch::publishedModel()
{
    const QString path = modelFile();
    if (!QFileInfo::exists(path)) {
        QSKIP(qPrintable(QStringLiteral("model not here: ") + path + QStringLiteral(" (set PAPILIO_TEST_MODELS)")));
    }
    const auto file = readWeights(path.toStdString());
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    QCOMPARE(file->tensors.size(), std::size_t{344});
    std::size_t values = 0, epsilons = 0;
    double sum = 0, sizes = 0;
    for (const auto& [name, tensor] : file->tensors) {
        values += tensor.values.size();
        epsilons += name.ends_with(".eps") ? tensor.values.size() : 0;
        for (const float value : tensor.values) {
            sum += value;
            sizes += std::abs(value);
        }
    }
    // Sixteen of them are the constant ε of the graph layers. The network has 10,325,697 parameters; the 2,048 between
    // are a layer norm of the graph-level output network that the file lacks and that stays 1 and 0.
    QCOMPARE(values, std::size_t{10'323'665});
    QCOMPARE(epsilons, std::size_t{16});
    QCOMPARE(values - epsilons + 2048, std::size_t{10'325'697});
    QVERIFY(std::abs(sum - 169718.1726276278) < 1e-6);
    QVERIFY(std::abs(sizes - 753844.8430336118) < 1e-6);
    const HostTensor& last = file->tensors.at("gnn.layers.15.model.nn.fully_connected.1.linear.weight");
    QVERIFY((last.shape == std::vector<std::int64_t>{512, 336}));
    QCOMPARE(last.values.front(), -0.050079345703125F);
    QCOMPARE(last.values[1], -0.005809783935546875F);
    QCOMPARE(last.values.back(), -0.06903076171875F);
    QVERIFY(std::abs(sumOf(last) + 57.0788412094) < 1e-8);
    const HostTensor& bias = file->tensors.at("task_heads.task_heads.pcba_1328.layers.1.linear.bias");
    QVERIFY((bias.shape == std::vector<std::int64_t>{1328}));
    QVERIFY(std::abs(sumOf(bias) - 787.6349859238) < 1e-8);
    QCOMPARE(file->metadata.at("stored_as"), std::string("float16"));
    QCOMPARE(file->metadata.at("prefix"), std::string("model."));
}

void TestForeignTorch::convertTypes()
{
    std::vector<std::string> items, storages;
    const auto add = [&](const std::string& type, const std::string& bytes, std::int64_t count) {
        items.push_back(text(type));
        items.push_back(tensor(storage(type, std::to_string(storages.size()), count), 0, {count}, {1}));
        storages.push_back(bytes);
    };
    add("HalfStorage", raw<std::uint16_t>({0x3e00, 0x7bff, 0x0001}), 3);
    add("BFloat16Storage", raw<std::uint16_t>({0x4049}), 1);
    add("DoubleStorage", raw<double>({0.5, -1e300}), 2);
    add("LongStorage", raw<std::int64_t>({-1, std::int64_t{1} << 40}), 2);
    add("IntStorage", raw<std::int32_t>({-7}), 1);
    add("ShortStorage", raw<std::int16_t>({-300}), 1);
    add("CharStorage", "\xff", 1);
    add("ByteStorage", "\xff", 1);
    add("BoolStorage", std::string("\1\0", 2), 2);
    const auto file = parse(foreign::checkpoint(pickle(dict(items, orderedDict)), storages));
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    const auto values = [&](const char* name) { return file->tensors.at(name).values; };
    QVERIFY((values("HalfStorage") == std::vector<float>{1.5F, 65504.0F, 0x1p-24F}));
    QVERIFY((values("BFloat16Storage") == std::vector<float>{3.140625F}));
    QVERIFY((values("DoubleStorage") == std::vector<float>{0.5F, -std::numeric_limits<float>::infinity()}));
    QVERIFY((values("LongStorage") == std::vector<float>{-1, 0x1p40F}));
    QVERIFY((values("IntStorage") == std::vector<float>{-7}));
    QVERIFY((values("ShortStorage") == std::vector<float>{-300}));
    QVERIFY((values("CharStorage") == std::vector<float>{-1}));
    QVERIFY((values("ByteStorage") == std::vector<float>{255}));
    QVERIFY((values("BoolStorage") == std::vector<float>{1, 0}));
}

void TestForeignTorch::followViews()
{
    std::vector<float> numbers(24);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = static_cast<float>(i);
    }
    const std::string base = storage("FloatStorage", "0", 24);
    const auto file = parse(foreign::checkpoint(
        pickle(dict({text("transposed"), tensor(base, 0, {6, 4}, {1, 6}), text("part"), tensor(base, 6, {2, 3}, {6, 2}),
                     text("expanded"), tensor(base, 1, {3, 2}, {0, 1}), text("scalar"), tensor(base, 23, {}, {}),
                     text("empty"), tensor(base, 24, {0, 3}, {3, 1}), text("cube"),
                     tensor(base, 0, {2, 3, 4}, {12, 4, 1})})),
        {raw(numbers)}));
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    const auto values = [&](const char* name) { return file->tensors.at(name).values; };
    const std::vector<float> transposed = values("transposed");
    QCOMPARE(transposed.size(), std::size_t{24});
    for (std::size_t i = 0; i < 24; ++i) {
        QCOMPARE(transposed[i], static_cast<float>(i % 4 * 6 + i / 4));
    }
    QVERIFY((values("part") == std::vector<float>{6, 8, 10, 12, 14, 16}));
    QVERIFY((values("expanded") == std::vector<float>{1, 2, 1, 2, 1, 2}));
    QVERIFY((values("scalar") == std::vector<float>{23}));
    QVERIFY(values("empty").empty());
    QVERIFY((file->tensors.at("empty").shape == std::vector<std::int64_t>{0, 3}));
    QVERIFY(values("cube") == numbers);
}

void TestForeignTorch::wrappedTensors()
{
    const std::string plain = tensor(sixFloats, 0, {6}, {1});
    const std::string arguments = foreign::tuple(
        {sixFloats, foreign::integer(0), foreign::integers({6}), foreign::integers({1}), "\x89", orderedDict});
    const std::vector<std::string> storages = {raw<float>({1, 2, 3, 4, 5, 6})};
    for (const std::string& described :
         {foreign::global("torch._utils", "_rebuild_parameter") + foreign::tuple({plain, "\x88", orderedDict}) + "R",
          foreign::global("torch._utils", "_rebuild_parameter_with_state") +
              foreign::tuple({plain, "\x88", orderedDict, dict({text("infshape"), "N"})}) + "R",
          foreign::global("torch._tensor", "_rebuild_from_type_v2") +
              foreign::tuple({foreign::global("torch._utils", "_rebuild_tensor_v2"),
                              foreign::global("torch.nn.parameter", "Parameter"), arguments, "}"}) +
              "R"}) {
        const auto file = parse(oneTensor(described, storages));
        QVERIFY2(file, file ? "" : file.error().text().c_str());
        QVERIFY((file->tensors.at("a").values == std::vector<float>{1, 2, 3, 4, 5, 6}));
    }
}

void TestForeignTorch::findStateDictionary()
{
    const std::string plain = tensor(sixFloats, 0, {6}, {1});
    const std::string settings = foreign::global("argparse", "Namespace") + ")R";
    const std::string number = foreign::global("numpy.core.multiarray", "scalar") +
                               foreign::tuple({foreign::global("numpy", "dtype") + foreign::tuple({text("f8")}) + "R",
                                               std::string("C\x08") + raw<double>({0.5})}) +
                               "R";
    const auto file = parse(foreign::checkpoint(
        pickle(dict({text("epoch"), "K\3", text("hyper_parameters"),
                     dict({text("class"), foreign::global("torch.nn.modules.activation", "ReLU"), text("args"),
                           settings, text("score"), number}),
                     text("optimizer_states"), "]", text("state_dict"),
                     dict({text("model.a"), plain, text("model._extra_state"), "N"}, orderedDict)})),
        {raw<float>({1, 2, 3, 4, 5, 6})}));
    QVERIFY2(file, file ? "" : file.error().text().c_str());
    QCOMPARE(file->tensors.size(), std::size_t{1});
    QVERIFY((file->tensors.at("a").values == std::vector<float>{1, 2, 3, 4, 5, 6}));
    QCOMPARE(file->metadata.at("container"), std::string("state_dict"));
    QCOMPARE(file->metadata.at("ignored"), std::string("4")); // three beside the dictionary, one in it
    const std::vector<std::string> storages = {std::string(24, '\0')};
    VERIFY_REFUSED(parse(foreign::checkpoint(pickle(dict({text("lr"), "K\1"})), storages)), ErrorCode::BadInput,
                   "'lr'");
    VERIFY_REFUSED(parse(foreign::checkpoint(pickle("K\1"), storages)), ErrorCode::BadInput, "no dictionary");
    VERIFY_REFUSED(
        parse(foreign::checkpoint(pickle(foreign::global("torch.nn.modules.linear", "Linear") + ")\x81}b"), storages)),
        ErrorCode::BadInput, "torch.nn.modules.linear.Linear");
}

void TestForeignTorch::stripPrefixes()
{
    for (const char* prefix :
         {"", "model.", "module.", "module.model.", "_forward_module.model.", "model._orig_mod."}) {
        const auto file = parse(foreign::smallCheckpoint(prefix));
        QVERIFY2(file, file ? "" : file.error().text().c_str());
        QVERIFY(file->tensors.contains("a") && file->tensors.contains("b") && file->tensors.contains("h"));
        QCOMPARE(file->metadata.at("prefix"), std::string(prefix));
    }
    // Not shared by all: part of the name.
    const std::string plain = tensor(sixFloats, 0, {6}, {1});
    const auto file = parse(
        foreign::checkpoint(pickle(dict({text("model.a"), plain, text("head.b"), plain})), {std::string(24, '\0')}));
    QVERIFY(file && file->tensors.contains("model.a"));
}

void TestForeignTorch::refuseTensors_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const std::string& bytes, const char* part) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(part);
    };
    constexpr std::int64_t large = std::int64_t{1} << 62;
    row("one too many", oneTensor(tensor(sixFloats, 0, {7}, {1})), "value 7 of 6");
    row("offset", oneTensor(tensor(sixFloats, 1, {6}, {1})), "value 7 of 6");
    row("strides", oneTensor(tensor(sixFloats, 0, {2, 2}, {5, 1})), "value 7 of 6");
    row("negative stride", oneTensor(tensor(sixFloats, 5, {6}, {-1})), "negative");
    row("negative size", oneTensor(tensor(sixFloats, 0, {-1}, {1})), "negative");
    row("negative offset", oneTensor(tensor(sixFloats, -1, {1}, {1})), "negative");
    row("fewer strides", oneTensor(tensor(sixFloats, 0, {2, 3}, {1})), "strides");
    row("2^124 values", oneTensor(tensor(sixFloats, 0, {large, large}, {0, 0})), "too many values");
    row("strides that wrap", oneTensor(tensor(sixFloats, 0, {5, 5}, {large, large})), "outside");
    row("offset that wraps", oneTensor(tensor(sixFloats, large, {2}, {large})), "outside");
    row("storage of 2^62", oneTensor(tensor(storage("FloatStorage", "0", large), 0, {6}, {1})), "has a storage");
    row("negative storage", oneTensor(tensor(storage("FloatStorage", "0", -6), 0, {6}, {1})), "has a storage");
    row("storage is longer", oneTensor(tensor(sixFloats, 0, {6}, {1}), {std::string(28, '\0')}), "has 28");
    row("storage is shorter", oneTensor(tensor(sixFloats, 0, {6}, {1}), {std::string(20, '\0')}), "has 20");
    row("storage is missing", oneTensor(tensor(storage("FloatStorage", "9", 6), 0, {6}, {1})), "is missing");
    row("storage elsewhere", oneTensor(tensor(storage("FloatStorage", "../data.pkl", 6), 0, {6}, {1})), "is missing");
    row("no storage", oneTensor(tensor("N", 0, {6}, {1})), "no storage");
    row("an object as storage", oneTensor(tensor(foreign::global("argparse", "Namespace") + ")R", 0, {6}, {1})),
        "no storage");
    row("a parameter of nothing",
        oneTensor(foreign::global("torch._utils", "_rebuild_parameter") + foreign::tuple({"N", "\x88", "N"}) + "R"),
        "no tensor");
    row("few arguments", oneTensor(foreign::global("torch._utils", "_rebuild_tensor_v2") + ")R"), "not described");
    row("conjugated",
        oneTensor(foreign::global("torch._utils", "_rebuild_tensor_v2") +
                  foreign::tuple({sixFloats, foreign::integer(0), foreign::integers({6}), foreign::integers({1}),
                                  "\x89", "N", dict({text("conj"), "\x88"})}) +
                  "R"),
        "conjugated");
    const std::string plain = tensor(sixFloats, 0, {6}, {1});
    row("name twice", foreign::checkpoint(pickle(dict({text("a"), plain, text("a"), plain})), {std::string(24, '\0')}),
        "twice");
    row("name is a number", foreign::checkpoint(pickle(dict({"K\1", plain})), {std::string(24, '\0')}), "no text");
}

void TestForeignTorch::refuseTensors()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, part);
    VERIFY_REFUSED(parse(bytes.toStdString()), ErrorCode::Damaged, part.toStdString());
}

void TestForeignTorch::refuseCode()
{
    const std::string run =
        foreign::global("posix", "system") + foreign::tuple({text("touch /tmp/papilio-was-here")}) + "R";
    const std::string plain = tensor(sixFloats, 0, {6}, {1});
    for (const std::string& body :
         {dict({text("a"), plain, text("b"), run}), run,
          dict({text("state_dict"), dict({text("a"), plain}), text("hyper_parameters"), dict({text("x"), run})}),
          dict({text("a"), foreign::global("torch._utils", "_rebuild_tensor_v2") + foreign::tuple({run}) + "R"})}) {
        VERIFY_REFUSED(parse(foreign::checkpoint(pickle(body), {std::string(24, '\0')})), ErrorCode::BadInput,
                       "posix.system");
    }
    VERIFY_REFUSED(parse(oneTensor(tensor(storage("ComplexFloatStorage", "0", 3), 0, {3}, {1}))), ErrorCode::BadInput,
                   "torch.ComplexFloatStorage");
    QVERIFY(!QFileInfo::exists(QStringLiteral("/tmp/papilio-was-here")));
}

void TestForeignTorch::refuseFiles()
{
    const std::string good = pickle(dict({text("a"), tensor(sixFloats, 0, {6}, {1})}));
    const std::vector<std::string> storages = {std::string(24, '\0')};
    QVERIFY(parse(foreign::checkpoint(good, storages, {{"archive/byteorder", "little"}})));
    VERIFY_REFUSED(parse(foreign::checkpoint(good, storages, {{"archive/byteorder", "big"}})), ErrorCode::Unsupported,
                   "big-endian");
    VERIFY_REFUSED(parse(foreign::checkpoint(good, storages, {{"archive/constants.pkl", "x"}})), ErrorCode::Unsupported,
                   "TorchScript");
    VERIFY_REFUSED(parse(foreign::checkpoint(good, storages, {{"other/data.pkl", "x"}})), ErrorCode::BadInput,
                   "more than one");
    VERIFY_REFUSED(parse(foreign::zip({{"model/a.txt", "x"}})), ErrorCode::BadInput, "no data.pkl");
    VERIFY_REFUSED(parse(foreign::zip({{"m/state.pth", "x"}, {"m-1.0.dist-info/WHEEL", "x"}})), ErrorCode::BadInput,
                   "wheel");
    VERIFY_REFUSED(parse(foreign::checkpoint(good, storages, {{"archive/../../x", "x"}})), ErrorCode::BadInput,
                   "leave");
    foreign::Member broken{"archive/data/0", std::string(24, '\0')};
    broken.crcChange = 1;
    VERIFY_REFUSED(parse(foreign::zip({{"archive/data.pkl", good}, broken})), ErrorCode::Damaged, "checksum");
    foreign::Member claim{"archive/data.pkl", std::string(2000, 'x'), true};
    claim.sizeChange = 2'000; // a pickle that unpacks to something else than it says
    VERIFY_REFUSED(parse(foreign::zip({claim})), ErrorCode::Damaged, "unpacked");
    VERIFY_REFUSED(parse("text"), ErrorCode::Damaged, "ZIP");
}

/// A few bytes that describe a thousand copies of one storage.
void TestForeignTorch::refuseRepeats()
{
    const std::vector<std::string> storages = {std::string(4 << 10, '\0')};
    const std::string base = storage("FloatStorage", "0", 1024);
    VERIFY_REFUSED(
        parse(foreign::checkpoint(pickle(dict({text("a"), tensor(base, 0, {1'000'000'000, 1024}, {0, 1})})), storages)),
        ErrorCode::BadInput, "repeat");
    std::vector<std::string> items;
    for (int i = 0; i < 3000; ++i) {
        items.push_back(text(std::to_string(i)));
        items.push_back(tensor(storage("FloatStorage", "0", 16384), 0, {16384}, {1}));
    }
    VERIFY_REFUSED(parse(foreign::checkpoint(pickle(dict(items)), {std::string(64 << 10, '\0')})), ErrorCode::BadInput,
                   "repeat");
}

void TestForeignTorch::formatsByContent()
{
    QTemporaryDir folder;
    TensorFile safe;
    safe.tensors["a"] = {{1}, {5}};
    // Whatever they are called.
    const std::string torch = written(folder, QStringLiteral("x.safetensors"), foreign::smallCheckpoint("model."));
    const std::string tensors = written(folder, QStringLiteral("x.pth"), toSafetensors(safe));
    QVERIFY((readWeights(torch)->tensors.at("a").values == std::vector<float>{1, 2, 3, 4, 5, 6}));
    QVERIFY((readWeights(torch)->tensors.at("b").values == std::vector<float>{2, 5}));
    QVERIFY((readWeights(tensors)->tensors.at("a").values == std::vector<float>{5}));
    QVERIFY(readTorchZip(tensors).error().message.find("safetensors") != std::string::npos);

    const std::string legacy = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
    const auto error = [&](const QString& name, const std::string& bytes) {
        return readWeights(written(folder, name, bytes)).error();
    };
    QVERIFY(error(QStringLiteral("old.pt"), legacy).message.find("before version 1.6") != std::string::npos);
    QVERIFY(error(QStringLiteral("a.pkl"), pickle("N")).message.find("plain pickle") != std::string::npos);
    QVERIFY(error(QStringLiteral("empty.pth"), "").code == ErrorCode::BadInput);
    QVERIFY(error(QStringLiteral("text.pth"), "hello, this is a text").code == ErrorCode::BadInput);
    QVERIFY(error(QStringLiteral("empty.safetensors"), "").code == ErrorCode::Damaged);
    const auto header = error(QStringLiteral("2gb.safetensors"), foreign::number(0x80000000ULL, 8) + "{}");
    QVERIFY(header.code == ErrorCode::Damaged && header.message.find("2147483648") != std::string::npos);
    QVERIFY(readWeights(folder.path().toStdString() + "/none").error().code == ErrorCode::NotFound);
    QVERIFY(readWeights(folder.path().toStdString()).error().code == ErrorCode::BadInput);
}

void TestForeignTorch::refuseEveryCut()
{
    const std::string bytes = foreign::smallCheckpoint();
    QVERIFY(parse(bytes));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        QVERIFY(!parse(bytes.substr(0, length)));
    }
}

/// Changed bytes must neither crash nor read outside; checksums are switched off by repairing them, so that changes
/// reach the pickle.
void TestForeignTorch::surviveMutations()
{
    const std::string whole = foreign::smallCheckpoint("model.");
    const std::string inner = pickle(dict({text("a"), tensor(sixFloats, 0, {2, 3}, {3, 1})}, orderedDict));
    std::uint64_t state = 20231103;
    const auto random = [&](std::size_t below) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state >> 33) % below;
    };
    int read = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string changed = round % 2 == 0 ? whole : inner;
        for (std::size_t count = 1 + random(4); count > 0; --count) {
            const std::size_t at = random(changed.size());
            switch (random(4)) {
            case 0:
                changed[at] = static_cast<char>(random(256));
                break;
            case 1:
                changed[at] = static_cast<char>(changed[at] ^ 1 << random(8));
                break;
            case 2:
                changed.insert(at, 1, static_cast<char>(random(256)));
                break;
            default:
                changed.erase(at, 1 + random(3));
                break;
            }
        }
        const auto result =
            parse(round % 2 == 0 ? changed : foreign::checkpoint(changed, {raw<float>({1, 2, 3, 4, 5, 6})}));
        read += result ? 1 : 0;
        QVERIFY(result || result.error().code == ErrorCode::Damaged || result.error().code == ErrorCode::BadInput ||
                result.error().code == ErrorCode::Unsupported);
    }
    QVERIFY(read < 10'000);
}

QTEST_GUILESS_MAIN(TestForeignTorch)
#include "tst_nn_foreign_torch.moc"
