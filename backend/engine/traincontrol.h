// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/console.h"
#include "learn/trainer.h"
#include "store/project.h"

namespace papilio::engine
{

/// What 'train' and 'resume' show while they run: a bar and a line an epoch on standard error, or JSON lines on
/// standard output. Signals pause the training.
class ConsoleTrainControl : public learn::TrainControl
{
public:
    /// project: where the epochs' metrics are read from, in the training thread.
    ConsoleTrainControl(store::Project& project, bool jsonLines);

    void report(const Progress& progress) override;
    bool stopRequested() const override;
    void runStarted(const store::RunRecord& run) override;
    void epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss) override;
    void note(const std::string& text) override;

private:
    std::string headline(const store::RunRecord& run) const;

    store::Project& m_project;
    bool m_jsonLines;
    ProgressLine m_line;
    ProgressMeter m_meter{0.1};
};

/// Tells how a training ended; a paused one is an error of the code Stopped that says how to go on.
Result<> concludeTraining(const std::string& projectPath, const Result<store::RunRecord>& run, bool asJson);

} // namespace papilio::engine
