// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"

/// What Papilio's speed and size are measured by: one file per benchmark.
namespace papilio::engine
{

struct BenchSetup {
    std::string data;           ///< folder of the public tables (toymix/qm9.csv.gz …)
    std::string scratch;        ///< folder for projects and tables made on the way
    std::string project;        ///< a large project made before (generate-project); empty = made on the way
    std::int64_t rows = 0;      ///< only the first rows of a table; 0 = all
    std::int64_t molecules = 1'000'000; ///< of the generated project and of the larger table of the memory benchmark
    int tasks = 3313;           ///< of the generated project
    std::uint64_t seed = 1;     ///< of the generated project
    int repetitions = 3;
    int threads = 0;            ///< 0 = all cores
    int threadCount() const;    ///< at least 1
};

/// One number with what it is good for.
struct Figure {
    enum class Goal { None, AtLeast, AtMost };
    std::string what;
    double value = 0;           ///< the median where it was measured several times
    std::string unit;
    double least = 0, most = 0; ///< over the repetitions; equal = measured once
    Goal goal = Goal::None;
    double limit = 0;
    std::string note;
    bool met() const;
};
using Figures = std::vector<Figure>;

struct Benchmark {
    std::string name, summary;
    Result<Figures> (*run)(const BenchSetup& setup, Control& control) = nullptr;
    bool quick = true;          ///< part of a run without names
};
const std::vector<Benchmark>& benchmarks();

Result<Figures> benchImportQm9(const BenchSetup& setup, Control& control);
Result<Figures> benchImportZinc(const BenchSetup& setup, Control& control);
Result<Figures> benchFeatures(const BenchSetup& setup, Control& control);
Result<Figures> benchMemory(const BenchSetup& setup, Control& control);
Result<Figures> benchProject(const BenchSetup& setup, Control& control);
Result<Figures> benchTraining(const BenchSetup& setup, Control& control);
Result<Figures> benchNeighbour(const BenchSetup& setup, Control& control);
Result<Figures> benchPrediction(const BenchSetup& setup, Control& control);
Result<Figures> benchFirstBatch(const BenchSetup& setup, Control& control);
Result<Figures> benchPrepare(const BenchSetup& setup, Control& control);

/// A project of that many molecules, with tasks and gaps as the field's large collection has them: two dense panels of
/// three classes over few molecules, a sparse screen of yes and no, 25 numbers a molecule and 4 an atom. The molecules
/// are those of 'smilesFile' with further groups; the labels are drawn. The same seed gives the same project.
struct GeneratedProject {
    std::int64_t molecules = 1'000'000;
    int tasks = 3313;
    std::uint64_t seed = 1;
    int threads = 0;            ///< of the imports; 0 = all cores
    std::string smilesFile;
    std::string tables;         ///< folder for the tables on the way
    bool keepTables = false;
};
Result<Figures> generateProject(const std::string& path, const GeneratedProject& wanted, Control& control);

} // namespace papilio::engine
