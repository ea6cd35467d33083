// SPDX-License-Identifier: GPL-3.0-or-later
// A split is chosen in the window, and the real engine says how hard it is.
#include <memory>

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "app/settings.h"
#include "app/shell/mainwindow.h"
#include "app/train/recipepanel.h"
#include "app/train/splitsection.h"
#include "widgets/labels.h"
#include "widgets/similarityplot.h"

using namespace papilio;
using namespace papilio::app;
using namespace Qt::StringLiterals;

class TestSplit : public QObject
{
    Q_OBJECT

private:
    template <typename T> T* find(const QString& name) { return m_window->findChild<T*>(name); }
    SplitSection* section() { return find<SplitSection>(u"splitSection"_s); }
    QString spec() { return find<RecipePanel>(u"recipePanel"_s)->recipe().split; }
    void choose(int kind) { find<QComboBox>(u"splitKind"_s)->setCurrentIndex(kind); }
    void shot(QWidget* widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("PAPILIO_TEST_SHOTS");
        if (!folder.isEmpty()) {
            QTest::qWait(300);
            widget->grab().save(folder + u'/' + name + u".png"_s);
        }
    }
    bool measured() { return !section()->isLoading() && !section()->reply().isEmpty() && section()->reply().spec == spec(); }

    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void initTestCase();
    void scaffoldIsMeasured();
    void ownSplitsLeak();
    void columnsAndMistakes();
    void detailsNameTheMolecules();
    void plotTellsItsNumbers();
    void cleanupTestCase() { m_window.reset(); }
};

void TestSplit::initTestCase()
{
    const QString engine = QStringLiteral(PAPILIO_BIN_DIR "/papilio-engine");
    if (!QFileInfo::exists(engine)) {
        QSKIP("papilio-engine is not built");
    }
    static const char* rings[] = {"c1ccccc1", "c1ccncc1", "C1CCCCC1", "c1ccsc1", "C1CCNCC1", "c1ccc2[nH]ccc2c1"};
    for (const auto& [name, label, from] : {std::tuple("a", "active", 0), std::tuple("b", "y", 40)}) {
        QFile file(m_folder.filePath(QString::fromLatin1(name) + u".csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("smiles,") + label + ",side\n");
        for (int i = from; i < from + 120; ++i) {
            const QByteArray value = *label == 'a' ? QByteArray::number(i % 3 == 0 ? 1 : 0) : QByteArray::number(i % 11) + ".5";
            file.write(QByteArray(i / 6 + 1, 'C') + (i % 4 ? "O" : "N") + rings[i % 6] + ',' + value + ',' +
                       (i % 5 == 0 ? "test" : i % 5 == 1 ? "val" : "train") + '\n');
        }
        file.write(QByteArray("C[C@H](N)C(=O)O,0,train\nC[C@@H](N)C(=O)O,1,test\n"));
    }
    const QString project = m_folder.filePath(u"p.papilio"_s);
    for (const auto& [file, label] : {std::pair(u"a.csv"_s, u"active"_s), std::pair(u"b.csv"_s, u"y"_s)}) {
        QCOMPARE(QProcess::execute(engine, {u"import"_s, project, m_folder.filePath(file), u"--labels"_s, label}), 0);
    }
    m_settings = std::make_unique<Settings>(m_folder.filePath(u"papilio.ini"_s));
    m_window = std::make_unique<MainWindow>(m_settings.get(), engine);
    m_window->resize(1440, 900);
    m_window->show();
    m_window->openProject(project);
    QTRY_VERIFY(find<QTabBar>(u"dataTabs"_s)->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(find<QWidget>(u"trainPage"_s)->isVisible());
}

void TestSplit::scaffoldIsMeasured()
{
    QTRY_VERIFY_WITH_TIMEOUT(measured(), 30'000);
    QCOMPARE(spec(), u"random:0.8/0.1/0.1"_s);
    const double random = section()->reply().similarity.first().median;
    choose(2);
    QCOMPARE(spec(), u"balanced-scaffold:0.8/0.1/0.1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(measured(), 30'000);
    const SplitReply& reply = section()->reply();
    QCOMPARE(reply.tasks.size(), 2);
    QVERIFY(reply.similarity.first().median < random); // whole ring systems are held out
    QCOMPARE(reply.sameMolecules, 0);
    auto* plot = find<widgets::SimilarityPlot>(u"splitSimilarity"_s);
    QVERIFY(plot->isVisible());
    QCOMPARE(plot->data().counts.size(), 20);
    QVERIFY(find<widgets::Label>(u"splitLegend"_s)->text().contains(u"median"_s));
    shot(m_window.get(), u"split-scaffold"_s);
}

void TestSplit::ownSplitsLeak()
{
    auto* own = find<QCheckBox>(u"splitPerDataset"_s);
    QVERIFY(own->isVisible());
    choose(0);
    own->setChecked(true);
    QVERIFY(find<QCheckBox>(u"splitTestSeen"_s)->isVisible());
    QCOMPARE(spec(), u"random:0.8/0.1/0.1,per-dataset"_s);
    QTRY_VERIFY_WITH_TIMEOUT(measured(), 30'000);
    QVERIFY(section()->reply().sameMolecules > 0);
    QVERIFY(!section()->reply().leaks.isEmpty());
    QVERIFY(find<widgets::Label>(u"splitVerdict"_s)->text().contains(u"measured by another"_s));
    find<QCheckBox>(u"splitTestSeen"_s)->setChecked(true);
    QTRY_VERIFY_WITH_TIMEOUT(measured(), 30'000);
    QVERIFY(section()->reply().molecules[SplitReply::TestSeen] > 0);
    shot(m_window.get(), u"split-own"_s);
    own->setChecked(false);
}

void TestSplit::columnsAndMistakes()
{
    choose(4);
    auto* column = find<QLineEdit>(u"splitColumn"_s);
    QVERIFY(column->isVisible());
    QTest::keyClicks(column, u"sidee"_s);
    QTRY_VERIFY_WITH_TIMEOUT(find<widgets::Label>(u"recipeProblem"_s)->text().contains(u"no column 'sidee'"_s), 20'000);
    QVERIFY(!find<QPushButton>(u"startTraining"_s)->isEnabled());
    QTest::keyClick(column, Qt::Key_Backspace);
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(u"startTraining"_s)->isEnabled() && measured(), 30'000);
    QCOMPARE(spec(), u"column:side"_s);
    QCOMPARE(section()->reply().stereoTwins, 1);
    shot(m_window.get(), u"split-column"_s);
}

void TestSplit::detailsNameTheMolecules()
{
    QTest::mouseClick(find<QPushButton>(u"splitDetails"_s), Qt::LeftButton);
    auto* dialog = find<QDialog>(u"splitDialog"_s);
    QVERIFY(dialog);
    auto* tasks = dialog->findChild<QTableView*>(u"splitTasks"_s);
    QCOMPARE(tasks->model()->rowCount(), 2);
    shot(dialog, u"split-details"_s);
    auto* tabs = dialog->findChild<QTabBar*>(u"splitTabs"_s);
    tabs->setCurrentIndex(1);
    auto* pairs = dialog->findChild<QTableView*>(u"splitPairs"_s);
    QVERIFY(pairs && pairs->isVisible());
    QCOMPARE(pairs->model()->rowCount(), 1);
    QCOMPARE(pairs->model()->index(0, 0).data().toString(), u"stereo twin"_s);
    QCOMPARE(pairs->model()->index(0, 3).data().toString(), u"a, row 121"_s);
    shot(dialog, u"split-pairs"_s);
    tabs->setCurrentIndex(3);
    shot(dialog, u"split-similarity"_s);
    dialog->close();
}

void TestSplit::plotTellsItsNumbers()
{
    widgets::SimilarityPlot plot;
    plot.resize(300, 140);
    QVERIFY(plot.textAt({150, 60}).isEmpty());
    plot.setData({{1, 3, 0, 0}, {2, 1, 1, 0}});
    plot.show();
    QVERIFY(plot.toTsv().startsWith(u"from\tto\tmolecules\trandom\n0\t0.25\t1\t2\n0.25\t0.5\t3\t1\n"_s));
    bool told = false;
    for (int x = 0; x < 300; ++x) {
        told = told || plot.textAt({x, 60}) == u"0.25 to 0.50 · 75.0 % of 4 · random 25.0 %"_s;
    }
    QVERIFY(told);
}

QTEST_MAIN(TestSplit)
#include "tst_split.moc"
