// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bench/timing.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "core/text.h"
#include "data/parallel.h"
#include "data/table.h"

extern char** environ;

namespace papilio::engine
{

int BenchSetup::threadCount() const
{
    return data::threadCount(threads);
}

bool Figure::met() const
{
    return goal == Goal::None || (goal == Goal::AtLeast ? value >= limit : value <= limit);
}

double Stopwatch::processor()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Figure single(const std::string& what, const std::string& unit, double value)
{
    Figure figure;
    figure.what = what;
    figure.unit = unit;
    figure.value = figure.least = figure.most = value;
    return figure;
}

Figure medianOf(const std::string& what, const std::string& unit, std::vector<double> values)
{
    if (values.empty()) {
        return single(what, unit, 0);
    }
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    Figure figure = single(what, unit,
                           values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    figure.least = values.front();
    figure.most = values.back();
    return figure;
}

Figure withGoal(Figure figure, Figure::Goal goal, double limit)
{
    figure.goal = goal;
    figure.limit = limit;
    return figure;
}

namespace
{

/// The most memory that a process had so far, in MB; 0 when it has ended. What the system tells at the end (ru_maxrss)
/// counts the process that started it, too.
double peakOf(pid_t process)
{
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) {
            return parseNumber(line.substr(6, line.find("kB") - 6)).value_or(0) / 1024;
        }
    }
    return 0;
}

/// Runs a program to its end; what it prints goes to 'output'.
Result<ChildRun> runProgram(const std::string& program, const std::string& name, const std::vector<std::string>& words,
                            const std::string& output, const Control& control)
{
    std::vector<char*> arguments = {const_cast<char*>(name.c_str())};
    for (const std::string& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    const Stopwatch watch;
    pid_t child = 0;
    const int failed = posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return fail(ErrorCode::Io, "'" + name + "' cannot be started: " + std::strerror(failed) + ".",
                    "It belongs beside papilio-engine.");
    }
    int status = 0;
    double peak = 0;
    while (true) {
        peak = std::max(peak, peakOf(child));
        const pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) {
            break;
        }
        if (ended < 0 && errno != EINTR) {
            return fail(ErrorCode::Io, std::string("Waiting for '") + words.front() + "' failed.");
        }
        if (control.stopRequested()) {
            kill(child, SIGTERM);
            waitpid(child, &status, 0);
            return fail(ErrorCode::Stopped, "Stopped.");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return fail(ErrorCode::Internal, "'" + name + " " + words.front() + "' did not succeed (status " +
                                             std::to_string(status) + ").");
    }
    return ChildRun{watch.seconds(), peak};
}

} // namespace

Result<ChildRun> runChild(const std::vector<std::string>& words, Control& control)
{
    return runProgram("/proc/self/exe", "papilio-engine", words, "/dev/null", control);
}

Result<BareRun> runBareRdkit(const std::string& task, const std::string& smilesFile, int threads, const Control& control)
{
    std::error_code ignored;
    const auto here = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    const std::string output = smilesFile + ".seconds";
    PAPILIO_TRY(runProgram(here / "papilio-yardstick", "papilio-yardstick", {task, std::to_string(threads), smilesFile},
                           output, control));
    std::ifstream figures(output);
    BareRun run;
    if (!(figures >> run.seconds >> run.cpuSeconds >> run.molecules)) {
        return fail(ErrorCode::Internal, "papilio-yardstick printed no figures.");
    }
    return run;
}

Result<> writeLines(const std::vector<std::string>& lines, const std::string& path)
{
    std::ofstream out(path, std::ios::binary);
    for (const std::string& line : lines) {
        out << line << '\n';
    }
    return out.flush() ? Result<>() : fail(ErrorCode::Io, "'" + path + "' cannot be written.");
}

Result<std::vector<std::string>> columnOf(const std::string& file, const std::string& name, std::int64_t rows)
{
    data::TableChain chain({file});
    PAPILIO_TRY(chain.start());
    const auto found = std::find(chain.columns().begin(), chain.columns().end(), name);
    if (found == chain.columns().end()) {
        return fail(ErrorCode::BadInput, "'" + file + "' has no column '" + name + "'.");
    }
    const auto column = static_cast<std::size_t>(found - chain.columns().begin());
    std::vector<std::string> cells;
    data::TableRow row;
    while (rows == 0 || static_cast<std::int64_t>(cells.size()) < rows) {
        const auto more = chain.next(row);
        if (!more) {
            return tl::unexpected<Error>(more.error());
        }
        if (!*more) {
            break;
        }
        if (column < row.cells.size()) {
            cells.push_back(std::move(row.cells[column]));
        }
    }
    return cells;
}

Result<> copyFirstRows(const std::string& file, std::int64_t rows, const std::string& copy)
{
    auto source = data::ByteSource::open(file);
    if (!source) {
        return tl::unexpected<Error>(source.error());
    }
    data::LineReader lines(std::move(*source));
    std::ofstream out(copy, std::ios::binary);
    std::string line;
    for (std::int64_t i = 0; i <= rows; ++i) {
        const auto got = lines.next(line);
        if (!got) {
            return tl::unexpected<Error>(got.error());
        }
        if (*got == data::LineReader::Got::End) {
            break;
        }
        out << line << '\n';
    }
    return out.flush() ? Result<>() : fail(ErrorCode::Io, "'" + copy + "' cannot be written.");
}

Result<ScratchFolder> ScratchFolder::make(const std::string& parent)
{
    std::string path = parent + "/papilio-bench-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) {
        return fail(ErrorCode::Io, "In '" + parent + "' no folder can be made: " + std::strerror(errno) + ".",
                    "Name another place with --scratch FOLDER.");
    }
    return ScratchFolder(std::move(path));
}

ScratchFolder::~ScratchFolder()
{
    if (!m_path.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
}

} // namespace papilio::engine
