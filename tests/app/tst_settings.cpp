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
        QCOMPARE(countedText(1, u"task"_s, u"tasks"_s), u"1 task"_s);
        QCOMPARE(countedText(35, u"task"_s, u"tasks"_s), u"35 tasks"_s);
        QCOMPARE(labelText(1, u"binary"_s), u"● active"_s);
        QCOMPARE(labelText(0, u"binary"_s), u"○ inactive"_s);
        QCOMPARE(labelText(std::nan(""), u"regression"_s), u"undefined"_s);
        QCOMPARE(pathText(QDir::homePath() + u"/a"_s), u"~/a"_s);
        QCOMPARE(dayText({}), QString());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
