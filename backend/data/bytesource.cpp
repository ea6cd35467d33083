// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/bytesource.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "core/zipfile.h"
#include "data/readahead.h"
#include "data/unpacker.h"
#include "data/ziptable.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t inputSize = 64 * 1024;
constexpr std::size_t blockSize = 64 * 1024;           ///< that are read ahead
constexpr std::size_t aheadFrom = std::size_t{1} << 20; ///< short files and looks at the first lines need no thread

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
} // namespace

std::string fileName(const std::string& path)
{
    return std::filesystem::path(path).filename().string();
}

std::string quotedName(const std::string& path)
{
    std::string text(1, '\'');
    return text.append(fileName(path)).append(1, '\'');
}

struct ByteSource::Data {
    std::string path;
    std::unique_ptr<std::FILE, FileCloser> file;
    Sha256* hash = nullptr;
    std::int64_t rawRead = 0;
    std::int64_t rawSize = 0;
    std::vector<char> input = std::vector<char>(inputSize);
    std::size_t inputBegin = 0;
    std::size_t inputEnd = 0;
    std::string packing;                ///< "gzip", …; empty = plain
    std::string name;
    std::unique_ptr<Unpacker> unpacker; ///< null = plain
    bool memberEnded = false;
    bool pending = false; ///< the unpacker may hold more than there was room for
    bool finished = false;
    bool hasFault = false;
    Error fault;
    std::size_t given = 0;            ///< bytes that read() gave without a thread
    std::unique_ptr<ReadAhead> ahead; ///< once there is one, only its thread uses what is above (last: it ends first)

    std::string_view rest() const { return {input.data() + inputBegin, inputEnd - inputBegin}; }

    /// Reads the next raw block; false at the end of the file.
    Result<bool> refill()
    {
        const std::size_t got = std::fread(input.data(), 1, input.size(), file.get());
        if (got == 0 && std::ferror(file.get())) {
            return fail(ErrorCode::Io, "Cannot read '" + path + "': " + std::strerror(errno) + ".");
        }
        if (hash) {
            hash->add(std::string_view(input.data(), got));
        }
        rawRead += static_cast<std::int64_t>(got);
        inputBegin = 0;
        inputEnd = got;
        return got > 0;
    }

    /// By the first bytes, which are there.
    Result<> prepare()
    {
        name = path;
        if (startsLikeZip(rest())) {
            auto table = tableInZip(path);
            if (!table) {
                return tl::unexpected(table.error());
            }
            packing = "zip";
            name = table->name;
            unpacker = std::move(table->unpacker);
            return {};
        }
        packing = packingOf(rest());
        std::string problem;
        unpacker = Unpacker::of(rest(), problem);
        return problem.empty() ? Result<>() : fail(ErrorCode::Internal, problem);
    }

    void setFault(const std::string& why)
    {
        hasFault = true;
        fault = Error{ErrorCode::Damaged, quotedName(path) + " is cut off or damaged: " + why + ".",
                      "Fetch or pack the file again."};
    }

    Result<std::size_t> readPlain(char* out, std::size_t size)
    {
        if (inputBegin == inputEnd) {
            auto more = refill();
            if (!more) {
                return tl::unexpected(more.error());
            }
            if (!*more) {
                return std::size_t{0};
            }
        }
        const std::size_t count = std::min(size, inputEnd - inputBegin);
        std::memcpy(out, input.data() + inputBegin, count);
        inputBegin += count;
        return count;
    }

    /// More raw bytes to unpack; false: there are none, and a fault is noted if they should be there.
    Result<bool> refillPacked()
    {
        auto more = refill();
        if (more && !*more) {
            if (memberEnded) {
                finished = true;
            } else {
                setFault("its compressed data end too early");
            }
        }
        return more;
    }

    ReadAhead::Block nextBlock()
    {
        ReadAhead::Block block;
        block.bytes.resize(blockSize);
        const auto got = readNow(block.bytes.data(), block.bytes.size());
        block.bytes.resize(got ? *got : 0);
        block.rawRead = rawRead;
        if (!got) {
            block.fault = got.error();
        }
        return block;
    }

    Result<std::size_t> readNow(char* out, std::size_t size)
    {
        auto got = unpacker ? unpack(out, size) : readPlain(out, size);
        given += got.value_or(0);
        return got;
    }

    Result<std::size_t> read(char* out, std::size_t size)
    {
        if (!ahead && given >= aheadFrom) {
            try {
                ahead = std::make_unique<ReadAhead>([this] { return nextBlock(); });
            } catch (const std::system_error&) { // no thread to be had now
                given = 0;
            }
        }
        return ahead ? ahead->read(out, size) : readNow(out, size);
    }

    Result<std::size_t> unpack(char* out, std::size_t size)
    {
        std::size_t produced = 0;
        while (produced < size && !finished && !hasFault) {
            if (inputBegin == inputEnd && !pending) {
                auto more = refillPacked();
                if (!more) {
                    return tl::unexpected(more.error());
                }
                if (!*more) {
                    break;
                }
            }
            if (memberEnded) { // goes on if another member follows; what else follows (padding) is no part of the data
                finished = !unpacker->nextMember(rest());
                memberEnded = false;
                continue;
            }
            const bool hadInput = inputBegin < inputEnd;
            const Unpacker::Step step = unpacker->step(rest(), out + produced, size - produced);
            pending = step.produced == size - produced && !step.memberEnded;
            inputBegin += step.consumed;
            produced += step.produced;
            memberEnded = step.memberEnded;
            if (!step.fault.empty()) {
                setFault("its compressed data are wrong (" + step.fault + ")");
            } else if (hadInput && step.consumed + step.produced == 0 && !memberEnded) {
                setFault("its compressed data lead nowhere");
            }
        }
        if (produced == 0 && hasFault) {
            return tl::unexpected(fault);
        }
        return produced;
    }
};

ByteSource::ByteSource(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
ByteSource::~ByteSource() = default;

Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::string& path, Sha256* hash)
{
    std::error_code code;
    const auto status = std::filesystem::status(path, code);
    if (!std::filesystem::exists(status)) {
        return fail(ErrorCode::NotFound, "There is no file '" + path + "'.");
    }
    if (!std::filesystem::is_regular_file(status)) {
        return fail(ErrorCode::BadInput, "'" + path + "' is not a file.", "Name a CSV, TSV, SMI, SDF or Parquet file.");
    }
    auto data = std::make_unique<Data>();
    data->path = path;
    data->hash = hash;
    data->file.reset(std::fopen(path.c_str(), "rb"));
    if (!data->file) {
        return fail(ErrorCode::Io, "Cannot read '" + path + "': " + std::strerror(errno) + ".");
    }
    data->rawSize = static_cast<std::int64_t>(std::filesystem::file_size(path, code));
    auto more = data->refill();
    if (!more) {
        return tl::unexpected(more.error());
    }
    if (!*more) {
        return fail(ErrorCode::BadInput, quotedName(path) + " is empty.");
    }
    PAPILIO_TRY(data->prepare());
    return std::unique_ptr<ByteSource>(new ByteSource(std::move(data)));
}

Result<std::size_t> ByteSource::read(char* out, std::size_t size)
{
    return m_data->read(out, size);
}

Result<> ByteSource::drain()
{
    if (m_data->ahead) {
        m_data->ahead->stop();
    }
    while (true) {
        auto more = m_data->refill();
        if (!more) {
            return tl::unexpected(more.error());
        }
        if (!*more) {
            return {};
        }
    }
}

bool ByteSource::compressed() const
{
    return m_data->unpacker != nullptr;
}
const std::string& ByteSource::packing() const
{
    return m_data->packing;
}
const std::string& ByteSource::name() const
{
    return m_data->name;
}
std::int64_t ByteSource::rawRead() const
{
    return m_data->ahead ? m_data->ahead->rawRead() : m_data->rawRead;
}
std::int64_t ByteSource::rawSize() const
{
    return m_data->rawSize;
}

} // namespace papilio::data
