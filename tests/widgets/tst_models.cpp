// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QPainter>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "tests/widgets/madeup.h"
#include "widgets/theme.h"

using namespace papilio;
using namespace papilio::widgets;
using namespace Qt::StringLiterals;
using Fatal = QAbstractItemModelTester::FailureReportingMode;

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, Appearance::Light); }

    void treeIsAProperModel()
    {
        TaskTreeModel model;
        QAbstractItemModelTester tester(&model, Fatal::QtTest);
        TaskTreeFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester filterTester(&filter, Fatal::QtTest);
        model.setDatasets(madeup::tree());
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.taskCount(), 36);
        filter.setText(u"NR-A"_s);
        QCOMPARE(filter.rowCount(), 1);
        QCOMPARE(filter.rowCount(filter.index(0, 0, filter.index(0, 0))), 4);
        filter.setText(u"tox21"_s);
        QCOMPARE(filter.rowCount(filter.index(0, 0, filter.index(0, 0))), 12);
        filter.setText({});
        QCOMPARE(filter.rowCount(), 5);
        model.setDatasets({});
        QCOMPARE(model.rowCount(), 0);
    }

    void checksFollowUpAndDown()
    {
        TaskTreeModel model;
        model.setDatasets(madeup::tree());
        QSignalSpy spy(&model, &TaskTreeModel::checkedChanged);
        const QModelIndex tox21 = model.index(1, 0);
        QCOMPARE(model.data(tox21, Qt::CheckStateRole).toInt(), int(Qt::Checked));
        const QModelIndex first = model.index(0, 0, model.index(0, 0, tox21));
        QVERIFY(model.setData(first, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(spy.count(), 1);
        QCOMPARE(model.data(tox21, Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
        QCOMPARE(model.checkedTasks().size(), 35);
        QVERIFY(model.setData(tox21, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(model.checkedTasks().size(), 24);
        model.setDatasets(madeup::tree()); // the same tasks again: choice kept
        QCOMPARE(model.checkedTasks().size(), 24);
        model.setCheckedTasks({20});
        QCOMPARE(model.checkedTasks(), QVector<qint64>{20});
        QCOMPARE(model.indexOfTask(20).data().toString(), u"NR-AR"_s);
        QVERIFY(!model.indexOfTask(12345).isValid());
    }

    void undefinedCoverageIsSaid()
    {
        TaskTreeModel model;
        model.setDatasets({{1, u"empty"_s, 0, 0, {{1, u"t"_s, Level::Graph, TaskKind::Regression, {}, 0, std::nan("")}}}});
        const QModelIndex task = model.indexOfTask(1);
        QCOMPARE(task.siblingAtColumn(TaskTreeModel::CoverageColumn).data().toString(), u"undefined"_s);
    }

    void treeViewReportsWhatAPersonSelects()
    {
        TaskTreeView view;
        view.resize(300, 400);
        view.taskModel()->setDatasets(madeup::tree());
        QSignalSpy spy(&view, &TaskTreeView::taskSelected);
        view.setCurrentTask(21);
        QCOMPARE(view.currentTask(), 21);
        QCOMPARE(spy.count(), 0);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy.first().first().toLongLong(), 22);
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(view.taskModel()->checkedTasks().contains(22), false);
    }

    void wallIsAProperModel()
    {
        CurveWallModel model;
        QAbstractItemModelTester tester(&model, Fatal::QtTest);
        CurveWallFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester filterTester(&filter, Fatal::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setRows(madeup::wall());
        QCOMPARE(reset.count(), 1);
        model.setRows(madeup::wall());
        QCOMPARE(reset.count(), 1); // same tasks: values only
        QCOMPARE(model.rowCount(), 36);
        filter.setText(u"zinc"_s);
        QCOMPARE(filter.rowCount(), 3);
        QCOMPARE(model.rowOfTask(34), 33);
        QCOMPARE(model.rowOfTask(-5), -1);
        QCOMPARE(model.toTsv().count(u'\n'), 37);
    }

    void undefinedIsSortedLast()
    {
        CurveWallModel model;
        CurveWallFilter filter;
        filter.setSourceModel(&model);
        std::vector<CurveWallRow> rows(3);
        const double values[] = {0.5, std::nan(""), 0.2};
        for (int i = 0; i < 3; ++i) {
            rows[static_cast<std::size_t>(i)].task = i + 1;
            rows[static_cast<std::size_t>(i)].validation = {values[i]};
        }
        model.setRows(rows);
        const auto last = [&] { return filter.index(2, 0).data(CurveWallModel::TaskRole).toLongLong(); };
        filter.sort(CurveWallModel::LastColumn, Qt::AscendingOrder);
        QCOMPARE(last(), 2);
        filter.sort(CurveWallModel::LastColumn, Qt::DescendingOrder);
        QCOMPARE(last(), 2);
        QCOMPARE(model.index(1, CurveWallModel::LastColumn).data().toString(), u"undefined"_s);
    }

    void summaryIsComputed()
    {
        CurveWallRow row;
        row.task = 1;
        for (int i = 0; i < 12; ++i) {
            row.validation.push_back(2.0 - 0.1 * i); // 2.0 … 0.9
            row.train.push_back(0.5 * row.validation.back());
        }
        CurveWallModel model;
        model.setRows({row});
        const auto& s = model.summary(0);
        QCOMPARE(s.bestEpoch, 11);
        QVERIFY(std::abs(s.best - 0.9) < 1e-12);
        QVERIFY(std::abs(s.delta10 - 100 * (0.9 - 1.9) / 1.9) < 1e-9);
        QVERIFY(std::abs(s.gap - 1.0) < 1e-9); // twice the training error
    }

    void alarms()
    {
        const auto judge = [](std::vector<double> v, std::vector<double> t = {}, bool higher = false) { return judgeCurve(v, t, higher); };
        QCOMPARE(judge({}), CurveAlarm::None);
        QCOMPARE(judge({1, 2, 3}), CurveAlarm::None); // too early to say
        QCOMPARE(judge({1, std::nan("")}), CurveAlarm::NotANumber);
        QCOMPARE(judge(madeup::curve(1.2, 0.3, 60, 0.01), madeup::curve(1.1, 0.25, 60, 0.01, 0, 5)), CurveAlarm::None);
        QCOMPARE(judge(madeup::curve(0.3, 0.3, 60, 0.03), madeup::curve(0.3, 0.3, 60, 0.03, 0, 5)), CurveAlarm::Flat);
        QCOMPARE(judge(madeup::curve(1.2, 0.3, 60, 0.01, 0.008), madeup::curve(1.1, 0.2, 60, 0.005, 0, 5)), CurveAlarm::Overfits);
        std::vector<double> worse;
        for (int i = 0; i < 30; ++i) {
            worse.push_back(1 + 0.1 * i);
        }
        QCOMPARE(judge(worse), CurveAlarm::Diverging);
        for (double& value : worse) {
            value = -value;
        }
        QCOMPARE(judge(worse, {}, true), CurveAlarm::Diverging);
        QCOMPARE(judge(worse, {}, false), CurveAlarm::None); // falling is good here
        for (const auto alarm : {CurveAlarm::Flat, CurveAlarm::Overfits, CurveAlarm::Diverging, CurveAlarm::NotANumber}) {
            QVERIFY(!alarmText(alarm).isEmpty() && !alarmIcon(alarm).isEmpty() && !alarmReason(alarm).isEmpty());
        }
    }

    void smoothingStartsUnbiased()
    {
        const auto line = smoothed({4, 4, std::nan(""), 4}, 0.9);
        QCOMPARE(line[0], 4.0);
        QCOMPARE(line[1], 4.0);
        QVERIFY(std::isnan(line[2]));
        QCOMPARE(line[3], 4.0);
        QCOMPARE(smoothed({1, 2, 3}, 0), (std::vector<double>{1, 2, 3}));
        const auto two = smoothed({0, 1}, 0.5);
        QVERIFY(std::abs(two[1] - 2.0 / 3) < 1e-12); // (0.25·0 + 0.5·1) / 0.75
    }

    void sparklinePaintsTheBest()
    {
        QImage image(80, 24, QImage::Format_RGB32);
        image.fill(Theme::current().color(Role::Surface));
        QPainter painter(&image);
        paintSparkline(&painter, QRectF(0, 0, 80, 24), {{5, 4, std::nan(""), 1, 2}, {}, 1, 3, 10});
        painter.end();
        // values 0 … 3 of 10 on the axis: the dot stands a third from the left, at the bottom
        const double x = 1.5 + (80 - 4) / 9.0 * 3;
        QCOMPARE(image.pixelColor(static_cast<int>(x), 20), Theme::current().series(1));
        QPainter again(&image);
        paintSparkline(&again, QRectF(0, 0, 80, 24), {{}, {}, 0, -1, 0}); // nothing to draw is no trouble
        paintSparkline(&again, QRectF(0, 0, 80, 24), {{std::nan("")}, {}, 0, 0, 0});
    }
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
