// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads from a server that drops, lies, redirects, stalls, ignores ranges and changes its files.
#include <chrono>
#include <thread>

#include <QTemporaryDir>
#include <QtTest>

#include "core/hash.h"
#include "data/download.h"
#include "data/partfile.h"
#include "httpserver.h"

using namespace papilio;
using namespace papilio::data;

namespace
{
std::string bytesOf(std::size_t count, unsigned seed = 1)
{
    std::string bytes(count, '\0');
    for (char& byte : bytes) {
        seed = seed * 1664525U + 1013904223U;
        byte = static_cast<char>(seed >> 24);
    }
    return bytes;
}

std::string shaOf(const std::string& bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

std::string contentOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "cannot be read";
}

/// Asks to stop once so many bytes are there.
class StopAt : public Control
{
public:
    explicit StopAt(std::int64_t bytes) : m_bytes(bytes) {}
    void report(const Progress& progress) override { m_stop = m_stop || progress.done >= m_bytes; }
    bool stopRequested() const override { return m_stop; }

private:
    std::int64_t m_bytes;
    bool m_stop = false;
};
} // namespace

class TestDownload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wholeFile();
    void droppedConnectionIsTakenUpAgain();
    void stoppedAndResumed();
    void rangesIgnored();
    void fileChangesBetweenParts_data();
    void fileChangesBetweenParts();
    void noValidatorStartsOver();
    void promiseTooLong();
    void promiseTooShort();
    void wrongBytes_data();
    void wrongBytes();
    void publishedLengthDiffers();
    void webPage();
    void missingAndBusy();
    void redirects_data();
    void redirects();
    void stalls();
    void cancelWithinASecond();
    void noRoomBefore();
    void noRoomDuring();
    void alreadyThere();
    void completePartIsFinished();
    void oneProgramAtATime();
    void noServer();
    void partOfAnotherAddress();
    void linkIsNotFollowed();

private:
    DownloadRequest request(const std::string& path) const
    {
        DownloadRequest wanted;
        wanted.url = m_server->url(path);
        wanted.path = target();
        wanted.waitMs = 10;
        wanted.reserve = 0;
        wanted.stallSeconds = 2;
        return wanted;
    }
    std::string target() const { return m_folder->filePath(QStringLiteral("sub/file.bin")).toStdString(); }
    bool hasPart() const { return QFile::exists(QString::fromStdString(target() + ".part")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HttpServer> m_server;
    Control m_control;
};

void TestDownload::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<HttpServer>();
}

void TestDownload::wholeFile()
{
    const std::string bytes = bytesOf(300'000);
    m_server->serve("/f", {.body = bytes});
    DownloadRequest wanted = request("/f");
    wanted.sha256 = shaOf(bytes);
    wanted.bytes = static_cast<std::int64_t>(bytes.size());
    const auto report = downloadFile(wanted, m_control);
    QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
    QCOMPARE(report->bytes, wanted.bytes);
    QCOMPARE(report->sha256, wanted.sha256);
    QVERIFY(!report->resumed && !report->wasThere);
    QCOMPARE(contentOf(target()), bytes);
    QVERIFY(!hasPart() && !QFile::exists(QString::fromStdString(target() + ".part.json")));
}

void TestDownload::droppedConnectionIsTakenUpAgain()
{
    const std::string bytes = bytesOf(200'000);
    m_server->serve("/f", {.body = bytes, .dropAfter = 50'000, .drops = 3});
    const auto report = downloadFile(request("/f"), m_control);
    QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
    QCOMPARE(contentOf(target()), bytes);
    const auto requests = m_server->requests("/f");
    QCOMPARE(requests.size(), std::size_t(4));
    QVERIFY(requests[1].find("Range: bytes=50000-") != std::string::npos);
    QVERIFY(requests[3].find("If-Range: \"one\"") != std::string::npos);
}

void TestDownload::stoppedAndResumed()
{
    const std::string bytes = bytesOf(400'000);
    m_server->serve("/f", {.body = bytes, .millisecondsPerChunk = 5});
    StopAt stop(100'000);
    const auto first = downloadFile(request("/f"), stop);
    QVERIFY(!first);
    QCOMPARE(first.error().code, ErrorCode::Stopped);
    QVERIFY(hasPart() && !QFile::exists(QString::fromStdString(target())));
    const auto had = QFileInfo(QString::fromStdString(target() + ".part")).size();
    QVERIFY(had >= 100'000 && had < 400'000);
    const auto second = downloadFile(request("/f"), m_control);
    QVERIFY2(second.has_value(), second ? "" : second.error().text().c_str());
    QVERIFY(second->resumed);
    QCOMPARE(contentOf(target()), bytes);
    QVERIFY(m_server->requests("/f").back().find("Range: bytes=" + std::to_string(had) + "-") != std::string::npos);
}

void TestDownload::rangesIgnored()
{
    const std::string bytes = bytesOf(100'000);
    m_server->serve("/f", {.body = bytes, .dropAfter = 30'000, .ranges = false});
    const auto report = downloadFile(request("/f"), m_control);
    QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
    QCOMPARE(contentOf(target()), bytes);
}

void TestDownload::fileChangesBetweenParts_data()
{
    QTest::addColumn<bool>("heeds");
    QTest::newRow("the server says so") << true;
    QTest::newRow("the server sends the rest of the other file") << false;
}

void TestDownload::fileChangesBetweenParts()
{
    QFETCH(bool, heeds);
    const std::string before = bytesOf(100'000, 1), after = bytesOf(90'000, 2);
    m_server->serve("/f", {.body = before, .dropAfter = 40'000, .heedsIfRange = heeds, .laterBody = after,
                           .laterEtag = "\"two\""});
    const auto report = downloadFile(request("/f"), m_control);
    QVERIFY2(report.has_value(), report ? "" : report.error().text().c_str());
    QCOMPARE(contentOf(target()), after);
}

void TestDownload::noValidatorStartsOver()
{
    const std::string bytes = bytesOf(100'000);
    m_server->serve("/f", {.body = bytes, .etag = "W/\"weak\"", .dropAfter = 40'000});
    QVERIFY(downloadFile(request("/f"), m_control));
    QCOMPARE(contentOf(target()), bytes);
    for (const std::string& asked : m_server->requests("/f")) {
        QVERIFY(asked.find("Range:") == std::string::npos);
    }
}

void TestDownload::promiseTooLong()
{
    m_server->serve("/f", {.body = bytesOf(50'000), .promise = 60'000});
    DownloadRequest wanted = request("/f");
    wanted.attempts = 3;
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Io);
    QVERIFY(!QFile::exists(QString::fromStdString(target())));
}

void TestDownload::promiseTooShort()
{
    const std::string bytes = bytesOf(50'000);
    m_server->serve("/f", {.body = bytes, .promise = 40'000});
    DownloadRequest wanted = request("/f");
    wanted.sha256 = shaOf(bytes);
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Damaged);
    QVERIFY(!QFile::exists(QString::fromStdString(target())) && !hasPart());
}

void TestDownload::wrongBytes_data()
{
    QTest::addColumn<bool>("md5");
    QTest::newRow("SHA-256") << false;
    QTest::newRow("MD5") << true;
}

void TestDownload::wrongBytes()
{
    QFETCH(bool, md5);
    m_server->serve("/f", {.body = bytesOf(5'000)});
    DownloadRequest wanted = request("/f");
    (md5 ? wanted.md5 : wanted.sha256) = std::string(md5 ? 32 : 64, '0');
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Damaged);
    QVERIFY(report.error().message.find("checksum") != std::string::npos);
    QVERIFY(!QFile::exists(QString::fromStdString(target())) && !hasPart());
    Md5 hash; // the right one is accepted
    hash.add(bytesOf(5'000));
    wanted.sha256.clear();
    wanted.md5 = hash.hex();
    QVERIFY(downloadFile(wanted, m_control));
}

void TestDownload::publishedLengthDiffers()
{
    m_server->serve("/f", {.body = bytesOf(5'000)});
    DownloadRequest wanted = request("/f");
    wanted.bytes = 6'000;
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Damaged);
    QCOMPARE(m_server->requests("/f").size(), std::size_t(1)); // no use to try again
}

void TestDownload::webPage()
{
    m_server->serve("/f", {.body = "<html>Please log in</html>", .contentType = "text/html; charset=utf-8"});
    const auto report = downloadFile(request("/f"), m_control);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::BadInput);
    QVERIFY(!QFile::exists(QString::fromStdString(target())));
}

void TestDownload::missingAndBusy()
{
    QCOMPARE(downloadFile(request("/absent"), m_control).error().code, ErrorCode::NotFound);
    m_server->serve("/forbidden", {.status = 403});
    QCOMPARE(downloadFile(request("/forbidden"), m_control).error().code, ErrorCode::Io);
    QCOMPARE(m_server->requests("/forbidden").size(), std::size_t(1));
    m_server->serve("/busy", {.body = "good", .status = 503, .failures = 2});
    QVERIFY(downloadFile(request("/busy"), m_control));
    QCOMPARE(contentOf(target()), std::string("good"));
}

void TestDownload::redirects_data()
{
    QTest::addColumn<QString>("location");
    QTest::addColumn<bool>("good");
    QTest::newRow("to another place") << QStringLiteral("/f") << true;
    QTest::newRow("to itself") << QStringLiteral("/start") << false;
    QTest::newRow("to a file of this machine") << QStringLiteral("file:///etc/hostname") << false;
    QTest::newRow("to ftp") << QStringLiteral("ftp://127.0.0.1/x") << false;
}

void TestDownload::redirects()
{
    QFETCH(QString, location);
    QFETCH(bool, good);
    m_server->serve("/f", {.body = "the file"});
    m_server->serve("/start", {.location = location.toStdString()});
    const auto report = downloadFile(request("/start"), m_control);
    QCOMPARE(report.has_value(), good);
    if (good) {
        QCOMPARE(contentOf(target()), std::string("the file"));
    } else {
        QCOMPARE(report.error().code, ErrorCode::Io);
        QVERIFY(!QFile::exists(QString::fromStdString(target())));
        QVERIFY(m_server->requests("/start").size() <= 11); // and not again and again
    }
    DownloadRequest direct = request("/f");
    direct.path += "2"; // the first one is there and has no checksum to doubt
    direct.url = "file:///etc/hostname";
    QVERIFY(!downloadFile(direct, m_control));
}

void TestDownload::stalls()
{
    const std::string bytes = bytesOf(100'000);
    m_server->serve("/f", {.body = bytes, .stallAfter = 10'000});
    DownloadRequest wanted = request("/f");
    wanted.stallSeconds = 1;
    wanted.attempts = 1;
    QElapsedTimer timer;
    timer.start();
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QVERIFY2(report.error().message.find("nothing came") != std::string::npos, report.error().text().c_str());
    QVERIFY(timer.elapsed() < 8'000);
    m_server->serve("/f", {.body = bytes});
    QVERIFY(downloadFile(wanted, m_control)->resumed);
    QCOMPARE(contentOf(target()), bytes);
}

void TestDownload::cancelWithinASecond()
{
    m_server->serve("/f", {.body = bytesOf(100'000), .stallAfter = 10'000});
    DownloadRequest wanted = request("/f");
    wanted.stallSeconds = 30;
    StopFlagControl control;
    std::thread later([&control] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        control.requestStop();
    });
    QElapsedTimer timer;
    timer.start();
    const auto report = downloadFile(wanted, control);
    later.join();
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Stopped);
    QVERIFY2(timer.elapsed() < 1'300, qPrintable(QString::number(timer.elapsed())));
}

void TestDownload::noRoomBefore()
{
    m_server->serve("/f", {.body = bytesOf(100'000)});
    DownloadRequest wanted = request("/f");
    wanted.freeBytes = [] { return std::int64_t(90'000); };
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QVERIFY2(report.error().message.find("not enough room") != std::string::npos, report.error().text().c_str());
    QCOMPARE(QFileInfo(QString::fromStdString(target() + ".part")).size(), 0);
    wanted.freeBytes = [] { return std::int64_t(190'000); };
    wanted.reserve = 95'000; // stays free
    QVERIFY(!downloadFile(wanted, m_control));
    wanted.reserve = 10'000;
    QVERIFY(downloadFile(wanted, m_control));
}

void TestDownload::noRoomDuring()
{
    const std::string bytes = bytesOf(std::size_t(40) << 20);
    m_server->serve("/f", {.body = bytes});
    DownloadRequest wanted = request("/f");
    auto room = std::make_shared<std::int64_t>(std::int64_t(50) << 20);
    wanted.freeBytes = [room] {
        const std::int64_t now = *room;
        *room = 0; // somebody else takes it
        return now;
    };
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QVERIFY(report.error().message.find("not enough room") != std::string::npos);
    wanted.freeBytes = {};
    const auto again = downloadFile(wanted, m_control);
    QVERIFY2(again.has_value(), again ? "" : again.error().text().c_str());
    QVERIFY(again->resumed);
    QCOMPARE(again->sha256, shaOf(bytes));
}

void TestDownload::alreadyThere()
{
    const std::string bytes = bytesOf(5'000);
    m_server->serve("/f", {.body = bytes});
    DownloadRequest wanted = request("/f");
    wanted.sha256 = shaOf(bytes);
    QVERIFY(downloadFile(wanted, m_control));
    const auto again = downloadFile(wanted, m_control);
    QVERIFY(again && again->wasThere);
    QCOMPARE(m_server->requests("/f").size(), std::size_t(1));
    QFile file(QString::fromStdString(target())); // one that was spoilt is fetched anew
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("spoilt");
    file.close();
    QVERIFY(downloadFile(wanted, m_control));
    QCOMPARE(contentOf(target()), bytes);
}

void TestDownload::completePartIsFinished()
{
    const std::string bytes = bytesOf(50'000);
    m_server->serve("/f", {.body = bytes, .millisecondsPerChunk = 1});
    StopAt stop(20'000);
    QVERIFY(!downloadFile(request("/f"), stop));
    QFile part(QString::fromStdString(target() + ".part")); // as if killed after the last byte
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.write(QByteArray::fromStdString(bytes));
    part.close();
    QVERIFY(downloadFile(request("/f"), m_control));
    QCOMPARE(contentOf(target()), bytes);
    QVERIFY(m_server->requests("/f").back().find("Range: bytes=50000-") != std::string::npos);
}

void TestDownload::oneProgramAtATime()
{
    m_server->serve("/f", {.body = bytesOf(5'000)});
    const DownloadRequest wanted = request("/f");
    PartFile other(wanted);
    QVERIFY(other.open());
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Busy);
}

void TestDownload::noServer()
{
    DownloadRequest wanted = request("/f");
    wanted.url = "http://127.0.0.1:1/f";
    wanted.attempts = 2;
    const auto report = downloadFile(wanted, m_control);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Io);
    QVERIFY(report.error().hint.find(wanted.url) != std::string::npos);
}

void TestDownload::partOfAnotherAddress()
{
    const std::string one = bytesOf(50'000, 1), two = bytesOf(60'000, 2);
    m_server->serve("/one", {.body = one, .millisecondsPerChunk = 1});
    m_server->serve("/two", {.body = two});
    StopAt stop(20'000);
    QVERIFY(!downloadFile(request("/one"), stop));
    QVERIFY(downloadFile(request("/two"), m_control));
    QCOMPARE(contentOf(target()), two);
}

void TestDownload::linkIsNotFollowed()
{
    m_server->serve("/f", {.body = "the file"});
    const QString victim = m_folder->path() + QStringLiteral("/victim");
    QFile file(victim);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    QVERIFY(QDir().mkpath(m_folder->path() + QStringLiteral("/sub")));
    QVERIFY(QFile::link(victim, QString::fromStdString(target() + ".part")));
    QVERIFY(!downloadFile(request("/f"), m_control));
    QCOMPARE(contentOf(victim.toStdString()), std::string("precious"));
}

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_data_download.moc"
