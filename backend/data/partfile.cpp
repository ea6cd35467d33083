// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/partfile.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/hash.h"
#include "core/text.h"
#include "data/bytesource.h"
#include "data/pace.h"

namespace papilio::data
{

namespace fs = std::filesystem;

namespace
{
constexpr std::int64_t roomCheckBytes = std::int64_t{16} << 20;

std::int64_t freeBytesAt(const DownloadRequest& request)
{
    if (request.freeBytes) {
        return request.freeBytes();
    }
    std::error_code error;
    const auto space = fs::space(fs::path(request.path).parent_path(), error);
    return error ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(space.available);
}
} // namespace

std::string byteText(std::int64_t bytes)
{
    double value = static_cast<double>(bytes);
    const char* unit = "bytes";
    for (const char* next : {"kB", "MB", "GB", "TB"}) {
        if (value < 1000) {
            break;
        }
        value /= 1000;
        unit = next;
    }
    const bool whole = value >= 100 || unit[0] == 'b';
    return formatNumber(whole ? static_cast<double>(static_cast<std::int64_t>(value + 0.5))
                              : static_cast<double>(static_cast<std::int64_t>(value * 10 + 0.5)) / 10) +
           " " + unit;
}

PartFile::PartFile(const DownloadRequest& request)
    : m_request(request), m_path(request.path + ".part"), m_statePath(request.path + ".part.json")
{
}

PartFile::~PartFile()
{
    if (m_file >= 0) {
        ::close(m_file); // frees the lock too
    }
}

Result<> PartFile::ioError(const std::string& what, int number) const
{
    const bool full = number == ENOSPC || number == EDQUOT;
    return fail(number == EROFS || number == EACCES ? ErrorCode::ReadOnly : ErrorCode::Io,
                "'" + m_path + "' cannot be " + what + ": " + std::strerror(number) + ".",
                full ? "Make room and start again: what was fetched is kept." : "Choose another folder.");
}

Result<> PartFile::open()
{
    std::error_code error;
    fs::create_directories(fs::path(m_request.path).parent_path(), error);
    m_file = ::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (m_file < 0) {
        return ioError("written", errno);
    }
    if (::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::Busy, "'" + m_path + "' is being downloaded by another program.",
                    "Wait for it, or end it.");
    }
    struct stat info = {};
    if (::fstat(m_file, &info) != 0 || !S_ISREG(info.st_mode)) {
        return fail(ErrorCode::Io, "'" + m_path + "' is no regular file.", "Take it away.");
    }
    m_size = info.st_size;
    readState();
    if (m_size > 0 && m_validator.empty()) {
        return restart({}, 0);
    }
    if (::lseek(m_file, 0, SEEK_END) < 0) {
        return ioError("read", errno);
    }
    return {};
}

void PartFile::readState()
{
    std::ifstream file(m_statePath, std::ios::binary);
    const auto state = nlohmann::json::parse(file, nullptr, false);
    if (state.is_object() && state.value("url", "") == m_request.url) {
        m_validator = state.value("validator", "");
        m_total = state.value("total", std::int64_t{0});
    }
}

Result<> PartFile::writeState() const
{
    std::ofstream file(m_statePath, std::ios::binary | std::ios::trunc);
    file << nlohmann::json{{"url", m_request.url}, {"validator", m_validator}, {"total", m_total}}.dump();
    file.close();
    return file ? Result<>() : ioError("written", errno == 0 ? EIO : errno);
}

Result<> PartFile::restart(const std::string& validator, std::int64_t total)
{
    if (::ftruncate(m_file, 0) != 0 || ::lseek(m_file, 0, SEEK_SET) < 0) {
        return ioError("written", errno);
    }
    m_size = 0;
    m_validator = validator;
    m_total = total;
    return writeState();
}

Result<> PartFile::checkRoom(std::int64_t count) const
{
    const std::int64_t room = freeBytesAt(m_request) - m_request.reserve;
    if (count <= room) {
        return {};
    }
    return fail(ErrorCode::Io,
                "There is not enough room for '" + fileName(m_request.path) + "': " + byteText(count) +
                    " are needed and " + byteText(std::max<std::int64_t>(0, room)) + " are free (" +
                    byteText(m_request.reserve) + " are left alone).",
                "Make room, or choose a folder on another disk; what was fetched is kept.");
}

Result<> PartFile::append(std::string_view bytes)
{
    m_sinceRoomCheck += static_cast<std::int64_t>(bytes.size());
    if (m_sinceRoomCheck >= roomCheckBytes) {
        m_sinceRoomCheck = 0;
        PAPILIO_TRY(checkRoom(static_cast<std::int64_t>(bytes.size())));
    }
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return ioError("written", count < 0 ? errno : ENOSPC);
        }
        m_size += count;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

void PartFile::discard()
{
    ::unlink(m_path.c_str());
    ::unlink(m_statePath.c_str());
}

Result<std::string> PartFile::finish(Control& control)
{
    if (::fsync(m_file) != 0) {
        return tl::unexpected(ioError("written", errno).error());
    }
    auto hash = checkedFile(m_path, m_request, control);
    if (!hash) {
        if (hash.error().code == ErrorCode::Damaged) {
            discard();
        }
        return hash;
    }
    if (::rename(m_path.c_str(), m_request.path.c_str()) != 0) {
        return tl::unexpected(ioError("given its name", errno).error());
    }
    ::unlink(m_statePath.c_str());
    return hash;
}

Result<std::string> checkedFile(const std::string& path, const DownloadRequest& request, Control& control)
{
    std::ifstream file(path, std::ios::binary);
    std::error_code error;
    const auto size = static_cast<std::int64_t>(fs::file_size(path, error));
    if (!file || error) {
        return fail(ErrorCode::Io, "'" + path + "' cannot be read.");
    }
    Sha256 sha;
    Md5 md5;
    Pace pace(control);
    std::vector<char> buffer(1 << 20);
    std::int64_t done = 0;
    while (file) {
        if (control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Stopped; what was fetched is kept.");
        }
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        const std::string_view bytes(buffer.data(), static_cast<std::size_t>(file.gcount()));
        sha.add(bytes);
        md5.add(bytes);
        done += file.gcount();
        pace.report("checking " + fileName(request.path), done, size, "bytes");
    }
    const std::string shaHex = sha.hex(), md5Hex = md5.hex();
    const bool wrongSha = !request.sha256.empty() && shaHex != request.sha256;
    if (wrongSha || (!request.md5.empty() && md5Hex != request.md5)) {
        return fail(ErrorCode::Damaged,
                    "'" + fileName(request.path) + "' is not the file that was published: its checksum is " +
                        (wrongSha ? shaHex + ", not " + request.sha256 : md5Hex + ", not " + request.md5) + ".",
                    "It was thrown away. Try again; if it happens again, the file on the server is another one.");
    }
    if (request.bytes > 0 && done != request.bytes) {
        return fail(ErrorCode::Damaged,
                    "'" + fileName(request.path) + "' has " + std::to_string(done) + " bytes; the published file has " +
                        std::to_string(request.bytes) + ".",
                    "It was thrown away.");
    }
    return shaHex;
}

} // namespace papilio::data
