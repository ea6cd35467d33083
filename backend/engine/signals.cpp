// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/signals.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace papilio::engine
{

namespace
{

std::atomic<bool> signalled{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");
int stopPipe[2] = {-1, -1};

void onStopSignal(int)
{
    const int savedErrno = errno;
    signalled.store(true);
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(stopPipe[1], &byte, 1);
    errno = savedErrno;
}

} // namespace

void installStopSignals()
{
    if (stopPipe[0] < 0 && pipe2(stopPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    struct sigaction action = {};
    action.sa_handler = onStopSignal;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART); // the second signal has its usual, deadly effect
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

bool stopSignalled()
{
    return signalled.load();
}

int stopSignalDescriptor()
{
    return stopPipe[0];
}

} // namespace papilio::engine
