// SPDX-License-Identifier: GPL-3.0-or-later
// YAML configurations: what a Python program would see, with lines, and bounded.
#include <cmath>

#include <QtTest>

#include "nn/yamlconfig.h"
#include "tests/nn/foreignfiles.h"

using namespace papilio;
using namespace papilio::nn;
using Json = nlohmann::ordered_json;

namespace
{

Result<YamlDocument> parse(const std::string& text)
{
    return parseYaml(text, "file");
}

} // namespace

class TestForeignYaml : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scalars_data();
    void scalars();
    void structure();
    void lines();
    void aliasesAndMerges();
    void repeatedKeys();
    void interpolations();
    void unresolved();
    void refuse_data();
    void refuse();
    void boundsGrowth();
    void publishedConfiguration();
    void surviveMutations();
};

void TestForeignYaml::scalars_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* yaml, const char* json) {
        QTest::newRow(yaml) << QByteArray(yaml) << QByteArray(json);
    };
    row("4e-5", "4e-05");
    row("1.e-7", "1e-07");
    row("1e5", "100000.0");
    row("2.E+3", "2000.0");
    row(".5", "0.5");
    row("-0.25", "-0.25");
    row("1.", "1.0");
    row("12", "12");
    row("-12", "-12");
    row("+12", "12");
    row("1_000", "1000");
    row("0x1f", "31");
    row("0o17", "15");
    row("017", "15");
    row("08", "8");
    row("0b101", "5");
    row("18446744073709551615", "18446744073709551615");
    row("1e999", "\"1e999\"");
    row("true", "true");
    row("False", "false");
    row("yes", "true");
    row("off", "false");
    row("None", "null");
    row("null", "null");
    row("~", "null");
    row("", "null");
    row("\"None\"", "\"None\"");
    row("'null'", "\"null\"");
    row("'12'", "\"12\"");
    row("!!str 12", "\"12\"");
    row("none", "\"none\"");
    row("16-true", "\"16-true\"");
    row("pyg:gine", "\"pyg:gine\"");
    row("1.2.3", "\"1.2.3\"");
    row("1e", "\"1e\"");
    row("e5", "\"e5\"");
    row("-", "[null]");
    row("- -", "[[null]]");
    row("--", "\"--\"");
    row("0x", "\"0x\"");
    row(".", "\".\"");
    row("12 # comment", "12");
    row("µm", "\"µm\"");
}

void TestForeignYaml::scalars()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, json);
    const auto document = parse(yaml.toStdString());
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    QCOMPARE(QByteArray::fromStdString(document->value.dump()), json);
    if (yaml == "12") {
        QVERIFY(std::isinf(parse("-.inf")->value.get<double>()) && parse("-.inf")->value.get<double>() < 0);
        QVERIFY(std::isnan(parse(".nan")->value.get<double>()));
    }
}

void TestForeignYaml::structure()
{
    const auto document =
        parse("b: {x: 1, y: [a, 'b']}\na:\n  - 1\n  - {z: }\n\"1\": |\n  two\n  lines\n3: >-\n  one\n  line\n");
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    QCOMPARE(document->value.dump(),
             std::string(R"({"b":{"x":1,"y":["a","b"]},"a":[1,{"z":null}],"1":"two\nlines\n","3":"one line"})"));
    QVERIFY(parse("")->value.is_null());
    QVERIFY(parse("# nothing\n")->value.is_null());
}

void TestForeignYaml::lines()
{
    const auto document = parse("# a comment\na:\n  b: 1\n  c:\n    - x\n    -\n      d/e~: 2\nf: ${a.c}\n");
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    QCOMPARE(document->lineOf("/a"), 2);
    QCOMPARE(document->lineOf("/a/b"), 3);
    QCOMPARE(document->lineOf("/a/c/0"), 5);
    QCOMPARE(document->lineOf("/a/c/1/d~1e~0"), 7);
    QVERIFY(document->value.contains(Json::json_pointer("/a/c/1/d~1e~0")));
    QCOMPARE(document->lineOf("/f/1/d~1e~0"), 8); // put there by line 8
    QCOMPARE(document->lineOf("/nothing"), 1);
    QCOMPARE(parse("")->lineOf("/x"), 0);
}

void TestForeignYaml::aliasesAndMerges()
{
    const auto document = parse("base: &base {x: 1, y: 2}\n"
                                "more: &more {y: 3, z: 4}\n"
                                "dropout: &d 0.1\n"
                                "one:\n  y: 9\n  <<: *base\n  w: *d\n"
                                "two:\n  <<: [*base, *more]\n"
                                "same: *base\n"
                                "text: {'<<': 1}\n");
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    QCOMPARE(document->value["one"].dump(), std::string(R"({"y":9,"w":0.1,"x":1})"));
    QCOMPARE(document->value["two"].dump(), std::string(R"({"x":1,"y":2,"z":4})"));
    QCOMPARE(document->value["same"].dump(), std::string(R"({"x":1,"y":2})"));
    QCOMPARE(document->value["text"].dump(), std::string(R"({"<<":1})"));
    QCOMPARE(document->lineOf("/one/w"), 7); // where it is used
    QCOMPARE(document->lineOf("/one/x"), 1); // where it is written
    QCOMPARE(document->lineOf("/same"), 10);
}

void TestForeignYaml::repeatedKeys()
{
    const auto document = parse("a: 1\nb: 2\na: 3\n");
    QVERIFY(document);
    QCOMPARE(document->value.dump(), std::string(R"({"a":3,"b":2})"));
    QCOMPARE(document->repeatedKeys.size(), std::size_t{1});
    QCOMPARE(document->repeatedKeys[0].key, std::string("a"));
    QCOMPARE(document->repeatedKeys[0].line, 3);
    QCOMPARE(document->lineOf("/a"), 3);
}

void TestForeignYaml::interpolations()
{
    const auto document = parse("constants: {seed: 42, name: mini, flag: true, dims: [7, {w: 8}]}\n"
                                "seed: ${constants.seed}\n"
                                "chain: ${seed}\n"
                                "quoted: '${constants.seed}'\n"
                                "path: ./models/${constants.name}/${seed}-${constants.flag}\n"
                                "list: ${constants.dims}\n"
                                "width: ${constants.dims[1].w}\n"
                                "through: ${list.0}\n"
                                "near: {a: 5, b: '${.a}', c: {d: '${..a}'}}\n"
                                "which: name\n"
                                "nested: ${constants.${which}}\n"
                                "escaped: \\${constants.seed}\n"
                                "forward: ${later}\n"
                                "later: ${ constants.seed }\n");
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    const Json& value = document->value;
    QVERIFY(value["seed"] == 42 && value["seed"].is_number_integer() && value["chain"] == 42);
    QVERIFY(value["quoted"] == 42);
    QCOMPARE(value["path"].get<std::string>(), std::string("./models/mini/42-True"));
    QCOMPARE(value["list"].dump(), std::string(R"([7,{"w":8}])"));
    QVERIFY(value["width"] == 8 && value["through"] == 7);
    QVERIFY(value["near"]["b"] == 5 && value["near"]["c"]["d"] == 5);
    QVERIFY(value["nested"] == "mini");
    QCOMPARE(value["escaped"].get<std::string>(), std::string("${constants.seed}"));
    QVERIFY(value["forward"] == 42 && value["later"] == 42);
    QVERIFY(document->unresolved.empty());
}

void TestForeignYaml::unresolved()
{
    const auto document = parse("a: ${now:%Y-%m-%d}\nb: x/${nothing.here}\nc: ${oc.env:HOME}\nd: ${}\ne: ${open\n"
                                "f: text ${g}\ng: [1]\nh: ${a}\n");
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    QCOMPARE(document->value["a"].get<std::string>(), std::string("${now:%Y-%m-%d}"));
    QCOMPARE(document->value["b"].get<std::string>(), std::string("x/${nothing.here}"));
    QCOMPARE(document->value["c"].get<std::string>(), std::string("${oc.env:HOME}")); // no look at this computer
    QCOMPARE(document->value["e"].get<std::string>(), std::string("${open"));
    QCOMPARE(document->unresolved.size(), std::size_t{5});
    QCOMPARE(document->unresolved[1].pointer, std::string("/b"));
    QCOMPARE(document->unresolved[1].text, std::string("${nothing.here}"));
    QVERIFY(document->unresolved[1].reason.find("/nothing/here") != std::string::npos);
}

void TestForeignYaml::refuse_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("part");
    const auto row = [](const char* name, const std::string& yaml, const char* part) {
        QTest::newRow(name) << QByteArray::fromStdString(yaml) << QByteArray(part);
    };
    row("brackets", "a: 1\nb: [1, 2\n", "line");
    row("tab", "a:\n\t- 1\n", "line 2");
    row("no such anchor", "a: *nothing\n", "line 1");
    row("several documents", "a: 1\n---\nb: 2\n", "several documents");
    row("list as key", "a: 1\n? [x]\n: 1\n", "line 2");
    row("Python's objects", "a: !!python/object/apply:os.system ['echo']\n", "python/object");
    row("tag of its own", "a: 1\nb: !env X\n", "line 2");
    row("merge of a number", "a: 1\nb: {<<: 1}\n", "line 2");
    row("alias within itself", "a: &x [1, *x]\n", "line 1");
    row("circle of one", "a: 1\nb: ${b}\n", "line 2");
    row("circle of two", "a: ${b}\nb: ${a}\n", "circle");
    row("circle through a map", "a:\n  b: ${a}\n", "circle");
    row("deep brackets", std::string(100'000, '['), "line");
    row("deep maps", std::string(100'000, '{'), "line");
    std::string nested;
    for (int i = 0; i < 200; ++i) {
        nested += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    }
    row("deep indents", nested, "deep");
    std::string chain = "a0: 1\n";
    for (int i = 1; i < 1000; ++i) {
        chain.insert(0, QStringLiteral("a%1: ${a%2}\n").arg(i).arg(i - 1).toStdString());
    }
    row("long chain", chain, "deep");
    row("large", std::string(5 << 20, '#'), "too many");
    row("binary", std::string("\0\1\2", 3), "line");
}

void TestForeignYaml::refuse()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, part);
    VERIFY_REFUSED(parse(yaml.toStdString()), ErrorCode::BadInput, part.toStdString());
}

/// A thousand million laughs, by aliases, merges and interpolations.
void TestForeignYaml::boundsGrowth()
{
    const auto layers = [](const std::string& first, const std::string& left, const std::string& item,
                           const std::string& right) {
        std::string yaml = "a0: " + first + "\n";
        for (int i = 1; i < 12; ++i) {
            yaml += QStringLiteral("a%1: ").arg(i).toStdString() + left;
            for (int k = 0; k < 10; ++k) {
                const std::string before = QString::fromStdString(item).arg(i - 1).toStdString();
                yaml += (k > 0 && left.find('[') != left.npos ? ", " : "") + before;
            }
            yaml += right + "\n";
        }
        return yaml;
    };
    std::string aliases = "a0: &a0 [lol]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = QStringLiteral("*a%1").arg(i - 1).toStdString();
        aliases += QStringLiteral("a%1: &a%1 [").arg(i).toStdString() + before;
        for (int k = 0; k < 9; ++k) {
            aliases += ", " + before;
        }
        aliases += "]\n";
    }
    VERIFY_REFUSED(parse(aliases), ErrorCode::BadInput, "grow");
    VERIFY_REFUSED(parse(layers("lol", "", "${a%1}", "")), ErrorCode::BadInput, "grow");
    VERIFY_REFUSED(parse(layers("[lol]", "[", "'${a%1}'", "]")), ErrorCode::BadInput, "grow");
    std::string many;
    for (int i = 0; i < 200'000; ++i) {
        many += "- 1\n";
    }
    VERIFY_REFUSED(parse(many), ErrorCode::BadInput, "more than");
    many.clear();
    for (int i = 0; i < 20'000; ++i) {
        many += QStringLiteral("k%1: 1\n").arg(i).toStdString();
    }
    VERIFY_REFUSED(parse(many), ErrorCode::BadInput, "keys");
}

void TestForeignYaml::publishedConfiguration()
{
    const QString folder =
        qEnvironmentVariable("PAPILIO_TEST_MODELS", QStringLiteral(PAPILIO_SOURCE_DIR "/../shared/models"));
    const QString path = folder + QStringLiteral("/minimol_v1/config.yaml");
    if (!QFileInfo::exists(path)) {
        QSKIP(qPrintable(QStringLiteral("model not here: ") + path + QStringLiteral(" (set PAPILIO_TEST_MODELS)")));
    }
    const auto document = readYaml(path.toStdString());
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    const Json& value = document->value;
    QVERIFY(document->unresolved.empty() && document->repeatedKeys.empty());
    QVERIFY(value["trainer"]["seed"] == 42);
    QVERIFY(value["trainer"]["trainer"]["max_epochs"] == 100);
    QVERIFY(value["architecture"]["gnn"]["hidden_dims"] == 336);
    QVERIFY(value["architecture"]["pe_encoders"]["last_norm"].is_null());
    QVERIFY(value["architecture"]["graph_output_nn"]["graph"]["normalization"] == "layer_norm");
    QVERIFY(value["architecture"]["graph_output_nn"]["graph"]["dropout"] == 0.02);
    QVERIFY(value["datamodule"]["args"]["processed_graph_data_path"] == "minimol_cache");
    QCOMPARE(document->lineOf("/constants/seed"), 2);
    const auto shapes = readYaml(folder.toStdString() + "/minimol_v1/base_shape.yaml");
    QVERIFY2(shapes, shapes ? "" : shapes.error().text().c_str());
    QVERIFY(shapes->value.is_object() && shapes->value.size() > 300);
}

void TestForeignYaml::surviveMutations()
{
    const std::string good =
        "a: &x {b: [1, 2.5, 'c'], d: \"e\"}\nf: {<<: *x, g: '${a.b[0]}'}\nh:\n  - ${f.d}/x\n  - |\n    i\n";
    QVERIFY(parse(good));
    const std::string marks = "&*!|>'\"%@`{}[],:?-#$\n\t \\.<~0";
    std::uint64_t state = 7;
    const auto random = [&](std::size_t below) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state >> 33) % below;
    };
    for (int round = 0; round < 20'000; ++round) {
        std::string changed = good;
        for (std::size_t count = 1 + random(5); count > 0; --count) {
            const std::size_t at = random(changed.size());
            switch (random(3)) {
            case 0:
                changed[at] = random(2) == 0 ? marks[random(marks.size())] : static_cast<char>(random(256));
                break;
            case 1:
                changed.insert(at, 1, marks[random(marks.size())]);
                break;
            default:
                changed.erase(at, 1 + random(4));
                break;
            }
        }
        const auto result = parse(changed);
        QVERIFY(result || result.error().code == ErrorCode::BadInput);
    }
}

QTEST_GUILESS_MAIN(TestForeignYaml)
#include "tst_nn_foreign_yaml.moc"
