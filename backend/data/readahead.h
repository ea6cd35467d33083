// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/error.h"

namespace papilio::data
{

/// Reads, hashes and unpacks the next blocks of a file in a thread of its own while those before them are looked at.
class ReadAhead
{
public:
    struct Block {
        std::string bytes;         ///< none = the end
        std::int64_t rawRead = 0;  ///< bytes of the file that were read for all blocks so far
        std::optional<Error> fault; ///< behind the blocks before it
    };
    using Next = std::function<Block()>; ///< called in the thread until the first block without bytes

    explicit ReadAhead(Next next); ///< std::system_error where no thread is to be had
    ~ReadAhead();
    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// As ByteSource::read().
    Result<std::size_t> read(char* out, std::size_t size);
    std::int64_t rawRead() const { return m_rawRead; } ///< for what read() has given
    /// Ends the thread; what it has read ahead is lost.
    void stop();

private:
    void run(const Next& next);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Block> m_blocks; ///< of which the first is being given
    std::size_t m_given = 0;    ///< bytes of the first block
    std::int64_t m_rawRead = 0;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace papilio::data
