// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "engine/remote/hosts.h"

namespace papilio::engine
{

/// Runs shell scripts on a host, one ssh process each (PAPILIO_SSH names another program). Never asks for a password.
/// A host that cannot be reached, and a connection that is lost, are errors of the code Io; one that refuses is Unsupported.
class Ssh
{
public:
    using Feed = std::function<Result<std::string>()>;          ///< the next piece for standard input; empty = its end
    using Sink = std::function<Result<>(std::string_view)>;     ///< takes what the script writes
    /// Seconds without a byte, then the connection counts as lost: where the far side works on something, and for an answer.
    static constexpr int patience = 900;
    static constexpr int shortPatience = 60;

    /// leave: asked several times a second; true ends what runs with the error Stopped.
    Ssh(const Host& host, std::function<bool()> leave);

    /// Runs "sh -c script" there with these arguments as $1, $2 …; gives its exit code. What the login writes before the
    /// script does (banners, messages of the day) is left out. The script must be one line, without quotation marks '.
    Result<int> run(std::string_view script, const std::vector<std::string>& arguments, const Sink& sink, const Feed& feed = {},
                    int silenceSeconds = patience) const;
    /// The same for short answers; an exit code but 0 is an error, 7 (the folder is not there) NotFound.
    Result<std::string> ask(std::string_view script, const std::vector<std::string>& arguments, const Feed& feed = {},
                            int silenceSeconds = shortPatience) const;

    const Host& host() const { return m_host; }
    bool leaving() const { return m_leave && m_leave(); }
    /// Waits, false if told to leave meanwhile.
    bool pause(double seconds) const;

private:
    Host m_host;
    std::function<bool()> m_leave;
    std::vector<std::string> m_start; ///< program and arguments up to the destination
    Result<> m_usable;
};

} // namespace papilio::engine
