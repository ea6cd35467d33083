// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/job.h"

#include "engine/json.h"
#include "engine/serve/transport.h"

namespace papilio::engine
{

Job::Job(json id, bool hasId, LineWriter& writer, ModelCache& models)
    : m_id(std::move(id)), m_hasId(hasId), m_writer(writer), m_models(models)
{
}

void Job::report(const Progress& progress)
{
    const Progress full = m_meter.completed(progress);
    if (m_meter.due())
        notify("progress", progressToJson(full));
}

void Job::runStarted(const store::RunRecord& run)
{
    notify("run.started", {{"run", runToJson(run)}});
}

void Job::epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss)
{
    notify("run.epoch", {{"run", runToJson(run)}, {"trainLoss", trainLoss}, {"validationLoss", validationLoss}});
}

void Job::note(const std::string& text)
{
    notify("run.note", {{"text", text}});
}

void Job::notify(const std::string& method, json params)
{
    if (!m_hasId)
        return;
    params["id"] = m_id;
    m_writer.send({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

void Job::answer(const json& result)
{
    if (m_hasId)
        m_writer.send({{"jsonrpc", "2.0"}, {"id", m_id}, {"result", result}});
}

void Job::answerError(const Error& error)
{
    if (m_hasId)
        m_writer.send(rpcError(m_id, error));
}

json rpcError(const json& id, const Error& error, int rpcCode)
{
    constexpr int invalidParams = -32602, serverError = -32000;
    if (rpcCode == 0)
        rpcCode = error.code == ErrorCode::Usage ? invalidParams : serverError;
    return {{"jsonrpc", "2.0"},
            {"id", id},
            {"error", {{"code", rpcCode}, {"message", errorText(error)}, {"data", errorToJson(error)}}}};
}

} // namespace papilio::engine
