// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/progressmeter.h"
#include "learn/trainer.h"

namespace papilio::engine
{

class LineWriter;
class ModelCache;

/// One request while it waits or runs: its stop flags, and its way to tell the client.
class Job : public learn::TrainControl
{
public:
    Job(nlohmann::json id, bool hasId, LineWriter& writer, ModelCache& models);

    const nlohmann::json& id() const { return m_id; }
    bool hasId() const { return m_hasId; }
    ModelCache& models() { return m_models; }

    /// Ends the request with the error Stopped.
    void cancel() { m_cancelled.store(true); }
    bool cancelled() const { return m_cancelled.load(); }
    /// A training only: the request ends with a result.
    void pauseTraining() { m_wish.store(Wish::Pause); }
    void stopTraining() { m_wish.store(Wish::StopKeepBest); }

    void report(const Progress& progress) override;
    bool stopRequested() const override { return cancelled() || m_wish.load() == Wish::Pause; }
    Wish wish() const override { return cancelled() ? Wish::Pause : m_wish.load(); }
    void runStarted(const store::RunRecord& run) override;
    void epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss) override;
    void note(const std::string& text) override;

    /// A notification of this request: its id is added.
    void notify(const std::string& method, nlohmann::json params);

    void answer(const nlohmann::json& result);
    void answerError(const Error& error);

private:
    nlohmann::json m_id;
    bool m_hasId;
    LineWriter& m_writer;
    ModelCache& m_models;
    std::atomic<bool> m_cancelled{false};
    std::atomic<Wish> m_wish{Wish::GoOn};
    ProgressMeter m_meter{0.1};
};

/// An error as JSON-RPC wants it; 'rpcCode' 0 = by the error's own code.
nlohmann::json rpcError(const nlohmann::json& id, const Error& error, int rpcCode = 0);

} // namespace papilio::engine
