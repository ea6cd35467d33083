// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/errors.h"
#include "store/project.h"

namespace papilio::store
{

class Connection;

/// Bytes to bind as a blob; they must live until the statement has run.
struct Blob {
    std::string_view bytes;
};

/// A prepared statement on loan from the connection; given back, reset, at the end of its life. A statement that is
/// lent already (a callback that reads while an outer read goes on) is prepared a second time.
class Lease
{
public:
    /// 'sql' is a literal (or lives as long): statements are known by its address.
    Lease(Connection& connection, const char* sql);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    /// Binds parameters ?1, ?2, … Text and blobs are not copied: they must live until the statement has run.
    template <typename... Values> Lease& bind(const Values&... values)
    {
        int index = 0;
        (bindOne(++index, values), ...);
        return *this;
    }
    template <typename Value> Lease& bindAt(int index, const Value& value)
    {
        bindOne(index, value);
        return *this;
    }
    bool step() { return m_statement->executeStep(); }
    /// Runs a statement without result rows, makes it ready for the next binding, and gives the number of changed rows.
    int run();
    /// The same, but false, and nothing changed, where a row with the same unique value is there.
    bool runUnlessThere();
    void reset() { m_statement->reset(); }

    // Columns of the current row, from 0.
    bool isNull(int column) const { return m_statement->getColumn(column).isNull(); }
    std::int64_t integer(int column) const { return m_statement->getColumn(column).getInt64(); }
    int small(int column) const { return m_statement->getColumn(column).getInt(); }
    double real(int column) const; ///< NULL is NaN
    std::string text(int column) const { return m_statement->getColumn(column).getString(); }
    std::string_view blob(int column) const; ///< valid until the next step

private:
    void bindOne(int index, std::int64_t value) { m_statement->bind(index, value); }
    void bindOne(int index, int value) { m_statement->bind(index, value); }
    void bindOne(int index, bool value) { m_statement->bind(index, value ? 1 : 0); }
    void bindOne(int index, double value); ///< NaN is NULL
    void bindOne(int index, const std::string& value) { m_statement->bindNoCopy(index, value); }
    void bindOne(int index, std::nullptr_t) { m_statement->bind(index); }
    void bindOne(int index, Blob value);
    template <typename Value> void bindOne(int index, const std::optional<Value>& value)
    {
        value ? bindOne(index, *value) : bindOne(index, nullptr);
    }

    Connection& m_connection;
    const char* m_sql;
    std::unique_ptr<SQLite::Statement> m_statement;
};

/// The database of one Project with what SQLiteCpp does not keep: prepared statements, nesting of transactions, counts
/// of commits. Project::database() always is one of these.
class Connection : public SQLite::Database
{
public:
    /// 'file' is what SQLite opens (a path or a URI), 'path' what people called it.
    Connection(const std::string& file, int flags, std::string path, Access access);
    ~Connection();

    const std::string& path() const { return m_path; }
    Access access() const { return m_access; }

    /// An error if this connection must not write now: opened for reading, or its transaction could not begin or was
    /// rolled back by SQLite (so that a half of it can never be committed by itself).
    Result<> writable() const;

    std::int64_t changeCounter();

    /// Whether the tables of that version are there: a project that was opened for reading may be older.
    bool hasSchema(int version);

    // Used by Transaction.
    int depth = 0;
    std::optional<Error> transactionError;

private:
    friend class Lease;
    std::string m_path;
    Access m_access;
    /// By the address of the SQL literal: comparing the texts would take longer than many a statement.
    std::unordered_map<const char*, std::vector<std::unique_ptr<SQLite::Statement>>> m_free;
    std::int64_t m_ownCommits = 0;
    std::int64_t m_otherCommits = 0;
    std::int64_t m_dataVersion = -1;
    int m_schema = 0; ///< 0 = not asked yet
};

inline Connection& connection(const Project& project)
{
    return static_cast<Connection&>(project.database());
}

/// Runs a reading function; SQLite's exceptions become errors.
template <typename Function>
auto reading(const Project& project, Function&& function) -> decltype(function(connection(project)))
{
    try {
        return function(connection(project));
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<Error>(sqliteError(exception, project.path()));
    }
}

/// The same for a function that writes with a single statement (SQLite undoes that one alone if it fails).
template <typename Function>
auto writing(Project& project, Function&& function) -> decltype(function(connection(project)))
{
    PAPILIO_TRY(connection(project).writable());
    return reading(project, function);
}

/// The same for a function of several statements: all of them are written, or none.
template <typename Function>
auto writingTogether(Project& project, Function&& function) -> decltype(function(connection(project)))
{
    Transaction transaction(project);
    auto result = writing(project, function);
    if (!result) {
        return result;
    }
    PAPILIO_TRY(transaction.commit());
    return result;
}

/// 32 MB: pages that change often are moved less often.
inline constexpr const char* autoCheckpoint = "PRAGMA wal_autocheckpoint = 4000";

/// Now, UTC, ISO 8601.
std::string nowUtc();

} // namespace papilio::store
