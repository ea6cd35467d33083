// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of a table are chosen in the import dialog, with the real engine.
#include <memory>

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>

#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/statusmark.h"
#include "app/workspace/workspace.h"
#include "widgets/format.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

namespace
{

/// A download of a database: five rows in ten are IC50 in nM, three Ki in uM, two inhibitions in %; some are no molecules.
QByteArray activities()
{
    static const QByteArray ends[] = {"c1ccccc1", "C(=O)Nc1ccc(F)cc1", "c1ccncc1", "N1CCOCC1", "C(=O)O"};
    QByteArray text("Molecule ChEMBL ID;Smiles;Standard Type;Standard Relation;Standard Value;Standard Units;Assay Type;"
                    "Target Name\n");
    for (int i = 0; i < 400; ++i) {
        const int kind = i % 10;
        const char* type = kind < 5 ? "IC50" : kind < 8 ? "Ki" : "Inhibition";
        const char* unit = kind < 5 ? "nM" : kind < 8 ? "uM" : "%";
        const QByteArray smiles = i % 50 == 17 ? QByteArray("broken(") : QByteArray(1 + i % 13, 'C') + ends[i % 5];
        text += "CHEMBL" + QByteArray::number(1000 + i) + ";" + smiles + ";" + type + ";'=';" +
                QByteArray::number(10 + i % 97) + ";" + unit + ";" + (i % 7 == 3 ? "F" : "B") + ";" +
                (i % 11 == 5 ? "" : "Carbonic anhydrase") + "\n";
    }
    return text;
}

} // namespace

class TestRows : public QObject
{
    Q_OBJECT

private:
    template <typename T> T* in(const QString& name) { return m_dialog->findChild<T*>(name); }
    void shot(QWidget* widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        if (!folder.isEmpty()) {
            for (const auto appearance : {widgets::Appearance::Light, widgets::Appearance::Dark}) {
                widgets::Theme::current().setAppearance(appearance);
                QTest::qWait(400);
                const QString theme = appearance == widgets::Appearance::Light ? u"light"_s : u"dark"_s;
                widget->grab().save(folder + u'/' + name + u'-' + theme + u".png"_s);
            }
        }
    }
    /// As a person does it: the entry, then the signal.
    static void pick(QComboBox* box, int index)
    {
        QVERIFY(index >= 0 && index < box->count());
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    QString unitOf(const QString& column)
    {
        const auto items = in<QTreeWidget>(u"columnsTable"_s)->findItems(column, Qt::MatchExactly);
        return items.isEmpty() ? QString() : items.first()->text(4);
    }
    int shownRows() { return in<QTableView>(u"previewTable"_s)->model()->rowCount(); }
    /// The text of the last column of the first row.
    QString firstRow() { return in<QTableView>(u"previewTable"_s)->model()->index(0, 0).data().toString(); }

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QDialog* m_dialog = nullptr;

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void readingBarShowsAll();
    void kindsAreOffered();
    void conditionsCombine();
    void otherValuesAreTyped();
    void linkAddsToConditions();
    void missingValuesAreSaid();
    void lateRowsAreNoMistake();
    void importTakesThem();
    void cleanupTestCase() { m_window.reset(); }
};

void TestRows::initTestCase()
{
    const QString engine = QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine");
    if (!QFileInfo::exists(engine)) {
        QSKIP("papilio-engine is not built");
    }
    QFile file(m_folder.filePath(u"activities.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(activities());
    file.close();
    widgets::Theme::install(*qApp, widgets::Appearance::Light);
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"papilio.ini"_s));
    m_window = std::make_unique<MainWindow>(m_settings.get(), engine);
    m_window->resize(1280, 800);
    m_window->show();
}

void TestRows::init()
{
    m_window->takeFiles({m_folder.filePath(u"activities.csv"_s)});
    QTRY_VERIFY(m_window->findChild<QDialog*>(u"importDialog"_s));
    m_dialog = m_window->findChild<QDialog*>(u"importDialog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(in<QPushButton>(u"importStart"_s)->isEnabled(), 20'000);
}

void TestRows::cleanup()
{
    if (m_window->findChild<QDialog*>(u"importDialog"_s)) {
        m_dialog->close();
    }
    QTRY_VERIFY(!m_window->findChild<QDialog*>(u"importDialog"_s));
}

/// No choice of the bar above is cut, however narrow the dialog is; what has no room in its line goes to the next.
void TestRows::readingBarShowsAll()
{
    QCOMPARE(m_dialog->width(), 1080);
    QCOMPARE(in<QComboBox>(u"delimiterChoice"_s)->currentText(), u"semicolon (found)"_s);
    shot(m_dialog, u"rows-reading"_s);
    for (const int width : {1080, 860}) {
        m_dialog->resize(width, 800);
        QTest::qWait(50);
        for (const QString& name : {u"delimiterChoice"_s, u"encodingChoice"_s, u"decimalChoice"_s, u"headerChoice"_s, u"boundsChoice"_s}) {
            const auto* box = in<QComboBox>(name);
            QVERIFY2(box->width() >= box->sizeHint().width(), qPrintable(name));
            QVERIFY2(m_dialog->rect().contains(QRect(box->mapTo(m_dialog, QPoint()), box->size())), qPrintable(name));
        }
    }
    shot(m_dialog, u"rows-reading-narrow"_s);
}

void TestRows::kindsAreOffered()
{
    QCOMPARE(in<QComboBox>(u"rowsChoice"_s)->currentIndex(), 0);
    QCOMPARE(unitOf(u"Standard Value"_s), u"nM"_s);
    auto* message = in<widgets::MessageBar>(u"importMessage"_s);
    QVERIFY(message->isVisible());
    QCOMPARE(message->strongText(), u"Standard Type tells 3 kinds of values apart in Standard Value"_s);
    QVERIFY(!message->text().contains("--"_L1));
    shot(m_dialog, u"rows-offer"_s);
    Q_EMIT message->actionTriggered(0);
    QCOMPARE(in<QComboBox>(u"rowsChoice"_s)->currentIndex(), 1);
    QCOMPARE(in<QComboBox>(u"onlyColumn"_s)->currentText(), u"Standard Type"_s);
    auto* value = in<QComboBox>(u"onlyValue"_s);
    QCOMPARE(value->currentData().toString(), u"IC50"_s);
    QCOMPARE(value->currentText(), u"IC50 · 200"_s);
    QCOMPARE(value->count(), 4); // three kinds, and another one
    QTRY_VERIFY_WITH_TIMEOUT(in<widgets::Label>(u"rowsLooked"_s)->text().contains("200 left out"_L1), 20'000);
    pick(value, value->findData(u"Ki"_s));
    QTRY_COMPARE_WITH_TIMEOUT(unitOf(u"Standard Value"_s), u"uM"_s, 20'000);
    QCOMPARE(firstRow(), u"5"_s);
    QCOMPARE(value->currentData().toString(), u"Ki"_s); // the preview leaves it
    QCOMPARE(value->count(), 4);
    shot(m_dialog, u"rows-kind"_s);
    pick(in<QComboBox>(u"rowsChoice"_s), 0);
    QTRY_COMPARE_WITH_TIMEOUT(unitOf(u"Standard Value"_s), u"nM"_s, 20'000);
    QVERIFY(!in<QComboBox>(u"onlyColumn"_s));
}

void TestRows::conditionsCombine()
{
    pick(in<QComboBox>(u"rowsChoice"_s), 1);
    QTRY_VERIFY_WITH_TIMEOUT(in<widgets::Label>(u"rowsLooked"_s)->text().contains("200 left out"_L1), 20'000);
    QTest::mouseClick(in<QToolButton>(u"onlyAdd"_s), Qt::LeftButton); // the same column, the next value
    QTRY_VERIFY2_WITH_TIMEOUT(in<widgets::Label>(u"rowsLooked"_s)->text().contains("80 left out"_L1),
                              qPrintable(in<widgets::Label>(u"rowsLooked"_s)->text()), 20'000);
    QCOMPARE(m_dialog->findChildren<QComboBox*>(u"onlyValue"_s).value(1)->currentData().toString(), u"Ki"_s);
    QTest::mouseClick(in<QToolButton>(u"onlyAdd"_s), Qt::LeftButton);
    auto* column = m_dialog->findChildren<QComboBox*>(u"onlyColumn"_s).value(2);
    pick(column, column->findText(u"Target Name"_s));
    auto* value = m_dialog->findChildren<QComboBox*>(u"onlyValue"_s).value(2);
    pick(value, value->findData(QString())); // nothing stands there
    QCOMPARE(value->currentText(), u"(nothing) · 36"_s);
    QStringList joins;
    for (const auto* label : m_dialog->findChildren<widgets::Label*>(u"onlyJoin"_s)) {
        joins << (label->isVisible() ? label->text() : QString());
    }
    QCOMPARE(joins, (QStringList{QString(), u"or"_s, u"and"_s}));
    QTRY_VERIFY2_WITH_TIMEOUT(in<widgets::Label>(u"rowsLooked"_s)->text().contains("372 left out"_L1),
                              qPrintable(in<widgets::Label>(u"rowsLooked"_s)->text()), 20'000);
    QTRY_VERIFY(in<widgets::MessageBar>(u"importMessage"_s)->isHidden()); // no row of these is bad
    shot(m_dialog, u"rows-three"_s);
    QTest::mouseClick(m_dialog->findChildren<QToolButton*>(u"onlyRemove"_s).value(1), Qt::LeftButton);
    QTRY_COMPARE(m_dialog->findChildren<QComboBox*>(u"onlyValue"_s).size(), 2);
    QTest::mouseClick(m_dialog->findChildren<QToolButton*>(u"onlyRemove"_s).value(1), Qt::LeftButton);
    QTRY_COMPARE(m_dialog->findChildren<QComboBox*>(u"onlyValue"_s).size(), 1);
    QTest::mouseClick(in<QToolButton>(u"onlyRemove"_s), Qt::LeftButton);
    QCOMPARE(in<QComboBox>(u"rowsChoice"_s)->currentIndex(), 0);
}

void TestRows::otherValuesAreTyped()
{
    pick(in<QComboBox>(u"rowsChoice"_s), 1);
    auto* value = in<QComboBox>(u"onlyValue"_s);
    auto* other = in<QLineEdit>(u"onlyOther"_s);
    QVERIFY(other->isHidden());
    pick(value, value->count() - 1);
    QVERIFY(other->isVisible());
    QTest::keyClicks(other, u"EC50"_s);
    auto* message = in<widgets::MessageBar>(u"importMessage"_s);
    const auto said = [message] { return message->strongText(); };
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains("is 'EC50' in no row"_L1), qPrintable(said()), 20'000);
    QVERIFY2(message->text().contains("'IC50' 200, 'Ki' 120"_L1), qPrintable(message->text()));
    QVERIFY(!message->text().contains("--"_L1));
    QVERIFY(!in<QPushButton>(u"importStart"_s)->isEnabled());
    shot(m_dialog, u"rows-typed"_s);
    other->clear();
    QTest::keyClicks(other, u"Inhibition"_s);
    QTRY_COMPARE_WITH_TIMEOUT(unitOf(u"Standard Value"_s), u"%"_s, 20'000);
    QVERIFY(other->isVisible() && other->text() == "Inhibition"_L1);
}

/// The link works beside other conditions, too.
void TestRows::linkAddsToConditions()
{
    pick(in<QComboBox>(u"rowsChoice"_s), 1);
    auto* column = in<QComboBox>(u"onlyColumn"_s);
    pick(column, column->findText(u"Assay Type"_s));
    QTRY_VERIFY_WITH_TIMEOUT(in<widgets::Label>(u"rowsLooked"_s)->text().contains("57 left out"_L1), 20'000);
    auto* message = in<widgets::MessageBar>(u"importMessage"_s);
    QTRY_VERIFY2(message->strongText().contains("tells 3 kinds"_L1), qPrintable(message->strongText()));
    Q_EMIT message->actionTriggered(0);
    const auto columns = m_dialog->findChildren<QComboBox*>(u"onlyColumn"_s);
    QCOMPARE(columns.size(), 2);
    QCOMPARE(columns[1]->currentText(), u"Standard Type"_s);
    QCOMPARE(m_dialog->findChildren<QComboBox*>(u"onlyValue"_s).value(1)->currentData().toString(), u"IC50"_s);
    Q_EMIT message->actionTriggered(0); // there is one of that column now
    QCOMPARE(m_dialog->findChildren<QComboBox*>(u"onlyColumn"_s).size(), 2);
    QTRY_VERIFY_WITH_TIMEOUT(!message->strongText().contains("tells 3 kinds"_L1) || message->isHidden(), 20'000);
}

/// A condition without a value is not passed over: all rows would be imported.
void TestRows::missingValuesAreSaid()
{
    auto* start = in<QPushButton>(u"importStart"_s);
    auto* message = in<widgets::MessageBar>(u"importMessage"_s);
    const auto said = [message] { return message->isHidden() ? QString() : message->strongText(); };
    pick(in<QComboBox>(u"rowsChoice"_s), 1);
    auto* value = in<QComboBox>(u"onlyValue"_s);
    pick(value, value->count() - 1);
    QVERIFY(!start->isEnabled()); // at once
    QCOMPARE(said(), u"No value of Standard Type is said yet"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!in<widgets::Label>(u"rowsLooked"_s)->text().contains("left out"_L1), 20'000);
    QTest::qWait(600); // the preview of all rows has come
    QVERIFY(!start->isEnabled());
    QCOMPARE(said(), u"No value of Standard Type is said yet"_s);
    shot(m_dialog, u"rows-no-value"_s);
    auto* other = in<QLineEdit>(u"onlyOther"_s);
    QTest::keyClicks(other, u" "_s);
    QVERIFY(!start->isEnabled());
    QTest::keyClicks(other, u"Ki"_s);
    QTRY_COMPARE_WITH_TIMEOUT(unitOf(u"Standard Value"_s), u"uM"_s, 20'000);
    QTRY_VERIFY(start->isEnabled());
    QVERIFY(!said().contains("No value"_L1));
    other->clear();
    Q_EMIT other->textEdited(QString());
    QVERIFY(!start->isEnabled());
    QTest::mouseClick(in<QToolButton>(u"onlyRemove"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled() && !said().contains("No value"_L1), 20'000);
}

/// A value that comes behind the rows of the preview can be asked for.
void TestRows::lateRowsAreNoMistake()
{
    m_dialog->close();
    QTRY_VERIFY(!m_window->findChild<QDialog*>(u"importDialog"_s));
    QFile file(m_folder.filePath(u"late.csv"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray text("smiles,target,y\n");
    for (int i = 0; i < 100'100; ++i) {
        text += QByteArray(1 + i % 9, 'C') + (i < 100'050 ? ",common," : ",rare,") + QByteArray::number(i % 89) + "\n";
    }
    file.write(text);
    file.close();
    m_window->takeFiles({file.fileName()});
    QTRY_VERIFY(m_window->findChild<QDialog*>(u"importDialog"_s));
    m_dialog = m_window->findChild<QDialog*>(u"importDialog"_s);
    auto* start = in<QPushButton>(u"importStart"_s);
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 20'000);
    pick(in<QComboBox>(u"rowsChoice"_s), 1);
    auto* column = in<QComboBox>(u"onlyColumn"_s);
    pick(column, column->findText(u"target"_s));
    auto* value = in<QComboBox>(u"onlyValue"_s);
    pick(value, value->count() - 1);
    QTest::keyClicks(in<QLineEdit>(u"onlyOther"_s), u"rare"_s);
    auto* message = in<widgets::MessageBar>(u"importMessage"_s);
    const QString looked = widgets::formatCount(100'000);
    QTRY_COMPARE_WITH_TIMEOUT(message->strongText(),
                              u"None of the first %1 rows is one that was asked for"_s.arg(looked), 20'000);
    QVERIFY(message->isVisible() && message->kind() == widgets::MessageBar::Kind::Info);
    QVERIFY2(message->text().contains("looks at all rows"_L1), qPrintable(message->text()));
    QVERIFY(start->isEnabled());
    QVERIFY2(start->text().contains("1 task"_L1), qPrintable(start->text()));
    QVERIFY(in<widgets::Label>(u"rowsLooked"_s)->text().contains(looked + u" left out"_s));
    const auto labels = in<QTreeWidget>(u"columnsTable"_s)->findItems(u"y"_s, Qt::MatchExactly);
    QCOMPARE(labels.size(), 1);
    QVERIFY2(!labels[0]->text(6).contains("filled"_L1), qPrintable(labels[0]->text(6))); // of those asked for
    QVERIFY2(labels[0]->text(6).contains("numbers"_L1), qPrintable(labels[0]->text(6)));
    shot(m_dialog, u"rows-late"_s);
}

void TestRows::importTakesThem()
{
    pick(in<QComboBox>(u"rowsChoice"_s), 1);
    auto* value = in<QComboBox>(u"onlyValue"_s);
    pick(value, value->findData(u"Ki"_s));
    QTRY_COMPARE_WITH_TIMEOUT(unitOf(u"Standard Value"_s), u"uM"_s, 20'000);
    QTest::mouseClick(in<QPushButton>(u"importStart"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<QDialog*>(u"importDialog"_s), 20'000);
    const auto* workspace = m_window->services().workspace;
    QTRY_COMPARE_WITH_TIMEOUT(workspace->project().datasets.size(), std::size_t(1), 20'000);
    const auto& dataset = workspace->project().datasets.front();
    QCOMPARE(dataset.rows, 400);
    QCOMPARE(dataset.leftOut, 280);
    QCOMPARE(dataset.rejected, 288); // eight of those asked for are no molecules
    QCOMPARE(workspace->project().rejectedRows(), 8);
    auto* banner = m_window->findChild<widgets::MessageBar*>(u"dataMessage"_s);
    QVERIFY(banner);
    QTRY_VERIFY2_WITH_TIMEOUT(banner->text().contains("280 left out as asked"_L1), qPrintable(banner->text()), 20'000);
    QVERIFY2(banner->text().contains("8 rejected"_L1), qPrintable(banner->text()));
    shot(m_window.get(), u"rows-imported"_s);
    m_window->findChild<QTabBar*>(u"dataTabs"_s)->setCurrentIndex(4); // the rows
    auto* table = m_window->findChild<QTableView*>(u"rowsTable"_s);
    QTRY_COMPARE(table->model()->rowCount(), 400);
    const auto textOf = [table](int row) {
        return table->model()->index(row, table->model()->columnCount() - 1).data().toString();
    };
    QTRY_COMPARE(textOf(0), u"left out as asked: 'Standard Type' is 'IC50'"_s);
    QCOMPARE(statusText(u"rejected"_s, u"left out as asked: 'a' is 'b'"_s), u"left out as asked"_s);
    QCOMPARE(statusText(u"rejected"_s, u"not a SMILES"_s), u"rejected"_s);
    shot(m_window.get(), u"rows-left-out"_s);
}

QTEST_MAIN(TestRows)
#include "tst_rows.moc"
