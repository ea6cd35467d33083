// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/filecheck.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "store/errors.h"
#include "store/project.h"

namespace papilio::store
{
namespace
{

// The first 100 bytes of an SQLite file, see its published format: magic text, page size at 16, change counter at 24,
// number of pages at 28, user version at 60, application id at 68, counter for which the page number is right at 92.
constexpr std::size_t headerSize = 100;
constexpr std::string_view magic("SQLite format 3\0", 16);
using Header = std::array<unsigned char, headerSize>;

std::uint32_t wordAt(const Header& header, std::size_t at)
{
    return (std::uint32_t{header[at]} << 24) | (std::uint32_t{header[at + 1]} << 16) |
           (std::uint32_t{header[at + 2]} << 8) | header[at + 3];
}

/// Bytes the header promises; 0 = it does not say.
std::uint64_t promisedSize(const Header& header)
{
    if (wordAt(header, 24) != wordAt(header, 92)) {
        return 0;
    }
    const std::uint32_t pageSize = (std::uint32_t{header[16]} << 8) | header[17];
    return std::uint64_t{wordAt(header, 28)} * (pageSize == 1 ? 65536 : pageSize);
}

Result<std::size_t> readHeader(const std::string& path, Header& header)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        Error error = systemError(errno, path, "cannot be read");
        error.code = error.code == ErrorCode::ReadOnly ? ErrorCode::Io : error.code;
        error.hint = "Check its permissions.";
        return tl::unexpected<Error>(std::move(error));
    }
    std::size_t filled = 0;
    ssize_t got = 1;
    while (filled < headerSize && got > 0) {
        got = ::read(file, header.data() + filled, headerSize - filled);
        if (got < 0 && errno == EINTR) {
            got = 1;
        } else if (got > 0) {
            filled += static_cast<std::size_t>(got);
        }
    }
    const int number = errno;
    ::close(file);
    if (got < 0) {
        return tl::unexpected<Error>(systemError(number, path, "cannot be read"));
    }
    return filled;
}

Result<std::uint64_t> sizeOfRegularFile(const std::string& path)
{
    struct stat status {
    };
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return fail(ErrorCode::NotFound, "There is no project '" + path + "'.", "Check the name and the folder.");
        }
        Error error = systemError(errno, path, "cannot be read");
        error.code = error.code == ErrorCode::ReadOnly ? ErrorCode::Io : error.code;
        return tl::unexpected<Error>(std::move(error));
    }
    if (S_ISDIR(status.st_mode)) {
        return fail(ErrorCode::BadInput, "'" + path + "' is a folder, not a project.",
                    "Choose a *.papilio file in it.");
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::BadInput, "'" + path + "' is not an ordinary file.", "Choose a *.papilio file.");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

} // namespace

Result<> checkProjectFile(const std::string& path)
{
    auto size = sizeOfRegularFile(path);
    PAPILIO_TRY(size);
    if (*size == 0) {
        return fail(ErrorCode::Damaged, "The project '" + path + "' is an empty file.",
                    "Delete it and create the project again, or go back to a copy.");
    }
    Header header{};
    const auto filled = readHeader(path, header);
    PAPILIO_TRY(filled);
    const std::string_view start(reinterpret_cast<const char*>(header.data()), std::min(*filled, magic.size()));
    if (start != magic.substr(0, start.size())) {
        return fail(ErrorCode::Damaged, "'" + path + "' is not a Papilio project.",
                    "Choose a *.papilio file; tables of molecules are imported into one.");
    }
    // While a log is there, pages may still be in it alone: SQLite will tell.
    const std::uint64_t promised = *filled == headerSize ? promisedSize(header) : headerSize;
    bool cutOff = *size < promised && !hasLog(path);
    if (cutOff) { // unless an engine was closing it between the two looks
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        size = sizeOfRegularFile(path);
        PAPILIO_TRY(size);
        cutOff = *size < promised && !hasLog(path);
    }
    if (cutOff) {
        return fail(ErrorCode::Damaged,
                    "The project '" + path + "' is cut off: " + std::to_string(*size) + " of " +
                        std::to_string(promised) + " bytes are there.",
                    "Copy or download it again.");
    }
    if (wordAt(header, 68) != static_cast<std::uint32_t>(applicationId)) {
        return fail(ErrorCode::Damaged,
                    "'" + path + "' is an SQLite database of another program, not a Papilio project.",
                    "Choose a *.papilio file.");
    }
    const auto version = static_cast<std::int32_t>(wordAt(header, 60));
    if (version > schemaVersion) {
        return tl::unexpected<Error>(newerSchema(path, version));
    }
    return {};
}

bool isWritableInPlace(const std::string& path)
{
    return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0 &&
           ::faccessat(AT_FDCWD, folderOf(path).c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

bool hasLog(const std::string& path)
{
    struct stat status {
    };
    return ::stat((path + "-wal").c_str(), &status) == 0 && status.st_size > 0;
}

Error newerSchema(const std::string& path, int version)
{
    return {ErrorCode::NewerSchema,
            "The project '" + path + "' has format " + std::to_string(version) +
                "; this Papilio (" PAPILIO_VERSION ") knows formats up to " + std::to_string(schemaVersion) + ".",
            "Update Papilio to open it."};
}

std::string absolutePath(const std::string& path)
{
    std::error_code ignored;
    const std::filesystem::path absolute = std::filesystem::absolute(path, ignored);
    return ignored ? path : absolute.string();
}

std::string folderOf(const std::string& path)
{
    return std::filesystem::path(absolutePath(path)).parent_path().string();
}

} // namespace papilio::store
