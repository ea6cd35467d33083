// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "engine/remote/ssh.h"

namespace papilio::engine
{

/// What a host's engine says of itself.
struct FarEngine {
    std::string papilio, libtorch, rdkit;
    int protocol = 0;
    std::vector<std::string> devices;
};

/// One thing that a run on a host needs.
struct HostCheck {
    std::string what; ///< connection, tools, engine, version, devices, folder, launch
    bool good = false;
    std::string text; ///< what was found, a sentence
    std::string hint; ///< where it is not good: what to do
};

struct HostReport {
    std::vector<HostCheck> checks;
    FarEngine engine;
    std::int64_t freeBytes = -1; ///< −1 = not known
    bool good() const;
    /// The first thing that is not good, as an error.
    Result<> result() const;
};

/// Looks at everything with one connection. Only being told to leave is an error; all else is in the report.
Result<HostReport> testHost(const Ssh& ssh);
nlohmann::json hostReportToJson(const HostReport& report);

} // namespace papilio::engine
