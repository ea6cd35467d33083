// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "engine/progressmeter.h"
#include "learn/trainer.h"
#include "store/project.h"

namespace papilio::engine
{

/// A training that nobody sits in front of: what happens is written to FOLDER/events.jsonl, a JSON line each, all
/// numbers of an epoch with it; FOLDER/wish ("pause", "stop") says how it is to end. Signals pause it.
class UnattendedControl : public learn::TrainControl
{
public:
    UnattendedControl(store::Project& project, std::string folder);

    void report(const Progress& progress) override;
    bool stopRequested() const override { return wish() == Wish::Pause; }
    Wish wish() const override;
    void runStarted(const store::RunRecord& run) override;
    void epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss) override;
    void note(const std::string& text) override;

private:
    void write(const nlohmann::json& event);

    store::Project& m_project;
    std::string m_folder;
    ProgressMeter m_meter{5.0};
    bool m_inEpochs = false; ///< what was told last
    mutable std::atomic<Wish> m_wish{Wish::GoOn};
    mutable std::atomic<std::chrono::steady_clock::rep> m_nextLook{0};
};

/// Metrics as events tell them: a list each of part, scope, task, head, name, value, n; the epoch stands beside it.
nlohmann::json metricsToJson(const std::vector<store::Metric>& metrics);
Result<std::vector<store::Metric>> metricsFromJson(const nlohmann::json& list, std::int64_t epoch);

} // namespace papilio::engine
