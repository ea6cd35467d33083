// SPDX-License-Identifier: GPL-3.0-or-later
// Files of row numbers: tables and PyTorch's dictionaries, real ones and bad ones.
#include "data/splitfile.h"

#include "tests/data/datatest.h"
#include "tests/nn/foreignfiles.h"

using namespace papilio;
using namespace papilio::data;
using store::Part;
using Rows = std::vector<std::int64_t>;

namespace
{

Rows listOf(const SplitLists& lists, const std::string& name)
{
    for (const auto& [key, rows] : lists.lists) {
        if (key == name) {
            return rows;
        }
    }
    return {-1};
}

Rows upTo(std::int64_t from, std::int64_t to)
{
    Rows rows;
    for (std::int64_t row = from; row < to; ++row) {
        rows.push_back(row);
    }
    return rows;
}

std::string list(const std::vector<std::int64_t>& values)
{
    std::string out = "](";
    for (const std::int64_t value : values) {
        out += foreign::integer(value);
    }
    return out + "e";
}

/// numpy.array as torch.save writes it: bytes as text, in Latin-1.
std::string numpyArray(const std::string& type, std::int64_t count, const std::string& latin1AsUtf8)
{
    using namespace foreign;
    const std::string dtype = global("numpy", "dtype") + tuple({text(type), "\x89", "\x88"}) + "R" +
                              tuple({integer(3), text("<"), "N", "N", "N", integer(-1), integer(-1), integer(0)}) + "b";
    const std::string bytes = global("_codecs", "encode") + tuple({text(latin1AsUtf8), text("latin1")}) + "R";
    return global("numpy.core.multiarray", "_reconstruct") +
           tuple({global("numpy", "ndarray"), integers({0}), text("b")}) + "R" +
           tuple({integer(1), integers({count}), dtype, "\x89", bytes}) + "b";
}

} // namespace

class SplitFileTest : public QObject
{
    Q_OBJECT

private:
    TestFolder m_folder;

    void refused(const Result<SplitLists>& read, const char* why)
    {
        QVERIFY(!read);
        QVERIFY2(read.error().text().find(why) != std::string::npos, read.error().text().c_str());
    }

private Q_SLOTS:
    void tables()
    {
        const auto lists = readSplitFile(m_folder.write("a.csv", ",train,val,test\n0,0,3.0,5\n1,1,4.0,\n2,2,,nan\n"));
        QVERIFY(ok(lists));
        QCOMPARE(lists->lists.size(), std::size_t{3});
        QCOMPARE(listOf(*lists, "train"), (Rows{0, 1, 2}));
        QCOMPARE(listOf(*lists, "val"), (Rows{3, 4}));
        QCOMPARE(listOf(*lists, "test"), (Rows{5}));
        const auto packed = readSplitFile(m_folder.write("b.csv.gz", gzipped("train,test\r\n7,9191.0\r\n")));
        QVERIFY(ok(packed));
        QCOMPARE(listOf(*packed, "test"), (Rows{9191}));
    }

    void badTables()
    {
        refused(readSplitFile(m_folder.write("c.csv", "train,val\n1,x\n")), "row 0, column 'val': 'x' is no row number");
        refused(readSplitFile(m_folder.write("d.csv", "train,val\n1,-3\n")), "'-3' is no row number");
        refused(readSplitFile(m_folder.write("e.csv", "train,val\n1.5,3\n")), "'1.5' is no row number");
        refused(readSplitFile(m_folder.write("f.csv", "train,val\n1e300,3\n")), "no row number");
        refused(readSplitFile(m_folder.path("none.csv")), "none.csv");
    }

    void realTables()
    {
        PAPILIO_TEST_FILE(zinc, "toymix/ZINC12k_splits.csv.gz");
        const auto lists = readSplitFile(zinc.toStdString());
        QVERIFY(ok(lists));
        QCOMPARE(listOf(*lists, "train"), upTo(0, 10000));
        QCOMPARE(listOf(*lists, "val"), upTo(10000, 11000));
        QCOMPARE(listOf(*lists, "test"), upTo(11000, 12000));
        PAPILIO_TEST_FILE(cls, "downstream/graphium_finetune/cls_cyp2d6_splits.csv.gz");
        const auto large = readSplitFile(cls.toStdString());
        QVERIFY(ok(large));
        QCOMPARE(large->lists.size(), std::size_t{3});
        QCOMPARE(listOf(*large, "train").size(), std::size_t{9191});
        QCOMPARE(listOf(*large, "val").size(), std::size_t{1313});
        QCOMPARE(listOf(*large, "test").size(), std::size_t{2626});
        PAPILIO_TEST_FILE(reg, "downstream/graphium_finetune/reg_small_splits.csv.gz");
        const auto small = readSplitFile(reg.toStdString());
        QVERIFY(ok(small));
        QCOMPARE(listOf(*small, "train").size(), std::size_t{109});
        QCOMPARE(listOf(*small, "val").size(), std::size_t{17});
        QCOMPARE(listOf(*small, "test").size(), std::size_t{34});
    }

    void realDictionaries()
    {
        PAPILIO_TEST_FILE(first, "toymix_tiny/qm9_random_splits.pt");
        for (const char* name : {"qm9", "Tox21", "ZINC12k"}) {
            const QString file = testDataFolder() + QStringLiteral("/toymix_tiny/%1_random_splits.pt").arg(QLatin1String(name));
            const auto lists = readSplitFile(file.toStdString());
            QVERIFY(ok(lists));
            QCOMPARE(lists->lists.size(), std::size_t{3});
            QCOMPARE(listOf(*lists, "train"), upTo(0, 5));
            QCOMPARE(listOf(*lists, "val"), upTo(5, 15));
            QCOMPARE(listOf(*lists, "test"), upTo(15, 20));
        }
    }

    void dictionaries()
    {
        using namespace foreign;
        const std::string longs = storage("LongStorage", "0", 10);
        const std::string bytes = checkpoint(
            pickle(dict({text("train"), list({1, 2, 3}), text("val"), integers({4, 5}), text("test"),
                         tensor(longs, 4, {3}, {2}), text("extra"), numpyArray("i4", 2, std::string("\1\0\0\0\xc3\xbf\1\0\0", 9))})),
            {raw<std::int64_t>({0, 1, 2, 3, 10, 11, 12, 13, 14, 15})});
        const auto lists = parseSplitPickle(bytes, "file");
        QVERIFY(ok(lists));
        QCOMPARE(listOf(*lists, "train"), (Rows{1, 2, 3}));
        QCOMPARE(listOf(*lists, "val"), (Rows{4, 5}));
        QCOMPARE(listOf(*lists, "test"), (Rows{10, 12, 14}));
        QCOMPARE(listOf(*lists, "extra"), (Rows{1, 511}));
        const auto plain = parseSplitPickle(pickle(dict({text("train"), list({7})})), "file");
        QVERIFY(ok(plain));
        QCOMPARE(listOf(*plain, "train"), (Rows{7}));
    }

    /// Far more numbers than a pickle of weights may have values.
    void longDictionaries()
    {
        using namespace foreign;
        std::string items = "]";
        for (int chunk = 0; chunk < 2500; ++chunk) {
            items += "(";
            for (int i = 0; i < 1000; ++i) {
                items += 'J';
                items += number(static_cast<std::uint64_t>(chunk * 1000 + i), 4);
            }
            items += "e";
        }
        const auto lists = parseSplitPickle(checkpoint(pickle(dict({text("train"), items})), {}), "file");
        QVERIFY(ok(lists));
        QCOMPARE(listOf(*lists, "train"), upTo(0, 2'500'000));
    }

    void badDictionaries()
    {
        using namespace foreign;
        const auto read = [](const std::string& value) { return parseSplitPickle(checkpoint(pickle(value), {}), "file"); };
        refused(read(list({1})), "no dictionary");
        refused(read(dict({integer(1), list({1})})), "no text");
        refused(read(dict({text("train"), list({-1})})), "is -1");
        refused(read(dict({text("train"), "](N" "e"})), "no whole number");
        refused(read(dict({text("train"), text("1,2")})), "no list");
        refused(read(dict({text("train"), global("os", "system") + tuple({text("true")}) + "R"})), "os.system");
        refused(read(dict({text("train"), numpyArray("f8", 1, std::string(8, '\1'))})), "whole numbers");
        refused(read(dict({text("train"), numpyArray("i8", 3, std::string(8, '\1'))})), "cut off");
        refused(read(dict({text("train"), tensor(storage("LongStorage", "0", 4), 0, {4}, {1})})), "missing");
        refused(parseSplitPickle(checkpoint(pickle(dict({text("train"), tensor(storage("FloatStorage", "0", 1), 0, {1}, {1})})),
                                            {raw<float>({1})}),
                                 "file"),
                "whole numbers");
        refused(parseSplitPickle(std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 14) + "rest", "file"),
                "before version 1.6");
        refused(parseSplitPickle("\x80\x02}", "file"), "pickle");
        // A number that something else refers to may not be taken out of the document.
        refused(read(dict({text("train"), "](K\5q\1e", text("val"), "](h\1Ne"})), "no whole number");
    }

    void writesWhatItReads()
    {
        const std::vector<Part> parts = {Part::Train, Part::Test, Part::None, Part::Train, Part::Validation, Part::Train};
        const std::string path = m_folder.path("out.csv");
        QVERIFY(ok(writeSplitFile(path, parts)));
        QCOMPARE(fileBytes(path), QByteArray("train,val,test\n0,4,1\n3,,\n5,,\n"));
        auto lists = readSplitFile(path);
        QVERIFY(ok(lists));
        QCOMPARE(listOf(*lists, "train"), (Rows{0, 3, 5}));
        QVERIFY(ok(writeSplitFile(path, {Part::TestSeen, Part::Train})));
        QCOMPARE(fileBytes(path), QByteArray("train,val,test,test_seen\n1,,,0\n"));
        QVERIFY(!writeSplitFile(m_folder.path("no/such/folder.csv"), parts));
    }

    void customaryNames()
    {
        QCOMPARE(partFromCustomaryName(" Train "), std::optional(Part::Train));
        QCOMPARE(partFromCustomaryName("Valid"), std::optional(Part::Validation));
        QCOMPARE(partFromCustomaryName("test-dev"), std::optional(Part::Test));
        QCOMPARE(partFromCustomaryName("test_seen"), std::optional(Part::TestSeen));
        QVERIFY(!partFromCustomaryName("0"));
        QVERIFY(!partFromCustomaryName(""));
    }
};

QTEST_GUILESS_MAIN(SplitFileTest)
#include "tst_data_splitfile.moc"
