// SPDX-License-Identifier: GPL-3.0-or-later
// Parquet is written where Arrow is there, and refused with advice where it is not.
#include <limits>

#include <QTemporaryDir>
#include <QtTest>

#include "data/parquetwriter.h"

using namespace papilio;
using namespace papilio::data;

class TestParquet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void write();
    void unfinishedLeavesNothing();
};

void TestParquet::write()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("fp.parquet"));
    auto writer = ParquetWriter::create(path.toStdString(), {"id", "smiles"}, {"f0", "f1"});
    QCOMPARE(static_cast<bool>(writer), parquetAvailable());
    if (!writer) {
        QVERIFY(writer.error().code == ErrorCode::Unsupported);
        QVERIFY(writer.error().hint.find("libparquet-dev") != std::string::npos);
        return;
    }
    for (int row = 0; row < 20'000; ++row) {
        const std::vector<std::string> texts = {std::to_string(row), "CCO"};
        const std::vector<float> numbers = {static_cast<float>(row), std::numeric_limits<float>::quiet_NaN()};
        QVERIFY(writer->add(texts, numbers));
    }
    QVERIFY(!writer->add({}, {}));
    QVERIFY(writer->finish());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("PAR1") && bytes.endsWith("PAR1"));
    QVERIFY(bytes.contains("smiles"));
}

void TestParquet::unfinishedLeavesNothing()
{
    QTemporaryDir folder;
    {
        auto writer = ParquetWriter::create(folder.filePath(QStringLiteral("a.parquet")).toStdString(), {"id"}, {"x"});
        QVERIFY(writer || !parquetAvailable());
    }
    QVERIFY(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
}

QTEST_GUILESS_MAIN(TestParquet)
#include "tst_data_parquet.moc"
