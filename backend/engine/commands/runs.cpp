// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/console.h"
#include "engine/json.h"
#include "engine/table.h"

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
        declareJson(arguments);
    }

    Result<> run() override
    {
        auto project = openAndTidy(m_project);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto runs = store::Runs(*project).all();
        if (!runs)
            return tl::unexpected<Error>(runs.error());
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

    std::string m_project;
};

} // namespace

std::unique_ptr<Command> makeRuns()
{
    return std::make_unique<RunsCommand>();
}

} // namespace papilio::engine
