// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/control.h"
#include "core/error.h"
#include "engine/remote/ssh.h"

namespace papilio::engine
{

/// What goes on in a run's folder on a host.
struct PlaceState {
    enum class Kind {
        Absent,    ///< nothing there, or a copy that is not complete
        Ready,     ///< the project is there, its training was never started
        Running,
        Elsewhere, ///< started from another computer that shares the folder; whether it lives cannot be seen from here
        Ended,     ///< see exitCode
        Gone,      ///< its process is gone without a word
    } kind = Kind::Absent;
    int exitCode = -1;
    std::string machine; ///< Elsewhere: the name that it gives itself
};

/// The folder of one run on a host: 'tag' in the host's working folder. Holds the copied project, what its training
/// wrote (events.jsonl, log.txt), its process, and how it ended.
class Place
{
public:
    /// A new name for a folder, and whether a text is one (it may come from a project file of others).
    static std::string newTag();
    static bool isTag(const std::string& text);

    Place(const Ssh& ssh, std::string tag) : m_ssh(ssh), m_tag(std::move(tag)) {}

    Result<PlaceState> state() const;
    /// Sends a file as the run's project: from where an earlier try ended, checked by its SHA-256, named when complete.
    Result<> upload(const std::string& file, Control& control) const;
    /// Starts "launch engine resume project RUN --unattended ." there, detached from the connection.
    Result<> start(std::int64_t run) const;
    /// Hands out what the events file has from 'position' on, as it comes, until the training is not running any more.
    Result<PlaceState> follow(std::int64_t position, const Ssh::Sink& sink) const;
    Result<> wish(const std::string& word) const; ///< "pause" or "stop": the training reads it within a second
    Result<> terminate() const;                   ///< the signal SIGTERM to what was started
    std::string logEnd() const;                   ///< the last line of its log; empty if there is none
    /// Has the run written to a file there, and fetches that.
    Result<> download(std::int64_t run, const std::string& file, Control& control) const;
    Result<> remove() const;

private:
    std::vector<std::string> words(const std::vector<std::string>& further = {}) const;
    Result<std::string> ask(const std::string& script, const std::vector<std::string>& further = {},
                            int silenceSeconds = Ssh::shortPatience) const;
    Result<bool> uploadOnce(const std::string& file, const std::string& sum, std::int64_t size, std::int64_t& sent, Control& control) const;
    Result<> downloadRest(const std::string& file, std::int64_t size, Control& control) const;

    const Ssh& m_ssh;
    std::string m_tag;
};

/// Calls 'work' again after a pause where the connection was lost, up to four times, or as long as 'progress' gives
/// another number each time.
Result<> withRetries(const Ssh& ssh, const std::function<Result<>()>& work, const std::function<std::int64_t()>& progress = {});

} // namespace papilio::engine
