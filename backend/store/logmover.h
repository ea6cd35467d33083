// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "store/project.h"

namespace papilio::store
{

/// While it lives, what commits put into the write-ahead log is moved into the file on a thread of its own, through a
/// connection of its own, and not by the commits; for one who writes much. Where that
/// connection cannot be made, commits move it as ever.
class LogMover
{
public:
    explicit LogMover(Project& project);
    ~LogMover(); ///< waits for a move that is under way
    LogMover(const LogMover&) = delete;
    LogMover& operator=(const LogMover&) = delete;

    void committed(); ///< to be called after each commit; waits where the log has become long

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::store
