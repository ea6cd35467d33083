// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/error.h"

namespace SQLite
{
class Database;
}

namespace papilio::store
{

inline constexpr std::int32_t applicationId = 0x50415031; ///< "PAP1", SQLite's application_id
inline constexpr int schemaVersion = 4;                   ///< SQLite's user_version; see migrations.h

enum class Access {
    ReadWrite, ///< the engine's; migrates an older project
    ReadOnly,  ///< the window's; sees each committed state while an engine writes; reads older projects as they are
};

/// An open project file (*.papilio: SQLite in WAL mode). One object belongs to one thread.
class Project
{
public:
    /// Makes a new, empty project. Fails if the file exists (Exists) or its folder cannot be written (ReadOnly).
    static Result<Project> create(const std::string& path);
    /// Opens a project. NotFound, Damaged (not a project, cut off), NewerSchema, ReadOnly, Busy say why not.
    static Result<Project> open(const std::string& path, Access access);
    static Result<Project> openOrCreate(const std::string& path);

    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;
    ~Project();

    const std::string& path() const;
    Access access() const;

    /// Counts commits by other connections and this one; a reader compares it to see whether anything changed.
    std::int64_t changeCounter() const;

    /// The statement gate of the other classes of this library; foreign code has no use for it.
    SQLite::Database& database() const;

private:
    struct Data;
    explicit Project(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

/// While it lives, SQLite does not look up whether what new records refer to is there: for a writer of many records that
/// has just made it. Nothing may be deleted meanwhile (nothing would follow). Not inside a transaction.
class TrustedWriting
{
public:
    explicit TrustedWriting(Project& project);
    ~TrustedWriting();
    TrustedWriting(const TrustedWriting&) = delete;
    TrustedWriting& operator=(const TrustedWriting&) = delete;

private:
    Project& m_project;
};

/// Everything between construction and commit() is written, or nothing is. Nests: inner ones join the outer, and one that
/// is not committed takes back its own part only. If it cannot begin (Busy), every write until its end answers so.
class Transaction
{
public:
    explicit Transaction(Project& project);
    ~Transaction(); ///< rolls back unless committed
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Result<> commit();

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::store
