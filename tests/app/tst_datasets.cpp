// SPDX-License-Identifier: GPL-3.0-or-later
// The data sets of the field through window and engine: listed, searched, taken from a folder, told what is missing.
#include <memory>

#include <QApplication>
#include <QDialog>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include "app/datasets/datasetlist.h"
#include "app/datasets/datasetsdialog.h"
#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/workspace/workspace.h"
#include "tests/support/paths.h"
#include "widgets/emptystate.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

class TestDatasets : public QObject
{
    Q_OBJECT

private:
    template <typename T> T* find(const QString& name) { return m_window->findChild<T*>(name); }
    DatasetsDialog* dialog() { return m_window->findChild<DatasetsDialog*>(); }
    DatasetList* list() { return find<DatasetList>(u"datasetList"_s); }
    void shot(const QString& name)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        if (!folder.isEmpty() && dialog()) {
            QTest::qWait(200);
            dialog()->grab().save(folder + u'/' + name + u".png"_s);
        }
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase();
    void lists();
    void searches();
    void tellsWhatCannotBe();
    void takesAGroupFromAFolder();
    void tellsWhatIsMissing();
    void failedListStaysSaid();
    void cleanupTestCase() { m_window.reset(); }
};

void TestDatasets::initTestCase()
{
    const QString engine = QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine");
    if (!QFileInfo::exists(engine)) {
        QSKIP("papilio-engine is not built");
    }
    qputenv("PAPILIO_DATASETS", m_folder.filePath(u"datasets"_s).toUtf8());
    qputenv("https_proxy", "http://127.0.0.1:1"); // whatever happens, nothing is fetched
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"papilio.ini"_s));
    m_window = std::make_unique<MainWindow>(m_settings.get(), engine);
    m_window->show();
    QTest::mouseClick(find<QPushButton>(u"datasetsButton"_s), Qt::LeftButton);
    QTRY_VERIFY(dialog());
    QTRY_VERIFY_WITH_TIMEOUT(!dialog()->isLoading(), 30'000);
}

void TestDatasets::lists()
{
    QTRY_VERIFY(list()->current());
    QCOMPARE(list()->current()->name, u"toymix"_s);
    QVERIFY(list()->listModel()->rowCount() > 60); // with the headings
    dialog()->select(u"l1000_vcap"_s);
    QCOMPARE(find<widgets::Label>(u"datasetTitle"_s)->text(), u"L1000 VCAP"_s);
    QCOMPARE(find<QPushButton>(u"datasetGet"_s)->text(), u"Download and import"_s);
    shot(u"datasets-l1000"_s);
}

void TestDatasets::searches()
{
    auto* field = find<QLineEdit>(u"datasetFilter"_s);
    field->setText(u"node"_s);
    QCOMPARE(list()->listModel()->rowOf(u"qm9"_s), -1);
    QVERIFY(list()->listModel()->rowOf(u"pcqm4m_n4"_s) > 0);
    field->setText(u"nothing of the kind"_s);
    QVERIFY(!list()->current());
    QVERIFY(!find<QPushButton>(u"datasetGet"_s)->isEnabled());
    shot(u"datasets-none"_s);
    field->clear();
    QVERIFY(list()->current());
}

void TestDatasets::tellsWhatCannotBe()
{
    dialog()->select(u"qm7b"_s);
    QVERIFY(find<widgets::Label>(u"datasetNotes"_s)->text().contains(u"MATLAB"_s));
    QVERIFY(!find<QPushButton>(u"datasetFromFolder"_s)->isEnabled());
    QCOMPARE(find<QPushButton>(u"datasetGet"_s)->text(), u"Download"_s);
    dialog()->select(u"minimol"_s);
    QVERIFY(!find<QPushButton>(u"datasetGet"_s)->isEnabled()); // no address is known
    QVERIFY(find<QPushButton>(u"datasetFromFolder"_s)->isEnabled());
    shot(u"datasets-minimol"_s);
}

void TestDatasets::takesAGroupFromAFolder()
{
    PAPILIO_TEST_FILE(table, "toymix_tiny/qm9.csv.gz");
    dialog()->select(u"toymix"_s);
    dialog()->takeFolder(QFileInfo(table).path());
    QTRY_VERIFY(find<QFileDialog>(u"datasetProjectDialog"_s)); // no project is open
    auto* chooser = find<QFileDialog>(u"datasetProjectDialog"_s);
    const QString project = m_folder.filePath(u"tiny.papilio"_s);
    Q_EMIT chooser->fileSelected(project);
    chooser->close();
    const auto* panel = find<widgets::ProgressPanel>(u"datasetProgress"_s);
    QVERIFY(!panel->isHidden() && panel->findChild<QToolButton*>()->isHidden()); // one button to stop, and that is at the right
    QTRY_VERIFY_WITH_TIMEOUT(m_window->services().workspace->isOpen() &&
                                 m_window->services().workspace->project().datasets.size() == 3,
                             60'000);
    QTRY_VERIFY(find<widgets::Label>(u"datasetNews"_s)->text().contains(u"split 1: train 5, val 10, test 5"_s));
    QCOMPARE(find<widgets::MessageBar>(u"datasetsMessage"_s)->kind(), widgets::MessageBar::Kind::Success);
    shot(u"datasets-done"_s);
}

/// Without an engine there is no list: why stays on the page whatever is typed.
void TestDatasets::failedListStaysSaid()
{
    Settings settings(m_folder.filePath(u"broken.ini"_s));
    MainWindow window(&settings, m_folder.filePath(u"no-engine"_s));
    window.show();
    QTest::mouseClick(window.findChild<QPushButton*>(u"datasetsButton"_s), Qt::LeftButton);
    QTRY_VERIFY(window.findChild<DatasetsDialog*>());
    auto* dialog = window.findChild<DatasetsDialog*>();
    auto* error = dialog->findChild<widgets::EmptyState*>(u"datasetsEmpty"_s);
    QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 30'000);
    const auto says = [error](const QString& part) {
        const auto labels = error->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->text().contains(part); });
    };
    QVERIFY(says(u"cannot be listed"_s));
    dialog->findChild<QLineEdit*>(u"datasetFilter"_s)->setText(u"q"_s);
    QVERIFY(error->isVisible() && says(u"cannot be listed"_s));
    dialog->close();
}

void TestDatasets::tellsWhatIsMissing()
{
    dialog()->select(u"hiv"_s);
    dialog()->takeFolder(m_folder.path());
    auto* message = find<widgets::MessageBar>(u"datasetsMessage"_s);
    QTRY_COMPARE_WITH_TIMEOUT(message->kind(), widgets::MessageBar::Kind::Error, 30'000);
    QVERIFY2(message->text().contains(u"HIV.csv"_s), qPrintable(message->text()));
    QVERIFY(find<QPushButton>(u"datasetGet"_s)->isVisible());
    shot(u"datasets-missing"_s);
}

int main(int argc, char* argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
    qunsetenv("XDG_DATA_HOME");
    QApplication application(argc, argv);
    const bool dark = qEnvironmentVariable("PAPILIO_TEST_THEME") == "dark"_L1; // for pictures
    widgets::Theme::install(application, dark ? widgets::Appearance::Dark : widgets::Appearance::Light);
    TestDatasets test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_datasets.moc"
