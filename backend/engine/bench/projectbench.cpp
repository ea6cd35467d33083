// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>

#include "engine/bench/projectparts.h"
#include "engine/bench/timing.h"
#include "engine/overview.h"
#include "store/molecules.h"

namespace papilio::engine
{

namespace
{

constexpr double openGoal = 1000; ///< ms

/// Milliseconds of one call.
template <typename Call> Result<double> timed(const Call& call)
{
    const Stopwatch watch;
    PAPILIO_TRY(call());
    return 1000 * watch.seconds();
}

/// As the window does: open, then everything that its first page tells.
Result<> openOnce(const std::string& path)
{
    auto project = store::Project::open(path, store::Access::ReadOnly);
    if (!project) {
        return tl::unexpected<Error>(project.error());
    }
    const auto overview = overviewOf(*project);
    return overview ? Result<>() : Result<>(tl::unexpected<Error>(overview.error()));
}

Result<Figures> measure(const std::string& path, const BenchSetup& setup, Control& control)
{
    std::vector<double> opens;
    for (int i = 0; i < std::max(3, setup.repetitions); ++i) {
        control.report({"opening the project", i, 0, "", 0, -1});
        const auto milliseconds = timed([&] { return openOnce(path); });
        if (!milliseconds) {
            return tl::unexpected<Error>(milliseconds.error());
        }
        opens.push_back(*milliseconds);
    }
    auto project = store::Project::open(path, store::Access::ReadWrite);
    if (!project) {
        return tl::unexpected<Error>(project.error());
    }
    const auto ids = store::Molecules(*project).ids();
    if (!ids || ids->empty()) {
        return fail(ErrorCode::BadInput, "'" + path + "' holds no molecules.");
    }
    std::error_code ignored;
    const auto count = static_cast<double>(ids->size());
    const auto bytes = static_cast<double>(std::filesystem::file_size(path, ignored));
    Figures figures{single("project: molecules", "", count), single("project: size", "bytes/molecule", bytes / count),
                    withGoal(medianOf("project: open with its overview", "ms", opens), Figure::Goal::AtMost, openGoal)};
    const auto searched = measureSearch(*project, *ids, control);
    if (!searched) {
        return tl::unexpected<Error>(searched.error());
    }
    figures.insert(figures.end(), searched->begin(), searched->end());
    return figures;
}

} // namespace

Result<Figures> benchProject(const BenchSetup& setup, Control& control)
{
    if (!setup.project.empty()) {
        return measure(setup.project, setup, control);
    }
    auto scratch = ScratchFolder::make(setup.scratch);
    if (!scratch) {
        return tl::unexpected<Error>(scratch.error());
    }
    GeneratedProject wanted;
    wanted.molecules = setup.molecules;
    wanted.tasks = setup.tasks;
    wanted.seed = setup.seed;
    wanted.threads = setup.threads;
    wanted.smilesFile = setup.data + "/scale/zinc250k.csv.gz";
    wanted.tables = setup.scratch;
    const std::string path = scratch->file("large.papilio");
    const auto made = generateProject(path, wanted, control);
    return made ? measure(path, setup, control) : made;
}

const std::vector<Benchmark>& benchmarks()
{
    static const std::vector<Benchmark> list{
        {"qm9", "Import of QM9 against bare RDKit on the same cores", benchImportQm9},
        {"zinc", "Import of ZINC 250k against bare RDKit on the same cores", benchImportZinc},
        {"features", "Featurising against bare parsing, one core", benchFeatures},
        {"training", "Training of ToyMix by the published networks against their matrix products", benchTraining},
        {"neighbour", "Training beside a process that keeps a core busy", benchNeighbour},
        {"prediction", "From a file of SMILES to predictions and to MiniMol's fingerprints", benchPrediction},
        {"firstbatch", "From the start of the program to the first training step", benchFirstBatch},
        {"prepare", "All of QM9 made a project, and the memory of training on it", benchPrepare},
        {"memory", "Peak memory of importing N and N/10 rows", benchMemory, false},
        {"project", "Opening, look-up and search in a project of N molecules × 3313 tasks", benchProject, false},
    };
    return list;
}

} // namespace papilio::engine
