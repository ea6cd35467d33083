// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/chemistry.h"
#include "engine/traincontrol.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

class ResumeCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.positional("RUN", m_run, "Number of the run, as 'papilio-engine runs' shows it");
        arguments.choice("--progress", {"text", "json"}, m_progress, "json: a JSON line an event on standard output");
        declareJson(arguments);
        arguments.footer("Goes on from the last checkpoint, with the run's own configuration.");
    }

    Result<> run() override
    {
        auto project = store::Project::open(m_project, store::Access::ReadWrite);
        if (!project)
            return tl::unexpected<Error>(project.error());
        PAPILIO_TRY(store::Runs(*project).markCutOffRuns());
        Result<store::RunRecord> ended = fail(ErrorCode::Internal, "The training did not begin.");
        {
            ConsoleTrainControl control(*project, m_progress == "json");
            ended = learn::resumeRun(*project, m_run, nn::createTorchModel, control, inputFiller());
        }
        return concludeTraining(m_project, ended, m_json);
    }

private:
    std::string m_project, m_progress = "text";
    std::int64_t m_run = 0;
};

} // namespace

std::unique_ptr<Command> makeResume()
{
    return std::make_unique<ResumeCommand>();
}

} // namespace papilio::engine
