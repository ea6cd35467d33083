// SPDX-License-Identifier: GPL-3.0-or-later
// From tasks in a project to heads, plans, normalised labels and batches.
#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <numeric>

#include <nlohmann/json.hpp>

#include "learn/bulk.h"
#include "learn/evaluate.h"
#include "learn/heads.h"
#include "learn/rundata.h"
#include "learn/split.h"
#include "learn/together.h"
#include "learn/trainer.h"
#include "nn/shards.h"
#include "tests/learn/fixture.h"

using namespace papilio;
using namespace papilio::learn;
using namespace papilio::learn::test;
using store::Part;

namespace
{

Control quiet;

std::vector<std::string> headNames(const Selection& selection)
{
    std::vector<std::string> names;
    for (const auto& head : selection.heads) {
        names.push_back(head.name);
    }
    return names;
}

/// One of several that only has its place.
class Placed : public nn::Processes
{
public:
    Placed(int rank, int size)
    {
        m_place.rank = rank;
        m_place.size = size;
    }
    const nn::ProcessPlace& place() const override { return m_place; }
    Result<> sum(std::span<double>) override { return {}; }
    Result<> broadcast(std::string&) override { return {}; }
    Result<std::vector<std::string>> exchange(const std::string&) override { return {}; }
    Result<std::vector<std::string>> collect(const std::string&) override { return {}; }
    void setPhase(Phase) override {}
    bool lost() const override { return false; }

private:
    nn::ProcessPlace m_place;
};

bool sameLabels(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b)
{
    const auto same = [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](const auto& x, const auto& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), same);
    });
}

RunData load(Fixture& fixture, const TrainConfig& config)
{
    Selection selection = must(selectTasks(fixture.project(), config.tasks, config.architecture));
    const Labelled labelled = must(findLabelled(fixture.project(), selection, quiet));
    store::Split split = must(makeSplit(config.split, config.seed, labelled.molecules));
    return must(RunData::load(fixture.project(), std::move(selection), std::move(split), quiet));
}

} // namespace

class TestLearnData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patternsChooseTasks();
    void patternsThatMatchNothing();
    void headsAreNamedApart();
    void incompleteImportsAreRefused();
    void planCounts();
    void normalisationIsFittedOnTraining();
    void constantAndMissingTasks();
    void batchesCarryTheirLabels();
    void datasetsWithSplitsOfTheirOwn();
    void otherSplitsAreMadeElsewhere();
    void totalIsTheMeanOverHeadsWithLabels();
    void manyBytesGoToAFile();
    void dataInAFileIsTheSame();
    void othersReadTheSameBytes_data();
    void othersReadTheSameBytes();
    void dataOfAnotherProcessIsTheSame();
    void sharesJoinToTheBatch_data();
    void sharesJoinToTheBatch();
    void idleProcessesAreTold();
};

void TestLearnData::patternsChooseTasks()
{
    Fixture fixture;
    fixture.add("qm9", 0, 4, {carbons(), nitrogens()});
    fixture.add("zinc", 2, 4, {carbons(), hasOxygen()});
    const nn::Architecture architecture = smallConfig().architecture;
    const auto resolved = [&](std::vector<std::string> patterns) {
        return must(selectTasks(fixture.project(), patterns, architecture)).resolved;
    };
    using List = std::vector<std::string>;
    const List all{"qm9:carbons", "qm9:nitrogens", "zinc:carbons", "zinc:has-oxygen"};
    QVERIFY(resolved({}) == all);
    QVERIFY(resolved({"*"}) == all);
    QVERIFY((resolved({"qm9"}) == List{"qm9:carbons", "qm9:nitrogens"}));
    QVERIFY((resolved({"q*:nit*"}) == List{"qm9:nitrogens"}));
    QVERIFY((resolved({"*:carbons"}) == List{"qm9:carbons", "zinc:carbons"}));
    QVERIFY((resolved({"zinc:*", "qm?:carbons"}) == List{"qm9:carbons", "zinc:carbons", "zinc:has-oxygen"}));
}

void TestLearnData::patternsThatMatchNothing()
{
    Fixture fixture;
    const nn::Architecture architecture = smallConfig().architecture;
    QVERIFY(!selectTasks(fixture.project(), {}, architecture));
    fixture.add("qm9", 0, 4, {carbons()});
    const auto selection = selectTasks(fixture.project(), {"*", "qm8:*"}, architecture);
    QVERIFY(!selection);
    QCOMPARE(selection.error().code, ErrorCode::NotFound);
    QVERIFY(selection.error().text().find("'qm8:*'") != std::string::npos);
    QVERIFY(selection.error().text().find("qm9:carbons") != std::string::npos);
}

void TestLearnData::headsAreNamedApart()
{
    Fixture fixture;
    fixture.add("a", 0, 4, {hasOxygen(), carbons(), nitrogens()});
    fixture.add("b", 0, 4, {charges(), carbons()});
    TaskPlan four = bondTypes();
    four.name = "four";
    four.classes = 4;
    fixture.add("c", 0, 4, {bondTypes(), four});
    fixture.add("d*", 0, 4, {carbons()});
    const Selection selection = must(selectTasks(fixture.project(), {}, smallConfig().architecture));
    QVERIFY((headNames(selection) == std::vector<std::string>{"a/regression", "a/binary", "b/graph", "b/node",
                                                              "c/multiclass-3", "c/multiclass-4", "d*"}));
    QCOMPARE(selection.heads[0].columns.size(), std::size_t{2});
    QVERIFY((selection.sources[0].positions == std::vector<int>{1, 2}));
    QCOMPARE(selection.heads[4].outputWidth(), 3);
    // What a run remembers chooses the same tasks again, even where names look like patterns.
    const Selection again = must(selectTasks(fixture.project(), selection.resolved, smallConfig().architecture));
    QVERIFY(again.resolved == selection.resolved);
    QVERIFY((must(selectTasks(fixture.project(), {"a"}, smallConfig().architecture)).resolved.size() == 3));
}

void TestLearnData::incompleteImportsAreRefused()
{
    Fixture fixture;
    fixture.add("qm9", 0, 4, {carbons()});
    fixture.add("half", 0, 4, {carbons()}, false);
    const auto all = selectTasks(fixture.project(), {}, smallConfig().architecture);
    QVERIFY(!all);
    QVERIFY(all.error().message.find("'half'") != std::string::npos);
    QVERIFY(selectTasks(fixture.project(), {"qm9"}, smallConfig().architecture).has_value());
}

void TestLearnData::planCounts()
{
    Fixture fixture;
    fixture.add("qm9", 0, 60, {carbons(), nitrogens()});
    fixture.add("tox", 40, 60, {hasOxygen()});
    const RunPlan plan = must(planRun(fixture.project(), smallConfig()));
    QCOMPARE(plan.molecules, 100); // 20 are in both
    QCOMPARE(plan.train, 80);
    QCOMPARE(plan.validation, 10);
    QCOMPARE(plan.test, 10);
    QCOMPARE(plan.labels, 60 + 40 + 60);
    QCOMPARE(plan.spec.heads.size(), std::size_t{2});
    QCOMPARE(plan.parameters, nn::parameterCount(plan.spec));
    TrainConfig nitrogensOnly = smallConfig();
    nitrogensOnly.tasks = {"qm9:nitrogens"};
    QCOMPARE(must(planRun(fixture.project(), nitrogensOnly)).molecules, 40);
    TrainConfig wrong = smallConfig();
    wrong.epochs = 0;
    QVERIFY(!planRun(fixture.project(), wrong));
}

void TestLearnData::normalisationIsFittedOnTraining()
{
    Fixture fixture;
    fixture.add("qm9", 0, 50, {carbons(3, 1000)});
    fixture.add("charges", 0, 50, {charges()});
    const RunData data = load(fixture, smallConfig());
    for (const std::size_t head : {0, 1}) {
        std::vector<double> values;
        for (const std::uint32_t index : data.part(Part::Train)) {
            const int i = fixture.numberOf(data.idOf(index));
            for (const double value : (head == 0 ? carbons(3, 1000) : charges()).labels(i, chainOf(i))) {
                if (!std::isnan(value)) {
                    values.push_back(value);
                }
            }
        }
        const double n = static_cast<double>(values.size());
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
        double squares = 0;
        for (const double value : values) {
            squares += (value - mean) * (value - mean);
        }
        QVERIFY(std::abs(data.normalisation()[head][0].mean - mean) < 1e-9);
        QVERIFY(std::abs(data.normalisation()[head][0].sd - std::sqrt(squares / n)) < 1e-9); // divides by n
    }
}

void TestLearnData::constantAndMissingTasks()
{
    Fixture fixture;
    fixture.add("x", 0, 40, {carbons(), constant(), empty()});
    fixture.add("y", 0, 40, {oneClass()});
    const RunData data = load(fixture, smallConfig());
    QCOMPARE(data.normalisation()[0][1].mean, 0.1);
    QCOMPARE(data.normalisation()[0][1].sd, 1.0);
    QCOMPARE(data.normalisation()[0][2].mean, 0.0);
    QCOMPARE(data.normalisation()[0][2].sd, 1.0);
    QCOMPARE(data.notes().size(), std::size_t{3});
}

/// Whatever is added stays readable when the bytes move, and nothing is left in the folder.
void TestLearnData::manyBytesGoToAFile()
{
    const QTemporaryDir folder;
    const auto filled = [](Bulk& bulk) {
        std::vector<std::pair<std::uint64_t, std::string>> texts;
        std::vector<std::uint64_t> floats;
        for (int i = 0; i < 3000; ++i) {
            std::string text(static_cast<std::size_t>(i % 1500), static_cast<char>('a' + i % 26));
            const std::uint64_t at = must(bulk.add(text));
            texts.emplace_back(at, std::move(text));
            floats.push_back(must(bulk.addFloats(3, static_cast<float>(i))));
            bulk.values<float>(floats.back())[1] = 0.5F;
        }
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (bulk.at(texts[i].first, texts[i].second.size()) != texts[i].second || floats[i] % 4 != 0 ||
                bulk.values<float>(floats[i])[0] != static_cast<float>(i) || bulk.values<float>(floats[i])[1] != 0.5F ||
                bulk.values<float>(floats[i])[2] != static_cast<float>(i)) {
                return false;
            }
        }
        return true;
    };
    const std::string path = folder.path().toStdString();
    for (const std::size_t limit : {std::size_t{0}, std::size_t{1'200'000}, std::size_t{1} << 40U}) {
        Bulk bulk(path, limit);
        QVERIFY(filled(bulk));
        QCOMPARE(bulk.inFile(), limit < 2'000'000);
        const std::uint64_t last = must(bulk.add("last"));
        Bulk moved = std::move(bulk);
        QVERIFY(last > 2'000'000 && moved.at(last, 4) == "last");
        bulk = std::move(moved);
        QVERIFY(filled(bulk));
        QVERIFY(std::filesystem::is_empty(path)); // the file has no name
    }
    // Where there can be no file, memory has to do.
    for (const std::string& nowhere : {std::string(), path + "/is/not/there"}) {
        Bulk bulk(nowhere, 0);
        QVERIFY(filled(bulk));
        QVERIFY(!bulk.inFile());
    }
    qputenv("PAPILIO_TRAINING_MEMORY", "3");
    QCOMPARE(Bulk::defaultLimit(), std::size_t{3} << 20U);
    qputenv("PAPILIO_TRAINING_MEMORY", "much");
    QCOMPARE(Bulk::defaultLimit(), std::size_t{1} << 30U);
    qunsetenv("PAPILIO_TRAINING_MEMORY");
}

void TestLearnData::dataInAFileIsTheSame()
{
    Fixture fixture;
    fixture.add("qm9", 0, 60, {carbons(3, 1000), nitrogens()});
    fixture.add("charges", 20, 60, {charges()});
    const RunData inMemory = load(fixture, smallConfig());
    const auto mappedFiles = [] { // their names are gone, so that nobody has to remove them
        QFile maps(QStringLiteral("/proc/self/maps"));
        return maps.open(QIODevice::ReadOnly) ? maps.readAll().count("(deleted)") : -1;
    };
    const auto before = mappedFiles();
    qputenv("PAPILIO_TRAINING_MEMORY", "0");
    const RunData inFile = load(fixture, smallConfig());
    qunsetenv("PAPILIO_TRAINING_MEMORY");
    QVERIFY(mappedFiles() > before);
    QCOMPARE(inFile.hash(), inMemory.hash());
    const auto& molecules = inMemory.part(Part::Train);
    const nn::Batch one = must(inMemory.makeBatch(molecules));
    const nn::Batch two = must(inFile.makeBatch(molecules));
    QCOMPARE(two.nodeFeatures, one.nodeFeatures);
    QCOMPARE(two.senders, one.senders);
    QVERIFY(sameLabels(two.labels, one.labels));
}

void TestLearnData::othersReadTheSameBytes_data()
{
    QTest::addColumn<qulonglong>("limit");
    QTest::newRow("in memory") << (qulonglong{1} << 40U);
    QTest::newRow("in a file") << qulonglong{0};
}

void TestLearnData::othersReadTheSameBytes()
{
    QFETCH(qulonglong, limit);
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    Bulk reached;
    {
        Bulk bulk(path, limit, Bulk::Readers::SameHost);
        QCOMPARE(must(bulk.addZeros(16)), std::uint64_t{0});
        for (int i = 0; i < 3000; ++i) {
            QVERIFY(bulk.add(std::string(1000, static_cast<char>('a' + i % 26))));
        }
        bulk.finish();
        const Bulk::Address address = bulk.address().value();
        QCOMPARE(address.size, std::uint64_t{3} << 20U); // 3,000,016 bytes in whole megabytes
        QCOMPARE(bulk.inFile(), limit == 0);
        Bulk::Address other = address;
        ++other.node;
        QVERIFY(!Bulk::open(other)); // another file that happens to have the number
        other = address;
        other.file = 100'000;
        QVERIFY(!Bulk::open(other));
        reached = must(Bulk::open(address));
    }
    QCOMPARE(*reached.values<std::uint64_t>(8), std::uint64_t{0}); // still there, though the first is gone
    QVERIFY(reached.at(16 + 2999 * 1000, 1000) == std::string(1000, static_cast<char>('a' + 2999 % 26)));

    Bulk own(path);
    QVERIFY(own.add("x"));
    own.finish();
    QVERIFY(!own.address());
}

void TestLearnData::dataOfAnotherProcessIsTheSame()
{
    Fixture fixture;
    fixture.add("qm9", 0, 60, {carbons(3, 1000), nitrogens()});
    fixture.add("charges", 20, 60, {charges()});
    const auto selected = [&](const std::vector<std::string>& tasks) {
        return must(selectTasks(fixture.project(), tasks, smallConfig().architecture));
    };
    const Labelled labelled = must(findLabelled(fixture.project(), selected({}), quiet));
    const store::Split split = must(makeSplit("random:0.8/0.1/0.1", 1, labelled.molecules));
    const RunData first =
        must(RunData::load(fixture.project(), selected({}), split, quiet, Bulk::Readers::SameHost));
    store::Split taken = split;
    const RunData second = must(RunData::attach(selected({}), std::move(taken), first.offer()));
    QCOMPARE(second.hash(), first.hash());
    QCOMPARE(second.normalisation()[0][0].mean, first.normalisation()[0][0].mean);
    QCOMPARE(second.normalisation()[1][0].sd, first.normalisation()[1][0].sd);
    for (const Part part : {Part::Train, Part::Validation, Part::Test}) {
        QCOMPARE(second.part(part), first.part(part));
        const nn::Batch one = must(first.makeBatch(first.part(part))), two = must(second.makeBatch(first.part(part)));
        QCOMPARE(two.nodeFeatures, one.nodeFeatures);
        QCOMPARE(two.senders, one.senders);
        QVERIFY(sameLabels(two.labels, one.labels));
        QVERIFY(sameLabels(second.labelsOf(first.part(part)), one.labels));
    }
    QVERIFY(second.hasLabels(0, 0) == first.hasLabels(0, 0));
    // Other tasks are other data, and what cannot be taken stays with its owner.
    taken = split;
    QVERIFY(!RunData::attach(selected({"qm9:*"}), std::move(taken), first.offer()));
    QCOMPARE(taken.molecules, split.molecules); // NOLINT: attach() says so
    const RunData alone = must(RunData::load(fixture.project(), selected({}), split, quiet));
    QVERIFY(alone.offer().is_null());
    QVERIFY(!RunData::attach(selected({}), std::move(taken), alone.offer()));
}

/// Molecules 10 … 29 are in both: trained on for one, measured for the other, and never with labels of the wrong one.
void TestLearnData::datasetsWithSplitsOfTheirOwn()
{
    Fixture fixture;
    const std::int64_t x = fixture.add("x", 0, 30, {carbons(3, 1000)});
    const std::int64_t y = fixture.add("y", 10, 30, {nitrogens()});
    Selection selection = must(selectTasks(fixture.project(), {}, smallConfig().architecture));
    store::Split split;
    split.spec = "random:0.8/0.1/0.1,per-dataset";
    for (int i = 0; i < 40; ++i) {
        split.molecules.push_back(fixture.idOf(i));
        split.datasets[x].push_back(i >= 30 ? Part::None : i < 20 ? Part::Train : Part::Test);
        split.datasets[y].push_back(i < 10 ? Part::None : i < 15 ? Part::TestSeen : i < 20 ? Part::Test : Part::Train);
        split.parts.push_back(Part::Train);
    }
    split.hash = store::splitHash(split);
    const RunData data = must(RunData::load(fixture.project(), std::move(selection), split, quiet));
    QCOMPARE(data.part(Part::Train).size(), std::size_t{40}); // each is trained on by one of them
    QCOMPARE(data.part(Part::Test).size(), std::size_t{15});
    QCOMPARE(data.part(Part::TestSeen).size(), std::size_t{5});
    QVERIFY(data.part(Part::Validation).empty());
    double sum = 0;
    for (int i = 0; i < 20; ++i) {
        sum += 1000 + 3 * countOf(chainOf(i), 6);
    }
    QVERIFY(std::abs(data.normalisation()[0][0].mean - sum / 20) < 1e-9);
    for (const Part part : {Part::Train, Part::Test, Part::TestSeen}) {
        const nn::Batch batch = must(data.makeBatch(data.part(part), part));
        for (std::size_t k = 0; k < data.part(part).size(); ++k) {
            const int i = fixture.numberOf(data.idOf(data.part(part)[k]));
            QCOMPARE(!std::isnan(batch.labels[0][k]), i < 30 && split.datasets[x][static_cast<std::size_t>(i)] == part);
            QCOMPARE(!std::isnan(batch.labels[1][k]),
                     i % 3 != 0 && i >= 10 && split.datasets[y][static_cast<std::size_t>(i)] == part);
        }
    }
    QVERIFY(!std::isnan(must(data.makeBatch(data.part(Part::TestSeen))).labels[0][0])); // all labels, if no part is asked
}

void TestLearnData::otherSplitsAreMadeElsewhere()
{
    Fixture fixture;
    fixture.add("x", 0, 50, {carbons()});
    TrainConfig config = smallConfig();
    config.split = "column:part";
    const auto without = planRun(fixture.project(), config);
    QVERIFY(!without);
    QCOMPARE(without.error().code, ErrorCode::Unsupported);
    int asked = 0;
    const SplitMaker maker = [&asked](store::Project&, const SplitSpec& spec, std::uint64_t seed, const Selection&,
                                      const std::vector<std::int64_t>& molecules, Control&) -> Result<store::Split> {
        ++asked;
        auto split = makeSplit("random:0.5/0.2/0.3", seed, molecules);
        split->spec = splitSpecText(spec);
        return split;
    };
    const RunPlan made = must(planRun(fixture.project(), config, maker));
    QCOMPARE(made.train, 25);
    QVERIFY(!made.splitEstimated);
    config.split = "scaffold:0.6/0.2/0.2"; // structures are not compared for a plan
    const RunPlan estimated = must(planRun(fixture.project(), config, maker));
    QCOMPARE(estimated.train, 30);
    QCOMPARE(estimated.test, 10);
    QVERIFY(estimated.splitEstimated);
    QCOMPARE(asked, 1);
    const SplitMaker nothing = [](store::Project&, const SplitSpec&, std::uint64_t seed, const Selection&,
                                  const std::vector<std::int64_t>& molecules, Control&) -> Result<store::Split> {
        auto split = makeSplit("random:1/0/0", seed, molecules);
        split->parts.assign(split->parts.size(), Part::Test);
        return split;
    };
    config.split = "column:part";
    QVERIFY(!planRun(fixture.project(), config, nothing));
}

void TestLearnData::batchesCarryTheirLabels()
{
    Fixture fixture;
    fixture.add("x", 0, 30, {carbons(), nitrogens()});
    fixture.add("atoms", 10, 30, {charges()});
    const RunData data = load(fixture, smallConfig());
    const std::vector<std::uint32_t> order{25, 3, 0, 39};
    const nn::Batch batch = must(data.makeBatch(order));
    QCOMPARE(batch.graphs, 4);
    QCOMPARE(batch.labels.size(), std::size_t{2});
    QCOMPARE(batch.labels[0].size(), std::size_t{8});
    QCOMPARE(batch.labels[1].size(), static_cast<std::size_t>(batch.nodes));
    std::size_t atom = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const int i = fixture.numberOf(data.idOf(order[k]));
        const MolGraph graph = chainOf(i);
        QCOMPARE(batch.nodeStart[k + 1] - batch.nodeStart[k], static_cast<std::int64_t>(graph.atoms.size()));
        const auto expect = [&](float got, double label, const Normalisation& scale) {
            return std::isnan(label) ? std::isnan(got) : std::abs(got * scale.sd + scale.mean - label) < 1e-5;
        };
        const bool inX = i < 30;
        const bool inAtoms = i >= 10;
        QVERIFY(expect(batch.labels[0][2 * k], inX ? countOf(graph, 6) : missing, data.normalisation()[0][0]));
        QVERIFY(expect(batch.labels[0][2 * k + 1], inX && i % 3 ? countOf(graph, 7) : missing,
                       data.normalisation()[0][1]));
        for (const double charge : charges().labels(i, graph)) {
            QVERIFY(expect(batch.labels[1][atom++], inAtoms ? charge : missing, data.normalisation()[1][0]));
        }
    }
}

void TestLearnData::totalIsTheMeanOverHeadsWithLabels()
{
    LossSums sums(3);
    sums.add({0, {1.0, 4.0, 0.0}, {2, 1, 0}});
    sums.add({0, {4.0, 2.0, 0.0}, {1, 3, 0}});
    QCOMPARE(sums.ofHead(0), 2.0);  // (2·1 + 1·4) / 3
    QCOMPARE(sums.ofHead(1), 2.5);  // (1·4 + 3·2) / 4
    QVERIFY(std::isnan(sums.ofHead(2)));
    QCOMPARE(sums.total(), 2.25);
    QVERIFY(std::isnan(LossSums(2).total()));
}

void TestLearnData::sharesJoinToTheBatch_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {2, 3, 5}) {
        QTest::addRow("%d processes", size) << size;
    }
}

/// One after the other, the shares have the molecules of the batch and the pieces that one process cuts.
void TestLearnData::sharesJoinToTheBatch()
{
    QFETCH(int, size);
    Fixture fixture;
    fixture.add("x", 0, 60, {carbons(3, 1000)});
    const RunData data = load(fixture, smallConfig());
    const std::vector<std::uint32_t> all(data.part(Part::Train).rbegin(), data.part(Part::Train).rend());
    QVERIFY(all.size() > 40);
    for (const std::size_t count : {all.size(), std::size_t{7}, std::size_t{1}}) {
        const std::span<const std::uint32_t> batch(all.data(), count);
        std::vector<std::int64_t> nodeStart = {0};
        for (const std::uint32_t molecule : batch) {
            nodeStart.push_back(nodeStart.back() + data.atomsOf(molecule));
        }
        // 0: by molecules. The others make many pieces, a few, and one for all processes together.
        for (const std::int64_t pieceSize : {0, 9, 60, 100000}) {
            std::vector<std::uint32_t> joined;
            std::vector<std::int64_t> ends;
            for (int rank = 0; rank < size; ++rank) {
                const auto before = static_cast<std::int64_t>(joined.size());
                const BatchShare share = shareOf(batch, data, Placed(rank, size), pieceSize);
                joined.insert(joined.end(), share.molecules.begin(), share.molecules.end());
                for (const std::int64_t end : share.pieceEnds) {
                    ends.push_back(before + end);
                }
                QVERIFY(share.molecules.empty() || pieceSize == 0 || ends.back() == std::ssize(joined));
            }
            QVERIFY(std::equal(joined.begin(), joined.end(), batch.begin(), batch.end()));
            QCOMPARE(ends, pieceSize == 0 ? std::vector<std::int64_t>() : nn::cutIntoPieces(nodeStart, pieceSize));
        }
    }
}

void TestLearnData::idleProcessesAreTold()
{
    Fixture fixture;
    fixture.add("x", 0, 60, {carbons(3, 1000)});
    const RunData data = load(fixture, smallConfig());
    const auto note = [&](std::size_t molecules, int size, std::int64_t pieceSize) {
        return noteOnShares(std::span(data.part(Part::Train)).first(molecules), data, Placed(0, size), pieceSize);
    };
    QVERIFY(note(40, 3, 9).empty());
    QVERIFY(note(3, 3, 0).empty());
    QVERIFY(note(2, 3, 0).find("2 of the molecules that 3 processes share out: 1 of them") != std::string::npos);
    QVERIFY(note(40, 4, 100000).find("1 of the pieces of about 100000 atoms") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestLearnData)
#include "tst_learn_data.moc"
