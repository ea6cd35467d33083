// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learn/rundata.h"
#include "learn/together.h"
#include "learn/trainer.h"
#include "learn/trainstate.h"
#include "learn/watch.h"
#include "nn/model.h"
#include "nn/processes.h"
#include "store/runs.h"

namespace papilio::learn
{

/// The numbers that decide something in a run.
struct Watches {
    std::optional<Watch> best;    ///< nothing: no validation part, so the last epoch is the best
    std::optional<Watch> plateau; ///< of a plateau schedule
};
/// An error where a number does not exist, or needs a validation part that is not there.
Result<Watches> findWatches(const TrainConfig& config, const Selection& selection, bool hasValidation);

/// What a step of a run is made with.
nn::StepSettings stepSettings(const TrainConfig& config, double learningRate, std::uint64_t seed);

/// Trains one run from its present state to its end, or until it is told to pause or stop. Of several processes, all
/// run it; only the first reads the run's checkpoints and writes to the project.
class Session
{
public:
    Session(store::Project& project, store::RunRecord record, TrainConfig config, Watches watches, const RunData& data,
            nn::Model& model, TrainControl& control, nn::Processes* processes = nullptr);

    /// Loads the run's last checkpoint, if it has one.
    Result<> restoreLast();
    /// The record as it ended. An error of the training itself is recorded in the run before it is returned.
    Result<store::RunRecord> run();

private:
    using Clock = std::chrono::steady_clock;
    enum class Outcome { EpochDone, Interrupted };
    struct Measured {
        double validationLoss = std::numeric_limits<double>::quiet_NaN();
        std::vector<store::Metric> metrics;
    };

    Result<Outcome> trainEpoch();
    /// Metrics of the validation part, and of a share of the training part.
    Result<Measured> measureEpoch(std::int64_t epoch);
    Result<> measureTrain(std::int64_t epoch, Measured& measured);
    Result<Outcome> finishEpoch();
    Result<store::RunRecord> finish();
    Result<store::RunRecord> pause();
    Result<> step(std::span<const nn::Batch> batches, std::span<const std::uint32_t> molecules);
    Error explained(Error error, std::span<const std::uint32_t> molecules) const;
    Result<> loop(); ///< epochs until the end or the first wish
    /// Metrics and predictions of validation and test part with the best weights.
    Result<> measureEnd(std::vector<store::Metric>& metrics, std::vector<store::PredictionSet>& predictions);
    Result<> useBestWeights();
    /// A checkpoint of the run; all processes have the first one's.
    Result<std::optional<store::Checkpoint>> readCheckpoint(store::CheckpointKind kind);
    /// The state after an epoch, as its numbers decide.
    struct Next {
        TrainState state;
        bool best = false;
        BestList::Change change;
    };
    Next nextState(const std::vector<store::Metric>& metrics) const;
    Result<> shareState(TrainState& state);
    Result<> save(store::CheckpointKind kind);
    Result<> saveIfDue();
    /// The k best: what was the best moves over to the others.
    Result<> saveBest(bool best, const BestList::Change& change);
    /// Runs 'write' in one transaction; waits for other writers of the project.
    Result<> inTransaction(const std::function<Result<>()>& write);
    Result<store::RunRecord> failRun(Error error);

    bool told() const { return m_control.wish() != TrainControl::Wish::GoOn; }
    bool ended() const;
    bool keeps() const { return keepsRun(m_processes); } ///< writes to the project
    bool hasValidation() const { return !m_data.part(store::Part::Validation).empty(); }
    double learningRate() const;
    void report(bool always);
    double secondsNow() const;
    std::string namesOf(std::span<const std::uint32_t> molecules) const;
    std::string label() const;
    std::string endMessage(bool byPerson) const; ///< and which tasks could not be learnt

    store::Project& m_project;
    store::Runs m_runs;
    store::RunRecord m_record;
    const TrainConfig m_config;
    const ScheduleSpec m_schedule;
    const Watches m_watches;
    const RunData& m_data;
    nn::Model& m_model;
    TrainControl& m_control;
    nn::Processes* m_processes; ///< null = this one alone
    TrainState m_state;
    Clock::time_point m_started, m_lastReport, m_lastSave;
    std::int64_t m_seenHere = 0; ///< molecules trained on since this session started
    std::int64_t m_perEpoch = 0; ///< molecules of an epoch
};

} // namespace papilio::learn
