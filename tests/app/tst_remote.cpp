// SPDX-License-Identifier: GPL-3.0-or-later
// A host is configured in the window, a run sent there, followed, left, found again after a new start, and paused;
// with the real engine, and a stand-in for ssh.
#include <csignal>
#include <memory>

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include "app/engine/engineclient.h"
#include "app/engine/trainsession.h"
#include "app/remote/hosts.h"
#include "app/remote/hostsdialog.h"
#include "app/remote/remoteruns.h"
#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/shell/rail.h"
#include "app/workspace/workspace.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

class TestRemote : public QObject
{
    Q_OBJECT

private:
    template <typename T> T* find(const QString& name) { return m_window->findChild<T*>(name); }
    void click(const QString& name) { find<QPushButton>(name)->click(); }
    void type(const QString& name, const QString& text)
    {
        auto* edit = find<QLineEdit>(name);
        edit->setText(text);
        Q_EMIT edit->textEdited(text);
    }
    void shot(QWidget* widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        if (folder.isEmpty()) {
            return;
        }
        for (const auto& [appearance, suffix] : {std::pair(widgets::Appearance::Dark, u"dark"_s), {widgets::Appearance::Light, u"light"_s}}) {
            widgets::Theme::current().setAppearance(appearance);
            QTest::qWait(300);
            widget->grab().save(folder + u'/' + name + u'-' + suffix + u".png"_s);
        }
    }
    void setMode(const QByteArray& mode)
    {
        QFile file(m_folder.filePath(u"mode"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(mode);
    }
    TrainSession* training() { return m_window->services().training; }
    widgets::MessageBar* message() { return find<widgets::MessageBar>(u"trainMessage"_s); }
    const store::RunRecord* run() { return m_window->services().workspace->project().run(1); }
    void openWindow()
    {
        m_window = std::make_unique<MainWindow>(m_settings.get(), QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine"));
        m_window->resize(1440, 900);
        m_window->show();
        m_window->openProject(m_folder.filePath(u"p.papilio"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->services().workspace->isOpen(), 20000);
        m_window->showPage(Rail::Train);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->isLoading(), 60000);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase();
    void aHostIsAddedAndTested();
    void aRunIsSentAndFollowed();
    void itIsLeftAndFoundAgain();
    void itIsPausedAndEnded();
    void cleanupTestCase();
};

void TestRemote::initTestCase()
{
    const QString engine = QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine");
    if (!QFileInfo::exists(engine)) {
        QSKIP("papilio-engine is not built");
    }
    qputenv("PAPILIO_SSH", PAPILIO_SOURCE_DIR "/tests/engine/fakessh.sh");
    qputenv("FAKE_SSH", m_folder.path().toUtf8());
    qputenv("PAPILIO_HOSTS", m_folder.filePath(u"conf/hosts.json"_s).toUtf8());
    setMode("");
    const QString home = m_folder.filePath(u"home 'of' $you"_s);
    QVERIFY(QDir().mkpath(home));
    QVERIFY(QFile::link(engine, home + u"/engine"_s));
    QFile table(m_folder.filePath(u"chains.csv"_s));
    QVERIFY(table.open(QIODevice::WriteOnly));
    table.write("smiles,size,hydroxy\n");
    for (int i = 1; i <= 60; ++i) {
        const QByteArray smiles = QByteArray(i % 20 + 1, 'C') + (i % 3 == 0 ? "O" : i % 3 == 1 ? "N" : "Cl");
        table.write(smiles + ',' + QByteArray::number(smiles.size()) + ',' + (i % 3 == 0 ? "1\n" : "0\n"));
    }
    table.close();
    QProcess import;
    import.start(engine, {u"import"_s, m_folder.filePath(u"p.papilio"_s), table.fileName()});
    QVERIFY(import.waitForFinished(60000));
    QCOMPARE(import.exitCode(), 0);
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"settings.ini"_s));
    openWindow();
}

void TestRemote::aHostIsAddedAndTested()
{
    auto* choice = find<QComboBox>(u"hostChoice"_s);
    QCOMPARE(choice->currentIndex(), 0);
    choice->setCurrentIndex(choice->count() - 1);
    Q_EMIT choice->activated(choice->count() - 1);
    auto* dialog = find<HostsDialog>(u"hostsDialog"_s);
    QVERIFY(dialog);
    QTRY_VERIFY(!dialog->isLoading());
    shot(dialog, u"hosts-empty"_s);
    click(u"addHost"_s);
    QVERIFY(!find<QPushButton>(u"saveHost"_s)->isEnabled());
    type(u"hostName"_s, u"lab server"_s);
    type(u"hostDestination"_s, u"-oProxyCommand=x"_s);
    click(u"saveHost"_s);
    QTRY_VERIFY(find<widgets::MessageBar>(u"hostsMessage"_s)->isVisible());
    type(u"hostDestination"_s, u"you@lab.example.org"_s);
    type(u"hostEngine"_s, u"~/nothing"_s);
    click(u"testHost"_s);
    QTRY_VERIFY_WITH_TIMEOUT(find<widgets::Label>(u"check-engine"_s), 20000);
    QVERIFY(find<widgets::Label>(u"check-engine"_s)->text().contains(u"There is no program"_s));
    shot(dialog, u"hosts-problem"_s);
    type(u"hostEngine"_s, u"~/engine"_s);
    QVERIFY(!find<widgets::Label>(u"check-engine"_s)); // what was said is not of this one
    click(u"testHost"_s);
    QTRY_VERIFY_WITH_TIMEOUT(find<widgets::Label>(u"check-folder"_s), 20000);
    QTRY_COMPARE(find<widgets::Label>(u"hostTesting"_s)->text(), u"Runs can be sent there."_s);
    click(u"saveHost"_s);
    QTRY_COMPARE(find<QListWidget>(u"hostList"_s)->count(), 1);
    QTRY_VERIFY(!find<QPushButton>(u"saveHost"_s)->isEnabled());
    shot(dialog, u"hosts-good"_s);
    // What is typed and not kept yet stays when the list is read anew, and a test ends with what it is about.
    auto* hosts = m_window->services().hosts;
    type(u"hostFolder"_s, u"elsewhere"_s);
    hosts->refresh();
    QTRY_VERIFY(!hosts->isLoading());
    QCOMPARE(find<QLineEdit>(u"hostFolder"_s)->text(), u"elsewhere"_s);
    click(u"testHost"_s);
    QVERIFY(dialog->isLoading());
    click(u"addHost"_s);
    QVERIFY(!dialog->isLoading());
    type(u"hostName"_s, u"another"_s);
    hosts->refresh();
    QTRY_VERIFY(!hosts->isLoading());
    QCOMPARE(find<QLineEdit>(u"hostName"_s)->text(), u"another"_s);
    QCOMPARE(find<QListWidget>(u"hostList"_s)->currentRow(), -1);
    find<QListWidget>(u"hostList"_s)->setCurrentRow(0);
    QCOMPARE(find<QLineEdit>(u"hostFolder"_s)->text(), u"papilio-runs"_s);
    // A list that cannot be read leaves the hosts, and is told until it can be read again.
    const QString file = m_folder.filePath(u"conf/hosts.json"_s);
    QVERIFY(QFile::rename(file, file + u".kept"_s));
    QFile broken(file);
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("[");
    broken.close();
    hosts->refresh();
    QTRY_VERIFY(find<widgets::MessageBar>(u"hostsMessage"_s)->isVisible());
    QCOMPARE(find<QListWidget>(u"hostList"_s)->count(), 1);
    QVERIFY(QFile::remove(file) && QFile::rename(file + u".kept"_s, file));
    hosts->refresh();
    QTRY_VERIFY(!find<widgets::MessageBar>(u"hostsMessage"_s)->isVisible());
    dialog->reject();
    QTRY_COMPARE(choice->currentText(), u"lab server"_s); // whoever adds one wants to use it
}

void TestRemote::aRunIsSentAndFollowed()
{
    find<QWidget>(u"epochs"_s)->setProperty("value", 4000);
    find<QPlainTextEdit>(u"advancedSettings"_s)->setPlainText(u"batch_size = 4\npatience = 4000\nthreads = 1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(u"startTraining"_s)->isEnabled(), 60000);
    click(u"startTraining"_s);
    QCOMPARE(training()->host(), u"lab server"_s);
    QTRY_VERIFY_WITH_TIMEOUT(run() && run()->epochs >= 3, 90000);
    QCOMPARE(hostOf(*run()), u"lab server"_s);
    QVERIFY(find<QPushButton>(u"leaveTraining"_s)->isVisible());
    QTRY_VERIFY(find<widgets::ElidedLabel>(u"runDetail"_s)->text().startsWith(u"on lab server"_s));
    QDirIterator folders(m_folder.path(), {u"events.jsonl"_s}, QDir::Files, QDirIterator::Subdirectories);
    QFile events(folders.next()); // as the training there writes it
    QVERIFY(events.open(QIODevice::Append | QIODevice::Unbuffered));
    events.write("{\"event\":\"note\",\"text\":\"One of two\\nhas nothing to do.\"}\n");
    QTRY_VERIFY_WITH_TIMEOUT(find<widgets::ElidedLabel>(u"runDetail"_s)->text().endsWith(u" · One of two has nothing to do."_s), 30000);
    shot(m_window.get(), u"remote-running"_s);
}

void TestRemote::itIsLeftAndFoundAgain()
{
    click(u"leaveTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!training()->isActive(), 20000);
    QTRY_VERIFY(message()->isVisible() && message()->strongText().contains(u"is not followed any more"_s));
    QTRY_VERIFY(run() && isLeftAlone(*run()));
    QTRY_COMPARE(find<QPushButton>(u"resumeTraining"_s)->text(), u"Follow"_s);
    shot(m_window.get(), u"remote-left"_s);
    m_window.reset();
    openWindow();
    QTRY_VERIFY(message()->isVisible() && message()->strongText().contains(u"is trained on lab server"_s));
    const qint64 epochs = run()->epochs;
    click(u"resumeTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(run()->epochs > epochs, 60000);
}

void TestRemote::itIsPausedAndEnded()
{
    click(u"pauseTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!training()->isActive(), 60000);
    QTRY_COMPARE(run()->state, store::RunState::Paused);
    const qint64 epochs = run()->epochs;
    click(u"resumeTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(run()->epochs > epochs, 60000);
    click(u"stopTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!training()->isActive(), 60000);
    QTRY_COMPARE(run()->state, store::RunState::Stopped);
    QVERIFY(run()->bestEpoch > 0);
    QTRY_VERIFY(find<QPushButton>(u"exportModel"_s)->isVisible());
    setMode("down");
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(u"startTraining"_s)->isEnabled(), 60000);
    auto* choice = find<QComboBox>(u"hostChoice"_s);
    choice->setCurrentIndex(1);
    Q_EMIT choice->activated(1);
    click(u"startTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message()->isVisible() && message()->strongText().contains(u"does not answer"_s), 60000);
}

void TestRemote::cleanupTestCase()
{
    m_window.reset();
    // What a failed test left at work there would train on for days.
    QDirIterator pids(m_folder.path(), {u"pid"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (pids.hasNext()) {
        QFile file(pids.next());
        if (file.open(QIODevice::ReadOnly) && !QFile::exists(QFileInfo(file).path() + u"/exit"_s)) {
            if (const int process = file.readLine().trimmed().toInt(); process > 1) {
                kill(process, SIGTERM);
            }
        }
    }
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    widgets::Theme::install(application, widgets::Appearance::Light);
    TestRemote test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_remote.moc"
