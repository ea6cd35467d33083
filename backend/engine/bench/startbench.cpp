// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>

#include "engine/bench/training.h"
#include "engine/trainrequest.h"
#include "learn/trainer.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

constexpr std::int64_t startRows = 17'000;
constexpr double startGoal = 2;                         ///< s
constexpr double prepareGoal = 15, prepareMemoryGoal = 1024; ///< s, MB

/// Pauses a run after its first step and tells when that was.
class FirstStep : public learn::TrainControl
{
public:
    FirstStep(const Control& outer, const Stopwatch& watch) : m_outer(outer), m_watch(watch) {}
    void report(const Progress& progress) override
    {
        if (m_started && m_seconds == 0 && progress.done > 0) {
            m_seconds = m_watch.seconds();
        }
    }
    void runStarted(const store::RunRecord&) override { m_started = true; }
    bool stopRequested() const override { return m_outer.stopRequested() || m_seconds > 0; }
    double seconds() const { return m_seconds; }

private:
    const Control& m_outer;
    const Stopwatch& m_watch;
    bool m_started = false;
    double m_seconds = 0;
};

/// Seconds from the opening of a project to the end of the first training step.
Result<double> firstStep(const std::string& path, int threads, Control& control)
{
    TrainRequest request;
    request.preset = "gine-toymix";
    request.assignments = {"threads=" + std::to_string(threads)};
    const Stopwatch watch;
    const auto config = resolve(request);
    if (!config) {
        return tl::unexpected<Error>(config.error());
    }
    auto project = store::Project::open(path, store::Access::ReadWrite);
    if (!project) {
        return tl::unexpected<Error>(project.error());
    }
    FirstStep first(control, watch);
    const auto run = learn::startRun(*project, *config, versionsOf(*config), nn::createTorchModel, first);
    if (!run) {
        return tl::unexpected<Error>(run.error());
    }
    return first.seconds();
}

/// Peak memory of a program of its own that trains an epoch on a few molecules of a project that it has all read.
Result<double> trainingMemory(const std::string& path, std::int64_t molecules, Control& control)
{
    const double share = std::min(1.0, 4000.0 / static_cast<double>(molecules));
    const auto child = runChild({"train", path, "--preset", "gine-toymix", "--epochs", "1", "--split", "random:1/0/0",
                                 "--set", "sampling.qm9=" + std::to_string(share)},
                                control);
    return child ? Result<double>(child->peakMegabytes) : Result<double>(tl::unexpected<Error>(child.error()));
}

} // namespace

Result<Figures> benchFirstBatch(const BenchSetup& setup, Control& control)
{
    const auto scratch = ScratchFolder::make(setup.scratch);
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    const std::string table = setup.data + "/toymix/qm9.csv.gz";
    const std::string part = scratch->file("qm9.csv"), small = scratch->file("small.papilio");
    PAPILIO_TRY(copyFirstRows(table, setup.rows > 0 ? std::min(setup.rows, startRows) : startRows, part));
    control.report({"preparing a project", 0, 0, "", 0, -1});
    {
        const auto made = projectOf({part}, small, setup.threads, control);
        if (!made) {
            return tl::unexpected<Error>(made.error());
        }
    }
    std::vector<double> starts, steps;
    for (int i = 0; i < setup.repetitions; ++i) {
        control.report({"starting to train", i, setup.repetitions, "runs", 0, -1});
        const auto child = runChild({"config", "list"}, control); // loads all libraries and does next to nothing
        if (!child) {
            return tl::unexpected<Error>(child.error());
        }
        const auto seconds = firstStep(small, setup.threadCount(), control);
        if (!seconds) {
            return tl::unexpected<Error>(seconds.error());
        }
        starts.push_back(child->seconds);
        steps.push_back(child->seconds + *seconds);
    }
    Figure step = withGoal(medianOf("start of the program to the end of the first step", "s", steps),
                           Figure::Goal::AtMost, startGoal);
    step.note = "a prepared project of QM9's first " + std::to_string(startRows / 1000) + " thousand rows";
    return Figures{medianOf("start of the program", "s", starts), step};
}

Result<Figures> benchPrepare(const BenchSetup& setup, Control& control)
{
    const auto scratch = ScratchFolder::make(setup.scratch);
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    std::string table = setup.data + "/toymix/qm9.csv.gz";
    const std::string few = scratch->file("few.csv"), small = scratch->file("few.papilio");
    const std::string copy = scratch->file("qm9.csv"), large = scratch->file("qm9.papilio");
    if (setup.rows > 0) {
        PAPILIO_TRY(copyFirstRows(table, setup.rows, copy));
        table = copy;
    }
    const auto cells = columnOf(table, "smiles", 0);
    if (!cells) {
        return tl::unexpected<Error>(cells.error());
    }
    const auto all = static_cast<std::int64_t>(cells->size());
    const std::int64_t tenth = std::max<std::int64_t>(1, all / 10);
    PAPILIO_TRY(copyFirstRows(table, tenth, few));
    std::vector<double> seconds, peaks;
    std::error_code ignored;
    for (int i = 0; i < setup.repetitions; ++i) {
        control.report({"preparing QM9", i, setup.repetitions, "runs", 0, -1});
        std::filesystem::remove(large, ignored);
        const auto child = runChild({"import", large, table, "--dataset", "qm9"}, control);
        if (!child) {
            return tl::unexpected<Error>(child.error());
        }
        seconds.push_back(child->seconds);
        peaks.push_back(child->peakMegabytes);
    }
    const auto other = runChild({"import", small, few, "--dataset", "qm9"}, control);
    if (!other) {
        return tl::unexpected<Error>(other.error());
    }
    control.report({"training on QM9", 0, 0, "", 0, -1});
    const auto most = trainingMemory(large, all, control), least = trainingMemory(small, tenth, control);
    if (!most || !least) {
        return tl::unexpected<Error>(!most ? most.error() : least.error());
    }
    Figure growth = single("memory of a training process, growth", "MB per million molecules",
                           1e6 * (*most - *least) / static_cast<double>(all - tenth));
    growth.note = "19 labels a molecule";
    return Figures{withGoal(medianOf("QM9 prepared", "s", seconds), Figure::Goal::AtMost, prepareGoal),
                   withGoal(medianOf("QM9 prepared: peak memory", "MB", peaks), Figure::Goal::AtMost, prepareMemoryGoal),
                   single("memory of a training process, " + std::to_string(all) + " rows", "MB", *most),
                   single("memory of a training process, " + std::to_string(tenth) + " rows", "MB", *least), growth};
}

} // namespace papilio::engine
