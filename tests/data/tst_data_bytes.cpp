// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of files, of which those behind the first megabyte are read ahead.
#include <QtTest>

#include "core/hash.h"
#include "core/random.h"
#include "data/bytesource.h"
#include "tests/data/datatest.h"

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
