// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QSignalSpy>
#include <QtTest>

#include "tests/widgets/madeup.h"
#include "widgets/theme.h"

using namespace papilio::widgets;
using namespace Qt::StringLiterals;

namespace
{

/// How many pixels have about this hue and are not grey.
int pixelsOfHue(const QImage& image, int hue)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor c = image.pixelColor(x, y);
            count += c.saturation() > 90 && std::abs(c.hue() - hue) < 12;
        }
    }
    return count;
}

} // namespace

class TestMolecule3D : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, Appearance::Light); }

    void hiddenViewTouchesNoOpenGL()
    {
        Molecule3DView view;
        view.setMolecule(madeup::conformer());
        QVERIFY(view.setScores(madeup::atomScores(), ScoreScale{0.6}));
        QVERIFY(!view.setScores({1, 2}, ScoreScale{0.6}));
        view.highlightAtom(3);
        view.resetCamera();
        QCOMPARE(view.atomAt({10, 10}), -1);
        QVERIFY(view.findChildren<QWidget*>().isEmpty());
    }

    void showsTheScoresColours()
    {
        Molecule3DView view;
        view.resize(480, 320);
        view.setMolecule(madeup::conformer());
        std::vector<double> scores(16, 0.0);
        scores[13] = 0.6;
        scores[1] = -0.6;
        view.setScores(scores, ScoreScale{0.6});
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        if (!view.isAvailable()) {
            QSKIP("no OpenGL 3.2 here");
        }
        const QImage image = view.grab().toImage();
        const Theme& theme = Theme::current();
        QCOMPARE(image.pixelColor(470, 10), theme.color(Role::Surface));
        QVERIFY(pixelsOfHue(image, theme.diverging(1).hue()) > 60);
        QVERIFY(pixelsOfHue(image, theme.diverging(-1).hue()) > 60);
        view.setScores(std::vector<double>(16, 0.0), ScoreScale{0.6});
        view.setLabelsVisible(false);
        const QImage neutral = view.grab().toImage();
        QVERIFY(pixelsOfHue(neutral, theme.diverging(1).hue()) < 60);
        QVERIFY(neutral != image);
    }

    void followsTheTheme()
    {
        Molecule3DView view;
        view.resize(300, 200);
        view.setMolecule(madeup::conformer());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        if (!view.isAvailable()) {
            QSKIP("no OpenGL 3.2 here");
        }
        Theme::current().setAppearance(Appearance::Dark);
        QCOMPARE(view.grab().toImage().pixelColor(295, 5), Theme::current().color(Role::Surface));
        Theme::current().setAppearance(Appearance::Light);
        QCOMPARE(view.grab().toImage().pixelColor(295, 5), Theme::current().color(Role::Surface));
    }

    void findsAtomsUnderThePointer()
    {
        Molecule3DView view;
        view.resize(480, 320);
        Molecule3D one;
        one.atoms = {{0, 0, 0, 8}};
        one.heavyAtoms = 1;
        view.setMolecule(one);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        if (!view.isAvailable()) {
            QSKIP("no OpenGL 3.2 here");
        }
        view.grab();
        QCOMPARE(view.atomAt({240, 160}), 0);
        QCOMPARE(view.atomAt({5, 5}), -1);
        QSignalSpy spy(&view, &Molecule3DView::atomHovered);
        auto* canvas = view.findChildren<QWidget*>().first();
        QTest::mouseMove(canvas, {240, 160});
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(spy.first().first().toInt(), 0);
        // turned and zoomed it is another picture; double click brings the first back
        view.setMolecule(madeup::conformer());
        const QImage before = view.grab().toImage();
        QTest::keyClick(canvas, Qt::Key_Right);
        QTest::keyClick(canvas, Qt::Key_Plus);
        QVERIFY(view.grab().toImage() != before);
        QTest::keyClick(canvas, Qt::Key_F);
        view.clear();
        view.grab();
    }

    void survivesShowingAndHiding()
    {
        for (int i = 0; i < 3; ++i) {
            Molecule3DView view;
            view.resize(200, 150);
            view.setMolecule(madeup::conformer());
            view.show();
            QVERIFY(QTest::qWaitForWindowExposed(&view));
            view.hide();
            view.resize(260, 180);
            view.show();
            view.grab();
        }
    }
};

QTEST_MAIN(TestMolecule3D)
#include "tst_molecule3d.moc"
