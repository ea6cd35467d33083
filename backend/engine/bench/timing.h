// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/bench/bench.h"

namespace papilio::engine
{

/// Wall and processor seconds of this program since it was made.
class Stopwatch
{
public:
    Stopwatch() : m_cpu(processor()) {}
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    double cpuSeconds() const { return processor() - m_cpu; }

private:
    using Clock = std::chrono::steady_clock;
    static double processor();
    Clock::time_point m_start = Clock::now();
    double m_cpu;
};

/// The median of several measurements as a figure.
Figure medianOf(const std::string& what, const std::string& unit, std::vector<double> values);
Figure single(const std::string& what, const std::string& unit, double value);
Figure withGoal(Figure figure, Figure::Goal goal, double limit);

struct ChildRun {
    double seconds = 0;
    double peakMegabytes = 0; ///< resident set
};
/// Runs this program once more with other words; its output is thrown away.
Result<ChildRun> runChild(const std::vector<std::string>& words, Control& control);

struct BareRun {
    double seconds = 0, cpuSeconds = 0;
    std::int64_t molecules = 0; ///< that could be read
};
/// RDKit alone and as it is installed, in a process of its own (papilio-yardstick), on the SMILES of a file: "parse", or
/// "canonical" for parsing and writing the canonical SMILES.
Result<BareRun> runBareRdkit(const std::string& task, const std::string& smilesFile, int threads, const Control& control);
Result<> writeLines(const std::vector<std::string>& lines, const std::string& path);

/// One column of a table, at most 'rows' cells (0 = all).
Result<std::vector<std::string>> columnOf(const std::string& file, const std::string& name, std::int64_t rows);
/// The header and the first rows of a table without cells that hold line ends, unpacked.
Result<> copyFirstRows(const std::string& file, std::int64_t rows, const std::string& copy);

/// A folder of its own below 'parent' that is removed with all it holds.
class ScratchFolder
{
public:
    static Result<ScratchFolder> make(const std::string& parent);
    ScratchFolder(ScratchFolder&& other) noexcept : m_path(std::move(other.m_path)) { other.m_path.clear(); }
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder();
    std::string file(const std::string& name) const { return m_path + "/" + name; }

private:
    explicit ScratchFolder(std::string path) : m_path(std::move(path)) {}
    std::string m_path;
};

} // namespace papilio::engine
