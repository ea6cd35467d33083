// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "engine/bench/bench.h"
#include "engine/console.h"
#include "engine/json.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* generateName = "generate-project";

std::string numberText(double value)
{
    return value >= 10'000 ? groupedNumber(static_cast<std::int64_t>(value + 0.5)) : shortNumber(value, 4);
}

class BenchCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        std::string list;
        for (const Benchmark& benchmark : benchmarks())
            list += "  " + benchmark.name + std::string(12 - std::min<std::size_t>(11, benchmark.name.size()), ' ') +
                    benchmark.summary + (benchmark.quick ? "" : " (only when named)") + "\n";
        arguments.optionalPositionals("NAME", m_names, "Benchmarks; or: generate-project PATH");
        arguments.value("--data", "FOLDER", m_setup.data,
                        "Public tables: toymix/qm9.csv.gz, scale/zinc250k.csv.gz (default: $PAPILIO_TEST_DATA)");
        arguments.value("--scratch", "FOLDER", m_setup.scratch, "For projects made on the way (a temporary folder)");
        arguments.value("--project", "FILE", m_setup.project, "A project made before: for 'project' by generate-project, for 'training' of ToyMix");
        arguments.value("--rows", "N", m_rows, "Only the first rows of a table; 0 = all");
        arguments.value("--molecules", "N", m_molecules, "Size of the generated project (1000000)");
        arguments.value("--tasks", "N", m_tasks, "Tasks of the generated project (3313)");
        arguments.value("--seed", "N", m_seed, "Seed of the generated project (1)");
        arguments.value("--repetitions", "N", m_repetitions, "Measurements, interleaved; the median counts (3)");
        arguments.value("--threads", "N", m_threads, "Threads; 0 = all cores");
        arguments.flag("--keep-tables", m_keepTables, "generate-project: keep the tables beside the project");
        declareJson(arguments);
        arguments.footer("Benchmarks:\n" + list + "Exit code 3 if a goal is not met.");
    }

    Result<> run() override
    {
        PAPILIO_TRY(fill());
        ConsoleControl control;
        if (!m_names.empty() && m_names.front() == generateName)
            return generate(control);
        const auto chosen = choose();
        if (!chosen)
            return tl::unexpected<Error>(chosen.error());
        PAPILIO_TRY(checkUsed(*chosen));
        Figures all;
        for (const Benchmark& benchmark : *chosen) {
            auto figures = benchmark.run(m_setup, control);
            if (!figures)
                return tl::unexpected<Error>(figures.error());
            all.insert(all.end(), figures->begin(), figures->end());
        }
        tell(all);
        const auto missed = std::count_if(all.begin(), all.end(), [](const Figure& figure) { return !figure.met(); });
        if (missed > 0) {
            m_json = false; // the document is out; the error is for standard error alone
            return fail(ErrorCode::BadInput, groupedNumber(missed) + (missed == 1 ? " goal is" : " goals are") + " not met.");
        }
        return {};
    }

private:
    Result<> fill()
    {
        const char* variable = std::getenv("PAPILIO_TEST_DATA");
        if (m_setup.data.empty())
            m_setup.data = variable != nullptr ? variable : "../shared/data";
        std::error_code ignored;
        if (m_setup.scratch.empty())
            m_setup.scratch = fs::temp_directory_path(ignored).string();
        m_setup.rows = m_rows.value_or(0);
        m_setup.molecules = m_molecules.value_or(m_setup.molecules);
        m_setup.tasks = static_cast<int>(std::clamp<std::int64_t>(m_tasks.value_or(m_setup.tasks), 0, 100'000));
        m_setup.seed = static_cast<std::uint64_t>(m_seed.value_or(1));
        m_setup.repetitions = static_cast<int>(std::clamp<std::int64_t>(m_repetitions.value_or(3), 0, 1000));
        m_setup.threads = static_cast<int>(std::clamp<std::int64_t>(m_threads.value_or(0), 0, 1024));
        if (m_setup.rows < 0 || m_setup.molecules < 1 || m_setup.repetitions < 1 || m_tasks.value_or(1) < 1)
            return fail(ErrorCode::Usage, "--rows, --molecules, --tasks and --repetitions are counts.");
        return {};
    }

    Result<std::vector<Benchmark>> choose() const
    {
        std::vector<Benchmark> chosen;
        if (m_names.empty())
            std::copy_if(benchmarks().begin(), benchmarks().end(), std::back_inserter(chosen),
                         [](const Benchmark& benchmark) { return benchmark.quick; });
        for (const std::string& name : m_names) {
            const auto found = std::find_if(benchmarks().begin(), benchmarks().end(),
                                            [&](const Benchmark& benchmark) { return benchmark.name == name; });
            if (found == benchmarks().end()) {
                std::string known;
                for (const Benchmark& benchmark : benchmarks())
                    known += benchmark.name + ", ";
                return fail(ErrorCode::Usage, "There is no benchmark '" + name + "'.",
                            "There are " + known + "and generate-project PATH.");
            }
            chosen.push_back(*found);
        }
        return chosen;
    }

    /// An option that none of the benchmarks listens to was meant for something.
    Result<> checkUsed(const std::vector<Benchmark>& chosen) const
    {
        const auto any = [&chosen](const char* name) {
            return std::any_of(chosen.begin(), chosen.end(), [name](const Benchmark& one) { return one.name == name; });
        };
        const bool generates = any("project") && m_setup.project.empty();
        if ((m_tasks || m_seed) && !generates)
            return unused(m_tasks ? "--tasks" : "--seed", "the project that 'bench project' makes without --project");
        if (m_molecules && !generates && !any("memory"))
            return unused("--molecules", "'bench memory' and the project that 'bench project' makes without --project");
        if (!m_setup.project.empty() && !any("project") && !any("training") && !any("neighbour"))
            return unused("--project", "'bench project', 'bench training' and 'bench neighbour'");
        if (m_keepTables)
            return unused("--keep-tables", "generate-project");
        return {};
    }
    static tl::unexpected<Error> unused(const std::string& option, const std::string& use)
    {
        return fail(ErrorCode::Usage, option + " would do nothing here.", "It is for " + use + ".");
    }

    Result<> generate(ConsoleControl& control)
    {
        if (m_names.size() != 2)
            return fail(ErrorCode::Usage, "Name one project: papilio-engine bench generate-project PATH.");
        if (m_rows || m_repetitions || !m_setup.project.empty())
            return unused(m_rows ? "--rows" : m_repetitions ? "--repetitions" : "--project", "the benchmarks");
        GeneratedProject wanted;
        wanted.molecules = m_setup.molecules;
        wanted.tasks = m_setup.tasks;
        wanted.seed = m_setup.seed;
        wanted.threads = m_setup.threads;
        wanted.smilesFile = m_setup.data + "/scale/zinc250k.csv.gz";
        wanted.tables = m_setup.scratch;
        wanted.keepTables = m_keepTables;
        const auto figures = generateProject(m_names[1], wanted, control);
        if (!figures)
            return tl::unexpected<Error>(figures.error());
        tell(*figures);
        return {};
    }

    void tell(const Figures& figures) const
    {
        if (m_json) {
            nlohmann::json list = nlohmann::json::array();
            for (const Figure& figure : figures) {
                nlohmann::json entry = {{"what", figure.what},   {"value", figure.value}, {"unit", figure.unit},
                                        {"least", figure.least}, {"most", figure.most},   {"note", figure.note}};
                if (figure.goal != Figure::Goal::None) {
                    entry[figure.goal == Figure::Goal::AtLeast ? "atLeast" : "atMost"] = figure.limit;
                    entry["met"] = figure.met();
                }
                list.push_back(std::move(entry));
            }
            printJson({{"threads", m_setup.threadCount()}, {"figures", list}});
            return;
        }
        Table table;
        for (const char* title : {"what", "median", "unit", "range", "goal", "verdict", "note"})
            table.column(title, std::string_view(title) == "median" ? Table::Align::Right : Table::Align::Left);
        for (const Figure& figure : figures) {
            const bool ranged = figure.least != figure.most;
            const std::string sign = figure.goal == Figure::Goal::AtLeast ? "≥ " : "≤ ";
            table.row({figure.what, numberText(figure.value), figure.unit,
                       ranged ? numberText(figure.least) + " … " + numberText(figure.most) : "",
                       figure.goal == Figure::Goal::None ? "" : sign + numberText(figure.limit),
                       figure.goal == Figure::Goal::None ? "" : figure.met() ? "met" : "NOT MET", figure.note});
        }
        printOut(table.text());
    }

    std::vector<std::string> m_names;
    BenchSetup m_setup;
    std::optional<std::int64_t> m_rows, m_molecules, m_tasks, m_repetitions, m_threads, m_seed;
    bool m_keepTables = false;
};

} // namespace

std::unique_ptr<Command> makeBench()
{
    return std::make_unique<BenchCommand>();
}

} // namespace papilio::engine
