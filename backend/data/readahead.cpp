// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/readahead.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace papilio::data
{

namespace
{
constexpr std::size_t mostBlocks = 8;
}

ReadAhead::ReadAhead(Next next) : m_thread([this, next = std::move(next)] { run(next); }) {}

ReadAhead::~ReadAhead()
{
    stop();
}

void ReadAhead::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void ReadAhead::run(const Next& next)
{
    bool last = false;
    while (!last) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_stop || m_blocks.size() < mostBlocks; });
            if (m_stop) {
                return;
            }
        }
        Block block = next();
        last = block.bytes.empty();
        {
            const std::lock_guard lock(m_mutex);
            m_blocks.push_back(std::move(block));
        }
        m_changed.notify_all();
    }
}

Result<std::size_t> ReadAhead::read(char* out, std::size_t size)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_stop || !m_blocks.empty(); });
    if (m_blocks.empty()) {
        return std::size_t{0};
    }
    const Block& block = m_blocks.front();
    m_rawRead = block.rawRead;
    if (block.fault) {
        return tl::unexpected(*block.fault);
    }
    const std::size_t count = std::min(size, block.bytes.size() - m_given);
    std::memcpy(out, block.bytes.data() + m_given, count);
    m_given += count;
    if (m_given == block.bytes.size() && count > 0) {
        m_blocks.pop_front();
        m_given = 0;
        lock.unlock();
        m_changed.notify_all();
    }
    return count;
}

} // namespace papilio::data
