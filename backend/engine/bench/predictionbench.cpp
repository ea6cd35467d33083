// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "engine/bench/training.h"
#include "engine/fingerprintfile.h"
#include "engine/modeladding.h"
#include "engine/predictfile.h"
#include "engine/table.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

constexpr double predictionGoal = 10'000, fingerprintGoal = 600; ///< molecules/s
constexpr const char* published = "minimol_v1";

Result<> writeTable(std::vector<std::string> smiles, const std::string& path)
{
    smiles.insert(smiles.begin(), "smiles");
    return writeLines(smiles, path);
}

/// A GINE for all tasks of ToyMix, not trained: weights do not change how long it takes.
Result<std::shared_ptr<LoadedModel>> untrained(store::Project& project, Control& control)
{
    const auto job = TrainingJob::make(project, {"GINE", "gine-toymix", {}}, control);
    if (!job) {
        return tl::unexpected<Error>(job.error());
    }
    learn::SavedModel saved;
    saved.spec = (*job)->spec();
    const auto network = nn::createTorchModel(saved.spec, {});
    if (!network) {
        return tl::unexpected<Error>(network.error());
    }
    saved.weights = (*network)->weights();
    for (const nn::HeadSpec& head : saved.spec.heads) {
        saved.normalisation.emplace_back(head.columns.size());
    }
    return loadModel(std::move(saved));
}

/// Rates of a whole job from file to file, and of bare parsing just before on as many cores.
class FileRates
{
public:
    /// smilesFile: the same molecules, one a line.
    FileRates(std::string smilesFile, std::size_t molecules, int threads)
        : m_smilesFile(std::move(smilesFile)), m_molecules(molecules), m_threads(threads)
    {
    }

    template <typename Job> Result<> measure(const Job& job, const Control& control)
    {
        const auto count = static_cast<double>(m_molecules);
        const auto bare = runBareRdkit("parse", m_smilesFile, m_threads, control);
        PAPILIO_TRY(bare);
        m_bare.push_back(count / bare->seconds);
        const Stopwatch watch;
        PAPILIO_TRY(job());
        m_rates.push_back(count / watch.seconds());
        m_cpu.push_back(count / watch.cpuSeconds());
        return {};
    }

    Figures figures(const std::string& what, double goal) const
    {
        Figure rate = withGoal(medianOf(what + ", from SMILES file to file", "molecules/s", m_rates),
                               Figure::Goal::AtLeast, goal);
        rate.note = groupedNumber(static_cast<std::int64_t>(medianOf("", "", m_cpu).value)) +
                    " molecules a processor second";
        return {medianOf(what + ": bare parsing of the same", "molecules/s", m_bare), rate};
    }

private:
    std::string m_smilesFile;
    std::size_t m_molecules;
    int m_threads;
    std::vector<double> m_bare, m_rates, m_cpu;
};

Result<Figures> predictToyMix(const BenchSetup& setup, const ScratchFolder& folder, Control& control)
{
    const auto smiles = columnOf(setup.data + "/toymix/qm9.csv.gz", "smiles", setup.rows > 0 ? setup.rows : 50'000);
    if (!smiles) {
        return tl::unexpected<Error>(smiles.error());
    }
    const std::string table = folder.file("smiles.csv"), out = folder.file("predictions.csv");
    const std::string list = folder.file("smiles");
    PAPILIO_TRY(writeTable(*smiles, table));
    PAPILIO_TRY(writeLines(*smiles, list));
    BenchSetup few = setup;
    few.rows = 100; // the tasks count, not the molecules
    auto project = toyMixProject(few, folder, control);
    if (!project) {
        return tl::unexpected<Error>(project.error());
    }
    const auto model = untrained(*project, control);
    if (!model) {
        return tl::unexpected<Error>(model.error());
    }
    StopOnly quiet(control); // its own progress would hide the benchmark's
    FileRates rates(list, smiles->size(), setup.threadCount());
    for (int i = 0; i < setup.repetitions; ++i) {
        control.report({"predicting", i, setup.repetitions, "runs", 0, -1});
        PAPILIO_TRY(rates.measure([&]() -> Result<> {
            const auto report = predictFile(**model, {table, out, "smiles", {}}, quiet);
            return report ? Result<>() : Result<>(tl::unexpected<Error>(report.error()));
        }, control));
    }
    return rates.figures("GINE of ToyMix' size", predictionGoal);
}

/// What the published model's name stands for here: an entry of the library, or the published files.
Result<std::shared_ptr<LoadedModel>> publishedModel()
{
    if (auto model = loadModelFile(published)) {
        return model;
    }
    const char* folder = std::getenv("PAPILIO_TEST_MODELS");
    auto described = describeModel(std::string(folder != nullptr ? folder : "../shared/models") + "/" + published);
    return described ? loadModel(std::move(described->model)) : tl::unexpected<Error>(described.error());
}

Result<Figures> fingerprintZinc(const BenchSetup& setup, const ScratchFolder& folder, Control& control)
{
    const auto model = publishedModel();
    if (!model) {
        Figure skipped = single("MiniMol's fingerprints", "", 0);
        skipped.note = std::string("not measured: there is no model '") + published + "' in the library";
        return Figures{skipped};
    }
    const auto smiles = columnOf(setup.data + "/scale/zinc250k.csv.gz", "smiles", setup.rows > 0 ? setup.rows : 2000);
    if (!smiles) {
        return tl::unexpected<Error>(smiles.error());
    }
    const std::string table = folder.file("zinc.csv"), out = folder.file("fingerprints.npy");
    const std::string list = folder.file("zinc");
    PAPILIO_TRY(writeTable(*smiles, table));
    PAPILIO_TRY(writeLines(*smiles, list));
    StopOnly quiet(control); // its own progress would hide the benchmark's
    FileRates rates(list, smiles->size(), setup.threadCount());
    for (int i = 0; i < setup.repetitions; ++i) {
        control.report({"computing fingerprints", i, setup.repetitions, "runs", 0, -1});
        PAPILIO_TRY(rates.measure([&]() -> Result<> {
            const auto report = fingerprintFile(**model, {table, out, "smiles", "gnn:15"}, quiet);
            return report ? Result<>() : Result<>(tl::unexpected<Error>(report.error()));
        }, control));
    }
    return rates.figures("MiniMol's fingerprints of ZINC", fingerprintGoal);
}

} // namespace

Result<Figures> benchPrediction(const BenchSetup& setup, Control& control)
{
    const auto scratch = ScratchFolder::make(setup.scratch);
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    auto figures = predictToyMix(setup, *scratch, control);
    if (!figures) {
        return figures;
    }
    const auto more = fingerprintZinc(setup, *scratch, control);
    if (!more) {
        return more;
    }
    figures->insert(figures->end(), more->begin(), more->end());
    return figures;
}

} // namespace papilio::engine
