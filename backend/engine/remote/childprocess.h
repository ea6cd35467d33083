// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

#include "core/error.h"

namespace papilio::engine
{

/// A program that was started without a shell, in a process group of its own, with pipes to its three streams.
class ChildProcess
{
public:
    static Result<ChildProcess> start(const std::vector<std::string>& words);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess(); ///< ends it: SIGTERM, after a second SIGKILL

    int input() const { return m_input; }   ///< −1 once closed; never blocks
    int output() const { return m_output; } ///< never blocks
    int errors() const { return m_errors; } ///< never blocks
    void closeInput();
    /// Whether it has ended; then exitCode() is known (128 + n for signal n).
    bool ended();
    int exitCode() const { return m_exitCode; }

private:
    ChildProcess() = default;
    pid_t m_process = -1;
    int m_input = -1, m_output = -1, m_errors = -1, m_exitCode = -1;
};

} // namespace papilio::engine
