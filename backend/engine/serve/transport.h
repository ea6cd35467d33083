// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace papilio::engine
{

inline constexpr std::size_t longestLine = std::size_t{64} << 20; ///< bytes, without the line end

/// Cuts a byte stream into lines of bounded length.
class LineReader
{
public:
    explicit LineReader(int descriptor, std::size_t limit = longestLine);

    enum class Got { Line, TooLong, Nothing, End };
    /// Reads once, as much as is there; then takeLine() gives the whole lines. False at the end of the stream.
    bool fill();
    /// The next whole line (without line end). TooLong stands for one that was thrown away.
    Got takeLine(std::string& line);

private:
    int m_descriptor;
    std::size_t m_limit;
    std::string m_buffer;
    std::size_t m_scanned = 0; ///< bytes of the buffer known to hold no line end
    bool m_skipping = false;   ///< inside a line that is too long
    bool m_ended = false;
};

/// Writes whole lines to a descriptor, from any thread.
class LineWriter
{
public:
    explicit LineWriter(int descriptor) : m_descriptor(descriptor) {}
    void send(const nlohmann::json& message);
    bool broken() const; ///< the other side is gone

private:
    mutable std::mutex m_mutex;
    int m_descriptor;
    bool m_broken = false;
};

/// Keeps the real standard output for the protocol (the returned descriptor) and points descriptor 1 at standard error.
int takeStandardOutput();

} // namespace papilio::engine
