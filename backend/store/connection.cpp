// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"

#include <ctime>
#include <sqlite3.h>

namespace papilio::store
{
namespace
{

constexpr int busyTimeoutMs = 10'000;

/// SQLite's own count of its memory costs a lock at each request and is read by nobody; off before the first connection.
const std::string& withoutMemoryCount(const std::string& file)
{
    [[maybe_unused]] static const int off = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return file;
}

int countCommit(void* counter)
{
    ++*static_cast<std::int64_t*>(counter);
    return 0;
}

} // namespace

Lease::Lease(Connection& connection, const char* sql) : m_connection(connection), m_sql(sql)
{
    auto& free = connection.m_free[sql];
    if (free.empty()) {
        m_statement = std::make_unique<SQLite::Statement>(connection, std::string(sql));
    } else {
        m_statement = std::move(free.back());
        free.pop_back();
    }
}

Lease::~Lease()
{
    // A statement that is not reset keeps its snapshot, and with it the write-ahead log, alive.
    m_statement->tryReset();
    try {
        m_statement->clearBindings();
        m_connection.m_free[m_sql].push_back(std::move(m_statement));
    } catch (const std::exception&) {
        m_statement.reset(); // not worth an error: it will be prepared again
    }
}

int Lease::run()
{
    const int changes = m_statement->exec();
    m_statement->reset();
    return changes;
}

bool Lease::runUnlessThere()
{
    const int code = m_statement->tryExecuteStep();
    if (code != SQLITE_DONE && sqlite3_extended_errcode(m_connection.getHandle()) != SQLITE_CONSTRAINT_UNIQUE) {
        throw SQLite::Exception(m_connection.getHandle(), code);
    }
    m_statement->tryReset();
    return code == SQLITE_DONE;
}

double Lease::real(int column) const
{
    const SQLite::Column value = m_statement->getColumn(column);
    return value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble();
}

std::string_view Lease::blob(int column) const
{
    const SQLite::Column value = m_statement->getColumn(column);
    const void* const bytes = value.getBlob();
    return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(value.getBytes()))
                 : std::string_view();
}

void Lease::bindOne(int index, double value)
{
    if (std::isnan(value)) {
        m_statement->bind(index);
    } else {
        m_statement->bind(index, value);
    }
}

void Lease::bindOne(int index, Blob value)
{
    if (value.bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        throw SQLite::Exception("a value over 2 GB", SQLITE_TOOBIG);
    }
    // A null pointer would bind NULL instead of an empty blob.
    const char* const data = value.bytes.data() ? value.bytes.data() : "";
    m_statement->bindNoCopy(index, data, static_cast<int>(value.bytes.size()));
}

Connection::Connection(const std::string& file, int flags, std::string path, Access access)
    : SQLite::Database(withoutMemoryCount(file), flags, busyTimeoutMs), m_path(std::move(path)), m_access(access)
{
    sqlite3_commit_hook(getHandle(), countCommit, &m_ownCommits);
}

Connection::~Connection()
{
    sqlite3_commit_hook(getHandle(), nullptr, nullptr);
}

Result<> Connection::writable() const
{
    if (m_access == Access::ReadOnly) {
        return fail(ErrorCode::ReadOnly, "The project '" + m_path + "' is open for reading only.");
    }
    if (depth > 0 && transactionError) {
        return tl::unexpected<Error>(*transactionError);
    }
    if (depth > 0 && sqlite3_get_autocommit(getHandle()) != 0) {
        return fail(ErrorCode::Io, "The project '" + m_path + "' undid a transaction after an earlier error.",
                    "Nothing of it is written; repeat it as a whole.");
    }
    return {};
}

std::int64_t Connection::changeCounter()
{
    // data_version tells of other connections' commits alone, and only that there were some.
    Lease version(*this, "PRAGMA data_version");
    if (version.step()) {
        const std::int64_t now = version.integer(0);
        if (m_dataVersion >= 0 && now != m_dataVersion) {
            ++m_otherCommits;
        }
        m_dataVersion = now;
    }
    return m_ownCommits + m_otherCommits;
}

bool Connection::hasSchema(int version)
{
    if (m_schema < version) { // asked again until it is there: an engine may bring the file up to date meanwhile
        Lease query(*this, "PRAGMA user_version");
        m_schema = query.step() ? query.small(0) : 0;
    }
    return m_schema >= version;
}

std::string nowUtc()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return std::string(text, length);
}

} // namespace papilio::store
