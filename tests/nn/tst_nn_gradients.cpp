// SPDX-License-Identifier: GPL-3.0-or-later
// Gradients of every kind of layer, encoder, norm, residual, pooling and head are those of the loss: against finite
// differences of training passes (dropout, DropPath and batch statistics included) and of outputs by the inputs.
#include <set>

#include "tests/nn/zoomodels.h"

using namespace papilio;
using namespace papilio::nn;
using test::entries;
using test::gradientOf;
using test::make;
using test::still;

class TestGradients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOptionIsThere();
    void byWeights_data() { test::zooRows(); }
    void byWeights();
    void byInputs_data() { test::zooRows(); }
    void byInputs();

private:
    static QStringList wrongTensors(const ModelSpec& spec, std::uint64_t seed, std::size_t first);
};

void TestGradients::everyOptionIsThere()
{
    std::set<int> layers, encoders, virtualNodes, residuals;
    for (const test::ZooEntry& entry : entries()) {
        const Architecture& a = entry.spec.architecture;
        const auto fits = checkArchitecture(a);
        QVERIFY2(fits, fits ? "" : (entry.name + ": " + fits.error().text()).c_str());
        layers.insert(static_cast<int>(a.gnn.layer.type));
        virtualNodes.insert(static_cast<int>(a.gnn.virtualNode));
        residuals.insert(static_cast<int>(a.gnn.residual));
        for (const EncoderSpec& encoder : a.encoders.encoders) {
            encoders.insert(static_cast<int>(encoder.type));
        }
    }
    QCOMPARE(layers.size(), std::size_t{7});
    QCOMPARE(encoders.size(), std::size_t{6});
    QCOMPARE(virtualNodes.size(), std::size_t{7});
    QCOMPARE(residuals.size(), std::size_t{6});
}

/// What tensors the gradient is wrong for, along one random direction each; every second tensor of the network.
QStringList TestGradients::wrongTensors(const ModelSpec& spec, std::uint64_t seed, std::size_t first)
{
    const auto model = make(spec, 1, false, seed);
    Batch batch = test::zooMolecules(3, 6, 3).batch();
    test::addLabels(batch, spec, 1);
    const TensorMap weights = model->weights();
    const TensorMap gradient = gradientOf(*model, batch, still(5));
    const auto loss = [&](const std::string& name, const std::vector<float>& direction, double step) {
        TensorMap moved = weights;
        std::vector<float>& values = moved[name].values;
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] += static_cast<float>(step * direction[i]);
        }
        return model->setWeights(moved) ? model->trainStep(batch, still(5))->losses.total : 0;
    };
    Random random(7);
    QStringList wrong;
    std::size_t index = first;
    for (const auto& [name, tensor] : gradient) {
        if (++index % 2 != 0) {
            continue;
        }
        std::vector<float> direction;
        double length = 0;
        for (std::size_t i = 0; i < tensor.values.size(); ++i) {
            direction.push_back(static_cast<float>(2 * random.uniform() - 1));
            length += static_cast<double>(direction.back()) * direction.back();
        }
        double slope = 0;
        double size = 0;
        for (std::size_t i = 0; i < direction.size(); ++i) {
            direction[i] = static_cast<float>(direction[i] / std::sqrt(length));
            slope += static_cast<double>(tensor.values[i]) * direction[i];
            size += static_cast<double>(tensor.values[i]) * tensor.values[i];
        }
        const double scale = std::max(std::sqrt(size), 2e-3);
        double gap = std::numeric_limits<double>::infinity();
        for (const double step : {1e-2, 2e-3}) { // a kink of relu may lie within the longer one
            if (!(gap < 0.03)) {
                const double found = (loss(name, direction, step) - loss(name, direction, -step)) / (2 * step);
                gap = std::min(gap, std::abs(found - slope) / scale);
            }
        }
        if (!(gap < 0.03)) {
            wrong.append(QString::fromStdString(name));
        }
    }
    return wrong;
}

void TestGradients::byWeights()
{
    QFETCH(int, entry);
    ModelSpec spec = entries()[static_cast<std::size_t>(entry)].spec;
    for (HeadSpec& head : spec.heads) {
        head.loss.type = head.loss.type == LossType::Mae ? LossType::Mse : head.loss.type; // which has no kink
    }
    // One relu at its kink is felt by everything in front of it, and other weights have their kinks elsewhere; a wrong
    // gradient is wrong for all of them.
    QStringList wrong = wrongTensors(spec, 17, static_cast<std::size_t>(entry));
    for (std::uint64_t seed = 18; seed < 24 && !wrong.isEmpty(); ++seed) {
        const QStringList again = wrongTensors(spec, seed, static_cast<std::size_t>(entry));
        wrong.removeIf([&](const QString& name) { return !again.contains(name); });
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral("; "))));
}

void TestGradients::byInputs()
{
    QFETCH(int, entry);
    const auto model = make(entries()[static_cast<std::size_t>(entry)].spec);
    const Batch batch = test::zooMolecules(2, 6, 6).batch();
    for (const GradientTarget target : {GradientTarget{0, 1, 0, -1}, GradientTarget{1, 0, 0, 3},
                                        GradientTarget{2, 1, 2, 5}, GradientTarget{3, 0, 0, -1}}) {
        const auto gradients = model->inputGradients(batch, target);
        QVERIFY2(gradients, gradients ? "" : gradients.error().text().c_str());
        const auto output = [&](const Batch& changed) { return model->inputGradients(changed, target)->output; };
        const double scale = test::largest(gradients->nodeFeatures) + 1e-3;
        int far = 0;
        int checked = 0;
        const auto check = [&](std::vector<float> Batch::*member, const std::vector<float>& slopes) {
            for (std::size_t i = 0; i < slopes.size(); i += 71) {
                Batch high = batch;
                Batch low = batch;
                (high.*member)[i] += 0.005F;
                (low.*member)[i] -= 0.005F;
                const double slope = (output(high) - output(low)) / 0.01;
                far += std::abs(slope - slopes[i]) > 0.03 * scale ? 1 : 0; // a kink of relu may lie between
                ++checked;
            }
        };
        check(&Batch::nodeFeatures, gradients->nodeFeatures);
        check(&Batch::edgeFeatures, gradients->edgeFeatures);
        QVERIFY2(far <= 1 + checked / 20, qPrintable(QStringLiteral("%1 of %2").arg(far).arg(checked)));
    }
}

QTEST_GUILESS_MAIN(TestGradients)
#include "tst_nn_gradients.moc"
