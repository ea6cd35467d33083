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

/// Throws SQLite::Exception (SQLITE_CORRUPT) if a table of the newest version is not there.
void checkTables(SQLite::Database& database);

} // namespace papilio::store
