// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/files.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace papilio::nn
{

namespace
{

tl::unexpected<Error> systemError(const std::string& path, const std::string& what, int number)
{
    const std::string text = path + ": " + what + ": " + std::strerror(number) + ".";
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return fail(ErrorCode::NotFound, text, "Check the name of the file and of its folder.");
    case EACCES:
    case EPERM:
    case EROFS:
        return fail(ErrorCode::ReadOnly, text, "Choose another folder, or change the permissions.");
    default:
        return fail(ErrorCode::Io, text);
    }
}

/// 0 or the error number.
int writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return ::fsync(descriptor) == 0 ? 0 : errno;
}

} // namespace

InputFile::InputFile(std::string path, int descriptor, std::uint64_t size)
    : m_path(std::move(path)), m_descriptor(descriptor), m_size(size)
{
}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size)
{
}

InputFile::~InputFile()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Result<InputFile> InputFile::open(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        const int number = errno;
        return number == EACCES ? fail(ErrorCode::Io, path + ": reading it is not allowed.") // not "read-only"
                                : systemError(path, "cannot be opened", number);
    }
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return fail(ErrorCode::BadInput, path + ": not a file.", "Give a .safetensors file.");
    }
    return InputFile(path, descriptor, static_cast<std::uint64_t>(status.st_size));
}

Result<std::string> InputFile::read(std::uint64_t bytes)
{
    std::string text(bytes, '\0');
    std::uint64_t done = 0;
    while (done < bytes) {
        const ssize_t count = ::read(m_descriptor, text.data() + done, bytes - done);
        if (count == 0) {
            return fail(ErrorCode::Damaged, m_path + ": it ended while it was read.");
        }
        if (count < 0 && errno != EINTR) {
            return systemError(m_path, "cannot be read", errno);
        }
        done += count > 0 ? static_cast<std::uint64_t>(count) : 0;
    }
    return text;
}

Result<> writeFileAtomically(const std::string& path, std::string_view bytes)
{
    std::string temporary = path + ".XXXXXX";
    const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0) {
        return systemError(path, "cannot be written", errno);
    }
    ::fchmod(descriptor, 0644);
    int number = writeAll(descriptor, bytes);
    if (::close(descriptor) != 0 && number == 0) {
        number = errno;
    }
    if (number == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) {
        number = errno;
    }
    if (number != 0) {
        ::unlink(temporary.c_str());
        return systemError(path, "cannot be written", number);
    }
    return {};
}

} // namespace papilio::nn
