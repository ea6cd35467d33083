// SPDX-License-Identifier: GPL-3.0-or-later
// Every reference network and training against the published library's own numbers.
#include <QtTest>

#include "nn/parity.h"
#include "nn/torchmodel.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::nn;

class TestParityModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void networks_data();
    void networks();
    void networksOnSeveralThreads();
    void trainings_data();
    void trainings();

private:
    static void check(const Result<std::vector<ParityResult>>& results);
};

namespace
{

ModelFactory factoryOf(bool plain)
{
    return plain ? ModelFactory(createPlainTorchModel) : ModelFactory(createTorchModel);
}

} // namespace

void TestParityModels::check(const Result<std::vector<ParityResult>>& results)
{
    QVERIFY2(results, results ? "" : results.error().text().c_str());
    QVERIFY(results->size() > 2);
    const ParityResult* worst = nullptr;
    QStringList failed;
    for (const ParityResult& result : *results) {
        if (result.tolerance > 0 &&
            (worst == nullptr || result.deviation / result.tolerance > worst->deviation / worst->tolerance)) {
            worst = &result;
        }
        if (!result.passed()) {
            failed.append(QStringLiteral("%1 %2 (%3)")
                              .arg(QString::fromStdString(result.tensor))
                              .arg(result.deviation)
                              .arg(QString::fromStdString(result.note)));
        }
    }
    QVERIFY2(failed.isEmpty(), qPrintable(failed.join(QStringLiteral("; "))));
    qInfo("%zu tensors, worst %s: %.2g of %.2g", results->size(), worst->tensor.c_str(), worst->deviation,
          worst->tolerance);
}

void TestParityModels::networks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("plain");
    PAPILIO_TEST_FILE(folder, "parity/models");
    const auto names = parityFixtures(folder.toStdString());
    QVERIFY2(names, names ? "" : names.error().text().c_str());
    QCOMPARE(names->size(), std::size_t{30});
    for (const std::string& name : *names) {
        QTest::addRow("%s", name.c_str()) << QString::fromStdString(name) << false;
        QTest::addRow("%s, plain", name.c_str()) << QString::fromStdString(name) << true;
    }
}

void TestParityModels::networks()
{
    QFETCH(QString, name);
    QFETCH(bool, plain);
    PAPILIO_TEST_FILE(folder, "parity/models");
    check(checkModelFixture(folder.toStdString(), name.toStdString(), factoryOf(plain), {.threads = 1}));
}

void TestParityModels::networksOnSeveralThreads()
{
    PAPILIO_TEST_FILE(folder, "parity/models");
    check(checkModelFixture(folder.toStdString(), "gps_mpnnplus", factoryOf(false), {.threads = 2}));
}

void TestParityModels::trainings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("plain");
    for (const char* name : {"gine", "mpnnplus"}) {
        QTest::addRow("%s", name) << QString::fromLatin1(name) << false;
        QTest::addRow("%s, plain", name) << QString::fromLatin1(name) << true;
    }
}

void TestParityModels::trainings()
{
    QFETCH(QString, name);
    QFETCH(bool, plain);
    PAPILIO_TEST_FILE(folder, "parity/training");
    check(checkTrainingFixture(folder.toStdString(), name.toStdString(), factoryOf(plain), {.threads = 1}));
}

QTEST_GUILESS_MAIN(TestParityModels)
#include "tst_nn_parity_models.moc"
