// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/linereader.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t blockSize = 64 * 1024;
constexpr std::size_t keptOfLongLine = 256;
} // namespace

LineReader::LineReader(std::unique_ptr<ByteSource> source, std::optional<Encoding> encoding)
    : m_source(std::move(source)), m_encoding(encoding)
{
}

/// Appends the next bytes of the source; false at its end. A fault is remembered and told behind the lines before it.
bool LineReader::readBlock(std::string& out)
{
    const std::size_t before = out.size();
    out.resize(before + blockSize);
    auto got = m_source->read(out.data() + before, blockSize);
    out.resize(before + (got ? *got : 0));
    if (!got) {
        m_hasFault = true;
        m_fault = got.error();
    }
    m_ended = !got || *got == 0;
    return !m_ended;
}

/// Appends a block to the buffer; false when there is nothing more.
bool LineReader::fill()
{
    if (m_ended) {
        return false;
    }
    if (const std::size_t done = m_mark.value_or(m_position); done > 0) {
        m_buffer.erase(0, done);
        m_position -= done;
        m_mark = m_mark ? std::optional<std::size_t>(0) : std::nullopt;
    }
    if (!m_decoder) {
        return readBlock(m_buffer);
    }
    const std::size_t before = m_buffer.size();
    m_raw.clear();
    if (readBlock(m_raw)) {
        m_decoder->add(m_raw, m_buffer);
    } else {
        m_decoder->finish(m_buffer);
    }
    return !m_ended || m_buffer.size() > before;
}

/// Looks at the first block: byte order mark, encoding, line ends.
void LineReader::start()
{
    m_started = true;
    while (m_buffer.size() < blockSize && readBlock(m_buffer)) {
    }
    const EncodingGuess guess = guessEncoding(m_buffer);
    const bool wide = guess.encoding == Encoding::Utf16Le || guess.encoding == Encoding::Utf16Be;
    const bool marked = guess.markBytes > 0 && (!m_encoding || *m_encoding == *guess.encoding || wide);
    if (guess.encoding && (!m_encoding || (marked && wide))) {
        m_encoding = guess.encoding; // a mark tells the two orders of UTF-16 apart, whatever was asked for
    }
    if (marked) {
        m_byteOrderMark = true;
        m_buffer.erase(0, guess.markBytes);
    }
    if (m_encoding && *m_encoding != Encoding::Utf8) {
        m_decoder.emplace(*m_encoding);
        m_raw.swap(m_buffer);
        m_buffer.clear();
        m_decoder->add(m_raw, m_buffer);
        if (m_ended) {
            m_decoder->finish(m_buffer);
        }
    }
    const std::string_view text(m_buffer);
    if (text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos) {
        m_lineEnd = '\r';
    }
}

std::string_view LineReader::peek()
{
    if (!m_started) {
        start();
    }
    while (m_buffer.size() - m_position < blockSize && fill()) { // some lines were taken already
    }
    return std::string_view(m_buffer).substr(m_position, blockSize);
}

void LineReader::rewind()
{
    m_position = m_mark.value_or(m_position);
    m_lastLineEnded = true; // another line follows it
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
        m_lastLineEnded = m_unread.front().ended;
        m_unread.pop_front();
        return tooLong ? Got::TooLong : Got::Line;
    }
    if (!m_started) {
        start();
    }
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
            return m_mark ? Got::TooLong : passOver(line);
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
