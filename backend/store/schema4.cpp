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

// What more is known of a task (taskfacts.h), and the coordinates that molecules came with (coordinates.h).
constexpr const char* readingTables = R"sql(
CREATE TABLE task_facts (
    task INTEGER PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
    facts TEXT NOT NULL
) STRICT;

CREATE TABLE coordinates (
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    molecule INTEGER NOT NULL REFERENCES molecules (id) ON DELETE CASCADE,
    places BLOB NOT NULL,
    PRIMARY KEY (dataset, molecule)
) STRICT;
CREATE INDEX coordinates_by_molecule ON coordinates (molecule);
)sql";

// The search index (search.h): fixed-size entries of molecules side by side, the key being part << 40 | chunk; and the cells
// of name columns. A molecule that leaves is noted, so that its place can be cleared when there is time.
constexpr const char* searchTables = R"sql(
CREATE TABLE index_chunks (
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE index_removed (
    molecule INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER molecules_leave_the_index AFTER DELETE ON molecules
BEGIN
    INSERT OR IGNORE INTO index_removed (molecule) VALUES (old.id);
END;

CREATE TABLE name_chunks (
    id INTEGER PRIMARY KEY,
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    first_row INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    columns TEXT NOT NULL,
    hashes BLOB NOT NULL,
    packed BLOB NOT NULL,
    UNIQUE (dataset, first_row)
) STRICT;
)sql";

// What was computed from labels and structures: profiles of tasks and datasets, pairs of tasks (profiles.h, pairs.h), and
// images of the coverage (coverage.h). Each says of what state of the project it is.
constexpr const char* statisticsTables = R"sql(
CREATE TABLE task_profiles (
    task INTEGER PRIMARY KEY REFERENCES tasks (id) ON DELETE CASCADE,
    profile TEXT NOT NULL
) STRICT;

CREATE TABLE dataset_profiles (
    dataset INTEGER PRIMARY KEY REFERENCES datasets (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    profile TEXT NOT NULL
) STRICT;

CREATE TABLE pair_states (
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    PRIMARY KEY (dataset, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_states_by_other ON pair_states (other);

CREATE TABLE pair_rows (
    id INTEGER PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    packed BLOB NOT NULL,
    UNIQUE (task, dataset)
) STRICT;
CREATE INDEX pair_rows_by_dataset ON pair_rows (dataset);

CREATE TABLE coverage_orders (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    complete INTEGER NOT NULL,
    groups TEXT NOT NULL
) STRICT;

CREATE TABLE coverage_ids (
    order_id INTEGER NOT NULL REFERENCES coverage_orders (id) ON DELETE CASCADE,
    chunk INTEGER NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (order_id, chunk)
) STRICT;

CREATE TABLE coverage_tiles (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES coverage_orders (id) ON DELETE CASCADE,
    level INTEGER NOT NULL,
    strip INTEGER NOT NULL,
    packed BLOB NOT NULL,
    UNIQUE (order_id, level, strip)
) STRICT;
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
    {searchTables, "'index_chunks','index_removed','name_chunks'", 3},
    {statisticsTables,
     "'task_profiles','dataset_profiles','pair_states','pair_rows','coverage_orders','coverage_ids','coverage_tiles'", 7},
    {readingTables, "'task_facts','coordinates'", 2},
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
