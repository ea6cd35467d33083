// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>

#include "chem/molecule.h"
#include "chem/positional.h"
#include "chem/yardstick.h"
#include "data/import.h"
#include "engine/bench/timing.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

constexpr double importGoal = 60;      ///< percent of the bare rate
constexpr double featurisingGoal = 25; ///< times the published system, each on one core of such a machine

struct Timed {
    double seconds = 0;
    double cpu = 0;
};

Result<Timed> import(const std::string& table, const std::string& path, int threads, Control& control)
{
    const Stopwatch watch;
    {
        auto project = store::Project::create(path);
        if (!project) {
            return tl::unexpected<Error>(project.error());
        }
        data::ImportOptions options;
        options.threads = threads;
        const auto reports = data::importFiles(*project, {table}, options, control);
        if (!reports) {
            return tl::unexpected<Error>(reports.error());
        }
    } // closing it moves the log into the file: part of the import
    return Timed{watch.seconds(), watch.cpuSeconds()};
}

double bytesOf(const std::string& path)
{
    std::error_code ignored;
    return static_cast<double>(std::filesystem::file_size(path, ignored));
}

Figures figuresOf(const std::string& name, std::size_t molecules, const std::vector<Timed>& bares,
                  const std::vector<Timed>& imports, double bytes)
{
    const auto count = static_cast<double>(molecules);
    std::vector<double> bareRates, importRates, ratios, cpuRatios, cores;
    for (const Timed& timed : bares) {
        bareRates.push_back(count / timed.seconds);
    }
    for (std::size_t i = 0; i < imports.size(); ++i) {
        // The two runs of bare RDKit beside each import: the machine may get slower or faster on the way.
        importRates.push_back(count / imports[i].seconds);
        ratios.push_back(100 * (bares[i].seconds + bares[i + 1].seconds) / 2 / imports[i].seconds);
        cpuRatios.push_back(100 * (bares[i].cpu + bares[i + 1].cpu) / 2 / imports[i].cpu);
        cores.push_back(imports[i].cpu / imports[i].seconds);
    }
    Figures figures;
    figures.push_back(medianOf(name + ": bare RDKit, parse + canonical SMILES", "molecules/s", bareRates));
    figures.push_back(medianOf(name + ": import, everything included", "molecules/s", importRates));
    figures.push_back(withGoal(medianOf(name + ": import against bare", "%", ratios), Figure::Goal::AtLeast, importGoal));
    figures.push_back(medianOf(name + ": the same by processor time", "%", cpuRatios));
    figures.push_back(medianOf(name + ": cores in use while importing", "", cores));
    figures.push_back(single(name + ": size of the project", "bytes/molecule", bytes / count));
    return figures;
}

Result<Figures> benchImport(const std::string& name, const std::string& relative, const BenchSetup& setup,
                            Control& control)
{
    auto scratch = ScratchFolder::make(setup.scratch);
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    std::string table = setup.data + "/" + relative;
    const auto smiles = columnOf(table, "smiles", setup.rows);
    if (!smiles) {
        return tl::unexpected<Error>(smiles.error());
    }
    if (setup.rows > 0) {
        const std::string copy = scratch->file(name + ".csv");
        PAPILIO_TRY(copyFirstRows(table, setup.rows, copy));
        table = copy;
    }
    const int threads = setup.threadCount();
    StopOnly quiet(control); // its own progress would hide the benchmark's
    const auto show = [&](int step) {
        control.report({"measuring the import of " + name, step, 2 * setup.repetitions + 1, "runs", 0, -1});
    };
    show(0);
    const std::string smilesFile = scratch->file("smiles");
    PAPILIO_TRY(writeLines(*smiles, smilesFile));
    std::vector<Timed> bares, imports;
    const auto addBare = [&]() -> Result<> {
        const auto run = runBareRdkit("canonical", smilesFile, threads, control);
        PAPILIO_TRY(run);
        bares.push_back({run->seconds, run->cpuSeconds});
        return {};
    };
    PAPILIO_TRY(addBare());
    double bytes = 0;
    for (int i = 0; i < setup.repetitions; ++i) {
        show(2 * i + 1);
        const std::string path = scratch->file(name + std::to_string(i) + ".papilio");
        const auto timed = import(table, path, setup.threads, quiet);
        if (!timed) {
            return tl::unexpected<Error>(timed.error());
        }
        imports.push_back(*timed);
        bytes = bytesOf(path);
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        show(2 * i + 2);
        PAPILIO_TRY(addBare());
        if (control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Stopped.");
        }
    }
    return figuresOf(name, smiles->size(), bares, imports, bytes);
}

} // namespace

Result<Figures> benchImportQm9(const BenchSetup& setup, Control& control)
{
    return benchImport("qm9", "toymix/qm9.csv.gz", setup, control);
}

Result<Figures> benchImportZinc(const BenchSetup& setup, Control& control)
{
    return benchImport("zinc250k", "scale/zinc250k.csv.gz", setup, control);
}

Result<Figures> benchFeatures(const BenchSetup& setup, Control& control)
{
    const std::int64_t rows = setup.rows > 0 ? setup.rows : 20'000;
    Figures figures;
    struct Featurised {
        const char* name;
        const char* file;
        double published; ///< molecules/s of the published system, one process
    };
    for (const auto& [name, file, published] :
         {Featurised{"qm9", "toymix/qm9.csv.gz", 314}, Featurised{"zinc250k", "scale/zinc250k.csv.gz", 183}}) {
        const auto smiles = columnOf(setup.data + "/" + file, "smiles", rows);
        if (!smiles) {
            return tl::unexpected<Error>(smiles.error());
        }
        std::vector<double> parse, graph, encodings, both, ratios;
        for (int i = 0; i < setup.repetitions; ++i) {
            control.report({std::string("featurising ") + name, i, setup.repetitions, "runs", 0, -1});
            const Stopwatch bareWatch;
            const auto count = static_cast<double>(chem::bareParse(*smiles, 1));
            parse.push_back(count / bareWatch.cpuSeconds());
            std::vector<MolGraph> graphs;
            const Stopwatch graphWatch;
            for (const std::string& text : *smiles) {
                if (auto molecule = chem::Molecule::fromSmiles(text)) {
                    graphs.push_back(molecule->graph());
                }
            }
            const double graphSeconds = graphWatch.cpuSeconds();
            const Stopwatch encodingWatch;
            for (const MolGraph& one : graphs) {
                chem::computeEncodings(one);
            }
            const double encodingSeconds = encodingWatch.cpuSeconds();
            graph.push_back(count / graphSeconds);
            encodings.push_back(count / encodingSeconds);
            both.push_back(count / (graphSeconds + encodingSeconds));
            ratios.push_back(100 * both.back() / parse.back());
            if (control.stopRequested()) {
                return fail(ErrorCode::Stopped, "Stopped.");
            }
        }
        const std::string prefix = std::string(name) + ", one core: ";
        figures.push_back(medianOf(prefix + "bare parse", "molecules/s", parse));
        figures.push_back(medianOf(prefix + "parse, identity and graph", "molecules/s", graph));
        figures.push_back(medianOf(prefix + "Laplacian and random-walk encodings", "molecules/s", encodings));
        figures.push_back(withGoal(medianOf(prefix + "featurising, both together", "molecules/s", both),
                                   Figure::Goal::AtLeast, featurisingGoal * published));
        figures.push_back(medianOf(prefix + "featurising against bare parse", "%", ratios));
    }
    return figures;
}

} // namespace papilio::engine
