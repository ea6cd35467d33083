// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/together.h"

#include "engine/signals.h"
#include "engine/traincontrol.h"
#include "learn/together.h"

namespace papilio::engine
{

namespace
{

class QuietTrainControl : public learn::TrainControl
{
public:
    QuietTrainControl() { installStopSignals(); }
    bool stopRequested() const override { return stopSignalled(); }
};

} // namespace

Result<std::unique_ptr<nn::Processes>> joinLaunched()
{
    const auto place = nn::findPlace();
    if (!place)
        return tl::unexpected<Error>(place.error());
    if (!*place)
        return nullptr;
    auto joined = nn::joinProcesses(**place);
    if (joined)
        PAPILIO_TRY(learn::checkSameVersion(joined->get(), PAPILIO_VERSION));
    return joined;
}

Result<store::Project> openForTraining(const std::string& path, nn::Processes* processes)
{
    const bool first = learn::keepsRun(processes);
    Result<store::Project> project = fail(ErrorCode::Internal, "The project is not open.");
    const auto open = [&]() -> Result<> {
        project = store::Project::open(path, first ? store::Access::ReadWrite : store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        return first ? store::Runs(*project).markCutOffRuns() : Result<>{};
    };
    // The first may have to bring an older project up to date before others read it.
    PAPILIO_TRY(learn::agree(processes, first ? open() : Result<>{}));
    if (processes != nullptr)
        PAPILIO_TRY(learn::agree(processes, first ? Result<>{} : open()));
    return project;
}

std::unique_ptr<learn::TrainControl> trainControl(store::Project& project, bool jsonLines,
                                                  const nn::Processes* processes)
{
    if (!learn::keepsRun(processes))
        return std::make_unique<QuietTrainControl>();
    return std::make_unique<ConsoleTrainControl>(project, jsonLines);
}

Result<> concludeTogether(const std::string& projectPath, const Result<store::RunRecord>& run, bool asJson,
                          const nn::Processes* processes)
{
    if (learn::keepsRun(processes))
        return concludeTraining(projectPath, run, asJson);
    if (!run) {
        Error error = run.error();
        error.message = "Rank " + std::to_string(processes->rank()) + ": " + error.message;
        return tl::unexpected<Error>(std::move(error));
    }
    if (run->state == store::RunState::Paused)
        return fail(ErrorCode::Stopped, {}); // the first one says so
    return {};
}

} // namespace papilio::engine
