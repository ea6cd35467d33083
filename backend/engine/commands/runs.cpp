// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/json.h"
#include "engine/table.h"
#include "store/runfile.h"

namespace papilio::engine
{

namespace
{

/// Marks cut-off runs where the project can be written; where it cannot, it is read as it is.
Result<store::Project> openAndTidy(const std::string& path)
{
    auto project = store::Project::open(path, store::Access::ReadWrite);
    if (project && store::Runs(*project).markCutOffRuns())
        return project;
    return store::Project::open(path, store::Access::ReadOnly);
}

class RunsCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.value("--run", "N", m_run, "This run alone");
        arguments.value("-o,--output", "FILE", m_output, "Write all records of that run to a file (*.papilio)");
        arguments.value("--take", "FILE", m_take, "Take the records of a run of this project from such a file, in place of those that are here");
        declareJson(arguments);
    }

    Result<> run() override
    {
        if ((!m_output.empty() || !m_take.empty()) && (!m_run || m_output.empty() == m_take.empty()))
            return fail(ErrorCode::Usage, "Writing or taking the records of a run needs --run N, and one of --output and --take.");
        auto project = openAndTidy(m_project);
        if (!project)
            return tl::unexpected<Error>(project.error());
        if (!m_output.empty()) {
            PAPILIO_TRY(checkOutput(m_output, {m_project}));
            return store::writeRunFile(*project, *m_run, m_output);
        }
        if (!m_take.empty())
            PAPILIO_TRY(take(*project));
        auto runs = store::Runs(*project).all();
        if (!runs)
            return tl::unexpected<Error>(runs.error());
        if (m_run) {
            PAPILIO_TRY(store::Runs(*project).byId(*m_run));
            std::erase_if(*runs, [this](const store::RunRecord& run) { return run.id != *m_run; });
        }
        if (m_json) {
            json list = json::array();
            for (const store::RunRecord& run : *runs)
                list.push_back(fullRunToJson(run));
            printJson({{"runs", list}});
        } else {
            printOut(runs->empty() ? m_project + " has no runs yet.\n" : table(*runs));
        }
        return {};
    }

private:
    Result<> take(store::Project& project)
    {
        const auto run = store::Runs(project).byId(*m_run);
        if (!run)
            return tl::unexpected<Error>(run.error());
        if (run->state == store::RunState::Running) // one that is dead has been found out by now
            return fail(ErrorCode::Busy, "Run " + std::to_string(*m_run) + " is being trained or followed at this moment.",
                        "Pause it first; its records would be exchanged under it.");
        const auto taken = store::takeRunFile(project, *m_run, m_take);
        return taken ? Result<>() : tl::unexpected<Error>(taken.error());
    }

    static std::string table(const std::vector<store::RunRecord>& runs)
    {
        Table table;
        table.column("run");
        table.column("name", Table::Align::Left);
        table.column("state", Table::Align::Left);
        for (const char* title : {"epochs", "best", "parameters", "seed", "time"})
            table.column(title);
        table.column("created", Table::Align::Left);
        table.column("message", Table::Align::Left);
        for (const store::RunRecord& run : runs)
            table.row({std::to_string(run.id), run.name, std::string(store::runStateName(run.state)),
                       std::to_string(run.epochs) + "/" + std::to_string(run.epochsPlanned),
                       run.bestEpoch > 0 ? std::to_string(run.bestEpoch) : "–", groupedNumber(run.parameters),
                       std::to_string(run.seed), durationText(run.seconds), run.created, run.message});
        return table.text();
    }

    std::string m_project, m_output, m_take;
    std::optional<std::int64_t> m_run;
};

} // namespace

std::unique_ptr<Command> makeRuns()
{
    return std::make_unique<RunsCommand>();
}

} // namespace papilio::engine
