// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/project.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "store/connection.h"
#include "store/filecheck.h"
#include "store/migrations.h"
#include "store/newfile.h"
#include "store/schema.h"

namespace papilio::store
{
namespace
{

// Large enough that a molecule's graph and encodings (1–2 kB) fit a page several times.
constexpr const char* pageSize = "PRAGMA page_size = 8192";

/// A path as SQLite's URI, with read-only options.
std::string readOnlyUri(const std::string& path, const std::string& options)
{
    constexpr const char* digits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : absolutePath(path)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#' || byte < 0x20 || byte > 0x7e) {
            uri += {'%', digits[byte >> 4], digits[byte & 15]};
        } else {
            uri += c;
        }
    }
    return uri + "?mode=ro&" + options;
}

void setUp(Connection& connection)
{
    connection.exec("PRAGMA trusted_schema = OFF"); // project files are passed around
    connection.exec("PRAGMA cell_size_check = ON");
    connection.exec("PRAGMA temp_store = MEMORY");
    if (connection.access() == Access::ReadOnly) {
        connection.exec("PRAGMA query_only = ON; PRAGMA cache_size = -16384");
        return;
    }
    // NORMAL: a commit is handed to the operating system, not forced to the disk. A killed process loses nothing by
    // that, since the system keeps what was handed over; a power cut may lose the last commits, never the file's
    // consistency.
    connection.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
    connection.exec("PRAGMA journal_size_limit = 67108864"); // the log of a long import shrinks again
    connection.exec(autoCheckpoint);
    if (connection.execAndGet("PRAGMA journal_mode = WAL").getString() != "wal") {
        throw SQLite::Exception("no write-ahead log here", SQLITE_PROTOCOL);
    }
}

/// The first look into the file: the header may be older than the log.
Result<> checkContents(Connection& connection, const std::string& path)
{
    const int version = connection.execAndGet("PRAGMA user_version").getInt();
    if (version > schemaVersion) {
        return tl::unexpected<Error>(newerSchema(path, version));
    }
    if (version < 1) {
        return fail(ErrorCode::Damaged, "The project '" + path + "' has no format version.",
                    "Go back to a copy of it.");
    }
    checkTables(connection, version);
    // A reader takes an older project as it is: what came later are tables that it may do without (inputs.h).
    if (connection.access() == Access::ReadWrite) {
        PAPILIO_TRY(migrate(connection, path, migrationSteps()));
    }
    return {};
}

using Opened = std::unique_ptr<Connection>;

Result<Opened> connect(const std::string& file, int flags, const std::string& path, Access access,
                       const char* before = nullptr)
{
    auto opened = std::make_unique<Connection>(file, flags | SQLite::OPEN_NOMUTEX, path, access);
    if (before) {
        opened->exec(before);
    }
    setUp(*opened);
    PAPILIO_TRY(checkContents(*opened, path));
    return opened;
}

Result<Opened> openForReading(const std::string& path)
{
    if (isWritableInPlace(path)) {
        // Not OPEN_READONLY: such a connection would leave its -wal and -shm behind, and could not tidy up after a
        // killed engine. query_only keeps it from writing anything else.
        return connect(absolutePath(path), SQLite::OPEN_READWRITE, path, Access::ReadOnly);
    }
    if (::faccessat(AT_FDCWD, (path + "-shm").c_str(), R_OK, AT_EACCESS) == 0) {
        try {
            return connect(absolutePath(path), SQLite::OPEN_READONLY, path, Access::ReadOnly);
        } catch (const SQLite::Exception&) {
            // Left over, or not usable on this medium: as if it were not there.
        }
    }
    if (hasLog(path)) {
        // Commits that are in the log alone, and no shared memory to index it: do so in this process's memory.
        return connect(readOnlyUri(path, "vfs=unix-none"), SQLite::OPEN_READONLY | SQLite::OPEN_URI, path,
                       Access::ReadOnly, "PRAGMA locking_mode = EXCLUSIVE");
    }
    return connect(readOnlyUri(path, "immutable=1"), SQLite::OPEN_READONLY | SQLite::OPEN_URI, path, Access::ReadOnly);
}

Result<Opened> openForWriting(const std::string& path)
{
    if (!isWritableInPlace(path)) {
        return fail(ErrorCode::ReadOnly, "The project '" + path + "' or its folder cannot be written.",
                    "Copy the project to a folder you may write to.");
    }
    return connect(absolutePath(path), SQLite::OPEN_READWRITE, path, Access::ReadWrite);
}

/// Fills an empty file with an empty project.
Result<> makeProject(const std::string& file, const std::string& path)
{
    try {
        Connection connection(absolutePath(file), SQLite::OPEN_READWRITE, path, Access::ReadWrite);
        connection.exec(pageSize);
        connection.exec("PRAGMA synchronous = OFF"); // nothing is lost if this file is
        connection.exec("PRAGMA application_id = " + std::to_string(applicationId));
        PAPILIO_TRY(migrate(connection, path, migrationSteps()));
        setUp(connection);
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<Error>(sqliteError(exception, path));
    }
    return {};
}

} // namespace

struct Project::Data {
    std::string path;
    Access access;
    std::unique_ptr<Connection> connection;
};

Project::Project(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

Result<Project> Project::create(const std::string& path)
{
    PAPILIO_TRY(checkNewPath(path));
    // Made under another name and then renamed: a project file is never half made, wherever this process is killed.
    const auto scratch = makeScratchFile(path);
    PAPILIO_TRY(scratch);
    Result<> made = makeProject(*scratch, path);
    if (made) {
        made = publish(*scratch, path);
    }
    if (!made) {
        for (const char* const ending : {"", "-wal", "-shm", "-journal"}) {
            ::unlink((*scratch + ending).c_str());
        }
        return tl::unexpected<Error>(std::move(made).error());
    }
    return open(path, Access::ReadWrite);
}

Result<Project> Project::open(const std::string& path, Access access)
{
    if (path.empty() || path.find('\0') != std::string::npos) {
        return fail(ErrorCode::BadInput, "'" + path + "' is not a file name.", "Name a *.papilio file.");
    }
    PAPILIO_TRY(checkProjectFile(path));
    try {
        auto opened = access == Access::ReadOnly ? openForReading(path) : openForWriting(path);
        if (!opened) {
            return tl::unexpected<Error>(std::move(opened).error());
        }
        return Project(std::make_unique<Data>(Data{path, access, std::move(*opened)}));
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<Error>(sqliteError(exception, path));
    }
}

Result<Project> Project::openOrCreate(const std::string& path)
{
    auto opened = open(path, Access::ReadWrite);
    if (!opened && opened.error().code == ErrorCode::NotFound) {
        auto created = create(path);
        if (!created && created.error().code == ErrorCode::Exists) {
            return open(path, Access::ReadWrite); // another process was quicker
        }
        return created;
    }
    return opened;
}

const std::string& Project::path() const
{
    return m_data->path;
}
Access Project::access() const
{
    return m_data->access;
}
SQLite::Database& Project::database() const
{
    return *m_data->connection;
}

std::int64_t Project::changeCounter() const
{
    try {
        return m_data->connection->changeCounter();
    } catch (const SQLite::Exception&) {
        return -1; // differs from any count: the reader looks, and meets the error itself
    }
}

} // namespace papilio::store
