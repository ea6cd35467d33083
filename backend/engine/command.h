// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "engine/arguments.h"

namespace papilio::engine
{

/// One command of the command line: it declares its options, then runs.
class Command
{
public:
    virtual ~Command() = default;
    virtual void declare(Arguments& arguments) = 0;
    virtual Result<> run() = 0;
    /// Whether errors should be told as JSON too.
    bool wantsJson() const { return m_json; }

protected:
    void declareJson(Arguments& arguments) { arguments.flag("--json", m_json, "One JSON document on standard output"); }
    bool m_json = false;
};

struct CommandEntry {
    std::string name;
    std::string summary;
    std::unique_ptr<Command> (*make)() = nullptr; ///< null: not in this build
};

/// All commands, in the order of the help.
std::vector<CommandEntry> allCommands();

} // namespace papilio::engine
