// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/errors.h"
#include "store/project.h"
#include "store/schema.h"

namespace papilio::store
{
namespace
{

int versionOf(SQLite::Database& database)
{
    return database.execAndGet("PRAGMA user_version").getInt();
}

/// Runs step 'version' unless another process was quicker.
void runStep(SQLite::Database& database, MigrationStep step, int version)
{
    if (versionOf(database) != version) {
        return;
    }
    step(database);
    SQLite::Statement violations(database, "PRAGMA foreign_key_check");
    if (violations.executeStep()) {
        throw SQLite::Exception("rows of table " + violations.getColumn(0).getString() + " lost what they refer to");
    }
    database.exec("PRAGMA user_version = " + std::to_string(version + 1));
}

Result<> runStepInTransaction(SQLite::Database& database, const std::string& path, MigrationStep step, int version)
{
    try {
        database.exec("BEGIN IMMEDIATE");
        runStep(database, step, version);
        database.exec("COMMIT");
    } catch (const SQLite::Exception& exception) {
        Error error = sqliteError(exception, path);
        database.tryExec("ROLLBACK");
        error.message = "The project '" + path + "' could not be brought from format " + std::to_string(version) +
                        " to " + std::to_string(version + 1) + " (" + exception.what() + "); it is unchanged.";
        return tl::unexpected<Error>(std::move(error));
    }
    return {};
}

} // namespace

const std::vector<MigrationStep>& migrationSteps()
{
    static_assert(schemaVersion == 4, "a new schema version needs its step here");
    static const std::vector<MigrationStep> steps{createSchema1, migrateToSchema2, migrateToSchema3,
                                                  migrateToSchema4};
    return steps;
}

Result<> migrate(SQLite::Database& database, const std::string& path, const std::vector<MigrationStep>& steps)
{
    try {
        const auto target = static_cast<int>(steps.size());
        if (versionOf(database) >= target) {
            return {};
        }
        // A step may rebuild a table that others refer to. The switch does nothing inside a transaction, hence here;
        // each step ends with a check of all references instead.
        const bool enforced = database.execAndGet("PRAGMA foreign_keys").getInt() != 0;
        database.exec("PRAGMA foreign_keys = OFF");
        Result<> result;
        for (int version = versionOf(database); result && version < target; ++version) {
            result = runStepInTransaction(database, path, steps[static_cast<std::size_t>(version)], version);
        }
        database.exec(enforced ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
        return result;
    } catch (const SQLite::Exception& exception) {
        return tl::unexpected<Error>(sqliteError(exception, path));
    }
}

} // namespace papilio::store
