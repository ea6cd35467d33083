// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/childprocess.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace papilio::engine
{

namespace
{

/// Both ends of a pipe, closed unless taken.
struct Pipe {
    int ends[2] = {-1, -1};
    Pipe() { (void)!pipe2(ends, O_CLOEXEC); }
    ~Pipe()
    {
        for (const int end : ends)
            if (end >= 0)
                close(end);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    /// Our end, which shall never block.
    int take(int which)
    {
        const int end = std::exchange(ends[which], -1);
        fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK);
        return end;
    }
};

int spawn(const std::vector<std::string>& words, const Pipe& input, const Pipe& output, const Pipe& errors, pid_t& process)
{
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.ends[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.ends[1], STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE); // ours is ignored, and that is inherited
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0); // Ctrl-C at the terminal is for us, who end it in order
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    const int failed = posix_spawnp(&process, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

} // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& words)
{
    std::signal(SIGPIPE, SIG_IGN); // a program that is gone shows as a failed write
    Pipe input, output, errors;
    ChildProcess child;
    const int failed = errors.ends[0] < 0 ? errno : spawn(words, input, output, errors, child.m_process);
    if (failed != 0)
        return fail(failed == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                    "The program '" + words.front() + "' cannot be started: " + std::strerror(failed) + ".");
    child.m_input = input.take(1);
    child.m_output = output.take(0);
    child.m_errors = errors.take(0);
    return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_process(std::exchange(other.m_process, -1)), m_input(std::exchange(other.m_input, -1)),
      m_output(std::exchange(other.m_output, -1)), m_errors(std::exchange(other.m_errors, -1)), m_exitCode(other.m_exitCode)
{
}

ChildProcess::~ChildProcess()
{
    closeInput();
    for (const int end : {m_output, m_errors})
        if (end >= 0)
            close(end);
    if (m_process < 0 || ended())
        return;
    kill(-m_process, SIGTERM);
    for (int i = 0; i < 20 && !ended(); ++i)
        usleep(50'000);
    if (!ended()) {
        kill(-m_process, SIGKILL);
        int status = 0;
        while (waitpid(m_process, &status, 0) < 0 && errno == EINTR) {
        }
    }
}

void ChildProcess::closeInput()
{
    if (m_input >= 0)
        close(std::exchange(m_input, -1));
}

bool ChildProcess::ended()
{
    int status = 0;
    if (m_exitCode < 0 && m_process > 0 && waitpid(m_process, &status, WNOHANG) == m_process)
        m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return m_exitCode >= 0;
}

} // namespace papilio::engine
