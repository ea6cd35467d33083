// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/newfile.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/errors.h"
#include "store/filecheck.h"

namespace papilio::store
{

Result<> checkNewPath(const std::string& path)
{
    if (path.empty() || path.find('\0') != std::string::npos || path.back() == '/') {
        return fail(ErrorCode::BadInput, "'" + path + "' is not a file name.", "Name a *.papilio file.");
    }
    struct stat status {
    };
    if (::lstat(path.c_str(), &status) == 0) {
        return fail(ErrorCode::Exists, "'" + path + "' exists already.", "Choose another name, or open it.");
    }
    const std::string folder = folderOf(path);
    if (::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
        return fail(ErrorCode::NotFound, "The folder of the project '" + path + "' does not exist.",
                    "Create the folder first, or choose another.");
    }
    return {};
}

Result<std::string> makeScratchFile(const std::string& path)
{
    static std::atomic<unsigned> counter{0};
    const std::string scratch =
        folderOf(path) + "/.papilio-" + std::to_string(::getpid()) + "-" + std::to_string(++counter) + ".new";
    ::unlink(scratch.c_str());
    const int file = ::open(scratch.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) {
        Error error = systemError(errno, path, "cannot be created");
        if (error.code == ErrorCode::NotFound) { // the folder is there, but takes no files (/proc)
            error.code = ErrorCode::ReadOnly;
            error.hint = "Choose a folder you may write to.";
        }
        return tl::unexpected<Error>(std::move(error));
    }
    ::close(file);
    return scratch;
}

Result<> publish(const std::string& scratch, const std::string& path)
{
    if (::renameat2(AT_FDCWD, scratch.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0) {
        return {};
    }
    if (errno == EINVAL || errno == ENOSYS) { // a file system without that; link() refuses to replace, too
        if (::link(scratch.c_str(), path.c_str()) == 0) {
            ::unlink(scratch.c_str());
            return {};
        }
        if (errno != EEXIST && ::access(path.c_str(), F_OK) != 0 && ::rename(scratch.c_str(), path.c_str()) == 0) {
            return {};
        }
    }
    if (errno == EEXIST) {
        return fail(ErrorCode::Exists, "'" + path + "' exists already.", "Choose another name, or open it.");
    }
    return tl::unexpected<Error>(systemError(errno, path, "cannot be created"));
}

} // namespace papilio::store
