// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/transport.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "engine/json.h"

namespace papilio::engine
{

LineReader::LineReader(int descriptor, std::size_t limit) : m_descriptor(descriptor), m_limit(limit) {}

bool LineReader::fill()
{
    char piece[1 << 16];
    ssize_t count = 0;
    do {
        count = read(m_descriptor, piece, sizeof piece);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) {
        m_ended = true;
        return false;
    }
    m_buffer.append(piece, static_cast<std::size_t>(count));
    return true;
}

LineReader::Got LineReader::takeLine(std::string& line)
{
    const std::size_t end = m_buffer.find('\n', m_scanned);
    if (end == std::string::npos) {
        if (m_ended && m_buffer.empty() && !m_skipping)
            return Got::End;
        m_scanned = m_buffer.size();
        if (m_scanned > m_limit) {
            m_skipping = true;
            m_buffer.clear();
            m_scanned = 0;
        }
        if (!m_ended)
            return Got::Nothing;
        // the last line may lack its end
        const bool tooLong = m_skipping;
        line = std::move(m_buffer);
        m_buffer.clear();
        m_skipping = false;
        m_scanned = 0;
        return tooLong ? Got::TooLong : Got::Line;
    }
    const bool tooLong = m_skipping || end > m_limit;
    line.assign(m_buffer, 0, tooLong ? 0 : end);
    m_buffer.erase(0, end + 1);
    m_scanned = 0;
    m_skipping = false;
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return tooLong ? Got::TooLong : Got::Line;
}

void LineWriter::send(const nlohmann::json& message)
{
    const std::string line = toLine(message) + "\n";
    const std::lock_guard lock(m_mutex);
    std::size_t done = 0;
    while (done < line.size() && !m_broken) {
        const ssize_t count = write(m_descriptor, line.data() + done, line.size() - done);
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (errno != EINTR)
            m_broken = true;
    }
}

bool LineWriter::broken() const
{
    const std::lock_guard lock(m_mutex);
    return m_broken;
}

int takeStandardOutput()
{
    std::fflush(stdout);
    const int kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    return kept;
}

} // namespace papilio::engine
