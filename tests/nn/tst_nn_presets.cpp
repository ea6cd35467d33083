// SPDX-License-Identifier: GPL-3.0-or-later
// The built-in presets: sizes as published, files that can be read and checked; networks of a wanted size.
#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/featurejson.h"
#include "nn/describe.h"
#include "nn/parameters.h"
#include "tests/nn/fixtures.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

HeadSpec headOf(const Architecture& architecture, const std::string& name, int columns,
                TaskKind kind = TaskKind::Regression, Level level = Level::Graph, int classes = 0)
{
    HeadSpec head = test::head(name, columns, 1, kind, level, classes);
    applyHeadDefaults(architecture, head);
    return head;
}

/// With the tasks that it was published with.
ModelSpec withTasks(const std::string& name)
{
    ModelSpec spec{*preset(name), {}};
    const Architecture& a = spec.architecture;
    if (name.find("largemix") != std::string::npos || name == "minimol") {
        spec.heads = {headOf(a, "l1000_vcap", 978, TaskKind::Multiclass, Level::Graph, 3),
                      headOf(a, "l1000_mcf7", 978, TaskKind::Multiclass, Level::Graph, 3),
                      headOf(a, "pcba_1328", 1328, TaskKind::Binary), headOf(a, "pcqm4m_g25", 25),
                      headOf(a, "pcqm4m_n4", 4, TaskKind::Regression, Level::Node)};
    } else if (name.find("ultralarge") != std::string::npos) {
        spec.heads = {headOf(a, "pm6_83m_g62", 62), headOf(a, "pm6_83m_n7", 7, TaskKind::Regression, Level::Node)};
    } else if (name == "gpspp-pcqm4m") {
        spec.heads = {headOf(a, "homolumo", 1)};
    } else {
        spec.heads = {headOf(a, "qm9", 19), headOf(a, "tox21", 12, TaskKind::Binary), headOf(a, "zinc", 3)};
    }
    return spec;
}

} // namespace

class TestPresets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sizesAreThePublishedOnes_data();
    void sizesAreThePublishedOnes();
    void allCanBeReadAndChecked();
    void publishedVariantsHaveTheFaults();
    void unknownNamesNameTheNearest();
    void widthsFitABudget_data();
    void widthsFitABudget();
    void budgetsOutOfReachNameTheNearest();
};

void TestPresets::sizesAreThePublishedOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("count");
    QTest::addColumn<double>("tolerance");
    const auto row = [](const char* name, qint64 count, double tolerance = 0) {
        QTest::newRow(name) << QString::fromLatin1(name) << count << tolerance;
    };
    row("gcn-toymix", 131074);
    row("gin-toymix", 163874);
    row("gine-toymix", 181730);
    row("gcn-toymix-paper", 188578);
    row("gin-toymix-paper", 193346);
    row("gine-toymix-paper", 211202);
    row("gcn-largemix-paper", 4210649);
    row("gin-largemix-paper", 5991321);
    row("gine-largemix-paper", 5285561);
    row("gine-largemix", 5235097);
    row("gcn-largemix", 6318649);
    row("gin-largemix", 8099321);
    row("minimol", 10325697);
    row("gated-gcn-toymix", 155000, 0.01);
    row("mpnn-toymix", 155000, 0.01);
    row("gine-largemix-10m", 10000000, 0.005);
    row("gated-gcn-largemix-10m", 10000000, 0.005);
    row("mpnn-largemix-10m", 10000000, 0.005);
}

void TestPresets::sizesAreThePublishedOnes()
{
    QFETCH(QString, name);
    QFETCH(qint64, count);
    QFETCH(double, tolerance);
    const auto counted = parameterCount(withTasks(name.toStdString()));
    if (tolerance == 0) {
        QCOMPARE(counted, count);
    }
    QVERIFY2(std::abs(static_cast<double>(counted) / static_cast<double>(count) - 1) <= tolerance,
             std::to_string(counted).c_str());
}

void TestPresets::allCanBeReadAndChecked()
{
    const auto names = presetNames();
    QVERIFY(names.size() >= 25);
    for (const std::string& name : names) {
        const auto architecture = preset(name);
        QVERIFY2(architecture, architecture ? "" : architecture.error().text().c_str());
        QCOMPARE(architecture->name, name);
        QVERIFY2(!architecture->title.empty() && !architecture->description.empty(), name.c_str());
        const auto checked = checkArchitecture(*architecture);
        QVERIFY2(checked, checked ? "" : checked.error().text().c_str());
        const auto json = architectureToJson(*architecture);
        const auto back = architectureFromJson(json);
        QVERIFY2(back, back ? "" : back.error().text().c_str());
        QVERIFY2(architectureToJson(*back) == json, name.c_str());
        QVERIFY2(json["inputs"] == featureSetToJson(architecture->inputs), json["inputs"].dump().c_str());
    }
}

void TestPresets::publishedVariantsHaveTheFaults()
{
    const auto plain = preset("gine-toymix");
    const auto published = preset("gine-toymix-published");
    QVERIFY(plain && published);
    QVERIFY(plain->quirks == Quirks() && plain->mupDivisor == 1);
    QVERIFY(published->quirks == Quirks::published() && published->mupDivisor == 2);
    QCOMPARE(published->name, std::string("gine-toymix-published"));
    // The faults change no tensor.
    QCOMPARE(parameterCount({*published, test::toymix("gine-toymix").heads}), std::int64_t{181730});
}

void TestPresets::unknownNamesNameTheNearest()
{
    const auto none = preset("gin-toymx");
    QVERIFY(!none && none.error().code == ErrorCode::NotFound);
    QVERIFY(none.error().hint.find("'gin-toymix'") != std::string::npos);
    QVERIFY(!preset("-published"));
    QVERIFY(preset("GINE-ToyMix"));
}

void TestPresets::widthsFitABudget_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("budget");
    QTest::addColumn<double>("tolerance");
    for (const char* name : {"gcn-toymix", "gin-toymix", "gine-toymix", "gated-gcn-toymix", "mpnn-toymix", "gine-small",
                             "gps-small", "mpnn-small"}) {
        QTest::newRow(name) << QString::fromLatin1(name) << qint64{150000} << 0.01;
    }
    for (const char* name :
         {"gcn-largemix", "gin-largemix", "gine-largemix", "mpnn-largemix-10m", "gine-small", "gps-small"}) {
        QTest::newRow(qPrintable(QStringLiteral("10 million, ") + QString::fromLatin1(name)))
            << QString::fromLatin1(name) << qint64{10000000} << 0.005;
    }
}

void TestPresets::widthsFitABudget()
{
    QFETCH(QString, name);
    QFETCH(qint64, budget);
    QFETCH(double, tolerance);
    const ModelSpec spec = withTasks(name.toStdString());
    const auto fitted = fitToBudget(spec, budget, tolerance);
    QVERIFY2(fitted, fitted ? "" : fitted.error().text().c_str());
    const auto count = static_cast<double>(parameterCount(*fitted));
    QVERIFY(std::abs(count / static_cast<double>(budget) - 1) <= tolerance);
    QCOMPARE(fitted->heads.size(), spec.heads.size());
    QCOMPARE(fitted->heads[0].outputWidth(), spec.heads[0].outputWidth());
    QCOMPARE(fitted->architecture.gnn.depth, spec.architecture.gnn.depth);
    // Heads as the fitted architecture would make them are the fitted heads.
    for (HeadSpec head : fitted->heads) {
        const MlpSpec mlp = head.mlp;
        applyHeadDefaults(fitted->architecture, head);
        QVERIFY(head.mlp.hidden == mlp.hidden);
    }
    // What fits already stays.
    const auto again = fitToBudget(*fitted, budget, tolerance);
    QVERIFY(again && architectureToJson(again->architecture) == architectureToJson(fitted->architecture));
}

void TestPresets::budgetsOutOfReachNameTheNearest()
{
    const auto tiny = fitToBudget(withTasks("gine-toymix"), 100);
    QVERIFY(!tiny && tiny.error().message.find("nearest is") != std::string::npos);
    QVERIFY(!fitToBudget(withTasks("gine-toymix"), 0));
    const auto huge = fitToBudget(withTasks("gine-toymix"), std::int64_t{1} << 50);
    QVERIFY(!huge);
}

QTEST_GUILESS_MAIN(TestPresets)
#include "tst_nn_presets.moc"
