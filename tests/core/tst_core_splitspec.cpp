// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a split: what it means, that it reads back, and what is no split.
#include <QtTest>

#include "core/splitspec.h"

using namespace papilio;

class SplitSpecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBack_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("again");
        const auto row = [](const char* text, const char* again) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(again);
        };
        row("random:0.8/0.1/0.1", "random:0.8/0.1/0.1");
        row(" random:0.92/0.04/0.04 ,per-dataset, test_seen=qm9", "random:0.92/0.04/0.04,per-dataset,test_seen=qm9");
        row("random:1/0/0,per-dataset,test_seen", "random:1/0/0,per-dataset,test_seen");
        row("scaffold", "scaffold:0.8/0.1/0.1");
        row("scaffold:0.7/0.2/0.1,acyclic=one", "scaffold:0.7/0.2/0.1,acyclic=one");
        row("scaffold,acyclic=own", "scaffold:0.8/0.1/0.1");
        row("balanced-scaffold:0.6/0.2/0.2", "balanced-scaffold:0.6/0.2/0.2");
        row("cluster,cutoff=0.35", "cluster:0.8/0.1/0.1,cutoff=0.35");
        row("column:Model", "column:Model");
        row("column:fold,train=0+1+2,val=3,test=*", "column:fold,train=0+1+2,val=3,test=*");
        row("column:bace=Model|zinc=split,per-dataset", "column:bace=Model|zinc=split,per-dataset");
        row("file:a\\,b.csv", "file:a\\,b.csv");
        row("column:part,train=a \\++a\\ ,val=b ", "column:part,train=a\\ +a \\+,val=b");
        row(" column:part,train=a\\ +* \\  ", "column:part,train=* \\ +a\\ ");
        row("file:x=a.pt|y=b\\=c.pt,per-dataset,val=valid,test=test-dev",
            "file:x=a.pt|y=b\\=c.pt,per-dataset,val=valid,test=test-dev");
        row("file:a.pt,per-dataset,test_seen", "file:a.pt,per-dataset,test_seen");
        row("stored:12", "stored:12");
    }

    void readsBack()
    {
        QFETCH(QString, text);
        QFETCH(QString, again);
        const auto spec = parseSplitSpec(text.toStdString());
        QVERIFY2(spec, spec ? "" : spec.error().text().c_str());
        QCOMPARE(QString::fromStdString(splitSpecText(*spec)), again);
        const auto second = parseSplitSpec(splitSpecText(*spec));
        QVERIFY(second);
        QCOMPARE(splitSpecText(*second), splitSpecText(*spec));
    }

    void means()
    {
        const auto spec = parseSplitSpec("file:x=a\\|b.pt|y=c.pt,per-dataset,train=a+b,test_seen=d\\+e");
        QVERIFY(spec);
        QCOMPARE(spec->kind, SplitKind::File);
        QVERIFY(spec->perDataset && !spec->needsChemistry() && !spec->hasFractions());
        QCOMPARE(spec->sources.at("x"), std::string("a|b.pt"));
        QCOMPARE(spec->values.at("b"), std::string("train"));
        QCOMPARE(spec->values.at("d+e"), std::string("test_seen"));
        QVERIFY(parseSplitSpec("cluster")->needsChemistry());
        QCOMPARE(parseSplitSpec("cluster")->cutoff, 0.4);
        QVERIFY(parseSplitSpec("random:0.8/0.1/0.1,per-dataset,test_seen")->testSeen->empty());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* text, const char* why) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(why);
        };
        row("", "not known");
        row("random", "three fractions");
        row("random:0.8/0.1", "three fractions");
        row("random:0.8/0.1/0.2", "add up to 1.1");
        row("random:nan/0/0", "'nan'");
        row("scafold", "not known");
        row("scaffold:0/0.5/0.5", "nothing for training");
        row("random:0.8/0.1/0.1,cutoff=0.4", "no option of random");
        row("cluster,cutoff=0", "above 0");
        row("cluster,cutoff=2", "up to 1");
        row("scaffold,acyclic=two", "no option");
        row("random:0.8/0.1/0.1,test_seen", "only with per-dataset");
        row("column:", "which column");
        row("column:a|b", "needs its dataset");
        row("column:a=b|a=c", "occurs twice");
        row("column:a,train=x,val=x", "two parts");
        row("column:a,train=", "empty");
        row("file:=x", "empty");
        row("stored:0", "no number");
        row("stored:1.5", "no number");
        row("stored:3,per-dataset", "no options");
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto spec = parseSplitSpec(text.toStdString());
        QVERIFY(!spec);
        QCOMPARE(spec.error().code, ErrorCode::Usage);
        QVERIFY2(spec.error().message.find(why.toStdString()) != std::string::npos, spec.error().message.c_str());
        QVERIFY(!spec.error().hint.empty());
    }

    void shares()
    {
        QCOMPARE(shareOf(0.29, 100), std::size_t{29});
        QCOMPARE(shareOf(0.1, 131700), std::size_t{13170});
        QCOMPARE(shareOf(0.1, 9), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(SplitSpecTest)
#include "tst_core_splitspec.moc"
