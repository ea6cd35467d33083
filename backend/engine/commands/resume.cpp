// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/chemistry.h"
#include "engine/remote/remoterun.h"
#include "engine/remote/unattended.h"
#include "engine/together.h"
#include "learn/together.h"
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
        arguments.value("--unattended", "FOLDER", m_unattended,
                        "Write what happens to FOLDER/events.jsonl; 'pause' or 'stop' in FOLDER/wish ends the training");
        arguments.flag("--here", m_here, "Also a run that another host trains");
        declareJson(arguments);
        arguments.footer("Goes on from the last checkpoint, with the run's own configuration. By torchrun, srun or mpirun several\n"
                         "processes go on together, however many there were before.");
    }

    Result<> run() override
    {
        const auto joined = joinLaunched();
        if (!joined)
            return tl::unexpected<Error>(joined.error());
        nn::Processes* processes = joined->get();
        auto project = openForTraining(m_project, processes);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const bool first = learn::keepsRun(processes);
        const bool checked = first && !m_here && m_unattended.empty();
        PAPILIO_TRY(learn::agree(processes, checked ? checkTrainedHere(*project, m_run) : Result<>{}));
        Result<store::RunRecord> ended = fail(ErrorCode::Internal, "The training did not begin.");
        {
            auto control = trainControl(*project, m_progress == "json", processes);
            if (first && !m_unattended.empty())
                control = std::make_unique<UnattendedControl>(*project, m_unattended);
            ended = learn::resumeRun(*project, m_run, nn::createTorchModel, *control, inputFiller(), processes);
        }
        return concludeTogether(m_project, ended, m_json, processes);
    }

private:
    std::string m_project, m_progress = "text", m_unattended;
    std::int64_t m_run = 0;
    bool m_here = false;
};

} // namespace

std::unique_ptr<Command> makeResume()
{
    return std::make_unique<ResumeCommand>();
}

} // namespace papilio::engine
