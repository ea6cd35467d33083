// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/chemistry.h"
#include "engine/trainarguments.h"
#include "engine/together.h"
#include "engine/trainrequest.h"
#include "learn/together.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

class TrainCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        m_recipe.declare(arguments);
        arguments.choice("--progress", {"text", "json"}, m_progress, "json: a JSON line an event on standard output");
        declareJson(arguments);
        arguments.footer(
            std::string(TrainArguments::keysHelp()) +
            "Ctrl-C pauses the run with a checkpoint; 'papilio-engine resume' goes on.\n"
            "Started by torchrun, srun or mpirun, the processes train one run together: each takes its share of every batch,\n"
            "and the result is that of one process. Rank 0 writes to the project.");
    }

    Result<> run() override
    {
        const auto joined = joinLaunched();
        if (!joined)
            return tl::unexpected<Error>(joined.error());
        nn::Processes* processes = joined->get();
        const auto config = configuration();
        PAPILIO_TRY(learn::agree(processes, config));
        auto project = openForTraining(m_project, processes);
        if (!project)
            return tl::unexpected<Error>(project.error());
        Result<store::RunRecord> ended = fail(ErrorCode::Internal, "The training did not begin.");
        {
            const auto control = trainControl(*project, m_progress == "json", processes);
            ended = learn::startRun(*project, *config, versionsOf(*config), nn::createTorchModel, *control,
                                    inputFiller(), splitMaker(), processes);
        }
        return concludeTogether(m_project, ended, m_json, processes);
    }

private:
    Result<learn::TrainConfig> configuration() const
    {
        const auto request = m_recipe.request();
        if (!request)
            return tl::unexpected<Error>(request.error());
        return resolve(*request);
    }

    TrainArguments m_recipe;
    std::string m_project, m_progress = "text";
};

} // namespace

std::unique_ptr<Command> makeTrain()
{
    return std::make_unique<TrainCommand>();
}

} // namespace papilio::engine
