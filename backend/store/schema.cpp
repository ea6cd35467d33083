// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <sqlite3.h>
#include <string>

#include "core/encodings.h"
#include "core/features.h"

namespace papilio::store
{
namespace
{

// Described table by table in FORMAT.md. Ids of molecules, datasets, tasks and runs are never given twice
// (AUTOINCREMENT): a run keeps the ids of molecules and tasks that may be removed later.
constexpr const char* tables1 = R"sql(
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE molecules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    smiles TEXT NOT NULL UNIQUE
) STRICT;

-- Apart from molecules, so that lists of ids and SMILES do not read the bulk.
CREATE TABLE graphs (
    molecule INTEGER PRIMARY KEY REFERENCES molecules (id) ON DELETE CASCADE,
    graph BLOB NOT NULL,
    encodings BLOB NOT NULL
) STRICT;

CREATE TABLE datasets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    complete INTEGER NOT NULL,
    created TEXT NOT NULL,
    options TEXT NOT NULL,
    import_state TEXT NOT NULL,
    rows INTEGER NOT NULL,
    used INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    repaired INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    molecules INTEGER NOT NULL,
    labels INTEGER NOT NULL,
    label_cells INTEGER NOT NULL
) STRICT;

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 2),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    classes INTEGER NOT NULL,
    unit TEXT NOT NULL,
    rows INTEGER NOT NULL,
    molecules INTEGER NOT NULL,
    label_values INTEGER NOT NULL,
    positives INTEGER NOT NULL,
    mean REAL,
    sd REAL,
    minimum REAL,
    maximum REAL,
    class_counts TEXT NOT NULL,
    UNIQUE (dataset, position),
    UNIQUE (dataset, name)
) STRICT;

CREATE TABLE input_rows (
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 3),
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    molecule INTEGER REFERENCES molecules (id),
    atom_order BLOB NOT NULL,
    PRIMARY KEY (dataset, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX input_rows_by_status ON input_rows (dataset, status, row);
CREATE INDEX input_rows_by_molecule ON input_rows (molecule);

CREATE TABLE labels (
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    molecule INTEGER NOT NULL REFERENCES molecules (id),
    entries BLOB NOT NULL,
    PRIMARY KEY (dataset, molecule)
) STRICT, WITHOUT ROWID;
CREATE INDEX labels_by_molecule ON labels (molecule);

CREATE TABLE splits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    spec TEXT NOT NULL,
    seed INTEGER NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    molecules BLOB NOT NULL,
    parts BLOB NOT NULL
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created TEXT NOT NULL,
    config TEXT NOT NULL,
    data_hash TEXT NOT NULL,
    split INTEGER REFERENCES splits (id),
    seed INTEGER NOT NULL,
    versions TEXT NOT NULL,
    parameters INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
    epochs INTEGER NOT NULL,
    epochs_planned INTEGER NOT NULL,
    best_epoch INTEGER NOT NULL,
    message TEXT NOT NULL,
    process INTEGER NOT NULL,
    process_identity TEXT NOT NULL,
    seconds REAL
) STRICT;
CREATE TRIGGER runs_are_immutable
BEFORE UPDATE OF id, name, created, config, data_hash, split, seed, versions, parameters ON runs
BEGIN
    SELECT RAISE (ABORT, 'a run is an immutable record');
END;

CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    part INTEGER NOT NULL,
    scope INTEGER NOT NULL CHECK (scope BETWEEN 0 AND 2),
    task INTEGER NOT NULL,
    head TEXT NOT NULL,
    name TEXT NOT NULL,
    value REAL,
    n INTEGER NOT NULL,
    PRIMARY KEY (run, epoch, part, scope, task, head, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1),
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    score REAL,
    state TEXT NOT NULL,
    tensors BLOB NOT NULL,
    UNIQUE (run, kind)
) STRICT;

CREATE TABLE predictions (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    head TEXT NOT NULL,
    molecule INTEGER NOT NULL REFERENCES molecules (id),
    predicted BLOB NOT NULL,
    PRIMARY KEY (run, head, molecule)
) STRICT, WITHOUT ROWID;
CREATE INDEX predictions_by_molecule ON predictions (molecule, run);
)sql";

// The level of a task may be 3 (node pair), for which SQLite needs the table made anew; ids go on where they were. And
// a cache of what is computed from molecules for feature sets other than the standard one.
constexpr const char* step2 = R"sql(
CREATE TABLE renewed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    classes INTEGER NOT NULL,
    unit TEXT NOT NULL,
    rows INTEGER NOT NULL,
    molecules INTEGER NOT NULL,
    label_values INTEGER NOT NULL,
    positives INTEGER NOT NULL,
    mean REAL,
    sd REAL,
    minimum REAL,
    maximum REAL,
    class_counts TEXT NOT NULL,
    UNIQUE (dataset, position),
    UNIQUE (dataset, name)
) STRICT;
INSERT INTO renewed SELECT id, dataset, position, name, level, kind, classes, unit, rows, molecules, label_values,
    positives, mean, sd, minimum, maximum, class_counts FROM tasks;
DELETE FROM sqlite_sequence WHERE name = 'renewed';
INSERT INTO sqlite_sequence (name, seq) SELECT 'renewed', seq FROM sqlite_sequence WHERE name = 'tasks';
DROP TABLE tasks;
ALTER TABLE renewed RENAME TO tasks;

CREATE TABLE feature_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL UNIQUE,
    settings TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE inputs (
    feature_set INTEGER NOT NULL REFERENCES feature_sets (id) ON DELETE CASCADE,
    molecule INTEGER NOT NULL REFERENCES molecules (id) ON DELETE CASCADE,
    computed BLOB NOT NULL,
    PRIMARY KEY (feature_set, molecule)
) STRICT;
CREATE INDEX inputs_by_molecule ON inputs (molecule);
)sql";

constexpr const char* step3 = R"sql(
CREATE TABLE kept_checkpoints (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    step INTEGER NOT NULL,
    score REAL,
    state TEXT NOT NULL,
    tensors BLOB NOT NULL,
    PRIMARY KEY (run, epoch)
) STRICT;
)sql";

constexpr const char* tablesOf1 = "'meta','molecules','graphs','datasets','tasks','input_rows','labels','splits',"
                                  "'runs','metrics','checkpoints','predictions'";
constexpr const char* tablesOf2 = "'feature_sets','inputs'";
constexpr const char* tablesOf3 = "'kept_checkpoints'";
constexpr int tableCount1 = 12, tableCount2 = 2, tableCount3 = 1;

int countTables(SQLite::Database& database, const std::string& names)
{
    return database.execAndGet("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN (" + names + ")")
        .getInt();
}

} // namespace

void createSchema1(SQLite::Database& database)
{
    database.exec(tables1);
    SQLite::Statement insert(database, "INSERT INTO meta (key, value) VALUES (?1, ?2)");
    const auto note = [&insert](const std::string& key, std::string_view value) {
        insert.bind(1, key);
        insert.bind(2, std::string(value));
        insert.exec();
        insert.reset();
    };
    note("created_with", PAPILIO_VERSION);
    note("features", featureSetName);
    note("encodings", encodingSetName);
}

void migrateToSchema2(SQLite::Database& database)
{
    database.exec(step2);
}

void migrateToSchema3(SQLite::Database& database)
{
    database.exec(step3);
}

void checkTables(SQLite::Database& database, int version)
{
    if (countTables(database, tablesOf1) != tableCount1 ||
        (version >= 2 && countTables(database, tablesOf2) != tableCount2) ||
        (version >= 3 && countTables(database, tablesOf3) != tableCount3)) {
        throw SQLite::Exception("tables are missing", SQLITE_CORRUPT);
    }
    if (version >= 4) {
        checkTables4(database);
    }
}

} // namespace papilio::store
