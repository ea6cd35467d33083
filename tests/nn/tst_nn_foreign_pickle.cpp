// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles are read as data, and nothing in them is run.
#include <cmath>

#include <QtTest>

#include "core/pickle.h"
#include "core/pickleglobals.h"
#include "tests/nn/foreignfiles.h"

using namespace papilio;
using Kind = PickleNode::Kind;

namespace
{

Result<PickleDocument> parse(const std::string& bytes)
{
    return parsePickle(bytes, "file");
}

/// A document in short: None, True, 1, 1.5, 'text', b'bytes', (…), […], {…}, set{…}, <global>, @(…), call(…).
std::string shown(const PickleDocument& document, PickleId id)
{
    const PickleNode& node = document[id];
    std::string items;
    for (const PickleId item : node.items) {
        items += items.empty() ? "" : " ";
        items += shown(document, item);
    }
    switch (node.kind) {
    case Kind::None:
        return "None";
    case Kind::Bool:
        return node.integer != 0 ? "True" : "False";
    case Kind::Integer:
        return std::to_string(node.integer);
    case Kind::BigInteger:
        return "big";
    case Kind::Float:
        return QByteArray::number(node.number).toStdString();
    case Kind::Text:
        return "'" + node.text + "'";
    case Kind::Bytes:
        return "b'" + node.text + "'";
    case Kind::Tuple:
        return "(" + items + ")";
    case Kind::List:
        return "[" + items + "]";
    case Kind::Set:
        return "set{" + items + "}";
    case Kind::Dict:
        return "{" + items + "}";
    case Kind::Global:
        return "<" + node.text + ">";
    case Kind::Persistent:
        return std::string("@") + items;
    case Kind::Call:
        return "call(" + items + ")";
    }
    return {};
}

/// All bytes of a literal, NUL among them.
template <std::size_t N> std::string literal(const char (&text)[N])
{
    return {text, N - 1};
}

QByteArray bytesOf(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class TestForeignPickle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readData_data();
    void readData();
    void survivesCycles();
    void refuseCode_data();
    void refuseCode();
    void refuseDamage_data();
    void refuseDamage();
    void boundsMemory();
    void refuseEveryCut();
    void surviveEveryByte();
};

void TestForeignPickle::readData_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const std::string& bytes, const char* expected) {
        QTest::newRow(name) << bytesOf(bytes) << QByteArray(expected);
    };
    // What Python 3 writes for {'a': [1, -2, 3.5, None, True], 'b': (b'x', 'é', 2**40, 2**100), 'c': {7}}.
    row("protocol 0",
        "(dp0\nVa\np1\n(lp2\nI1\naI-2\naF3.5\naNaI01\nasVb\np3\n(c_codecs\nencode\np4\n(Vx\np5\nVlatin1\np6\n"
        "tp7\nRp8\nV\xe9\np9\nL1099511627776L\nL1267650600228229401496703205376L\ntp10\nsVc\np11\n"
        "c__builtin__\nset\np12\n((lp13\nI7\natp14\nRp15\ns.",
        "{'a' [1 -2 3.5 None True] 'b' (call(<_codecs encode> ('x' 'latin1')) 'é' 1099511627776 big) 'c' "
        "call(<__builtin__ set> ([7]))}");
    row("protocol 2",
        literal("\x80\x02}q\0(X\1\0\0\0aq\1]q\2(K\1J\xfe\xff\xff\xffG@\x0c\0\0\0\0\0\0N\x88"
                "eu."),
        "{'a' [1 -2 3.5 None True]}");
    row("protocol 4",
        literal("\x80\x04\x95\x29\0\0\0\0\0\0\0}\x94(\x8c\1a\x94]\x94(K\1J\xfe\xff\xff\xffG@\x0c\0\0\0\0\0\0N\x88"
                "e\x8c\1b\x94"
                "C\1x\x94\x85\x94u."),
        "{'a' [1 -2 3.5 None True] 'b' (b'x')}");
    row("protocol 5", literal("\x80\x05\x96\2\0\0\0\0\0\0\0xy\x94."), "b'xy'");
    row("sets", "\x80\x04\x8f(K\1K\2\x90.", "set{1 2}");
    row("frozen set", "\x80\x04(K\1K\2\x91.", "set{1 2}");
    row("stack moves",
        "\x80\x02K\1K\2"
        "0"
        "2"
        "\x86(K\3"
        "1.",
        "(1 1)");
    row("pairs",
        foreign::pickle(foreign::global("collections", "OrderedDict") + "(](](X\1" + std::string(3, '\0') +
                        "aK\1e]"
                        "(K\2K\3e"
                        "etR"),
        "{'a' 1 2 3}");
    row("ordered, with state",
        foreign::pickle(foreign::dict({foreign::text("a"), "K\1"}, foreign::orderedDict) +
                        foreign::dict({foreign::text("_metadata"), foreign::orderedDict}) + "b"),
        "{'a' 1}");
    row("quoted", "S'a\\n\\x41\\'b'\n.", "'a\nA'b'");
    row("raw unicode", "Va\\u00e9\\U0001f600\n.", "'aé😀'");
    row("python 2 bytes", literal("U\2\xff\xfe."), "b'\xff\xfe'");
    row("long of zero bytes", literal("\x8a\0."), "0");
    row("negative long", "\x8a\1\xff.", "-1");
    row("persistent text", "P1\n.", "@'1'");
    row("settings beside weights",
        foreign::pickle(foreign::global("argparse", "Namespace") + ")R" + foreign::dict({foreign::text("a"), "K\1"}) +
                        "b"),
        "call(<argparse Namespace> () {'a' 1})");
}

void TestForeignPickle::readData()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const auto document = parse(bytes.toStdString());
    QVERIFY2(document, document ? "" : document.error().text().c_str());
    QCOMPARE(bytesOf(shown(*document, document->root)), expected);
}

void TestForeignPickle::survivesCycles()
{
    // l = []; l.append(l)
    const auto cycle = parse("]q\1h\1a.");
    QVERIFY(cycle);
    QVERIFY((*cycle)[cycle->root].items == std::vector<PickleId>{cycle->root});
    // A million lists, each in the next.
    std::string deep = "]";
    for (int i = 0; i < 1'000'000; ++i) {
        deep += "\x85";
    }
    QVERIFY(parse(deep + "."));
}

void TestForeignPickle::refuseCode_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("named");
    const auto row = [](const char* name, const std::string& bytes, const char* named) {
        QTest::newRow(name) << bytesOf(bytes) << QByteArray(named);
    };
    const std::string echo = foreign::tuple({foreign::text("echo pwned")}) + "R";
    row("os.system", foreign::pickle(foreign::global("os", "system") + echo), "os.system");
    row("posix.system", foreign::pickle(foreign::global("posix", "system") + echo), "posix.system");
    row("not called", foreign::pickle(foreign::global("nt", "system")), "nt.system");
    row("eval", foreign::pickle(foreign::global("builtins", "eval") + echo), "builtins.eval");
    row("exec of Python 2", foreign::pickle(foreign::global("__builtin__", "exec") + echo), "__builtin__.exec");
    row("getattr", foreign::pickle(foreign::global("builtins", "getattr") + echo), "builtins.getattr");
    row("subprocess", foreign::pickle(foreign::global("subprocess", "Popen") + echo), "subprocess.Popen");
    row("torch.load", foreign::pickle(foreign::global("torch", "load") + echo), "torch.load");
    row("torch.hub", foreign::pickle(foreign::global("torch.hub", "load") + echo), "torch.hub.load");
    row("numpy's helpers", foreign::pickle(foreign::global("numpy.testing._private.utils", "runstring") + echo),
        "runstring");
    row("own class", foreign::pickle(foreign::global("__main__", "Net") + echo), "__main__.Net");
    row("walk through a known package", foreign::pickle(foreign::global("torch.nn", "os.system") + echo),
        "torch.nn.os.system");
    row("longer package name", foreign::pickle(foreign::global("torch.nnx", "f") + echo), "torch.nnx.f");
    row("from the stack",
        "\x80\x04\x8c\2os\x8c\6system\x93\x8c\4"
        "echo\x85R.",
        "os.system");
    row("INST", "(S'echo'\nios\nsystem\n.", "os.system");
    row("OBJ", "(cos\nsystem\nS'echo'\no.", "os.system");
    row("NEWOBJ", foreign::pickle(foreign::global("os", "system") + ")\x81"), "os.system");
    row("by partial",
        foreign::pickle(foreign::global("functools", "partial") + foreign::tuple({foreign::global("os", "system")}) +
                        "R)R"),
        "os.system");
    row("the result of a call",
        foreign::pickle(foreign::global("functools", "partial") + foreign::tuple({"N"}) + "R)R"), "a call returns");
    row("extension registry", literal("\x80\x02\x82\x01."), "extensions");
    row("control characters", foreign::pickle(foreign::global("a\x1b[2J", "f")), "a?[2J.f");
}

void TestForeignPickle::refuseCode()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, named);
    VERIFY_REFUSED(parse(bytes.toStdString()), ErrorCode::BadInput, named.toStdString());
}

void TestForeignPickle::refuseDamage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char* name, const std::string& bytes) { QTest::newRow(name) << bytesOf(bytes); };
    row("empty", "");
    row("no end", "\x80\x02}");
    row("nothing on the stack", ".");
    row("protocol 6", "\x80\x06N.");
    row("unknown instruction", "\xff.");
    row("text beyond the end", "X\xff\xff\xff\x7f"
                               "abc.");
    row("text of 2^64-1 bytes", "\x8d\xff\xff\xff\xff\xff\xff\xff\xff"
                                "abc.");
    row("bytes of 2^63", literal("\x8e\0\0\0\0\0\0\0\x80"
                                 "abc."));
    row("frame beyond the end", literal("\x80\x04\x95\xff\0\0\0\0\0\0\0N."));
    row("not UTF-8", literal("X\1\0\0\0\xff."));
    row("mark that is not there", "t.");
    row("below the mark", "N(\x85.");
    row("memo that is not there", "h\5.");
    row("negative memo", "Np-1\n.");
    row("key without a value", "}(Nu.");
    row("append to a number", "K\1Na.");
    row("item in a list", "]NNs.");
    row("call of a number", "K\1)R.");
    row("call without tuple", foreign::global("torch", "Size") + "NR.");
    row("call of nothing", "(o.");
    row("state of a number", "K\1Nb.");
    row("dict of odd pairs", foreign::global("collections", "OrderedDict") + "(](NetR.");
    row("whole number", "Ix\n.");
    row("line without end", "I1");
    row("quotes", "S'a\n.");
    row("escape", "S'\\q'\n.");
    row("surrogate", "V\\ud800\n.");
    row("buffer", "\x80\x05\x97.");
}

void TestForeignPickle::refuseDamage()
{
    QFETCH(QByteArray, bytes);
    VERIFY_REFUSED(parse(bytes.toStdString()), ErrorCode::Damaged, "pickle");
}

void TestForeignPickle::boundsMemory()
{
    VERIFY_REFUSED(parse(std::string(3'000'000, ']')), ErrorCode::BadInput, "values");
    VERIFY_REFUSED(parse(std::string("N") + std::string(3'000'000, '2')), ErrorCode::BadInput, "stack");
    VERIFY_REFUSED(parse(std::string(3'000'000, '(')), ErrorCode::BadInput, "marks");
    // One list of pairs as the argument of many dictionaries.
    std::string copies = foreign::global("collections", "OrderedDict") + "q\1" + "](";
    for (int i = 0; i < 10'000; ++i) {
        copies += "NN\x86";
    }
    copies += "e\x85q\2";
    for (int i = 0; i < 10'000; ++i) {
        copies += "h\1h\2R0";
    }
    VERIFY_REFUSED(parse(copies + "."), ErrorCode::BadInput, "copies");
    // A long name, kept once and used often.
    VERIFY_REFUSED(parse(foreign::text("torch.nn." + std::string(1000, 'x')) + foreign::text("f") + "\x93."),
                   ErrorCode::BadInput, "torch.nn.xxx");
}

void TestForeignPickle::refuseEveryCut()
{
    const std::string bytes = foreign::pickle(foreign::dict(
        {foreign::text("a"), foreign::tensor(foreign::storage("FloatStorage", "0", 6), 0, {2, 3}, {3, 1})},
        foreign::orderedDict));
    QVERIFY(parse(bytes));
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        QVERIFY(!parse(bytes.substr(0, length)));
    }
}

void TestForeignPickle::surviveEveryByte()
{
    const std::string bytes =
        "\x80\x04" +
        foreign::dict(
            {foreign::text("a"), foreign::tensor(foreign::storage("FloatStorage", "0", 6), 0, {2, 3}, {3, 1})},
            foreign::orderedDict) +
        ".";
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(value);
            const auto result = parse(changed);
            QVERIFY(result || result.error().code == ErrorCode::Damaged || result.error().code == ErrorCode::BadInput);
        }
    }
}

QTEST_GUILESS_MAIN(TestForeignPickle)
#include "tst_nn_foreign_pickle.moc"
