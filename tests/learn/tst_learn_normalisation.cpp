// SPDX-License-Identifier: GPL-3.0-or-later
// Label normalisation against the published library's values, and where that one fails.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <cmath>
#include <limits>
#include <vector>

#include "learn/normalisation.h"
#include "nn/safetensors.h"
#include "tests/support/paths.h"

using namespace papilio;
using namespace papilio::learn;

namespace
{

const double missing = std::numeric_limits<double>::quiet_NaN();

/// Column c of a row-major matrix.
std::vector<double> columnOf(const nn::HostTensor& tensor, std::size_t c)
{
    std::vector<double> values;
    const auto columns = static_cast<std::size_t>(tensor.shape.at(1));
    for (std::size_t i = c; i < tensor.values.size(); i += columns) {
        values.push_back(tensor.values[i]);
    }
    return values;
}

} // namespace

class TestLearnNormalisation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishedValues();
    void unitByHand();
    void constantColumn();
    void noValues();
    void clipping();
    void farFromZero();
    void names();
};

void TestLearnNormalisation::publishedValues()
{
    PAPILIO_TEST_FILE(tensors, "parity/losses/losses.safetensors");
    PAPILIO_TEST_FILE(jsonPath, "parity/losses/losses.json");
    const auto file = nn::readSafetensors(tensors.toStdString());
    QVERIFY(file.has_value());
    QFile jsonFile(jsonPath);
    QVERIFY(jsonFile.open(QIODevice::ReadOnly));
    const QJsonObject json =
        QJsonDocument::fromJson(jsonFile.readAll()).object()[QStringLiteral("normalisation")].toObject();
    const nn::HostTensor& labels = file->tensors.at("norm/labels");
    int compared = 0, gaps = 0;
    for (const auto method : {NormalisationMethod::Normal, NormalisationMethod::Unit}) {
        const std::string name(normalisationName(method));
        const nn::HostTensor& normalised = file->tensors.at("norm/" + name);
        QCOMPARE(normalised.values.size(), labels.values.size());
        const QJsonObject truth = json[QString::fromStdString(name)].toObject();
        const auto number = [&truth](const char* key, std::size_t c) {
            return truth[QLatin1String(key)].toArray().at(static_cast<qsizetype>(c)).toDouble();
        };
        for (std::size_t c = 0; c < 3; ++c) {
            const std::vector<double> values = columnOf(labels, c);
            const std::vector<double> expected = columnOf(normalised, c);
            const Normalisation fitted = fitNormalisation(values, {method});
            const bool unit = method == NormalisationMethod::Unit;
            QVERIFY(std::abs(fitted.mean - number(unit ? "min" : "mean", c)) < 1e-6);
            const double spread = unit ? number("max", c) - number("min", c) : number("std", c);
            QVERIFY(std::abs(fitted.sd - (spread > 0 ? spread : 1)) < 1e-6);
            for (std::size_t i = 0; i < values.size(); ++i) {
                const double own = (values[i] - fitted.mean) / fitted.sd;
                if (std::isnan(values[i])) {
                    QVERIFY(std::isnan(own));
                    ++gaps;
                } else if (spread > 0) {
                    QVERIFY(std::abs(own - expected[i]) < 1e-6);
                    ++compared;
                } else {
                    QCOMPARE(own, 0.0); // the original: 0/0
                    QVERIFY(std::isnan(expected[i]));
                }
            }
        }
    }
    QVERIFY(compared > 10);
    QVERIFY(gaps > 0);
}

void TestLearnNormalisation::unitByHand()
{
    const Normalisation fitted = fitNormalisation(std::vector{4.0, missing, -2.0, 10.0}, {NormalisationMethod::Unit});
    QCOMPARE(fitted.mean, -2.0);
    QCOMPARE(fitted.sd, 12.0);
    const Normalisation none = fitNormalisation(std::vector{4.0, -2.0}, {NormalisationMethod::None});
    QCOMPARE(none.mean, 0.0);
    QCOMPARE(none.sd, 1.0);
}

void TestLearnNormalisation::constantColumn()
{
    for (const auto method : {NormalisationMethod::Normal, NormalisationMethod::Unit}) {
        for (const double value : {0.1, 0.0, -7.5, 1e9}) {
            const Normalisation fitted = fitNormalisation(std::vector<double>(7, value), {method});
            QCOMPARE(fitted.mean, value);
            QCOMPARE(fitted.sd, 1.0);
        }
        // A spread of the last digits only is none.
        const std::vector<double> almost{0.1 + 0.2, 0.3, 0.3};
        QCOMPARE(fitNormalisation(almost, {method}).sd, 1.0);
    }
}

void TestLearnNormalisation::noValues()
{
    for (const auto method : {NormalisationMethod::Normal, NormalisationMethod::Unit}) {
        const Normalisation fitted = fitNormalisation(std::vector{missing, missing}, {method});
        QCOMPARE(fitted.mean, 0.0);
        QCOMPARE(fitted.sd, 1.0);
        QVERIFY(!NormalisationFit().isConstant());
    }
}

void TestLearnNormalisation::clipping()
{
    const std::vector<double> values{-100, 1, missing, 2, 3, 100};
    LabelScaling scaling{NormalisationMethod::Unit, 0, 5};
    QCOMPARE(scaling.clipped(-100), 0.0);
    QCOMPARE(scaling.clipped(100), 5.0);
    QCOMPARE(scaling.clipped(2), 2.0);
    QVERIFY(std::isnan(scaling.clipped(missing)));
    Normalisation fitted = fitNormalisation(values, scaling);
    QCOMPARE(fitted.mean, 0.0);
    QCOMPARE(fitted.sd, 5.0);
    scaling.most = std::numeric_limits<double>::infinity(); // one bound works alone
    fitted = fitNormalisation(values, scaling);
    QCOMPARE(fitted.mean, 0.0);
    QCOMPARE(fitted.sd, 100.0);
    // Normal: 0, 1, 2, 3, 5 has mean 2.2 and variance 2.96.
    fitted = fitNormalisation(values, {NormalisationMethod::Normal, 0, 5});
    QVERIFY(std::abs(fitted.mean - 2.2) < 1e-12);
    QVERIFY(std::abs(fitted.sd - std::sqrt(2.96)) < 1e-12);
}

void TestLearnNormalisation::farFromZero()
{
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) {
        values.push_back(1e9 + i % 2);
    }
    const Normalisation fitted = fitNormalisation(values, {NormalisationMethod::Normal});
    QVERIFY(std::abs(fitted.sd - 0.5) < 1e-6);
}

void TestLearnNormalisation::names()
{
    for (const char* name : {"none", "normal", "unit"}) {
        const auto method = normalisationFromName(name);
        QVERIFY(method.has_value());
        QCOMPARE(std::string(normalisationName(*method)), std::string(name));
    }
    QVERIFY(!normalisationFromName("minmax"));
}

QTEST_GUILESS_MAIN(TestLearnNormalisation)
#include "tst_learn_normalisation.moc"
