// SPDX-License-Identifier: GPL-3.0-or-later
// The window in German: nothing the engine says stays English by accident, no label or button is cut, each field that
// the keyboard reaches has a name.
#include <memory>

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest>

#include "app/data/rowsmodel.h"
#include "app/engine/enginetext.h"
#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/shell/rail.h"
#include "app/train/splitreply.h"
#include "app/workspace/workspace.h"
#include "widgets/messagebar.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

namespace
{

/// What an engine answers to a request, null if it does not.
QJsonObject answer(QProcess& engine, const QString& method, const QJsonObject& params)
{
    engine.write(QJsonDocument(QJsonObject{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, 1}, {u"method"_s, method}, {u"params"_s, params}})
                     .toJson(QJsonDocument::Compact) +
                 '\n');
    while (engine.canReadLine() || engine.waitForReadyRead(30'000)) {
        while (engine.canReadLine()) {
            const QJsonObject line = QJsonDocument::fromJson(engine.readLine()).object();
            if (line["id"_L1].toInt() == 1) {
                return line["result"_L1].toObject();
            }
        }
    }
    return {};
}

QString shown(const QWidget* widget)
{
    QStringList path;
    for (const QWidget* part = widget; part; part = part->parentWidget()) {
        path.prepend(part->objectName().isEmpty() ? QString::fromLatin1(part->metaObject()->className()) : part->objectName());
    }
    return path.join(u'/');
}

/// Labels and buttons with less room than their text needs, and fields of the keyboard without a name.
QStringList faultsOf(const QWidget* top)
{
    QStringList faults;
    for (const QWidget* widget : top->findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty()) {
            continue;
        }
        const auto* label = qobject_cast<const QLabel*>(widget);
        const auto* box = qobject_cast<const QComboBox*>(widget);
        if (box && box->sizeAdjustPolicy() == QComboBox::AdjustToContents && box->sizeHint().width() > box->width() + 1) {
            faults << u"cut: "_s + shown(widget) + u": "_s + box->currentText();
        }
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (label && !label->text().isEmpty()) {
            const bool cut = label->wordWrap() ? label->heightForWidth(label->width()) > label->height() + 1
                                               : label->sizeHint().width() > label->width() + 1;
            if (cut) {
                faults << u"cut: "_s + shown(widget) + u": "_s + label->text();
            }
        } else if (button && !button->text().isEmpty() && button->minimumSizeHint().width() > button->width() + 1) {
            faults << u"cut: "_s + shown(widget) + u": "_s + button->text();
        }
        if (widget->focusPolicy() & Qt::TabFocus && widget->isEnabled() && !widget->inherits("QTabBar")) {
            QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
            const bool ofSpinBox = widget->objectName() == "qt_spinbox_lineedit"_L1; // the box has the name
            if (accessible && accessible->text(QAccessible::Name).isEmpty() && !ofSpinBox) {
                faults << u"no name: "_s + shown(widget);
            }
        }
    }
    return faults;
}

} // namespace

class TestGerman : public QObject
{
    Q_OBJECT

private:
    void check(QWidget* widget)
    {
        QTest::qWait(100); // the layout settles
        const QStringList faults = faultsOf(widget);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void shot(QWidget* widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        for (const auto appearance : {widgets::Appearance::Dark, widgets::Appearance::Light}) {
            if (!folder.isEmpty()) {
                widgets::Theme::current().setAppearance(appearance);
                QTest::qWait(400);
                const QString theme = appearance == widgets::Appearance::Light ? u"light"_s : u"dark"_s;
                widget->grab().save(folder + u'/' + name + u'-' + theme + u".png"_s);
            }
        }
    }

    QTemporaryDir m_folder;
    QTranslator m_german;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QVERIFY(m_german.load(u":/i18n/papilio_de.qm"_s));
        QVERIFY(QCoreApplication::installTranslator(&m_german));
        m_settings = std::make_unique<Settings>(m_folder.filePath(u"papilio.ini"_s));
        m_window = std::make_unique<MainWindow>(m_settings.get(), QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine"));
        m_window->resize(1100, 700);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void engineTextsTakeTheirArguments()
    {
        QCOMPARE(engineText(u"epoch 3 of 1,200"_s), u"Epoche 3 von 1,200"_s);
        QCOMPARE(engineText(u"importing 'a %1 2.csv'"_s), u"'a %1 2.csv' wird importiert"_s);
        QCOMPARE(engineText(u"task 'tox:NR-AR 2' has no label in the training part"_s),
                 u"Aufgabe 'tox:NR-AR 2' hat im Trainingsteil kein Label"_s);
        QCOMPARE(engineText(u"only 0 and 1 in 950 rows"_s), u"nur 0 und 1 in 950 Zeilen"_s);
        QCOMPARE(engineText(u"atom 1, C: valence 5 is greater than permitted (atoms counted from 0)."_s),
                 u"Atom 1, C: Die Valenz 5 ist größer als erlaubt (Atome ab 0 gezählt)."_s);
        QCOMPARE(engineText(u"aromatic atoms 0, 1, 2 cannot be given alternating single and double bonds (atoms counted from 0)."_s),
                 u"Den aromatischen Atomen 0, 1, 2 lassen sich keine abwechselnden Einfach- und Doppelbindungen geben (Atome ab 0 gezählt)."_s);
        QCOMPARE(engineText(u"Column 'a 2' of 't.csv' is 'b' in no row."_s), u"In keiner Zeile von 't.csv' steht 'b' in Spalte 'a 2'."_s);
        QCOMPARE(engineText(u"The project has a dataset 'x' already."_s), u"Das Projekt hat schon einen Datensatz 'x'."_s);
        QCOMPARE(engineText(u"something 3 nobody knows"_s), u"something 3 nobody knows"_s);
        QCOMPARE(engineText({}), QString());
    }

    void presetsAndOptionsAreGerman()
    {
        QProcess engine;
        engine.start(QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine"), {u"serve"_s});
        const QJsonArray presets = answer(engine, u"train.presets"_s, {})["presets"_L1].toArray();
        QVERIFY(presets.size() > 20);
        QStringList english;
        for (const QJsonValue preset : presets) {
            const QString text = preset["description"_L1].toString();
            english << (engineText(text) == text ? QStringList{text} : QStringList());
        }
        for (const QString& preset : {u"gine-toymix"_s, u"mpnn-toymix"_s, u"gps-small"_s, u"gpspp-pcqm4m"_s, u"minimol"_s}) {
            const QJsonArray options = answer(engine, u"train.options"_s, {{u"preset"_s, preset}})["options"_L1].toArray();
            QVERIFY(options.size() > 50);
            for (const QJsonValue option : options) {
                const QString text = option["meaning"_L1].toString();
                if (engineText(text) == text && text != "Dropout."_L1) {
                    english << text;
                }
            }
        }
        engine.closeWriteChannel();
        QVERIFY(engine.waitForFinished());
        english.removeDuplicates();
        QVERIFY2(english.isEmpty(), qPrintable(english.join(u'\n')));
    }

    void splitsAreJudgedInGerman()
    {
        const auto parts = [](int train, int validation, int test) {
            return QJsonObject{{u"train"_s, train}, {u"val"_s, validation}, {u"test"_s, test}};
        };
        const auto task = [&](const QString& name, const QJsonObject& labels, const QJsonObject& positives) {
            return QJsonObject{{u"dataset"_s, u"d"_s}, {u"task"_s, name},        {u"kind"_s, u"binary"_s},
                               {u"labels"_s, labels},  {u"positives"_s, positives}};
        };
        const QJsonObject report{{u"molecules"_s, parts(8, 1, 1)},
                                 {u"tasks"_s, QJsonArray{task(u"a_1"_s, parts(8, 1, 0), parts(4, 0, 0)),
                                                         task(u"b"_s, parts(8, 1, 1), parts(4, 0, 1))}},
                                 {u"stereoTwins"_s, 1},
                                 {u"warnings"_s, QJsonArray{u"in English"_s}}};
        const SplitReply reply = SplitReply::from({{u"report"_s, report}});
        const QStringList expected{u"Validierung: 2 Aufgaben ohne Positive"_s, u"Test: a_1 ohne Label"_s,
                                   u"1 gemessenes Molekül weicht nur in der Stereochemie von einem trainierten ab"_s};
        QCOMPARE(reply.warnings(), expected);
    }

    void startPageFits() { check(m_window.get()); }

    void pagesFit()
    {
        QFile table(m_folder.filePath(u"acids.csv"_s));
        QVERIFY(table.open(QIODevice::WriteOnly));
        QByteArray text("smiles,pKa,strong\n");
        for (int i = 1; i <= 40; ++i) {
            text += QByteArray(i, 'C') + "C(=O)O," + QByteArray::number(4 + i * 0.01) + (i % 2 ? ",1\n" : ",0\n");
        }
        table.write(text + "CO methanol,5,1\nC1CC,5,1\n");
        table.close();
        const QString project = m_folder.filePath(u"acids.papilio"_s);
        QCOMPARE(QProcess::execute(QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine"), {u"import"_s, project, table.fileName()}), 0);
        m_window->openProject(project);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->services().workspace->isOpen(), 20'000);
        for (const int page : {Rail::Data, Rail::Train, Rail::LookUp}) {
            m_window->showPage(page);
            QTRY_VERIFY_WITH_TIMEOUT(!m_window->isLoading(), 60'000);
            check(m_window.get());
        }
    }

    void reasonsAreShownAndFoundInGerman()
    {
        m_window->showPage(Rail::Data);
        m_window->findChild<QTabBar*>(u"dataTabs"_s)->setCurrentIndex(4); // the rows
        auto* table = m_window->findChild<QTableView*>(u"rowsTable"_s);
        auto* model = m_window->findChild<RowsModel*>();
        auto* field = m_window->findChild<QLineEdit*>(u"rowsReason"_s);
        QVERIFY(table && model && field);
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 42, 20'000);
        const QString german = u"kein SMILES: Ringbindung 1, bei Zeichen 2 begonnen, wird nicht geschlossen"_s;
        const auto last = [&](int role) {
            return model->index(model->rowCount() - 1, RowsModel::StatusColumn).data(role).toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(last(Qt::DisplayRole), u"verworfen: "_s + german, 20'000);
        QCOMPARE(last(Qt::ToolTipRole), german);
        const std::pair<QString, int> searches[] = {{u"Ringbindung"_s, 1}, {u"ring bond"_s, 1}, {u"wird nicht"_s, 1},
                                                    {u"nicht beachtet"_s, 1}, {u"nicht"_s, 0}};
        for (const auto& [typed, rows] : searches) {
            field->setText(typed);
            QTest::qWait(350); // it is asked for when nothing was typed for a while
            QTRY_VERIFY_WITH_TIMEOUT(!model->isLoading(), 20'000);
            QCOMPARE(model->rowCount(), rows);
        }
        QVERIFY(model->several()); // of the reasons that have this word, these rows have two
        const auto labels = m_window->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(u"Das steht in mehreren Gründen."_s);
        }));
        check(m_window.get());
        field->setText(u"nicht geschlossen"_s);
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 20'000);
        QCOMPARE(model->filter().reason, std::string("is never closed")); // an export asks the engine for it
        table->setCurrentIndex(model->index(0, 0));
        auto* reason = m_window->findChild<QLabel*>(u"rowReason"_s);
        QTRY_COMPARE_WITH_TIMEOUT(reason->text(), german, 20'000);
        check(m_window.get());
        shot(m_window.get(), u"german-rows"_s);
        field->clear();
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 42, 20'000);
    }

    void importDialogFits()
    {
        QFile table(m_folder.filePath(u"units.csv"_s));
        QVERIFY(table.open(QIODevice::WriteOnly));
        table.write("smiles;dose\nCCO;1 nM\nCCN;2 nM\nCCC;3 nM\nCCF;<5 nM\nCCCl;5 mM\nC(;1 nM\nCCI\n");
        table.close();
        m_window->takeFiles({table.fileName()});
        auto* dialog = m_window->findChild<QDialog*>(u"importDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QPushButton*>(u"importStart"_s)->isEnabled(), 20'000);
        QCOMPARE(dialog->width(), 1080);
        QCOMPARE(dialog->findChild<QComboBox*>(u"delimiterChoice"_s)->currentText(), u"Semikolon (erkannt)"_s);
        check(dialog);
        const QAbstractItemModel* rows = dialog->findChild<QTableView*>(u"previewTable"_s)->model();
        QStringList reasons;
        for (int row = 3; row < rows->rowCount(); ++row) {
            reasons << rows->index(row, rows->columnCount() - 1).data(Qt::ToolTipRole).toString();
        }
        const QStringList german{u"dose: '<5 nM' ist eine Grenze, keine Zahl: ausgelassen"_s, u"dose: '5 mM' ist nicht in nM, nicht verwendet"_s,
                                 u"kein SMILES: Der Zweig, der bei Zeichen 2 beginnt, wird nicht geschlossen"_s,
                                 u"1 Zelle, die Kopfzeile hat 2; die fehlenden gelten als leer"_s};
        QCOMPARE(reasons, german);
        dialog->findChild<QTableView*>(u"previewTable"_s)->scrollToBottom();
        shot(dialog, u"german-import"_s);
        dialog->close();
        QTRY_VERIFY(!m_window->findChild<QDialog*>(u"importDialog"_s));
    }

    void otherFilesAreRefusedInGerman()
    {
        const QString table = m_folder.filePath(u"acids.csv"_s);
        m_window->openProject(table);
        auto* message = m_window->findChild<widgets::MessageBar*>(u"welcomeMessage"_s);
        QVERIFY(message);
        QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 10'000);
        QCOMPARE(message->text(), u"'%1' ist kein Papilio-Projekt. Eine Datei *.papilio wählen; Tabellen mit Molekülen werden in eine "
                                  "importiert."_s.arg(table));
    }

    void numbersHaveAPoint()
    {
        auto* least = m_window->findChild<QDoubleSpinBox*>(u"lookupLeast"_s);
        QVERIFY(least);
        QCOMPARE(least->text(), u"0.30"_s);
        least->setFocus();
        least->selectAll();
        QTest::keyClicks(least, u"0,45"_s);
        QCOMPARE(least->value(), 0.45);
        QCOMPARE(least->text(), u"0.45"_s);
    }

    void mistakesAreReadWhole()
    {
        m_window->lookUp(u"CC(C)(C)(C)C"_s);
        auto* status = m_window->findChild<QLabel*>(u"lookupStatus"_s);
        QVERIFY(status);
        QTRY_VERIFY_WITH_TIMEOUT(status->text().contains(u"Valenz 5"_s), 20'000);
        QVERIFY(status->text().contains(u"Vielleicht fehlt eine Ladung."_s));
        check(m_window.get());
    }

    void dialogsFit()
    {
        const QPair<QString, QString> dialogs[] = {{u"actionKeys"_s, u"keysDialog"_s},
                                                   {u"actionAbout"_s, u"aboutDialog"_s},
                                                   {u"actionManual"_s, u"manualDialog"_s},
                                                   {u"actionModels"_s, u"modelsDialog"_s},
                                                   {u"actionDatasets"_s, u"datasetsDialog"_s}};
        for (const auto& [action, name] : dialogs) {
            m_window->findChild<QAction*>(action)->trigger();
            QDialog* dialog = nullptr;
            QTRY_VERIFY((dialog = m_window->findChild<QDialog*>(name)) && dialog->isVisible());
            check(dialog);
            const auto buttons = dialog->findChildren<QAbstractButton*>();
            QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const auto* button) { return button->text() == u"Schließen"_s; }));
            if (action == "actionKeys"_L1) {
                const auto labels = dialog->findChildren<QLabel*>();
                QVERIFY(std::any_of(labels.begin(), labels.end(), [](const auto* label) { return label->text() == u"Strg+K"_s; }));
            }
            dialog->close();
            QTest::qWait(50);
        }
    }

    void cleanupTestCase() { m_window.reset(); }
};

int main(int argc, char** argv)
{
    const QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
    qunsetenv("XDG_DATA_HOME");
    QApplication application(argc, argv);
    widgets::Theme::install(application, widgets::Appearance::Light);
    TestGerman test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_german.moc"
