// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/modelcache.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "engine/serve/transport.h"

namespace papilio::engine
{

/// One conversation: understands lines, keeps the waiting and running requests, and answers them from a small pool.
/// handleLine() and stopAll() belong to the reading thread.
class Session
{
public:
    Session(LineWriter& writer, std::vector<Method> methods, int workers = 2);
    ~Session(); ///< stops what runs, waits for it, ends the workers
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void greet();
    void handleLine(const std::string& line);
    void handleTooLongLine();
    bool shutdownRequested() const { return m_shutdown; }
    /// Stops running requests, drops waiting ones, and waits until all are answered.
    void stopAll();

private:
    struct Request {
        std::shared_ptr<Job> job;
        const Method* method = nullptr;
        nlohmann::json params;
    };

    void handleRequest(const nlohmann::json& message);
    bool handleAtOnce(const std::string& name, const nlohmann::json& params, Job& job);
    Result<> cancel(const nlohmann::json& id);
    Result<> steerTraining(bool keepForLater);
    void enqueue(Request request);
    void work();
    std::deque<Request>::iterator nextRequest();
    Result<nlohmann::json> execute(Request& request);
    std::vector<std::string> methodNames() const;

    LineWriter& m_writer;
    ModelCache m_models;
    std::map<std::string, Method> m_methods;
    bool m_shutdown = false;

    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_changed;
    std::deque<Request> m_waiting;
    std::vector<Request> m_running;
    bool m_writing = false; ///< a Write or Train runs
    int m_answering = 0;    ///< ended, answer not yet written
    bool m_ending = false;
    std::vector<std::thread> m_workers;
};

} // namespace papilio::engine
