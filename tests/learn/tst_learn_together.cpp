// SPDX-License-Identifier: GPL-3.0-or-later
// What processes of one training find out about each other before its first step; the other one is made up.
#include <QtTest>

#include <functional>

#include <nlohmann/json.hpp>

#include "learn/together.h"
#include "tests/learn/fixture.h"
#include "tests/learn/hooks.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;
using nlohmann::json;

namespace
{

/// The first of two. The second says the same, but for what 'other' makes of it.
class Twin : public nn::Processes
{
public:
    std::function<std::string(const std::string&)> other = [](const std::string& own) { return own; };
    bool gone = false;

    Twin() { m_place.size = 2; }
    const nn::ProcessPlace& place() const override { return m_place; }
    Result<> sum(std::span<double>) override { return {}; }
    Result<> broadcast(std::string&) override { return {}; }
    Result<std::vector<std::string>> exchange(const std::string& own) override
    {
        std::vector<std::string> all{own, other(own)};
        return gone ? Result<std::vector<std::string>>(fail(ErrorCode::Io, "gone")) : all;
    }
    Result<std::vector<std::string>> collect(const std::string& own) override { return exchange(own); }
    void setPhase(Phase) override {}
    bool lost() const override { return gone; }

private:
    nn::ProcessPlace m_place;
};

/// What the second process says of itself in shareOfHost(), with another value.
std::function<std::string(const std::string&)> saying(const char* key, const json& value)
{
    return [key, value](const std::string& own) {
        json said = json::from_cbor(own, true, false);
        if (!said.is_object() || !said.contains(key)) {
            return own;
        }
        said[key] = value;
        std::string bytes;
        json::to_cbor(said, bytes);
        return bytes;
    };
}

/// The fake network, on a GPU.
class OnGpu : public HookedModel
{
public:
    explicit OnGpu(std::unique_ptr<nn::Model> inner) : HookedModel(std::move(inner), std::make_shared<Hooks>()) {}
    std::string deviceName() const override { return "cuda:0"; }
};

/// 'cuda' is the only GPU that this process sees.
Result<std::unique_ptr<nn::Model>> onOnlyGpu(const nn::ModelSpec& spec, const nn::ModelOptions& options)
{
    nn::ModelOptions there = options;
    there.device = "cpu";
    return std::make_unique<OnGpu>(must(nn::createFakeModel(spec, there)));
}

class NotingControl : public RecordingControl
{
public:
    std::vector<std::string> notes;
    void note(const std::string& text) override { notes.push_back(text); }
};

} // namespace

class TestLearnTogether : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gpusAreComparedByWhatTheyAre()
    {
        Twin twin;
        QCOMPARE(must(shareOfHost(twin, "cuda:0")).sameDevice, 2);
        QVERIFY(must(shareOfHost(twin, "cuda:0")).oneKind);
        twin.other = saying("gpu", "another");
        QCOMPARE(must(shareOfHost(twin, "cuda:0")).sameDevice, 1);
        twin.other = saying("onGpu", false);
        QVERIFY(!must(shareOfHost(twin, "cuda:0")).oneKind);
        QVERIFY(must(shareOfHost(twin, "cpu")).oneKind);
    }

    void twoWithOneGpuDoNotBegin_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<QString>("hint");
        QTest::newRow("by number") << QStringLiteral("cuda:0") << QStringLiteral("With the device 'cuda'");
        QTest::newRow("by local rank") << QStringLiteral("cuda") << QStringLiteral("than it has GPUs");
    }
    void twoWithOneGpuDoNotBegin()
    {
        QFETCH(QString, device);
        QFETCH(QString, hint);
        Fixture fixture;
        fixture.add("x", 0, 40, {carbons()});
        TrainConfig config = smallConfig();
        config.device = device.toStdString();
        NotingControl control;
        Twin twin;
        const auto run = startRun(fixture.project(), config, "{}", onOnlyGpu, control, {}, {}, &twin);
        QVERIFY(!run);
        const QString said = QString::fromStdString(run.error().text());
        QVERIFY2(said.contains(QStringLiteral("2 processes of this host would share the GPU 'cuda:0'")) && said.contains(hint),
                 qPrintable(said));
        QVERIFY(must(store::Runs(fixture.project()).all()).empty());
    }

    void gpuAndCpuDoNotMix()
    {
        Fixture fixture;
        fixture.add("x", 0, 40, {carbons()});
        NotingControl control;
        Twin twin;
        twin.other = saying("onGpu", true);
        const auto run = startRun(fixture.project(), smallConfig(), "{}", nn::createFakeModel, control, {}, {}, &twin);
        QVERIFY(!run);
        QVERIFY2(run.error().message.find("on a GPU, others on the CPU") != std::string::npos, run.error().text().c_str());
        QVERIFY(must(store::Runs(fixture.project()).all()).empty());
    }

    void copiesOfTheDataAreTold()
    {
        Fixture fixture;
        fixture.add("x", 0, 40, {carbons()});
        NotingControl control;
        Twin twin;
        const auto load = [&] {
            const TrainConfig config = smallConfig();
            Selection selection = must(selectTasks(fixture.project(), config.tasks, config.architecture));
            const Labelled labelled = must(findLabelled(fixture.project(), selection, control));
            store::Split split = must(makeSplit(config.split, config.seed, labelled.molecules));
            return loadTogether(fixture.project(), std::move(selection), std::move(split), control, &twin);
        };
        QVERIFY(load());
        QVERIFY(control.notes.empty());
        twin.other = [](const std::string& own) { return own.empty() ? "No way there." : own; };
        QVERIFY(load());
        QCOMPARE(control.notes.size(), std::size_t{1});
        QCOMPARE(control.notes[0], std::string("One process holds its own copy of the training data: No way there."));
        twin.other = [&twin](const std::string& own) { // it dies while it attaches
            twin.gone = own.empty();
            return own;
        };
        const auto data = load();
        QVERIFY(!data && data.error().message == "gone");
    }
};

QTEST_GUILESS_MAIN(TestLearnTogether)
#include "tst_learn_together.moc"
