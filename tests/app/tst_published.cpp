// SPDX-License-Identifier: GPL-3.0-or-later
// The published model as a user has it, through window and engine: added, looked up with, explained, fingerprints taken.
#include <cmath>
#include <memory>

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "app/lookup/lookuppage.h"
#include "app/lookup/predictionmodel.h"
#include "app/models/modellibrary.h"
#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "watchdog.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/moleculeview.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

namespace
{

const QString aspirin = u"CC(=O)Oc1ccccc1C(=O)O"_s;

QString modelFolder()
{
    const QString fromEnvironment = qEnvironmentVariable("PAPILIO_TEST_MODELS");
    return (fromEnvironment.isEmpty() ? QStringLiteral(PAPILIO_SOURCE_DIR "/../shared/models") : fromEnvironment) + u"/minimol_v1"_s;
}

constexpr int modelMs = 120'000; // reading 10 million weights, on a busy machine

} // namespace

class TestPublished : public QObject
{
    Q_OBJECT

private:
    template <typename T> T* find(const QString& name)
    {
        T* found = m_window->findChild<T*>(name);
        if (!found) {
            qFatal("no widget %s", qPrintable(name));
        }
        return found;
    }
    void click(const QString& name, int wait = 10'000)
    {
        auto* button = find<QAbstractButton>(name);
        QTRY_VERIFY2_WITH_TIMEOUT(button->isVisible() && button->isEnabled(), qPrintable(name), wait);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    const LookupReply& reply() { return find<LookupPage>(u"lookupPage"_s)->reply(); }
    void shot(const QString& name, QWidget* widget = nullptr)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        if (!folder.isEmpty()) {
            const Watchdog::Pause pause(*m_dog);
            QTest::qWait(200); // laid out and painted
            (widget ? widget : m_window.get())->grab().save(folder + u'/' + name + u".png"_s);
        }
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Watchdog> m_dog;

private Q_SLOTS:
    void init() { m_dog->setStage(QTest::currentTestFunction()); }
    void initTestCase();
    void addsTheFolder();
    void looksAspirinUp();
    void predictsAsTheCommandLine();
    void paintsCharges();
    void explainsAnAssay();
    void takesFingerprints();
    void neverStalled();
};

void TestPublished::initTestCase()
{
    m_dog = std::make_unique<Watchdog>();
    const QString engine = QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine");
    if (!QFileInfo::exists(engine)) {
        QSKIP("papilio-engine is not built");
    }
    if (!QFileInfo::exists(modelFolder() + u"/state_dict.pth"_s)) {
        QSKIP(qPrintable(u"the published model is not here: %1 (set PAPILIO_TEST_MODELS)"_s.arg(modelFolder())));
    }
    const Watchdog::Pause pause(*m_dog);
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"papilio.ini"_s));
    m_window = std::make_unique<MainWindow>(m_settings.get(), engine);
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestPublished::addsTheFolder()
{
    m_window->takeFiles({modelFolder()});
    QTRY_VERIFY(m_window->findChild<QDialog*>(u"addModelDialog"_s));
    auto* start = find<QPushButton>(u"addModelStart"_s);
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), modelMs);
    shot(u"real-add"_s, find<QDialog>(u"addModelDialog"_s));
    click(u"addModelStart"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<QDialog*>(u"addModelDialog"_s), modelMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isLoading() && m_window->services().models->models().size() == 1, modelMs);
    const ModelCard& card = m_window->services().models->models().front();
    QCOMPARE(card.parameters, qint64{10'325'697});
    QCOMPARE(card.tasks, qint64{3313});
    QVERIFY2(card.licence.contains(u"MIT"_s), qPrintable(card.licence));
    shot(u"real-card"_s, find<QDialog>(u"modelsDialog"_s));
    click(u"useModel"_s, modelMs);
    QTRY_VERIFY(find<LookupPage>(u"lookupPage"_s)->source().isGiven());
}

void TestPublished::looksAspirinUp()
{
    m_window->lookUp(aspirin);
    QTRY_VERIFY_WITH_TIMEOUT(reply().predictions.size() == 3313 && !m_window->isLoading(), modelMs);
    shot(u"real-lookup"_s);
    qsizetype genes = 0, unnamed = 0;
    for (const TaskValues& values : reply().predictions) {
        genes += values.ordered ? 1 : 0;
        unnamed += values.known ? 0 : 1;
        QVERIFY2(values.level == "node"_L1 ? values.values.size() == 13 : !values.values.empty(), qPrintable(values.task));
        for (const double value : values.values) {
            QVERIFY2(std::isfinite(value), qPrintable(values.task));
        }
    }
    QCOMPARE(genes, qsizetype{2 * 978});
    QCOMPARE(unnamed, qsizetype{320});
    QCOMPARE(find<QTableView>(u"predictionTable"_s)->model()->rowCount(), 3313);
}

void TestPublished::predictsAsTheCommandLine()
{
    const Watchdog::Pause pause(*m_dog); // the test itself waits here
    QFile input(m_folder.filePath(u"aspirin.csv"_s));
    QVERIFY(input.open(QIODevice::WriteOnly));
    input.write("smiles\n" + aspirin.toLatin1() + "\n");
    input.close();
    const QString output = m_folder.filePath(u"out.csv"_s);
    const QString model = m_window->services().models->models().front().name;
    QCOMPARE(QProcess::execute(QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine"),
                               {u"predict"_s, model, input.fileName(), u"--tasks"_s, u"pcqm4m_g25:*"_s, u"-o"_s, output}), 0);
    QFile file(output);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList header = QString::fromUtf8(file.readLine()).trimmed().split(u',');
    const QStringList cells = QString::fromUtf8(file.readLine()).trimmed().split(u',');
    int compared = 0;
    for (const TaskValues& values : reply().predictions) {
        const qsizetype column = header.indexOf(values.head + u':' + values.task);
        if (values.head == "pcqm4m_g25"_L1 && column >= 0) {
            QVERIFY(std::abs(values.values.front() - cells.value(column).toDouble()) < 1e-4);
            ++compared;
        }
    }
    QCOMPARE(compared, 25);
}

void TestPublished::paintsCharges()
{
    auto* table = find<QTableView>(u"predictionTable"_s);
    find<QLineEdit>(u"predictionSearch"_s)->setText(u"pcqm4m_n4 mulliken"_s);
    QVERIFY(table->model()->rowCount() >= 1);
    table->setCurrentIndex(table->model()->index(0, 0));
    auto* column = find<QComboBox>(u"atomValues"_s);
    QTRY_VERIFY(column->isVisible());
    QCOMPARE(column->count(), 4);
    QVERIFY(find<QWidget>(u"scaleBar"_s)->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isLoading(), modelMs);
    shot(u"real-charges"_s);
    find<QLineEdit>(u"predictionSearch"_s)->clear();
}

void TestPublished::explainsAnAssay()
{
    auto* head = find<QComboBox>(u"predictionHead"_s);
    head->setCurrentIndex(head->findData(u"pcba_1328"_s));
    Q_EMIT head->activated(head->currentIndex());
    auto* table = find<QTableView>(u"predictionTable"_s);
    QCOMPARE(table->model()->rowCount(), 1328);
    table->setCurrentIndex(table->model()->index(0, 0));
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isLoading(), modelMs);
    QVERIFY2(find<widgets::Label>(u"explainHealth"_s)->text().contains(u"logit"_s), qPrintable(find<widgets::Label>(u"explainHealth"_s)->text()));
    shot(u"real-assays"_s);
}

void TestPublished::takesFingerprints()
{
    const QString molecules = m_folder.filePath(u"aspirin.csv"_s);
    m_window->showModels();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isLoading(), modelMs);
    click(u"exportFingerprints"_s);
    auto* layer = find<QComboBox>(u"fingerprintLayer"_s);
    QTRY_VERIFY_WITH_TIMEOUT(layer->count() > 16, modelMs);
    QVERIFY2(layer->currentData().toString().startsWith(u"gnn:"_s), qPrintable(layer->currentData().toString()));
    find<QLineEdit>(u"fingerprintInput"_s)->setText(molecules);
    shot(u"real-fingerprints"_s, find<QDialog>(u"fingerprintDialog"_s));
    click(u"fingerprintStart"_s);
    auto* message = find<widgets::MessageBar>(u"modelsMessage"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), modelMs);
    QVERIFY2(message->text().contains(u"512 numbers"_s), qPrintable(message->text()));
    QVERIFY(QFileInfo(m_folder.filePath(u"aspirin-fingerprints.csv"_s)).size() > 1000);
    click(u"closeModels"_s);
}

void TestPublished::neverStalled()
{
    qInfo("longest wait of the event loop: %.0f ms in %ld heartbeats", m_dog->longest(), m_dog->beats());
    for (const auto& stall : m_dog->stalls()) {
        qWarning("%.0f ms during: %s", stall.milliseconds, stall.stage.c_str());
    }
    QCOMPARE(m_dog->stalls().size(), std::size_t{0});
}

int main(int argc, char* argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    qputenv("PAPILIO_MODELS", home.filePath(u"models"_s).toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
    qunsetenv("XDG_DATA_HOME");
    QApplication application(argc, argv);
    papilio::widgets::Theme::install(application, papilio::widgets::Appearance::Light);
    TestPublished test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_published.moc"
