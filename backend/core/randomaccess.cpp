// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/randomaccess.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace papilio
{

struct RandomAccess::Source {
    Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source()
    {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }

    std::string bytes;   ///< used where there is no file
    int descriptor = -1; ///< read with pread, so that a file cut while it is read is an error and no signal
};

RandomAccess::RandomAccess(std::shared_ptr<const Source> source, std::string where, std::uint64_t size)
    : m_source(std::move(source)), m_where(std::move(where)), m_size(size)
{
}

RandomAccess RandomAccess::fromBytes(std::string bytes, std::string where)
{
    auto source = std::make_shared<Source>();
    source->bytes = std::move(bytes);
    const std::uint64_t size = source->bytes.size();
    return {std::move(source), std::move(where), size};
}

Result<RandomAccess> RandomAccess::open(const std::string& path)
{
    auto source = std::make_shared<Source>();
    // Not blocking: a named pipe is refused below, not waited for.
    source->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (source->descriptor < 0) {
        const int number = errno;
        const bool absent = number == ENOENT || number == ENOTDIR;
        return fail(absent ? ErrorCode::NotFound : ErrorCode::Io,
                    path + ": cannot be opened: " + std::strerror(number) + ".",
                    absent ? "Check the name of the file and of its folder." : "");
    }
    struct stat status = {};
    if (::fstat(source->descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return fail(ErrorCode::BadInput, path + ": not a file.");
    }
    return RandomAccess(std::move(source), path, static_cast<std::uint64_t>(status.st_size));
}

Result<std::string> RandomAccess::read(std::uint64_t offset, std::uint64_t count) const
{
    if (offset > m_size || count > m_size - offset) {
        return fail(ErrorCode::Damaged,
                    m_where + ": bytes " + std::to_string(offset) + " to " + std::to_string(offset + count) +
                        " are wanted, but it has " + std::to_string(m_size) + ".",
                    "The file is cut off or altered.");
    }
    if (m_source->descriptor < 0) {
        return m_source->bytes.substr(offset, count);
    }
    std::string bytes(count, '\0');
    std::uint64_t done = 0;
    while (done < count) {
        const ssize_t got =
            ::pread(m_source->descriptor, bytes.data() + done, count - done, static_cast<off_t>(offset + done));
        if (got == 0) {
            return fail(ErrorCode::Damaged, m_where + ": it ended while it was read.");
        }
        if (got < 0 && errno != EINTR) {
            return fail(ErrorCode::Io, m_where + ": cannot be read: " + std::strerror(errno) + ".");
        }
        done += got > 0 ? static_cast<std::uint64_t>(got) : 0;
    }
    return bytes;
}

} // namespace papilio
