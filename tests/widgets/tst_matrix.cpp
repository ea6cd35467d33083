// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QtTest>

#include "tests/widgets/madeup.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::widgets;
using namespace Qt::StringLiterals;

namespace
{

/// Two datasets, three tasks, four bins of 10 molecules.
CoverageData small()
{
    CoverageData data;
    data.datasets = {{1, u"first"_s, 0, 20}, {2, u"second"_s, 1, 20}};
    data.columns = {{11, 0, u"a"_s, Level::Graph, 20}, {12, 0, u"b"_s, Level::Graph, 5}, {21, 1, u"c"_s, Level::Graph, 20}};
    data.bins = {{10, 0}, {10, 0}, {10, 1}, {10, 1}};
    data.labelled = {10, 5, 0, 10, 0, 0, 0, 0, 10, 0, 0, 10};
    return data;
}

} // namespace

class TestMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, Appearance::Light); }
    void init() { Theme::current().setAppearance(Appearance::Light); }

    void inconsistentDataIsRefused()
    {
        CoverageData data = small();
        QVERIFY(data.isConsistent());
        data.labelled.pop_back();
        QVERIFY(!data.isConsistent());
        data = small();
        data.labelled[0] = 11; // more labels than molecules
        QVERIFY(!data.isConsistent());
        data = small();
        std::swap(data.columns[1], data.columns[2]); // a dataset in two pieces
        QVERIFY(!data.isConsistent());
        data = small();
        data.bins[0].group = 7;
        QVERIFY(!data.isConsistent());
        CoverageMatrix matrix;
        matrix.setData(data);
        QVERIFY(matrix.data().isEmpty());
        matrix.grab(); // the empty state paints
    }

    void tilesHaveTheRightColour()
    {
        CoverageMatrix matrix;
        matrix.resize(600, 500);
        matrix.setData(small());
        const Theme& theme = Theme::current();
        const auto colorAt = [&](int column, int bin) {
            const QRect tiles = matrix.columnRect(column);
            const QRect all = matrix.matrixRect();
            const QPoint at(tiles.center().x(), all.top() + all.height() * (2 * bin + 1) / 8);
            return matrix.toImage().pixelColor(at);
        };
        QCOMPARE(colorAt(0, 0), theme.coverage(1));
        QCOMPARE(colorAt(1, 0), theme.coverage(0.5));
        QCOMPARE(colorAt(1, 1), theme.coverage(0));
        QCOMPARE(colorAt(2, 3), theme.coverage(1));
        QCOMPARE(colorAt(0, 3), theme.color(Role::Sunken));
        Theme::current().setAppearance(Appearance::Dark);
        QCOMPARE(colorAt(0, 0), Theme::current().coverage(1));
    }

    void aSingleLabelInManyIsSeen()
    {
        CoverageData data;
        data.datasets = {{1, u"d"_s, 0, 100000}};
        for (int i = 0; i < 2000; ++i) {
            data.columns.push_back({i + 1, 0, u"t%1"_s.arg(i), Level::Graph, 0});
        }
        for (int b = 0; b < 100; ++b) {
            data.bins.push_back({1000, 0});
            data.labelled.insert(data.labelled.end(), 2000, 0);
        }
        data.labelled[50 * 2000 + 777] = 1;
        CoverageMatrix matrix;
        matrix.resize(700, 500);
        matrix.setData(data);
        const QImage image = matrix.toImage();
        const QRect all = matrix.matrixRect();
        int coloured = 0;
        for (int x = all.left() + 1; x < all.right(); ++x) {
            for (int y = all.top() + 1; y < all.bottom(); ++y) {
                coloured += image.pixelColor(x, y) != Theme::current().color(Role::Sunken);
            }
        }
        QVERIFY(coloured > 0);
    }

    void hitsAreExact()
    {
        CoverageMatrix matrix;
        matrix.resize(600, 500);
        matrix.setData(small());
        const QRect all = matrix.matrixRect();
        const QRect second = matrix.columnRect(1);
        auto hit = matrix.hitTest({second.center().x(), all.top() + 2});
        QVERIFY(hit);
        QCOMPARE(hit->column, 1);
        QCOMPARE(hit->firstMolecule, 0);
        QCOMPARE(hit->molecules, 10);
        QCOMPARE(hit->labelled, 5);
        hit = matrix.hitTest({matrix.columnRect(2).center().x(), all.bottom() - 1});
        QVERIFY(hit);
        QCOMPARE(hit->column, 2);
        QCOMPARE(hit->firstMolecule, 30);
        QCOMPARE(hit->labelled, 10);
        QVERIFY(!matrix.hitTest({2, 2}));
        QVERIFY(!matrix.hitTest({all.center().x(), all.bottom() + 40}));
        // every column is found where it is painted
        for (int column = 0; column < 3; ++column) {
            const QRect tiles = matrix.columnRect(column);
            for (const int x : {tiles.left() + 1, tiles.center().x(), tiles.right() - 1}) {
                QCOMPARE(matrix.hitTest({x, all.center().y()})->column, column);
            }
        }
    }

    void clickAndKeysSelect()
    {
        CoverageMatrix matrix;
        matrix.resize(600, 500);
        matrix.setData(small());
        QSignalSpy selected(&matrix, &CoverageMatrix::taskSelected);
        QSignalSpy activated(&matrix, &CoverageMatrix::taskActivated);
        QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, matrix.columnRect(1).center());
        QCOMPARE(matrix.selectedTask(), 12);
        QTest::keyClick(&matrix, Qt::Key_Right);
        QCOMPARE(matrix.selectedTask(), 21);
        QTest::keyClick(&matrix, Qt::Key_Right); // the last stays the last
        QTest::keyClick(&matrix, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QTest::keyClick(&matrix, Qt::Key_Escape);
        QCOMPARE(matrix.selectedTask(), 0);
        QCOMPARE(selected.count(), 3);
        matrix.setSelectedTask(999);
        QCOMPARE(matrix.selectedTask(), 0);
        QCOMPARE(selected.count(), 3);
    }

    void zoomStaysInsideAndAsksForDetail()
    {
        CoverageMatrix matrix;
        matrix.resize(800, 600);
        matrix.setData(madeup::coverage(1000));
        matrix.show();
        const QRectF all = matrix.visibleRange();
        QCOMPARE(all.width(), 35.0);
        QSignalSpy detail(&matrix, &CoverageMatrix::detailRequested);
        matrix.zoomTo({10, 2000, 8, 300});
        QVERIFY(detail.wait(2000));
        const qint64 first = detail.first().at(0).toLongLong();
        const qint64 count = detail.first().at(1).toLongLong();
        QVERIFY(first <= 2000 && first + count >= 2300);
        CoverageDetail answer;
        answer.firstMolecule = first;
        for (qint64 i = 0; i < count; ++i) {
            answer.bins.push_back({1, 0});
            answer.labelled.insert(answer.labelled.end(), 35, i % 2 == 0 ? 1U : 0U);
        }
        matrix.setDetail(answer);
        const QRect tiles = matrix.columnRect(12);
        const auto hit = matrix.hitTest(tiles.center());
        QVERIFY(hit);
        QVERIFY(hit->molecules <= 3); // single molecules now, not bins of a thousand
        matrix.zoomTo({-50, -50, 1e9, 1e9});
        QCOMPARE(matrix.visibleRange(), all);
        QTest::keyClick(&matrix, Qt::Key_Plus);
        QVERIFY(matrix.visibleRange().width() < all.width());
        QTest::keyClick(&matrix, Qt::Key_F);
        QCOMPARE(matrix.visibleRange(), all);
    }

    void copiesPictureAndValues()
    {
        CoverageMatrix matrix;
        matrix.resize(600, 500);
        matrix.setData(small());
        QCOMPARE(matrix.toTsv().split(u'\n').at(2), u"first\tb\tgraph\t5\t12.500"_s);
        matrix.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), matrix.toTsv());
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
        QVERIFY(matrix.accessibleName().contains(u"3 tasks"_s));
    }

    void aMillionTimesThreeThousandPaintsInTime()
    {
        CoverageData data;
        data.datasets = {{1, u"large"_s, 0, 1000000}};
        for (int i = 0; i < 3313; ++i) {
            data.columns.push_back({i + 1, 0, u"task %1"_s.arg(i), Level::Graph, 100});
        }
        std::mt19937 random(1);
        for (int b = 0; b < 1000; ++b) {
            data.bins.push_back({1000, 0});
            for (int i = 0; i < 3313; ++i) {
                data.labelled.push_back(random() % 1000);
            }
        }
        CoverageMatrix matrix;
        matrix.resize(1200, 800);
        QElapsedTimer timer;
        timer.start();
        matrix.setData(std::move(data));
        qInfo("taking the data: %lld ms", static_cast<long long>(timer.restart()));
        matrix.zoomTo({100, 10000, 3000, 900000});
        matrix.toImage();
        qInfo("first paint of 1000 x 3313: %lld ms", static_cast<long long>(timer.restart()));
        matrix.toImage();
        qInfo("painting it again, as while hovering: %lld ms", static_cast<long long>(timer.restart()));
        QVERIFY(timer.elapsed() < 2000);
    }
};

QTEST_MAIN(TestMatrix)
#include "tst_matrix.moc"
