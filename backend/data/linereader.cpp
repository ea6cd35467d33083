// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/linereader.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t blockSize = 64 * 1024;
constexpr std::size_t keptOfLongLine = 256;
} // namespace

LineReader::LineReader(std::unique_ptr<ByteSource> source) : m_source(std::move(source)) {}

/// Appends a block; false when there is nothing more (a fault is remembered and told when the lines before it are out).
bool LineReader::fill()
{
    if (m_ended) {
        return false;
    }
    if (m_position > 0) {
        m_buffer.erase(0, m_position);
        m_position = 0;
    }
    const std::size_t before = m_buffer.size();
    m_buffer.resize(before + blockSize);
    auto got = m_source->read(m_buffer.data() + before, blockSize);
    m_buffer.resize(before + (got ? *got : 0));
    if (!got) {
        m_hasFault = true;
        m_fault = got.error();
    }
    m_ended = !got || *got == 0;
    return !m_ended;
}

std::string_view LineReader::peek()
{
    if (!m_started) {
        m_started = true;
        while (m_buffer.size() < blockSize && fill()) {
        }
        if (m_buffer.starts_with("\xEF\xBB\xBF")) {
            m_byteOrderMark = true;
            m_position = 3;
        }
        const std::string_view text(m_buffer);
        if (text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos) {
            m_lineEnd = '\r';
        }
    }
    return std::string_view(m_buffer).substr(m_position, blockSize);
}

void LineReader::finishLine(std::string& line, std::size_t end)
{
    line.assign(m_buffer, m_position, end - m_position);
    if (m_lineEnd == '\n' && !line.empty() && line.back() == '\r') {
        line.pop_back();
        m_crlf = true;
    }
}

Result<LineReader::Got> LineReader::next(std::string& line)
{
    if (!m_unread.empty()) {
        line = std::move(m_unread.front().text);
        const bool tooLong = m_unread.front().tooLong;
        m_unread.pop_front();
        return tooLong ? Got::TooLong : Got::Line;
    }
    peek();
    std::size_t searched = 0; // of the bytes behind m_position
    while (true) {
        const std::size_t end = m_buffer.find(m_lineEnd, m_position + searched);
        if (end != std::string::npos) {
            finishLine(line, end);
            m_position = end + 1;
            m_lastLineEnded = true;
            return Got::Line;
        }
        searched = m_buffer.size() - m_position;
        if (searched > recordLimit) {
            return passOver(line);
        }
        if (!fill()) {
            break;
        }
    }
    if (m_hasFault) {
        return tl::unexpected(m_fault);
    }
    if (m_position == m_buffer.size()) {
        return Got::End;
    }
    finishLine(line, m_buffer.size());
    m_position = m_buffer.size();
    m_lastLineEnded = false;
    return Got::Line;
}

/// Drops the line that begins at m_position up to its end, without holding it.
Result<LineReader::Got> LineReader::passOver(std::string& line)
{
    line.assign(m_buffer, m_position, keptOfLongLine);
    while (true) {
        m_position = m_buffer.size();
        if (!fill()) {
            m_lastLineEnded = false;
            if (m_hasFault) {
                return tl::unexpected(m_fault);
            }
            return Got::TooLong;
        }
        const std::size_t end = m_buffer.find(m_lineEnd, m_position);
        if (end != std::string::npos) {
            m_position = end + 1;
            m_lastLineEnded = true;
            return Got::TooLong;
        }
    }
}

} // namespace papilio::data
