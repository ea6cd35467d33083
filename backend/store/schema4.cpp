// SPDX-License-Identifier: GPL-3.0-or-later
#include <SQLiteCpp/SQLiteCpp.h>

#include <sqlite3.h>
#include <string>

#include "store/schema.h"

namespace papilio::store
{
namespace
{

// The rows of a dataset as they were read (source.h). Chunks have an id of their own, so that the key stays small beside
// the bulk.
constexpr const char* sourceTables = R"sql(
CREATE TABLE sources (
    dataset INTEGER PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
    columns TEXT NOT NULL,
    plan TEXT NOT NULL
) STRICT;

CREATE TABLE source_chunks (
    id INTEGER PRIMARY KEY,
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    first_row INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    packed BLOB NOT NULL,
    UNIQUE (dataset, first_row)
) STRICT;
)sql";

// How a dataset was curated (curations.h), and the labels of each row of a molecule that has several.
constexpr const char* curationTables = R"sql(
CREATE TABLE curations (
    dataset INTEGER PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
    recipe TEXT NOT NULL,
    applied TEXT NOT NULL,
    report TEXT NOT NULL
) STRICT;

CREATE TABLE row_labels (
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    entries BLOB NOT NULL,
    PRIMARY KEY (dataset, row)
) STRICT, WITHOUT ROWID;
)sql";

// Parts of a split in which each dataset has its own (runs.h): a byte for each molecule of the split.
constexpr const char* splitTables = R"sql(
CREATE TABLE split_datasets (
    split INTEGER NOT NULL REFERENCES splits (id) ON DELETE CASCADE,
    dataset INTEGER NOT NULL,
    parts BLOB NOT NULL,
    PRIMARY KEY (split, dataset)
) STRICT, WITHOUT ROWID;
)sql";

/// One part of version 4: its statements, and the names of its tables for the check on opening.
struct Tables {
    const char* sql;
    const char* names; ///< quoted, with commas
    int count;
};

constexpr Tables parts[] = {
    {sourceTables, "'sources','source_chunks'", 2},
    {curationTables, "'curations','row_labels'", 2},
    {splitTables, "'split_datasets'", 1},
};

} // namespace

void migrateToSchema4(SQLite::Database& database)
{
    for (const Tables& part : parts) {
        database.exec(part.sql);
    }
}

void checkTables4(SQLite::Database& database)
{
    for (const Tables& part : parts) {
        const std::string query = std::string("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN (") +
                                  part.names + ")";
        if (database.execAndGet(query).getInt() != part.count) {
            throw SQLite::Exception("tables are missing", SQLITE_CORRUPT);
        }
    }
}

} // namespace papilio::store
