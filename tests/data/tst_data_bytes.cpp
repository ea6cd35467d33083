// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of files, of which those behind the first megabyte are read ahead; packed ones, and tables in ZIP files.
#include <QtTest>

#include "core/hash.h"
#include "core/random.h"
#include "data/bytesource.h"
#include "data/table.h"
#include "tests/data/datatest.h"
#include "tests/support/zipfiles.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

QByteArray someText(int bytes)
{
    Random random(7);
    QByteArray text;
    while (text.size() < bytes) {
        text += QByteArray::number(random.below(1'000'000)) + (text.size() % 5 == 0 ? '\n' : ',');
    }
    text.truncate(bytes);
    return text;
}

std::string hashOf(const QByteArray& bytes)
{
    Sha256 hash;
    hash.add(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    return hash.hex();
}

struct Reading {
    QByteArray bytes;
    Error fault;
    bool countsUp = true;
};

/// Bytes of a ZIP file of these members.
QByteArray zipped(const std::vector<foreign::Member>& members, bool zip64 = false)
{
    return QByteArray::fromStdString(foreign::zip(members, zip64));
}

Reading readAll(ByteSource& source, std::size_t piece)
{
    Reading reading;
    std::string buffer(piece, '\0');
    std::int64_t before = 0;
    while (true) {
        const auto got = source.read(buffer.data(), buffer.size());
        reading.countsUp = reading.countsUp && source.rawRead() >= before && source.rawRead() <= source.rawSize();
        before = source.rawRead();
        if (!got) {
            reading.fault = got.error();
        }
        if (!got || *got == 0) {
            return reading;
        }
        reading.bytes.append(buffer.data(), static_cast<qsizetype>(*got));
    }
}

} // namespace

class TestDataBytes : public QObject
{
    Q_OBJECT

    TestFolder m_folder;
    const QByteArray m_text = someText(5'000'000);

private Q_SLOTS:
    void allBytesInTheirOrder_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("piece");
        for (const int piece : {100, 65'536, 70'000, 3'000'000}) {
            QTest::addRow("plain, %d", piece) << m_text << piece;
            QTest::addRow("packed, %d", piece) << gzipped(m_text) << piece;
            QTest::addRow("in two members, %d", piece)
                << gzipped(m_text.left(2'000'000)) + gzipped(m_text.mid(2'000'000)) << piece;
            for (const bool deflated : {false, true}) {
                const foreign::Member table{"folder/table.csv", m_text.toStdString(), deflated};
                const std::vector<foreign::Member> members{
                    {"folder/", ""}, {"folder/README.txt", "About."}, {"__MACOSX/folder/._table.csv", "x"}, table};
                QTest::addRow("zip, %s, %d", deflated ? "deflated" : "stored", piece) << zipped(members, deflated) << piece;
            }
        }
    }
    void allBytesInTheirOrder()
    {
        QFETCH(QByteArray, file);
        QFETCH(int, piece);
        Sha256 hash;
        auto source = ByteSource::open(m_folder.write("bytes", file), &hash);
        QVERIFY(ok(source));
        const Reading reading = readAll(**source, static_cast<std::size_t>(piece));
        QVERIFY2(reading.fault.message.empty(), reading.fault.text().c_str());
        QVERIFY(reading.bytes == m_text);
        QVERIFY(reading.countsUp);
        QCOMPARE((*source)->rawRead(), file.size());
        char more = 0;
        QCOMPARE((*source)->read(&more, 1).value_or(9), 0U); // the end stays the end
        QVERIFY(ok((*source)->drain()));
        QCOMPARE(hash.hex(), hashOf(file));
    }

    /// What stands before a fault comes first, then the fault, as often as it is asked for.
    void faultBehindItsBytes()
    {
        const QByteArray whole = gzipped(m_text);
        auto source = ByteSource::open(m_folder.write("cut.gz", whole.left(whole.size() * 3 / 4)));
        QVERIFY(ok(source));
        const Reading reading = readAll(**source, 65'536);
        QCOMPARE(reading.fault.code, ErrorCode::Damaged);
        QVERIFY2(reading.bytes.size() > 3'000'000 && m_text.startsWith(reading.bytes),
                 QByteArray::number(reading.bytes.size()).constData());
        QCOMPARE(readAll(**source, 65'536).fault.code, ErrorCode::Damaged);
    }

    /// The name in the ZIP file tells the format, that of the ZIP file nothing.
    void tablesInZips()
    {
        const std::string smi("CCO ethanol\nC methane\n");
        auto table = openTable(m_folder.write("all.csv.zip", zipped({{"x/terms.txt", "As is."}, {"x/molecules.smi", smi, true}})));
        QVERIFY(ok(table));
        QCOMPARE((*table)->notes(), (std::vector<std::string>{"Of the ZIP file its table 'x/molecules.smi' is read."}));
        QCOMPARE((*table)->facts().packing, std::string("zip"));
        TableRow row;
        QVERIFY((*table)->next(row).value_or(false));
        QCOMPARE(row.cells, (std::vector<std::string>{"CCO", "ethanol"}));
        // Old programs write names in code pages; what is told of them is UTF-8 all the same.
        auto old = openTable(m_folder.write("old.zip", zipped({{"\x81" "ber.smi", smi}})));
        QVERIFY(ok(old));
        const QString told = QString::fromUtf8(QByteArray::fromStdString((*old)->notes().front()));
        QVERIFY2(!told.contains(QChar::ReplacementCharacter) && told.contains(QLatin1String("ber.smi")), qPrintable(told));
        // A table of next to nothing but commas packs far more than a hundredfold, and is no bomb where it is read as a stream.
        const std::string sparse = "smiles" + std::string(1'400, ',') + "\n";
        std::string many;
        while (many.size() < 70'000'000) {
            many += sparse;
        }
        auto source = ByteSource::open(m_folder.write("sparse.zip", zipped({{"sparse.csv", many, true}})));
        QVERIFY(ok(source));
        QCOMPARE(static_cast<std::size_t>(readAll(**source, 65'536).bytes.size()), many.size());
    }

    void refusedZips_data()
    {
        const std::string csv("smiles,x\nC,1\n");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("several") << zipped({{"d/a.csv", csv}, {"d/b.csv", csv}, {"c.tsv", csv}, {"d.smi", csv}})
                                 << "with 4 tables: 'a.csv', 'b.csv', 'c.tsv' and 1 more";
        QTest::newRow("several texts") << zipped({{"a.txt", csv}, {"b.txt", csv}}) << "with 2 tables: 'a.txt', 'b.txt'";
        QTest::newRow("none") << zipped({{"README.txt", csv}, {"page.html", csv}}) << "no name is that of a table";
        QTest::newRow("Excel") << zipped({{"[Content_Types].xml", "x"}, {"xl/worksheets/sheet1.xml", "x"}}) << "Excel";
        QTest::newRow("OpenDocument") << zipped({{"mimetype", "x"}, {"content.xml", "x"}}) << "an office program";
        QTest::newRow("encrypted") << zipped({{"a.csv", csv, false, 0, 0, {}, 0xffff, 1}}) << "encrypted";
        QTest::newRow("unknown packing") << zipped({{"a.csv", csv, false, 0, 0, {}, 14}}) << "packed in a way";
        QTest::newRow("packed twice") << zipped({{"a.csv.gz", gzipped("C").toStdString()}}) << "packed once more";
        QTest::newRow("Parquet") << zipped({{"a.parquet", "PAR1"}}) << "Parquet";
        QTest::newRow("leaves the folder") << zipped({{"../a.csv", csv}}) << "would leave the folder";
        QTest::newRow("another's header") << zipped({{"a.csv", csv, false, 0, 0, "b.csv"}}) << "calls itself 'b.csv'";
        QTest::newRow("cut off") << zipped({{"a.csv", csv, true}}).left(60) << "no ZIP directory at its end";
    }
    void refusedZips()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const auto table = openTable(m_folder.write("not.zip", bytes));
        QVERIFY(!table);
        const QString text = QString::fromStdString(table.error().text());
        QVERIFY2(text.contains(says) && text.contains(QLatin1String("not.zip")), qPrintable(text));
        QVERIFY(!table.error().hint.empty());
    }

    void damagedZips_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("says");
        const std::string text = m_text.toStdString();
        QTest::newRow("checksum") << zipped({{"a.csv", text, true, 7}}) << "checksum";
        QTest::newRow("checksum, stored") << zipped({{"a.csv", text, false, 7}}) << "checksum";
        QTest::newRow("less") << zipped({{"a.csv", text, true, 0, 100}}) << "less than the directory says";
        QTest::newRow("more") << zipped({{"a.csv", text, true, 0, -100}}) << "more than the directory says";
        QByteArray altered = zipped({{"a.csv", text, true}});
        altered.replace(altered.size() / 2, 64, QByteArray(64, '\xff'));
        QTest::newRow("altered") << altered << "compressed data are wrong";
    }
    void damagedZips()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, says);
        auto source = ByteSource::open(m_folder.write("bad.zip", file));
        QVERIFY(ok(source));
        const Reading reading = readAll(**source, 65'536);
        QCOMPARE(reading.fault.code, ErrorCode::Damaged);
        QVERIFY2(QString::fromStdString(reading.fault.text()).contains(says), reading.fault.text().c_str());
    }

    /// Who has enough still gets the hash of the whole file, or lets go of it.
    void leftEarly()
    {
        const QByteArray file = gzipped(m_text);
        const std::string path = m_folder.write("early.gz", file);
        for (const int wanted : {10, 1'500'000}) {
            Sha256 hash;
            auto source = ByteSource::open(path, &hash);
            QVERIFY(ok(source));
            std::string buffer(100'000, '\0');
            for (std::size_t done = 0; done < static_cast<std::size_t>(wanted);) {
                const auto got = (*source)->read(buffer.data(), buffer.size());
                QVERIFY(ok(got) && *got > 0);
                done += *got;
            }
            QVERIFY(ok((*source)->drain()));
            QCOMPARE(hash.hex(), hashOf(file));
            auto other = ByteSource::open(path);
            QVERIFY(ok(other));
            for (int i = 0; i < 20; ++i) {
                QVERIFY(ok((*other)->read(buffer.data(), buffer.size())));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDataBytes)
#include "tst_data_bytes.moc"
