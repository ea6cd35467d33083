// SPDX-License-Identifier: GPL-3.0-or-later
// What a GPU computes, on one, or without any on a device that only pretends to be another: networks of every option give
// what they give on the CPU, no tensors of two devices meet, and a step waits for the device once.
#include "nn/devices.h"
#include "nn/losses.h"
#include "nn/plain.h"
#include "nn/tensorloss.h"
#include "tests/nn/pretenddevice.h"
#include "tests/nn/zoomodels.h"

using namespace papilio;
using namespace papilio::nn;
using test::entries;
using test::gradientGap;
using test::gradientOf;
using test::relative;
using test::still;

namespace
{

bool hasGpu()
{
    return availableDevices().size() > 1;
}

const at::Device& device()
{
    static const at::Device device = hasGpu() ? at::Device("cuda:0") : test::pretend::device;
    return device;
}

/// Where nobody keeps the order of sums, rounding differs more.
double tolerance(double least)
{
    return hasGpu() ? std::max(1e-3, 10 * least) : least;
}

std::unique_ptr<Model> makeThere(const ModelSpec& spec, const ModelOptions& options = {.threads = 1})
{
    auto model = createTorchModelOn(device(), spec, options);
    if (!model) {
        qFatal("%s", model.error().text().c_str());
    }
    return std::move(*model);
}

/// The same network on both.
struct Pair {
    std::unique_ptr<Model> here, there;

    explicit Pair(const ModelSpec& spec) : here(test::make(spec, 1, true)), there(makeThere(spec))
    {
        if (!there->setWeights(here->weights())) {
            qFatal("the weights do not fit");
        }
    }
};

Batch zooBatch(const ModelSpec& spec, std::uint64_t seed = 5)
{
    Batch batch = test::zooMolecules(7, 8, seed).batch();
    test::addLabels(batch, spec, seed + 1);
    return batch;
}

ModelSpec mixed()
{
    ModelSpec spec = test::mixedSpec();
    spec.architecture.gnn.depth = 3;
    return spec;
}

Batch mixedBatch(std::uint64_t seed = 1)
{
    Batch batch = test::randomMolecules(20, 10, seed).batch();
    test::addLabels(batch, mixed(), seed + 1);
    return batch;
}

HeadSpec headOf(LossType loss, bool perLabel, bool weights)
{
    const bool classes = loss == LossType::CrossEntropy || loss == LossType::HybridCe;
    const bool binary = loss == LossType::Bce || loss == LossType::BceLogits;
    HeadSpec head = test::head("h", 3, 8, classes ? TaskKind::Multiclass : binary ? TaskKind::Binary : TaskKind::Regression,
                               Level::Graph, classes ? 4 : 0);
    head.loss.type = loss;
    head.loss.perLabel = perLabel;
    head.loss.huberDelta = 0.3;
    if (weights) {
        head.loss.columnWeights = {1, 0.25, 3};
        if (classes || binary) {
            head.loss.classWeights = classes ? std::vector<double>{1, 2, 0.5, 4} : std::vector<double>{1, 7};
        }
    }
    return head;
}

Tensor tableOf(std::vector<float>& values, std::int64_t rows)
{
    return at::from_blob(values.data(), {rows, static_cast<std::int64_t>(values.size()) / rows}, at::TensorOptions(at::kFloat))
        .to(device());
}

} // namespace

class TestDevice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void dropsTheSame_data();
    void dropsTheSame();
    void losesTheSame_data();
    void losesTheSame();
    void computesTheSame_data() { test::zooRows(); }
    void computesTheSame();
    void learnsTheSame();
    void waitsOnce();
    void bringsBatchesAhead();
    void addsUpParts();
    void namesCulprits();
    void goesOnElsewhere();
    void multipliesInHalfPrecision();
    void explainsAndRecords();
    void saysWhatIsMissing();
};

void TestDevice::initTestCase()
{
    if (!hasGpu() && at::CUDAHooksRegistry()->Has("CUDAHooks")) {
        QSKIP("a CUDA build of LibTorch asks for a GPU in every backward pass of another device, and there is none");
    }
}

void TestDevice::dropsTheSame_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {1, 2, 7, 64, 129}) {
        QTest::addRow("%d columns", width) << width;
    }
}

void TestDevice::dropsTheSame()
{
    QFETCH(int, width);
    for (const double share : {0.1, 0.5}) {
        const auto dropout = kernels::Dropout::of(share, 0xfedcba9876543210U, 1'000'000);
        const Tensor here = plain::dropoutMask(dropout, at::empty({50, width}));
        const Tensor onIt = plain::dropoutMask(dropout, at::empty({50, width}, at::TensorOptions(device())));
        QVERIFY(onIt.device() == device());
        QVERIFY(at::equal(here, onIt.to(at::kCPU)));
        QVERIFY(width < 64 || (here == 0).any().item<bool>());
    }
}

void TestDevice::losesTheSame_data()
{
    QTest::addColumn<int>("loss");
    QTest::addColumn<bool>("perLabel");
    QTest::addColumn<bool>("weights");
    for (int loss = 0; loss <= static_cast<int>(LossType::HybridCe); ++loss) {
        for (const int kind : {0, 1, 2, 3}) {
            QTest::addRow("%d, %d", loss, kind) << loss << (kind % 2 == 1) << (kind > 1);
        }
    }
}

void TestDevice::losesTheSame()
{
    QFETCH(int, loss);
    QFETCH(bool, perLabel);
    QFETCH(bool, weights);
    constexpr std::int64_t rows = 11;
    for (const bool absolute : {false, true}) {
        HeadSpec head = headOf(static_cast<LossType>(loss), perLabel, weights);
        head.loss.hybridAbsolute = absolute;
        Random random(3);
        const bool classes = head.kind == TaskKind::Multiclass;
        const auto number = [&] { return static_cast<float>(random.uniform()); };
        std::vector<float> outputs, labels;
        for (std::int64_t i = 0; i < rows * head.outputWidth(); ++i) {
            outputs.push_back(head.loss.type == LossType::Bce ? number() : 4 * number() - 2);
        }
        for (std::int64_t i = 0; i < rows * 3; ++i) {
            const float label = head.kind == TaskKind::Regression
                                    ? 2 * number() - 1
                                    : static_cast<float>(random.below(classes ? 4 : 2));
            labels.push_back(i % 5 == 1 ? std::numeric_limits<float>::quiet_NaN() : label);
        }
        outputs[0] = head.kind == TaskKind::Regression ? labels[0] : outputs[0]; // exactly right
        outputs[head.outputWidth() == 3 ? 1 : 4] = std::numeric_limits<float>::infinity(); // and nobody asks for this
        LabelWeights sums;
        sums.add(head, labels);
        std::vector<float> slopes(outputs.size());
        const double here = headLoss(head, outputs, labels, sums, 0.7, slopes);
        const TensorLoss there = tensorLoss(head, tableOf(outputs, rows), tableOf(labels, rows), sums, 0.7);
        QVERIFY(std::abs(there.loss.to(at::kCPU).item<double>() - here) <= 1e-12 * std::abs(here));
        const Tensor found = there.slopes.to(at::kCPU).contiguous();
        QCOMPARE(found.numel(), static_cast<std::int64_t>(slopes.size()));
        for (std::size_t i = 0; i < slopes.size(); ++i) {
            QVERIFY(std::abs(found.data_ptr<float>()[i] - slopes[i]) <= 1e-7 * (0.01 + std::abs(slopes[i])));
        }
    }
}

void TestDevice::computesTheSame()
{
    QFETCH(int, entry);
    const test::ZooEntry& zoo = entries()[static_cast<std::size_t>(entry)];
    const Pair pair(zoo.spec);
    const Batch batch = zooBatch(zoo.spec);
    const auto here = pair.here->evaluate(batch);
    const auto there = pair.there->evaluate(batch);
    QVERIFY2(there, there ? "" : there.error().text().c_str());
    for (std::size_t h = 0; h < here->outputs.size(); ++h) {
        QVERIFY(relative(there->outputs[h], here->outputs[h]) < tolerance(1e-5));
    }
    QVERIFY(std::abs(there->losses.total - here->losses.total) < tolerance(1e-6) * (1 + std::abs(here->losses.total)));
    const TensorMap gradient = gradientOf(*pair.here, batch, still(9));
    QVERIFY(gradientGap(gradientOf(*pair.there, batch, still(9)), gradient) < tolerance(1e-5));
}

void TestDevice::learnsTheSame()
{
    const Pair pair(mixed());
    StepSettings settings{.learningRate = 1e-3, .clipNorm = 0.5, .weightDecay = 0.01, .averageDecay = 0.9};
    for (int step = 0; step < 5; ++step) {
        settings.seed = static_cast<std::uint64_t>(step);
        const Batch batch = mixedBatch(settings.seed + 1);
        const auto here = pair.here->trainStep(batch, settings);
        const auto there = pair.there->trainStep(batch, settings);
        QVERIFY2(there, there ? "" : there.error().text().c_str());
        QVERIFY(std::abs(here->losses.total - there->losses.total) < tolerance(1e-6) * here->losses.total);
        QVERIFY(std::abs(here->gradientNorm - there->gradientNorm) < tolerance(1e-4) * here->gradientNorm);
        QCOMPARE(there->losses.labels, here->losses.labels);
    }
    QVERIFY(gradientGap(pair.there->averagedWeights(), pair.here->averagedWeights()) < tolerance(1e-4));
}

void TestDevice::waitsOnce()
{
    if (hasGpu()) {
        QSKIP("only the pretence counts");
    }
    for (const test::ZooEntry& zoo : entries()) {
        const auto model = makeThere(zoo.spec);
        const Batch batch = zooBatch(zoo.spec);
        const bool learntWeights = zoo.spec.architecture.lossBalance == LossBalance::Uncertainty;
        test::pretend::reads = 0;
        const auto step = model->trainStep(batch, {});
        QVERIFY2(step, zoo.name.c_str());
        QVERIFY2(test::pretend::reads <= (learntWeights ? 2 : 1),
                 (zoo.name + ": " + std::to_string(test::pretend::reads)).c_str());
    }
}

void TestDevice::bringsBatchesAhead()
{
    const Pair pair(mixed());
    Batch batch = mixedBatch();
    pair.here->stage(batch);
    QVERIFY(!batch.staged);
    test::pretend::writes = 0;
    pair.there->stage(batch);
    QVERIFY(batch.staged);
    QVERIFY(hasGpu() || test::pretend::writes == 1);
    const auto ahead = pair.there->evaluate(batch);
    QVERIFY(ahead);
    QVERIFY(hasGpu() || test::pretend::writes == 1); // nothing more had to come
    QVERIFY(relative(ahead->outputs[0], pair.here->evaluate(batch)->outputs[0]) < tolerance(1e-5)); // there it is, unused
    test::pretend::writes = 0; // a step that has to bring its batch itself does it once
    QVERIFY(pair.there->trainStep(batch, {}));
    const int others = test::pretend::writes;
    batch.staged.reset();
    test::pretend::writes = 0;
    QVERIFY(pair.there->trainStep(batch, {}));
    QVERIFY(hasGpu() || test::pretend::writes == others + 1);
    Batch broken = mixedBatch();
    broken.senders[0] = 1'000'000;
    pair.there->stage(broken);
    QVERIFY(!broken.staged);
    QVERIFY(!pair.there->trainStep(broken, {}));
}

void TestDevice::addsUpParts()
{
    const Pair pair(mixed());
    std::vector<Batch> parts = {mixedBatch(1), mixedBatch(2), mixedBatch(3)};
    parts[1].labels[0].assign(parts[1].labels[0].size(), std::numeric_limits<float>::quiet_NaN());
    parts[2].labels[1].clear();
    const auto here = pair.here->trainStep(parts, {.seed = 4});
    const auto there = pair.there->trainStep(parts, {.seed = 4});
    QVERIFY(here && there);
    for (std::size_t h = 0; h < here->losses.heads.size(); ++h) {
        QVERIFY(std::abs(here->losses.heads[h] - there->losses.heads[h]) < tolerance(1e-6));
    }
    QVERIFY(std::abs(here->gradientNorm - there->gradientNorm) < tolerance(1e-5) * here->gradientNorm);
}

void TestDevice::namesCulprits()
{
    const Pair pair(mixed());
    Batch batch = mixedBatch();
    const auto row = static_cast<std::size_t>(batch.nodeStart[7]) * static_cast<std::size_t>(atomFeatureCount);
    batch.nodeFeatures[row] = std::numeric_limits<float>::infinity();
    const TensorMap before = pair.there->weights();
    const auto here = pair.here->trainStep(batch, {});
    const auto there = pair.there->trainStep(batch, {});
    QVERIFY(!here && !there);
    QCOMPARE(there.error().text(), here.error().text());
    QCOMPARE(pair.there->culprits(), std::vector<std::int64_t>{7});
    QVERIFY(gradientGap(pair.there->weights(), before) == 0);
}

void TestDevice::goesOnElsewhere()
{
    const Pair pair(mixed());
    QVERIFY(pair.there->trainStep(mixedBatch(1), {.averageDecay = 0.99}));
    QVERIFY(pair.here->setWeights(pair.there->weights()));
    QVERIFY(pair.here->setOptimiserState(pair.there->optimiserState()));
    QVERIFY(pair.here->trainStep(mixedBatch(2), {.averageDecay = 0.99}));
    QVERIFY(pair.there->trainStep(mixedBatch(2), {.averageDecay = 0.99}));
    QVERIFY(gradientGap(pair.there->optimiserState(), pair.here->optimiserState()) < tolerance(1e-5));
}

void TestDevice::multipliesInHalfPrecision()
{
    const auto model = createTorchModelOn(device(), mixed(), {.threads = 1, .precision = Precision::BFloat16});
    if (!model) {
        QSKIP("no bfloat16 here");
    }
    const auto here = createPlainTorchModel(mixed(), {.threads = 1, .precision = Precision::BFloat16});
    const Batch batch = mixedBatch();
    const auto a = (*here)->trainStep(batch, {.seed = 2});
    const auto b = (*model)->trainStep(batch, {.seed = 2});
    QVERIFY(a && b);
    QVERIFY(std::abs(a->losses.total - b->losses.total) < 1e-3 * a->losses.total);
    QVERIFY(std::abs(a->gradientNorm - b->gradientNorm) < 0.02 * a->gradientNorm);
}

void TestDevice::explainsAndRecords()
{
    const Pair pair(mixed());
    Batch batch = mixedBatch();
    pair.there->stage(batch);
    for (int again = 0; again < 2; ++again) { // a copy that was brought ahead stays what it was
        const auto here = pair.here->inputGradients(batch, {.head = 0, .column = 1, .row = 2});
        const auto there = pair.there->inputGradients(batch, {.head = 0, .column = 1, .row = 2});
        QVERIFY(here && there);
        QVERIFY(relative(there->nodeFeatures, here->nodeFeatures) < tolerance(1e-5));
    }
    const std::vector<std::string> names = {"pool"};
    const auto here = pair.here->intermediates(batch, names);
    const auto there = pair.there->intermediates(batch, names);
    QVERIFY(here && there);
    QVERIFY(relative(there->at("pool").tensor.values, here->at("pool").tensor.values) < tolerance(1e-5));
}

void TestDevice::saysWhatIsMissing()
{
    if (availableDevices().size() > 1) {
        QVERIFY(deviceOf("cuda") && deviceOf("cuda:0"));
        return;
    }
    for (const char* name : {"cuda", "cuda:0"}) {
        const auto device = deviceOf(name);
        QVERIFY(!device && device.error().code == ErrorCode::Unsupported);
        QVERIFY(device.error().message.find(name) != std::string::npos);
        QVERIFY(device.error().hint.find(torchVersion()) != std::string::npos);
    }
}

QTEST_GUILESS_MAIN(TestDevice)
#include "tst_nn_device.moc"
