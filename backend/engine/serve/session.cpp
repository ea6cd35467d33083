// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/session.h"

#include <algorithm>
#include <unistd.h>

#include "engine/chemistry.h"
#include "engine/json.h"
#include "engine/nearest.h"
#include "engine/serve/protocol.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

constexpr int parseError = -32700, invalidRequest = -32600, unknownMethod = -32601, invalidParams = -32602;
constexpr int deepestNesting = 64;

const char* const immediateMethods[] = {"cancel", "train.pause", "train.stop", "shutdown"};

/// Parses without ever holding more than a bounded depth; a message has no business to be deeper.
json parseBounded(const std::string& line, bool& tooDeep)
{
    tooDeep = false;
    const auto callback = [&tooDeep](int depth, json::parse_event_t, json&) {
        tooDeep = tooDeep || depth > deepestNesting;
        return !tooDeep;
    };
    return json::parse(line, callback, false);
}

} // namespace

Session::Session(LineWriter& writer, std::vector<Method> methods, int workers) : m_writer(writer)
{
    for (Method& method : methods)
        m_methods.emplace(method.name, std::move(method));
    for (int i = 0; i < workers; ++i)
        m_workers.emplace_back([this] { work(); });
}

Session::~Session()
{
    stopAll();
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    for (std::thread& worker : m_workers)
        worker.join();
}

void Session::greet()
{
    m_writer.send({{"jsonrpc", "2.0"},
                   {"method", "hello"},
                   {"params",
                    {{"protocol", protocolVersion},
                     {"papilio", PAPILIO_VERSION},
                     {"libtorch", nn::torchVersion()},
                     {"rdkit", chemistryVersion()},
                     {"devices", nn::availableDevices()},
                     {"pid", getpid()}}}});
}

void Session::handleTooLongLine()
{
    m_writer.send(
        rpcError(nullptr, {ErrorCode::Usage, "A line is longer than 64 MiB and was thrown away.", {}}, invalidRequest));
}

void Session::handleLine(const std::string& line)
{
    if (line.find_first_not_of(" \t") == std::string::npos)
        return;
    bool tooDeep = false;
    const json message = parseBounded(line, tooDeep);
    if (tooDeep)
        m_writer.send(rpcError(nullptr, {ErrorCode::Usage, "The line is nested too deeply.", {}}, invalidRequest));
    else if (message.is_discarded())
        m_writer.send(rpcError(nullptr, {ErrorCode::Usage, "The line is not JSON.", {}}, parseError));
    else
        handleRequest(message);
}

void Session::handleRequest(const json& message)
{
    const auto refuse = [this](const json& id, std::string text, int code, std::string hint = {}) {
        m_writer.send(rpcError(id, {ErrorCode::Usage, std::move(text), std::move(hint)}, code));
    };
    if (!message.is_object())
        return refuse(nullptr, "A line must hold one request object.", invalidRequest);
    const json id = message.value("id", json(nullptr));
    if (!id.is_null() && !id.is_string() && !id.is_number())
        return refuse(nullptr, "The id must be a number or a text.", invalidRequest);
    if (message.value("jsonrpc", json()) != "2.0")
        return refuse(id, "The member 'jsonrpc' must be \"2.0\".", invalidRequest);
    const json method = message.value("method", json());
    if (!method.is_string())
        return refuse(id, "The member 'method' must be a text.", invalidRequest);

    const auto job = std::make_shared<Job>(id, message.contains("id"), m_writer, m_models);
    const std::string name = method.get<std::string>();
    const json params = message.value("params", json::object());
    if (handleAtOnce(name, params, *job))
        return;
    const auto found = m_methods.find(name);
    if (found == m_methods.end())
        return refuse(id, "There is no method '" + name + "'.", unknownMethod, didYouMean(name, methodNames()));
    if (found->second.kind == Method::Kind::NotBuiltIn)
        return job->answerError({ErrorCode::Unsupported, "The method '" + name + "' is not built in.",
                                 "This engine was built without the chemistry library."});
    if (const Result<> checked = checkParams(found->second, params); !checked)
        return job->answerError(checked.error());
    enqueue({job, &found->second, params});
}

bool Session::handleAtOnce(const std::string& name, const json& params, Job& job)
{
    if (std::find(std::begin(immediateMethods), std::end(immediateMethods), name) == std::end(immediateMethods))
        return false;
    Method shape;
    shape.name = name;
    const bool isCancel = name == "cancel";
    json checkedParams = params;
    if (isCancel && params.is_object() && params.contains("id")) {
        shape.params.push_back({"id", ParamType::String, true});
        checkedParams["id"] = ""; // ids may be texts or numbers
    } else if (isCancel) {
        shape.params.push_back({"id", ParamType::Integer, true});
    }
    Result<> result = checkParams(shape, checkedParams);
    if (result && isCancel)
        result = cancel(params.at("id"));
    else if (result && name != "shutdown")
        result = steerTraining(name == "train.pause");
    if (!result) {
        job.answerError(result.error());
        return true;
    }
    if (name == "shutdown") {
        m_shutdown = true;
        stopAll();
    }
    job.answer(json::object());
    return true;
}

Result<> Session::cancel(const json& id)
{
    Request dropped;
    {
        const std::lock_guard lock(m_mutex);
        for (Request& request : m_running) {
            if (request.job->hasId() && request.job->id() == id) {
                request.job->cancel();
                return {};
            }
        }
        const auto waiting = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Request& request) {
            return request.job->hasId() && request.job->id() == id;
        });
        if (waiting == m_waiting.end())
            return {}; // it has just ended: its answer is on the way
        dropped = std::move(*waiting);
        m_waiting.erase(waiting);
    }
    dropped.job->answerError({ErrorCode::Stopped, "Cancelled before it began.", {}});
    return {};
}

Result<> Session::steerTraining(bool keepForLater)
{
    const std::lock_guard lock(m_mutex);
    for (Request& request : m_running) {
        if (request.method->kind == Method::Kind::Train) {
            if (keepForLater)
                request.job->pauseTraining();
            else
                request.job->stopTraining();
            return {};
        }
    }
    return fail(ErrorCode::NotFound, "No training is running in this engine.");
}

void Session::enqueue(Request request)
{
    const auto sameId = [&](const Request& other) {
        return other.job->hasId() && request.job->hasId() && other.job->id() == request.job->id();
    };
    const auto isTraining = [](const Request& other) { return other.method->kind == Method::Kind::Train; };
    const auto any = [this](const auto& predicate) {
        return std::any_of(m_running.begin(), m_running.end(), predicate) ||
               std::any_of(m_waiting.begin(), m_waiting.end(), predicate);
    };
    std::unique_lock lock(m_mutex);
    if (any(sameId)) {
        lock.unlock();
        m_writer.send(rpcError(request.job->id(), {ErrorCode::Usage, "A request with this id is still running.", {}},
                               invalidRequest));
        return;
    }
    if (request.method->kind == Method::Kind::Train && any(isTraining)) {
        lock.unlock();
        request.job->answerError({ErrorCode::Busy, "A training is running in this engine already.",
                                  "Pause it first, or start another engine."});
        return;
    }
    m_waiting.push_back(std::move(request));
    lock.unlock();
    m_changed.notify_all();
}

std::deque<Session::Request>::iterator Session::nextRequest()
{
    // Writers wait in the queue, not on a lock, so that they never keep a reader from a free worker.
    return std::find_if(m_waiting.begin(), m_waiting.end(), [this](const Request& request) {
        return request.method->kind == Method::Kind::Read || !m_writing;
    });
}

void Session::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_ending || nextRequest() != m_waiting.end(); });
        const auto next = nextRequest();
        if (next == m_waiting.end())
            return;
        Request request = std::move(*next);
        m_waiting.erase(next);
        const bool writes = request.method->kind != Method::Kind::Read;
        m_writing = m_writing || writes;
        m_running.push_back(request);
        lock.unlock();
        const Result<json> result = execute(request);
        lock.lock();
        // Gone from the books before the client hears of it: its next request must not find this one still running.
        std::erase_if(m_running, [&](const Request& other) { return other.job == request.job; });
        if (writes)
            m_writing = false;
        ++m_answering;
        lock.unlock();
        m_changed.notify_all();
        if (result)
            request.job->answer(*result);
        else
            request.job->answerError(result.error());
        lock.lock();
        --m_answering;
        m_changed.notify_all();
    }
}

Result<json> Session::execute(Request& request)
{
    try {
        return request.method->handle(request.params, *request.job);
    } catch (const std::exception& error) {
        return fail(ErrorCode::Internal, request.method->name + " failed unexpectedly: " + error.what() + ".");
    }
}

void Session::stopAll()
{
    std::deque<Request> dropped;
    std::unique_lock lock(m_mutex);
    dropped.swap(m_waiting);
    for (Request& request : m_running)
        request.job->cancel();
    lock.unlock();
    for (Request& request : dropped)
        request.job->answerError({ErrorCode::Stopped, "The engine ends.", {}});
    lock.lock();
    m_changed.wait(lock, [this] { return m_running.empty() && m_answering == 0; });
}

std::vector<std::string> Session::methodNames() const
{
    std::vector<std::string> names(std::begin(immediateMethods), std::end(immediateMethods));
    for (const auto& [name, method] : m_methods)
        names.push_back(name);
    return names;
}

} // namespace papilio::engine
