// SPDX-License-Identifier: GPL-3.0-or-later
// A dataset is curated in the window with the real engine; rows are found and shown as they were read.
#include <memory>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest>

#include "app/curation/curationdialog.h"
#include "app/data/moleculemodel.h"
#include "app/data/rowpanel.h"
#include "app/data/rowsview.h"
#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/workspace/workspace.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/moleculeview.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

class TestCuration : public QObject
{
    Q_OBJECT

private:
    template <typename T> T* find(const QString& name) { return m_window->findChild<T*>(name); }
    void shot(QWidget* widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        if (!folder.isEmpty()) {
            QTest::qWait(300);
            widget->grab().save(folder + u'/' + name + u".png"_s);
        }
    }
    RowsView* rows() { return find<RowsView>(u"rowsView"_s); }

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase();
    void rowIsShownAsRead();
    void reasonsFilter();
    void previewThenApplyThenUndo();
    void equalCountsAreReadAnew();
    void importCutsNumbers();
    void whatCannotBeImportedIsSaid_data();
    void whatCannotBeImportedIsSaid();
    void aNameThatIsTakenIsSaid();
    void anotherProjectBeginsWithItsOwnOrder();
    void cleanupTestCase() { m_window.reset(); }
};

void TestCuration::initTestCase()
{
    const QString engine = QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine");
    if (!QFileInfo::exists(engine)) {
        QSKIP("papilio-engine is not built");
    }
    const QString table = m_folder.filePath(u"measured.csv"_s), project = m_folder.filePath(u"p.papilio"_s);
    QFile file(table);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("id,smiles,logS,toxic,note\n"
               "a,CC(=O)Nc1ccc(O)cc1.Cl,-1.1,0,first\n"
               "b,CC(=O)Nc1ccc(O)cc1,-1.3,1,second\n"
               "c,OC(=O)c1ccccc1OC(C)=O,-1.7,0,\n"
               "d,[Na+].[O-]C(=O)c1ccccc1,0.5,0,salt\n"
               "e,CCO,1.1,0,\n"
               "f,OCC,1.0,0,again\n"
               "g,c1ccccc,2,,broken\n");
    file.close();
    QCOMPARE(QProcess::execute(engine, {u"import"_s, project, table, u"--dataset"_s, u"measured"_s}), 0);
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"papilio.ini"_s));
    m_window = std::make_unique<MainWindow>(m_settings.get(), engine);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->openProject(project);
    QTRY_VERIFY(find<QTabBar>(u"dataTabs"_s)->isVisible());
    find<QTabBar>(u"dataTabs"_s)->setCurrentIndex(4); // the rows
    QTRY_COMPARE(find<QTableView>(u"rowsTable"_s)->model()->rowCount(), 7);
}

void TestCuration::rowIsShownAsRead()
{
    auto* field = find<QLineEdit>(u"rowsGoTo"_s);
    field->setText(u"3"_s);
    QTest::keyClick(field, Qt::Key_Return);
    auto* panel = find<RowPanel>(u"rowPanel"_s);
    QTRY_VERIFY(panel->isVisible());
    auto* cells = find<QTableWidget>(u"rowCells"_s);
    QTRY_COMPARE(cells->rowCount(), 5);
    QCOMPARE(cells->item(1, 0)->text(), u"smiles"_s);
    QCOMPARE(cells->item(1, 1)->text(), u"[Na+].[O-]C(=O)c1ccccc1"_s);
    QVERIFY(cells->item(1, 1)->font().bold() && !cells->item(2, 1)->font().bold());
    QVERIFY(find<widgets::Label>(u"rowTitle"_s)->text().contains(u"Row 3"_s));
    auto* drawing = panel->findChild<widgets::MoleculeView*>();
    QTRY_COMPARE_WITH_TIMEOUT(drawing->smiles(), u"O=C([O-])c1ccccc1.[Na+]"_s, 20'000);
    shot(m_window.get(), u"rows-detail"_s);
    field->setText(u"99"_s);
    QTest::keyClick(field, Qt::Key_Return); // no such row: told, nothing changes
    QCOMPARE(panel->row(), 3);
}

void TestCuration::reasonsFilter()
{
    auto* field = find<QLineEdit>(u"rowsReason"_s);
    auto* model = find<QTableView>(u"rowsTable"_s)->model();
    field->setText(u"same molecule"_s);
    QTRY_COMPARE(model->rowCount(), 1);
    field->setText(u"nothing like it"_s);
    QTRY_COMPARE(model->rowCount(), 0);
    field->clear();
    QTRY_COMPARE(model->rowCount(), 7);
}

void TestCuration::previewThenApplyThenUndo()
{
    QTest::mouseClick(find<QPushButton>(u"rowsCurate"_s), Qt::LeftButton);
    QTRY_VERIFY(find<CurationDialog>(u"curationDialog"_s));
    auto* dialog = find<CurationDialog>(u"curationDialog"_s);
    QVERIFY(!find<QCheckBox>(u"curateSalts"_s)->isEnabled()); // until it is known what is in use
    auto* preview = find<QPushButton>(u"curatePreview"_s);
    auto* apply = find<QPushButton>(u"curateApply"_s);
    auto* counts = find<QTableWidget>(u"curationCounts"_s);
    QTRY_COMPARE(counts->item(0, 1) ? counts->item(0, 1)->text() : QString(), u"5"_s);
    QVERIFY(!preview->isEnabled() && !apply->isEnabled()); // nothing was chosen yet
    QVERIFY(find<QCheckBox>(u"curateSalts"_s)->isEnabled());
    auto* conflicts = find<QTreeWidget>(u"conflictTree"_s);
    QTRY_COMPARE(conflicts->topLevelItemCount(), 1);
    find<QCheckBox>(u"curateSalts"_s)->setChecked(true);
    find<QCheckBox>(u"curateNeutralise"_s)->setChecked(true);
    auto* duplicates = find<QComboBox>(u"curateDuplicates"_s);
    duplicates->setCurrentIndex(duplicates->findData(u"mean"_s));
    QVERIFY(preview->isEnabled() && !apply->isEnabled());
    QTest::mouseClick(preview, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), 20'000);
    QCOMPARE(counts->item(0, 1)->text(), u"5"_s);
    QCOMPARE(counts->item(0, 2)->text(), u"4"_s); // the salt of the first two rows
    QCOMPARE(find<QTableWidget>(u"curationExamples"_s)->rowCount(), 2);
    shot(dialog, u"curation-preview"_s);
    find<QTabBar>(u"curationTabs"_s)->setCurrentIndex(1);
    shot(dialog, u"curation-examples"_s);
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!apply->isEnabled() && find<QPushButton>(u"curateClose"_s)->text() == u"Close"_s, 20'000);
    QTRY_COMPARE(conflicts->topLevelItemCount(), 3); // logS twice, toxic once
    find<QTabBar>(u"curationTabs"_s)->setCurrentIndex(2);
    conflicts->expandAll();
    shot(dialog, u"curation-conflicts"_s);
    QTRY_COMPARE(m_window->findChild<QComboBox*>(u"rowsDataset"_s)->count(), 1);
    // A row of a contradiction is shown beside the list.
    Q_EMIT conflicts->itemDoubleClicked(conflicts->topLevelItem(0)->child(1), 0);
    QTRY_COMPARE(find<RowPanel>(u"rowPanel"_s)->row(), qint64{1});
    QTest::mouseClick(find<QPushButton>(u"curateReset"_s), Qt::LeftButton);
    QTest::mouseClick(preview, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), 20'000);
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(counts->item(0, 1)->text(), u"5"_s, 20'000);
    QTRY_COMPARE(find<QPushButton>(u"curateClose"_s)->text(), u"Close"_s);
    dialog->close();
    QTRY_COMPARE(find<QTableView>(u"rowsTable"_s)->model()->rowCount(), 7);
}

/// A recipe that changes labels and no count: what is shown of them is read again.
void TestCuration::equalCountsAreReadAnew()
{
    Workspace* workspace = m_window->services().workspace;
    workspace->selectTask(workspace->project().task("measured", "logS")->task.id);
    auto* molecules = find<QListView>(u"moleculeStrip"_s)->model();
    const auto highest = [molecules] { return molecules->index(0, 0).data(MoleculeModel::ValueTextRole).toString(); };
    QTRY_VERIFY2(highest().contains(u"1.1"_s), qPrintable(highest()));
    QTest::mouseClick(find<QPushButton>(u"rowsCurate"_s), Qt::LeftButton);
    QTRY_VERIFY(find<CurationDialog>(u"curationDialog"_s));
    auto* dialog = find<CurationDialog>(u"curationDialog"_s);
    auto* duplicates = find<QComboBox>(u"curateDuplicates"_s);
    QTRY_VERIFY(duplicates->isEnabled());
    duplicates->setCurrentIndex(duplicates->findData(u"mean"_s));
    QTest::mouseClick(find<QPushButton>(u"curatePreview"_s), Qt::LeftButton);
    auto* apply = find<QPushButton>(u"curateApply"_s);
    QTRY_VERIFY_WITH_TIMEOUT(apply->isEnabled(), 20'000);
    QTest::mouseClick(apply, Qt::LeftButton);
    QTRY_VERIFY2_WITH_TIMEOUT(highest().contains(u"1.05"_s), qPrintable(highest()), 20'000);
    QTRY_COMPARE(find<QPushButton>(u"curateClose"_s)->text(), u"Close"_s);
    dialog->close();
}

void TestCuration::importCutsNumbers()
{
    m_window->takeFiles({m_folder.filePath(u"measured.csv"_s)});
    QTRY_VERIFY(find<QDialog>(u"importDialog"_s));
    auto* dialog = find<QDialog>(u"importDialog"_s);
    auto* columns = dialog->findChild<QTreeWidget*>(u"columnsTable"_s);
    const auto cell = [columns](int row, int column) {
        const auto* item = columns->topLevelItem(row);
        return item ? item->text(column) : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(cell(2, 2), u"regression"_s, 20'000);
    QLocale::setDefault(QLocale(QLocale::German)); // whose comma is a decimal one
    columns->topLevelItem(2)->setText(5, u"−1,2; 0.5"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(cell(2, 6).contains(u"3 classes by the thresholds -1.2, 0.5"_s), qPrintable(cell(2, 6)), 20'000);
    QLocale::setDefault(QLocale::c());
    columns->topLevelItem(2)->setText(5, u"−1.2; 0,5"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(cell(2, 6).contains(u"4 classes by the thresholds -1.2, 0, 5"_s), qPrintable(cell(2, 6)), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(cell(2, 2), u"multiclass"_s, 20'000);
    QCOMPARE(cell(2, 5), u"−1.2; 0,5"_s); // as it was typed
    shot(dialog, u"import-cuts"_s);
    columns->topLevelItem(3)->setText(5, u"= 0 0"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(cell(3, 6).contains(u"made of the 2"_s), qPrintable(cell(3, 6)), 20'000);
    columns->topLevelItem(3)->setText(5, u"= 0 7"_s); // cannot be: said, and to be mended
    auto* message = dialog->findChild<widgets::MessageBar*>(u"importMessage"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible() && message->strongText().contains(u"becomes class 1"_s), 20'000);
    QVERIFY(!dialog->findChild<QPushButton*>(u"importStart"_s)->isEnabled());
    columns->topLevelItem(3)->setText(5, {});
    QTRY_COMPARE_WITH_TIMEOUT(cell(3, 2), u"binary"_s, 20'000);
    columns->topLevelItem(2)->setCheckState(0, Qt::Unchecked); // not a label any more: nothing to cut
    QTRY_COMPARE_WITH_TIMEOUT(cell(2, 1), u"not used"_s, 20'000);
    QCOMPARE(cell(2, 5), QString());
    QTRY_VERIFY(dialog->findChild<QPushButton*>(u"importStart"_s)->isEnabled());
    dialog->close();
}

void TestCuration::whatCannotBeImportedIsSaid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::newRow("not a table") << u"x.json"_s << QByteArray("{\"a\": 1}\n") << QString();
    QTest::newRow("no row can be used") << u"bad.csv"_s << QByteArray("smiles,y\nC1CC,1\nXX,2\nfoo(,3\n") << u"No row can be used"_s;
}

void TestCuration::whatCannotBeImportedIsSaid()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(QString, said);
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    for (const QStringList& files : {QStringList{file.fileName()}, QStringList{m_folder.filePath(u"p.papilio"_s), file.fileName()}}) {
        m_window->takeFiles(files);
        QTRY_VERIFY(find<QDialog>(u"importDialog"_s));
        auto* dialog = find<QDialog>(u"importDialog"_s);
        auto* message = dialog->findChild<widgets::MessageBar*>(u"importMessage"_s);
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 20'000);
        QCOMPARE(message->kind(), widgets::MessageBar::Kind::Error);
        QVERIFY2(said.isEmpty() || message->strongText() == said, qPrintable(message->strongText()));
        QVERIFY(!dialog->findChild<QPushButton*>(u"importStart"_s)->isEnabled());
        shot(dialog, u"import-"_s + name);
        dialog->close();
        QTRY_VERIFY(!find<QDialog>(u"importDialog"_s));
    }
}

void TestCuration::aNameThatIsTakenIsSaid()
{
    m_window->takeFiles({m_folder.filePath(u"measured.csv"_s)});
    QTRY_VERIFY(find<QDialog>(u"importDialog"_s));
    auto* dialog = find<QDialog>(u"importDialog"_s);
    auto* start = dialog->findChild<QPushButton*>(u"importStart"_s);
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 20'000);
    QTest::mouseClick(start, Qt::LeftButton);
    auto* message = dialog->findChild<widgets::MessageBar*>(u"importMessage"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible() && message->kind() == widgets::MessageBar::Kind::Error, 20'000);
    QVERIFY2(message->strongText().contains(u"'measured' already"_s), qPrintable(message->strongText()));
    QCOMPARE(message->text(), u"Change the name above."_s);
    shot(dialog, u"import-taken"_s);
    dialog->findChild<QLineEdit*>(u"datasetName"_s)->setText(u"measured again"_s);
    QTRY_VERIFY(start->isEnabled());
    QTest::mouseClick(start, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!find<QDialog>(u"importDialog"_s), 20'000);
    QTRY_COMPARE(m_window->services().workspace->project().datasets.size(), std::size_t(2));
}

void TestCuration::anotherProjectBeginsWithItsOwnOrder()
{
    const QString other = m_folder.filePath(u"other.papilio"_s);
    QCOMPARE(QProcess::execute(QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine"),
                               {u"import"_s, other, m_folder.filePath(u"measured.csv"_s), u"--dataset"_s, u"other"_s}),
             0);
    auto* order = find<QComboBox>(u"coverageOrder"_s);
    order->setCurrentIndex(order->findData(u"scaffold"_s));
    Q_EMIT order->activated(order->currentIndex());
    QTRY_VERIFY_WITH_TIMEOUT(find<widgets::Label>(u"orderNote"_s)->text().isEmpty(), 20'000);
    m_window->openProject(other);
    QTRY_VERIFY(m_window->services().workspace->project().dataset(1) &&
                m_window->services().workspace->project().dataset(1)->name == "other");
    QTRY_COMPARE(order->currentData().toString(), u"import"_s);
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const bool dark = qEnvironmentVariable("PAPILIO_TEST_THEME") == "dark"_L1; // for pictures
    widgets::Theme::install(application, dark ? widgets::Appearance::Dark : widgets::Appearance::Light);
    TestCuration test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_curation.moc"
