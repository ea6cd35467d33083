// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/engine/depictionservice.h"
#include "app/engine/engineclient.h"

using namespace papilio::app;
using namespace Qt::StringLiterals;

namespace
{

struct Outcome {
    bool done = false, failed = false;
    QJsonObject result;
    EngineError error;
    std::vector<EngineProgress> progress;
    bool over() const { return done || failed; }
    EngineClient::Callbacks callbacks()
    {
        return {[this](const QJsonObject& object) { done = true; result = object; },
                [this](const EngineError& problem) { failed = true; error = problem; },
                [this](const EngineProgress& point) { progress.push_back(point); }};
    }
};

} // namespace

class TestEngineClient : public QObject
{
    Q_OBJECT

private:
    const QString m_fake = QStringLiteral(PAPILIO_FAKE_ENGINE);

private Q_SLOTS:
    void cleanup() { qunsetenv("PAPILIO_FAKE"); }

    void answersRequests()
    {
        EngineClient client(m_fake);
        Outcome first, second, bad, slow;
        client.request(u"echo"_s, {{u"a"_s, 1}}, this, first.callbacks());
        client.request(u"echo"_s, {{u"a"_s, u"ünï"_s}}, this, second.callbacks());
        client.request(u"fail"_s, {}, this, bad.callbacks());
        client.request(u"slow-line"_s, {}, this, slow.callbacks());
        QTRY_VERIFY(slow.done);
        QCOMPARE(first.result["a"_L1].toInt(), 1);
        QCOMPARE(second.result["a"_L1].toString(), u"ünï"_s);
        QVERIFY(bad.failed);
        QCOMPARE(bad.error.code, u"bad-input"_s);
        QCOMPARE(bad.error.text(), u"row 3 is no molecule hint"_s);
        QCOMPARE(slow.result["text"_L1].toString(), u"ä"_s);
        QCOMPARE(client.state(), EngineClient::State::Ready);
    }

    void setsTheEnvironment()
    {
        EngineClient client(m_fake);
        Outcome outcome;
        client.request(u"pid"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.done);
        QCOMPARE(outcome.result["wait"_L1].toString(), u"passive"_s);
        QCOMPARE(outcome.result["blas"_L1].toString(), u"1"_s);
        QCOMPARE(outcome.result["pid"_L1].toInteger(), client.processId());
    }

    void skipsGarbage()
    {
        EngineClient client(m_fake);
        QSignalSpy stray(&client, &EngineClient::strayLine);
        Outcome outcome;
        client.request(u"garbage"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.done);
        QCOMPARE(stray.count(), 4);
    }

    void reportsProgress()
    {
        EngineClient client(m_fake);
        Outcome outcome;
        client.request(u"progress"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.done);
        QCOMPARE(outcome.progress.size(), std::size_t{1});
        QCOMPARE(outcome.progress[0].total, 10);
        QCOMPARE(outcome.progress[0].rate, 2.5);
    }

    void refusesAnotherProtocol()
    {
        qputenv("PAPILIO_FAKE", "newer");
        EngineClient client(m_fake);
        Outcome outcome;
        client.request(u"echo"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.failed);
        QVERIFY2(outcome.error.message.contains(u"protocol 99"_s), qPrintable(outcome.error.message));
        QCOMPARE(client.state(), EngineClient::State::Refused);
        qunsetenv("PAPILIO_FAKE");
        Outcome later; // a new request tries again: the engine may have been mended
        client.request(u"echo"_s, {{u"x"_s, 2}}, this, later.callbacks());
        QTRY_VERIFY(later.done);
    }

    void saysWhenItCannotStart()
    {
        EngineClient client(u"/nowhere/papilio-engine"_s);
        Outcome outcome;
        client.request(u"echo"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.failed);
        QVERIFY(outcome.error.message.contains(u"/nowhere/papilio-engine"_s));
        QVERIFY(!outcome.error.hint.isEmpty());
    }

    void saysWhenNobodyGreets()
    {
        qputenv("PAPILIO_FAKE", "silent");
        EngineClient client(m_fake);
        client.setTiming({.helloMs = 200});
        Outcome outcome;
        client.request(u"echo"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.failed);
        QVERIFY(outcome.error.message.contains(u"did not greet"_s));
    }

    void drawingsAreAskedAgainOfTheNextEngine()
    {
        qputenv("PAPILIO_FAKE", "silent");
        EngineClient client(m_fake);
        client.setTiming({.helloMs = 200});
        DepictionService drawings(&client);
        QSignalSpy arrived(&drawings, &DepictionService::arrived);
        QVERIFY(!drawings.find(u"CCO"_s));
        QTRY_COMPARE(arrived.size(), 1);
        QCOMPARE(drawings.error(u"CCO"_s), QString()); // ethanol has a drawing, there is no engine
        QVERIFY(!drawings.find(u"CCO"_s));
        QVERIFY(!drawings.isWorking()); // no request for ever
        qunsetenv("PAPILIO_FAKE");
        Outcome outcome;
        client.request(u"echo"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.done);
        QTRY_COMPARE(arrived.size(), 2);
        QVERIFY(!drawings.find(u"CCO"_s));
        QVERIFY(drawings.isWorking());
        QTRY_COMPARE(drawings.error(u"CCO"_s), u"No drawing here."_s); // said by an engine
    }

    void givesUpOnAnEngineThatDiesAtOnce()
    {
        qputenv("PAPILIO_FAKE", "die-at-start");
        EngineClient client(m_fake);
        client.setTiming({.backOffMs = 1});
        Outcome outcome;
        client.request(u"echo"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.failed);
        QVERIFY2(outcome.error.text().contains(u"cannot find my libraries"_s), qPrintable(outcome.error.text()));
    }

    void repeatsAReadOnceAfterACrash()
    {
        QTemporaryDir folder;
        QFile flag(folder.filePath(u"crash"_s));
        QVERIFY(flag.open(QIODevice::WriteOnly));
        flag.close();
        EngineClient client(m_fake);
        QSignalSpy crashed(&client, &EngineClient::crashed);
        Outcome outcome;
        client.request(u"crash-once"_s, {{u"flag"_s, flag.fileName()}}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.over());
        QVERIFY(outcome.done);
        QCOMPARE(crashed.count(), 1);
        QVERIFY(crashed[0][0].toString().contains(u"signal 9"_s));
    }

    void failsARequestThatCrashesTwice()
    {
        EngineClient client(m_fake);
        client.setTiming({.backOffMs = 1});
        Outcome outcome, other;
        client.request(u"crash"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(outcome.failed);
        QVERIFY2(outcome.error.message.contains(u"twice"_s), qPrintable(outcome.error.message));
        client.request(u"echo"_s, {}, this, other.callbacks());
        QTRY_VERIFY(other.done);
    }

    void tellsAWriterOfTheCrash()
    {
        EngineClient client(m_fake);
        Outcome outcome;
        client.request(u"crash"_s, {}, this, outcome.callbacks(), EngineClient::OnCrash::Fail);
        QTRY_VERIFY(outcome.failed);
        QVERIFY(outcome.error.message.contains(u"signal 9"_s));
        QCOMPARE(client.crashCount(), 1);
        QCOMPARE(client.state(), EngineClient::State::Off);
    }

    void cancels()
    {
        EngineClient client(m_fake);
        Outcome outcome, ready;
        client.request(u"echo"_s, {}, this, ready.callbacks());
        const qint64 id = client.request(u"hold"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(ready.done);
        client.cancel(id);
        QTRY_VERIFY(outcome.failed);
        QVERIFY(outcome.error.isStopped());
        QCOMPARE(client.crashCount(), 0);
    }

    void cancelsBeforeTheStart()
    {
        EngineClient client(m_fake);
        Outcome outcome;
        client.cancel(client.request(u"hold"_s, {}, this, outcome.callbacks()));
        QVERIFY(outcome.failed);
        QVERIFY(outcome.error.isStopped());
    }

    void climbsTheStopLadder_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::newRow("SIGTERM is enough") << QByteArray("deaf");
        QTest::newRow("SIGKILL is needed") << QByteArray("stubborn");
    }

    void climbsTheStopLadder()
    {
        QFETCH(QByteArray, mode);
        qputenv("PAPILIO_FAKE", mode);
        EngineClient client(m_fake);
        client.setTiming({.cancelMs = 50, .terminateMs = 50});
        Outcome outcome, ready;
        client.request(u"echo"_s, {}, this, ready.callbacks());
        const qint64 id = client.request(u"hold"_s, {}, this, outcome.callbacks());
        QTRY_VERIFY(ready.done);
        client.cancel(id);
        QTRY_VERIFY(outcome.failed);
        QVERIFY(outcome.error.isStopped());
    }

    void dropsCallbacksOfGoneObjects()
    {
        EngineClient client(m_fake);
        Outcome outcome, last;
        {
            QObject context;
            client.request(u"echo"_s, {}, &context, outcome.callbacks());
        }
        client.request(u"echo"_s, {}, this, last.callbacks());
        QTRY_VERIFY(last.done);
        QVERIFY(!outcome.over());
    }

    void endsWithItsOwner()
    {
        qint64 pid = 0;
        {
            EngineClient client(m_fake);
            Outcome outcome;
            client.request(u"echo"_s, {}, this, outcome.callbacks());
            QTRY_VERIFY(outcome.done);
            pid = client.processId();
        }
        QVERIFY(kill(static_cast<pid_t>(pid), 0) != 0);
    }
};

QTEST_GUILESS_MAIN(TestEngineClient)
#include "tst_engineclient.moc"
