// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/unpacker.h"

#include <algorithm>
#include <array>
#include <limits>

#include <bzlib.h>
#include <zlib.h>
#include <zstd.h>

#include "core/text.h"

namespace papilio::data
{

namespace
{
/// The libraries count in 32 bits.
unsigned bounded(std::size_t size)
{
    return static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

class GzipUnpacker : public Unpacker
{
public:
    GzipUnpacker() { m_ready = inflateInit2(&m_stream, 15 + 16) == Z_OK; }
    ~GzipUnpacker() override
    {
        if (m_ready) {
            inflateEnd(&m_stream);
        }
    }
    bool ready() const { return m_ready; }

    Step step(std::string_view in, char* out, std::size_t size) override
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        m_stream.avail_in = bounded(in.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(out);
        m_stream.avail_out = bounded(size);
        const int code = inflate(&m_stream, Z_NO_FLUSH);
        Step step{bounded(in.size()) - m_stream.avail_in, bounded(size) - m_stream.avail_out, code == Z_STREAM_END, {}};
        if (code != Z_STREAM_END && code != Z_OK && code != Z_BUF_ERROR) {
            step.fault = m_stream.msg ? m_stream.msg : "code " + std::to_string(code);
        }
        return step;
    }

    bool nextMember(std::string_view in) override
    {
        return !in.empty() && static_cast<unsigned char>(in.front()) == 0x1f && inflateReset(&m_stream) == Z_OK;
    }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

class Bzip2Unpacker : public Unpacker
{
public:
    Bzip2Unpacker() { start(); }
    ~Bzip2Unpacker() override { stop(); }
    bool ready() const { return m_ready; }

    Step step(std::string_view in, char* out, std::size_t size) override
    {
        m_stream.next_in = const_cast<char*>(in.data());
        m_stream.avail_in = bounded(in.size());
        m_stream.next_out = out;
        m_stream.avail_out = bounded(size);
        const int code = BZ2_bzDecompress(&m_stream);
        Step step{bounded(in.size()) - m_stream.avail_in, bounded(size) - m_stream.avail_out, code == BZ_STREAM_END, {}};
        if (code != BZ_STREAM_END && code != BZ_OK) {
            step.fault = code == BZ_DATA_ERROR         ? "a checksum is wrong"
                         : code == BZ_DATA_ERROR_MAGIC ? "they are no bzip2 data"
                                                       : "code " + std::to_string(code);
        }
        return step;
    }

    bool nextMember(std::string_view in) override
    {
        if (in.empty() || in.front() != 'B') {
            return false;
        }
        stop();
        start();
        return m_ready;
    }

private:
    void start()
    {
        m_stream = bz_stream{};
        m_ready = BZ2_bzDecompressInit(&m_stream, 0, 0) == BZ_OK;
    }
    void stop()
    {
        if (m_ready) {
            BZ2_bzDecompressEnd(&m_stream);
        }
        m_ready = false;
    }

    bz_stream m_stream{};
    bool m_ready = false;
};

class ZstdUnpacker : public Unpacker
{
public:
    ZstdUnpacker() : m_stream(ZSTD_createDStream()) {}
    ~ZstdUnpacker() override { ZSTD_freeDStream(m_stream); }
    bool ready() const { return m_stream != nullptr; }

    Step step(std::string_view in, char* out, std::size_t size) override
    {
        ZSTD_inBuffer input{in.data(), in.size(), 0};
        ZSTD_outBuffer output{out, size, 0};
        const std::size_t code = ZSTD_decompressStream(m_stream, &output, &input);
        Step step{input.pos, output.pos, code == 0, {}};
        if (ZSTD_isError(code)) {
            step.fault = ZSTD_getErrorName(code);
        }
        return step;
    }

    /// Frames, also those to be skipped, follow each other without a gap.
    bool nextMember(std::string_view in) override
    {
        const bool frame = in.starts_with('\x28') || (!in.empty() && (static_cast<unsigned char>(in.front()) & 0xF0) == 0x50);
        return frame && !ZSTD_isError(ZSTD_DCtx_reset(m_stream, ZSTD_reset_session_only));
    }

private:
    ZSTD_DStream* m_stream;
};

template <typename T> std::unique_ptr<Unpacker> made(std::string& fault)
{
    auto unpacker = std::make_unique<T>();
    if (!unpacker->ready()) {
        fault = "The decompressor cannot be started.";
        return nullptr;
    }
    return unpacker;
}
} // namespace

std::string_view packingOf(std::string_view start)
{
    if (start.starts_with("\x1f\x8b")) {
        return "gzip";
    }
    if (start.size() >= 4 && start.starts_with("BZh") && start[3] >= '1' && start[3] <= '9') {
        return "bzip2";
    }
    return start.starts_with("\x28\xB5\x2F\xFD") ? "zstd" : "";
}

std::unique_ptr<Unpacker> Unpacker::of(std::string_view start, std::string& fault)
{
    const std::string_view packing = packingOf(start);
    if (packing == "gzip") {
        return made<GzipUnpacker>(fault);
    }
    if (packing == "bzip2") {
        return made<Bzip2Unpacker>(fault);
    }
    return packing == "zstd" ? made<ZstdUnpacker>(fault) : nullptr;
}

bool isPackedEnding(std::string_view ending)
{
    constexpr std::array<std::string_view, 5> endings{".gz", ".bz2", ".zst", ".zstd", ".zip"};
    return std::any_of(endings.begin(), endings.end(),
                       [ending](std::string_view one) { return equalsIgnoringCase(ending, one); });
}

} // namespace papilio::data
