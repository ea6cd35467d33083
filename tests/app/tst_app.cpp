// SPDX-License-Identifier: GPL-3.0-or-later
// The real window with the real engine through the whole main job, by mouse and keyboard, watched for stalls.
#include <csignal>
#include <cstdio>
#include <memory>

#include <unistd.h>

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>

#include "app/data/datapage.h"
#include "app/engine/engineclient.h"
#include "app/engine/trainsession.h"
#include "app/lookup/lookuppage.h"
#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/shell/rail.h"
#include "app/workspace/workspace.h"
#include "store/datasets.h"
#include "store/molecules.h"
#include "store/runs.h"
#include "watchdog.h"
#include "widgets/coveragematrix.h"
#include "widgets/curvewall.h"
#include "widgets/histogram.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/molecule3dview.h"
#include "widgets/moleculeview.h"
#include "widgets/tasktree.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

namespace
{

const QString aspirin = u"CC(=O)Oc1ccccc1C(=O)O"_s;

} // namespace

class TestApp : public QObject
{
    Q_OBJECT

private:
    template <typename T> T* find(const QString& name, QWidget* in = nullptr)
    {
        T* found = (in ? in : m_window.get())->findChild<T*>(name);
        if (!found) {
            qFatal("no widget %s", qPrintable(name));
        }
        return found;
    }
    void click(const QString& name)
    {
        auto* button = find<QAbstractButton>(name);
        QTRY_VERIFY_WITH_TIMEOUT(button->isVisible() && button->isEnabled(), 20'000);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void stage(const char* text) { m_dog->setStage(text); }
    void press(Qt::Key key)
    {
        m_window->activateWindow(); // after a dialog, without a window manager, no window is active
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
    }
    store::Project openStore()
    {
        return *store::Project::open(m_window->services().workspace->path().toStdString(), store::Access::ReadOnly);
    }
    /// Pictures to look at: set PAPILIO_TEST_SHOTS to a folder.
    void shot(const QString& name, QWidget* widget = nullptr)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        if (!folder.isEmpty()) {
            const Watchdog::Pause pause(*m_dog);
            (widget ? widget : m_window.get())->grab().save(folder + u'/' + name + u".png"_s);
        }
    }
    bool settled() const { return !m_window->isLoading(); }
    const Snapshot& project() const { return m_window->services().workspace->project(); }

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Watchdog> m_dog;
    QString m_engine;

private Q_SLOTS:
    void initTestCase();
    void makesAndOpensTheSample();
    void showsCountsOfTheStore();
    void selectsATask();
    void importsATableWithBadRows();
    void listsRejectedRows();
    void startsPausesResumesAndStops();
    void showsTheNumbersOfTheStore();
    void looksAspirinUp();
    void predictsAsTheCommandLine();
    void explains();
    void saysWhatIsWrongWithASmiles();
    void survivesTheEngine();
    void survivesTheTrainingEngine();
    void switchesTheTheme();
    void closesAndOpensAgain();
    void neverStalled();
};

void TestApp::initTestCase()
{
    const QString other = qEnvironmentVariable("PAPILIO_ENGINE");
    m_engine = other.isEmpty() ? QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine") : other;
    if (!QFileInfo::exists(m_engine)) {
        QSKIP("papilio-engine is not built");
    }
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"papilio.ini"_s));
    m_window = std::make_unique<MainWindow>(m_settings.get(), m_engine);
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow(); // without a window manager nobody else does
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_dog = std::make_unique<Watchdog>();
}

void TestApp::makesAndOpensTheSample()
{
    stage("making the sample");
    click(u"sampleButton"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->services().workspace->isOpen(), 240'000);
    QTRY_VERIFY(find<DataPage>(u"dataPage"_s)->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 60'000);
    QVERIFY(project().tasks.size() >= 10);
    QCOMPARE(m_settings->recentProjects().size(), 1);
}

void TestApp::showsCountsOfTheStore()
{
    stage("comparing counts");
    store::Project project = openStore();
    const auto tasks = store::Datasets(project).allTasks();
    QVERIFY(tasks);
    auto* tree = find<widgets::TaskTreeView>(u"taskTree"_s);
    QCOMPARE(tree->taskModel()->taskCount(), static_cast<int>(tasks->size()));
    const auto& coverage = find<widgets::CoverageMatrix>(u"coverageMatrix"_s)->data();
    QCOMPARE(coverage.moleculeCount(), *store::Molecules(project).count());
    QCOMPARE(coverage.columns.size(), tasks->size());
    for (std::size_t c = 0; c < tasks->size(); ++c) {
        qint64 n = 0;
        for (std::size_t bin = 0; bin < coverage.bins.size(); ++bin) {
            n += coverage.labelled[bin * coverage.columns.size() + c];
        }
        QCOMPARE(coverage.columns[c].task, (*tasks)[c].task.id);
        QCOMPARE(n, (*tasks)[c].stats.molecules);
        QCOMPARE(coverage.columns[c].n, n);
    }
}

void TestApp::selectsATask()
{
    stage("selecting tasks");
    auto* tree = find<widgets::TaskTreeView>(u"taskTree"_s);
    for (const auto& record : project().tasks) {
        const QModelIndex index = tree->taskModel()->indexOfTask(record.task.id);
        QVERIFY(index.isValid());
    }
    tree->setFocus();
    const qint64 before = m_window->services().workspace->selectedTask();
    QTest::keyClick(tree, Qt::Key_Down);
    QTRY_VERIFY(m_window->services().workspace->selectedTask() != before);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 20'000);
    const auto* record = project().task(m_window->services().workspace->selectedTask());
    QVERIFY(record);
    QCOMPARE(find<widgets::ElidedLabel>(u"inspectorName"_s)->text(), QString::fromStdString(record->task.name));
    QTest::mouseClick(find<QTabBar>(u"dataTabs"_s), Qt::LeftButton, {},
                      find<QTabBar>(u"dataTabs"_s)->tabRect(DataPage::DistributionTab).center());
    QTRY_VERIFY(find<widgets::HistogramView>(u"distribution"_s)->isVisible());
    QCOMPARE(find<widgets::HistogramView>(u"distribution"_s)->data().n, record->stats.molecules);
}

void TestApp::importsATableWithBadRows()
{
    stage("importing a table");
    QFile table(m_folder.filePath(u"acids.csv"_s));
    QVERIFY(table.open(QIODevice::WriteOnly));
    QByteArray text("name,smiles,pKa,strong\n");
    for (int i = 1; i <= 40; ++i) {
        text += "acid" + QByteArray::number(i) + ',' + QByteArray(i, 'C') + "C(=O)O," + QByteArray::number(4 + i * 0.01) + ',' +
                (i % 2 ? "1\n" : "0\n");
    }
    text += "bad,CC(C)(C)(C)C,4.0,1\nagain,CC(=O)O,4.76,1\nempty,,1.0,0\n";
    table.write(text);
    table.close();
    m_window->takeFiles({table.fileName()});
    auto* dialog = m_window->findChild<QDialog*>(u"importDialog"_s);
    QVERIFY(dialog);
    auto* start = find<QPushButton>(u"importStart"_s, dialog);
    QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 20'000);
    QCOMPARE(find<QTableView>(u"previewTable"_s, dialog)->model()->rowCount(), 43);
    auto* columns = find<QTreeWidget>(u"columnsTable"_s, dialog);
    QCOMPARE(columns->topLevelItemCount(), 4);
    QCOMPARE(columns->topLevelItem(1)->text(1), u"structure"_s);
    QCOMPARE(columns->topLevelItem(3)->text(2), u"binary"_s);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 20'000);
    shot(u"import"_s, dialog);
    QTest::mouseClick(start, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(project().task("acids", "pKa") != nullptr, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(project().task("acids", "pKa")->stats.rows >= 40, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 30'000);
    auto* message = find<widgets::MessageBar>(u"dataMessage"_s);
    QVERIFY(message->isVisible());
    QVERIFY2(message->text().contains(u"2 rejected"_s), qPrintable(message->text()));
}

void TestApp::listsRejectedRows()
{
    stage("listing rejected rows");
    auto* tabs = find<QTabBar>(u"dataTabs"_s);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(DataPage::RowsTab).center());
    auto* dataset = find<QComboBox>(u"rowsDataset"_s);
    dataset->setFocus();
    QTest::keyClick(dataset, Qt::Key_End);
    auto* status = find<widgets::SegmentedControl>(u"rowsStatus"_s);
    status->setFocus();
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(status, Qt::Key_Right);
    }
    auto* rows = find<QTableView>(u"rowsTable"_s);
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 2, 10'000);
    QTRY_VERIFY(rows->model()->index(0, 2).data().toString().startsWith(u"rejected"_s));
    QCOMPARE(rows->model()->index(0, 0).data().toString(), u"40"_s);
    shot(u"rows"_s);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(DataPage::CoverageTab).center());
}

void TestApp::startsPausesResumesAndStops()
{
    stage("training");
    press(Qt::Key_2);
    QTRY_VERIFY(find<QWidget>(u"trainPage"_s)->isVisible());
    auto* epochs = find<QSpinBox>(u"epochs"_s);
    epochs->setFocus();
    epochs->selectAll();
    QTest::keyClicks(epochs, u"500"_s);
    click(u"startTraining"_s);
    TrainSession* training = m_window->services().training;
    QTRY_VERIFY_WITH_TIMEOUT(training->run().epochs >= 1, 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(find<widgets::CurveWallView>(u"curveWall"_s)->isVisible(), 20'000);
    shot(u"training"_s);
    stage("pausing");
    click(u"pauseTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!training->isActive(), 20'000);
    QCOMPARE(training->run().state, u"paused"_s);
    const qint64 run = training->run().run;
    const qint64 before = training->run().epochs;
    stage("going on");
    click(u"resumeTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(training->run().run == run && training->run().epochs > before, 120'000);
    stage("stopping");
    click(u"stopTraining"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!training->isActive(), 20'000);
    QCOMPARE(training->run().state, u"stopped"_s);
    QTRY_VERIFY_WITH_TIMEOUT(project().run(run) && project().run(run)->state == store::RunState::Stopped, 10'000);
}

void TestApp::showsTheNumbersOfTheStore()
{
    stage("comparing metrics");
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 20'000);
    store::Project project = openStore();
    const qint64 run = m_window->services().workspace->selectedRun();
    const auto metrics = store::Runs(project).metrics(run);
    QVERIFY(metrics);
    const auto& rows = find<widgets::CurveWallView>(u"curveWall"_s)->wallModel()->rows();
    QCOMPARE(rows.size(), this->project().tasks.size());
    int compared = 0;
    for (const auto& metric : *metrics) {
        if (metric.scope == "task" && metric.part == store::Part::Validation && (metric.name == "mae" || metric.name == "auroc")) {
            for (const auto& row : rows) {
                if (row.task == metric.task) {
                    QCOMPARE(row.validation[static_cast<std::size_t>(metric.epoch - 1)], metric.value);
                    ++compared;
                }
            }
        }
    }
    QVERIFY(compared > 0);
}

void TestApp::looksAspirinUp()
{
    // The first frame of OpenGL compiles the driver's shaders, once a program; software OpenGL takes its time for that.
    m_dog->setStage("looking aspirin up, first 3D frame", 1500);
    press(Qt::Key_K);
    auto* search = find<QLineEdit>(u"searchField"_s);
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, aspirin);
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY(find<LookupPage>(u"lookupPage"_s)->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(settled() && find<LookupPage>(u"lookupPage"_s)->reply().heavyAtoms == 13, 60'000);
    QCOMPARE(find<widgets::MoleculeView>(u"drawing"_s)->depiction().atoms.size(), std::size_t{13});
    QCOMPARE(find<widgets::Molecule3DView>(u"view3D"_s)->molecule().heavyAtoms, 13);
    // That frame must not come late, while the next steps have their shorter limit.
    for (auto* canvas : find<widgets::Molecule3DView>(u"view3D"_s)->findChildren<QWidget*>()) {
        if (canvas->inherits("QOpenGLWidget")) {
            const QSignalSpy shown(canvas, SIGNAL(frameSwapped()));
            canvas->update();
            (void)QTest::qWaitFor([&shown] { return !shown.isEmpty(); }, 3000);
        }
    }
}

void TestApp::predictsAsTheCommandLine()
{
    stage("comparing predictions");
    const Watchdog::Pause pause(*m_dog); // the test itself waits for the command line here
    const QString model = m_folder.filePath(u"model.safetensors"_s);
    const QString run = QString::number(m_window->services().workspace->selectedRun());
    QCOMPARE(QProcess::execute(m_engine, {u"export"_s, m_window->services().workspace->path(), run, u"-o"_s, model}), 0);
    QFile input(m_folder.filePath(u"aspirin.csv"_s));
    QVERIFY(input.open(QIODevice::WriteOnly));
    input.write("smiles\n" + aspirin.toLatin1() + "\n");
    input.close();
    const QString output = m_folder.filePath(u"out.csv"_s);
    QCOMPARE(QProcess::execute(m_engine, {u"predict"_s, model, input.fileName(), u"-o"_s, output}), 0);
    QFile file(output);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList header = QString::fromUtf8(file.readLine()).trimmed().split(u',');
    // Cells of node tasks are lists in quotes.
    const QStringList cells = QString::fromUtf8(file.readLine()).trimmed().remove(QRegularExpression(u"\"[^\"]*\""_s)).split(u',');
    int compared = 0;
    for (const TaskValues& prediction : find<LookupPage>(u"lookupPage"_s)->reply().predictions) {
        const qsizetype column = header.indexOf(prediction.dataset + u':' + prediction.task);
        if (prediction.level == "graph"_L1 && prediction.kind != "multiclass"_L1 && column >= 0) {
            const float printed = cells.value(column).toFloat();
            const QString text = u"%1: %2 in the window, %3 on the command line"_s.arg(header[column])
                                     .arg(prediction.values.front()).arg(cells.value(column));
            QVERIFY2(qFuzzyCompare(static_cast<float>(prediction.values.front()), printed), qPrintable(text));
            ++compared;
        }
    }
    QVERIFY(compared >= 5);
}

void TestApp::explains()
{
    stage("explaining");
    QVERIFY(find<QWidget>(u"scaleBar"_s)->isVisible());
    shot(u"explained"_s);
    auto* drawing = find<widgets::MoleculeView>(u"drawing"_s);
    const QImage first = drawing->toImage(1);
    auto* task = find<QComboBox>(u"explainTask"_s);
    task->setFocus();
    QTest::keyClick(task, Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 20'000);
    QVERIFY(drawing->toImage(1) != first);
    auto* method = find<QComboBox>(u"explainMethod"_s);
    method->setFocus();
    QTest::keyClick(method, Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 30'000);
    QVERIFY(find<widgets::Label>(u"explainHealth"_s)->text().contains(u"sum check"_s));
    // The pointer over an atom of the drawing does not disturb anything and stays quick.
    for (int atom = 0; atom < 13; ++atom) {
        QTest::mouseMove(drawing, drawing->atomPosition(atom).toPoint());
        QTest::qWait(15);
    }
}

void TestApp::saysWhatIsWrongWithASmiles()
{
    stage("a wrong SMILES");
    auto* field = find<QLineEdit>(u"lookupField"_s);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, u"CC(C)(C)(C)C"_s);
    auto* status = find<widgets::Label>(u"lookupStatus"_s);
    QTRY_VERIFY_WITH_TIMEOUT(settled() && !status->text().startsWith(u"✓"_s) && !status->text().contains(u"…"_s), 20'000);
    QVERIFY2(status->text().contains(u"valence"_s, Qt::CaseInsensitive), qPrintable(status->text()));
}

void TestApp::survivesTheEngine()
{
    stage("killing the engine");
    const qint64 process = m_window->services().engine->processId();
    QVERIFY(process > 0);
    QCOMPARE(kill(static_cast<pid_t>(process), SIGKILL), 0);
    auto* message = find<widgets::MessageBar>(u"windowMessage"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible(), 10'000);
    QVERIFY2(message->strongText().contains(u"signal 9"_s), qPrintable(message->strongText()));
    store::Project project = openStore();
    QVERIFY(store::Datasets(project).all()->size() >= 2);
    auto* field = find<QLineEdit>(u"lookupField"_s);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, u"c1ccccc1O"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(find<LookupPage>(u"lookupPage"_s)->reply().heavyAtoms == 7 && settled(), 30'000);
    QVERIFY(m_window->services().engine->processId() != process);
}

void TestApp::survivesTheTrainingEngine()
{
    stage("killing the training engine");
    press(Qt::Key_2);
    auto* epochs = find<QSpinBox>(u"epochs"_s);
    epochs->setFocus();
    epochs->selectAll();
    QTest::keyClicks(epochs, u"2"_s);
    click(u"startTraining"_s);
    TrainSession* training = m_window->services().training;
    QTRY_VERIFY_WITH_TIMEOUT(training->phase() == TrainSession::Phase::Running && training->run().epochs >= 1, 120'000);
    QCOMPARE(kill(static_cast<pid_t>(training->engineProcessId()), SIGKILL), 0);
    auto* message = find<widgets::MessageBar>(u"trainMessage"_s);
    QTRY_VERIFY_WITH_TIMEOUT(message->isVisible() && !training->isActive(), 10'000);
    QVERIFY2(message->strongText().contains(u"signal 9"_s), qPrintable(message->strongText()));
    QVERIFY(message->text().contains(u"go on"_s));
    shot(u"engine-killed"_s);
    // As after a crash of everything: the welcome page knows of the run and goes on with it.
    find<QAction>(u"actionClose"_s)->trigger();
    auto* notice = find<widgets::MessageBar>(u"cutOffNotice"_s);
    QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible(), 10'000);
    shot(u"cut-off"_s);
    for (QAbstractButton* button : notice->findChildren<QAbstractButton*>()) {
        if (button->text() == u"Go on"_s) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(training->run().state, u"finished"_s, 180'000);
}

void TestApp::switchesTheTheme()
{
    stage("switching the theme");
    auto* dark = find<QAction>(u"theme-dark"_s);
    dark->trigger();
    QTRY_VERIFY(widgets::Theme::current().isDark());
    for (const Qt::Key key : {Qt::Key_1, Qt::Key_2, Qt::Key_3}) {
        press(key);
        QTest::qWait(200);
    }
    find<QAction>(u"theme-light"_s)->trigger();
    QTRY_VERIFY(!widgets::Theme::current().isDark());
    QCOMPARE(m_settings->theme(), u"light"_s);
}

void TestApp::closesAndOpensAgain()
{
    stage("closing and opening");
    const QString path = m_window->services().workspace->path();
    const auto tasks = project().tasks.size();
    find<QAction>(u"actionClose"_s)->trigger();
    QTRY_VERIFY(find<QWidget>(u"welcomePage"_s)->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 10'000);
    auto* row = m_window->findChild<QWidget*>(u"recentRow"_s);
    QVERIFY(row);
    shot(u"welcome"_s);
    QTest::mouseClick(row, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->services().workspace->path(), path, 10'000);
    QTRY_COMPARE(project().tasks.size(), tasks);
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 20'000);
    m_window->openProject(m_folder.filePath(u"acids.csv"_s)); // not a project
    QTRY_VERIFY_WITH_TIMEOUT(find<widgets::MessageBar>(u"welcomeMessage"_s)->isVisible(), 10'000);
}

void TestApp::neverStalled()
{
    QVERIFY(m_dog->beats() > 1000);
    qInfo("longest wait of the event loop: %.0f ms in %ld heartbeats", m_dog->longest(), m_dog->beats());
    const auto stalls = m_dog->stalls();
    m_dog.reset();
    m_window.reset();
    for (const auto& stall : stalls) {
        qWarning("%.0f ms during: %s", stall.milliseconds, stall.stage.c_str());
    }
    QCOMPARE(stalls.size(), std::size_t{0});
}

int main(int argc, char* argv[])
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")) {
        // No display: once more, in a virtual one.
        std::vector<char*> words{const_cast<char*>("xvfb-run"), const_cast<char*>("-a"), const_cast<char*>("-s"),
                                 const_cast<char*>("-screen 0 1600x1000x24")};
        words.insert(words.end(), argv, argv + argc);
        words.push_back(nullptr);
        execvp(words[0], words.data());
        std::perror("xvfb-run");
        return 1;
    }
    // Software OpenGL draws in the window's own thread, so that the watchdog measures it and not how busy the machine is.
    qputenv("LP_NUM_THREADS", "0");
    // Sample and settings go into a folder of the test's own.
    const QTemporaryDir home;
    qputenv("HOME", home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
    qunsetenv("XDG_DATA_HOME");
    QApplication application(argc, argv);
    widgets::Theme::install(application, widgets::Appearance::Light);
    TestApp test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_app.moc"
