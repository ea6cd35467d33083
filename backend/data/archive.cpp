// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/archive.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "core/randomaccess.h"
#include "core/zipdirectory.h"
#include "core/zipfile.h"
#include "data/bytesource.h"
#include "data/pace.h"
#include "data/partfile.h"

namespace papilio::data
{

namespace fs = std::filesystem;

namespace
{
constexpr std::uint64_t chunkBytes = std::uint64_t{1} << 20;

/// A file that is written; closed and removed if it does not get its name.
class Output
{
public:
    explicit Output(std::string path) : m_path(std::move(path)), m_temporary(m_path + ".part") {}
    ~Output()
    {
        if (m_file >= 0) {
            ::close(m_file);
            ::unlink(m_temporary.c_str());
        }
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    Result<> open()
    {
        ::unlink(m_temporary.c_str());
        m_file = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
        return m_file < 0 ? error() : Result<>();
    }

    Result<> write(const char* data, std::size_t count)
    {
        m_crc = ::crc32(m_crc, reinterpret_cast<const Bytef*>(data), static_cast<uInt>(count));
        m_size += count;
        while (count > 0) {
            const ssize_t written = ::write(m_file, data, count);
            if (written < 0 && errno == EINTR) {
                continue;
            }
            if (written <= 0) {
                return error();
            }
            data += written;
            count -= static_cast<std::size_t>(written);
        }
        return {};
    }

    Result<> finish()
    {
        if (::fsync(m_file) != 0 || ::close(m_file) != 0) {
            return error();
        }
        m_file = -1;
        return ::rename(m_temporary.c_str(), m_path.c_str()) != 0 ? error() : Result<>();
    }

    std::uint64_t size() const { return m_size; }
    std::uint32_t crc() const { return static_cast<std::uint32_t>(m_crc); }

private:
    Result<> error() const
    {
        const bool full = errno == ENOSPC || errno == EDQUOT;
        return fail(ErrorCode::Io, "'" + m_path + "' cannot be written: " + std::strerror(errno) + ".",
                    full ? "Make room and start again." : "Choose another folder.");
    }

    std::string m_path, m_temporary;
    int m_file = -1;
    uLong m_crc = ::crc32(0, nullptr, 0);
    std::uint64_t m_size = 0;
};

class Unpacker
{
public:
    Unpacker(const std::string& archive, const std::string& folder, Control& control)
        : m_archive(archive), m_folder(folder), m_control(control), m_pace(control)
    {
    }

    Result<std::vector<std::string>> run(std::int64_t reserve)
    {
        auto access = RandomAccess::open(m_archive);
        if (!access) {
            return tl::unexpected(access.error());
        }
        m_access = &*access;
        const auto entries = readZipDirectory(*access);
        if (!entries) {
            return tl::unexpected(entries.error());
        }
        std::vector<const ZipEntry*> wanted; // what is there already was read to tell, once
        for (const ZipEntry& entry : *entries) {
            if (isFile(entry) && !isThere(entry)) {
                wanted.push_back(&entry);
                m_total += static_cast<std::int64_t>(entry.size);
            }
        }
        DownloadRequest room;
        room.path = m_archive;
        room.reserve = reserve;
        PAPILIO_TRY(PartFile(room).checkRoom(m_total));
        std::vector<std::string> paths;
        for (const ZipEntry* entry : wanted) {
            PAPILIO_TRY(unpack(*entry));
        }
        for (const ZipEntry& entry : *entries) {
            if (isFile(entry)) {
                paths.push_back(pathOf(entry));
            }
        }
        return paths;
    }

private:
    static bool isFile(const ZipEntry& entry)
    {
        return !entry.name.empty() && entry.name.back() != '/' && !entry.name.starts_with("__MACOSX/");
    }
    /// The directory was refused whole if a name leaves the folder.
    std::string pathOf(const ZipEntry& entry) const { return (fs::path(m_folder) / entry.name).string(); }

    /// Same length and checksum.
    bool isThere(const ZipEntry& entry) const
    {
        std::error_code error;
        const fs::path path = pathOf(entry);
        if (!fs::is_regular_file(fs::symlink_status(path, error)) || fs::file_size(path, error) != entry.size) {
            return false;
        }
        std::ifstream file(path, std::ios::binary);
        std::string buffer(chunkBytes, '\0');
        uLong crc = ::crc32(0, nullptr, 0);
        while (file) {
            file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            crc = ::crc32(crc, reinterpret_cast<const Bytef*>(buffer.data()), static_cast<uInt>(file.gcount()));
        }
        return crc == entry.crc;
    }

    Result<> unpack(const ZipEntry& entry)
    {
        const std::string name = zipNameForMessage(entry.name);
        if (entry.encrypted || (entry.method != zip::stored && entry.method != zip::deflated)) {
            return fail(ErrorCode::Unsupported, fileName(m_archive) + ": its file " + name + " is encrypted or packed " +
                                                    "in a way that is not known here.",
                        "Unpack it by other means and give the folder.");
        }
        const auto begin = zip::dataOffset(*m_access, entry);
        if (!begin) {
            return tl::unexpected(begin.error());
        }
        std::error_code error;
        fs::create_directories(fs::path(pathOf(entry)).parent_path(), error);
        Output output(pathOf(entry));
        PAPILIO_TRY(output.open());
        PAPILIO_TRY(entry.method == zip::stored ? copy(entry, *begin, output) : inflate(entry, *begin, output));
        if (output.size() != entry.size || output.crc() != entry.crc) {
            return damagedZip(*m_access, "its file " + name + " is not what its checksum says");
        }
        return output.finish();
    }

    Result<> goOn(const ZipEntry& entry, std::int64_t more)
    {
        m_done += more;
        m_pace.report("unpacking " + fileName(entry.name), m_done, m_total, "bytes");
        if (m_control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Stopped while unpacking '" + fileName(m_archive) + "'.",
                        "Start again to go on.");
        }
        return {};
    }

    /// Gives the packed bytes in pieces.
    Result<> each(const ZipEntry& entry, std::uint64_t begin, const std::function<Result<>(const std::string&)>& take)
    {
        for (std::uint64_t done = 0; done < entry.packedSize;) {
            const std::uint64_t count = std::min(chunkBytes, entry.packedSize - done);
            const auto bytes = m_access->read(begin + done, count);
            if (!bytes) {
                return tl::unexpected(bytes.error());
            }
            PAPILIO_TRY(take(*bytes));
            done += count;
        }
        return {};
    }

    Result<> copy(const ZipEntry& entry, std::uint64_t begin, Output& output)
    {
        return each(entry, begin, [&](const std::string& bytes) -> Result<> {
            PAPILIO_TRY(output.write(bytes.data(), bytes.size()));
            return goOn(entry, static_cast<std::int64_t>(bytes.size()));
        });
    }

    Result<> inflate(const ZipEntry& entry, std::uint64_t begin, Output& output)
    {
        z_stream stream = {};
        if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
            return fail(ErrorCode::Internal, "The library for packed files cannot be started.");
        }
        std::string out(chunkBytes, '\0');
        int status = Z_OK;
        const Result<> result = each(entry, begin, [&](const std::string& bytes) -> Result<> {
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib does not write to it
            stream.avail_in = static_cast<uInt>(bytes.size());
            do { // a full buffer may leave something in the library although all input is taken
                stream.next_out = reinterpret_cast<Bytef*>(out.data());
                stream.avail_out = static_cast<uInt>(out.size());
                status = ::inflate(&stream, Z_NO_FLUSH);
                if (status == Z_BUF_ERROR && stream.avail_in == 0) { // nothing was left
                    status = Z_OK;
                }
                const std::size_t count = out.size() - stream.avail_out;
                if (output.size() + count > entry.size) { // more than the directory says: a bomb
                    status = Z_DATA_ERROR;
                    break;
                }
                PAPILIO_TRY(output.write(out.data(), count));
                PAPILIO_TRY(goOn(entry, static_cast<std::int64_t>(count)));
            } while (status == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
            return status == Z_OK || status == Z_STREAM_END
                       ? Result<>()
                       : Result<>(damagedZip(*m_access, "its file " + zipNameForMessage(entry.name) + " cannot be unpacked"));
        });
        ::inflateEnd(&stream);
        return result;
    }

    const std::string& m_archive;
    const std::string& m_folder;
    Control& m_control;
    Pace m_pace;
    RandomAccess* m_access = nullptr;
    std::int64_t m_total = 0, m_done = 0;
};
} // namespace

Result<std::vector<std::string>> unpackZip(const std::string& archive, const std::string& folder, Control& control,
                                           std::int64_t reserve)
{
    return Unpacker(archive, folder, control).run(reserve);
}

} // namespace papilio::data
