// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "data/bytesource.h"
#include "data/textdecoder.h"

namespace papilio::data
{

/// A record (a CSV row, an SDF record) longer than this is one rejected row; it bounds the memory of reading.
inline constexpr std::size_t recordLimit = std::size_t{16} * 1024 * 1024;

/// Lines of a file, without their ends (LF, CRLF, or CR alone where the file knows no LF). A byte order mark is skipped.
/// Text of another encoding comes out as UTF-8; where none is given and no mark or zero bytes tell, bytes come out as
/// they are.
class LineReader
{
public:
    explicit LineReader(std::unique_ptr<ByteSource> source, std::optional<Encoding> encoding = {});

    /// The first bytes (at most 64 KiB), for guessing what the file is. Call before the first next().
    std::string_view peek();

    enum class Got {
        Line,
        TooLong, ///< longer than recordLimit; 'line' has its beginning, the rest was passed over
        End,
    };
    /// A fault of the source comes behind the last whole line; a line that the fault cuts is dropped.
    Result<Got> next(std::string& line);
    /// Gives the line read last back, to be read again; then the one before it, and so on.
    void unread(std::string line, bool tooLong = false)
    {
        m_unread.push_front({std::move(line), tooLong, m_lastLineEnded});
        m_lastLineEnded = true; // of the line before: another followed it
    }

    /// Remembers the place behind the line read last, for rewind(); what stands behind it is kept until release(), some
    /// 16 MiB of it at most is meant. While a place is remembered a line that is too long is not passed over. Not to be
    /// mixed with unread().
    void mark() { m_mark = m_position; }
    void rewind();
    void release() { m_mark.reset(); }

    bool crlf() const { return m_crlf; }
    bool byteOrderMark() const { return m_byteOrderMark; }
    /// The encoding that was given or found; none = one byte a character or UTF-8, as the bytes say.
    std::optional<Encoding> encoding() const { return m_encoding; }
    /// Whether the line read last ended with a line end (false: the file stops within it).
    bool lastLineEnded() const { return m_lastLineEnded; }
    ByteSource& source() { return *m_source; }
    const ByteSource& source() const { return *m_source; }

private:
    struct Unread {
        std::string text;
        bool tooLong = false;
        bool ended = true;
    };
    bool fill();
    bool readBlock(std::string& out);
    void start();
    Result<Got> passOver(std::string& line);
    void finishLine(std::string& line, std::size_t end);

    std::unique_ptr<ByteSource> m_source;
    std::optional<Encoding> m_encoding;
    std::optional<TextDecoder> m_decoder; ///< none = bytes are taken as they are
    std::string m_raw;                    ///< a block before it is decoded
    std::string m_buffer;
    std::size_t m_position = 0;
    std::optional<std::size_t> m_mark; ///< in m_buffer
    std::deque<Unread> m_unread;
    bool m_ended = false;
    bool m_hasFault = false;
    Error m_fault;
    char m_lineEnd = '\n';
    bool m_started = false;
    bool m_crlf = false;
    bool m_byteOrderMark = false;
    bool m_lastLineEnded = true;
};

} // namespace papilio::data
