// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/errors.h"

#include <cerrno>
#include <cstring>
#include <sqlite3.h>

namespace papilio::store
{
namespace
{

struct Verdict {
    ErrorCode code;
    const char* what;
    const char* hint;
};

Verdict verdictOfConstraint(int extended)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
        return {ErrorCode::Exists, "has such a record already", ""};
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return {ErrorCode::NotFound, "has no such record to refer to", "It may have been removed in the meantime."};
    default:
        return {ErrorCode::BadInput, "cannot hold this value", ""};
    }
}

Verdict verdictOfIo(int extended)
{
    switch (extended) {
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_CORRUPTFS:
        return {ErrorCode::Damaged, "is damaged", "Go back to a copy of it."};
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMLOCK:
    case SQLITE_IOERR_SHMMAP:
    case SQLITE_IOERR_LOCK:
        return {ErrorCode::Io, "lies in a place without file locks or shared memory",
                "Move it to a local disk; network folders often lack them."};
    case SQLITE_IOERR_NOMEM:
        return {ErrorCode::Io, "cannot be used: memory is used up", "Close other programs."};
    default:
        return {ErrorCode::Io, "cannot be read or written", "Check the disk and its free space."};
    }
}

Verdict verdictOf(int primary, int extended)
{
    switch (primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Busy, "is being written by another process",
                "Wait until that is finished, or stop it, and try again."};
    case SQLITE_FULL:
        return {ErrorCode::Io, "cannot be written: the disk is full", "Free some space and try again."};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::ReadOnly, "cannot be written", "Copy it to a folder you may write to."};
    case SQLITE_CORRUPT:
        return {ErrorCode::Damaged, "is damaged", "Go back to a copy of it."};
    case SQLITE_NOTADB:
        return {ErrorCode::Damaged, "is not a Papilio project", "Choose a *.papilio file."};
    case SQLITE_IOERR:
        return verdictOfIo(extended);
    case SQLITE_PROTOCOL:
        return verdictOfIo(SQLITE_IOERR_LOCK);
    case SQLITE_CANTOPEN:
        return {ErrorCode::Io, "cannot be opened", "Check that the file and its folder may be read and written."};
    case SQLITE_NOMEM:
        return verdictOfIo(SQLITE_IOERR_NOMEM);
    case SQLITE_TOOBIG:
        return {ErrorCode::BadInput, "cannot hold a value of this size", ""};
    case SQLITE_CONSTRAINT:
        return verdictOfConstraint(extended);
    case SQLITE_INTERRUPT:
        return {ErrorCode::Stopped, "was told to stop", ""};
    default:
        return {ErrorCode::Internal, "could not carry out a statement", ""};
    }
}

} // namespace

Error sqliteError(const SQLite::Exception& exception, const std::string& path)
{
    const Verdict verdict = verdictOf(exception.getErrorCode() & 0xff, exception.getExtendedErrorCode());
    return {verdict.code, "The project '" + path + "' " + verdict.what + " (" + exception.what() + ").", verdict.hint};
}

Error systemError(int number, const std::string& path, const std::string& doing)
{
    const std::string message = "The project '" + path + "' " + doing + " (" + std::strerror(number) + ").";
    switch (number) {
    case EACCES:
    case EPERM:
    case EROFS:
        return {ErrorCode::ReadOnly, message, "Choose a folder you may write to."};
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, message, "Check the path; its folder must exist."};
    case ENAMETOOLONG:
        return {ErrorCode::BadInput, message, "Choose a shorter name."};
    case ENOSPC:
    case EDQUOT:
        return {ErrorCode::Io, message, "Free some space and try again."};
    default:
        return {ErrorCode::Io, message, ""};
    }
}

} // namespace papilio::store
