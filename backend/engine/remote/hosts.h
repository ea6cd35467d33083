// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"

namespace papilio::engine
{

/// Another computer that runs can be sent to: a configured engine command, reached through ssh.
struct Host {
    std::string name;                      ///< as people call it
    std::string destination;               ///< user@host, or a name of ~/.ssh/config
    std::string sshArguments;              ///< further arguments of ssh, in words as a shell would split them
    std::string engine = "papilio-engine"; ///< its path there
    std::string folder = "papilio-runs";   ///< working folder there; relative to the home folder, ~/ too
    std::string launch;                    ///< words before the engine's command: "srun --gres=gpu:1"
    bool keepFiles = false;                ///< a run's folder stays there when all of it is here
};

/// Names no field twice and no host badly; what is wrong is said in a sentence.
Result<> checkHost(const Host& host);
nlohmann::json hostToJson(const Host& host);
Result<Host> hostFromJson(const nlohmann::json& object);

/// The configured hosts: one small JSON file, the same for window and command line.
class HostList
{
public:
    /// PAPILIO_HOSTS, or papilio/hosts.json in the user's configuration folder.
    static std::string defaultFile();
    explicit HostList(std::string file = defaultFile()) : m_file(std::move(file)) {}

    const std::string& file() const { return m_file; }
    Result<std::vector<Host>> all() const; ///< by name; none where the file is absent
    Result<Host> byName(const std::string& name) const;
    /// Adds a host, or puts it in the place of 'former'. Another host of that name is an error (Exists).
    Result<> put(const Host& host, const std::string& former = {}) const;
    Result<> remove(const std::string& name) const;

private:
    Result<> write(const std::vector<Host>& hosts) const;
    std::string m_file;
};

} // namespace papilio::engine
