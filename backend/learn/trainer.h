// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "learn/config.h"
#include "learn/split.h"
#include "nn/model.h"
#include "nn/processes.h"
#include "store/project.h"
#include "store/runs.h"

namespace papilio::learn
{

/// What a training job asks and tells. Flags may be set from any thread; calls come from the training thread.
class TrainControl : public Control
{
public:
    enum class Wish { GoOn, Pause, StopKeepBest };
    virtual Wish wish() const { return stopRequested() ? Wish::Pause : Wish::GoOn; }
    virtual void runStarted(const store::RunRecord&) {}
    /// Metrics and checkpoint of that epoch are committed.
    virtual void epochFinished(const store::RunRecord&, double /*trainLoss*/, double /*validationLoss*/) {}
    /// Something that a person should know before a long run.
    virtual void note(const std::string& /*text*/) {}
};

/// What a run would be: heads, labels, parameters. For the cards before the start.
struct RunPlan {
    nn::ModelSpec spec;
    std::int64_t parameters = 0;
    std::int64_t molecules = 0;     ///< with at least one label of the chosen tasks
    std::int64_t train = 0, validation = 0, test = 0, testSeen = 0;
    bool splitEstimated = false;    ///< the four above are the shares asked for; only making the split tells them
    std::int64_t labels = 0;
    std::vector<std::pair<double, double>> learningRates; ///< epoch (1 = the first) and rate, at most 200
};
/// Splits that compare structures are not made for it (splitEstimated).
Result<RunPlan> planRun(store::Project& project, const TrainConfig& config, const SplitMaker& makeSplits = {});

/// Computes the inputs of molecules that the project's cache has not yet. Needs chemistry, which this library has not.
using InputFiller = std::function<Result<>(store::Project&, const FeatureSet&, std::span<const std::int64_t> molecules,
                                           int threads, Control&)>;

/// Records a new run and trains it. Several processes train one run together: each calls this, with the same
/// configuration and data, which is checked; the first one's project is written to, the others may be opened for
/// reading. Returns the record as it ended (finished, paused or stopped). A training that fails
/// (a loss that is not finite) is recorded as failed and returned as an error. A wish to pause before the run is
/// recorded is an error of code Stopped. Without 'fillInputs' only networks of the standard features can be trained, and
/// others whose inputs are in the project already; without 'makeSplits' only random splits.
Result<store::RunRecord> startRun(store::Project& project, const TrainConfig& config, const std::string& versionsJson,
                                  const nn::ModelFactory& factory, TrainControl& control,
                                  const InputFiller& fillInputs = {}, const SplitMaker& makeSplits = {},
                                  nn::Processes* processes = nullptr);

/// Goes on with a run that is paused, cut off or failed, from its last checkpoint; on one CPU thread the result is bit
/// by bit that of a run never interrupted. Refuses if the data of the run's tasks is not what the run was started on. Of
/// several processes, as many as like, all but the first take run, split and checkpoint from the first.
Result<store::RunRecord> resumeRun(store::Project& project, std::int64_t run, const nn::ModelFactory& factory,
                                   TrainControl& control, const InputFiller& fillInputs = {},
                                   nn::Processes* processes = nullptr);

} // namespace papilio::learn
