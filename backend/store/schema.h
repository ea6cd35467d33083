// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

namespace SQLite
{
class Database;
}

namespace papilio::store
{

/// Version 0 → 1: makes all tables in an empty database.
void createSchema1(SQLite::Database& database);

/// Version 1 → 2: tasks of atom pairs, and the cache of inputs.
void migrateToSchema2(SQLite::Database& database);

/// Version 2 → 3: further checkpoints of a run.
void migrateToSchema3(SQLite::Database& database);

/// Version 3 → 4: the data engine; schema4.cpp.
void migrateToSchema4(SQLite::Database& database);
/// Throws as checkTables() if one of its tables is not there.
void checkTables4(SQLite::Database& database);

/// Throws SQLite::Exception (SQLITE_CORRUPT) if a table of that version is not there.
void checkTables(SQLite::Database& database, int version);

} // namespace papilio::store
