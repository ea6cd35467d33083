// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QPainter>
#include <QClipboard>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtTest>
#include <cmath>
#include <numeric>

#include "tests/widgets/madeup.h"
#include "widgets/droparea.h"
#include "widgets/emptystate.h"
#include "widgets/flowlayout.h"
#include "widgets/jobpanel.h"
#include "widgets/labels.h"
#include "widgets/messagebar.h"
#include "widgets/moleculeview.h"
#include "widgets/presetcard.h"
#include "widgets/splitbar.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::widgets;
using namespace Qt::StringLiterals;

namespace
{

bool near(const QColor& a, const QColor& b, int tolerance = 6)
{
    return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

} // namespace

class TestViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, Appearance::Light); }

    void longMessagesGoOnInFurtherLines()
    {
        MessageBar message;
        const QString fact = u"The table cannot be read"_s;
        const QString why = u"row 17 of /a/path/with/many/folders/and_a_long_name.csv <b> has 3 cells, the header 12. "_s.repeated(4);
        message.showMessage(MessageBar::Kind::Error, fact, why, {u"Show rows"_s});
        QCOMPARE(message.strongText(), fact);
        QCOMPARE(message.text(), why);
        message.show();
        message.resize(1400, 10);
        const int wide = message.heightForWidth(1400);
        const int narrow = message.heightForWidth(420);
        QVERIFY(wide >= Theme::current().metrics().message);
        QVERIFY(narrow > wide + 40);
        auto* words = message.findChild<QLabel*>(u"messageText"_s);
        QVERIFY(words && words->text().contains(u"&lt;b&gt;"_s)); // as text, not as markup
        QVERIFY(message.minimumSizeHint().width() < 300);
    }

    void tabGoesFromAMessagesActionsToItsCross()
    {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* first = new QPushButton(u"first"_s);
        auto* message = new MessageBar;
        auto* last = new QPushButton(u"last"_s);
        for (QWidget* widget : {static_cast<QWidget*>(first), static_cast<QWidget*>(message), static_cast<QWidget*>(last)}) {
            layout->addWidget(widget);
        }
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        message->showMessage(MessageBar::Kind::Info, u"old"_s, {}, {u"gone"_s});
        message->showMessage(MessageBar::Kind::Info, u"Import"_s, {}, {u"Show rows"_s, u"Again"_s});
        first->setFocus();
        QTest::qWait(20); // the layout shows what came to it
        QStringList reached;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            const auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
            QVERIFY(button);
            reached << (button->text().isEmpty() ? u"cross"_s : button->text());
        }
        QCOMPARE(reached, QStringList({u"Show rows"_s, u"Again"_s, u"cross"_s, u"last"_s}));
    }

    void toolsGoOnInFurtherLines()
    {
        QWidget box;
        auto* flow = new FlowLayout(&box, 40);
        flow->setContentsMargins(0, 0, 0, 0);
        flow->setSpacing(8);
        const auto fixed = [&box](int width) {
            auto* widget = new QWidget(&box);
            widget->setFixedSize(width, 20);
            return widget;
        };
        QWidget* first = fixed(100);
        auto* field = new QWidget(&box);
        field->setMinimumSize(80, 20);
        QWidget* last = fixed(60);
        flow->addWidget(first);
        flow->addStretching(field);
        flow->addWidget(last);
        box.show();
        box.resize(400, 40);
        QCOMPARE(flow->heightForWidth(400), 40);
        QCOMPARE(flow->heightForWidth(200), 80);
        flow->setGeometry({0, 0, 400, 40});
        QCOMPARE(field->geometry(), QRect(108, 10, 400 - 100 - 60 - 16, 20));
        QCOMPARE(last->geometry(), QRect(340, 10, 60, 20));
        flow->setGeometry({0, 0, 200, 80});
        QCOMPARE(field->geometry(), QRect(108, 10, 92, 20));
        QCOMPARE(last->geometry(), QRect(0, 50, 60, 20));
        flow->setLastAtRight(true);
        last->hide(); // takes no room
        QCOMPARE(flow->heightForWidth(200), 40);
    }

    void segmentsMoveTogether()
    {
        SegmentedControl segments({u"All"_s, u"Similar"_s, u"Substructure"_s});
        QSignalSpy changed(&segments, &SegmentedControl::currentIndexChanged);
        segments.show();
        QVERIFY(segments.minimumSizeHint().width() < segments.sizeHint().width());
        segments.resize(segments.minimumSizeHint());
        QTest::mouseClick(&segments, Qt::LeftButton, {}, QPoint(segments.width() - 3, segments.height() / 2));
        QCOMPARE(segments.currentIndex(), 2);
        QCOMPARE(changed.size(), 1);
    }

    void binsAddUpToN()
    {
        const auto values = madeup::logp();
        const auto data = HistogramData::fromValues(values);
        QCOMPARE(data.n, 12000);
        QCOMPARE(std::accumulate(data.counts.begin(), data.counts.end(), qint64(0)), data.n);
        QCOMPARE(data.edges.size(), data.counts.size() + 1);
        QVERIFY(data.edges.front() <= data.minimum && data.edges.back() >= data.maximum);
        QVERIFY(data.counts.size() >= 12 && data.counts.size() <= 61);
        QVERIFY(std::abs(data.mean - 2.5) < 0.05);
        QVERIFY(std::abs(data.sd - 1.43) < 0.05);
    }

    void farTailIsCountedBeyondTheAxis()
    {
        std::vector<double> values = madeup::logp();
        const double last = *std::max_element(values.begin(), values.end());
        values.push_back(6.2e5);
        values.push_back(-2.3e5);
        values.push_back(2.3e5);
        const auto data = HistogramData::fromValues(values);
        QCOMPARE(data.n, 12003);
        QCOMPARE(data.below, 1);
        QCOMPARE(data.above, 2);
        QCOMPARE(std::accumulate(data.counts.begin(), data.counts.end(), qint64(0)), 12000);
        QVERIFY(data.counts.size() >= 12);
        QVERIFY(data.edges.back() >= last && data.edges.back() < 100);
        QCOMPARE(data.maximum, 6.2e5);
        HistogramView view;
        view.setData(data);
        QVERIFY(view.toTsv().contains(u"\t620000\t2\n"_s));
    }

    void binsOfOddInput()
    {
        const std::vector<std::vector<double>> odd = {{}, {3}, {0, 0, 0}, {1, std::nan(""), INFINITY, 2}, {-1e300, 1e300},
                                                      {-1.7e308, 1.7e308}, {1e-300, 2e-300}, {1, 1, 1, 1, 1, 1, 1, 1e9}};
        for (const auto& values : odd) {
            const auto data = HistogramData::fromValues(values);
            const auto finite = std::count_if(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
            QCOMPARE(data.n, finite);
            QCOMPARE(std::accumulate(data.counts.begin(), data.counts.end(), qint64(0)), data.n);
            QVERIFY(std::is_sorted(data.edges.begin(), data.edges.end()));
            HistogramView view;
            view.resize(300, 180);
            view.setData(data);
            view.grab();
        }
        const auto classes = HistogramData::fromClasses(std::vector<double>{0, 1, 1, 0.5, std::nan(""), 7}, 2);
        QCOMPARE(classes.n, 3);
        QCOMPARE(classes.classes[1].count, 2);
        QCOMPARE(classes.classes[1].name, u"active"_s);
    }

    void histogramSaysWhatIsUnderThePointer()
    {
        HistogramView view;
        view.resize(320, 200);
        HistogramData data;
        data.name = u"x"_s;
        data.unit = u"eV"_s;
        data.countName = u"molecules"_s;
        data.edges = {0, 1, 2};
        data.counts = {1000, 3000};
        data.n = 4000;
        view.setData(data);
        view.show();
        view.grab();
        QString text;
        for (int x = 300; x > 100 && text.isEmpty(); x -= 10) {
            text = view.textAt({x, 60});
        }
        QCOMPARE(text, u"1.0 to 2.0 eV · 3\u202f000 molecules · 75.0\u202f%"_s);
        QCOMPARE(view.toTsv(), u"from\tto\tcount\n0\t1\t1000\n1\t2\t3000\n"_s);
        QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), view.toTsv());
    }

    void curvesLinkAndRefuseLogOfNegatives()
    {
        CurvePlot a;
        CurvePlot b;
        CurveGroup group;
        group.add(&a);
        group.add(&b);
        a.setSeries(madeup::curves(false));
        b.setSeries(madeup::curves(true));
        group.setSmoothing(0.7);
        QCOMPARE(b.smoothing(), 0.7);
        group.setCursor(20);
        QCOMPARE(b.cursor(), 20.0);
        Q_EMIT a.cursorMoved(31);
        QCOMPARE(b.cursor(), 31.0);
        a.setLogarithmic(true);
        QVERIFY(a.isLogarithmic());
        CurveSeries negative;
        negative.x = {1, 2};
        negative.y = {-1, 1};
        b.setSeries({negative});
        b.setLogarithmic(true);
        QVERIFY(!b.isLogarithmic());
        a.resize(400, 240);
        a.grab();
        QCOMPARE(a.toTsv().count(u'\n'), 1 + 62 * 2 + 100 * 2);
        CurveSeries odd;
        odd.x = {1, 2, 3};
        odd.y = {std::nan(""), 5}; // shorter and undefined
        a.setSeries({odd});
        a.grab();
        QVERIFY(a.toTsv().contains(u"undefined"_s));
        a.setSeries({});
        a.grab();
    }

    void depictionFromTheProtocol()
    {
        const auto parse = [](const char* json) { return Depiction2D::fromJson(QJsonDocument::fromJson(json).object()); };
        const auto d = parse(R"({"atoms":[[0,0,"",6,0,0,false],[1,0,"H2N",7,2,0,true]],"bonds":[[0,1,1,0,false,0,0]]})");
        QCOMPARE(d.atoms.size(), std::size_t(2));
        QVERIFY(d.atoms[1].labelLeft);
        QCOMPARE(d.atoms[1].hydrogens, 2);
        QVERIFY(parse(R"({"atoms":[[0,0,"",6,0,0,0]],"bonds":[[0,1,1,0,false,0,0]]})").isEmpty()); // no such atom
        QVERIFY(parse(R"({"atoms":[[0,null,"",6,0,0,0]],"bonds":[]})").isEmpty());
        QVERIFY(parse("{}").isEmpty());
        const auto m = Molecule3D::fromJson(QJsonDocument::fromJson(R"({"atoms":[[0,0,0,6],[0,0,1,1]],"bonds":[[0,1,1]],"heavyAtoms":1})").object());
        QCOMPARE(m.heavyAtoms, 1);
        QVERIFY(Molecule3D::fromJson(QJsonDocument::fromJson(R"({"atoms":[[0,0,0,6]],"bonds":[[0,3,1]]})").object()).isEmpty());
    }

    void scoresArePaintedOnTheirAtoms()
    {
        MoleculeView view;
        view.resize(640, 280);
        view.setMolecule(madeup::depiction(), madeup::smiles);
        std::vector<double> scores(16, 0.0);
        scores[1] = -0.6;
        scores[15] = 0.6;
        QVERIFY(view.setScores(scores, {}, ScoreScale{0.6}));
        const QImage image = view.toImage(1);
        const Theme& theme = Theme::current();
        // beside the lines, inside the halo
        const auto beside = [&](int atom, double dy) { return image.pixelColor((view.atomPosition(atom) + QPointF(0, dy)).toPoint()); };
        QVERIFY(near(beside(1, -9), theme.diverging(-1)));
        QVERIFY(near(beside(15, 9), theme.diverging(1)));
        QVERIFY(!view.setScores({1, 2, 3}, {}, ScoreScale{}));
        QCOMPARE(view.toImage(1).pixelColor((view.atomPosition(1) + QPointF(0, -9)).toPoint()), theme.color(Role::Surface));
    }

    void hoveredAtomsAreReported()
    {
        MoleculeView view;
        view.resize(640, 280);
        view.setMolecule(madeup::depiction(), madeup::smiles);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy spy(&view, &MoleculeView::atomHovered);
        for (int atom = 0; atom < 16; ++atom) {
            QCOMPARE(view.atomAt(view.atomPosition(atom).toPoint()), atom);
        }
        QTest::mouseMove(&view, view.atomPosition(9).toPoint());
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(spy.first().first().toInt(), 9);
        view.highlightAtom(3);
        QCOMPARE(spy.count(), 1); // told from outside: nothing is told back
        QCOMPARE(view.atomAt({2, 2}), -1);
        view.clear();
        QCOMPARE(view.atomAt({100, 100}), -1);
        view.grab();
    }

    void copiesOfADrawing()
    {
        MoleculeView view;
        view.resize(400, 200);
        view.setMolecule(madeup::depiction(), madeup::smiles);
        QVERIFY(view.toSvg().contains("<svg"));
        view.copySmiles();
        QCOMPARE(QGuiApplication::clipboard()->text(), madeup::smiles);
        view.copyImage();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

    void everyBondAndLabelPaints()
    {
        Depiction2D d;
        d.atoms = {{0, 0, {}, 6, 0, 0, false}, {1, 0, u"[13CH3+]"_s, 6, 3, 1, false}, {1, 1, u"O-"_s, 8, 0, -1, false},
                   {2, 1, u"*"_s, 0, 0, 0, false}, {2, 2, u"2H"_s, 1, 1, 0, false}};
        for (int order = 1; order <= 3; ++order) {
            d.bonds.push_back({0, order, order, Depiction2D::Wedge::None, false, 0, 0});
        }
        for (const auto wedge : {Depiction2D::Wedge::Up, Depiction2D::Wedge::Down, Depiction2D::Wedge::Wavy}) {
            d.bonds.push_back({3, 4, 1, wedge, false, 0, 0});
        }
        QImage image(200, 200, QImage::Format_ARGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintDepiction(&painter, QRectF(0, 0, 200, 200), d);
        paintDepiction(&painter, QRectF(0, 0, 1, 1), d);
        paintDepiction(&painter, QRectF(), d);
        Depiction2D one;
        one.atoms = {{0, 0, u"Na+"_s, 11, 0, 1, false}};
        paintDepiction(&painter, QRectF(0, 0, 60, 60), one);
    }

    void scaleLimits()
    {
        QCOMPARE(ScoreScale::forScores({0.55, -0.1}).limit, 0.6);
        QCOMPARE(ScoreScale::forScores({0.6}).limit, 0.6);
        QCOMPARE(ScoreScale::forScores({}, {-13}).limit, 15.0);
        QCOMPARE(ScoreScale::forScores({0, std::nan("")}).limit, 1.0);
        QCOMPARE(ScoreScale{0.6}.decimals(), 2);
        QCOMPARE(ScoreScale{20}.decimals(), 0);
        ScaleBar bar;
        for (const double limit : {0.6, 1.0, 1e-9, 1e9, 0.0}) {
            bar.setScale(ScoreScale{limit});
            bar.grab();
        }
    }

    void smilesCharactersKnowTheirAtom()
    {
        QCOMPARE(smilesAtomMap(u"CCl"_s), (std::vector<int>{0, 1, 1}));
        QCOMPARE(smilesAtomMap(u"c1[nH+]c%12Br"_s), (std::vector<int>{0, -1, 1, 1, 1, 1, 1, 2, -1, -1, -1, 3, 3}));
        QCOMPARE(smilesAtomMap(u"C(=O)[O-]"_s), (std::vector<int>{0, -1, -1, 1, -1, 2, 2, 2, 2}));
        QCOMPARE(smilesAtomMap(u"[C"_s), (std::vector<int>{0, 0}));
        QCOMPARE(smilesAtomMap(u"*F"_s), (std::vector<int>{0, 1}));
        const auto map = smilesAtomMap(madeup::smiles);
        QCOMPARE(*std::max_element(map.begin(), map.end()), 15);
        SmilesBar bar;
        bar.resize(300, 66); // shorter than the SMILES: scrolls
        bar.setSmiles(madeup::smiles, map, madeup::atomScores(), ScoreScale{0.6});
        QSignalSpy spy(&bar, &SmilesBar::atomHovered);
        QTest::keyClick(&bar, Qt::Key_Left);
        QCOMPARE(spy.first().first().toInt(), 15);
        bar.grab();
        bar.clear();
        bar.grab();
    }

    void smallWidgetsReport()
    {
        MessageBar message;
        QSignalSpy action(&message, &MessageBar::actionTriggered);
        message.showMessage(MessageBar::Kind::Warning, u"11 rows not used"_s, {}, {u"Show"_s, u"Ignore"_s});
        QVERIFY(!message.isHidden());
        const auto buttons = message.findChildren<QPushButton*>();
        buttons[1]->click();
        QCOMPARE(action.first().first().toInt(), 1);

        JobPanel job;
        QSignalSpy pause(&job, &JobPanel::pauseClicked);
        job.findChildren<QToolButton*>().first()->click();
        QCOMPARE(pause.count(), 1);
        job.setState(JobPanel::State::Done);
        QVERIFY(!job.findChildren<QToolButton*>().first()->isEnabled());

        QCOMPARE(progressText({"import", 42, 100, "rows", 5100, 1}), u"42\u202f% · 5.1k rows/s · 1 s left"_s);
        QCOMPARE(progressText({"import", 42, 0, "rows", 0, -1}), u"42 rows"_s);

        SegmentedControl segments({u"2D"_s, u"3D"_s, u"x"_s});
        segments.setSegmentEnabled(1, false, u"no OpenGL"_s);
        QSignalSpy segment(&segments, &SegmentedControl::currentIndexChanged);
        QTest::keyClick(&segments, Qt::Key_Right);
        QCOMPARE(segments.currentIndex(), 2); // the disabled one is skipped
        segments.setCurrentIndex(1);
        QCOMPARE(segments.currentIndex(), 2);
        QCOMPARE(segment.count(), 1);

        EmptyState empty(u"train"_s, u"No run yet"_s, u"grey"_s, u"Go"_s);
        QSignalSpy clicked(&empty, &EmptyState::clicked);
        empty.button()->click();
        QCOMPARE(clicked.count(), 1);

        PresetCard card(u"GINE"_s, u"gine"_s);
        card.setParameters(181730);
        QTest::mouseClick(&card, Qt::LeftButton);
        QVERIFY(card.isChecked());
        QVERIFY(card.accessibleDescription().contains(u"181\u202f730"_s));
    }

    void splitStaysAWhole()
    {
        SplitBar bar;
        bar.resize(300, 30);
        QSignalSpy spy(&bar, &SplitBar::fractionsChanged);
        bar.setFractions(8, 1, 1);
        QCOMPARE(bar.train(), 0.8);
        QTest::keyClick(&bar, Qt::Key_Left);
        QVERIFY(std::abs(bar.train() - 0.79) < 1e-9);
        QVERIFY(std::abs(bar.test() - 0.1) < 1e-9);
        QVERIFY(std::abs(bar.train() + bar.validation() + bar.test() - 1) < 1e-9);
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(&bar, Qt::Key_Right, Qt::ShiftModifier);
        }
        QVERIFY(bar.validation() >= 0 && bar.test() >= 0);
        QCOMPARE(spy.count(), 201);
        bar.setFractions(0, 0, 0);
        QVERIFY(std::isfinite(bar.train()));
        bar.grab();
    }

    void dropsAreSorted()
    {
        DropArea area;
        area.setSuffixes({u".csv"_s, u".csv.gz"_s});
        QSignalSpy dropped(&area, &DropArea::filesDropped);
        QSignalSpy refused(&area, &DropArea::refused);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(u"/a/b.CSV"_s), QUrl::fromLocalFile(u"/a/c.exe"_s), QUrl(u"http://x/y.csv"_s)});
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        static_cast<QObject&>(area).event(&event);
        QCOMPARE(dropped.first().first().toStringList(), QStringList{u"/a/b.CSV"_s});
        QCOMPARE(refused.count(), 1);
    }
};

QTEST_MAIN(TestViews)
#include "tst_views.moc"
