// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "learn/rundata.h"
#include "learn/trainer.h"
#include "learn/trainstate.h"
#include "nn/model.h"
#include "store/runs.h"

namespace papilio::learn
{

/// Trains one run from its present state to its end, or until it is told to pause or stop.
class Session
{
public:
    Session(store::Project& project, store::RunRecord record, TrainConfig config, const RunData& data,
            nn::Model& model, TrainControl& control);

    /// Loads the run's last checkpoint, if it has one.
    Result<> restoreLast();
    /// The record as it ended. An error of the training itself is recorded in the run before it is returned.
    Result<store::RunRecord> run();

private:
    using Clock = std::chrono::steady_clock;
    enum class Outcome { EpochDone, Interrupted };

    Result<Outcome> trainEpoch();
    /// Metrics of the validation part, and of a share of the training part; gives the validation loss.
    Result<double> measureEpoch(std::int64_t epoch, std::vector<store::Metric>& metrics);
    Result<Outcome> finishEpoch();
    Result<store::RunRecord> finish();
    Result<store::RunRecord> pause();
    Result<> step(const nn::Batch& batch, std::span<const std::uint32_t> molecules);
    Result<> loop(); ///< epochs until the end or the first wish
    Result<> useBestWeights();
    Result<> save(store::CheckpointKind kind);
    Result<> saveIfDue();
    /// Runs 'write' in one transaction; waits for other writers of the project.
    template <typename Write> Result<> inTransaction(Write write);
    Result<store::RunRecord> failRun(Error error);

    bool told() const { return m_control.wish() != TrainControl::Wish::GoOn; }
    bool ended() const;
    void report(bool always);
    double secondsNow() const;
    std::string namesOf(std::span<const std::uint32_t> molecules) const;
    std::string label() const;
    std::string endMessage(bool byPerson) const; ///< and which tasks could not be learnt

    store::Project& m_project;
    store::Runs m_runs;
    store::RunRecord m_record;
    const TrainConfig m_config;
    const RunData& m_data;
    nn::Model& m_model;
    TrainControl& m_control;
    TrainState m_state;
    Clock::time_point m_started, m_lastReport, m_lastSave;
    std::int64_t m_seenHere = 0; ///< molecules trained on since this session started
};

} // namespace papilio::learn
