// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "app/format.h"
#include "app/settings.h"

using namespace papilio::app;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersProjects()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"papilio.ini"_s);
        const QDateTime when = QDateTime::fromString(u"2026-03-01T10:00:00Z"_s, Qt::ISODate);
        {
            Settings settings(file);
            QSignalSpy changed(&settings, &Settings::recentChanged);
            settings.addRecent({u"/a/one.papilio"_s, 10, 2, 1, when});
            settings.addRecent({u"/a/twö, 2.papilio"_s, 20, 3, 0, when});
            settings.addRecent({u"/a/one.papilio"_s, 11, 2, 1, when});
            QCOMPARE(changed.count(), 3);
        }
        Settings settings(file);
        const auto recent = settings.recentProjects();
        QCOMPARE(recent.size(), 2);
        QCOMPARE(recent[0].path, u"/a/one.papilio"_s);
        QCOMPARE(recent[0].molecules, 11);
        QCOMPARE(recent[0].opened, when);
        QCOMPARE(recent[1].path, u"/a/twö, 2.papilio"_s);
        settings.removeRecent(u"/a/one.papilio"_s);
        QCOMPARE(settings.recentProjects().size(), 1);
    }

    void keepsTheNewestOnly()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"papilio.ini"_s));
        for (int i = 0; i < 15; ++i) {
            settings.addRecent({u"/p/%1.papilio"_s.arg(i), 0, 0, 0, {}});
        }
        const auto recent = settings.recentProjects();
        QCOMPARE(recent.size(), Settings::recentLimit);
        QCOMPARE(recent.first().path, u"/p/14.papilio"_s);
        QCOMPARE(recent.last().path, u"/p/5.papilio"_s);
    }

    void knowsThreeThemes()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"papilio.ini"_s));
        QCOMPARE(settings.theme(), u"system"_s);
        settings.setTheme(u"dark"_s);
        QCOMPARE(settings.theme(), u"dark"_s);
        settings.setTheme(u"mauve"_s);
        QCOMPARE(settings.theme(), u"system"_s);
    }

    void writesNumbersForPeople()
    {
        QCOMPARE(countText(12000), u"12\u202F000"_s);
        QCOMPARE(countText(2050), u"2050"_s);
        QCOMPARE(countText(-1234567), u"−1\u202F234\u202F567"_s);
        QCOMPARE(numberText(std::nan("")), u"undefined"_s);
        QCOMPARE(numberText(-0.25), u"−0.25"_s);
        QCOMPARE(percentText(1, 1000), u"< 1\u202F%"_s);
        QCOMPARE(percentText(999, 1000), u"> 99\u202F%"_s);
        QCOMPARE(percentText(1000, 1000), u"100\u202F%"_s);
        QCOMPARE(percentText(0, 0), u"–"_s);
        QCOMPARE(durationText(288), u"4 min 48 s"_s);
        QCOMPARE(rateText(6100), u"6.1k"_s);
        QCOMPARE(labelText(1, u"binary"_s), u"● active"_s);
        QCOMPARE(signedText(0.264), u"+0.26"_s);
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
